"""What became of a file that came in, for people: its files on stdout, the rest as talk; for programs as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from healthreport.cli import console, formats
from healthreport.importing.summary import COUNTED
from healthreport.jobs.importing.reading import render_command
from healthreport.values.scalars import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.diagnostics import Position
    from healthreport.importing.summary import Summary
    from healthreport.jobs.importing.running import Outcome, Task


_DEEPER = "\u3000"


def tell(task: Task, outcome: Outcome, *, whole: bool, quiet: bool) -> None:
    """Name the files that were written, and say what was made of the manuscript: in short, or the whole of it."""
    if outcome.text:
        console.result(outcome.text.rstrip("\n"))
    for path in outcome.written:
        console.result(str(path))
    if outcome.summary is None or quiet:
        return
    say(outcome.summary, whole=whole)
    if outcome.written and outcome.is_sound:
        console.say(f"  核对、改好后生成：{render_command(task.source, task.target)}")


def say(summary: Summary, *, whole: bool = False, no_report: bool = False) -> None:
    """Say what was made of a manuscript; what a command with ``no_report`` cannot list on demand is listed at once.

    Such a command has no options of ``import`` either.
    """
    for line in _lines(summary, whole=whole, on_demand=not no_report):
        console.say(f"  {line}")


def _lines(summary: Summary, *, whole: bool, on_demand: bool) -> Iterator[str]:
    all_figures = whole or not on_demand
    yield from summary.reasons
    counted = "，".join(f"{found}{COUNTED[key]}" for key, found in summary.counts.items())
    yield f"认出{counted or '0段'}。"
    if whole:
        for entry in summary.outline:
            yield _DEEPER * entry.depth + f"{entry.kind} {entry.title}{_at(entry.place)}"
    for cleaned in summary.cleaned:
        first = cleaned.changes[0]
        way_out = f"，不清理加 --keep {cleaned.kind}" if cleaned.kind.can_be_kept and on_demand else ""
        yield f"清理了{cleaned.kind.chinese}{len(cleaned.changes)}处{way_out}。" + (
            "" if whole else f"例如{_at(first.place)}{_change(first.before, first.after)}"
        )
        for change in cleaned.changes if whole else ():
            yield f"　{_at(change.place)}{_change(change.before, change.after)}"
    for part in summary.left_out:
        yield f"没有收入{part.kind}{part.times}处，如{quoted(part.sample)}{_at(part.place)}。"
    if summary.indicators or summary.left_alone:
        more = "" if all_figures or not summary.left_alone else "，--report 列出"
        yield f"做成指标{summary.indicators}个，认出但没有做成指标的数{len(summary.left_alone)}处{more}。"
    if summary.why_no_figures:
        yield f"没有把数做成指标：{summary.why_no_figures}"
    for left in summary.left_alone if all_figures else ():
        yield f"　{quoted(left.words)}{left.number}：{left.why}"
    for doubt in summary.doubts:
        yield f"请核对{_at(doubt.place)}{doubt.message}"


def _at(place: Position | None) -> str:
    return f"（第{place.line}行）" if place is not None and place.line else ""


def _change(before: str, after: str) -> str:
    return f"{quoted(before)}→{quoted(after)}" if after else quoted(before)


def as_json(made: Sequence[tuple[Task, Outcome]]) -> str:
    """Return what became of the files as JSON, an entry for each."""
    return json.dumps([_entry(*one) for one in made], ensure_ascii=False, indent=2)


def _entry(task: Task, outcome: Outcome) -> dict[str, object]:
    entry: dict[str, object] = {
        "source": str(task.source),
        "written": [str(path) for path in outcome.written],
        "problems": [formats.finding(one) for one in outcome.problems],
    }
    if outcome.text:
        entry["text"] = outcome.text
    if outcome.summary is not None:
        entry |= _said(outcome.summary)
    return entry


def _said(summary: Summary) -> dict[str, object]:
    return {
        "genre": summary.genre,
        "year": summary.year,
        "reasons": [*summary.reasons],
        "counts": summary.counts,
        "outline": [
            {"level": one.depth, "kind": one.kind, "title": one.title, "position": str(one.place or "")}
            for one in summary.outline
        ],
        "cleaned": [
            {"kind": str(one.kind), "position": str(change.place), "before": change.before, "after": change.after}
            for one in summary.cleaned
            for change in one.changes
        ],
        "left_out": [
            {"kind": one.kind, "times": one.times, "sample": one.sample, "position": str(one.place)}
            for one in summary.left_out
        ],
        "indicators": summary.indicators,
        "why_no_figures": summary.why_no_figures,
        "left_alone": [{"words": one.words, "number": one.number, "why": one.why} for one in summary.left_alone],
        "doubts": [{"id": one.id, "message": one.message, "position": str(one.place)} for one in summary.doubts],
    }
