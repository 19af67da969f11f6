"""Diagnostics for people: place, message, the line, a caret under the spot, the way out."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
import unicodedata
from typing import TYPE_CHECKING, Any, Self, TypeVar

from healthreport.cli.merging import lines, merged
from healthreport.diagnostics import Diagnostic, Position, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from healthreport.cli.formats import Group

_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "说明"}
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
_COLUMNS = 76
_NEAR = 4 * _COLUMNS  # characters of a line around a place
_OF_CHECK, _MOST_CHECKS = "HR", 5
_LINES = 10
_LISTED, _PLACES = 8, 20
_MOST_GROUPS = 1000  # nobody mends more in one go, and to show a million would take an hour
_MOST_RELATED = 20  # a township that a sheet has 800 times is not shown 800 times for each of them
_MOST_ALIKE, _SHOWN_ALIKE = 5, 3
# What a console obeys, does not show, or lets turn the order of what stands around it: a file may be named so.
_UNSHOWN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
T = TypeVar("T")


def prepare_streams() -> None:
    """Let no message fail on a console that cannot show a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(message: str) -> None:
    """Print talk: one line on stderr; where that cannot be written, the exit code alone tells."""
    with contextlib.suppress(OSError):
        print(named(message), file=sys.stderr)


def result(message: str) -> None:
    """Print a result on stdout: as it is where a program reads it."""
    print(named(message) if sys.stdout.isatty() else message)


def named(text: str) -> str:
    """Name the characters that nobody sees, those that turn the order of others, and controls: ⟨U+202E⟩."""
    return text if text.isprintable() else re.sub(_UNSHOWN, lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def _in_line(text: str) -> str:
    """Return what stands in one line, whatever is in the name of a file."""
    return named(text).replace("\n", "⟨U+000A⟩")


def table(heads: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Print rows on stdout, their columns aligned."""
    lines = [dict(zip(heads, heads, strict=True)), *({head: visible(row[head]) for head in heads} for row in rows)]
    widths = {head: max(columns(line[head]) for line in lines) for head in heads}
    for line in lines:
        result("  ".join(line[head] + " " * (widths[head] - columns(line[head])) for head in heads).rstrip())


def report(diagnostics: Iterable[Diagnostic], line_at: Callable[[Position], str]) -> None:
    """Print diagnostics on stderr in the order of their places, each once.

    Every error is shown with its line. Of many warnings of one kind in one file the first are; a draft
    has a hundred gaps, and a wall of them would hide the one that matters.
    """
    coloured = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    alike: dict[object, list[Diagnostic]] = {}
    checks, others = _divided(diagnostics)
    others = merged(others)
    for diagnostic in others:
        kind = diagnostic if diagnostic.severity is Severity.ERROR else (diagnostic.id, diagnostic.position.file)
        alike.setdefault(kind, []).append(diagnostic)
    groups = [*alike.values()]
    for group in groups[:_MOST_GROUPS]:
        shown = group if len(group) <= _MOST_ALIKE else group[:_SHOWN_ALIKE]
        for diagnostic in shown:
            shown_lines = format_diagnostic(diagnostic, line_at)
            if coloured:
                _print_coloured(shown_lines, diagnostic.severity)
            else:
                say("\n".join(shown_lines))
            if diagnostic.places:
                say(places(diagnostic))
        if len(shown) < len(group):
            say(_the_rest(group[len(shown) :]))
    if len(groups) > _MOST_GROUPS:
        say(f"另有{len(groups) - _MOST_GROUPS}处没有列出；请先改好上面这些，再运行一次。")
    _say_checks(checks)


def _divided(diagnostics: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Return the warnings of the rules on texts, and all others, each once in the order of the places."""
    ordered = sorted(dict.fromkeys(diagnostics), key=lambda diagnostic: diagnostic.position)
    checks = [one for one in ordered if one.id.startswith(_OF_CHECK) and one.severity is Severity.WARNING]
    return checks, [one for one in ordered if one not in checks] if checks else ordered


def places(found: Diagnostic) -> str:
    """Return a line that says where else the same stands."""
    listed = [at.cell or f"{at.line}:{at.column}" for at in found.places[:_PLACES]]
    return f"  另有{len(found.places)}处：{'、'.join(listed)}{'…' if len(found.places) > _PLACES else ''}"


def _say_checks(checks: Sequence[Diagnostic]) -> None:
    """Name the first of what ``check`` shows with lines and ways out, a line each, and count the rest."""
    for one in checks[:_MOST_CHECKS]:
        say(f"{one.position}: {_LABELS[one.severity]} {one.message} [{one.id}]")
    if len(checks) > _MOST_CHECKS:
        say(f"另有{len(checks) - _MOST_CHECKS}处提醒。")
    if checks:
        say("  → 细看用 healthreport check，后面写报告的文件名；不要提醒，加 --no-check。")


def _the_rest(alike: Sequence[Diagnostic]) -> str:
    """Say where else the same warning holds: in which lines or cells."""
    where = lines([diagnostic.position for diagnostic in alike])
    label = _LABELS[alike[0].severity]
    return f"{alike[0].position.file}: {label} 另有{len(alike)}处同样的提醒，在{where}。 [{alike[0].id}]"


def _print_coloured(lines: list[str], severity: Severity) -> None:
    from rich.console import Console
    from rich.text import Text

    text = Text("\n".join(lines))
    text.highlight_words([_LABELS[severity] + " "], _COLOURS[severity])
    text.highlight_regex(r"(?m)^ +│ +\^+$", "cyan")
    Console(stderr=True, highlight=False, soft_wrap=True).print(text)


class Progress:
    """Counts documents: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total = total
        self._count = 0
        self._began = time.perf_counter()
        self._next = total / _LINES
        self._quiet = quiet
        self._bar: Any = None

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.add_task("进度", total=self._total)
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, result: T) -> T:
        """Count one document and pass it on."""
        self._count += 1
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])
        elif not self._quiet and self._count >= self._next and self._total > _LINES:
            say(f"已完成 {self._count}/{self._total}")
            self._next += self._total / _LINES
        return result

    @property
    def seconds(self) -> float:
        """The time since the beginning."""
        return time.perf_counter() - self._began


def progress(total: int, *, quiet: bool) -> Progress:
    """Return a counter for so many documents."""
    return Progress(total, quiet=quiet)


def report_groups(groups: Iterable[Group], line_at: Callable[[Position], str], *, quiet: bool) -> None:
    """Print diagnostics that documents share once, with the documents listed."""
    alike: dict[tuple[str, ...], list[Diagnostic]] = {}
    for diagnostic, sources in groups:
        if not quiet or diagnostic.severity is Severity.ERROR:
            alike.setdefault(tuple(sources), []).append(diagnostic)
    for diagnostic, sources in [(one, [*sources]) for sources, found in alike.items() for one in merged(found)]:
        if diagnostic.severity is Severity.NOTE:
            say(format_diagnostic(diagnostic, line_at)[0])  # there are many, and nothing is wrong
        else:
            report([diagnostic], line_at)
        if sources != [diagnostic.position.file]:
            count = f" 等{len(sources)}份" if len(sources) > _LISTED else f"，共{len(sources)}份"
            say(f"  ↑ {'、'.join(sources[:_LISTED])}{count if len(sources) > 1 else ''}")


def summary(counts: Mapping[str, int], seconds: float) -> None:
    """Print how many documents came to each end."""
    words = {"done": "生成", "unchanged": "未变", "refused": "未覆盖", "failed": "失败"}
    told = "，".join(f"{words[status]} {count}" for status, count in counts.items() if count or status == "done")
    say(f"{told}，用时 {seconds:.1f} 秒")


def format_diagnostic(
    diagnostic: Diagnostic, line_at: Callable[[Position], str], labels: Mapping[Severity, str] = _LABELS
) -> list[str]:
    """Return the lines of one diagnostic."""
    lines = [
        _in_line(f"{diagnostic.position}: {labels[diagnostic.severity]} {diagnostic.message} [{diagnostic.id}]"),
        *_excerpt(diagnostic.position, line_at),
    ]
    for other in diagnostic.related[:_MOST_RELATED]:
        is_shown = other.position[:2] == diagnostic.position[:2]  # the same line was just shown
        lines += [
            _in_line(f"  {other.position}: {other.message}"),
            *([] if is_shown else _excerpt(other.position, line_at)),
        ]
    if len(diagnostic.related) > _MOST_RELATED:
        lines.append(f"  另有{len(diagnostic.related) - _MOST_RELATED}处。")
    if diagnostic.hint:
        lines.append(_in_line(f"  → {diagnostic.hint}"))
    return lines


def _excerpt(position: Position, line_at: Callable[[Position], str]) -> list[str]:
    """Return the line and a caret under the place, cut to the console's width around it."""
    column = position.column - 1
    far = max(column - _NEAR, 0)  # of a line without end only what is near
    line = visible(line_at(position)[far : column + 2 * _NEAR]) if position.line else ""
    if not line.strip():
        return []
    start = column - far
    first = _window(line, start)
    left = "…" if first or far else ""
    shown = _cut(left + line[first:], _COLUMNS)
    before = left + line[first:start]
    marked = line[start : start + position.width]
    carets = max(1, min(columns(marked), _COLUMNS - columns(before)))
    number = str(position.line)
    return [f"  {number} │ {shown}", f"  {' ' * len(number)} │ {' ' * columns(before)}{'^' * carets}"]


def visible(line: str) -> str:
    """Show what is blank as a space and what a console would not show as a mark: none may reach it."""
    return re.sub(_UNSHOWN, "�", line).replace("\t", " ").replace("\n", " ")


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
    width = 0
    for at, char in enumerate(text[:limit]):
        width += columns(char)
        if width >= limit:
            return text[:at] + "…"
    return text[:limit] + "…"


def columns(text: str) -> int:
    """Return how many console columns a text takes: two for a wide character, none for a combining one."""
    if text.isascii():  # as most figures of a large table are
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
