"""The labels that paragraphs begin with, as lists in lists: 一、 （一） 1. （1） ①, and how their numbers run."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.passages import Kind
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.sequences import chinese, written
from healthreport.reading.kept import Kept
from healthreport.trees.end_marks import is_ended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.passages import Passage
    from healthreport.checking.subject import Subject

_CHINESE = "一二三四五六七八九十"
_FIRST = frozenset(f"{_CHINESE}0123456789０１２３４５６７８９（(第①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_PLAIN = str.maketrans("０１２３４５６７８９", "0123456789")
_BLANKS = " \u3000\t\xa0"
_YEAR = r"(?:19|20)[0-9]{2}年"
_LABEL = re.compile(
    rf"(?:(?P<一>[{_CHINESE}]{{1,3}})[、．.，,](?![、，。])"
    rf"|[（(](?P<P一>[{_CHINESE}]{{1,3}})[）)][、．.，,]?"
    rf"|(?P<N>[0-9０-９]{{1,2}})(?:[.．、](?![0-9０-９])|[.．、](?={_YEAR})|[，,])"
    r"|[（(](?P<PN>[0-9０-９]{1,2})[）)][、．.，,]?"
    r"|(?P<NB>[0-9]{1,2})[）)]"
    r"|(?P<O>[①-⑳])[、．.，,]?"
    rf"|第(?P<D>[{_CHINESE}]{{1,3}})(?P<noun>[章节条编])(?=[{_BLANKS}]|.)"
    r")"
)
# A line of a table of contents ends in its page.
_CONTENTS = r"\t *[0-9]{1,3}$"
_RANKS = {"编": -1, "章": 0, "节": 1, "条": 2, "一": 3, "P一": 4, "N": 5, "PN": 6, "NB": 7, "O": 8}
_TRANSPARENT = frozenset({Kind.CELL, Kind.CAPTION, Kind.NOTE})
_SHORT = 40
# Two items of one list stand no further apart, counted in paragraphs.
_NEAR = 60


class Item(NamedTuple):
    """A paragraph with a label: which it is, the label's family and number, and how much of the text it takes.

    ``counted`` is a label that a program counted: it stands not in the text. ``is_weak`` is one that may be words.
    """

    order: int
    passage: Passage
    family: str
    number: int
    label: str
    counted: bool = False
    is_weak: bool = False
    text: str = ""
    """The words of the paragraph, their marks in full width."""

    @property
    def rest(self) -> str:
        """What follows the label, its marks in full width."""
        return self.text if self.counted else self.text.lstrip()[len(self.label) :].strip()

    @property
    def start(self) -> int:
        """Where the label begins."""
        return len(self.passage.text) - len(self.passage.text.lstrip())


@dataclass(eq=False)
class Scope:
    """Siblings: items of one family under one item, up to where they begin anew.

    ``before`` are the siblings that stood there before these began anew; ``inside`` are the higher-ranking items
    that these stand in and that went on after them; ``is_continued`` says that they count on from the last ones.
    """

    family: str
    parent: Item | None
    before: Scope | None = None
    items: list[Item] = field(default_factory=list)
    children: list[Scope] = field(default_factory=list)
    outer: Scope | None = None
    interrupts: Scope | None = None
    is_continued: bool = False

    @property
    def holders(self) -> set[int]:
        """Which paragraphs are items that hold lists of their own."""
        return {child.parent.order for child in self.children if child.parent}


def label_of(text: str) -> tuple[str, int, str, bool] | None:
    """Return family, number, words and weakness of the label that a text begins with."""
    text = text.lstrip()
    if text[:1] not in _FIRST:
        return None
    match = _LABEL.match(text)
    if match is None:
        return None
    family = match.lastgroup or ""
    if family == "noun":
        return match["noun"], chinese(match["D"]), match[0], False
    digits = match[family]
    number = ord(digits) - ord("①") + 1 if family == "O" else int(digits) if digits.isdigit() else chinese(digits)
    following = text[match.end() : match.end() + 1]
    if family == "N" and match[0].endswith(("，", ",")) and not "一" <= following <= "\u9fff":
        return None
    weak = match[0].endswith(("，", ",")) or (family == "一" and (following in _CHINESE or match[0].endswith(".")))
    return (family, number, match[0], weak) if number and (following or family != "一") else None


def rank(family: str) -> int:
    """Return how high a family stands: 一、 over （一） over 1. over （1） over ①."""
    return _RANKS[family]


def items(subject: Subject) -> Iterator[Item]:
    """Yield the labelled paragraphs of the text, and those whose labels a program counted."""
    words = lines(subject)
    for index, passage in enumerate(words.passages):
        if passage.kind in _TRANSPARENT or passage.kind is Kind.TITLE:
            continue
        counted = bool(passage.label)
        if not counted and "\t" in passage.text and re.search(_CONTENTS, passage.text):
            continue
        found = label_of(f"{passage.label.strip()} " if counted else passage.text)
        if found:
            family, number, label, weak = found
            yield Item(index, passage, family, number, label, counted, weak and not counted, words.each[index])


@Kept(1)
def scopes(subject: Subject) -> tuple[Scope, ...]:
    """Return all lists of a document, in the order in which they begin."""
    builder = _Builder()
    attachment, title = 0, 0
    titles = [index for index, passage in enumerate(subject.passages) if passage.kind is Kind.TITLE and index]
    for item in items(subject):
        newer = bisect(titles, item.order)
        if (item.passage.attachment, newer) != (attachment, title):
            attachment, title = item.passage.attachment, newer
            builder.forget()
        builder.add(item)
    return tuple(builder.found)


class _Builder:
    def __init__(self) -> None:
        self.found: list[Scope] = []
        self._open: list[Scope] = []
        self._asleep: list[Scope] = []
        self._last: dict[str, int] = {}

    def forget(self) -> None:
        self._open, self._asleep, self._last = [], [], {}

    def add(self, item: Item) -> None:
        scope = next((one for one in self._open if one.family == item.family), None)
        goes_on = scope is not None and scope.items[-1].number + 1 == item.number
        is_words = item.number != 1 or item.label.endswith((",", "，")) or item.rest[:1] in _CHINESE
        if item.is_weak and is_words and not goes_on:
            return
        if scope is None and self._awakes(item):
            return
        if scope is None:
            self._begin(item)
        else:
            del self._open[self._open.index(scope) + 1 :]
            if item.number == 1:
                self._open.pop()
                self._push(Scope(item.family, scope.parent, before=scope), item)
            else:
                scope.items.append(item)
        self._last[item.family] = item.number

    def _awakes(self, item: Item) -> bool:
        """Go on with a list that a higher-ranking one seemed to have ended."""
        for scope in reversed(self._asleep):
            if scope.family == item.family and scope.items[-1].number + 1 == item.number > 1:
                inner = [one for one in self._open if rank(one.family) < rank(scope.family)][-1]
                near = item.order - scope.items[-1].order < _NEAR and inner.items[0].number == 1
                if near and not inner.before and scope.family != "条":
                    inner.interrupts = scope
                self._asleep.remove(scope)
                self._open = [scope]
                scope.items.append(item)
                return True
        return False

    def _begin(self, item: Item) -> None:
        lower = [one for one in self._open if rank(one.family) > rank(item.family)]
        self._asleep = lower or self._asleep
        self._open = [one for one in self._open if one not in lower]
        parent = self._open[-1].items[-1] if self._open else None
        scope = Scope(item.family, parent)
        scope.is_continued = item.number == self._last.get(item.family, 0) + 1 > 1
        self._push(scope, item)

    def _push(self, scope: Scope, item: Item) -> None:
        scope.items.append(item)
        if self._open:
            scope.outer = self._open[-1]
            self._open[-1].children.append(scope)
        self._open.append(scope)
        self.found.append(scope)


def leads_in(passage: Passage) -> bool:
    """Say whether a passage may stand before a list that begins anew: a title, a lead with ：, a bare short line."""
    text = passage.text.strip()
    bare = len(text) <= _SHORT and not is_ended(text)
    return bare or passage.kind not in (Kind.BODY, Kind.HEADING) or text.endswith(("：", ":"))


def numbered(label: str, number: int) -> str:
    """Return a label with another number: ``（一）``, 3 → ``（三）``."""
    digits = [char for char in label.translate(_PLAIN) if char.isdigit() or char in "一二三四五六七八九十"]
    if label[:1] >= "①" and label[:1] <= "⑳":
        return chr(ord("①") + number - 1) + label[1:]
    old = "".join(digits)
    return label.translate(_PLAIN).replace(old, str(number) if old.isdigit() else written(number), 1)
