"""Lines around a table that say a unit: captions, 单位：万元, and texts that only speak of one, 收入以元计.

A caption is understood whole or not at all. What else speaks of a unit is kept: where it would change a figure,
nobody knows whether it is meant.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.reading.tables.grid import Spot
    from healthreport.reading.tables.headings import Headings

_UNIT = re.compile(r"(?:^|[(\s])(?:计量|金额|面积|数量|货币|数据|统计)?单位:([^:()]+?)\)?$")
_WORD = re.compile(r"(?:计量|金额|面积|数量|货币|数据|统计)?单位:?")
_LAST_BRACKET = re.compile(r"\(([^()]+)\)$")
_ASIDE = re.compile(r"(单位:[^()]+)\(([^()]*)\)$")
_MARKS = ":：(（[【〔"
_APART = re.compile(r"[、,/;和及]")
_APART_OR_BLANK = re.compile(r"[、,/;和及\s]")
_TOKENS = re.compile(r"[、,/;:()。|和及\s]+")
_COUNTED_IN = re.compile("[以按用]([^以按用,;:()。]+?)(?:为单位|计|统计|填列)")
_SPOKEN = (
    re.compile(r"单位(?:均?为|是|:)?([^、,/;:()。\s]{1,6}?)(?=[、,/;:()。\s]|$)"),
    re.compile(r"(?:以|按|用|均?为|均?是)([^以按、,;:()。\s]{1,6}?)(?=为单位|计|统计|填|列|[、,;:()。\s]|$)"),
)


class Line(NamedTuple):
    """A cell above or below a table, and where it stands in the sheet."""

    text: str
    spot: Spot


class Spoken(NamedTuple):
    """A unit that a line speaks of, without being a caption."""

    unit: str
    line: Line


def is_unit_line(text: str) -> bool:
    """Say whether a line names units: 单位：万元."""
    return _UNIT.search(plain.squeezed(text)) is not None or _UNIT.search(_folded(text)) is not None


def in_last_bracket(text: str) -> str:
    """Return what stands in brackets at the end of a text: 元 of 单位（元）."""
    bracket = _LAST_BRACKET.search(plain.squeezed(text))
    return bracket[1] if bracket else ""


def units_of(text: str, headings: Headings) -> tuple[str, ...]:
    """Return the units of a caption, 单位：人、%, （万元） or a title with that; an office behind 单位： is none."""
    if not any(mark in text for mark in _MARKS):
        return ()
    bare, folded = plain.squeezed(text), _folded(text)
    aside = _ASIDE.search(folded)
    if aside and not any(spoken_in(aside[2], headings)):  # 单位：人（不含村）
        bare, folded = (one[: one.rindex("(")] for one in (bare, folded))
    for form in (bare, folded):
        said = _UNIT.search(form)
        if said and (units := _all_units(said[1], headings)):
            return units
    bracket = _LAST_BRACKET.search(folded)
    if bracket is None or _UNIT.search(folded) or not _is_title(folded, bracket[0], headings):
        return ()
    units = _all_units(bracket[1], headings)
    return units if "表" in folded or any(_fits(one, headings) for one in units) else ()


def _is_title(text: str, bracket: str, headings: Headings) -> bool:
    """Say whether a text with a bracket at its end may say the unit of all: no note does, and no head of names."""
    return text == bracket or (headings.words.aside(text) is None and not headings.is_name_head(text))


def _all_units(text: str, headings: Headings) -> tuple[str, ...]:
    """Return the units that a text is made of; none where any part of it is no unit."""
    for apart in (_APART, _APART_OR_BLANK):
        parts = [one for one in apart.split(text) if one]
        units = ["".join(one.split()) for one in parts]
        if units and all(headings.is_unit(one) for one in units):
            return tuple(units)
    return ()


def _fits(unit: str, headings: Headings) -> bool:
    """Say whether figures of any indicator may be written in a unit: （年） behind a title is none of them."""
    declared = {one.unit for one in headings.declared.indicators.values() if one.unit}
    return any(headings.words.units.ratio(unit, one) is not None for one in declared)


def captions(lines: Iterable[Line], headings: Headings) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """Yield the lines that are captions with their units; 单位 and 元 may stand in two cells."""
    lines = [*lines]
    yield from ((line, units) for line in lines if (units := units_of(line.text, headings)))
    for first, second in pairwise(lines):
        is_word = _WORD.fullmatch(plain.squeezed(first.text)) and first.spot[0] == second.spot[0]
        if is_word and (units := units_of(f"单位:{second.text}", headings)):
            yield second, units


def spoken(lines: Iterable[Line], headings: Headings) -> Iterator[Spoken]:
    """Yield the units that lines speak of."""
    for line in lines:
        yield from (Spoken(unit, line) for unit in dict.fromkeys(spoken_in(line.text, headings)))


def spoken_in(text: str, headings: Headings) -> Iterator[str]:
    """Yield the units that stand alone between marks of a text, or behind 以, 为, 单位."""
    bare = _folded(text)
    yield from (one for one in _TOKENS.split(bare) if headings.is_unit(one))
    for pattern in _SPOKEN:
        yield from (one for one in pattern.findall(bare) if headings.is_unit(one))
    listed = (one for text in _COUNTED_IN.findall(bare) for one in _APART.split(text))
    yield from (one for one in listed if headings.is_unit(one))


def _folded(text: str) -> str:
    """Return a text in half-width marks, blanks kept between words only: 单 位：元  人 → 单位:元 人."""
    bare = " ".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"单 ?位(?: ?(:) ?)?", r"单位\1", bare.translate(plain.BRACKETS))
