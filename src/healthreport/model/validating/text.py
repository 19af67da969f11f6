"""``Text``: what a user wrote, split once into words and ``{{ expressions }}``.

In a template a ``Text`` prints as a reference (``<t n="17"/>``), so users' words never pass through
markup and every paragraph knows where it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, Position

if TYPE_CHECKING:
    from healthreport.reading.yaml.nodes import Scalar

_MARK = re.compile(r"\{\{|\{%|\{#|\}\}")
_BRACES = re.compile("[{}｛｝﹛﹜]")
# Two braces of which one at least is not YAML's and Jinja's.
_WIDE = re.compile(r"[{｛﹛][｛﹛]|[｛﹛]\{|[}｝﹜][｝﹜]|[｝﹜]\}")


class Code(NamedTuple):
    """The inside of one ``{{ }}`` and its offset in the scalar's value."""

    text: str
    start: int


class Text:
    """One text of a report; ``n`` is its number among the report's texts."""

    __slots__ = ("_lines", "end", "n", "node", "segments", "start")
    kind: ClassVar = "text"

    def __init__(self, node: Scalar, start: int, end: int, n: int, segments: tuple[str | Code, ...]) -> None:
        self.node = node
        self.start = start
        self.end = end
        self.n = n
        self.segments = segments
        self._lines: tuple[Text, ...] | None = None

    @property
    def lines(self) -> tuple[Text, ...]:
        """A text for each line that is not blank; of a text of one line itself."""
        # Not kept: a text that holds itself would stay in memory, with the whole file it comes from.
        return (self,) if self._lines is None else self._lines

    @lines.setter
    def lines(self, lines: tuple[Text, ...]) -> None:
        self._lines = lines

    def __html__(self) -> str:
        return f'<t n="{self.n}"/>'

    def __str__(self) -> str:
        return self.node.value[self.start : self.end]

    def position(self) -> Position:
        """Return the place of the text in its file."""
        return self.node.position(self.start, self.end)

    def position_of(self, start: int, end: int) -> Position:
        """Return the place of a part, by offsets in the scalar's value (as ``Code.start``)."""
        return self.node.position(start, end)


@dataclass(slots=True)
class Texts:
    """All texts of one report in the order they were met, and what was wrong with them."""

    items: list[Text] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)

    def add(self, node: Scalar) -> Text:
        """Make the text of a scalar; a text of several lines also has a text for each line."""
        value = node.value
        text = self._add(node, 0, len(value))
        if "\n" in value:
            text.lines = tuple(self._add(node, start, end) for start, end in _lines(value))
        elif not value:
            text.lines = ()
        return text

    def _add(self, node: Scalar, start: int, end: int) -> Text:
        part = node.value[start:end]
        segments = tuple(self._split(node, start, part)) if _BRACES.search(part) else (part,)
        text = Text(node, start, end, len(self.items), segments)
        self.items.append(text)
        return text

    def _split(self, node: Scalar, offset: int, part: str) -> list[str | Code]:
        """Split at ``{{ }}``. A text is checked whole before its lines are, so report only once."""
        wide = _WIDE.search(part)
        if wide:
            self._report(node, offset + wide.start(), wide[0])
            return [part]
        segments: list[str | Code] = []
        at = 0
        while match := _MARK.search(part, at):
            close = part.find("}}", match.end())
            if match[0] != "{{" or close < 0 or "{{" in part[match.end() : close]:
                self._report(node, offset + match.start(), match[0])
                return [part]
            segments += [part[at : match.start()], Code(part[match.end() : close], offset + match.end())]
            at = close + 2
        segments.append(part[at:])
        return [segment for segment in segments if segment]

    def _report(self, node: Scalar, at: int, mark: str) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            return
        position = node.position(at, at + 2)
        if any(problem.position == position for problem in self.problems):
            return
        if mark == "{{":
            message, hint = "“{{”没有配对的“}}”。", "请写成“{{ 名称 }}”。"
        elif mark == "}}":
            message, hint = "“}}”前面没有配对的“{{”。", "请写成“{{ 名称 }}”。"
        elif mark[1] not in "%#":
            message, hint = f"“{mark}”不是两个半角花括号。", "请改成半角的“{{ 名称 }}”；以它开头的整段加上英文双引号。"
        else:
            message, hint = f"文字里不能用“{mark}”。", "这里只有“{{ 名称 }}”一种写法；循环和判断请写在模板里。"
        self.problems.append(Diagnostic("expression-syntax", message, position, hint=hint))


def no_reference(name: str, brackets: str, place: Position) -> Diagnostic:
    """Tell of a name in brackets that make no reference of it."""
    message = f"“{name}”外面是“{brackets}”，不是两层花括号，不会换成它的值。"
    hint = f"请写成“{{{{ {name} }}}}”；以它开头的整段加上英文双引号。"
    return Diagnostic("expression-syntax", message, place, hint=hint)


def _lines(value: str) -> list[tuple[int, int]]:
    """Return start and end of every line that is not blank, without blanks at its ends."""
    spans = []
    for match in re.finditer(r"[^\n]+", value):
        line = match[0].strip()
        if line:
            start = match.start() + match[0].index(line)
            spans.append((start, start + len(line)))
    return spans
