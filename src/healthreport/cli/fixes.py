"""What ``check --fix`` has changed, and what it has not: talk, for results are what remains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rules.certain import settable
from healthreport.checking.sifting import Sieve
from healthreport.cli import console
from healthreport.jobs.checking import fixing, running
from healthreport.reading.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from healthreport.diagnostics import Position
    from healthreport.jobs.checking.fixing import Fixed
    from healthreport.jobs.checking.running import Options
    from healthreport.jobs.checking.steps import Done
    from healthreport.reading.resources import Resources

_SHOWN = 5


def run(
    files: Sequence[Path], resources: Resources, asked: Options, line_at: Callable[[Position], str], *, dry: bool
) -> Fixed:
    """Change files, or print what would be changed, and say what was."""
    # A reader of its own: what it has read is changed meanwhile.
    sieve = Sieve(Reader(), settable, asked.config, asked.root)
    fixed = fixing.run(files, resources, fixing.Options(running.chosen(asked), asked.root, sieve, dry=dry))
    (_show if dry else _tell)(fixed, line_at)
    return fixed


def _tell(fixed: Fixed, line_at: Callable[[Position], str]) -> None:
    """Say how many places were changed in which file, the first of them one by one, and what is left to do by hand."""
    for one in fixed.changed:
        copy = f"，写在“{one.target}”里（修订方式，原文件没有动）" if one.target != one.source else ""
        console.say(f"{one.source}: 改了{len(one.places)}处{copy}。")
        for place in one.places[:_SHOWN]:
            console.say(f"  {_where(place)}：{_what(place)}")
        if len(one.places) > _SHOWN:
            console.say(f"  另有{len(one.places) - _SHOWN}处，可用 --diff 先看。")
    console.report(fixed.told, line_at)


def _show(fixed: Fixed, line_at: Callable[[Position], str]) -> None:
    """Print what would be changed, line by line; nothing was."""
    for one in fixed.changed:
        console.result(one.diff)
    count = sum(len(one.places) for one in fixed.changed)
    files = f"在{len(fixed.changed)}个文件里"
    console.say(f"可以改{count}处，{files}；用 --fix（不带 --diff）写进去。" if count else "没有可以改的。")
    console.report(fixed.told, line_at)


def _where(place: Done) -> str:
    at = place.position
    return at.cell or f"第{at.line}行"


def _what(place: Done) -> str:
    if not place.after:
        return f"删去“{place.before}”"
    return f"“{place.before}”→“{place.after}”" if place.before else f"补“{place.after}”"
