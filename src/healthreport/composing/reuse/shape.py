"""The shape of a report: all a template can see of it, which is everything but users' words.

Which of its base's texts and tables are left is a part of it. Of which clauses a text has lost, templates see nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from healthreport.model.indicator_tables import IndicatorTable
from healthreport.model.validating.text import Text, Todo
from healthreport.model.validating.types import Model

if TYPE_CHECKING:
    from healthreport.model.build import Built


# Templates do not see indicators: the rows of their tables are filled in later.
_NOT_SEEN = "indicators"


class Shape:
    """A report that equals every other one of the same shape on the same base, so structure can be memoised by it."""

    __slots__ = ("_hash", "_key", "built")

    def __init__(self, built: Built) -> None:
        self.built = built
        if built.common is None:
            self._key = _key(built.report)
        else:
            seen = [name for name in built.differing if name != _NOT_SEEN]
            own = tuple([(name, _key(getattr(built.report, name))) for name in seen])
            self._key = (own, built.emptied)
        self._hash = hash(self._key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and self._key == other._key


def _key(value: Any) -> Any:
    """Reduce a value to what is not words: of a text its number and those of its lines stay."""
    if type(value) is Text:
        return (value.n, *[line.n for line in value.lines])
    if type(value) is tuple:
        return tuple([_key(item) for item in value])
    if type(value) is dict:
        return tuple([(name, _key(item)) for name, item in value.items()])
    if type(value) is Todo:
        return _key(value.text)
    if isinstance(value, IndicatorTable):
        return (value.n, _key(value.caption), _key(value.note), value.number, value.landscape)
    if isinstance(value, Model):
        return (type(value), *[_key(item) for name, item in value.__dict__.items() if name != _NOT_SEEN])
    return value
