"""Words that tell the writer what to write, and never were replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.rules.leftovers import masked
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.subject import Subject

# A part of a place or office without its name: X县, x市卫创字; X光, ×型 and the like are none.
_NAMELESS = re.compile(
    r"[XxＸ×](?:(?<![0-9A-Za-z×Ｘ.+*/=-][XxＸ×])(?=[省市县区镇乡村局]|街道|单位|医院|卫生院)"
    r"|[XxＸ×](?<=[0-9]20..)(?=年)|(?<=[一-龥].)(?=月[底初中上下份]))"
)
_SOME = re.compile(r"某(?<![一-龥]某)(?:[省市县区镇乡村局院校](?=[一-龥])|单位|医院|街道)")
_IN_BRACKETS = re.compile(
    r"[（(【\[〔](?:(?:此处|这里|请)?(?:填写?|填入|插入|补充|输入|替换|修改|删除?|根据实际)[^（）()【】\[\]〔〕\n]{0,30}"
    r"|(?:例如?|示例|样例|参考|提示|说明|注意)[：:]?[^（）()【】\[\]〔〕\n]{0,40}[0-9×xX…][^（）()【】\[\]〔〕\n]{0,10}"
    r"|(?:数据|内容|名单|情况|数字)?(?:待|未|暂)(?:定|填|写|核实?|确认|完善|更新|统计|补充?)[^（）()【】\[\]〔〕\n]{0,8})[）)】\]〕]"
)
_SAID = re.compile(
    r"(?:(?:单击|点击|请在)?(?:此处|这里)|请在此)(?:输入|添加|填写|填入|插入|补充|省略|略去|应写|待写)[一-龥]{0,8}"
    r"|(?:TODO|FIXME|TBD|[Ll]orem ipsum)(?![A-Za-z])"
)
_SIGNS = ("此处", "这里", "请在此", "TODO", "FIXME", "TBD", "orem ipsum")
# A day, or a month, that a pen was to write: 2024年12月  日.
_NO_DAY = re.compile(r"20[0-9]{2}年(?:[0-9]{1,2}月[ \u3000]{1,8}日|[ \u3000]{1,8}月)")
_TOLD = re.compile(r"[（(【\[〔［]待(?:补充?|填写?)[）)】\]〕］]")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of x市, 某区 in a title, （例如60）, 请在此处填写, TODO, all at the first place."""
    text = subject.joined
    found = sorted(dict.fromkeys(_spans(text)))
    if found:
        first, *others = [text.spot(*span) for span in found]
        message = f"“{first.words[:20]}”是留着要填的地方，还没有换成真的内容。"
        yield Finding(message, first, "请换成真的内容，或删去。", places=tuple(others))


def _spans(text: Joined) -> Iterator[tuple[int, int]]:
    words = text.text
    if any(mark in words for mark in "XxＸ×"):
        yield from (match.span() for match in _NAMELESS.finditer(words))
    yield from (match.span() for match in _IN_BRACKETS.finditer(words) if not _TOLD.fullmatch(match[0]))
    if any(sign in words for sign in _SIGNS):
        yield from (match.span() for match in _SAID.finditer(words))
    if "月" in words:
        yield from (match.span() for match in _NO_DAY.finditer(words))
    if "某" in words:
        anonymous = masked.is_anonymous(text)
        for match in _SOME.finditer(words):
            if anonymous or text.passage(match.start()).kind is Kind.TITLE:
                yield match.span()


UNFILLED = TextRule(
    "HR702",
    Severity.WARNING,
    _find,
    name="没有填的地方",
    basis="实务",
    why="范文、模板里留着给人填的字，印出来就成了笑话。",
    bad=(
        "某区卫生工作实施方案\n一、争取卫生项目资金。",
        "现将x市开展创建活动情况通报如下。",
        "规范管理率（例如60%）达到目标。",
        "请在此处填写主要做法。",
        "加强督导（此处补充数据）。",
        "TODO 补充数据。",
        "单击此处输入文字。",
        "完成率（数据待核实）。",
        "清河县卫生健康局\n2024年12月  日",
    ),
    good=(
        "X光机2台，X线检查，X型支架，x轴。",
        "某县一名村医长期坚守，某医院引进设备。",
        "清河县卫生健康局\n2024年12月31日\n2024年 12月 31日",
        "请各单位认真填写报表（附件1），填写说明见背面。",
        "上级部门（含县直单位）补充调查（例如入户走访）。",
        "关于公布数据脱敏办法的通知\n以“某区”代替区名。",
    ),
)
