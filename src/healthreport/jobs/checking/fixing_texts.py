"""One round of changes in reports, with the bases they stand on, and in texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.locating import Written
from healthreport.jobs.checking.steps import Done, Left, Step
from healthreport.reading import text_files
from healthreport.reading.manuscripts import MARKDOWN
from healthreport.writing.editing import lines, yaml_source
from healthreport.writing.editing.edits import Edit
from healthreport.writing.editing.encoded import encoded
from healthreport.writing.editing.yaml_source import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from healthreport.checking.fixes import Fix
    from healthreport.checking.passages import Passage
    from healthreport.checking.subject import Subject
    from healthreport.diagnostics import Position
    from healthreport.reading.yaml.nodes import Source

_UNSURE = "程序拿不准是写在哪里的"
_BREAKS = "改了会动到 YAML 里别的内容，或者这几个字断在两行"
_NOT_AGAIN = "文件里有改不回原样的字节"


class _Found(NamedTuple):
    """An edit of a file's text, with what it is for."""

    fix: Fix
    position: Position
    edit: Edit


class _Files:
    """The texts of the files that are changed, and the edits of each."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self.found: dict[str, list[_Found]] = {}
        self.left: list[Left] = []

    def leave(self, fix: Fix, position: Position, why: str) -> None:
        self.left.append(Left(position, fix.spot.words, fix.words, why))


def step(subject: Subject, fixes: Sequence[Fix], read: Callable[[Path], bytes]) -> Step:
    """Change what is to be replaced in a report or a text, as far as it is sure where it is written."""
    files = _Files()
    in_texts: list[tuple[Fix, Written]] = []
    in_reports: list[Fix] = []
    for fix in fixes:
        place = subject.places[fix.spot.passage.written[0]]
        if isinstance(place, Written):
            in_texts.append((fix, place))
        else:
            in_reports.append(fix)
    _of_texts(in_texts, read, files)
    _of_reports(subject, in_reports, files)
    return _written(files, read)


def _of_texts(fixes: Sequence[tuple[Fix, Written]], read: Callable[[Path], bytes], files: _Files) -> None:
    """Find the edits of texts: a place is that of a line, where the words must stand as they were read.

    The fixes of a passage follow one another; where its characters stand is found once for all of them.
    """
    passage, offsets = None, None
    for fix, written in fixes:
        at = written.position()
        if at.file not in files.sources:
            files.sources[at.file] = text_files.decoded(read(Path(at.file)), at.file)
        source, spot = files.sources[at.file], fix.spot
        if spot.passage is not passage:
            passage, offsets = spot.passage, _offsets(spot.passage, at, source.line(at.line))
        edit = offsets and _edit(offsets, spot.start, spot.end, fix.words)
        if edit:
            start = source.line_starts()[at.line - 1]
            moved = Edit(start + edit.start, start + edit.end, edit.words)
            files.found.setdefault(at.file, []).append(_Found(fix, source.position(moved.start, moved.end), moved))
        else:
            files.leave(fix, written.part(spot.start, spot.end), _UNSURE)


def _offsets(passage: Passage, at: Position, line: str) -> Sequence[int] | None:
    cell = passage.slot.column if passage.slot else None
    if at.file.lower().endswith(MARKDOWN):
        return lines.of_markdown(line, passage.text, cell)
    if cell is not None:
        return lines.of_tabbed(line, passage.text, cell)
    return lines.of_text(line, passage.text, at.column - 1)


def _edit(offsets: Sequence[int], start: int, end: int, words: str) -> Edit | None:
    """Return the edit of a line for that of words whose characters stand there; they follow one another."""
    if start == end:
        first = offsets[start - 1] + 1 if start else offsets[0]
        return Edit(first, first, words)
    if offsets[end - 1] - offsets[start] != end - 1 - start:
        return None
    return Edit(offsets[start], offsets[end - 1] + 1, words)


def _of_reports(subject: Subject, fixes: Sequence[Fix], files: _Files) -> None:
    """Find the edits of YAML files: what a text says itself, once however many passages show it."""
    wanted: dict[str, dict[Wanted, tuple[Fix, Position]]] = {}
    for fix in fixes:
        place = subject.place(fix.spot)
        found = subject.source_of(fix.spot)
        if found is None or place.cell:
            files.leave(fix, place, _UNSURE)
            continue
        node = found.text.node
        files.sources[node.source.name] = node.source
        one = Wanted(node.start, Edit(found.start, found.end, fix.words))
        wanted.setdefault(node.source.name, {}).setdefault(one, (fix, node.position(found.start, found.end)))
    for name, of_file in wanted.items():
        edits = yaml_source.edits(files.sources[name], [*of_file])
        for one, (fix, position) in of_file.items():
            if one in edits:
                files.found.setdefault(name, []).append(_Found(fix, position, edits[one]))
            else:
                files.leave(fix, position, _BREAKS)


def _written(files: _Files, read: Callable[[Path], bytes]) -> Step:
    """Return the files as they are after the edits."""
    places: dict[Path, tuple[Done, ...]] = {}
    made: dict[Path, bytes] = {}
    for name, found in files.found.items():
        path = Path(name)
        text = encoded(read(path), files.sources[name].text)
        apart = [*_apart(sorted(found, key=lambda one: one.edit))]
        data = text and text.edited([one.edit for one in apart])
        if data is None:
            for one in found:
                files.leave(one.fix, one.position, _NOT_AGAIN)
            continue
        made[path] = data
        places[path] = tuple(Done(one.position, one.fix.spot.words, one.fix.words) for one in apart)
    return Step(places, tuple(files.left), made)


def _apart(found: Sequence[_Found]) -> Iterator[_Found]:
    """Yield edits that do not overlap; the others come in the next round."""
    end, start = 0, -1
    for one in found:
        if one.edit.start >= end and one.edit.start != start:
            yield one
            start, end = one.edit.start, max(end, one.edit.end)
