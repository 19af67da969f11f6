"""Which column of an indicator is its value, its target, last year's: decided by what headings say, never by place.

A column that is not the document's period, a part, or what the program computes itself is never the value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Related
from healthreport.reading.tables.columns import LAST, PARTS, TARGET, VALUE, Became, Column, Meaning
from healthreport.reading.tables.periods import Document, Stands
from healthreport.reading.tables.words import COMPARED, FIGURES, NEVER_FIGURES, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.declared import Indicator
    from healthreport.reading.tables.words import Words

_THIS_PERIOD_ONLY = frozenset({Role.MONTH, Role.LAST_MONTH, Role.MONTH_TARGET})
_OF_LAST_YEAR = frozenset({Role.LAST, Role.LAST_MONTH})


class Chosen(NamedTuple):
    """What became of an indicator's columns, and what keeps them from being understood."""

    columns: list[Column]
    problems: list[Diagnostic]


class Chooser:
    """Chooses among an indicator's columns for one document.

    ``place`` returns where a column is headed, ``parents`` are columns of names that another table may begin with.
    """

    def __init__(
        self, document: Document, words: Words, place: Callable[[Meaning], Position], parents: tuple[int, ...] = ()
    ) -> None:
        self._document = document
        self._words = words
        self._place = place
        self._parents = parents

    def choose(self, indicator: Indicator, meanings: list[Meaning]) -> Chosen:
        """Return what each column of an indicator became."""
        chosen = Chosen([], [])
        keyed: dict[str, list[Meaning]] = {key: [] for key in FIGURES}
        for one in meanings:
            key, why = self._key(one)
            if indicator.formula and key == VALUE:
                chosen.columns.append(self._of_formula(one, indicator, meanings))
            elif key in keyed:
                keyed[key].append(one)
            elif key:
                chosen.columns.append(_compared(one, indicator, why))
            else:
                chosen.columns.append(_ignored(one, why, indicator.name))
        for key, ones in keyed.items():
            if ones:
                self._choose_key(indicator, key, ones, chosen)
        if not (indicator.formula or keyed[VALUE] or keyed[TARGET] or chosen.problems):
            chosen.problems.extend(self._no_value(indicator, meanings))
        return chosen

    def _key(self, one: Meaning) -> tuple[str, str]:
        """Return the key a column is of, 核对 where it is compared, or nothing and the reason."""
        roles, stands = one.roles, self._document.stands(one.period) if one.period else Stands.NOW
        if roles & NEVER_FIGURES:
            return "", "不是本期、上年、目标的数"
        if roles & _OF_LAST_YEAR and stands is Stands.NOW and one.period is not None and one.period.year:
            return "", f"“{one.heading}”写的是上年，年份却是今年"
        if roles & _OF_LAST_YEAR and roles & (COMPARED | {Role.TARGET, Role.MONTH_TARGET}):
            return "", "是上年的"
        if roles & COMPARED and roles & _THIS_PERIOD_ONLY and not self._document.is_one_month:
            return "", f"不是报告的期间（{self._document}）"
        if not self._document.compares_with(one.than):
            return "", f"比的是{one.than}年，不是上年"
        if roles & COMPARED:
            return ("核对", "程序自己算，只核对") if stands is Stands.NOW else ("", "不是本期的")
        if Role.DENOMINATOR in roles:
            return "", "是分母，不是目标"
        if Role.OTHER_PERIOD in roles or stands is Stands.NEITHER:
            return "", f"既不是本期（{self._document}），也不是上年同期"
        if roles & {Role.TARGET, Role.MONTH_TARGET}:
            return (TARGET, "") if stands is Stands.NOW else ("", "是上年的目标")
        if roles & _OF_LAST_YEAR or stands is Stands.LAST:
            return LAST, ""
        return VALUE, ""

    def _choose_key(self, indicator: Indicator, key: str, ones: list[Meaning], chosen: Chosen) -> None:
        right = [one for one in ones if self._covers(one, ones)]
        for one in ones:
            if one not in right:
                chosen.columns.append(_ignored(one, f"不是报告的期间（{self._document}）", indicator.name))
        if not right:
            if key == VALUE:
                chosen.problems.append(self._wrong_period(indicator, ones))
            return
        parts = [one for one in right if one.part]
        whole = [one for one in right if not one.part]
        sums = [one for one in whole if Role.SUM in one.roles]
        whole = sums if sums and parts else whole
        declared = key == VALUE and bool(indicator.parts) and {one.part for one in parts} == {*indicator.parts}
        if len(whole) > 1:
            chosen.problems.append(self._double(indicator, key, whole))
        elif whole:
            adds = self._adding(parts) if sums else ()
            chosen.columns.append(
                _figure(whole[0], indicator, key)._replace(adds=adds, why="与各项之和核对" if adds else "")
            )
            if declared and len(parts) == len(indicator.parts):
                chosen.columns.extend([_figure(one, indicator, PARTS)._replace(part=one.part) for one in parts])
            else:
                chosen.columns.extend([_ignored(one, "是其中的一部分", indicator.name) for one in parts])
            chosen.columns.extend(
                [_ignored(one, "另有合计一列", indicator.name) for one in right if one not in (*whole, *parts)]
            )
        else:
            self._only_parts(indicator, key, parts, chosen)

    def _of_formula(self, one: Meaning, indicator: Indicator, ones: list[Meaning]) -> Column:
        """Return what became of a column that the program computes by a formula."""
        if one.part or not self._covers(one, ones):
            return _ignored(one, "由公式算出，表里的数不用", indicator.name)
        why = "由公式算出，只核对"
        return Column(one.at, one.heading, Became.COMPARED, indicator.name, why=why, unit=one.unit, row=one.row)

    def _covers(self, one: Meaning, ones: list[Meaning]) -> bool:
        """Say whether a column's months are the document's: 累计 in a document of the year, 本月 in one of a month."""
        if one.period is not None and not self._document.covers(one.period):
            return False
        by_month = bool(one.roles & _THIS_PERIOD_ONLY)
        to_date = any(Role.TO_DATE in other.roles for other in ones)
        by_month = by_month or (Role.CURRENT in one.roles and to_date)
        if self._document.is_one_month:
            beside = any(other.roles & _THIS_PERIOD_ONLY for other in ones)
            return by_month or not (Role.TO_DATE in one.roles or (beside and not by_month))
        return not by_month

    def _only_parts(self, indicator: Indicator, key: str, parts: list[Meaning], chosen: Chosen) -> None:
        """Take parts that the report declares, or add up those that make a whole: 男 and 女."""
        if key == VALUE and indicator.parts and {one.part for one in parts} == {*indicator.parts}:
            chosen.columns.extend([_figure(one, indicator, PARTS)._replace(part=one.part) for one in parts])
            return
        adds = self._adding(parts)
        if adds and len(adds) == len(parts):
            named = "、".join(one.part for one in parts)
            column = _figure(parts[0], indicator, key)
            heading = parts[0].heading.rpartition(" / ")[0] or parts[0].heading
            chosen.columns.append(column._replace(adds=adds, why=f"{named}之和", heading=heading))
            chosen.columns.extend([_ignored(one, f"已加进“{heading}”", indicator.name) for one in parts[1:]])
            return
        named = "、".join(f"“{one.heading}”" for one in parts)
        message = f"“{indicator.name}”只有分开的列{named}，没有合在一起的数。"
        hint = "请加一列合计；或在报告的指标里写“分项”；单独要的，把列名写成一个指标的名称或“别名”。"
        chosen.problems.append(self._problem("only-parts", message, parts, hint))

    def _adding(self, parts: list[Meaning]) -> tuple[int, ...]:
        """Return the columns of parts that make a whole, by the lists."""
        named = {one.part: one.at for one in parts}
        if len(named) != len(parts):
            return ()
        found = next((group for group in self._words.whole if group <= named.keys()), frozenset())
        return tuple(sorted(named[part] for part in found))

    def _wrong_period(self, indicator: Indicator, ones: list[Meaning]) -> Diagnostic:
        named = "、".join(f"“{one.heading}”" for one in ones)
        message = f"“{indicator.name}”只有{named}，报告要的是{self._document}的数。"
        hint = "请补上报告期间的一列；报告确实只到某月的，在报告里写“期间”（如1—11月）或“截至”。"
        return self._problem("wrong-period", message, ones, hint)

    def _no_value(self, indicator: Indicator, meanings: list[Meaning]) -> Iterator[Diagnostic]:
        """Refuse an indicator whose columns are all of other years."""
        dated = [one for one in meanings if one.period is not None and one.period.year is not None]
        if dated:
            named = "、".join(f"“{one.heading}”" for one in dated)
            message = f"“{indicator.name}”有{named}，没有报告的{self._document}。"
            hint = "请核对报告的“年度”和表里的年份。"
            if self._document.year is None:
                message = f"“{indicator.name}”有{named}，报告没有写“年度”，不知道哪一列是今年的。"
                hint = "请在报告里写上，如“年度: 2023”。"
            yield self._problem("wrong-year", message, dated, hint)

    def _double(self, indicator: Indicator, key: str, ones: list[Meaning]) -> Diagnostic:
        named = "、".join(f"“{one.heading}”" for one in ones)
        message = f"“{indicator.name}”的{key}有{len(ones)}列：{named}，不知道以哪一列为准。"
        hint = f"请删去一列（几张表里都有的，只在一张里写），或写明是数值、目标还是上年，如“{indicator.name}.上年”。"
        if any(ones[0].at < at < ones[-1].at for at in self._parents):
            hint = "右边是另一张表的，请把它接到左边这张表的下面，各列对齐。"
        return self._problem("double-column", message, [ones[1], ones[0], *ones[2:]], hint)

    def _problem(self, id: str, message: str, ones: list[Meaning], hint: str) -> Diagnostic:
        related = tuple(Related(self._place(one), f"“{one.heading}”在这里") for one in ones[1:])
        return Diagnostic(id, message, self._place(ones[0]), hint=hint, related=related)


def _figure(one: Meaning, indicator: Indicator, key: str) -> Column:
    return Column(one.at, one.heading, Became.FIGURE, indicator.name, key, unit=one.unit, row=one.row, under=one.under)


def _compared(one: Meaning, indicator: Indicator, why: str) -> Column:
    role = next(role for role in COMPARED if role in one.roles)
    return Column(
        one.at, one.heading, Became.COMPARED, indicator.name, why=why, compares=role, row=one.row, unit=one.unit
    )


def _ignored(one: Meaning, why: str, indicator: str = "") -> Column:
    return Column(one.at, one.heading, Became.IGNORED, indicator, why=why, row=one.row)
