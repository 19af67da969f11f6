"""Seven slips of seven kinds, of YAML and of values mixed, wherever they stand: told in one run, and only they."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport.diagnostics import Severity
from helpers import ROOT
from test_many_slips import KEY, SLIPS, change, outside_of_texts, told

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from test_many_slips import Slip

NAMES = ("2022", "年度工作总结", "实施方案", "工作情况汇报", "管理制度", "讲话", "述职报告", "通用")
EXAMPLES = [ROOT / "examples" / f"{name}.yaml" for name in NAMES]
SLIPS_IN_ONE_FILE = 7
PLAIN = r"[^\s{\[|\"\d#&*%@]"
NAME = r"\{\{ ([^\s.|}]+)"
# What is done to a line, besides the slips of test_many_slips.py.
MORE: dict[str, Slip] = {
    "no colon": change(r"^( *- 标题|^ *内容): ", r"\1 "),
    "full-width dash": change(r"^( *)- (?=\S)", r"\1－ "),
    "full-width block mark": change(r": \|$", ": ｜"),
    "full-width braces": change(r": \{(?!\{)(.*)\}$", r": ｛\1｝"),
    "full-width closing brace": change(r"(: \{(?!\{).*)\}$", r"\1｝"),
    "full-width space": change(r"^  (?=\S)", "　"),
    "full-width comma between parts": change(r"(分项: \[[^\[\]\",]+), ", r"\1，"),
    "unquoted reference": change(r": \"(\{\{[^\"]*)\"$", r": \1"),
    "unquoted %": change(r"单位: \"%\"", "单位: %"),
    "open quote in braces": change(r"单位: \"%\"", '单位: "%'),
    "percent sign first": change(rf"^([^#:]*: )({PLAIN}[^#\"{{}}]*[^\s#\"{{}}])$", r"\1%\2"),
    "asterisk first": change(rf"^([^#:]*: )({PLAIN}[^#\"{{}}]*[^\s#\"{{}}])$", r"\1*\2"),
    "text after a quote": change(rf": ({PLAIN}[^#\"{{}}]{{3}})([^#\"{{}}]+[^\s#\"{{}}])$", r': "\1"\2'),
    "open brace": change(r"(: \{(?!\{)[^{}]*)\}$", r"\1"),
    "open bracket": change(r"(: \[[^\[\]]*)\]$", r"\1"),
    "comment in a text": change(rf"(: {PLAIN}[^#\"{{}}]{{4,}}[^\s#\"{{}}])$", r"\1 #乙"),
    "colon in a text": change(rf"(: {PLAIN}[^#\"{{}}，。]{{3,}})([^#\"{{}}]+)$", r"\1: \2"),
    "open reference": change(NAME + r" \}\}", r"{{ \1 }"),
    "full-width reference": change(NAME + r" \}\}", r"｛｛ \1 ｝｝"),
    "reference in one brace": change(NAME + r" \}\}", r"{ \1 }"),
    "unknown derived": change(NAME + r"\.(同比|完成率|增减)", r"{{ \1.同笔率"),
    "unknown format": change(NAME + r" \}\}", r"{{ \1|百万分 }}"),
    "unknown operand": change(r"公式: ([^\s/]+) / ", r"公式: \1无此 / "),
    "formula": change(r"公式: ([^\s/]+) / ", r"公式: \1 // "),
    "flag": change(r"(接排|越低越好|无目标): (true|false|是|否)", r"\1: 也许"),
    "target": change(r"目标: [≥≤]?[\d.]+", "目标: 尽量多"),
    "two points": change(r"数值: (\d+)\.?(\d)", r"数值: \1..\2"),
    "decimals": change(r"小数位: \d", "小数位: 两位"),
    "key of a section": change(r"^( *)(- )?内容: ", r"\1\2内溶: "),
    "column": change(r"列: \[指标, ", "列: [指棒, "),
    "date": change(r"^(日期: )\d.*$", r"\g<1>明天"),
    "year": change(r"^(年度: )\d+$", r"\g<1>今年"),
    "genre": change(r"^(体裁: )(\S+)$", r"\1\2呀"),
    "layout": change(KEY + r": .*版式.*$", r"\1: 无此"),
}
ALL = {kind: slip for kind, (slip, _) in SLIPS.items()} | MORE
# These may stand in the lines of a text, too.
IN_TEXTS = {"unknown name", "unknown derived", "unknown format", "open reference", "full-width reference"}
INDENTED = ("tab", "indented more", "indented less", "full-width space")


def slipped(line: str, kind: str) -> str:
    """Return a line with a slip; the same line where it has no place for it, or where it may well stand so."""
    alone = kind.startswith("indented") and re.match(r" *- [^:]*$", line)  # the only item of a list, perhaps
    return line if alone or line.lstrip()[:1] in ("", "#") else ALL[kind](line)


def chosen(lines: list[str], rng: random.Random) -> dict[int, str]:
    """Return seven kinds and a line for each, at the beginning, in the middle or at the end; none touch."""
    found: dict[int, str] = {}
    outside = {*outside_of_texts(lines)}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for kind in ALL:
        for at, line in enumerate(lines):
            if (at in outside or kind in IN_TEXTS) and slipped(line, kind) != line:
                places[kind].append(at)
    for kind in rng.sample([*places], len(places)):
        third = rng.randrange(3)
        at = rng.choice([one for one in places[kind] if one * 3 // len(lines) == third] or places[kind])
        apart = (5 if is_indented(kind, other) else 2 for other in found.values())
        if len(found) < SLIPS_IN_ONE_FILE and all(
            abs(at - one) >= least for one, least in zip(found, apart, strict=True)
        ):
            found[at] = kind
    return found


def is_indented(kind: str, other: str) -> bool:
    """Say whether one of two slips is about where a line begins: what stands around it says where it belongs."""
    return kind in INDENTED or other in INDENTED


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@settings(max_examples=12, derandomize=True)
@given(rng=st.randoms(use_true_random=False))
def test_seven_slips(example: Path, rng: random.Random, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each of seven slips of seven kinds is told in one run, in its line; no other line is told of."""
    lines = example.read_text("utf-8").splitlines()
    slips = chosen(lines, rng)
    for at, kind in slips.items():
        lines[at] = slipped(lines[at], kind)
    found = told("\n".join(lines) + "\n", tmp_path_factory.mktemp("seven"))
    wrong = {one.position.line for one in found if one.severity is Severity.ERROR}
    assert wrong == {at + 1 for at in slips}, (slips, found)
