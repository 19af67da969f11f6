"""What of all that rules find is told: rules are off or weigh otherwise, and some places are known and let be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.checking.exemptions import Exemptions, Silences, is_of
from healthreport.checking.rule import TextRule
from healthreport.checking.settings import Settings, nearest
from healthreport.diagnostics import Diagnostic, Severity
from healthreport.disk.read import is_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from healthreport.checking.comments import Silence
    from healthreport.checking.rule import Finding, Rule
    from healthreport.checking.settings import LetBe
    from healthreport.checking.subject import Subject
    from healthreport.reading.reader import Reader
    from healthreport.reading.yaml.nodes import Source

_MARK = "healthreport"


class Sieve:
    """Settings and comments, read where there is something to sift; it remembers what served.

    ``rules`` returns the ids that may be named. ``config`` are settings for all files, in place of those that stand
    beside or above each, ``root`` is the folder that nothing is read outside of.
    """

    def __init__(
        self,
        reader: Reader,
        rules: Callable[[], Collection[str]],
        config: Path | None = None,
        root: Path | None = None,
    ) -> None:
        self._reader = reader
        self._rules = rules
        self._config = config
        self._root = root
        self._settings: dict[Path | None, Settings] = {}
        self._silences: dict[str, Silences] = {}
        self._used: set[LetBe | Silence] = set()

    def settings(self, path: Path) -> Settings:
        """Return the settings for a file. Raises :class:`HealthReportError` for what is wrong with them."""
        file = self._config or nearest(path, self._root)
        if file not in self._settings:
            self._settings[file] = self._read(file) if file else Settings()
        return self._settings[file]

    def _read(self, file: Path) -> Settings:
        from healthreport.checking import configuration

        return configuration.read(file, self._reader, self._rules(), self._root, is_found=file != self._config)

    def silences(self, file: str) -> Silences:
        """Return what the comments of a report, or of a base, let be: few have any."""
        if file not in self._silences:
            source = self._reader.read(Path(file)) if is_yaml(file) else None
            self._silences[file] = Silences(self._comments(source) if source and _MARK in source.text else ())
        return self._silences[file]

    def _comments(self, source: Source) -> list[Silence]:
        from healthreport.checking import comments
        from healthreport.reading.yaml.parse import parse

        return comments.silences(source, parse(source), self._rules())

    def sift(
        self, path: Path, subject: Subject, found: Iterable[tuple[Rule, Finding]]
    ) -> Iterator[tuple[Rule, Finding, Severity]]:
        """Yield what is told of a file, and how much it weighs; what rules on reports find is always told."""
        here: Exemptions | None = None  # settings are looked for on the disk: once, and not for each finding
        for rule, finding in found:
            severity: Severity | None = rule.weight_of(finding)
            kept: Finding | None = finding
            if isinstance(rule, TextRule):
                here = here or Exemptions(path, self.settings(path), self.silences, self._used)
                severity = here.weights.get(rule.id, severity)
                kept = here.kept(rule.id, finding, subject) if severity is not None else None
            if kept is not None and severity is not None:
                yield rule, kept, severity

    def unused(self, paths: Collection[Path], asked: Collection[str]) -> Iterator[Diagnostic]:
        """Yield a warning for each comment, and each entry of the settings for these files, that let nothing be.

        ``asked`` are the rules that have looked: what is of another may serve another time.
        """
        of_settings = [one for settings in self._settings.values() for one in settings.let_be]
        of_settings = [one for one in of_settings if any(is_of(one, path) for path in paths)]
        of_comments = [one for found in self._silences.values() for one in found.all]
        let_be: list[LetBe | Silence] = [*of_settings, *of_comments]
        for one in let_be:
            if one in self._used or one.rule not in asked:
                continue
            message = f"“忽略 {one.rule}”没有用上：这里没有这样的问题。"
            hint = "请删去，免得以后真有问题时看不见。"
            yield Diagnostic("unused-ignore", message, one.position, Severity.WARNING, hint)
