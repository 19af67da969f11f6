"""The job behind ``check --fix``: what is certain is changed where it is written, again until nothing is left to do."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.engine import examine
from healthreport.checking.fixes import fixes
from healthreport.checking.passages import Spot
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity, error
from healthreport.disk.read import read_bytes, reason
from healthreport.disk.write import write_atomic, write_new
from healthreport.jobs.checking import fixing_texts, fixing_word, reading
from healthreport.jobs.checking.differing import diff
from healthreport.jobs.checking.steps import Left
from healthreport.reading import converting
from healthreport.reading.reader import MAX_TABLE_BYTES, Reader
from healthreport.reading.resources import Resources
from healthreport.values.epoch import source_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from healthreport.checking.fixes import Fix
    from healthreport.checking.rule import Finding, Rule
    from healthreport.checking.sifting import Sieve
    from healthreport.checking.subject import Subject
    from healthreport.jobs.checking.reading import Looked
    from healthreport.jobs.checking.steps import Done, Step

MOST_ROUNDS = 40
_MOST_PLACES = 5_000  # of a file in one run
_MOST_READ = 1_500_000  # characters of a file, counted anew in each round
_MORE = 20  # places than in the first round: what is changed may make a few others, but never more and more
_STANDARD = "-"
_COPY = "-修改"
_BREAKS = "改了这份文件就读不成"


class Options(NamedTuple):
    """What is looked for and where: rules, the folder no base lies outside of, and what is let be."""

    rules: tuple[Rule, ...]
    root: Path | None = None
    sieve: Sieve | None = None
    dry: bool = False
    """Nothing is written: only what would be is wanted."""


class Changed(NamedTuple):
    """A file that was changed, or would be: where it is written, at which places, and the difference line by line."""

    source: str
    target: str
    places: tuple[Done, ...]
    diff: str


class Fixed(NamedTuple):
    """What became of all files: those changed, what there is to say, and what is to be looked at for what remains."""

    changed: tuple[Changed, ...]
    told: tuple[Diagnostic, ...]
    paths: tuple[Path, ...]

    @property
    def failed(self) -> bool:
        """Whether a file could not be changed."""
        return any(one.severity is Severity.ERROR for one in self.told)


def run(paths: Sequence[Path], resources: Resources, options: Options) -> Fixed:
    """Change all files, or say what would be changed; one that cannot be does not stop the others.

    Raises :class:`HealthReportError` where the time is none that changes are to be dated with.
    """
    source_date()
    fixing = _Fixing(resources.own, options)
    changed, told, behind = [], [], []
    for path in dict.fromkeys(paths):
        target = path
        try:
            refuse(path)
            words, left = fixing.fix(path)
            data = words.copy if words else b""
        except HealthReportError as wrong:
            # What is wrong with a file itself is told when it is looked at.
            told += [one for one in wrong.diagnostics if one.id.startswith("fix-")]
        else:
            told += left
            if words:
                copy = path.with_name(f"{path.stem}{_COPY}{path.suffix}")
                problem = None if options.dry else _write_copy(copy, data)
                told += [problem] if problem else []
                if not problem:
                    target = copy
                    changed.append(Changed(str(path), str(copy), words.places, words.diff(str(path), str(copy))))
        behind.append(target)
    for one, data, before in fixing.changed():
        problem = None if options.dry else _write(Path(one.target), data, before)
        told += [problem] if problem else []
        changed += [] if problem else [one]
    return Fixed(tuple(changed), tuple(told), tuple(paths) if options.dry else tuple(behind))


def refuse(path: Path) -> None:
    """Refuse what is no file that can be changed. Raises :class:`HealthReportError`."""
    place = Position(str(path))
    if str(path) == _STANDARD:
        hint = "请先存成文件，再写文件名。"
        raise error("fix-standard-input", "标准输入不能用 --fix 改。", place, hint=hint)
    if path.suffix.lower() in converting.SUFFIXES:
        raise fixing_word.old(path, path.suffix.lower())


class _Fixing:
    """Files on their way: as they were, as they are by now, and where they were changed."""

    def __init__(self, own: Path | None, options: Options) -> None:
        self._own = own
        self._options = options
        self._before: dict[Path, bytes] = {}
        self._now: dict[Path, bytes] = {}
        self._places: dict[Path, tuple[Done, ...]] = {}

    def fix(self, path: Path) -> tuple[fixing_word.Copy | None, list[Diagnostic]]:
        """Change a file, and the bases it stands on; return of a Word file what a copy is to be, and what is left.

        Of more than can be changed in one run the first are. Raises :class:`HealthReportError` for what cannot be read,
        or rules that never come to an end.
        """
        word: fixing_word.Copy | None = None
        now, places = dict(self._now), dict(self._places)
        looked, most, read, count = self._look(path, now), None, 0, 0
        for _ in range(MOST_ROUNDS):
            found = [*islice(self._found(path, looked.subject), _MOST_PLACES - count)]
            if most is not None and len(found) > most:
                break
            most = most or len(found) + _MORE
            read += sum(len(passage.text) for passage in looked.subject.passages)
            count += len(found)
            if looked.is_word:
                word = word or fixing_word.begin(self._read(path, now), str(path))
                step = word.step(looked.subject, found)
                looked = self._look(path, {path: word.now})
            else:
                step, looked = self._step(path, looked, found, now)
                now.update(step.files)
            for one, done in step.places.items():
                places[one] = (*places.get(one, ()), *done)
            is_enough = count >= _MOST_PLACES or read >= _MOST_READ
            if not step.places or is_enough:
                self._now, self._places = now, places
                told = [_left(one) for one in step.left]
                return (word if word and word.places else None), told + [_more(path, count)] * bool(step.places)
        hint = "请告诉写规则的人；可以先按提示手工改。"
        raise error("fix-endless", "一处改好了，又有别处要改，改不完，没有改。", Position(str(path)), hint=hint)

    def _look(self, path: Path, now: Mapping[Path, bytes]) -> Looked:
        return reading.read(path, Resources(self._own, Reader(now)), self._options.root)

    def _found(self, path: Path, subject: Subject) -> Iterator[Fix]:
        """Return what is to be replaced and not let be."""
        sieve = self._options.sieve
        if sieve:
            subject.settings = sieve.settings(path)
        found: Iterable[tuple[Rule, Finding]] = filter(_is_sure, examine(subject, self._options.rules))
        if sieve:
            found = [(rule, finding) for rule, finding, _ in sieve.sift(path, subject, found)]
        return fixes(subject, found)

    def _step(self, path: Path, looked: Looked, found: list[Fix], now: dict[Path, bytes]) -> tuple[Step, Looked]:
        """Change a report or a text as far as it can still be read then, and return it as it reads.

        A name that a table shows may be how a report speaks of an indicator: it cannot be another word.
        """
        good = self._good(path, looked, found, now)
        step = self._changed(looked, good, now)
        bad = [one for one in found if one not in good] if len(good) < len(found) else []
        places = [looked.subject.place(one.spot) for one in bad]
        left = [Left(place, one.spot.words, one.words, _BREAKS) for place, one in zip(places, bad, strict=True)]
        looked = self._look(path, {**now, **step.files}) if step.files else looked
        return step._replace(left=(*step.left, *left)), looked

    def _good(self, path: Path, looked: Looked, found: list[Fix], now: dict[Path, bytes]) -> list[Fix]:
        if not found or self._can_be_read(path, looked, found, now):
            return found
        if len(found) == 1:
            return []
        half = len(found) // 2
        first, second = (self._good(path, looked, part, now) for part in (found[:half], found[half:]))
        return [*first, *second] if self._can_be_read(path, looked, [*first, *second], now) else first

    def _can_be_read(self, path: Path, looked: Looked, found: list[Fix], now: dict[Path, bytes]) -> bool:
        try:
            self._look(path, {**now, **self._changed(looked, found, now).files})
        except HealthReportError:
            return False
        return True

    def _changed(self, looked: Looked, found: list[Fix], now: dict[Path, bytes]) -> Step:
        return fixing_texts.step(looked.subject, found, lambda one: self._read(one, now))

    def _read(self, path: Path, now: dict[Path, bytes]) -> bytes:
        if path not in self._before:
            self._before[path] = read_bytes(path, MAX_TABLE_BYTES)
        return now.get(path, self._before[path])

    def changed(self) -> Iterator[tuple[Changed, bytes, bytes]]:
        """Yield the texts and reports that are not as they were: with what is to be written, and what was there."""
        for path, data in self._now.items():
            before = self._before[path]
            if data != before:
                name = str(path)
                yield Changed(name, name, self._places[path], diff(before, data, name)), data, before


def _is_sure(found: tuple[Rule, Finding]) -> bool:
    """Say whether something found says what is right: most is only told, be it half a million places."""
    finding = found[1]
    return any(isinstance(spot, Spot) and spot.fix is not None for spot in (finding.where, *finding.places))


def _write(path: Path, data: bytes, before: bytes) -> Diagnostic | None:
    """Write a file in the place of the one that was read, where a link leads."""
    real = Path(os.path.realpath(path))
    try:
        if read_bytes(real, MAX_TABLE_BYTES) != before:
            message = "文件在检查的时候被别的程序改过，没有改。"
            return Diagnostic("fix-changed-meanwhile", message, Position(str(path)), hint="请再运行一次。")
        write_atomic(real, data)
    except HealthReportError as wrong:
        return wrong.diagnostics[0]
    except OSError as wrong:
        return _unwritable(path, wrong)
    return None


def _write_copy(path: Path, data: bytes) -> Diagnostic | None:
    """Write a copy of a Word file under a name that is free; the same copy may be there already."""
    try:
        write_new(path, data)
    except FileExistsError:
        if read_bytes(path, MAX_TABLE_BYTES) == data:
            return None
        message = "这个文件已经有了，和这一次改的不一样，没有覆盖。"
        hint = "里面的修订处理完以后，请改名或删去，再运行一次。"
        return Diagnostic("fix-copy-exists", message, Position(str(path)), hint=hint)
    except OSError as wrong:
        return _unwritable(path, wrong)
    return None


def _unwritable(path: Path, wrong: OSError) -> Diagnostic:
    hint = "如果文件正开着，请先关闭；也请看看有没有权限。"
    return Diagnostic("fix-unwritable", f"写不了文件：{reason(wrong)}。", Position(str(path)), hint=hint)


def _more(path: Path, count: int) -> Diagnostic:
    message = f"这个文件里要改的太多，这一次改到第{count}处为止，还可能有没改的。"
    return Diagnostic("fix-more", message, Position(str(path)), Severity.NOTE, "请看过以后，再用 --fix 运行一次。")


def _left(left: Left) -> Diagnostic:
    becomes = f"应改为“{left.after}”" if left.after else "应删去"
    what = f"“{left.before}”{becomes}" if left.before else f"要补“{left.after}”"
    return Diagnostic("fix-left", f"{what}，{left.why}，没有改。", left.position, Severity.NOTE, "请手工改。")
