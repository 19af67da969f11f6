"""Outline + figures → Document: each block in its place, its label apart from its words.

What stands within a block is written by :mod:`~healthreport.composing.inline`.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from healthreport.composing.inline import Inliner, runs
from healthreport.composing.reuse.patterns import FigureSlot
from healthreport.diagnostics import Diagnostic, HealthReportError, error
from healthreport.figures import gaps
from healthreport.figures.samples import sample_of
from healthreport.figures.texts import Figures
from healthreport.model.build import Built, Text
from healthreport.model.township_tables import TownshipTable
from healthreport.trees import document as d
from healthreport.trees import outline as o
from healthreport.trees import slots
from healthreport.trees.end_marks import is_ended
from healthreport.trees.roles import Look, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from healthreport.composing.reuse.patterns import Patterns
    from healthreport.reading.yaml.nodes import Scalar

MOST_BYTES = 100_000_000  # of all pictures of a report
_BLANK = d.Run("\u3000" * 8, blank=True)
_SUGGESTED = d.Run("【建议】", blank=True)


class Resolved(NamedTuple):
    """A document with slots, their fillings, where this report writes it, and its figures.

    ``problems`` are mistakes in what the report shows beside words; those in words are the figures'.
    """

    pattern: d.Document
    fillings: tuple[str, ...]
    places: tuple[d.Place, ...]
    figures: Figures
    problems: tuple[Diagnostic, ...]


def resolve(
    built: Built,
    outline: o.Outline,
    picture: Callable[[Text], d.Picture],
    *,
    draft: bool = False,
    patterns: Patterns | None = None,
    nowhere: Collection[str] = (),
) -> Resolved:
    """Return the document of a report; ``picture`` reads the picture a text names.

    ``patterns`` holds what was made for other reports of the same shape on the same base. What has no value
    leaves a visible gap, which the figures know of. ``nowhere`` are the names that formulas may lack.
    """
    figures = Figures(built, draft=draft)
    known = patterns.find(built, figures) if patterns else None
    resolver = _Resolver(built, figures, picture, draft=draft)
    pattern, fillings = known or (resolver.document(outline), tuple(resolver.inline.fillings))
    figures.check_formulas(nowhere)
    # A slot is asked for once in a shared document; what is wrong is told at every place.
    if patterns and not known and resolver.shared and not figures.problems:
        inline = resolver.inline
        patterns.keep(
            pattern, inline.slots, fillings, inline.placed, has_indicator_tables=resolver.has_indicator_tables
        )
    return Resolved(pattern, fillings, (*built.tables, *built.texts), figures, tuple(resolver.problems))


class _Resolver:
    def __init__(self, built: Built, figures: Figures, picture: Callable[[Text], d.Picture], *, draft: bool) -> None:
        self.inline = Inliner(built, figures)
        self.problems: list[Diagnostic] = []
        self.shared = built.common is not None
        self.has_indicator_tables = False
        self._built = built
        self._report = built.report
        self._texts = built.texts
        self._tables = built.tables
        self._picture = picture
        self._draft = draft
        self._shown: set[d.Picture] = set()
        self._bytes = 0
        self._figures = figures
        self._write = self.inline.write

    def document(self, outline: o.Outline) -> d.Document:
        opening = tuple(self._parts(outline.opening))
        title = next((d.text_of(part.runs) for part in opening if part.role is Role.TITLE), "")
        blocks: list[d.Block] = [*opening, *self._blocks(outline.children)]
        blocks += self._attachment_notes(outline.attachments)
        organisation = gaps.shown(self._write(outline.organisation, keep_lines=True))
        date = gaps.shown(self._write(outline.date))
        if self._draft and organisation and not date:
            date = d.BLANK_DATE
        if organisation or date:
            blocks.append(d.Signature(organisation, date, self._place(outline.organisation, outline.date)))
        blocks += self._remark(outline.note)
        attachments = tuple(self._attachment(attachment) for attachment in outline.attachments)
        author = gaps.shown(self.inline.text(self._report.org.n)) if self._report.org else ""
        day = self._report.date.isoformat() if self._report.date else ""
        imprint = tuple(self._parts(outline.imprint))
        title = title.replace("\n", "")
        return d.Document(title, tuple(blocks), attachments, author, day, imprint=imprint, draft=self._draft)

    def _remark(self, content: o.Inline) -> Iterator[d.Paragraph]:
        """附注 in brackets, a paragraph for each line."""
        remark = self._write(content, keep_lines=True)
        bracketed = remark if remark.startswith(("（", "(")) else f"（{remark}）"
        for line in bracketed.split("\n") if remark else ():
            if line:
                yield d.Paragraph(Role.NOTE, runs(line), self._place(content))

    def _place(self, *contents: o.Inline) -> int | None:
        """Return where the first text among these is written: its number, after those of indicator tables."""
        for content in contents:
            n = o.first_text(content)
            if n is not None:
                return len(self._tables) + n
        return None

    def _parts(self, parts: Sequence[o.Part]) -> Iterator[d.Paragraph]:
        for part in parts:
            text = self._write(part.content, keep_lines=True)
            for line in text.split("\n") if part.role.look is Look.BELOW_TITLE else [text]:
                if line:
                    yield d.Paragraph(part.role, runs(line), self._place(part.content))

    def _blocks(self, children: Sequence[o.Node]) -> Iterator[d.Block]:
        for child in children:
            if isinstance(child, o.Heading):
                yield self._heading(child)
            elif isinstance(child, o.Paragraph):
                yield self._paragraph(child)
            elif isinstance(child, o.Table):
                yield self._table(child)
            elif isinstance(child, o.IndicatorTable):
                yield self._indicator_table(child)
            elif isinstance(child, o.Figure):
                yield from self._figure(child)
            elif isinstance(child, o.Todo):
                yield from self._todo(child)
            elif isinstance(child, o.PageBreak):
                yield d.PageBreak()

    def _heading(self, child: o.Heading, *, run_in: bool = False) -> d.Heading:
        words = self._write(child.content)
        words = words + "。" if run_in and not is_ended(words) else words
        return d.Heading(child.level, child.label, runs(words), self._place(child.content))

    def _paragraph(self, child: o.Paragraph) -> d.Paragraph:
        words = runs(self._write(child.content))
        heading = self._heading(child.heading, run_in=True) if child.heading else None
        return d.Paragraph(Role.BODY, words, self._place(child.content), child.label, heading)

    def _todo(self, child: o.Todo) -> Iterator[d.Paragraph]:
        """Leave a visible blank; in a draft print the suggestion, if there is one."""
        place = self._place(child.suggestion)
        words = self._write(child.suggestion, keep_lines=True) if self._draft else ""
        for line in words.split("\n"):
            suggested = [run._replace(blank=True) for run in runs(line.strip())]
            yield d.Paragraph(Role.BODY, (_SUGGESTED, *suggested) if suggested else (_BLANK,), place, todo=True)

    def _table(self, table: o.Table) -> d.Table:
        header = [self._row(row) for row in table.header]
        rows = [self._row(row) for row in table.rows]
        if table.counter:
            header[0] = (d.Cell(runs(table.counter), down=len(header)), *header[0])
            rows = [(d.Cell(runs(str(number))), *row) for number, row in enumerate(rows, 1)]
        cells = chain.from_iterable((*table.header, *table.rows))
        place = self._place(table.caption, *(cell.content for cell in cells))
        label, caption = self._caption(table)
        note = self._note(table.note)
        return d.Table(
            caption, tuple(header), tuple(rows), table.widths, note, table.landscape, label, place, table.aligned
        )

    def _row(self, cells: Sequence[o.Cell]) -> tuple[d.Cell, ...]:
        return tuple([self._cell(cell) for cell in cells])

    def _cell(self, cell: o.Cell) -> d.Cell:
        words = runs(self._write(cell.content, keep_lines=True))
        return d.Cell(words, cell.across, cell.down, self._place(cell.content), self.inline.sample(cell.content))

    def _caption(self, node: o.Table | o.IndicatorTable | o.Figure) -> tuple[str, tuple[d.Run, ...]]:
        """Return label and words of a caption; one without words is not printed."""
        words = runs(self._write(node.caption))
        return (node.label, words) if words else ("", ())

    def _note(self, parts: o.Inline) -> tuple[d.Run, ...]:
        note = self._write(parts, keep_lines=True)
        return runs(note if note.startswith("注") or not note else f"注：{note}")

    def _indicator_table(self, node: o.IndicatorTable) -> d.Table:
        """Fill in the rows of 指标表: a group's name spans its row."""
        table = self._tables[node.n]
        if isinstance(table, TownshipTable):
            return self._township_table(node, table)
        self.has_indicator_tables = True
        if self._built.common is None or node.n >= len(self._built.common.tables) or self._built.redefined:
            self.shared = False
        header = (tuple(d.Cell(runs(column)) for column in table.columns),)
        rows: list[tuple[d.Cell, ...]] = []
        names = tuple(self._report.indicators)
        groups = table.listed.groups or ((None, names),)
        number = len(table.columns) * sum(len(members) for _, members in groups)
        self._figures.count_cells(number, self._tables[node.n].position)
        for group, members in groups:
            if group is not None:
                rows.append((d.Cell(runs(group.value), across=len(table.columns), place=node.n),))
            for member in members:
                rows.append(tuple(self._figure_cell(node.n, member, column) for column in table.columns))
        widths = tuple(float(width) for width in table.widths)
        label, caption = self._caption(node)
        note = self._note(node.note)
        return d.Table(caption, header, tuple(rows), widths, note, node.landscape, label, node.n, table.aligned)

    def _township_table(self, node: o.IndicatorTable, table: TownshipTable) -> d.Table:
        """Fill in the rows of 乡镇表; one with many columns lies on its side."""
        self.shared = False
        lines = self._figures.townships(table)
        made = [
            (line.in_header, tuple(d.Cell(runs(one.text), one.across, one.down, node.n) for one in line.cells))
            for line in lines
        ]
        header = tuple(cells for in_header, cells in made if in_header)
        rows = tuple(cells for in_header, cells in made if not in_header)
        landscape = table.is_landscape(sum(cell.across for cell in header[0]) if header else 0)
        widths = tuple(float(width) for width in table.widths)
        label, caption = self._caption(node)
        note = self._note(node.note)
        return d.Table(caption, header, rows, widths, note, landscape, label, node.n, table.aligned)

    def _figure_cell(self, table: int, member: Scalar | str, column: str) -> d.Cell:
        slot = FigureSlot(table, member, column)
        # Names and units are the base's, as the table is.
        fixed = column in ("指标", "单位")
        words = slot.filling(self._built, self._figures) if fixed else self.inline.open_slot(slot)
        self._figures.count(slots.fill(words, self.inline.fillings), self._tables[table].position)
        return d.Cell(runs(words), place=table, sample="" if fixed else sample_of(column))

    def _figure(self, node: o.Figure) -> Iterator[d.Figure]:
        """Read the pictures of a figure; each that cannot be shown is told."""
        pictures = tuple(self._pictures_of(node))
        label, caption = self._caption(node)
        if pictures:
            yield d.Figure(pictures, node.width, caption, label, self._place(*node.files), node.beside)

    def _pictures_of(self, node: o.Figure) -> Iterator[d.Picture]:
        for file in node.files:
            origin = o.first_text(file)
            assert origin is not None
            if self.inline.is_own(origin):
                self.shared = False
            try:
                yield self._within_limits(self._picture(self._texts[origin]), self._texts[origin])
            except HealthReportError as wrong:
                self.shared = False
                self.problems += wrong.diagnostics

    def _within_limits(self, picture: d.Picture, file: Text) -> d.Picture:
        """Return a picture that a file with all those before it can hold, each once."""
        if picture not in self._shown:
            self._shown.add(picture)
            self._bytes += len(picture.data)
        if self._bytes > MOST_BYTES:
            message = f"图片一共超过{MOST_BYTES // 1_000_000}MB。"
            raise error("too-large", message, file.position(), hint="请把图片缩小，或把报告分成几份。")
        return picture

    def _attachment_notes(self, attachments: Sequence[o.Attachment]) -> Iterator[d.Paragraph]:
        """附件：1.名称 after the body (GB/T 9704-2012, 7.3.4)."""
        for index, attachment in enumerate(attachments):
            number = f"{attachment.number}." if attachment.number else ""
            yield d.Paragraph(
                Role.ATTACHMENT_NOTE,
                runs(self._write(attachment.title)),
                self._place(attachment.title),
                "附件：" + number if index == 0 else number,
                indent="" if index == 0 else "附件：",
            )

    def _attachment(self, attachment: o.Attachment) -> d.Attachment:
        title = runs(self._write(attachment.title, keep_lines=True))
        blocks = tuple(self._blocks(attachment.children))
        place = self._place(attachment.title)
        return d.Attachment(f"附件{attachment.number}", title, blocks, attachment.landscape, place)
