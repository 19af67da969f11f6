"""The two figures that a change is about: 由a降至b, or this year's and last year's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.figures.figure import (
    Figure,
    Line,
)

if TYPE_CHECKING:
    from healthreport.checking.figures.words import FigureCues


_ABOUT = "(?:了|约|约为|为|达|达到|近|均|分别)?$"
_YEARS = re.compile(r"(20\d\d)\s*年")
_NEAR = 8
_YEARLY = re.compile(r"年均|年平均|平均每年|每年|复合")


class Pair(NamedTuple):
    """A figure and the one it is compared with."""

    old: Figure
    new: Figure
    new_index: int


def claim(figure: Figure, cues: FigureCues) -> int:
    """Return 1 for a rise, -1 for a fall, 0 for neither: the word stands right before the figure."""
    if cues[f"(?:<增>){_ABOUT}"].search(figure.clause):
        return 1
    return -1 if cues[f"(?:<减>){_ABOUT}"].search(figure.clause) else 0


def worded(figure: Figure, cues: FigureCues) -> str:
    """Return a change with its word, without what stands before that: 下降7.7% of 较上年同比下降7.7%."""
    found = cues[f"(?:<增>|<减>){_ABOUT}"].search(figure.clause)
    return (found[0] if found else "") + figure.printed


def pair(line: Line, index: int, cues: FigureCues) -> Pair | None:
    """Return the two figures that a change is about: 由a降至b, or a值 and 上年b."""
    sentence = line.sentence(index)
    first = max(sentence.start, index - 6)
    if index + 1 < sentence.stop and index > first and len(line.figures[index + 1].lead) <= _NEAR:
        old, new = line.figures[index + 1], line.figures[index - 1]  # 住院0.52万人次，同比下降3.7%（上年0.54万人次）
        if (
            new.depth == line.figures[index].depth
            and old.unit == new.unit
            and not old.loose | new.loose
            and "而" not in old.lead
            and is_last(old, cues)
            and not claim(new, cues)  # 新增318人，减少74人，净增244人，去年底4628人
            and not is_last(new, cues)  # 较2023年的9.02万人次增长6.8%，较2022年的8.41万人次增长14.5%
        ):
            return Pair(old, new, index - 1)
    if index + 2 < sentence.stop:
        new, old = line.figures[index + 1 : index + 3]  # 同比增长5.0%，达到12.6万人次，去年同期为12.0万人次
        reaches = cues["^，(?:达到?|为|增至|升至|降至|减至)$"].search(new.lead)
        if reaches and old.unit == new.unit and not old.loose | new.loose and is_last(old, cues):
            return Pair(old, new, index + 1)
    for at in range(index - 1, first, -1):
        old, new = line.figures[at - 1], line.figures[at]
        if from_to(old, new, cues):
            return Pair(old, new, at)
    for at in range(index - 1, first, -1):
        if found := _of_years(line, at, index, cues):
            return found
    for at in range(index - 1, first - 1, -1):
        old = line.figures[at]
        if not old.loose and is_last(old, cues, topic=True):
            other = beside(line, at, index, cues)
            if other is not None:
                return Pair(old, line.figures[other], other)
    return None


def _of_years(line: Line, at: int, index: int, cues: FigureCues) -> Pair | None:
    """Return figures of two years named: 2022年85万人次，2023年达到93.5万人次."""
    old, new = line.figures[at - 1 : at + 1]
    if old.unit != new.unit or old.loose or new.loose or claim(new, cues) or claim(old, cues) or at != index - 1:
        return None
    years = [_YEARS.findall(one.lead) for one in (old, new)]
    if len(years[0]) != 1 or len(years[1]) != 1:
        return None
    span = int(years[1][0]) - int(years[0][0])
    yearly = _YEARLY.search(line.figures[index].clause)
    return (
        Pair(old, new, at) if span == 1 or (span > 1 and (yearly or "同比" not in line.figures[index].clause)) else None
    )


def from_to(old: Figure, new: Figure, cues: FigureCues) -> bool:
    """Say whether one figure became another: 由30例增至120例."""
    return bool(
        old.unit == new.unit and not old.loose and not new.loose
        and cues["(?:<由>|<上年>)[^，；]{0,14}$"].search(old.clause)
        and cues["^[^，；]{0,12}(?:<到>)[^，；]{0,10}$"].search(new.lead.lstrip("）)，")) and len(new.lead) < 26
    )  # fmt: skip


def is_last(figure: Figure, cues: FigureCues, *, topic: bool = False) -> bool:
    """Say whether a figure is that of the period before: 上年12.00万人次, 较上年（12.00万人次）, 环比5月（1.00万人次）.

    As a ``topic`` the period may stand farther before it: 去年全县门诊12.00万人次.
    """
    bracket = figure.lead[-1:] in ("（", "(")
    words = figure.lead[-26:-1] if bracket else figure.clause
    if cues["(?:<增>|<减>)(?:了|为)?$"].search(words):
        return False
    far = 14 if topic else 4
    return bool(
        cues[
            f"(?:<上年>|[较比](?:年初|预算|概算|原计划|改造前|疫情前)|环比\\d{{1,2}}月|[较比]20\\d\\d年|[较比]\\d{{1,2}}月|[较比]第?[一二三四]季度)"
            f"(?:的|为|是|有|同期|全年|年底|末|报告|数|仅)*[^，。；（(]{{0,{far}}}$"
        ].search(words)
    )


def _first_of(line: Line, last: int, cues: FigureCues) -> int:
    """Return the first of several comparisons of one figure: 412例，较一季度的376例上升9.6%，较去年同期的438例…."""
    first = last
    while (
        line.figures[first].lead[:2] in ("，较", "，比")
        and first - 2 > line.sentence(last).start
        and claim(line.figures[first - 1], cues)
        and is_last(line.figures[first - 2], cues)
    ):
        first -= 2
    return first


def beside(line: Line, last: int, index: int, cues: FigureCues) -> int | None:
    """Return the figure of this period for one of the last: the one before it, or after it."""
    old = line.figures[last]
    sentence = line.sentence(last)
    if is_last(old, cues):
        clause = line.text.rfind("；", 0, old.start)  # what is told of before a ；, is no part of this
        told = [
            at for at in range(sentence.start, last)
            if "其中" in line.figures[at].lead and line.figures[at].start > clause
        ]  # fmt: skip
        start = told[-1] if told else _first_of(line, last, cues)  # 共186.4万人次，其中…，较上年…: the total is meant
        for at in range(start - 1, max(sentence.start, start - 3) - 1, -1):
            new = line.figures[at]
            if claim(new, cues):
                break
            if new.unit == old.unit and not is_last(new, cues):
                return at if not new.loose and new.depth <= old.depth else None
    for at in range(last + 1, min(index + 3, sentence.stop)):
        new = line.figures[at]
        if at < index and claim(new, cues):
            break
        if at != index and new.unit == old.unit and not claim(new, cues) and not new.loose:
            return (
                at
                if cues[
                    "今年|本年|本期|本月|本季度|现在|目前|实施后|改革后|^[^，]*20\\d\\d年|(?:<到>|降为|增为)[^，]{0,6}$|^，?(?:达到?|为)$"
                ].search(new.lead)
                else None
            )
    return None
