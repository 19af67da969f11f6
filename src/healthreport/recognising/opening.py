"""What stands above the text: the title, 副标题, 讲话人, 主送, 称谓."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising import labels, looks
from healthreport.recognising.issued import DOCUMENT_NUMBER
from healthreport.recognising.paragraphs import Paragraph, squeezed
from healthreport.trees.end_marks import is_ended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.recognising.nesting import Hints
    from healthreport.recognising.paragraphs import Thing
    from healthreport.recognising.words import Words

_LONGEST_TITLE = 60
_LONGEST_SUBTITLE = 40
_LONGEST_SPEAKER = 25
_LONGEST_SALUTATION = 40
_LONGEST_RECIPIENT = 120
MOST_TITLE_LINES = 4
_COLONS = ("：", ":")
_ONE_OF_A_LIST = re.compile("[、，,]")
_ALL_OF_A_KIND = ("各", "区直", "县直", "市直", "局属", "局直", "镇直", "乡直", "全县", "全区", "辖区")
_REMARK = re.compile(r"(?<=.)（[^（）]*）$")  # 各有关单位（名单附后）
_SHORT_OFFICES = ("市委", "县委", "区委", "镇委", "乡委", "党委")
_LEAST_OFFICE = 3
_DATE = re.compile(r"[（(]?\d{4}年\d{1,2}月(?:\d{1,2}日)?[）)]?")
_ISSUE = re.compile(rf"[〔\[（(]?(?:\d{{4}}年?[〕\]）)]?)?第?\d{{1,4}}[期次号][）)]?|{DOCUMENT_NUMBER}")


class Opening(NamedTuple):
    """The parts above the text, and how many paragraphs they are."""

    title: str = ""
    subtitle: str = ""
    speaker: str = ""
    recipient: str = ""
    salutation: str = ""
    used: int = 0
    unsure: Paragraph | None = None
    """A line that is not addressed for want of a colon: it may be, or it is who writes."""


class Without(NamedTuple):
    """A line that addresses somebody, without the colon that the format sets: how it ends in its stead."""

    paragraph: Paragraph
    mark: str


def read(things: Sequence[Thing], known: Hints, *, markdown: bool) -> Opening:
    """Return what a document opens with."""
    lines, below, rest = _divided(things, known, markdown=markdown)
    # The layout breaks a title into even lines itself.
    found = Opening("".join(line.text for line in lines), used=len(lines) + len(below))
    texts = [line.text for line in below]
    speaker = next((at for at, line in enumerate(below) if _is_speaker(line, known.words)), len(below))
    found = found._replace(subtitle="\n".join(texts[:speaker]), speaker="\n".join(texts[speaker:]))
    found = _addressed(found, rest, known.words)
    unsure = () if found.recipient or not found.title else (*below[-1:], *rest[: 1 if len(rest) > 1 else 0])
    of_others = (line for line in unsure if _may_address(line, known) and squeezed(line.text) not in found.title)
    return found._replace(unsure=next(of_others, None))


def without_colons(things: Sequence[Thing], known: Hints, *, markdown: bool) -> list[Without]:
    """Return the lines for 主送 and 称谓 that a half-width colon ends, and a list of recipients that none does."""
    title, _, rest = _divided(things, known, markdown=markdown)
    found: list[Without] = []
    ways = [_is_recipient, _is_salutation]
    if title and rest and _is_bare_recipient(rest[0], rest[1:2], title, known):
        found.append(Without(rest.pop(0), ""))
        del ways[0]
    for is_addressed in ways:
        if rest and is_addressed(rest[0], known.words):
            line = rest.pop(0)
            found += [Without(line, ":")] if line.text.endswith(":") else []
    return found


def _divided(
    things: Sequence[Thing], known: Hints, *, markdown: bool
) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph]]:
    """Return the lines of the title, those that belong to it, and what comes then."""
    row = _paragraphs(things, known)
    lines = _title_lines(row, known, markdown=markdown or _heads_all(things))
    rest = row[len(lines) :]
    below = _below_title(rest, lines, known) if lines else []
    return lines, below, rest[len(below) :]


def _heads_all(things: Sequence[Thing]) -> bool:
    """Say whether a heading by style is the title of the whole: the first, in the middle, alone of its level."""
    first = things[0] if things else None
    if not isinstance(first, Paragraph) or not first.level or labels.readings(first.text, first.native):
        return False
    highest = sum(1 for thing in things if isinstance(thing, Paragraph) and 0 < thing.level <= first.level)
    return highest == 1 and first.line.align == "center"


def _below_title(rest: Sequence[Paragraph], title: Sequence[Paragraph], known: Hints) -> list[Paragraph]:
    """Return the lines that belong to the title: who speaks or reports, when, which issue."""
    below: list[Paragraph] = []
    for at, line in enumerate(rest[:-1]):
        if _is_bare_recipient(line, rest[at + 1 : at + 2], title, known):
            break
        if not (_is_subtitle(line) or _is_speaker(line, known.words) or _is_about(line, known)):
            break
        below.append(line)
    return below


def _addressed(found: Opening, rest: Sequence[Paragraph], words: Words) -> Opening:
    """Add 主送 and 称谓."""
    at = 0
    if at < len(rest) and _is_recipient(rest[at], words):
        found = found._replace(recipient=_bare(rest[at].text))
        at += 1
    if at < len(rest) and _is_salutation(rest[at], words):
        found = found._replace(salutation=_bare(rest[at].text))
        at += 1
    return found._replace(used=found.used + at)


def _paragraphs(things: Sequence[Thing], known: Hints) -> list[Paragraph]:
    """Return the first paragraphs, up to a table, a picture, a heading or what is to stay text."""
    row: list[Paragraph] = []
    for at, thing in enumerate(things[: MOST_TITLE_LINES + 4]):
        if not isinstance(thing, Paragraph) or thing.part in known.literal or at in known.contents.lines:
            break
        row.append(thing)
    return row


def _title_lines(row: Sequence[Paragraph], known: Hints, *, markdown: bool) -> list[Paragraph]:
    """Return the lines of the title: the first, and in Word those below that are centred and look the same."""
    if not row or not _is_title(row[0], markdown=markdown):
        return []
    first = row[0]
    lines = [first]
    above = takewhile(lambda line: _is_title(line, markdown=markdown), row[1:MOST_TITLE_LINES])
    if not _is_set_as_title(first) and any(map(_is_set_as_title, above)):
        return []
    for line in row[1:MOST_TITLE_LINES]:
        alike = line.line.align == first.line.align == "center" and looks.of_whole(line) == looks.of_whole(first)
        same_part = line.part == first.part or line.line.is_title
        stands_out = known.body is not None and looks.of_whole(line) != known.body
        goes_on = len(lines) == 1 and _completes(first, line, known.words)
        if not (same_part or (alike and stands_out) or goes_on) or not _is_title(line, markdown=markdown):
            break
        if line.text.startswith(("（", "(", "—")):
            break
        lines.append(line)
    return lines


def _is_set_as_title(paragraph: Paragraph) -> bool:
    return paragraph.line.is_title or paragraph.line.align == "center"


def _completes(first: Paragraph, line: Paragraph, words: Words) -> bool:
    """Say whether a second line names the kind of document that a title has not named yet."""
    if first.line.align != line.line.align or line.level or line.native:
        return False
    return line.text.endswith(words.documents) and not any(word in first.text for word in words.documents)


def _is_title(paragraph: Paragraph, *, markdown: bool) -> bool:
    text = paragraph.text
    if (
        paragraph.native
        or len(text) > _LONGEST_TITLE
        or (paragraph.level and not markdown and not paragraph.line.is_title)
    ):
        return False
    if text.endswith(("。", "；", "：", ":", "，", "、", ";")) or "。" in text or "\t" in text:
        return False
    if _is_set_as_title(paragraph):
        return True
    return not any(one.strong for one in labels.readings(text)) and not text.startswith("——")


def _is_subtitle(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if len(text) > _LONGEST_SUBTITLE or paragraph.level:
        return False
    return text.startswith("—") or (text.startswith(("（", "(")) and text.endswith(("）", ")")))


def _is_about(paragraph: Paragraph, known: Hints) -> bool:
    """Say whether a line tells the date or an issue, or who writes: in Word, in the middle of the page."""
    text = squeezed(paragraph.text)
    if len(text) > _LONGEST_SUBTITLE or paragraph.level or is_ended(text) or "：" in text:
        return False
    if text.startswith("各"):  # they do not write
        return False
    if _DATE.fullmatch(text) or _ISSUE.fullmatch(text):
        return True
    is_shown = paragraph.line.align == "center" or known.body is None
    return is_shown and bool(
        text.endswith(known.words.organisations) or (_DATE.search(text) and len(text) <= _LONGEST_SPEAKER)
    )


def _is_speaker(paragraph: Paragraph, words: Words) -> bool:
    text = paragraph.text
    if len(text) > _LONGEST_SPEAKER or is_ended(text) or paragraph.level or labels.readings(text):
        return False
    return any(word in text for word in words.speakers) and not any(mark in text for mark in "，。；：")


def _bare(text: str) -> str:
    """Return whom a line addresses; a half-width colon stays, it is printed as it stands."""
    return text.removesuffix("：")


def _is_salutation(paragraph: Paragraph, words: Words) -> bool:
    text = paragraph.text
    if not text.endswith(_COLONS) or len(text) > _LONGEST_SALUTATION or "。" in text or labels.readings(text):
        return False
    return _greets(text, words)


def _greets(text: str, words: Words) -> bool:
    """Say whether people are addressed: 各位领导、同志们, but neither 领导小组 nor a sentence about 领导."""
    bare = text.rstrip("：:")
    parts = _ONE_OF_A_LIST.split(bare)
    return not bare.endswith("如下") and any(
        part.endswith(words.salutations) or (part.startswith(words.salutations) and not part.endswith(words.recipients))
        for part in parts
    )


def _is_recipient(paragraph: Paragraph, words: Words) -> bool:
    text = paragraph.text
    if not text.endswith(_COLONS) or len(text) > _LONGEST_RECIPIENT or "。" in text or labels.readings(text):
        return False
    bare = _REMARK.sub("", text.rstrip("：:")).rstrip("）]】")
    return bare.endswith(words.recipients) and not _greets(text, words)


def _is_bare_recipient(
    paragraph: Paragraph, below: Sequence[Paragraph], title: Sequence[Paragraph], known: Hints
) -> bool:
    """Say whether a line without a colon addresses somebody for sure: 各科室, or several offices, above a text.

    Who is named in the title writes, and a line in the middle of the page or set as a heading says something else.
    """
    if not _is_plain_line(paragraph, known) or not below or not (is_ended(below[0].text) or _numbered(below[0])):
        return False
    parts = _ONE_OF_A_LIST.split(paragraph.text)
    offices = [_is_office(part, known.words) for part in parts]
    writes = any(squeezed(part) in squeezed("".join(line.text for line in title)) for part in parts)
    return all(offices) and not writes and (len(parts) > 1 or paragraph.text.startswith(_ALL_OF_A_KIND))


def _may_address(paragraph: Paragraph, known: Hints) -> bool:
    """Say whether a line without a colon may address somebody: one office, or several that are called 各…."""
    parts = _ONE_OF_A_LIST.split(paragraph.text)
    is_list = len(parts) > 1 and all(part.startswith(_ALL_OF_A_KIND) for part in parts)
    return _is_plain_line(paragraph, known) and (is_list or all(_is_office(part, known.words) for part in parts))


def _is_plain_line(paragraph: Paragraph, known: Hints) -> bool:
    """Say whether a line stands where text does and looks like it."""
    look = looks.of_whole(paragraph)
    heads = known.body is not None and look is not None and looks.stands_out(look, known.body)
    set_apart = paragraph.level or paragraph.native or paragraph.line.align != "left"
    return not (heads or set_apart) and len(paragraph.text) <= _LONGEST_RECIPIENT


def _numbered(paragraph: Paragraph) -> bool:
    return bool(labels.readings(paragraph.text, paragraph.native))


def _is_office(text: str, words: Words) -> bool:
    if text.startswith(_ALL_OF_A_KIND):
        return text.endswith(words.recipients) and not words.role_of(text)
    return text in _SHORT_OFFICES or (len(text) >= _LEAST_OFFICE and text.endswith(words.organisations))
