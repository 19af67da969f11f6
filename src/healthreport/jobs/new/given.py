"""What a clerk says of a new report."""

from __future__ import annotations

from typing import NamedTuple


class Given(NamedTuple):
    """What the command line says of a new report; what is empty is asked for, told by last year's, or usual."""

    genre: str = ""
    year: int | None = None
    org: str = ""
    superior: str = ""
    level: str = ""
    sections: tuple[str, ...] | None = None
    keep_text: bool = False

    def of_township(self) -> Given:
        """Return what is meant for a report that is laid over another: the year, and whether its words stay."""
        return Given(year=self.year, keep_text=self.keep_text)
