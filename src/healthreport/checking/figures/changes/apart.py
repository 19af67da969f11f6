"""How far one figure is from another: 高于年度目标（80%）2.6个百分点, 相差15.1个百分点, 是上年的4倍."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.figures import figure as figures
from healthreport.checking.figures.changes.pairs import claim
from healthreport.checking.figures.figure import (
    POINTS,
    Figure,
    Fit,
    Line,
    Mismatch,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.figures.words import FigureCues


GROWTH = "HR203"
_HINT = "请核对两期的数和增减幅度。"
# 护士比医师多172人: both are named, their figures stand before.
_MORE = re.compile(r"^([一-龥]{2,8})比([一-龥]{2,8}?)(?:提)?(?:多|少|高|低)(?:出|了)?$")
_FARTHEST_APART = re.compile("最[高大多长][^，。]{0,4}最[低小少短]|首尾|两端|极差")
_IS_NEXT = re.compile(r"^[）)]?[一-龥]{0,8}$")


def compared(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Look at how far one figure is from another: 高于年度目标（80%）2.6个百分点, 相差15.1个百分点, 是上年的4倍."""
    for index in range(2, len(line.figures)):
        figure = line.figures[index]
        if figure.loose or not figure.unit:
            continue
        more = _MORE.search(figure.clause)
        more = None if more and cues["^分别|<上年>"].search(figure.clause) else more  # 分别比上年提高1.8分、0.9分
        if claim(figure, cues) and not more:
            continue
        if figure.unit == "倍":
            yield from _multiple(line, index)
            continue
        other = line.figures[index - 1]
        one = _this_one(line, index, cues)
        if more and (named := _named(line, index, more)):
            one, other = named
        if _FARTHEST_APART.search(figure.clause):
            one, other = _farthest(line, index)
        unit = "%" if figure.unit == "百分点" else figure.unit
        if (
            {one.unit, other.unit} != {unit}
            or one.loose
            or other.loose
            or not one.sentence == other.sentence == figure.sentence
        ):
            continue
        if (more and one.clause and other.clause) or cues["<相差>(?:了|约|为|达)?$"].search(figure.clause):
            yield from _apart(line, figure, one, other, 0)
        elif _IS_NEXT.match(figure.lead) and (sign := _side(other, figure, cues)):
            yield from _apart(line, figure, one, other, sign)


def _this_one(line: Line, index: int, cues: FigureCues) -> Figure:
    """Return what is compared: 就诊率达94.6%，比上年提高3.2个百分点，高于目标（92%）2.6个百分点 is of the 94.6."""
    at = index - 2
    if at and line.figures[at].unit in POINTS and claim(line.figures[at], cues):
        at -= 1
    return line.figures[at]


def _named(line: Line, index: int, more: re.Match[str]) -> tuple[Figure, Figure] | None:
    """Return the figures that are named where they are compared: 三季度比一季度提高3.9分."""
    row = [line.figures[at] for at in line.sentence(index) if at < index]
    found = [[one for one in row if name in one.clause] for name in more.groups()]
    return (found[0][0], found[1][0]) if all(len(ones) == 1 for ones in found) else None


def _farthest(line: Line, index: int) -> tuple[Figure, Figure]:
    """Return the highest and the lowest of the figures of a sentence that are of one unit with the last."""
    last = line.figures[index - 1]
    row = [line.figures[at] for at in line.sentence(index) if at < index and line.figures[at].unit == last.unit]
    return max(row, key=lambda one: one.value), min(row, key=lambda one: one.value)


def _side(other: Figure, figure: Figure, cues: FigureCues) -> int:
    """Return 1 where the first of two figures is said to be so much higher, -1 for lower, 0 for neither."""
    bracket = other.lead.rstrip("（(")
    if cues["[比较][^，；。]{0,16}$"].search(bracket):
        if cues["(?:高|多|快)出?了?$"].search(figure.lead):
            return 1
        return -1 if cues["(?:低|少|慢)出?了?$"].search(figure.lead) else 0
    if figure.unit in POINTS or other.lead[-1:] in ("（", "("):
        if cues["(?<!提)(?<!升)(?:高于|高出|超过|超出|超|快于|优于|领先)[^，；。]{0,16}$"].search(bracket):
            return 1
        return -1 if cues["(?:低于|落后|慢于|少于|不及)[^，；。]{0,16}$"].search(bracket) else 0
    return 0


def _apart(line: Line, figure: Figure, one: Figure, other: Figure, sign: int) -> Iterator[Mismatch]:
    exact = one.value - other.value
    exact = abs(exact) if sign == 0 else exact * sign
    slack = one.slack + other.slack
    if exact == figure.value:
        return
    rounded = exact - slack - figure.half <= figure.value <= exact + slack + figure.half and one.step <= figure.step
    high, low = (one, other) if one.value >= other.value else (other, one)
    shown = f"{written(high.value, high)} - {written(low.value, high)} = {written(high.value - low.value, high)}"
    wrong_way = exact < 0 and abs(exact) == figure.value
    hint = "高低的方向反了，请核对。" if wrong_way else _HINT
    yield Mismatch(GROWTH, line, figure, f"{shown}，文中为{figure.printed}。", hint, (one, other), rounded)


def _multiple(line: Line, index: int) -> Iterator[Mismatch]:
    """Compare 远程会诊120例，是上年（30例）的4倍."""
    figure = line.figures[index]
    lead = line.text[line.figures[index - 1].end : figure.start]
    if not re.fullmatch(r"[）)]?的", lead) or index < 2:
        return
    old, new = line.figures[index - 1], line.figures[index - 2]
    if old.unit != new.unit or not old.value or old.sentence != new.sentence or old.loose or new.loose:
        return
    if figures.ratio(new, old, figure) in (Fit.FITS, Fit.ROUNDED):
        return
    shown = f"{written(new.value, new)} ÷ {written(old.value, new)} = {written(new.value / old.value, None, 2)}"
    yield Mismatch(GROWTH, line, figure, f"{shown}，文中为{figure.printed}。", _HINT, (new, old))
