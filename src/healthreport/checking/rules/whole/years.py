"""The year of the title, held against the years of the text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.article import article
from healthreport.checking.scanning.lines import lines
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_BACKWARD = frozenset({"年度工作总结", "半年工作总结", "工作情况汇报", "述职报告", "活动总结"})
_IN_TITLE = re.compile("(?<![0-9])((?:19|20)[0-9]{2})(?=年)")
# What happened in a year; not what it is compared with, nor since when.
_HAPPENED = re.compile(
    "(?<![0-9比较与同自从于至到—－~～-])((?:19|20)[0-9]{2})年(?=[，度全上下]|[0-9]{1,2}月|新|招|共|我|计|累|年)(?!度?(?:相比|以来|同期))"
)
_OPENING = 60
_LEAST, _NEAR = 3, 4


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a summary whose title names a year that its text never does, while the text is about another one."""
    words = lines(subject)
    if not words.is_read:
        return
    found = article(subject)
    named = [(line, match) for line in found.titles for match in _IN_TITLE.finditer(line.text)]
    years = {match[1] for _, match in named}
    if found.genre not in _BACKWARD or len(years) != 1 or not found.body:
        return
    year = years.pop()
    text = "\n".join(line.text for line in found.body)
    happened = Counter(_HAPPENED.findall(text))
    if year in text or not happened:
        return
    other, times = happened.most_common(1)[0]
    opens = f"{other}年" in found.body[0].text[:_OPENING] and happened[other] > 0
    if abs(int(other) - int(year)) <= _NEAR and ((opens and times > 1) or (other < year and times >= _LEAST)):
        line, match = named[-1]
        start = words.start(line.order)
        first = next(one for one in found.body if f"{other}年" in one.text)
        at = words.start(first.order) + first.text.index(f"{other}年")
        what = f"标题写的是{year}年，正文里没有{year}年，说的都是{other}年（{times}处）。"
        related = ((words.spot(at, at + 5), "正文里的年份"),)
        spot = words.spot(start + match.start(), start + match.end() + 1)
        yield Finding(what, spot, "请核对：是标题写错了，还是正文用了旧稿。", related)


TITLE_YEAR = TextRule(
    "HR116",
    Severity.WARNING,
    _find,
    bad=(
        "2022年全区卫生健康工作总结\n2020年，全区工作有序推进。\n2020年6月，举办演练。2020年招聘人员12名。\n",
        "2024年度医院工作总结\n2023年，我院成绩明显。\n一、门诊\n2023年全年门诊3万人次。\n",
        "清河区2022年健康促进工作汇报\n今年工作如下。\n2021年3月，成立专班。2021年5月，召开会议。2021年度考核优秀。\n",
    ),
    good=(
        "2022年全区卫生健康工作总结\n2022年，工作有序推进，比2020年增长5%，较2021年增长3%。\n2021年6月开工的项目已完工。\n",
        "2022年工作总结\n今年以来，工作有序推进，比2021年增长5%，自2020年以来持续推进。\n2021年6月开工的项目已完工。\n",
        "2022年工作总结和2023年工作计划\n今年成绩明显。\n2023年，我院将继续努力。2023年6月前完成。2023年全面达标。\n",
        "2022年工作要点\n2021年，成绩明显。2021年6月，举办演练。2021年全年达标。\n",
        "2022年工作总结\n今年成绩明显。\n2023年，我院将继续努力。2023年6月前完成。2023年全面达标。\n",
        "工作总结\n2020年，工作有序推进。2020年6月，举办演练。\n",
    ),
    name="标题和正文的年份不同",
    basis="数据",
    why="拿去年的稿子改，标题换了年份，正文忘了换，或者反过来。",
)
