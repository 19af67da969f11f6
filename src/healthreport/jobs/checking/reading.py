"""One file in, what rules look at out: a report composed in memory, or the passages of a Word file or a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking import manuscripts as passages
from healthreport.checking.known import known
from healthreport.checking.subject import Subject
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity
from healthreport.disk.read import is_yaml
from healthreport.reading import manuscripts
from healthreport.trees.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from healthreport.reading.resources import Resources


class Looked(NamedTuple):
    """A file as rules see it; ``told`` is said of it before any rule looks, ``read`` is how its sheets were read."""

    source: str
    subject: Subject
    told: tuple[Diagnostic, ...] = ()
    is_word: bool = False
    read: tuple[Diagnostic, ...] = ()

    def paragraphs(self, found: Iterable[Diagnostic]) -> dict[int, str]:
        """Return the paragraphs of a Word file that findings are in, by number."""
        places = (at for one in found for at in (one.position, *(other.position for other in one.related)))
        wanted = {at.line for at in places if at.file == self.source}
        shown: dict[int, str] = {}
        for passage in self.subject.passages:
            place = self.subject.places[passage.written[0]].position()
            if place.line in wanted:
                shown[place.line] = shown.get(place.line, "").ljust(place.column - 1) + passage.text
        return shown


_INCOMPLETE = "missing-key"


def read(path: Path, resources: Resources, root: Path | None = None) -> Looked:
    """Read a report, a Word file or a text; a gap of a report does not stop it.

    Raises :class:`HealthReportError` with what is wrong with the file.
    """
    if is_yaml(path.name):
        return _report(path, resources, root)
    manuscript = manuscripts.read(resources.reader.read_document(path), str(path))
    read = passages.read(manuscript)
    subject = Subject(Document("", ()), places=read.places, known=known(resources), read=read.passages)
    return Looked(str(path), subject, manuscripts.warned_of(manuscript), is_word=manuscript.kind == "word")


def _report(path: Path, resources: Resources, root: Path | None) -> Looked:
    """Compose a report in memory as it prints, with blanks for gaps.

    A base that is no report by itself is looked at with those on it.
    """
    from healthreport import pipeline  # a text needs none of them, and starts in half the time
    from healthreport.jobs.looking_on.everything import everything
    from healthreport.reading import inherit
    from healthreport.townships.of_sheet import READ

    try:
        inherited = inherit.load(path, resources.reader, root)
        composed = pipeline.compose(inherited, resources.reader, resources, draft=True, blank_clauses=False, rules=())
    except HealthReportError as wrong:
        if all(one.id == _INCOMPLETE for one in wrong.diagnostics) and _is_base(path, resources):
            message = "这是别的报告继承的底稿，自己不成一份，这次没有单独检查。"
            note = Diagnostic("bare-base", message, Position(str(path)), Severity.NOTE, "请检查继承它的报告。")
            return Looked(str(path), Subject(Document("", ()), known=known(resources), read=()), (note,))
        raise everything(wrong, path, resources, root=root, draft=True) from None
    # Notes say how a report was read and what was left out of it: nothing to be mended. How a sheet was read is said.
    told = tuple([one for one in composed.warnings if one.severity is not Severity.NOTE])
    read = tuple([one for one in composed.warnings if one.id == READ])
    return Looked(str(path), composed.subject, told, read=read)


def _is_base(path: Path, resources: Resources) -> bool:
    """Say whether a report beside it, or in a folder beside it, inherits a file."""
    from healthreport.reading.uses import used_by

    reader = resources.reader
    own = reader.real(path)
    near = (one for pattern in ("*", "*/*") for one in sorted(path.parent.glob(pattern)) if is_yaml(one.name))
    return any(own in used_by(one, reader) for one in near)
