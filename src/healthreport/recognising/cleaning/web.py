"""Lines of web pages: times and sources above an article, navigation below it, a site's own words, its title again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Self

from healthreport.reading import word_lists
from healthreport.reading.kept import Kept
from healthreport.reading.reader import Reader
from healthreport.recognising.cleaning.changes import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE = "网页"
_HEAD_LINES = 10
_LONGEST = 120
_DATE = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_BULLET = r"[\s\-*·•>»|【\[]*"


class Words(NamedTuple):
    """What tells such lines, from ``templates/recognising/网页.yaml``."""

    meta: re.Pattern[str]
    start: re.Pattern[str]
    within: re.Pattern[str]
    inserted: re.Pattern[str]

    @classmethod
    def of(cls, lists: word_lists.Lists) -> Self:
        """Read the lists of the file."""
        labels, values = _either(lists["栏目"]), _either(lists["栏目的值"])
        sure = rf"(?:(?:{labels})\s*[:：]\s*(?:{_DATE}|{values})|{_DATE})"
        part = rf"(?:{sure}|(?:{labels})\s*[:：]\s*[^\s:：，。；,;]{{0,20}}|{values}|\d{{1,7}}次?)"
        several = rf"{part}(?:[\s|/，,]+{part}){{1,9}}"
        labelled = rf"(?=.{{0,40}}(?:{labels})\s*[:：])"
        return cls(
            meta=re.compile(rf"{labelled}{_BULLET}(?:{sure}|{several})\s*"),
            start=re.compile(rf"{_BULLET}(?:{_either(lists['行首'])})"),
            within=re.compile(_either(lists["行内"])),
            inserted=re.compile(_either(lists["句中"])),
        )


def words(reader: Reader) -> Words:
    """Return the words, as the reader's folders of templates have them."""
    return _words(reader, reader.template_folders)


@Kept(1)
def _words(reader: Reader, _: tuple[Path, ...]) -> Words:
    return Words.of(word_lists.read(reader, FILE))


def _either(words: Sequence[str]) -> str:
    alike = (re.escape(word).replace("：", "[:：]").replace("，", "[,，]") for word in words)
    return "|".join(sorted(alike, key=len, reverse=True))


def is_of_page(text: str, index: int, total: int, words: Words) -> bool:
    """Say whether a line, the ``index``-th of so many, belongs to the page and not to the article."""
    if len(text) > _LONGEST:
        return False
    head, foot = index < _HEAD_LINES, index >= total - _HEAD_LINES
    if (head or foot) and words.meta.fullmatch(text):
        return True
    return (words.start.match(text) is not None and (head or foot)) or words.within.search(text) is not None


def insertions(text: str, words: Words) -> list[Edit]:
    """Return what takes advertisements out of a sentence."""
    return [Edit(match.start(), match.end(), "") for match in words.inserted.finditer(text)]


def repeated_titles(texts: Sequence[str]) -> list[int]:
    """Return which of the first lines say the title once more: the last one that does is kept.

    ``甲乡2022年工作总结``, ``甲乡2022年工作总结`` → the first.
    """
    if not texts:
        return []
    first = texts[0]
    again = [at for at, text in enumerate(texts[1:_HEAD_LINES], 1) if text == first]
    return [0, *again[:-1]] if again else []
