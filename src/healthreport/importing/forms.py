"""How a figure is written under 指标 so that it prints as it stood in the text, character for character."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising.numbers import Kind
from healthreport.values import quantities
from healthreport.values.quantities import PLAIN, Quantity, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.recognising.relations import Mention

Fields = dict[str, str]
_STYLES = {"": PLAIN, "|千分位": Style(grouped=True), "|中文": Style(chinese=True)}
_BEFORE = ("近", "约")


class Form(NamedTuple):
    """The keys of an indicator, and the format behind its name in the text: ``|千分位`` for 1,059."""

    fields: Fields
    style: str


def form_of(mention: Mention, printed: str) -> Form | None:
    """Return the first way to write a figure that prints it as it stood; ``None`` where there is none."""
    return next((form for form in _ways(mention) if _print(form) == printed), None)


def read(fields: Fields, key: str = "数值") -> Quantity | None:
    """Return what can be computed with of an indicator's number: nothing masked, no range, no approximation."""
    quantity = _read(fields, key)
    return None if quantity is None or quantity.opaque else quantity


def _ways(mention: Mention) -> Iterator[Form]:
    value, unit = mention.value, mention.unit
    if mention.kind is Kind.CHINESE:
        yield Form(_fields(str(mention.number), unit), "|中文")
    elif mention.kind is Kind.RANGE:
        yield Form(_fields(value + unit, unit, "区间"), "")
    else:
        if mention.about and mention.kind is Kind.EXACT:
            yield Form(_fields(value.replace(mention.about, ""), unit) | {"约数": mention.about}, "")
        yield Form(_fields(value, unit), "")
        yield Form(_fields(value.replace(",", ""), unit), "|千分位")
        digits = value.rstrip("百千万亿")
        yield Form(_fields(digits, value.removeprefix(digits) + unit), "")


def _fields(value: str, unit: str, key: str = "数值") -> Fields:
    return {key: value, "单位": unit} if unit else {key: value}


def _print(form: Form) -> str:
    quantity = _read(form.fields, "区间" if "区间" in form.fields else "数值")
    return "" if quantity is None else quantities.write(quantity, _STYLES[form.style])


def _read(fields: Fields, key: str) -> Quantity | None:
    """Return a number of an indicator; ``None`` where it has none, or the format cannot hold it."""
    own = quantities.unit(fields.get("单位", ""))
    if key not in fields:
        return None
    try:
        if key == "区间":
            return quantities.read_range(fields[key], own)
        return quantities.read(fields[key], own, fields.get("约数", "") if key == "数值" else "")
    except ValueError:
        return None
