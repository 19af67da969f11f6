"""One township looked at: what it sent, what of it is missing, how long its document is, what rules tell of it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from healthreport import pipeline
from healthreport.checking.rules.report.blanks import BLANK
from healthreport.checking.rules.report.every import RULES
from healthreport.checking.rules.report.gaps import GAP
from healthreport.checking.rules.report.todo import TODO
from healthreport.diagnostics import HealthReportError, Position, Severity
from healthreport.figures.texts import Figures
from healthreport.jobs.looking_on.everything import everything
from healthreport.jobs.overview import asked as asking
from healthreport.jobs.producing import sieve
from healthreport.model import references
from healthreport.model.build import build
from healthreport.model.fields import of_text
from healthreport.model.own_words import WORDS
from healthreport.model.report import Report
from healthreport.reading import inherit
from healthreport.reading.kept import Kept
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.townships import of_files
from healthreport.trees import slots
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Derived, Name
from healthreport.values.quantities import PLAIN
from healthreport.writing import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from healthreport.checking.subject import Subject
    from healthreport.diagnostics import Diagnostic
    from healthreport.jobs.batch.planning import Table
    from healthreport.jobs.overview.asked import Lacks
    from healthreport.model.build import Built
    from healthreport.reading.base import Base
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.resources import Resources
    from healthreport.trees.document import Document

_ORG, _VALUE, _PARTS = "单位", "数值", "分项"
_FIGURES = (_VALUE, "区间", "公式")
_TEXT = frozenset(of_text(Report))
# A gap is counted, and neither a mistake nor a finding.
_MISSING = "missing-value"
_RULES = tuple([rule for rule in RULES if rule is not GAP])
_COUNTED = (TODO.id, BLANK.id)
# What is told of numbers concerns who gave them, be it told where a base computes with them.
_OF_NUMBERS = frozenset([rule.id for rule in _RULES if not rule.shared])


class State(Enum):
    """How far a township is: the word that people read, under the one for programs."""

    ABSENT = "未报"
    UNREADABLE = "读不了"
    MISTAKEN = "有错"
    INCOMPLETE = "不全"
    COMPLETE = "齐全"


class Sent(NamedTuple):
    """What a township sent.

    ``called`` are its name and what else a list may call it; a file that is no township's has no state. ``lacks`` are
    not known of who sent nothing, or what is too wrong to say; ``todo`` (待补), ``characters`` and ``findings`` (the
    warnings that concern this township) not without a document. ``mistakes`` keep that from being made. ``shared`` are
    warnings of the base, which all on it share.
    """

    called: tuple[str, ...]
    place: Position
    state: State | None
    lacks: Lacks | None = None
    todo: int | None = None
    characters: int | None = None
    findings: int | None = None
    mistakes: tuple[Diagnostic, ...] = ()
    shared: tuple[Diagnostic, ...] = ()

    @property
    def source(self) -> str:
        """The file it came in, of a sheet the cell of its name."""
        return str(self.place) if self.place.cell else self.place.file


class Looker:
    """Looks at townships one after the other; ``county`` is the report that asks them for figures, if one does."""

    def __init__(self, resources: Resources, county: Base | None, root: Path | None) -> None:
        self._resources = resources
        self._county = county
        self._root = root

    def at_file(self, path: Path) -> Sent:
        """Look at a township's file."""
        place = Position(str(path))
        try:
            inherited = inherit.load(path, self._resources.reader, self._root)
        except HealthReportError as wrong:
            return Sent((path.stem,), place, State.UNREADABLE, mistakes=self._all(wrong, path))
        if not of_files.is_township(inherited):
            return Sent((path.stem,), place, None)
        return self._look(inherited, None, place)

    def at_row(self, table: Table, index: int) -> Sent:
        """Look at a row of a sheet."""
        townships = table.townships
        called, place = townships.called(index), townships.place(index)
        try:
            inherited = table.inherited(index)
        except HealthReportError as wrong:
            return Sent(called, place, State.MISTAKEN, mistakes=wrong.diagnostics)
        return self._look(inherited, called, place)

    def _look(self, inherited: Inherited, called: tuple[str, ...] | None, place: Position) -> Sent:
        base = inherited.base
        of_base = asking.by_base(base, self._county) if base else None
        if of_base and of_base.asks and _says_nothing(inherited):
            return Sent(called or _named(inherited), place, State.ABSENT)
        try:
            seen = self._figures(inherited) if _has_no_text(inherited) else self._document(inherited)
        except HealthReportError as wrong:
            mistakes = self._all(wrong, inherited.path) if called is None else wrong.diagnostics
            return self._with_mistakes(inherited, called, place, mistakes)
        if called is None:
            town = of_files.town(seen.built, inherited.path)
            called, place = town.called, town.place
        lacks = self._lacks(inherited, seen.built)
        own, shared = _parted(seen.warnings, base)
        todo = sum(one.id == TODO.id for one in seen.warnings)
        state = State.INCOMPLETE if lacks.missing or todo else State.COMPLETE
        return Sent(
            called,
            place,
            State.MISTAKEN if seen.mistakes else state,
            lacks,
            todo,
            seen.characters,
            len(own),
            seen.mistakes,
            shared,
        )

    def _all(self, wrong: HealthReportError, path: Path) -> tuple[Diagnostic, ...]:
        """Return all that is wrong with a township's file; what it lacks is counted, and no mistake."""
        return everything(wrong, path, self._resources, root=self._root, draft=True).diagnostics

    def _with_mistakes(
        self, inherited: Inherited, called: tuple[str, ...] | None, place: Position, mistakes: tuple[Diagnostic, ...]
    ) -> Sent:
        """Return what can be said of a township whose document cannot be made."""
        errors = tuple([one for one in mistakes if one.severity is Severity.ERROR])
        try:
            built = pipeline.bare(inherited)
        except HealthReportError:
            return Sent(called or _named(inherited), place, State.MISTAKEN, mistakes=errors)
        town = of_files.town(built, inherited.path)
        place = place if called else town.place
        return Sent(called or town.called, place, State.MISTAKEN, self._lacks(inherited, built), mistakes=errors)

    def _lacks(self, inherited: Inherited, built: Built) -> Lacks:
        base = inherited.base
        if base is None or _has_own_text(inherited):
            return asking.by_report(build(inherited.tree), base, self._county).lacks(built)
        return asking.by_base(base, self._county).lacks(built)

    def _document(self, inherited: Inherited) -> _Seen:
        """Compose a township's document as it would be printed, with blanks where figures are missing."""
        resources = self._resources
        composed = pipeline.compose(
            inherited, resources.reader, resources, rules=_RULES, sieve=sieve(resources, inherited.root)
        )
        subject = composed.subject
        assert subject.report is not None
        assert subject.figures is not None
        mistakes = tuple([one for one in subject.figures.problems if one.id != _MISSING])
        return _Seen(subject.report, mistakes, composed.warnings, self._characters(subject))

    def _characters(self, subject: Subject) -> int:
        """Count the characters of a document; what reports of one pattern share is written once."""
        return plain.count_of(slots.fill(_written(self._resources, subject.pattern), subject.fillings))

    def _figures(self, inherited: Inherited) -> _Seen:
        """Compute the figures of a township that sends nothing else."""
        built = pipeline.bare(inherited)
        figures = Figures(built, draft=False)
        mistakes = [*_computed(built, figures), *(one for one in figures.problems if one.id != _MISSING)]
        told = pipeline.check_figures(built, figures, self._resources)
        gaps = {(one.id, one.position) for one in figures.problems}
        warnings = tuple([one for one in told if (one.id, one.position) not in gaps])
        return _Seen(built, tuple(mistakes), warnings, None)


class _Seen(NamedTuple):
    """A township's report, what keeps it from being made, what is told of it, and how long it is."""

    built: Built
    mistakes: tuple[Diagnostic, ...]
    warnings: Sequence[Diagnostic]
    characters: int | None


@Kept(64)
def _written(_: Resources, pattern: Document) -> str:
    return plain.write(pattern)


def _computed(built: Built, figures: Figures) -> Iterable[Diagnostic]:
    """Compute all figures of a report, and yield what is wrong with them; what is missing is counted elsewhere."""
    for name, indicator in built.report.indicators.items():
        if not indicator.computed:
            continue
        try:
            figures.derived(Derived(Name(name, 0, len(name)), _VALUE, None, 0, len(name)), PLAIN)
        except ExpressionError as wrong:
            place = built.place_of(name)
            if wrong.id not in of_files.MISSING and place:
                yield references.describe(wrong, place)


def _has_own_text(inherited: Inherited) -> bool:
    """Say whether a report has a text of its own, in the place of its base's."""
    return inherited.differences is None or not _TEXT.isdisjoint(inherited.differences.fields)


def _has_no_text(inherited: Inherited) -> bool:
    """Say whether a report stands on a county's, which has no text for it, and has none itself."""
    base = inherited.base
    return bool(base and base.county and base.built and not base.built.report.has_text and not _has_own_text(inherited))


def _says_nothing(inherited: Inherited) -> bool:
    """Say whether a report is as it was sent out: without any figure of this year's, and without words."""
    differences = inherited.differences
    if differences is None or differences.numbers[0] or _has_own_text(inherited):
        return False
    words = differences.fields.get(WORDS)
    return not words and not any(map(_is_filled, differences.others.values()))


def _is_filled(node: object) -> bool:
    """Say whether an indicator has a figure of this year's."""
    if not isinstance(node, Mapping):
        return False
    parts = node.get(_PARTS)
    return any(node.get(key) for key in _FIGURES) or bool(parts)


def _named(inherited: Inherited) -> tuple[str, ...]:
    """Return what a township is called whose report is not built: as it says, or as its file is called."""
    differences = inherited.differences
    org = differences.fields.get(_ORG) if differences else inherited.tree.get(_ORG)
    stem = inherited.path.stem
    return (org.value, org.value, stem) if isinstance(org, Scalar) and "{{" not in org.value else (stem,)


def _parted(warnings: Iterable[Diagnostic], base: Base | None) -> tuple[list[Diagnostic], tuple[Diagnostic, ...]]:
    """Part warnings into those that concern a township, and those that stand in its base alone."""
    files = {""}
    while base:
        files.add(str(base.file.path))
        base = base.under
    own: list[Diagnostic] = []
    shared: list[Diagnostic] = []
    for one in warnings:
        if one.severity is Severity.WARNING and one.id not in _COUNTED:
            at = {one.position.file, *(other.position.file for other in one.related)}
            (shared if at <= files and one.id not in _OF_NUMBERS else own).append(one)
    return own, tuple(shared)
