"""What a single figure shows: a rate over 100 %, a number or its unit that is missing, half a person."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import Figure, Line, Mismatch
from healthreport.checking.passages import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.figures.words import FigureCues

OVER, NO_UNIT, NO_NUMBER, BROKEN = "HR215", "HR216", "HR217", "HR218"
_NO_NUMBER = re.compile(
    r"(?:率|占比|比例|比重|占|达到|达|增长|下降|提高|上升|降低)\s*[%％‰](?![一-龥]{0,2}\s*[=＝）)])"
)
_NO_POINTS = re.compile(r"(?:提高|下降|上升|增长|降低|增加|提升|高|低)了?个百分点")
_SHARE = re.compile(r"占[^，。；、]{0,16}?(?:的|比为|比达|比|比例为|比重为)$")
_OF_POINTS = re.compile(r"(?:[、，和及与][\d.]+个?)+(?:百分点|千分点)")
_ENDS = re.compile(r"\s*(?:[，,。；;、）)]|$)")
_FARTHEST = 40
_ZERO = Fraction(0)
# Who and what there is no half of; an amount per head may be broken.
_WHOLE = frozenset({"人", "例", "户", "家", "台", "辆", "场", "人次", "起", "座", "份", "册", "所", "件", "例次", "剂"})
_PER = re.compile(r"均|每|[千万]人|/|比|指数|折合|当量|相当于|万")


def find(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Yield figures that cannot be as they are printed."""
    for index, figure in enumerate(line.figures):
        if figure.unit == "%" and figure.value > 100:
            yield from _over(line, figure, cues)
        elif not figure.unit and figure.step < 1 and not figure.loose:
            yield from _no_unit(line, index)
        elif figure.unit in _WHOLE and figure.factor == 1 and figure.step < 1:
            yield from _broken(line, index, cues)


def missing(line: Line) -> Iterator[Mismatch]:
    """Yield 率% and 提高个百分点, where a number is missing; the head of a column says 率% rightly."""
    if line.passage.kind not in (Kind.BODY, Kind.NOTE):
        return
    patterns = [_NO_NUMBER] * ("%" in line.text or "％" in line.text or "‰" in line.text) + [_NO_POINTS] * (
        "个百分点" in line.text
    )
    for pattern in patterns:
        for found in pattern.finditer(line.text):
            start, end = found.span()
            at = Figure(start, end, _ZERO, _ZERO, _ZERO, "", "", "", "", True, 0, 0, found[0])
            yield Mismatch(NO_NUMBER, line, at, f"“{found[0]}”缺少数字。", "请补上数字。")


def _over(line: Line, figure: Figure, cues: FigureCues) -> Iterator[Mismatch]:
    clause = figure.clause
    if cues["<可过百>|(?:<增>|<减>)(?:了|为)?$|目标|任务|计划"].search(clause):
        return
    if cues["(?:<到百为止>)(?:已|均|也)?(?:为|是|达到?|高达|超过|提高到|上升到)?(?:了|约)?$"].search(
        clause
    ) or _SHARE.search(clause):
        yield Mismatch(OVER, line, figure, f"“{figure.printed}”超过了100%。", "请核对分子和分母。")


def _no_unit(line: Line, index: int) -> Iterator[Mismatch]:
    """Tell of 62.8 in 占37.1%、占10.5%、占62.8."""
    figure = line.figures[index]
    if not 0 < figure.value <= 100 or not _ENDS.match(line.text, figure.end) or not figure.clause:
        return
    near = [
        one for one in line.figures[max(index - 3, 0) : index + 4]
        if one is not figure and one.unit == "%" and one.step < 1 and abs(one.start - figure.start) < 3 * _FARTHEST
    ]  # fmt: skip
    between = [one for one in line.figures[max(index - 2, 0) : index + 3] if one is not figure]
    if len(near) < 2 or any(one.unit != "%" and one.step < 1 for one in between):
        return
    if any(figure.clause[-1] == one.clause[-1:] for one in near) or re.search(r"占|率|比例|达到?$", figure.clause):
        what = f"前后的数都以“%”为单位，{figure.printed}缺少单位。"
        yield Mismatch(NO_UNIT, line, figure, what, "请补上“%”。", tuple(near[:2]))


def _broken(line: Line, index: int, cues: FigureCues) -> Iterator[Mismatch]:
    figure = line.figures[index]
    base = figure.said
    if base == "个" and _OF_POINTS.match(line.text, figure.end):
        return  # 分别上升0.4个、0.7个百分点
    if base not in cues.counted or figure.value.denominator == 1 or line.text.startswith(("/", "／", "·"), figure.end):
        return
    first = line.sentence(index).start
    start = line.figures[first].start - len(line.figures[first].lead)
    if not _PER.search(line.text[start : figure.end + 4]) and not cues["<可带小数>"].search(figure.clause):
        what = f"{figure.printed}：以“{base}”计的数不会带小数。"
        yield Mismatch(BROKEN, line, figure, what, "请核对数值和单位；是平均数，请写明“平均”或“人均”。")
