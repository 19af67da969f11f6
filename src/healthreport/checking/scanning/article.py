"""A document without the lines of the page it was copied from: its title, its text, its chapters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.passages import Kind
from healthreport.checking.scanning.lines import lines
from healthreport.reading.kept import Kept
from healthreport.recognising import genres
from healthreport.recognising.cleaning import web

if TYPE_CHECKING:
    from healthreport.checking.passages import Passage, Spot
    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject

_ENDS = 10
_LONGEST_TITLE = 40
_DATED = re.compile(r"[（(]?\d{4}[年-]")
_CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}、")
# 工作总结篇3, 活动总结2: the name that a collection of samples gives its texts.
_OF_COLLECTION = re.compile(
    r"(?:总结|汇报|方案|报告|计划|讲话|范文|心得|材料|模板)(?:篇?[0-9一二三四五六七八九十]{1,2}|范文.{0,4})$"
)


class Line(NamedTuple):
    """A passage: which it is, and its words in full width."""

    order: int
    passage: Passage
    text: str


class Article(NamedTuple):
    """The titles of a document, those that only a collection gives it, and the lines of its text, tables left out."""

    titles: tuple[Line, ...]
    given: tuple[Line, ...]
    body: tuple[Line, ...]
    genre: str

    @property
    def chapters(self) -> list[Line]:
        """The lines that begin a chapter: 一、…."""
        return [line for line in self.body if is_chapter(line)]


def is_chapter(line: Line) -> bool:
    """Say whether a line begins a chapter."""
    return line.passage.level == 1 or _CHAPTER.match(line.text) is not None


def whole(line: Line, words: Lines) -> Spot:
    """Return all words of a line."""
    start = words.start(line.order)
    return words.spot(start, start + len(line.text))


@Kept(1)
def article(subject: Subject) -> Article:
    """Return the parts of a document that was read, the same each time."""
    words = lines(subject)
    texts = [text.strip() for text in words.full.split("\n")] if words.passages else []
    page, total = subject.known.page_words, len(texts)
    ends = {*range(min(_ENDS, total)), *range(max(total - _ENDS, 0), total)}
    own = [
        Line(order, passage, text)
        for order, (passage, text) in enumerate(zip(words.passages, texts, strict=True))
        if passage.kind not in (Kind.CELL, Kind.CAPTION, Kind.NOTE)
        and not (order in ends and (web.is_of_page(text, order, total, page) or _DATED.fullmatch(text)))
    ]
    named = {line.text for line in own[:1]}
    titles: list[Line] = []
    for line in own[:_ENDS]:
        again = line.text in named and line.passage.kind is Kind.BODY
        says_so = len(line.text) <= _LONGEST_TITLE and _says_document(line.text, subject)
        if not (line.passage.kind is Kind.TITLE or again or (titles and says_so)) or line.text.endswith("："):
            break
        titles.append(line)
    given = tuple([line for line in titles if _OF_COLLECTION.search(line.text)])
    mine = tuple([line for line in titles if line not in given])
    body = tuple(own[len(titles) :])
    title = "".join(line.text for line in mine)
    return Article(mine, given, body, genres.genre(title, subject.known.structure_words).value if title else "")


def _says_document(text: str, subject: Subject) -> bool:
    return text.endswith(subject.known.structure_words.documents)
