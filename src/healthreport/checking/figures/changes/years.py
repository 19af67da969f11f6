"""Changes a year, and what words say of two figures: 年均增长10.0%, 持平, 翻了一番, 缩短一半."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from healthreport.checking.figures import figure as figures
from healthreport.checking.figures.changes.pairs import Pair, beside, from_to, is_last
from healthreport.checking.figures.figure import (
    POINTS,
    Figure,
    Fit,
    Line,
    Mismatch,
    fit,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.figures.words import FigureCues


GROWTH = "HR203"
_HINT = "请核对两期的数和增减幅度。"
_FACTORS = {
    "翻了一番": 2,
    "翻一番": 2,
    "翻番": 2,
    "翻了两番": 4,
    "翻两番": 4,
    "翻了三番": 8,
    "翻三番": 8,
    "翻了二番": 4,
    "翻二番": 4,
}
_DOUBLED = re.compile(r"翻了?[一二两三]?番")
_PART_WORDS = re.compile(r"(?<!近)(?<!约)(?<!超)(一半|三分之一|三分之二|四分之一|四分之三|五分之一|五分之二)")
_PARTS = {
    "一半": Fraction(1, 2), "三分之一": Fraction(1, 3), "三分之二": Fraction(2, 3), "四分之一": Fraction(1, 4),
    "四分之三": Fraction(3, 4), "五分之一": Fraction(1, 5), "五分之二": Fraction(2, 5),
}  # fmt: skip
_YEARS = re.compile(r"(20\d\d)\s*年")
_NEXT = ("、", "和", "，")
_MOST_YEARS = 15
_SPAN = re.compile(r"(20\d\d)年?[—–～~\-至到]+(20\d\d)年")


def yearly(line: Line, found: Pair, figure: Figure) -> Iterator[Mismatch]:
    """Compare 由2021年5000万元增至2023年6050万元，年均增长10.0%."""
    old, new, _ = found
    years = [_YEARS.findall(one.lead) for one in (old, new)]
    if not (years[0] and years[1]) or figure.unit != "%" or not old.value:
        return
    count = int(years[1][-1]) - int(years[0][-1])
    if not 0 < count < 30:
        return
    exact = (float(new.value / old.value) ** (1 / count) - 1) * 100
    simple = float(new.value / old.value - 1) * 100 / count
    claimed = float(figure.value)
    if min(abs(abs(exact) - claimed), abs(abs(simple) - claimed)) > float(figure.step) * 0.6:
        shown = f"({written(new.value, new)} ÷ {written(old.value, new)})的{count}次方根 - 1 = {exact:.1f}%"
        yield Mismatch(
            GROWTH, line, figure, f"{shown}，文中为{figure.printed}。", "请核对起止年份和年均增速。", (old, new)
        )


def yearly_step(line: Line, index: int) -> Iterator[Mismatch]:
    """Compare 2021—2023年分别为2.1万、2.4万、2.7万人次，年均增加0.3万人次."""
    figure = line.figures[index]
    sentence = line.sentence(index)
    row = [line.figures[at] for at in range(sentence.start, index)]
    if len(row) < 2 or any(one.unit not in (figure.unit, "") or one.loose for one in row):
        return
    span = _SPAN.search(row[0].lead)
    if not span or int(span[2]) - int(span[1]) != len(row) - 1:
        return
    exact = abs(row[-1].value - row[0].value) / (len(row) - 1)
    if fit(exact, exact, exact, figure) is Fit.WRONG or abs(exact - figure.value) > figure.step:
        first, last = written(row[0].value, figure), written(row[-1].value, figure)
        shown = f"({last} - {first}) ÷ {len(row) - 1} = {written(exact, figure)}"
        yield Mismatch(GROWTH, line, figure, f"{shown}，文中为{figure.printed}。", _HINT, tuple(row))


def yearly_growth(line: Line, index: int) -> Iterator[Mismatch]:
    """Compare 2022年至2024年分别投入860万元、946万元、1041万元，年均增长10.0%."""
    figure, sentence = line.figures[index], line.sentence(index)
    rows = [line.figures[at] for at in range(sentence.start, index)]
    row = [one for one in rows if one.unit == rows[0].unit and (one is rows[0] or one.lead in _NEXT)]
    span = _SPAN.search(row[0].lead) if len(row) > 1 else None
    if not span or figure.unit != "%" or int(span[2]) - int(span[1]) != len(row) - 1 or not row[0].value:
        return
    if any(one.loose or not one.counts for one in row):
        return
    yield from yearly(line, Pair(_in_year(row[0], span[1]), _in_year(row[-1], span[2]), 0), figure)


def _in_year(figure: Figure, year: str) -> Figure:
    return figure._replace(lead=f"{year}年")


def in_years(line: Line, index: int) -> Iterator[Mismatch]:
    """Tell of 提高8.4个百分点，年均提高3.1个百分点: 8.4 is no number of years times 3.1."""
    whole, each = line.figures[index - 1 : index + 1]
    lasts = whole.unit == each.unit and not whole.loose and whole.sentence == each.sentence and each.value > 0
    if not lasts or "；" in each.lead or not (each.unit in POINTS or each.counts) or whole.value <= each.value:
        return
    least = (whole.value - whole.half) / (each.value + each.half)
    most = (whole.value + whole.half) / max(each.value - each.half, each.value / 100)
    if ceil(least) > most and most < _MOST_YEARS:
        years = written(whole.value / each.value, None, 2)
        shown = f"{written(whole.value, whole)} ÷ {written(each.value, whole)} = {years}"
        yield Mismatch(GROWTH, line, each, f"{shown}，不是整年数，文中为年均{each.printed}。", _HINT, (whole,))


def words(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Look at what words say of two figures: 持平, 翻了一番, 缩短一半."""
    for index in range(1, len(line.figures)):
        behind = re.split(r"[。；]", line.behind(index), maxsplit=1)[0]
        if not behind or len(behind) < 2:
            continue
        yield from _level(line, index, behind, cues)
        old, new = line.figures[index - 1], line.figures[index]
        if not from_to(old, new, cues) or not old.value:
            continue
        doubled = _DOUBLED.search(behind[:14])
        if doubled and not cues["(?:近|约|超过|超)翻"].search(behind):
            factor = _FACTORS.get(doubled[0], 2)
            if figures.ratio(new, old, _bare(factor, new)) is Fit.WRONG:
                shown = f"{written(old.value, old)} × {factor} = {written(old.value * factor, old)}"
                what = f"{shown}，文中为{new.printed}，不是{doubled[0]}。"
                yield Mismatch(GROWTH, line, new, what, "翻一番是2倍，翻两番是4倍，请核对。", (old,))
        part = _PART_WORDS.search(behind[:14])
        if part and cues["(?:<增>|<减>)"].search(behind[: part.start()]):
            exact = abs(new.value - old.value) / old.value
            if abs(exact - _PARTS[part[0]]) > Fraction(1, 50):
                one, other = written(new.value, new), written(old.value, new)
                what = f"|{one} - {other}| ÷ {other} = {written(exact * 100, None, 1)}%，不是{part[0]}。"
                yield Mismatch(GROWTH, line, new, what, _HINT, (old,))


def _bare(value: int, like: Figure) -> Figure:
    return like._replace(value=Fraction(value), step=Fraction(1, 10), factor=Fraction(1))


def _level(line: Line, index: int, behind: str, cues: FigureCues) -> Iterator[Mismatch]:
    """Compare 与上年（23.5/10万）持平."""
    old = line.figures[index]
    if not is_last(old, cues) or not cues["^[）)]?(?:基本)?(?:<持平>)"].search(behind) or "基本" in behind[:4]:
        return
    found = beside(line, index, index, cues)
    new = line.figures[found] if found is not None else None
    if new and new.value != old.value and new.step == old.step:
        yield Mismatch(GROWTH, line, old, f"{new.printed}与{old.printed}不相等，文中说“持平”。", _HINT, (new,))
