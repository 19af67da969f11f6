"""``docs/start.md``, done line by line as a newcomer does it: copied, typed, filled in, run, and looked at.

A ``console`` fence, or a command in a sentence, is typed at the prompt, and ends well but below ``<!-- ends: 2 -->``;
a ``text`` fence is what is said then. Below ``<!-- file: 名 -->`` a fence is a file that is written by hand, below
``<!-- shown: 名 -->`` a part of one that is there, below ``<!-- printed: 名.docx -->`` paragraphs of a document.
A table below ``<!-- edit: 名 -->`` is what is looked for and what it becomes, one below ``<!-- fill: 名.xlsx -->``
names and the values beside them.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

import docx
import openpyxl

from helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Cli

PAGE = ROOT / "docs" / "start.md"
MOST_LINES = 280
_PART = re.compile(
    r"(?:^<!-- (?P<note>[^\n]+?) -->\n)?^(?:```(?P<language>\w+)\n(?P<body>.*?)^```$|(?P<rows>(?:^\|[^\n]*\n)+))"
    r"|`(?P<inline>healthreport [^`]+)`",
    re.MULTILINE | re.DOTALL,
)
_COPY = re.compile(r"copy D:\\healthreport\\examples\\(\S+) \.")
_CODE = re.compile(r"`([^`]+)`")
_FILLED = re.compile(r"([^（]+)(?:（目标填 (.+)）)?")


class Part(NamedTuple):
    """A fence or a table: what it is, and what the comment above says of it."""

    kind: str
    name: str
    body: str


def parts() -> list[Part]:
    """Return what the page has one do and see, in order."""
    found = []
    for match in _PART.finditer(PAGE.read_text("utf-8")):
        kind, _, name = (match["note"] or "").partition(": ")
        inline = "console" if match["inline"] else ""
        found.append(Part(kind or match["language"] or inline, name, match["body"] or match["rows"] or match["inline"]))
    return found


def cells(table: str) -> list[list[str]]:
    """Return the cells of a table's rows, without its head."""
    rows = [re.split(r"(?<!\\)\|", line.strip("|")) for line in table.splitlines()[2:]]
    return [[cell.strip().replace(r"\|", "|") for cell in row] for row in rows]


def edit(path: Path, table: str) -> None:
    """Change a file as the table says; what is looked for is there."""
    for old, new in cells(table):
        looked_for, becomes = _CODE.findall(old)[0], _CODE.findall(new)[0]
        text = path.read_text("utf-8")
        assert text.count(looked_for) == 1 or "每一处" in old, looked_for
        assert looked_for in text, looked_for
        path.write_text(text.replace(looked_for, becomes), "utf-8")


def fill(path: Path, table: str) -> None:
    """Fill in a sheet: every row of it gets its value, and none is left over."""
    flat = [cell for row in cells(table) for cell in row]
    values = dict(zip(flat[::2], flat[1::2], strict=True))
    book = openpyxl.load_workbook(path)
    for name, _, value, target, _ in book.active.iter_rows(min_row=2):
        filled = _FILLED.fullmatch(values.pop(name.value))
        assert filled
        for cell, text in ((value, filled[1]), (target, filled[2])):
            cell.value = float(text) if text and re.fullmatch(r"\d+", text) else text
    assert values == {}
    book.save(path)


def look(body: str, at: str, what: str) -> None:
    """See that a text is there, its lines one below the other."""
    shown, there = ([line.strip() for line in text.splitlines()] for text in (body, at))
    assert any(there[first : first + len(shown)] == shown for first in range(len(there))), f"{what}:\n{body}\n{at}"


def type_in(body: str, ends: str, run: Cli) -> str:
    """Type commands at the prompt, and return what is said."""
    said = ""
    for line in body.splitlines():
        if copied := _COPY.fullmatch(line):
            shutil.copy(ROOT / "examples" / copied[1], copied[1])
            continue
        program, *arguments = line.split()
        assert program == "healthreport", line
        result = run(*arguments)
        assert result.code == int(ends or "0"), f"{line}\n{result.err}"
        said += f"{result.out}\n{result.err}\n"
    return said


def test_ten_minutes(here: Path, cli: Cli) -> None:
    """Whoever does what the page says, and nothing else, sees what it shows."""
    said = ""
    by_hand: dict[str, Callable[[Path, str], None]] = {"edit": edit, "fill": fill}
    for kind, name, body in parts():
        path = here / name
        if kind in ("console", "ends"):
            said = type_in(body, name, cli)
        elif kind == "text":
            look(body, said, "said")
        elif kind == "file":
            path.write_text(body, "utf-8")
        elif kind == "shown":
            look(body, path.read_text("utf-8"), name)
        elif kind == "printed":
            look(body, "\n".join(one.text for one in docx.Document(str(path)).paragraphs), name)
        else:
            by_hand[kind](path, body)
    assert len(list((here / "各院").glob("*.docx"))) == 3


def test_it_takes_ten_minutes() -> None:
    """The page is short, and what it has one do is all there: last year's file, this year's, a sheet, the county's."""
    page = PAGE.read_text("utf-8")
    assert len(page.splitlines()) <= MOST_LINES
    commands = re.findall(r"^healthreport (\w+)", page, re.MULTILINE)
    assert list(dict.fromkeys(commands)) == [
        "import",
        "render",
        "new",
        "check",
        "figures",
        "batch",
        "overview",
        "sheet",
        "rollup",
    ]
