"""What is wrong with an expression: told at its place by those who know where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthreport.diagnostics import Related


class ExpressionError(ValueError):
    """A mistake in an expression: its id, message, the offsets it lies between, and the way out."""

    def __init__(
        self, id: str, message: str, start: int, end: int, *, hint: str, related: tuple[Related, ...] = ()
    ) -> None:
        self.id = id
        self.message = message
        self.start = start
        self.end = end
        self.hint = hint
        self.related = related
        super().__init__(message)


class UnknownNameError(ExpressionError):
    """A ``word`` that names nothing, and the name it is most like, if it is like one."""

    def __init__(self, word: str, guess: str | None, message: str, start: int, *, hint: str) -> None:
        super().__init__("unknown-name", message, start, start + len(word), hint=hint)
        self.word = word
        self.guess = guess


def syntax_error(message: str, start: int, end: int) -> ExpressionError:
    """Return the mistake of an expression that cannot be read."""
    hint = "写法如“{{ 年度 + 1 }}”“{{ 新签.占比(签约) }}”；花括号里的公式有逗号时请加引号。"
    return ExpressionError("expression-syntax", message, start, max(end, start + 1), hint=hint)
