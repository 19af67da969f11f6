"""What the runs of a paragraph have given so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from healthreport.reading.word.pictures import Drawn
    from healthreport.trees.manuscript import Look


@dataclass(slots=True)
class Flow:
    """What a paragraph has given so far.

    ``pieces`` are its words with their looks, a new piece after each page break; ``starts_page`` says that there is one
    before the words, ``ends_page`` behind them. ``run_in`` is how many characters at the start are in the character
    style of a heading, and ``run_in_level`` the level; ``joined`` says that they are a paragraph of their own that Word
    shows in one line with the next. ``left_out`` are kinds and words in their order, ``in_contents``
    says that the words are a line of a table of contents.
    """

    pieces: list[list[tuple[Look, list[str]]]] = field(default_factory=lambda: [[]])
    starts_page: bool = False
    ends_page: bool = False
    length: int = 0
    run_in: int = 0
    run_in_level: int = 0
    joined: bool = False
    boxes: list[Element | str] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    left_out: list[tuple[str, list[str]]] = field(default_factory=list)
    left_out_at: int = 0
    in_contents: bool = False

    def add(self, text: str, look: Look) -> None:
        """Add words."""
        if self.ends_page:
            self.pieces.append([])
            self.ends_page = False
        piece = self.pieces[-1]
        if piece and piece[-1][0] == look:
            piece[-1][1].append(text)
        else:
            piece.append((look, [text]))
        self.length += len(text)

    def break_page(self) -> None:
        """Begin a page."""
        if any(text.strip() for _, texts in self.pieces[-1] for text in texts):
            self.ends_page = True
        elif len(self.pieces) == 1:
            self.starts_page = True

    def leave_out(self, kind: str, text: str) -> None:
        """Note words that are left out; those that follow one another are one."""
        if self.left_out and self.left_out[-1][0] == kind and self.left_out_at == self.length:
            self.left_out[-1][1].append(text)
        else:
            self.left_out.append((kind, [text]))
        self.left_out_at = self.length

    def words(self) -> str:
        """Return all words."""
        return "".join([text for piece in self.pieces for _, texts in piece for text in texts])
