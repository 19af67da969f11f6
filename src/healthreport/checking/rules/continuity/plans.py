"""Last year's plans that nothing in this year's document answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind, Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.passages import Passage
    from healthreport.checking.subject import Subject

_LABEL = re.compile(r"[第其]?[一二三四五六七八九十]{1,3}[是要、，]|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、]")
_SENTENCE = re.compile("[。；，]")
_ASIDE = re.compile(r"附?[图表]\s*\d*\s*[：:　 ]|附[件表图]")
_LONGEST = 40
_WORD = re.compile(r"[\u4e00-\u9fff]+")
_ANSWERED = 0.5
_LEAST = 3


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a plan of last year's (筹建中医馆) of which this year's document has not half the words.

    What it plans itself answers nothing: 招聘4名 of last year is not done because 招聘3名 stands in this year's plan.
    """
    last = subject.beside.last
    if last is None or not subject.passages:
        return
    planned = {id(passage) for passage in _planned(subject)}
    said = {pair for passage in subject.passages if id(passage) not in planned for pair in _pairs(passage.text)}
    for passage, plan, detail in _plans(last):
        ways = [{*_pairs(_without(one, subject.known.words.empty))} for one in (plan, detail)]
        if len(ways[0]) >= _LEAST and all(len(words & said) < _ANSWERED * len(words) for words in ways if words):
            first = subject.passages[0]
            related = (Related(last.place(Spot(passage, 0, len(passage.text))), "上年是这样计划的"),)
            message = f"上年计划“{plan}”，今年的材料里没有提到。"
            yield Finding(message, Spot(first, 0, len(first.text)), "做了的请写上；没做的请写明原因。", related)


def _plans(last: Subject) -> Iterator[tuple[Passage, str, str]]:
    """Yield the first words of each heading and paragraph that says what is planned, and what those head, if any.

    充实人员。招聘全科医生2名: who was hired answers it, whatever this year's document calls it.
    """
    farewells = last.known.structure_words.farewells
    for passage in _planned(last):
        label = _LABEL.match(passage.text)
        head, mark, rest = passage.text[label.end() if label else 0 :].partition("。")
        plan, *more = [part.strip() for part in _SENTENCE.split(head)]
        if len(plan) <= _LONGEST and not (_ASIDE.match(plan) or plan.startswith(farewells)):
            yield passage, plan, "" if more or not mark else _SENTENCE.split(rest)[0]


def _planned(subject: Subject) -> Iterator[Passage]:
    """Yield the headings and paragraphs below a heading of plans."""
    level = 0
    for passage in subject.passages:
        if passage.kind is Kind.HEADING and (not level or passage.level <= level):
            level = passage.level if subject.known.structure_words.role_of(passage.text) == "计划" else 0
        elif level and passage.kind in (Kind.HEADING, Kind.BODY):
            yield passage


def _without(plan: str, empty: Sequence[str]) -> str:
    for word in empty:
        plan = plan.replace(word, " ")
    return plan


def _pairs(text: str) -> Iterator[str]:
    """Yield each two characters that stand beside each other."""
    for word in _WORD.findall(text):
        yield from (word[at : at + 2] for at in range(len(word) - 1))


_NOW = "白石镇卫生院2022年工作总结\n一、工作开展情况\n预防接种有序。\n"
_LAST = "-----\n白石镇卫生院2021年工作总结\n一、工作开展情况\n门诊有序。\n二、下一步工作计划\n"
PLAN = TextRule(
    "HR601",
    Severity.NOTE,
    _find,
    bad=(
        f"今年主要做了慢性病随访。\n{_LAST}1.筹建中医馆，添置煎药机。",
        f"今年主要做了慢性病随访。\n{_LAST}一是购置数字化放射设备，更换老旧胶片机；",
        f"白石镇卫生院2022年工作总结\n预防接种有序。\n{_LAST}（一）改造住院部供暖管网。",
        f"{_NOW}二、下一步工作计划\n1.筹建中医馆，添置煎药机。\n{_LAST}1.筹建中医馆，添置煎药机。",
    ),
    good=(
        f"今年筹建了中医馆，9月开诊。\n{_LAST}1.筹建中医馆，添置煎药机。",
        f"数字化放射设备已于6月购置到位。\n{_LAST}一是购置数字化放射设备；",
        f"今年主要做了慢性病随访。\n{_LAST}一是继续加强工作力度，不断提升水平。",
        "今年主要做了慢性病随访。",
        f"今年筹建了中医馆，9月开诊。\n{_LAST}1.筹建中医馆。\n特此报告区卫生健康局。",
        f"{_NOW}全年招聘全科医生2名。\n{_LAST}1.充实技术力量。招聘全科医生2名，选派6人进修。",
        f"{_NOW}中医馆已经筹建好。\n二、下一步工作计划\n1.扩建中医馆。\n{_LAST}1.筹建中医馆，添置煎药机。",
    ),
    name="上年的计划没有下文",
    why="上年说要做的事，今年的总结要有交代。",
)
