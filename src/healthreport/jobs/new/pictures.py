"""The pictures that a report's texts show: copied beside the new report where that lies in another folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Severity
from healthreport.disk.read import holds, slashed
from healthreport.reading.digests import pictures_of
from healthreport.reading.yaml.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from healthreport.reading.reader import Reader
    from healthreport.reading.yaml.nodes import Node, Scalar


class Beside(NamedTuple):
    """Where pictures go, and where they come from; a warning for each that cannot be copied."""

    copies: dict[Path, Path]
    warnings: list[Diagnostic]


def beside(report: Path, tree: Node, folder: Path, reader: Reader) -> Beside:
    """Return the pictures of a report that are to be copied into a folder, which is not the report's.

    What is there already with the same bytes is used as it is.
    """
    found = Beside({}, [])
    for name in {one.value: one for one in reversed([*_named(tree)])}.values():
        old, new = report.parent / slashed(name.value), folder / slashed(name.value)
        if reader.real(old) == reader.real(new):
            continue
        try:
            data = reader.read_beside(report, name.value, name.position())
        except HealthReportError as wrong:
            found.warnings.extend(one._replace(severity=Severity.WARNING) for one in wrong.diagnostics)
            continue
        if not holds(new, data):
            found.copies[new] = old
    return found


def _named(node: Node) -> Iterator[Scalar]:
    """Yield the names of all pictures below a node."""
    if isinstance(node, Mapping):
        yield from (file for file in pictures_of(node) if file.value)
    for below in node.values() if isinstance(node, Mapping) else node if isinstance(node, Sequence) else ():
        yield from _named(below)
