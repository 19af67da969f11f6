"""The words that rules on labels and marks know things by, from ``templates/checking/序号标点.yaml``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.yaml import lists

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthreport.reading.yaml.nodes import Mapping

FILE = "序号标点"
_UNITS = "单位符号"
_LISTS = ("数后", "正文开头", "顿号后成词", "区间单位", "钟点")


class MarkWords(NamedTuple):
    """What stands behind a number that counts things, what begins a text, words of 和 及 与, units of ranges, times.

    ``symbols`` says how a unit that is often misspelt is written.
    """

    symbols: dict[str, str]
    counted: tuple[str, ...]
    begins: tuple[str, ...]
    joining: tuple[str, ...]
    range_units: tuple[str, ...]
    times: tuple[str, ...]


def build(trees: Iterable[tuple[str, Mapping]]) -> MarkWords:
    """Make the words of the files' trees. Raises :class:`HealthReportError` for a file that is no list of words."""
    found = lists.gather(trees, {FILE: frozenset({*_LISTS, _UNITS})})[FILE]
    listed = [tuple(dict.fromkeys(lists.all_of(found, key))) for key in _LISTS]
    symbols = {wrong: right for node in found.get(_UNITS, ()) for wrong, right in lists.pairs(node)}
    return MarkWords(symbols, *listed)
