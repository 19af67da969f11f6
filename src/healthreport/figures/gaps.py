"""Gaps: what a draft leaves blank within a string, with the words that say what is missing.

A gap is written between noncharacters, which no input may hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthreport.model.indicators import Indicator
    from healthreport.values.expression_errors import ExpressionError

# Opens a gap; a string that holds it has one.
GAP = "\ufdd0"
_END = "\ufdd5"
_WHOLE = re.compile(f"{GAP}([^{_END}]*){_END}")
# No-break spaces: a mark after the gap may not begin the next line.
_ROOM = "\xa0" * 4
_NARROW = "\xa0" * 6
_PRINTED = f"【[^【】]*：{_ROOM}[^【】]*】"
_MEASURED = ("数值", "上年", "目标")


def gap(words: str = "") -> str:
    """Return a gap, with the words that are printed in it."""
    return f"{GAP}{words}{_END}"


def named(wrong: ExpressionError, code: str, indicators: Mapping[str, Indicator]) -> str:
    """Return the gap of a ``{{ code }}``: what has no value, and the unit behind the room for it."""
    name, key = wrong.lacks or (code.strip(), "")
    unit = indicators[name].unit if name in indicators and key in _MEASURED else ""
    return gap(f"【{name}{key.removeprefix('数值')}：{_ROOM}{unit}】")


def split(text: str) -> list[str]:
    """Part a text at its gaps: what is printed in them are the second, the fourth part and so on."""
    parts = _WHOLE.split(text)
    parts[1::2] = [words or _NARROW for words in parts[1::2]]
    return parts


def shown(text: str) -> str:
    """Return a text with its gaps as they are printed, where no run can mark them."""
    return "".join(split(text)) if GAP in text else text


def without(text: str) -> str:
    """Return a text without its gaps."""
    return _WHOLE.sub("", text)


def unprinted(text: str) -> str:
    """Return the text of a draft without what its gaps print: 【农村改厕：　　座】 is no word of the report's."""
    return re.sub(_PRINTED, "", text) if _ROOM in text else text
