"""``check --fix`` on Word files: changes that can be accepted or rejected, in a copy that is else the same file."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import office
from fix_rules import LEDGER, MARKS, fix, replacing
from healthreport import pipeline
from healthreport.disk import office as libreoffice
from healthreport.reading.word import document, sources
from healthreport.trees.manuscript import Grid, Line
from healthreport.writing.editing import word
from healthreport.writing.editing.edits import Edit
from healthreport.writing.editing.word import Change, UneditableError
from helpers import DOCUMENTS, RESOURCES, compose
from word_files import HEAD, XMLNS, docx, p, r, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from healthreport.jobs.checking.fixing import Fixed

BOLD = "<w:b/>"
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{0}'
    "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}"
    "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def words(data: bytes) -> list[str]:
    """Return the words of all lines of a Word file, as its changes are accepted."""

    def of_lines(parts: object) -> Iterator[str]:
        for part in parts:  # type: ignore[attr-defined]
            if isinstance(part, Line):
                yield part.words
            elif isinstance(part, Grid):
                yield from (line.words for row in part.rows for cell in row for line in cell.lines)

    return [*of_lines(document.read(data, "").parts)]


def rejected(data: bytes) -> bytes:
    """Return a Word file with this program's changes rejected."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, content in files.items():
        if name.endswith(".xml"):
            text = re.sub(
                r'<w:ins w:id="\d+" w:author="healthreport".*?</w:ins>', "", content.decode(), flags=re.DOTALL
            )
            text = re.sub(r'<w:del w:id="\d+" w:author="healthreport"[^>]*>(.*?)</w:del>', r"\1", text, flags=re.DOTALL)
            files[name] = text.replace("w:delText", "w:t").encode()
    return zipped(files)


def fixed(folder: Path, data: bytes, *rules: object) -> tuple[bytes | None, Fixed]:
    """Return the copy that is written beside a Word file, if one is, and what is told."""
    path = folder / "稿.docx"
    path.write_bytes(data)
    done = fix(path, *rules)  # type: ignore[arg-type]
    assert path.read_bytes() == data
    copy = folder / "稿-修改.docx"
    return copy.read_bytes() if copy.exists() else None, done


def main(data: bytes) -> str:
    """Return the main part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("body", "after"),
    [
        (p("建台帐，台帐。"), ["建台账，台账。"]),
        (p(r("建台") + r("帐甲", BOLD)), ["建台账甲"]),
        (p(r("建台", BOLD) + "<w:proofErr w:type=\"spellStart\"/>" + r("帐") + r("台") + r("帐")), ["建台账台账"]),
        (p("<w:r><w:t>台帐</w:t><w:tab/><w:t xml:space=\"preserve\"> 台帐 </w:t><w:br/><w:t>台帐</w:t></w:r>"),
         ["台账\t 台账 \n台账"]),
        ("<w:tbl><w:tr><w:tc>" + p("<w:r><w:t>台帐</w:t><w:br/><w:t>台帐</w:t></w:r>") + "</w:tc></w:tr></w:tbl>",
         ["台账\n台账"]),
        (p('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>台帐</w:t></w:r>'), ["甲", "台账"]),
        (p("<w:r><w:t>\n  台帐&amp;乙 </w:t></w:r>"), ["台账&乙"]),
        (p("<w:smartTag>" + r("台帐") + "</w:smartTag>"), ["台账"]),
        ("<w:tbl><w:tr><w:tc>" + p("台帐") + p("台帐") + "</w:tc><w:tc>" + p("😀台帐") + "</w:tc></w:tr></w:tbl>",
         ["台账", "台账", "😀台账"]),
        (p(r("台帐") + BOX.format(p("台帐") + p("乙"))), ["台账", "台账", "乙"]),
        (p("台帐", "<w:rPr><w:del w:id=\"1\" w:author=\"a\"/></w:rPr>") + p("台帐"), ["台账台账"]),
        (p("<w:del w:id=\"7\" w:author=\"a\"><w:r><w:delText>台帐</w:delText></w:r></w:del>" + r("台帐")), ["台账"]),
        (p('<w:r w:rsidR="00AB"><w:lastRenderedPageBreak/><w:t>台帐</w:t></w:r>'), ["台账"]),
    ],
)  # fmt: skip
def test_words_in_runs(tmp_path: Path, body: str, after: list[str]) -> None:
    """Accepting what the copy shows gives the fixed words, rejecting it the original ones."""
    data = docx(body)
    copy, done = fixed(tmp_path, data)
    assert copy is not None
    assert words(copy) == after
    assert words(rejected(copy)) == words(data)
    assert done.told == ()


@pytest.mark.parametrize(
    "body",
    [
        p('<w:hyperlink w:anchor="a">' + r("台帐") + "</w:hyperlink>"),
        p(FIELD.format(r("台帐"))),
        p('<w:fldSimple w:instr="REF a">' + r("台帐") + "</w:fldSimple>"),
        p('<w:ins w:id="1" w:author="a">' + r("台帐") + "</w:ins>"),
        p("<w:sdt><w:sdtContent>" + r("台帐") + "</w:sdtContent></w:sdt>"),
        p(r("台帐", '<w:rPrChange w:id="1" w:author="a"><w:rPr/></w:rPrChange>')),
        p(r("台") + '<w:ins w:id="1" w:author="a">' + r("帐") + "</w:ins>"),
        p("<m:oMath><m:r><m:t>台帐</m:t></m:r></m:oMath>"),
        p(
            '<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>台帐</w:t></mc:Choice></mc:AlternateContent></w:r>'
        ),
    ],
)
def test_what_is_left_alone(tmp_path: Path, body: str) -> None:
    """What stands in a link, a field, somebody's change or a formula stays, and is told."""
    copy, done = fixed(tmp_path, docx(body))
    assert copy is None
    assert [one.id for one in done.told] == ["fix-left"]
    assert done.told[0].position.line == 1


def test_only_its_place_changes(tmp_path: Path) -> None:
    """The run is split around the words, each part with its look; all other bytes stay, comments too."""
    before = '<!-- 台帐 --><w:p w:rsidR="01"><w:r w:rsidRPr="02"><w:rPr><w:b/></w:rPr><w:t>建台帐。</w:t></w:r></w:p>'
    data = docx(before + p("乙") + '<w:bookmarkStart w:id="1" w:name="a"/>')
    copy, _ = fixed(tmp_path, data)
    assert copy is not None
    look, space = "<w:rPr><w:b/></w:rPr>", ' xml:space="preserve"'
    mark = 'w:author="healthreport" w:date="'
    expected = (
        f'<!-- 台帐 --><w:p w:rsidR="01"><w:r w:rsidRPr="02">{look}<w:t{space}>建</w:t></w:r>'
        f'<w:del w:id="2" {mark}"><w:r>{look}<w:delText{space}>台帐</w:delText></w:r></w:del>'
        f'<w:ins w:id="3" {mark}"><w:r>{look}<w:t{space}>台账</w:t></w:r></w:ins>'
        f'<w:r w:rsidRPr="02">{look}<w:t{space}>。</w:t></w:r></w:p>'
    )
    undated = re.sub(r'(w:date=")[^"]*', r"\1", main(copy))
    assert undated == main(data).replace(before, expected)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(copy)) as new:
        assert old.namelist() == new.namelist()
        others = set(old.namelist()) - {"word/document.xml"}
        assert {name: old.read(name) for name in others} == {name: new.read(name) for name in others}


def test_several_rounds_are_one_change(tmp_path: Path) -> None:
    """What one rule changes and another changes again is shown as one change of the original."""
    copy, done = fixed(tmp_path, docx(p("甲。。。。乙")), MARKS)
    assert copy is not None
    assert words(copy) == ["甲。乙"]
    assert main(copy).count("<w:del ") == 1
    assert "。。。</w:delText>" in main(copy)
    assert words(rejected(copy)) == ["甲。。。。乙"]
    assert len(done.changed[0].places) == 3


def test_deletions_and_additions(tmp_path: Path) -> None:
    """Words that go leave no empty change, and what is added stands in its run's look."""
    data = docx(p(r("一、", BOLD) + r("一、") + r("甲", BOLD)) + p(r("乙", BOLD)))
    copy, _ = fixed(tmp_path, data, replacing({"一、一、": "一、", "甲": "丙。", "乙": ""}))
    assert copy is not None
    assert words(copy) == ["一、丙。"]
    assert words(rejected(copy)) == words(data)
    assert 'preserve"></w:t>' not in main(copy)


def test_footnotes(tmp_path: Path) -> None:
    """A note is changed in its own part, also where its paragraph has the number of one of the text."""
    notes = '<w:footnote w:id="1">' + p(r("台帐")) + p("台帐注") + "</w:footnote>"
    body = p(r("台帐") + '<w:r><w:footnoteReference w:id="1"/></w:r>') + p("台帐注")
    copy, done = fixed(tmp_path, docx(body, footnotes=notes))
    assert copy is not None
    assert words(copy) == ["台账[脚注1]", "台账注", "[脚注1]台账", "台账注"]
    assert done.told == ()


def test_the_same_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy's bytes depend on the file alone; SOURCE_DATE_EPOCH, else the file's own date, is the changes'."""
    core = '<cp:coreProperties xmlns:cp="c" xmlns:dcterms="d"><dcterms:modified>2022-03-04T05:06:07Z</dcterms:modified>'
    with zipfile.ZipFile(io.BytesIO(docx(p("台帐")))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    data = zipped({**files, "docProps/core.xml": HEAD + core + "</cp:coreProperties>"})
    copies = []
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        copies.append(fixed(folder, data)[0])
    assert copies[0] == copies[1]
    assert copies[0] is not None
    assert main(copies[0]).count('w:date="2022-03-04T05:06:07Z"') == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    (tmp_path / "2").mkdir()
    copy, _ = fixed(tmp_path / "2", data)
    assert copy is not None
    assert main(copy).count('w:date="1970-01-01T00:00:00Z"') == 2


@pytest.mark.parametrize(
    ("change", "body"),
    [
        (lambda text: text.replace("w:", "").replace("xmlns:w", "xmlns"), p("台帐")),
        (lambda text: text.encode("utf-16"), p("台帐")),
    ],
)
def test_files_that_are_written_otherwise(tmp_path: Path, change: object, body: str) -> None:
    """A part without prefixes or in another encoding is left, and told: nothing is written."""
    text = f'<w:document xmlns:w="{XMLNS.split(chr(34))[1]}"><w:body>{body}</w:body></w:document>'
    made = change(text.replace(' xml:space="preserve"', ""))  # type: ignore[operator]
    with zipfile.ZipFile(io.BytesIO(docx(body))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    copy, done = fixed(tmp_path, zipped({**files, "word/document.xml": made}))
    assert copy is None
    assert [one.id for one in done.told] == ["fix-uneditable"]


def test_strict_files(tmp_path: Path) -> None:
    """A file of ISO 29500 Strict stays one."""
    data = docx(p("台帐"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    new = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    files["word/document.xml"] = files["word/document.xml"].replace(old, new)
    copy, _ = fixed(tmp_path, zipped(files))
    assert copy is not None
    assert words(copy) == ["台账"]
    assert new.decode() in main(copy)


def test_signed_files(tmp_path: Path) -> None:
    """A file with an electronic signature is refused: the copy's would hold for nothing."""
    with zipfile.ZipFile(io.BytesIO(docx(p("台帐")))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    copy, done = fixed(tmp_path, zipped({**files, "_xmlsignatures/sig1.xml": "<a/>"}))
    assert copy is None
    assert [one.id for one in done.told] == ["fix-signed"]


def test_edits_are_tried() -> None:
    """No edit is made on a text that is another one, or not there."""
    data = docx(p("台帐"))
    for number, text in ((0, "台账"), (1, "台帐")):
        with pytest.raises(UneditableError):
            word.edited(data, {"word/document.xml": {number: Change(text, [Edit(0, 1, "甲")])}}, tracked=True)


RUNS = st.lists(
    st.tuples(st.text(st.sampled_from("甲台帐,。 <&\u0301😀"), min_size=1, max_size=4), st.sampled_from(["", BOLD])),
    max_size=5,
)


@given(st.lists(RUNS, min_size=1, max_size=3))
def test_any_runs(tmp_path_factory: pytest.TempPathFactory, paragraphs: list[list[tuple[str, str]]]) -> None:
    """Whatever the runs: accepted the words are fixed, rejected they are the original's, and a second run is idle."""
    runs = [[(text.replace("&", "&amp;").replace("<", "&lt;"), look) for text, look in one] for one in paragraphs]
    data = docx("".join(p("".join(r(text, look) for text, look in one) or r("乙")) for one in runs) + p("完"))
    folder = tmp_path_factory.mktemp("word")
    copy, done = fixed(folder, data, LEDGER, MARKS)
    assert done.told == ()
    expected = [line.replace("台帐", "台账").replace(",", "，") for line in words(data)]
    expected = [re.sub("。+", "。", line) for line in expected]
    assert (expected == words(data)) is (copy is None)
    if copy is not None:
        assert words(copy) == expected
        assert words(rejected(copy)) == words(data)
        assert fixed(folder, data, LEDGER, MARKS)[0] == copy


def test_every_character_has_its_place() -> None:
    """In documents of our own every character of a line but tabs is found in the text that it is written in."""
    for path in DOCUMENTS:
        data = pipeline.write(compose(path.read_bytes()), "docx", RESOURCES, "")
        found = sources.read(data, "")
        assert found
        for line in found:
            assert sum(one.length for one in line.stretches) == len(re.sub("[\t\n]", "", line.words))
            for one in line.stretches:
                assert line.words[one.start :].startswith(one.place.text[one.offset : one.offset + one.length])


def test_word_and_libreoffice_take_it(tmp_path: Path) -> None:
    """The copy is valid, and LibreOffice opens it with the changes in it."""
    data = pipeline.write(compose(DOCUMENTS[0].read_bytes()), "docx", RESOURCES, "")
    copy, _ = fixed(tmp_path, data, replacing({"的": "之", "。": "．"}))
    assert copy is not None
    changes = main(copy).count("<w:ins ")
    assert changes > 3
    path = tmp_path / "稿-修改.docx"
    assert office.audit(path) == []
    assert office.sdk_errors(path) == []
    program = libreoffice.program() or office.unavailable("LibreOffice")
    opened = main(libreoffice.to_docx(copy, ".docx", program))
    assert opened.count('w:author="healthreport"') >= 2 * changes
