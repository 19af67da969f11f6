"""Patients by their names, beside what they have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind
from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.joined import Joined
    from healthreport.checking.passages import Spot
    from healthreport.checking.subject import Subject

_MASKS = "某*×xXＸ＊○"
# Before a name: nothing, a mark, or a word for somebody who is ill.
_SEX = re.compile(r"[，、（ ](?:(?:男|女)性?[，、 ]?)?\d{1,3}岁")
_ILL = re.compile(r"(?=因|于\d|，(?:男|女|\d{1,3}岁)|（(?:男|女|\d{1,3}岁))")
_LONGEST_NAME = 3


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 张建国，男，62岁，诊断为肺癌, and of a table with a column of names and one of diagnoses."""
    text, known = subject.joined, subject.known
    found = [*_in_sentences(text, known.surnames, known.clues), *_in_tables(text, known.clues)]
    if found:
        first, *others = sorted(dict.fromkeys(found), key=lambda spot: (spot.passage.written, spot.start))
        message = f"“{first.words}”像是病人的姓名，和病情写在一起。"
        yield Finding(message, first, "请隐去姓名（张某某、张**），或改用编号。", places=tuple(others))


def _in_sentences(text: Joined, surnames: frozenset[str], clues: dict[str, tuple[str, ...]]) -> Iterator[Spot]:
    for match in _SEX.finditer(text.full):
        yield from _before(text, match.start(), surnames, clues)
    for word in clues["病人"]:
        for at in text.places(word) if text.may_have(word) else ():
            start = at + len(word)
            for end in (start + 3, start + 2):
                name = text.full[start:end]
                if _is_name(name, surnames) and _ILL.match(text.full, end) and _is_ill(text, start, clues):
                    yield text.spot(start, end)
                    break


def _before(text: Joined, end: int, surnames: frozenset[str], clues: dict[str, tuple[str, ...]]) -> Iterator[Spot]:
    """Yield the name that stops at a place, where it begins a clause or follows a word for somebody who is ill."""
    for length in (_LONGEST_NAME, 2):
        start = end - length
        before = text.full[max(start - 3, 0) : start]
        opens = not before or before[-1] in "\n，。；：、（ " or before.endswith(clues["病人"])
        if start >= 0 and opens and _is_name(text.full[start:end], surnames) and _is_ill(text, start, clues):
            yield text.spot(start, end)
            return


def _is_name(name: str, surnames: frozenset[str]) -> bool:
    """Say whether characters may be a name that is not masked."""
    return (
        name[:1] in surnames and all("一" <= char <= "龥" for char in name) and not any(char in _MASKS for char in name)
    )


def _is_ill(text: Joined, at: int, clues: dict[str, tuple[str, ...]]) -> bool:
    """Say whether the words about a place speak of an illness."""
    start, end = text.line(at)
    near = text.full[max(start, at - 30) : min(end, at + 60)]
    return any(word in near for word in clues["诊断"])


def _in_tables(text: Joined, clues: dict[str, tuple[str, ...]]) -> Iterator[Spot]:
    """Yield the names of a table that has a column of names and one of diagnoses."""
    cells = [passage for passage in text.passages if passage.kind is Kind.CELL and passage.slot]
    columns: dict[int, dict[str, int]] = {}
    for passage in cells:
        assert passage.slot
        words = passage.text.replace(" ", "").replace("\u3000", "")
        kind = "姓名栏" if words in clues["姓名栏"] else "诊断栏" if words in clues["诊断栏"] else ""
        if kind and passage.slot.row <= 1:
            columns.setdefault(passage.slot.table, {})[kind] = passage.slot.column
    yield from _names(text, columns)


def _names(text: Joined, columns: dict[int, dict[str, int]]) -> Iterator[Spot]:
    heads = frozenset(table for table, found in columns.items() if len(found) == 2)
    for number, passage in enumerate(text.passages if heads else ()):
        slot = passage.slot
        if slot and slot.table in heads and slot.row and slot.column == columns[slot.table]["姓名栏"]:
            words = passage.text.strip()
            if 2 <= len(words) <= 4 and _all_plain(words):
                yield text.spot(*text.line_of(number))


def _all_plain(words: Sequence[str]) -> bool:
    return all("一" <= char <= "龥" and char not in _MASKS for char in words) and "名" not in words


PATIENT = TextRule(
    "HR504",
    Severity.NOTE,
    _find,
    name="病人姓名和病情",
    basis="实务",
    why="病人的姓名和病情写在一起，就泄露了隐私（个人信息保护法、基本医疗卫生与健康促进法）。",
    bad=(
        "张建国，男，62岁，诊断为肺癌，已转诊。",
        "患者李秀英（女，45岁）因高血压入院治疗。",
        "患者王小明因感染布病就诊。",
        "确诊病例陈丽，女，32岁，核酸检测阳性。",
    ),
    good=(
        "张某，男，62岁，诊断为肺癌，已转诊。",
        "患者高血压、糖尿病规范管理率提高，患者满意度上升。",
        "患者安全因素排查，患者方便就医，病例时间分布。",
        "张建国，男，1968年生，现任县医院院长。",
        "患者张××因高血压入院治疗，患者李**（女，45岁）确诊。",
    ),
)
