"""One file in, one report out, tried before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport import pipeline
from healthreport.diagnostics import HealthReportError
from healthreport.importing import tree as writing
from healthreport.jobs.importing import comparing
from healthreport.reading import inherit, manuscripts
from healthreport.reading.reader import Reader
from healthreport.reading.yaml.dump import Comment, Dict, dump
from healthreport.recognising import structure
from healthreport.recognising.cleaning import cleaning, web
from healthreport.trees import draft as drafts
from healthreport.writing import plain

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.jobs.importing.comparing import Difference
    from healthreport.reading.resources import Resources
    from healthreport.recognising.cleaning.changes import Change, Kind
    from healthreport.trees.draft import Draft
    from healthreport.trees.manuscript import Manuscript

_ROUNDS = 4
_PICTURES = {"png", "jpg", "jpeg"}


class Options(NamedTuple):
    """What is said of all files alike."""

    genre: str = ""
    year: int | None = None
    figures: bool = False
    keep_numbers: bool = False
    keep: frozenset[Kind] = frozenset()


class Imported(NamedTuple):
    """A report as it came in: its file and pictures, what it is made of, what was cleaned, what prints otherwise."""

    text: str
    pictures: dict[Path, bytes]
    draft: Draft
    manuscript: Manuscript
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]


class _Written(NamedTuple):
    text: str
    pictures: dict[Path, bytes]


def read(source: Path, target: Path, options: Options, resources: Resources) -> Imported:
    """Return the report that a file becomes; it is tried in memory, and what printed otherwise is kept as text.

    Raises :class:`HealthReportError` when the file cannot be read.
    """
    manuscript = manuscripts.read(resources.reader.read_document(source), str(source))
    cleaned = cleaning.clean(manuscript, web.words(resources.reader), options.keep)
    literal: dict[int, Difference] = {}
    for _ in range(_ROUNDS):
        wanted = structure.Options(options.genre, options.year, options.keep_numbers, frozenset(literal))
        draft = structure.recognise(cleaned.manuscript, wanted, resources.reader)
        written = _write(draft, source, target)
        differing = _tried(cleaned.manuscript, draft, written, target, resources)
        if differing.keys() <= literal.keys():
            break
        literal |= differing
    return Imported(*written, draft, manuscript, cleaned.changes, tuple(differing.values()))


def _write(draft: Draft, source: Path, target: Path) -> _Written:
    """Return the text of a report, and its pictures under the names it gives them."""
    images = [image for image in drafts.images(draft) if image.suffix in _PICTURES]
    names = {image: f"{target.stem}-{number}.{image.suffix}" for number, image in enumerate(images, 1)}
    said: Dict = {Comment(f"由 {source.name} 导入，改好后用 healthreport render {target.name} 生成。"): "made"}
    tree = writing.Writing(names).tree(drafts.mapped(draft, writing.escaped), {})
    return _Written(dump(said | tree), {target.with_name(name): image.data for image, name in names.items()})


def _tried(
    manuscript: Manuscript, draft: Draft, written: _Written, target: Path, resources: Resources
) -> dict[int, Difference]:
    """Return the parts that do not print as they came in."""
    reader = Reader({target: written.text.encode(), **written.pictures})
    try:
        composed = pipeline.compose(inherit.load(target, reader), reader, resources, rules=())
    except HealthReportError as wrong:
        return comparing.unprintable(manuscript, written.text, wrong)
    printed = comparing.bare(plain.write(composed.document))
    return comparing.differences(manuscript, draft.left_out, printed)
