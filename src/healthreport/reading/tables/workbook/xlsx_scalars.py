"""What the XML of an ``.xlsx`` sheet holds in its attributes and values: columns, numbers, lengths, texts."""

from __future__ import annotations

import re

from healthreport.reading.tables.workbook import cells

ROWS, COLUMNS = 1 << 20, 1 << 14
_EXACT = 16  # a point and 15 digits
_REMEMBERED = 1 << 16
_SAMPLE = 1 << 12  # numbers show whether they repeat themselves
_TRUE = {"1", "true"}
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
PLAIN = r"(?:0|-?(?:[1-9][0-9]*|0(?=\.))(?:\.[0-9]*[1-9])?)"
"""A number as somebody would type it, if it is not too long."""
_PLAIN_NUMBER = re.compile(PLAIN)
_PLAIN_NUMBERS = re.compile(f"(?:{PLAIN}\n)*")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


class Columns(dict[str, int]):
    """Columns by their letters, counted from 0. Raises :class:`ValueError` for letters that are none."""

    def __missing__(self, letters: str) -> int:
        if not (letters.isascii() and letters.isupper() and letters.isalpha()):
            raise ValueError(letters)
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - ord("A") + 1
        if number > COLUMNS:
            raise ValueError(letters)
        self[letters] = number - 1
        return number - 1


class Numbers(dict[str, str]):
    """Numbers as they are stored, and as somebody would type them: those that take time are written out once.

    Where most of the first ones repeat themselves, equal ones share one text: a small file may hold two millions.
    """

    def __init__(self) -> None:
        super().__init__()
        self._texts: dict[str, str] = {}
        self._met = 0

    def __missing__(self, stored: str) -> str:
        is_plain = len(stored) <= _EXACT and _PLAIN_NUMBER.fullmatch(stored)
        written = stored if is_plain else cells.number(number_of(stored))
        if len(self) < _REMEMBERED:
            self[stored] = written
        return written

    def written(self, stored: list[str]) -> list[str]:
        """Return numbers as somebody would type them, nearly all of which are stored so."""
        if not _PLAIN_NUMBERS.fullmatch("\n".join([*stored, ""])):
            return [self[number] for number in stored]
        return self.short(stored)

    def short(self, plain: list[str]) -> list[str]:
        """Return plain numbers without digits that nobody typed."""
        for at, digits in enumerate(map(len, plain)):
            if digits > _EXACT:
                written = f"{float(plain[at]):.15g}"
                plain[at] = written if _PLAIN_NUMBER.fullmatch(written) else self[plain[at]]
        return plain if self._met < 0 else self._shared(plain)

    def _shared(self, plain: list[str]) -> list[str]:
        """Return numbers of which equal ones are one text, until it shows that few are equal."""
        share = self._texts.setdefault if len(self._texts) < _REMEMBERED else self._texts.get
        shared = [*map(share, plain, plain)]
        if self._met < _SAMPLE:
            self._met += len(plain)
            if self._met >= _SAMPLE and len(self._texts) * 2 > self._met:
                self._texts, self._met = {}, -1
        return shared


def number_of(stored: str) -> float:
    """Read a number as it is stored."""
    if not _NUMBER.fullmatch(stored.strip()):
        raise ValueError(stored)
    return float(stored)


def is_true(written: str | None) -> bool:
    """Read what is true or false."""
    return written in _TRUE


def is_zero(length: str | None) -> bool:
    """Say whether a height or a width is none."""
    return length is not None and number_of(length) == 0


def unescaped(text: str) -> str:
    """Return a text with the characters XML cannot hold, which are written ``_x0007_`` (22.9.2.19)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
