"""Markup → outline: the strict parser of what templates write.

Templates turn a report into a small XML that decides order, set phrases and grouping, and never
numbers or formats.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from healthreport.composing.vocabulary import BLOCKS, VOCABULARY
from healthreport.reading.yaml.encodings import CONTROL
from healthreport.trees.outline import (
    Attachment,
    Cell,
    Ended,
    Figure,
    IndicatorTable,
    Inline,
    Items,
    Node,
    Outline,
    PageBreak,
    Paragraph,
    Part,
    PointRun,
    Ref,
    Section,
    Table,
    Todo,
)
from healthreport.trees.roles import IMPRINT, OPENING
from healthreport.values import numbering_styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.trees.roles import Role


_DEEPEST = 50  # elements within one another
_FLAGS = {"true": True, "false": False}


class MarkupError(ValueError):
    """Markup outside the vocabulary: a mistake in a template, never in a report."""

    hint = "可用的元素见 docs/templates.md。"


@dataclass(slots=True)
class _Element:
    name: str
    attributes: dict[str, str]
    children: list[_Element | str] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[_Element]:
        return (child for child in self.children if isinstance(child, _Element) and child.name in names)

    def inline(self, name: str) -> Inline:
        for child in self.all(name):
            return _inline(child)
        return ()


def parse(markup: str, texts: int) -> Outline:
    """Parse markup that refers to so many texts into an outline. Raises :class:`MarkupError`."""
    root = _read(markup)
    for number in _references(root):
        if not (number.isdecimal() and int(number) < texts):
            raise MarkupError(f"元素“t”没有引用报告里的文字（n=“{number}”），请用“{{{{ }}}}”引用")
    try:
        return _outline(root)
    except (KeyError, ValueError) as wrong:
        raise MarkupError(f"属性缺少或不对：{wrong}") from None


def _references(element: _Element) -> Iterator[str]:
    if element.name == "t":
        yield element.attributes.get("n", "")
    for child in element.children:
        if isinstance(child, _Element):
            yield from _references(child)


def _outline(root: _Element) -> Outline:
    signature = next(root.all("signature"), _Element("signature", {}))
    return Outline(
        opening=tuple(_part(child, OPENING) for child in root.all(*OPENING)),
        numbering=_styles(root.attributes.get("numbering", "")),
        run_in=_styles(root.attributes.get("run-in", "")),
        goes_on=_styles(root.attributes.get("goes-on", "")),
        children=_blocks(root),
        organisation=signature.inline("organisation"),
        date=signature.inline("date"),
        note=root.inline("note"),
        attachments=tuple(
            Attachment(
                title=child.inline("title"),
                landscape=child.attributes.get("landscape") == "true",
                children=_blocks(child),
                numbering=_styles(child.attributes.get("numbering", "")),
                run_in=_styles(child.attributes.get("run-in", "")),
                goes_on=_styles(child.attributes.get("goes-on", "")),
            )
            for child in root.all("attachment")
        ),
        imprint=tuple(_part(child, IMPRINT) for one in root.all("imprint") for child in one.all(*IMPRINT)),
    )


# What XML calls white space, which separates elements; a wide blank is a word as others.
_WHITE = " \t\r\n"


def _read(markup: str) -> _Element:
    """Read the XML into elements, checking every element, attribute and child."""
    top = _Element("#document", {})
    stack = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        parent = stack[-1]
        if len(stack) > _DEEPEST:
            raise MarkupError(f"元素套了超过{_DEEPEST}层")
        _refuse_control("".join(attributes.values()))
        allowed = VOCABULARY[parent.name][1] if parent is not top else {"document"}
        if name not in allowed:
            raise MarkupError(f"元素“{name}”不能放在“{parent.name}”里")
        unknown = [key for key in attributes if key not in VOCABULARY[name][0]]
        if unknown:
            raise MarkupError(f"元素“{name}”没有属性“{unknown[0]}”")
        element = _Element(name, attributes)
        parent.children.append(element)
        stack.append(element)

    def text(data: str) -> None:
        data = data.strip(_WHITE)
        if data:
            _refuse_control(data)
            if "#text" not in VOCABULARY[stack[-1].name][1]:
                raise MarkupError(f"元素“{stack[-1].name}”里不能直接写文字“{data[:10]}”")
            stack[-1].children.append(data)

    def refuse_doctype(*_: object) -> None:
        raise MarkupError("模板里不能有DOCTYPE")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(markup, True)
    except expat.ExpatError as wrong:
        raise MarkupError(f"模板写出的标记不成对（第{wrong.lineno}行：{expat.ErrorString(wrong.code)}）") from None
    return next(top.all("document"))


def _refuse_control(data: str) -> None:
    """Refuse what no text may hold, also written as ``&#xFDD0;``: gaps and slots are marked with it."""
    bad = CONTROL.search(data)
    if bad:
        raise MarkupError(f"模板里有看不见的控制字符（U+{ord(bad[0]):04X}）")


def _part(element: _Element, roles: dict[str, Role]) -> Part:
    role, content = roles[element.name], _inline(element)
    return Part(role, (Ended(content, role.mark),) if role.mark and content else content)


def _inline(element: _Element) -> Inline:
    parts: list[str | Ref | Ended | PointRun] = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.name == "t":
            parts.append(Ref(int(child.attributes["n"])))
        elif child.name == "end":
            parts.append(Ended(_inline(child), child.attributes["mark"]))
        else:
            points = tuple(_inline(point) for point in child.all("point"))
            if not all(points):
                raise MarkupError("元素“point”是空的")
            parts.append(PointRun(_style(child.attributes.get("style", "")), points))
    return tuple(parts)


def _blocks(element: _Element) -> tuple[Node, ...]:
    return tuple(_block(child) for child in element.all(*BLOCKS))


def _block(element: _Element) -> Node:
    attributes = element.attributes
    match element.name:
        case "p":
            return Paragraph(_inline(element))
        case "items":
            items = tuple(_inline(item) for item in element.all("item"))
            return Items(_style(attributes.get("style", "")), items, _FLAGS.get(attributes.get("goes-on", "")))
        case "table":
            if not any(element.all("row")):
                raise MarkupError("元素“table”里没有“row”")
            return Table(
                caption=element.inline("caption"),
                header=tuple(_cells(row) for row in element.all("header")),
                rows=tuple(_cells(row) for row in element.all("row")),
                widths=tuple(float(width) for width in attributes.get("widths", "").split()),
                note=element.inline("table-note"),
                counter=attributes.get("counter", ""),
                landscape=attributes.get("landscape") == "true",
                aligned=tuple(attributes.get("aligned", "").split()),
                numbered=_numbered(element),
            )
        case "indicator-table":
            return IndicatorTable(
                int(attributes["n"]),
                element.inline("caption"),
                element.inline("table-note"),
                attributes.get("landscape") == "true",
                numbered=_numbered(element),
            )
        case "figure":
            return _figure(element)
        case "todo":
            return Todo(_inline(element))
        case "page-break":
            return PageBreak()
    run_in = attributes.get("run-in", "")
    flag = _FLAGS.get(run_in)
    return Section(
        heading=element.inline("heading"),
        run_in=flag,
        run_in_below=() if flag is not None else _styles(run_in),
        number=attributes.get("number"),
        numbering=_styles(attributes.get("numbering", "")),
        children=_blocks(element),
        goes_on=_FLAGS.get(attributes.get("goes-on", "")),
    )


def _figure(element: _Element) -> Figure:
    files = tuple(_inline(file) for file in element.all("file"))
    return Figure(
        files,
        int(element.attributes.get("width", 0)),
        element.inline("caption"),
        beside=element.attributes.get("beside") == "true",
        numbered=_numbered(element),
    )


def _numbered(element: _Element) -> bool:
    """Say whether a table or a figure is counted: one whose caption says 无 is not."""
    return not any(caption.attributes.get("number") == "无" for caption in element.all("caption"))


def _cells(row: _Element) -> tuple[Cell, ...]:
    return tuple(
        Cell(_inline(cell), int(cell.attributes.get("across", 1)), int(cell.attributes.get("down", 1)))
        for cell in row.all("cell")
    )


def _style(sample: str) -> numbering_styles.Style | None:
    return numbering_styles.style(sample) if sample else None


def _styles(samples: str) -> tuple[numbering_styles.Style, ...]:
    return tuple(numbering_styles.style(sample) for sample in samples.split())
