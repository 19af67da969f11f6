"""Rates and shares with what they are taken of: 应接种5200剂次，实际接种4992剂次，接种率96.0%."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import (
    RATES,
    Figure,
    Fit,
    Line,
    Mismatch,
    decimals,
    ratio,
    written,
)
from healthreport.checking.figures.sentences.counts import is_count, is_people
from healthreport.checking.figures.sentences.operands import operands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.figures.words import FigureCues


RATE = "HR202"
_WINDOW = 12
_HINT = "请核对分子、分母和率。"
_BEHIND = re.compile(r"\s*[（(][^（(）)\d]{0,6}(\d[\d,]*)[人例份件家个名户]?次?\s*[/／]\s*(\d[\d,]*)(?![\d.]|[A-Za-z])")
_BEFORE = re.compile(
    r"(?<![\d.])(\d[\d,]*)[人例份件家个名户]?次?\s*[/／]\s*(\d[\d,]*)(?![\d.A-Za-z])[^\d，。；/]{0,3}[（(，,]?[^\d，。；（(]{0,10}$"
)
_PER = re.compile(r"每(百|千|万|十万)(?:名|个)?(?:常住|户籍|服务|辖区)?(?:人口|人|居民|儿童|老年人)")
_PER_SCALE = {"百": 100, "千": 1000, "万": 10_000, "十万": 100_000}
_YEAR = (365, 366)


def find(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Yield rates that are not the quotient of what stands beside them."""
    for index, figure in enumerate(line.figures):
        if figure.loose:
            continue
        if figure.is_rate:
            yield from _of_fraction(line, index)
            found = operands(line, index, cues)
            if found:
                part, whole = found
                yield from _compare(line, index, part, _both(line, index, part, whole, cues), cues)
        elif _PER.search(figure.clause) and figure.counts:
            yield from _per_head(line, index, cues)


def _of_fraction(line: Line, index: int) -> Iterator[Mismatch]:
    """Compare with a fraction in brackets: 91.5%（9150/10000）, 9150/10000（91.5%）."""
    figure = line.figures[index]
    found = _BEHIND.match(line.text, figure.end, figure.end + 40) or _BEFORE.search(figure.lead)
    if not found:
        return
    part, whole = (Fraction(digits.replace(",", "")) for digits in found.groups())
    if not whole or (part > whole and figure.value < 100):
        return
    exact = part / whole * RATES[figure.unit]
    off = abs(exact - figure.value)
    if off > figure.step / 2:
        what = _told(found[1], found[2], exact, figure)
        yield Mismatch(RATE, line, figure, what, _HINT, (), off <= figure.step)


def _told(part: str, whole: str, exact: Fraction, figure: Figure) -> str:
    scale = RATES[figure.unit]
    times = "" if scale == 100 else f" × {scale}"
    shown = written(exact, None, decimals(figure) + 1) + ("%" if scale == 100 else figure.unit)
    return f"{part} ÷ {whole}{times} = {shown}，文中为{figure.printed}。"


def _pool(line: Line, index: int, cues: FigureCues) -> list[Figure]:
    """Return the counts that a rate may be of: those before it, and the next in its sentence."""
    before = [one for one in line.figures[max(index - _WINDOW, 0) : index] if is_count(one, cues)]
    after = [line.figures[at] for at in line.sentence(index) if index < at <= index + 3]
    return before + [one for one in after if is_count(one, cues)]


def _both(line: Line, index: int, part: Figure, whole: Figure, cues: FigureCues) -> Figure:
    """Return what two figures add to, where they are parts beside each other: 收入9万元，其中医疗5万元、药品4万元."""
    totals = (
        one for one in _pool(line, index, cues) if one.unit == whole.unit and one.end <= min(part.start, whole.start)
    )
    return next((one for one in totals if abs(part.value + whole.value - one.value) <= one.half), whole)


def _compare(line: Line, index: int, part: Figure, whole: Figure, cues: FigureCues) -> Iterator[Mismatch]:
    figure = line.figures[index]
    scale = RATES[figure.unit]
    result = ratio(part, whole, figure, scale)
    if result in (Fit.FITS, Fit.ROUNDED) or is_explained(line, index, cues):
        return
    what = _told(_plain(part, whole), _plain(whole, part), part.value / whole.value * scale, figure)
    yield Mismatch(RATE, line, figure, what, _HINT, (part, whole), result is Fit.SLIP)


def _plain(figure: Figure, other: Figure) -> str:
    """Write an operand: in its own unit where both have the same, else resolved."""
    return written(figure.value, figure) if figure.factor == other.factor else written(figure.value)


def is_explained(line: Line, index: int, cues: FigureCues) -> bool:
    """Say whether any two of the counts about a rate give it: then it is of these."""
    figure, pool = line.figures[index], _pool(line, index, cues)
    scale = RATES[figure.unit]
    for one, other in permutations(pool, 2):
        if not other.value:
            continue
        quotient = one.value / other.value
        for exact in (quotient, 1 - quotient, quotient - 1):
            if abs(exact * scale - figure.value) <= figure.half:
                return True
        if one.slack + other.slack and ratio(one, other, figure, scale) is Fit.ROUNDED:
            return True
        if one.unit != other.unit and any(abs(quotient / days * scale - figure.value) <= figure.half for days in _YEAR):
            return True
    return _of_sum(pool, figure, scale)


def _of_sum(pool: Sequence[Figure], figure: Figure, scale: int) -> bool:
    """Say whether a rate is of some counts before it together: 186栋，其中C级4栋、D级1栋，占2.7%."""
    row = [one for one in pool if one.end <= figure.start]
    for first in range(1, len(row) - 1):
        parts = row[first:]
        alike = len({one.unit for one in parts}) == 1
        value = sum((one.value for one in parts), Fraction(0))
        if alike and any(
            one.value and abs(value / one.value * scale - figure.value) <= figure.half for one in row[:first]
        ):
            return True
    return False


def _per_head(line: Line, index: int, cues: FigureCues) -> Iterator[Mismatch]:
    """Compare 每千人口6.2张 with the beds and the people."""
    figure = line.figures[index]
    found = _PER.search(figure.clause)
    assert found
    pool = [line.figures[at] for at in line.sentence(index) if at != index and not line.figures[at].loose]
    counted = [
        one for one in pool
        if one.unit == figure.unit and not is_people(one, cues) and not _PER.search(one.lead)
    ]  # fmt: skip
    if len(counted) > 1 and cues["<其中>"].search(counted[1].lead) and counted[0].end == _end_before(line, counted[1]):
        counted = counted[:1]  # 床位1860张，其中县级1240张、乡镇级620张: all of them are meant
    people = [one for one in pool if is_people(one, cues) and not _PER.search(one.clause)]
    scale = _PER_SCALE[found[1]]
    if len(people) != 1 or not counted:
        return
    if any(ratio(one, people[0], figure, scale) in (Fit.FITS, Fit.ROUNDED) for one in counted) or len(counted) > 1:
        return
    exact = counted[0].value / people[0].value * scale
    shown = f"{written(counted[0].value)} ÷ {written(people[0].value)} × {scale} = "
    shown += written(exact, None, decimals(figure) + 1)
    yield Mismatch(RATE, line, figure, f"{shown}，文中为{figure.printed}。", _HINT, (counted[0], people[0]))


def _end_before(line: Line, figure: Figure) -> int:
    """Return where the figure before another ends."""
    return line.figures[line.figures.index(figure) - 1].end


def bed_days(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Compare the use of beds with bed days: 开放200张，占用总床日74460，使用率102.0%."""
    for index, figure in enumerate(line.figures):
        if (
            not figure.is_rate
            or figure.loose
            or not figure.clause.endswith(("使用率", "使用率为", "使用率达", "使用率达到"))
        ):
            continue
        pool = [line.figures[at] for at in line.sentence(index) if at < index]
        beds = [one for one in pool if one.unit == "张"]
        days = [one for one in pool if "床日" in one.clause or one.said == "床日"]
        if len(beds) == len(days) == 1 and beds[0].value:
            exact = [days[0].value / (beds[0].value * year) * 100 for year in _YEAR]
            if all(abs(value - figure.value) > figure.step for value in exact) and not is_explained(line, index, cues):
                shown = f"{written(days[0].value)} ÷ ({written(beds[0].value)} × 365) = {written(exact[0], None, 2)}%"
                yield Mismatch(RATE, line, figure, f"{shown}，文中为{figure.printed}。", _HINT, (beds[0], days[0]))
