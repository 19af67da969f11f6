"""The townships' rows of a workbook, written as XML among the rows that xlsxwriter wrote, in the formats it made.

A large county has four million cells; as objects in memory they take 1.2 GB and half a minute.
"""

from __future__ import annotations

import io
import re
import zipfile
from itertools import islice
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from healthreport.townships.pool import Amount

    # What gives the cells of all rows, column by column, from what cells of each column begin with.
    Columns = Callable[[list[str], list[str]], Iterable[Iterable[str]]]

_SHEET = "xl/worksheets/sheet1.xml"
_ROW = "\0"  # stands for a row's number
_AT_ONCE = 256
_CELL = re.compile(r'<c r="([A-Z]+)[0-9]+" s="([0-9]+)"')
# XML cannot hold some characters, and they are written so (22.9.2.19); what looks so already is written so, too.
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def numbers(head: str, values: Iterable[Amount | float]) -> Iterator[str]:
    """Return the cells of a column of numbers."""
    return map(f"{head}><v>%.16G</v></c>".__mod__, values)


def formula(head: str, written: str, value: float) -> str:
    """Return a cell with a formula, and what it comes to."""
    return f"{head}><f>{escape(written)}</f><v>{value:.16G}</v></c>"


def text(head: str, written: str) -> str:
    """Return a cell with a text, or an empty one."""
    if not written:
        return f"{head}/>"
    space = "" if written == written.strip() else ' xml:space="preserve"'
    inside = escape(_ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", written))
    return f'{head} t="inlineStr"><is><t{space}>{inside}</t></is></c>'


def put(book: bytes, line: int, columns: Columns) -> bytes:
    """Return a workbook with rows for one that shows how its cells look, which stands in a line counted from 1.

    ``columns`` gets what the cells of each column begin with, in that look and in the look of the first column.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            with new.open(member, "w") as stream:
                for piece in _with_rows(content, line, columns) if member.filename == _SHEET else [content]:
                    stream.write(piece)
    return out.getvalue()


def _with_rows(content: bytes, line: int, columns: Columns) -> Iterator[bytes]:
    before, row, after = re.split(f'(<row r="{line}".*?</row>)', content.decode(), maxsplit=1)
    looks = _CELL.findall(row)
    heads = [f'<c r="{letters}{_ROW}" s="{look}"' for letters, look in looks]
    of_texts = [f'<c r="{letters}{_ROW}" s="{looks[0][1]}"' for letters, _ in looks]
    rows = enumerate(zip(*columns(heads, of_texts), strict=True), line)
    yield before.encode()
    while some := [*islice(rows, _AT_ONCE)]:
        yield "".join([f'<row r="{at}">{"".join(cells).replace(_ROW, str(at))}</row>' for at, cells in some]).encode()
    yield after.encode()
