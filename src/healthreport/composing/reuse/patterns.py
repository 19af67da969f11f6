"""What reports of one shape on one base share: their document, with slots for what each says itself.

Words are filled in last, so they may not change the document around them. Most do not. Whether they
end in a mark decides about the mark behind them, so a slot says that of its words; words that would
change more, a line break or a gap, stand in the document as they are, and only reports with the same
words there share it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.figures.gaps import GAP
from healthreport.figures.marks import unmarked
from healthreport.trees import slots
from healthreport.trees.end_marks import CLOSERS, is_ended
from healthreport.values.limits import MAX_CHARACTERS
from healthreport.values.quantities import PLAIN, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.figures.differences import Group
    from healthreport.figures.texts import Figures
    from healthreport.model.build import Built, Code
    from healthreport.reading.yaml.nodes import Scalar
    from healthreport.trees.document import Document

_MOST_DOCUMENTS = 64
# Words that do no more than stand where they are put, several lines of them.
_PLAIN = re.compile(r"(?:(?!注)[\w.,%‰/·+\-−—～~*×≤≥<>]*[\w%‰*—](?:\n|$))+")
_LEADS = ("注", "（", "(")  # nothing is set before words that start so


class ExpressionSlot(NamedTuple):
    """The slot of a ``{{ }}``; ``given`` is the indicator whose value it prints as it is given, if it is no more.

    ``group`` are the differences among the numbers of its sentence.
    """

    n: int
    code: Code
    given: str = ""
    group: Group = ()

    def filling(self, built: Built, figures: Figures) -> str:
        """Return what a report puts here."""
        return figures.value_of(built.texts[self.n], self.code, self.group)


class TextSlot(NamedTuple):
    """The slot of a text that is the report's own, without its last mark where another stands behind it."""

    n: int
    unmarked: bool = False

    def filling(self, built: Built, figures: Figures) -> str:
        """Return what a report puts here."""
        words = figures.words(built.texts[self.n])
        return unmarked(words) if self.unmarked else words


class SampleSlot(NamedTuple):
    """The slot of what stands for a text that is the report's own, where a column is looked at."""

    n: int

    def filling(self, built: Built, figures: Figures) -> str:
        """Return what a report puts here."""
        return figures.sample(built.texts[self.n])


class FigureSlot(NamedTuple):
    """The slot of a cell of an indicator table."""

    table: int
    member: Scalar | str
    column: str

    def filling(self, built: Built, figures: Figures) -> str:
        """Return what a report puts here."""
        table, member = built.tables[self.table], self.member
        # A member that is no more than a name is one of 全部.
        name, place = (member, table.position()) if isinstance(member, str) else (member.value, member.position())
        return figures.cell(name, self.column, table.columns, place)


Slot = ExpressionSlot | TextSlot | SampleSlot | FigureSlot


class Patterns:
    """The documents that reports of one shape on one base share, by what their fillings do to them.

    All have the same slots: which texts and figures a document needs is a matter of its shape.
    """

    def __init__(self) -> None:
        self._slots: Sequence[Slot] | None = None
        self._given: Sequence[str] = ()
        self._placed = 0
        self._has_indicator_tables = False
        self._documents: dict[tuple[str, ...], Document] = {}

    def find(self, built: Built, figures: Figures) -> tuple[Document, tuple[str, ...]] | None:
        """Return the document for a report, and the fillings of its slots, where there is one."""
        if self._slots is None or (self._has_indicator_tables and built.redefined):
            return None
        values = built.numbers.values  # most slots are {{ 门诊 }} of a township that gives its number
        fillings = tuple(
            [
                write(values[given], PLAIN) if given in values else slot.filling(built, figures)
                for given, slot in zip(self._given, self._slots, strict=True)
            ]
        )
        if self._placed * max(map(len, fillings), default=0) > MAX_CHARACTERS:
            return None  # it is counted, word for word, where the document is put together
        document = self._documents.get(_kinds(fillings))
        return (document, fillings) if document else None

    def keep(
        self,
        document: Document,
        slots: Sequence[Slot],
        fillings: tuple[str, ...],
        placed: int,
        *,
        has_indicator_tables: bool,
    ) -> None:
        """Keep a document for the next report of this shape; ``fillings`` are its own report's.

        ``placed`` is how often its slots are placed in it.
        """
        assert self._slots is None or len(self._slots) == len(slots)
        self._slots = slots
        self._given = [slot.given if isinstance(slot, ExpressionSlot) else "" for slot in slots]
        self._placed = max(placed, len(slots))
        self._has_indicator_tables = has_indicator_tables
        if len(self._documents) >= _MOST_DOCUMENTS:
            self._documents.clear()
        self._documents[_kinds(fillings)] = document


def _kinds(fillings: tuple[str, ...]) -> tuple[str, ...]:
    """Return for each slot what its filling does to the document; nothing at all where all are plain."""
    joined = "\n".join(fillings)
    if not fillings or (joined.count("\n") < len(fillings) and _PLAIN.fullmatch(joined)):
        return ()
    kinds = tuple([kind(filling) for filling in fillings])
    return kinds if any(kinds) else ()


def kind(filling: str) -> str:
    """Return ``""`` for words that stand for themselves, a mark for those that end in one, else the words."""
    if "\n" in filling or GAP in filling:
        return filling
    if _PLAIN.fullmatch(filling):
        return ""
    if not filling.rstrip(CLOSERS) or filling.startswith(_LEADS) or filling != filling.strip():
        return filling or GAP
    return slots.ENDED if is_ended(filling) else ""
