"""What stands below the text: 落款, the date, 附注."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising import labels, printing
from healthreport.recognising.paragraphs import Paragraph, squeezed
from healthreport.trees.end_marks import is_ended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.recognising.nesting import Hints
    from healthreport.recognising.paragraphs import Thing

_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
# Written otherwise than the format prints it, or in part: it is a line of the signature.
_OTHER_DATE = re.compile(
    r"(?:\d{4}|[二〇○零Oo一三四五六七八九]{4}|[二20][O〇0零oX×xx]{1}[Xx×\d]{2})[年.\-/](?:\d{1,2}|[一二三四五六七八九十]{1,3}|[Xx×]{1,2})月?"
    r"(?:[.\-/]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[Xx×]{1,2})日?)?"
)
_LONGEST = 40
_LONGEST_WITHOUT_DATE = 20
_MOST_SIGNERS = 6


class Ending(NamedTuple):
    """The parts below the text, and how many paragraphs they are; ``date`` is as the format reads it."""

    signature: str = ""
    date: str = ""
    note: str = ""
    used: int = 0


def read(things: Sequence[Thing], known: Hints) -> Ending:
    """Return what a document ends with."""
    row = _paragraphs(things, known)
    note = row.pop().text if len(row) > 1 and _is_note(row[-1]) and is_date(row[-2].text) else ""
    dated = bool(row) and is_date(row[-1].text)
    if not dated:
        signature = row[-1].text if row and _is_signature(row[-1], known) else ""
        return Ending(signature, used=bool(signature))
    written = row.pop().text
    date = printing.day_of(squeezed(written)) if _DATE.fullmatch(squeezed(written)) else ""
    signers: list[str] = []
    while row and len(signers) < _MOST_SIGNERS and _is_signer(row[-1], known):
        if signers and not row[-1].text.endswith(known.words.organisations):
            break
        signers.insert(0, row.pop().text)
    lines = signers if date else [*signers, written]
    return Ending("\n".join(lines), date, note, len(signers) + 1 + bool(note))


def is_date(text: str) -> bool:
    """Say whether a line is a date and nothing else: 2022年12月30日, 二〇二二年十二月三十日, 2022年XX月."""
    text = squeezed(text)
    return len(text) <= _LONGEST_WITHOUT_DATE and bool(_DATE.fullmatch(text) or _OTHER_DATE.fullmatch(text))


def _paragraphs(things: Sequence[Thing], known: Hints) -> list[Paragraph]:
    row: list[Paragraph] = []
    for thing in reversed(things[-_MOST_SIGNERS - 2 :]):
        if not isinstance(thing, Paragraph) or thing.part in known.literal:
            break
        row.insert(0, thing)
    return row[1:] if len(row) == len(things) else row


def _is_note(paragraph: Paragraph) -> bool:
    return paragraph.text.startswith("（") and paragraph.text.endswith("）")


def _is_line(paragraph: Paragraph, longest: int, known: Hints) -> bool:
    """Say whether a paragraph may be a line of a signature; 特此报告 is none, with or without its mark."""
    text = paragraph.text
    if text.startswith(known.words.farewells):
        return False
    if len(text) > longest or is_ended(text) or paragraph.level or paragraph.native or labels.readings(text):
        return False
    return not text.endswith(tuple(".;:,!?")) and not any(mark in text for mark in "。；：，！？\t")


def _is_signer(paragraph: Paragraph, known: Hints) -> bool:
    return _is_line(paragraph, _LONGEST, known)


def _is_signature(paragraph: Paragraph, known: Hints) -> bool:
    """Say whether the last line is a signature without a date: it names an organisation."""
    text = paragraph.text
    if not _is_line(paragraph, _LONGEST_WITHOUT_DATE, known) or paragraph.line.align == "center":
        return False
    return text.endswith(known.words.organisations)
