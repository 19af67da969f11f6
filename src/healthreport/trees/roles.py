"""What a paragraph is. The opening, all that may stand above the text, and 版记 have a row for each of their parts.

红头 and 版记 are of documents that are sent out (GB/T 9704-2012, 7.2 and 7.4).
"""

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
    OFFICE = auto()
    """In the title's face, centred, red."""
    CENTRED = auto()
    """As the text, centred."""
    RIGHT = auto()
    """As the text, at the right edge; beside what stands before it, if that is in :data:`BESIDE`."""


class Role(StrEnum):
    """What a paragraph is; the layout gives each role its looks.

    A part of the opening is called so by templates, too, and has a ``look``. ``mark`` closes it where it ends in none.
    """

    look: Look | None
    mark: str

    COPY_NUMBER = "copy-number", Look.FLUSH
    SECRECY = "secrecy", Look.FLUSH
    URGENCY = "urgency", Look.FLUSH
    OFFICE = "office", Look.OFFICE
    DOCUMENT_NUMBER = "document-number", Look.CENTRED
    SIGNER = "signer", Look.RIGHT
    TITLE = "title", Look.TITLE
    SUBTITLE = "subtitle", Look.BELOW_TITLE
    SPEAKER = "speaker", Look.BELOW_TITLE
    RECIPIENT = "recipient", Look.FLUSH, "："
    SALUTATION = "salutation", Look.FLUSH, "："
    BODY = "body"
    ATTACHMENT_NOTE = "attachment-note"
    NOTE = "note"
    COPIES_TO = "copies-to", Look.FLUSH, "。"
    PRINTED_BY = "printed-by", Look.FLUSH
    PRINTED_ON = "printed-on", Look.RIGHT

    def __new__(cls, name: str, look: Look | None = None, mark: str = "") -> Self:
        """Return a role that equals its name."""
        role = str.__new__(cls, name)
        role._value_ = name
        role.look, role.mark = look, mark
        return role


IMPRINT = {role.value: role for role in (Role.COPIES_TO, Role.PRINTED_BY, Role.PRINTED_ON)}
OPENING = {role.value: role for role in Role if role.look and role not in IMPRINT}
# What only a document that is sent out has.
ISSUED = frozenset(
    {Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY, Role.OFFICE, Role.DOCUMENT_NUMBER, Role.SIGNER, *IMPRINT.values()}
)
# What stands on one line with what comes before it, when that is there.
BESIDE = {Role.SIGNER: Role.DOCUMENT_NUMBER, Role.PRINTED_ON: Role.PRINTED_BY}
