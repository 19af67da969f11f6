"""Values: fields, indicators, what is derived from them, and arithmetic.

Formulas are computed exactly, in base units, when they are first asked for.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.diagnostics import Related
from healthreport.figures import arithmetic, wording
from healthreport.figures.formats import style_of
from healthreport.model.build import known_names
from healthreport.model.references import FIELDS
from healthreport.model.validating.text import Code, Text
from healthreport.values import quantities, scalars
from healthreport.values.expressions import Binary, Call, Derived, ExpressionError, Name, Negative, Node, Number
from healthreport.values.quantities import PLAIN, Quantity, Style

if TYPE_CHECKING:
    from healthreport.diagnostics import Position
    from healthreport.model.build import Built
    from healthreport.model.indicators import Indicator

_BARE = quantities.unit("")
DERIVED = ("完成率", "超额", "同比", "增减", "占比", "倍数", "达标", "数值", "单位", "目标", "上年", "截至", "说明")


class PoisonedError(ExpressionError):
    """A value that depends on a mistake already reported elsewhere."""


class Values:
    """Computes the indicators and expressions of one report, each indicator once."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._report = built.report
        self._place_of = built.place_of
        self.names = known_names(built.report.indicators)
        self._values: dict[str, Quantity | None] = {}
        self._computing: list[str] = []

    def words(self, text: Text) -> str:
        """Return a text with its expressions evaluated."""
        raise NotImplementedError

    def formula_mistake(self, formula: Text, code: Code, wrong: ExpressionError) -> None:
        """Be told of a formula's mistake, once."""
        raise NotImplementedError

    def write(self, code: str) -> str:
        """Return what ``{{ code }}`` prints. Raises :class:`ExpressionError`."""
        node, formats = self.names.parse(code)
        style = style_of(formats) if formats else PLAIN
        if isinstance(node, Name) and node.name not in self._report.indicators:
            return self._field(node, style)
        if isinstance(node, Derived):
            return self.derived(node, style)
        if not isinstance(node, Name):
            return quantities.write(self.evaluate(node), style)
        digits = self._report.indicators[node.name].digits
        if digits is not None:
            style = style._replace(fixed=digits)
        value = self.value(node.name, node)
        if style.scale:
            self._refuse_scale(value, style, node)
        return quantities.write(value, style)

    def _refuse_scale(self, value: Quantity, style: Style, at: Node) -> None:
        if not value.unit.base:
            name = value.unit.name or "没有单位的数"
            raise self._error("unit-mismatch", f"“{name}”不能以“{style.scale}”计", at)

    def value(self, name: str, at: Node) -> Quantity:
        """Return an indicator's value, given or computed."""
        given = self._built.value(name)
        if given is not None and not self._report.indicators[name].parts:
            return given
        if name in self._computing:
            chain = " → ".join([*self._computing[self._computing.index(name) :], name])
            raise self._error("formula-cycle", f"公式绕回了自己：{chain}", at, *self._computing)
        if name not in self._values:
            self._computing.append(name)
            try:
                self._values[name] = self._compute(name, at)
            except PoisonedError:
                self._values[name] = None
            finally:
                self._computing.pop()
        known = self._values[name]
        if known is None:
            raise PoisonedError("poisoned", f"“{name}”算不出来", at.start, at.end)
        return known

    def evaluate(self, node: Node) -> Quantity:
        """Compute a quantity; whatever cannot be computed with is an error at the node."""
        match node:
            case Number():
                return Quantity(Fraction(node.value), _BARE, max(-int(node.value.as_tuple().exponent), 0))
            case Name():
                if node.name in self._report.indicators:
                    return self.value(node.name, node)
                if node.name == "年度" and self._report.year:
                    return Quantity(Fraction(self._report.year), _BARE, 0)
                raise self._error("not-a-number", f"“{node.name}”不是数，不能计算", node)
            case Negative():
                operand = self._operand(node.operand)
                return operand._replace(number=-operand.number)
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case Derived() if node.base.name not in self._report.indicators:
                raise self._error("not-a-number", f"“{node.base.name}”没有“.{node.what}”", node)
            case Derived() if node.what in _part_names(self._report.indicators.get(node.base.name)):
                return self._part(node)
            case Derived(what="数值" | "目标" | "上年"):
                return self._plain(node)
        raise self._error("not-a-number", f"“.{node.what}”是文字，不能计算", node)

    def derived(self, node: Derived, style: Style) -> str:
        """Word what is derived from an indicator."""
        name, what = node.base.name, node.what
        if name not in self._report.indicators:
            raise self._error("not-a-number", f"“{name}”没有“.{what}”", node)
        indicator = self._report.indicators[name]
        if node.argument is not None and what != "占比":
            raise ExpressionError("expression-syntax", f"“.{what}”后面不能有括号", node.start, node.end)
        if what in _part_names(indicator):
            return quantities.write(self._part(node), style)
        if what not in DERIVED:
            known = "、".join([*DERIVED, *_part_names(indicator)])
            raise ExpressionError("unknown-derived", f"没有“.{what}”，可以用：{known}", node.start, node.end)
        if what != "目标":
            style = style._replace(fixed=indicator.digits)
        if style.scale and what not in ("数值", "目标", "上年", "超额", "增减"):
            raise self._error("unit-mismatch", f"“.{what}”不能以“{style.scale}”计", node)
        if what == "单位":
            return indicator.unit
        if what in ("截至", "说明"):
            return self._attribute(node, indicator)
        if what == "目标" and (target := self._built.target(name)) is not None:
            return target.bound + quantities.write(target.quantity, style)
        if what in ("数值", "目标", "上年"):
            value = self._plain(node)
            if style.scale:
                self._refuse_scale(value, style, node)
            return quantities.write(value, style)
        try:
            return self._compare(node, indicator, style)
        except wording.WordingError as wrong:
            raise self._error(wrong.id, wrong.message, node, name) from None

    def _compare(self, node: Derived, indicator: Indicator, style: Style) -> str:
        now, lower = self._operand(node.base), indicator.lower_is_better
        match node.what:
            case "占比":
                if node.argument is None:
                    raise self._error("expression-syntax", "“.占比”要写明占什么，如“.占比(总数)”", node)
                return wording.share(now, self._operand(node.argument), style)
            case "同比":
                return wording.year_on_year(now, self._last(node), style, lower_is_better=lower)
            case "增减":
                return wording.change(now, self._last(node), style, lower_is_better=lower)
            case "倍数":
                return wording.times(now, self._last(node), style)
        aim = self._built.target(node.base.name)
        if aim is None:
            raise self._missing(node.base.name, "目标", node)
        target = self._clear(aim.quantity, f"“{node.base.name}”的目标", node, node.base.name, key="目标")
        if node.what == "达标":
            return wording.reached(now, target, aim.bound, lower_is_better=lower)
        if aim.bound or lower:
            limit = aim.bound + quantities.write(target, Style())
            message = f"目标“{limit}”是界限，不能算“.{node.what}”，请用“.达标”"
            raise self._error("bound-target", message, node, node.base.name)
        return wording.completion(now, target, style) if node.what == "完成率" else wording.excess(now, target, style)

    def _last(self, node: Derived) -> Quantity:
        last = self._built.last(node.base.name)
        if last is None:
            raise self._missing(node.base.name, "上年", node)
        return self._clear(last, f"“{node.base.name}”的上年数", node, node.base.name, key="上年")

    def _plain(self, node: Derived) -> Quantity:
        name = node.base.name
        if node.what == "数值":
            return self.value(name, node.base)
        target = self._built.target(name)
        found = self._built.last(name) if node.what == "上年" else target and target.quantity
        if found is None:
            raise self._missing(node.base.name, node.what, node)
        return found

    def _attribute(self, node: Derived, indicator: Indicator) -> str:
        value = indicator.as_of if node.what == "截至" else indicator.note
        if value is None:
            raise self._missing(node.base.name, node.what, node)
        return scalars.write_date(value) if isinstance(value, datetime.date) else self.words(value)

    def _part(self, node: Derived) -> Quantity:
        parts = self._report.indicators[node.base.name].parts
        if not isinstance(parts, dict):
            return self.value(node.what, node)
        part = parts[node.what]
        if part is None:
            raise self._error("missing-value", f"“{node.base.name}”的分项“{node.what}”还没有数值", node, node.base.name)
        return part

    def _field(self, name: Name, style: Style) -> str:
        value = getattr(self._report, FIELDS[name.name])
        if not value:
            raise ExpressionError("missing-value", f"用到了“{name.name}”，但没有写", name.start, name.end, name.name)
        if isinstance(value, Text):
            return self.words(value)
        if isinstance(value, int) and style.chinese:
            return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))
        if isinstance(value, int):
            return quantities.write(Quantity(Fraction(value), _BARE, 0), style)
        return scalars.write_date(value)

    def _compute(self, name: str, at: Node) -> Quantity:
        indicator = self._report.indicators[name]
        own = quantities.unit(indicator.unit)
        given = indicator.value or indicator.range
        if indicator.formula is not None:
            return self._formula(name, indicator, indicator.formula)
        if indicator.parts:
            total = self._total(name, indicator, at)
            if total is not None and given is not None and not given.opaque and given.number != total.number:
                added = quantities.write(quantities.in_unit(total, own), Style())
                raise self._error("parts-do-not-add-up", f"“{name}”的分项合计{added}，与数值不符", at, name)
            given = given or (quantities.in_unit(total, own) if total else None)
        if given is None:
            raise self._error("missing-value", f"“{name}”还没有数值", at, name)
        return given

    def _total(self, name: str, indicator: Indicator, at: Node) -> Quantity | None:
        """Add up the parts; a part that cannot be added matters only where no value is given."""
        try:
            parts = [self._operand(part) for part in self._part_nodes(name, indicator, at)]
        except ExpressionError:
            if indicator.value is None:
                raise
            return None
        total = parts[0]
        for part in parts[1:]:
            total = self._add(total, part, at, 1)
        return total

    def _part_nodes(self, name: str, indicator: Indicator, at: Node) -> list[Node]:
        if isinstance(indicator.parts, dict):
            base = Name(name, at.start, at.end)
            return [Derived(base, part, None, at.start, at.end) for part in indicator.parts]
        return [self._named(part.value, at, name) for part in indicator.parts]

    def _named(self, name: str, at: Node, owner: str) -> Name:
        if name not in self._report.indicators:
            raise self._error("unknown-name", f"分项“{name}”不是指标", at, owner)
        return Name(name, at.start, at.end)

    def _formula(self, name: str, indicator: Indicator, formula: Text) -> Quantity:
        """Compute a formula in base units and express it in its indicator's unit."""
        code = Code(str(formula), formula.start)
        own = quantities.unit(indicator.unit)
        try:
            node = self.names.parse(code.text).node
            result = self.evaluate(node)
            if not arithmetic.fits(result.unit, own):
                message = f"公式算出的是“{result.unit.base}”，不能写成“{own.name}”"
                raise self._error("unit-mismatch", message, node, name)
        except PoisonedError:
            raise
        except ExpressionError as wrong:
            self.formula_mistake(formula, code, wrong)
            raise PoisonedError("poisoned", f"“{name}”算不出来", 0, 0) from None
        return Quantity(result.number, own, result.digits if result.unit == own else None)

    def _operand(self, node: Node) -> Quantity:
        """Evaluate what is to be computed with: nothing masked, no range, no approximation."""
        quantity = self.evaluate(node)
        what = f"“{node.name}”" if isinstance(node, Name) else "这个数"
        return self._clear(quantity, what, node, *_names_in(node))

    def _clear(self, quantity: Quantity, what: str, at: Node, *names: str, key: str = "数值") -> Quantity:
        if quantity.opaque:
            message = f"{what}（{quantity.text}）{quantity.opaque}，不能计算"
            raise self._error("opaque-operand", message, at, *names, key=key)
        return quantity

    def _binary(self, node: Binary) -> Quantity:
        left, right = self._operand(node.left), self._operand(node.right)
        if node.operator == "*":
            return arithmetic.multiply(left, right)
        if node.operator == "/":
            if not right.number:
                raise self._error("zero-operand", "除数是零", node.right, *_names_in(node.right))
            return arithmetic.divide(left, right)
        return self._add(left, right, node, 1 if node.operator == "+" else -1)

    def _add(self, left: Quantity, right: Quantity, at: Node, sign: int) -> Quantity:
        try:
            return arithmetic.add(left, right, sign)
        except ValueError as wrong:
            raise self._error("unit-mismatch", str(wrong), at, *_names_in(at)) from None

    def _call(self, node: Call) -> Quantity:
        values = [self._operand(argument) for argument in node.arguments]
        total = values[0]
        for value in values[1:]:
            added = self._add(total, value, node, 1)
            if node.function == "合计":
                total = added
            elif (value.number > total.number) == (node.function == "最大"):
                total = value
        return total

    def _missing(self, name: str, key: str, at: Node) -> ExpressionError:
        return self._error("missing-value", f"“{name}”没有“{key}”", at, name, key=key)

    def _error(self, id: str, message: str, at: Node, *names: str, key: str = "数值") -> ExpressionError:
        """Return a mistake with the places of the indicators it is about, of their ``key`` where each has its own."""
        places: list[tuple[str, Position]] = [(name, place) for name in names if (place := self._place_of(name, key))]
        related = tuple(Related(place, f"“{name}”写在这里") for name, place in dict(places).items())
        return ExpressionError(id, message, at.start, at.end, related=related)


def _part_names(indicator: Indicator | None) -> tuple[str, ...]:
    parts = indicator.parts if indicator else ()
    return tuple(parts) if isinstance(parts, dict) else tuple(part.value for part in parts)


def _names_in(node: Node) -> tuple[str, ...]:
    """Return the indicators a node names."""
    if isinstance(node, Name):
        return (node.name,)
    if isinstance(node, Derived):
        return (node.base.name,)
    if isinstance(node, Binary):
        return (*_names_in(node.left), *_names_in(node.right))
    if isinstance(node, Call):
        return tuple(name for argument in node.arguments for name in _names_in(argument))
    return ()
