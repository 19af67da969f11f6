"""A manuscript as a flat row of paragraphs, tables and pictures: what recognition works on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees.manuscript import Grid, Image, Line, Look, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.diagnostics import Position
    from healthreport.trees.manuscript import Part


class Paragraph(NamedTuple):
    """A paragraph with its number as it is read: ``text`` begins with the native label, if there is one.

    ``part`` is its place among the parts of the manuscript; a soft line break divides a line into several
    paragraphs, of which the first keeps number and level. ``spans`` have the same characters as ``text``.
    """

    part: int
    text: str
    line: Line
    spans: tuple[Span, ...]
    native: str = ""
    level: int = 0

    @property
    def place(self) -> Position:
        """Where it stands."""
        return self.line.place


class Cells(NamedTuple):
    """A table and its place among the parts; ``landscape`` where its page lies across."""

    part: int
    grid: Grid
    landscape: bool

    @property
    def place(self) -> Position:
        """Where it stands."""
        return self.grid.place


class Picture(NamedTuple):
    """A picture and its place among the parts."""

    part: int
    image: Image

    @property
    def place(self) -> Position:
        """Where it stands."""
        return self.image.place


Thing = Paragraph | Cells | Picture


def squeezed(text: str) -> str:
    """Return a text without blanks: what has to come out as it went in."""
    return "".join(text.split())


def things(parts: Sequence[Part]) -> Iterator[Thing]:
    """Yield what stands on the pages, in order; empty paragraphs are nothing."""
    landscape = False
    for index, part in enumerate(parts):
        if isinstance(part, Line):
            yield from _paragraphs(index, part)
        elif isinstance(part, Grid):
            yield Cells(index, part, landscape)
        elif isinstance(part, Image):
            yield Picture(index, part)
        else:
            landscape = part.landscape


def _paragraphs(index: int, line: Line) -> Iterator[Paragraph]:
    native = "".join(line.label.split())
    level = line.level
    for row in _rows(line.spans):
        words = "".join([span.text for span in row])
        if not native and not words:
            continue
        label = (Span(native, row[0].look if row else Look()),) if native else ()
        yield Paragraph(index, native + words, line, (*label, *row), native, level)
        native, level = "", 0


def _rows(spans: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """Divide spans at line breaks; blanks around a row go."""
    row: list[Span] = []
    for span in spans:
        first, *more = span.text.split("\n")
        row.append(span._replace(text=first))
        for text in more:
            yield _stripped(row)
            row = [span._replace(text=text)]
    yield _stripped(row)


def _stripped(row: list[Span]) -> tuple[Span, ...]:
    while row and not row[0].text.strip():
        row.pop(0)
    while row and not row[-1].text.strip():
        row.pop()
    if row:
        row[0] = row[0]._replace(text=row[0].text.lstrip())
        row[-1] = row[-1]._replace(text=row[-1].text.rstrip())
    return tuple([span for span in row if span.text])
