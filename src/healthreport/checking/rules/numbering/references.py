"""Tables, pictures and attachments that the text sends its reader to and that are not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.sequences import chinese
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject

_NUMBER = r"(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,2})"
_REFERENCE = re.compile(
    rf"(?:见|如|参照|参见|按|（|\(|详见)(?P<name>表|图|附表|附图|附件) ?{_NUMBER}(?![0-9.－\-—-]|[、，]?[份张个])"
)
_TARGET = re.compile(
    rf"\n[ \u3000]*(?P<name>表|图|附表|附图|附件) ?{_NUMBER}(?![0-9.－\-—份张个项次至、和及与]|[^\n]*。)"
    r"(?P<rest>[^\n]{0,60})"
)
_LISTED = re.compile(r"\n[ \u3000]*附件[：:](?P<rest>[^\n]*(?:\n[ \u3000]*[0-9]{1,2}[.．、][^\n]{1,60})*)")
_LISTED_NUMBER = re.compile(r"(?:^|[；;。\s])[ \u3000]*([0-9]{1,2})[.．、](?![0-9])")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 见表3 where there are two tables, of 附件2 where there is one, and of two captions 表2."""
    words = lines(subject)
    if words.is_loose:
        return
    targets, twice = _targets(words)
    for name, number, start, end in twice:
        what = f"“{name}{number}”有两个。"
        yield Finding(what, words.spot(start, end), "请重新编号，正文里提到的也要跟着改。")
    told: set[tuple[str, int]] = set()
    for match in words.matches(_REFERENCE, "表", "图", "附件"):
        name, number = match["name"], _value(match["number"])
        if words.before(match.start()) == "》" or (name, number) in told:
            continue
        if name == "附件" and not targets.get(name) and words.is_read and not told:
            told.add((name, number))
            what = f"文中提到“附件{match['number']}”，全文没有附件。"
            where = words.spot(match.start("name"), match.end())
            yield Finding(what, where, "请把附件附在后面，或者删去这一句。", severity=Severity.NOTE)
        if targets.get(name) and number not in targets[name]:
            told.add((name, number))
            last = max(targets[name])
            what = f"文中提到“{name}{match['number']}”，全文只有{name}{'1' if last == 1 else f'1至{name}{last}'}。"
            yield Finding(what, words.spot(match.start("name"), match.end()), "请核对编号，或者补上。")


def _value(number: str) -> int:
    return int(number) if number.isdigit() else chinese(number)


def _targets(words: Lines) -> tuple[dict[str, set[int]], list[tuple[str, int, int, int]]]:
    """Return the numbers of all tables, pictures and attachments, and those that are given twice."""
    found: dict[str, set[int]] = {}
    twice: list[tuple[str, int, int, int]] = []
    for passage in words.passages:
        counted = re.match(r"(表|图|附表|附图)([0-9]{1,2})$", passage.label.strip()) if passage.label else None
        if counted:
            found.setdefault(counted[1], set()).add(int(counted[2]))
        if passage.attachment and passage.kind is Kind.TITLE:
            found.setdefault("附件", set()).add(passage.attachment)
    text = f"\n{words.text}" if any(name in words.text for name in ("表", "图", "附件")) else ""
    for match in _TARGET.finditer(text):
        name, number = match["name"], _value(match["number"])
        if words.passage(match.start("name") - 1).label:
            continue  # a name typed beside the one that is counted
        known = found.setdefault(name, set())
        if number in known and name in ("表", "图") and match["rest"].strip():
            twice.append((name, number, match.start("name") - 1, match.end("number") - 1))
        known.add(number)
    for match in _LISTED.finditer(text):
        numbers = [int(one) for one in _LISTED_NUMBER.findall(match["rest"])]
        found.setdefault("附件", set()).update(numbers or [1])
    return found, twice


REFERENCE = TextRule(
    "HR111",
    Severity.WARNING,
    _find,
    bad=(
        "各镇签约率见表3。\n表1 分镇随访情况\n表2 分镇签约情况\n",
        "任务分解见附件3，时间安排见附件2。\n附件：1.任务分解表\n2.时间安排表\n",
        "具体名单详见附件2。\n附件1\n工作组名单\n",
        "表1 分镇随访情况\n表2 分镇签约情况\n表2 分镇体检情况\n",
        "变化如图2所示。\n图1 门诊量变化\n",
        "请各单位认真准备，参见附件2。\n",
    ),
    good=(
        "各镇签约率见表2。\n表1 分镇随访情况\n表2 分镇签约情况\n",
        "任务分解见附件2。\n附件：1.任务分解表\n2.时间安排表\n",
        "按《管理办法》附件2执行，详见附件1。\n附件1\n任务分解表\n",
        "推选代表3人，填写报表5份，详见附件2份。\n附件1\n任务分解表\n",
        "各镇情况见表3。\n",
        "见附件。\n附件：任务分解表\n",
        "按《管理办法》附件2执行。\n",
        "表1、表2已报送。\n表1 分镇随访情况\n",
        "表2反映了签约情况。\n表1 随访情况\n表2 签约情况\n",
    ),
    name="提到的图表附件找不到",
    basis="数据",
    why="读的人会去找表3；文中只有两张表，就不知道该看哪一张。",
)
