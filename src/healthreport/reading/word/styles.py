"""``word/styles.xml`` (17.7): what a style makes of a paragraph and of a run, through all it is based on."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.word import formats
from healthreport.reading.word.formats import NOTHING, Format
from healthreport.reading.word.names import VAL, A, W, half_points, is_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from healthreport.reading.word.package import Package

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_HEADING_CHARACTERS = re.compile(r"(?:heading|标题) ?([1-9]) (?:char|字符)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录) ?[1-9]", re.IGNORECASE)
_LONGEST = 64  # chain of styles
_TITLES = ("title", "标题")
_BELOW_TITLES = ("subtitle", "副标题", "author", "date")  # based on Title by pandoc and others
_B, _SZ, _FONTS, _VANISH, _STYLE = f"{W}b", f"{W}sz", f"{W}rFonts", f"{W}vanish", f"{W}rStyle"
_FACE, _THEME_FACE = f"{W}eastAsia", f"{W}eastAsiaTheme"


class Run(NamedTuple):
    """What is said of a run's look; what is ``None`` is not said."""

    bold: bool | None = None
    face: str | None = None
    size: int | None = None
    hidden: bool | None = None
    style: str = ""

    def over(self, below: Run) -> Run:
        """Return this laid over what is said elsewhere."""
        return Run(
            below.bold if self.bold is None else self.bold,
            below.face if self.face is None else self.face,
            below.size if self.size is None else self.size,
            below.hidden if self.hidden is None else self.hidden,
        )


class Style(NamedTuple):
    """A paragraph style with all it is based on.

    ``numbered_by`` is the style of the chain that says the list. ``level`` is the level of a heading from 1, 0 for
    body text; ``is_contents`` says that its paragraphs are lines of a table of contents.
    """

    run: Run
    format: Format
    numbered_by: str
    level: int
    is_title: bool
    is_contents: bool


class _Said(NamedTuple):
    """What a style says itself; ``level`` is ``None`` where neither its outline level nor its name says one."""

    id: str
    run: Run
    format: Format
    name: str
    level: int | None
    based_on: str


class Styles:
    """The styles of a Word file; each is resolved when it is first met."""

    def __init__(self, package: Package) -> None:
        root = package.xml(package.related("/styles"))
        self._package = package
        self._elements: dict[str, Element] = {}
        self._default = ""
        self._said: dict[str, _Said] = {}
        self._resolved: dict[str, Style] = {}
        self._runs: dict[str, Run] = {}
        self._root_run = Run(bold=False, face="", size=20, hidden=False)
        if root is not None:
            self._index(root)

    def _index(self, root: Element) -> None:
        for style in root.iterchildren(f"{W}style"):
            id = style.get(f"{W}styleId", "")
            self._elements[id] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._default = id
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._root_run = self.run(defaults).over(self._root_run)

    def paragraph(self, id: str | None) -> Style:
        """Return a paragraph style; one that is not there is the default one (17.7.4.17)."""
        known = id if id in self._elements else self._default
        assert known is not None
        if known not in self._resolved:
            self._resolved[known] = self._resolve(known)
        return self._resolved[known]

    def numbering(self, id: str) -> Element | None:
        """Return the ``w:numPr`` of a numbering style."""
        style = self._elements.get(id)
        return None if style is None else style.find(f"{W}pPr/{W}numPr")

    def character(self, id: str) -> Run:
        """Return what a character style says of a run, through all it is based on."""
        if id not in self._runs:
            run = Run()
            for said in self._chain(id):
                run = run.over(said.run)
            self._runs[id] = run
        return self._runs[id]

    @cached_property
    def heading_characters(self) -> dict[str, int]:
        """The levels of headings by the character styles that Word gives to a heading's words inside a paragraph."""
        levels = {}
        for id, style in self._elements.items():
            if style.get(f"{W}type") == "character":
                named, link = _HEADING_CHARACTERS.fullmatch(_value(style, "name")), _value(style, "link")
                level = self.paragraph(link).level if link in self._elements else int(named[1]) if named else 0
                if level:
                    levels[id] = level
        return levels

    def run(self, properties: Element | None) -> Run:
        """Read the ``w:rPr`` of a run or a style."""
        bold, face, size, hidden, style = None, None, None, None, ""
        for one in () if properties is None else properties:
            tag = one.tag
            if tag == _FONTS:
                face = self._face(one)
            elif tag == _SZ:
                size = half_points(one.get(VAL))
            elif tag == _B:
                bold = is_on(one)
            elif tag == _STYLE:
                style = one.get(VAL, "")
            elif tag == _VANISH:
                hidden = is_on(one)
        return Run(bold, face, size, hidden, style)

    def _face(self, fonts: Element) -> str | None:
        theme = fonts.get(_THEME_FACE)
        if theme:
            return self._theme["major" if theme.startswith("major") else "minor"]
        face: str | None = fonts.get(_FACE)
        return face

    @cached_property
    def _theme(self) -> dict[str, str]:
        """The East Asian faces of the theme for headings and text; an empty one is that for Chinese (20.1.4.1.16)."""
        root = self._package.xml(self._package.related("/theme"))
        faces = {}
        for kind in ("major", "minor"):
            fonts = None if root is None else root.find(f"{A}themeElements/{A}fontScheme/{A}{kind}Font")
            named = [] if fonts is None else [fonts.find(f"{A}ea"), fonts.find(f"{A}font[@script='Hans']")]
            faces[kind] = next((one.get("typeface") for one in named if one is not None and one.get("typeface")), "")
        return faces

    def _chain(self, id: str) -> Iterator[_Said]:
        """Yield a style and what it is based on, each once, as far as any chain may lead."""
        seen: set[str] = set()
        while id in self._elements and id not in seen and len(seen) < _LONGEST:
            seen.add(id)
            if id not in self._said:
                self._said[id] = self._read(id)
            yield self._said[id]
            id = self._said[id].based_on

    def _read(self, id: str) -> _Said:
        style = self._elements[id]
        name, format = _value(style, "name").strip(), formats.read(style.find(f"{W}pPr"))
        heading = _HEADING.fullmatch(name)
        level = int(heading[1]) if format.level is None and heading else format.level
        return _Said(id, self.run(style.find(f"{W}rPr")), format, name, level, _value(style, "basedOn"))

    def _resolve(self, id: str) -> Style:
        run, format, numbered_by, level, names = Run(), NOTHING, "", None, []
        for said in self._chain(id):
            run = run.over(said.run)
            if format.list is None and said.format.list is not None:
                numbered_by = said.id
            format = format.over(said.format)
            names.append(said.name)
            level = said.level if level is None else level
        is_title = (
            not level and any(name.lower() in _TITLES for name in names) and names[0].lower() not in _BELOW_TITLES
        )
        is_contents = any(map(_CONTENTS.fullmatch, names))
        return Style(run.over(self._root_run), format, numbered_by, level or 0, is_title, is_contents)


def _value(style: Element, tag: str) -> str:
    """Return what a style says in one word: its name, what it is based on."""
    said = style.find(f"{W}{tag}")
    return "" if said is None else said.get(VAL, "")
