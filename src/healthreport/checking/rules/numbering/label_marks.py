"""The mark behind a label: 一、 1. （一） 第一，."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines, together
from healthreport.checking.scanning.outline import items
from healthreport.checking.scanning.typed_labels import typed
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject
    from healthreport.model.build import Built

_COUNT = "[一二三四五六七八九十]{1,3}"
_BRACKETED = re.compile(rf"[（(](?:{_COUNT}|[0-9]{{1,2}})[）)](?P<mark>[、．.，。])(?=[^、，。；：！？])")
# 第一、 at the start of a sentence; 第一、二季度 and 第一、第二党支部 are lists.
_ORDINAL = re.compile(rf"第{_COUNT}、(?!第|[一二三四五六七八九十末])")
_FIRSTS = re.compile(r"(?:首先|其次|再次|最后)、(?!其次|再次|最后)")
_POINT = re.compile(rf"{_COUNT}是、")
_FIRST_MARKS = ("首先、", "其次、", "再次、", "最后、")
_STARTS = ("", "\n", *"。；！？ \u3000")
_BRACKET_MARKS = ("）。", ")。", "）、", "）.", "）．", "），", ")、", ")．", ")，", ").")
# 1.1 总则: nothing behind it but a blank.
_DECIMAL = re.compile(r"\n[ \u3000]*(?P<label>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?P<mark>[.．、] ?))(?=[\u4e00-\u9fff])")
# A figure and 、 begin a list of figures: 1、2号手术间.
_ENUMERATION = re.compile(r"[一二三四五六七八九十0-9０-９]{1,3}[、，]")
_NUMBER = re.compile(rf"{_COUNT}|[0-9０-９]+")
# A label by itself, without its wrong mark, and the right one.
_WRONG = {
    re.compile(rf"({_COUNT})[.．，]"): "、",
    re.compile("([0-9]{1,2})[、，]"): ".",
    re.compile(rf"([（(](?:{_COUNT}|[0-9]{{1,2}})[）)])[、．.，。]"): "",
    re.compile(rf"(第{_COUNT}|首先|其次|再次|最后)、"): "，",
    re.compile(rf"({_COUNT}是)、"): "",
    re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})[.．、]"): "",
}
_RIGHT = {"一": "、", "N": "."}
_HINT = "请照 GB/T 15834—2011 附录 B.3：一、后用顿号，1.后用下脚点，（一）后什么也不用，第一后用逗号。"


class _Label(NamedTuple):
    """A label with a wrong mark: where it stands in the joined text, and the mark that is right."""

    start: int
    words: str
    right: str
    wrong: int = 1
    """How many characters of it are the wrong mark."""

    @property
    def kind(self) -> str:
        """The label without its number: those of one kind are told together."""
        return _NUMBER.sub("0", self.words)


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of labels with the wrong mark behind them: 1、 for 1., 一. for 一、, （八）、, 第一、统一思想."""
    if subject.report:
        yield from _of_report(subject.report)
    words = lines(subject)
    found = {label.start: label for label in (*_of_paragraphs(subject), *_within(words))}
    kinds: dict[str, list[_Label]] = {}
    for _, label in sorted(found.items()):
        kinds.setdefault(label.kind, []).append(label)
    for labels in kinds.values():
        first = labels[0]
        right = first.words[: -first.wrong] + first.right
        ends = [(label, label.start + len(label.words)) for label in labels]
        spots = [words.spot(end - label.wrong, end, label.right) for label, end in ends]
        yield from together(spots, f"“{first.words}”后面的点号不对，应为“{right.strip()}”", _HINT)


def _of_report(report: Built) -> Iterator[Finding]:
    """Tell of what a report writes itself as a label, or as the first of a level: 序号: （八）、, 编号: [1、]."""
    for _, label in typed(report.root):
        right = _righted(label.value)
        if right != label.value:
            yield Finding(f"“{label.value}”后面的点号不对，应为“{right}”。", label.position(), _HINT)


def _righted(label: str) -> str:
    """Return a label with the mark that belongs behind it."""
    for wrong, mark in _WRONG.items():
        if found := wrong.fullmatch(label):
            return found[1] + mark
    return label


def _of_paragraphs(subject: Subject) -> Iterator[_Label]:
    words = lines(subject)
    last: dict[str, int] = {}
    for item in items(subject):
        expected = item.number == last.get(item.family, 0) + 1
        if not item.is_weak or expected:
            last[item.family] = item.number
        right = _RIGHT.get(item.family)
        if item.counted or right is None or item.label.endswith((right, "．" if item.family == "N" else right)):
            continue
        if (expected or not item.is_weak) and not _ENUMERATION.match(item.rest):
            yield _Label(words.start(item.order) + item.start, item.label, right)
    for match in _DECIMAL.finditer(f"\n{words.text}"):
        yield _Label(match.start("label") - 1, match["label"], " ", len(match["mark"]))


def _within(words: Lines) -> Iterator[_Label]:
    for match in words.matches(_BRACKETED, *_BRACKET_MARKS):
        if words.before(match.start()) in ("", "\n", *"。；：;:，、！？ \u3000"):
            yield _Label(match.start(), match[0], "")
    found = [(match, "，") for match in words.matches(_ORDINAL, "第")]
    found += [(match, "，") for match in words.matches(_FIRSTS, *_FIRST_MARKS)]
    found += [(match, "") for match in words.matches(_POINT, "是、")]
    for match, mark in found:
        before = words.before(match.start())
        if before in _STARTS or (not mark and before in "，："):
            yield _Label(match.start(), match[0], mark)


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
        "（2）.完善制度\n（三）。加强宣传\n",
        "1.1.总则\n2.3、应急响应\n",
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
