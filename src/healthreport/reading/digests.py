"""Digests of what a report says, not of how it was written: a row of a table and a file that say the same have one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError, Position
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence

# Of these a base says names, and others say what they stand for.
_NAMED = ("指标", "文字")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.model.build import Differences
    from healthreport.reading.yaml.nodes import Node

    # Reads a picture, given the file that names it, its name, and where it is named.
    ReadPicture = Callable[[Path, str, Position], bytes]
    # Returns the digest of a picture, given its name where it stands.
    OfPicture = Callable[[Scalar], str]


def of(tree: Mapping, of_picture: OfPicture, *, names: bool = False) -> str:
    """Return the digest of a tree, with ``names`` also of those that it only names: 文字: {特色工作: }."""
    named = [(key, node) for key in _NAMED if isinstance(node := tree.get(key), Mapping)] if names else []
    return joined([said(tree, of_picture), *("\x1f".join([key, *node.keys_at]) for key, node in named)])


def joined(parts: list[str]) -> str:
    """Return one digest of several texts."""
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()


def said_itself(differences: Differences, known: Mapping, of_picture: OfPicture) -> Iterator[str]:
    """Write what a report says itself, in an order that is not its own."""
    for key in sorted(differences.fields):
        yield f"{key}\x1f{said(differences.fields[key], of_picture)}"
    for numbers in differences.numbers:
        yield "\x1f".join([numbers.get(name, "") for name in known]) if numbers else ""
    for name, other in differences.others.items():
        yield f"{name}\x1f{said(other, of_picture)}"


def said(node: Node, of_picture: OfPicture) -> str:
    """Write a tree as a text that no other tree gives; a picture counts with its content."""
    if isinstance(node, Scalar):
        return f"{len(node.value)}:{node.value}"
    if isinstance(node, Mapping):
        parts = [f"{len(key)}:{key}={said(value, of_picture)}" for key, value in node.items()]
        parts += [of_picture(file) for file in pictures_of(node)]
        return "{" + "".join(parts) + "}"
    return "[" + "".join([said(item, of_picture) for item in node]) + "]"


def pictures_of(block: Mapping) -> Iterator[Scalar]:
    """Yield the names of the pictures that a block shows: of one figure, or of several, each with one or several."""
    for figure in _listed(block.get("图片")):
        for file in _listed(figure.get("文件")) if isinstance(figure, Mapping) else ():
            if isinstance(file, Scalar):
                yield file


def _listed(node: Node | None) -> Sequence | tuple[Node, ...]:
    if isinstance(node, Sequence):
        return node
    return () if node is None else (node,)


def of_pictures(read: ReadPicture) -> OfPicture:
    """Return what gives the digests of pictures; each file is read once, however often it is named."""
    known: dict[tuple[str, str], str] = {}

    def of_picture(name: Scalar) -> str:
        named = name.source.name, name.value
        if named not in known:
            known[named] = _sha_of_picture(name, read)
        return known[named]

    return of_picture


def _sha_of_picture(name: Scalar, read: ReadPicture) -> str:
    place = name.position()
    try:
        return hashlib.sha256(read(Path(place.file), name.value, place)).hexdigest()
    except HealthReportError:
        return ""  # composing the document reports it
