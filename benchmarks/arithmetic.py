"""Do figures that do not add up get found? The patterns of a list that is not in the repository, right and wrong.

usage: arithmetic.py PATTERNS [TEXT…] — a table whose third column holds the right sentence and whose fifth the wrong
one, then texts in which all that is found is printed, to be judged.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from healthreport.checking import manuscripts as passages  # noqa: E402
from healthreport.checking.engine import check  # noqa: E402
from healthreport.checking.known import known  # noqa: E402
from healthreport.checking.rules.figures.every import RULES  # noqa: E402
from healthreport.checking.subject import Subject  # noqa: E402
from healthreport.reading import text_files  # noqa: E402
from healthreport.reading.resources import Resources  # noqa: E402
from healthreport.trees.document import Document  # noqa: E402

if TYPE_CHECKING:
    from healthreport.diagnostics import Diagnostic

RESOURCES = Resources()
ROW = re.compile(r"\| \d+ \|")
PIECE = 350_000


def found(text: str) -> list[Diagnostic]:
    """Return what the rules on figures find in a text."""
    read = passages.read(text_files.read(text.encode(), "例.txt"))
    subject = Subject(Document("", ()), places=read.places, known=known(RESOURCES), read=read.passages)
    return check(subject, RULES, {})


def patterns(path: Path) -> None:
    """Print how many of the wrong sentences are found, and of the right ones."""
    rows = [line.strip().strip("|").split("|") for line in path.read_text("utf-8").splitlines() if ROW.match(line)]
    wrong = [bool(found(f"情况汇报\n{row[4].strip()}。")) for row in rows]
    right = [bool(found(f"情况汇报\n{row[2].strip()}。")) for row in rows]
    for row, one in zip(rows, wrong, strict=True):
        if not one:
            print("missed", row[4].strip())
    print(f"wrong found: {sum(wrong)} of {len(rows)}; right found: {sum(right)}")


def text(path: Path) -> None:
    """Print all that is found in a text, and how long it took."""
    words = path.read_text("utf-8")
    start, count = time.process_time(), 0
    for at in range(0, len(words), PIECE):
        for one in found(words[at : at + PIECE]):
            count += 1
            print(f"{path.name}:{one.position.line} {one.id} {one.message}")
    print(f"{path.name}: {count} in {len(words):,} characters, {time.process_time() - start:.2f} s")


if __name__ == "__main__":
    found("热身：共1人")
    patterns(Path(sys.argv[1]))
    for name in sys.argv[2:]:
        text(Path(name))
