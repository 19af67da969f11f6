"""Words and characters that were typed twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.rules.wording import hits
from healthreport.checking.seams import is_seam
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.subject import Subject
    from healthreport.reading.word_lists import Lists

_CHARS, _WORDS, _MAY, _NUMBERS = "字", "词", "可叠", "数"
_TWICE = re.compile(r"([一-龥]{2,4})\1")
_ABOUT = 4
_PAIR = re.compile(r"([一-龥])\1")
_LONGEST = 5
# A word may be no more than one of these: 就安全工作|作部署.
_ALONE = frozenset(
    "作做是为对在有等可能会要应将被把由从向以于与和及或其各已均又也再还就都更最不无未所者的得地了着过来去上下中内外前后大多少新高低好讲看说抓促开发出入到进"
)
# What is done on and on: 想着想着. Before a mark no other word is done twice in a report.
_GOES_ON = frozenset("着来去下呀吧的")
_MARKS = frozenset("，。；、！？\n")
# A unit stays one behind these: 万人次人次 is no 万人次 that meets 人次.
_COUNTS = frozenset({*"个十百千万亿余多", "余万", "多万"})


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 人次人次 and 贯彻落落实; 紧紧, 层层, 研究研究 and 疾患|患者 are right."""
    text, lists = subject.joined, subject.known.doubled
    listed = (*hits.of_wrong(subject), *hits.of_doubtful(subject))
    taken = {at for hit in listed for at in range(hit.start, hit.end)}
    right = _Right(lists[_MAY])
    for start, half, is_sure in sorted(
        {*_words(text, lists, subject), *_chars(text, lists, subject), *_inside(text, subject)}
    ):
        end = start + 2 * half
        if taken.isdisjoint(range(start, end)) and not right.may_be(text.full, start, end):
            taken.update(range(start, end))
            word = text.full[start : start + half]
            spot = text.spot(start, end, word if is_sure else None)
            severity = Severity.WARNING if is_sure else Severity.NOTE
            yield Finding(f"“{word}”连着写了两遍。", spot, "请删去一个。", severity=severity)


def _words(text: Joined, lists: Lists, subject: Subject) -> Iterator[tuple[int, int, bool]]:
    """Yield where a word stands twice, its length, and whether that is always wrong."""
    sure = frozenset(lists[_WORDS])
    for match in _TWICE.finditer(text.full):
        word, common = match[1], subject.known.common_words
        ends = word in common and text.full[match.end() : match.end() + 1] in _MARKS and word[1] not in _GOES_ON
        is_one = (
            word in sure or ends or (word in subject.known.look_alikes.words and not word.startswith(lists[_NUMBERS]))
        )
        if is_one and not _is_longer(text.full, match.start(), len(word), common):
            yield match.start(), len(word), word in sure


def _is_longer(text: str, at: int, half: int, common: frozenset[str]) -> bool:
    """Say whether one of two equal words belongs to a longer one: 县医院|医院感染."""
    end = at + 2 * half
    before = any(
        text[first : at + half] in common and text[first:at] not in _COUNTS for first in range(max(at - 2, 0), at)
    )
    return before or any(text[at + half : last] in common for last in range(end + 1, min(end + 3, len(text) + 1)))


def _chars(text: Joined, lists: Lists, subject: Subject) -> Iterator[tuple[int, int, bool]]:
    """Yield where a character that is no word stands twice, and no two words meet there."""
    for char in lists[_CHARS]:
        if text.may_have(char * 2):
            common = subject.known.common_words
            for at in text.places(char * 2):
                if char * 2 not in common and not is_seam(text.full, at, at + 2, common):
                    yield at, 1, False


def _inside(text: Joined, subject: Subject) -> Iterator[tuple[int, int, bool]]:
    """Yield where a character within a long word stands twice, and no two words meet there: 规范管管理, 领导小小组."""
    known, full = subject.known, text.full
    for match in _PAIR.finditer(full):
        at, end = match.span()
        is_long = full[at] not in _ALONE and any(
            full[first : at + 1] + full[end:last] in known.look_alikes.long
            for first in range(max(at - _LONGEST, 0), at)
            for last in range(end + 1, min(end + _LONGEST, len(full)) + 1)
        )
        if is_long and not is_seam(full, at, end, known.common_words):
            yield at, 1, False


class _Right:
    """Expressions in which something is doubled and right; each thing doubled is looked for in them once."""

    def __init__(self, right: tuple[str, ...]) -> None:
        self._right = right
        self._with: dict[str, list[str]] = {}

    def may_be(self, text: str, start: int, end: int) -> bool:
        """Say whether what is doubled may be, or stands in an expression that is right."""
        half, near = text[start : (start + end) // 2], text[max(start - _ABOUT, 0) : end + _ABOUT]
        doubled = text[start:end]
        if doubled not in self._with:
            self._with[doubled] = [word for word in self._right if doubled in word]
        return half in self._right or any(word in near for word in self._with[doubled])


DOUBLED = TextRule(
    "HR405",
    Severity.NOTE,
    _find,
    name="叠字、叠词",
    basis="实务",
    why="修改时容易多留一个字或一个词；数字后面的单位又打了一遍，就成了“人次人次”。",
    bad=(
        "全年接诊12000人次人次。",
        "门诊诊疗12.5万人次人次，其中急诊1.2万余人次人次。",
        "提高3.2个百分点百分点。",
        "医疗收入同比同比增长8.9%。",
        "业务收入增长增长8.9%。",
        "认真抓好工作工作落实。",
        "“医德风风示范医院”创建活动。",
        "高血压患者规范管管理率80.0%。",
        "成立领导小小组，统一指挥。",
        "认真吸取教训教训，举一反三。",
    ),
    good=(
        "紧紧围绕中心，层层落实责任，件件有回音。",
        "县医院医院感染管理达标，疾患患者管理规范。",
        "请大家讨论讨论，研究研究。",
        "中医医院牵头，乡医医师资格审核。",
        "一个一个抓落实，实实在在的成效。",
        "就安全工作作部署，为民服务务求实效，三级手术术前讨论，中医医共体，用药药占比。",
        "群众众志成城，工作作风建设，预防防治结合。",
        "为人民服务的的确不少，渐渐好转，常常务实功。",
    ),
)
