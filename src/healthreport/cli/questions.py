"""Questions at the terminal: one is put until its answer will do, and may send back to the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import typer

from healthreport.cli import console
from healthreport.diagnostics import HealthReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

BACK = ("<", "＜", "返回")
T = TypeVar("T")


class BackError(Exception):
    """Somebody wants to answer the question before anew."""


def text(question: str, default: str) -> str:
    """Ask for a text; Enter takes the default, as blanks do. Raises :class:`BackError`."""
    try:
        answer = str(typer.prompt(question, default=default, show_default=bool(default), err=True)).strip()
    except typer.Abort:
        console.say("")  # what is said next stands on a line of its own
        raise
    if answer in BACK:
        raise BackError
    return answer or default


def until(question: str, default: str, read: Callable[[str], T], better: Callable[[str], str] | None = None) -> T:
    """Ask until an answer can be read; ``better`` makes the next default of one that cannot."""
    while True:
        answer = text(question, default)
        try:
            return read(answer)
        except HealthReportError as wrong:
            mistakes = wrong.diagnostics
        default = better(answer) if better else default
        for one in mistakes:  # what a command is told to write instead is no answer
            hint = f"请换一个；直接回车就用“{default}”。" if better else one.hint
            console.say(one.message + (f"\n  → {hint}" if hint else ""))


def listed(choices: Sequence[str], notes: Mapping[str, str] | None = None) -> None:
    """Show choices with their numbers."""
    for number, name in enumerate(choices, 1):
        note = (notes or {}).get(name, "")
        console.say(f"  {number:>2}  {name}" + (f"　{note}" if note else ""))


def choice(question: str, choices: Sequence[str], default: str, notes: Mapping[str, str] | None = None) -> str:
    """Show the choices with numbers and take a number or a name, until it is one of them."""
    listed(choices, notes)
    while True:
        answer = text(question, default)
        if answer.isdecimal() and 0 < int(answer) <= len(choices):
            return choices[int(answer) - 1]
        if answer in choices:
            return answer
        console.say(f"没有“{answer}”，请写上面的序号或名称。")
