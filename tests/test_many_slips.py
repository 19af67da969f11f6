"""All slips of a file are told in one run: each once, in its line, and nothing that is only so because of another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport.jobs.producing import Options
from healthreport.jobs.render import render
from healthreport.reading.reader import Reader
from helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
