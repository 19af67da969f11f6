"""The engine: runs rules over a subject, and gives what they find its id, its severity and its position."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from healthreport.checking import passages
from healthreport.checking.passages import Spot
from healthreport.checking.rule import TextRule
from healthreport.checking.subject import Subject
from healthreport.diagnostics import Diagnostic, Related, Severity
from healthreport.reading.kept import Kept
from healthreport.trees import slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthreport.checking.known import Known
    from healthreport.checking.rule import Finding, Rule
    from healthreport.trees.document import Document


def check(
    subject: Subject, rules: tuple[Rule, ...], severities: Mapping[str, Severity], *, strict: bool = False
) -> list[Diagnostic]:
    """Return what rules find in a subject, each once, in the order of the places.

    ``severities`` names by id the rules that weigh otherwise than by default; with ``strict`` every warning
    is an error, but no note.
    """
    found: dict[Diagnostic, None] = {}
    for rule, finding in examine(subject, rules):
        severity = severities.get(rule.id, rule.weight_of(finding))
        severity = Severity.ERROR if strict and severity is Severity.WARNING else severity
        found[diagnostic(rule, finding, severity, subject)] = None
    return sorted(found, key=lambda diagnostic: diagnostic.position)


def examine(subject: Subject, rules: tuple[Rule, ...], *, split: bool = False) -> Iterator[tuple[Rule, Finding]]:
    """Yield what rules find, with the rule: first in what reports of one pattern share, then in what this one says.

    Where that is ``split``, rules on texts see the words of the pattern once for all reports on a base, and of each
    report its own texts, else the whole.
    """
    of_pattern, of_reports, of_texts = _divided(rules, splits=split and subject.own is not None)
    yield from _in_pattern(subject.pattern, of_pattern, subject.maybe_known)
    for rule in of_reports:
        for finding in rule.find(subject):
            yield rule, finding
    if of_texts and subject.own:
        for rule in of_texts:
            for finding in rule.find(subject.own):
                yield rule, finding


@lru_cache(maxsize=8)
def _divided(rules: tuple[Rule, ...], *, splits: bool) -> tuple[tuple[Rule, ...], tuple[Rule, ...], tuple[Rule, ...]]:
    """Return the rules that look at the pattern, those that look at a report, and those at its own texts."""
    of_texts = tuple([rule for rule in rules if splits and isinstance(rule, TextRule)])
    of_pattern = tuple([rule for rule in rules if rule.shared or rule in of_texts])
    return of_pattern, tuple([rule for rule in rules if rule not in of_pattern]), of_texts


def _in_pattern(pattern: Document, rules: tuple[Rule, ...], known: Known | None) -> tuple[tuple[Rule, Finding], ...]:
    """Return what holds for all documents of one pattern; it is kept with what rules know."""
    if not rules:
        return ()
    return _kept(known, pattern, rules) if known else _made(known, pattern, rules)


def _made(known: Known | None, pattern: Document, rules: tuple[Rule, ...]) -> tuple[tuple[Rule, Finding], ...]:
    # A rule on reports that holds for all of one pattern looks at the pattern itself.
    read = passages.of_pattern(pattern) if any(isinstance(rule, TextRule) for rule in rules) else ()
    subject = Subject(pattern, known=known, read=read)
    return tuple([(rule, finding) for rule in rules for finding in rule.find(subject)])


_kept = Kept(64)(_made)


def diagnostic(rule: Rule, finding: Finding, severity: Severity, subject: Subject) -> Diagnostic:
    """Return a finding as it is told, with its places."""
    message = slots.shown(slots.fill(finding.what, subject.fillings))
    related = tuple(
        [one if isinstance(one, Related) else Related(subject.place(one[0]), one[1]) for one in finding.related]
    )
    places = tuple(dict.fromkeys([*map(subject.place, finding.places), *finding.cells]))  # texts may be printed twice
    text = ""
    if isinstance(finding.where, Spot):
        text = slots.shown(finding.where.words)
        defined = subject.definition(finding.where)
        related += (Related(defined[1], f"“{defined[0]}”写在这里"),) if defined else ()
    about = slots.shown(slots.fill(finding.about, subject.fillings))
    return Diagnostic(
        finding.id or rule.id,
        message,
        subject.place(finding.where),
        severity,
        finding.hint,
        related,
        places,
        text,
        about,
    )
