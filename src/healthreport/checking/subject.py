"""What rules look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.trees.document import filled, position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.diagnostics import Position
    from healthreport.figures.texts import Figures
    from healthreport.model.build import Built
    from healthreport.trees.document import Document, Place, Placed


class Subject:
    """A document, and the report and figures it was made from, where it was made from some.

    ``pattern`` is the document that reports of one shape share, its words still slots; ``fillings`` and ``places``
    are this report's. A document that shares nothing is its own pattern.
    """

    def __init__(
        self,
        pattern: Document,
        fillings: Sequence[str] = (),
        places: Sequence[Place] = (),
        report: Built | None = None,
        figures: Figures | None = None,
    ) -> None:
        self.pattern = pattern
        self.fillings = fillings
        self.places = places or pattern.places
        self.report = report
        self.figures = figures
        self._document: Document | None = None

    @property
    def document(self) -> Document:
        """The document as it reads, made when a rule first asks for it."""
        if self._document is None:
            self._document = filled(self.pattern, self.fillings, self.places)
        return self._document

    def position(self, node: Placed) -> Position | None:
        """Return where a part of the document or of its pattern is written."""
        return position(node, self.places)
