"""What rules know, from lists of data: read when a rule first asks, for few reports need all of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from healthreport.checking import mark_words, words
from healthreport.reading.kept import Kept
from healthreport.reading.resources import CHECKING
from healthreport.recognising.figure_words import figure_words
from healthreport.recognising.words import words as structure_words

if TYPE_CHECKING:
    from healthreport.checking.mark_words import MarkWords
    from healthreport.checking.words import CheckWords
    from healthreport.reading.resources import Resources
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
        return mark_words.build(self._resources.lists(CHECKING, (mark_words.FILE,)))

    @property
    def figure_words(self) -> FigureWords:
        """The words by which numbers are read out of sentences."""
        return figure_words(self._resources.reader)

    @property
    def structure_words(self) -> Words:
        """The words by which the parts of a document are told: 下一步打算 is a plan."""
        return structure_words(self._resources.reader)


@Kept(1)
def known(resources: Resources) -> Known:
    """Return what is known from resources, the same each time."""
    return Known(resources)
