"""Outline + words → Document: references become text, points and items get their marks.

Everything inline lowers to one string; only a gap left by ``--draft`` and a run-in heading split it
into runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport import document as d
from healthreport import outline as o
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity
from healthreport.expressions import ExpressionError
from healthreport.figures import Figures
from healthreport.model import Code, Report, Text, references

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

END_MARKS = "。！？；：，…!?;:,"
_CLOSERS = "”’）)》〉】］]」』\"'"
# Stands for a gap inside a string; a noncharacter, which no input may hold.
_GAP = "\ufdd0"
_BLANK = d.Run("\u3000" * 8, blank=True)
_NARROW_BLANK = d.Run("\u3000" * 3, blank=True)


def resolve(
    report: Report, outline: o.Outline, texts: Sequence[Text], *, draft: bool = False
) -> tuple[d.Document, list[Diagnostic]]:
    """Return the document and its warnings.

    Raises :class:`HealthReportError` with every expression that has no value; with ``draft`` each
    leaves a visible gap and a warning instead.
    """
    resolver = _Resolver(report, texts, draft=draft)
    result = resolver.document(outline)
    if any(problem.severity is Severity.ERROR for problem in resolver.problems):
        raise HealthReportError(resolver.problems)
    return result, resolver.problems


def is_ended(text: str) -> bool:
    """Say whether a text ends in a mark, also before a closing quote or bracket."""
    return text.rstrip(_CLOSERS).endswith(tuple(END_MARKS))


class _Resolver:
    def __init__(self, report: Report, texts: Sequence[Text], *, draft: bool) -> None:
        self.problems: list[Diagnostic] = []
        self._report = report
        self._texts = texts
        self._draft = draft
        self._figures = Figures(report, self._field)
        self._resolving: list[int] = []
        self._section: tuple[str, Position] = ("", Position(""))

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
        author = self._words(self._report.org) if self._report.org else ""
        day = self._report.date.isoformat() if self._report.date else ""
        return d.Document(title.replace("\n", ""), tuple(blocks), attachments, author, day)

    def _opening(self, role: d.Role, parts: o.Inline) -> Iterator[d.Paragraph]:
        text = self._inline(parts, keep_lines=True)
        if text:
            yield d.Paragraph(role, _runs(text), self._origin(parts))

    def _blocks(self, children: Sequence[o.Node]) -> Iterator[d.Block]:
        for child in children:
            if isinstance(child, o.Heading):
                self._enter(child)
                words = child.label + self._inline(child.content)
                yield d.Heading(child.level, _runs(words, child.level), self._origin(child.content))
            elif isinstance(child, o.Paragraph):
                yield self._paragraph(child)
            elif isinstance(child, o.Table):
                yield self._table(child)
            elif isinstance(child, o.Todo):
                yield from self._todo(child)
            elif isinstance(child, o.PageBreak):
                yield d.PageBreak()

    def _enter(self, heading: o.Heading) -> None:
        origin = self._origin(heading.content)
        if origin:
            self._section = (self._inline(heading.content), origin.position())

    def _paragraph(self, child: o.Paragraph) -> d.Paragraph:
        runs = _runs(child.label + self._inline(child.content))
        if child.heading:
            self._enter(child.heading)
            words = child.heading.label + self._inline(child.heading.content)
            runs = (*_runs(words if is_ended(words) else words + "。", child.heading.level), *runs)
        return d.Paragraph(d.Role.BODY, runs, self._origin(child.heading.content if child.heading else child.content))

    def _todo(self, child: o.Todo) -> Iterator[d.Paragraph]:
        title, place = self._section
        self.problems.append(
            Diagnostic(
                "todo",
                f"“{title}”还没有写（待补），留了空白。",
                place,
                Severity.WARNING,
                hint="写好后请删去“待补”一行。",
            )
        )
        suggestion = self._inline(child.suggestion, keep_lines=True) if self._draft else ""
        for line in suggestion.split("\n"):
            yield d.Paragraph(d.Role.BODY, _runs(line.strip()) if line.strip() else (_BLANK,))

    def _table(self, table: o.Table) -> d.Table:
        header = [_runs(self._inline(cell, keep_lines=True)) for cell in table.header]
        rows = [[_runs(self._inline(cell, keep_lines=True)) for cell in row] for row in table.rows]
        if table.counter:
            header.insert(0, _runs(table.counter))
            rows = [[_runs(str(number)), *row] for number, row in enumerate(rows, 1)]
        note = self._inline(table.note)
        return d.Table(
            caption=_runs(self._inline(table.caption)),
            header=tuple(header),
            rows=tuple(tuple(row) for row in rows),
            widths=table.widths,
            note=_runs(note if note.startswith("注") or not note else f"注：{note}"),
        )

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
        if origin:
            self._section = (title, origin.position())
        blocks = (
            d.Paragraph(d.Role.ATTACHMENT_LABEL, _runs(f"附件{attachment.label}")),
            d.Paragraph(d.Role.ATTACHMENT_TITLE, _runs(title), origin),
            *self._blocks(attachment.children),
        )
        return d.Attachment(blocks, attachment.landscape)

    def _inline(self, parts: o.Inline, *, keep_lines: bool = False) -> str:
        out = ""
        for part in parts:
            if isinstance(part, str):
                out += part
            elif isinstance(part, o.Ref):
                words = self._words(self._texts[part.n])
                out += words if keep_lines or "\n" not in words else words.replace("\n", "")
            elif isinstance(part, o.Ended):
                words = self._inline(part.parts)
                out += words if is_ended(words) else words + part.mark
            else:
                out += self._points(part, "。")
        return out

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

    def _words(self, text: Text) -> str:
        """Return a text with its expressions evaluated."""
        segments = text.segments
        if len(segments) == 1 and isinstance(segments[0], str):
            return segments[0]
        return "".join(one if isinstance(one, str) else self._value(text, one) for one in segments).strip()

    def _value(self, text: Text, code: Code) -> str:
        try:
            return self._figures.write(code.text)
        except ExpressionError as wrong:
            self._report_expression(text, code, wrong)
            return _GAP

    def _field(self, text: Text) -> str:
        """Return the words of a report field that an expression names."""
        if text.n in self._resolving:
            raise ExpressionError("cycle", "这里绕回了自己", 0, 0)
        self._resolving.append(text.n)
        try:
            return self._words(text)
        finally:
            self._resolving.pop()

    def _report_expression(self, text: Text, code: Code, wrong: ExpressionError) -> None:
        severity = Severity.WARNING if self._draft else Severity.ERROR
        problem = references.diagnose(text, code, wrong, self._figures.names, severity)
        if problem not in self.problems:
            self.problems.append(problem)

    def _origin(self, parts: o.Inline) -> Text | None:
        first = parts[0] if parts else None
        if isinstance(first, o.Ended):
            return self._origin(first.parts)
        return self._texts[first.n] if isinstance(first, o.Ref) else None


def _runs(text: str, heading: int = 0) -> tuple[d.Run, ...]:
    """Split a string at its gaps."""
    if _GAP not in text:
        return (d.Run(text, heading),) if text else ()
    runs: list[d.Run] = []
    for index, part in enumerate(text.split(_GAP)):
        if index:
            runs.append(_NARROW_BLANK)
        if part:
            runs.append(d.Run(part, heading))
    return tuple(runs)
