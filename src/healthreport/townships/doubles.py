"""Townships that cannot be told apart: two of one name, one called as another is for short, likely one twice."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Related, Severity
from healthreport.reading.tables import plain
from healthreport.townships.names import same

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from healthreport.diagnostics import Position
    from healthreport.townships.pool import Town

_LISTED = 6
_NAME, _SHORT = "名称", "简称"
# What an institution of a township is called behind its name: 白石镇 may send its figures as 白石镇卫生院.
_INSTITUTION = re.compile(
    r"(?<=..)(?:(?:中心|第一|社区)?卫生院|(?:社区)?卫生服务中心|(?:中心|人民|中医)?医院"
    r"|(?:人民)?政府|卫健办|卫健所|卫生健康办公室|办事处)$"
)


class _Word(NamedTuple):
    """What a township is called: its name or its 简称, which it is, and the source that it stands in."""

    town: Town
    what: str
    source: int


def find(sources: Sequence[Sequence[Town]]) -> Iterator[Diagnostic]:
    """Find the townships that are called alike, in one source or in two."""
    first: dict[str, _Word] = {}
    for source, towns in enumerate(sources):
        for town in towns:
            words = {_key(town.name): _Word(town, _NAME, source)}
            if town.short != town.name:
                words = {_key(town.short): _Word(town, _SHORT, source), **words}
            found = next(((first[key], one) for key, one in reversed(words.items()) if key in first), None)
            if found:
                yield _double(*found)
            for key, one in words.items():
                first.setdefault(key, one)


@lru_cache(maxsize=65536)
def _key(name: str) -> str:
    return same(plain.name(name))


def _double(first: _Word, second: _Word) -> Diagnostic:
    town, other = second.town, first.town
    message = f"“{town.name}”出现了两次。"
    if (first.what, second.what) == (_SHORT, _SHORT):
        message = f"“{other.name}”和“{town.name}”的简称都是“{town.short}”，分不开。"
    elif second.what == _SHORT:
        message = f"“{town.name}”的简称“{town.short}”就是另一处的名称，分不开。"
    elif first.what == _SHORT:
        message = f"“{town.name}”就是另一处“{other.name}”的简称，分不开。"
    hint = "请核对是否重复填报，删去一处，或把名称写全。"
    if first.source != second.source:
        hint = "一个单位只能写在一个来源里；同样的单位、不同的指标，请并排写进一张表。"
    elif _SHORT in (first.what, second.what):
        hint = "请核对是否重复填报，删去一处，或换个简称。"
    return Diagnostic("double-name", message, town.place, hint=hint, related=(Related(other.place, "另一处在这里"),))


def alike(towns: Sequence[Town], expected: Collection[str]) -> list[Diagnostic]:
    """Tell of townships and institutions that look like one, 白石镇 and 白石镇卫生院; a list that has both says not."""
    at = {_key(town.name): town for town in towns}
    listed = {*map(_key, expected)}
    pairs: list[tuple[Town, Town]] = []
    for name, town in at.items():
        bare = _INSTITUTION.sub("", name)
        if bare != name and bare in at and not listed.issuperset((name, bare)):
            pairs.append((at[bare], town))
    if not pairs:
        return []
    said = plain.listed([f"“{one.name}”和“{other.name}”" for one, other in pairs], _LISTED, "对")
    places: list[Position] = [one.place for pair in pairs[:_LISTED] for one in pair]
    related = tuple(Related(place, "另一处在这里" if at == 1 else "这里也是") for at, place in enumerate(places) if at)
    hint = "是一个单位，请删去一处，或把两处的数写在一起；是两个单位，不用管。"
    message = f"{said}像是一个单位，各算了一次。"
    return [Diagnostic("look-like-one", message, places[0], Severity.WARNING, hint, related)]
