"""Wrong words of a document, each told once: by the surest of the lists that have it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind
from healthreport.checking.seams import is_seam, is_touched
from healthreport.reading.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Collection

    from healthreport.checking.joined import Places
    from healthreport.checking.subject import Subject
    from healthreport.checking.word_list import Hit

_YEAR = r"(?:19|20)\d\d(?<![0-9]....)(?=年|\D{0,2}[0-9]{1,2}[-.月])"
# A web page says when it was made, to the minute.
_CLOCK = r"\d:\d\d"
_HEAD = frozenset({Kind.TITLE, Kind.FRAME})


@Kept(1)
def of_wrong(subject: Subject) -> list[Hit]:
    """Return the words that are always wrong, where they are no two words that meet."""
    text = subject.joined
    known = subject.known
    words = known.wrong_words
    hits = words.hits(text, words.places(text), year(subject))
    return [hit for hit in hits if not is_seam(text.full, hit.start, hit.end, known.common_words)] if hits else hits


@Kept(1)
def of_doubtful(subject: Subject) -> list[Hit]:
    """Return the words that are wrong more often than not; one of which no company is told, where none reaches in."""
    text, known = subject.joined, subject.known
    found = [
        hit
        for hit in known.doubtful_words.hits(text, _places(subject), year(subject))
        if hit.wrong.unless
        or not hit.is_word(text)
        or not is_touched(text.full, hit.start, hit.end, known.common_words)
    ]
    return apart_from(found, of_wrong(subject))


@Kept(1)
def of_better(subject: Subject) -> list[Hit]:
    """Return the words for which there is a better one."""
    others = (*of_wrong(subject), *of_doubtful(subject))
    return apart_from(subject.known.better_words.hits(subject.joined, _places(subject), year(subject)), others)


@Kept(1)
def _places(subject: Subject) -> Places:
    """Return where the words of both lists stand that no certain rule needs: found in one run."""
    known = subject.known
    return subject.joined.all_places((*known.doubtful_words.wanted, *known.better_words.wanted))


def apart_from(hits: Collection[Hit], others: Collection[Hit]) -> list[Hit]:
    """Return the hits that share no character with one of the others."""
    taken = {at for other in others for at in range(other.start, other.end)} if hits else set()
    return [hit for hit in hits if taken.isdisjoint(range(hit.start, hit.end))]


@Kept(1)
def year(subject: Subject) -> int | None:
    """Return the year a document is of: its report's, or the last one that its title and date name."""
    if subject.report and subject.report.report.year:
        return int(subject.report.report.year)
    own = [passage for passage in subject.passages if not re.search(_CLOCK, passage.text)]
    head = [passage.text for passage in own if passage.kind in _HEAD]
    found = [int(word) for text in head for word in years(text)]
    found = found or [int(word) for passage in own for word in years(passage.text)]
    return max(found, default=None)


def years(text: str) -> list[str]:
    """Return the years that words name."""
    return [match[0] for match in re.finditer(_YEAR, text)]
