"""Word files from the inside: valid, whole, every style and field as Word wants it, the same bytes every time."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest

import helpers
from healthreport.jobs.producing import Options, Status
from healthreport.jobs.render import render
from healthreport.reading.reader import Reader
from healthreport.reading.resources import LAYOUTS
from healthreport.trees import document
from healthreport.trees.document import (
    Attachment,
    Cell,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    Table,
)
from healthreport.trees.roles import Role
from healthreport.writing.docx import package
from healthreport.writing.layout.loading import load
from helpers import DOCUMENTS, RESOURCES, ROOT, UNTITLED, command
from office import PIXEL, audit, parse_xml, render_one, sdk_errors

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EVERY_BLOCK = "every block"
REPORT = re.compile(r"^(?:体裁|继承): *([^#\s]+)", re.MULTILINE)


def _examples() -> list[Path]:
    """Return the examples that are reports: neither data, nor the base of others."""
    first = {path: REPORT.search(path.read_text("utf-8")) for path in sorted((ROOT / "examples").rglob("*.yaml"))}
    bases = {path.parent / key[1] for path, key in first.items() if key}
    return [path for path, key in first.items() if key and path not in bases]


EXAMPLES = _examples()
SOURCES = [
    pytest.param(EVERY_BLOCK, id=EVERY_BLOCK),
    *(pytest.param(path, id=str(path.relative_to(ROOT))) for path in (*EXAMPLES, *DOCUMENTS)),
]


def every_block() -> bytes:
    """Return a document with every block, role, heading level and kind of run there is."""
    runs, gap = (Run("甲<&>“乙”……\n丙"),), (Run("　", blank=True),)
    rows = ((Cell(runs, across=2),), (Cell(runs, down=2), Cell(gap)), (Cell(runs),))
    table = Table(caption=runs, header=((Cell(runs), Cell(gap)),), rows=rows, widths=(), note=runs)
    picture = document.Picture(PIXEL, "png", 9525, 9525)
    blocks: tuple[document.Block, ...] = (
        *(Paragraph(role, runs) for role in Role),
        *(Heading(level, "", (*runs, *gap)) for level in range(1, 5)),
        *(Paragraph(Role.BODY, runs, heading=Heading(level, "", (Run("甲。"),))) for level in range(1, 5)),
        table,
        table._replace(landscape=True),
        document.Figure((picture,), 0, runs),
        document.Figure((picture,), 2000, ()),
        PageBreak(),
        Paragraph(Role.ATTACHMENT_NOTE, (Run("清单"),), label="附件：1."),
        Signature("清河区卫生健康局\n清河区财政局", "2022年12月30日"),
    )
    attached = Attachment(runs[0].text, runs, (table,))
    attachments = (attached, attached._replace(landscape=True), attached)
    path = RESOURCES.find(LAYOUTS, "gbt9704")
    assert path is not None
    whole = Document("甲<&>", blocks, attachments, "清河区卫生健康局", "2022-12-30")
    return package.Package(whole, load(RESOURCES, path), RESOURCES.words).write((), "0" * 64)


@pytest.fixture(scope="module", params=SOURCES)
def word(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return each document in turn as a Word file."""
    target = tmp_path_factory.mktemp("word") / "report.docx"
    if request.param == EVERY_BLOCK:
        target.write_bytes(every_block())
        return target
    return render_one(request.param, target)


def _parts(word: Path) -> dict[str, ElementTree.Element]:
    """Return every XML part's root."""
    with zipfile.ZipFile(word) as archive:
        return {name: parse_xml(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))}


def _value(node: ElementTree.Element, path: str, attribute: str = "val") -> str | None:
    found = node.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + attribute)


def _styles(parts: dict[str, ElementTree.Element]) -> dict[str, ElementTree.Element]:
    return {style.attrib[W + "styleId"]: style for style in parts["word/styles.xml"].iter(W + "style")}


def test_openxml_audit_finds_nothing(word: Path) -> None:
    """The file is valid by openxml-audit."""
    assert audit(word) == []


def test_the_open_xml_sdk_finds_nothing(word: Path) -> None:
    """The file is valid by Microsoft's own SDK."""
    assert sdk_errors(word) == []


def test_the_zip_is_sound(word: Path) -> None:
    """Every member's checksum is right, no name occurs twice, and [Content_Types].xml comes first."""
    with zipfile.ZipFile(word) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert names[0] == "[Content_Types].xml"
    assert len(names) == len(set(names))


def test_python_docx_opens_it(word: Path) -> None:
    """python-docx reads the file and finds its text, author and language."""
    document = docx.Document(str(word))
    assert any(paragraph.text for paragraph in document.paragraphs)
    assert document.core_properties.author != "python-docx"
    assert document.core_properties.language == "zh-CN"


def test_fields_are_closed(word: Path) -> None:
    """In every part fields go begin, separate, end; each footer has the one of the page number."""
    for name, root in _parts(word).items():
        kinds = [mark.get(W + "fldCharType") for mark in root.iter(W + "fldChar")]
        assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3), name
        assert len(kinds) == (3 if "footer" in name and name.endswith(".xml") else 0), name


def test_every_run_is_hinted_as_east_asian(word: Path) -> None:
    """Every run of the text and the footers says hint=eastAsia, or “”…— would come from the Latin font."""
    parts = _parts(word)
    texts = [root for name, root in parts.items() if re.match(r"word/(document|footer)", name)]
    runs = [run for root in texts for run in root.iter(W + "r")]
    assert runs
    hints = [_value(run, "rPr/rFonts", "hint") for run in runs]
    assert hints == ["eastAsia"] * len(runs)


def test_every_style_has_its_font(word: Path) -> None:
    """Every style in use is defined and has one font for all scripts, its own or its base's; no theme font is named."""
    parts = _parts(word)
    styles = _styles(parts)
    marks = {W + kind for kind in ("pStyle", "rStyle")}
    used = {node.attrib[W + "val"] for root in parts.values() for node in root.iter() if node.tag in marks}
    assert used
    for style in used:
        names = [_font(styles, style, slot) for slot in ("eastAsia", "ascii", "hAnsi", "cs")]
        assert names[0], style
        assert names == names[:1] * 4, style
    fonts = [node for root in parts.values() for node in root.iter(W + "rFonts")]
    assert [name for node in fonts for name in node.attrib if "theme" in name.lower()] == []


def _font(styles: dict[str, ElementTree.Element], id: str, slot: str) -> str | None:
    """Return a style's font as Word resolves it."""
    while True:
        font, base = _value(styles[id], "rPr/rFonts", slot), _value(styles[id], "basedOn")
        if font or base is None:
            return font
        id = base


def test_headings_have_outline_levels(word: Path) -> None:
    """Heading 1 to 4 carry Word's own names and outline levels 0 to 3, 附件1 and its title that of chapters."""
    found = {_value(style, "name"): _value(style, "pPr/outlineLvl") for style in _styles(_parts(word)).values()}
    expected = {f"heading {level}": str(level - 1) for level in range(1, 5)}
    attached = {"附件序号": "0", "附件标题": "0"}
    assert {name: level for name, level in found.items() if level} == expected | attached


def test_headings_below_the_fourth_level() -> None:
    """The fifth and sixth level look like the fourth, alone or run in, and have outline levels of their own."""
    inner = "{标题: 己, 内容: 庚, 接排: 是}"
    for title in "戊丁丙乙甲":
        inner = f"{{标题: {title}, 章节: [{inner}, {{标题: 辛}}]}}"
    document = helpers.word(f"{UNTITLED}编号: [第一部分, 一、, （一）, 1., （1）, ①]\n章节: [{inner}]\n")
    found = []
    for paragraph in document.paragraphs:
        own = paragraph._p.get_or_add_pPr().find(W + "outlineLvl")
        level = own.get(W + "val") if own is not None else ""
        found.append((paragraph.text, paragraph.style.style_id if paragraph.style else "", level))
    assert found[3:8] == [
        ("1.丁", "Heading4", ""),
        ("（1）戊", "Heading4", "4"),
        ("①己。庚", "BodyText", "5"),
        ("②辛", "Heading4", "5"),
        ("（2）辛", "Heading4", "4"),
    ]
    run_in = next(paragraph for paragraph in document.paragraphs if paragraph.text == "①己。庚")
    assert [run.style.style_id for run in run_in.runs if run.style] == ["Heading4Char", "DefaultParagraphFont"]


def test_footers_differ_on_odd_and_even_pages(word: Path) -> None:
    """Every section has a footer for odd pages, set right, and one for even pages, set left; turned pages turn both."""
    parts = _parts(word)
    assert parts["word/settings.xml"].find(W + "evenAndOddHeaders") is not None
    targets = {node.attrib["Id"]: node.attrib["Target"] for node in parts["word/_rels/document.xml.rels"]}
    sections = list(parts["word/document.xml"].iter(W + "sectPr"))
    assert sections
    for section in sections:
        places = {}
        for reference in section.findall(W + "footerReference"):
            (id,) = [value for key, value in reference.attrib.items() if key.endswith("}id")]
            footer = parts[f"word/{targets[id]}"]
            (number,) = [one for one in footer.iter(W + "p") if one.find(f".//{W}instrText") is not None]
            turned = footer.find(f".//{W}textDirection") is not None
            places[reference.get(W + "type")] = _value(number, "pPr/jc"), turned
        across = section.find(W + "pgSz").get(W + "orient") == "landscape"  # type: ignore[union-attr]
        assert places == {"default": ("right", across), "even": ("left", across)}


def _run(source: Path, target: Path, folder: Path, **environment: str) -> bytes:
    """Render in a process of its own, started in a folder."""
    result = command(
        "render", source, "-o", target, "-q", cwd=folder, environment={"SOURCE_DATE_EPOCH": "", **environment}
    )
    assert result.code == 0, result.err
    return target.read_bytes()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Neither the current folder nor hash seed, time zone, locale, an empty cache or the output's name counts."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    one = _run(EXAMPLES[0], tmp_path / "1.docx", tmp_path, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    other = {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(elsewhere)}
    assert _run(EXAMPLES[0], tmp_path / "2.docx", elsewhere, **other) == one


def test_the_same_input_gives_the_same_bytes_in_any_company(tmp_path: Path) -> None:
    """A report rendered after others has the bytes it has alone."""
    sources = [tmp_path / f"{name}.yaml" for name in ("甲", "乙")]
    for source in sources:
        source.write_text(f"体裁: 通用\n标题: {source.stem}\n内容: 甲。\n", encoding="utf-8")
    made = render(sources, tmp_path / "both", Options(), Reader())
    assert [outcome.status for _, outcome in made] == [Status.DONE] * len(sources)
    alone = render_one(sources[1], tmp_path / "乙.docx")
    assert (tmp_path / "both" / "乙.docx").read_bytes() == alone.read_bytes()


def test_source_date_epoch_is_the_time_of_creation(tmp_path: Path) -> None:
    """The file is dated SOURCE_DATE_EPOCH where that is set, else by the report's own date; never by the clock."""
    source = tmp_path / "report.yaml"
    source.write_text("体裁: 通用\n标题: 甲\n单位: 乙\n日期: 2022-12-30\n内容: 丙。\n", encoding="utf-8")
    _run(source, tmp_path / "epoch.docx", tmp_path, SOURCE_DATE_EPOCH="1700000000")
    _run(source, tmp_path / "date.docx", tmp_path)
    times = {}
    for name in ("epoch", "date"):
        properties = docx.Document(str(tmp_path / f"{name}.docx")).core_properties
        assert properties.created == properties.modified
        assert properties.created is not None
        times[name] = f"{properties.created:%Y-%m-%d %H:%M:%S}"
    assert times == {"epoch": "2023-11-14 22:13:20", "date": "2022-12-30 00:00:00"}
