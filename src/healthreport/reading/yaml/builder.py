"""YAML events → nodes that know their place, with a stack of our own; what no text may hold is told."""

from __future__ import annotations

from typing import Any, NoReturn

from yaml import events

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, Related
from healthreport.reading.yaml.encodings import BLANKS, CONTROL
from healthreport.reading.yaml.endless import SPLIT
from healthreport.reading.yaml.look_alikes import INDENTED, SPACES, unquoted, wide_space
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar, Sequence, Source, is_missing

MAX_DEPTH = 60
_OPENS = "标题"  # of a section
MAX_NODES = 200_000


def too_deep(source: Source, at: int) -> Diagnostic:
    """Tell of what nests deeper than is read."""
    return Diagnostic("too-deep", f"一层套一层，超过{MAX_DEPTH}层。", source.position(at), hint=SPLIT)


def _close_folds(raw: str, style: str | None, value: str) -> str:
    """Fold lines without a space between two Chinese characters, where that can be told for sure."""
    if style == ">":
        raw = raw.partition("\n")[2]
    elif style:
        raw = raw[1:-1].replace("''", "'" if style == "'" else "''")
    lines = [line.strip(" \t") for line in raw.strip(" \t\n").split("\n")]
    spaced, closed = lines[0], lines[0]
    breaks = 0
    for line in lines[1:]:
        if not line:
            breaks += 1
            continue
        join = "\n" * breaks or " "
        spaced += join + line
        closed += "" if join == " " and _is_chinese(closed[-1:]) and _is_chinese(line[0]) else join
        closed += line
        breaks = 0
    return closed if spaced == value.strip(" \t\n") else value


def _is_chinese(char: str) -> bool:
    return "\u2e80" <= char <= "\uffef" or char in "“”‘’…—"


class LimitExceededError(Exception):
    """The file is too deep or too large to go on; the diagnostic has been recorded."""


class Builder:
    """Turns events into nodes, with an explicit stack; notes where scalars stand where ``spans`` are wanted.

    ``joined`` says whether one text without quotes has several lines, ``is_whole`` whether the tree is all of them.
    """

    def __init__(self, source: Source, spans: list[tuple[int, int]] | None) -> None:
        self.source = source
        self.root: Node | None = None
        self.problems: list[Diagnostic] = []
        self.spans = spans
        self.joined = False
        self._two_sections: list[Mapping] = []
        self.is_whole = True
        self._doubles: list[tuple[Mapping, str, Node]] = []
        self._stack: list[Mapping | Sequence] = []
        self._key: str | None = None
        self._documents = 0
        self._nodes = 0

    def feed_all(self, parser: Any) -> None:
        """Take the events of PyYAML's C parser; all events of a text carry marks.

        Half the time a township's file takes is spent here: the commonest event comes first.
        """
        get_event, add, stack = parser.get_event, self._add, self._stack
        while True:
            event = get_event()
            kind = type(event)
            if kind is events.ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_properties(event)
                add(self._scalar(event))
            elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                stack.pop()
                self._key = None
            elif kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_properties(event)
                self._open(event, Mapping if kind is events.MappingStartEvent else Sequence)
            elif kind is events.AliasEvent:
                start, end = event.start_mark.index, event.end_mark.index
                self._report("alias", start, end, "*")
                add(Scalar("", self.source, start, end, None))
            elif kind is events.DocumentStartEvent:
                self._begin_document(event.start_mark.index)
            elif kind is events.StreamEndEvent:
                return

    def merge_doubles(self) -> None:
        """Lay what stands under a repeated key over what stood there before: none of it is missing for what follows."""
        for parent, key, before in self._doubles:
            after = parent.get(key)
            if type(before) is Mapping and type(after) is Mapping:
                parent[key] = after.laid_over(before)
            elif type(before) is Sequence and type(after) is Sequence:
                after[:0] = before

    def _begin_document(self, start: int) -> None:
        self._documents += 1
        if self._documents > 1:
            position = self.source.position(start)
            self.problems.append(
                Diagnostic(
                    "second-document",
                    "一个文件只能写一份报告，这里的“---”又开始了一份。",
                    position,
                    hint="请分成两个文件。",
                )
            )
            raise LimitExceededError

    def _open(self, event: Any, kind: type[Mapping | Sequence]) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if len(self._stack) >= MAX_DEPTH:
            self.is_whole = False
            self.problems.append(too_deep(self.source, start))
            raise LimitExceededError
        if self.source.text.startswith("{{", start):
            self.is_whole = False
            self.problems.append(unquoted(self.source, start))
            raise LimitExceededError
        node = kind(self.source, start, end)
        self._add(node)
        self._stack.append(node)

    def _scalar(self, event: Any) -> Scalar:
        first, last = event.start_mark, event.end_mark
        start, end = first.index, last.index
        value, style = event.value, event.style
        if self.spans is not None:
            self.spans.append((start, end))
        if not style:
            if first.line != last.line:
                self.joined = True
                value = _close_folds(self.source.text[start:end], style, value)
            if value == "~":
                value = ""
            style = None
        elif style != "|":
            if first.line != last.line:
                value = _close_folds(self.source.text[start:end], style, value)
            if style == '"' and CONTROL.search(value) and len(self.problems) < MAX_PROBLEMS:
                position = self.source.position(start, end)
                self.problems.append(
                    Diagnostic(
                        "control-character",
                        "引号里用反斜杠“\\”写出了看不见的控制字符。",
                        position,
                        hint="请删去反斜杠和后面的字母、数字。",
                    )
                )
        return Scalar(value.strip(BLANKS), self.source, start, end, style)

    def _add(self, node: Node) -> None:
        """Put a node where it belongs: a key waits for its value, so the node after a value is a key again."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            place = self.source.position(node.start)
            self._stop(Diagnostic("too-large", f"内容超过{MAX_NODES}项。", place, hint=SPLIT))
        if not self._stack:
            self.root = None if is_missing(node) else node
            return
        parent = self._stack[-1]
        if type(parent) is Sequence:
            parent.append(node)
            return
        assert type(parent) is Mapping
        key = self._key
        if key is not None:
            self._key = None
            if type(node) is not Scalar or node.value:
                parent[key] = node
        elif type(node) is not Scalar:
            message, place = "冒号前面的键只能是一个词，这里是括号或“? ”里的内容。", self.source.position(node.start)
            self._stop(Diagnostic("bad-key", message, place, hint="如果是文字，请给整段加上英文双引号。"))
        else:
            self._key = node.value
            if node.value in parent:
                self._doubles.append((parent, node.value, parent[node.value]))
            if parent.keys_at.setdefault(node.value, node) is not node:
                self._report_double(parent, node)

    def _report_double(self, parent: Mapping, node: Scalar) -> None:
        """Tell of a key that is there already; behind a second 标题 all are another section's, and that is told."""
        first, is_told = parent.keys_at[node.value], any(one is parent for one in self._two_sections)
        if len(self.problems) >= MAX_PROBLEMS or is_told:
            return
        if self.source.text[node.start] in SPACES:  # it was to stand a level deeper
            self.problems.append(wide_space(self.source, node.start, INDENTED))
            return
        related = (Related(first.position(), "第一次在这里"),)
        hint = "请合并成一处，或删去一处。"
        if node.value == _OPENS:
            self._two_sections.append(parent)
            hint = f"是两节的，每一节的“{node.value}”前面写“- ”，它下面的键与“{node.value}”左对齐；不是的，请删去一处。"
        message = f"键“{node.value}”写了两次。"
        self.problems.append(Diagnostic("duplicate-key", message, node.position(), hint=hint, related=related))

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            start = event.start_mark.index
            self._report("anchor", start, start + len(event.anchor) + 1, "&")
        if event.tag is not None:
            start = event.start_mark.index
            self._report("tag", start, start + len(event.tag), "!")

    def _report(self, id: str, start: int, end: int, mark: str) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            return
        self.problems.append(
            Diagnostic(
                id,
                f"值以“{mark}”开头，在 YAML 中另有含义，这里不支持。",
                self.source.position(start, end),
                hint="如果是文字，请给整段加上英文双引号。",
            )
        )

    def _stop(self, problem: Diagnostic) -> NoReturn:
        self.is_whole = False
        self.problems.append(problem)
        raise LimitExceededError
