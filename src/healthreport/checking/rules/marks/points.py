"""The marks between the points of a run: 一是…；二是…；三是…."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.points import runs
from healthreport.diagnostics import Severity
from healthreport.trees.end_marks import CLOSERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.scanning.points import Run
    from healthreport.checking.subject import Subject

_ENDS = "。；，、！？;,"
_STOP = re.compile("[。！？]")
_SEMICOLONS = "；;"
_FAMILIES = frozenset({"是", "要", "O", "PN", "N", "P一", "第"})
_LEAST = 3
_ALIKE = str.maketrans(";,", "；，")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of points that close with ； though they hold 。, of a missing mark before ②, of 。 and ； by turns."""
    words = lines(subject)
    if not words.is_read:
        return
    for run in runs(subject):
        if run.family in _FAMILIES and _is_one_paragraph(run, words):
            yield from _of_run(run, words)


def _is_one_paragraph(run: Run, words: Lines) -> bool:
    return words.index(run.points[-1].start) == words.index(run.points[0].start)


def _of_run(run: Run, words: Lines) -> Iterator[Finding]:
    points, text = run.points, words.text
    pieces = [text[one.end : other.start].rstrip() for one, other in itertools.pairwise(points)]
    marks = [piece.rstrip(CLOSERS)[-1:].translate(_ALIKE) for piece in pieces]
    for order, (piece, mark) in enumerate(zip(pieces, marks, strict=True)):
        stop = _STOP.search(piece, 0, len(piece) - 1)
        if mark == "；" and not stop and "；" in piece[:-1].translate(_ALIKE):
            at = points[order].end + piece[:-1].translate(_ALIKE).index("；")
            what = "这一点里面用了分号，各点之间也用分号，层次不清。"
            yield Finding(what, words.spot(at, at + 1), "里面的请改用逗号，或者各点之间改用句号。")
            break
        if mark == "；" and stop:
            spot = words.spot(points[order].start, points[order].end + stop.end())
            what = "这一点里面用了句号，各点之间却用分号，层次不清。"
            yield Finding(what, spot, "各点之间请改用句号，或者把里面的句号改为逗号。")
            break
    else:
        yield from _uneven(run, marks, words)


def _uneven(run: Run, marks: list[str], words: Lines) -> Iterator[Finding]:
    """Tell of the one point that closes otherwise than all others, or with nothing."""
    if len(marks) < _LEAST - 1:
        return
    known = [mark for mark in marks if mark and mark in _ENDS]
    usual = max(known, key=known.count, default="")
    for order, mark in enumerate(marks):
        point = run.points[order + 1]
        label = words.text[point.start : point.end]
        if mark not in _ENDS and known.count(usual) * 2 > len(marks):
            spot = words.spot(point.start, point.end)
            yield Finding(f"“{label}”前面没有标点，别的各点之间用“{usual}”。", spot, f"请加“{usual}”。")
        elif mark in "，、。；" and mark != usual and marks.count(mark) == 1 and marks.count(usual) >= _LEAST - 1:
            at = words.text.rfind(mark, 0, point.start) if mark in words.text else point.start - 1
            spot = words.spot(min(at, point.start - 1), point.start)
            yield Finding(f"各点之间多用“{usual}”，“{label}”前用了“{mark}”。", spot, f"请改用“{usual}”。")


POINT_MARK = TextRule(
    "HR313",
    Severity.NOTE,
    _find,
    bad=(
        "一是因地制宜，分步实施。先试点后推广；二是加强督导，逐项销号；三是严格考核。\n",
        "奖励扶助：①独生子女家庭12户；②双女户8户③特别扶助3户；④其他2户。\n",
        "一是抓培训；二是抓督导。三是抓考核；四是抓宣传；五是抓保障。\n",
        "（1）核对名单。逐户签字；（2）上报。\n",
    ),
    good=(
        "一是建档，做到应建尽建；二是随访，做到面对面；三是转诊，做到双向畅通。\n",
        "一是抓培训。办班12期。二是抓督导。下乡18次。三是抓考核。按月打分。\n",
        "①清点②登记③封存\n",
        "一是抓培训，二是抓督导，三是抓考核。\n",
        "做到“一是一、二是二”。\n",
    ),
    name="各点之间的标点",
    basis="GB/T 15834—2011 4.6.3",
    why="各点之间用同一种点号；一点里面有句号的，各点末尾也用句号，不用分号。",
)
