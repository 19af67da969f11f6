"""Lists of words from ``templates/recognising``: the packaged ones, and those of the user's own folder on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.reading.kept import Kept
from healthreport.reading.reader import Reader
from healthreport.reading.resources import RECOGNISING, packaged, trees_of
from healthreport.reading.yaml import lists

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from healthreport.reading.yaml.nodes import Source

Lists = dict[str, tuple[str, ...]]


def read(reader: Reader, name: str) -> Lists:
    """Return the lists of a file (``网页``), by what they are for.

    Raises :class:`HealthReportError` for a file of the user's own that holds no such lists.
    """
    return _read(reader, name, reader.template_folders or (packaged(),))


@Kept(16)
def _read(reader: Reader, name: str, folders: tuple[Path, ...]) -> Lists:
    found: Lists = {}
    for _, tree in trees_of(reader, folders, RECOGNISING, (name,)):
        if found:  # the first is the packaged one, which says what lists there are
            lists.refuse_unknown(tree, frozenset(found))
        found |= {key: (*found.get(key, ()), *lists.texts(node)) for key, node in tree.items()}
    return found


def of_lines(sources: Iterable[Source]) -> Lists:
    """Return the lists of files that have a list a line: what it is for, then its words; ``#`` begins a comment."""
    found: Lists = {}
    for source in sources:
        for line in source.text.split("\n"):
            key, *listed = line.split() or ("#",)
            if not key.startswith("#"):
                found[key] = (*found.get(key, ()), *listed)
    return found
