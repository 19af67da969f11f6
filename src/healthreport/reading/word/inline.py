"""What stands in a paragraph (17.3.2, 17.3.3): runs and what holds runs → its words with their looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.reading.word import fields, formulas, pictures, symbols
from healthreport.reading.word.flow import Flow
from healthreport.reading.word.names import MC, M, W
from healthreport.reading.word.styles import Run
from healthreport.trees.manuscript import Look

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

    from healthreport.reading.word.fields import Fields
    from healthreport.reading.word.package import Package
    from healthreport.reading.word.styles import Style, Styles

HIDDEN, DELETED, READING, SYMBOL = "隐藏文字", "修订中删除的文字", "注音", "认不出的符号"
_KNOWN = frozenset(["wps", "wpg", "wpc", "w14", "w15", "w16", "wp14", "a14", "pic"])
_RPR, _T, _BREAK_TYPE = f"{W}rPr", f"{W}t", f"{W}type"
_SPACES = " \t\r\n"
_NO_RUN = Run()
_NOTES = {f"{W}footnoteReference": "脚注", f"{W}endnoteReference": "尾注"}


class Inline:
    """Reads what stands in paragraphs of one part, one after the other."""

    def __init__(self, package: Package, part: str, styles: Styles, open_fields: Fields) -> None:
        self._package = package
        self._part = part
        self._styles = styles
        self._fields = open_fields
        self._looks: dict[tuple[Run, Run], tuple[Look, bool]] = {}
        self._notes: dict[str, dict[str, int]] = {kind: {} for kind in _NOTES.values()}
        self._flow = Flow()
        self._style: Style = styles.paragraph(None)
        self._look, self._hidden, self._heading = Look(), False, 0

    @property
    def notes(self) -> dict[str, list[str]]:
        """The ids of the footnotes and endnotes that were met, in their order, each once."""
        return {kind: list(ids) for kind, ids in self._notes.items()}

    def read(self, paragraph: Element, style: Style, flow: Flow) -> None:
        """Read a paragraph of a style into a flow."""
        self._flow, self._style = flow, style
        self._walk(paragraph)
        self._fields.end_paragraph()

    def _walk(self, parent: Element) -> None:
        for child in parent:
            read = _IN_PARAGRAPH.get(child.tag)
            if read is not None:
                read(self, child)

    def _run(self, run: Element) -> None:
        properties: Run | None = _NO_RUN
        for child in run:
            tag = child.tag
            if tag == _RPR:
                properties = self._styles.run(child)
                continue
            if tag == _T:
                if properties is not None:
                    self._set_look(properties)
                    properties = None
                self._text(child)
                continue
            read = _IN_RUN.get(tag)
            if read is not None:
                if properties is not None:
                    self._set_look(properties)
                    properties = None
                read(self, child)

    def _set_look(self, run: Run) -> None:
        key = (self._style.run, run)
        known = self._looks.get(key)
        if known is None:
            known = self._looks[key] = self._resolve(run)
        self._look, self._hidden = known
        self._heading = self._styles.heading_characters.get(run.style, 0) if run.style else 0

    def _resolve(self, run: Run) -> tuple[Look, bool]:
        """Return look and whether hidden; what both styles of a run switch on is off again (17.7.3)."""
        below = self._style.run
        character = self._styles.character(run.style) if run.style else _NO_RUN
        bold, hidden = (
            bool(below_one) != bool(own) if direct is None else direct
            for direct, own, below_one in (
                (run.bold, character.bold, below.bold),
                (run.hidden, character.hidden, below.hidden),
            )
        )
        whole = run.over(character).over(below)
        return Look(bold, whole.face or "", whole.size or 0), hidden

    def _text(self, element: Element) -> None:
        text = element.text
        if not text:
            return
        if (text[0] in _SPACES or text[-1] in _SPACES) and not _preserved(element):
            text = text.strip(_SPACES)
        self._add(text if "\n" not in text else text.replace("\n", " "))

    def _add(self, text: str) -> None:
        if self._fields.silent or not text:
            return
        flow = self._flow
        if self._fields.kind:
            flow.leave_out(self._fields.kind, text)
        elif self._hidden:
            flow.leave_out(HIDDEN, text)
        else:
            if self._heading and flow.run_in == flow.length:
                flow.run_in += len(text)
                flow.run_in_level = self._heading
            flow.in_contents = flow.in_contents or self._fields.in_contents
            flow.add(text, self._look)

    def _tab(self, _: Element) -> None:
        self._add("\t")

    def _hyphen(self, _: Element) -> None:
        self._add("-")

    def _break(self, element: Element) -> None:
        if element.get(_BREAK_TYPE) != "page":
            self._add("\n")
        elif not self._fields.kind:
            self._flow.break_page()

    def _symbol(self, element: Element) -> None:
        font, code = element.get(f"{W}font", ""), element.get(f"{W}char", "")
        text = symbols.character(font, code)
        if text == symbols.UNKNOWN:
            self._flow.leave_out(SYMBOL, f"{font} {code}")
        self._add(text)

    def _field_mark(self, element: Element) -> None:
        self._add(self._fields.mark(element))

    def _instruction(self, element: Element) -> None:
        self._fields.instruct(element.text or "")

    def _simple_field(self, element: Element) -> None:
        instruction = element.get(f"{W}instr", "")
        kind, text = fields.left_out_as(instruction), fields.overstruck(instruction)
        if kind:
            self._flow.leave_out(kind, "".join(one.text or "" for one in element.iter(_T)))
        elif text:
            self._set_look(_NO_RUN)
            self._add(text)
        else:
            self._flow.in_contents = self._flow.in_contents or fields.is_contents(instruction)
            self._walk(element)

    def _page_number(self, _: Element) -> None:
        self._flow.leave_out(fields.PAGE_NUMBER, "")

    def _note(self, element: Element) -> None:
        kind = _NOTES[element.tag]
        if not self._fields.silent and not self._hidden:
            number = self._notes[kind].setdefault(element.get(f"{W}id", ""), len(self._notes[kind]) + 1)
            self._add(f"[{kind}{number}]")

    def _ruby(self, element: Element) -> None:
        for part in element:
            if part.tag == f"{W}rubyBase":
                self._walk(part)
            elif part.tag == f"{W}rt":
                self._flow.leave_out(READING, "".join(one.text or "" for one in part.iter(_T)))

    def _formula(self, element: Element) -> None:
        self._set_look(_NO_RUN)
        self._add(formulas.text(element))

    def _drawing(self, element: Element) -> None:
        drawing = pictures.read(element, self._package, self._part)
        if self._hidden:
            self._flow.leave_out(HIDDEN, "")
            return
        self._flow.boxes += drawing.boxes
        self._flow.boxes += drawing.texts
        self._flow.drawn += drawing.pictures
        for kind in drawing.others:
            self._flow.leave_out(kind, "")

    def _deleted(self, element: Element) -> None:
        words = "".join(one.text or "" for one in element.iter(f"{W}delText", _T))
        if words:
            self._flow.leave_out(DELETED, words)

    def _content(self, element: Element) -> None:
        content = element.find(f"{W}sdtContent")
        if content is not None:
            self._walk(content)

    def _alternative(self, element: Element) -> None:
        self._walk(chosen(element))

    def _alternative_in_run(self, element: Element) -> None:
        for child in chosen(element):
            read = _IN_RUN.get(child.tag)
            if read is not None:
                read(self, child)


def chosen(element: Element) -> Element:
    """Return the one branch of an ``mc:AlternateContent`` that is shown (ECMA-376 Part 3, 7.2)."""
    branches = list(element.iterchildren(f"{MC}Choice", f"{MC}Fallback"))
    known = (one for one in branches if _KNOWN.issuperset(one.get("Requires", "").split()))
    return next(known, branches[0] if branches else element)


def _preserved(element: Element) -> bool:
    """Say whether blanks at the ends of a text count."""
    space = "{http://www.w3.org/XML/1998/namespace}space"
    return next((one.get(space) == "preserve" for one in (element, *element.iterancestors()) if one.get(space)), False)


_RUNS_INSIDE = ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "bdo", "dir")
_IN_PARAGRAPH: dict[str, Callable[[Inline, Element], None]] = {
    f"{W}r": Inline._run,
    **dict.fromkeys([f"{W}{tag}" for tag in _RUNS_INSIDE], Inline._walk),
    f"{W}del": Inline._deleted,  # what was moved away stands where it was moved to
    f"{W}sdt": Inline._content,
    f"{W}fldSimple": Inline._simple_field,
    f"{M}oMath": Inline._formula,
    f"{M}oMathPara": Inline._formula,
    f"{MC}AlternateContent": Inline._alternative,
}
_IN_RUN: dict[str, Callable[[Inline, Element], None]] = {
    f"{W}t": Inline._text,
    f"{W}tab": Inline._tab,
    f"{W}ptab": Inline._tab,
    f"{W}br": Inline._break,
    f"{W}cr": Inline._break,
    f"{W}noBreakHyphen": Inline._hyphen,
    f"{W}sym": Inline._symbol,
    f"{W}fldChar": Inline._field_mark,
    f"{W}instrText": Inline._instruction,
    f"{W}pgNum": Inline._page_number,
    **dict.fromkeys(_NOTES, Inline._note),
    f"{W}ruby": Inline._ruby,
    **dict.fromkeys([f"{W}{tag}" for tag in ("drawing", "pict", "object")], Inline._drawing),
    f"{MC}AlternateContent": Inline._alternative_in_run,
}
