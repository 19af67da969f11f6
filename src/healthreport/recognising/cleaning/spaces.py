"""Blanks that nobody meant: at the ends of a line, beside Chinese marks, between two characters of a sentence."""

from __future__ import annotations

import re

from healthreport.recognising.cleaning.changes import Edit

BLANKS = " \t\xa0" + "".join(map(chr, range(0x2000, 0x200C))) + "\u202f\u205f\u3000\ufeff"
_RUN = re.compile(f"[{BLANKS}]+")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
MARKS = "，。；：？！、“”‘’（）《》〈〉【】…—"
_SENTENCE = re.compile("[，。；！？]")
_ODD = re.compile("[\xa0\u2000-\u200b\u202f\u205f\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff]")


def control_edits(text: str) -> list[Edit]:
    """Return what takes out characters that cannot be seen, and that no Word file may hold."""
    return [Edit(match.start(), match.end(), "") for match in _CONTROL.finditer(text)]


def edits(text: str) -> list[Edit]:
    """Return what takes out blanks that nobody meant.

    ``第一章　总则`` keeps its blank, as does ``COVID 19``; a sentence has none between two ideographs.
    """
    found = []
    is_sentence = _SENTENCE.search(text) is not None
    for match in _RUN.finditer(text):
        before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
        wanted = _wanted(match[0], before, after, is_sentence=is_sentence)
        if wanted != match[0]:
            found.append(Edit(match.start(), match.end(), wanted))
    return found


def _wanted(blanks: str, before: str, after: str, *, is_sentence: bool) -> str:
    if not before or not after:
        return ""
    if "\t" in blanks:
        return blanks  # it parts two cells, or two columns
    if before in MARKS or after in MARKS:
        return ""
    ideographs = _IDEOGRAPH.match(before) and _IDEOGRAPH.match(after)
    if ideographs and is_sentence and "\u3000" not in blanks:
        return ""
    return " " if _ODD.search(blanks) else blanks
