"""A part with slots: written once for all reports of one shape, filled for each."""

from __future__ import annotations

from html import escape
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees import slots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Encoded(NamedTuple):
    """The fillings of slots, as they are and as they stand in XML."""

    fillings: Sequence[str]
    xml: list[bytes]

    @classmethod
    def of(cls, fillings: Sequence[str]) -> Encoded:
        """Return fillings ready to be filled in; those of open slots hold no line break."""
        joined = "\n".join(fillings)
        if joined.count("\n") >= len(fillings):
            return cls(fillings, [escape(filling, quote=False).encode() for filling in fillings])
        return cls(fillings, escape(joined, quote=False).encode().split(b"\n"))


class XmlPattern:
    """XML with slots, and with pieces whose very layout depends on the fillings.

    ``pieces`` are XML texts, which may hold slots, and functions that write such a piece.
    """

    __slots__ = ("_pick", "_pieces", "_written")

    def __init__(self, pieces: Iterable[str | Callable[[Encoded], bytes]]) -> None:
        between: list[list[str]] = [[]]  # the texts between slots, joined once: a report may have 40,000 paragraphs
        self._written: list[Callable[[Encoded], bytes]] = []
        order: list[int] = []
        for piece in pieces:
            if not isinstance(piece, str):
                self._written.append(piece)
                order.append(-len(self._written))
                between.append([])
                continue
            texts, numbers = slots.split(piece)
            between[-1].append(texts[0])
            for number, text in zip(numbers, texts[1:], strict=True):
                order.append(number)
                between.append([text])
        first, *others = ["".join(texts).encode() for texts in between]
        self._pieces = [first, *(piece for text in others for piece in (b"", text))]
        self._written.reverse()  # so that the last of the fillings is the first that was written
        self._pick = _picker(order)

    def fill(self, encoded: Encoded) -> bytes:
        """Return the XML with everything filled in."""
        pieces = self._pieces.copy()
        pieces[1::2] = self._pick([*encoded.xml, *[write(encoded) for write in self._written]])
        return b"".join(pieces)


def _picker(order: list[int]) -> Callable[[list[bytes]], Sequence[bytes]]:
    """Return what picks items by their indexes, in C where it can."""
    if len(order) > 1:
        return itemgetter(*order)
    return lambda items: [items[index] for index in order]
