"""What rules found, for people and for programs: text with carets, JSON, annotations of GitHub, SARIF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from healthreport import __version__
from healthreport.checking.rules.every import RULES
from healthreport.cli import console, formats
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from healthreport.diagnostics import Diagnostic, Position
    from healthreport.jobs.checking.running import Checked

NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "建议"}
_LISTED = 8
_MOST = 1000  # nobody mends more in one go
_OF_FIGURES, _EQUALS = "HR2", " = "
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Told(NamedTuple):
    """A finding, and the files it was met in; words of a base are told once for all reports on it."""

    finding: Diagnostic
    files: list[str]
    checked: Checked


def gathered(checked: Iterable[Checked]) -> list[Told]:
    """Return findings in the order of the files, each once."""
    told: dict[Diagnostic, Told] = {}
    for one in checked:
        for found in one.found:
            told.setdefault(found, Told(found, [], one)).files.append(one.source)
    return list(told.values())


def tell(told: Sequence[Told], bar: Severity, line_at: Callable[[Position], str]) -> None:
    """Print findings from a weight on, each with its line and a caret; of thousands the first."""
    shown = [one for one in told if one.finding.severity >= bar]
    for one in shown[:_MOST]:
        for text in console.format_diagnostic(one.finding, _line(one, line_at), NAMES):
            console.result(text)
        if one.finding.places:
            console.result(console.places(one.finding))
        if one.files != [one.finding.position.file] and any(one.files):
            more = f"等{len(one.files)}份" if len(one.files) > _LISTED else ""
            console.result(console.named(f"  ↑ {'、'.join(one.files[:_LISTED])}{more}"))
    _tell_sums([one.finding for one in shown[:_MOST]])
    if len(shown) > _MOST:
        console.result(f"另有{len(shown) - _MOST}处没有列出；请先改好上面这些，再运行一次。")


def _tell_sums(found: Sequence[Diagnostic]) -> None:
    """Print a table of the figures that do not add up, with the arithmetic."""
    sums = [one for one in found if one.id.startswith(_OF_FIGURES) and _EQUALS in one.message]
    if sums:
        console.result("算不拢的数：")
        rows = [{"位置": str(one.position), "算式": one.message.removesuffix("。")} for one in sums]
        console.table(("位置", "算式"), rows)


def summary(told: Sequence[Told], files: int, bar: Severity) -> None:
    """Say how many findings of each weight there are, and how to see those that were folded."""
    counts = {name: sum(one.finding.severity is weight for one in told) for weight, name in NAMES.items()}
    found = "，".join(f"{name} {count}" for name, count in counts.items() if count)
    console.say(f"检查了{files}份：{found or '没有发现问题'}。")
    if bar > Severity.NOTE and counts[NAMES[Severity.NOTE]]:
        console.say("建议没有列出，要看请加 --severity 建议。")


def _line(one: Told, line_at: Callable[[Position], str]) -> Callable[[Position], str]:
    """Return what gives the words at a place: of a Word file its paragraphs, of any other file its lines."""
    checked = one.checked
    if not checked.is_word:
        return line_at
    return lambda at: checked.paragraphs.get(at.line, "") if at.file == checked.source else line_at(at)


def _json(told: Sequence[Told]) -> str:
    entries = [{**formats.finding(one.finding, is_word=one.checked.is_word), "files": one.files} for one in told]
    return _dumped(entries)


def _github(told: Sequence[Told]) -> str:
    """Return workflow commands, which GitHub shows beside the lines of a change."""
    return "\n".join([_annotation(one.finding) for one in told])


def _annotation(found: Diagnostic) -> str:
    at = found.position
    kind = {Severity.NOTE: "notice"}.get(found.severity, formats.LEVELS[found.severity])
    keys = {"file": at.file, "line": at.line, "col": at.column, "endColumn": at.column + at.width, "title": found.id}
    listed = ",".join(f"{key}={_escaped(str(value), ',:')}" for key, value in keys.items() if value)
    return f"::{kind} {listed}::{_escaped(found.message + found.hint)}"


def _escaped(text: str, more: str = "") -> str:
    for char in ("%", "\r", "\n", *more):
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def _sarif(told: Sequence[Told]) -> str:
    """Return SARIF 2.1.0 (OASIS), which tools of many makers read."""
    named = {rule.id: rule for rule in RULES}
    ids = dict.fromkeys(one.finding.id for one in told)
    rules = [
        {"id": id, "shortDescription": {"text": named[id].name}, "help": {"text": named[id].why}}
        if id in named
        else {"id": id}
        for id in ids
    ]
    driver = {"name": "healthreport", "version": __version__, "rules": rules}
    results = [_result(one.finding) for one in told]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(found: Diagnostic) -> dict[str, Any]:
    return {
        "ruleId": found.id,
        "level": formats.LEVELS[found.severity],
        "message": {"text": found.message + found.hint},
        "locations": [_location(at) for at in (found.position, *found.places)],
        "relatedLocations": [
            {**_location(other.position), "message": {"text": other.message}} for other in found.related
        ],
    }


def _location(at: Position) -> dict[str, Any]:
    uri = {"artifactLocation": {"uri": quote(at.file.replace("\\", "/"))}}
    if not at.line:
        return {"physicalLocation": uri}
    region = {"startLine": at.line, "startColumn": at.column, "endColumn": at.column + at.width}
    return {"physicalLocation": {**uri, "region": region}}


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


WRITERS = {"json": _json, "github": _github, "sarif": _sarif}
