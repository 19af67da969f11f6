"""All slips of a file are told in one run: each once, in its line, and nothing that is only so because of another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport.diagnostics import Severity
from healthreport.jobs.producing import Options
from healthreport.jobs.render import render
from healthreport.reading.reader import Reader
from helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Cli
    from healthreport.diagnostics import Diagnostic

    Slip = Callable[[str], str]

EXAMPLES = [ROOT / "examples" / name for name in ("半年工作总结.yaml", "工作情况汇报.yaml", "活动总结.yaml")]
KEY = r"^( *(?:- )?[^\s:#\"{\[]{1,8})"


def change(pattern: str, by: str) -> Slip:
    """Return a slip as what is found in a line and what is written instead; a line without it stays."""
    return lambda line: re.sub(pattern, by, line, count=1)


# What is done to a line, and the ids it may be told as: some are seen only where they break something.
SLIPS: dict[str, tuple[Slip, set[str]]] = {
    "full-width colon": (change(KEY + r": (?=\S)", r"\1："), {"full-width-colon"}),
    "no space after a colon": (change(KEY + r": (?=[^\s\[{|\"])", r"\1:"), {"no-space-after-colon"}),
    "tab": (change(r"^  (?=\S)", "\t"), {"tab-indentation"}),
    "no space after a dash": (change(r"^( *)- (?=[^\s{\[\"])", r"\1-"), {"no-space-after-dash"}),
    "unclosed quote": (change(r"(: \"[^\"]*)\"$", r"\1"), {"unclosed-quote"}),
    "full-width quotes": (change(r": \"([^\"]*\{\{[^\"]*)\"$", r": “\1”"), {"full-width-quotes"}),
    "indented more": (change(r"^( +)(?=[^\s#])", r"\1 "), {"indentation", "list-under-text"}),
    "indented less": (change(r"^ ( +)(?=[^\s#])", r"\1"), {"indentation"}),
    "backslash": (change(r": ([^\s{\[|\"\d#][^#\"{}]*[^\s#\"{}])$", r': "C:\\Users \1"'), {"bad-escape"}),
    "full-width comma": (change(r"(\{[^\s:]+: [^\s{}\[\],]+), (?=[^\s:,]+: )", r"\1，"), {"full-width-comma"}),
    "key twice": (change(r"\{(数值: [\d.]+), ", r"{\1, \1, "), {"duplicate-key"}),
    "unknown key": (change(r"\b单位: ", "单围: "), {"unknown-key"}),
    "no number": (change(r"\b数值: [\d.]+", "数值: 许多"), {"bad-number"}),
    "unknown name": (change(r"\{\{ ([^\s.|}]+)", r"{{ 无此\1"), {"unknown-name"}),
}


def slipped(line: str, kind: str) -> str:
    """Return a line with a slip, the same line where it has no place for it."""
    return line if line.lstrip().startswith("#") else SLIPS[kind][0](line)


def told(report: str, folder: Path) -> list[Diagnostic]:
    """Return what one run tells of a report."""
    path = folder / "报告.yaml"
    path.write_text(report, "utf-8")
    ((_, outcome),) = render([path], folder / "报告.docx", Options(checked=False), Reader())
    return list(outcome.diagnostics)


def outside_of_texts(lines: list[str]) -> list[int]:
    """Return the lines that are no text below ``|``: there everything is what it is."""
    found, depth = [], -1
    for index, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if depth >= 0 and (indent > depth or not line.strip()):
            continue
        found.append(index)
        depth = indent if re.search(r"[|>]\s*$", line) else -1
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@settings(max_examples=25, derandomize=True)
@given(data=st.data())
def test_every_slip_in_one_run(example: Path, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of slips in random lines each is told, in one run; no other line is."""
    lines = example.read_text("utf-8").splitlines()
    places = [(at, kind) for at in outside_of_texts(lines) for kind in SLIPS if slipped(lines[at], kind) != lines[at]]
    drawn = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=8, unique_by=lambda place: place[0]))
    taken = {at for at, _ in drawn}
    moved = [at for at, kind in drawn if kind.startswith("indented")]
    # Two slips that touch may be one, and what stands around a line that is moved says where it belongs.
    chosen = [
        (at, kind)
        for at, kind in drawn
        if at - 1 not in taken and at not in moved[1:] and not any(0 < abs(at - other) < 5 for other in moved[:1])
    ]
    for at, kind in chosen:
        lines[at] = slipped(lines[at], kind)
    found = {(one.position.line, one.id) for one in told("\n".join(lines) + "\n", tmp_path_factory.mktemp("slips"))}
    assert {line for line, _ in found} == {at + 1 for at, _ in chosen}
    for at, kind in chosen:
        assert {id for line, id in found if line == at + 1} & SLIPS[kind][1], (at + 1, kind, sorted(found))


GIVEN = re.compile(r"^  (\S+): \{(?:数值: [\d.]+, )?(单位: .*)\}$")
# What is done to the line of an indicator, and what that is told as: a figure that is missing, where the text wants it.
WRONG: dict[str, tuple[Slip, str]] = {
    "no figure": (change(r"数值: [\d.]+, ", ""), "missing-value"),
    "no number": (change(r"数值: [\d.]+", "数值: 许多"), "bad-number"),
    "unknown key": (change(r"单位: ", "单围: "), "unknown-key"),
    "one key more": (change(r"\{", "{备注: 无, "), "unknown-key"),
    "no target": (change(r"目标: \d+", "目标: 尽量多"), "bad-number"),
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@settings(max_examples=25, derandomize=True)
@given(data=st.data())
def test_missing_figures_beside_wrong_values(
    example: Path, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Wrong values, unknown keys and missing figures are told in one run, and nothing that is so because of them."""
    lines = example.read_text("utf-8").splitlines()
    places = [
        (at, kind)
        for at, line in enumerate(lines)
        if GIVEN.match(line)
        for kind, (slip, _) in WRONG.items()
        if slip(line) != line
    ]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=5, unique_by=lambda place: place[0]))
    slips, missing = set(), set()
    for at, kind in chosen:
        slip, id = WRONG[kind]
        lines[at] = slip(lines[at])
        if id == "missing-value":
            missing.add(lines[at].partition(":")[0].strip())
        else:
            slips.add((id, at + 1))
    found = told("\n".join(lines) + "\n", tmp_path_factory.mktemp("wrong"))
    assert {(one.id, one.position.line) for one in found if one.id != "missing-value"} == slips
    named = {re.findall("“(.*?)”", one.message)[0] for one in found if one.id == "missing-value"}
    assert named == missing, sorted(found)


def test_what_was_left_out_is_not_missed(tmp_path: Path) -> None:
    """What is computed from a wrong figure, its parts and its unit, is not told of; another gap in its line is."""
    report = (
        "体裁: 通用\n标题: 甲\n指标:\n  门诊: {数值: 许多, 单位: 人次}\n  住院: {单位: 人次, 上年: 5}\n"
        "  床位: {数值: 0, 单围: 张}\n  率: {公式: 门诊 / 床位}\n文字: {全年: '门诊{{ 率 }}。'}\n"
        "内容: |\n  门诊{{ 门诊 }}，住院{{ 住院 }}，床位{{ 床位.同比 }}，率{{ 率 | 小数(1) }}。\n"
        "  {{ 全年 }}{{ 不曾有 }}\n"
    )
    found = {(one.id, one.position.line) for one in told(report, tmp_path)}
    assert found == {("bad-number", 4), ("unknown-key", 6), ("missing-value", 10), ("unknown-name", 11)}


LACKS_KEYS = (
    "体裁: 讲话\n指标:\n  门诊: {单位: 人次}\n  住院: {数值: 5, 单位: 人次}\n章节:\n"
    "  - 标题: 甲\n    内容: 门诊{{ 门诊 }}，住院同比{{ 住院.同比 }}，{{ 门整 }}。\n"
)


def test_missing_figures_beside_missing_keys(tmp_path: Path) -> None:
    """A key that the genre prints does not hide the figures that are missing, nor another such key."""
    found = {(one.id, one.position.line) for one in told(LACKS_KEYS, tmp_path)}
    assert found == {("missing-key", 1), ("missing-value", 7), ("unknown-name", 7)}
    missing = [one.message for one in told(LACKS_KEYS, tmp_path) if one.id == "missing-value"]
    assert missing == ["“门诊”还没有数值。", "“住院”没有“上年”。"]


def test_all_keys_that_a_genre_misses(tmp_path: Path) -> None:
    """One after the other is supplied with an example, which itself is never told of; what is missing is told once."""
    folder = tmp_path / "templates" / "genres"
    folder.mkdir(parents=True)
    title = "{{ report.title }}{{ report.org }}{{ report.speaker }}"
    page = "{% extends 'base.xml.j2' %}{% block title %}" + title + "{% endblock %}"
    (folder / "会议.xml.j2").write_text(page, "utf-8")
    (tmp_path / "甲.yaml").write_text("体裁: 会议\n指标:\n  门诊:\n内容: 门诊{{ 门诊 }}{{ 单位 }}。\n", "utf-8")
    ((_, outcome),) = render([tmp_path / "甲.yaml"], None, Options(templates=tmp_path / "templates"), Reader())
    found = [one.message for one in outcome.diagnostics if one.severity is Severity.ERROR]
    assert sorted(found) == ["“门诊”还没有数值。", "缺少“单位”。", "缺少“标题”。", "缺少“讲话人”。"]


def test_missing_keys_of_several_files(tmp_path: Path, cli: Cli) -> None:
    """A folder's reports tell the same, each of itself."""
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.yaml").write_text(LACKS_KEYS, "utf-8")
    told_of_all = cli("batch", str(tmp_path)).err
    assert [told_of_all.count(f"[{id}]") for id in ("missing-key", "missing-value", "unknown-name")] == [2, 4, 2]


@pytest.mark.parametrize("computed", ["公式: 甲 + 乙 - 丙 * 乙", "公式: 最大(甲, 乙) / 丙", "分项: [甲, 乙, 丙]"])
def test_all_operands_that_are_missing(computed: str, tmp_path: Path) -> None:
    """Of what is computed from several figures all that are missing are told, each once."""
    key, _, formula = computed.partition(": ")
    quoted = formula if formula.startswith("[") else f"'{formula}'"
    report = (
        "体裁: 通用\n标题: 子\n指标:\n  甲: {单位: 人}\n  乙: {单位: 人}\n  丙: {单位: 人}\n"
        f"  丁: {{{key}: {quoted}}}\n内容: 丑{{{{ 丁 }}}}。\n"
    )
    found = [one.message for one in told(report, tmp_path) if one.id == "missing-value"]
    assert sorted(found) == sorted(f"“{name}”还没有数值。" for name in "甲乙丙")


@pytest.mark.parametrize("command", ["figures", "rollup"])
def test_figures_and_rollup_tell_all(command: str, tmp_path: Path, cli: Cli) -> None:
    """Slips and wrong values of a file are told in one run also where no document is made."""
    report = "体裁：通用\n标题: 甲\n指标:\n  门诊: {数值: 许多, 单位: 人次}\n  住院: {单围: 人次}\n内容: 乙。\n"
    (tmp_path / "报告.yaml").write_text(report, "utf-8")
    result = cli(command, str(tmp_path / "报告.yaml"))
    assert result.code == 2
    assert re.findall(r"报告\.yaml:(\d+).*\[(\S+)\]$", result.err, re.MULTILINE) == [
        ("1", "full-width-colon"),
        ("4", "bad-number"),
        ("5", "unknown-key"),
    ]


def test_overview_and_new_tell_all(here: Path, cli: Cli) -> None:
    """Slips and wrong values of every file are told in one run, also of next year's files and who has sent what."""
    report = "体裁：通用\n标题: 甲\n年度: 2022\n指标:\n  门诊: {数值: 许多, 单位: 人次}\n  住院: {单围: 人次}\n"
    (here / "各镇").mkdir()
    for name in ("白石镇", "青山镇"):
        (here / "各镇" / f"{name}.yaml").write_text(f"{report}单位: {name}卫生院\n内容: 乙。\n", "utf-8")
    (here / "全县.yaml").write_text(f"{report}汇总来源: 各镇\n内容: 乙。\n", "utf-8")
    wrong = [("1", "full-width-colon"), ("5", "bad-number"), ("6", "unknown-key")]

    def told_of(name: str, *command: str) -> list[tuple[str, ...]]:
        result = cli(*command)
        assert result.code == 2
        return re.findall(rf"{name}\.yaml:(\d+).*\[(\S+)\]$", result.err, re.MULTILINE)

    for command in (("overview",), ("new", "--from")):
        assert told_of("全县", *command, "全县.yaml") == wrong
    assert told_of("白石镇", "new", "--from", "各镇/白石镇.yaml") == wrong
    for name in ("白石镇", "青山镇"):
        assert told_of(name, "new", "--from", "各镇") == wrong
    assert not (here / "各镇-2023").exists()
    path = here / "各镇" / "白石镇.yaml"
    path.write_text(path.read_text("utf-8").replace("乙。", "乙{{ 无此 }}{{ 门诊 }}。"), "utf-8")
    assert told_of("白石镇", "overview", "各镇") == [*wrong, ("8", "unknown-name")]
    assert told_of("青山镇", "overview", "各镇") == wrong
