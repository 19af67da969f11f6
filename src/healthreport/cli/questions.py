"""Questions at the terminal: what was not said on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from healthreport.cli import console
from healthreport.diagnostics import HealthReportError, Position

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from healthreport.reading.resources import Resources


def text(question: str, default: str) -> str:
    """Ask for a text; Enter takes the default."""
    return str(typer.prompt(question, default=default, show_default=bool(default), err=True)).strip()


def choice(question: str, choices: Sequence[str], default: str, notes: Mapping[str, str] | None = None) -> str:
    """Show the choices with numbers and take a number or a name, until it is one of them."""
    for number, name in enumerate(choices, 1):
        note = (notes or {}).get(name, "")
        console.say(f"  {number:>2}  {name}" + (f"　{note}" if note else ""))
    while True:
        answer = text(question, default)
        if answer.isdigit() and 0 < int(answer) <= len(choices):
            return choices[int(answer) - 1]
        if answer in choices:
            return answer
        console.say(f"没有“{answer}”，请写上面的序号或名称。")


def genre(resources: Resources) -> str:
    """Ask for a genre."""
    notes = {name: header.get("说明", "") for name, header in resources.genres.items()}
    return choice("体裁（序号或名称）", list(notes), next(iter(notes)), notes)


def year(default: int) -> int:
    """Ask for a year until it is one."""
    from healthreport.values import scalars

    while True:
        try:
            return scalars.read_year(text("年度", str(default)))
        except ValueError as wrong:
            console.say(f"{wrong}。")


def sections(resources: Resources, usual: Sequence[str]) -> tuple[str, ...]:
    """Ask for standard sections until there are such."""
    from healthreport.jobs.new.sections import choose, load

    known = load(resources)
    console.say(f"可选章节：{'、'.join(named.name for named in known)}")
    while True:
        answer = text("章节（用逗号分开）", ",".join(usual))
        wanted = [part.strip() for part in answer.replace("，", ",").replace("、", ",").split(",") if part.strip()]
        try:
            return tuple(named.name for named in choose(wanted, known, Position("章节")))
        except HealthReportError as wrong:
            for diagnostic in wrong.diagnostics:
                console.say(diagnostic.message)
