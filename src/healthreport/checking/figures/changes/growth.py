"""What has changed, and by how much: 门诊12.96万人次，上年12.00万人次，增长8.0%; 由68.4%提高到71.2%."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from healthreport.checking.figures import figure as figures
from healthreport.checking.figures.changes.pairs import Pair, claim, from_to, pair, worded
from healthreport.checking.figures.changes.years import in_years, words, yearly, yearly_growth, yearly_step
from healthreport.checking.figures.figure import (
    POINTS,
    Figure,
    Fit,
    Line,
    Mismatch,
    decimals,
    total,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from healthreport.checking.figures.words import FigureCues


GROWTH, OF_POINTS = "HR203", "HR204"
_EXPECTED = re.compile(r"预计|预期|力争|确保|争取|计划|目标|规划")
_HINT = "请核对两期的数和增减幅度。"
_HINT_POINTS = "两个百分数相减，差的单位是“个百分点”。"
_HINT_PER_CENT = "说的是百分之几，不是相差几个百分点。"
_OF_YEAR = re.compile(r"(20\d\d)年")
_SINCE_YEAR = re.compile(r"[与和同比较]\s*(20\d\d)年")
_WITHIN = 30
_COMPARED = re.compile(r"[较比][^，。；]{1,12}[（(]$")
_OF_TIMES = re.compile(r"(?:是|为|相当于|达到?|增加到|增长到|提高到|扩大到|增至)[^，。；0-9]{0,8}$")
_YEARLY = re.compile(r"年均|年平均|平均每年|每年|复合")


def find(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Yield changes that are not the difference, or the quotient, of the figures beside them."""
    if len(line.figures) < 2 or not cues["<增>|<减>|<相差>|<高于>|<低于>|持平|番|倍|<到>|一致"].search(line.text):
        return
    for index, figure in enumerate(line.figures):
        sign = claim(figure, cues)
        if sign and not figure.loose:
            yield from _of_claim(line, index, sign, cues)
        elif figure.lead == "，新增" and index > 1 and not figure.loose:
            yield from _added(line, index, cues)
    yield from words(line, cues)


def _of_claim(line: Line, index: int, sign: int, cues: FigureCues) -> Iterator[Mismatch]:
    figure = line.figures[index]
    if _EXPECTED.search(figure.clause) or cues["(?:再|另|另外|还|额外)(?:给予|可|可以)?(?:<增>|<减>)"].search(
        figure.clause
    ):
        return  # 由400元提高到600元，对边远村再增加150元
    is_yearly = bool(_YEARLY.search(figure.lead[-12:]))
    found = pair(line, index, cues)
    if "分别" in figure.clause and _are_listed(line, index):
        return
    if "分别" in figure.clause and figure.is_rate and _are_several(line, index, cues):
        return
    if found and "；" in line.text[max(found.new.end, found.old.end) : figure.start]:
        found = None  # 门诊…，比上年的4.05万人次增长5.2%；住院2860人次，比上年增加160人次，增长5.9%
    if found and not _is_of_same(line, found, figure, cues):
        return
    if found and _same_clause(line, found, index, cues):
        if is_yearly:
            yield from yearly(line, found, figure)
        else:
            yield from _compare(line, found, figure, sign, cues)
    elif not found and not is_yearly and (figure.is_rate or figure.unit in POINTS):
        yield from _of_increase(line, index, sign, cues)
    if is_yearly and not found:
        yield from (yearly_step if figure.counts else yearly_growth)(line, index)
    if is_yearly and index and claim(line.figures[index - 1], cues) == sign:
        yield from in_years(line, index)


def _are_several(line: Line, index: int, cues: FigureCues) -> bool:
    """Say whether more than one thing changed: A由3.2降至0.7，B由1.3降至0.07，分别下降…."""
    row = [line.figures[at] for at in line.sentence(index) if at < index]
    return sum(from_to(old, new, cues) for old, new in pairwise(row)) > 1


def _are_listed(line: Line, index: int) -> bool:
    """Say whether each of several years has its change: 1260个、1580个、1940个，分别增长18.9%、25.4%、22.8%."""
    row = [line.figures[at] for at in line.sentence(index) if at > index]
    return len(row) > 1 and all(one.lead in ("、", "和", "及") and one.unit == row[0].unit for one in row[:2])


def _added(line: Line, index: int, cues: FigureCues) -> Iterator[Mismatch]:
    """Compare 由86项扩至112项，新增26项."""
    old, new, figure = line.figures[index - 2 : index + 1]
    if from_to(old, new, cues) and new.unit == figure.unit and new.value > old.value:
        yield from _difference(line, Pair(old, new, index - 1), figure, 1)


def _is_of_same(line: Line, found: Pair, figure: Figure, cues: FigureCues) -> bool:
    """Say whether a change is of what the figures are of: none of its own is named, or the same (人员减少了15%)."""
    subject = cues[
        "(?:同比|环比|年均|年平均|平均每年|分别|[两二三四五六七八九十几\\d]{1,2}年(?:来|间|内|共|累计)?|[较比与]?<上年>|[较比]20\\d\\d年|[较比]?\\d{1,2}月份?|相比|较|比|共|又|则|也|均|累计|幅度|实际|仅|的)"
    ].sub("", figure.clause)
    subject = cues["(?:<增>|<减>)+(?:了|约|约为|为|达|达到|近|均)*"].sub("", subject).strip("“”")
    if len(subject) < 2:
        return True
    start = min(found.old.start, found.new.start)
    before = line.text[max(start - 40, 0) : start]
    return subject[-2:] in before or subject[:2] in before


def _same_clause(line: Line, found: Pair, index: int, cues: FigureCues) -> bool:
    """Say whether nothing else comes between the figures and the change."""
    last = max(found.new.start, found.old.start)
    between = line.text[last : line.figures[index].start]
    others = [
        one for one in line.figures
        if last < one.start < line.figures[index].start and not (one.counts and claim(one, cues))
    ]  # fmt: skip
    return (
        len(between) < 70
        and not any(
            (one.unit == found.new.unit and one.unit != line.figures[index].unit) or one.is_rate for one in others
        )
        and "；" not in between
    )


def _compare(line: Line, found: Pair, figure: Figure, sign: int, cues: FigureCues) -> Iterator[Mismatch]:
    old, new, _ = found
    of_rates = old.is_rate
    other = (old, new)
    off = (new.value - old.value) * sign
    if figure.unit in POINTS:
        if not of_rates:
            yield Mismatch(
                OF_POINTS,
                line,
                figure,
                f"{line.words(old)}到{line.words(new)}不是百分数，增减不用“{figure.said}”。",
                _HINT_PER_CENT,
                other,
            )
            return
        yield from _difference(line, found, figure, sign)
    elif figure.is_rate:
        yield from _relative(line, found, figure, sign, cues)
    elif figure.unit == "倍":
        yield from _times(line, found, figure, sign)
    elif figure.unit == new.unit and off != figure.value:
        yield from _difference(line, found, figure, sign)


def _difference(line: Line, found: Pair, figure: Figure, sign: int) -> Iterator[Mismatch]:
    old, new, _ = found
    result = total((new, old), figure, (sign, -sign))
    exact = (new.value - old.value) * sign
    if result is Fit.FITS or abs(exact) == figure.value == 0:
        return
    change = figures.change(new, old, figure, sign)
    if figure.unit in POINTS and change is Fit.FITS and old.value:
        what = (
            f"{line.words(old)}到{line.words(new)}相差{written(abs(exact))}个百分点，文中{figure.printed}是相对变化。"
        )
        yield Mismatch(OF_POINTS, line, figure, what, _HINT_PER_CENT, (old, new))
        return
    yield Mismatch(
        GROWTH,
        line,
        figure,
        _minus(new, old, figure, sign),
        _direction(exact),
        (old, new),
        result in (Fit.ROUNDED, Fit.SLIP),
    )


def _minus(new: Figure, old: Figure, figure: Figure, sign: int) -> str:
    one, other = (new, old) if sign > 0 else (old, new)
    exact = one.value - other.value
    return f"{written(one.value, one)} - {written(other.value, one)} = {written(exact, one)}，文中为{figure.printed}。"


def _direction(exact: Fraction) -> str:
    return "增减的方向反了，请核对。" if exact < 0 else _HINT


def _relative(line: Line, found: Pair, figure: Figure, sign: int, cues: FigureCues) -> Iterator[Mismatch]:
    old, new, _ = found
    if not old.value:
        return
    if old.unit == figure.unit and total((new, old), figure, (sign, -sign)) is not Fit.WRONG:
        points = written(abs(new.value - old.value))
        what = f"{line.words(old)}到{line.words(new)}相差{points}个百分点，文中写成{figure.printed}。"
        yield Mismatch(OF_POINTS, line, figure, what, _HINT_POINTS, (old, new))
        return
    result = figures.change(new, old, figure, sign)
    if result in (Fit.FITS, Fit.ROUNDED):
        return
    exact = (new.value / old.value - 1) * 100
    a, b = written(new.value, new), written(old.value, new)
    shown = f"({a} - {b}) ÷ {b} = {written(exact, None, decimals(figure) + 1)}%"
    hint = "增减的方向反了，请核对。" if abs(abs(exact) - figure.value) <= figure.step and exact * sign < 0 else _HINT
    yield Mismatch(
        GROWTH, line, figure, f"{shown}，文中为{worded(figure, cues)}。", hint, (old, new), result is Fit.SLIP
    )


def _times(line: Line, found: Pair, figure: Figure, sign: int) -> Iterator[Mismatch]:
    old, new, _ = found
    if sign < 0 or not old.value or _OF_TIMES.search(figure.clause):
        return
    result = figures.ratio(new, old, figure._replace(value=figure.value + 1))
    if result in (Fit.FITS, Fit.ROUNDED):
        return
    a, b = written(new.value, new), written(old.value, new)
    exact = new.value / old.value - 1
    yield Mismatch(
        GROWTH,
        line,
        figure,
        f"({a} - {b}) ÷ {b} = {written(exact, None, 2)}，文中为增长{figure.printed}。",
        "增长n倍是原来的n+1倍，请核对。",
        (old, new),
    )


def _is_of_year_compared_with(line: Line, figure: Figure, step: Figure) -> bool:
    """Say whether a figure is of the year that a step is from: 与2021年相比，增加15件，增长30.6%（2021年为49件）."""
    year = _OF_YEAR.search(figure.clause)
    since = _SINCE_YEAR.search(line.text[: step.start], max(step.start - _WITHIN, 0))
    return bool(year and since and year[1] == since[1])


def _of_increase(line: Line, index: int, sign: int, cues: FigureCues) -> Iterator[Mismatch]:
    """Compare 住院8200人次，同比增加400人次，增长5.1%: last year's figure is the difference."""
    figure = line.figures[index]
    sentence = line.sentence(index)
    if figure.unit != "%" or index - 1 < sentence.start:
        return
    step = line.figures[index - 1]
    if not step.counts or step.loose or claim(step, cues) != sign:
        return
    before = [line.figures[at] for at in range(max(sentence.start, index - 4), index - 1)]
    after = [line.figures[at] for at in range(index + 1, min(index + 2, sentence.stop))]
    new = next((one for one in reversed(before) if one.unit == step.unit), None)
    if new is None:
        new = next(
            (
                one
                for one in after
                if one.unit == step.unit and cues["(?:<到>|达|为|总额|总数)[^，]{0,3}$"].search(one.clause)
            ),
            None,
        )
    if new is None or new.loose or cues["<上年>|<目标>"].search(new.clause) or new.value - step.value * sign <= 0:
        return
    old = new._replace(value=new.value - step.value * sign, step=max(new.step, step.step))
    if _COMPARED.search(new.lead) or _is_of_year_compared_with(line, new, step):
        old = new  # 较老院区（220张）增加180张，增幅81.8%
    if figures.ratio(step, old, figure, 100) in (Fit.FITS, Fit.ROUNDED):
        return
    exact = step.value / old.value * 100
    minus = "-" if sign > 0 else "+"
    one, other = written(step.value, new), written(new.value, new)
    whole = other if old is new else f"({other} {minus} {one})"
    shown = f"{one} ÷ {whole} = {written(exact, None, decimals(figure) + 1)}%"
    yield Mismatch(
        GROWTH,
        line,
        figure,
        f"{shown}，文中为{figure.printed}。",
        _HINT,
        (new, step),
        figures.ratio(step, old, figure, 100) is Fit.SLIP,
    )
