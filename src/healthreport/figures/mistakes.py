"""What cannot be computed: made into a mistake that names the indicators it is about, and kept, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, Related, Severity, error
from healthreport.model import references
from healthreport.values.derivations import CHECK_UNITS
from healthreport.values.expression_errors import ExpressionError, UnknownNameError
from healthreport.values.expressions import Binary, Call, Derived, Name, Node
from healthreport.values.limits import MAX_CHARACTERS

if TYPE_CHECKING:
    from healthreport.diagnostics import HealthReportError, Position
    from healthreport.model.build import Built
    from healthreport.model.validating.text import Code, Text
    from healthreport.values.expressions import Names
    from healthreport.values.quantities import Quantity


_VALUE = "数值"


class PoisonedError(ExpressionError):
    """A value that depends on a mistake already reported elsewhere; it is never told itself."""

    def __init__(self, name: str) -> None:
        super().__init__("poisoned", f"“{name}”算不出来", 0, 0, hint="")
        self._name = name
        self.lacks = (name, _VALUE)

    def moved(self, start: int, end: int) -> PoisonedError:  # noqa: ARG002 -- it is not told, wherever it is met
        """Return the same."""
        return PoisonedError(self._name)


class Mistakes:
    """Makes and keeps the mistakes of one report's expressions; under ``draft`` they are kept as warnings."""

    def __init__(self, names: Names, built: Built | None, *, draft: bool) -> None:
        self.kept: list[Diagnostic] = []
        self.names = names
        self._built = built
        self._severity = Severity.WARNING if draft else Severity.ERROR
        self._or_draft = "" if draft else "；只看样子可加 --draft"

    def error(self, id: str, message: str, at: Node, *names: str, hint: str, key: str = _VALUE) -> ExpressionError:
        """Return a mistake with the places of the indicators it is about, of their ``key`` where each has its own."""
        built = self._built
        places = [(name, place) for name in names if (place := built.place_of(name, key) if built else None)]
        related = tuple(Related(place, f"“{name}”写在这里") for name, place in dict(places).items())
        return ExpressionError(id, message, at.start, at.end, hint=hint, related=related)

    def missing(self, message: str, name: str, at: Node, *, key: str = _VALUE) -> ExpressionError:
        """Return the mistake that an indicator lacks a key."""
        way_out, related = self._way_out(name, key)
        hint = f"{way_out}，或改写这句话{self._or_draft}。"
        wrong = self.error("missing-value", message, at, name, hint=hint, key=key)
        wrong.related = related or wrong.related
        wrong.lacks = (name, key)
        wrong.about = name if key == _VALUE else f"{name}的{key}"
        return wrong

    def _way_out(self, name: str, key: str) -> tuple[str, tuple[Related, ...]]:
        """Say where a key is to be filled in, and show its place: the cell of a sheet to be opened, or the key."""
        built = self._built
        indicator = built.report.indicators.get(name) if built else None
        if indicator and indicator.has_none(key):
            return f"“{name}”写明了没有“{key}”：请把用到它的分句写在 [[ ]] 里", ()
        blank = built.blank(name, key) if built else None
        way_out = f"请在{blank.in_sheet}填上" if blank and blank.in_sheet else "请补上"
        return way_out, (Related(blank, f"“{name}”的“{key}”空在这里"),) if blank else ()

    def no_number(self, message: str, at: Node) -> ExpressionError:
        """Return the mistake that something is computed with that is no number."""
        return self.error("not-a-number", message, at, hint="文字直接写“{{ 单位 }}”，只有数才能计算。")

    def unfit(self, message: str, at: Node, *names: str, key: str = _VALUE) -> ExpressionError:
        """Return the mistake that units do not go together."""
        return self.error("unit-mismatch", message, at, *names, hint=CHECK_UNITS, key=key)

    def clear(self, quantity: Quantity, what: str, at: Node, *names: str, key: str = _VALUE) -> Quantity:
        """Return what can be computed with: nothing masked, no range, no approximation."""
        if quantity.opaque:
            message = f"{what}（{quantity.text}）{quantity.opaque}，不能计算"
            hint = f"请直接写出结果，或改写这句话{self._or_draft}。"
            raise self.error("opaque-operand", message, at, *names, hint=hint, key=key)
        return quantity

    def keep(self, text: Text, code: Code, wrong: ExpressionError, *, owner: str = "") -> None:
        """Keep a mistake in an expression, or in the formula of its ``owner``, which is not made of itself."""
        if isinstance(wrong, UnknownNameError):
            wrong.not_meant = owner
        for one in (wrong, *wrong.beside):
            if len(self.kept) < MAX_PROBLEMS:
                self._keep(references.diagnose(text, code, one, self._severity))

    def keep_at(self, place: Position, wrong: ExpressionError) -> None:
        """Keep a mistake that stands in no text."""
        if len(self.kept) < MAX_PROBLEMS:
            self._keep(references.describe(wrong, place, self._severity))

    def _keep(self, problem: Diagnostic) -> None:
        if problem not in self.kept:
            self.kept.append(problem)


def too_long(place: Position) -> HealthReportError:
    """Return the mistake of references and tables that say more than a report does."""
    message = f"引用展开以后超过{MAX_CHARACTERS // 10_000}万字，不像一份报告。"
    return error("too-long", message, place, hint="请检查是不是把很长的文字引用了许多次。")


def names_in(node: Node) -> tuple[str, ...]:
    """Return the indicators a node names."""
    match node:
        case Name():
            return (node.name,)
        case Derived():
            return (node.base.name,)
        case Binary():
            return (*names_in(node.left), *names_in(node.right))
        case Call():
            return tuple(name for argument in node.arguments for name in names_in(argument))
    return ()
