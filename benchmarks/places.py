"""Is any real place taken for a total, a note or a section? Asks for every name of China's divisions.

Usage: python benchmarks/places.py [--page README.md]

Fetches npm's ``china-division`` into a folder that is thrown away, prints the names that a rule of
``templates/sheets`` takes for anything but a township, and writes their number between the marks of the page; any
ends it with 1.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.reading.resources import Resources, packaged
from healthreport.reading.tables.words import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.tables.words import Words

PACKAGE = "china-division@2.7.0"
PAGE = Path(__file__).with_name("README.md")
MARKS = re.compile("(?<=<!-- places -->\n).*?(?=<!-- /places -->)", re.DOTALL)
FILES = ("cities", "areas", "streets", "villages")


def names(folder: Path) -> Iterator[str]:
    """Yield the names of cities, counties, townships and villages."""
    for file in FILES:
        path = folder / "node_modules" / "china-division" / "dist" / f"{file}.json"
        yield from (one["name"] for one in json.loads(path.read_text("utf-8")))


def taken(name: str, words: Words) -> str:
    """Return what a name is taken for: a total, a note, a section; nothing of a township."""
    kind = words.total_of(name) or words.aside(name) or words.head_of(name)
    return kind.value if isinstance(kind, Kind) else ""


def main() -> int:
    """Fetch the names and try each."""
    parser = argparse.ArgumentParser(description="Names of places against the rules of sheets.")
    parser.add_argument("--page", type=Path, default=PAGE)
    arguments = parser.parse_args()
    words = Resources(packaged()).sheet_words
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            folder,
            PACKAGE,
        ]
        subprocess.run(command, check=True)
        known = {*names(Path(folder))}
    wrong = {name: kind for name in known if (kind := taken(name, words))}
    for name, kind in sorted(wrong.items()):
        print(f"{name}: {kind}")
    table = f"| {PACKAGE} | taken for something else |\n|---|---|\n| {len(known):,} names | {len(wrong)} |\n"
    print(table, end="")
    page = arguments.page.read_text("utf-8")
    arguments.page.write_text(MARKS.sub(lambda _: table, page), encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
