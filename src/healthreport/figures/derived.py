"""What stands behind the point: ``农村改厕.同比``, ``新签.占比(签约)``, ``农村改厕.上年``, ``诊疗.门诊``."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from healthreport.figures.indicator_values import NUMBERS
from healthreport.values import quantities, scalars
from healthreport.values.derivations import DERIVATIONS, SAID_OF_TOWNSHIPS, SO_MANY, Against, DerivationError, Sides
from healthreport.values.expression_errors import ExpressionError, syntax_error
from healthreport.values.expressions import Derived, Name
from healthreport.values.quantities import Quantity

if TYPE_CHECKING:
    from healthreport.figures.indicator_values import IndicatorValues
    from healthreport.model.indicators import Indicator
    from healthreport.model.validating.text import Text
    from healthreport.values.derivations import Derivation
    from healthreport.values.expressions import Node
    from healthreport.values.quantities import Style

# What an indicator says of itself.
OWN = ("数值", "单位", "目标", "上年", "截至", "说明")
_PERCENT = quantities.unit("%")


class DerivedValues:
    """Words what the indicators of one report say of themselves and what is derived from them.

    ``over`` are the shares over 100 % among them: a part, the whole (empty where it is a sum), and what share it is.
    """

    def __init__(self, values: IndicatorValues) -> None:
        self._values = values
        self._built = values.built
        self._indicators = values.built.report.indicators
        self._mistakes = values.mistakes
        self.over: dict[tuple[str, str], Quantity] = {}

    def say(self, node: Derived, style: Style) -> str | Text:
        """Return what is printed, of 说明 the text. Raises :class:`ExpressionError`."""
        indicator, derivation = self._indicators.get(node.base.name), DERIVATIONS.get(node.what)
        if indicator is None:
            raise self._mistakes.no_number(f"“{node.base.name}”没有“.{node.what}”", node)
        takes_argument = node.what in SO_MANY or (derivation and derivation.against is Against.ARGUMENT)
        is_known = derivation or node.what in (*SAID_OF_TOWNSHIPS, *OWN, *indicator.part_names)
        if node.argument is not None and is_known and not takes_argument:
            raise syntax_error(f"“.{node.what}”后面不能有括号", node.start, node.end)
        if node.what in indicator.part_names:
            if self._built.sums:
                self._built.sums.show(node.base.name, node.what)
            return self.write(self._values.part(node), style, node)
        if derivation:
            return self._derived(node, derivation, style._replace(fixed=indicator.digits))
        if node.what in SAID_OF_TOWNSHIPS:
            return self._of_townships(node, style)
        if node.what in OWN:
            return self._own(node, indicator, style)
        townships = SAID_OF_TOWNSHIPS if self._built.sums else ()
        known = "、".join([*DERIVATIONS, *townships, *OWN, *indicator.part_names])
        message = f"没有“.{node.what}”，可以用：{known}"
        raise ExpressionError("unknown-derived", message, node.start, node.end, hint="请改用其中之一。")

    def write(self, value: Quantity, style: Style, at: Node) -> str:
        """Write an indicator's number; what has no unit of its own, a rate say, is not counted in 万 or 亿."""
        if style.scale and not value.unit.base:
            raise self._no_scale(value.unit.name or "没有单位的数", style, at)
        return quantities.write(value, style)

    def _derived(self, node: Derived, derivation: Derivation, style: Style) -> str:
        sides = self.sides(node)
        if style.scale and not (derivation.in_own_unit and sides.now.unit.base):
            raise self._no_scale(f".{node.what}", style, node)
        try:
            said = derivation.say(sides, style)
        except DerivationError as wrong:
            raise self._mistakes.error(wrong.id, wrong.message, node, node.base.name, hint=wrong.hint) from None
        if derivation.against is Against.ARGUMENT and sides.now.number / sides.other.number > 1:
            whole = node.argument.name if isinstance(node.argument, Name) else ""
            self.over[node.base.name, whole] = Quantity(sides.now.number / sides.other.number, _PERCENT)
        return said

    def sides(self, node: Derived) -> Sides:
        """Return what is compared. Raises :class:`ExpressionError`."""
        sums, against = self._built.sums, DERIVATIONS[node.what].against
        both = sums.compared(node, against.value, self._values.look_up) if sums else None
        now = both[0] if both else self._values.operand(node.base)
        other, bound = (both[1], "") if both else self._other_side(node, against)
        return Sides(now, other, bound, self._indicators[node.base.name].lower_is_better)

    def _of_townships(self, node: Derived, style: Style) -> str:
        """Return what is said of the townships that a county's figures are made of."""
        if self._built.sums is None:
            message = f"“.{node.what}”说的是各乡镇，这份报告没有写“汇总来源”"
            raise self._mistakes.error("no-townships", message, node, hint="例如“汇总来源: 乡镇.xlsx”。")
        return self._built.sums.say(node, style, self._values.look_up)

    def _other_side(self, node: Derived, against: Against) -> tuple[Quantity, str]:
        """Return what the value is compared with, and the bound it sets."""
        name = node.base.name
        if against is Against.ARGUMENT:
            if node.argument is None:
                message = f"“.{node.what}”要写明占什么，如“.{node.what}(总数)”"
                raise syntax_error(message, node.start, node.end)
            return self._values.operand(node.argument), ""
        if against is Against.TARGET:
            found, bound = self._built.target(name) or (None, "")
            key = said = "目标"
        else:
            found, bound = self._values.last(name, node), ""
            key, said = "上年", "上年数"
        if found is None:
            raise self._mistakes.missing(f"“{name}”没有“{key}”", name, node, key=key)
        return self._mistakes.clear(found, f"“{name}”的{said}", node, name, key=key), bound

    def _own(self, node: Derived, indicator: Indicator, style: Style) -> str | Text:
        """Return what an indicator says of itself."""
        if node.what in NUMBERS:
            return self._number(node, indicator, style)
        if style.scale:
            raise self._no_scale(f".{node.what}", style, node)
        value = {"单位": indicator.unit, "截至": indicator.as_of, "说明": indicator.note}[node.what]
        if value is None:
            raise self._mistakes.missing(f"“{node.base.name}”没有“{node.what}”", node.base.name, node, key=node.what)
        return scalars.write_date(value) if isinstance(value, datetime.date) else value

    def _number(self, node: Derived, indicator: Indicator, style: Style) -> str:
        """Write one of the numbers it says; a target keeps the digits and the bound it was written with."""
        if self._built.sums:
            self._built.sums.show(node.base.name, node.what)
        if node.what == "目标" and (target := self._built.target(node.base.name)) is not None:
            return target.bound + self.write(target.quantity, style, node)
        return self.write(self._values.number(node), style._replace(fixed=indicator.digits), node)

    def _no_scale(self, what: str, style: Style, at: Node) -> ExpressionError:
        return self._mistakes.unfit(f"“{what}”不能以“{style.scale}”计", at)
