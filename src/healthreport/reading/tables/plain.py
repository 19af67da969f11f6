"""Texts of sheets without what is only layout: blanks between characters, brackets of many shapes, footnote marks.

A word is safe only as a whole cell, so every list is compared with one of these forms, never searched for.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOOTNOTES = re.compile(r"[\[［]\d{1,2}[\]］]|[①-⑳⑴-⒇¹²³⁴-⁹]|[（(]注\d{0,2}[)）]")
BRACKETS = str.maketrans("〔〕【】[]{}〈〉﹝﹞［］", "()()()()()()()")
_INVISIBLE = re.compile("[\\s\u200b\u200c\u200d\u2060\ufeff\u3000\xa0]+")
_MARKS_BEFORE, _MARKS_AFTER = "#*※★☆▲△●◆■□○·—└├ ", "*※★☆▲△:;,、.。"
_SERIAL = r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}[.、．）)])\s*"
_SHOWN = 12
# Nearly all names of townships; of these characters no form leaves out or changes any.
_BARE = "[0-9a-z\u4e00-\u9fff]*"
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BETWEEN_WORDS = "(?<=[!-~])[\\s\u3000\xa0]+(?=[!-~])"


@lru_cache(maxsize=65536)
def squeezed(text: str) -> str:
    """Return a text without blanks, in half-width letters and round brackets: ``单 位（％）`` → ``单位(%)``.

    Footnote marks go first: NFKC makes 12 of 1②.
    """
    if re.fullmatch(_BARE, text):
        return text
    bare = text if text.isascii() else unicodedata.normalize("NFKC", _FOOTNOTES.sub("", text))
    return _INVISIBLE.sub("", _FOOTNOTES.sub("", bare) if text.isascii() else bare).translate(BRACKETS)


def heading(text: str) -> str:
    """Return a heading as the lists know it: squeezed, lower case, without marks around it."""
    if re.fullmatch(_BARE, text):
        return text
    bare = squeezed(text).strip("*※★☆▲△").rstrip(":").lower()
    return bare or squeezed(text).lower()


@lru_cache(maxsize=65536)
def label(text: str) -> str:
    """Return the name of a row as the lists know it: without brackets and what stands in them, too."""
    if re.fullmatch(_BARE, text):
        return text
    bare = squeezed(text).lstrip(_MARKS_BEFORE)
    while (inner := _IN_BRACKETS.sub("", bare)) != bare:
        bare = inner
    return bare.rstrip(_MARKS_AFTER).lower()


@lru_cache(maxsize=65536)
def name(text: str) -> str:
    """Return a township's name as it is printed: ``白 石 镇*`` → ``白石镇``; blanks between Latin words stay one."""
    if re.fullmatch(_BARE, text):
        return text
    bare = _FOOTNOTES.sub("", text).strip("*※★☆▲△● ")
    if bare.isascii():
        return " ".join(bare.split())
    return _INVISIBLE.sub("", re.sub(_BETWEEN_WORDS, "\x00", bare)).replace("\x00", " ")


def unnumbered(text: str) -> str:
    """Return a text without a number that counts rows or sections before it: 二、医院, 1.白石镇."""
    return re.sub(_SERIAL, "", text)


def cut(text: str) -> str:
    """Return a text that is to be told, its end left out where it is long."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def listed(texts: Sequence[str], most: int, counter: str = "个", between: str = "、") -> str:
    """Return texts in a row, the first of many and how many there are: ``“甲”、“乙”等9个``."""
    return between.join(texts[:most]) + (f"等{len(texts)}{counter}" if len(texts) > most else "")
