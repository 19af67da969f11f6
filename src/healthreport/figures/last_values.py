"""Last year's values: given, or of a 公式 and 分项 computed of what its parts were last year, each once."""

from __future__ import annotations

import contextlib
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.figures.computed_values import ComputedValues
from healthreport.figures.last_sources import LastSources
from healthreport.figures.made_of import indicator_at
from healthreport.figures.mistakes import Mistakes
from healthreport.model.build import known_names
from healthreport.values import quantities
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Name
from healthreport.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.model.build import Built
    from healthreport.model.indicators import Indicator
    from healthreport.values.expressions import Derived, Node
    from healthreport.values.quantities import Quantity

_HINT = "请核对各部分的上年数；上年没有这个数的，请写“无上年: 是”。"


class LastValues(ComputedValues):
    """Computes what the indicators of one report came to last year."""

    key, said = "上年", "的上年数"

    def __init__(self, built: Built, mistakes: Mistakes) -> None:
        super().__init__(built, mistakes)
        self.sources = LastSources(self._report.indicators, mistakes.names)

    def find(self, name: str, at: Node) -> Quantity | None:
        """Return last year's value, ``None`` where it is missing. Raises :class:`ExpressionError`."""
        given = self.built.last(name)
        if given is not None or not self.sources.has(self.built, name):
            return given
        return self.computed_value(name, at)

    def value(self, name: str, at: Node) -> Quantity:
        """Return last year's value of an operand, which has one."""
        return self.built.last(name) or self.computed_value(name, at)

    def _is_given(self, name: str) -> bool:
        return self.built.last(name) is not None

    def look_up(self, node: Name | Derived) -> Quantity:
        """Return what a name in a formula came to last year."""
        return self.value(indicator_at(node, self._report.indicators), node)

    def _compute(self, name: str, at: Node) -> Quantity:
        indicator = self._report.indicators[name]
        if indicator.formula is not None:
            return self._formula(name, indicator, indicator.formula)
        total = self._sum(name, indicator, at)
        return quantities.in_unit(total, quantities.unit(indicator.unit))

    def _told(self, wrong: ExpressionError) -> ExpressionError:
        message = f"算上年数时，{wrong.message}"
        return ExpressionError(wrong.id, message, wrong.start, wrong.end, hint=_HINT, related=wrong.related)


class Differing(NamedTuple):
    """A 上年 that was written otherwise than its parts make it, both as they are printed."""

    name: str
    key: str
    written: str
    computed: str


def differing(built: Built, made: Iterable[str]) -> Iterator[Differing]:
    """Yield the 上年 of ``made`` indicators that differ from what their parts' make, by more than rounding."""
    indicators = built.report.indicators
    given = [(name, last) for name in made if (last := built.last(name)) and not last.opaque]
    if not given:
        return
    values = LastValues(built, Mistakes(known_names(indicators, built.report.words), built, draft=True))
    for name, last in given:
        if values.sources.can_compute(built, name):
            with contextlib.suppress(ExpressionError):  # what cannot be computed, nothing is compared with
                computed = values.computed_value(name, Name(name, 0, len(name)))
                yield from _compared(name, indicators[name], last, computed)


def _compared(name: str, indicator: Indicator, written: Quantity, computed: Quantity) -> Iterator[Differing]:
    """Compare with as many digits as are both written and printed."""
    digits = min(one for one in (indicator.digits, written.digits) if one is not None)
    sides = [rounded(one.number / written.unit.factor, digits) for one in (written, computed)]
    if Fraction(sides[0]) != Fraction(sides[1]):
        style = quantities.Style(digits=digits)
        key = "公式" if indicator.formula is not None else "分项"
        in_its_unit = computed._replace(unit=written.unit)
        yield Differing(name, key, quantities.write(written, style), quantities.write(in_its_unit, style))
