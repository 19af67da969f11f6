"""The texts and the indicator tables of a report that stands, each with its number.

Validation makes values and knows of nothing around them; which of a report's texts one is, is told here, in one walk
over the report in the order of its fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.model.indicator_tables import IndicatorTable
from healthreport.model.validating.text import Text, Todo
from healthreport.model.validating.types import Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Numbered:
    """Texts and indicator tables by number; what a base has numbered goes before what a report on it says.

    ``clauses`` are the lines that have clauses and are printed in the document itself, which 待补 is not.
    """

    def __init__(self, texts: Iterable[Text] = (), tables: Iterable[IndicatorTable] = ()) -> None:
        self.texts = [*texts]
        self.tables = [*tables]
        self.clauses: list[int] = []

    def add(self, value: object) -> None:
        """Give all that is in a value its number, a text before its lines."""
        if isinstance(value, Text):
            self._add_text(value)
            if value.clauses:
                self.clauses += [line.n for line in value.lines if line.clauses]
        elif type(value) is tuple:
            for item in value:
                self.add(item)
        elif isinstance(value, Model):
            if isinstance(value, IndicatorTable):
                value.listed.n = len(self.tables)
                self.tables.append(value)
            for item in value.__dict__.values():
                if item:
                    self.add(item)
        elif isinstance(value, Todo):
            self._add_text(value.text)
        elif isinstance(value, dict):
            for item in value.values():
                self.add(item)

    def _add_text(self, text: Text) -> None:
        text.n = len(self.texts)
        self.texts.append(text)
        for line in text.lines:
            if line is not text:
                self._add_text(line)


def numbers_in(value: object) -> Iterator[int]:
    """Yield the numbers of all texts in a value of the report, those of lines too."""
    if isinstance(value, Text):
        yield value.n
        yield from (line.n for line in value.lines)
    elif type(value) is tuple or isinstance(value, Model):
        for item in value if isinstance(value, tuple) else value.__dict__.values():
            yield from numbers_in(item)
