"""The shape of a report: all a template can see of it, which is everything but users' words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from healthreport.model.indicators import IndicatorTable
from healthreport.model.text import Text
from healthreport.model.types import Model

if TYPE_CHECKING:
    from healthreport.model.report import Report


class Shape:
    """A report that equals every other report of the same shape, so structure can be memoised by it."""

    __slots__ = ("_hash", "_key", "report")

    def __init__(self, report: Report) -> None:
        self.report = report
        self._key = _key(report)
        self._hash = hash(self._key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and self._key == other._key


def _key(value: Any) -> Any:
    """Reduce a value to what is not words: of a text its number and its lines stay."""
    if type(value) is Text:
        return (value.n, len(value.lines))
    if type(value) is tuple:
        return tuple([_key(item) for item in value])
    if isinstance(value, IndicatorTable):
        return (value.n, _key(value.caption), _key(value.note), value.landscape)
    if isinstance(value, Model):
        return (type(value), *[_key(item) for name, item in value.__dict__.items() if name != "indicators"])
    return value
