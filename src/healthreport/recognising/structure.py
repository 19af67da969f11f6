"""A manuscript → a draft: its structure recognised, nothing lost and nothing changed.

What is recognised is printed again on the spot and compared, paragraph by paragraph; where one would come out
otherwise, it stays text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising import (
    attachments,
    ending,
    genres,
    going_on,
    issued,
    nesting,
    opening,
    printing,
    roles,
    tables,
)
from healthreport.recognising.paragraphs import Cells, Paragraph, Thing, squeezed, things
from healthreport.recognising.sections import Body, Builder
from healthreport.recognising.words import words
from healthreport.trees.draft import Doubt, Draft, Items, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.reading.reader import Reader
    from healthreport.recognising.ending import Ending
    from healthreport.recognising.nesting import Hints
    from healthreport.recognising.opening import Opening
    from healthreport.recognising.words import Words
    from healthreport.trees.draft import Block
    from healthreport.trees.manuscript import Manuscript

_ROUNDS = 12
_HEAD = 12  # how far down the title may stand, below a red head
_NO_TITLES = ("", "", "")


class Options(NamedTuple):
    """What a user says of a document, and the parts that are known to stay plain text."""

    genre: str = ""
    year: int | None = None
    keep_numbers: bool = False
    literal: frozenset[int] = frozenset()


def recognise(manuscript: Manuscript, options: Options, reader: Reader) -> Draft:
    """Return the draft of a manuscript."""
    row = list(things(manuscript.parts))
    literal = options.literal
    wanted = list(_printed(row))
    known = words(reader)
    for _ in range(_ROUNDS):
        draft = _draft(row, manuscript, options._replace(literal=literal), known)
        differing = _differing(wanted, printing.lines(draft, known.chapters.get(draft.genre, _NO_TITLES)))
        if differing is None or differing in literal:
            return draft
        literal |= {differing}
    return _draft(row, manuscript, options._replace(literal=frozenset(range(len(manuscript.parts)))), known)


def _printed(row: Sequence[Thing]) -> Iterator[tuple[int, str]]:
    """Yield the lines that have to be printed, each with its part."""
    for thing in row:
        if isinstance(thing, Paragraph):
            yield thing.part, squeezed(thing.text)
        elif isinstance(thing, Cells):
            for cells in thing.grid.rows:
                text = "".join("\n".join(line.label + line.words for line in cell.lines) for cell in cells)
                for line in filter(None, map(squeezed, text.split("\n"))):
                    yield thing.part, line


def _differing(wanted: Sequence[tuple[int, str]], lines: Sequence[str]) -> int | None:
    """Return the first part that is printed otherwise; a title over several lines is printed as one."""
    at = 0
    for number, line in enumerate(lines):
        if at == len(wanted):
            return wanted[-1][0] if wanted else None
        joined = ""
        for count in range(1, opening.MOST_TITLE_LINES + 1 if number < _HEAD else 2):
            joined += wanted[at + count - 1][1] if at + count <= len(wanted) else ""
            if joined == line:
                at += count
                break
        else:
            return wanted[at][0]
    return wanted[at][0] if at < len(wanted) else None


def _draft(row: Sequence[Thing], manuscript: Manuscript, options: Options, known_words: Words) -> Draft:
    head, tail = issued.red_head(row, options.literal), issued.imprint(row, options.literal)
    main, attached = attachments.divided(row[head.used : len(row) - tail.used], options.literal)
    known = nesting.hints(main, known_words, options.literal, keep_numbers=options.keep_numbers)
    top = opening.read(main, known, markdown=manuscript.kind == "markdown")
    end = ending.read(main[top.used :], known)
    middle = main[top.used : len(main) - end.used]
    plain = frozenset(at - top.used for at in known.contents.lines)
    plain |= {at for at, thing in enumerate(middle[:1]) if thing is top.unsure}  # no heading of all that follows
    captions = tables.Captions(known)
    builder = Builder(known, captions)
    body = builder.build(nesting.nest(middle, known, plain))
    draft = _with_body(_with_parts(top, end), body, known)._replace(red_head=head.red, imprint=tail.imprint)
    draft = draft._replace(attachments=attachments.built(attached, known, captions, draft, builder.doubts))
    draft = roles.with_run_ins(going_on.said_once(draft))
    draft = _with_kind(draft, options, row, known)
    doubts = [*builder.doubts, *draft.doubts]
    if top.unsure and top.unsure.text not in (draft.org, draft.signature):
        message = f"“{top.unsure.text}”后面没有冒号，没有作主送；是主送的，请写成“主送: {top.unsure.text}”。"
        doubts.append(Doubt("recipient", message, top.unsure.place))
    if known.contents.lines:
        place = main[min(known.contents.lines)].place
        doubts.append(Doubt("contents", "原文有目录，照原文作文字留着；用不着就删去。", place))
    if start := attachments.unprintable(main, options.literal):
        message = "附件照原文作文字留着：程序印的编号、附件说明和原文不一样；要单独成页，请移到“附件”里。"
        doubts.append(Doubt("attachment", message, start))
    return draft._replace(doubts=tuple(doubts))


def _with_parts(top: Opening, end: Ending) -> Draft:
    """Return a draft with all that stands above and below the text."""
    signed = bool(end.signature or end.date)
    return Draft(
        title=top.title or printing.NONE,
        subtitle=top.subtitle,
        speaker=top.speaker,
        recipient=top.recipient,
        salutation=top.salutation,
        org=end.signature if end.date and "\n" not in end.signature else "",
        # Said of what is not signed: otherwise a date that somebody adds would sign it.
        signature=printing.NONE if not signed else end.signature if not end.date or "\n" in end.signature else "",
        date=end.date,
        note=end.note,
    )


def _with_body(draft: Draft, body: Body, known: Hints) -> Draft:
    """Add the sections; what stands before them is 导语, without any it is 内容."""
    sections, closing = _divided(body, known.words)
    lead, content = _lead(body.content) if not sections else (body.content, ())
    return draft._replace(lead=lead, content=content, sections=sections, closing=closing, numbering=body.numbering)


def _lead(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return the paragraphs that lead in, and the rest, of a document without sections."""
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Items)), 0)
    if not first and len(blocks) > 1 and isinstance(blocks[0], str) and blocks[0].endswith("："):
        first = 1
    return blocks[:first], blocks[first:]


def _divided(body: Body, known_words: Words) -> tuple[tuple[Section | str, ...], tuple[Block, ...]]:
    """Return the sections, and what ends the document: the last paragraphs, if they begin so."""
    if body.closing or not body.sections or isinstance(body.sections[-1], str):
        return body.sections, body.closing
    last, closing = _without_closing(body.sections[-1], known_words)
    return (*body.sections[:-1], last), closing


def _without_closing(section: Section, known_words: Words) -> tuple[Section, tuple[Block, ...]]:
    if section.closing:
        kept, closing = _cut(section.closing, known_words, 0)
        return section._replace(closing=kept), closing
    if section.sections:
        last = section.sections[-1]
        if isinstance(last, str):
            return section, ()
        inner, closing = _without_closing(last, known_words)
        return section._replace(sections=(*section.sections[:-1], inner)), closing
    kept, closing = _cut(section.content, known_words, 1)
    return section._replace(content=kept), closing


def _cut(blocks: tuple[Block, ...], known_words: Words, least: int) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Divide blocks where a paragraph begins as those do that end a document."""
    texts = [printing.inline(one) if printing.is_paragraph(one) else "" for one in blocks]  # type: ignore[arg-type]
    start = len(blocks)
    for at in range(len(blocks) - 1, least - 1, -1):
        if not texts[at]:
            break
        said = any(word in texts[at] for word in known_words.within_closings)
        if said or texts[at].startswith(known_words.closings):
            start = at
    return blocks[:start], blocks[start:]


def _with_kind(draft: Draft, options: Options, row: Sequence[Thing], known: Hints) -> Draft:
    """Say genre, year and roles, with the reasons and what speaks against them."""
    title = (
        draft.title
        if draft.title != printing.NONE
        else next((one.title for one in draft.sections if isinstance(one, Section)), "")
    )
    texts = [thing.text for thing in row if isinstance(thing, Paragraph)]
    first = next(iter(draft.lead), None)
    lead = printing.inline(first) if printing.is_paragraph(first) else ""  # type: ignore[arg-type]
    genre = genres.genre(title, known.words)
    year = genres.year(title, lead, texts)
    doubts = draft.doubts
    reasons = [f"体裁：{options.genre}，是您指定的" if options.genre else genre.reason]
    if options.year:
        reasons.append(f"年度：{options.year}，是您指定的")
    elif year:
        reasons.append(year.reason)
        if year.conflict:
            place = row[0].place if row else None
            assert place is not None
            doubts = (*doubts, Doubt("year-conflict", year.conflict, place))
    number = options.year or (int(year.value) if year else None)
    draft = draft._replace(genre=options.genre or genre.value, year=number, reasons=tuple(reasons), doubts=doubts)
    return roles.with_roles(draft, known.words)
