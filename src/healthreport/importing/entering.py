"""Each figure of the texts under a name of its own: values first, then what they are compared with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from healthreport.importing import forms
from healthreport.importing.ledger import At
from healthreport.recognising import naming
from healthreport.recognising.relations import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.importing.comparisons import Comparisons
    from healthreport.importing.ledger import Ledger, Said
    from healthreport.recognising.figure_words import FigureWords

_NO_NAME = "看不出名称"
_NAME_TAKEN = "同一个名称有不同的数"
_CANNOT_PRINT = "按指标的写法印出来不一样"
_BEFORE = "原值"
_SHORT, _LONG = 4, 6
_GOES_ON = frozenset("，,（(")
_OF_ANOTHER = ("率", "金额", "人数", "人次")
_COMPARED = {Relation.TARGET: "目标", Relation.LAST: "上年"}


def enter(
    ledger: Ledger,
    comparisons: Comparisons,
    said: dict[At, Said],
    texts: list[str],
    words: FigureWords,
    ahead: frozenset[int],
) -> None:
    """Enter all figures: values, targets and last year's values, then what is derived of these.

    ``ahead`` are the texts that speak of what is to come: a target there is none of what was done.
    """
    entering = _Entering(ledger, said, texts, words, ahead)
    for one in said.values():
        if one.mention.relation is Relation.VALUE and not (_is_total(one, texts, words) and comparisons.add(one)):
            entering.value(one)
    for one in said.values():
        if one.mention.relation is Relation.FROM:
            entering.value(one, _BEFORE)
    for one in said.values():
        if one.mention.relation in _COMPARED and not entering.attach(one):
            entering.alone(one)
    for one in said.values():
        derived = one.mention.relation not in (Relation.VALUE, Relation.FROM, *_COMPARED)
        if derived and not comparisons.derive(one):
            entering.value(one)


class _Entering:
    def __init__(
        self, ledger: Ledger, said: dict[At, Said], texts: list[str], words: FigureWords, ahead: frozenset[int]
    ) -> None:
        self._ledger = ledger
        self._said = said
        self._texts = texts
        self._words = words
        self._ahead = ahead
        self._meanings: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for one in said.values():
            if one.mention.relation not in (Relation.FROM, *_COMPARED):
                self._meanings[one.mention.name].add((one.mention.value, one.mention.unit))

    def value(self, said: Said, suffix: str = "") -> None:
        """Enter a value under its name, or where others have that name too under one that says more."""
        form = forms.form_of(said.mention, said.printed)
        if form is None:
            self._ledger.left[said.at] = _CANNOT_PRINT
        elif not self._ledger.enter(said, form, self._candidates(said, suffix)):
            self._ledger.left[said.at] = self._why_not(said.mention.name)

    def _why_not(self, name: str) -> str:
        return _NAME_TAKEN if self._ledger.is_name(name) else _NO_NAME

    def _candidates(self, said: Said, suffix: str) -> Iterator[str]:
        """Yield the names a figure may go by, the best first; a name that others have too is not the best."""
        name = said.mention.name
        if not name:
            return
        if suffix:
            yield name + suffix
            return
        if len(self._meanings[name]) < 2:
            yield name
        joined = self._with_the_one_before(said)
        if joined and self._depends(said):
            yield joined
        yield from self._fuller(said)
        yield name
        if joined and len(name) <= _SHORT:
            yield joined

    def _with_the_one_before(self, said: Said) -> str:
        """Return the name of the figure before with that of a figure: 产前筛查4120人，筛查率96.5% → 产前筛查率."""
        before = self._said.get(At(said.at.text, said.at.mention - 1))
        if before is None or not before.mention.name or before.mention.relation is not Relation.VALUE:
            return ""
        between = self._texts[said.at.text][before.mention.end : said.mention.start]
        name = self._ledger.names.get(before.at, before.mention.name)
        return _joined(name, said.mention.name) if between[:1] in _GOES_ON else ""

    def _depends(self, said: Said) -> bool:
        """Say whether a figure is of what was named before it, and not beside it: 筛查率, 规范管理 of so many."""
        before, name = self._said[At(said.at.text, said.at.mention - 1)].mention, said.mention.name
        if len(name) > _LONG:
            return False
        alike = len(_joined(before.name, name)) < len(before.name + name)
        return alike or before.unit == said.mention.unit or name.endswith(_OF_ANOTHER)

    def _fuller(self, said: Said) -> Iterator[str]:
        """Yield names that say more: with the clause's other words, with what is counted."""
        mention = said.mention
        text, start = self._texts[said.at.text], mention.start
        clause = max(text.rfind(mark, 0, start) for mark in "，。；：,;:\n、（(") + 1
        full = naming.without_endings(text[max(clause, start - 40) : start], self._words)
        full = full.removeprefix(self._words.parts.at(full, 0))
        if full not in mention.name:
            yield naming.valid(full)
        counted = self._words.names_of_units.get(mention.unit, "")
        units = {unit for _, unit in self._meanings[mention.name]}
        if len(units) > 1 and counted and not mention.name.endswith(counted):
            yield mention.name + counted

    def attach(self, said: Said) -> bool:
        """Make a target or last year's value a key of the indicator it is said of."""
        key, mention = _COMPARED[said.mention.relation], said.mention
        form = forms.form_of(mention, said.printed)
        for name in self._owners(said):
            entry = self._ledger.entries[name]
            if form is None or form.style or "约数" in form.fields or "区间" in form.fields:
                return False
            if entry.fields.get("单位", "") != form.fields.get("单位", "") or "约数" in entry.fields:
                continue
            if (said.at.text in self._ahead) != (self._ledger.homes[name] in self._ahead):
                continue
            if entry.fields.get(key, form.fields["数值"]) == form.fields["数值"]:
                entry.fields[key] = form.fields["数值"]
                self._ledger.refer(said, name, f"{name}.{key}")
                return True
        return False

    def _owners(self, said: Said) -> list[str]:
        """Return the indicator that a target is of: by its name, said in the same breath, or the only one alike."""
        mention, entries = said.mention, self._ledger.entries
        if mention.of >= 0 and (of := self._ledger.names.get(At(said.at.text, mention.of))):
            return [of]
        if mention.name in entries:
            return [mention.name]
        if not mention.name:
            return []
        alike = self._ledger.known.of_one_ending(mention.name, mention.unit)
        return alike if len(alike) == 1 else []

    def alone(self, said: Said) -> None:
        """Enter a target, or last year's value, of which the text says no value."""
        key, form = _COMPARED[said.mention.relation], forms.form_of(said.mention, said.printed)
        name = said.mention.name
        if form is None or form.style or "数值" not in form.fields or "约数" in form.fields:
            self._ledger.left[said.at] = _CANNOT_PRINT
        elif not self._ledger.is_name(name) or name in self._ledger.entries:
            self._ledger.left[said.at] = self._why_not(name)
        else:
            unit = {"单位": form.fields["单位"]} if "单位" in form.fields else {}
            self._ledger.add(name, {key: form.fields["数值"]} | unit)
            self._ledger.refer(said, name, f"{name}.{key}")


def _is_total(said: Said, texts: list[str], words: FigureWords) -> bool:
    """Say whether a figure without a name is called the total of those before it: 合计14700人次."""
    return not said.mention.name and bool(words.total.before(texts[said.at.text], said.mention.start))


def _joined(first: str, second: str) -> str:
    """Join two names, what ends the one and begins the other once: 产前筛查, 筛查率 → 产前筛查率."""
    most = min(len(first), len(second))
    same = next((length for length in range(most, 0, -1) if first.endswith(second[:length])), 0)
    return naming.valid(first + second[same:])
