"""Points within paragraphs: runs of 一是…二是…, 一抓…二抓…, 第一，…, （1）…（2）…, ①…②…, as they stand in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.passages import Kind
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.sequences import chinese
from healthreport.reading.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject

_CHINESE = "一二三四五六七八九十"
# Begins with a character that a label may begin with, and says what may follow which.
_POINT = re.compile(
    rf"[{_CHINESE}第（(①-⑳0-9](?:(?<=[{_CHINESE}])[{_CHINESE}]?(?:[是要]|[抓促靠](?!到底|就[灵会成]))|(?<=[①-⑳])"
    rf"|(?<=[（(])(?:[{_CHINESE}]{{1,2}}|[0-9]{{1,2}})[)）]|(?<=第)[{_CHINESE}]{{1,2}}[，,]"
    r"|(?<=[0-9])[0-9]?(?:[.．、](?![0-9])|[)）]))"
)
_BEFORE = frozenset("\n 。；：，、！？,;:!?…—“”’）)\u3000")
# What stands before a label that is only spoken of: 第（一）项, 按照（二）, 图①.
_SPEAKS_OF = frozenset("第条款按照据及和与或至到在图表见")
# Who does what the points say, straight before the first of them: 我们一是…, 该院一是….
_SUBJECTS = tuple("们我局院县市区镇乡街村站所部科委办组校")
# A run of these goes on from one paragraph to the next.
_GOES_ON = frozenset("是要抓促靠第")
_HEADS = frozenset({Kind.HEADING, Kind.TITLE, Kind.CAPTION})
# A text with more of one run is a list that lost its line breaks, or was made to take long.
_MOST_OPEN = 8


class Point(NamedTuple):
    """A label within a text: its family and number, and where it stands in the joined text."""

    family: str
    number: int
    start: int
    end: int
    is_embedded: bool = False


@dataclass(eq=False)
class Run:
    """Points that follow one another, those that do not fit among them; ``begins`` says where the first may stand."""

    points: list[Point] = field(default_factory=list)
    is_embedded: bool = False
    """Whether the first stands straight behind who does it: 我们一是…."""

    @property
    def family(self) -> str:
        """The family of all of them."""
        return self.points[0].family

    @property
    def numbers(self) -> list[int]:
        """Their numbers."""
        return [point.number for point in self.points]


def _points(words: Lines) -> Iterator[Point]:
    text = words.text
    for match in _POINT.finditer(text):
        start, label = match.start(), match[0]
        before = words.before(start)
        if label[0] in "（(" or "①" <= label[0] <= "⑳":
            if before not in _SPEAKS_OF:
                yield _bare(label, start, match.end())
        elif before in _BEFORE and not (label[0].isdigit() and before.isdigit()):
            family = "第" if label[0] == "第" else "N" if label[0].isdigit() else label[-1]
            digits = label.strip("第是要抓促靠，,.．、)）")
            yield Point(family, int(digits) if digits.isdigit() else chinese(digits), start, match.end())
        elif label in ("一是", "一要") and before in _SUBJECTS:
            yield Point(label[-1], 1, start, match.end(), is_embedded=True)


def _bare(label: str, start: int, end: int) -> Point:
    """Return a point whose label is a sign or stands in brackets."""
    digits = label[1:-1]
    if not digits:
        return Point("O", ord(label) - ord("①") + 1, start, end)
    return Point("PN", int(digits), start, end) if digits.isdigit() else Point("P一", chinese(digits), start, end)


@Kept(1)
def runs(subject: Subject) -> tuple[Run, ...]:
    """Return the runs of points of a document, of two points or more, that begin with the first."""
    words = lines(subject)
    found: list[Run] = []
    stacks: dict[str, list[Run]] = {}
    section, paragraph = 0, -1
    sections = _sections(words)
    for point in _points(words):
        if not point.number:
            continue
        index = words.index(point.start)
        if words.passages[index].kind is Kind.CELL and index != paragraph:
            stacks.clear()
        if sections[index] != section:
            section = sections[index]
            stacks.clear()
        if index != paragraph:
            paragraph = index
            stacks = {family: stack for family, stack in stacks.items() if family in _GOES_ON}
        stack = stacks.setdefault(point.family, [])
        if not (point.is_embedded and stack):
            _add(point, stack, found)
    return tuple([run for run in found if len(run.points) > 1])


def _sections(words: Lines) -> list[int]:
    """Return for each passage the number of the section it stands in; no run goes over the end of one."""
    numbers, number = [], 0
    for passage in words.passages:
        number += passage.kind in _HEADS or bool(passage.level)
        numbers.append(number)
    return numbers


def _add(point: Point, stack: list[Run], found: list[Run]) -> None:
    """Add a point to the innermost run it counts on from; the first begins a run, one that fits nowhere is kept."""
    if point.number == 1:
        run = Run([point], point.is_embedded)
        found.append(run)
        stack.append(run)
        del stack[:-_MOST_OPEN]
        return
    for at in range(len(stack) - 1, -1, -1):
        if max(one.number for one in stack[at].points[-2:]) + 1 == point.number:
            del stack[at + 1 :]
            break
    if stack:
        stack[-1].points.append(point)
