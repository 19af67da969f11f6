"""Bad input: each mistake gives its message, with a place and a way out, and never a traceback.

``tests/invalid/`` holds one report for each mistake with the message beside it. Run with
HEALTHREPORT_ACCEPT=1 to write the messages anew, then read them aloud.
"""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from healthreport.diagnostics import Diagnostic, HealthReportError
from helpers import GENERAL, Result, command, mistakes, word

if TYPE_CHECKING:
    from conftest import Cli

INVALID = Path(__file__).parent / "invalid"
CASES = sorted(INVALID.glob("*.yaml"))
HEAD = re.compile(r"(?P<file>[^:\n]+)(?::(?P<line>\d+):(?P<column>\d+))?: 错误 .*[。？] \[[a-z0-9-]+\]")
EXCERPT = re.compile(r"  (?P<line>\d+) │ (?P<text>.*)")
CARETS = re.compile(r"   +│ (?P<before> *)\^+")

# A report that uses most of what the format has.
VALID = """\
体裁: 年度工作总结
年度: 2022
单位: 清河区卫生健康局
主送: 区委、区政府
日期: 2022-12-30
编号: [一、, （一）, 1.]
接排: [1.]
指标:
  农村改厕: {数值: "1,059", 单位: 座, 目标: 1000, 上年: 980}
  管理人数: {数值: 66859, 单位: 人, 说明: 年末}
  在管人数: {数值: 107500, 单位: 人}
  管理率: {公式: 管理人数 / 在管人数, 单位: "%", 目标: ≥60, 小数位: 1}
导语: |
  {{ 年度 }}年，全区卫生健康工作稳步推进。
  现将有关情况报告如下：
成绩:
  - 标题: 全力抓好爱国卫生工作   # 注释
    内容:
      - 全年完成农村改厕{{ 农村改厕 }}，比{{ 年度 - 1 }}年{{ 农村改厕.同比 }}，管理率为“{{ 管理率 }}”。
      - 引语: 主要做法：
        分述: [加强组织领导, {引语: 强化技术指导：, 分述: [甲, 乙]}]
        结语: 成效明显。
    章节:
      - {标题: 深入开展健康城镇建设, 接排: 是, 内容: "……"}
      - 标题: 待写
        待补: 是
问题:
  标题: 存在的问题
  内容: {表格: {表题: 指标, 表头: [指标, 值], 行: [[甲, 1], [乙, '']], 列宽: [2, 1], 注: 初步数据}}
计划:
  - {标题: 补齐短板, 下级编号: [①], 内容: {条目: [{事项: 甲, 时限: 6月底前, 责任人: [王, 李]}]}}
附件: [{标题: 清单, 横排: 是, 内容: [{样式: 1., 条目: [甲, 乙]}, {指标表: 全部}]}]
"""


def check_shape(message: str) -> None:
    """Every diagnosis begins with place, 错误 and id; it shows the line, and the caret stands under its column."""
    lines = message.splitlines()
    assert HEAD.fullmatch(lines[0]), lines[0]
    for before, after in pairwise(lines):
        shown, caret = EXCERPT.fullmatch(before), CARETS.fullmatch(after)
        if shown:
            assert caret, f"no caret under: {before}"
            at = len(shown["line"]) + len("   │ ") + len(caret["before"])
            assert at == after.index("^")
    for head, line, carets in zip(lines, lines[1:], lines[2:], strict=False):
        place, shown, caret = HEAD.fullmatch(head), EXCERPT.fullmatch(line), CARETS.fullmatch(carets)
        if place and place["column"] and shown and caret and not shown["text"].startswith("…"):
            assert place["line"] == shown["line"]
            assert wcswidth(shown["text"][: int(place["column"]) - 1]) == len(caret["before"]), head


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_message(case: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message beside the report comes on stderr, nothing on stdout; exit code 2, and no file is left."""
    monkeypatch.chdir(INVALID)
    files = set(INVALID.iterdir())
    result = cli("render", case.name)
    left = set(INVALID.iterdir()) - files
    expected = case.with_suffix(".txt")
    if os.environ.get("HEALTHREPORT_ACCEPT") == "1":
        expected.write_text(result.err, encoding="utf-8")
    assert result == Result(2, "", expected.read_text("utf-8"))
    assert not left
    check_shape(result.err)


def test_no_stray_message() -> None:
    """Every message has its report."""
    assert {path.stem for path in INVALID.glob("*.txt")} == {path.stem for path in CASES}


GENERATED = {
    "nested-brackets": ("[" * 100_000, "too-deep"),
    "nested-closed-brackets": ("内容: " + "[" * 100_000 + "]" * 100_000, "too-deep"),
    "nested-braces": ("{a: " * 100_000, "too-deep"),
    "nested-lists": ("- " * 100_000 + "甲", "too-deep"),
    "nested-mappings": ("\n".join(" " * depth + "甲:" for depth in range(2000)), "too-deep"),
    "nested-keys": ("? " * 100_000, "bad-key"),
    "too-many-values": (GENERAL + "内容: [" + "甲," * 210_000 + "]", "too-large"),
    "too-large": ("# 注释\n" * 6_000_000, "too-large"),
    "error-after-a-long-line": (GENERAL + "内容: " + "字" * 350_000 + ": 错", "colon-in-text"),
    "long-word": ("年度: " + "1" * 100_000 + "\n" + GENERAL, "bad-year"),
    "nested-parentheses": (GENERAL + "内容: '{{ " + "(" * 100_000 + " }}'", "expression-syntax"),
    "many-minus-signs": (GENERAL + "内容: '{{ " + "-" * 100_000 + " }}'", "expression-syntax"),
    "many-sections": (GENERAL + "章节:\n" + "- 标题: 甲\n" * 10_000, "label-exhausted"),
    "many-comments-in-a-line": (GENERAL + "内容: 甲" + " #字" * 20_000, "text-cut-by-comment"),
    "many-unknown-names": (GENERAL + "内容: |\n  " + "甲{{ 乙 }}" * 5_000, "unknown-name"),
}


@pytest.mark.parametrize("name", GENERATED)
def test_generated(name: str, tmp_path: Path) -> None:
    """What is too deep, too large or too long is told in bounded time and few words: no crash, no file left."""
    content, id = GENERATED[name]
    (tmp_path / "x.yaml").write_text(content, encoding="utf-8")
    result = command("render", "x.yaml", cwd=tmp_path, timeout=10)
    assert (result.code, result.out) == (2, "")
    check_shape(result.err)
    assert f"[{id}]" in result.err
    assert "Traceback" not in result.err
    assert max(map(len, result.err.splitlines())) < 1000
    assert [path.name for path in tmp_path.iterdir()] == ["x.yaml"]


@pytest.mark.parametrize(
    "content",
    [
        GENERAL.replace("情况汇报", "关于做好卫生健康工作的报告" * 500),
        GENERAL + "年度: 2022\n内容: '{{ " + "1 + " * 10_000 + "年度 }}'",
        GENERAL + "指标: {甲: {数值: 1" + "0" * 40 + ", 目标: 3}}\n内容: '{{ 甲.完成率 }}'",
    ],
    ids=["long-title", "long-sum", "many-digits"],
)
def test_bounded(content: str, tmp_path: Path) -> None:
    """What is merely long is rendered or refused in bounded time."""
    (tmp_path / "x.yaml").write_text(content, encoding="utf-8")
    result = command("render", "x.yaml", cwd=tmp_path, timeout=10)
    assert result.code in (0, 2), result.err[-200:]
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2022.yml", "2022.yml: 错误 找不到这个文件。 [not-found]\n  → 是否为“2022.yaml”？\n"),
        ("计划书.yaml", "计划书.yaml: 错误 找不到这个文件。 [not-found]\n  → 请检查文件名和所在的文件夹。\n"),
        ("没有/2022.yaml", "没有/2022.yaml: 错误 找不到这个文件。 [not-found]\n  → 请检查文件名和所在的文件夹。\n"),
        ("文件夹", "文件夹: 错误 这是文件夹，不是文件。 [is-a-folder]\n  → 请写出里面的文件名。\n"),
        (".", ".: 错误 这是文件夹，不是文件。 [is-a-folder]\n  → 请写出里面的文件名。\n"),
    ],
)
def test_unreadable(name: str, expected: str, here: Path, cli: Cli) -> None:
    """A file that is not there is told with a name that is like it, if any; a folder is told as one."""
    (here / "2022.yaml").write_text(VALID, encoding="utf-8")
    (here / "文件夹").mkdir()
    (here / "2023.yaml.bak").touch()
    assert cli("render", name) == Result(2, "", expected)


@pytest.mark.parametrize("beside", ["2023.yaml.txt", "2023.yaml.docx", "2023.YAML.TXT", "2023。yaml", "2023．yaml"])
def test_misnamed(beside: str, here: Path, cli: Cli) -> None:
    """A file that Notepad or an input method named otherwise is named, with what to call it."""
    (here / beside).write_text(VALID, encoding="utf-8")
    name = "2023.YAML" if "YAML" in beside else "2023.yaml"
    result = cli("render", name)
    assert result.code == 2
    assert f"旁边有“{beside}”，请把它改名为“{name}”" in result.err


def ill_told(content: str | bytes) -> list[Diagnostic]:
    """Take a report to Word; return the mistakes that are told without a way out or a place in the file, if any."""
    text = content if isinstance(content, str) else content.decode(errors="replace")
    last = len(text.splitlines()) + 1
    try:
        word(content)
    except HealthReportError as wrong:
        return [one for one in wrong.diagnostics if not (_is_told(one) and one.position.line <= last)]
    return []


def _is_told(one: Diagnostic) -> bool:
    """Say whether a mistake names its file and a way out: a hint, or a question whether something else is meant."""
    is_out = bool(one.hint) if one.message.endswith("。") else one.message.endswith("？")
    return is_out and Path(one.position.file).name == "report.yaml"


@example(b"\x81@:\n(:-")  # a dash on the line of its key, at the very end
@given(st.binary(max_size=200) | st.binary(max_size=60).map((GENERAL + "内容: ").encode().__add__))
def test_any_bytes(content: bytes) -> None:
    """Whatever bytes a file holds, it is rendered or its mistakes are told."""
    assert ill_told(content) == []


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return the valid report with a few characters or lines deleted, inserted or doubled."""
    pieces = list(VALID)
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            pieces = "".join(pieces).splitlines(keepends=True) or [""]
        at = draw(st.integers(0, len(pieces) - 1))
        inserted = st.sampled_from([*":：-#[]{}'\"|>&*!%@`,? \n\t~\\，。", "{{", "}}", "- ", "\n  ", "无", "①", "一是"])
        pieces[at] = draw(st.sampled_from(["", pieces[at] * 2]) | inserted.map(pieces[at].__add__))
        pieces = list("".join(pieces)) or [" "]
    return "".join(pieces)


def test_the_valid_report() -> None:
    """The report that mutations start from has no mistake itself."""
    assert not mistakes(VALID)


@given(mutated())
def test_any_slip_of_the_hand(report: str) -> None:
    """A report with a few characters too many or too few is rendered or its mistakes are told."""
    assert ill_told(report) == []
