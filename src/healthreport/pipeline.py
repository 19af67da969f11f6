"""The line from a file to a document, as a few pure functions.

source → Node → model → Report → templating → markup → Outline → numbering → Outline with labels
→ resolve (+ figures) → Document → docx | plain → bytes
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from healthreport import markup, model, numbering, resolve, source, templating
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, error
from healthreport.model import references
from healthreport.model.shape import Shape
from healthreport.resources import GENRES, LAYOUTS

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.document import Document
    from healthreport.files import Reader
    from healthreport.layout import Layout
    from healthreport.nodes import Mapping
    from healthreport.outline import Outline
    from healthreport.resources import Resources

DEFAULT_LAYOUT = "gbt9704"


class Composed(NamedTuple):
    """A document, the layout its report asks for (if any), and the warnings on the way."""

    document: Document
    layout: Path
    warnings: tuple[Diagnostic, ...]


def compose(path: Path, reader: Reader, resources: Resources, *, layout: str = "", draft: bool = False) -> Composed:
    """Read a report and return its document. Raises :class:`HealthReportError` with all its mistakes."""
    root = source.parse(reader.read(path))
    report, texts = model.build(root)
    try:
        layout_file = _layout_file(report, root, resources, layout)
        outline = _structure(report, texts, root, resources)
    except HealthReportError as wrong:
        raise HealthReportError([*wrong.diagnostics, *references.unreadable(texts, model.known_names())]) from None
    document, warnings = resolve.resolve(report, outline, texts, draft=draft)
    return Composed(document, layout_file, tuple(warnings))


def _layout_file(report: model.Report, root: Mapping, resources: Resources, option: str) -> Path:
    """Return the layout's file: the command line's, the report's, or the default."""
    name = option or report.layout or DEFAULT_LAYOUT
    return resources.require(LAYOUTS, name, "版式", Position("--layout") if option else _place(root, "版式"))


def docx(document: Document, layout: Layout, resources: Resources, digest: str) -> bytes:
    """Return a document as a Word file."""
    from healthreport.docx import package

    return package.write(document, layout, resources.words(), digest)


def _structure(report: model.Report, texts: tuple[model.Text, ...], root: Mapping, resources: Resources) -> Outline:
    resources.require(GENRES, report.genre, "体裁", _place(root, "体裁"))
    try:
        return _outline(Shape(report), resources)
    except templating.MissingFieldError as missing:
        place, hint = root.position(), f"请补上“{missing.key}: …”。"
        raise error("missing-key", f"缺少“{missing.key}”。", place, hint=hint) from None
    except numbering.NumberingError as wrong:
        place = root.position() if wrong.text is None else texts[wrong.text].position()
        hint = "请减少层级，或换一种编号样式。"
        raise error(wrong.id, wrong.message + "。", place, hint=hint) from None


@lru_cache(maxsize=256)
def _outline(shape: Shape, resources: Resources) -> Outline:
    """Make the labelled outline of all reports of one shape."""
    template = f"genres/{shape.report.genre}.xml.j2"
    try:
        return numbering.number(markup.parse(templating.render(shape.report, resources, template)))
    except markup.MarkupError as wrong:
        raise error("template-markup", f"{wrong}。", Position(resources.template(template).name)) from None


def _place(root: Mapping, key: str) -> Position:
    """Return the place of a key's value, or of the file's first key."""
    value = root.get(key)
    return value.position() if value is not None else root.position()
