"""What was copied from last year's document: paragraphs, and the year in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.beside import bare, copied
from healthreport.checking.passages import Kind, Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.settings import ALIKE
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")


def _find_share(subject: Subject) -> Iterator[Finding]:
    """Tell of a document of which more than so much stood in last year's, numbers aside."""
    last = subject.beside.last
    if last is None:
        return
    same = copied(subject.passages, last.passages)
    whole = sum(len(bare(passage)) for passage in subject.passages)
    share = sum(len(bare(passage)) for passage, _ in same) / whole if whole else 0
    if share >= subject.settings.thresholds[ALIKE]:
        first, *more = [Spot(passage, 0, len(passage.text)) for passage, _ in same]
        message = f"有{len(same)}段和上年的一样，占全文的{share:.0%}，只差数字。"
        yield Finding(message, first, "请写今年的做法和成效；年年如此的话，可以写短些。", places=tuple(more))


def _find_year(subject: Subject) -> Iterator[Finding]:
    """Tell of a paragraph that stood in last year's document with the same year in it."""
    last = subject.beside.last
    for passage, old in copied(subject.passages, last.passages) if last else ():
        for match in _YEAR.finditer(passage.text):
            if f"{match[0]}年" in old.text and _says(passage.text, match) and _is_year_of(match[0], last):
                message = f"这一段和上年的一样，还写着“{match[0]}年”。"
                yield Finding(
                    message, Spot(passage, match.start(), match.end() + 1), "请改成今年的年份，并核对这一段的数。"
                )


def _says(text: str, match: re.Match[str]) -> bool:
    """Say whether a year is when something was done, not one it is compared with, planned for or founded in."""
    before = text[max(match.start() - 3, 0) : match.start()]
    return not before.endswith(("较", "比", "与", "自", "从", "以", "—", "至", "于", "“", "《", "〔", "（"))


def _is_year_of(year: str, last: Subject | None) -> bool:
    """Say whether last year's document is about this year: its title says so."""
    titles = [passage.text for passage in last.passages if passage.kind is Kind.TITLE] if last else []
    return any(f"{year}年" in title for title in titles)


_SAME = "坚持关口前移，组织家庭医生团队进村入户，为老年人逐一测量血压、更新健康档案，做到底数清、情况明。"
_OWN = "针对山高路远、居住分散的实际，配备巡诊车一辆，每周两次到偏远村组开展义诊，解决群众看病远的问题。"
_LAST = "白石镇卫生院2021年工作总结\n"
COPIED = TextRule(
    "HR603",
    Severity.NOTE,
    _find_share,
    bad=(
        f"{_SAME}\n-----\n{_SAME}",
        f"{_SAME}共随访1200人次。\n-----\n{_SAME}共随访960人次。",
        f"{_OWN}\n{_SAME}\n-----\n{_LAST}{_SAME}",
    ),
    good=(
        f"{_SAME}\n-----\n{_OWN}",
        f"{_OWN}{_OWN}{_OWN}\n{_SAME}\n-----\n{_SAME}",
        _SAME,
    ),
    name="大段与上年相同",
    why="只换了数字的总结，看不出今年做了什么。",
)
YEAR_LEFT = TextRule(
    "HR604",
    Severity.WARNING,
    _find_year,
    bad=(
        f"2021年，{_SAME}\n-----\n{_LAST}2021年，{_SAME}",
        f"{_SAME}截止2021年底，全部建档。\n-----\n{_LAST}{_SAME}截止2021年底，全部建档。",
        f"白石镇卫生院2022年工作总结\n在2021年，{_SAME}\n-----\n{_LAST}在2021年，{_SAME}",
    ),
    good=(
        f"2022年，{_SAME}\n-----\n{_LAST}2021年，{_SAME}",
        f"{_SAME}较2021年增加12人。\n-----\n{_LAST}{_SAME}较2021年增加9人。",
        f"{_SAME}按照2019年印发的方案执行。\n-----\n{_LAST}{_SAME}按照2019年印发的方案执行。",
        f"2021年，{_SAME}",
    ),
    name="从上年带过来的年份",
    why="照着上年的改，最容易忘的是年份。",
)
