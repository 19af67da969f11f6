"""Pages filled from the top, as far as it is known how high things are, in twips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.writing.docx.heights import is_tall

if TYPE_CHECKING:
    from healthreport.writing.docx.heights import Heights
    from healthreport.writing.docx.wrapping import Lines

RULE = 10  # that a rule adds to a row
_ROUNDING = 20  # by which a page may be fuller than it is high


class Pages:
    """Pages filled from the top: ``depth`` is how full the last one is, ``turned`` how many came before it.

    ``doubt`` is by how much the depth may be wrong, all that might stand on the page before included, and ``less`` by
    how much smaller it may be where texts take fewer lines; ``line`` is one of the text.
    """

    def __init__(self, height: float, line: float) -> None:
        self.height = height
        self.line = line
        self.depth = self.doubt = self.less = 0.0
        self.turned = 0
        self._held = 0.0

    def copy(self) -> Pages:
        """Return the same, to be filled further."""
        new = Pages(self.height, self.line)
        new.__dict__.update(self.__dict__)
        return new

    def turn(self) -> None:
        """Begin a new page for sure."""
        self.depth = self.doubt = self.less = self._held = 0.0
        self.turned += 1

    def hold(self, height: float) -> None:
        """Keep something on the page of what is added next."""
        self._held += height

    def add(self, height: float, repeated: float = 0.0) -> None:
        """Add what is not parted, on a new page below what is repeated there."""
        height, self._held = height + self._held, 0.0
        over = self.depth + height - self.height
        if height > self.line and -self.doubt <= over <= self.doubt + self.less:
            self.doubt += height
        self._set(height, repeated)

    def _set(self, height: float, repeated: float = 0.0) -> None:
        if self.depth + height - self.height > _ROUNDING:
            self.depth = repeated
            self.turned += 1
        self.depth += height

    def text(self, lines: Lines, pitch: float) -> None:
        """Add a paragraph, line by line."""
        for _ in range(lines.most):
            (self.add if self._held else self._set)(pitch)
        self.less += (lines.most - lines.fewest) * pitch

    def rows(self, table: Heights, *, breaks: bool) -> int:
        """Add a table, whose last row may break; return how many pages came before the first line of that row."""
        ahead = table.caption + table.header  # on the page of the first line
        begun = self.turned
        for at, lines in enumerate(table.lines):
            is_parted = is_tall(lines) or (breaks and at == len(table.lines) - 1)
            pieces = [table.pitch] * lines if is_parted else [lines * table.pitch]
            pieces[-1] += RULE
            for number, piece in enumerate(pieces):
                self.add(ahead + piece, table.header if not ahead else 0.0)
                ahead = 0.0
                if number == 0:
                    begun = self.turned
        return begun

    def note(self, table: Heights) -> None:
        """Add the note of a table, line by line, and the space below it."""
        for _ in range(table.note):
            self.add(table.pitch)
        if table.note:
            self.depth += self.line / 2
