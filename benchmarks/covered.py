"""Which branches the tests take: what coverage.py counted, written into docs/trust.md.

usage: covered.py [PAGE] — after ``coverage run -m pytest`` and ``coverage combine``; ends with 1 below 95 %.
"""

from __future__ import annotations

import datetime
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import pages

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- covered -->\n", "<!-- /covered -->"
LEAST = 95


def counted() -> dict[str, int]:
    """Return the totals of the last run."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "coverage.json"
        command = [sys.executable, "-m", "coverage", "json", "-q", "-o", str(told)]
        subprocess.run(command, cwd=ROOT, check=True)
        totals: dict[str, int] = json.loads(told.read_text("utf-8"))["totals"]
    return totals


def table(totals: dict[str, int]) -> str:
    """Return them as a table of Markdown."""
    branches = 100 * totals["covered_branches"] / totals["num_branches"]
    lines = 100 * totals["covered_lines"] / totals["num_statements"]
    date = f"{datetime.datetime.now(tz=datetime.UTC):%Y-%m-%d}"
    return (
        "| run on | Python | branches | taken | statements | run |\n|---|---|---|---|---|---|\n"
        f"| {date} | {platform.python_version()} | {totals['num_branches']:,} | {branches:.1f}% "
        f"| {totals['num_statements']:,} | {lines:.1f}% |\n"
    )


if __name__ == "__main__":
    found = counted()
    pages.put(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "trust.md", BEGIN, END, table(found))
    print(table(found), end="")
    sys.exit(found["covered_branches"] * 100 < LEAST * found["num_branches"])
