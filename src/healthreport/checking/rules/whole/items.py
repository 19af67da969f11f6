"""Items of one list, of which all but one say who answers for it, or by when."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.outline import scopes
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject

_KEY = re.compile("[，。；\n（]([\u4e00-\u9fff]{2,6})：(?=[^\n])")
_SENTENCE = re.compile("[^。；\n]+[。；]?")
_LEAST, _FEW = 4, 5
_LONGEST = 30


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of the item that lacks what all others have: 责任人：, 完成时限：, 牵头单位：."""
    words = lines(subject)
    if not words.is_read or "：" not in words.full:
        return
    for scope in scopes(subject):
        if len(scope.items) < _LEAST or scope.children:
            continue
        ends = [item.order for item in scope.items[1:]]
        # The last one ends with its paragraph, or with the second where all others take two.
        each = max([end - item.order for item, end in zip(scope.items, ends, strict=False)], default=1)
        ends.append(min(scope.items[-1].order + each, len(words.passages)))
        spans = [(words.start(item.order), _end(end, words)) for item, end in zip(scope.items, ends, strict=True)]
        yield from _of_list(spans, words)


def _end(order: int, words: Lines) -> int:
    return words.start(order) - 1 if order < len(words.passages) else len(words.text)


def _of_list(spans: list[tuple[int, int]], words: Lines) -> Iterator[Finding]:
    keys = [{match[1]: match for match in _KEY.finditer(words.full, *span)} for span in spans]
    counts = Counter(key for found in keys for key in found)
    for key, count in counts.items():
        lacking = [order for order, found in enumerate(keys) if key not in found]
        if not lacking or len(lacking) > max(len(spans) // _FEW, 1) or count < _LEAST - 1:
            continue
        if any(f"{key}：" in words.full[slice(*spans[order])] for order in lacking):
            continue
        first, *others = [_last_sentence(spans[order], words) for order in lacking]
        match = next(found[key] for found in keys if key in found)
        related = ((words.spot(match.start(1), match.end()), "别的各项有"),)
        places = tuple(words.spot(*one) for one in others)
        what = f"{len(spans)}项里有{count}项写了“{key}：”，这一项没有。"
        yield Finding(what, words.spot(*first), f"请补上“{key}：”。", related, places=places)


def _last_sentence(span: tuple[int, int], words: Lines) -> tuple[int, int]:
    start, end = span
    end = start + len(words.full[start:end].rstrip())
    for match in _SENTENCE.finditer(words.full, start, end):
        start = match.start()
    return max(start, end - _LONGEST), end


_LIST = (
    "整改措施\n1、档案分类归档。责任人：办公室。\n2、文件加盖公章。责任人：办公室。\n"
    "3、台账及时更新。{}\n4、处方按时装盒。责任人：药剂科。\n5、培训要有通知。责任人：医务科。\n"
)
ITEM_FORM = TextRule(
    "HR117",
    Severity.NOTE,
    _find,
    bad=(
        _LIST.format("护理部负责。"),
        _LIST.format("责任护理部。").replace("责任人", "牵头单位"),
        "任务清单\n（一）抓培训，责任科室：医务科。\n（二）抓督导，责任科室：质控科。\n（三）抓考核，由办公室负责。\n（四）抓宣传，责任科室：宣传科。\n",
        _LIST.format("护理部负责。").replace("：", ":"),
    ),
    good=(
        _LIST.format("责任人：护理部。"),
        "整改措施\n1、档案分类归档。责任人：办公室。\n2、文件加盖公章。\n3、台账更新。\n4、处方装盒。责任人：药剂科。\n",
        "注意事项\n1.时间：9月1日。\n2.地点：三楼。\n3.请准时参加。\n4.联系人：张某。\n",
        "任务\n1、抓培训。主要做法：办班。\n2、抓督导。\n3、抓考核。主要做法：打分。\n4、抓宣传。主要做法：上街。\n5、抓保障。\n",
    ),
    name="各项的写法不一",
    why="清单里别的各项都写明了责任人、时限，只有一项没有，多半是漏了。",
)
