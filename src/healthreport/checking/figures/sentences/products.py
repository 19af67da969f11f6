"""Averages, prices and conversions: 举办讲座24场，场均55人，累计1320人次; 0.85亿元（8500万元）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import Figure, Fit, Line, Mismatch, ratio, written
from healthreport.checking.figures.sentences.whole import is_slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.figures.words import FigureCues

PRODUCT = "HR212"
_HINT = "请核对个数、单值和总数，以及它们的单位。"
_HINT_UNITS = "同一个数写了两次，换算后应相等，请核对。"
_AGAIN = re.compile(r"[（(，,](?:即|折合|合计?|约合|等于|折|也就是)?$")
_SUMMED = re.compile(r"共|合计|累计|总|计|折合")
_SPENT = re.compile(r"负债|债务|欠款|欠账|筹|投入|投资|发放|拨付|落实|支出|收入|救助|经费|费用|价|补助|[^元]$")
_EACH = re.compile(
    r"每(?:个|家|所|名|位|场|期|次)?([一-龥]{1,4}?)(?:[各平]均?|配备|安排|配|不少于|补助|发放|投入|至少|为|是|有|投资|造价|补贴)*$"
)
_OF_PRICE = re.compile(
    r"(?:均|平均住院[日天](?:数)?|平均|单价|费用|药费|每[一-龥]{1,6})(?:为|是|达|达到|约|各|配备|补助|发放|安排|配|投入|补贴|造价|投资)*[一-龥]{0,4}$"
)


def find(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Yield averages that are not the quotient of a total and a number, and values that were converted wrongly."""
    for index, figure in enumerate(line.figures):
        if figure.loose or not figure.counts:
            continue
        if index:
            yield from _converted(line, index)
        if _OF_PRICE.search(figure.clause):
            yield from _average(line, index, cues)


def _converted(line: Line, index: int) -> Iterator[Mismatch]:
    """Compare 0.85亿元（8500万元）."""
    figure, first = line.figures[index], line.figures[index - 1]
    if figure.unit != first.unit or figure.factor == first.factor or first.loose or not _AGAIN.fullmatch(figure.lead):
        return
    bracketed = figure.lead[0] in "（("
    if not bracketed and index > 1 and _SUMMED.search(figure.lead) and line.figures[index - 2].unit == figure.unit:
        return  # 债券1.4亿元、国债2200万元，合计1.62亿元
    if bracketed and line.behind(index)[:1] not in ("）", ")"):
        return
    if not bracketed and figure.lead in ("，", ","):
        return
    if abs(figure.value - first.value) > max(figure.half, first.half):
        what = f"{first.printed} = {written(first.value, figure)}{figure.said}，文中为{figure.printed}。"
        yield Mismatch(PRODUCT, line, figure, what, _HINT_UNITS, (first,))


def _average(line: Line, index: int, cues: FigureCues) -> Iterator[Mismatch]:
    mean = line.figures[index]
    found = _over(mean, cues)
    if not found:
        return
    word, units = found
    if cues["<增>|<减>"].search(mean.clause):
        return
    others = [line.figures[at] for at in line.sentence(index) if at != index and "；" not in _between(line, index, at)]
    if any(one.is_rate and cues["<增>|<减>"].search(one.clause) for one in others[:1]):
        return
    totals = [
        one
        for one in others
        if _is_total(one, mean, word) and (_SUMMED if one.start > mean.start else _SPENT).search(one.clause + one.unit)
    ]
    numbers = [one for one in others if one not in totals and _is_number(line, one, word, units, cues)]
    named = [one for one in numbers if word.startswith("每") and _noun(word) and _follows(line, one, _noun(word))]
    numbers = named or numbers
    pairs = [
        (whole, number) for whole in totals for number in numbers if number.value and not whole.loose | number.loose
    ]
    exact = word.startswith("每") and mean.step == 1
    if not pairs or any(_fits(whole, number, mean, exact=exact) for whole, number in pairs):
        return
    slipped = [one for one in numbers if is_slip(mean, totals[0].value / one.value)]
    numbers = numbers if len(numbers) == 1 else slipped
    if len(totals) == 1 and len(numbers) == 1:
        yield _mismatch(line, mean, totals[0], numbers[0])


def _between(line: Line, index: int, at: int) -> str:
    """Return the words between two figures."""
    first, second = sorted((index, at))
    return line.text[line.figures[first].end : line.figures[second].start]


def _over(mean: Figure, cues: FigureCues) -> tuple[str, tuple[str, ...]] | None:
    """Return the word of an average, and the units of what it is taken over."""
    clause = mean.clause
    for word in sorted(cues.averages, key=len, reverse=True):
        at = clause.rfind(word)
        if at >= 0 and len(clause) - at - len(word) <= 5:
            return word, cues.averages[word]
    each = _EACH.search(clause)
    return (f"每{each[1]}", ()) if each else None


def _noun(word: str) -> str:
    return re.sub(r"^(?:平均)?每(?:个|家|所|名|位)?", "", word)


def _follows(line: Line, figure: Figure, noun: str) -> bool:
    return (
        line.text.startswith(noun, figure.end) or figure.said == noun or noun in line.text[figure.end : figure.end + 6]
    )


def _is_total(one: Figure, mean: Figure, word: str) -> bool:
    alike = one.unit == mean.unit or ({one.unit, mean.unit} == {"人", "人次"} and one.unit == "人次")
    if "住院" in word:
        alike = alike or "床日" in one.clause or one.said == "床日"
    return alike and one.value >= mean.value and not re.search(r"均|每|上年|去年|同期|目标", one.clause)


def _is_number(line: Line, one: Figure, word: str, units: tuple[str, ...], cues: FigureCues) -> bool:
    if not one.counts or re.search(r"均|每|上年|去年|同期", one.clause):
        return False
    family = {cues.families.get(unit, unit) for unit in units}
    if units:
        return one.unit in family
    return _follows(line, one, _noun(word))


def _fits(whole: Figure, number: Figure, mean: Figure, *, exact: bool) -> bool:
    if exact:
        product = number.value * mean.value
        return abs(product - whole.value) <= whole.slack + number.slack * mean.value
    return ratio(
        whole, number, mean._replace(value=mean.value / mean.factor, step=mean.step / mean.factor), 1 / mean.factor
    ) in (
        Fit.FITS,
        Fit.ROUNDED,
    )


def _mismatch(line: Line, mean: Figure, whole: Figure, number: Figure) -> Mismatch:
    if whole.start > mean.start:
        shown = f"{number.printed} × {mean.printed}"
        result = f"{written(number.value * mean.value, whole)}{whole.said}"
        return Mismatch(PRODUCT, line, whole, f"{shown} = {result}，文中为{whole.printed}。", _HINT, (number, mean))
    shown = f"{whole.printed} ÷ {number.printed}"
    value = written(whole.value / number.value, mean, 2)
    return Mismatch(
        PRODUCT, line, mean, f"{shown} = {value}{mean.said}，文中为{mean.printed}。", _HINT, (whole, number)
    )
