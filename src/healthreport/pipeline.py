"""The line from a file to a document, as a few pure functions.

source → Node → inherit → Node → model → Report → clauses → Report → templating → markup → Outline
→ numbering → Outline with labels → resolve (+ figures) → Document with slots, fillings → docx | plain → bytes

On the way ``checking`` looks at report, figures and document; what it finds is returned with them.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport import __version__
from healthreport.checking.engine import check, diagnostic, examine
from healthreport.checking.known import known
from healthreport.checking.numbers import Numbers
from healthreport.checking.rules.certain import CERTAIN
from healthreport.checking.rules.report.every import RULES
from healthreport.checking.rules.report.gaps import GAP
from healthreport.checking.subject import Subject
from healthreport.composing import clauses, markup, numbering, resolve, templating
from healthreport.composing.reuse.patterns import Patterns
from healthreport.composing.reuse.shape import Shape
from healthreport.composing.spreading import spread
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity, error
from healthreport.model import references
from healthreport.model.build import build, build_on, known_names
from healthreport.reading import inherit
from healthreport.reading.kept import Kept
from healthreport.reading.resources import GENRES, LAYOUTS
from healthreport.trees.document import Document
from healthreport.writing.layout.loading import load as load_layout
from healthreport.writing.writers import WRITERS, Work

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthreport.checking.rule import Rule
    from healthreport.checking.sifting import Sieve
    from healthreport.figures.texts import Figures
    from healthreport.model.build import Built
    from healthreport.model.validating.clauses import Clause
    from healthreport.model.validating.text import Text
    from healthreport.reading.base import Base
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.reader import Reader
    from healthreport.reading.resources import Resources
    from healthreport.reading.yaml.nodes import Mapping
    from healthreport.trees.document import Picture
    from healthreport.trees.outline import Outline
    from healthreport.writing.layout.profile import Layout

    # What keeps what reports of one shape share: their base, or where they have none the templates.
    Keeper = Base | Resources

DEFAULT_LAYOUT = "gbt9704"
_IN_DRAFTS = {GAP.id: Severity.WARNING}


class UnsettableError(HealthReportError):
    """A report cannot be set because of one key: it names no genre or layout, or lacks what its genre prints."""

    def __init__(self, key: str, told: Iterable[Diagnostic]) -> None:
        self.key = key
        super().__init__(told)


class Composed(NamedTuple):
    """A document with all that was looked at, the layout to set it in, and what was found that is no error."""

    subject: Subject
    layout: Layout
    warnings: tuple[Diagnostic, ...]

    @property
    def document(self) -> Document:
        """The document as it reads."""
        return self.subject.document


def compose(
    inherited: Inherited,
    reader: Reader,
    resources: Resources,
    *,
    layout: str = "",
    draft: bool = False,
    strict: bool = False,
    rules: tuple[Rule, ...] = RULES,
    sieve: Sieve | None = None,
    blank_clauses: bool | None = None,
) -> Composed:
    """Return the document of a report, checked by rules; with ``strict`` their warnings are errors.

    Where there is a ``sieve``, the rules on texts that are certain look as well. ``blank_clauses`` says whether clauses
    that lack something are printed with blanks, as they are in a draft unless it is said otherwise.

    Raises :class:`HealthReportError` with all its mistakes.
    """
    whole = built_of(inherited, resources)
    base, keeper = inherited.base, inherited.base or resources
    built, left_out, nowhere = clauses.settle(
        whole, base, resources, draft=draft if blank_clauses is None else blank_clauses
    )
    built = spread(built)
    try:
        layout_file = _layout_file(built, resources, layout)
        outline = _structure(built, resources, keeper)
    except HealthReportError as wrong:
        names = known_names(built.report.indicators, built.report.words)
        all_wrong = [*wrong.diagnostics, *references.unreadable(built.texts, names)]
        if isinstance(wrong, UnsettableError):
            raise UnsettableError(wrong.key, all_wrong) from None
        raise HealthReportError(all_wrong) from None
    patterns = _patterns(keeper, Shape(built), built.left_out, resources, draft) if built.common else None
    resolved = resolve.resolve(built, outline, _Pictures(reader).of, draft=draft, patterns=patterns, nowhere=nowhere)
    of_base = partial(_numbers_of, base) if base and built.common else None
    shown = (resolved.pattern, resolved.fillings, resolved.places)
    subject = Subject(*shown, built, resolved.figures, known(resources), of_base)
    found = (*inherited.notes, *(built.sums.notes if built.sums else ()), *left_out, *resolved.problems)
    found += tuple(check(subject, rules, _IN_DRAFTS if draft else {}, strict=strict))
    if sieve:
        found += _certain(inherited.path, subject, sieve, strict=strict)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise HealthReportError(found)
    return Composed(subject, load_layout(resources, layout_file), found)


def built_of(inherited: Inherited, resources: Resources) -> Built:
    """Return a report as a value, a county's with the figures of its townships.

    Raises :class:`HealthReportError` with all its mistakes.
    """
    built = _built_alone(inherited)
    if not inherited.is_county:
        return built
    from healthreport.townships import sources

    return sources.summed(built, inherited, resources)


def bare(inherited: Inherited) -> Built:
    """Return a report as it says itself and by its bases, be it without text, a county's without sums.

    Raises :class:`HealthReportError` with all its mistakes.
    """
    differences, base = inherited.differences, inherited.base
    return build_on(base.built, differences) if differences and base and base.built else build(inherited.tree)


def _built_alone(inherited: Inherited) -> Built:
    built, base = bare(inherited), inherited.base
    if base and base.county and not built.report.has_text:
        raise inherit.without_text(inherited, base.county)
    return built


def _certain(path: Path, subject: Subject, sieve: Sieve, *, strict: bool) -> tuple[Diagnostic, ...]:
    """Return what is certainly wrong with the words of a document; what weighs little is left to ``check``."""
    severity = Severity.ERROR if strict else Severity.WARNING
    found = [
        diagnostic(rule, finding, severity, subject)
        for rule, finding, weight in sieve.sift(path, subject, examine(subject, CERTAIN, split=True))
        if weight is not Severity.NOTE
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.position))


def check_figures(built: Built, figures: Figures, resources: Resources) -> list[Diagnostic]:
    """Return what rules say of a report's figures alone, as warnings, and which clauses lack some.

    There is no document yet.
    """
    subject = Subject(Document("", ()), (), (), built, figures, known(resources))
    return [*clauses.notes(built, resources), *check(subject, RULES, _IN_DRAFTS)]


@Kept(1)
def _numbers_of(base: Base) -> Numbers:
    """Return the numbers of a base, looked through once for all reports on it."""
    assert base.built is not None
    return Numbers(base.built)


def digest(inherited: Inherited, reader: Reader, resources: Resources, layout: str, *, draft: bool) -> str:
    """Return the digest of all a document is made from: the report, its bases, templates, program, options.

    Of a county's report the figures of its townships count, not where they were read.
    """
    more = (__version__, resources.digest, layout, str(draft))
    if not inherited.is_county:
        return inherit.digest(inherited, reader, *more)
    from healthreport.townships import sources

    figures = sources.digest(_built_alone(inherited), inherited, resources)
    return inherit.digest(sources.unsourced(inherited), reader, *more, figures)


def write(composed: Composed, format: str, resources: Resources, digest: str) -> bytes:
    """Return a document as a file of a format, one of ``WRITERS``."""
    subject = composed.subject
    return WRITERS[format].write(Work(subject.pattern, subject.fillings, composed.layout, resources, digest))


@Kept(256)
def _patterns(
    _: Keeper,
    shape: Shape,  # noqa: ARG001 -- these are the key
    left_out: frozenset[tuple[int, Clause]],  # noqa: ARG001
    resources: Resources,  # noqa: ARG001
    draft: bool,  # noqa: ARG001
) -> Patterns:
    """Return what was resolved for reports of one shape on one base that print the same clauses."""
    return Patterns()


def _layout_file(built: Built, resources: Resources, option: str) -> Path:
    """Return the layout's file: the command line's, the report's, or the default."""
    name = option or built.report.layout or DEFAULT_LAYOUT

    if option:
        return resources.require(LAYOUTS, name, "版式", lambda: Position("--layout"))
    return _named(built, resources, LAYOUTS, name, "版式")


def _named(built: Built, resources: Resources, kind: tuple[str, str], name: str, key: str) -> Path:
    """Return the genre's or layout's file that a report names."""
    try:
        return resources.require(kind, name, key, lambda: _place(built.root, key))
    except HealthReportError as wrong:
        raise UnsettableError(key, wrong.diagnostics) from None


class _Pictures:
    """The pictures that a report names: each file is read and measured once, however often it is named."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._seen: dict[tuple[str, str], Picture | Diagnostic] = {}

    def of(self, name: Text) -> Picture:
        """Return a picture; one that cannot be shown is told where it is named."""
        place = name.position()
        named = place.file, str(name)
        if named not in self._seen:
            self._seen[named] = self._read(*named, place)
        seen = self._seen[named]
        if isinstance(seen, Diagnostic):
            raise HealthReportError([seen._replace(position=place)])
        return seen

    def _read(self, file: str, name: str, place: Position) -> Picture | Diagnostic:
        from healthreport.writing.docx import pictures

        try:
            return pictures.measure(self._reader.read_beside(Path(file), name, place))
        except pictures.BadPictureError as wrong:
            return Diagnostic("bad-picture", f"{wrong}。", place, hint=wrong.hint)
        except HealthReportError as wrong:
            return wrong.diagnostics[0]


def _structure(built: Built, resources: Resources, keeper: Keeper) -> Outline:
    """Return the labelled outline, or say where the report does not fit its template."""
    genre = _named(built, resources, GENRES, built.report.genre, "体裁")
    try:
        return _outline(keeper, Shape(built), resources, f"{GENRES[0]}/{genre.name}")
    except templating.MissingFieldError as missing:
        key, place = missing.key, built.root.position()
        hint, related = f"请补上“{key}: …”。", built.why_missing(key)
        told = Diagnostic("missing-key", f"缺少“{key}”。", place, hint=hint, related=related)
        raise UnsettableError(key, [told]) from None
    except numbering.NumberingError as wrong:
        place = built.root.position() if wrong.text is None else built.texts[wrong.text].position()
        raise error(wrong.id, wrong.message + "。", place, hint=wrong.hint) from None


@Kept(256)
def _outline(_: Keeper, shape: Shape, resources: Resources, template: str) -> Outline:
    """Make the labelled outline of all reports of one shape."""
    markup_of = templating.render(shape.built.report, resources, template)
    try:
        return numbering.number(markup.parse(markup_of, len(shape.built.texts)))
    except markup.MarkupError as wrong:
        place = templating.misplaced(resources, template)
        raise error("template-markup", f"{wrong}。", place, hint=wrong.hint) from None


def _place(root: Mapping, key: str) -> Position:
    """Return the place of a key's value, or of the file's first key."""
    value = root.get(key)
    return value.position() if value is not None else root.position()
