"""Figures: what texts and tables say once their expressions are evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, Severity
from healthreport.figures.values import DERIVED, PoisonedError, Values
from healthreport.model import references
from healthreport.model.validating.text import Code, Text
from healthreport.values import quantities
from healthreport.values.expressions import Derived, ExpressionError, Name
from healthreport.values.quantities import Style

if TYPE_CHECKING:
    from healthreport.diagnostics import Position
    from healthreport.model.build import Built
    from healthreport.values.quantities import Quantity

__all__ = ["DERIVED", "GAP", "Figures", "PoisonedError"]

# Stands for a gap inside a string; a noncharacter, which no input may hold.
GAP = "\ufdd0"
_NONE = "—"


class Figures(Values):
    """Writes the texts and table cells of one report, and collects what was wrong with them.

    What cannot be computed leaves a :data:`GAP`; it is an error, under ``draft`` a warning.
    """

    def __init__(self, built: Built, *, draft: bool = False) -> None:
        super().__init__(built)
        self.problems: list[Diagnostic] = []
        self._severity = Severity.WARNING if draft else Severity.ERROR
        self._resolving: list[int] = []

    def words(self, text: Text) -> str:
        """Return a text with its expressions evaluated."""
        segments = text.segments
        if len(segments) == 1 and isinstance(segments[0], str):
            return segments[0]
        if text.n in self._resolving:
            raise ExpressionError("cycle", "这里绕回了自己", 0, 0)
        self._resolving.append(text.n)
        try:
            return "".join([one if isinstance(one, str) else self.value_of(text, one) for one in segments]).strip()
        finally:
            self._resolving.pop()

    def value_of(self, text: Text, code: Code) -> str:
        """Return what a ``{{ }}`` of a text prints."""
        try:
            return self.write(code.text)
        except PoisonedError:
            return GAP
        except ExpressionError as wrong:
            self.formula_mistake(text, code, wrong)
            return GAP

    def formula_mistake(self, formula: Text, code: Code, wrong: ExpressionError) -> None:
        """Record a mistake in an expression or a formula."""
        if len(self.problems) >= MAX_PROBLEMS:
            return
        self._record(references.diagnose(formula, code, wrong, self.names, self._severity))

    def cell(self, name: str, column: str, place: Position, *, with_unit: bool) -> str:
        """Return what a table of indicators shows of one; ``place`` is where the table asks for it."""
        try:
            return self._cell(name, column, with_unit=with_unit)
        except PoisonedError:
            return GAP
        except ExpressionError as wrong:
            self._record(references.describe(wrong, place, self.names, self._severity))
            return GAP

    def _cell(self, name: str, column: str, *, with_unit: bool) -> str:
        """Return what a table of indicators shows of one; a comparison that cannot be made is a dash."""
        at = Name(name, 0, len(name))
        indicator = self._report.indicators.get(name)
        if indicator is None:
            raise ExpressionError("unknown-name", f"没有“{name}”这个指标", 0, len(name), name)
        if column in ("指标", "单位"):
            return name if column == "指标" else indicator.unit
        own = quantities.unit(indicator.unit)

        def number(quantity: Quantity, style: Style) -> str:
            return (
                quantities.write(quantity, style) if with_unit else quantities.write_beside_unit(quantity, style, own)
            )

        if column == "完成":
            return number(self.value(name, at), Style(fixed=indicator.digits))
        if column == "上年" and (last := self._built.last(name)) is not None:
            return number(last, Style(fixed=indicator.digits))
        if column == "目标" and (target := self._built.target(name)) is not None:
            return target.bound + number(target.quantity, Style())
        if column in ("上年", "目标"):
            return _NONE
        if column not in ("截至", "说明"):
            self.value(name, at)
        try:
            return self.derived(Derived(at, column, None, 0, len(name)), Style())
        except PoisonedError:
            raise
        except ExpressionError:
            return _NONE

    def check_formulas(self) -> None:
        """Read the formulas that nothing has asked for: a wrong one is a mistake all the same."""
        for indicator in self._report.indicators.values():
            if indicator.formula is not None:
                code = Code(str(indicator.formula), indicator.formula.start)
                try:
                    self.names.parse(code.text)
                except ExpressionError as wrong:
                    self.formula_mistake(indicator.formula, code, wrong)

    def _record(self, problem: Diagnostic) -> None:
        if problem not in self.problems:
            self.problems.append(problem)
