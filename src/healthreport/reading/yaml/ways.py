"""What was most likely meant where a slip stands: the edits that let the rest of a file be read.

They follow what the messages advise. Nobody's file is changed by them: they only let one run tell all mistakes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.reading.yaml.levels import Way, columns, end_of_block, indented, line_at, moved
from healthreport.reading.yaml.look_alikes import BARS, BRACKETS, CLOSERS, COLONS, COMMAS, QUOTES, SPACES
from healthreport.reading.yaml.mended import Edit, Mended

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.diagnostics import Diagnostic

_VALUE_START = re.compile(r"^[ \t]*(?:- +)*|: +|[\[{,] *")
_FLOW_VALUE = re.compile(r"(?:\{\{.*?\}\}|\[\[.*?\]\]|\"[^\"\n]*\"|[^,\]}\n])*")
_COMMENT = re.compile(r"\s+#\s.*|\s+$")
_ANY_COMMA = re.compile(f"[{COMMAS}]")
_COMMA_BEFORE_KEY = re.compile(rf"[{COMMAS}](?=\s*[^\s{COLONS}{COMMAS}:]{{1,8}}[:{COLONS}])")


def ways(source: Mended, told: Diagnostic) -> Iterator[Way]:
    """Yield the ways to write what was meant, the likeliest first; none where nobody can tell."""
    yield from _WAYS[told.id](source, source.offset(told.position)) if told.id in _WAYS else ()


def _colon(source: Mended, at: int) -> Iterator[Way]:
    """Write a colon that YAML knows, and one space behind it."""
    end = at + 1
    while source.text[end : end + 1] and source.text[end] in " " + SPACES:
        end += 1
    yield [Edit(at, end, ": ")]


def _no_colon(source: Mended, at: int) -> Iterator[Way]:
    """Write a colon behind a key."""
    key = re.compile(r"\S+").match(source.text, at)
    if key:
        yield [Edit(key.end(), key.end() + (source.text[key.end() : key.end() + 1] in (" ", "\t")), ": ")]


def _dash(source: Mended, at: int) -> Iterator[Way]:
    """Write a dash and a space; what was level with the words behind it stays level with them."""
    mended = Edit(at, at + 1, "-" if source.text[at + 1 : at + 2] == " " else "- ")
    yield [mended]
    number, _, _ = line_at(source, at)
    if (last := end_of_block(source, number)) > number and len(mended.text) > 1:
        yield [mended, *moved(source, number + 1, last, 1)]


def _hash(_: Mended, at: int) -> Iterator[Way]:
    yield [Edit(at, at + 1, "# ")]


def _block_mark(source: Mended, at: int) -> Iterator[Way]:
    yield [Edit(at, at + 1, "|" if source.text[at] in BARS else ">")]


def _comma(source: Mended, at: int) -> Iterator[Way]:
    """Write YAML's comma, also for the others up to the end of the brackets; in a mapping those before a key."""
    _, start, end = line_at(source, at)
    before = source.text[start:at]
    inside = max(before.rfind("{"), before.rfind("["))
    is_mapping = inside >= 0 and before[inside] == "{"
    more = _COMMA_BEFORE_KEY if is_mapping else _ANY_COMMA
    stop = re.compile(r"[\]}]|$").search(source.text, at, end)
    rest = re.sub("（[^（）]*）", lambda pair: "字" * len(pair[0]), source.text[at : stop.start() if stop else end])
    yield [
        Edit(at, at + 1, ", "),
        *(Edit(at + one.start(), at + one.start() + 1, ", ") for one in more.finditer(rest, 1)),
    ]
    yield [Edit(at, at + 1, ", ")]


def _braces(source: Mended, at: int) -> Iterator[Way]:
    """Write a reference for a name in brackets of another kind, with the text behind it in quotes."""
    _, _, end = line_at(source, at)
    text = source.text[at:end].rstrip()
    reference = re.sub(r"^(?:\{|\[\[)\s*(.*?)\s*(?:\}|\]\])", r"{{ \1 }}", text).replace("'", "''")
    yield [Edit(at, at + len(text), f"'{reference}'")]


def _bracket(source: Mended, at: int) -> Iterator[Way]:
    """Write YAML's brackets, colons and commas up to the end of the line."""
    _, _, end = line_at(source, at)
    marks = {**BRACKETS, **dict.fromkeys(COLONS, ": "), **dict.fromkeys(COMMAS, ", ")}
    yield [Edit(one, one + 1, marks[source.text[one]]) for one in range(at, end) if source.text[one] in marks]
    if source.text[at] in BRACKETS:
        yield [Edit(at, at + 1, BRACKETS[source.text[at]])]


def _space(source: Mended, at: int) -> Iterator[Way]:
    """Write one space, or as many as the line wants where it begins with them."""
    end = at
    while source.text[end : end + 1] and source.text[end] in SPACES:
        end += 1
    number, start, _ = line_at(source, at)
    if source.text[start:at].strip():
        yield [Edit(at, end, " ")]
        return
    rest = end - start
    for column in (2 * (end - at), end - at, *columns(source, number, rest)):
        yield [Edit(start, end, " " * column)]


def _tab(source: Mended, at: int) -> Iterator[Way]:
    """Write spaces for the tabs a line begins with, and for those of the lines below it."""
    number, start, _ = line_at(source, at)
    line = source.line(number)
    blank = len(line) - len(line.lstrip())
    for column in (2 * line[:blank].count("\t") + line[:blank].count(" "), *columns(source, number, blank)):
        yield [Edit(start, start + blank, " " * column)]


def _quoted(source: Mended, at: int) -> Iterator[Way]:
    """Put a value in quotes: to the end of its line, or to the next comma or bracket."""
    _, start, end = line_at(source, at)
    line = source.text[start:end]
    begins = [match.end() for match in _VALUE_START.finditer(line) if match.end() <= at - start]
    first = start + max(begins, default=at - start)
    comment = _COMMENT.search(source.text, first, end)
    last = comment.start() if comment else end
    short = _FLOW_VALUE.match(source.text, at, last)
    stops = [last] if short is None or not short[0] else [last, short.end()]
    for begin in dict.fromkeys((at, first)):
        for stop in stops:
            text = source.text[begin:stop].rstrip()
            yield [Edit(begin, begin + len(text), "'" + text.replace("'", "''") + "'")]


def _unclosed_quote(source: Mended, at: int) -> Iterator[Way]:
    """Close a quote: by the mark that looks like one, at the end of the line, or before what closes a bracket."""
    _, _, end = line_at(source, at)
    mark = source.text[at]
    if mark in QUOTES:
        yield [Edit(at, at + 1, '"')]
        return
    last = len(source.text[:end].rstrip())
    if source.text[last - 1] in QUOTES:
        yield [Edit(last - 1, last, mark)]
    yield [Edit(last, last, mark)]
    comma = re.compile(r", +[^\s:,]+: |, ").search(source.text, at, last)
    before_key = [Edit(comma.start(), comma.start(), mark)] if comma else []
    if comma and ":" in comma[0]:
        yield before_key
    closing = re.compile(rf"[{QUOTES}]?[\]}}, ]*$").search(source.text, at, last)
    if closing and closing[0]:
        yield [Edit(closing.start(), closing.start() + (closing[0][0] in QUOTES), mark)]
    if comma:
        yield before_key


def _quotes(source: Mended, at: int) -> Iterator[Way]:
    """Write YAML's quotes for those around a value."""
    _, _, end = line_at(source, at)
    ends = [one for one in range(end - 1, at, -1) if source.text[one] in QUOTES + "\"'"]
    for last in (*ends[:1], *ends[-1:]):
        inner = source.text[at + 1 : last].replace("'", "''")
        yield [Edit(at, last + 1, f"'{inner}'")]


def _escape(source: Mended, at: int) -> Iterator[Way]:
    """Write single quotes for double ones: in them a backslash is a backslash."""
    _, start, end = line_at(source, at)
    first = source.text.rfind('"', start, at)
    last = source.text.find('"', at, end)
    if first >= 0:
        stop = last if last >= 0 else end
        yield [Edit(first, min(stop + 1, end), "'" + source.text[first + 1 : stop].replace("'", "''") + "'")]


def _colon_of_text(source: Mended, at: int) -> Iterator[Way]:
    yield [Edit(at, at + 1 + (source.text[at + 1 : at + 2] == " "), "：")]


def _closing(source: Mended, at: int) -> Iterator[Way]:
    """Close the brackets that are open at the end of a line."""
    _, _, end = line_at(source, at)
    opened = ""
    for mark in re.sub(r"\"[^\"]*\"|\{\{.*?\}\}", "", source.text[at:end]):
        if mark in "[{":
            opened += mark
        elif opened and mark in "]}":
            opened = opened[:-1]
    last = len(source.text[:end].rstrip())
    closers = "".join("]" if mark == "[" else "}" for mark in reversed(opened))
    if closers:
        if source.text[last - 1] in CLOSERS:
            yield [Edit(last - 1, last, closers)]
        yield [Edit(last, last, closers)]


def _in_braces(source: Mended, at: int) -> Iterator[Way]:
    """Put braces around a block behind its key, up to the end of the line, or of the mapping around it."""
    _, _, end = line_at(source, at)
    last, opened = len(source.text[:end].rstrip()), 0
    for place in range(at, last):
        opened += (source.text[place] in "[{") - (source.text[place] in "]}")
        if opened < 0:
            last = place
            break
    yield [Edit(at, at, "{"), Edit(last, last, "}")]


def _item_of_key(source: Mended, at: int) -> Iterator[Way]:
    """Leave an item out that stands on the line of its key, where more stand below; else leave out its dash."""
    number, _, end = line_at(source, at)
    below = source.line(number + 1)
    yield [Edit(at, end, "")] if below.lstrip().startswith("- ") else [Edit(at, min(at + 2, end), "")]


def _block_text(_: Mended, at: int) -> Iterator[Way]:
    yield [Edit(at - 1, at, "")]
    yield [Edit(at, at + 1, "")]


_WAYS: dict[str, Callable[[Mended, int], Iterator[Way]]] = {
    "full-width-colon": _colon,
    "no-space-after-colon": _colon,
    "no-colon": _no_colon,
    "full-width-dash": _dash,
    "no-space-after-dash": _dash,
    "full-width-hash": _hash,
    "full-width-block-mark": _block_mark,
    "full-width-comma": _comma,
    "full-width-bracket": _bracket,
    "full-width-space": _space,
    "full-width-quotes": _quotes,
    "tab-indentation": _tab,
    "unquoted-expression": _quoted,
    "unquoted-clause": _quoted,
    "text-after-bracket": _braces,
    "text-after-quote": _quoted,
    "special-start": _quoted,
    "anchor": _quoted,
    "alias": _quoted,
    "tag": _quoted,
    "unclosed-quote": _unclosed_quote,
    "bad-escape": _escape,
    "colon-in-text": _colon_of_text,
    "unclosed-bracket": _closing,
    "list-on-key-line": _item_of_key,
    "key-in-value": _in_braces,
    "block-mark": _block_text,
    "indentation": indented,
}
