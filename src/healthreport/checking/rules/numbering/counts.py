"""Counts that are announced: 讲三点意见, 以下四项工作, held against what follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.outline import scopes
from healthreport.checking.scanning.points import runs
from healthreport.checking.scanning.sequences import chinese
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.scanning.outline import Scope
    from healthreport.checking.subject import Subject

_COUNT = r"(?P<count>[两二三四五六七八九十]{1,2}|(?<![0-9.])[0-9]{1,2})"
_THINGS = r"(?:点|项|条|个方面|方面|个问题|件事|个环节|个步骤|个阶段|大任务|大举措|项任务|项工作|条措施|个要求|条意见)"
# 以下四项工作：一是…, 讲三点意见：一、…: the words between say what is counted, without a mark.
_CLAIM = re.compile(
    rf"(?:以下|下列|如下|下面|这|讲|提|谈|说|作|做好|做到|抓好|抓住|开展|突出|存在|采取|从|在|有|了|主要|重点|，|：|\n){_COUNT}{_THINGS}"
    r"(?P<what>[^，。；：！？,;:\n]{0,12})(?P<end>[：:。]|(?=\n))"
)
_NEEDLES = ("点", "项", "条", "方面", "个", "件", "大")
_MANY = 30


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a number of points that is announced and not kept: 讲三点意见 before 一、二、三、四、."""
    words = lines(subject)
    if words.is_loose:
        return
    starts = {run.points[0].start: [*run.numbers] for run in runs(subject)}
    lists = {scope.items[0].order: scope for scope in reversed(scopes(subject))}
    for match in words.matches(_CLAIM, *_NEEDLES):
        claimed = _value(match["count"])
        told = _within(match, starts, words) or _below(match, lists, words)
        if claimed < 2 or told is None:
            continue
        found, how = told
        if found != claimed:
            start, end = match.start("count"), match.end("what")
            what = f"前面说“{words.text[start:end]}”，下面{how}{found}项。"
            yield Finding(what, words.spot(start, end), "请核对，改数目或者补上缺的。")


def _value(count: str) -> int:
    return 2 if count == "两" else int(count) if count.isdigit() else chinese(count)


def _within(match: re.Match[str], starts: dict[int, list[int]], words: Lines) -> tuple[int, str] | None:
    """Return how many points follow a claim in its paragraph, at once."""
    at = match.end()
    numbers = starts.get(at)
    if match["end"] not in ("：", ":") or numbers is None or numbers != [*range(1, len(numbers) + 1)]:
        return None
    first = words.text[at : at + 2]
    return len(numbers), f"从“{first}”起是"


def _below(match: re.Match[str], lists: dict[int, Scope], words: Lines) -> tuple[int, str] | None:
    """Return how many items the list has that begins in the next paragraph, where the claim ends its own."""
    index = words.index(match.start("count"))
    rest = words.text[match.end() :][:1]
    scope = lists.get(index + 1)
    if scope is None or rest not in ("", "\n") or match["end"] == "" or scope.items[0].number != 1:
        return None
    numbers = [item.number for item in scope.items]
    whole = numbers == [*range(1, len(numbers) + 1)] and 1 < len(numbers) < _MANY
    mine = words.passages[index]
    # A list that holds the paragraph itself is another one.
    inside = scope.parent is not None and scope.parent.order != index and mine.level > 0
    return (len(numbers), f"从“{scope.items[0].label}”起是") if whole and not inside else None


COUNT = TextRule(
    "HR110",
    Severity.WARNING,
    _find,
    bad=(
        "重点做好以下四项工作：一是抓培训；二是抓督导；三是抓考核。\n",
        "下面，我讲三点意见。\n一、认清形势\n形势严峻。\n二、落实责任\n要落实。\n三、强化保障\n要保障。\n四、严格考核\n要考核。\n",
        "存在以下3个问题：（1）人手不够；（2）设备老化。\n",
        "主要从三个方面抓好落实：一是抓培训，二是抓督导，三是抓考核，四是抓宣传。\n",
        "提出如下两条措施：①加强培训；②加强督导；③加强考核。\n",
    ),
    good=(
        "抓好三件事：一是抓培训；二是抓督导；三是抓考核。\n",
        "做到“四个到位”：一是组织到位；二是措施到位；三是保障到位。\n".replace("“四个到位”：", "“四个到位”。"),
        "下面，我讲三点意见。\n一、认清形势\n形势严峻。\n二、落实责任\n要落实。\n三、强化保障\n要保障。\n",
        "完成了六项工作，一是抓培训；二是抓督导。\n",
        "坚持“六位一体”，落实三个主动。\n一、培训\n办班。\n二、督导\n下乡。\n",
        "共有三个方面：一是抓培训。\n二是抓督导。\n三是抓考核。\n",
        "讲两点：一是抓培训，要做到：一是全员，二是全程；二是抓督导。\n",
        "开展十二项服务：健康档案、健康教育等。\n",
    ),
    name="说的数目和列的不符",
    basis="数据",
    why="前面说三点，后面列了四点，是改稿时漏改了一处。",
)
