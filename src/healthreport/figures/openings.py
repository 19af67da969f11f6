"""What of a report hangs on figures that are not there: its clauses, and rows of its tables of indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, Severity
from healthreport.figures.presence import FIELD, LAST, NOWHERE, TARGET, VALUE, Lack, Lacks
from healthreport.model import references
from healthreport.model.validating.text import Code
from healthreport.reading.yaml.nodes import Scalar
from healthreport.values.expression_errors import ExpressionError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from healthreport.diagnostics import Position
    from healthreport.figures.last_sources import LastSources
    from healthreport.figures.presence import Presence
    from healthreport.model.build import Built
    from healthreport.model.indicator_tables import Groups, IndicatorTable
    from healthreport.model.validating.clauses import Clause
    from healthreport.model.validating.text import Text

_LONGEST, _MOST_NAMES, _FEW = 14, 40, 8


class Gaps(NamedTuple):
    """What a report leaves open, by kind: values, targets and last year's values of indicators, fields."""

    values: frozenset[str]
    targets: frozenset[str]
    lasts: frozenset[str]
    fields: frozenset[str]

    def left_by(self, built: Built, sources: LastSources) -> Gaps:
        """Return what a report leaves open that stands on the one with these gaps, and with these ``sources``."""
        numbers, report = built.numbers, built.report
        return Gaps(
            self.values.difference(numbers.values),
            self.targets.difference(numbers.targets),
            frozenset([name for name in self.lasts if not sources.has(built, name)]),
            frozenset([field for field in self.fields if not report.said(field)]),
        )

    def has(self, lack: Lack) -> bool:
        """Say whether something is open; what no report on a base can fill always is."""
        kinds = {VALUE: self.values, TARGET: self.targets, LAST: self.lasts, FIELD: self.fields}
        return lack.key not in kinds or lack.name in kinds[lack.key]


class Openings(NamedTuple):
    """What of a report is open: the clauses that lack something, the tables that lack rows, and those they have left.

    ``mistakes`` stand in clauses. ``nowhere`` are the names that there are not, and where each is met first.
    ``told`` is what was said before of a clause that lacks so much.
    """

    clauses: dict[tuple[int, Clause], Lacks]
    tables: dict[int, Groups]
    mistakes: tuple[Diagnostic, ...]
    nowhere: dict[str, Position]
    told: dict[tuple[int, Clause, tuple[Lack, ...]], Diagnostic]

    @property
    def gaps(self) -> Gaps:
        """What would have to be filled."""
        lacks = Lacks().union(*self.clauses.values())

        def of(key: str) -> frozenset[str]:
            return frozenset(lack.name for lack in lacks if lack.key == key)

        return Gaps(of(VALUE), of(TARGET), of(LAST), of(FIELD))

    def left(self, gaps: Gaps) -> Openings:
        """Return what is open where no more than these gaps are."""
        still = {at: frozenset(filter(gaps.has, lacks)) for at, lacks in self.clauses.items()}
        wrong = {at for at, lacks in self.clauses.items() if not lacks}
        return self._replace(clauses={at: lacks for at, lacks in still.items() if lacks or at in wrong})


class Finding:
    """Looks through a report for what is open."""

    def __init__(self, built: Built, presence: Presence) -> None:
        self._built = built
        self._presence = presence
        self._clauses: dict[tuple[int, Clause], Lacks] = {}
        self._tables: dict[int, Groups] = {}
        self._mistakes: list[Diagnostic] = []
        self._nowhere: dict[str, Position] = {}

    def openings(self, *, draft: bool) -> Openings:
        """Return what is open; in a draft clauses are printed with their blanks, so none is."""
        for n in () if draft else self._built.clauses:
            for clause in self._built.texts[n].clauses:
                self._look_at(self._built.texts[n], clause)
        self._look_at_tables()
        self._look_at_formulas()
        return Openings(self._clauses, self._tables, tuple(self._mistakes), self._nowhere, {})

    def _look_at(self, text: Text, clause: Clause) -> None:
        """Look at a clause; one with a mistake is left out too, so that nothing but the mistake is told of it."""
        lacks, wrong = Lacks(), False
        for code in text.segments[clause.first : clause.last]:
            if isinstance(code, Code):
                try:
                    lacks |= self._presence.of(code.text)
                except ExpressionError as mistake:
                    wrong = True
                    if len(self._mistakes) >= MAX_PROBLEMS:
                        continue
                    self._mistakes.append(_in_clause(references.diagnose(text, code, mistake), mistake))
        if lacks or wrong:
            self._clauses[text.n, clause] = Lacks() if wrong else lacks
        for lack in lacks:
            if lack.key == NOWHERE:
                self._nowhere.setdefault(lack.name, text.position_of(clause.start, clause.end))

    def _look_at_tables(self) -> None:
        known = self._built.report.indicators
        of_all = [n for n, table in enumerate(self._built.tables) if not table.listed.groups]
        if of_all and (hanging := self._hanging()):
            standing = [name for name in known if name not in hanging]
            left = ((None, _of_all(self._built.tables[of_all[0]], standing)),)  # one for all of them
            self._tables |= dict.fromkeys(of_all, left)
        for n, table in enumerate(self._built.tables):
            members = [name for _, group in table.listed.groups for name in group if name.value not in known]
            gone = {name.value: name.position() for name in members if self._presence.is_nowhere(name.value)}
            if gone:
                self._tables[n] = _without(table.listed.groups, gone)
                self._nowhere = {**gone, **self._nowhere}

    def _hanging(self) -> set[str]:
        """Return the indicators that are computed of some that were taken out: a table of all leaves them out too."""
        computed = [name for name, one in self._built.report.indicators.items() if one.computed]
        return {name for name in computed if self._presence.hangs_on_what_is_gone(name)}

    def _look_at_formulas(self) -> None:
        for indicator in self._built.report.indicators.values():
            if indicator.formula is not None and (word := self._presence.taken_out_of(str(indicator.formula))):
                self._nowhere.setdefault(word, indicator.formula.position())


def _of_all(table: IndicatorTable, names: Iterable[str]) -> tuple[Scalar, ...]:
    """Return the rows of a table that says 全部, as if it had listed them."""
    node = table.listed.node
    return tuple([Scalar(name, node.source, node.start, node.end, None) for name in names])


def _without(groups: Groups, gone: Container[str]) -> Groups:
    left = ((group, tuple(name for name in listed if name.value not in gone)) for group, listed in groups)
    return tuple((group, listed) for group, listed in left if listed)


def notes(openings: Openings, built: Built) -> Iterator[Diagnostic]:
    """Say which clauses are not printed for want of what, and in one line which names are nowhere.

    Many clauses of a report are told in one line.
    """
    left: list[tuple[int, Clause, tuple[Lack, ...]]] = []
    for (n, clause), lacks in openings.clauses.items():
        valueless = {lack.name for lack in lacks if lack.key == VALUE}
        missing = tuple(sorted(lack for lack in lacks if lack.key == VALUE or lack.name not in valueless))
        missing = tuple(lack for lack in missing if lack.key != NOWHERE)
        left += [(n, clause, missing)] if missing else []
    if len(left) > _FEW:
        yield _many_left_out(left, built)
    else:
        for at in left:
            yield openings.told.get(at) or openings.told.setdefault(at, _left_out(built.texts[at[0]], at[1], at[2]))
    if openings.nowhere:
        names = [*openings.nowhere]
        message = f"没有这{len(names)}个指标：{_listed(names)}；用到它们的分句、表中的行和公式都略去了。"
        hint = "有意删去的，不用管它；要用的请写进“指标”。"
        yield Diagnostic("names-nowhere", message, openings.nowhere[names[0]], Severity.NOTE, hint)


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_MOST_NAMES]) + ("等" if len(names) > _MOST_NAMES else "")


def _many_left_out(left: Sequence[tuple[int, Clause, tuple[Lack, ...]]], built: Built) -> Diagnostic:
    """Say how many clauses are not printed and what they lack, first what has a target or last year's value alone."""
    lacking = [*dict.fromkeys(lack for _, _, missing in left for lack in missing)]
    compared = [one.name for one in lacking if one.key == VALUE and (built.last(one.name) or built.target(one.name))]
    others = [one.name if one.key == VALUE else str(one) for one in lacking if one.name not in compared]
    parts = [f"{_listed(compared)}只有目标或上年，没有数值"] if compared else []
    parts += [f"没有填{_listed(others)}"] if others else []
    message = f"有{len(left)}个分句没有印：{'；'.join(parts)}。"
    n, clause, _ = left[0]
    place = built.texts[n].position_of(clause.start, clause.end)
    return Diagnostic("clauses-left-out", message, place, Severity.NOTE, "补上了就会印出来；本来就没有的，不用管它。")


def _left_out(text: Text, clause: Clause, missing: tuple[Lack, ...]) -> Diagnostic:
    """Say that a clause is not printed."""
    words = text.node.value[clause.start + 2 : clause.end - 2]
    said = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    message = f"分句“{said}”没有印，缺{'、'.join(map(str, missing))}。"
    hint = "补上了就会印出来；本来就没有的，不用管它。"
    return Diagnostic("clause-left-out", message, text.position_of(clause.start, clause.end), Severity.NOTE, hint)


def _in_clause(mistake: Diagnostic, wrong: ExpressionError) -> Diagnostic:
    """Say with a name that is like another how a clause goes on purpose."""
    if isinstance(wrong, UnknownNameError) and not mistake.hint:
        hint = f"有意不要的，请在“指标”里留着“{wrong.word}:”、不填数，或删去这个分句。"
        return mistake._replace(hint=hint)
    return mistake
