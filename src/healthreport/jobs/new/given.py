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
