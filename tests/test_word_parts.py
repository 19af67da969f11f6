"""The parts of a Word file around its text: what Word's panes list, what stands in for a font, what other programs read."""

from __future__ import annotations

import html
import io
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from docx2txt import process
from mammoth import convert_to_html

import office
from healthreport import pipeline
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.writing import plain
from helpers import DOCUMENTS, GENERAL, RESOURCES, UNTITLED, compose, squeezed
from office import parse_xml
from test_docx import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(report: str, name: str) -> ElementTree.Element:
    """Return a part of a report's Word file."""
    data = pipeline.write(compose(report), "docx", RESOURCES, "")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return parse_xml(archive.read(name))


def styles(report: str = f"{UNTITLED}内容: 甲。\n") -> dict[str, ElementTree.Element]:
    """Return the styles of a report by their ids."""
    return {one.attrib[f"{W}styleId"]: one for one in part(report, "word/styles.xml").iter(f"{W}style")}


def value(node: ElementTree.Element, path: str) -> str | None:
    """Return what an element below a node says."""
    found = node.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(f"{W}val")


def test_nothing_is_said_of_pages_and_words_that_is_not_so() -> None:
    """There is no ``app.xml``: it counted one page and no words, made by Word on a Macintosh."""
    data = pipeline.write(compose(f"{UNTITLED}内容: 甲。\n"), "docx", RESOURCES, "")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "docProps/app.xml" not in archive.namelist()
        assert b"app.xml" not in archive.read("[Content_Types].xml") + archive.read("_rels/.rels")


def test_fonts_that_are_not_installed() -> None:
    """Each font of the layout says by what name and shape another is taken: 小标宋 by 华文中宋, then 宋体."""
    found = {one.attrib[f"{W}name"]: one for one in part(f"{UNTITLED}内容: 甲。\n", "word/fontTable.xml")}
    assert {name: value(one, "altName") for name, one in found.items()} == {
        "仿宋": "FangSong,仿宋_GB2312",
        "方正小标宋简体": "方正小标宋_GBK,华文中宋,STZhongsong,宋体",
        "楷体": "KaiTi,楷体_GB2312",
        "黑体": "SimHei",
        "宋体": "SimSun",
    }
    assert {value(one, "charset") for one in found.values()} == {"86"}
    assert all(re.fullmatch("[0-9A-F]{20}", value(one, "panose1") or "") for one in found.values())


def test_styles_are_words_own_or_named_for_people() -> None:
    """A style of ours says so and has a Chinese name; Word's own have the names it knows, and only these are listed."""
    word = set()
    for one in styles().values():
        name, own = value(one, "name") or "", one.get(f"{W}customStyle") == "1"
        if one.get(f"{W}type") == "paragraph":
            assert own is (re.search("[一-鿿]", name) is not None), name
            word |= set() if own else {name}
    latent = part(f"{UNTITLED}内容: 甲。\n", "word/styles.xml").find(f"{W}latentStyles")
    assert latent is not None
    assert latent.get(f"{W}defSemiHidden") == "1"
    assert {one.get(f"{W}name") for one in latent} == word | {"Table Grid"}


def test_a_heading_and_its_characters_are_linked() -> None:
    """Heading 1 to 4 and the styles of run-in headings name each other, as Word's own do."""
    found = styles()
    for level in range(1, 5):
        heading, characters = found[f"Heading{level}"], found[f"Heading{level}Char"]
        assert value(heading, "link") == f"Heading{level}Char"
        assert value(characters, "link") == f"Heading{level}"
        assert value(characters, "basedOn") == "DefaultParagraphFont"


def test_word_opens_it_in_no_older_mode() -> None:
    """The settings are those Word itself writes for a document of today."""
    settings = part(f"{UNTITLED}内容: 甲。\n", "word/settings.xml")
    found = {one.get(f"{W}name"): one.get(f"{W}val") for one in settings.iter(f"{W}compatSetting")}
    assert found == {
        "compatibilityMode": "15",
        "overrideTableStyleFontSizeAndJustification": "1",
        "enableOpenTypeFeatures": "1",
        "doNotFlipMirrorIndents": "1",
        "differentiateMultirowTableHeaders": "1",
        "useWord2013TrackBottomHyphenation": "0",
    }


@pytest.mark.parametrize(
    "content",
    [
        "内容: {表格: {行: [[甲]]}}",
        "内容: {表格: {行: [[甲]], 注: 乙}}",
        "内容: [{表格: {行: [[甲]]}}, 乙。]",
        "附件: {标题: 清单, 内容: {表格: {行: [[甲]]}}}",
        "附件: {标题: 清单, 横排: 是, 内容: {表格: {行: [[甲]]}}}",
    ],
)
def test_a_paragraph_stands_behind_the_last_table(content: str) -> None:
    """A document never ends in a table: Word calls that damaged, or adds a paragraph, which may make a page."""
    body = part(f"{GENERAL}{content}\n", "word/document.xml")[0]
    kinds = [one.tag.removeprefix(W) for one in body]
    assert kinds[-2:] == ["p", "sectPr"]


def test_captions_and_notes_have_space_around() -> None:
    """Half a line stands above the caption of a table, and below its note and the caption of a picture."""
    found = styles()
    spacing = {
        id: [found[id].find(f"{W}pPr/{W}spacing").get(f"{W}{side}", "0") for side in ("before", "after")]  # type: ignore[union-attr]
        for id in ("Caption", "TableNote", "FigureCaption")
    }
    assert spacing == {"Caption": ["289", "0"], "TableNote": ["0", "289"], "FigureCaption": ["0", "289"]}


def python_docx(path: Path) -> str:
    """Return all paragraphs as python-docx reads them, those of cells too."""
    body = docx.Document(str(path)).element.body
    return "".join("".join(run.text for run in one.r_lst) for one in body.iter(qn("w:p")))


def pandoc(path: Path) -> str:
    """Return the text of what pandoc makes of it."""
    done = subprocess.run([office._program("pandoc"), str(path), "-s", "-t", "html"], capture_output=True, check=True)
    return _words(done.stdout.decode().partition("<body>")[2])


def mammoth(path: Path) -> str:
    """Return the text of what mammoth makes of it."""
    with path.open("rb") as file:
        return _words(convert_to_html(file).value)


def docx2txt(path: Path) -> str:
    """Return the text that docx2txt finds."""
    return str(process(str(path)))


def markitdown(path: Path) -> str:
    """Return the text of what markitdown makes of it, without the marks of Markdown."""
    from markitdown import MarkItDown  # what it brings along takes a second to import

    made = MarkItDown().convert(str(path)).text_content
    return re.sub(r"(?m)^#+ |^[| -]+$|[\\*|]|\n", "", html.unescape(made))


def _words(made: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", made))


@pytest.mark.parametrize("reader", [python_docx, pandoc, mammoth, docx2txt, markitdown])
@pytest.mark.parametrize("path", [*EXAMPLES, *DOCUMENTS], ids=lambda path: path.stem)
def test_other_programs_read_the_text_in_order(path: Path, reader: Callable[[Path], str], tmp_path: Path) -> None:
    """Whoever reads the file finds every paragraph, with its label, in its order."""
    reading = Reader()
    composed = pipeline.compose(inherit.load(path, reading), reading, RESOURCES)
    target = tmp_path / "a.docx"
    target.write_bytes(pipeline.write(composed, "docx", RESOURCES, ""))
    found, at = "".join(reader(target).split()), 0
    for line in squeezed(plain.write(composed.document).splitlines()):
        wanted = re.sub(r"[\\*|]", "", line) if reader is markitdown else line
        assert wanted in found[at:], line
        at = found.index(wanted, at) + len(wanted)
