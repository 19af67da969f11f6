"""Placeholders: ×× and the like, left in what is printed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from healthreport.checking import passages
from healthreport.checking.passages import Spot
from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.passages import Passage
    from healthreport.checking.subject import Subject
    from healthreport.checking.words import CheckWords
    from healthreport.trees.document import Document


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of ××, XX, ___ and the like in what is printed: what stood in a skeleton or was to be filled in."""
    known = subject.known.words
    shares = subject.report is not None and subject.report.common is not None
    if shares and not known.may_be_placeholder("\n".join(_own_words(subject))):
        yield from _in_pattern(subject.pattern, known)
    else:
        yield from _among(subject.passages, known)


def _own_words(subject: Subject) -> Sequence[str]:
    """Return the words that a report does not share; where all its figures are digits, those beside figures."""
    report = subject.report
    if report and report.common and report.numbers.whole and not report.redefined:
        return [str(text) for text in report.texts[len(report.common.texts) :]]
    return subject.fillings


@lru_cache(maxsize=64)
def _in_pattern(pattern: Document, known: CheckWords) -> tuple[Finding, ...]:
    """Return what holds for all documents of one pattern."""
    return tuple(_among(passages.of_document(pattern), known))


def _among(read: Sequence[Passage], known: CheckWords) -> Iterator[Finding]:
    """Find all placeholders of each passage, told together."""
    for passage in read:
        if not known.may_be_placeholder(passage.text):
            continue
        found = [match for match in re.finditer(known.placeholder_in(passage.text), passage.text) if match[0]]
        if found:
            first, *others = [Spot(passage, *match.span()) for match in found]
            words = "”“".join(dict.fromkeys(match[0] for match in found))
            message = f"印出来的字里还有“{words}”。"
            hint = "请换成真的内容；一节还没有写的，请写“待补: 是”。"
            yield Finding(message, first, hint, places=tuple(others), about=words)


_REPORT = "体裁: 通用\n标题: 情况汇报\n内容: "
PLACEHOLDER = Rule(
    "placeholder",
    Severity.WARNING,
    _find,
    bad=(
        "体裁: 通用\n标题: ××县情况汇报\n内容: 一切正常。\n",
        "体裁: 通用\n标题: 情况汇报\n单位: ××县卫生健康局\n日期: 2022-12-30\n内容: 一切正常。\n",
        "体裁: 通用\n标题: 情况汇报\n章节:\n  - {标题: XX工作, 内容: 一切正常。}\n",
        "体裁: 通用\n标题: 情况汇报\n附件: {标题: 某某名单, 内容: 一切正常。}\n",
        _REPORT + "{表格: {表头: [事项, 时限], 行: [[督导, ×月×日前]]}}\n",
        _REPORT + "{条目: [甲, 责任人：×××]}\n",
        *(
            f"{_REPORT}{words}\n"
            for words in (
                "全年投入资金××万元。",
                "20XX年工作扎实推进。",
                "20××年、202X年、20xx—20XX年。",
                "据xx局统计。",
                "ＸＸ镇卫生院。",
                "每年____次。",
                "投入＿＿万元。",
                "□□镇卫生院。",
                "某某同志任组长。",
                "具体做法（待补）。",
                "具体做法【待补充】。",
                "工作N年以上。",
                "由[姓名]负责。",
                "○○镇卫生院。",
                "×年×月×日。",
            )
        ),
    ),
    good=tuple(
        f"{_REPORT}{words}\n"
        for words in (
            "门诊1××万人次，住院**.*万人次，体检1×.×万人，签约×.×万人，投入20××万元。",
            "面积3×5米，规格200×300mm，3 × 5等于15。",
            "配备X光机2台，XX染色体异常1例，XXX型设备，性染色体为XX和XY。",
            "网址为www.xx.com、xx.gov.cn，邮箱为xx@qq.com，文件名为a__b、__init__。",
            "电话138××××5678，身份证号码3201**********1234。",
            "尺码XXL，xxs，maxx，2XX。",
            "二○○九年，二〇〇九年，一○○张床位。",
            "□是 □否，某镇，某市，待补镇卫生院（待补镇），待补充。",
            "N95口罩500只，N级，X年级，5年，第5年。",
            "“2+1+7”，“6.18”，200mA，0—6岁，［2009］5号，[2009]5号。",
        )
    ),
    name="还没有换成真内容的字",
    why="样稿里的××、XX、____ 印了出来，收文的人会以为是漏填。",
)
