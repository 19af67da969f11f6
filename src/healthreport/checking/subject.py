"""What rules look at."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking import passages
from healthreport.checking.joined import Joined
from healthreport.checking.locating import Literally, Locator
from healthreport.checking.numbers import Numbers
from healthreport.checking.passages import Passage, Spot
from healthreport.checking.settings import Settings
from healthreport.diagnostics import Position
from healthreport.trees.document import filled, position

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from healthreport.checking.beside import Company
    from healthreport.checking.known import Known
    from healthreport.figures.texts import Figures
    from healthreport.model.build import Built
    from healthreport.trees.document import Document, Place, Placed


# What ends the name of an indicator in a reference: {{ 门诊.同比 }}, {{ 门诊|小数(1) }}.
_NAME = r"[.|\s]"


class Beside(NamedTuple):
    """What a document is held against: last year's of the same office, and those that were checked before it."""

    last: Subject | None = None
    company: Company | None = None


ALONE = Beside()


class Subject:
    """A document, and the report and figures it was made from, where it was made from some.

    ``pattern`` is the document that reports of one shape share, its words still slots; ``fillings`` and ``places``
    are this report's. A document that shares nothing is its own pattern. ``of_base`` returns the numbers of its base.
    Of a Word file or a text, which has no report and no labels of ours, the passages were ``read``.
    ``settings`` are those of its folder; ``beside`` is what it is held against.
    """

    def __init__(
        self,
        pattern: Document,
        fillings: Sequence[str] = (),
        places: Sequence[Place] = (),
        report: Built | None = None,
        figures: Figures | None = None,
        known: Known | None = None,
        of_base: Callable[[], Numbers] | None = None,
        read: Sequence[Passage] | None = None,
        *,
        settings: Settings = Settings(),  # noqa: B008 -- it cannot be changed
        beside: Beside = ALONE,
    ) -> None:
        self.pattern = pattern
        self.fillings = fillings
        self.places = places or pattern.places
        self.report = report
        self.figures = figures
        self.maybe_known = known
        self._of_base = of_base
        self.settings = settings
        self.beside = beside
        self._passages = read
        self._locator = Locator(self.places)
        self._document: Document | None = None
        self._numbers: Numbers | None = None

    @property
    def of_county(self) -> Built | None:
        """The report, where it is a county's whose figures are made of those of townships."""
        return self.report if self.report and self.report.sums else None

    @property
    def known(self) -> Known:
        """What rules know from lists of data."""
        assert self.maybe_known is not None, "a rule that looks at words needs to know some"
        return self.maybe_known

    @property
    def numbers(self) -> Numbers | None:
        """What is suspicious among the numbers of the report, looked through when a rule first asks."""
        if self._numbers is None and self.report:
            self._numbers = Numbers(self.report, self.figures, self._of_base() if self._of_base else None)
        return self._numbers

    @property
    def document(self) -> Document:
        """The document as it reads, made when a rule first asks for it."""
        if self._document is None:
            self._document = filled(self.pattern, self.fillings, self.places)
        return self._document

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages of the document, or those that were read."""
        if self._passages is None:
            self._passages = passages.of_document(self.document)
        return self._passages

    @cached_property
    def joined(self) -> Joined:
        """The words of all passages in one string."""
        return Joined(self.passages)

    @cached_property
    def own(self) -> Subject | None:
        """What a report on a base says itself, each text a passage; ``None`` of one that shares nothing.

        The words of the pattern are looked at once for all reports on the base.
        """
        if self.report is None or self.report.common is None:
            return None
        first, tables = len(self.report.common.texts), len(self.report.tables)
        texts = enumerate(self.report.texts[first:], tables + first)
        read = tuple([Passage(str(text), written=(number,)) for number, text in texts])
        return Subject(self.pattern, places=self.places, known=self.maybe_known, read=read)

    @cached_property
    def starts(self) -> frozenset[int]:
        """The places that begin a passage, or a part of one."""
        return frozenset(number for passage in self.passages for number in passage.written)

    def source_of(self, spot: Spot) -> Literally | None:
        """Return where words of a report are written, if no other place can be meant."""
        return self._locator.source_of(spot, self.starts)

    def is_typed(self, spot: Spot) -> bool:
        """Say whether words were typed where they are printed, and not put there by a reference: in a text all were."""
        return self.report is None or self.source_of(spot) is not None

    def definition(self, spot: Spot) -> tuple[str, Position] | None:
        """Return the indicator, or name of own words, that put the first of these there, and where it is written."""
        if not self.report:
            return None
        name = re.split(_NAME, self._locator.reference_at(spot).strip(), maxsplit=1)[0]
        own = self.report.report.words.get(name)
        place = own.position() if own else self.report.place_of(name)
        return (name, place) if place else None

    def place(self, where: Spot | Placed | Position) -> Position:
        """Return where words, or a part of the document or its pattern, are written; empty for what a template says."""
        if isinstance(where, Position):
            return where
        found = self._locator.locate(where) if isinstance(where, Spot) else position(where, self.places)
        return found or Position("")
