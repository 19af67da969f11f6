"""What a township fills in: the figures that the texts and tables of its base make use of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, HealthReportError
from healthreport.figures.last_sources import LastSources
from healthreport.model import references
from healthreport.model.build import build, known_names
from healthreport.model.indicator_tables import shown_by
from healthreport.model.rolling_up import NONE
from healthreport.model.township_tables import TownshipTable
from healthreport.model.validating.text import Code
from healthreport.reading.base import is_shared
from healthreport.reading.differences import NUMBERS, indicators_of
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.values.derivations import AGAINST_TARGETS, DERIVATIONS, SAID_OF_TOWNSHIPS, Against
from healthreport.values.expression_errors import ExpressionError, UnknownNameError
from healthreport.values.expressions import Binary, Call, Derived, Name, Negative
from healthreport.values.quantities import unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Indicators

    from healthreport.model.build import Built
    from healthreport.model.indicator_tables import Shown
    from healthreport.model.indicators import Indicator
    from healthreport.model.validating.text import Text
    from healthreport.reading.base import Base
    from healthreport.values.expressions import Node

VALUE, TARGET, LAST = NUMBERS
PARTS = "分项"
_AGAINST = {Against.LAST: LAST, Against.TARGET: TARGET}
# What a column of a table of indicators shows, where its name does not say so.
_SHOWN = {"完成": VALUE, **{key: key for key in NUMBERS}}


class Need(NamedTuple):
    """What is to be filled in of an indicator.

    ``keys`` are of 数值, 目标 and 上年, in this order; with ``parts`` their numbers stand in the place of 数值.
    ``target`` is the one that the base gives for all who have none of their own. ``printed`` are the keys that are
    used outside of clauses, ``in_clauses`` those that are used within some: a clause that lacks one is not printed.
    ``shown`` are those of 目标 and 上年 that a 乡镇表 alone asks for: what nobody has is a dash there.
    """

    name: str
    keys: tuple[str, ...]
    parts: tuple[str, ...] = ()
    unit: str = ""
    target: str = ""
    note: str = ""
    printed: frozenset[str] = frozenset()
    in_clauses: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()

    @property
    def used(self) -> Need:
        """What of it a text or a table uses."""
        return self._replace(keys=tuple(key for key in self.keys if key in self.printed | self.in_clauses))

    @property
    def slots(self) -> list[tuple[str, str]]:
        """The figures one by one: their keys, and the names of parts, empty for what is none."""
        values = [(PARTS, part) for part in self.parts] if VALUE in self.keys else []
        return [slot for key in self.keys for slot in (values if values and key == VALUE else [(key, "")])]


def of(base: Base) -> list[Need]:
    """Return what a township fills in of a base's indicators.

    Every indicator that is neither computed nor shared nor the county's own has a value; targets and last year's values
    are asked for where a text, a table or a formula uses them, and last year's value of what is computed only where it
    is not made of others that are asked for. Raises :class:`HealthReportError` for a base that cannot be read.
    """
    built = whole(base)
    used = _used(built)
    bare = _used(built._replace(tables=tuple(one for one in built.tables if not isinstance(one, TownshipTable))))
    passed = indicators_of(base.definitions)
    keys = {name: tuple(key for key in NUMBERS if key in used.keys[name]) for name in passed.keys_at}
    asked = [name for name in keys if keys[name] and not is_shared(_mapping(passed.get(name), base))]
    found = ((described(name, keys[name], base), *used.where(name)) for name in asked)
    return [bare.sparing(one._replace(printed=printed, in_clauses=some)) for one, printed, some in found]


def described(name: str, keys: tuple[str, ...], base: Base) -> Need:
    """Return what is to be filled in of an indicator as a base describes it."""
    fields = _mapping(indicators_of(base.definitions).get(name), base)
    parts = _mapping(_mapping(indicators_of(base.tree).get(name), base).get(PARTS), base)
    unit, target, note = (_word(fields, key) for key in ("单位", "目标", "说明"))
    return Need(name, keys, tuple(parts.keys_at), unit, target, note)


def joined(several: Iterable[list[Need]]) -> list[Need]:
    """Return what several reports ask of the townships, once: each indicator as the first says, with all keys."""
    found: dict[str, Need] = {}
    for need in (need for needs in several for need in needs):
        first = found.setdefault(need.name, need)
        keys = tuple(key for key in NUMBERS if key in first.keys or key in need.keys)
        found[need.name] = first._replace(keys=keys, parts=first.parts or need.parts)
    return [*found.values()]


def in_report(built: Built) -> list[Need]:
    """Return what is to be filled in of a report's own indicators. Raises :class:`HealthReportError`."""
    used = _used(built)
    return [
        Need(name, tuple(key for key in NUMBERS if key in keys), (), "", "", "", *used.where(name))
        for name, keys in used.keys.items()
        if keys and not built.report.indicators[name].shared
    ]


def words(built: Built) -> dict[str, bool]:
    """Return the own words and fields that a report's texts print, and whether within clauses only.

    Raises :class:`HealthReportError`.
    """
    used = _used(built)
    return {name: (name, key) not in used.printed for name, key in sorted(used.printed | used.in_clauses) if not key}


def whole(base: Base) -> Built:
    """Return the report that asks: of a county's all, for what it uses does not pass on with its text.

    Raises :class:`HealthReportError`.
    """
    return build(base.tree) if base.is_county else base.built or build(base.definitions)


def _mapping(node: object, base: Base) -> Mapping:
    return node if isinstance(node, Mapping) else Mapping(base.tree.source, 0, 0)


def _word(fields: Mapping, key: str) -> str:
    value = fields.get(key)
    return value.value if isinstance(value, Scalar) else ""


def _used(built: Built) -> _Used:
    """Return which numbers of each indicator a report uses. Raises :class:`HealthReportError`."""
    used = _Used(built)
    if used.problems:
        raise HealthReportError(used.problems)
    indicators = built.report.indicators
    sources = LastSources(indicators, known_names(indicators, built.report.words))
    if built.report.roll_up:
        _make_of_sums(used.keys, indicators, sources)
    lasts = {name for name, keys in used.keys.items() if LAST in keys}
    for name in lasts:
        made_of = sources.of(name)
        if made_of and lasts.issuperset(made_of):
            used.keys[name].remove(LAST)
    return used


def _make_of_sums(keys: dict[str, set[str]], indicators: Indicators[str, Indicator], sources: LastSources) -> None:
    """Ask for what a county's 上年 is made of: that of a rate of its parts, of what is weighed also the weights.

    What is not put together is asked of no township.
    """
    waiting = [name for name, asked in keys.items() if LAST in asked]
    while waiting:
        name = waiting.pop()
        way = indicators[name].way
        made_of = {*sources.of(name), *({way.weight} & {*indicators} if way else ())}
        waiting += [one for one in made_of if LAST not in keys[one]]
        for one in made_of:
            keys[one].add(LAST)
    for name, indicator in indicators.items():
        if _is_countys_own(indicator):
            keys[name].clear()


def _is_countys_own(indicator: Indicator) -> bool:
    """Say whether a county gives its figure itself; townships have one where their own text says it."""
    return bool(indicator.way and indicator.way.kind == NONE)


class _Used:
    """Which numbers of its indicators a report uses, by name.

    ``printed`` are those that texts and tables use outside of clauses, ``in_clauses`` those that they use within some;
    own words and fields stand there with the key ``""``.
    """

    def __init__(self, built: Built) -> None:
        self._indicators = built.report.indicators
        self._names = known_names(self._indicators, built.report.words)
        self.problems: list[Diagnostic] = []
        self._left: list[tuple[str, str]] = []
        self.keys: dict[str, set[str]] = {name: set() for name in self._indicators}
        self.printed: set[tuple[str, str]] = set()
        self.in_clauses: set[tuple[str, str]] = set()
        self._where: set[tuple[str, str]] = set()  # of the three what is looked at; at first it is asked for only
        for name, indicator in self._indicators.items():
            if not _is_countys_own(indicator):
                self._use(name, VALUE)
        self._follow_uses()
        self._where = self.printed
        for shown in shown_by(built.tables, self._indicators):
            self._show(shown)
        self._follow_uses()
        for text in built.texts:
            in_clauses = {index for clause in text.clauses for index in range(clause.first, clause.last)}
            for index, segment in enumerate(text.segments):
                if isinstance(segment, Code):
                    self._where = self.in_clauses if index in in_clauses else self.printed
                    self._read(text, segment, in_clause=index in in_clauses)
                    self._follow_uses()

    def where(self, name: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the keys of an indicator that are used outside of clauses, and those that are used within some."""
        keys = self.keys[name]
        return (
            frozenset(key for key in keys if (name, key) in self.printed),
            frozenset(key for key in keys if (name, key) in self.in_clauses),
        )

    def sparing(self, need: Need) -> Need:
        """Return what another report asks for, with the 目标 and 上年 that are unused here, or within clauses only."""
        printed, in_clauses = self.where(need.name)
        unused = {*need.keys} - self.keys[need.name] - {VALUE}
        return need._replace(shown=need.printed & (in_clauses - printed) - {VALUE} | unused)

    def _read(self, text: Text, code: Code, *, in_clause: bool = False) -> None:
        """Follow an expression; the mistake of one that cannot be read is kept. A clause may name what is nowhere."""
        try:
            self._follow(self._names.parse(code.text).node)
        except ExpressionError as wrong:
            if len(self.problems) < MAX_PROBLEMS and not (in_clause and isinstance(wrong, UnknownNameError)):
                self.problems.append(references.diagnose(text, code, wrong))

    def _follow(self, node: Node) -> None:
        if isinstance(node, Name):
            self._use(node.name, VALUE)
        elif isinstance(node, Derived):
            self._use_derived(node)
        elif isinstance(node, Binary):
            self._follow(node.left)
            self._follow(node.right)
        elif isinstance(node, Negative):
            self._follow(node.operand)
        elif isinstance(node, Call):
            for argument in node.arguments:
                self._follow(argument)

    def _use_derived(self, node: Derived) -> None:
        name, what = node.base.name, node.what
        if what in DERIVATIONS:
            self._use(name, VALUE)
            self._compare(name, what)
        elif what in NUMBERS:
            self._use(name, what)
        elif what in SAID_OF_TOWNSHIPS:
            self._use(name, VALUE)
            indicator = self._indicators.get(name)
            if indicator and what in AGAINST_TARGETS and not unit(indicator.unit).is_rate:  # a rate's is the county's
                self._use(name, TARGET)
        elif (indicator := self._indicators.get(name)) and what in indicator.part_names:
            self._use(name if isinstance(indicator.parts, dict) else what, VALUE)
        if node.argument is not None:
            self._follow(node.argument)

    def _compare(self, name: str, derivation: str) -> None:
        against = DERIVATIONS[derivation].against
        if against in _AGAINST:
            self._use(name, _AGAINST[against])

    def _show(self, shown: Shown) -> None:
        for name in shown.names:
            for column in shown.columns:
                key = _AGAINST.get(DERIVATIONS[column].against) if column in DERIVATIONS else _SHOWN.get(column)
                indicator = self._indicators.get(name)
                if key and not (indicator and indicator.has_none(key)):
                    self._use(name, key)

    def _use(self, name: str, key: str) -> None:
        """Note the use of a number, or of own words and fields."""
        if name not in self._indicators:
            self._where.add((name, ""))
        elif (name, key) not in self._where:
            self._where.add((name, key))
            self._left.append((name, key))

    def _follow_uses(self) -> None:
        """Note of what is computed the use of that which it is computed from."""
        while self._left:
            name, key = self._left.pop()
            indicator = self._indicators[name]
            if key == VALUE and indicator.formula is not None:
                self._read(indicator.formula, Code(str(indicator.formula), indicator.formula.start))
            elif key == VALUE and indicator.parts and not isinstance(indicator.parts, dict):
                for part in indicator.parts:
                    self._use(part.value, VALUE)
            else:
                self.keys[name].add(key)
