"""A tree → the look-alikes that YAML took for text, where they can be no text.

``[甲，乙]`` is a list of one and ``－甲`` a paragraph, without a word. What is text on purpose shows only in its place:
at the start of a line, around a whole value, between the items of a list. A value in quotes and the lines below ``|``
are always text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic
from healthreport.reading.yaml.look_alikes import (
    BARS,
    BRACKETS,
    CLOSERS,
    COLONS,
    COMMAS,
    DASHES,
    DOUBLE_QUOTES,
    FOLDS,
    HASHES,
    IF_TEXT,
    INDENTED,
    OPENERS,
    OPENERS_OF_TEXT,
    QUOTES,
    SINGLE_QUOTES,
    SPACES,
    block_mark,
    bracket,
    colon_after,
    comma,
    dash,
    hash_mark,
    joined_line,
    quotes,
    wide_space,
)
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence
from healthreport.trees.end_marks import is_ended

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from healthreport.reading.yaml.nodes import Node, Source

_NEVER_TEXT, _ASCII_QUOTES = "＂＇", "\"'"
_OPENING = frozenset(QUOTES)
_ANY_COMMA, _ANY_COLON = frozenset(COMMAS), frozenset(COLONS)
_FIRST = frozenset(f"{SPACES}{DASHES}-{HASHES}{BARS}{FOLDS}{OPENERS}{OPENERS_OF_TEXT}{QUOTES}")
# A file that only fills in figures has none of these: a mark that looks like another, a colon or a dash and no space.
_SUSPICIOUS = (
    re.compile(rf"[{SPACES}{DASHES}{HASHES}{BARS}{FOLDS}{OPENERS}{OPENERS_OF_TEXT}{QUOTES}{COLONS}{COMMAS}]"),
    re.compile(r":(?!\s)"),
    re.compile(r"-(?![-\d\s])"),
)
# The others are compiled when they are first asked for: many files ask for none.
_COMMA_AND_KEY = rf"[{COMMAS}]\s*(?=([^\s{COLONS}{COMMAS}]+)\s*[{COLONS}])"
# A dash that was to begin an item: “——”, “-5” and a dash alone are text.
_LIST_MARK = rf"[{DASHES}](?![{DASHES}\d]|\s*(?:\n|$))|-(?![-\d]|$)"
_LINE_START = rf"(?P<space>[{SPACES}]+(?=[-#]\s))|(?P<dash>{_LIST_MARK})|(?P<hash>[{HASHES}](?!\d))"
_NEXT_LINE = r"\n[ \t]*(?=[^ \t\n])"
_BLOCK_MARK = rf"([{BARS}{FOLDS}])[-+\d]*[ \t]*(\n|$)"
_COMMENT = rf"[ \t{SPACES}]([{HASHES}])(?=\s)|([{SPACES}]+)#(?=\s)"
_ENCLOSED = rf"(?s)([{OPENERS}{OPENERS_OF_TEXT}])([^{CLOSERS}]*)([{CLOSERS}}}\]])"
# Commas in them part nothing: in references, brackets and quotes, after a number that was written by hand.
_PAIRS = rf"(?s)^[一二三四五六七八九十\d]+、|\{{\{{.*?\}}\}}|（[^（）]*）|《[^《》]*》|[{QUOTES}][^{QUOTES}]*[{QUOTES}]"
_BETWEEN = rf"(?<=\S)[{COMMAS}](?=\s*\S)"
_TYPED_KEY = rf"([^\s{COLONS}:]+)\s*(?:[{COLONS}]|:(?=\S))"
_LEFT, _RIGHT = (*OPENERS, *OPENERS_OF_TEXT), (*CLOSERS, "]", "}")
_FLOW_COLON = rf"\s*(?:[{COLONS}]|:(?=\S|[{SPACES}]))"
_BLOCK_COLON = rf"\s*[{COLONS}](?=\s*[\[{{［｛【])"
# What stands in YAML quotes for a reason: a mark that YAML would read, a number with a comma.
_WANTS_QUOTES = r"\{\{|[%@`*&!#|>\[]|-\s|[\d,，.]*\d[,，]\d+$|\s*$"


def misread(root: Mapping, *, joined: bool) -> list[Diagnostic]:
    """Return every look-alike that YAML took for text, where it can be no text.

    ``joined`` says whether YAML made one text of several lines, of which one may begin with “- ”.
    """
    text = root.source.text
    found: list[Diagnostic] = []
    if joined or any(mark.search(text) for mark in _SUSPICIOUS):
        _look(root, found)
    return found


def _look(node: Mapping | Sequence, found: list[Diagnostic]) -> None:
    """Look at every key and value; most of a file is passed over at a glance."""
    flow = node.source.text[node.start] in "{["
    children: Iterable[Node] = node.values() if isinstance(node, Mapping) else node
    if isinstance(node, Mapping):
        for word, key in node.keys_at.items():
            if key.style is None and not (key.end - key.start == len(word) and _is_ordinary(word)):
                wrong = _in_key(key, flow=flow, alone=word not in node)
                if wrong:
                    found.append(wrong)
    if flow and (wrong := _between_items(node, children)):
        found.append(wrong)
        return
    for child in children:
        if type(child) is not Scalar:
            assert not isinstance(child, Scalar)
            _look(child, found)
        elif child.style is None:
            value = child.value
            same = child.end - child.start == len(value)
            if not same or value[:1] in _FIRST or "＃" in value or "#" in value:
                wrong = _in_value(child, flow=flow)
                if wrong:
                    found.append(wrong)


@lru_cache(maxsize=1000)
def _is_ordinary(key: str) -> bool:
    """Say whether a key has nothing to look at; a few dozen keys are in all files."""
    return not _FIRST & set(key) and not set(COLONS + ":") & set(key) and bool(key)


def _in_key(key: Scalar, *, flow: bool, alone: bool) -> Diagnostic | None:
    """Look at a key: what it begins with, and for a colon that YAML took for a part of it."""
    source, raw = key.source, key.source.text[key.start : key.end]
    if not raw:
        return None
    if not flow and raw[0] in OPENERS and raw[1:2] not in OPENERS + "{[":
        return bracket(source, key.start)
    if not flow and raw[0] in SPACES:
        return wide_space(source, key.start, INDENTED)
    if not flow and raw[0] in _FIRST and (found := _line_start(source, key.start)):
        return found
    colon = re.search(_FLOW_COLON if flow and alone else _BLOCK_COLON, raw)
    if colon is None:
        return None
    end = key.start + colon.end()
    if raw[colon.end() - 1] == ":" and source.text[end] in SPACES:
        return wide_space(source, end, "冒号后面是")
    return colon_after(source, key.start, colon.start(), end)


def _in_value(node: Scalar, *, flow: bool) -> Diagnostic | None:
    """Look at one value without quotes."""
    source, raw = node.source, node.source.text[node.start : node.end]
    if not raw:
        return None
    found = _around(node)
    if found or flow:
        return found
    if raw[0] in BARS + FOLDS and (block := re.match(_BLOCK_MARK, raw)):
        if "\n" in raw or block[1] in BARS:
            return block_mark(source, node.start)
    elif told := _line_start(source, node.start) or _on_later_lines(source, node.start, raw):
        return told
    comment = re.search(_COMMENT, raw)
    if comment is None:
        return None
    at = comment.start(1) if comment[1] else comment.start(2)
    return hash_mark(source, node.start + at) if comment[1] else wide_space(source, node.start + at, "“#”前面是")


def _line_start(source: Source, at: int) -> Diagnostic | None:
    """Look at what begins a line, but for spaces."""
    before = source.text[source.text.rfind("\n", 0, at) + 1 : at]
    match = None if before.strip(" \t") else re.compile(_LINE_START).match(source.text, at)
    if match is None:
        return None
    if match["space"]:
        return wide_space(source, at, INDENTED)
    return dash(source, at) if match["dash"] else hash_mark(source, at)


def _on_later_lines(source: Source, start: int, raw: str) -> Diagnostic | None:
    """Look at the lines that YAML joins to the first one of a text."""
    for found in re.finditer(_NEXT_LINE, raw):
        at = start + found.end()
        if source.text[at] in SPACES:
            return joined_line(source, at)
        match = re.compile(_LINE_START).match(source.text, at)
        if match:
            if not match["dash"]:
                return hash_mark(source, at)
            return _misplaced_item(source, start, raw, at) or dash(source, at, joined=True)
    return None


def _misplaced_item(source: Source, start: int, raw: str, at: int) -> Diagnostic | None:
    """Tell of an item that became a part of the one above it.

    The one above is misplaced if there are several such, or if it alone is indented by an odd number of spaces.
    """
    before = source.text[source.text.rfind("\n", 0, start) + 1 : start]
    if not re.fullmatch(r" *- +", before) or source.text[at : at + 2] != "- ":
        return None
    depth = len(before) - len(before.lstrip())
    is_odd = depth % 2 > (at - source.text.rfind("\n", 0, at) - 1) % 2
    if is_odd or len(re.findall(r"\n *- ", raw)) > 1:
        message, hint = "这一行的缩进与下文的“- ”对不齐。", "同一层的“- ”要左对齐。"
        return Diagnostic("indentation", message, source.position(start - len(before) + depth), hint=hint)
    message, hint = (
        "这一行的“- ”缩进多了，成了上一条的文字。",
        f"请与上一条的“- ”左对齐；{IF_TEXT}",
    )
    return Diagnostic("indentation", message, source.position(at), hint=hint)


def _between_items(node: Mapping | Sequence, children: Iterable[Node]) -> Diagnostic | None:
    """Look at a list or mapping in brackets: for a comma that parts nothing, and one inside Chinese quotes."""
    if type(node) is Sequence and len(node) == 1 and isinstance(node[0], Scalar):
        return _around(node[0]) or _alone(node[0])
    for child in children:
        if type(child) is Scalar and child.value[:1] in _OPENING:
            break
    else:
        return None
    nodes = [one for key, at in node.keys_at.items() for one in (at, node.get(key))] if type(node) is Mapping else node
    words = [one for one in nodes if isinstance(one, Scalar) and one.style is None and one.value]
    for left, right in pairwise(words):
        apart = left.value[0] in QUOTES and right.value[-1] in QUOTES
        if apart and not set(left.value[1:] + right.value[:-1]) & set(QUOTES):
            return quotes(node.source, left.start, left.start + 1, "")
    return None


def _alone(node: Scalar) -> Diagnostic | None:
    """Tell of a comma in the only item of a list, where the item is no sentence: it was to part items."""
    raw = node.source.text[node.start : node.end]
    if node.style is not None or _ANY_COMMA.isdisjoint(raw) or is_ended(node.value):
        return None
    masked = re.sub(_PAIRS, lambda pair: "字" * len(pair[0]), raw)
    found = re.search(_BETWEEN, masked)
    return None if found is None else comma(node.source, node.start + found.start())


def _around(node: Scalar) -> Diagnostic | None:
    """Look at the first and the last mark of a value."""
    return _enclosed(node) or (quoted(node) if _needs_quotes(node) else None)


def _enclosed(node: Scalar) -> Diagnostic | None:
    """Tell of a value that stands as a whole in brackets that are not YAML's; “【案例】” alone is text."""
    raw = node.source.text[node.start : node.end]
    match = re.fullmatch(_ENCLOSED, raw) if node.style is None and raw[:1] in _LEFT else None
    if match is None or match[2][:1] in ("[", "{", *BRACKETS):  # doubled: a reference, or text
        return None
    if match[1] in OPENERS_OF_TEXT and match[3] not in "]}" and not re.search("[,，]", match[2]):
        return None
    return bracket(node.source, node.start)


def swallowed(node: Scalar, keys: Collection[str]) -> Diagnostic | None:
    """Tell of a comma that made a key a part of the value before it: ``{标题: 甲，内容：乙}``."""
    if node.style is not None or _ANY_COLON.isdisjoint(node.value):
        return None
    for found in re.finditer(_COMMA_AND_KEY, node.source.text[node.start : node.end]):
        if found[1] in keys:
            return comma(node.source, node.start + found.start())
    return None


def why_text(node: Scalar, keys: Collection[str] | None) -> Diagnostic | None:
    """Say which look-alike makes a text of what is to be something else.

    ``keys`` are those that may stand there; none: what stands before a colon is a key.
    """
    raw = node.source.text[node.start : node.end]
    if node.style is not None:
        return None
    typed = re.match(_TYPED_KEY, raw)
    if typed and (keys is None or typed[1] in keys):
        return colon_after(node.source, node.start, typed.end(1), node.start + typed.end())
    if raw[:1] in _LEFT and raw[-1:] in _RIGHT:
        return bracket(node.source, node.start)
    return quoted(node) or swallowed(node, keys or ())


def _needs_quotes(node: Scalar) -> bool:
    """Say whether what stands in Chinese quotes was to stand in YAML's."""
    raw = node.source.text[node.start : node.end]
    if raw[:1] not in _OPENING:
        return False
    return raw[0] in _NEVER_TEXT or raw[-1] in _ASCII_QUOTES or re.match(_WANTS_QUOTES, raw[1:-1]) is not None


def quoted(node: Scalar) -> Diagnostic | None:
    """Tell of a value that stands as a whole in quotes that are not YAML's."""
    raw = node.source.text[node.start : node.end]
    if node.style is not None or len(raw) < 2 or raw[0] not in _OPENING or raw[-1] not in QUOTES + _ASCII_QUOTES:
        return None
    family = DOUBLE_QUOTES if raw[0] in DOUBLE_QUOTES else SINGLE_QUOTES
    if set(raw[1:-1]) & set(family):
        return None
    return quotes(node.source, node.start, node.end, raw[1:-1])
