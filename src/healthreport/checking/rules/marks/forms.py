"""Forms: patterns of what is written wrongly, each with what is said of it and what is right instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.scanning.lines import lines, together
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator

    from healthreport.checking.passages import Spot
    from healthreport.checking.rule import Finding
    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject


class Form(NamedTuple):
    """A pattern of what is wrong; ``{}`` in ``what`` is the first of the words.

    A pattern begins with the mark that is rare, and looks back at what stands before it: so long a text is scanned
    fast. ``widens`` says of characters before it that they belong to the words. ``fix`` makes of a match what is
    certain to be right, or ``None``; ``needles`` are words of which a text has one where the pattern fits. ``unless``
    says of a match that it is right after all.
    """

    pattern: re.Pattern[str]
    what: str
    hint: str
    fix: Callable[[re.Match[str]], str | None] = lambda _: None
    needles: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING
    unless: Callable[[re.Match[str]], bool] = lambda _: False
    each: bool = False
    """Whether each is told by itself, for few of them are in a text and each is put right in its own way."""
    widens: Callable[[str], bool] = lambda _: False


DIGITS = "0123456789.".__contains__
_WIDEST = 8


def findings(subject: Subject, forms: Iterable[Form]) -> Iterator[Finding]:
    """Yield what is written in one of some forms, each form once or each place by itself."""
    words = lines(subject)
    for form in forms:
        spots = [
            _spot(form, match, words) for match in words.matches(form.pattern, *form.needles) if not form.unless(match)
        ]
        for group in ([spot] for spot in spots) if form.each else [spots]:
            for finding in together(group, form.what, form.hint):
                yield finding._replace(severity=form.severity)


def _spot(form: Form, match: re.Match[str], words: Lines) -> Spot:
    start, fix = match.start(), form.fix(match)
    while start and match.start() - start < _WIDEST and form.widens(words.text[start - 1]):
        start -= 1
    front = words.text[start : match.start()]
    return words.spot(start, match.end(), fix if fix is None else f"{front}{fix}")
