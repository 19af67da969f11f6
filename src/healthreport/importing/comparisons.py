"""What is derived of figures: 同比增长8.1%, 完成年度任务的105.9%, 占25.8%, a rate of its parts, a total of its own.

Each becomes a reference to what computes it only where that prints exactly what stood in the text.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from typing import TYPE_CHECKING

from healthreport.figures import arithmetic
from healthreport.importing import forms
from healthreport.importing.ledger import At
from healthreport.recognising.numbers import Kind
from healthreport.recognising.relations import Relation
from healthreport.values import quantities
from healthreport.values.derivations import DERIVATIONS, Against, DerivationError, Sides
from healthreport.values.quantities import PLAIN, Quantity, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.importing.ledger import Ledger, Said

_DERIVED = {
    Relation.GROWTH: ("同比", "增减"),
    Relation.COMPLETION: ("完成率",),
    Relation.EXCESS: ("超额",),
    Relation.SHARE: ("占比",),
    Relation.TIMES: ("倍数",),
}
_NEAR = 4


class Comparisons:
    """Looks for what the derived figures of a draft are derived of."""

    def __init__(self, ledger: Ledger, said: dict[At, Said], texts: list[str]) -> None:
        self._ledger = ledger
        self._said = said
        self._texts = texts
        self._parts: dict[At, list[Said]] = defaultdict(list)
        for one in said.values():
            if one.mention.relation is Relation.VALUE and one.mention.part_of >= 0:
                self._parts[At(one.at.text, one.mention.part_of)].append(one)

    def derive(self, said: Said) -> bool:
        """Refer to a derived value where one prints what the text says."""
        mention = said.mention
        name = self._ledger.names.get(At(said.at.text, mention.of), "") if mention.of >= 0 else ""
        called = mention.name.removesuffix(mention.word)
        name = name or (called if called in self._ledger.entries else "")
        if not name or mention.kind is not Kind.EXACT or mention.about:
            return False
        starts_at_word = mention.relation is Relation.GROWTH
        start = mention.word_at if starts_at_word else mention.start
        printed = self._texts[said.at.text][start : mention.end] if start >= 0 else ""
        for derived in _DERIVED[mention.relation]:
            for argument, other in self._others(said, name, derived):
                for style, suffix in _styles(mention.value):
                    if printed and self._say(name, derived, other, style) == printed:
                        code = f"{name}.{derived}{argument}{suffix}"
                        self._ledger.refer(said._replace(printed=printed), name, code, start)
                        return True
        return False

    def add(self, said: Said) -> bool:
        """Refer to the sum of the values before a figure, where they come to what it says: 合计14700人次."""
        near = [name for name in self._shortly_before(said) if self._unit(name) == said.mention.unit]
        total: Quantity | None = None
        for count, name in enumerate(near, 1):
            value = self._clear(name)
            if value is None:
                return False
            total = value if total is None else arithmetic.add(total, value, 1)
            if count > 1 and quantities.write(total, PLAIN) == said.printed:
                names = near[count - 1 :: -1]
                self._ledger.refer(said, names[0], " + ".join(names))
                return True
        return False

    def _unit(self, name: str) -> str:
        return self._ledger.entries[name].fields.get("单位", "")

    def _say(self, name: str, derived: str, other: Quantity, style: Style) -> str:
        now = forms.read(self._ledger.entries[name].fields)
        try:
            return DERIVATIONS[derived].say(Sides(now, other), style) if now is not None else ""
        except DerivationError:
            return ""

    def _others(self, said: Said, name: str, derived: str) -> Iterator[tuple[str, Quantity]]:
        """Yield what a value may be compared with, and how the reference names it."""
        against = DERIVATIONS[derived].against
        if against is not Against.ARGUMENT:
            other = forms.read(self._ledger.entries[name].fields, against.value)
            if other is not None:
                yield "", other
            return
        exact = "." in said.mention.value
        for whole in self._wholes(said, name):
            quantity = forms.read(self._ledger.entries[whole].fields)
            part = forms.read(self._ledger.entries[name].fields)
            if quantity is None or part is None or part.unit.base != quantity.unit.base or not quantity.number:
                continue
            share = part.number / quantity.number * 100
            if exact or share.denominator == 1 or said.mention.base:
                yield f"({whole})", quantity

    def _wholes(self, said: Said, part: str) -> Iterator[str]:
        """Yield the names of what a share may be of: what the text calls so, or else what it said shortly before."""
        base = said.mention.base
        if base:
            yield from (name for name in self._ledger.known.holding(base) if name != part)
        for name in (*self._shortly_before(said), *self._taken_apart(said)):
            if name != part:
                yield name

    def _taken_apart(self, said: Said) -> Iterator[str]:
        """Yield the total of which the figure that a share is of is a part, however far before: 其中…，药品…，占比…."""
        of = self._said.get(At(said.at.text, said.mention.of)) if said.mention.of >= 0 else None
        if of is not None and of.mention.part_of >= 0:
            total = self._ledger.names.get(At(said.at.text, of.mention.part_of))
            if total:
                yield total

    def _shortly_before(self, said: Said) -> list[str]:
        """Return the names of the last values of the same text, the nearest first."""
        near = range(said.at.mention - 1, max(said.at.mention - 1 - _NEAR, -1), -1)
        ats = [At(said.at.text, mention) for mention in near]
        return [
            self._ledger.names[at]
            for at in ats
            if at in self._ledger.names and self._said[at].mention.relation is Relation.VALUE
        ]

    def compute_rate(self, said: Said) -> None:
        """Let a rate be computed of the two figures said before it: 应接种5200剂次，实际接种4992剂次，接种率96.0%."""
        mention, name = said.mention, self._ledger.names.get(said.at, "")
        entry = self._ledger.entries.get(name)
        if entry is None or mention.unit not in ("%", "‰", "/10万") or not name.endswith("率") or mention.about:
            return
        rate = forms.read(entry.fields)
        near = self._shortly_before(said)
        for part, whole in permutations([one for one in near if one != name], 2):
            one, other = (self._clear(one) for one in (part, whole))
            if rate is None or one is None or other is None or one.unit.base != other.unit.base or not other.number:
                continue
            computed = Quantity(one.number / other.number, rate.unit)
            digits = rate.digits or 0
            sure = digits >= 1 or computed.number == rate.number
            if not sure or quantities.write(computed, Style(fixed=digits)) != said.printed:
                continue
            plain = quantities.write(computed, PLAIN) == said.printed
            entry.computed = {"公式": f"{part} / {whole}", **({} if plain else {"小数位": str(digits)})}
            return

    def _clear(self, name: str) -> Quantity | None:
        entry = self._ledger.entries[name]
        return None if entry.computed else forms.read(entry.fields)

    def add_up(self, said: Said) -> None:
        """Let a total be added up of the parts it was taken apart into, where these come to it."""
        name = self._ledger.names.get(said.at, "")
        entry = self._ledger.entries.get(name)
        parts = [one for one in self._parts.get(said.at, ()) if one.mention.unit == said.mention.unit]
        names = [self._ledger.names.get(part.at, "") for part in parts]
        if entry is None or len(parts) < 2 or not all(names) or len({*names, name}) <= len(parts):
            return
        total = self._clear(name)
        numbers = [self._clear(part) for part in names]
        known = [number for number in numbers if number is not None]
        if total is None or len(known) < len(numbers):
            return
        if sum(number.number for number in known) == total.number:
            entry.computed = {"分项": [*names]}


def _styles(value: str) -> Iterator[tuple[Style, str]]:
    """Yield the plain style, and the one with the decimals that a value is printed with."""
    yield PLAIN, ""
    digits = len(value.partition(".")[2])
    yield Style(digits=digits), f"|小数({digits})" if digits else "|整"
