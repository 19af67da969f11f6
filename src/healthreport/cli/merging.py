"""One cause, one message: what many places lack is told once, with the places listed."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Position, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST_SINGLE, _FEWEST = 5, 2
_NAMES, _PLACES = 8, 40


class _Kind(NamedTuple):
    """What is told of many of a kind: before the names, behind how many, where they stand, and the way out."""

    before: str
    counted: str
    where: str
    hint: str
    most: int = _MOST_SINGLE
    """So many are told one by one."""


_KINDS = {
    "unknown-name": _Kind(
        "没有这些指标或字段：",
        "个",
        "用在",
        "“指标”里删去的，请放回去，或一并改写这些话；写在别的文件里的，请写“指标文件”或“继承”；只有个别的，请核对有没有写错。",
    ),
    "missing-value": _Kind("要用的数还没有：", "个", "写在", "请补上，或改写用到它们的话。"),
    "blank-cell": _Kind(
        "指标表、乡镇表里这些没有：",
        "格",
        "写在",
        "请补上；本来就没有的，请写“无上年: 是”“无目标: 是”，在指标文件的表里写“—”。",
    ),
    "todo": _Kind("这些还没有写（待补）：", "节", "写在", "写好后，把“待补”改成“内容”。", 1),
    "placeholder": _Kind(
        "印出来的字里还有没换的：", "种", "写在", "请换成真的内容；一节还没有写的，请写“待补: 是”。", 1
    ),
}


def merged(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics in their order; those that say the same of many places of a file as one."""
    groups: dict[object, list[Diagnostic]] = {}
    for number, one in enumerate(diagnostics):
        is_of_many = one.id in _KINDS or one.severity is Severity.ERROR
        kind = (one.id, one.severity, one.position.file, "" if one.id in _KINDS else one.message)
        is_placed = one.position.line or (one.position.cell and one.id in _KINDS)
        alike = kind if is_of_many and is_placed else number
        groups.setdefault(alike, []).append(one)
    told: list[Diagnostic] = []
    for group in groups.values():
        told += _once(group) if group[0].id in _KINDS else _again(group)
    return told


def _once(group: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return one diagnostic for many names, for few one each, with the places where each stands again."""
    kind = _KINDS[group[0].id]
    by_message: dict[str, list[Diagnostic]] = {}
    for one in group:
        by_message.setdefault(one.message, []).append(one)
    if len(by_message if kind.most > 1 else group) <= kind.most:
        return [told for same in by_message.values() for told in _again(same)]
    first = group[0]
    names = [*dict.fromkeys(one.about or one.message.rstrip("。") for one in group)]
    blanks = [_blank(one) for one in group]
    places = [_place(one) for one, blank in zip(group, blanks, strict=True) if blank is None]
    where = [*_in_sheets(filter(None, blanks)), *([f"{kind.where}{lines(places)}"] if places else [])]
    more = f"等{len(names)}{kind.counted}" if len(names) > _NAMES else ""
    listed = "、".join(f"“{name}”" for name in names[:_NAMES]) + more
    message = f"{kind.before}{listed}，{'；'.join(where)}。"
    position = Position(first.position.file)
    return [first._replace(message=message, position=position, hint=kind.hint, related=())]


def _again(same: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return what is said of more than two places once, for the first of them."""
    first, *others = same
    if len(others) < _FEWEST:
        return [*same]
    return [first._replace(hint=f"{first.hint}同样的还在{lines([one.position for one in others])}。")]


def _blank(one: Diagnostic) -> Position | None:
    """Return the cell of a sheet where something is to be filled in, where that is what is told."""
    places = [other.position for other in one.related] if one.id == "missing-value" else [one.position]
    return next((place for place in places if place.in_sheet), None)


def _in_sheets(blanks: Iterable[Position]) -> list[str]:
    """Return which cells of which sheets are to be filled in."""
    files: dict[str, list[Position]] = {}
    for blank in blanks:
        files.setdefault(blank.file, []).append(blank)
    return [f"空在“{PurePath(file).name}”的{lines(places)}" for file, places in files.items()]


def _place(one: Diagnostic) -> Position:
    """Return where something is to be written, if that is known, or where it is used."""
    of_file = [other.position for other in one.related if other.position.file == one.position.file]
    return of_file[0] if of_file and one.id == "missing-value" else one.position


def lines(places: Iterable[Position]) -> str:
    """Return in which lines or cells places are: 第3、5行, B7、C7."""
    ordered = [*dict.fromkeys(place.cell or place.line for place in sorted(places))]
    listed = "、".join(map(str, ordered[:_PLACES])) + ("…" if len(ordered) > _PLACES else "")
    return listed if any(place.cell for place in places) else f"第{listed}行"
