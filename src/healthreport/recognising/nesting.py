"""Which paragraph stands under which: a tree out of labels, levels of styles, and looks.

The level of a label is where it first appears in the document, not what it looks like (一、 may stand under 1.).
A label counts on from the last one of its style that is still open, or opens a level below what is open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising import contents, labels, looks
from healthreport.recognising.nodes import MOST_LEVELS, Node, close_up
from healthreport.recognising.paragraphs import Cells, Paragraph, Picture, Thing, squeezed
from healthreport.recognising.runs import begins_with_a_run
from healthreport.trees.end_marks import is_ended
from healthreport.values.numbering_styles import DASH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.recognising.labels import Reading
    from healthreport.recognising.words import Words
    from healthreport.trees.manuscript import Look

_CAPTION = re.compile(r"[表图]\s*\d|附件\s*\d{0,2}[:：]?$")
_SHORT = "short"
_LOOK = "look"
_LONGEST_LONE = 40
_LONGEST_SHORT = 20
_FEW_STYLED = 2
_DEEPEST = 2 * MOST_LEVELS  # items stand below headings; what is deeper yet stands beside the deepest


class Hints(NamedTuple):
    """What is known of a whole document before its paragraphs are read."""

    words: Words
    body: Look | None
    contents: contents.Contents
    literal: frozenset[int]
    keep_numbers: bool
    styled: bool


def hints(things: Sequence[Thing], words: Words, literal: frozenset[int], *, keep_numbers: bool) -> Hints:
    """Look at a whole document."""
    levels = sum(1 for thing in things if isinstance(thing, Paragraph) and thing.level)
    body = looks.of_body(things)
    return Hints(words, body, contents.find(things, words), literal, keep_numbers, levels >= _FEW_STYLED)


def nest(things: Sequence[Thing], known: Hints, plain: frozenset[int] = frozenset()) -> Node:
    """Return the tree of a document; ``plain`` are indexes of things that are text."""
    return _Nesting(things, known, plain).tree()


class _Nesting:
    def __init__(self, things: Sequence[Thing], known: Hints, plain: frozenset[int]) -> None:
        self._things = things
        self._known = known
        self._plain = plain
        self._root = Node()
        self._open = [self._root]
        self._above: dict[str, set[str]] = {}  # of each key, what it has stood under
        self._last: dict[str, int] = {}
        self._look_keys: dict[Look, str] = {}
        self._titles = {title: at for at, title in enumerate(known.contents.titles)}
        self._readings: list[tuple[Reading, ...]] = []
        self._partners: list[tuple[bool, ...]] = []

    def tree(self) -> Node:
        self._readings = [self._read(at, thing) for at, thing in enumerate(self._things)]
        self._partners = _partners(self._readings)
        for at, thing in enumerate(self._things):
            if not isinstance(thing, Paragraph) or not self._open_node(at, thing):
                self._open[-1].entries.append(thing)
        close_up(self._root)
        return self._root

    def _is_plain(self, at: int, paragraph: Paragraph) -> bool:
        return at in self._plain or paragraph.part in self._known.literal

    def _read(self, at: int, thing: Thing) -> tuple[Reading, ...]:
        if not isinstance(thing, Paragraph) or self._is_plain(at, thing) or _CAPTION.match(thing.text):
            return ()
        return labels.readings(thing.text, thing.native)

    def _open_node(self, at: int, paragraph: Paragraph) -> bool:
        """Open a heading or an item; ``False`` where the paragraph is text."""
        if self._is_plain(at, paragraph):
            return False
        if paragraph.level:
            self._open_styled(at, paragraph)
            return True
        for reading, partner in zip(self._readings[at], self._partners[at], strict=True):
            depth = self._depth_of(reading, partner, paragraph.text)
            if depth is not None:
                self._push(depth, Node(paragraph, reading, self._key_at(depth, reading), reading.number))
                look = looks.of_whole(paragraph)
                if look and len(paragraph.text) <= looks.LONGEST_HEADING:
                    self._look_keys.setdefault(look, reading.sample)
                return True
        return not self._readings[at] and self._open_unnumbered(at, paragraph)

    def _open_styled(self, at: int, paragraph: Paragraph) -> None:
        """Open a heading whose style or outline level says how deep it stands."""
        depth = next(
            (
                depth
                for depth, node in enumerate(self._open)
                if depth and (not node.level or node.level >= paragraph.level)
            ),
            len(self._open),
        )
        before = self._open[depth - 1].key_below
        readings = self._readings[at]
        reading = next((one for one in readings if one.sample == before), readings[0] if readings else None)
        key = reading.sample if reading else _SHORT
        self._push(depth, Node(paragraph, reading, key, reading.number if reading else 0, paragraph.level))

    def _open_unnumbered(self, at: int, paragraph: Paragraph) -> bool:
        """Open a heading that only the table of contents, its looks or its shortness tell."""
        title = squeezed(paragraph.text)
        if title in self._titles and not is_ended(title):
            key = self._key_beside(self._titles[title])
            numbers = [node.number for node in self._open if node.key == key]
            self._push(1, Node(paragraph, None, key, numbers[0] if numbers else 0, is_listed=True))
            return True
        if self._known.styled or self._is_caption(at, paragraph):
            return False
        look = looks.of_whole(paragraph)
        if look and looks.is_heading(paragraph, self._known.body):
            key = self._look_keys.setdefault(look, f"{_LOOK}{len(self._look_keys)}")
        elif self._is_short_heading(at, paragraph):
            key = _SHORT
        else:
            return False
        depth = next((depth for depth, node in enumerate(self._open) if depth and node.key == key), None)
        if depth is None and len(self._above) == 1 and self._known.words.role_of(paragraph.text):
            depth = 1  # 存在的问题 after the points of a document that has but one level is none of the last point's
        if depth is None and look and key.startswith(_LOOK):
            depth = self._depth_above_smaller(look)
        number = self._open[depth].number if depth is not None and depth < len(self._open) else 0
        self._push(self._depth_below(key) if depth is None else depth, Node(paragraph, None, key, number))
        return True

    def _depth_above_smaller(self, look: Look) -> int | None:
        """Return the depth of the first open heading that only its looks tell, and that is smaller."""
        for depth, node in enumerate(self._open):
            if depth and node.paragraph and node.key.startswith(_LOOK):
                other = looks.of_whole(node.paragraph)
                if other and other.size < look.size:
                    return depth
        return None

    def _is_caption(self, at: int, paragraph: Paragraph) -> bool:
        """Say whether a line names the table below it, or the picture above: by its label, or in the middle."""
        below = self._things[at + 1] if at + 1 < len(self._things) else None
        above = self._things[at - 1] if at else None
        is_beside = isinstance(below, Cells) or isinstance(above, Picture)
        return bool(_CAPTION.match(paragraph.text)) or (paragraph.line.align == "center" and is_beside)

    def _key_beside(self, index: int) -> str:
        """Return the style of the heading that follows in the table of contents, or comes first."""
        titles = self._known.contents.titles
        for title in (*titles[index:], *titles):
            if readings := labels.readings(title):
                return readings[0].sample
        return _SHORT

    def _is_short_heading(self, at: int, paragraph: Paragraph) -> bool:
        """Say whether a short line without a mark, between whole paragraphs, is a heading."""
        text = paragraph.text
        if (
            len(text) > _LONGEST_SHORT
            or "如下" in text
            or any(mark in text for mark in "。；：，！,;:!.?—\t")
            or is_ended(text)
        ):
            return False
        keys = [node.key for node in self._open[1:]]
        if (keys and _SHORT not in keys) or paragraph.line.align != "left":
            return False
        before, after = (self._things[other] if 0 <= other < len(self._things) else None for other in (at - 1, at + 1))
        if isinstance(before, Paragraph) and not is_ended(before.text) and not self._readings[at - 1]:
            return False
        return isinstance(after, Paragraph) and (is_ended(after.text) or bool(self._readings[at + 1]))

    def _depth_of(self, reading: Reading, partner: bool, text: str) -> int | None:
        """Return how deep a label stands, or nothing where it is none."""
        if reading.sample == DASH:
            return self._depth_of_dash(partner)
        for depth in range(len(self._open) - 1, 0, -1):
            node = self._open[depth]
            if node.key == reading.sample:
                return depth if self._counts_on(node, reading, partner) else None
        if reading.number > 1:
            return self._depth_of_later(reading, partner)
        enclosing = reading.label.enclosing
        if enclosing and self._open[-1].number != enclosing[-1] and not partner:
            return None
        is_inline = labels.INLINE.fullmatch(reading.sample) is not None
        if (is_inline or not partner) and begins_with_a_run(text, reading.sample):
            return None
        if partner or self._stands_alone(reading, text):
            return self._depth_below(reading.sample)
        return None

    def _key_at(self, depth: int, reading: Reading) -> str:
        """Return with which others a label counts: with its style, or with one of its family (二．with 一、)."""
        before = self._open[depth] if depth < len(self._open) else None
        is_alike = before is not None and before.reading is not None and before.reading.family == reading.family
        return before.key if before is not None and is_alike else reading.sample

    def _depth_of_dash(self, partner: bool) -> int | None:
        if self._open[-1].key == DASH:
            return len(self._open) - 1
        return self._depth_below(DASH) if partner or DASH in self._above else None

    def _counts_on(self, node: Node, reading: Reading, partner: bool) -> bool:
        if reading.number == node.number + 1:
            return True
        if reading.doubtful:
            return False
        if reading.number == 1:
            return partner
        return reading.strong or (reading.number > node.number and partner)

    def _depth_of_later(self, reading: Reading, partner: bool) -> int | None:
        """Return the depth of a label that does not begin a count: 二．after 一、, or one that runs on elsewhere."""
        for depth in range(len(self._open) - 1, 0, -1):
            node = self._open[depth]
            if node.reading and node.reading.family == reading.family and node.number + 1 == reading.number:
                return depth
        if (
            self._last.get(reading.sample) == reading.number - 1
            and not reading.doubtful
            and not labels.INLINE.fullmatch(reading.sample)
        ):
            return self._depth_below(reading.sample)
        alone = reading.strong and partner and not reading.doubtful and not self._open[1:]
        return len(self._open) if alone else None

    def _stands_alone(self, reading: Reading, text: str) -> bool:
        """Say whether a first label without a second one is a label all the same."""
        if reading.doubtful or labels.INLINE.fullmatch(reading.sample):
            return False
        rest = text[reading.label.length :].strip()
        if reading.sample in self._above:
            return not rest[0].isdigit()
        end = rest.find("。")
        is_headline = len(rest) <= _LONGEST_LONE if end < 0 else end <= _LONGEST_LONE
        return is_headline and (reading.strong or bool(reading.label.enclosing))

    def _depth_below(self, key: str) -> int:
        """Return the depth of a new level: below what is open, except what has itself stood under such a key."""
        for depth, node in enumerate(self._open):
            if depth and key in self._above.get(node.key, ()):
                return depth
        return len(self._open)

    def _push(self, depth: int, node: Node) -> None:
        del self._open[min(depth, _DEEPEST) :]
        self._open[-1].entries.append(node)
        self._open[-1].key_below = node.key
        self._above.setdefault(node.key, set()).update(one.key for one in self._open[1:])
        self._open.append(node)
        self._last[node.key] = node.number


def _partners(readings: Sequence[tuple[Reading, ...]]) -> list[tuple[bool, ...]]:
    """Say of each label whether the next of its style, or of its family, is the number that follows.

    Doubtful ones are no partners of others, but a plain ``1`` may be one of a plain ``2``.
    """
    following: dict[tuple[str, bool], int] = {}
    found: list[tuple[bool, ...]] = []
    for row in reversed(readings):
        found.append(tuple([_has_partner(one, following) for one in row]))
        if not row or row[0].sample != DASH:
            following.pop((DASH, False), None)
        for one in row:
            if not one.doubtful or one.sample in labels.BARE:
                following[one.sample, False] = following[one.family, True] = one.number
    return found[::-1]


def _has_partner(one: Reading, following: dict[tuple[str, bool], int]) -> bool:
    if one.sample == DASH:
        return (DASH, False) in following
    return one.number + 1 in (following.get((one.sample, False)), following.get((one.family, True)))
