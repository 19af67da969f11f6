"""One file in, what rules look at out: a report composed in memory, or the passages of a Word file or a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport import pipeline
from healthreport.checking import manuscripts as passages
from healthreport.checking.known import known
from healthreport.checking.subject import Subject
from healthreport.reading import inherit, manuscripts
from healthreport.trees.document import Document

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.diagnostics import Diagnostic, Position
    from healthreport.reading.resources import Resources

REPORTS = (".yaml", ".yml")


class Looked(NamedTuple):
    """A file as rules see it; ``told`` is what is said of it before any rule of texts looks."""

    source: str
    subject: Subject
    told: tuple[Diagnostic, ...] = ()
    is_word: bool = False

    def line(self, position: Position) -> str:
        """Return the words of a paragraph of a Word file; it has no lines to be read again."""
        return self._paragraphs().get(position.line, "")

    def _paragraphs(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for passage in self.subject.passages:
            place = self.subject.places[passage.written[0]].position()
            found[place.line] = found.get(place.line, "").ljust(place.column - 1) + passage.text
        return found


def read(path: Path, resources: Resources, root: Path | None = None) -> Looked:
    """Read a report, a Word file or a text; a gap of a report does not stop it.

    Raises :class:`HealthReportError` with what is wrong with the file.
    """
    if path.suffix.lower() in REPORTS:
        inherited = inherit.load(path, resources.reader, root)
        composed = pipeline.compose(inherited, resources.reader, resources, draft=True)
        return Looked(str(path), composed.subject, composed.warnings)
    manuscript = manuscripts.read(resources.reader.read_document(path), str(path))
    read = passages.read(manuscript)
    subject = Subject(Document("", ()), places=read.places, known=known(resources), read=read.passages)
    return Looked(str(path), subject, is_word=manuscript.kind == "word")
