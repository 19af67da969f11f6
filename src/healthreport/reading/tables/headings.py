"""One heading cell: which indicator it names, what it says of its numbers, their period and their unit.

A heading is understood whole or not at all: 编制床位 is not 床位 with a word before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables import periods, plain
from healthreport.reading.tables.declared import Declared
from healthreport.reading.tables.periods import Period
from healthreport.reading.tables.words import FIGURES, NEVER_FIGURES, TIMES, Role, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?%?")
_BRACKET = re.compile(r"(.+)\(([^()]+)\)|(.+)\((.+)\)")
_PART_OF = re.compile(r"(?:其中[:,、]?|#+)(?=.)")
_LONGEST = 60
_SEPARATORS = "./:·_-—"
_TASKS = ("任务", "目标", "计划", "预算", "应完成")
_DONE = ("完成", "实际", "实绩")
_YEARS = ("本年", "今年", "当年", "全年", "年末")
_TASK_AND_DONE = frozenset({Role.TARGET, Role.VALUE, Role.TO_DATE})
_DIAGONAL = re.compile(r"[\n\\＼/／ \u3000]+")


class Part(NamedTuple):
    """What one heading cell says; ``known`` is false where any of it was not understood.

    ``than`` is the year that a growth is said to be compared with. It is ``mixed`` where it says both a task and what
    was done, and so neither: 任务完成情况.
    """

    text: str
    indicator: str = ""
    roles: frozenset[Role] = frozenset()
    period: Period | None = None
    unit: str = ""
    field: str = ""
    part: str = ""
    known: bool = True
    unclear: bool = False
    than: int | None = None
    mixed: bool = False

    @property
    def is_qualifier(self) -> bool:
        """Say whether it says something of an indicator, and names none."""
        return self.known and not self.indicator and not self.field and Role.NAME not in self.roles

    @property
    def is_unit(self) -> bool:
        """Say whether it is a unit and nothing else."""
        return self.known and bool(self.unit) and not (self.indicator or self.roles or self.period)


class Headings:
    """Reads headings by the words of sheets and what the report declares; remembers each text.

    ``fields`` are keys of the report that may head a column, ``texts`` the names of its townships' own words.
    """

    def __init__(
        self,
        words: Words,
        declared: Declared,
        fields: frozenset[str] = frozenset(),
        texts: frozenset[str] = frozenset(),
    ) -> None:
        self.words = words
        self.declared = declared
        self.texts = texts
        self.fields = {plain.heading(field): field for field in (*sorted(fields), *sorted(texts))}
        self._units = declared.units
        self._read: dict[str, Part] = {}
        names = sorted(declared.by_heading, key=len, reverse=True)
        self._at = {name: at for at, name in enumerate(names)}
        self._lengths = dict.fromkeys(map(len, names))
        self._mentions = re.compile("|".join(map(re.escape, names)) or r"(?!)")

    def read(self, text: str) -> Part:
        """Return what a heading says."""
        if text not in self._read:
            bare = plain.heading(text)
            too_long = len(bare) > _LONGEST and bare not in self.declared.by_heading
            unread = too_long or (_NUMBER.fullmatch(bare) and periods.read(bare) is None)
            part = Part(text, known=False) if unread else self._part(bare)
            if not part.known:
                part = self._hints(part, bare)
            self._read[text] = part._replace(text=plain.squeezed(text) if part.known else "".join(text.split()))
        return self._read[text]

    def _hints(self, part: Part, bare: str) -> Part:
        """Take from a heading that is not known the year it names, and whether it speaks of another time."""
        years, months = periods.of_title(bare)
        if part.period is None and len(years) == 1:
            part = part._replace(period=Period(years.pop(), months))
        return part._replace(unclear=part.period is None and not part.roles and self.words.is_unclear(bare))

    def mentions_an_indicator(self, text: str) -> bool:
        """Say, without reading it, whether a text can name an indicator; thousands of townships cannot."""
        return self._mentions.search(plain.heading(text)) is not None

    def indicator(self, text: str) -> str:
        """Return the indicator that a whole text names."""
        return self.declared.by_heading.get(plain.heading(text), "")

    def names_content(self, text: str) -> bool:
        """Say whether a heading names an indicator, or words of the townships' own."""
        part = self.read(text)
        return bool(part.indicator) or part.field in self.texts

    def is_unit(self, name: str) -> bool:
        """Say whether a text is a unit that the lists know or the report declares."""
        return bool(name) and (name in self._units or self.words.units.knows(name))

    def named(self, heading: str) -> list[str]:
        """Return the cells of a column's heading that name something: no units below a name."""
        return [text for text in heading.split(" / ") if not self.read(text).is_unit]

    def is_unused(self, path: tuple[str, ...]) -> bool:
        """Say whether a column's headings give nothing to read: none at all, 序号, 备注."""
        return not path or bool(self.read(path[-1]).roles & NEVER_FIGURES)

    def is_name_head(self, text: str) -> bool:
        """Say whether a cell heads the column of names, also as one half of a divided head cell: 项目／单位."""
        if Role.NAME in self.read(text).roles:
            return True
        halves = [plain.heading(half) for half in _DIAGONAL.split(text.strip()) if half]
        return len(halves) == 2 and halves[1] in self.words.names and halves[0] in (*self.words.roles, "年份")

    def _part(self, bare: str) -> Part:
        part = self._exact(bare)
        if part is not None:
            return part
        opened = _PART_OF.match(bare)
        if opened:
            inner = self._part(bare[opened.end() :])
            return inner if inner.indicator else Part(bare, roles=frozenset({Role.PART}), part=bare[opened.end() :])
        return self._bracketed(bare) or self._joined(bare) or Part(bare, known=False)

    def _exact(self, bare: str) -> Part | None:
        """Read a text that is one word: an indicator, a field, a role, a period or a unit."""
        if bare in self.declared.by_heading:
            return Part(bare, indicator=self.declared.by_heading[bare])
        if bare in self.words.names:
            return Part(bare, roles=frozenset({Role.NAME}))
        if bare in self.fields:
            return Part(bare, field=self.fields[bare])
        return self._qualifier(bare)

    def _qualifier(self, bare: str) -> Part | None:
        role = self.words.roles.get(bare) or self.words.roles.get(bare.rstrip("%‰"))
        if role is None and (over := self.words.over_a_year(bare)):
            return Part(bare, roles=frozenset({over[0]}), than=over[1])
        if role is not None:
            unit = self.words.counting.get(bare, "%" if bare.endswith("%") else "")
            return Part(bare, roles=frozenset({role}), unit=unit, part=bare if role is Role.PART else "")
        period = periods.read(bare)
        if period is not None:
            return Part(bare, period=period)
        return Part(bare, unit=bare) if self.is_unit(bare) else None

    def _bracketed(self, bare: str) -> Part | None:
        """Read ``outer(inner)``: what stands in the last bracket is a unit, a role, a period, or a mark."""
        match = _BRACKET.fullmatch(bare)
        if match is None:
            return None
        outer_text, inner_text = (match[1], match[2]) if match[1] else (match[3], match[4])
        outer = self._part(outer_text)
        if Role.NAME in outer.roles and not outer.indicator:
            return outer._replace(text=bare)
        if outer.field in self.texts:
            return outer._replace(text=bare)  # own words: 特色工作（200字以内）
        inner = self._inner(inner_text)
        if inner and inner.is_unit and outer.field in FIGURES:
            return outer._replace(text=bare, unit=inner.unit)
        if inner is None or outer.field or (outer.indicator and _other_measure(inner, inner_text)):
            return None
        if not outer.known:
            return Part(bare, roles=inner.roles, period=inner.period, unit=inner.unit, known=False)
        return _both(bare, outer, inner)

    def _inner(self, text: str) -> Part | None:
        text = text.removeprefix("单位:").removeprefix("计量单位:").strip()
        if text.isdigit() and len(text) <= 2:
            return Part(text)  # a code: 耕地(01)
        return self._qualifier(text) or self._pair(text)

    def _joined(self, bare: str) -> Part | None:
        """Read an indicator and what else is said, without a bracket: 改厕.上年, 门诊人次万人次, 2022年门诊."""
        for name in self._names_in(bare):
            if part := self._around(bare, name):
                return part
        return self._pair(bare)

    def _names_in(self, bare: str) -> Iterator[str]:
        """Yield the names in a heading, the longest first; thousands of names are not gone through for each of many."""
        for length in self._lengths:
            there = {bare[at : at + length] for at in range(len(bare) - length + 1)} & self._at.keys()
            yield from sorted(there, key=self._at.__getitem__)

    def _around(self, bare: str, name: str) -> Part | None:
        if bare.startswith(name):
            rest = bare[len(name) :]
            said = self._qualifier(rest.lstrip(_SEPARATORS)) or self._pair(rest.lstrip(_SEPARATORS))
            if said and not rest.startswith(tuple(_SEPARATORS)) and _other_measure(said, rest):
                said = None
            rest = rest.lstrip(_SEPARATORS)
        elif bare.endswith(name):
            rest = bare[: -len(name)].rstrip(_SEPARATORS)
            said = self._before(rest)
        else:
            return self._between(bare, name)
        if said is None:
            declared = self.declared.indicators[self.declared.by_heading[name]]
            said = Part(rest, roles=frozenset({Role.PART}), part=rest) if rest in declared.parts else None
        return _both(bare, Part(name, indicator=self.declared.by_heading[name]), said) if said else None

    def _between(self, bare: str, name: str) -> Part | None:
        """Read an indicator with a time before it and a word behind it: 2023年签约目标."""
        head, _, tail = bare.partition(name)
        before = self._before(head.rstrip(_SEPARATORS))
        after = self._qualifier(tail.lstrip(_SEPARATORS))
        if before is None or after is None or _other_measure(after, tail):
            return None
        timed = _both(bare, before, after)
        return _both(bare, Part(name, indicator=self.declared.by_heading[name]), timed) if timed else None

    def _before(self, rest: str) -> Part | None:
        """Read what stands before an indicator: times only, for 计划生育 is no target of 生育."""
        said = self._qualifier(rest)
        if said is None or said.unit or not (said.period or said.roles <= TIMES or rest.startswith(_YEARS)):
            return None
        return said

    def _pair(self, bare: str) -> Part | None:
        """Read two words in one: 2022年任务数, 完成率(%) without brackets, 金额/万元."""
        for cut in range(len(bare) - 1, 0, -1):
            first = self._qualifier(bare[:cut].rstrip("/:"))
            if first is None:
                continue
            rest = bare[cut:].lstrip("/:")
            second = self._qualifier(rest) or (self._pair(rest) if first.period else None)
            if second is not None and not (first.is_unit and second.is_unit):
                return _both(bare, first, second)
        return None


def _other_measure(said: Part, rest: str) -> bool:
    """Say whether a word behind an indicator makes it another figure: 补助标准 is no target of 补助."""
    return Role.TARGET in said.roles and not any(word in rest for word in _TASKS)


def _both(text: str, first: Part, second: Part) -> Part | None:
    """Join what two parts of a heading say; ``None`` where they contradict each other."""
    if first.period and second.period:
        merged = _periods(first.period, second.period)
        if merged is None:
            return None
    else:
        merged = first.period or second.period
    mixed = _is_mixed(first, second) or _is_mixed(second, first)
    return Part(
        text,
        first.indicator or second.indicator,
        (first.roles | second.roles) - (_TASK_AND_DONE if mixed else frozenset()),
        merged,
        second.unit or first.unit,
        first.field or second.field,
        first.part or second.part,
        than=first.than or second.than,
        mixed=mixed or first.mixed or second.mixed,
    )


def _is_mixed(task: Part, done: Part) -> bool:
    """Say whether one part of a heading is a task, and the other what was done of it: 任务 and 完成数, not 本年."""
    said = done.roles & {Role.VALUE, Role.TO_DATE} and any(word in done.text for word in _DONE)
    return Role.TARGET in task.roles and bool(said)


def _periods(first: Period, second: Period) -> Period | None:
    year = first.year if second.year is None else second.year
    months = first.months if second.months is None else second.months
    if (first.year or year, first.months or months) != (year, months):
        return None
    return Period(year, months, first.same or second.same)
