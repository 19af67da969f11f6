"""One file in, one report out, tried before it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from healthreport import pipeline
from healthreport.diagnostics import Diagnostic, HealthReportError, Severity
from healthreport.importing import summary
from healthreport.importing import tree as writing
from healthreport.importing.figures import with_figures
from healthreport.importing.summary import SHOWN, Summary
from healthreport.jobs.importing import comparing, faults
from healthreport.reading import inherit, manuscripts
from healthreport.reading.reader import Reader
from healthreport.reading.yaml.dump import Comment, Dict, dump
from healthreport.recognising import addressing, captioning, structure
from healthreport.recognising.cleaning import cleaning, web
from healthreport.recognising.figure_words import figure_words
from healthreport.trees import draft as drafts
from healthreport.trees.draft import Section
from healthreport.values import scalars
from healthreport.values.typed import typed
from healthreport.writing import plain

if TYPE_CHECKING:
    from healthreport.importing.figures import LeftAlone
    from healthreport.jobs.importing.comparing import Difference
    from healthreport.reading.resources import Resources
    from healthreport.recognising.cleaning.changes import Change, Kind
    from healthreport.trees.draft import Draft
    from healthreport.trees.manuscript import Image, Manuscript

_ROUNDS = 4


class Options(NamedTuple):
    """What is said of all files alike."""

    genre: str = ""
    year: int | None = None
    figures: bool = False
    keep_numbers: bool = False
    keep: frozenset[Kind] = frozenset()
    plans_too: bool = True
    """Numbers of the plans become indicators too: not where next year's report is made, which they are about."""


class Imported(NamedTuple):
    """A report as it came in: its file and pictures, what it is made of, what was cleaned, what prints otherwise.

    Of figures that were asked for ``left_alone`` are those that stayed text; ``why_no_figures`` says why all did.
    """

    text: str
    pictures: dict[Path, bytes]
    draft: Draft
    manuscript: Manuscript
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]
    left_alone: tuple[LeftAlone, ...] = ()
    indicators: int = 0
    why_no_figures: str = ""

    @property
    def summary(self) -> Summary:
        """All there is to say of it."""
        told = summary.of(self.draft, self.manuscript, self.changes)
        told = told._replace(indicators=self.indicators, left_alone=self.left_alone)
        return told._replace(why_no_figures=self.why_no_figures)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """That it is a draft; what prints otherwise than it came in, or not at all."""
        return (*manuscripts.warned_of(self.manuscript), *map(_prints_otherwise, self.differences))


def _prints_otherwise(found: Difference) -> Diagnostic:
    if found.why:
        message = f"这一段写成的 YAML 不能生成：{found.why.removesuffix('。')}。"
        return Diagnostic("cannot-print", message, found.place, hint="请先对照原文在 YAML 里改好这一段，再生成。")
    message = f"这一段印出来和原文不一样：{scalars.quoted(found.after)}。" if found.after else "这一段没有印出来。"
    return Diagnostic("prints-otherwise", message, found.place, Severity.WARNING, hint="请对照原文改这一段。")


class _Way(NamedTuple):
    """From where a report comes, and whereto it goes."""

    source: Path
    target: Path
    resources: Resources


class _Written(NamedTuple):
    text: str
    pictures: dict[Path, bytes]


def read(source: Path, target: Path, options: Options, resources: Resources) -> Imported:
    """Return the report that a file becomes; it is tried in memory, and what printed otherwise is kept as text.

    Raises :class:`HealthReportError` when the file cannot be read.
    """
    manuscript = manuscripts.read(resources.reader.read_document(source), str(source))
    cleaned = cleaning.clean(manuscript, web.words(resources.reader), options.keep)
    cleaned = addressing.completed(captioning.completed(cleaned, options.keep), resources.reader, options.keep)
    way = _Way(source, target, resources)
    draft, written, differing = _faithful(cleaned.manuscript, options, way)
    imported = Imported(*written, draft, manuscript, cleaned.changes, tuple(differing.values()))
    return (
        _with_figures(imported, cleaned.manuscript, way, plans_too=options.plans_too) if options.figures else imported
    )


def _faithful(manuscript: Manuscript, options: Options, way: _Way) -> tuple[Draft, _Written, dict[int, Difference]]:
    """Recognise, and recognise again without what printed otherwise, until nothing more does."""
    literal: dict[int, Difference] = {}
    made: list[tuple[Draft, _Written, dict[int, Difference]]] = []
    for _ in range(_ROUNDS):
        wanted = structure.Options(options.genre, options.year, options.keep_numbers, frozenset(literal))
        draft = structure.recognise(manuscript, wanted, way.resources.reader)
        written = _write(drafts.mapped(draft, writing.escaped), {}, way)
        differing = _tried(manuscript, written, way)
        made.append((draft, written, differing))
        if differing.keys() <= literal.keys():
            break
        literal |= differing
    # What cannot be printed either way is better left with its structure than without.
    return made[0 if any(one.why for one in differing.values()) else -1]


def _with_figures(imported: Imported, manuscript: Manuscript, way: _Way, *, plans_too: bool) -> Imported:
    """Return a report whose numbers are indicators; each was proved by itself, and here the whole is once more."""
    draft = drafts.mapped(imported.draft, writing.escaped)
    words = figure_words(way.resources.reader)
    try:
        figures = with_figures(draft if plans_too else _without_plans(draft), words)
    except HealthReportError as wrong:  # more than a report holds
        return imported._replace(why_no_figures=wrong.diagnostics[0].message)
    if not plans_too:
        figures = figures._replace(draft=_with_plans(figures.draft, draft))
    indicators: Dict = {name: {**keys} for name, keys in figures.indicators.items()}
    written = _write(figures.draft, indicators, way)
    differing = tuple(_tried(manuscript, written, way).values())
    if differing != imported.differences:
        why = next((one.why for one in differing if one.why), "做成后有的段落印得不一样。")
        return imported._replace(why_no_figures=why)
    return imported._replace(
        text=written.text,
        pictures=written.pictures,
        draft=figures.draft,
        left_alone=figures.left_alone,
        indicators=len(indicators),
    )


def _without_plans(draft: Draft) -> Draft:
    sections = tuple(
        one._replace(content=(), sections=(), closing=()) if _is_plan(one) else one for one in draft.sections
    )
    return draft._replace(plans=None, sections=sections)


def _with_plans(draft: Draft, whole: Draft) -> Draft:
    """Return a draft with the plans that were left out of it."""
    pairs = zip(draft.sections, whole.sections, strict=True)
    return draft._replace(plans=whole.plans, sections=tuple(old if _is_plan(old) else new for new, old in pairs))


def _is_plan(section: Section | str) -> TypeGuard[Section]:
    return isinstance(section, Section) and section.role == "计划"


def render_command(source: Path, target: Path) -> str:
    """Return the command that renders a report beside the Word file it came from, which is not written over."""
    own = target.with_suffix(".docx")
    other = f" -o {typed(own.with_stem(own.stem + '-新'))}" if own == source else ""
    return f"healthreport render {typed(target)}{other}"


def _write(draft: Draft, indicators: Dict, way: _Way) -> _Written:
    """Return the text of a report, and its pictures under the names it gives them: what is shown again is one file."""
    files: dict[tuple[bytes, str], str] = {}
    names: dict[Image, str] = {}
    for image in drafts.images(draft):
        if image.suffix in SHOWN:
            name = f"{way.target.stem}-{len(files) + 1}.{image.suffix}"
            names[image] = files.setdefault((image.data, image.suffix), name)
    command = render_command(Path(way.source.name), Path(way.target.name))
    note = f"由“{way.source.name}”导入；核对、改好后，用 {command} 生成。"
    tree = writing.Writing(names).tree(draft, indicators)
    text = dump({Comment(note): "", **tree})
    return _Written(text, {way.target.with_name(name): data for (data, _), name in files.items()})


def _tried(manuscript: Manuscript, written: _Written, way: _Way) -> dict[int, Difference]:
    """Return the parts that do not print as they came in."""
    reader = Reader({way.target: written.text.encode(), **written.pictures})
    names = {data: path.name for path, data in written.pictures.items()}
    try:
        composed = pipeline.compose(inherit.load(way.target, reader), reader, way.resources, rules=())
    except HealthReportError as wrong:
        return faults.parts(manuscript, written.text, names, wrong)
    printed = comparing.bare(plain.write(composed.document))
    return comparing.differences(manuscript, printed)
