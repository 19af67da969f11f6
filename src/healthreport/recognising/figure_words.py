"""The words by which numbers are read out of sentences, from ``templates/recognising/句中的数.yaml``.

The lists are data, a bureau's own on top of the packaged ones. All look-ups take the longest word that fits, and
cost no more than its length: a line of any kind is read in time linear in its length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading import word_lists
from healthreport.reading.kept import Kept
from healthreport.reading.resources import sheet_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from healthreport.reading.reader import Reader

FILE = "句中的数"


class WordSet:
    """A set of words, looked up at a place in a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._beginning = _lengths_by((word[0], word) for word in self.words)
        self._ending = _lengths_by((word[-1], word) for word in self.words)

    def at(self, text: str, start: int) -> str:
        """Return the longest word that begins at ``start``, or nothing."""
        for length in self._beginning.get(text[start : start + 1], ()):
            word = text[start : start + length]
            if word in self.words:
                return word
        return ""

    def before(self, text: str, end: int) -> str:
        """Return the longest word that stops at ``end``, or nothing."""
        for length in self._ending.get(text[end - 1 : end], ()):
            word = text[max(end - length, 0) : end]
            if word in self.words:
                return word
        return ""

    def first_in(self, text: str, start: int = 0) -> int:
        """Return where the first word of the set begins at or after ``start``; -1 where there is none."""
        return next((at for at in range(start, len(text)) if self.at(text, at)), -1)

    def last_end(self, text: str) -> int:
        """Return where the last word of the set ends; -1 where there is none."""
        return next((at for at in range(len(text), 0, -1) if self.before(text, at)), -1)


def _lengths_by(words: Iterable[tuple[str, str]]) -> dict[str, list[int]]:
    """Return the lengths of words, the longest first, by one of their characters."""
    lengths: dict[str, set[int]] = {}
    for char, word in words:
        lengths.setdefault(char, set()).add(len(word))
    return {char: sorted(found, reverse=True) for char, found in lengths.items()}


class FigureWords(NamedTuple):
    """All words that the reader of numbers knows, each list by what it is for."""

    names_of_units: dict[str, str]
    units: WordSet
    no_units: WordSet
    measured: WordSet
    chinese_units: WordSet
    about: WordSet
    at_least: WordSet
    at_most: WordSet
    or_more: WordSet
    or_less: WordSet
    target: WordSet
    last: WordSet
    rise: WordSet
    fall: WordSet
    against: WordSet
    completion: WordSet
    excess: WordSet
    share: WordSet
    total: WordSet
    parts: WordSet
    openings: WordSet
    light_verbs: WordSet
    verbs: WordSet
    amount_verbs: WordSet
    endings: WordSet
    whole_words: WordSet
    stops: WordSet
    attribute_verbs: WordSet
    cuts: WordSet
    counting_names: WordSet
    given_by: WordSet
    prepositions: WordSet
    inside: WordSet
    of_totals: WordSet
    times: WordSet
    around: WordSet
    beyond: WordSet
    other_changes: WordSet
    no_names: WordSet


# The keys of the file, for the sets in their order.
_KEYS = (
    "单位", "不是单位", "量", "汉字数的单位", "约", "不少于", "不多于", "以上", "以下", "目标", "上年",
    "增", "减", "比较", "完成", "超额", "占", "总计", "其中", "开头", "虚词", "动词", "量的动词", "末尾", "整词",
    "止词", "定语动词", "界词", "数词", "下达", "介词", "中间", "总的", "时间", "左右", "高低", "别的比较",
    "不当名称",
)  # fmt: skip
_NOT_HERE, _NAMES_OF_UNITS = "不当单位", "单位的名称"


def figure_words(reader: Reader) -> FigureWords:
    """Return the words, as the reader's folders of templates have them.

    Raises :class:`HealthReportError` for a file of the user's own that holds no such lists.
    """
    return _words_in(reader, reader.template_folders)


@Kept(1)
def _words_in(reader: Reader, _: tuple[Path, ...]) -> FigureWords:
    lists = {key: frozenset(words) for key, words in word_lists.read(reader, FILE).items()}
    lists["单位"] = (sheet_words(reader).units.names | lists["单位"] | {"%", "％", "‰"}) - lists[_NOT_HERE]
    names = dict(pair.split("=", 1) for pair in lists[_NAMES_OF_UNITS] if "=" in pair)
    return FigureWords(names, *[WordSet(lists[key]) for key in _KEYS])
