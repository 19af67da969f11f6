"""主送 and 称谓 get the colon that the format sets behind them, where a manuscript has a half-width one or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.recognising import issued, nesting, opening
from healthreport.recognising.cleaning.changes import Edit, Kind, applied
from healthreport.recognising.cleaning.cleaning import Cleaned
from healthreport.recognising.paragraphs import things
from healthreport.recognising.words import words
from healthreport.trees.manuscript import Line

if TYPE_CHECKING:
    from collections.abc import Collection

    from healthreport.reading.reader import Reader


def completed(cleaned: Cleaned, reader: Reader, keep: Collection[Kind]) -> Cleaned:
    """Return a manuscript with these colons, and what was changed for that, unless they are to be kept."""
    if Kind.COLON in keep:
        return cleaned
    manuscript, changes = cleaned
    row, nothing = list(things(manuscript.parts)), frozenset[int]()
    main = row[issued.red_head(row, nothing).used :]
    known = nesting.hints(main, words(reader), nothing, keep_numbers=False)
    parts = list(manuscript.parts)
    for one in opening.without_colons(main, known, markdown=manuscript.kind == "markdown"):
        line, text = parts[one.paragraph.part], one.paragraph.text
        assert isinstance(line, Line)
        end = line.words.index(text) + len(text)
        start = end - len(text)
        parts[one.paragraph.part], made = applied(
            line, [Edit(start, end, f"{text.removesuffix(one.mark)}：")], Kind.COLON
        )
        changes = (*changes, *made)
    return Cleaned(manuscript._replace(parts=tuple(parts)), changes)
