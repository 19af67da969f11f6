"""Reads the figures of passages: each once, for all rules."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import POINTS, RATES, Figure, Line
from healthreport.recognising.numbers import Kind as How
from healthreport.recognising.numbers import numbers
from healthreport.trees import slots
from healthreport.values import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.figures.words import FigureCues
    from healthreport.checking.passages import Passage
    from healthreport.recognising.figure_words import FigureWords
    from healthreport.recognising.numbers import Number

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_MARK = re.compile(r"[，,。；;：:（()）！？\n]")
_DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_HAS_FIGURE = re.compile(r"\d|[两二三四五六七八九十百](?:[家所名例辆台张座户场起件处支]|人次)")
_LONGEST_LEAD = 120
_LONGEST_PIECE = 1500
MOST_FIGURES = 150
# References of a report that its own texts still hold: what they stand for is not known here.
_HOLES = (slots.FILLED, "{{")
_LOOSE_BEHIND = re.compile(r"左右|上下|[及或]?以上|以下|以内|之内|[多余许](?!\d)")
_LOOSE_BEFORE = re.compile(
    r"(?:(?<![签续履预解节合特缔违公])约|(?<![附最])近|(?<![A-Za-z彩阴胃])超|超过|逾|突破|不足|不到|至少|至多|最多|不低于|不少于|不超过|不高于|大约|将近|接近|几乎|高达|达到?)$"
)
_PARTS_OF_NUMBERS = ("·", "∶", "．")
_ONE = Fraction(1)
_FIRM = ("达到", "达", "高达")


def has_holes(text: str) -> bool:
    """Say whether a text has places for figures that are not known yet."""
    return any(hole in text for hole in _HOLES)


def read(passage: Passage, words: FigureWords, cues: FigureCues) -> Iterator[Line]:
    """Yield a passage with its figures, a long one in pieces; nothing where some of the figures are not known.

    What relates figures looks at many of them at once, so a piece has no more than a person could hold against each
    other: one with more is read sentence by sentence, and a sentence with more is ``crowded``, without figures.
    """
    if has_holes(passage.text):
        return
    for start, end in _pieces(passage.text):
        line = _line(passage, start, end, words, cues)
        sentences = [*_sentences(passage.text, start, end)] if line.crowded else []
        if len(sentences) > 1:
            yield from (_line(passage, *place, words, cues) for place in sentences)
        else:
            yield line


def _line(passage: Passage, start: int, end: int, words: FigureWords, cues: FigureCues) -> Line:
    text = passage.text if end - start == len(passage.text) else passage.text[start:end]
    figures = _figures(text, words, cues) if _HAS_FIGURE.search(text) else ()
    crowded = len(figures) > MOST_FIGURES
    return Line(passage, text, () if crowded else figures, start, crowded)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _SENTENCE_END.finditer(text, start, end):
        yield start, found.end()
        start = found.end()
    if start < end:
        yield start, end


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a text, cut where a sentence ends."""
    start = 0
    while len(text) - start > _LONGEST_PIECE:
        most = start + _LONGEST_PIECE
        end = max(text.rfind("。", start, most), text.rfind("\n", start, most)) + 1
        if end <= start:
            end = max(text.rfind(mark, start, most) for mark in "；，、;") + 1
        if end <= start:  # a table in one line: between two words, not in a number
            end = max(text.rfind(mark, start, most) for mark in " \t|") + 1
        end = end if end > start else most
        yield start, end
        start = end
    yield start, len(text)


def _figures(text: str, words: FigureWords, cues: FigureCues) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    at = sentence = depth = 0
    for number in islice(numbers(text, words), MOST_FIGURES + 1):
        lead = text[at : number.start]
        sentence += bool(_SENTENCE_END.search(lead)) if lead else 0
        depth = _depth(lead, depth)
        figure = _figure(text, number, lead[-_LONGEST_LEAD:], (sentence, depth), cues)
        if not lead and figures and figures[-1].counts and figure.counts:
            figure = figure._replace(
                clause=figures[-1].clause
            )  # 报告传染病14种386例: of both is said what was reported
        figures.append(figure)
        at = number.end
    return tuple(figures)


def _depth(lead: str, depth: int) -> int:
    if "（" in lead or "）" in lead or "(" in lead or ")" in lead:
        for char in lead:
            if char in "（(":
                depth += 1
            elif char in "）)":
                depth = max(depth - 1, 0)
    return depth


def _figure(text: str, number: Number, lead: str, where: tuple[int, int], cues: FigureCues) -> Figure:
    """Make a figure of a number: the words about it, its unit in its base, the worth of its last digit."""
    unit = number.unit.replace("％", "%").removeprefix("个") if number.unit[-2:] == "分点" else number.unit
    unit = "%" if unit == "％" else unit
    own = None if unit in RATES or unit in POINTS else quantities.unit(unit)
    base, factor = (own.base, own.factor) if own else (unit, _ONE)
    value, step = number.number, _ONE
    printed = _DIGITS.search(number.value) if number.kind is not How.CHINESE else None
    if value is not None and printed:
        value = value if factor is _ONE or factor == 1 else value * factor
        if not printed[0].isdigit() or printed.end() < len(number.value) or factor != 1:
            shown = Fraction(printed[0].replace(",", ""))
            factor = value / shown if shown else factor
            step = factor / 10 ** len(printed[1] or "")
    marks = [*_MARK.finditer(lead)]
    clause = lead[marks[-1].end() :] if marks else lead
    loose = (
        bool(number.about)
        or number.kind in (How.RANGE, How.MASKED)
        or _LOOSE_BEHIND.match(text, number.end) is not None
        or _is_loose(clause)
        or text[number.start - 1 : number.start] in _PARTS_OF_NUMBERS
    )
    last = number.last * factor if number.last is not None and not own else number.last
    return Figure(
        number.start, number.end, value or Fraction(0), step, factor, cues.families.get(base, base), number.unit,
        lead, clause.strip("、 和及与"), loose, *where, text[number.start : number.end], number.about, last,
    )  # fmt: skip


def _is_loose(clause: str) -> bool:
    found = _LOOSE_BEFORE.search(clause)
    return found is not None and found[0] not in _FIRM
