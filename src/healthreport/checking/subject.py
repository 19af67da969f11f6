"""What rules look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.numbers import Numbers
from healthreport.checking.words import CheckWords
from healthreport.trees.document import filled, position
from healthreport.values.units import Units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from healthreport.diagnostics import Position
    from healthreport.figures.texts import Figures
    from healthreport.model.build import Built
    from healthreport.trees.document import Document, Place, Placed


class Known(NamedTuple):
    """What rules know, from lists of data: reading them takes time, and few reports need them all."""

    units: Callable[[], Units] = Units
    words: Callable[[], CheckWords] = CheckWords


class Subject:
    """A document, and the report and figures it was made from, where it was made from some.

    ``pattern`` is the document that reports of one shape share, its words still slots; ``fillings`` and ``places``
    are this report's. A document that shares nothing is its own pattern. ``of_base`` returns the numbers of its base.
    """

    def __init__(
        self,
        pattern: Document,
        fillings: Sequence[str] = (),
        places: Sequence[Place] = (),
        report: Built | None = None,
        figures: Figures | None = None,
        known: Known = Known(),  # noqa: B008 -- it cannot be changed
        of_base: Callable[[], Numbers] | None = None,
    ) -> None:
        self.pattern = pattern
        self.fillings = fillings
        self.places = places or pattern.places
        self.report = report
        self.figures = figures
        self.units, self.words = known
        self._of_base = of_base
        self._document: Document | None = None
        self._numbers: Numbers | None = None

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

    def position(self, node: Placed) -> Position | None:
        """Return where a part of the document or of its pattern is written."""
        return position(node, self.places)
