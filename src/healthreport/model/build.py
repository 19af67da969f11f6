"""The report as a value: a tree of nodes in, a frozen :class:`Report` and its texts out."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from healthreport.diagnostics import MAX_PROBLEMS, HealthReportError, Related
from healthreport.model import references
from healthreport.model.indicators import Indicator, Indicators
from healthreport.model.numbered import Numbered, numbers_in
from healthreport.model.own_words import WORDS, twice
from healthreport.model.report import MODELS, Report
from healthreport.model.two_forms import has_two_forms, two_forms
from healthreport.model.validating.clauses import Clause
from healthreport.model.validating.text import Code, Text
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.values import quantities
from healthreport.values.expressions import Names, names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthreport.diagnostics import Diagnostic, Position
    from healthreport.model.indicator_tables import IndicatorTable
    from healthreport.model.sums import Sums
    from healthreport.reading.yaml.nodes import Node
    from healthreport.values.quantities import Quantity, Target, Unit

__all__ = [
    "Built",
    "Code",
    "Differences",
    "ModelError",
    "Numbers",
    "Report",
    "Text",
    "build",
    "build_on",
    "known_names",
]


class ModelError(HealthReportError):
    """What is wrong with a tree: what makes it no report, and what else can be told of its ``expressions``."""

    def __init__(self, problems: Iterable[Diagnostic], expressions: Iterable[Diagnostic]) -> None:
        self.problems = tuple(problems)
        super().__init__((*self.problems, *expressions))


class Differences(NamedTuple):
    """What a report says itself.

    ``fields`` are its keys but 指标 and 继承. ``numbers`` holds for 数值, 目标 and 上年 what it says there of
    indicators of the base, as written. ``others`` are the indicators of which it says more, or that the
    base does not have. ``whole`` returns all of it laid over the base, as a tree. ``place`` returns where a key
    of an indicator is to be written, where that is not in the tree: the cell of a table, empty or not.
    """

    fields: dict[str, Node]
    numbers: tuple[dict[str, str], dict[str, str], dict[str, str]]
    others: dict[str, Node]
    whole: Callable[[], Mapping]
    place: Callable[[str, str], Position | None] = lambda _, __: None


class Numbers(NamedTuple):
    """What a report says of its base's indicators: values, targets, last year's values, by name.

    ``whole`` says that each was written as digits and nothing else.
    """

    values: dict[str, Quantity]
    targets: dict[str, Target]
    lasts: dict[str, Quantity]
    whole: bool = False


_NO_NUMBERS = Numbers({}, {}, {})
_NOTHING_KEPT_BACK: dict[str, Scalar] = {}


class Built(NamedTuple):
    """A report with what stands beside it: its texts and indicator tables by number, and its tree.

    ``plain`` are the units of the indicators that take a value as it is. Of a report built on ``common``,
    ``differing`` names the fields in which it differs, ``numbers`` are its own, and ``redefined`` says whether it
    has indicators or own words the base has not, or defines them anew. ``kept_back`` are the keys that a base says
    for itself only.
    ``clauses`` are the numbers of its texts that have some. ``left_out`` are those that lack a figure, each with the
    number of its text; ``emptied`` are the texts and tables of which nothing is left, by kind and number.
    A county's report has its ``sums``: what its figures are made of.
    """

    report: Report
    texts: tuple[Text, ...]
    tables: tuple[IndicatorTable, ...]
    whole: Callable[[], Mapping]
    plain: dict[str, Unit]
    common: Built | None = None
    differing: tuple[str, ...] = ()
    numbers: Numbers = _NO_NUMBERS
    redefined: bool = False
    place: Callable[[str, str], Position | None] = lambda _, __: None
    kept_back: dict[str, Scalar] = _NOTHING_KEPT_BACK
    clauses: tuple[int, ...] = ()
    left_out: frozenset[tuple[int, Clause]] = frozenset()
    emptied: frozenset[tuple[str, int]] = frozenset()
    sums: Sums | None = None

    @property
    def root(self) -> Mapping:
        """The tree the report was built of."""
        return self.whole()

    def value(self, indicator: str) -> Quantity | None:
        """Return the value an indicator was given."""
        return self.numbers.values.get(indicator) or self.report.indicators[indicator].value

    def target(self, indicator: str) -> Target | None:
        """Return an indicator's target."""
        return self.numbers.targets.get(indicator) or self.report.indicators[indicator].target

    def last(self, indicator: str) -> Quantity | None:
        """Return an indicator's value of last year."""
        return self.numbers.lasts.get(indicator) or self.report.indicators[indicator].last

    def why_missing(self, key: str) -> tuple[Related, ...]:
        """Return where a base says what this report does not: it does not pass on."""
        at = self.kept_back.get(key)
        return (Related(at.position(), f"这里的“{key}”不随“继承”传下去"),) if at else ()

    def place_of(self, indicator: str, key: str = "数值") -> Position | None:
        """Return where an indicator is written, or its ``key`` is to be, where that has a place of its own."""
        if blank := self.blank(indicator, key):
            return blank
        written = self.root.get("指标")
        if isinstance(written, Mapping) and indicator in written.keys_at:
            return written.keys_at[indicator].position()
        return None

    def blank(self, indicator: str, key: str) -> Position | None:
        """Return where a ``key`` of an indicator was left empty: its cell, or the key with nothing behind it."""
        if place := self.place(indicator, key):
            return place
        written = self.root.get("指标")
        one = written.get(indicator) if isinstance(written, Mapping) else None
        is_empty = isinstance(one, Mapping) and key in one.keys_at and key not in one
        return one.keys_at[key].position() if is_empty else None  # type: ignore[union-attr]

    def place_of_number(self, indicator: str, *keys: str) -> Position | None:
        """Return where a number of an indicator is written: its 数值, a part below 分项."""
        at: Node | None = None
        node = self.root.get("指标")
        for key in (indicator, *keys):
            if not isinstance(node, Mapping) or key not in node.keys_at:
                break
            at = node.get(key) or node.keys_at[key]
            node = node.get(key)
        return at.position() if at is not None else None


def build(root: Mapping) -> Built:
    """Validate a tree and return the report.

    Raises :class:`ModelError` with every mistake in the tree.
    """
    named = [written.keys_at for key in ("指标", WORDS) if isinstance(written := root.get(key), Mapping)]
    known = known_names(*named)
    problems = [*two_forms(root), *twice(root)]
    numbered = Numbered()
    try:
        report = Report.model_validate(root)
    except ValidationError as wrong:
        from healthreport.model.validating.errors import diagnose

        problems += diagnose(root, wrong.errors(include_url=False, include_input=False), MODELS)
        texts = [*references.texts_in(root)]
    else:
        numbered.add(report)
        texts = numbered.texts
    problems += islice(references.unreferenced(texts, known), MAX_PROBLEMS)
    if problems:
        raise ModelError(problems, references.unreadable(texts, known))
    plain = {
        name: quantities.unit(indicator.unit) for name, indicator in report.indicators.items() if not indicator.computed
    }
    return Built(
        report,
        tuple(numbered.texts),
        tuple(numbered.tables),
        lambda: root,
        plain,
        clauses=tuple(numbered.clauses),
    )


def build_on(common: Built, differences: Differences) -> Built:
    """Validate what a report says itself, and take the rest from what was built of its base.

    Raises :class:`ModelError` with every mistake in the whole.
    """
    try:
        part = Report.model_validate(differences.fields)
        numbers = _read_numbers(common, differences)
        others = _validate_others(differences) if differences.others else {}
    except (ValidationError, ValueError):
        return build(differences.whole())  # the whole tree tells what is wrong
    said = part.model_fields_set
    update: dict[str, Any] = {name: value for name, value in part.__dict__.items() if name in said}
    numbered = Numbered(common.texts, common.tables)
    numbered.add((*update.values(), others))
    suspect = any(references.bracketed(numbered.texts[len(common.texts) :]))
    if suspect or has_two_forms({**common.root, **differences.fields}):
        return build(differences.whole())
    if others:
        update["indicators"] = {**common.report.indicators, **others}
    if "words" in update:
        update["words"] = {**common.report.words, **part.words}
    report = common.report.model_copy(update=update)
    if report.words and not report.words.keys().isdisjoint(report.indicators):
        return build(differences.whole())
    return Built(
        report,
        tuple(numbered.texts),
        tuple(numbered.tables),
        differences.whole,
        common.plain,
        common,
        tuple(update),
        numbers,
        bool(others) or not common.report.words.keys() >= report.words.keys(),
        differences.place,
        common.kept_back,
        (*_clauses_left(common, update), *numbered.clauses),
    )


def _clauses_left(common: Built, update: Iterable[str]) -> tuple[int, ...]:
    """Return the texts of a base with clauses that a report prints too: not those of a key it says anew."""
    gone = {n for name in update for n in numbers_in(getattr(common.report, name))} if common.clauses else ()
    return tuple([n for n in common.clauses if n not in gone]) if gone else common.clauses


def _read_numbers(common: Built, differences: Differences) -> Numbers:
    """Read a report's own numbers in the units of its base. Raises :class:`ValueError`."""
    values, targets, lasts = differences.numbers
    indicators = common.report.indicators
    if not common.plain.keys() >= values.keys() or any(indicators[name].approximation for name in lasts):
        raise ValueError("定义与数值要放在一起看")
    read = quantities.read
    return Numbers(
        quantities.read_each(values, common.plain),
        {name: quantities.read_target(text, quantities.unit(indicators[name].unit)) for name, text in targets.items()},
        {name: read(text, quantities.unit(indicators[name].unit)) for name, text in lasts.items()},
        "".join([*values.values(), *targets.values(), *lasts.values()]).isdecimal(),
    )


def _validate_others(differences: Differences) -> dict[str, Indicator]:
    """Validate indicators of which a report says more than numbers. Raises :class:`ValidationError`."""
    whole = differences.whole()["指标"]
    assert isinstance(whole, Mapping)
    written = Mapping(whole.source, whole.start, whole.end)
    for name in differences.others:
        written.keys_at[name] = whole.keys_at[name]
        if name in whole:
            written[name] = whole[name]
    return _indicators_adapter().validate_python(written)


def known_names(*named: Iterable[str]) -> Names:
    """Return the names that a report's expressions may use: its fields, its indicators, its own words."""
    return names(_FIELD_NAMES.union(*named))


_FIELD_NAMES = frozenset(references.FIELDS)


@lru_cache(maxsize=1)
def _indicators_adapter() -> TypeAdapter[dict[str, Indicator]]:
    return TypeAdapter(Indicators)
