"""5,000 sheets made at random from known figures: how many are read, how many refused, whether any is misread.

Usage: python benchmarks/random_sheets.py [--count 5000] [--page README.md]

Prints a row for each trap, and for each shape of the sheets without one, and writes them between the marks of the
page. A figure that is read and is not the one the sheet was made of ends it with 1.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import random_sheets
import test_random_sheets

PAGE = Path(__file__).with_name("README.md")
MARKS = re.compile("(?<=<!-- random -->\n).*?(?=<!-- /random -->)", re.DOTALL)
OUTCOMES = ("read", "refused", "misread")


def outcomes(count: int) -> Counter[tuple[str, str]]:
    """Make and read so many sheets; count what came of them, by trap."""
    found: Counter[tuple[str, str]] = Counter()
    for seed in range(count):
        made = random_sheets.make(Random(seed))
        said, whole = test_random_sheets.wrong(made)
        found[
            made.trap or f"none, {made.shape}".removesuffix(", "), "misread" if said else "read" if whole else "refused"
        ] += 1
        if said:
            print(f"sheet {seed}: {said}", file=sys.stderr)
    return found


def main() -> int:
    """Make, read, print and write."""
    parser = argparse.ArgumentParser(description="Random sheets from known figures.")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--page", type=Path, default=PAGE)
    arguments = parser.parse_args()
    found = outcomes(arguments.count)
    table = f"| {arguments.count:,} sheets, trap or shape | read as made | refused | misread |\n|---|---|---|---|\n"
    for trap in sorted({trap for trap, _ in found}, key=lambda trap: (not trap.startswith("none"), trap)):
        table += f"| {trap} | {' | '.join(str(found[trap, what]) for what in OUTCOMES)} |\n"
    print(table, end="")
    page = arguments.page.read_text("utf-8")
    arguments.page.write_text(MARKS.sub(lambda _: table, page), encoding="utf-8")
    return 1 if any(what == "misread" for _, what in found) else 0


if __name__ == "__main__":
    sys.exit(main())
