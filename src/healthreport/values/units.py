"""Units of measure: which are the same, which convert into one another, and by what factor.

``quantities.unit`` knows 万 and 亿 before any word, for a document prints whatever unit it is given. A sheet's
units come from others, so here a word is a unit only if a list says so. The list is data: ``templates/sheets``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.values import quantities, scalars

if TYPE_CHECKING:
    from collections.abc import Mapping

_ONE = Fraction(1)
_SCALES = {
    "万亿": Fraction(10**12),
    "千万": Fraction(10**7),
    "百万": Fraction(10**6),
    "亿": Fraction(10**8),
    "万": Fraction(10**4),
    "千": Fraction(1000),
    "百": Fraction(100),
}
_SCALE_NAMES = tuple(_SCALES)
_MAY_BE_NOUNS = ("千", "百")
_MOST_DIGITS = 12


class Units(NamedTuple):
    """The units somebody may write: ``families`` hold factors by name, ``alike`` what is one and the same.

    ``counted`` are those of persons and things, of which there is no half and none less than none. ``means`` are what
    an indicator's name has in it that is a mean, ``rates`` the ends of the names of rates that have no unit.
    """

    families: tuple[Mapping[str, Fraction], ...] = ()
    alike: tuple[frozenset[str], ...] = ()
    others: frozenset[str] = frozenset()
    unsummed: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    means: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()

    def counts(self, name: str) -> bool:
        """Say whether a unit, with or without 万 before it, is one that persons and things are counted in."""
        return scalars.fold(quantities.unit(name).base) in self.counted

    def adds_up(self, name: str) -> bool:
        """Say whether figures in a unit may be added: no rates, nothing per head, no ages."""
        return not quantities.unit(name).is_rate and "/" not in name and name not in self.unsummed

    def sums(self, indicator: str, unit: str) -> bool:
        """Say whether an indicator's figures may be added: 元 of 次均费用 not, nor what is called 率 without a unit."""
        is_mean = any(word in indicator for word in self.means)
        return self.adds_up(unit) and not is_mean and bool(unit or not indicator.endswith(self.rates))

    @property
    def names(self) -> frozenset[str]:
        """All units that a list names, without 万 before them."""
        return self.others.union(self.unsummed, self.counted, *self.families, *self.alike)

    def knows(self, name: str) -> bool:
        """Say whether a word is a unit, with or without 万 before it: 人次, 万元, 千米, 万."""
        if self._is_noun(name):
            return True
        return name.startswith(_SCALE_NAMES) and any(
            name.startswith(scale) and (name == scale or self._is_noun(name.removeprefix(scale))) for scale in _SCALES
        )

    def _is_noun(self, name: str) -> bool:
        lists = (*self.families, *self.alike, self.others, self.unsummed)
        return any(name in one for one in lists)

    def ratio(self, written: str, declared: str) -> Fraction | None:
        """Return how many of the declared unit one of the written is; ``None`` where neither is made of the other.

        万人 → 人 is 10000, 家 → 个 is 1, 户 → 人 is ``None``. A bare 万 counts what is declared: 万 → 万元 is 1.
        """
        written, declared = scalars.fold(written), scalars.fold(declared)
        if written == declared:
            return _ONE
        if written in _SCALES:
            return self._alone(_SCALES[written], declared)
        for one, noun in self._readings(written):
            for other, base in self._readings(declared):
                factor = self._between(noun, base)
                if factor is not None:
                    return one * factor / other
        return None

    def _alone(self, scale: Fraction, declared: str) -> Fraction | None:
        """Return how many of a unit a scale alone is: it stands before the noun, so 万 of 万元 is one 万元.

        There is none of a rate, and 千米 may be a noun, or a thousand of one.
        """
        if quantities.unit(declared).is_rate:
            return None
        word = "" if self._is_noun(declared) else next(filter(declared.startswith, _SCALE_NAMES), "")
        return None if word in _MAY_BE_NOUNS else scale / _SCALES.get(word, _ONE)

    def _readings(self, name: str) -> list[tuple[Fraction, str]]:
        """Return a unit as factor and noun: 千米 is one 千米, and a thousand 米."""
        scaled = [(scale, name.removeprefix(word)) for word, scale in _SCALES.items() if name.startswith(word)]
        return [(_ONE, name), *scaled]

    def _between(self, noun: str, base: str) -> Fraction | None:
        """Return the factor between two units without 万; what has none is whatever is declared."""
        if noun == base or (not noun and base) or any({noun, base} <= group for group in self.alike):
            return _ONE
        family = next((family for family in self.families if noun in family and base in family), None)
        return family[noun] / family[base] if family else None


def counting(word: str, unit: str) -> str:
    """Return what a word behind a number is there where figures are in a unit: 万 among 元, or among 万元, is 万元."""
    return word + quantities.unit(unit).base if word in _SCALES and not unit.startswith(_MAY_BE_NOUNS) else word


def converted(number: Fraction) -> str | None:
    """Write a converted number with all its digits; ``None`` where it has no end, as 1亩 in 公顷."""
    for digits in range(_MOST_DIGITS):
        scaled = number * 10**digits
        if scaled.denominator == 1:
            whole = f"{abs(scaled.numerator):0{digits + 1}d}"
            sign = "-" if number < 0 else ""
            return sign + (f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole)
    return None
