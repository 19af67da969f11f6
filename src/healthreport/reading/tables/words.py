"""The words of sheets, from ``templates/sheets``: what headings, rows, cells and units are called.

The lists are data, a bureau's own on top of the packaged ones. A word counts as a whole cell only.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables import plain
from healthreport.reading.yaml import lists
from healthreport.values import scalars

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from healthreport.reading.yaml.nodes import Mapping, Node
    from healthreport.values.units import Units


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
    LAST_MONTH = "上年本月"
    TARGET = "目标"
    MONTH_TARGET = "本月目标"
    DENOMINATOR = "分母"
    OTHER_PERIOD = "别的时期"
    COMPLETION = "完成率"
    GROWTH = "增长率"
    CHANGE = "增减数"
    GROWTH_OR_CHANGE = "增减"
    SHORTFALL = "差额"
    SHARE = "占比"
    UNCHECKED = "不核对"
    SUM = "合计"
    PART = "其中"
    REMARK = "说明"
    UNUSED = "不用"


FIGURES = ("数值", "目标", "上年")  # keys of an indicator that are numbers
TIMES = frozenset({Role.LAST, Role.LAST_MONTH, Role.MONTH, Role.TO_DATE, Role.CURRENT})
_OTHER_TIMES = frozenset({Role.LAST, Role.LAST_MONTH, Role.MONTH, Role.OTHER_PERIOD})
OF_OTHER_TIMES = _OTHER_TIMES | {Role.TARGET, Role.MONTH_TARGET}
NEVER_FIGURES = frozenset({Role.REMARK, Role.UNUSED, Role.UNCHECKED})
COMPARED = frozenset({Role.COMPLETION, Role.GROWTH, Role.CHANGE, Role.GROWTH_OR_CHANGE, Role.SHORTFALL, Role.SHARE})
# What parts a township's rows: times, tasks and what was computed from them.
PARTING = TIMES | OF_OTHER_TIMES | COMPARED | {Role.VALUE}
TASKS = ("任务", "目标")
_LISTS = [role for role in Role if role is not Role.NAME]
_ASIDE = frozenset({"名称", "分项", "计数", "维度", "任务表"})


class Kind(Enum):
    """What a row is."""

    TOWNSHIP = "单位"
    TOTAL = "合计"
    SUBTOTAL = "小计"
    AVERAGE = "平均"
    COMPARISON = "对比"
    DISTRICT = "县区"
    SECTION = "分段"
    NUMBERED = "编号"
    PART = "其中"
    NOTE = "注"
    SIGN_OFF = "落款"
    HEADER = "表头"
    BLANK = "空行"
    JOINED = "并入上面的单位"


# In the order in which they are tried; those about the whole table are compared with the label, which has no brackets.
_BY_LABEL = (Kind.AVERAGE, Kind.TOTAL, Kind.SUBTOTAL, Kind.COMPARISON)
_BY_TEXT = (Kind.SIGN_OFF, Kind.NOTE, Kind.PART)
_BY_HEAD = (Kind.SECTION, Kind.NUMBERED)
_ROWS = (*_BY_LABEL, *_BY_TEXT, *_BY_HEAD)
_PATTERNS = {kind: f"{kind.value}样式" for kind in _ROWS}
_THAN_A_YEAR = re.compile("[比较](?:20)?(\\d\\d)年(?:同期)?")
_NUMBERED = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.．]|\d{1,2}[.、．)]\D")
# The files, and the classes of words in each.
KEYS = {
    "表头": frozenset({*_ASIDE, *(role.value for role in Role)}),
    "行": frozenset({*(kind.value for kind in _ROWS), *_PATTERNS.values(), "名称结尾", "也是单位"}),
    "格": frozenset({"本来没有", "没有数", "零", "约数"}),
}
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
    by_label: re.Pattern[str]
    by_text: re.Pattern[str]
    by_head: re.Pattern[str]
    blanks: frozenset[str]
    nones: frozenset[str]
    zeros: frozenset[str]
    rough: tuple[str, ...]
    ends: tuple[str, ...]
    institutions: frozenset[str]
    units: Units

    def is_town(self, name: str) -> bool:
        """Say whether a name ends as those of townships and their offices do."""
        return name.endswith(self.ends)

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

    def over_a_year(self, text: str) -> tuple[Role, int] | None:
        """Return what a growth over a named year is, and the year: 比2022年增减, 较22年同期增长%."""
        than = _THAN_A_YEAR.match(text)
        word = f"{text[0]}上年{text[than.end() :]}" if than else ""
        role = self.roles.get(word) or self.roles.get(word.rstrip("%‰"))
        return (role, 2000 + int(than[1])) if than and role in COMPARED else None

    def _about_all(self, label: str) -> Kind | None:
        kind = self.rows.get(label)
        if kind in _BY_LABEL:
            return kind
        if self.over_a_year(label):
            return Kind.COMPARISON
        role = self.roles.get(label.rstrip("%‰"))
        if role is not None and role not in _ROLES_THAT_NAME:
            return Kind.TOTAL if role is Role.SUM else Kind.COMPARISON
        return _first(self.by_label, label)

    def aside(self, text: str) -> Kind | None:
        """Say whether a row's first text is a note, a sign-off, or opens a part of the row above (其中：)."""
        kind = self.rows.get(plain.label(text))
        if kind in _BY_TEXT:
            return kind
        return _first(self.by_text, text.strip()[:_LONGEST_LABEL])

    def head_of(self, text: str) -> Kind | None:
        """Say whether a row's name is that of a section, were it to have no figures."""
        if self.rows.get(plain.label(text)) is Kind.SECTION:
            return Kind.SECTION
        bare = plain.squeezed(text).rstrip(":")[:_LONGEST_LABEL]
        return _first(self.by_head, bare)

    def numbered(self, text: str) -> bool:
        """Say whether a name begins with a number that counts sections or rows: 一、医院, 1.白石镇."""
        bare = plain.squeezed(text)
        return _NUMBERED.match(bare) is not None


def _first(pattern: re.Pattern[str], text: str) -> Kind | None:
    """Return the first kind of which a pattern fits: the patterns of each are a group of its name."""
    match = pattern.match(text)
    return Kind[match.lastgroup] if match and match.lastgroup else None


# A row named so is no row about the table: 镇, 项目, 其他.
_ROLES_THAT_NAME = frozenset({Role.NAME, Role.INDICATOR, Role.MEASURE, Role.PART, Role.REMARK, Role.UNUSED})


def build(trees: Iterable[tuple[str, Mapping]], units: Units) -> Words:
    """Make the words of the files' trees; of two that give a word a class, the later counts.

    Raises :class:`HealthReportError` for a class nobody knows, and a pattern of a bureau's own that is none.
    """
    trees = [*trees]
    heads, rows, cells = lists.gather(trees, KEYS).values()
    for tree in lists.own(trees, "行"):
        refuse_bad_patterns(tree)
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
        dict(_counting(heads)),
        tuple(_all(heads, "任务表")),
        {plain.label(word): kind for kind in _ROWS for word in _all(rows, kind.value)},
        _together(rows, _BY_LABEL),
        _together(rows, _BY_TEXT),
        _together(rows, _BY_HEAD),
        frozenset(_blanks(cells, "本来没有", "没有数")),
        frozenset(_blanks(cells, "本来没有")),
        frozenset(_all(cells, "零", scalars.fold)),
        tuple(_all(cells, "约数", scalars.fold)),
        tuple(_all(rows, "名称结尾")),
        frozenset(_all(rows, "也是单位")),
        units,
    )


def _changes_what_is_below(word: str, role: Role) -> bool:
    """Say whether a word in a heading speaks of another time, or of tasks."""
    return role in _OTHER_TIMES or (role is Role.TARGET and word in TASKS)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def _roles(heads: dict[str, list[Node]]) -> dict[str, Role]:
    roles = {word: role for role in _LISTS for word in _all(heads, role.value)}
    parts = {word: Role.PART for node in heads.get("分项", ()) for group in lists.items(node) for word in _words(group)}
    counting = {word: Role.VALUE for word, _ in _counting(heads)}
    return {**parts, **roles, **counting}


def _words(node: Node) -> Iterator[str]:
    return map(plain.heading, lists.texts(node))


def _all(found: dict[str, list[Node]], key: str, form: Callable[[str], str] = plain.heading) -> Iterator[str]:
    """Return all words of a class, in the form in which they are compared."""
    return map(form, lists.all_of(found, key))


def _blanks(cells: dict[str, list[Node]], *classes: str) -> Iterator[str]:
    """Return what stands in a cell instead of a figure, as cells are compared."""
    return (scalars.fold(word).lower() for name in classes for word in lists.all_of(cells, name))


def _counting(heads: dict[str, list[Node]]) -> Iterator[tuple[str, str]]:
    return ((plain.heading(word), unit) for node in heads.get("计数", ()) for word, unit in lists.pairs(node))


def _together(rows: dict[str, list[Node]], kinds: tuple[Kind, ...]) -> re.Pattern[str]:
    """Compile the patterns of several kinds into one, each kind a group of its name: most names fit none."""
    groups = (f"(?P<{kind.name}>{lists.any_of(lists.all_of(rows, _PATTERNS[kind]))})" for kind in kinds)
    return re.compile("|".join(groups), re.IGNORECASE)


def refuse_bad_patterns(tree: Mapping) -> None:
    """Refuse patterns of rows that are none, or slow."""
    for key in _PATTERNS.values():
        if key in tree:
            lists.refuse_bad_patterns(tree[key])
