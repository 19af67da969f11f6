"""What is wrong with an expression: told at its place by those who know where it stands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from healthreport.diagnostics import or_rather

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.diagnostics import Related


class ExpressionError(ValueError):
    """A mistake in an expression: its id, message, the offsets it lies between, and the way out."""

    def __init__(
        self,
        id: str,
        message: str,
        start: int,
        end: int,
        *,
        hint: str,
        related: tuple[Related, ...] = (),
        about: str = "",
    ) -> None:
        self.id = id
        self.about = about
        """What is unknown, or lacks something, as a list of many names it: 门诊的上年."""
        self.start = start
        self.end = end
        self.related = related
        self._message = message
        self._hint = hint
        self.lacks: tuple[str, str] | None = None
        """The indicator whose key has no value, where that is what is wrong: 农村改厕 and 上年."""
        self.beside: tuple[ExpressionError, ...] = ()
        """The other operands that have no value."""
        super().__init__(message)

    @property
    def message(self) -> str:
        """What is wrong."""
        return self._message

    @property
    def hint(self) -> str:
        """The way out."""
        return self._hint

    def moved(self, start: int, end: int) -> ExpressionError:
        """Return the same mistake between other offsets."""
        same = self._alone(start, end)
        same.beside = tuple([one._alone(start, end) for one in self.beside])
        return same

    def _alone(self, start: int, end: int) -> ExpressionError:
        same = ExpressionError(
            self.id, self.message, start, end, hint=self.hint, related=self.related, about=self.about
        )
        same.lacks = self.lacks
        return same


class UnknownNameError(ExpressionError):
    """A ``word`` that names nothing.

    Which name it is most like, if it is like one, is looked for when somebody asks: of ten thousand such words few are
    told.
    """

    def __init__(
        self, word: str, what: str, start: int, guess: Callable[[str, str], str | None], listed: Callable[[str], str]
    ) -> None:
        super().__init__("unknown-name", f"没有“{word}”{what}", start, start + len(word), hint="", about=word)
        self._listed = listed
        self.word = word
        self.not_meant = ""
        """A name it is not meant for: a formula's own."""
        self._guess = guess

    @cached_property
    def guess(self) -> str | None:
        """The name that it is most like."""
        return self._guess(self.word, self.not_meant)

    @property
    def message(self) -> str:
        """What is wrong, with what was perhaps meant."""
        return or_rather(self._message, self.guess)

    @property
    def hint(self) -> str:
        """The way out: some names that are known, where none is like it."""
        return "" if self.guess else self._listed(self.word)


def syntax_error(message: str, start: int, end: int) -> ExpressionError:
    """Return the mistake of an expression that cannot be read."""
    hint = "写法如“{{ 年度 + 1 }}”“{{ 新签.占比(签约) }}”；花括号里的公式有逗号时请加引号。"
    return ExpressionError("expression-syntax", message, start, max(end, start + 1), hint=hint)
