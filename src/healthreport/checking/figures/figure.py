"""A figure as it is printed, and what its printed digits allow."""

from __future__ import annotations

from enum import Enum, auto
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from healthreport.checking.passages import Passage

# What one of a unit is in parts of the whole: 3.2‰ are 3.2 of 1000.
RATES = {
    "%": 100, "％": 100, "‰": 1000, "‱": 10_000, "/千": 1000, "/万": 10_000, "/10万": 100_000, "/十万": 100_000,
}  # fmt: skip
POINTS = frozenset({"百分点", "千分点"})
_MOST_DIGITS = 4
# Of two rounded figures both are seldom as far off as they may be.
_LIKELY = Fraction(7, 10)


class Figure(NamedTuple):
    """A figure in ``text[start:end]``.

    ``value`` is in the base unit (万元 are 元; a rate is what is printed), ``step`` what its last digit is worth,
    ``factor`` what one of the unit as printed is. ``unit`` stands for all that are the same; ``said`` is as printed.
    ``lead`` are the words since the figure before, ``clause`` those since the last mark. A ``loose`` one is about so
    much, bounded, masked or a range, whose other end is ``last``. ``sentence`` counts the sentences of the passage,
    ``depth`` the brackets it stands in.
    """

    start: int
    end: int
    value: Fraction
    step: Fraction
    factor: Fraction
    unit: str
    said: str
    lead: str
    clause: str
    loose: bool
    sentence: int
    depth: int
    printed: str
    about: str = ""
    last: Fraction | None = None

    @property
    def is_rate(self) -> bool:
        """Say whether it is so much of a whole."""
        return self.unit in RATES

    @property
    def counts(self) -> bool:
        """Say whether it is a number of things or an amount: no rate, no points, no 倍."""
        return bool(self.unit) and self.unit not in RATES and self.unit not in POINTS and self.unit not in _NO_COUNTS

    @property
    def half(self) -> Fraction:
        """How far the true value may be from a printed one that was rounded."""
        return self.step / 2

    @property
    def slack(self) -> Fraction:
        """How far the true value may be: a whole number of things was counted, not rounded."""
        is_whole = self.step == 1 and self.factor == 1 and self.unit not in RATES and self.unit not in POINTS
        return Fraction(0) if is_whole else self.half


_NO_COUNTS = frozenset({"倍", "岁", "分", "名次", "位次", "级"})


class Line(NamedTuple):
    """A passage, or a piece of a long one from ``offset`` on, and its figures in order; of a ``crowded`` one none."""

    passage: Passage
    text: str
    figures: tuple[Figure, ...]
    offset: int = 0
    crowded: bool = False

    def behind(self, index: int) -> str:
        """Return the words behind a figure, up to the next."""
        after = self.figures[index + 1].start if index + 1 < len(self.figures) else len(self.text)
        return self.text[self.figures[index].end : after]

    def words(self, figure: Figure) -> str:
        """Return a figure as it is printed, with its unit."""
        return self.text[figure.start : figure.end]

    def sentence(self, index: int) -> range:
        """Return the indices of the figures of one sentence."""
        number, first, last = self.figures[index].sentence, index, index + 1
        while first and self.figures[first - 1].sentence == number:
            first -= 1
        while last < len(self.figures) and self.figures[last].sentence == number:
            last += 1
        return range(first, last)


class Fit(Enum):
    """How what was computed fits what is printed."""

    FITS = auto()
    ROUNDED = auto()
    """It may, by what rounding hides."""
    SLIP = auto()
    """Its last digit is one off, or rounding explains it, but hardly."""
    WRONG = auto()


class Mismatch(NamedTuple):
    """Figures that do not fit: the id of what is wrong, where, in what words, and the figures that say otherwise."""

    id: str
    line: Line
    figure: Figure
    what: str
    hint: str
    others: tuple[Figure, ...] = ()
    slips: bool = False


def fit(exact: Fraction, low: Fraction, high: Fraction, figure: Figure) -> Fit:
    """Compare what was computed, and the bounds it may be in, with a printed figure."""
    off, step = abs(exact - figure.value), figure.step
    if off <= step / 2:
        return Fit.FITS
    if off <= step / 2 + _LIKELY * max(exact - low, high - exact):
        return Fit.ROUNDED
    if low - step / 2 <= figure.value <= high + step / 2:
        return Fit.SLIP
    return Fit.SLIP if off <= step and figure.slack else Fit.WRONG


class Cell(NamedTuple):
    """A figure of a table with its name, for what it is compared with in the text."""

    name: str
    unit: str
    line: Line
    figure: Figure


def slacks(row: Sequence[Figure]) -> list[Fraction]:
    """Return how far each of some figures may be from what it says.

    6万 beside 4.32万 was not rounded to 万, nor 1亿 beside 1.2亿: a whole one is as fine as those that have decimals.
    """
    fine = [one.step for one in row if one.step < one.factor]
    cap = max(fine) if fine else min(one.step for one in row)
    return [
        one.slack if one.factor == 1 or one.step < one.factor else min(one.step, cap) / 2 if fine or len(row) > 2
        else min(one.slack, one.value / 100)
        for one in row
    ]  # fmt: skip


def ratio(part: Figure, whole: Figure, figure: Figure, scale: Fraction | int = 1) -> Fit:
    """Compare a quotient with a printed figure."""
    off, over = slacks((part, whole))
    if whole.value <= over:
        return Fit.FITS
    low = (part.value - off) / (whole.value + over) * scale
    high = (part.value + off) / (whole.value - over) * scale
    return fit(part.value / whole.value * scale, low, high, figure)


def change(new: Figure, old: Figure, figure: Figure, sign: int = 1) -> Fit:
    """Compare (new - old) / old in per cent with a printed figure."""
    off, over = slacks((new, old))
    if old.value <= over:
        return Fit.FITS
    low = ((new.value - off) / (old.value + over) - 1) * 100
    high = ((new.value + off) / (old.value - over) - 1) * 100
    exact = (new.value / old.value - 1) * 100 * sign
    least, most = sorted((low * sign, high * sign))
    return fit(exact, least, most, figure)


def total(parts: Iterable[Figure], figure: Figure, signs: Iterable[int] = ()) -> Fit:
    """Compare a sum, or a difference, with a printed figure."""
    parts = [*parts]
    signs = [*signs] or [1] * len(parts)
    exact = sum((part.value * sign for part, sign in zip(parts, signs, strict=True)), Fraction(0))
    off, slack = abs(exact - figure.value), sum(slacks((*parts, figure)), Fraction(0))
    if off == 0 or (off <= slack and figure.step > max(part.step for part in parts)):
        return Fit.FITS
    if off <= slack * _LIKELY:
        return Fit.ROUNDED
    return Fit.SLIP if off <= slack else Fit.WRONG


def written(value: Fraction, like: Figure | None = None, digits: int | None = None) -> str:
    """Write a computed number in the unit of a figure, with no more decimals than it needs."""
    value = value / like.factor if like else value
    least = digits if digits is not None else _MOST_DIGITS
    text = f"{rounded(value, least):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimals(figure: Figure) -> int:
    """Return how many decimals a figure is printed with."""
    step, count = figure.step / figure.factor, 0
    while step < 1 and count < _MOST_DIGITS:
        step, count = step * 10, count + 1
    return count


def is_near(part: Figure, whole: Figure, figure: Figure) -> bool:
    """Say whether a rate is right but for one digit, or for digits that changed places."""
    digits = decimals(figure)
    exact = f"{rounded(part.value / whole.value * RATES[figure.unit], digits):f}"
    printed = f"{rounded(figure.value, digits):f}"
    return len(exact) == len(printed) and (
        sum(a != b for a, b in zip(exact, printed, strict=True)) == 1 or sorted(exact) == sorted(printed)
    )
