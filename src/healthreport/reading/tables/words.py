"""The words of sheets, from ``templates/sheets``: what headings, rows, cells and units are called.

The lists are data, a bureau's own on top of the packaged ones. A word counts as a whole cell only.
"""

from __future__ import annotations

import re
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import error
from healthreport.reading.tables import plain
from healthreport.reading.yaml import lists
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar
from healthreport.values import scalars
from healthreport.values.units import Units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FILES = ("表头", "行", "格", "计量单位")


class Role(Enum):
    """What a heading says of the numbers below it."""

    NAME = "名称"
    INDICATOR = "指标名称"
    MEASURE = "计量单位"
    VALUE = "本期"
    CURRENT = "当期"
    MONTH = "本月"
    TO_DATE = "累计"
    LAST = "上年"
    TARGET = "目标"
    MONTH_TARGET = "本月目标"
    DENOMINATOR = "分母"
    OTHER_PERIOD = "别的时期"
    COMPLETION = "完成率"
    GROWTH = "增长率"
    CHANGE = "增减数"
    GROWTH_OR_CHANGE = "增减"
    UNCHECKED = "不核对"
    SUM = "合计"
    PART = "其中"
    REMARK = "说明"
    UNUSED = "不用"


_OTHER_TIMES = frozenset({Role.LAST, Role.MONTH, Role.OTHER_PERIOD})
COMPARED = frozenset({Role.COMPLETION, Role.GROWTH, Role.CHANGE, Role.GROWTH_OR_CHANGE})
NEVER_FIGURES = frozenset({Role.REMARK, Role.UNUSED, Role.UNCHECKED})
_LISTS = [role for role in Role if role is not Role.NAME]
_ASIDE = frozenset({"名称", "分项", "计数", "维度", "任务表"})


class Kind(Enum):
    """What a row is."""

    TOWNSHIP = "单位"
    TOTAL = "合计"
    SUBTOTAL = "小计"
    AVERAGE = "平均"
    COMPARISON = "对比"
    SECTION = "分段"
    NUMBERED = "编号"
    PART = "其中"
    NOTE = "注"
    SIGN_OFF = "落款"
    HEADER = "表头"
    BLANK = "空行"


# In the order in which they are tried; those about the whole table are compared with the label, which has no brackets.
_BY_LABEL = (Kind.AVERAGE, Kind.TOTAL, Kind.SUBTOTAL, Kind.COMPARISON)
_BY_TEXT = (Kind.SIGN_OFF, Kind.NOTE, Kind.PART)
_BY_HEAD = (Kind.SECTION, Kind.NUMBERED)
_ROWS = (*_BY_LABEL, *_BY_TEXT, *_BY_HEAD)
_LONGEST_LABEL = 60


class Words(NamedTuple):
    """All words of sheets."""

    roles: dict[str, Role]
    unclear: re.Pattern[str]
    names: dict[str, int]
    dimensions: frozenset[str]
    whole: tuple[frozenset[str], ...]
    counting: dict[str, str]
    task_titles: tuple[str, ...]
    rows: dict[str, Kind]
    patterns: dict[Kind, re.Pattern[str]]
    together: dict[tuple[Kind, ...], re.Pattern[str]]
    blanks: frozenset[str]
    zeros: frozenset[str]
    rough: tuple[str, ...]
    units: Units

    def is_unclear(self, text: str) -> bool:
        """Say whether a heading that nobody knows speaks of another time, or of tasks: it may change what is below."""
        return self.unclear.search(text) is not None

    def total_of(self, text: str) -> Kind | None:
        """Say whether a row's name is a total, an average or another row about the whole table."""
        label = plain.label(text)
        if len(label) > _LONGEST_LABEL:
            return None
        kind = self._about_all(label)
        bracketed = plain.squeezed(text).partition("(")[2].rstrip(")") if kind is None else ""
        return self.rows.get(bracketed) if bracketed else kind

    def _about_all(self, label: str) -> Kind | None:
        kind = self.rows.get(label)
        if kind in _BY_LABEL:
            return kind
        role = self.roles.get(label.rstrip("%‰"))
        if role is not None and role not in _ROLES_THAT_NAME:
            return Kind.TOTAL if role is Role.SUM else Kind.COMPARISON
        return self._first(_BY_LABEL, label)

    def aside(self, text: str) -> Kind | None:
        """Say whether a row's first text is a note, a sign-off, or opens a part of the row above (其中：)."""
        kind = self.rows.get(plain.label(text))
        if kind in _BY_TEXT:
            return kind
        return self._first(_BY_TEXT, text.strip()[:_LONGEST_LABEL])

    def head_of(self, text: str) -> Kind | None:
        """Say whether a row's name is that of a section, were it to have no figures."""
        if self.rows.get(plain.label(text)) is Kind.SECTION:
            return Kind.SECTION
        bare = plain.squeezed(text).rstrip(":")[:_LONGEST_LABEL]
        return self._first(_BY_HEAD, bare)

    def numbered(self, text: str) -> bool:
        """Say whether a name begins with a number that counts sections or rows: 一、医院, 1.白石镇."""
        bare = plain.squeezed(text)
        return bool(re.match(r"\(?[一二三四五六七八九十]{1,3}[)、.．]|\d{1,2}[.、．)]\D", bare))

    def _first(self, kinds: tuple[Kind, ...], text: str) -> Kind | None:
        """Return the first kind of which a pattern fits; one pattern of all tells the many names that fit none."""
        if not self.together[kinds].match(text):
            return None
        return next(kind for kind in kinds if (one := self.patterns.get(kind)) and one.match(text))


# A row named so is no row about the table: 镇, 项目, 其他.
_ROLES_THAT_NAME = frozenset({Role.NAME, Role.INDICATOR, Role.MEASURE, Role.PART, Role.REMARK, Role.UNUSED})


def build(trees: Iterable[tuple[str, Mapping]]) -> Words:
    """Make the words of the files' trees; of two that give a word a class, the later counts.

    Raises :class:`HealthReportError` for a class nobody knows, and a pattern that is none.
    """
    merged: dict[str, dict[str, list[Node]]] = {file: {} for file in FILES}
    for file, tree in trees:
        lists.refuse_unknown(tree, _known_keys(file))
        for key, node in tree.items():
            merged[file].setdefault(key, []).append(node)
    heads, rows, cells, units = (merged[file] for file in FILES)
    patterns = {kind: _pattern(rows[key]) for kind in _ROWS if (key := f"{kind.value}样式") in rows}
    roles = _roles(heads)
    return Words(
        roles,
        _any_of(word for word, role in roles.items() if len(word) > 1 and _changes_what_is_below(word, role)),
        {
            word: rank
            for node in heads.get("名称", ())
            for rank, group in enumerate(lists.items(node))
            for word in _words(group)
        },
        frozenset(_all(heads, "维度")),
        tuple(frozenset(_words(group)) for node in heads.get("分项", ()) for group in lists.items(node)),
        dict(_pairs(heads.get("计数", ()))),
        tuple(_all(heads, "任务表")),
        {plain.label(word): kind for kind in _ROWS for word in _all(rows, kind.value)},
        patterns,
        {kinds: _together(patterns, kinds) for kinds in (_BY_LABEL, _BY_TEXT, _BY_HEAD)},
        frozenset(scalars.fold(word).lower() for word in _all(cells, "没有数", scalars.fold)),
        frozenset(_all(cells, "零", scalars.fold)),
        tuple(_all(cells, "约数", scalars.fold)),
        _units(units),
    )


def _changes_what_is_below(word: str, role: Role) -> bool:
    """Say whether a word in a heading speaks of another time, or of tasks."""
    return role in _OTHER_TIMES or (role is Role.TARGET and word in ("任务", "目标"))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def _known_keys(file: str) -> frozenset[str]:
    return {
        "表头": frozenset({*_ASIDE, *(role.value for role in Role)}),
        "行": frozenset({*(kind.value for kind in _ROWS), *(f"{kind.value}样式" for kind in _ROWS)}),
        "格": frozenset({"没有数", "零", "约数"}),
        "计量单位": frozenset({"换算", "相同", "其他", "不相加", "可数"}),
    }[file]


def _roles(heads: dict[str, list[Node]]) -> dict[str, Role]:
    roles = {word: role for role in _LISTS for word in _all(heads, role.value)}
    parts = {word: Role.PART for node in heads.get("分项", ()) for group in lists.items(node) for word in _words(group)}
    counting = {word: Role.VALUE for word, _ in _pairs(heads.get("计数", ()))}
    return {**parts, **roles, **counting}


def _words(node: Node, form: Callable[[str], str] = plain.heading) -> Iterator[str]:
    yield from map(form, lists.texts(node))


def _all(found: dict[str, list[Node]], key: str, form: Callable[[str], str] = plain.heading) -> Iterator[str]:
    for node in found.get(key, ()):
        yield from _words(node, form)


def _pairs(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if not isinstance(node, Mapping):
            raise lists.not_a_list(node)
        for key, value in node.items():
            if not isinstance(value, Scalar):
                raise lists.not_a_list(value)
            yield plain.heading(key), value.value


def _pattern(nodes: list[Node]) -> re.Pattern[str]:
    return re.compile("|".join(one for node in nodes for one in lists.patterns(node)), re.IGNORECASE)


def _together(patterns: dict[Kind, re.Pattern[str]], kinds: tuple[Kind, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{patterns[kind].pattern})" for kind in kinds if kind in patterns), re.IGNORECASE)


def _units(found: dict[str, list[Node]]) -> Units:
    families = []
    for node in found.get("换算", ()):
        for family in lists.items(node):
            factors = {}
            for name, factor in _pairs([family]):
                try:
                    factors[scalars.fold(name)] = Fraction(factor)
                except (ValueError, ZeroDivisionError):
                    hint = "例如“公顷: 10000”。"
                    raise error("bad-number", f"“{factor}”不是数。", family.position(), hint=hint) from None
            families.append(factors)
    alike = tuple(
        frozenset(_words(group, scalars.fold)) for node in found.get("相同", ()) for group in lists.items(node)
    )
    others, unsummed, counted = (frozenset(_all(found, key, scalars.fold)) for key in ("其他", "不相加", "可数"))
    return Units(tuple(families), alike, others, unsummed, counted)
