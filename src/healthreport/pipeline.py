"""The line from a file to a document, as a few pure functions.

    source → Node → model → Report → templating → markup → Outline → numbering → Outline with labels
    → resolve (+ figures) → Document → docx | plain → bytes
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from healthreport import markup, model, numbering, resolve, source, templating
from healthreport.diagnostics import Diagnostic, Position, error
from healthreport.model.shape import Shape
from healthreport.resources import GENRES, LAYOUTS

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.document import Document
    from healthreport.files import Reader
    from healthreport.layout import Layout
    from healthreport.outline import Outline
    from healthreport.resources import Resources

DEFAULT_LAYOUT = "gbt9704"


@dataclass(frozen=True, slots=True)
class Composed:
    """A document, the layout its report asks for (if any), and the warnings on the way."""

    document: Document
    layout: Path
    warnings: tuple[Diagnostic, ...]


def compose(path: Path, reader: Reader, resources: Resources, *, layout: str = "", draft: bool = False) -> Composed:
    """Read a report and return its document. Raises :class:`HealthReportError` with all its mistakes."""
    root = source.parse(reader.read(path))
    report, texts = model.build(root)
    resources.require(GENRES, report.genre, "体裁", _place(root, "体裁"))
    chosen = layout or report.layout or DEFAULT_LAYOUT
    place = Position("--layout") if layout else _place(root, "版式")
    layout_file = resources.require(LAYOUTS, chosen, "版式", place)
    outline = _structure(report, texts, root, resources)
    document, warnings = resolve.resolve(report, outline, texts, draft=draft)
    return Composed(document, layout_file, tuple(warnings))


def docx(document: Document, layout: Layout, resources: Resources, digest: str) -> bytes:
    """Return a document as a Word file."""
    from healthreport.docx import package

    return package.write(document, layout, resources.words(), digest)


def _structure(report: model.Report, texts: tuple[model.Text, ...], root: source.Mapping, resources: Resources) -> Outline:
    try:
        return _outline(Shape(report), resources)
    except templating.MissingField as missing:
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


def _place(root: source.Mapping, key: str) -> Position:
    """Return the place of a key's value, or of the file's first key."""
    value = root.get(key)
    return value.position() if value is not None else root.position()


