"""The vocabulary templates write in, and its misuse told in a template's own source, where the line is exact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.trees.roles import IMPRINT, OPENING

if TYPE_CHECKING:
    from collections.abc import Iterator

_INLINE = frozenset({"t", "points", "end"})
BLOCKS = frozenset({"section", "p", "items", "table", "indicator-table", "figure", "todo", "page-break"})

# element → (its attributes, its children); ``#text`` stands for set phrases.
VOCABULARY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    name: (frozenset(attributes.split()), frozenset(children))
    for name, attributes, children in (
        (
            "document",
            "numbering run-in goes-on",
            {*OPENING, "signature", "note", "attachment", "imprint", *BLOCKS},
        ),
        *((part, "", {"#text", *_INLINE}) for part in (*OPENING, *IMPRINT)),
        ("imprint", "", {*IMPRINT}),
        ("section", "run-in number numbering goes-on", {"heading", *BLOCKS}),
        ("heading", "", {"#text", *_INLINE}),
        ("p", "", {"#text", *_INLINE}),
        ("t", "n", set()),
        ("end", "mark", {"#text", *_INLINE}),
        ("points", "style", {"point"}),
        ("point", "", {"#text", *_INLINE}),
        ("items", "style goes-on", {"item"}),
        ("item", "", {"#text", *_INLINE}),
        ("table", "widths aligned counter landscape", {"caption", "header", "row", "table-note"}),
        ("indicator-table", "n landscape", {"caption", "table-note"}),
        ("figure", "width beside", {"file", "caption"}),
        ("file", "", {"t"}),
        ("caption", "number", {"#text", *_INLINE}),
        ("header", "", {"cell"}),
        ("row", "", {"cell"}),
        ("cell", "across down", {"#text", *_INLINE}),
        ("table-note", "", {"#text", *_INLINE}),
        ("todo", "", {"#text", *_INLINE}),
        ("page-break", "", set()),
        ("signature", "", {"organisation", "date"}),
        ("organisation", "", {"#text", *_INLINE}),
        ("date", "", {"#text", *_INLINE}),
        ("note", "", {"#text", *_INLINE}),
        ("attachment", "landscape numbering run-in goes-on", {"title", *BLOCKS}),
    )
}

_TEMPLATE_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"</?([A-Za-z_][\w.-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=")


def check_template(source: str) -> Iterator[tuple[int, str]]:
    """Yield offset and message for every name in a template's source that is not in the vocabulary."""
    for tag in _TAG.finditer(_without_code(source)):
        name = tag[1]
        if name not in VOCABULARY:
            yield tag.start(1), f"模板里没有元素“{name}”"
            continue
        values_gone = re.sub(r'"[^"]*"', lambda value: " " * len(value[0]), tag[2])
        for attribute in _ATTRIBUTE.finditer(values_gone):
            if attribute[1] not in VOCABULARY[name][0]:
                yield tag.start(2) + attribute.start(1), f"元素“{name}”没有属性“{attribute[1]}”"


def misplaced(source: str) -> int | None:
    """Return the offset of the first tag that does not fit the one around it, as the source stands.

    Branches of a template need not nest, so this only locates what the parser of markup has refused.
    """
    open_tags: list[tuple[str, int]] = []
    for tag in _TAG.finditer(_without_code(source)):
        name, at = tag[1], tag.start(1)
        if tag[0].startswith("</"):
            if not open_tags or open_tags.pop()[0] != name:
                return at
            continue
        if open_tags and name not in VOCABULARY[open_tags[-1][0]][1]:
            return at
        if not tag[2].endswith("/"):
            open_tags.append((name, at))
    return open_tags[-1][1] if open_tags else None


def _without_code(source: str) -> str:
    """Blank out what is Jinja2's, so that offsets stay."""
    return _TEMPLATE_CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), source)
