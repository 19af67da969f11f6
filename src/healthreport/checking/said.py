"""The figures that a document says once and exactly, by which two documents are held against each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind
from healthreport.recognising import numbers
from healthreport.recognising.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.passages import Passage
    from healthreport.checking.subject import Subject
    from healthreport.recognising.relations import Mention, Relation

_LEAST_NAME = 3
_BEFORE_THE_YEAR = re.compile(r"(.+?)(20\d\d)年")


def said(subject: Subject, *relations: Relation) -> Iterator[tuple[Passage, Mention]]:
    """Yield the exact figures of some relations that have a name of their own."""
    for passage in subject.passages:
        for mention in mentions(passage.text, subject.known.figure_words):
            is_exact = mention.kind is numbers.Kind.EXACT and mention.number is not None and not mention.about
            if mention.relation in relations and is_exact and len(mention.name) >= _LEAST_NAME:
                yield passage, mention


def about(subject: Subject) -> str:
    """Return whose document it is and of which year, as its title says it: 白石镇卫生院2022; or nothing."""
    title = "".join([passage.text for passage in subject.passages if passage.kind is Kind.TITLE])
    found = _BEFORE_THE_YEAR.match("".join(title.split()))
    whose = found[1].removeprefix("关于") if found else ""
    return f"{whose}{found[2]}" if found and whose else ""
