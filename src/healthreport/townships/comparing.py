"""What a sheet computes itself, against what the program computes: completion, growth, and rows of 增减%."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables.words import Role
from healthreport.values import scalars

if TYPE_CHECKING:
    from healthreport.townships.figures import Number

_PERCENT = 100


class Check(NamedTuple):
    """A derived figure that differs: what the sheet says, what was computed, and whether it was cut off at 100."""

    said: str
    computed: str
    capped: bool = False


def check(text: str, role: Role, now: Number | None, against: Number | None, *, is_rate: bool) -> Check | None:
    """Compare a derived figure with what its operands give; ``None`` where it agrees or cannot be told.

    The sheet's own digits say how exact it is. 增减 may be a rate or an amount: either will do. A rate of the
    document grows by points.
    """
    said = _number(text)
    if said is None or now is None or against is None:
        return None
    results = [*_results(role, Decimal(now), Decimal(against), is_rate=is_rate)]
    if not results or any(_equal(said, text, result) for result in results):
        return None
    exact, sign = results[0], "%" if _in_percent(role, is_rate=is_rate) else ""
    digits = max(_digits(text), 1)
    computed = f"{round(exact, digits):f}{sign}"
    capped = role is Role.COMPLETION and said == _PERCENT and exact > _PERCENT
    return Check(text if text.endswith("%") or not sign else f"{text}%", computed, capped)


def _in_percent(role: Role, *, is_rate: bool) -> bool:
    return role is Role.COMPLETION or (role is not Role.CHANGE and not is_rate)


def _results(role: Role, now: Decimal, against: Decimal, *, is_rate: bool) -> list[Decimal]:
    """Return what a derived figure may be, the likeliest first."""
    with localcontext(prec=40):
        ratio = [now / against * _PERCENT] if against else []
        growth = [(now / against - 1) * _PERCENT] if against else []
        change = [now - against]
    if role is Role.COMPLETION:
        return ratio
    if role is Role.CHANGE:
        return change
    return [*change, *growth] if is_rate else [*growth, *(change if role is Role.GROWTH_OR_CHANGE else [])]


def _number(text: str) -> Decimal | None:
    folded = scalars.fold(text).rstrip("%").replace("−", "-")
    for word, sign in (("下降", "-"), ("减少", "-"), ("↓", "-"), ("增长", ""), ("增加", ""), ("↑", "")):
        folded = folded.replace(word, sign)
    try:
        return scalars.read_number(folded)
    except ValueError:
        return None


def _digits(text: str) -> int:
    _, point, decimals = scalars.fold(text).rstrip("%").partition(".")
    return len(decimals) if point else 0


def _equal(said: Decimal, text: str, exact: Decimal) -> bool:
    """Say whether a figure is what was computed, in its own digits; 0.956 may stand for 95.6%."""
    with localcontext(prec=40):
        room = Decimal("0.5").scaleb(-_digits(text)) + Decimal("1e-9")
        percent = "%" in text or "％" in text
        return abs(said - exact) <= room or (not percent and _digits(text) > 1 and abs(said - exact / 100) <= room)
