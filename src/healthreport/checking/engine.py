"""The engine: runs rules over a subject, and gives what they find its id, its severity and its position."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from healthreport.checking.subject import Subject
from healthreport.diagnostics import Diagnostic, Position, Severity
from healthreport.trees import slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthreport.checking.rule import Finding, Rule
    from healthreport.trees.document import Document


def check(
    subject: Subject, rules: tuple[Rule, ...], severities: Mapping[str, Severity], *, strict: bool = False
) -> list[Diagnostic]:
    """Return what rules find in a subject, each once, in the order of the places.

    ``severities`` names by id the rules that weigh otherwise than by default; with ``strict`` every warning
    is an error.
    """
    found: dict[Diagnostic, None] = {}
    for rule, finding in (*_in_pattern(subject.pattern, rules), *_in_one(subject, rules)):
        severity = Severity.ERROR if strict else severities.get(rule.id, rule.severity)
        found[_diagnostic(rule, finding, severity, subject)] = None
    return sorted(found, key=lambda diagnostic: diagnostic.position)


@lru_cache(maxsize=64)
def _in_pattern(pattern: Document, rules: tuple[Rule, ...]) -> tuple[tuple[Rule, Finding], ...]:
    """Return what holds for all documents of one pattern."""
    return tuple((rule, finding) for rule in rules if rule.shared for finding in rule.find(Subject(pattern)))


def _in_one(subject: Subject, rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, Finding]]:
    return ((rule, finding) for rule in rules if not rule.shared for finding in rule.find(subject))


def _diagnostic(rule: Rule, finding: Finding, severity: Severity, subject: Subject) -> Diagnostic:
    where, message = finding.where, slots.fill(finding.what, subject.fillings)
    place = where if isinstance(where, Position) else subject.position(where) or Position("")
    return Diagnostic(finding.id or rule.id, message, place, severity, finding.hint, finding.related)
