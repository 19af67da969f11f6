"""Files that are no Word files, are broken, or are made to hurt: a clear error or a partial result, and never too much."""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import socket
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport.diagnostics import HealthReportError
from healthreport.reading import manuscripts, text_files
from healthreport.reading.packed import zip_parts
from healthreport.reading.word import package
from healthreport.trees.manuscript import Grid
from word_files import (
    HEAD,
    PNG,
    XMLNS,
    abstract,
    body,
    docx,
    level,
    lines,
    num,
    numbered,
    p,
    part,
    r,
    read,
    shown,
    zipped,
)

if TYPE_CHECKING:
    from pathlib import Path

DOCTYPE = '<!DOCTYPE w:document [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
DOCUMENT = part("document", f"<w:body>{p('甲')}</w:body>")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MEGABYTES = 500


def refused(data: bytes, name: str = "稿.docx") -> tuple[str, str]:
    """Return id and message of the error that ends the reading of a file; it says the way out."""
    with pytest.raises(HealthReportError) as wrong:
        manuscripts.read(data, name)
    (diagnostic,) = wrong.value.diagnostics
    assert diagnostic.hint
    assert diagnostic.position.file == name
    return diagnostic.id, diagnostic.message


def main_part(content: str | bytes) -> bytes:
    """Return a Word file with a main part as it is given."""
    return docx("", {"document.xml": content})


@pytest.mark.parametrize(
    ("data", "name", "id", "words"),
    [
        (b"", "稿.docx", "empty-file", "空"),
        (b" \r\n", "稿.txt", "empty-file", "空"),
        (PNG, "稿.docx", "not-a-document", "图片"),
        (b"BM" + bytes(60), "稿.docx", "not-a-document", "图片"),
        (b"%PDF-1.7", "稿.docx", "not-a-document", "PDF"),
        (b"Rar!\x1a\x07", "稿.docx", "not-a-document", "压缩文件"),
        (b"<!DOCTYPE html><html>", "稿.doc", "not-a-document", "网页"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><html>", "稿.txt", "not-a-document", "网页"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "稿.doc", "not-a-document", "XML"),
        (b"MIME-Version: 1.0", "稿.doc", "not-a-document", "网页"),
        (OLE + "WordDocument".encode("utf-16-le"), "稿.docx", "not-word", ".doc"),
        (OLE + "Workbook".encode("utf-16-le"), "稿.doc", "not-word", "Excel"),
        (OLE, "稿.doc", "not-a-document", "别种文件"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "稿.docx", "protected-word", "密码"),
        (b"{\\rtf1 x}", "稿.docx", "not-word", ".rtf"),
        ("甲".encode(), "稿.docx", "not-word", "文本"),
        ("甲".encode(), "稿.doc", "not-word", "文本"),
        (b"a\x00b\x00\x00", "稿.txt", "not-text", "不是文本"),
        (b"\xff\xfea", "稿.txt", "not-text", "UTF-16"),
        ("清河区\ufffe".encode()[:-2] + b"\xff", "稿.txt", "encoding", "UTF-8"),
        (b"PK\x03\x04" + bytes(100), "稿.docx", "damaged-word", "打不开"),
        (zipped({"a.txt": "甲"}), "稿.docx", "not-word", "压缩文件"),
        (zipped({"[Content_Types].xml": "<a/>"}), "稿.docx", "not-word", "压缩文件"),
    ],
)
def test_what_is_no_word_file(data: bytes, name: str, id: str, words: str) -> None:
    """What is no document is told what it is, whatever its name says."""
    told, message = refused(data, name)
    assert told == id
    assert words in message


def test_a_text_may_begin_like_a_picture() -> None:
    """A text that begins with BMI is one."""
    assert manuscripts.read("BMI指数".encode(), "稿.txt").parts


def test_a_word_file_of_another_name() -> None:
    """A Word file is read whatever its name."""
    for name in ("稿.doc", "稿.txt", "-"):
        assert manuscripts.read(docx(p("甲")), name).kind == "word"


@pytest.mark.parametrize("folder", ["xl", "ppt"])
def test_workbooks_and_slides(folder: str) -> None:
    """A workbook or slides named .docx are told what they are."""
    relation = f'<Relationship Id="a" Type="x/officeDocument" Target="{folder}/main.xml"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    assert refused(zipped({"_rels/.rels": rels, f"{folder}/main.xml": "<a/>"}))[0] == "not-word"


@pytest.mark.parametrize(
    "content",
    [
        HEAD + DOCTYPE + f"<w:document {XMLNS}><w:body>&e;</w:body></w:document>",
        DOCUMENT[:-20],
        DOCUMENT.replace("甲", "&e;"),
        b"\x00\x01",
        "",
    ],
)
def test_broken_main_parts(content: str | bytes) -> None:
    """Entities, half a part and no XML at all are a damaged file; no file of the system is read."""
    assert refused(main_part(content))[0] == "damaged-word"


def test_another_main_part() -> None:
    """A main part that is no document is told."""
    assert refused(main_part(HEAD + "<a/>"))[0] == "not-word"
    assert refused(main_part(part("document", "")))[0] == "not-word"


def test_truncated_files() -> None:
    """A file of which the end is missing is damaged, wherever it was cut."""
    whole = docx("".join(p(f"第{number}段") for number in range(300)))
    for kept in (len(whole) // 4, len(whole) // 2, len(whole) - 30):
        assert refused(whole[:kept])[0] == "damaged-word"


def test_an_encrypted_member() -> None:
    """An archive with a password is told."""
    data = bytearray(docx(p("甲")))
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    assert refused(bytes(data))[0] == "protected-word"


def test_a_wrong_checksum() -> None:
    """A part that does not come out as it was put in is a damaged file."""
    data = docx(p("甲"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        member = archive.getinfo("word/document.xml")
    at = data.rindex(b"word/document.xml") - 46 + 16  # where the directory keeps the checksum
    broken = data[:at] + bytes(4) + data[at + 4 :]
    assert member.CRC
    assert refused(broken)[0] == "damaged-word"


# Made to hurt.


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that unpacks to too much is not unpacked; one that says less than it holds is damaged."""
    monkeypatch.setattr(zip_parts, "MAX_UNPACKED", 1_000_000)
    assert refused(main_part(b" " * 1_000_001))[0] == "too-large"
    many = {f"word/media/{number}.png": "" for number in range(zip_parts.MAX_MEMBERS)}
    assert refused(zipped({"word/document.xml": DOCUMENT, **many}))[0] == "too-large"


def test_too_many_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tags, attributes and bytes of a part are counted before they are read."""
    monkeypatch.setattr(package, "MAX_MARKS", 1000)
    assert refused(docx(p("甲") * 300))[0] == "too-large"
    assert (
        refused(docx(f"<w:p {' '.join(f'w:a{number}={chr(39)}1{chr(39)}' for number in range(1000))}/>"))[0]
        == "too-large"
    )
    monkeypatch.setattr(package, "MAX_XML", 3000)
    assert refused(docx(p("甲" * 2000)))[0] == "too-large"


def test_too_much_text() -> None:
    """50 MB of text, and a text node beyond what the parser takes, are told."""
    assert refused("甲".encode() * 17_000_000, "稿.txt")[0] == "too-large"
    assert refused(docx(p("a" * 10_500_000)))[0] == "too-large"
    assert refused(docx(p("甲" * 1_000_000) * 17))[0] == "too-large"
    assert refused(b"a\n" * (text_files.MAX_LINES + 1), "稿.txt")[0] == "too-large"
    assert refused(b"a" * (text_files.MAX_BYTES + 1), "稿.md")[0] == "too-large"


@pytest.mark.parametrize("depth", [45, 10_000])
def test_nested_tables(depth: int) -> None:
    """Tables within one another without end are told, those of a form are read."""
    nested = "<w:tbl><w:tr><w:tc>" * depth + p("甲") + "</w:tc></w:tr></w:tbl>" * depth
    assert refused(docx(nested))[0] == "too-deep"
    few = "<w:tbl><w:tr><w:tc>" * 20 + p("甲") + "</w:tc></w:tr></w:tbl>" * 20
    assert body(few) == ["[表]甲"]


@pytest.mark.parametrize(
    ("format", "text"), [("decimal", "%1" * 50_000), ("decimal", "甲" * 100_000), ("custom", "%1%1、")]
)
def test_labels_without_end(format: str, text: str) -> None:
    """A number that would be longer than a page is cut, for each of the paragraphs that show it."""
    pattern = f'w:format="{"0" * 100_000}1, "' if format == "custom" else ""
    written = f'<w:numFmt w:val="{format}" {pattern}/><w:lvlText w:val="{text}"/>'
    levels = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>{written}</w:lvl></w:abstractNum>'
    )
    numbering = f'{levels}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    labels = [line.label for line in lines(docx(numbered("甲") * 3, numbering=numbering))]
    assert len(labels) == 3
    assert all(0 < len(label) <= 100 for label in labels)


@pytest.mark.parametrize(
    "tag", ["w:hyperlink", "w:sdt><w:sdtContent", "w:ins", "m:oMath><m:e", "w:r><mc:AlternateContent><mc:Choice"]
)
def test_nested_words(tag: str) -> None:
    """Words within 200 elements are read or refused, without a traceback."""
    depth = 200 // (tag.count("<") + 1)
    end = "".join(f"</{one}>" for one in reversed(tag.split("><")))
    words = "<m:t>甲</m:t>" if tag.startswith("m:") else r("甲")
    assert body(p(f"<{tag}>" * depth + words + end * depth)) in (["甲"], [])


def test_nothing_but_tables() -> None:
    """A file of nothing but tables is read, and so is one of nothing."""
    table = "<w:tbl>" + "<w:tr><w:tc>" + p("甲") + "</w:tc></w:tr>" + "</w:tbl>"
    assert body(table * 300) == ["[表]甲"] * 300
    assert body("") == []


def test_nothing_outside_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No relationship that leads outside is followed, for pictures and for parts."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    links = [
        (kind, kind, f"http://192.0.2.1/{kind}.xml") for kind in ("styles", "numbering", "footnotes", "header", "theme")
    ]
    section = '<w:sectPr><w:headerReference r:id="header"/></w:sectPr>'
    assert shown(
        docx(p(r("甲", '<w:rFonts w:eastAsiaTheme="minorEastAsia"/>')) + numbered("乙") + section, links=links)
    ) == ["甲", "乙"]


def test_paths_stay_inside() -> None:
    """A relationship that climbs out of the package leads nowhere."""
    links = [("s", "styles", "../../../../etc/passwd")]
    assert shown(docx(p("甲"), links=links)) == ["甲"]


def test_repeated_notes_and_fields_do_not_multiply() -> None:
    """A note named a thousand times is read once; fields that open without end cost nothing."""
    note = f'<w:footnote w:id="1">{p("据" * 1000)}</w:footnote>'
    data = docx(p('<w:r><w:footnoteReference w:id="1"/></w:r>' * 1000), footnotes=note)
    assert [len(one) for one in shown(data)] == [5000, 1005]
    begins = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 50_000
    assert shown(docx(p(begins) + p("甲"))) == ["甲"]


WORST = {
    "cells": lambda: docx("<w:tbl><w:tr>" + "<w:tc/>" * 199_000 + "</w:tr></w:tbl>" + "<w:p/>" * 700_000),
    "more cells": lambda: docx("<w:tbl><w:tr>" + "<w:tc/>" * 990_000 + "</w:tr></w:tbl>"),
    "paragraphs": lambda: docx((p("甲") + '<w:p><w:r><w:tab/></w:r></w:p>') * 70_000),
    "attributes": lambda: docx('<w:p w:a="" w:b="" w:c="" w:d="" w:e="" w:f="" w:g="" w:h=""/>' * 100_000),
    "text": lambda: docx(p("甲" * 3_000_000) * 3),
    "runs": lambda: docx(p("<w:r><w:t>甲</w:t></w:r>" * 150_000)),
    "columns": lambda: docx("<w:tbl>" + '<w:tr><w:trPr><w:gridBefore w:val="1000"/></w:trPr><w:tc/></w:tr>' * 100_000 + "</w:tbl>"),
}  # fmt: skip
BEYOND = {"more cells", "paragraphs", "text"}
WORDLESS = {"cells", "attributes", "columns"}
_MEASURE = """
import pathlib, re, sys
from healthreport.diagnostics import HealthReportError
from healthreport.reading import manuscripts
try:
    manuscripts.read(open(sys.argv[1], "rb").read(), "a.docx")
except HealthReportError as wrong:
    print(wrong.diagnostics[0].id)
status = pathlib.Path("/proc/self/status").read_text()  # a process's own: rusage also counts the one it was forked from
print(int(re.search("VmHWM:\\s*(\\d+) kB", status)[1]) // 1024)
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="memory is measured on Linux only")
@pytest.mark.parametrize("kind", WORST)
def test_the_worst_that_is_read_fits(kind: str, tmp_path: Path) -> None:
    """Whatever the limits let pass stays below 500 MB, and ends."""
    path = tmp_path / "a.docx"
    path.write_bytes(WORST[kind]())
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, timeout=120, check=True
    )
    *told, megabytes = done.stdout.split()
    assert int(megabytes) < MEGABYTES, megabytes
    assert told == (["too-large"] if kind in BEYOND else ["empty-file"] if kind in WORDLESS else [])


# Whatever comes.

_TAGS = [
    "w:p",
    "w:r",
    "w:t",
    "w:pPr",
    "w:rPr",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:tcPr",
    "w:trPr",
    "w:vMerge",
    "w:gridSpan",
    "w:sdt",
    "w:sdtContent",
    "w:hyperlink",
    "w:ins",
    "w:del",
    "w:delText",
    "w:fldChar",
    "w:instrText",
    "w:br",
    "w:tab",
    "w:sym",
    "w:drawing",
    "w:pict",
    "w:object",
    "w:txbxContent",
    "w:numPr",
    "w:numId",
    "w:ilvl",
    "w:sectPr",
    "w:pgSz",
    "w:ruby",
    "w:rt",
    "w:rubyBase",
    "w:footnoteReference",
    "w:pStyle",
    "w:jc",
    "w:ind",
    "w:sz",
    "w:b",
    "w:rFonts",
    "w:vanish",
    "mc:AlternateContent",
    "mc:Choice",
    "mc:Fallback",
    "m:oMath",
    "m:f",
    "m:num",
    "m:den",
    "a:blip",
    "v:imagedata",
    "v:textpath",
    "wp:extent",
    "c:chart",
    "dgm:relIds",
    "w:fldSimple",
    "w:bookmarkStart",
    "w:altChunk",
    "w:customXml",
    "w:moveTo",
    "w:moveFrom",
    "w:outlineLvl",
    "w:hMerge",
]
_VALUES = (
    "",
    "0",
    "1",
    "-1",
    "99999999999999999999",
    "x",
    "begin",
    "separate",
    "end",
    "page",
    "restart",
    "Normal",
    " TOC ",
    "90pt",
)
_ATTRIBUTES = (
    "w:val",
    "w:fldCharType",
    "w:type",
    "w:id",
    "w:instr",
    "w:char",
    "r:embed",
    "cx",
    "style",
    "w:left",
    "w:w",
    "w:h",
)


@st.composite
def _wild(draw: st.DrawFn, depth: int = 4) -> str:
    """Return random elements within one another."""
    out = []
    for _ in range(draw(st.integers(0, 4 if depth else 0))):
        tag = draw(st.sampled_from(_TAGS))
        said = {
            name: draw(st.sampled_from(_VALUES)) for name in draw(st.sets(st.sampled_from(_ATTRIBUTES), max_size=2))
        }
        attributes = "".join(f' {name}="{value}"' for name, value in said.items())
        text = draw(st.sampled_from(["", "甲", "1"]))
        out.append(f"<{tag}{attributes}>{text}{draw(_wild(depth - 1))}</{tag}>")
    return "".join(out)


@given(_wild(), _wild())
@settings(max_examples=60, deadline=None)
def test_wild_files(text: str, more: str) -> None:
    """Elements in any order, with any values, are read or refused; there is never another error."""
    numbering = abstract(0, level(0, "decimal", "%1."), more) + num(1, 0, more)
    styles = f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal">{more}</w:style>'
    data = docx(text + p(text), styles=styles, numbering=numbering, footnotes=more, comments=more)
    with contextlib.suppress(HealthReportError):
        assert read(data).kind == "word"


def test_flipped_bytes() -> None:
    """A file with bytes that changed on the way is read or refused; there is never another error."""
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
    whole, chance = docx(numbered("甲") * 20 + p("乙"), numbering=numbering), random.Random(7)
    seen = set()
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            manuscripts.read(bytes(data), "稿.docx")
        except HealthReportError as wrong:
            seen.add(wrong.diagnostics[0].id)
    assert "damaged-word" in seen


def test_messages_name_no_internals() -> None:
    """What is told is Chinese and has no words of the parser in it."""
    _, message = refused(main_part("<"))
    assert not re.search("[A-Za-z]{4,}", message.replace("Word", ""))


def test_spans_without_end() -> None:
    """A table is as wide as one in Word can be: rows that each span one column more were a grid of 400 million cells."""
    spans = "".join(
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{at + 1}"/></w:tcPr>{p("甲")}</w:tc><w:tc>{p("乙")}</w:tc></w:tr>'
        for at in range(2000)
    )
    grids = [one for one in read(docx(f"<w:tbl>{spans}</w:tbl>{p('丙')}")).parts if isinstance(one, Grid)]
    assert [len(grid.rows) for grid in grids] == [2000]
    assert {sum(cell.across for cell in row) for grid in grids for row in grid.rows} == {63 + 1}
