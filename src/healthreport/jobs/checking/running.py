"""The job: files in, findings out."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.beside import Company, Figure
from healthreport.checking.engine import diagnostic, examine
from healthreport.checking.rules.certain import settable
from healthreport.checking.rules.continuity.every import TOGETHER, WITH_LAST_YEAR
from healthreport.checking.rules.continuity.same_figures import figures
from healthreport.checking.rules.every import RULES
from healthreport.checking.rules.report.gaps import GAP
from healthreport.checking.said import about
from healthreport.checking.sifting import Sieve
from healthreport.checking.subject import Beside
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity
from healthreport.jobs.checking import reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from healthreport.checking.rule import Rule
    from healthreport.checking.subject import Subject
    from healthreport.jobs.checking.reading import Looked
    from healthreport.reading.resources import Resources


class Options(NamedTuple):
    """What is asked: only rules whose ids begin so, all but those, settings for all files, the farthest base.

    ``last_year`` is last year's document, which each file is held against.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: Path | None = None
    root: Path | None = None
    last_year: Path | None = None


class Checked(NamedTuple):
    """A file and what was found in it; ``read`` is how the sheets of a county's report were read.

    Of a Word file ``paragraphs`` are those that findings are in, by number: it has no lines that could be read again.
    """

    source: str
    found: tuple[Diagnostic, ...]
    is_read: bool = True
    is_word: bool = False
    paragraphs: Mapping[int, str] = MappingProxyType({})
    read: tuple[Diagnostic, ...] = ()


_MOST_OF_RULE = 10_000  # in one file; a text of one doubled word has hundreds of thousands


def chosen(options: Options) -> tuple[Rule, ...]:
    """Return the rules that are asked for."""
    return tuple(
        [
            rule
            for rule in RULES
            if (not options.select or rule.id.startswith(options.select)) and not rule.id.startswith(options.ignore)
        ]
    )


def run(paths: Sequence[Path], options: Options, resources: Resources) -> Iterator[Checked]:
    """Yield what rules find in each file; one that cannot be read does not stop the others.

    Raises :class:`HealthReportError` where the settings are wrong.
    """
    sieve = Sieve(resources.reader, settable, options.config, options.root)
    rules = _able(chosen(options), options, paths)
    last = reading.read(options.last_year, resources, options.root).subject if options.last_year else None
    company = Company()
    read: list[Path] = []
    for path in dict.fromkeys(paths):
        settings = sieve.settings(path)
        try:
            looked = reading.read(path, resources, options.root)
            sieve.silences(str(path))  # those beside nothing that is found are told, too
        except HealthReportError as wrong:
            yield Checked(str(path), wrong.diagnostics, is_read=False)
        else:
            looked.subject.settings, looked.subject.beside = settings, Beside(last, company)
            read.append(path)
            found = tuple(_found(path, looked, rules, sieve))
            shown = looked.paragraphs(found) if looked.is_word else {}
            yield Checked(str(path), found, is_word=looked.is_word, paragraphs=shown, read=looked.read)
            if len(paths) > 1:
                remember(company, str(path), looked.subject)
    unused = tuple(sieve.unused(read, {rule.id for rule in rules}))
    if unused:
        yield Checked("", unused)


def _able(rules: tuple[Rule, ...], options: Options, paths: Sequence[Path]) -> tuple[Rule, ...]:
    """Leave out the rules that need last year's document, or another one, where there is none."""
    without: tuple[Rule, ...] = () if options.last_year else WITH_LAST_YEAR
    without += () if len(paths) > 1 else TOGETHER
    return tuple([rule for rule in rules if rule not in without])


def remember(company: Company, file: str, subject: Subject) -> None:
    """Let those that come be held against a document."""
    title = about(subject)
    company.add(file, subject.passages, subject.place, title)
    for (name, unit), values in figures(subject).items() if title else ():
        number, written, spot = values[0]
        if all(other == number for other, *_ in values):
            company.add_figure(title, name, unit, Figure(number, written, file, subject.place(spot)))


def _found(path: Path, looked: Looked, rules: tuple[Rule, ...], sieve: Sieve) -> Iterator[Diagnostic]:
    """Yield what was told of a file and what rules find in it, in the order of the places, each once.

    Of more findings of a rule than anybody looks at the others are counted, and that is told.
    """
    found = dict.fromkeys(looked.told)
    subject = looked.subject
    told: dict[str, set[int]] = {}  # hashes: half a million messages would fill the memory
    heaviest: dict[str, Severity] = {}
    for rule, finding, severity in sieve.sift(path, subject, examine(subject, rules)):
        of_rule = told.setdefault(rule.id, set())
        of_rule.add(hash((finding.what, subject.place(finding.where))))
        if len(of_rule) > _MOST_OF_RULE:
            heaviest[rule.id] = max(severity, heaviest.get(rule.id, severity))
            continue
        # As in a draft, a gap does not stop what else there is to say.
        found[diagnostic(rule, finding, Severity.WARNING if rule is GAP else severity, subject)] = None
    found.update(dict.fromkeys(_more(path, id, len(told[id]), weight) for id, weight in heaviest.items()))
    for one in sorted(found, key=lambda one: one.position):
        yield one if one.position.file else one._replace(position=Position(str(path)))


def _more(path: Path, rule: str, count: int, severity: Severity) -> Diagnostic:
    message = f"{rule} 在这个文件里有{count}处，列出了前{_MOST_OF_RULE}处，另有{count - _MOST_OF_RULE}处没有列出。"
    return Diagnostic("more-findings", message, Position(str(path)), severity, "请先改好列出的，再运行一次。")
