"""What a draft prints: the words of :mod:`~healthreport.trees.draft` with their labels and marks, a line a paragraph.

The importer's own look at what it has made, without a report and its template: labels as
``composing.numbering`` counts them, marks as ``composing.inline`` adds them. Tests hold the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Position
from healthreport.trees.draft import Draft, Figure, Items, Parts, Points, Section, Table, Task
from healthreport.trees.end_marks import is_ended
from healthreport.values import scalars
from healthreport.values.numbering_styles import Style, StyleError, style

if TYPE_CHECKING:
    from collections.abc import Container, Generator, Iterator, Sequence

    from healthreport.trees.draft import Block, Imprint, Inline, RedHead

NONE = "无"
SIDE_BY_SIDE = "并列式"
_NOWHERE = Position("")
SCHEME = tuple(style(sample) for sample in ("一、", "（一）", "1.", "（1）", "①"))


def ended(text: str, mark: str) -> str:
    """Return words that close with a mark unless they end in one already."""
    return text if is_ended(text) else text + mark


def inline(block: Inline, depth: int = 0, last: str = "。") -> str:
    """Return the words of one paragraph, or of a point within one; ``last`` closes the run that ends it."""
    if isinstance(block, str):
        return block
    if isinstance(block, Parts):
        *before, end = block.parts
        return "".join([inline(part, depth) for part in before]) + inline(end, depth, last)
    return block.lead + _run(block, depth, "。" if block.closing else last) + block.closing


def _run(run: Points, depth: int, last: str) -> str:
    chosen = style(run.style or ("①" if depth else "一是"))
    out = ""
    for number, point in enumerate(run.points, 1):
        mark = last if number == len(run.points) else "；"
        words = inline(point, depth + 1, mark)
        out += _label(chosen, number) + (words if _ends_in_a_run(point) else ended(words, mark))
    return out


def _ends_in_a_run(point: Inline) -> bool:
    if isinstance(point, Parts):
        return _ends_in_a_run(point.parts[-1])
    return isinstance(point, Points) and not point.closing


def task(item: Task) -> str:
    """Return a measure as sentences, 事项。时限，责任人：甲、乙。, as a template prints it."""
    out = f"{ended(item.problem, '。')}整改措施：" if item.problem else ""
    out += ended(item.task, "。")
    if item.deadline:
        out += ended(item.deadline, "，" if item.responsible else "。")
    return out + (f"责任人：{ended('、'.join(item.responsible), '。')}" if item.responsible else "")


def _label(chosen: Style, number: int, enclosing: tuple[int, ...] = ()) -> str:
    try:
        return chosen.label(number, enclosing)
    except StyleError:
        return "？"


class Place(NamedTuple):
    """Where a section stands: its level from 0, the styles of all levels, the numbers above, what runs in."""

    level: int = 0
    scheme: tuple[Style, ...] = SCHEME
    numbers: tuple[int, ...] = ()
    levels: frozenset[int] = frozenset()
    styles: frozenset[Style] = frozenset()

    def styled(self, samples: Sequence[str]) -> Place:
        """Return the place where other styles take over from its level."""
        if not samples:
            return self
        chosen = tuple([style(sample) for sample in samples])
        return self._replace(scheme=self.scheme[: self.level] + chosen + self.scheme[self.level + len(chosen) :])

    def running_in(self, samples: Sequence[str]) -> Place:
        """Return the place where headings of some levels run in."""
        chosen = [style(sample) for sample in samples]
        levels = {self.scheme.index(one) for one in chosen if one in self.scheme}
        return self._replace(levels=self.levels | levels, styles=self.styles.union(chosen))

    @property
    def style(self) -> Style:
        """The style of this level."""
        return self.scheme[min(self.level, len(self.scheme) - 1)]

    def runs_in(self, own: bool | None) -> bool:
        """Say whether a heading runs in here."""
        return own if own is not None else self.level in self.levels or self.style in self.styles


class Counter:
    """The last number of each style, in the order of the document, as ``composing.numbering`` counts."""

    def __init__(self, goes_on: Container[str] = ()) -> None:
        self._goes_on = goes_on
        self.last: dict[str, int] = {}

    def next(self, sample: str, count: int, own: bool | None) -> int:
        """Return the number after the last of its style where it goes on, else the one after ``count``."""
        goes_on = own if own is not None else sample in self._goes_on
        self.last[sample] = (self.last.get(sample, 0) if goes_on else count) + 1
        return self.last[sample]


class _Printer:
    """Prints one document, or one attachment: captions are counted through all of it."""

    def __init__(self, captions: dict[str, int], goes_on: Sequence[str]) -> None:
        self._captions = captions
        self._counter = Counter(goes_on)

    def body(
        self, blocks: Sequence[Block], sections: Sequence[Section | str], closing: Sequence[Block], place: Place
    ) -> Iterator[str]:
        """Print blocks, sections, and blocks after them, which share one counter."""
        count = yield from self.blocks(blocks, place, 0)
        for entry in sections:
            if isinstance(entry, str):
                count = yield from self.blocks((Items((entry,)),), place, count)
                continue
            counted = bool(entry.title) and not entry.number
            count = self._counter.next(place.style.sample, count, entry.goes_on) if counted else count
            yield from self._section(entry, place, count if counted else None)
        yield from self.blocks(closing, place, count)

    def _section(self, section: Section, place: Place, count: int | None) -> Iterator[str]:
        numbers = place.numbers if count is None else (*place.numbers, count)
        below = place._replace(level=place.level + 1, numbers=numbers).styled(section.numbering)
        body = self.body(section.content, section.sections, section.closing, below)
        if section.title:
            label = section.number if section.number != NONE else ""
            label = label if count is None else _label(place.style, count, place.numbers)
            runs_in = is_paragraph(first_of(section)) and place.runs_in(section.run_in) and not section.todo
            yield label + (ended(section.title, "。") + next(body) if runs_in else section.title)
        yield from body

    def blocks(self, blocks: Sequence[Block], place: Place, count: int) -> Generator[str, None, int]:
        """Print blocks; return how far their items have counted."""
        for block in blocks:
            if isinstance(block, Items):
                chosen, number = (style(block.style), 0) if block.style else (place.style, count)
                for item in block.items:
                    number = self._counter.next(chosen.sample, number, block.goes_on)
                    words = task(item) if isinstance(item, Task) else inline(item)
                    yield _label(chosen, number, place.numbers) + words
                count = count if block.style else number
            elif isinstance(block, Table):
                yield from self._table(block)
            elif isinstance(block, Figure):
                yield from self._caption("图", block)
            else:
                yield inline(block)
        return count

    def _caption(self, kind: str, block: Table | Figure) -> Iterator[str]:
        if block.caption and block.numbered:
            self._captions[kind] += 1
            yield f"{kind}{self._captions[kind]}{block.caption}"
        elif block.caption:
            yield block.caption

    def _table(self, table: Table) -> Iterator[str]:
        yield from self._caption("表", table)
        for row in (*table.header, *table.rows):
            yield from "".join([cell.text for cell in row]).split("\n")
        if table.note:
            yield table.note if table.note.startswith("注") else f"注：{table.note}"


def first_of(section: Section) -> Block | Section | None:
    """Return the first thing that stands under a heading."""
    if section.content:
        return section.content[0]
    if section.sections:
        entry = section.sections[0]
        return Items((entry,)) if isinstance(entry, str) else entry
    return section.closing[0] if section.closing else None


def is_paragraph(block: Block | Section | None) -> bool:
    """Say whether a heading may run into this."""
    return isinstance(block, str | Points | Parts)


def lines(draft: Draft, titles: Sequence[str] = ("", "", "")) -> list[str]:
    """Return the paragraphs that a draft prints, without the blanks in them; empty ones are dropped.

    ``titles`` are what its genre sets above lists under 成绩, 问题, 计划.
    """
    captions = {"表": 0, "图": 0}
    printer = _Printer(captions, draft.goes_on)
    root = Place().styled(draft.numbering).running_in(draft.run_in)
    out = [
        *_red_head(draft.red_head),
        "" if draft.title == NONE else draft.title,
        *draft.subtitle.split("\n"),
        *draft.speaker.split("\n"),
        ended(draft.recipient, "：") if draft.recipient else "",
        ended(draft.salutation, "：") if draft.salutation else "",
    ]
    out += printer.body((*draft.lead, *draft.content), _all_sections(draft, titles), draft.closing, root)
    notes = [attachment.title.replace("\n", "") for attachment in draft.attachments]
    numbers = [f"{at}." if len(notes) > 1 else "" for at in range(1, len(notes) + 1)]
    out += [
        ("附件：" if not at else "") + number + note
        for at, (number, note) in enumerate(zip(numbers, notes, strict=True))
    ]
    out += _signature(draft)
    for at, attachment in enumerate(draft.attachments):
        out += [f"附件{numbers[at].rstrip('.')}", *attachment.title.split("\n")]
        printer = _Printer(captions, attachment.goes_on or draft.goes_on)
        root = Place().styled(attachment.numbering or draft.numbering)
        root = root.running_in(attachment.run_in or draft.run_in)
        out += printer.body(attachment.content, attachment.sections, (), root)
    out += _imprint(draft.imprint)
    return [line for line in ("".join(line.split()) for line in out) if line]


def _red_head(red: RedHead | None) -> Iterator[str]:
    if red is not None:
        yield from (red.copy_number, red.secrecy, red.urgency, *red.mark.split("\n"))
        first, *others = red.signers or ("",)
        yield red.document_number + (f"签发人：{first}" if first else "")
        yield from others


def _imprint(imprint: Imprint | None) -> Iterator[str]:
    if imprint is not None:
        yield f"抄送：{ended(imprint.copies_to, '。')}" if imprint.copies_to else ""
        yield imprint.printed_by + (f"{printed_date(imprint.printed_on)}印发" if imprint.printed_on else "")


def _all_sections(draft: Draft, titles: Sequence[str]) -> tuple[Section | str, ...]:
    """Return all sections as they are printed: 章节, then those of the role keys, lists under a set title."""
    found: list[Section | str] = [*draft.sections]
    roles = (draft.achievements, draft.problems, draft.plans)
    for at, (role, title) in enumerate(zip(roles, titles, strict=True)):
        if isinstance(role, Section):
            found.append(role)
        elif role and at == 0 and draft.structure == SIDE_BY_SIDE:
            found += role
        elif role:
            found.append(Section(_NOWHERE, title, sections=role))
    return tuple(found)


def _signature(draft: Draft) -> Iterator[str]:
    organisation = draft.signature or (draft.org if draft.date else "")
    if organisation != NONE:
        yield from organisation.split("\n")
    if draft.date:
        yield printed_date(draft.date)
    if draft.note:
        yield draft.note if draft.note.startswith(("（", "(")) else f"（{draft.note}）"


def printed_date(text: str) -> str:
    """Return a date as it is printed: 2022-12-30 → 2022年12月30日."""
    day = scalars.read_date(text)
    return f"{day.year}年{day.month}月{day.day}日"


def day_of(text: str) -> str:
    """Return a day as it is written in a report, 2022年12月30日 → 2022-12-30; empty where it would print otherwise."""
    try:
        return scalars.read_date(text).isoformat() if printed_date(text) == text else ""
    except ValueError:
        return ""
