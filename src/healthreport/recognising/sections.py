"""A tree of headings and items → sections and blocks of a draft, with the numbering that prints its labels.

A label is left to be counted only where counting gives it; otherwise the section keeps its number as it is written,
and a paragraph its words.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising import headings, measures, printing, runs, tables
from healthreport.recognising.headings import Kind
from healthreport.recognising.labels import written
from healthreport.recognising.nodes import MOST_LEVELS, Node
from healthreport.recognising.paragraphs import Paragraph, squeezed
from healthreport.trees.draft import Doubt, Items, Section
from healthreport.trees.end_marks import is_ended
from healthreport.values.numbering_styles import DASH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.diagnostics import Position
    from healthreport.recognising.headings import Shape
    from healthreport.recognising.nesting import Hints
    from healthreport.recognising.nodes import Entry
    from healthreport.recognising.printing import Place
    from healthreport.trees.draft import Block, Inline, Task


class Body(NamedTuple):
    """What stands below a heading, or in a whole document."""

    content: tuple[Block, ...] = ()
    sections: tuple[Section | str, ...] = ()
    closing: tuple[Block, ...] = ()
    numbering: tuple[str, ...] = ()


class Builder:
    """Builds the sections of one document, or of one attachment; ``doubts`` is what a person should look at."""

    def __init__(self, known: Hints, captions: tables.Captions) -> None:
        self.doubts: list[Doubt] = []
        self._known = known
        self._captions = captions
        self._counter = printing.Counter()
        self._shapes: dict[int, list[Shape]] = {}
        self._styles_below: dict[int, list[Counter[str]]] = {}
        self._styled: frozenset[str] | None = None
        self._too_deep: list[Paragraph] = []  # headings that stay text because of their level
        self._kept: tuple[str, int] = ("", 0)  # the last label that is kept as it is written

    def build(self, root: Node) -> Body:
        """Return a whole document."""
        if self._known.styled:
            self._styled = frozenset(_styled_keys(root))
        self._shape(root, 0)
        if self._too_deep:
            place = min(self._too_deep, key=lambda paragraph: paragraph.part).place
            self.doubts.append(Doubt("too-deep", f"标题多于{MOST_LEVELS}级，再往下的照原文作文字留着。", place))
        return self._body(root, printing.Place())

    def is_numbered(self, root: Node, samples: Sequence[str]) -> bool:
        """Say whether a document that has been built is numbered in these styles."""
        return not self._numbering(root, printing.Place().styled(samples))

    def _shape(self, node: Node, level: int) -> None:
        """Decide what all children are, the deepest first: what stands below says what a line is."""
        for child in node.children:
            self._shape(child, level + 1)
        found = headings.shapes(node.children, self._known.words.articles, self._styled)
        if level >= MOST_LEVELS:
            heads = zip(node.children, found, strict=True)
            self._too_deep += [one.paragraph for one, shape in heads if shape.kind is not Kind.ITEM and one.paragraph]
            found = [headings.Shape(Kind.ITEM)] * len(found)
        self._shapes[id(node)] = found

    def _body(self, node: Node, place: Place) -> Body:
        """Return what stands below a node; ``place`` is that of its children."""
        shapes = dict(zip(map(id, node.children), self._shapes[id(node)], strict=True))
        numbering = self._numbering(node, place)
        place = place.styled(numbering)
        key = next((one.key for one in node.children if shapes[id(one)].kind is not Kind.ITEM and one.reading), "")
        loose: list[Entry] = []
        content: tuple[Block, ...] | None = None
        sections: list[Section | str] = []
        count = 0
        has_headings = any(shape.kind is not Kind.ITEM for shape in shapes.values())
        for entry in node.entries:
            shape = shapes.get(id(entry))
            is_head = shape is not None and shape.kind is not Kind.ITEM
            as_text = has_headings and isinstance(entry, Node) and not is_head and entry.key == key
            if not isinstance(entry, Node) or shape is None or not (is_head or as_text):
                loose.append(entry)
                continue
            if as_text and not self._counts(entry, place, count):
                loose.append(entry)
                continue
            if content is None:
                content, counted = self._blocks(loose, place, 0)
                count = counted or 0
            elif loose:
                blocks, _ = self._blocks(loose, place, None)
                sections.append(Section(_place_of(loose), content=blocks))
            loose = []
            if is_head:
                section, count = self._section(entry, shape, place, count)
                sections.append(section)
            else:
                count = self._counter.next(place.style.sample, count, None)
                sections.append(entry.rest)
                below = self._body(entry, place._replace(level=place.level + 1))
                if any(below):
                    sections.append(_section_of(entry, below))
        if content is None:
            return Body(self._blocks(loose, place, 0)[0], numbering=numbering)
        last, _ = self._blocks(loose, place, None)
        return Body(content, tuple(sections), last, numbering)

    def _counts(self, node: Node, place: Place, count: int) -> bool:
        """Say whether counting gives the label that is written."""
        computed = written(place.style.sample, count + 1, place.numbers)
        return node.reading is not None and not self._known.keep_numbers and computed == squeezed(node.label)

    def _section(self, node: Node, shape: Shape, place: Place, count: int) -> tuple[Section, int]:
        assert node.paragraph is not None
        title, number, goes_on = shape.title, "", None
        doubts: tuple[str, ...] = ()
        if self._known.keep_numbers or node.reading is None:
            number = printing.NONE
            title = squeezed(node.label) + title
        elif self._counts(node, place, count):
            pass
        elif written(place.style.sample, self._counter.last.get(place.style.sample, 0) + 1, place.numbers) == squeezed(
            node.label
        ):
            goes_on = True
        else:
            number = squeezed(node.label)
            doubts = self._differs(node, number, written(place.style.sample, count + 1, place.numbers))
        counted = not number
        if counted:
            count = self._counter.next(place.style.sample, count, goes_on)
        numbers = (*place.numbers, count) if counted else place.numbers
        below = self._body(node, place._replace(level=place.level + 1, numbers=numbers))
        content = below.content
        if shape.kind is Kind.RUN_IN:
            content = (self._inline(shape.text, node.paragraph), *content)
        section = Section(
            node.paragraph.place,
            title,
            content,
            below.sections,
            below.closing,
            run_in=shape.kind is Kind.RUN_IN,
            numbering=below.numbering,
            number=number,
            goes_on=goes_on,
            doubts=doubts,
        )
        if not (content or below.sections or below.closing):
            section = section._replace(todo=not is_ended(title), run_in=None)
        return section, count

    def _differs(self, node: Node, label: str, expected: str) -> tuple[str, ...]:
        """Tell of a label that is kept as it is written; those that count on from it are told with it."""
        assert node.paragraph is not None
        before, self._kept = self._kept, (node.key, node.number)
        if before == (node.key, node.number - 1):
            return ()
        message = f"原文编号为“{label}”，" + (f"按顺序应为“{expected}”。" if expected else "上一级没有序号可以接。")
        self.doubts.append(Doubt("label-differs", message, node.paragraph.place))
        return (message,)

    def _blocks(
        self, entries: Sequence[Entry], place: Place, count: int | None
    ) -> tuple[tuple[Block, ...], int | None]:
        """Return texts, tables and items; ``count`` is that of the sections, where items may share it."""
        out: list[Block] = []
        at = 0
        while at < len(entries):
            entry = entries[at]
            if not isinstance(entry, Node):
                block, used = self._block(entries[at : at + tables.MOST_TOGETHER])
                out += block
                at += used
                continue
            row = [entry]
            while not row[-1].entries and at + len(row) < len(entries):
                other = entries[at + len(row)]
                if not isinstance(other, Node) or other.key != entry.key:
                    break
                if other.number != row[-1].number + 1 and entry.key != DASH:
                    break
                row.append(other)
            blocks, count = self._items(row, place, count)
            out += blocks
            if row[-1].entries:
                out += self._blocks(row[-1].entries, place, None)[0]
            at += len(row)
        return tuple(out), count

    def _block(self, entries: Sequence[Entry]) -> tuple[list[Block], int]:
        """Return the block that entries begin with, and how many of them it is."""
        entry = entries[0]
        assert not isinstance(entry, Node)
        following = tables.row_of(entries)
        if len(following) > 1 or not isinstance(entry, Paragraph):
            found = tables.block(following, self._captions)
            if found is not None:
                return found
        assert isinstance(entry, Paragraph)
        return [self._inline(entry.text, entry)], 1

    def _items(self, row: Sequence[Node], place: Place, count: int | None) -> tuple[list[Block], int | None]:
        """Return numbered paragraphs as items where counting gives their labels, else as text."""
        key, first = row[0].key, row[0].number
        shared = count is not None and key == place.style.sample and first == count + 1
        goes_on = not shared and first > 1 and self._counter.last.get(key, 0) + 1 == first
        start = first if shared or goes_on or first == 1 else 0
        labels = [written(key, number, place.numbers) for number in range(first, first + len(row))] if start else []
        if key == DASH:
            labels, goes_on, shared = [DASH] * len(row), False, False
        exact = [squeezed(node.label) for node in row] == labels and not self._known.keep_numbers
        if not exact or not all(node.rest for node in row):
            return [self._inline(node.paragraph.text, node.paragraph) for node in row if node.paragraph], count
        items = tuple([self._item(node) for node in row])
        self._counter.last[key] = first + len(row) - 1
        block = Items(items, "" if shared else key, True if goes_on else None)
        return [block], first + len(row) - 1 if shared else count

    def _item(self, node: Node) -> Inline | Task:
        assert node.paragraph is not None
        found = measures.read(node.rest)
        return self._inline(node.rest, node.paragraph) if isinstance(found, str) else found

    def _inline(self, text: str, paragraph: Paragraph) -> Inline:
        if paragraph.part in self._known.literal:
            return text
        found = runs.read(text)
        for sample in found.broken:
            message = f"从“{sample}”起的几点缺号或乱序，照原文作一段文字。"
            self.doubts.append(Doubt("broken-run", message, paragraph.place))
        return found.inline

    def _numbering(self, node: Node, place: Place) -> tuple[str, ...]:
        """Return the styles to be said of a node's children and deeper, as most there are numbered."""
        wanted = [counts.most_common(1)[0][0] if counts else "" for counts in self._styles(node)]
        scheme = [one.sample for one in place.scheme[place.level :]]
        scheme += [scheme[-1] if scheme else ""] * (len(wanted) - len(scheme))
        differing = [at for at, key in enumerate(wanted) if key and key != scheme[at]]
        if not differing or (node.paragraph is not None and differing[0] > 0):
            return ()
        return tuple(key or scheme[at] for at, key in enumerate(wanted[: differing[-1] + 1]))

    def _styles(self, node: Node) -> list[Counter[str]]:
        """Return of each level below how many parents number their headings in which style."""
        if id(node) not in self._styles_below:
            self._styles_below[id(node)] = self._counted_styles(node)
        return self._styles_below[id(node)]

    def _counted_styles(self, node: Node) -> list[Counter[str]]:
        found: list[Counter[str]] = [Counter()]
        for child, shape in zip(node.children, self._shapes[id(node)], strict=True):
            if shape.kind is Kind.ITEM:
                continue
            if child.reading and not found[0]:
                found[0][child.key] = 1
            for depth, counts in enumerate(self._styles(child), 1):
                if depth == len(found):
                    found.append(Counter())
                found[depth] += counts
        return found


def _styled_keys(node: Node) -> set[str]:
    found = {node.key} if node.level and node.reading else set()
    for child in node.children:
        found |= _styled_keys(child)
    return found


def _place_of(entries: Sequence[Entry]) -> Position:
    """Return where the first of some entries stands."""
    entry = entries[0]
    while isinstance(entry, Node):
        assert entry.paragraph is not None
        entry = entry.paragraph
    return entry.place


def _section_of(node: Node, below: Body) -> Section:
    assert node.paragraph is not None
    return Section(node.paragraph.place, "", below.content, below.sections, below.closing, numbering=below.numbering)
