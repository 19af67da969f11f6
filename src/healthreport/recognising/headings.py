"""What a numbered paragraph is: a heading of its own, a heading that the text runs on after, or an item.

Neighbours decide together: where most of a row are items, all are.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising import looks, measures
from healthreport.trees.end_marks import CLOSERS, is_ended
from healthreport.values.numbering_styles import DASH

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from healthreport.recognising.nodes import Node

LONGEST = 40
_SENTENCE = re.compile("[。！？]")
_LONGEST_MARKED = 60


class Kind(Enum):
    """What a numbered paragraph is."""

    HEADING = auto()
    RUN_IN = auto()
    ITEM = auto()


class Shape(NamedTuple):
    """What a node is; a run-in heading has its words apart from the text after it."""

    kind: Kind
    title: str = ""
    text: str = ""


class _Look(Enum):
    """What the words alone say: a headline, one that ends in 。, one with text after it, or something else."""

    FORCED = auto()
    HEADLINE = auto()
    SENTENCE = auto()
    RUN_IN = auto()
    OTHER = auto()


_ITEM = Shape(Kind.ITEM)


def shapes(nodes: Sequence[Node], articles: Container[str], styled: frozenset[str] | None) -> list[Shape]:
    """Return what the children of one parent are; ``styled`` are the keys of headings by style, if there are such."""
    return [shape for row in _rows(nodes) for shape in _row(row, articles, styled)]


def _rows(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Divide siblings where another style begins, or the count begins again."""
    row: list[Node] = []
    for node in nodes:
        if row and (node.key != row[-1].key or (node.reading and node.number == 1 and node.key != DASH)):
            yield row
            row = []
        row.append(node)
    if row:
        yield row


def _row(row: Sequence[Node], articles: Container[str], styled: frozenset[str] | None) -> list[Shape]:
    by_look = [_cut_by_look(node) for node in row]
    cuts = [cut or _cut(node) for node, cut in zip(row, by_look, strict=True)]
    found = [_look(node, cut) for node, cut in zip(row, cuts, strict=True)]
    if row[0].key in articles or row[0].key == DASH:
        found = [look if look is _Look.FORCED or cut else _Look.OTHER for look, cut in zip(found, by_look, strict=True)]
    elif measures.are_measures([node.rest for node in row]):
        found = [_Look.OTHER] * len(row)
    found = _settled(row, found, by_style_only=styled is not None and row[0].key not in styled)
    heads = sum(look is not _Look.OTHER for look in found)
    if heads * 2 < len(row):
        found = [look if look is _Look.FORCED else _Look.OTHER for look in found]
    return [_shape(node, look, cut) for node, look, cut in zip(row, found, cuts, strict=True)]


def _look(node: Node, cut: int) -> _Look:
    rest = node.rest
    if node.reading is None or (node.level and not cut):
        return _Look.FORCED
    if cut:
        return _Look.RUN_IN
    if len(rest) <= LONGEST and "。" not in rest and (not is_ended(rest) or rest.endswith(("？", "！"))):
        return _Look.HEADLINE if "；" not in rest else _Look.OTHER
    if len(rest) <= LONGEST and rest.endswith("：") and node.entries and not set("。；") & set(rest):
        # （一）人员情况： is a heading; 1.成立项目组： leads in what follows.
        return _Look.HEADLINE if "一" in node.reading.sample else _Look.OTHER
    if len(rest) <= LONGEST and rest.endswith("。") and rest.count("。") == 1 and not set("；：") & set(rest):
        return _Look.SENTENCE
    return _Look.OTHER


def _settled(row: Sequence[Node], found: list[_Look], *, by_style_only: bool) -> list[_Look]:
    """Return headlines as headings only where text stands below some, and sentences where it does below most."""
    inner = list(zip(row, found, strict=True))[: max(len(row) - 1, 1)]
    open_rows = [(node, look) for node, look in inner if look in (_Look.HEADLINE, _Look.SENTENCE)]
    below = sum(bool(node.entries) for node, _ in open_rows)
    sentences = [node for node, look in inner if look is _Look.SENTENCE]
    keep_sentences = sum(bool(node.entries) for node, _ in inner) * 2 > len(inner)
    keep_headlines = below or any(look in (_Look.RUN_IN, _Look.FORCED) for look in found)
    if not sentences:
        keep_sentences = bool(keep_headlines) and bool(row[-1].entries) and len(row) > 1 and bool(below)
    kept = {_Look.HEADLINE: bool(keep_headlines), _Look.SENTENCE: keep_sentences}
    if by_style_only:
        kept = {_Look.HEADLINE: False, _Look.SENTENCE: False}
    return [look if kept.get(look, True) else _Look.OTHER for look in found]


def _shape(node: Node, look: _Look, cut: int) -> Shape:
    if look is _Look.OTHER:
        return _ITEM
    if look is not _Look.RUN_IN:
        return Shape(Kind.HEADING, node.rest)
    return Shape(Kind.RUN_IN, node.rest[:cut].rstrip().removesuffix("。"), node.rest[cut:].strip())


def _cut_by_look(node: Node) -> int:
    """Return where text begins after a heading in the same paragraph that looks otherwise, or 0."""
    assert node.paragraph is not None
    if node.reading is None:
        return 0
    start = node.paragraph.text.find(node.rest, len(node.label))
    cut = looks.first_words(node.paragraph) - start
    head = node.rest[: max(cut, 0)].rstrip()
    is_heading = 0 < len(head) <= _LONGEST_MARKED and head.endswith(("。", "：", "！", "？"))
    return cut if is_heading and _says_something(node.rest[cut:]) else 0


def _cut(node: Node) -> int:
    """Return where text begins after a heading in the same paragraph: behind the first sentence, if it is short."""
    rest = node.rest
    if node.reading is None or (node.level and len(rest) <= _LONGEST_MARKED and not _SENTENCE.search(rest[:-1])):
        return 0
    end = _SENTENCE.search(rest, 0, LONGEST + 1)
    if not end or not end.start() or set(rest[: end.start()]) & set("；："):
        return 0
    text = rest[end.end() :].strip()
    return end.end() if _says_something(text) and text[0] not in CLOSERS else 0


def _says_something(text: str) -> bool:
    """Say whether there is a word in it, and not only marks and signs."""
    return any(character.isalnum() for character in text)
