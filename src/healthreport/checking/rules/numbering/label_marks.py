"""The mark behind a label: 一、 1. （一） 第一，."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.joined import joined, together
from healthreport.checking.passages import Spot
from healthreport.checking.rule import TextRule
from healthreport.checking.rules.numbering.outline import items
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.passages import Passage
    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject

_COUNT = "[一二三四五六七八九十]{1,3}"
_BRACKETED = re.compile(rf"[（(](?:{_COUNT}|[0-9]{{1,2}})[）)](?P<mark>[、．.，])(?=[^、，。；：！？])")
# 第一、 at the start of a sentence; 第一、二季度 and 第一、第二党支部 are lists.
_ORDINAL = re.compile(rf"第{_COUNT}、(?!第|[一二三四五六七八九十末])")
_FIRSTS = re.compile(r"(?:首先|其次|再次|最后)、(?!其次|再次|最后)")
_POINT = re.compile(rf"{_COUNT}是、")
_FIRST_MARKS = ("首先、", "其次、", "再次、", "最后、")
_STARTS = ("", "\n", *"。；！？ \u3000")
_BRACKET_MARKS = ("）、", "）.", "）．", "），", ")、", ")．", ")，", ").")
_RIGHT = {"一": "、", "N": "."}
_HINT = "请照 GB/T 15834—2011 附录 B.3：一、后用顿号，1.后用下脚点，（一）后什么也不用，第一后用逗号。"


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of labels with the wrong mark behind them: 1、 for 1., 一. for 一、, （八）、, 第一、统一思想."""
    found = [*_of_paragraphs(subject), *_within(subject)]
    seen: dict[tuple[int, int], Spot] = {}
    for order, spot in found:
        seen.setdefault((order, spot.start), spot)
    kinds: dict[str, list[Spot]] = {}
    for _, spot in sorted(seen.items()):
        kinds.setdefault(_kind(spot), []).append(spot)
    for spots in kinds.values():
        yield from together(spots, f"“{{}}”后面的点号不对，应为“{spots[0].fix}”", _HINT)


def _kind(spot: Spot) -> str:
    return re.sub(rf"{_COUNT}|[0-9０-９]+", "0", spot.words)


def _of_paragraphs(subject: Subject) -> Iterator[tuple[int, Spot]]:
    words = joined(subject)
    last: dict[str, int] = {}
    for item in items(subject):
        expected = item.number == last.get(item.family, 0) + 1
        if not item.is_weak or expected:
            last[item.family] = item.number
        right = _RIGHT.get(item.family)
        if item.counted or right is None or item.label.endswith((right, "．" if item.family == "N" else right)):
            continue
        if (expected or not item.is_weak) and not _is_enumeration(item.passage, item.label):
            yield words.start(item.order), _spot(item.passage, item.start, item.label, right)


def _is_enumeration(passage: Passage, label: str) -> bool:
    """Say whether a figure and 、 begin a list of figures: 1、2号手术间."""
    return bool(re.match(r"[一二三四五六七八九十0-9０-９]{1,3}[、，]", passage.text.lstrip()[len(label) :]))


def _spot(passage: Passage, start: int, label: str, right: str) -> Spot:
    return Spot(passage, start, start + len(label), label[:-1] + right)


def _within(subject: Subject) -> Iterator[tuple[int, Spot]]:
    words = joined(subject)
    for match in words.matches(_BRACKETED, *_BRACKET_MARKS):
        if words.before(match.start()) in ("", "\n", *"。；：;:，、！？ \u3000"):
            index = words.index(match.start())
            yield words.start(index), words.spot(match.start(), match.end(), match[0][:-1])
    found = [(match, "，") for match in words.matches(_ORDINAL, "第")]
    found += [(match, "，") for match in words.matches(_FIRSTS, *_FIRST_MARKS)]
    found += [(match, "") for match in words.matches(_POINT, "是、")]
    for match, mark in found:
        before = words.before(match.start())
        if before in _STARTS or (not mark and before in "，："):
            spot = words.spot(match.start(), match.end(), match[0][:-1] + mark)
            yield words.start(words.index(match.start())), spot


LABEL_MARK = TextRule(
    "HR105",
    Severity.WARNING,
    _find,
    bad=(
        "（八）、加强领导\n",
        "1、加强值班\n2、规范处置\n",
        "一.工作开展情况\n二.存在问题\n",
        "一，工作开展情况\n二，存在问题\n",
        "1，规范处置\n2，按时上报\n",
        "第一、统一思想。第二、压实责任。\n",
        "首先、明确责任。其次、细化任务。\n",
        "一是、建机制；二是、强队伍。\n",
        "（2）.完善制度\n",
        "具体要求：（1）、清点药品；（2）、登记造册。\n",
        "二.2023年工作安排\n".replace("二", "一"),
    ),
    good=(
        "一、工作开展情况\n（一）慢病管理\n1.高血压随访\n（1）城区\n①东片\n",
        "1．高血压随访\n2．糖尿病随访\n",
        "第一、二、三季度都完成了。第一、第二党支部获表彰。\n",
        "1、2号手术间已启用。\n3、5岁组体检完成。\n10、11月开展督查。\n",
        "甲、乙类传染病都已报告。\n一、二级医院都已接入。\n",
        "附（一）、（二）两表，第（三）、（四）项。\n",
        "第一，统一思想；第二，压实责任。首先，明确责任。\n",
        "一是，建机制；二是，强队伍。\n",
        "1.5万元、2.3万元，1、3、5岁儿童。\n",
        "“首先、其次、最后”等词。\n",
        "一，是基础；十，是目标。\n".replace("一，", "五，"),
    ),
    name="序号后面的点号不对",
    basis="GB/T 15834—2011 附录 B.3",
    why="汉字数字的序号后用顿号，阿拉伯数字的用下脚点，带括号的不用点号，“第一”“首先”后用逗号。",
)
