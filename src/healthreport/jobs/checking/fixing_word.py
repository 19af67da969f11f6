"""Changes in a Word file: looked for round by round in what it would be, shown in a copy as changes to be accepted."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.jobs.checking.steps import Done, Left, Step
from healthreport.reading.word import sources
from healthreport.writing.editing import word
from healthreport.writing.editing.edits import Edit, Tracked
from healthreport.writing.editing.word import Change, UneditableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.fixes import Fix
    from healthreport.checking.passages import Passage
    from healthreport.checking.subject import Subject
    from healthreport.reading.word.sources import Place, Sources

_UNSURE = "它在域、超链接、公式或别人的修订里，或者拿不准是写在哪里的"
_NOTE = re.compile(r"\[(?:脚注|尾注)\d+\]")


class Copy:
    """A Word file, what it would be by now (``now``), and the copy that shows how it became so (``copy``)."""

    def __init__(self, data: bytes, file: str) -> None:
        self._data = data
        self._file = file
        self._texts: dict[tuple[str, int], Tracked] = {}
        self._first = _sources(data, file)
        self.now = data
        self.places: tuple[Done, ...] = ()

    @property
    def copy(self) -> bytes:
        """The copy with tracked changes. Raises :class:`HealthReportError` where it would not say what it is to."""
        copy = self._made(tracked=True)
        if _lines(_sources(copy, self._file)) != _lines(_sources(self.now, self._file)):
            raise _uneditable(self._file)
        return copy

    def diff(self, source: str, target: str) -> str:
        """Return the paragraphs that change, before and after."""
        lines = [f"--- {source}", f"+++ {target}"]
        for before, after in zip(self._first, _sources(self.now, self._file), strict=True):
            if before.words != after.words:
                lines.append(f"@@ 第{before.paragraph}段 @@")
                lines += [f"-{line}" for line in before.words.split("\n")]
                lines += [f"+{line}" for line in after.words.split("\n")]
        return "\n".join(lines)

    def step(self, subject: Subject, fixes: Sequence[Fix]) -> Step:
        """Change what is to be replaced, as far as it is sure where it is written."""
        if not fixes:
            return Step({}, (), {})
        places = _places(subject, _sources(self.now, self._file))
        edits: dict[Place, list[Edit]] = defaultdict(list)
        done, left = [], []
        for fix in fixes:
            spot = fix.spot
            position = subject.place(spot)
            parts = [*_parts(places.get(spot.passage), spot.start, spot.end, fix.words)]
            if parts:
                for place, edit in parts:
                    edits[place].append(edit)
                done.append(Done(position, spot.words, fix.words))
            else:
                left.append(Left(position, spot.words, fix.words, _UNSURE))
        for place, own in edits.items():
            text = self._texts.setdefault((place.part, place.number), Tracked(place.text))
            if text.now != place.text:
                raise _uneditable(self._file)
            text.edit(sorted(own))
        self.places += tuple(done)
        self.now = self._made(tracked=False) if done else self.now
        return Step({Path(self._file): tuple(done)} if done else {}, tuple(left), {})

    def _made(self, *, tracked: bool) -> bytes:
        changes: dict[str, dict[int, Change]] = defaultdict(dict)
        for (part, number), text in self._texts.items():
            if edits := text.edits():
                changes[part][number] = Change(text.first, edits)
        try:
            return word.edited(self._data, changes, tracked=tracked)
        except UneditableError:
            raise _uneditable(self._file) from None


def begin(data: bytes, file: str) -> Copy:
    """Return a Word file that is going to be changed. Raises :class:`HealthReportError` for one that cannot be."""
    try:
        copy = Copy(data, file)
    except HealthReportError:  # it could be read because it was converted
        raise old(Path(file), "这种格式的") from None
    if word.is_signed(data):
        hint = "请先在 Word 中去掉签名，另存一份，再用 --fix。"
        raise error("fix-signed", "这个 Word 文件有电子签名，改了就失效，没有改。", Position(file), hint=hint)
    return copy


def old(path: Path, kind: str) -> HealthReportError:
    """Return the error for a document that would have to be converted."""
    hint = "请在 Word 或 WPS 中打开，另存为 .docx，再用 --fix。"
    return error("fix-old-word", f"--fix 改不了{kind}文件，没有改。", Position(str(path)), hint=hint)


def _uneditable(file: str) -> HealthReportError:
    hint = "请在 Word 或 WPS 中打开，另存为 .docx，再运行一次。"
    return error("fix-uneditable", "这个 Word 文件的写法少见，改不准，没有改。", Position(file), hint=hint)


def _sources(data: bytes, file: str) -> list[Sources]:
    return sources.read(data, file)


def _lines(lines: Sequence[Sources]) -> list[tuple[int, str]]:
    return [(one.paragraph, one.words) for one in lines if one.words]


def _places(subject: Subject, lines: Sequence[Sources]) -> dict[Passage, tuple[Sources, int]]:
    """Return for each passage its line, and where the passage begins there.

    A line, whole or between soft line breaks, is known by its paragraph and its words; where several have the same,
    they come in the same order, or it is not known which is which. A note begins with its mark, which is not its own.
    """
    of_lines: dict[tuple[int, str], list[tuple[Sources, int]]] = defaultdict(list)
    for line in lines:
        at = 0
        for words in line.words.split("\n"):
            of_lines[line.paragraph, words].append((line, at))
            at += len(words) + 1
        if "\n" in line.words:
            of_lines[line.paragraph, line.words].append((line, 0))
    of_passages: dict[tuple[int, str], list[tuple[Passage, int]]] = defaultdict(list)
    for passage in subject.passages:
        paragraph = subject.places[passage.written[0]].position().line
        note = None if (paragraph, passage.text) in of_lines else _NOTE.match(passage.text)
        before = note.end() if note else 0
        of_passages[paragraph, passage.text[before:]].append((passage, before))
    return {
        passage: (line, at - before)
        for key, passages in of_passages.items()
        if len(passages) == len(of_lines[key])
        for (passage, before), (line, at) in zip(passages, of_lines[key], strict=True)
    }


def _parts(found: tuple[Sources, int] | None, start: int, end: int, words: str) -> Iterator[tuple[Place, Edit]]:
    """Yield the edits that make words of a passage others; none where not each character has its place.

    What runs over several runs becomes in the first of them what it is to be, and goes in the others.
    """
    if found is None:
        return
    line, at = found
    start, end = start + at, end + at
    touched = [one for one in line.stretches if one.start < end and start < one.start + one.length]
    if start == end:
        touched = [one for one in line.stretches if one.start <= start <= one.start + one.length][:1]
    covered = sum(min(one.start + one.length, end) - max(one.start, start) for one in touched)
    if not touched or covered != end - start:
        return
    for number, one in enumerate(touched):
        first, last = max(one.start, start), min(one.start + one.length, end)
        offset = one.offset - one.start
        yield one.place, Edit(first + offset, last + offset, "" if number else words)
