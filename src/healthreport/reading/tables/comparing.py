"""What a sheet computes itself, against what the program computes: completion, growth, shortfall, shares, formulas.

The sheet's own digits say how exact a figure is.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Severity
from healthreport.reading.tables.columns import ONE
from healthreport.reading.tables.words import Role
from healthreport.values import scalars

if TYPE_CHECKING:
    from healthreport.diagnostics import Position

Number = int | Decimal | Fraction
_PERCENT = 100
_OF_TARGET = (Role.COMPLETION, Role.SHORTFALL)


class Check(NamedTuple):
    """A derived figure that differs: what the sheet says, what was computed, and whether it was cut off at 100."""

    said: str
    computed: str
    capped: bool = False


def is_of_target(role: Role) -> bool:
    """Say whether a derived figure is made of a target; the others are of last year's figure."""
    return role in _OF_TARGET


def check(
    text: str, role: Role, now: Number | None, against: Number | None, *, is_rate: bool, ratio: Fraction = ONE
) -> Check | None:
    """Compare a derived figure with what its operands give; ``None`` where it agrees or cannot be told.

    增减 may be a rate or an amount: either will do. A rate of the document grows by points. The figure is written in a
    unit of which ``ratio`` says how many of the declared one it is: 0.3 of 万人次 is 3000.
    """
    if now is None or against is None:
        return None
    results = [*_results(role, Fraction(now) / ratio, Fraction(against) / ratio, is_rate=is_rate)]
    found = differs(text, results, "%" if _in_percent(role, is_rate=is_rate) else "") if results else None
    if found and role is Role.COMPLETION and results[0] > _PERCENT:
        return found._replace(capped=_number(text) == _PERCENT)
    return found


def differs(text: str, results: list[Fraction], unit: str) -> Check | None:
    """Compare a figure with what it may be, the likeliest first; ``None`` where it is one of them, or no number."""
    said = _number(text)
    if said is None or any(_equal(said, text, result) for result in results):
        return None
    exact = results[0]
    with localcontext(prec=40):
        computed = f"{round(Decimal(exact.numerator) / exact.denominator, _shown_digits(text, exact, unit)):f}{unit}"
    return Check(text if text.endswith(unit) else f"{text}{unit}", computed)


def _shown_digits(text: str, exact: Fraction, unit: str) -> int:
    whole = exact.denominator == 1 and unit != "%"
    return _digits(text) if whole else max(_digits(text), 1)


def told(name: str, what: str, found: Check, place: Position) -> Diagnostic:
    """Return the warning of a figure that a sheet computed otherwise."""
    message = f"“{name}”的{what}，表里是{found.said}，按表里的数算是{found.computed}。"
    hint = "材料里用算出来的；请核对表里的数。"
    if found.capped:
        hint = "表里最多写到100%；材料里用算出来的，照表里的口径时请改写这句话。"
    return Diagnostic("derived-mismatch", message, place, Severity.WARNING, hint)


def _in_percent(role: Role, *, is_rate: bool) -> bool:
    return role is Role.COMPLETION or (role not in (Role.CHANGE, Role.SHORTFALL) and not is_rate)


def _results(role: Role, now: Fraction, against: Fraction, *, is_rate: bool) -> list[Fraction]:
    """Return what a derived figure may be, the likeliest first."""
    ratio = [now / against * _PERCENT] if against else []
    growth = [(now / against - 1) * _PERCENT] if against else []
    change = [now - against]
    if role is Role.SHARE:
        return []  # what it is a share of, no two figures of one row tell
    if role is Role.COMPLETION:
        return ratio
    if role is Role.SHORTFALL:
        return [against - now, now - against]
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


def _equal(said: Decimal, text: str, exact: Fraction) -> bool:
    """Say whether a figure is what was computed, in its own digits; 0.956 may stand for 95.6%."""
    room = Fraction(1, 2 * 10 ** _digits(text)) + Fraction(1, 10**9)
    percent = "%" in text or "％" in text
    if abs(Fraction(said) - exact) <= room or (not percent and Fraction(said) * 100 == exact):
        return True
    return not percent and _digits(text) > 1 and abs(Fraction(said) - exact / 100) <= room
