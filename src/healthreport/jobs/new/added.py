"""Standard sections added to next year's file, as the skeleton of its genre has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import Position, error
from healthreport.jobs.new import skeleton
from healthreport.reading.differences import INDICATORS, INHERITS
from healthreport.reading.yaml.dump import plain
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.resources import Resources
    from healthreport.reading.yaml.dump import Comment, Dict, Value

# Where a file keeps sections of a kind, the first that it has; a file in the other form has no place for some.
_HOLDERS = {"成绩": ("成绩", "章节"), "问题": ("问题",), "计划": ("计划",), "章节": ("章节", "成绩")}
_Sections = list["Value | Comment"]


def add(new: Dict, wanted: skeleton.Wanted, resources: Resources) -> None:
    """Add the sections that a skeleton has for those asked for, and their indicators, where they are missing.

    Raises :class:`HealthReportError` for a file that has all its sections from its base.
    """
    usual, fresh = (_tree(variant, resources) for variant in (wanted._replace(sections=()), wanted))
    if not any(key in new for key in _HOLDERS):
        if INHERITS in new:
            hint = "请在它继承的那一份里加，或不写 --sections。"
            raise error("no-sections", "这份文件的章节都是继承来的，不能在这里加。", Position("--sections"), hint=hint)
        new["章节"] = []
    known = {*_titles(new), *_titles(usual)}
    for key, holders in _HOLDERS.items():
        listed, holder = fresh.get(key), next((name for name in holders if name in new), None)
        if isinstance(listed, list) and holder is not None:
            _merge(_sections(new, holder), listed, known)
    indicators, there = fresh.get(INDICATORS), new.setdefault(INDICATORS, {})
    if isinstance(indicators, dict) and isinstance(there, dict):
        there |= {name: indicator for name, indicator in indicators.items() if name not in there}


def _tree(wanted: skeleton.Wanted, resources: Resources) -> Dict:
    tree = plain(parse(Source("", skeleton.render(wanted, resources))))
    assert isinstance(tree, dict)
    return tree


def _sections(holder: Dict, key: str) -> _Sections:
    """Return the list of sections under a key; what is one section has them below it."""
    value = holder.get(key)
    if isinstance(value, dict):
        return _sections(value, "章节")
    if not isinstance(value, list):
        value = holder[key] = []
    return value


def _merge(into: _Sections, listed: _Sections, known: set[str]) -> None:
    """Add what is not known; what stands below a section that is, goes below the one of its title, if there is one."""
    for section in listed:
        if not isinstance(section, dict):
            continue
        title, below = section.get("标题"), section.get("章节")
        if title not in known:
            into.append(section)
        elif isinstance(below, list):
            same = next((other for other in into if isinstance(other, dict) and other.get("标题") == title), None)
            _merge(into if same is None else _sections(same, "章节"), below, known)


def _titles(value: Value | Comment) -> Iterator[str]:
    """Yield the titles of all sections, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from _titles(item)
    elif isinstance(value, dict):
        title = value.get("标题")
        if isinstance(title, str):
            yield title
        for key, item in value.items():
            if key in _HOLDERS:
                yield from _titles(item)
