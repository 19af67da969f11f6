"""What rules know, from lists of data: read when a rule first asks, for few reports need all of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from healthreport.checking import words
from healthreport.checking.word_list import WordList
from healthreport.reading import word_lists
from healthreport.reading.kept import Kept
from healthreport.reading.resources import CHECKING
from healthreport.reading.yaml import lists

if TYPE_CHECKING:
    from healthreport.checking.look_alikes import LookAlikes
    from healthreport.checking.mark_words import MarkWords
    from healthreport.checking.words import CheckWords
    from healthreport.reading.resources import Resources
    from healthreport.recognising.cleaning import web
    from healthreport.recognising.figure_words import FigureWords
    from healthreport.recognising.words import Words
    from healthreport.values.units import Units


class Known:
    """The lists of a folder of templates: units, words of checking, words by which figures are read."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    @property
    def units(self) -> Units:
        """The units of counts and measures."""
        return self._resources.units

    @cached_property
    def words(self) -> CheckWords:
        """The words of the rules on reports."""
        return words.build(self._resources.lists(CHECKING, words.FILES))

    @cached_property
    def mark_words(self) -> MarkWords:
        """The words of the rules on labels and marks."""
        from healthreport.checking import mark_words

        return mark_words.build(self._resources.lists(CHECKING, (mark_words.FILE,)))

    def lists(self, file: str) -> dict[str, tuple[str, ...]]:
        """Return the lists of words of a file, a bureau's own on top of the packaged ones.

        Raises :class:`HealthReportError` for a file of a bureau's own that holds no such lists.
        """
        found: dict[str, tuple[str, ...]] = {}
        for _, tree in self._resources.lists(CHECKING, (file,)):
            if found:
                lists.refuse_unknown(tree, frozenset(found))
            found |= {key: (*found.get(key, ()), *lists.texts(node)) for key, node in tree.items()}
        return found

    @property
    def figure_words(self) -> FigureWords:
        """The words by which numbers are read out of sentences."""
        from healthreport.recognising.figure_words import figure_words

        return figure_words(self._resources.reader)

    @property
    def structure_words(self) -> Words:
        """The words by which the parts of a document are told: 下一步打算 is a plan."""
        from healthreport.recognising.words import words as structure_words

        return structure_words(self._resources.reader)

    @cached_property
    def wrong_words(self) -> WordList:
        """The words that are always wrong."""
        return WordList(self._resources.word_lists("错字"))

    @cached_property
    def doubtful_words(self) -> WordList:
        """The words that are wrong more often than not."""
        return WordList(self._resources.word_lists("疑字"))

    @cached_property
    def better_words(self) -> WordList:
        """The words for which there is a better one."""
        return WordList(self._resources.word_lists("用词"))

    @cached_property
    def look_alikes(self) -> LookAlikes:
        """The characters that are taken for others, by the words they stand in."""
        from healthreport.checking.look_alikes import LookAlikes

        return LookAlikes(self._resources.word_lists("形近音近"), self._set("长词"), self.alike)

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The words that may meet where something looks wrong, and those that a bureau says are right."""
        lists = (self.wrong_words, self.doubtful_words, self.better_words)
        return self._set("常用词").union(*(each.names for each in lists))

    @cached_property
    def doubled(self) -> word_lists.Lists:
        """The words and characters that are doubled by mistake, and those that may be, by their class."""
        return word_lists.of_lines(self._resources.word_lists("叠字"))

    @cached_property
    def clues(self) -> word_lists.Lists:
        """The words by which names and what is private are known, by their class."""
        return word_lists.of_lines(self._resources.word_lists("线索"))

    @cached_property
    def alike(self) -> dict[str, str]:
        """The characters that look or sound like one."""
        found: dict[str, str] = {}
        for group in self._set("形近字"):
            found |= {char: found.get(char, "") + group for char in group}
        return found

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The surnames that most people have."""
        return self._set("姓氏")

    @cached_property
    def page_words(self) -> web.Words:
        """What lines of web pages are known by."""
        from healthreport.recognising.cleaning import web

        return web.words(self._resources.reader)

    @cached_property
    def page_lists(self) -> word_lists.Lists:
        """The same words in their lists."""
        from healthreport.recognising.cleaning import web

        return word_lists.read(self._resources.reader, web.FILE)

    def _set(self, name: str) -> frozenset[str]:
        lines = [line for source in self._resources.word_lists(name) for line in source.text.split("\n")]
        return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@Kept(1)
def known(resources: Resources) -> Known:
    """Return what is known from resources, the same each time."""
    return Known(resources)
