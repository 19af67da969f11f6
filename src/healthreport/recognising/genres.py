"""Of what genre a document is, which year it is about, each with the reason; who its superiors are."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthreport.recognising.words import Words

GENERAL = "通用"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_LONGEST_LEAD = 400
_OFTEN = 3
_SUPERIOR = re.compile(r"在([^，。；：“”在]{2,30}?)的?(?:正确|坚强|有力|大力)?领导下")
_OF_ALL = ("党中央", "国务院", "习近平")


class Found(NamedTuple):
    """What was found, and why; ``conflict`` is what speaks against it."""

    value: str
    reason: str
    conflict: str = ""


def genre(title: str, words: Words) -> Found:
    """Return the genre that the title names."""
    for name, alternatives in words.genres.items():
        for parts in alternatives:
            if all(part in title for part in parts):
                said = "”“".join(parts)
                return Found(name, f"体裁：{name}，标题里有“{said}”")
    return Found(GENERAL, f"体裁：{GENERAL}，从标题看不出是哪一种")


def year(title: str, lead: str, body: Iterable[str]) -> Found | None:
    """Return the year of a document: the lead's, else the commonest of the text, else the title's.

    The year after the title's is its plans', unless it is named often.
    """
    in_title, in_lead = _YEAR.search(title), _YEAR.search(lead[:_LONGEST_LEAD])
    counts = Counter(found for text in body for found in _YEAR.findall(text))
    most, times = max(counts.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    if in_lead:
        value, reason = in_lead[1], "导语里写的是这一年"
    elif in_title and (times <= counts[in_title[1]] or (most == str(int(in_title[1]) + 1) and times < _OFTEN)):
        value, reason = in_title[1], "标题里写的是这一年"
    elif counts:
        value, reason = most, f"正文里最多，有{times}处"
    else:
        return None
    conflict = ""
    other = value if in_lead or times <= counts[value] else most
    if in_title and in_title[1] != other:
        conflict = f"标题写的是{in_title[1]}年，{'导语' if in_lead else '正文'}写的是{other}年，请核对。"
    return Found(value, f"年度：{value}，{reason}", conflict)


def superior(lead: str) -> str:
    """Return whom a lead thanks for its lead, if it does: ``在县委、县政府的正确领导下`` → 县委、县政府.

    It is the nearest that stands above the unit: not 党中央, whom all thank.
    """
    found = (match[1] for match in _SUPERIOR.finditer(lead[:_LONGEST_LEAD]))
    return next((one for one in found if not any(word in one for word in _OF_ALL)), "")
