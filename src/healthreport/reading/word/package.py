"""The package that a Word file is (ECMA-376 Part 2): its parts, what they are related to, and their XML."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from healthreport.reading.packed import zip_parts
from healthreport.reading.word.names import RELATION
from healthreport.reading.word.refusals import SHEET, damaged, not_word, too_deep, too_large

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from healthreport.reading.packed.zip_parts import Parts

MAX_XML = 30_000_000
MAX_MARKS = 1_000_000  # tags and attributes of one part; libxml2 needs up to 250 bytes for each
MAX_BYTES = 50_000_000
_MAIN = "/officeDocument"  # how the package is related to its main part
_PROPERTIES = "/custom-properties"
# ISO 29500 Strict says the same with other names of namespaces.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_TOO_MUCH = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR)
_OTHERS = {"xl/": SHEET, "ppt/": "演示文稿"}


class Relation(NamedTuple):
    """Where a relationship leads: a part of the package, or the address of something outside."""

    type: str
    target: str
    outside: bool


class Package:
    """The parts of an open Word file."""

    def __init__(self, parts: Parts, file: str) -> None:
        self.file = file
        self._parts = parts
        self._relations: dict[str, dict[str, Relation]] = {}
        self._kept: dict[str, bytes | None] = {}
        # No entity is replaced, nothing fetched, and libxml2's own limits hold (depth 256, 10 MB in one text).
        self._parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
            remove_pis=True, collect_ids=False,
        )  # fmt: skip
        self.main = self._main()

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relationships of a part by their ids; nothing outside is followed."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
            self._relations[part] = {
                one.get("Id", ""): _relation(one, folder) for one in ([] if root is None else root.iter(RELATION))
            }
        return self._relations[part]

    def related(self, kind: str) -> str:
        """Return the first part that the main part is related to in a way (``/styles``), or nothing."""
        wanted = (one.target for one in self.relations(self.main).values() if one.type.endswith(kind))
        return next(wanted, "")

    def xml(self, part: str) -> Element | None:
        """Return the root of a part, or nothing where there is none.

        Raises :class:`HealthReportError` for what is too large, too deep, no XML or declares a document type.
        """
        if part not in self._parts:
            return None
        data = self._parts.read(part)
        if len(data) > MAX_XML or data.count(b"<") + data.count(b"=") > MAX_MARKS:
            raise too_large(self.file)
        if b"purl.oclc.org/ooxml" in data:
            data = _STRICT.sub(_TRANSITIONAL, data)
        try:
            root = etree.fromstring(data, self._parser)
        except etree.XMLSyntaxError as wrong:
            if wrong.code in _TOO_MUCH:
                raise (too_deep if "depth" in str(wrong) else too_large)(self.file) from None
            raise damaged(self.file) from None
        if root.getroottree().docinfo.doctype:
            raise damaged(self.file)
        return root

    def has_property(self, name: str) -> bool:
        """Say whether the file has a property that a program gave it; one that cannot be read has none."""
        part = next((one.target for one in self.relations("").values() if one.type.endswith(_PROPERTIES)), "")
        return f'name="{name}"'.encode() in (self.bytes_of(part) or b"")

    def bytes_of(self, part: str) -> bytes | None:
        """Return what a part holds, or nothing where there is none, or it is damaged or too large."""
        if part not in self._kept:
            self._kept[part] = self._bytes_of(part)
        return self._kept[part]

    def _bytes_of(self, part: str) -> bytes | None:
        if part not in self._parts or self._parts.size(part) > MAX_BYTES:
            return None
        try:
            return self._parts.read(part)
        except zip_parts.BAD:
            return None

    def _main(self) -> str:
        main = next((one.target for one in self.relations("").values() if one.type.endswith(_MAIN)), "")
        if not main or main not in self._parts:
            raise not_word(self.file, "压缩文件或别种文件")
        for folder, what in _OTHERS.items():
            if main.startswith(folder):
                raise not_word(self.file, what)
        return main


def _relation(element: Element, folder: str) -> Relation:
    target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
    if not outside:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(element.get("Type", ""), target, outside)
