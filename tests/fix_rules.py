"""Rules of tests' own for what ``check --fix`` changes, and the job run over one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.passages import Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity
from healthreport.jobs.checking import fixing
from helpers import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from healthreport.checking.rule import Rule
    from healthreport.checking.sifting import Sieve
    from healthreport.checking.subject import Subject
    from healthreport.jobs.checking.fixing import Fixed


def replacing(words: dict[str, str], id: str = "HR1", *, at_once: bool = False) -> TextRule:
    """Return a rule that wants words replaced, each a finding of its own or all of them places of one."""

    def find(subject: Subject) -> Iterator[Finding]:
        spots = [
            Spot(passage, at, at + len(old), new)
            for passage in subject.passages
            for old, new in words.items()
            for at in range(len(passage.text))
            if passage.text.startswith(old, at)
        ]
        if at_once and spots:
            yield Finding("错。", spots[0], "改。", places=tuple(spots[1:]))
        elif not at_once:
            yield from (Finding("错。", spot, "改。") for spot in spots)

    return TextRule(id, Severity.WARNING, find, (), (), name="错", why="错")


LEDGER = replacing({"台帐": "台账"})
MARKS = replacing({",": "，", "。。": "。", "显着": "显著", "人次人次": "人次"})


def fix(path: Path, *rules: Rule, dry: bool = False, sieve: Sieve | None = None) -> Fixed:
    """Run the job over a file."""
    return fixing.run([path], RESOURCES, fixing.Options(rules or (LEDGER,), dry=dry, sieve=sieve))
