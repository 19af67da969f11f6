"""Document → plain text: one line a paragraph, as it would be pasted elsewhere; also the tests' oracle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.figures import gaps
from healthreport.trees.document import (
    Block,
    Document,
    Figure,
    Heading,
    Paragraph,
    Run,
    Signature,
    Table,
    stands_beside,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_INDENT = "\u3000\u3000"
_LATIN_WORD = re.compile("[!-~\xa1-\u024f]+")


def write(document: Document) -> str:
    """Return the document as text, a line for every paragraph, also within cells, which tabs separate."""
    lines = [*_lines(document.blocks)]
    for attachment in document.attachments:
        lines += ["", attachment.label, _text(attachment.title), *_lines(attachment.blocks)]
    lines += ["", *_lines(document.imprint)] if document.imprint else []
    return "\n".join(lines) + "\n"


def count(document: Document) -> int:
    """Return the number of characters as Word's 字数 counts them, blanks aside: a number or a Latin word is one."""
    return count_of(write(document))


def count_of(text: str) -> int:
    """Return the number of characters of a document's text, or of one whose slots were filled."""
    text = gaps.unprinted(gaps.without(text))
    words = _LATIN_WORD.findall(text)
    return sum(map(len, text.split())) - sum(map(len, words)) + len(words)


def _lines(blocks: Sequence[Block]) -> list[str]:
    lines: list[str] = []
    previous = None
    for block in blocks:
        if stands_beside(block, previous):
            lines[-1] += _INDENT + "".join(_block(block))
        else:
            lines += _block(block)
        previous = block
    return lines


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield _INDENT + block.label + _text(block.runs)
    elif isinstance(block, Paragraph):
        indent = "" if block.role.look else _INDENT + "\u3000" * len(block.indent)
        heading = block.heading.label + _text(block.heading.runs) if block.heading else ""
        yield indent + heading + block.label + _text(block.runs)
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Figure) and block.caption:
        yield block.label + _text(block.caption)
    elif isinstance(block, Signature):
        yield from filter(None, (*block.organisation.split("\n"), block.date))


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield table.label + _text(table.caption)
    for row in (*table.header, *table.rows):
        yield "\t".join(text_of(cell.runs) for cell in row)
    if table.note:
        yield text_of(table.note)


def _text(runs: Sequence[Run]) -> str:
    return text_of(runs).replace("\n", "")
