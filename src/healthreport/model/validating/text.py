"""``Text``: what a user wrote, split once into words and ``{{ expressions }}``, and its ``[[ ]]`` found.

In a template a ``Text`` prints as a reference (``<t n="17"/>``), so users' words never pass through
markup and every paragraph knows where it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, Position
from healthreport.model.validating import clauses
from healthreport.model.validating.clauses import Clause

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from healthreport.reading.yaml.nodes import Scalar

_MARK = re.compile(r"\{\{|\{%|\{#|\}\}")
_BRACES = re.compile("[{}｛｝﹛﹜]")
# Two braces of which one at least is not YAML's and Jinja's.
_LITERAL = re.compile(r"""\{\{[^\S\n]*(?:"([^"\n]*)"|'([^'\n]*)')[^\S\n]*\}\}""")
_WIDE = re.compile(r"[{｛﹛][｛﹛]|[｛﹛]\{|[}｝﹜][｝﹜]|[｝﹜]\}")


class Literal(str):
    """The words of one ``{{ "…" }}``, printed as they are; ``end`` is the offset behind it in the scalar's value."""

    __slots__ = ("end",)
    end: int

    def __new__(cls, words: str, end: int) -> Self:
        """Return words that know where they are written."""
        literal = super().__new__(cls, words)
        literal.end = end
        return literal


class Code(NamedTuple):
    """The inside of one ``{{ }}`` and its offset in the scalar's value."""

    text: str
    start: int


class Text:
    """One text of a report; ``n`` is its number among the report's texts, given when the report stands.

    ``segments`` are those of its clauses too; which are a clause's, ``clauses`` says.
    """

    __slots__ = ("_lines", "clauses", "end", "n", "node", "segments", "start")
    kind: ClassVar = "text"
    n: int

    def __init__(
        self,
        node: Scalar,
        start: int,
        end: int,
        segments: tuple[str | Code, ...],
        clauses: tuple[Clause, ...] = (),
    ) -> None:
        self.node = node
        self.start = start
        self.end = end
        self.segments = segments
        self.clauses = clauses
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

    def placed(self) -> Iterator[tuple[int, str | Code]]:
        """Yield the segments, each with its offset in the scalar's value."""
        starts = {clause.first: clause.start + 2 for clause in self.clauses}
        ends = {clause.last: clause.end for clause in self.clauses}
        at = self.start
        for index, segment in enumerate(self.segments):
            at = starts.get(index, ends.get(index, at))
            yield at, segment
            if isinstance(segment, Code):
                at = segment.start + len(segment.text) + 2
            else:
                at = segment.end if isinstance(segment, Literal) else at + len(segment)

    def without(self, left_out: Collection[Clause]) -> Text:
        """Return the text without some of its clauses, and without blanks at its ends; its number stays."""
        gone = {index for clause in left_out for index in range(clause.first, clause.last)}
        segments = [segment for index, segment in enumerate(self.segments) if index not in gone]
        if segments and isinstance(segments[0], str) and not isinstance(segments[0], Literal):
            segments[0] = segments[0].lstrip()
        if segments and isinstance(segments[-1], str) and not isinstance(segments[-1], Literal):
            segments[-1] = segments[-1].rstrip()
        return self.of(tuple(segment for segment in segments if segment))

    def of(self, segments: tuple[str | Code, ...]) -> Text:
        """Return a text that says something else in the place of this one, under its number."""
        text = Text(self.node, self.start, self.end, segments)
        text.n = self.n
        return text

    @property
    def is_only_clauses(self) -> bool:
        """Say whether nothing but clauses stands in it."""
        inside = {index for clause in self.clauses for index in range(clause.first, clause.last)}
        outside = [segment for index, segment in enumerate(self.segments) if index not in inside]
        return bool(inside) and not any(isinstance(segment, Code) or segment.strip() for segment in outside)


@dataclass(frozen=True, slots=True)
class Todo:
    """待补: left open on purpose, with a ``suggestion`` for a draft or without.

    In the document ``text`` stands for it: the suggestion, or a text without words where 是 is written.
    """

    text: Text
    suggestion: Text | None

    def __html__(self) -> str:
        return self.text.__html__()


def left_open(node: Scalar) -> Todo:
    """Return what a mere 是 says."""
    return Todo(Text(node, 0, len(node.value), ()), None)


def suggested(text: Text) -> Todo:
    """Return what a suggested text says."""
    return Todo(text, text)


class UnpairedError(ValueError):
    """A text in which ``{{`` and ``}}`` do not pair, or that has other marks of templates; with where and why."""

    def __init__(self, problems: list[Diagnostic]) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.message for problem in problems))


def literal(node: Scalar) -> Text:
    """Return the text of a scalar as it is: ``{{``, ``[[`` and 一是 are words like others; a text for each line."""
    text, *lines = [
        Text(node, start, end, (Literal(node.value[start:end], end),))
        for start, end in ((0, len(node.value)), *_lines(node.value))
    ]
    if len(lines) > 1:
        text.lines = tuple(lines)
    return text


def read(node: Scalar) -> Text:
    """Return the text of a scalar; a text of several lines also has a text for each line.

    Raises :class:`UnpairedError` with every place where it cannot be split.
    """
    value = node.value
    wrong: dict[int, Diagnostic] = {}  # by place
    text = _part(node, 0, len(value), wrong)
    if "\n" in value and not wrong:
        text.lines = tuple(_part(node, start, end, wrong) for start, end in _lines(value))
    elif not value:
        text.lines = ()
    if wrong:
        raise UnpairedError(list(wrong.values()))
    return text


def _part(node: Scalar, start: int, end: int, wrong: dict[int, Diagnostic]) -> Text:
    part = node.value[start:end]
    if not _BRACES.search(part):
        return Text(node, start, end, (part,))
    segments = tuple(_split(node, start, part, wrong))
    text = Text(node, start, end, segments)
    return _with_clauses(text, wrong) if clauses.may_be_in(part) else text


def _with_clauses(text: Text, wrong: dict[int, Diagnostic]) -> Text:
    """Find the clauses among the segments of a text, and part it at their brackets."""
    finder = clauses.Finder(text.position_of)
    for at, segment in text.placed():
        if isinstance(segment, Code):
            finder.take_code()
        elif isinstance(segment, Literal):
            finder.take_literal(segment)
        else:
            finder.take(segment, at)
    finder.end_line()
    if finder.problems:
        wrong.update(islice(finder.problems.items(), max(MAX_PROBLEMS - len(wrong), 0)))
        return text
    marks = sorted(mark for pair in finder.pairs for mark in pair)
    segments: list[str | Code] = []
    places: list[int] = []
    for at, segment in text.placed():
        if isinstance(segment, Code | Literal):
            segments.append(segment)
            continue
        for words in clauses.part(segment, at, marks):
            if words:
                segments.append(words)
            else:
                places.append(len(segments))
    firsts, lasts = places[::2], places[1::2]
    found = zip(firsts, lasts, finder.pairs, strict=True)
    parted = tuple(Clause(first, last, pair.start, pair.close + 2) for first, last, pair in found)
    return Text(text.node, text.start, text.end, tuple(segments), parted)


def _split(node: Scalar, offset: int, part: str, wrong: dict[int, Diagnostic]) -> list[str | Code]:
    """Split at ``{{ "…" }}``, and what stands between at ``{{ }}``."""
    segments: list[str | Code] = []
    at = 0
    for literal in _LITERAL.finditer(part):
        segments += _split_at_codes(node, offset + at, part[at : literal.start()], wrong)
        at = literal.end()
        segments.append(Literal(literal[1] or literal[2] or "", offset + at))
    return [*segments, *_split_at_codes(node, offset + at, part[at:], wrong)]


def _split_at_codes(node: Scalar, offset: int, part: str, wrong: dict[int, Diagnostic]) -> list[str | Code]:
    """Split at ``{{ }}``, or say where the first mark is that has no other."""
    segments: list[str | Code] = []
    at = 0
    bad = _WIDE.search(part)
    while bad is None and (match := _MARK.search(part, at)):
        close = part.find("}}", match.end())
        if match[0] != "{{" or close < 0 or "{{" in part[match.end() : close]:
            bad = match
        else:
            segments += [part[at : match.start()], Code(part[match.end() : close], offset + match.end())]
            at = close + 2
    if bad is None:
        return [segment for segment in (*segments, part[at:]) if segment]
    place = offset + bad.start()
    if place not in wrong and len(wrong) < MAX_PROBLEMS:
        wrong[place] = _unpaired(bad[0], node.position(place, place + 2))
    return [part]


def _unpaired(mark: str, place: Position) -> Diagnostic:
    printed = f'要照印的写成“{{{{ "{mark}" }}}}”。'
    if mark == "{{":
        message, hint = "“{{”没有配对的“}}”。", f"请写成“{{{{ 名称 }}}}”；{printed}"
    elif mark == "}}":
        message, hint = "“}}”前面没有配对的“{{”。", f"请写成“{{{{ 名称 }}}}”；{printed}"
    elif mark[1] not in "%#":
        quoted = "请改成半角的“{{ 名称 }}”，以它开头的整段加上英文双引号"
        message, hint = f"“{mark}”不是两个半角花括号。", f"{quoted}；{printed}"
    else:
        only = "这里只有“{{ 名称 }}”一种写法，循环和判断请写在模板里"
        message, hint = f"文字里不能用“{mark}”。", f"{only}；{printed}"
    return Diagnostic("expression-syntax", message, place, hint=hint)


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
