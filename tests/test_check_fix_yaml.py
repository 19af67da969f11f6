"""``check --fix`` on reports: words change where they are written, and the YAML around them stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fix_rules import LEDGER, MARKS, fix, replacing
from healthreport.reading.yaml.nodes import Scalar, Source
from healthreport.reading.yaml.parse import parse
from healthreport.writing.editing import yaml_source
from healthreport.writing.editing.edits import Edit, applied
from healthreport.writing.editing.yaml_source import Wanted
from helpers import lines

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.jobs.checking.fixing import Fixed

HEAD = "体裁: 通用 # 台帐\n标题: 情况汇报\n"
FIGURES = "指标: # 台帐\n  台帐数: {数值: 12, 单位: 本, 说明: 台帐}\n"


def report(folder: Path, text: str, name: str = "报告.yaml") -> Path:
    """Write a report."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


def told(fixed: Fixed) -> list[tuple[str, int]]:
    """Return ids and lines of what is told."""
    return [(one.id, one.position.line) for one in fixed.told]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("内容: 台帐 # 台帐\n", "内容: 台账 # 台帐\n"),
        ("内容: '台帐''台帐'  # 台帐\n", "内容: '台账''台账'  # 台帐\n"),
        ('内容: "\\u53f0\\u5e10，“台帐”\\t台帐\\\n  台帐"\n', '内容: "台账，“台账”\\t台账\\\n  台账"\n'),
        ("内容: |\n  台帐。\n\n  　　乙台帐台帐\n# 台帐\n", "内容: |\n  台账。\n\n  　　乙台账台账\n# 台帐\n"),
        ("内容: >-\n  台帐\n  乙台帐\n\n  丙\n", "内容: >-\n  台账\n  乙台账\n\n  丙\n"),
        (
            "章节:\n-   标题: '台帐'\n    内容: [台帐, 乙台帐]\n",
            "章节:\n-   标题: '台账'\n    内容: [台账, 乙台账]\n",
        ),
        ("内容: 台帐,\n  乙台帐\n", "内容: 台账,\n  乙台账\n"),
        (
            "章节:\r\n  - {标题: 台帐, 内容: [甲台帐。,  乙]} # 完\r\n",
            "章节:\r\n  - {标题: 台账, 内容: [甲台账。,  乙]} # 完\r\n",
        ),
        ('内容: "😀e\u0301台帐台帐"\n', '内容: "😀e\u0301台账台账"\n'),
    ],
)
def test_every_style_of_scalar(tmp_path: Path, before: str, after: str) -> None:
    """Quotes, escapes, blocks, line breaks and comments stay; the same word twice in a line is changed twice."""
    path = report(tmp_path, HEAD + before)
    fixed = fix(path)
    assert path.read_bytes().decode() == HEAD + after
    assert told(fixed) == []


@pytest.mark.parametrize(
    "text",
    [
        "内容: >\n  台\n  帐\n",
        "内容: 台\n  帐\n",
        '内容: "台\\\n  帐"\n',
        "内容: '{{ \"台帐\" }}'\n",
    ],
)
def test_words_over_two_lines(tmp_path: Path, text: str) -> None:
    """Words that are written with a break between, or printed by an expression, are left and told."""
    path = report(tmp_path, HEAD + text)
    fixed = fix(path)
    assert path.read_text("utf-8") == HEAD + text
    assert [id for id, _ in told(fixed)] == ["fix-left"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ({"，": ": "}, "内容: 甲，乙\n"),
        ({"，": " #"}, "内容: 甲，乙\n"),
        ({"甲": '"'}, "内容: 甲乙\n"),
        ({"甲": "- "}, "内容: 甲乙\n"),
        ({"。": ","}, "内容: [甲。乙]\n"),
        ({"甲": ""}, "内容: 甲\n"),
        ({"甲": "~"}, "内容: 甲\n"),
        ({"甲": "{"}, '内容: "{甲 乙 }"\n'),
        ({"乙": "{{ 丁 }}"}, "内容: 甲乙\n"),
        ({"甲": "   "}, "内容: |\n  甲\n  乙\n"),
    ],
)
def test_what_would_break_the_file(tmp_path: Path, words: dict[str, str], text: str) -> None:
    """What would make other YAML of a text is not written; what is all right beside it is."""
    path = report(tmp_path, HEAD + text + "落款: 台帐办\n")
    fixed = fix(path, replacing(words), LEDGER)
    assert path.read_text("utf-8") == HEAD + text + "落款: 台账办\n"
    assert {id for id, _ in told(fixed)} == {"fix-left"}


def test_quotes_are_escaped(tmp_path: Path) -> None:
    """A quote in what comes instead is written as its scalar wants it."""
    path = report(tmp_path, HEAD + "内容: ['甲', \"甲\", 乙甲]\n")
    fix(path, replacing({"甲": "'\"\\"}))
    assert path.read_text("utf-8") == HEAD + "内容: ['''\"\\', \"'\\\"\\\\\", 乙'\"\\]\n"


def test_keys_references_and_figures_stay(tmp_path: Path) -> None:
    """What a reference prints is not changed where it is printed, nor keys, names in references, and numbers."""
    text = HEAD + FIGURES + '内容: "建台帐{{ 台帐数 }}，{{ 台帐数.单位 }}台帐。"\n'
    path = report(tmp_path, text)
    fixed = fix(path, LEDGER, replacing({"12": "13", "本台账": "本"}, "HR2"))
    assert path.read_text("utf-8") == text.replace("建台帐", "建台账").replace("}}台帐", "}}台账")
    assert all(id == "fix-left" for id, _ in told(fixed))


def test_names_that_a_table_lists(tmp_path: Path) -> None:
    """The name of an indicator in a table is how the report speaks of it: it stays, what stands beside it does not."""
    text = HEAD + FIGURES + "内容: 台帐。\n附件:\n- 标题: 台帐表\n  内容:\n  - 指标表: [台帐数]\n"
    path = report(tmp_path, text)
    fixed = fix(path)
    assert path.read_text("utf-8") == text.replace("台帐。", "台账。").replace("台帐表", "台账表")
    assert told(fixed) == [("fix-left", 9)]


def test_dates_stay(tmp_path: Path) -> None:
    """A date is no text: it stays one, whatever a rule says; all else is changed."""
    text = "日期: 2023年1月5日\n落款: 清河区卫生局\n内容: [月报台帐, 台帐]\n"
    path = report(tmp_path, HEAD + text)
    fixed = fix(path, replacing({"月": "目"}), LEDGER)
    assert path.read_text("utf-8") == HEAD + text.replace("月报", "目报").replace("台帐", "台账")
    assert told(fixed) == [("fix-left", 4)]


def test_what_a_reference_may_have_printed(tmp_path: Path) -> None:
    """Words that a reference prints, too, are changed only where no other place can be meant."""
    text = (
        HEAD
        + "指标: {甲: {数值: 12345, 单位: 人}, 乙: {数值: 1}}\n"
        + '内容:\n- "{{ 甲 }},{{ 乙 }}。"\n- "人{{ 甲 }}"\n- "人,{{ 甲 }}"\n'
    )
    path = report(tmp_path, text)
    fixed = fix(path, replacing({",": "，", "人": "名"}))
    assert path.read_text("utf-8") == text.replace("}},{{", "}}，{{").replace("人,", "名，")
    assert told(fixed) != []


def test_a_base_is_changed_where_it_is_written(tmp_path: Path) -> None:
    """A text that comes from a base is changed there, once; the report says its own."""
    base = report(tmp_path, HEAD + "单位: 区\n落款: 无\n内容: '{{ 单位 }}台帐。' # 台帐\n", "全区.yaml")
    town = report(tmp_path, "继承: 全区.yaml # 台帐\n单位: 台帐镇\n", "镇.yaml")
    fixed = fix(town)
    assert base.read_text("utf-8") == HEAD + "单位: 区\n落款: 无\n内容: '{{ 单位 }}台账。' # 台帐\n"
    assert {one.target for one in fixed.changed} >= {str(base)}
    before = town.read_text("utf-8")
    assert fix(town).changed == ()
    assert town.read_text("utf-8") == before


def test_a_base_that_two_reports_share(tmp_path: Path) -> None:
    """Two reports on a base change it once, also where nothing is written."""
    from healthreport.jobs.checking import fixing
    from helpers import RESOURCES

    report(tmp_path, HEAD + "单位: 区\n落款: 无\n内容: 台帐。\n", "全区.yaml")
    towns = [report(tmp_path, f"继承: 全区.yaml\n单位: {name}镇\n", f"{name}.yaml") for name in "甲乙"]
    fixed = fixing.run(towns, RESOURCES, fixing.Options((LEDGER,), dry=True))
    assert [(one.source, len(one.places)) for one in fixed.changed] == [(str(tmp_path / "全区.yaml"), 1)]
    assert fixed.changed[0].diff.endswith("-内容: 台帐。\n+内容: 台账。")


def test_gb18030_and_a_mark(tmp_path: Path) -> None:
    """A report keeps its encoding."""
    for coding in ("gb18030", "utf-8-sig"):
        path = tmp_path / f"{coding}.yaml"
        text = HEAD + "内容: 建立健全各项工作台帐。\n"
        path.write_bytes(text.encode(coding))
        fix(path)
        assert path.read_bytes() == text.replace("工作台帐", "工作台账").encode(coding)


def test_a_report_that_cannot_be_composed(tmp_path: Path) -> None:
    """A report with mistakes is left as it is: what is wrong with it is told by the check itself."""
    text = HEAD + "内容: 台帐\n内 容: 乙\n"
    path = report(tmp_path, text)
    fixed = fix(path)
    assert (path.read_text("utf-8"), fixed.changed, fixed.told) == (text, (), ())


WORDS = st.text(st.sampled_from("甲乙丙,。、：:'\"\\#- 台帐台帐人😀\u0301"), min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(["plain", "'", '"', "|", ">"]))
def test_the_document_is_what_it_was_with_the_words_changed(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], style: str
) -> None:
    """Whatever the texts and how they are written, the printed document changes as its words do, and only once."""
    report = HEAD + "内容:\n" + "".join(f"- {written(text, style)}\n" for text in texts)
    try:
        before = lines(report)
    except Exception:
        assume(False)
    path = tmp_path_factory.mktemp("yaml") / "报告.yaml"
    path.write_text(report, "utf-8", newline="")
    fixed = fix(path, MARKS, LEDGER)
    after = path.read_text("utf-8")
    if not fixed.told:
        assert lines(after) == [changed(line) for line in before]
    assert fix(path, MARKS, LEDGER).changed == ()
    assert path.read_text("utf-8") == after


def changed(line: str) -> str:
    """Return a line as the rules want it."""
    for old, new in (("台帐", "台账"), (",", "，")):
        line = line.replace(old, new)
    while "。。" in line:
        line = line.replace("。。", "。")
    return line


def written(text: str, style: str) -> str:
    """Return a text as a scalar of a style."""
    if style in "|>":
        return f"{style}\n    {text}"
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' if style == '"' else text


@given(st.data())
def test_edits_of_values(data: st.DataObject) -> None:
    """An edit that is given is the one that was wanted: the value reads so, and all else is as it was."""
    style = data.draw(st.sampled_from(["plain", "'", '"', "|", ">"]))
    text = data.draw(WORDS)
    source = Source("", f"甲: # 注\n- 一\n- {written(text, style)}\n乙: 丙 # 注\n")
    try:
        tree = parse(source)
    except Exception:
        assume(False)
    scalar = tree["甲"][1]  # type: ignore[index]
    assume(isinstance(scalar, Scalar) and scalar.value)
    assert isinstance(scalar, Scalar)
    start = data.draw(st.integers(0, len(scalar.value)))
    edit = Edit(start, data.draw(st.integers(start, len(scalar.value))), data.draw(st.text("丁: #'\"\\{-", max_size=3)))
    wanted = Wanted(scalar.start, edit)
    found = yaml_source.edits(source, [wanted])
    if wanted in found:
        again = parse(Source("", applied(source.text, [found[wanted]])))
        assert again["甲"][1].value == applied(scalar.value, [edit]).strip()  # type: ignore[index, union-attr]
        assert again["甲"][0].value == "一"  # type: ignore[index, union-attr]
        assert again["乙"].value == "丙"  # type: ignore[union-attr]
