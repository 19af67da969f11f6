"""Half-width marks in Chinese text become full-width (GB/T 15834-2011); numbers, times and addresses keep theirs."""

from __future__ import annotations

import re
from bisect import bisect

from healthreport.recognising.cleaning.changes import Edit
from healthreport.recognising.cleaning.spaces import BLANKS, MARKS

_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_ROUNDS = 4
_BRACKETS = {"(": "（", ")": "）"}
_CJK = "\u3400-\u9fff\u3001-\u303f\uff00-\uffef“”‘’…—"
_HAS_CJK = re.compile(f"[{_CJK}]")
_MARKS_IN_A_ROW = re.compile(r"[,:;?!]+")
_BRACKET = re.compile(r"[()]")
_QUOTE = re.compile('"')
# Bounded where letters in a row, or digits, could begin one at each place.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://[!-~]+|www\.[!-~]+|(?<![\w.-])[\w.-]+@[\w.-]+", re.ASCII)
_DOT_AT_END = re.compile(r"(?<=[\u3400-\u9fff”》）%])\.(?=\s*$)")


def edits(text: str) -> list[Edit]:
    """Return what makes the marks of a text full-width where Chinese stands beside them.

    ``医疗,卫生`` → ``医疗，卫生``; ``1,059``, ``15:50``, ``http://…`` stay. Brackets change in pairs.
    """
    if not _HAS_CJK.search(text):
        return []
    found: dict[int, Edit] = {}
    inside = {at for match in _ADDRESS.finditer(text) for at in range(*match.span())}
    done = text
    for _ in range(_ROUNDS):  # one that changed changes its neighbour; a long chain of them is nobody's sentence
        new = [edit for edit in _found(done) if edit.start not in found and edit.start not in inside]
        if not new:
            break
        found.update((edit.start, edit) for edit in new)
        chars = list(text)
        for edit in found.values():
            chars[edit.start] = edit.new
        done = "".join(chars)
    return sorted(found.values())


def _found(text: str) -> list[Edit]:
    found = [*_marks(text), *_brackets(text), *_quotes(text)]
    return found + [Edit(match.start(), match.end(), "。") for match in _DOT_AT_END.finditer(text)]


def _marks(text: str) -> list[Edit]:
    return [
        Edit(at, at + 1, _FULL[text[at]])
        for match in _MARKS_IN_A_ROW.finditer(text)
        if _is_beside_chinese(text, *match.span()) or _ends_figure(text, match)
        for at in range(*match.span())
    ]


def _is_beside_chinese(text: str, start: int, end: int) -> bool:
    """Say whether Chinese stands beside some characters, or a Chinese mark behind blanks."""
    before, after = start - 1, end
    beside = _is_cjk(text, before) or _is_cjk(text, after)
    return beside or _is_mark(text, before, -1) or _is_mark(text, after, 1)


def _is_mark(text: str, at: int, step: int) -> bool:
    """Say whether a Chinese mark stands there, behind blanks, which go."""
    while 0 <= at < len(text) and text[at] in BLANKS:
        at += step
    return 0 <= at < len(text) and text[at] in MARKS


def _ends_figure(text: str, match: re.Match[str]) -> bool:
    """Say whether a mark follows a figure and Chinese follows it after a blank: ``98%, 其中``."""
    after = text[match.end() : match.end() + 2].lstrip()
    return text[match.start() - 1 : match.start()] in ("%", ")") and bool(after) and bool(_HAS_CJK.match(after))


def _brackets(text: str) -> list[Edit]:
    """Change a pair that holds Chinese, or stands beside it; one without its other stays."""
    found, open_at = [], []
    chinese = [match.start() for match in _HAS_CJK.finditer(text)]
    for match in _BRACKET.finditer(text):
        at = match.start()
        if match[0] == "(":
            open_at.append(at)
        elif open_at:
            start = open_at.pop()
            inside = bisect(chinese, start) < bisect(chinese, at)
            if inside or _is_beside_chinese(text, start, at + 1):
                found += [Edit(start, start + 1, _BRACKETS["("]), Edit(at, at + 1, _BRACKETS[")"])]
    return found


def _quotes(text: str) -> list[Edit]:
    """Change straight quotes by turns, if they pair."""
    places = [match.start() for match in _QUOTE.finditer(text)]
    if len(places) % 2:
        return []
    return [Edit(at, at + 1, "“”"[index % 2]) for index, at in enumerate(places)]


def _is_cjk(text: str, at: int) -> bool:
    return 0 <= at < len(text) and _HAS_CJK.match(text[at]) is not None
