"""Render published reports and compare them, paragraph by paragraph, with the text that was published.

Usage: python benchmarks/corpus.py [FOLDER] [--page README.md]

The folder holds reports, each with its text beside it: ``000.yaml`` and ``000.txt``. It is no part of the
project, so this is no test: tests use documents of their own. Every report is rendered to Word and to text;
white space and the cells of tables do not count. Prints a row for each report, writes the totals between the
marks of the page, and fails where a paragraph differs.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import docx
import pages

from healthreport.jobs.producing import Options
from healthreport.jobs.render import render
from healthreport.reading.reader import Reader

FOLDER = Path(__file__).parents[2] / "shared" / "corpus" / "yaml"
PAGE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- corpus -->\n", "<!-- /corpus -->"


class Compared(NamedTuple):
    """One report: how much was compared, and how many paragraphs of the Word file and of the text differ."""

    name: str
    paragraphs: int
    characters: int
    word: int
    text: int


def squeezed(lines: Iterable[str]) -> list[str]:
    """Return the lines without white space; empty ones are dropped."""
    return [one for one in ("".join(line.split()) for line in lines) if one]


def differing(rendered: Sequence[str], published: Sequence[str]) -> int:
    """Count the paragraphs that are changed, missing or too many."""
    changes = SequenceMatcher(None, rendered, published, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in changes if kind != "equal")


def compare(report: Path, folder: Path) -> Compared:
    """Render a report into a folder; all paragraphs differ where it cannot be rendered."""
    published = squeezed(report.with_suffix(".txt").read_text("utf-8").splitlines())
    word: list[str] = []
    text: list[str] = []
    formats = ("docx", "txt")
    ((task, outcome),) = render([report], folder, Options(formats), Reader())
    if outcome.written == formats:
        document, plain = task.targets(formats).values()
        word = squeezed(paragraph.text for paragraph in docx.Document(str(document)).paragraphs)
        text = squeezed(line for line in plain.read_text("utf-8").split("\n") if "\t" not in line)
    else:
        print(f"{report}: {outcome.diagnostics}", file=sys.stderr)
    counted = len(published), sum(map(len, published))
    return Compared(report.stem, *counted, differing(word, published), differing(text, published))


def write(page: Path, compared: Sequence[Compared]) -> None:
    """Write the totals between the marks of the page."""
    totals = (len(compared), *(sum(column) for column in zip(*(one[1:] for one in compared), strict=True)))
    row = " | ".join(f"{total:,}" for total in totals)
    table = (
        "| run on | documents | paragraphs | characters | differing in Word | differing in text |\n"
        f"|---|---|---|---|---|---|\n| {datetime.date.today()} | {row} |\n"
    )
    pages.put(page, BEGIN, END, table)


def main() -> None:
    """Compare, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="reports and their texts (%(default)s)")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the totals are written (%(default)s)")
    wanted = parser.parse_args()
    reports = sorted(wanted.folder.glob("*.yaml"))
    if not reports:
        parser.error(f"there are no reports in {wanted.folder}; name the folder that holds them")
    with tempfile.TemporaryDirectory() as folder:
        compared = [compare(report, Path(folder)) for report in reports]
    print("| document | paragraphs | characters | differing in Word | differing in text |\n|---|---|---|---|---|")
    for one in compared:
        print(f"| {' | '.join(map(str, one))} |")
    write(wanted.page, compared)
    sys.exit(any(one.word or one.text for one in compared))


if __name__ == "__main__":
    main()
