"""Last year's plans, each as a comment under the section it belongs to."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.yaml.dump import Comment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.jobs.new.sections import Named
    from healthreport.reading.yaml.dump import Dict, Value

_PLAN_TITLE = re.compile(r"计划|打算|下一步|下半年|工作安排|努力方向")
_NOT_DONE = re.compile(r"问题|不足|差距|保障|要求")
_ENOUGH = 0.34
_LONGEST = 120


class _Plan(NamedTuple):
    title: str
    text: str


def place(new: Dict, old: Dict, known: list[Named]) -> None:
    """Put each of last year's plans under the section of the new report that is most like it.

    A plan that is like none of them stands before the sections.
    """
    done = list(_done_sections(new, old))
    for plan in _plans(old):
        comment = Comment("去年的计划：" + _spoken(plan))
        best = max(done, key=lambda entry: _likeness(plan, entry[1], known), default=None)
        if best is not None and _likeness(plan, best[1], known) >= _ENOUGH:
            best[0][comment] = ""
        else:
            _place_apart(new, comment)


def _spoken(plan: _Plan) -> str:
    text = f"{plan.title}。{plan.text}" if plan.title and plan.text else plan.title or plan.text
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"


def _place_apart(new: Dict, comment: Comment) -> None:
    """Put a comment before the first key that holds sections."""
    items = list(new.items())
    new.clear()
    for key, value in items:
        if key in ("成绩", "章节") and comment not in new:
            new[comment] = ""
        new[key] = value
    new.setdefault(comment, "")


def _done_sections(new: Dict, old: Dict) -> Iterator[tuple[Dict, str]]:
    """Yield the sections that tell what was done, with last year's words."""
    key = "成绩" if "成绩" in old else "章节"
    fresh, last = new.get(key), old.get(key)
    if isinstance(last, dict) and isinstance(fresh, dict):
        inner_fresh, inner_last = fresh.get("章节"), last.get("章节")
        yield from _pairs(inner_fresh, inner_last) if inner_last else [(fresh, words(last))]
    else:
        yield from _pairs(fresh, last)


def _pairs(fresh: Value | None, last: Value | None) -> Iterator[tuple[Dict, str]]:
    if not isinstance(fresh, list) or not isinstance(last, list):
        return
    for section, before in zip(fresh, last, strict=True):
        if not isinstance(section, dict) or not isinstance(before, dict) or is_plan(before):
            continue
        title = str(before.get("标题", ""))
        if before.get("类别") in ("问题", "保障", "致谢") or _NOT_DONE.search(title):
            continue
        yield section, words(before)


def is_plan(section: Dict) -> bool:
    """Say whether a section of the general form tells what is to be done."""
    role = section.get("类别")
    return role == "计划" or (role is None and bool(_PLAN_TITLE.search(str(section.get("标题", "")))))


def _plans(old: Dict) -> Iterator[_Plan]:
    written = old.get("计划")
    general = old.get("章节")
    if isinstance(written, list):
        yield from (_plan(item) for item in written if isinstance(item, dict | str))
    elif isinstance(written, dict):
        yield from _entries(written)
    elif isinstance(general, list):
        for section in general:
            if isinstance(section, dict) and is_plan(section):
                yield from _entries(section)


def _entries(section: Dict) -> Iterator[_Plan]:
    below = section.get("章节")
    if isinstance(below, list):
        yield from (_plan(item) for item in below if isinstance(item, dict | str))
    else:
        yield _plan(section)


def _plan(item: Value) -> _Plan:
    if isinstance(item, dict):
        rest = {key: value for key, value in item.items() if key not in ("标题", "类别")}
        return _Plan(str(item.get("标题", "")), words(rest))
    return _Plan("", words(item))


def words(value: Value | Comment) -> str:
    """Return all the words of a value, one after the other."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "；".join(text.removesuffix("。") for text in map(words, value) if text)
    if isinstance(value, dict):
        skipped = ("类别", "接排", "样式", "下级编号", "续号", "序号", "表格", "指标表", "乡镇表", "图片")
        return " ".join(filter(None, (words(item) for key, item in value.items() if key not in skipped)))
    return ""


def _likeness(plan: _Plan, section: str, known: list[Named]) -> float:
    """Compare by the standard sections whose words both use, then by the title's pairs of characters."""
    mine, theirs = _topics(f"{plan.title * 3} {plan.text}", known), _topics(section, known)
    pairs = _pairs_of(plan.title or plan.text)
    shared = len(pairs & _pairs_of(section)) / len(pairs) if pairs else 0.0
    return shared / 2 + _cosine(mine, theirs)


def _topics(text: str, known: list[Named]) -> Counter[str]:
    found: Counter[str] = Counter()
    for named in known:
        names = [*named.words, *named.section.indicators]
        found[named.name] = sum(text.count(name) for name in names)
    return +found


def _cosine(first: Counter[str], second: Counter[str]) -> float:
    product = sum(count * second[name] for name, count in first.items())
    lengths = sum(count**2 for count in first.values()) * sum(count**2 for count in second.values())
    return float(product / lengths**0.5) if lengths else 0.0


def _pairs_of(text: str) -> set[str]:
    clean = re.sub(r"\W", "", text)
    return {clean[index : index + 2] for index in range(len(clean) - 1)}
