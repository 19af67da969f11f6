"""A Word file → a manuscript: its main part, with its notes behind, and what is left out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from healthreport.diagnostics import Position
from healthreport.reading.packed import zip_parts
from healthreport.reading.word.blocks import Blocks
from healthreport.reading.word.fields import PAGE_NUMBER, Fields
from healthreport.reading.word.inline import Inline
from healthreport.reading.word.names import W
from healthreport.reading.word.numbering import Lists
from healthreport.reading.word.package import Package
from healthreport.reading.word.refusals import REFUSALS, not_word
from healthreport.reading.word.styles import Styles
from healthreport.trees.document import DRAFT_PROPERTY
from healthreport.trees.manuscript import Line, Manuscript, Span
from healthreport.trees.omitted import Omitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from healthreport.trees.manuscript import Part

_NOTES = {"脚注": ("/footnotes", f"{W}footnote"), "尾注": ("/endnotes", f"{W}endnote")}
_MARGINS = {f"{W}hdr": "页眉", f"{W}ftr": "页脚"}
_PAGE_FIELDS = ("PAGE", "NUMPAGES")


def read(data: bytes, file: str) -> Manuscript:
    """Read a ``.docx`` file as Word shows it.

    Raises :class:`HealthReportError` for what is damaged, protected, too large or no Word file.
    """
    with zip_parts.opened(data, file, REFUSALS) as parts:
        return Reading(Package(parts, file)).manuscript()


class Reading:
    """What the parts of one file are read with."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package)
        self._lists = Lists(package, self._styles)
        self._omitted = Omitted()
        self._whole = Position(package.file)

    def manuscript(self) -> Manuscript:
        """Return all that the file shows."""
        root = self._package.xml(self._package.main)
        body = None if root is None else root.find(f"{W}body")
        if root is None or root.tag != f"{W}document" or body is None:
            raise not_word(self._package.file, "别种文件")
        inline = self.inline(root, self._package.main)
        blocks = self.blocks(inline)
        parts = blocks.read(body)
        for kind, ids in inline.notes.items():
            parts.extend(self._notes(kind, ids))
        self._tell_margins(blocks.margins)
        self._tell_comments()
        is_draft = self._package.has_property(DRAFT_PROPERTY)
        return Manuscript(self._package.file, "word", tuple(parts), self._omitted.listed(), is_draft)

    def inline(self, root: Element, part: str) -> Inline:
        """Return what reads the paragraphs of a part."""
        return Inline(self._package, part, self._styles, self.fields(root))

    @staticmethod
    def fields(root: Element) -> Fields:
        """Return the fields of a part, none of them open."""

        @cache
        def balanced() -> bool:
            types = [one.get(f"{W}fldCharType") for one in root.iter(f"{W}fldChar")]
            return types.count("begin") == types.count("end")

        return Fields(balanced)

    def blocks(self, inline: Inline) -> Blocks:
        """Return what reads the blocks of a part."""
        return Blocks(self._package.file, inline, self._styles, self._lists, self._omitted)

    def _notes(self, kind: str, ids: list[str]) -> Iterator[Part]:
        """Yield the footnotes or endnotes that the text refers to, in that order, each behind its mark."""
        relation, tag = _NOTES[kind]
        part = self._package.related(relation)
        root = self._package.xml(part) if ids else None
        if root is None:
            return
        elements = {one.get(f"{W}id"): one for one in root.iterchildren(tag)}
        blocks = self.blocks(self.inline(root, part))
        for number, id in enumerate(ids, 1):
            mark = f"[{kind}{number}]"
            for one in blocks.read(elements[id]) if id in elements else []:
                if isinstance(one, Line):
                    yield one._replace(spans=(Span(mark), *one.spans) if mark else one.spans, is_note=True)
                    mark = ""
                else:
                    yield one

    def _tell_margins(self, ids: Iterable[str]) -> None:
        """List the headers and footers; a page number is one of its own."""
        relations = self._package.relations(self._package.main)
        for target in dict.fromkeys(relations[id].target for id in ids if id in relations):
            root = self._package.xml(target)
            if root is None:
                continue
            words = " ".join("".join(one.text or "" for one in p.iter(f"{W}t")) for p in root.iter(f"{W}p")).strip()
            fields = " ".join(
                [one.text or "" for one in root.iter(f"{W}instrText")]
                + [one.get(f"{W}instr", "") for one in root.iter(f"{W}fldSimple")]
            )
            is_number = any(field in fields.upper().split() for field in _PAGE_FIELDS)
            if is_number:
                self._omitted.add(PAGE_NUMBER, words, self._whole)
            elif words:
                self._omitted.add(_MARGINS.get(str(root.tag), "页眉"), words, self._whole)

    def _tell_comments(self) -> None:
        root = self._package.xml(self._package.related("/comments"))
        for one in () if root is None else root.iterchildren(f"{W}comment"):
            self._omitted.add("批注", "".join(text.text or "" for text in one.iter(f"{W}t")), self._whole)
