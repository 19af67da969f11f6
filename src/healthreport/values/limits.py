"""How long a report, or a manuscript that is made one, may be: more than any office writes.

Each paragraph, cell and reference is looked at from many sides; within these numbers that takes seconds.
"""

from __future__ import annotations

MAX_PARAGRAPHS = 20_000
MAX_CELLS = 100_000
MAX_CHARACTERS = 1_000_000
MAX_REFERENCES = 20_000
