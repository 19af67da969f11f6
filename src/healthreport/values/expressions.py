"""The one small language of ``{{ }}`` and 公式: text → syntax tree, with offsets.

    expression = sum { "|" format } .
    sum        = product { ( "+" | "−" ) product } .
    product    = factor { ( "×" | "÷" ) factor } .
    factor     = [ "−" ] atom .
    atom       = number | function "(" sum { "," sum } ")" | name [ "." derived [ "(" sum ")" ] ] | "(" sum ")" .
    format     = word [ "(" digits ")" ] .

Names are matched longest-first against the report's own fields and indicators, so
``65岁以上老年人体检率`` and ``“两癌”筛查`` are names. There are no loops, no attributes and no strings
(``{{ "…" }}`` is taken for words where a text is split): nothing to sandbox.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from healthreport.diagnostics import did_you_mean, likeliest
from healthreport.values.expression_errors import ExpressionError, UnknownNameError, syntax_error

_IN_STEPS = "请分成几个指标，各写一段“公式”，再用它们来算。"
_LONGEST, _DEEPEST = 300, 30
FUNCTIONS = ("合计", "最大", "最小")
_OPERATORS = {mark: marks[0] for marks in ("+＋", "-−－", "*＊×", "/÷／") for mark in marks}
_OPEN, _CLOSE, _COMMA = "(（", ")）", ",，"
_NUMBER = re.compile(r"\d+(?:[.．]\d+)?")
# Alone in ``{{ }}`` it is no expression, but words; in any other place it is a mistake.
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')(?=\W|$)""")
_STOP = re.compile(r"\s|[|.()（）,，+＋−－*×/÷／]|-(?=\s)")


class Number(NamedTuple):
    """A literal number."""

    value: Decimal
    start: int
    end: int


class Name(NamedTuple):
    """A report field or an indicator."""

    name: str
    start: int
    end: int


class Derived(NamedTuple):
    """A value derived from an indicator: ``农村改厕.同比``, ``新签.占比(签约)``."""

    base: Name
    what: str
    argument: Node | None
    start: int
    end: int


class Binary(NamedTuple):
    """``left`` operator ``right``; the operator is one of ``+ - * /``."""

    operator: str
    left: Node
    right: Node
    start: int
    end: int


class Negative(NamedTuple):
    """Minus ``operand``."""

    operand: Node
    start: int
    end: int


class Call(NamedTuple):
    """合计, 最大 or 最小 of its arguments."""

    function: str
    arguments: tuple[Node, ...]
    start: int
    end: int


Node = Number | Name | Derived | Binary | Negative | Call


class Format(NamedTuple):
    """One ``|format`` with its optional number of digits."""

    name: str
    digits: int | None
    start: int
    end: int


class Expression(NamedTuple):
    """A parsed ``{{ }}`` or 公式."""

    node: Node
    formats: tuple[Format, ...]


class Names:
    """The names a report knows; it parses expressions over them, each text once."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self._lengths = sorted({len(name) for name in names}, reverse=True)
        self._parsed: dict[str, Expression] = {}
        self._guesses: dict[tuple[str, str], str | None] = {}

    def parse(self, text: str) -> Expression:
        """Parse one expression. Raises :class:`ExpressionError`."""
        expression = self._parsed.get(text)
        if expression is None:
            if len(text) > _LONGEST:
                raise ExpressionError("expression-syntax", f"算式超过{_LONGEST}个字", 0, len(text), hint=_IN_STEPS)
            expression = self._parsed[text] = _Parser(text, self).expression()
        return expression

    def match(self, text: str, at: int) -> str | None:
        """Return the longest name that stands at ``at`` and is not the start of a longer word."""
        for length in self._lengths:
            candidate = text[at : at + length]
            if candidate in self.names:
                end = at + length
                if end >= len(text) or _STOP.match(text, end) or text[end] == "-":
                    return candidate
        return None

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self.names)

    def listed(self, word: str) -> str:
        """Return the way out of a name that is unknown: those known that are most like it."""
        return f"可以用：{likeliest(word, self._in_order)}。"

    def unknown(self, word: str, what: str, start: int) -> UnknownNameError:
        """Return the mistake that a word names no ``what``."""
        return UnknownNameError(word, what, start, self._guess, self.listed)

    def _guess(self, word: str, not_meant: str) -> str | None:
        key = word, not_meant
        if key not in self._guesses:
            self._guesses[key] = did_you_mean(word, [name for name in self._in_order if name != not_meant])
        return self._guesses[key]


@lru_cache(maxsize=64)
def names(known: frozenset[str]) -> Names:
    """Return the :class:`Names` of a set of names; equal sets share one, and what it has parsed."""
    return Names(known)


class _Parser:
    def __init__(self, text: str, known: Names) -> None:
        self._text = text
        self._names = known
        self._at = 0
        self._depth = 0

    def expression(self) -> Expression:
        node = self._sum()
        formats = []
        while self._take("|"):
            formats.append(self._format())
        self._skip()
        if self._at < len(self._text):
            raise syntax_error("这里多出了文字", self._at, self._word_end(self._at + 1))
        return Expression(node, tuple(formats))

    def _format(self) -> Format:
        start, word = self._word("“|”后面缺格式名")
        digits, end = None, self._at
        if self._take(_OPEN):
            self._skip()
            number = _NUMBER.match(self._text, self._at)
            if not number or "." in number[0]:
                raise syntax_error("括号里应是小数位数，如“小数(2)”", self._at, self._at + 1)
            self._at = number.end()
            digits = int(number[0])
            self._expect(_CLOSE, "缺右括号“)”")
            end = self._at
        return Format(word, digits, start, end)

    def _sum(self) -> Node:
        left = self._product()
        while operator := self._operator("+-"):
            right = self._product()
            left = Binary(operator, left, right, left.start, right.end)
        return left

    def _product(self) -> Node:
        left = self._factor()
        while operator := self._operator("*/"):
            right = self._factor()
            left = Binary(operator, left, right, left.start, right.end)
        return left

    def _factor(self) -> Node:
        self._skip()
        start = self._at
        if self._depth > _DEEPEST:
            raise ExpressionError("expression-syntax", "括号或负号套得太深", start, start + 1, hint=_IN_STEPS)
        self._depth += 1
        try:
            return self._signed(start)
        finally:
            self._depth -= 1

    def _signed(self, start: int) -> Node:
        if self._operator("-"):
            operand = self._factor()
            return Negative(operand, start, operand.end)
        return self._atom()

    def _atom(self) -> Node:
        self._skip()
        start = self._at
        name = self._names.match(self._text, start)
        if name is not None:
            self._at += len(name)
            return self._derived(Name(name, start, self._at))
        if self._take(_OPEN):
            node = self._sum()
            self._expect(_CLOSE, "缺右括号“)”")
            return node
        number = _NUMBER.match(self._text, start)
        if number and (number.end() == len(self._text) or _STOP.match(self._text, number.end())):
            self._at = number.end()
            return Number(Decimal(number[0].replace("．", ".")), start, self._at)
        if quoted := _QUOTED.match(self._text, start):
            hint = '例如“{{ "{{" }}”，里面照印；引号里的文字不能计算，也不能改格式。'
            raise ExpressionError("expression-syntax", "引号里的文字只能单独写", start, quoted.end(), hint=hint)
        _, word = self._word("这里缺一个名称或数")
        if word in FUNCTIONS and self._take(_OPEN):
            arguments = self._arguments()
            return Call(word, arguments, start, self._at)
        raise self._names.unknown(word, "这个指标或字段", start)

    def _derived(self, base: Name) -> Node:
        if not self._take("."):
            return base
        _, what = self._word("“.”后面缺内容，如“.同比”")
        argument, end = None, self._at
        if self._take(_OPEN):
            argument = self._sum()
            self._expect(_CLOSE, "缺右括号“)”")
            end = self._at
        return Derived(base, what, argument, base.start, end)

    def _arguments(self) -> tuple[Node, ...]:
        found = [self._sum()]
        while self._take(_COMMA):
            found.append(self._sum())
        self._expect(_CLOSE, "缺右括号“)”")
        return tuple(found)

    def _word(self, missing: str) -> tuple[int, str]:
        self._skip()
        start = self._at
        self._at = self._word_end(start)
        if self._at == start:
            raise syntax_error(missing, start, start + 1)
        return start, self._text[start : self._at]

    def _word_end(self, at: int) -> int:
        stop = _STOP.search(self._text, at)
        return stop.start() if stop else len(self._text)

    def _operator(self, wanted: str) -> str:
        self._skip()
        operator = _OPERATORS.get(self._text[self._at : self._at + 1], "")
        if operator and operator in wanted:
            self._at += 1
            return operator
        return ""

    def _take(self, marks: str) -> bool:
        self._skip()
        if self._at < len(self._text) and self._text[self._at] in marks:
            self._at += 1
            return True
        return False

    def _expect(self, marks: str, message: str) -> None:
        if not self._take(marks):
            raise syntax_error(message, self._at, self._at + 1)

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
