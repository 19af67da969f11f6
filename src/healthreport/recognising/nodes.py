"""The tree of a document: headings and items, and what stands below each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthreport.recognising.paragraphs import Paragraph, Thing

if TYPE_CHECKING:
    from healthreport.recognising.labels import Reading


MOST_LEVELS = 6


@dataclass(slots=True)
class Node:
    """A heading or an item with what stands below it, in order; the root has no paragraph.

    ``key`` says with which others it counts: the sample of its style, or how it is known as a heading.
    """

    paragraph: Paragraph | None = None
    reading: Reading | None = None
    key: str = ""
    number: int = 0
    level: int = 0
    key_below: str = ""
    is_listed: bool = False
    entries: list[Entry] = field(default_factory=list)

    @property
    def rest(self) -> str:
        """Its words without the label."""
        assert self.paragraph is not None
        return self.paragraph.text[self.reading.label.length if self.reading else 0 :].strip()

    @property
    def label(self) -> str:
        """Its label as it is written."""
        return self.paragraph.text[: self.reading.label.length] if self.paragraph and self.reading else ""

    @property
    def children(self) -> list[Node]:
        """The headings and items right below."""
        return [entry for entry in self.entries if isinstance(entry, Node)]


Entry = Node | Thing


def close_up(node: Node) -> None:
    """Make text of a heading that only its looks tell and under which nothing stands: it goes to what is above it."""
    kept: list[Entry] = []
    for entry in node.entries:
        if isinstance(entry, Node):
            close_up(entry)
            if entry.reading is None and not (entry.level or entry.is_listed or entry.entries):
                assert entry.paragraph is not None
                (_deepest(kept[-1]).entries if kept and isinstance(kept[-1], Node) else kept).append(entry.paragraph)
                continue
        kept.append(entry)
    node.entries = kept


def _deepest(node: Node) -> Node:
    """Return the heading or item under which the last text of a node stands."""
    while node.entries and isinstance(last := node.entries[-1], Node):
        node = last
    return node
