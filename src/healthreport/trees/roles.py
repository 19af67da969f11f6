"""What a paragraph is. The opening, all that may stand above the text, has a row for each of its parts."""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import Self


class Look(Enum):
    """How a part of the opening is set."""

    TITLE = auto()
    """In the title's face, centred, in even lines."""
    BELOW_TITLE = auto()
    """In 副标题's face, centred, close to what stands above it; a blank line follows the last of these."""
    FLUSH = auto()
    """As the text, without its indent."""


class Role(StrEnum):
    """What a paragraph is; the layout gives each role its looks.

    A part of the opening is called so by templates, too, and has a ``look``. ``mark`` closes it where it ends in none.
    """

    look: Look | None
    mark: str

    TITLE = "title", Look.TITLE
    SUBTITLE = "subtitle", Look.BELOW_TITLE
    SPEAKER = "speaker", Look.BELOW_TITLE
    RECIPIENT = "recipient", Look.FLUSH, "："
    SALUTATION = "salutation", Look.FLUSH, "："
    BODY = "body"
    ATTACHMENT_NOTE = "attachment-note"
    NOTE = "note"

    def __new__(cls, name: str, look: Look | None = None, mark: str = "") -> Self:
        """Return a role that equals its name."""
        role = str.__new__(cls, name)
        role._value_ = name
        role.look, role.mark = look, mark
        return role


OPENING = {role.value: role for role in Role if role.look}
