"""``--figures``: the numbers of a draft's texts become indicators, and the texts refer to them.

What comes out prints what went in, character for character: each reference is evaluated by the same code that
renders a report, and one that prints anything else is taken back. Texts are those of the format, in which
``{{`` opens a reference: a text that holds braces is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Position, error
from healthreport.importing import proof, prose
from healthreport.importing.comparisons import Comparisons
from healthreport.importing.entering import enter
from healthreport.importing.ledger import At, Ledger, Reference, Said
from healthreport.recognising.mentions import mentions
from healthreport.recognising.paragraphs import squeezed
from healthreport.values.limits import MAX_REFERENCES

if TYPE_CHECKING:
    from healthreport.reading.yaml.dump import Dict
    from healthreport.recognising.figure_words import FigureWords
    from healthreport.trees.draft import Draft

_BRACKETS = re.compile(r"[{}｛｝﹛﹜]|[\[［【]{2}")
_AROUND = 12
_DIGITS = re.compile(r"\d")
_NUMBER = re.compile(r"\d[\d.,]*")


class LeftAlone(NamedTuple):
    """A number that stays text: the words around it, it itself, why, and the place of its section, if it has one."""

    words: str
    number: str
    why: str
    place: Position | None = None


class WithFigures(NamedTuple):
    """A draft whose texts refer to indicators, these as they are written under 指标, and what stayed text."""

    draft: Draft
    indicators: dict[str, Dict]
    left_alone: tuple[LeftAlone, ...]


def with_figures(draft: Draft, words: FigureWords) -> WithFigures:
    """Return a draft with its figures as indicators. Raises :class:`HealthReportError` for more than a report holds."""
    found = prose.texts(draft)
    texts = [one.text for one in found]
    if sum(len(_NUMBER.findall(text)) for text in texts) > MAX_REFERENCES:
        message = f"正文里的数超过{MAX_REFERENCES // 10_000}万个，不像一份报告。"
        raise error("too-large", message, Position(""), hint="请拆成几个文件，再分别导入。")
    bracketed = {at for at, text in enumerate(texts) if _BRACKETS.search(text)}
    said = _said(texts, words)
    ledger = Ledger(words.no_names.words | _in_brackets([texts[at] for at in sorted(bracketed)], said))
    for at in said:
        if at.text in bracketed:
            ledger.left[at] = "这段文字里有花括号或双层方括号"
    readable = {at: one for at, one in said.items() if at not in ledger.left}
    ahead = frozenset(at for at, one in enumerate(found) if one.where.ahead)
    comparisons = Comparisons(ledger, readable, texts)
    enter(ledger, comparisons, readable, texts, words, ahead)
    for one in readable.values():
        comparisons.compute_rate(one)
        comparisons.add_up(one)
    proof.take_back_what_differs(ledger, texts)
    replaced = iter(_replaced(texts, ledger.references))
    left = tuple(_left_alone(said[at], why, found[at.text]) for at, why in sorted(ledger.left.items()))
    return WithFigures(
        prose.changed(draft, lambda _, __: next(replaced)), proof.indicators(ledger), left + _in_tables(draft)
    )


def _said(texts: list[str], words: FigureWords) -> dict[At, Said]:
    return {
        At(at, n): Said(At(at, n), mention, text[mention.start : mention.end])
        for at, text in enumerate(texts)
        for n, mention in enumerate(mentions(text, words))
    }


def _in_brackets(texts: list[str], said: dict[At, Said]) -> frozenset[str]:
    """Return the names that a text holds in brackets: once they name an indicator, that would be a mistake."""
    bare = "\n".join(map(squeezed, texts))
    names = {one.mention.name for one in said.values()}
    lengths = {len(name) for name in names}
    held = (bare[at : at + length] for at in range(len(bare)) for length in lengths)
    return frozenset(name for name in held if name in names)


def _replaced(texts: list[str], references: list[Reference]) -> list[str]:
    pieces: list[list[str]] = [[] for _ in texts]
    ends = [0] * len(texts)
    for reference in sorted(references, key=lambda one: (one.at.text, one.start)):
        at = reference.at.text
        pieces[at] += [texts[at][ends[at] : reference.start], f"{{{{ {reference.code} }}}}"]
        ends[at] = reference.end
    return ["".join([*parts, text[end:]]) for parts, text, end in zip(pieces, texts, ends, strict=True)]


def _left_alone(said: Said, why: str, prose_of: prose.Prose) -> LeftAlone:
    mention = said.mention
    around = prose_of.text[max(mention.start - _AROUND, 0) : mention.end + _AROUND].replace("\n", " ")
    return LeftAlone(around, said.printed, why, prose_of.where.place)


def _in_tables(draft: Draft) -> tuple[LeftAlone, ...]:
    """Tell of each table that its numbers stay in its cells."""
    tables = [table for table in prose.tables(draft) if _DIGITS.search(str(table.rows))]
    return tuple(LeftAlone(table.caption or "表格", "", "表格里的数照印") for table in tables)
