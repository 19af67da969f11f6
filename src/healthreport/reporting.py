"""Diagnostics for people: place, message, the line, a caret under the spot, the way out."""

from __future__ import annotations

import os
import sys
import unicodedata
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, Position, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告"}
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
_COLUMNS = 76


def prepare_streams() -> None:
    """Let no message fail on a console that cannot show a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(message: str) -> None:
    """Print talk: one line on stderr."""
    print(message, file=sys.stderr)


def result(message: str) -> None:
    """Print a result: one line on stdout."""
    print(message)


def table(heads: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Print rows on stdout, their columns aligned."""
    lines = [dict(zip(heads, heads, strict=True)), *rows]
    widths = {head: max(columns(line[head]) for line in lines) for head in heads}
    for line in lines:
        result("  ".join(line[head] + " " * (widths[head] - columns(line[head])) for head in heads).rstrip())


def report(diagnostics: Iterable[Diagnostic], line_at: Callable[[Position], str]) -> None:
    """Print diagnostics on stderr in the order of their places, each once."""
    coloured = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    for one in sorted(dict.fromkeys(diagnostics), key=lambda one: one.position):
        lines = format_diagnostic(one, line_at)
        if coloured:
            _print_coloured(lines, one.severity)
        else:
            say("\n".join(lines))


def _print_coloured(lines: list[str], severity: Severity) -> None:
    from rich.console import Console
    from rich.text import Text

    text = Text("\n".join(lines))
    text.highlight_words([_LABELS[severity] + " "], _COLOURS[severity])
    text.highlight_regex(r"(?m)^ +│ +\^+$", "cyan")
    Console(stderr=True, highlight=False, soft_wrap=True).print(text)


def format_diagnostic(one: Diagnostic, line_at: Callable[[Position], str]) -> list[str]:
    """Return the lines of one diagnostic."""
    lines = [f"{one.position}: {_LABELS[one.severity]} {one.message} [{one.id}]", *_excerpt(one.position, line_at)]
    for other in one.related:
        lines += [f"  {other.position}: {other.message}", *_excerpt(other.position, line_at)]
    if one.hint:
        lines.append(f"  → {one.hint}")
    return lines


def _excerpt(position: Position, line_at: Callable[[Position], str]) -> list[str]:
    """Return the line and a caret under the place, cut to the console's width around it."""
    line = _visible(line_at(position)) if position.line else ""
    if not line.strip():
        return []
    start = position.column - 1
    first = _window(line, start)
    shown = ("…" if first else "") + line[first:]
    shown = _cut(shown, _COLUMNS)
    before = ("…" if first else "") + line[first:start]
    marked = line[start : start + position.width]
    carets = max(1, min(columns(marked), _COLUMNS - columns(before)))
    number = str(position.line)
    return [f"  {number} │ {shown}", f"  {' ' * len(number)} │ {' ' * columns(before)}{'^' * carets}"]


def _visible(line: str) -> str:
    """Show a tab as a space and any other control character as a mark: none may reach the console."""
    return "".join(" " if char == "\t" else "�" if unicodedata.category(char) == "Cc" else char for char in line)


def _window(line: str, start: int) -> int:
    """Return the first character to show so that the place lies inside the window."""
    if columns(line[:start]) < _COLUMNS * 2 // 3:
        return 0
    first = start
    while first > 0 and columns(line[first:start]) < _COLUMNS // 3:
        first -= 1
    return first


def _cut(text: str, limit: int) -> str:
    if columns(text) <= limit:
        return text
    kept = text[:limit]
    while columns(kept) > limit - 1:
        kept = kept[:-1]
    return kept + "…"


def columns(text: str) -> int:
    """Return how many console columns a text takes: two for a wide character, none for a combining one."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
