"""Totals and their parts: 共212家，其中县级6家、乡镇级18家、村级188家; A 3例、B 4例，合计7例."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import (
    POINTS,
    RATES,
    Figure,
    Fit,
    Line,
    Mismatch,
    ratio,
    total,
    written,
)
from healthreport.checking.figures.sentences.parts import Chain, is_change, parts_behind, with_unit
from healthreport.checking.figures.sentences.whole import apart, exhausts, is_slip, may_overlap, near

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.figures.words import FigureCues


SUM, PART = "HR201", "HR208"
_MOST_PARTS, _MOST_TIMES = 40, 1000
_STRICT = (
    r"(?:^|[两二三四五六七八九十几]+[镇乡村县区市院项类年者部分家所个科季度级种批期段]{1,2}|上述|以上|各项|二者|两者|三者|[三四五六]年)"
    r"(?:合计|共计|总计|共|总共|相加|之和|总和|小计)(?:有)?$|^[一-龥]{1,6}总数$"
)
_HINT = "请核对总数和各项；各项没有列全，请写明“等”或“其余”。"
_HINT_PART = "部分不会大于整体，请核对两个数和单位。"


def find(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Yield totals that are not the sum of their parts, and parts that are larger than their whole."""
    for index, figure in enumerate(line.figures[:-1]):
        if _can_be_total(figure, cues) and (figure.lead or figure.said in cues.counted):
            chain = parts_behind(line, index, cues)
            if chain:
                yield from _compare(line, index, chain, cues)
    for index, figure in enumerate(line.figures):
        if index and (figure.counts or figure.is_rate) and not figure.loose:
            yield from _total_behind(line, index, cues)


def _can_be_total(figure: Figure, cues: FigureCues) -> bool:
    of_last = figure.depth and cues["<上年>|20\\d\\d年"].search(figure.clause)  # 34260剂次（上年30715剂次）。其中…
    firm = figure.counts and not figure.loose and not of_last
    return bool(firm and not re.search("均|每", figure.clause) and not is_change(figure, cues))


def _compare(line: Line, index: int, chain: Chain, cues: FigureCues) -> Iterator[Mismatch]:
    whole, parts = line.figures[index], chain.parts
    if len(parts) == 1:
        said = cues["<其中>"].search(chain.intro)
        if (
            said
            and parts[0].value > whole.value
            and parts[0].sentence == whole.sentence
            and _is_part(whole, parts[0], chain)
            and not _is_one_of_several(line, index)
        ):
            what = f"{line.words(whole)}中的一部分是{line.words(parts[0])}，部分大于整体。"
            yield Mismatch(PART, line, parts[0], what, _HINT_PART, (whole,))
        return
    fits = [total(parts[:count], whole) for count in range(2, len(parts) + 1)]
    if Fit.FITS in fits:
        return
    value = sum((part.value for part in parts), parts[0].value - parts[0].value)
    if fits[-1] is Fit.ROUNDED and not _has_digits(whole):
        return
    if fits[-1] in (Fit.ROUNDED, Fit.SLIP):
        yield _mismatch(line, whole, parts, slips=True)
        return
    if _has_and_so_on(line, parts) and value < whole.value:
        return
    larger = max(parts, key=lambda part: part.value)
    if _is_one_of_several(line, index):
        return
    if larger.value > whole.value and cues["<其中>"].search(chain.intro):
        what = f"{line.words(whole)}中的一部分是{line.words(larger)}，部分大于整体。"
        yield Mismatch(PART, line, larger, what, _HINT_PART, (whole,))
    elif (value < whole.value and exhausts(whole, chain, cues)) or (value > whole.value and apart(whole, chain, cues)):
        yield _mismatch(line, whole, parts)
    elif (
        value > whole.value
        and len(parts) == 2
        and near(whole, parts)
        and not may_overlap([one.clause for one in parts], cues)
    ):
        yield _mismatch(line, whole, parts, slips=True)._replace(hint=_HINT)


def _is_one_of_several(line: Line, index: int) -> bool:
    """Say whether a figure is the last of a list, all of which 其中 may be of: 12个卫生院、3个中心均建成…，其中…."""
    whole, before = line.figures[index], line.figures[index - 1] if index else None
    listed = re.search(r"[、和及与](?:[^，。；：、]{0,4})$", whole.lead)
    return bool(before and listed and before.unit == whole.unit and re.search("均|都|全部", line.behind(index)))


def _has_digits(whole: Figure) -> bool:
    """Say whether a total has the digits that make it worth a word when rounding may explain what is off."""
    return whole.value >= 100 * whole.step


def _is_part(whole: Figure, part: Figure, chain: Chain) -> bool:
    """Say whether one figure is sure to be a part of another: the list goes on with no other unit."""
    return (part.said == whole.said and "其中" in chain.intro) or part.depth > whole.depth


def _has_and_so_on(line: Line, parts: Sequence[Figure]) -> bool:
    after = line.text[parts[-1].end : parts[-1].end + 6]
    return "等" in after or "……" in after or any("等" in part.clause[-3:] for part in parts)


def _mismatch(line: Line, whole: Figure, parts: Sequence[Figure], *, slips: bool = False) -> Mismatch:
    value = sum((part.value for part in parts), parts[0].value - parts[0].value)
    shown = " + ".join(written(part.value, whole) for part in parts)
    what = f"{shown} = {written(value, whole)}，文中为{written(whole.value, whole)}{whole.said}。"
    hint = "可能是四舍五入造成的，请核对。" if slips else _HINT
    return Mismatch(SUM, line, whole, what, hint, tuple(parts), slips)


def _is_listed(line: Line, figure: Figure, whole: Figure) -> bool:
    """Say whether a figure stands alone in the brackets behind its name, one of a list: 流感（412例）、水痘（94例）."""
    return (
        figure.depth == whole.depth + 1
        and figure.lead.endswith(("（", "("))
        and line.text[figure.end : figure.end + 2] in ("）、", "）和", "）及", "）与", "），", ")、", "),")
    )


def _are_of_each_other(line: Line, parts: Sequence[Figure]) -> bool:
    """Say whether a rate shows that one part is of the other: 餐饮具200份，合格194份，合格率97.0%."""
    behind = {one.start: after for one, after in pairwise(line.figures)}
    return any(
        (rate := behind.get(part.start)) is not None
        and rate.is_rate
        and part.value < whole.value
        and ratio(part, whole, rate, RATES[rate.unit]) is Fit.FITS
        for whole, part in pairwise(parts)
    )


def _is_of_each(part: Figure) -> bool:
    """Say whether a figure is of several things, each: 井水、河水各24份."""
    return part.clause.endswith(("各", "各有", "均", "均为", "都是", "各为"))


def _total_behind(line: Line, index: int, cues: FigureCues) -> Iterator[Mismatch]:
    """Compare a total that follows its parts: 门诊12400人次、住院2300人次，合计14700人次."""
    whole = line.figures[index]
    if not cues["(?:^|[^公其])(?:<合计>|累计)(?:<合计的动词>)?(?:为|是|达|达到|约|有|了)?$"].search(whole.clause):
        return
    parts: list[Figure] = []
    for figure in reversed(line.figures[max(index - _MOST_PARTS, 0) : index]):
        if figure.sentence != whole.sentence or (figure.loose and figure.unit == whole.unit):
            break
        if figure.unit and figure.unit != whole.unit:
            if figure.unit in POINTS or figure.is_rate or figure.depth > whole.depth:
                continue
            break
        if figure.depth > whole.depth and not _is_listed(line, figure, whole):
            continue
        parts.insert(0, figure if figure.unit else with_unit(figure, whole))
        if cues["<合计>$|<其中>|每"].search(figure.clause):
            break
    if len(parts) < 2 or cues["<合计>$|每|均"].search(parts[0].clause) or any(map(_is_of_each, parts)):
        return
    if len({part.depth for part in parts}) > 1 or _are_of_each_other(line, parts):
        return
    clause = re.sub(r"(?:为|是|达|达到|约|有|了)$", "", whole.clause)
    strict = bool(cues[_STRICT].search(clause)) or (
        "分别" in parts[0].lead and bool(cues["(?:<合计>|累计)(?:<合计的动词>)?$"].search(clause))
    )
    fits = [total(parts[-count:], whole) for count in range(2, len(parts) + 1)]
    # 罚款36.2万元，没收违法所得2.85万元，罚没款合计39.50万元: of another total the digits would not be the same.
    if whole.value > _MOST_TIMES * sum((one.value for one in parts), Fraction(0)):
        return  # 能耗分别为2.6元、3.1元，能源支出合计1860万元
    slipped = whole.value >= 100 * whole.step and is_slip(whole, sum((one.value for one in parts), Fraction(0)))
    if (
        not (strict or (slipped and clause.endswith(("合计", "共计", "总计"))))
        or Fit.FITS in fits
        or any(
            cues["(?!^)<不是分项>|^<不是分项>$"].search(part.clause.replace("占", "")) and not whole.is_rate
            for part in parts
        )
    ):
        return
    if fits[-1] is not Fit.ROUNDED or _has_digits(whole):
        yield _mismatch(line, whole, parts, slips=fits[-1] is not Fit.WRONG)
