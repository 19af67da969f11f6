"""What a layout may say of faces, sizes and margins, as it stands in the Word file."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.trees.manuscript import Line
from healthreport.values import scalars
from helpers import command
from office import audit, parse_xml, render_one, sdk_errors
from word_files import read

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REPORT = """\
体裁: 通用
标题: 情况
版式: 我的
内容: [甲。, {表格: {表题: 表, 行: [[1]]}}]
附件: {标题: 乙, 横排: 是, 内容: 丙}
"""
SIZES = {"初号": 42, "小初": 36, "一号": 26, "二号": 22, "三号": 16, "小三": 15, "四号": 14, "小四": 12, "五号": 10.5}


def set_in(folder: Path, layout: str, report: str = REPORT) -> Path:
    """Return the Word file of a report in a layout that differs so from the standard."""
    (folder / "templates" / "layouts").mkdir(parents=True)
    (folder / "templates" / "layouts" / "我的.yaml").write_text(f"基于: gbt9704\n{layout}", "utf-8")
    (folder / "a.yaml").write_text(report, "utf-8")
    return render_one(folder / "a.yaml", folder / "a.docx", templates=folder / "templates")


def part(word: Path, name: str) -> ElementTree.Element:
    """Return a part of a Word file."""
    with zipfile.ZipFile(word) as archive:
        return parse_xml(archive.read(f"word/{name}.xml"))


def faces(word: Path) -> dict[str, tuple[str, str, bool, int]]:
    """Return of each style that says it the East Asian and the Latin font, whether it is bold, its half points."""
    found = {}
    for style in part(word, "styles").iter(f"{W}style"):
        run = style.find(f"{W}rPr")
        fonts = None if run is None else run.find(f"{W}rFonts")
        if run is not None and fonts is not None:
            bold, size = run.find(f"{W}b"), run.find(f"{W}sz")
            assert size is not None
            named = tuple(fonts.attrib[f"{W}{slot}"] for slot in ("eastAsia", "ascii", "hAnsi", "cs"))
            assert len({*named[1:]}) == 1
            is_bold = bold is not None and bold.get(f"{W}val") != "0"
            found[style.attrib[f"{W}styleId"]] = (named[0], named[1], is_bold, int(size.attrib[f"{W}val"]))
    return found


def test_a_font_for_latin_letters_and_digits(tmp_path: Path) -> None:
    """西文字体 is for all faces, a face's own wins, and page numbers keep the standard's if they say none."""
    word = set_in(tmp_path, "西文字体: Times New Roman\n表格: {西文字体: Arial}\n")
    latin = {id: face[1] for id, face in faces(word).items()}
    assert (latin.pop("TableText"), latin.pop("TableNote"), latin.pop("Footer")) == ("Arial", "Arial", "宋体")
    assert {*latin.values()} == {"Times New Roman"}
    fonts = {one.attrib[f"{W}name"]: one.find(f"{W}charset") for one in part(word, "fontTable")}
    assert [fonts[name].get(f"{W}val") for name in ("Times New Roman", "Arial", "仿宋")] == ["00", "00", "86"]  # type: ignore[union-attr]


def test_bold_faces(tmp_path: Path) -> None:
    """加粗 makes a face bold, alone or run in, and no other one: also where the text is bold, on which all stand."""
    bold = {id for id, face in faces(set_in(tmp_path / "甲", "二级标题: {加粗: 是}\n")).items() if face[2]}
    assert bold == {"Heading2", "Heading2Char"}
    word = set_in(tmp_path / "乙", "正文: {加粗: 是}\n")
    assert {id for id, face in faces(word).items() if face[2]} == {"Normal"}


def test_sizes_by_name(tmp_path: Path) -> None:
    """A size is written as Word calls it, or in points."""
    found = faces(set_in(tmp_path, "标题: {字号: 小一}\n正文: {字号: 3号}\n表格: {字号: 五号}\n表头: {字号: 11pt}\n"))
    assert [found[id][3] for id in ("Title", "Normal", "TableText", "TableHeader")] == [48, 32, 21, 22]


@pytest.mark.parametrize(("name", "points"), SIZES.items())
def test_every_name_of_a_size(name: str, points: float) -> None:
    """Names have their points, however the number is written."""
    digits = name.translate(str.maketrans("一二三四五", "12345"))
    assert scalars.read_size(name) == scalars.read_size(digits) == scalars.read_size(f" {points}pt") == points * 20


@given(st.text(max_size=4))
def test_any_size(text: str) -> None:
    """Whatever is written as a size is one, or is told."""
    try:
        said = f"字号{scalars.read_size(text)}"
    except ValueError as wrong:
        said = str(wrong)
    assert "字号" in said


def test_a_binding_margin(tmp_path: Path) -> None:
    """装订线 stands left of the text, above it on a page turned, and tables are as much narrower."""
    word = set_in(tmp_path, "页面: {装订线: 10mm}\n")
    upright, turned = docx.Document(str(word)).sections
    assert [round(side.mm) for side in (upright.gutter, upright.left_margin, upright.right_margin) if side] == [
        10,
        28,
        26,
    ]
    assert [round(side.mm) for side in (turned.gutter, turned.top_margin) if side is not None] == [0, 38]
    width = part(word, "document").find(f".//{W}tblW")
    assert width is not None
    assert int(width.attrib[f"{W}w"]) / 1440 * 25.4 == pytest.approx(146, abs=0.2)


@pytest.mark.parametrize("mirrored", [True, False])
def test_mirrored_margins(mirrored: bool, tmp_path: Path) -> None:
    """With 对称 the margins change sides on even pages, for printing on both sides."""
    settings = part(set_in(tmp_path, "页面: {对称: 是}\n" if mirrored else ""), "settings")
    assert (settings.find(f"{W}mirrorMargins") is not None) is mirrored


def test_a_font_of_ones_own(tmp_path: Path) -> None:
    """字体表 says what stands in for a font of one's own; those of the standard stay."""
    word = set_in(tmp_path, "标题: {字体: 文星标宋}\n字体表: {文星标宋: {替代: [华文中宋, 宋体]}}\n")
    found = {one.attrib[f"{W}name"]: one.find(f"{W}altName") for one in part(word, "fontTable")}
    assert [found[name].get(f"{W}val") for name in ("文星标宋", "黑体")] == ["华文中宋,宋体", "SimHei"]  # type: ignore[union-attr]


RUN_IN = """\
体裁: 通用
标题: 无
版式: 我的
章节:
  - {标题: 加强组织领导, 章节: [{标题: 压实责任, 接排: 是, 内容: 逐级签订责任书。}]}
"""


@pytest.mark.parametrize(
    ("layout", "paragraphs"),
    [
        ("", [("Heading1", "", "一、加强组织领导"), ("BodyText", "1", "（一）压实责任。逐级签订责任书。")]),
        (
            "样式分隔符: 是\n",
            [
                ("Heading1", "", "一、加强组织领导"),
                ("Heading2", "", "（一）压实责任。"),
                ("BodyText", "", "逐级签订责任书。"),
            ],
        ),
    ],
    ids=["outline level", "style separator"],
)
def test_run_in_headings_are_in_the_navigation(
    layout: str, paragraphs: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """Their paragraph has an outline level, or a mark that Word runs over parts them from it; both read as written."""
    word = set_in(tmp_path, layout, RUN_IN)
    found = [
        (one.style.style_id if one.style else "", "".join(one._p.xpath("w:pPr/w:outlineLvl/@w:val")), one.text)
        for one in docx.Document(str(word)).paragraphs
    ]
    assert found == paragraphs
    hidden = [bool(one._p.xpath("w:pPr/w:rPr[w:vanish]/w:specVanish")) for one in docx.Document(str(word)).paragraphs]
    assert hidden == [style == "Heading2" for style, _, _ in paragraphs]
    *_, line = [one for one in read(word.read_bytes()).parts if isinstance(one, Line)]
    assert (line.level, line.words, line.words[: line.run_in]) == (
        2,
        "（一）压实责任。逐级签订责任书。",
        "（一）压实责任。",
    )
    assert (audit(word), sdk_errors(word)) == ([], [])


@pytest.mark.parametrize(
    ("layout", "told"),
    [
        ("正文: {字号: 三好}\n", "2:10: 错误 “三好”不是字号，要写字号的名称或磅数，如三号、小四、16pt。 [bad-size]"),
        ("正文: {加粗: 粗}\n", "[bad-flag]"),
        ("页面: {装订线: 10}\n", "[bad-length]"),
        ("正文: {西文字: Arial}\n", "未知的键“西文字”，是否为“西文字体”？"),
        ("字体表: {文星标宋: {字形: 宋}}\n", "2:18: 错误 字形要写二十位十六进制数。 [bad-panose]"),
        ("字体表: {文星标宋: {替换: 宋体}}\n", "未知的键“替换”，是否为“替代”？"),
        ("字体表: [宋体]\n", "[not-a-mapping]"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(layout: str, told: str, tmp_path: Path) -> None:
    """A mistake in a layout is told at its line and column."""
    (tmp_path / "templates" / "layouts").mkdir(parents=True)
    (tmp_path / "templates" / "layouts" / "我的.yaml").write_text(f"基于: gbt9704\n{layout}", "utf-8")
    (tmp_path / "a.yaml").write_text(REPORT, "utf-8")
    done = command("render", "a.yaml", cwd=tmp_path)
    assert done.code == 2
    assert told in done.err
