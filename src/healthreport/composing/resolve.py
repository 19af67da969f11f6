"""Outline + figures → Document: references become words or slots, points and items get their marks.

Everything inline lowers to one string; only a gap left by ``--draft`` and a run-in heading split it
into runs. What a report says itself, its figures above all, is left open as a slot, so reports of one
shape on one base share the document. Words that would change more than themselves stand in it as
they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.composing.reuse import patterns
from healthreport.composing.reuse.patterns import ExpressionSlot, FigureSlot, TextSlot
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity
from healthreport.figures.texts import GAP, Figures
from healthreport.model.build import Built, Code, Text
from healthreport.trees import document as d
from healthreport.trees import outline as o
from healthreport.trees import slots
from healthreport.trees.end_marks import is_ended
from healthreport.values import scalars

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from healthreport.composing.reuse.patterns import Forms, Slot
    from healthreport.reading.yaml.nodes import Scalar

_BLANK = d.Run("\u3000" * 8, blank=True)
# No-break spaces: a mark after the gap may not begin the next line.
_NARROW_BLANK = d.Run("\xa0" * 6, blank=True)


class Resolved(NamedTuple):
    """A document, the words for its slots, and the warnings."""

    form: d.Document
    words: tuple[str, ...]
    warnings: list[Diagnostic]


def resolve(
    built: Built,
    outline: o.Outline,
    picture: Callable[[Text], d.Picture],
    *,
    draft: bool = False,
    forms: Forms | None = None,
) -> Resolved:
    """Return the document of a report; ``picture`` reads the picture a text names.

    ``forms`` holds what was made for other reports of the same shape on the same base. Raises
    :class:`HealthReportError` with every expression that has no value; with ``draft`` each leaves a
    visible gap and a warning instead.
    """
    figures = Figures(built, draft=draft)
    known = forms.find(built, figures) if forms else None
    resolver = _Resolver(built, figures, picture, draft=draft)
    document, words = known or (resolver.document(outline), tuple(resolver.words))
    figures.check_formulas()
    if any(problem.severity is Severity.ERROR for problem in figures.problems):
        raise HealthReportError(figures.problems)
    if forms and not known and resolver.shared and not figures.problems:  # what is wrong is told to each
        forms.keep(document, resolver.slots, words, has_indicator_tables=resolver.has_indicator_tables)
    return Resolved(document, words, figures.problems)


def _is_flag(text: str) -> bool:
    try:
        return scalars.read_bool(text)
    except ValueError:
        return False


class _Resolver:
    def __init__(self, built: Built, figures: Figures, picture: Callable[[Text], d.Picture], *, draft: bool) -> None:
        self.slots: list[Slot] = []
        self.words: list[str] = []
        self.shared = built.common is not None
        self.has_indicator_tables = False
        self._built = built
        self._report = built.report
        self._texts = built.texts
        self._own_from = len(built.common.texts) if built.common else len(built.texts)
        self._tables = built.tables
        self._picture = picture
        self._draft = draft
        self._figures = figures
        self._known: dict[str | int, str] = {}
        self._section: o.Inline = ()

    def _open(self, slot: Slot) -> str:
        """Return a new slot, or the words themselves where the document depends on them."""
        words = slot.words(self._built, self._figures)
        number = len(self.slots)
        self.slots.append(slot)
        self.words.append(words)
        kind = patterns.kind(words)
        return words if kind not in ("", slots.ENDED) else slots.slot(number, ended=bool(kind))

    def _words(self, n: int) -> str:
        """Return a text, its expressions and what is the report's own as slots."""
        if n >= self._own_from:
            if n not in self._known:
                self._known[n] = self._open(TextSlot(n))
            return self._known[n]
        segments = self._texts[n].segments
        if len(segments) == 1 and isinstance(segments[0], str):
            return segments[0]
        return "".join([one if isinstance(one, str) else self._expression(n, one) for one in segments]).strip()

    def _expression(self, n: int, code: Code) -> str:
        """Return the slot of an expression; one that has failed fails, and is told, at every place."""
        known = self._known.get(code.text)
        if known is None:
            known = self._known[code.text] = self._open(ExpressionSlot(n, code))
        elif GAP in known:
            self._figures.value_of(self._texts[n], code)
        return known

    def document(self, outline: o.Outline) -> d.Document:
        opening = (
            (d.Role.TITLE, outline.title),
            (d.Role.SUBTITLE, outline.subtitle),
            (d.Role.SPEAKER, outline.speaker),
            (d.Role.RECIPIENT, outline.recipient),
            (d.Role.SALUTATION, outline.salutation),
        )
        blocks: list[d.Block] = [paragraph for role, parts in opening for paragraph in self._opening(role, parts)]
        title = (
            "".join(run.text for run in blocks[0].runs) if outline.title and isinstance(blocks[0], d.Paragraph) else ""
        )
        blocks += self._blocks(outline.children)
        blocks += self._attachment_notes(outline.attachments)
        organisation, date = self._inline(outline.organisation, keep_lines=True), self._inline(outline.date)
        if organisation or date:
            blocks.append(d.Signature(organisation, date))
        if outline.note:
            note = self._inline(outline.note)
            blocks.append(d.Paragraph(d.Role.NOTE, _runs(note if note.startswith(("（", "(")) else f"（{note}）")))
        attachments = tuple(self._attachment(attachment) for attachment in outline.attachments)
        author = self._words(self._report.org.n) if self._report.org else ""
        day = self._report.date.isoformat() if self._report.date else ""
        return d.Document(title.replace("\n", ""), tuple(blocks), attachments, author, day)

    def _opening(self, role: d.Role, parts: o.Inline) -> Iterator[d.Paragraph]:
        text = self._inline(parts, keep_lines=True)
        if text:
            yield d.Paragraph(role, _runs(text), self._origin(parts))

    def _blocks(self, children: Sequence[o.Node]) -> Iterator[d.Block]:
        for child in children:
            if isinstance(child, o.Heading):
                self._section = child.content
                words = child.label + self._inline(child.content)
                yield d.Heading(child.level, _runs(words, child.level), self._origin(child.content))
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

    def _paragraph(self, child: o.Paragraph) -> d.Paragraph:
        runs = _runs(child.label + self._inline(child.content))
        if child.heading:
            self._section = child.heading.content
            words = child.heading.label + self._inline(child.heading.content)
            runs = (*_runs(words if is_ended(words) else words + "。", child.heading.level), *runs)
        return d.Paragraph(d.Role.BODY, runs, self._origin(child.heading.content if child.heading else child.content))

    def _todo(self, child: o.Todo) -> Iterator[d.Paragraph]:
        """Leave a visible blank; in a draft print the suggestion, if there is one."""
        origin = self._origin(child.suggestion)
        title = self._inline(self._section)
        about = f"“{slots.fill(title, self.words)}”" if title else "这里"
        message = f"{about}还没有写（待补），留了空白。"
        text = None if origin is None else self._texts[origin]
        place = text.position() if text else Position("")
        self._figures.problems.append(
            Diagnostic("todo", message, place, Severity.WARNING, hint="写好后请删去“待补”一行。")
        )
        suggested = self._draft and text is not None and not _is_flag(str(text))
        for line in self._inline(child.suggestion, keep_lines=True).split("\n") if suggested else [""]:
            yield d.Paragraph(d.Role.BODY, _runs(line.strip()) or (_BLANK,))

    def _table(self, table: o.Table) -> d.Table:
        header = [self._row(row) for row in table.header]
        rows = [self._row(row) for row in table.rows]
        if table.counter:
            header[0] = (d.Cell(_runs(table.counter), down=len(header)), *header[0])
            rows = [(d.Cell(_runs(str(number))), *row) for number, row in enumerate(rows, 1)]
        caption, note = self._caption(table), self._note(table.note)
        return d.Table(caption, tuple(header), tuple(rows), table.widths, note, table.landscape)

    def _row(self, cells: Sequence[o.Cell]) -> tuple[d.Cell, ...]:
        return tuple([d.Cell(_runs(self._inline(one.content, keep_lines=True)), one.across, one.down) for one in cells])

    def _caption(self, node: o.Table | o.IndicatorTable | o.Figure) -> tuple[d.Run, ...]:
        words = self._inline(node.caption)
        return _runs(f"{node.label}\u3000{words}") if words else ()

    def _note(self, parts: o.Inline) -> tuple[d.Run, ...]:
        note = self._inline(parts)
        return _runs(note if note.startswith("注") or not note else f"注：{note}")

    def _indicator_table(self, node: o.IndicatorTable) -> d.Table:
        """Fill in the rows of 指标表: a group's name spans its row."""
        table = self._tables[node.n]
        self.has_indicator_tables = True
        if self._built.common is None or node.n >= len(self._built.common.tables) or self._built.redefined:
            self.shared = False
        header = (tuple(d.Cell(_runs(column)) for column in table.columns),)
        rows: list[tuple[d.Cell, ...]] = []
        names = tuple(self._report.indicators)
        for group, members in table.groups or ((None, names),):
            if group is not None:
                rows.append((d.Cell(_runs(group.value), across=len(table.columns)),))
            for member in members:
                rows.append(tuple(d.Cell(_runs(self._figure_cell(node.n, member, column))) for column in table.columns))
        widths = tuple(float(width) for width in table.widths)
        return d.Table(self._caption(node), header, tuple(rows), widths, self._note(node.note), node.landscape)

    def _figure_cell(self, table: int, member: Scalar | str, column: str) -> str:
        slot = FigureSlot(table, member, column)
        # Names and units are the base's, as the table is.
        return slot.words(self._built, self._figures) if column in ("指标", "单位") else self._open(slot)

    def _figure(self, node: o.Figure) -> Iterator[d.Figure]:
        origin = self._origin(node.file)
        assert origin is not None
        if origin >= self._own_from:
            self.shared = False
        try:
            yield d.Figure(self._picture(self._texts[origin]), node.width, self._caption(node))
        except HealthReportError as wrong:
            self._figures.problems.extend(wrong.diagnostics)

    def _attachment_notes(self, attachments: Sequence[o.Attachment]) -> Iterator[d.Paragraph]:
        """附件：1.名称 after the body (GB/T 9704-2012, 7.3.4)."""
        for index, attachment in enumerate(attachments):
            number = f"{attachment.label}." if attachment.label else ""
            lead = "附件：" + number if index == 0 else number
            yield d.Paragraph(
                d.Role.ATTACHMENT_NOTE,
                _runs(lead + self._inline(attachment.title)),
                self._origin(attachment.title),
                hanging=lead,
                indent="" if index == 0 else "附件：",
            )

    def _attachment(self, attachment: o.Attachment) -> d.Attachment:
        origin = self._origin(attachment.title)
        title = self._inline(attachment.title, keep_lines=True)
        self._section = attachment.title
        blocks = (
            d.Paragraph(d.Role.ATTACHMENT_LABEL, _runs(f"附件{attachment.label}")),
            d.Paragraph(d.Role.ATTACHMENT_TITLE, _runs(title), origin),
            *self._blocks(attachment.children),
        )
        return d.Attachment(blocks, attachment.landscape)

    def _inline(self, parts: o.Inline, *, keep_lines: bool = False) -> str:
        out = [self._part(part, keep_lines) for part in parts]
        return out[0] if len(out) == 1 else "".join(out)

    def _part(self, part: str | o.Ref | o.Ended | o.PointRun, keep_lines: bool) -> str:
        if isinstance(part, o.Ref):
            words = self._words(part.n)
            return words if keep_lines or "\n" not in words else words.replace("\n", "")
        if isinstance(part, str):
            return part
        if isinstance(part, o.Ended):
            words = self._inline(part.parts)
            return words if is_ended(words) else words + part.mark
        return self._points(part, "。")

    def _points(self, run: o.PointRun, last: str) -> str:
        """一是…；二是…。 — a point keeps its mark; one without takes ``；``, the last takes ``last``."""
        out = ""
        final = len(run.points) - 1
        for index, (label, point) in enumerate(zip(run.labels, run.points, strict=True)):
            mark = last if index == final else "；"
            tail = point[-1]
            if isinstance(tail, o.PointRun):
                out += label + self._inline(point[:-1]) + self._points(tail, mark)
            else:
                words = self._inline(point)
                out += label + (words if is_ended(words) else words + mark)
        return out

    def _origin(self, parts: o.Inline) -> int | None:
        first = parts[0] if parts else None
        if isinstance(first, o.Ended):
            return self._origin(first.parts)
        return first.n if isinstance(first, o.Ref) else None


def _runs(text: str, heading: int = 0) -> tuple[d.Run, ...]:
    """Split a string at its gaps."""
    if GAP not in text:
        return (d.Run(text, heading),) if text else ()
    runs: list[d.Run] = []
    for index, part in enumerate(text.split(GAP)):
        if index:
            runs.append(_NARROW_BLANK)
        if part:
            runs.append(d.Run(part, heading))
    return tuple(runs)
