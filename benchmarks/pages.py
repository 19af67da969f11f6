"""Where a run writes its figures: between two marks of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def put(page: Path, begin: str, end: str, table: str) -> None:
    """Write a table between two marks of a page, over the one that stands there."""
    before, rest = page.read_text("utf-8").split(begin)
    after = re.sub(f"^.*?(?={end})", "", rest, flags=re.DOTALL)
    page.write_text(before + begin + table + after, encoding="utf-8")
