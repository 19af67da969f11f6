"""What a report has a value for, told before anything is computed: a clause is printed where nothing lacks.

Missing is what nobody gave. Units that do not fit, a division by zero and a circle are mistakes, and computing tells
of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import MAX_PROBLEMS
from healthreport.figures.last_sources import LastSources
from healthreport.figures.made_of import needed_first
from healthreport.model.build import known_names
from healthreport.values.derivations import DERIVATIONS, SAID_OF_TOWNSHIPS, Against
from healthreport.values.expression_errors import ExpressionError, UnknownNameError
from healthreport.values.expressions import Binary, Call, Derived, Name, Negative, Node, Number
from healthreport.values.operands import operands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from healthreport.model.build import Built

VALUE, TARGET, LAST = "数值", "目标", "上年"
# The keys of what is no key of an indicator: a field of the report, a name that nothing has.
FIELD, NOWHERE = "", "?"


class Lack(NamedTuple):
    """Something that nobody gave: of an indicator its ``key``, or the name of one of its parts."""

    name: str
    key: str

    def __str__(self) -> str:
        of = f"的“{self.key}”" if self.key not in (FIELD, NOWHERE, VALUE) else ""
        return f"“{self.name}”{of}"


Lacks = frozenset[Lack]
_NOTHING: Lacks = frozenset()


class Presence:
    """Says of the expressions of one report what they lack, each formula and each indicator asked once.

    ``is_standard`` says whether a name is a standard indicator's.
    """

    def __init__(self, built: Built, is_standard: Callable[[str], bool]) -> None:
        self._built = built
        self._indicators = built.report.indicators
        self._names = known_names(self._indicators, built.report.words)
        self._lasts = LastSources(self._indicators, self._names)
        self._is_standard = is_standard
        self._values: dict[str, Lacks] = {}
        self._asking: dict[str, Iterator[str]] = {}
        self._guessed: set[str] = set()

    def hangs_on_what_is_gone(self, name: str) -> bool:
        """Say whether an indicator is computed of a standard one that was taken out."""
        return any(lack.key == NOWHERE and self._is_standard(lack.name) for lack in self._value(name))

    def is_nowhere(self, name: str) -> bool:
        """Say whether a name that the report has not is nobody's.

        A slip of the hand is like a name that there is. So is many a standard indicator, which was taken out.
        """
        return self._is_gone(self._names.unknown(name, "", 0))

    def taken_out_of(self, formula: str) -> str:
        """Return the standard indicator that a formula names and that was taken out, if one was."""
        try:
            self._names.parse(formula)
        except UnknownNameError as wrong:
            return wrong.word if self._is_standard(wrong.word) else ""
        except ExpressionError:
            pass  # told where formulas are checked
        return ""

    def of(self, code: str) -> Lacks:
        """Return what an expression lacks. Raises :class:`ExpressionError` for one that cannot be read."""
        try:
            return self._of(self._names.parse(code).node)
        except UnknownNameError as wrong:
            if not self._is_gone(wrong):
                raise
            return frozenset({Lack(wrong.word, NOWHERE)})

    def _is_gone(self, wrong: UnknownNameError) -> bool:
        if self._is_standard(wrong.word):
            return True
        # Nothing is left out on a guess that was not made: of so many unknown names each is a mistake.
        self._guessed.add(wrong.word)
        return len(self._guessed) <= MAX_PROBLEMS and wrong.guess is None

    def _of(self, node: Node) -> Lacks:
        match node:
            case Name():
                return self._value(node.name)
            case Derived():
                return self._derived(node)
            case Binary():
                return self._of(node.left) | self._of(node.right)
            case Negative():
                return self._of(node.operand)
            case Call():
                return _all(map(self._of, node.arguments))
            case Number():
                return _NOTHING

    def _derived(self, node: Derived) -> Lacks:
        name, what = node.base.name, node.what
        indicator, derivation = self._indicators.get(name), DERIVATIONS.get(what)
        if indicator is None:
            return _NOTHING  # a mistake, as what is said of an indicator that it has not
        if what in indicator.part_names:
            if not isinstance(indicator.parts, dict):
                return self._named(what)
            return _NOTHING if indicator.parts[what] else frozenset({Lack(name, what)})
        if derivation:
            return self._value(name) | self._against(derivation.against, node)
        if what == VALUE:
            return self._value(name)
        if what in (TARGET, LAST):
            return self._compared(name, what)
        if what in SAID_OF_TOWNSHIPS:
            told = self._built.sums is None or self._built.sums.can_say(node)
            return _NOTHING if told else self._value(name) or frozenset({Lack(name, what)})
        given = {"截至": indicator.as_of, "说明": indicator.note}.get(what, True)
        return _NOTHING if given else frozenset({Lack(name, what)})

    def _against(self, against: Against, node: Derived) -> Lacks:
        if against is Against.ARGUMENT:
            return self._of(node.argument) if node.argument else _NOTHING
        return self._compared(node.base.name, against.value)

    def _compared(self, name: str, key: str) -> Lacks:
        given = self._built.target(name) if key == TARGET else self._lasts.has(self._built, name)
        return _NOTHING if given else frozenset({Lack(name, key)})

    def _value(self, name: str) -> Lacks:
        if name in self._asking:
            return _NOTHING  # what comes back to itself is a mistake
        if name not in self._values:
            for one in needed_first(name, self._needs, self._asking):
                of = self._lacks_of_value if one in self._indicators else self._lacks_of_field
                if one not in self._values:
                    self._values[one] = of(one)
        return self._values[name]

    def _needs(self, name: str) -> Iterator[str]:
        """Yield the indicators whose lacks are an indicator's too."""
        indicator = self._indicators.get(name)
        if indicator is None or self._built.value(name):
            return
        named = tuple(indicator.part_names) if not isinstance(indicator.parts, dict) else ()
        if indicator.formula is not None:
            try:
                found = operands(self._names.parse(str(indicator.formula)).node)
            except ExpressionError:
                return
            named = tuple([leaf.name if isinstance(leaf, Name) else leaf.base.name for leaf in found])
        yield from (one for one in named if one in self._indicators and one not in self._values)

    def _lacks_of_value(self, name: str) -> Lacks:
        indicator = self._indicators[name]
        if self._built.value(name) or indicator.range:
            return _NOTHING
        if indicator.formula is not None:
            try:
                return self.of(str(indicator.formula))
            except ExpressionError:
                return _NOTHING
        if isinstance(indicator.parts, dict) and indicator.parts:
            return frozenset({Lack(name, part) for part, given in indicator.parts.items() if given is None})
        if indicator.parts:
            return _all(self._named(part) for part in indicator.part_names)
        return frozenset({Lack(name, VALUE)})

    def _named(self, name: str) -> Lacks:
        """Return what the value of a name that was written for an indicator's lacks."""
        if name in self._indicators:
            return self._value(name)
        return frozenset({Lack(name, NOWHERE)}) if self.is_nowhere(name) else _NOTHING

    def _lacks_of_field(self, name: str) -> Lacks:
        value = self._built.report.said(name)
        return _NOTHING if value else frozenset({Lack(name, FIELD)})


def _all(lacks: Iterable[Lacks]) -> Lacks:
    return _NOTHING.union(*lacks)
