"""``[[…]]``: the clauses of a text, printed where all that their ``{{ }}`` name has a value.

Brackets are a clause's only where a ``{{ }}`` stands between them; ``[[1]](url)`` is text. A clause lies within one
line, and none within another.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from healthreport.diagnostics import Position

_OPENED = re.compile(r"\[\[|［［|【【|〔〔")
# Of three brackets that close, the first is one of the words.
_MARK = r"\[\[|［［|【【|〔〔|\]\](?=\]\]|[^\]]|$)|］］|】】|〕〕|\n"
_EXAMPLE = "分句写成“[[，发放叶酸{{ 叶酸发放 }}]]”"


class Clause(NamedTuple):
    """A clause: which of a text's segments it holds, and from where to where it reaches in the scalar's value."""

    first: int
    last: int
    start: int
    end: int


class Pair(NamedTuple):
    """The offsets of two brackets that open and of two that close, with a ``{{ }}`` between."""

    start: int
    close: int


class _Open(NamedTuple):
    mark: str
    at: int
    line: int
    codes: int
    """How many ``{{ }}`` came before."""


def may_be_in(text: str) -> bool:
    """Say whether anything in a text could open a clause, or close one."""
    return "]]" in text or _OPENED.search(text) is not None


class Finder:
    """Finds the clauses of one text, given its words and each ``{{ }}`` in their order."""

    def __init__(self, place: Callable[[int, int], Position]) -> None:
        self.pairs: list[Pair] = []
        self.problems: dict[int, Diagnostic] = {}
        self._place = place
        self._open: list[_Open] = []
        self._line = 0
        self._codes = 0
        self._before_line = 0
        self._brackets = 0
        """How many brackets of this line are open where the words begin that are taken next."""

    def take_code(self) -> None:
        """Take a ``{{ }}``."""
        self._codes += 1

    def take(self, words: str, offset: int) -> None:
        """Take words that begin at an offset."""
        counted = 0
        for mark in re.finditer(_MARK, words):
            if mark[0] == "\n":
                self.end_line()
                counted = mark.end()
                continue
            self._brackets += _open_brackets(words[counted : mark.start()])
            counted = mark.start()
            if _OPENED.match(mark[0]):
                self._open.append(_Open(mark[0], offset + mark.start(), self._line, self._codes))
            elif self._open:
                self._close(self._open.pop(), mark[0], offset + mark.start())
            elif mark[0] == "]]" and self._codes > self._before_line and self._brackets <= 0:
                self._tell(offset + mark.start(), "“]]”前面没有配对的“[[”。", f"{_EXAMPLE}，首尾在同一行", "]]")
        self._brackets += _open_brackets(words[counted:])

    def take_literal(self, words: str) -> None:
        """Take the words of a ``{{ "[[" }}``, which may open what other words close."""
        self._brackets += _open_brackets(words)

    def end_line(self) -> None:
        """Take the end of a line: a clause that is open here never closes."""
        if self._codes > self._before_line:  # else all that is open was looked at before
            for one in self._open:
                if one.mark == "[[" and self._codes > one.codes:
                    self._tell_unclosed(one)
            self._open = [one for one in self._open if self._codes == one.codes]
        self._line += 1
        self._before_line = self._codes
        self._brackets = 0

    def _close(self, opened: _Open, mark: str, at: int) -> None:
        if self._codes == opened.codes:
            return  # nothing between them but words
        if opened.line != self._line:
            self._tell_unclosed(opened)
            return
        inner = bisect_right(self.pairs, opened.at, key=attrgetter("start"))
        if inner < len(self.pairs):
            way_out = "请把里面的“[[…]]”移到外面，一个接一个地写"
            self._tell(self.pairs[inner].start, "分句里面不能再有分句。", way_out, "[[")
        elif opened.mark != "[[":
            self._tell(opened.at, f"“{opened.mark}”不是两个半角方括号。", f"{_EXAMPLE}，括号用半角", opened.mark)
        elif mark != "]]":
            self._tell(at, f"“{mark}”不是两个半角方括号。", f"{_EXAMPLE}，括号用半角", mark)
        else:
            self.pairs.append(Pair(opened.at, at))

    def _tell_unclosed(self, opened: _Open) -> None:
        self._tell(opened.at, "“[[”没有配对的“]]”。", f"{_EXAMPLE}，首尾在同一行", "[[")

    def _tell(self, at: int, message: str, way_out: str, mark: str) -> None:
        if len(self.problems) >= MAX_PROBLEMS and at not in self.problems:
            return
        hint = f'{way_out}；要照印的写成“{{{{ "{mark}" }}}}”。'
        self.problems[at] = Diagnostic("clause-syntax", message, self._place(at, at + 2), hint=hint)


def _open_brackets(words: str) -> int:
    return words.count("[") - words.count("]")


def part(words: str, offset: int, marks: Sequence[int]) -> Iterator[str]:
    """Part words that begin at an offset at the brackets of clauses; yield each bracket as ``""``."""
    at = 0
    for mark in marks[bisect_left(marks, offset) : bisect_left(marks, offset + len(words))]:
        if mark > offset + at:
            yield words[at : mark - offset]
        yield ""
        at = mark - offset + 2
    if at < len(words):
        yield words[at:]
