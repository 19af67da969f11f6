"""Small files that are made to take long or much: each ends soon, with a document or a message, and within its memory.

No time is measured. Each file is so large that what takes quadratic time, or doubles, would not end within ten times
the seconds that it is given.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from healthreport.checking.exemptions import Exemptions
from healthreport.diagnostics import did_you_mean
from healthreport.reading.yaml import nodes, slips
from healthreport.reading.yaml.parse import SlipsError, parse
from healthreport.values.expressions import Names
from healthreport.values.limits import MAX_CHARACTERS
from word_files import docx, p

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

    from conftest import Cli
    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject

SECONDS = 60
MEGABYTES = 500
HEAD = "体裁: 通用\n标题: 甲\n"
ONE = HEAD + "指标: {甲: {数值: 1}}\n"


def chain(formula: str, count: int, first: str = "{数值: 3}", more: str = "") -> str:
    """Return indicators of which each is computed of the one before it."""
    rest = "".join(f"  甲{i}: {{公式: {formula.replace('甲', f'甲{i - 1}')}{more}}}\n" for i in range(1, count + 1))
    return f"{HEAD}指标:\n  甲0: {first}\n{rest}内容: '{{{{ 甲{count} }}}}'\n"


def notes(count: int, said: str, first: str = "长") -> str:
    """Return indicators whose 说明 refer to one another."""
    rest = "".join(f"  甲{i}: {{数值: 1, 说明: '{said.replace('甲', f'甲{i - 1}')}'}}\n" for i in range(1, count + 1))
    return f"{HEAD}指标:\n  甲0: {{数值: 1, 说明: {first}}}\n{rest}内容: '{{{{ 甲{count}.说明 }}}}'\n"


def text(words: str) -> str:
    """Return a report of one line."""
    return f"{ONE}内容: '{words}'\n"


LONG = "长" * 60_000
NAMES = "".join(f"  清河区卫生健康事业发展指标第{i}号: {{数值: 1}}\n" for i in range(2000))
UNKNOWN = "清河区卫生健康事业展指标第"
# Each with the id of the message that it gets, empty where it is a report like others.
BOMBS = {
    "forty thousand lines": (HEAD + "内容: |\n" + "".join(f"  第{i}行的话。\n" for i in range(40_000)), "too-large"),
    "as many lines as may be": (HEAD + "内容: |\n" + "".join(f"  第{i}行的话。\n" for i in range(19_900)), ""),
    "a chain of formulas": (chain("甲 + 1", 20_000), ""),
    "a chain of deep formulas": (chain("((((((((((甲 + 1))))))))))", 500), ""),
    "a chain written backwards": (
        f"{HEAD}指标:\n"
        + "".join(f"  甲{i}: {{公式: 甲{i - 1} + 1}}\n" for i in range(3000, 0, -1))
        + "  甲0: {数值: 3}\n"
        "内容: '{{ 甲3000 }}'\n",
        "",
    ),
    "a chain of last years": (chain("甲 + 1", 3000, "{数值: 3, 上年: 2}").replace(" }}'", ".同比 }}'"), ""),
    "a chain that clauses ask for": (
        chain("甲 + 1", 3000).replace("'{{ ", "'[[有{{ ").replace(" }}'", " }}]]'"),
        "",
    ),
    "a chain of parts": (
        f"{HEAD}指标:\n  甲0: {{数值: 3}}\n"
        + "".join(f"  甲{i}: {{分项: [甲{i - 1}]}}\n" for i in range(1, 1000))
        + "内容: '{{ 甲999 }}'\n",
        "",
    ),
    "a chain of parts that ends in nothing": (
        f"{HEAD}指标:\n  甲0: {{单位: 人}}\n"
        + "".join(f"  甲{i}: {{分项: [甲{i - 1}]}}\n" for i in range(1, 1000))
        + "内容: '{{ 甲999 }}'\n",
        "missing-value",
    ),
    "a circle of formulas": (
        f"{HEAD}指标:\n"
        + "".join(f"  甲{i}: {{公式: 甲{(i + 1) % 5000} + 1}}\n" for i in range(5000))
        + "内容: '{{ 甲300 }}'\n",
        "formula-cycle",
    ),
    "formulas that square": (chain("甲 * 甲", 60), "number-too-long"),
    "fractions that square": (chain("甲 / 7.1 + 甲 * 甲 / 3", 60, "{数值: 3.17}"), "number-too-long"),
    "units that grow": (
        text("{{ 甲 * 乙 }}").replace("数值: 1}", f"数值: 1, 单位: {LONG}}}, 乙: {{数值: 1, 单位: 人}}"),
        "unit-mismatch",
    ),
    "parts that double": (
        f"{HEAD}指标:\n  甲0: {{数值: 3}}\n"
        + "".join(f"  甲{i}: {{分项: [甲{i - 1}, 甲{i - 1}]}}\n" for i in range(1, 200))
        + "内容: '{{ 甲199 }}'\n",
        "",
    ),
    "twenty thousand parts": (
        f"{HEAD}指标:\n  总: {{分项: {{"
        + ", ".join(f"甲{i}: {i}" for i in range(20_000))
        + "}}\n内容: '{{ 总.甲5 }}'\n",
        "",
    ),
    "notes that double": (notes(29, "{{ 甲.说明 }}{{ 甲.说明 }}"), "too-long"),
    "notes within notes": (notes(3000, "{{ 甲.说明 }}"), "too-deep"),
    "a long note again and again": (
        notes(0, "", LONG).replace("内容: '", "内容: '" + "{{ 甲0.说明 }}" * 19_000),
        "too-long",
    ),
    "a long note in many tables": (
        f"{HEAD}指标:\n  甲: {{数值: 1, 说明: {LONG}}}\n内容:\n"
        + "  - {指标表: {指标: [甲], 列: [指标, 说明]}}\n" * 2000,
        "too-long",
    ),
    "tables of all indicators": (
        f"{HEAD}指标:\n"
        + "".join(f"  甲{i}: {{数值: 1, 上年: 2}}\n" for i in range(18_000))
        + "内容:\n"
        + "  - {指标表: 全部}\n" * 1000,
        "too-large",
    ),
    "points without end": (HEAD + "内容: '" + "一是抓好落实；二是加强监管；" * 70_000 + "'\n", ""),
    "own words again and again": (f"{HEAD}文字:\n  甲: {LONG}\n内容: '有{'{{ 甲 }}' * 19_000}'\n", "too-long"),
    "own lines again and again": (
        HEAD + "文字:\n  甲: |\n" + "    长长长\n" * 2000 + "内容:\n" + "  - '{{ 甲 }}'\n" * 17_000,
        "too-long",
    ),
    "unknown names": (
        f"{HEAD}指标:\n{NAMES}内容:\n" + "".join(f"  - '{{{{ {UNKNOWN}{i}号 }}}}'\n" for i in range(20_000)),
        "unknown-name",
    ),
    "unknown names in one text": (
        f"{HEAD}指标:\n{NAMES}内容: '" + "".join(f"{{{{ {UNKNOWN}{i}号 }}}}" for i in range(20_000)) + "'\n",
        "unknown-name",
    ),
    "unknown names in clauses": (
        f"{HEAD}指标:\n{NAMES}内容: '好" + "".join(f"[[{{{{ {UNKNOWN}{i}号 }}}}]]" for i in range(10_000)) + "'\n",
        "unknown-name",
    ),
    "unknown keys": (HEAD + "内容: 乙\n" + "".join(f"不知道的键{i}: 1\n" for i in range(20_000)), "more-problems"),
    "unknown keys of indicators": (
        HEAD + "内容: 乙\n指标:\n" + "".join(f"  甲{i}: {{数直{i}: 1}}\n" for i in range(20_000)),
        "more-problems",
    ),
    "unknown keys of sections": (
        HEAD + "章节:\n" + "".join(f"  - {{标题: 甲, 内荣{i}: 乙}}\n" for i in range(20_000)),
        "more-problems",
    ),
    "clauses in one line": (text("[[，有{{ 甲 }}]]" * 20_000), ""),
    "clauses that lack a figure": (text("好" + "[[，有{{ 甲 }}]]" * 20_000 + "。").replace("数值: 1", "数值: "), ""),
    "clauses within clauses": (text("[[{{ 甲 }}" * 10_000 + "]]" * 10_000), "clause-syntax"),
    "clauses that do not close": (text("[[{{ 甲 }}" * 20_000), "clause-syntax"),
    "brackets that open": (text("[[" * 20_000 + "{{ 甲 }}"), "clause-syntax"),
    "brackets that close": (text("{{ 甲 }}" + "]] " * 50_000), "clause-syntax"),
    "brackets line by line": (ONE + "内容: |\n" + "  [[{{ 甲 }}\n" * 20_000, "clause-syntax"),
    "mistakes far into a line": (text("好" * 500_000 + "[[{{ 甲 }}" * 200), "clause-syntax"),
    "references in one line": (text("有{{ 甲 }}，" * 20_000), ""),
    "more references than may be": (text("有{{ 甲 }}，" * 20_001), "too-large"),
    "more clauses than may be": (text("[[，有甲]]" * 20_001), "too-large"),
    "more characters than may be": (text("好" * 1_000_001), "too-large"),
    "more paragraphs than may be": (HEAD + "内容:\n" + "  - 好\n" * 20_001, "too-large"),
    "more cells than may be": (HEAD + "内容: {表格: {行: [[" + "1," * 100_001 + "1]]}}\n", "too-large"),
    "titles that are long together": (HEAD + "章节:\n" + f"  - {LONG}\n" * 17, "too-large"),
    "keys that are long together": (
        HEAD + "内容: 甲\n指标:\n" + "".join(f"  {'长' * 900}{i}: 1\n" for i in range(1200)),
        "too-large",
    ),
    "keys that were meant to merge": (HEAD + "内容: 甲\n" + "<<: {甲: 1}\n" * 40_000, "duplicate-key"),
    "comments that cut": (HEAD + "内容:\n" + "  - 甲 #乙\n" * 400_000, "too-large"),
    "anchors": (HEAD + "内容: 甲\n" + "".join(f"甲{i}: &a{i} 1\n" for i in range(99_000)), "anchor"),
    "aliases": (HEAD + "内容: 甲\n" + "".join(f"甲{i}: *a{i}\n" for i in range(40_000)), "alias"),
    "quotes that open": (HEAD + "内容:\n" + "  - '甲\n" * 400_000, "indentation"),
    "control characters": (HEAD + "内容: 甲" + "\x01" * 4_000_000, "control-character"),
    "braces that open": (text("{{" * 20_000), "expression-syntax"),
    "differences in one sentence": (
        f"{HEAD}指标:\n"
        + "".join(f"  率{i}: {{数值: {i % 90}.3, 上年: 5.11, 单位: '%'}}\n" for i in range(6600))
        + "内容: '"
        + "，".join(f"{{{{ 率{i} }}}}比{{{{ 率{i}.上年 }}}}{{{{ 率{i}.同比 }}}}" for i in range(6600))
        + "。'\n",
        "",
    ),
    "differences that hang together": (
        f"{HEAD}指标:\n  乙: {{数值: 7, 单位: 人}}\n"
        + "".join(f"  率{i}: {{公式: 乙 / (乙 * {i + 11}), 单位: '%'}}\n" for i in range(9900))
        + "内容: '"
        + "，".join(f"{{{{ 率{i} }}}}比{{{{ 率{i} - 率{i - 1} }}}}" for i in range(1, 9900))
        + "。'\n",
        "",
    ),
    "a formula without end": (text("{{ " + " + ".join(["甲"] * 50_000) + " }}"), "expression-syntax"),
    "parentheses without end": (text("{{ " + "(" * 50_000 + " }}"), "expression-syntax"),
}


class TooLongError(Exception):
    """What was to end soon did not."""


@contextmanager
def soon(seconds: int = SECONDS) -> Iterator[None]:
    """Stop what takes too long."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", BOMBS)
def test_a_report_ends(name: str, here: Path, cli: Cli) -> None:
    """A report that is made to take long is written, or told of in few lines with a way out."""
    content, id = BOMBS[name]
    (here / "x.yaml").write_text(content, "utf-8")
    with soon():
        result = cli("render", "x.yaml", "-o", "o.docx", "--no-check")
    assert (f"[{id}]" in result.err) == bool(id), result.err[:1000]
    assert result.code == (2 if id else 0), result.err[:1000]
    assert (here / "o.docx").exists() == (not id)
    assert len(result.err) < 100_000
    assert not id or "  → " in result.err or "是否为" in result.err


MANY_TABLES = (
    f"{HEAD}单位: 白石镇卫生院\n指标:\n"
    + "".join(f"  甲{i}: {{数值: 1}}\n" for i in range(5000))
    + "内容:\n"
    + "  - {指标表: 全部}\n" * 19_000
)
NOBODYS = MANY_TABLES.replace("内容:\n", "  空: {公式: 没有 + 1}\n内容:\n  - 好[[{{ 没有 }}]]\n")


@pytest.mark.parametrize(
    ("arguments", "content", "code"),
    [
        (("figures", "x.yaml", "-o", "f.csv"), MANY_TABLES, 0),
        (("sheet", "x.yaml", "-o", "s.xlsx"), MANY_TABLES, 0),
        (("overview", "."), MANY_TABLES, 1),
        (("check", "x.yaml"), NOBODYS, 2),
    ],
)
def test_tables_of_all_are_looked_at_once(
    arguments: tuple[str, ...], content: str, code: int, here: Path, cli: Cli
) -> None:
    """Thousands of tables that say 全部 of thousands of indicators are walked as one; only a document has too many."""
    (here / "x.yaml").write_text(content, "utf-8")
    with soon():
        result = cli(*arguments)
    assert result.code == code, result.err[:1000]
    assert ("指标表一共超过10万格" in result.out + result.err) == bool(code)


def test_no_more_than_twenty_bases(here: Path, cli: Cli) -> None:
    """Bases that stand on one another end at a limit; so many as anybody needs do not reach it."""
    for i in range(1, 1000):
        (here / f"x{i}.yaml").write_text(f"继承: x{i - 1}.yaml\n", "utf-8")
    (here / "x0.yaml").write_text(HEAD + "内容: 甲\n", "utf-8")
    result = cli("render", "x999.yaml", "-o", "o.docx")
    assert result.code == 2
    assert "[inherit-too-deep]" in result.err
    for i in range(1, 20):
        assert cli("check", f"x{i}.yaml").err.count("错误") == cli("check", "x1.yaml").err.count("错误")


def test_bases_are_limited_together(here: Path, cli: Cli) -> None:
    """Bases that each bring thousands of indicators end at a limit before they fill the memory; one base does not."""
    wide = "".join(f"  清河区第{j}项指标: {{单位: 人}}\n" for j in range(9000))
    (here / "x0.yaml").write_text(f"{HEAD}内容: 甲\n指标:\n{wide}", "utf-8")
    for i in range(1, 20):
        (here / f"x{i}.yaml").write_text(f"继承: x{i - 1}.yaml\n指标:\n{wide.replace('清河', f'清{i}河')}", "utf-8")
    result = cli("render", "x19.yaml", "-o", "o.docx")
    assert result.code == 2
    assert "报告和它继承的文件一共超过120万字。 [too-large]" in result.err
    assert "[too-large]" not in cli("check", "x1.yaml").out


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_DATA, ({limit}, {limit}))
from healthreport.cli.main import main
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of this kind are Linux's")
@pytest.mark.parametrize(
    "name",
    ["a long note again and again", "own words again and again", "own lines again and again", "notes that double"],
)
def test_within_its_memory(name: str, here: Path) -> None:
    """What would fill gigabytes ends with its message where there are few megabytes."""
    (here / "x.yaml").write_text(BOMBS[name][0], "utf-8")
    ended = limited("render", "x.yaml")
    assert ended.returncode == 2
    assert f"[{BOMBS[name][1]}]" in ended.stderr
    assert resource.getrlimit(resource.RLIMIT_DATA)[0] != MEGABYTES * 1_000_000  # the child's alone


@pytest.mark.skipif(sys.platform != "linux", reason="limits of this kind are Linux's")
def test_lines_without_end_fit_its_memory(here: Path) -> None:
    """A table of five megabytes of line ends is refused: to say where does not take more than to read it."""
    (here / "x.yaml").write_text(ONE.replace("数值: 1", "单位: 人") + "内容: '{{ 甲 }}'\n", "utf-8")
    (here / "t.csv").write_text("乡镇,甲\n" + "\n" * FILL, "utf-8")
    ended = limited("batch", "x.yaml", "--data", "t.csv", "-o", "out")
    assert ended.returncode == 2
    assert "[too-large]" in ended.stderr


def limited(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command with so much memory and no more."""
    program = LIMITED.format(limit=MEGABYTES * 1_000_000)
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)


def test_few_of_many_names_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word is compared with the fifty names most like it, however many there are, and no guess is made twice."""
    asked: list[str] = []

    class Counting:
        def __init__(self, _: None, word: str, choice: str) -> None:
            asked.append(choice)
            self._same = word[:4] == choice[:4]

        def ratio(self) -> float:
            return 0.9 if self._same else 0.6

    monkeypatch.setattr("difflib.SequenceMatcher", Counting)
    names = [f"农村改厕{i}" for i in range(5000)]
    assert did_you_mean("农村改侧1", names) is not None
    assert len(asked) == 50
    known = Names(frozenset(names))
    asked.clear()
    first, second = (known.unknown("农村改侧1", "", 0) for _ in range(2))
    assert not asked  # nobody has asked yet
    assert first.guess == second.guess
    assert len(asked) == 50


@pytest.mark.parametrize(("count", "most"), [(9_000, 40), (60_000, 0)])
def test_a_long_text_is_not_read_for_each_slip(monkeypatch: pytest.MonkeyPatch, count: int, most: int) -> None:
    """How far a way to mend leads is tried as often as the budget lets, in a text too long for a report never."""
    tried: list[int] = []

    def counted(text: str) -> int:
        tried.append(len(text))
        return len(text)

    monkeypatch.setattr(slips, "reach", counted)
    with pytest.raises(SlipsError) as wrong:
        parse(nodes.Source("x.yaml", HEAD + "".join(f"甲{i}: &abcdefgh{i} 1\n" for i in range(count))))
    assert len(wrong.value.diagnostics) >= 100
    assert len(tried) <= most


def test_the_way_to_a_place_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places far into a text are found without walking there again."""
    walked: list[int] = []
    spans = nodes.Scalar.spans

    def counted(scalar: nodes.Scalar) -> Iterator[tuple[int, int]]:
        walked.append(scalar.start)
        return spans(scalar)

    monkeypatch.setattr(nodes.Scalar, "spans", counted)
    source = nodes.Source("x.yaml", "标题: " + "好" * 50_000)
    scalar = nodes.Scalar("好" * 50_000, source, 4, 50_004, None)
    places = [scalar.position(at, at + 2) for at in range(2000, 50_000, 100)]
    assert [place.column for place in places] == [at + 5 for at in range(2000, 50_000, 100)]
    assert walked == [4]


FILL = 4_900_000
# Each with the id of the message that it gets, empty where a report is made of it.
MANUSCRIPTS = {
    "links that open": ("[甲](", ""),
    "pictures that open": ("![甲](", ""),
    "pictures within pictures": ("![", ""),
    "addresses that open": ("[甲](<", ""),
    "titles that open": ('[甲](a "', "too-large"),
    "comments that open": ("<!--", ""),
    "marks that draw a line": ("*", "empty-file"),
    "marks to be cleaned": ("甲,", "too-large"),
    "columns that never end": ("|-:", "too-large"),
    "lines in one cell": ("甲<br>", "too-large"),
    "lines": ("第一行的话。\n", "too-large"),
    "rows": ("|甲|1|\n", "too-large"),
    "headings": ("# 甲\n", "too-large"),
}


@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_a_manuscript_ends(name: str, here: Path, cli: Cli) -> None:
    """Five megabytes of one thing in a Markdown file are read, or refused with a way out, be they one line or many."""
    unit, id = MANUSCRIPTS[name]
    size = min(FILL, MAX_CHARACTERS - 10) if not id else FILL
    count = size // (len(unit) if not id else len(unit.encode()))
    (here / "甲.md").write_text(
        "|甲|乙|\n|-|-|\n" * (name == "rows") + "|甲|\n|" * ("<br>" in unit) + unit * count, "utf-8"
    )
    with soon():
        result = cli("import", "甲.md", "-o", "y.yaml")
    assert (f"[{id}]" in result.err) == bool(id), result.err[:1000]
    assert (here / "y.yaml").exists() == (not id)
    assert len(result.err) < 10_000


@pytest.mark.parametrize("unit", ["一是抓好甲。二是", "1—2，", "甲、乙；", "12345678" * 5 + "。"])
def test_a_text_to_be_checked_ends(unit: str, here: Path, cli: Cli) -> None:
    """A million characters of points, ranges, marks or digits are checked: what is usual is not counted for each."""
    (here / "甲.txt").write_text("清河区2022年工作总结\n" + unit * (990_000 // len(unit)) + "\n", "utf-8")
    with soon():
        result = cli("check", "甲.txt")
    assert result.code in (0, 1)
    assert "检查了1份" in result.err


def test_a_thousand_findings_are_enough(here: Path, cli: Cli) -> None:
    """Of more findings than anybody mends in one go the first are listed, and all are counted."""
    (here / "甲.txt").write_text("清河区2022年工作总结\n" + "进一步" * 4000 + "\n", "utf-8")
    result = cli("check", "甲.txt", "--severity", "建议")
    assert result.out.count(" [HR") == 1000
    rest = int(result.out.rpartition("另有")[2].partition("处没有列出")[0])
    assert len(json.loads(cli("check", "甲.txt", "--format", "json").out)) == 1000 + rest


def doubled(kind: str, folder: Path) -> str:
    """Write a million characters of one doubled word; return the name of the file."""
    words, name = "进一步" * 330_000, f"甲.{kind}"
    if kind == "docx":
        (folder / name).write_bytes(docx(p(words)))
    else:
        head = HEAD + "内容: " if kind == "yaml" else "# 甲\n\n" if kind == "md" else ""
        (folder / name).write_text(f"{head}{words}\n", "utf-8")
    return name


@pytest.mark.parametrize("kind", ["md", "docx", "yaml"])
def test_a_doubled_word_without_end(kind: str, here: Path, cli: Cli) -> None:
    """Of one rule ten thousand findings are told, in JSON too; how many there are besides is told as well."""
    name = doubled(kind, here)
    with soon():
        result = cli("check", name, "--format", "json", "--severity", "建议")
    assert result.code == 1
    found = json.loads(result.out)
    assert sum(one["id"] == "HR405" for one in found) == 10_000
    more = [one["message"] for one in found if one["id"] == "more-findings"]
    assert more == ["HR405 在这个文件里有165000处，列出了前10000处，另有155000处没有列出。"]


@pytest.mark.parametrize("kind", ["docx", "yaml"])
def test_changes_without_end(kind: str, here: Path, cli: Cli) -> None:
    """Of more places than can be changed in one run the first are, which is told, and the others are still found."""
    name = doubled(kind, here)
    with soon():
        result = cli("check", "--fix", name)
    assert result.code == 1
    assert "改了5000处" in result.err
    assert result.err.count("[fix-more]") == 1
    assert "另有" in result.out.partition("[more-findings]")[0]


def test_changes_that_follow_from_changes(here: Path, cli: Cli) -> None:
    """A long text is not looked through forty times for what each round of changes leaves to the next."""
    (here / "甲.txt").write_text(("门诊和住院的人都不少，" * 6 + "\n") * 14_000 + "进一步" * 4096 + "\n", "utf-8")
    with soon():
        result = cli("check", "--fix", "甲.txt")
    assert "[fix-more]" in result.err
    short = here / "乙.txt"
    short.write_text("甲。\n" + "进一步" * 4096 + "\n", "utf-8")
    cli("check", "--fix", "乙.txt")
    assert short.read_text("utf-8") == "甲。\n进一步\n"


@pytest.mark.parametrize(("count", "is_too_much"), [(19_000, False), (300_000, True)])
def test_numbers_without_end_are_no_figures(count: int, is_too_much: bool, here: Path, cli: Cli) -> None:
    """More numbers than a report may refer to stay text, which is said; so many are looked at one by one."""
    (here / "甲.txt").write_text("清河区2022年工作总结\n" + "5%、" * count + "\n", "utf-8")
    with soon():
        result = cli("import", "--figures", "甲.txt", "-o", "y.yaml")
    assert result.code == 0
    assert ("正文里的数超过2万个，不像一份报告。" in result.err) == is_too_much


def test_a_ragged_table_is_not_filled_up(here: Path, cli: Cli) -> None:
    """A heading of many columns over many short rows would be a table of a thousand million cells."""
    (here / "甲.md").write_text("|甲" * 100_000 + "|\n|-|-|\n" + "|1|2|\n" * 15_000, "utf-8")
    (here / "甲.txt").write_text("甲\t" * 100_000 + "\n" + "1\t2\t3\n" * 15_000, "utf-8")
    for file in ("甲.md", "甲.txt"):
        with soon():
            result = cli("check", file)
        assert "这张表超过10万格。 [too-large]" in result.out


TABLES = {
    "townships of one name": ("白石镇,1\n" * 40_000, "“白石镇”出现了40000次"),
    "more townships than there are": ("".join(f"第{i}镇,1\n" for i in range(200_000)), "超过5万个单位"),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("command", [("batch",), ("overview",)])
def test_a_table_ends(command: tuple[str, ...], name: str, here: Path, cli: Cli) -> None:
    """A table with townships nobody has is refused in one message."""
    rows, said = TABLES[name]
    (here / "x.yaml").write_text(ONE.replace("数值: 1", "") + "内容: '{{ 甲 }}'\n", "utf-8")
    (here / "t.csv").write_text(f"乡镇,甲\n{rows}", "utf-8")
    with soon():
        result = cli(*command, "x.yaml", "--data", "t.csv")
    assert result.code == 2
    assert said in result.err
    assert len(result.err) < 1000


@pytest.mark.parametrize("total", ["小计,3", "合计,3", "平均,3", "合计,*"])
def test_totals_between_townships_are_added_up_once(total: str, here: Path, cli: Cli) -> None:
    """Of tens of thousands of totals that are not those of their rows none adds up all townships again."""
    rows = "".join(f"第{i}镇,{'*' if i == 7 else 1}\n{total}\n" for i in range(20_000))
    (here / "x.yaml").write_text(ONE.replace("数值: 1", "单位: 人") + "内容: '{{ 甲 }}'\n", "utf-8")
    (here / "t.csv").write_text(f"乡镇,甲\n{rows}", "utf-8")
    with soon():
        result = cli("rollup", "x.yaml", "--data", "t.csv", "-o", "r.xlsx")
    assert result.code in (0, 2)
    assert "20000个单位" in result.err


def test_like_columns_are_not_compared_with_all_names(here: Path, cli: Cli) -> None:
    """As many columns as a sheet can have, each like thousands of indicators, are told of, a hundred at the most."""
    names = "".join(f"  常住人口{i}: {{单位: 人}}\n" for i in range(15_000))
    (here / "x.yaml").write_text(f"{HEAD}指标:\n{names}内容: '{{{{ 常住人口1 }}}}'\n", "utf-8")
    heads = ",".join(f"常住人口数{i}（人）" for i in range(16_000))
    (here / "t.csv").write_text(f"乡镇,{heads}\n白石镇{',1' * 16_000}\n", "utf-8")
    with soon():
        result = cli("batch", "x.yaml", "--data", "t.csv", "-o", "out")
    assert result.code == 2
    assert result.err.count("[unknown-column]") == 100


@pytest.mark.parametrize("digits", [41, 4300, 30_000])
@pytest.mark.parametrize("command", ["batch", "rollup", "overview"])
def test_cells_of_thousands_of_digits(command: str, digits: int, here: Path, cli: Cli) -> None:
    """A number that nobody has is told at its cell, however long, with a fraction or without; others are read."""
    (here / "x.yaml").write_text(ONE.replace("数值: 1", "单位: 万元") + "内容: '{{ 甲 }}'\n", "utf-8")
    long = "9" * digits
    (here / "t.csv").write_text(f"乡镇,甲\n白石镇,{long}\n青石镇,-1.{long}\n柳河镇,2\n", "utf-8")
    result = cli(command, "x.yaml", "--data", "t.csv", "-o", "r.xlsx" if command == "rollup" else "out.xlsx")
    assert result.code == (2 if command == "rollup" else 1)
    assert result.err.count("的位数太多。 [bad-number]") == 2


def test_formulas_that_double_are_computed_once(here: Path, cli: Cli) -> None:
    """A sheet that gives what formulas upon formulas come to is held against them, as far as they are not too deep."""
    count = 200
    chain_of = "".join(f"  甲{i}: {{公式: 甲{i - 1} + 甲{i - 1}, 单位: 人}}\n" for i in range(1, count + 1))
    (here / "x.yaml").write_text(f"{HEAD}指标:\n  甲0: {{单位: 人}}\n{chain_of}内容: '{{{{ 甲1 }}}}'\n", "utf-8")
    (here / "t.csv").write_text(f"乡镇,甲0,甲40,甲{count}\n白石镇,1,{2**40},7\n", "utf-8")
    with soon():
        result = cli("batch", "x.yaml", "--data", "t.csv", "-o", "out")
    assert result.code == 0, result.err[:1000]


def test_more_figures_than_any_report_has(here: Path, cli: Cli) -> None:
    """Of a hundred and eighty thousand figures, each wrong, the first are looked at; where that ends is told, once."""
    line = "其中：甲1人，乙2人" * 10
    (here / "x.txt").write_text("标题\n" + f"{line}。\n" * 9000, "utf-8")
    with soon():
        result = cli("check", "x.txt", "--select", "HR2", "--format", "json")
    found = [one for one in json.loads(result.out) if one["id"] == "more-figures"]
    assert [one["line"] for one in found] == [2503]
    assert "数太多" in found[0]["message"]


@pytest.mark.parametrize("words", ["13812345678，", "甲\u200b"])
def test_one_long_line_is_not_read_for_each_of_its_faults(words: str, here: Path, cli: Cli) -> None:
    """What stands around a number or a blank is near it, however long the line: each took the whole line."""
    (here / "x.txt").write_text(f"标题\n{words * (990_000 // len(words))}\n", "utf-8")
    with soon():
        result = cli("check", "x.txt")
    assert result.code == 1


CHECKED = {
    "words that need company they have not": ("检察人员" * 120_000, ""),
    "words in whose company a name is": ("布署甲乙" * 120_000, "正确: [甲]"),
    "words of which one place is let be": ("布署甲乙" * 120_000, "忽略: [{文件: '*', 规则: HR401, 引文: 丙丁}]"),
    "words that a thousand places name": (
        "布署甲乙" * 120_000,
        "忽略:\n" + "".join(f"  - {{文件: '*', 规则: HR401, 引文: 丙丁{i}}}\n" for i in range(2000)),
    ),
}


@pytest.mark.parametrize("name", CHECKED)
def test_what_stands_about_each_finding_is_sought_once(name: str, here: Path, cli: Cli) -> None:
    """Company, names and quotes of a hundred thousand findings in a line are not sought for each in all of it."""
    words, settings = CHECKED[name]
    (here / "甲.txt").write_text(f"清河区2022年工作总结\n{words}\n", "utf-8")
    (here / ".healthreport.yaml").write_text(settings, "utf-8")
    with soon():
        assert cli("check", "甲.txt", "--select", "HR4").code in (0, 1)


def test_settings_without_end(here: Path, cli: Cli) -> None:
    """More settings than anybody has are refused, be they in one file or in those it extends."""
    (here / "甲.txt").write_text("清河区2022年工作总结\n", "utf-8")
    for name, above in ((".healthreport.yaml", "extends: 公用.yaml\n"), ("公用.yaml", "")):
        (here / name).write_text(above + "正确:\n" + "".join(f"  - 丙丁{i}\n" for i in range(1100)), "utf-8")
    result = cli("check", "甲.txt")
    assert result.code == 2
    assert "设置一共超过2000条。 [too-large]" in result.err
    (here / "公用.yaml").write_text("正确: [丙丁]\n", "utf-8")
    assert cli("check", "甲.txt").code == 0


def test_comments_without_end(here: Path, cli: Cli) -> None:
    """Of thousands of comments none is compared with all texts, nor a finding with all comments."""
    lines = "".join("  - 布署。  # healthreport: 忽略 HR401\n" for _ in range(19_000))
    (here / "x.yaml").write_text(f"{HEAD}内容:\n{lines}  - 布署甲。\n", "utf-8")
    with soon(SECONDS // 3):
        result = cli("check", "x.yaml", "--select", "HR401")
    assert "检查了1份：警告 1。" in result.err


def test_what_says_no_fix_is_not_sifted_to_fix(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is only told, as half a million doubled characters are, is not weighed when a file is changed."""
    asked: list[str] = []
    kept = Exemptions.kept

    def counted(self: Exemptions, rule: str, finding: Finding, subject: Subject) -> Finding | None:
        asked.append(rule)
        return kept(self, rule, finding, subject)

    monkeypatch.setattr(Exemptions, "kept", counted)
    (here / "甲.txt").write_text("清河区2022年工作总结\n" + "的的" * 5000 + "，布署。\n", "utf-8")
    assert "改了1处" in cli("check", "--fix", "甲.txt").err
    assert asked.count("HR402") == 5000  # of those that remain


def test_equal_findings_are_counted_once(here: Path, cli: Cli) -> None:
    """What a reference prints twenty thousand times over is one finding at the reference, and no more than that."""
    (here / "x.yaml").write_text(
        f"{HEAD}文字: {{话: {'进一步' * 22_000}}}\n内容: '{{{{ 话 }}}}，{{{{ 话 }}}}。'\n", "utf-8"
    )
    found = json.loads(cli("check", "x.yaml", "--format", "json", "--severity", "建议").out)
    assert [one["id"] for one in found].count("HR405") == 2
    assert "more-findings" not in {one["id"] for one in found}


def test_braces_of_a_long_line_are_not_paired_each_with_each(here: Path, cli: Cli) -> None:
    """A line of thousands of braces, broken by a quote that ends early, took minutes; its slip is told."""
    (here / "x.yaml").write_text("内容: '{{ 门诊 }}。'" + "{ 门诊 }}，{{ 农村改厕 }}。'" * 5_000 + "\n", "utf-8")
    with soon():
        result = cli("render", "x.yaml")
    assert result.code == 2
    assert "x.yaml:1:" in result.err


@pytest.mark.parametrize("text", ["标题: 甲\n内容", "      - 标题: 甲\n        内容"])
def test_a_key_that_the_text_ends_with_has_no_colon(text: str) -> None:
    """What is mended in memory ends where the text does."""
    with pytest.raises(SlipsError) as wrong:
        parse(nodes.Source("x.yaml", text))
    assert "no-colon" in [one.id for one in wrong.value.diagnostics]
