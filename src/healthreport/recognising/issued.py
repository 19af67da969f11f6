"""红头 above the title and 版记 at the very end of a document that was sent out (GB/T 9704-2012, 7.2, 7.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising import printing
from healthreport.recognising.paragraphs import Paragraph, squeezed
from healthreport.trees.draft import Imprint, RedHead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.recognising.paragraphs import Thing

_COPY_NUMBER = re.compile(r"\d{6}")
_SECRECY = re.compile(r"(?:绝密|机密|秘密)(?:★.{0,10})?")
_URGENCY = re.compile("特急|加急|特提|平急|紧急")
_OFFICES = re.compile(r"(?:[^\s，。：]{2,30}(?:局|委|办|室|院|部|会|中心|政府)\n){0,4}[^\s，。：]{2,30}文件")
_SIGNERS = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_MOST_OFFICES = 5
DOCUMENT_NUMBER = r"[^\s〔\[（【]{1,20}[〔\[（【]\d{4}[〕\]）】]\d{1,5}号"
_NUMBER = re.compile(rf"(?P<number>{DOCUMENT_NUMBER})(?:签发人：(?P<signer>\S{{2,20}}))?")
_COPIES = "抄送："
_PRINTED = re.compile(r"(?P<office>.{2,40}?)(?P<day>\d{4}年\d{1,2}月\d{1,2}日)印发")
_MOST_LINES = 12


class Head(NamedTuple):
    """A red head, and how many paragraphs it is."""

    red: RedHead | None = None
    used: int = 0


def red_head(row: Sequence[Thing], literal: frozenset[int]) -> Head:
    """Return what stands above the title: in the order of the format, and with 发文字号."""
    lines: list[str] = []
    for thing in row[:_MOST_LINES]:
        if not isinstance(thing, Paragraph) or thing.part in literal:
            break
        lines.append(squeezed(thing.text))
    found: dict[str, str] = {}
    at = 0
    for field, pattern in (("copy_number", _COPY_NUMBER), ("secrecy", _SECRECY), ("urgency", _URGENCY)):
        if at < len(lines) and pattern.fullmatch(lines[at]):
            found[field] = lines[at]
            at += 1
    mark = _mark(lines[at : at + _MOST_OFFICES])
    at += mark.count("\n") + 1 if mark else 0
    number = _NUMBER.fullmatch(lines[at]) if at < len(lines) else None
    if number is None:
        return Head()
    signers = [number["signer"]] if number["signer"] else []
    while signers and at + 1 < len(lines) and _SIGNERS.fullmatch(lines[at + 1]):
        at += 1
        signers.append(lines[at])
    red = RedHead(**found, mark=mark, document_number=number["number"], signers=tuple(signers))
    return Head(red, at + 1)


def _mark(lines: Sequence[str]) -> str:
    """Return 发文机关标志: an office and 文件, or several offices below one another, the last with 文件."""
    for end in range(1, len(lines) + 1):
        if _OFFICES.fullmatch("\n".join(lines[:end])):
            return "\n".join(lines[:end])
    return ""


class Tail(NamedTuple):
    """版记, and how many paragraphs it is."""

    imprint: Imprint | None = None
    used: int = 0


def imprint(row: Sequence[Thing], literal: frozenset[int]) -> Tail:
    """Return what closes the document: 抄送, who printed it and when."""
    last = [one for one in row[-2:] if isinstance(one, Paragraph) and one.part not in literal]
    if len(last) < len(row[-2:]) or not last:
        return Tail()
    copies, printed_by, printed_on, used = "", "", "", 0
    match = _PRINTED.fullmatch(squeezed(last[-1].text))
    if match and (day := printing.day_of(match["day"])):
        printed_by, printed_on, used = match["office"], day, 1
    above = last[-1 - used].text if used < len(last) else ""
    if above.startswith(_COPIES) and above.endswith("。"):
        copies, used = above.removeprefix(_COPIES).removesuffix("。"), used + 1
    return Tail(Imprint(copies, printed_by, printed_on), used) if used else Tail()
