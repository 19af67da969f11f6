"""The parts that a total is followed by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.figures.figure import (
    Figure,
    Line,
)

if TYPE_CHECKING:
    from healthreport.checking.figures.words import FigureCues


_MOST_PARTS = 40
_LONGEST_NAME, _LONGEST_INTRO, _FARTHEST_BRACKET = 24, 60, 6
_OPENS = re.compile(r"^[^。，；]{0,6}[（(](?!总|共|占|其中|含|包括|包含|上年|去年|实)")
_COLON = re.compile(r"^[^，,。；]{0,16}[：:]")
# The parts may follow in the next sentence: 共212家。其中, 全部是14所。14所中.
_NEXT_SENTENCE = re.compile(r"^[^。；]{0,14}[。\n]\s*其中")
_OF_THESE = re.compile(r"^[，,。；;]?\s*其中")
# Of those before: 14所中3所达标; no 、中度1160人.
_OF_THEM = r"^[^，。；、]{1,10}中(?![度心医西级等年])[，,]?"
_IS_OF = re.compile(_OF_THEM)
_IS_OF_NEXT = re.compile(r"^[。\n]\s*[^，。；]{1,14}中，")
_LISTED = frozenset("、，,；;及和与")
# A list whose items 、 parts ends where a ； stands: 在编41人、聘用27人；医师57人.
_STRONGER = ("；", ";")
_AFTER_BARE = ("", *"、，,；;。）)和及")


class Chain(NamedTuple):
    """The parts that follow a total, and in what words they are introduced."""

    parts: tuple[Figure, ...]
    intro: str
    is_bracketed: bool


def parts_behind(line: Line, index: int, cues: FigureCues) -> Chain | None:
    """Return the parts that a total is followed by, if words or brackets say that they are parts."""
    whole, start = line.figures[index], index + 1
    while start + 1 < len(line.figures) and _is_aside(line, start, cues):
        start += 1  # 床位60张，比上年增加10张，其中内科40张: the 60 are meant
    if not (_OF_THESE.match(line.figures[start].lead) or _IS_OF_NEXT.match(line.figures[start].lead)):
        start = index + 1
    changes, first = line.figures[index + 1 : start], line.figures[start]
    lead = first.lead
    if (
        not changes
        and first.unit != whole.unit
        and len(line.figures) > index + 2
        and cues["<分完>|<其中>"].search(lead)
    ):
        second = line.figures[index + 2]  # 任务600例分解到3个镇：240例、200例、160例
        if _COLON.match(second.lead) and second.sentence == first.sentence:
            first, start, lead = second, index + 2, lead + second.lead
    bracketed = first.depth > whole.depth
    if len(lead) > _LONGEST_INTRO or (bracketed and lead.find("（") > _FARTHEST_BRACKET):
        return None
    next_of = _names_again(whole, lead)
    if first.sentence != whole.sentence and not (_NEXT_SENTENCE.match(lead) or _IS_OF.match(lead) or next_of):
        return None
    opens = bool(_OPENS.match(lead)) and first.depth == whole.depth + 1
    if not (opens or next_of or _COLON.match(first.lead) or cues[f"<其中>|<分完>|{_OF_THEM}"].search(lead)):
        return None
    parts = _parts(line, start, whole, cues)
    if any(one.unit == whole.unit and sum(part.value for part in parts) <= one.value for one in changes):
        return None
    return Chain(tuple(parts), lead, bracketed) if parts else None


def _parts(line: Line, start: int, whole: Figure, cues: FigureCues) -> list[Figure]:
    """Return the parts from a figure on; none where the first of them is no part, or their units are not known."""
    parts: list[Figure] = []
    first, joint = line.figures[start], ""
    for at in range(start, min(start + _MOST_PARTS, len(line.figures))):
        figure = line.figures[at]
        if figure.depth < first.depth or figure.sentence != first.sentence:
            break
        if first.depth > whole.depth and figure.lead.startswith(("）", ")")):
            break
        if figure.depth > first.depth or (not figure.counts and figure.unit) or _leads_on(line, at, whole):
            continue
        if not figure.lead and at > start and figure.unit == whole.unit:
            figure = figure._replace(lead=line.figures[at - 1].lead, clause=line.figures[at - 1].clause)
        if parts and figure.lead.lstrip("）)").startswith(_STRONGER) and joint == "、":
            break
        if parts and not _goes_on(figure, cues):
            if is_change(figure, cues):
                continue
            break
        if _is_bare(line, figure) or (not parts and cues["<不是分项>"].search(figure.clause)):
            return []
        if figure.unit not in (whole.unit, ""):
            break
        if figure.loose:
            return []
        parts.append(with_unit(figure, whole))
        joint = figure.lead.lstrip("）)")[:1] if len(parts) > 1 else ""
    return parts


def _is_bare(line: Line, figure: Figure) -> bool:
    """Say whether a number has no unit, and stands where none may be left out."""
    return not figure.unit and line.text[figure.end : figure.end + 1] not in _AFTER_BARE


def _leads_on(line: Line, at: int, whole: Figure) -> bool:
    """Say whether a figure of another unit stands right before one of the total's: 乙类8种432例."""
    following = line.figures[at + 1] if at + 1 < len(line.figures) else None
    return bool(following and not following.lead and following.unit == whole.unit != line.figures[at].unit)


def with_unit(figure: Figure, whole: Figure) -> Figure:
    """Give a number without a unit that of the total: 男84、女126, also the 万 of it."""
    if figure.unit:
        return figure
    if whole.factor != 1 and figure.factor == 1:
        scale = whole.factor
        return figure._replace(unit=whole.unit, value=figure.value * scale, step=figure.step * scale, factor=scale)
    return figure._replace(unit=whole.unit)


def _goes_on(figure: Figure, cues: FigureCues) -> bool:
    """Say whether a figure is the next part of a list, by the words since the one before."""
    lead = figure.lead.lstrip("）)")
    lead = lead[lead.rfind("%") + 1 :]
    return (
        bool(lead)
        and len(lead) <= _LONGEST_NAME
        and (lead[0] in _LISTED or figure.lead[0] in "）)")
        and not cues["<不是分项>|<合计>$|<其中>"].search(lead)
        and not cues["<增>$|<减>$"].search(lead)
        and not re.search(r"^[、，,；;]?(?:全年|本年|总)?支出", lead)
    )


def _names_again(whole: Figure, lead: str) -> bool:
    """Say whether the next sentence is of what was counted: 基层机构302个，占95.0%。基层机构中，…."""
    found = _IS_OF_NEXT.match(lead)
    name = found[0].strip("。\n 中，") if found else ""
    return len(name) > 1 and whole.clause.endswith(name[-2:]) and name[:2] in whole.clause


def _is_aside(line: Line, at: int, cues: FigureCues) -> bool:
    """Say whether a figure only says more of the one before: 比上年增加10张, 占96.4%, 发生率8.68/万剂次，其中…."""
    figure = line.figures[at]
    told = figure.is_rate and bool(_OF_THESE.match(line.figures[at + 1].lead)) and figure.clause.endswith("率")
    return is_change(figure, cues) or _is_share(figure) or told


def _is_share(figure: Figure) -> bool:
    """Say whether a figure only says how much of another one the figure before is: 占96.4%."""
    return figure.is_rate and re.match("(?:约|仅|只)?占", figure.clause) is not None


def is_change(figure: Figure, cues: FigureCues) -> bool:
    """Say whether a figure says how another one changed: 同比增加40人."""
    return bool(cues["(?:同比|环比|[较比][^，]{0,8}?)(?:<增>|<减>)$"].search(figure.clause))
