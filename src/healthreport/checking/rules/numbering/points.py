"""Points within a paragraph that leave out a number, say one twice, or lost their 是."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.points import runs
from healthreport.checking.scanning.sequences import faults, written
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.known import Known
    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.scanning.points import Point, Run
    from healthreport.checking.scanning.sequences import Fault
    from healthreport.checking.subject import Subject

_BARE = frozenset({"O", "P一", "PN"})
_MOST_LEFT_OUT = 3
# Points of one run stand no further apart: what is further is another text.
_FURTHEST = 3000


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of points that do not run on: 一是…三是… (二是 is missing), 一抓…三抓…, ①②④, 四指导 for 四是指导."""
    words = lines(subject)
    for run in runs(subject):
        points = run.points
        for fault in faults(run.numbers):
            point, before = points[fault.order], points[fault.order - 1]
            if point.start - before.start > _FURTHEST or abs(point.number - fault.wanted) > _MOST_LEFT_OUT:
                continue
            if fault.kind == "缺":
                finding = _gap(fault, before, point, words, subject.known)
            else:
                finding = _swapped(fault, before, point, words)
            if finding:
                yield finding
        yield from _lost_its_mark(run, words, subject.known)


def _gap(fault: Fault, before: Point, point: Point, words: Lines, known: Known) -> Finding | None:
    wanted = _written(point, fault.wanted, words)
    between = words.full[before.end : point.start]
    if _stands_otherwise(point.family, fault.wanted, between):
        return None
    if point.family in "是要" and (broken := _broken(fault.wanted, between, known)) >= 0:
        return _without_mark(words, before.end + broken, wanted)
    old = words.text[before.start : before.end]
    what = f"“{old}”之后是“{words.text[point.start : point.end]}”，缺“{wanted}”。"
    hint = "请补上缺的一项，或者把后面的序号改过来。"
    return Finding(what, words.spot(point.start, point.end), hint, ((words.spot(before.start, before.end), "上一项"),))


def _swapped(fault: Fault, before: Point, point: Point, words: Lines) -> Finding | None:
    if (point.number == 2 and fault.kind != "重") or (point.family in _BARE and point.start - before.end < 2):
        return None
    new, old = words.text[point.start : point.end], words.text[before.start : before.end]
    wanted = _written(point, fault.wanted, words)
    if _stands_otherwise(point.family, point.number - 1, words.full[before.end : point.start]):
        return None
    what = f"“{old}”之后是“{new}”，次序不对，应为“{wanted}”。"
    if fault.kind == "重":
        what = f"“{new}”出现了两次，这里应为“{wanted}”。"
    spot = words.spot(point.start, point.end, wanted if fault.is_sure else None)
    related = ((words.spot(before.start, before.end), "上一项"),)
    return Finding(what, spot, "请把序号改过来，后面的顺着改。", related)


def _written(point: Point, number: int, words: Lines) -> str:
    """Return the label of a point with another number."""
    label = words.text[point.start : point.end]
    if point.family == "O":
        return chr(ord("①") + number - 1)
    old = "".join(char for char in label if char.isdigit() or char in "一二三四五六七八九十")
    return label.replace(old, str(number) if old.isdigit() else written(number), 1)


def _stands_otherwise(family: str, number: int, between: str) -> bool:
    """Say whether a point is there under another label: 二要 among 一是 and 三是, 二是 with no mark before it."""
    if family == "O":
        return False
    count = str(number) if family in ("N", "PN") else written(number)
    ordinals = {2: ("其次", "再"), 3: ("再次", "最后")}.get(number, ())
    forms = [f"{count}{mark}" for mark in "是要则靠抓查看来者、）.，"] + [f"第{count}", f"其{count}"]
    return any(form in between for form in (*forms, *ordinals))


def _broken(number: int, between: str, known: Known) -> int:
    """Find the number of a point whose 是 was lost, 四指导; -1 where there is none."""
    for match in re.finditer(rf"[。；，：]{written(number)}(?=[\u4e00-\u9fff])(?![一二三四五六七八九])", between):
        if not between.startswith(known.mark_words.counted, match.end()):
            return match.start() + 1
    return -1


def _without_mark(words: Lines, at: int, wanted: str) -> Finding:
    shown = words.text[at : at + len(wanted) - 1] + words.text[at + len(wanted) - 1 :][:2]
    spot = words.spot(at, at + len(shown))
    return Finding(f"“{shown}”前面是一是、二是，这里像是丢了字，应为“{wanted}…”。", spot, "请补上。")


def _lost_its_mark(run: Run, words: Lines, known: Known) -> Iterator[Finding]:
    """Tell of a last point without its 是, where all points before it close with the same mark."""
    points = run.points
    if run.family != "是" or len(points) < 2 or run.numbers != [*range(1, len(points) + 1)]:
        return
    marks = {words.full[point.start - 1] for point in points[1:]}
    if len(marks) != 1 or not marks <= {"；", "。"}:
        return
    rest = words.full[points[-1].end : points[-1].end + _FURTHEST].partition("\n")[0]
    broken = _broken(len(points) + 1, rest, known)
    if broken > 0 and rest[broken - 1] in marks:
        yield _without_mark(words, points[-1].end + broken, f"{written(len(points) + 1)}是")


POINTS = TextRule(
    "HR103",
    Severity.WARNING,
    _find,
    bad=(
        "一是建机制；三是强队伍。\n",
        "主要做法有四条：一是抓培训；二是抓督导；四是抓考核。\n",
        "一是抓培训。二是抓督导。四是抓宣传。三是抓考核。\n",
        "主要做法：一抓队伍，补充村医4名。二抓培训，办班5期。四抓考核，奖优罚劣。\n",
        "一靠投入。二靠人才。二靠管理。\n",
        "一是抓培训；二是抓督导；二是抓宣传；四是抓考核。\n",
        "一是抓培训；二是抓督导；三是抓宣传；四指导基层开展自查；五是抓考核。\n",
        "一是抓培训；二是抓督导；三指导基层开展自查。\n",
        "奖励扶助：①独生子女家庭12户；②双女户8户；④特别扶助3户。\n",
        "①清点②登记③封存⑥上报⑤复核\n",
        "工作流程：（1）清点药品；（2）登记造册；（4）统一销毁。\n",
        "第一，统一思想；第三，压实责任。\n",
        "具体如下：1.清点药品；2.登记造册；2.统一封存；4.上报。\n",
    ),
    good=(
        "一是建机制；二是强队伍；三是抓考核。\n",
        "一是，统一思想，二是，压实责任，三是，严格考核。\n",
        "一是抓培训，二要抓督导，三是抓考核。\n",
        "一抓到底。三抓三促活动深入开展，一促一改。\n",
        "一看二查三抓，一靠投入、二靠人才。\n",
        "一是抓培训；二季度起抓督导；二是抓考核；三季度总结。\n",
        "他一是一、二是二，从不含糊。万一是阳性，三是立即隔离。\n",
        "一是抓培训。一要抓骨干，二要抓全员。二是抓督导。三是抓考核。\n",
        "按照第（一）项、第（三）项执行，详见图①③。\n",
        "一是抓培训。\n二是抓督导。\n三是抓考核。\n",
        "第一，统一思想；其次，压实责任；第三，严格考核。\n",
        "一是门诊5.2万人次；二是住院3.4万人次；三大指标全面增长。\n",
        "一是建机制二是强队伍三是抓考核。\n",
        "一是抓培训；二是抓督导；三级网络更加健全。\n",
        "2021年和2023年，1.5万人和3.5万人受益，1、3、5岁儿童体检。\n",
    ),
    name="分述的序号不连续",
    basis="实务",
    why="一是、二是和①②要连着数下去；漏了“是”字的“四指导”读不通。",
)
