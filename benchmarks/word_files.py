"""Read Word files, against the text they show and against other programs that read them.

Usage: python benchmarks/word_files.py [FOLDER] [--rounds 5] [--page README.md] [--beyond]

FOLDER holds ``NN-name.docx`` files, and beside each, as ``NN-name.txt``, what it shows: a paragraph a line, ``[表]``
before a table's row, cells by tab, ``¶`` between paragraphs of a cell, ``⏎`` for a soft break. How many of these lines
are read is printed for each file; ``--beyond`` prints the lines that differ.
Then the files are read by turns with python-docx, docx2txt, docx2python, mammoth and markitdown, as far as they are
installed; times are the processor's, so that other programs disturb less. The medians are written between the marks
of the page.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import io
import re
import statistics
import time
import warnings
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pages

from healthreport.reading import manuscripts
from healthreport.trees.manuscript import Grid, Line, Manuscript

FOLDER = Path(__file__).parents[2] / "shared" / "corpus" / "word"
PAGE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- word -->\n", "<!-- /word -->"
MARKS = re.compile(r"[\s\u3000\u00a0•]|\[(?:表|文本框|图|公式|[脚尾]注\d*)\]")


def squeezed(text: str) -> list[str]:
    """Return the lines of a text without blanks and marks; a soft break and a cell's paragraph end a line."""
    return [line for line in (MARKS.sub("", one) for one in re.split(r"[\n⏎¶]", text)) if line]


def text(found: Manuscript) -> str:
    """Return what a manuscript shows, a paragraph or a table's row a line."""
    out = []
    for one in found.parts:
        if isinstance(one, Line):
            out.append(one.label + one.words)
        elif isinstance(one, Grid):
            rows = ["\t".join("¶".join(x.label + x.words for x in cell.lines) for cell in row) for row in one.rows]
            out += rows
    return "\n".join(out)


def compare(path: Path, *, beyond: bool) -> tuple[int, int]:
    """Print how much of a file is read; return the lines read and those there are."""
    wanted = squeezed(path.with_suffix(".txt").read_text("utf-8"))
    found = manuscripts.read(path.read_bytes(), path.name)
    got = squeezed(text(found))
    matcher = SequenceMatcher(None, got, wanted, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    left_out = "，".join(f"{one.kind}{one.times}" for one in found.left_out)
    print(f"{path.stem}: {same} of {len(wanted)} lines, {len(got) - same} others; left out: {left_out or 'nothing'}")
    for kind, a, b, c, d in matcher.get_opcodes() if beyond else []:
        if kind != "equal":
            print("   read  ", *(one[:60] for one in got[a:b]), "\n   wanted", *(one[:60] for one in wanted[c:d]))
    return same, len(wanted)


def docx2python(data: bytes) -> object:
    """Read with docx2python, which gives up on some files."""
    try:
        with importlib.import_module("docx2python").docx2python(io.BytesIO(data)) as document:
            return document.body_runs
    except KeyError:
        return None


# Readers, by the module each needs.
READERS: dict[str, Callable[[bytes], object]] = {
    "healthreport": lambda data: manuscripts.read(data, "稿.docx"),
    "docx2txt": lambda data: importlib.import_module("docx2txt").process(io.BytesIO(data)),
    "docx": lambda data: [one.text for one in importlib.import_module("docx").Document(io.BytesIO(data)).paragraphs],
    "docx2python": docx2python,
    "mammoth": lambda data: importlib.import_module("mammoth").convert_to_markdown(io.BytesIO(data)).value,
    "markitdown": lambda data: importlib.import_module("markitdown").MarkItDown().convert_stream(io.BytesIO(data)),
}


def measured(files: list[bytes], rounds: int) -> str:
    """Read all files with each program by turns; return the rows of a table: milliseconds a file."""
    readers = {name: read for name, read in READERS.items() if importlib.util.find_spec(name)}
    times: dict[str, list[float]] = {name: [] for name in readers}
    for turn in range(rounds + 1):  # the first one is for warming up
        for name, read in readers.items():
            began = time.process_time()
            for data in files:
                read(data)
            if turn:
                times[name].append((time.process_time() - began) / len(files) * 1000)
    ours = times["healthreport"]
    rows = f"| {datetime.date.today()}, {len(files)} files | ms a file | times ours |\n|---|---|---|\n"
    for name, row in times.items():
        ratio = statistics.median(one / own for one, own in zip(row, ours, strict=True))
        rows += f"| {'python-docx' if name == 'docx' else name} | {statistics.median(row):.1f} | {ratio:.1f} |\n"
    return rows


def main() -> None:
    """Compare, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER, help="(%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="(%(default)s)")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the table is written (%(default)s)")
    parser.add_argument("--beyond", action="store_true", help="print the lines that differ")
    wanted = parser.parse_args()
    warnings.simplefilter("ignore")
    paths = sorted(wanted.folder.glob("*.docx"))
    counts = [compare(path, beyond=wanted.beyond) for path in paths if path.with_suffix(".txt").exists()]
    same, lines = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    print(f"{same} of {lines} lines")
    table = measured([path.read_bytes() for path in paths], wanted.rounds)
    print(table, end="")
    pages.put(wanted.page, BEGIN, END, table)


if __name__ == "__main__":
    main()
