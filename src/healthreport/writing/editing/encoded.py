"""A text as the bytes of its file have it: edited at its places, with its encoding and its line ends kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from healthreport.writing.editing.edits import Edit, applied

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"", "utf-8"),
    (b"", "gb18030"),
    (b"", "utf-16-le"),
    (b"", "utf-16-be"),
)
_LINE_END = re.compile("\r\n?")


class Encoded(NamedTuple):
    """The text of a file with its own line ends; ``mark`` stands before it (a BOM)."""

    mark: bytes
    coding: str
    text: str

    def edited(self, edits: Sequence[Edit]) -> bytes | None:
        r"""Return the file with edits carried out; they count every line end as one character.

        ``None`` where two line ends would become one: ``\r甲\n`` without 甲.
        """
        pairs = [match.start() for match in _LINE_END.finditer(self.text) if len(match[0]) > 1]
        shortened = [at - number for number, at in enumerate(pairs)]  # where they stand when each is one character

        def moved(at: int) -> int:
            return at + bisect_left(shortened, at)

        own = [Edit(moved(edit.start), moved(edit.end), edit.words) for edit in edits]
        text = applied(self.text, own)
        lines = applied(_LINE_END.sub("\n", self.text), edits)
        return self.mark + text.encode(self.coding) if _LINE_END.sub("\n", text) == lines else None


def encoded(data: bytes, read: str) -> Encoded | None:
    """Return how a file is encoded that was read as a text; ``None`` where its bytes could not be written again."""
    for mark, coding in _FORMS:
        if not data.startswith(mark):
            continue
        try:
            text = data[len(mark) :].decode(coding)
        except UnicodeDecodeError:
            continue
        if _LINE_END.sub("\n", text) == read and text.encode(coding) == data[len(mark) :]:
            return Encoded(mark, coding, text)
    return None
