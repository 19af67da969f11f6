"""Photos as phones and scanners leave them: upright, whole, as fine as they are printed, each file once."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import docx
import pytest
from PIL import Image

from healthreport import pipeline
from healthreport.diagnostics import HealthReportError
from healthreport.reading.reader import Reader
from healthreport.writing import plain
from helpers import RESOURCES, UNTITLED, command, in_folder, mistakes, png
from office import audit, measure, sdk_errors, to_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from helpers import Result

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
EMU_PER_INCH = 914_400
ONE = "内容: {图片: {文件: a.jpg}}\n"
RED, BLUE = (200, 20, 20), (20, 20, 200)


def photo(width: int, height: int, *, turned: int = 1, mode: str = "RGB", dpi: int = 0, kind: str = "JPEG") -> bytes:
    """Return a photo whose top half is red and whose bottom half is blue, as it lies in the file."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width, height // 2))
    exif = Image.Exif()
    if turned != 1:
        exif[0x0112] = turned
    saved = io.BytesIO()
    image.convert(mode).save(saved, kind, exif=exif, **({"dpi": (dpi, dpi)} if dpi else {}))
    return saved.getvalue()


def written(folder: Path, report: str, **files: bytes) -> bytes:
    """Return the Word file of a report that stands beside some files."""
    return pipeline.write(in_folder(folder, report, **files), "docx", RESOURCES, "")


def media(word: bytes) -> list[bytes]:
    """Return the picture files in a Word file."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        return [archive.read(name) for name in sorted(archive.namelist()) if name.startswith("word/media/")]


def main_part(word: bytes) -> ElementTree.Element:
    """Return the main part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314


def extents(word: bytes) -> list[tuple[int, int]]:
    """Return width and height of the drawings in EMU."""
    return [(int(one.attrib["cx"]), int(one.attrib["cy"])) for one in main_part(word).iter(f"{WP}extent")]


def seen(data: bytes, *, at: tuple[float, float]) -> str:
    """Return the colour of a picture at a place, as shares of its width and height."""
    with Image.open(io.BytesIO(data)) as image:
        pixel = image.convert("RGB").getpixel((int(image.width * at[0]), int(image.height * at[1])))
    assert isinstance(pixel, tuple)
    return "red" if pixel[0] > pixel[2] else "blue"


@pytest.mark.parametrize(
    ("turned", "red"),
    [
        *((2, "top"), (3, "bottom"), (4, "bottom")),
        *((5, "left"), (6, "right"), (7, "right"), (8, "left")),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_stands_upright(turned: int, red: str, kind: str, tmp_path: Path) -> None:
    """What the camera says of how it was held is followed, by pixels and by size: Word turns nothing."""
    name = "a.jpg" if kind == "JPEG" else "a.png"
    data = photo(80, 60, turned=turned, kind=kind)
    word = written(tmp_path, ONE.replace("a.jpg", name), **{name.replace(".", "_"): data})
    (shown,) = media(word)
    places = {"top": (0.5, 0.1), "bottom": (0.5, 0.9), "left": (0.1, 0.5), "right": (0.9, 0.5)}
    opposite = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}
    assert seen(shown, at=places[red]) == "red"
    assert seen(shown, at=places[opposite[red]]) == "blue"
    ((width, height),) = extents(word)
    assert (width < height) is (turned >= 5)
    with Image.open(io.BytesIO(shown)) as image:
        assert image.getexif().get(0x0112, 1) == 1  # what reads it does not turn it again


def test_an_orientation_that_cannot_be_is_none(tmp_path: Path) -> None:
    """A camera that says nonsense says nothing."""
    data = photo(80, 60, turned=99)
    assert media(written(tmp_path, ONE, a_jpg=data)) == [data]


def without_markers(data: bytes) -> bytes:
    """Return a JPEG without its APPn segments, as some scanners and web pages write them."""
    out, at = data[:2], 2
    while data[at + 1] != 0xDA:
        size = int.from_bytes(data[at + 2 : at + 4], "big") + 2
        out += b"" if 0xE0 <= data[at + 1] <= 0xEF else data[at : at + size]
        at += size
    return out + data[at:]


def test_jpegs_of_all_kinds(tmp_path: Path) -> None:
    """A JPEG without JFIF, one of four colours, a progressive one and one of two pictures are shown as they are."""
    bare, four = without_markers(photo(64, 48)), photo(64, 48, mode="CMYK")
    assert b"JFIF" not in bare
    saved, several = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (64, 48)).save(saved, "JPEG", progressive=True)
    Image.new("RGB", (64, 48)).save(several, "MPO", save_all=True, append_images=[Image.new("RGB", (8, 6))])
    files = {"a_jpg": bare, "b_jpg": four, "c_jpg": saved.getvalue(), "d_jpg": several.getvalue()}
    report = "内容: [{图片: {文件: [a.jpg, b.jpg, c.jpg, d.jpg]}}]\n"
    word = written(tmp_path, report, **files)
    assert media(word) == [*files.values()]
    assert len({*extents(word)}) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_file_cut_short_is_refused(kind: str, share: float, tmp_path: Path) -> None:
    """A photo of which some is missing is told: it would be grey from there on, in print."""
    noise = Image.effect_noise((200, 160), 80).convert("RGB")
    saved = io.BytesIO()
    noise.save(saved, kind)
    data = saved.getvalue()
    with pytest.raises(HealthReportError) as wrong:
        in_folder(tmp_path, ONE, a_jpg=data[: int(len(data) * share)])
    assert [one.id for one in wrong.value.diagnostics] == ["bad-picture"]


def test_heic_is_refused_with_the_way_out(tmp_path: Path) -> None:
    """A photo in the format of iPhones is told as what it is, and how it becomes a JPEG."""
    heic = b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + bytes(64)
    with pytest.raises(HealthReportError) as wrong:
        in_folder(tmp_path, ONE, a_jpg=heic)
    (told,) = wrong.value.diagnostics
    assert "HEIC" in told.message
    assert "jpg" in told.hint
    assert "兼容性" in told.hint


def test_a_large_photo_is_scaled_to_what_is_printed(tmp_path: Path) -> None:
    """A photo has 300 dots to the inch of its place, upright or not, and keeps its shape; a small one its bytes."""
    for data in (photo(4000, 3000), photo(4000, 3000, turned=6), photo(4000, 3000, mode="CMYK")):
        word = written(tmp_path, "内容: {图片: {文件: a.jpg, 宽: 50.8mm}}\n", a_jpg=data)
        ((width, height),) = extents(word)
        (shown,) = media(word)
        with Image.open(io.BytesIO(shown)) as image:
            assert image.width == pytest.approx(600, abs=1)
            assert image.width / image.height == pytest.approx(width / height, rel=0.01)
        assert len(shown) < len(data) / 3
    small = photo(700, 525)
    assert media(written(tmp_path, "内容: {图片: {文件: a.jpg, 宽: 50.8mm}}\n", a_jpg=small)) == [small]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_large_png_of_any_kind(mode: str, tmp_path: Path) -> None:
    """A scan or a screenshot of whatever colours is shown, and never by more bytes than it had."""
    saved = io.BytesIO()
    Image.effect_noise((3000, 2000), 80).convert(mode).save(saved, "PNG")
    (shown,) = media(written(tmp_path, "内容: {图片: {文件: a.png, 宽: 4cm}}\n", a_png=saved.getvalue()))
    assert len(shown) <= len(saved.getvalue())
    with Image.open(io.BytesIO(shown)) as image:
        image.load()


def test_the_same_file_is_stored_once(tmp_path: Path) -> None:
    """A picture shown three times is in the file once, as fine as its largest place wants it."""
    report = "内容: [{图片: {文件: a.jpg, 宽: 25.4mm}}, {图片: {文件: [a.jpg, b.jpg], 宽: 50.8mm}}]\n"
    word = written(tmp_path, report, a_jpg=photo(4000, 3000), b_jpg=photo(30, 20))
    first, _ = media(word)
    with Image.open(io.BytesIO(first)) as image:
        assert image.width == pytest.approx(600, abs=1)
    body = main_part(word)
    used = [value for one in body.iter() for key, value in one.attrib.items() if key.endswith("}embed")]
    assert used == ["rIdPicture1", "rIdPicture1", "rIdPicture2"]
    numbers = [one.get("id") for one in body.iter(f"{WP}docPr")]
    assert numbers == ["1", "2", "3"]  # Word wants each drawing's own


def test_the_caption_says_what_a_picture_shows(tmp_path: Path) -> None:
    """Who cannot see a picture hears its caption, whatever marks and figures stand in it; one without has none."""
    report = "年度: 2022\n内容:\n- 图片: {文件: a.jpg, 图题: '{{ 年度 }}年\"两癌\"筛查<现场>'}\n- 图片: {文件: a.jpg}\n"
    word = written(tmp_path, report, a_jpg=photo(30, 20))
    assert [one.get("descr") for one in main_part(word).iter(f"{WP}docPr")] == ['2022年"两癌"筛查<现场>', None]


def test_the_caption_of_each_township(tmp_path: Path) -> None:
    """Reports that share a document have alternative texts of their own."""
    base = "体裁: 通用\n标题: 无\n年度: 2022\n单位: 甲\n指标: {改厕: {单位: 座}}\n"
    shown = "内容: {图片: {文件: a.jpg, 图题: '{{ 单位 }}\"义诊\"'}}\n"
    (tmp_path / "底.yaml").write_text(base + shown, "utf-8")
    (tmp_path / "a.jpg").write_bytes(photo(30, 20))
    (tmp_path / "镇.csv").write_text('单位,改厕\n"青山""镇",1\n白石镇,2\n', "utf-8")
    done: Result = command("batch", "底.yaml", "--data", "镇.csv", "-o", "出", cwd=tmp_path)
    said = {
        one.get("descr")
        for path in (tmp_path / "出").glob("*.docx")
        for one in main_part(path.read_bytes()).iter(f"{WP}docPr")
    }
    assert said == {'青山"镇"义诊"', '白石镇"义诊"'}, done.err


ROW = (
    "内容:\n- 前文。\n- 表格: {行: [[甲]]}\n- 图片:\n  - {文件: a.jpg, 图题: 义诊}\n  - {文件: b.jpg, 图题: 体检}\n"
    "- 表格: {行: [[乙]]}\n- 图片: [{文件: b.jpg, 图题: 又}]\n"
)


def test_several_pictures_with_a_caption_each(tmp_path: Path) -> None:
    """Pictures in a list stand side by side, each over its own caption, numbered on; tables round them stay apart."""
    composed = in_folder(tmp_path, ROW, a_jpg=photo(1600, 1200), b_jpg=photo(1200, 1600))
    assert plain.write(composed.document) == "　　前文。\n甲\n图1　义诊\n图2　体检\n乙\n图3　又\n"
    word = tmp_path / "a.docx"
    word.write_bytes(pipeline.write(composed, "docx", RESOURCES, ""))
    assert (audit(word), sdk_errors(word)) == ([], [])
    assert [[cell.text for cell in row.cells] for row in docx.Document(str(word)).tables[1].rows] == [
        ["", ""],
        ["图1　义诊", "图2　体检"],
    ]
    (page, *_) = measure(to_pdf([word], tmp_path)[0])
    left, right = page.line("图1义诊"), page.line("图2体检")
    assert left.top == pytest.approx(right.top, abs=1)
    middle = (28 + 156 / 2) / 25.4 * 72
    assert left.right < middle < right.left


@pytest.mark.parametrize(
    ("count", "width", "rows"),
    [
        (2, "", [2]),
        (3, "", [3]),
        (4, "", [2, 2]),
        (5, "", [2, 2, 1]),
        (3, ", 宽: 70mm", [2, 1]),
        (2, ", 宽: 120mm", []),
        (1, ", 宽: 300mm", []),
    ],
)
def test_how_many_pictures_stand_in_a_row(count: int, width: str, rows: list[int], tmp_path: Path) -> None:
    """Two stand in a row, and all of three; with 宽 as many as find room, or one below the other.

    None is wider than the type area, whatever 宽 says.
    """
    pictures = ", ".join([f"{{文件: a.png, 图题: 图{width}}}"] * count)
    word = written(tmp_path, f"内容: {{图片: [{pictures}]}}\n", a_png=png(4000, 3000))
    found = [
        len([*row.iter(f"{WP}inline")])
        for row in main_part(word).iter(f"{W}tr")
        if row.find(f".//{WP}inline") is not None
    ]
    assert found == rows
    assert max(across for across, _ in extents(word)) <= (156 + 0.1) / 25.4 * EMU_PER_INCH


def test_every_picture_of_a_list_counts(tmp_path: Path) -> None:
    """A report is made again when any picture of a list has changed, and each that is wrong is told at its name."""
    with pytest.raises(HealthReportError) as wrong:
        in_folder(tmp_path, "内容: {图片: [{文件: a.jpg}, {文件: b.jpg}]}\n", a_jpg=photo(3, 3))
    assert [(one.id, one.position.column) for one in wrong.value.diagnostics] == [("not-found", 29)]
    from healthreport.reading import inherit

    (tmp_path / "b.jpg").write_bytes(photo(4, 4))
    path = tmp_path / "报告.yaml"
    before = inherit.digest(inherit.load(path, Reader()), Reader())
    (tmp_path / "b.jpg").write_bytes(photo(5, 5))
    assert inherit.digest(inherit.load(path, Reader()), Reader()) != before


def test_only_reports_with_pictures_load_what_reads_them(tmp_path: Path) -> None:
    """Pillow takes longer to load than a short report to write: one without pictures never does."""
    (tmp_path / "a.jpg").write_bytes(photo(30, 20))
    loaded = {}
    for name, content in (("甲", "甲。"), ("乙", "{图片: {文件: a.jpg}}")):
        (tmp_path / f"{name}.yaml").write_text(f"体裁: 通用\n标题: 无\n内容: {content}\n", "utf-8")
        done = command("render", f"{name}.yaml", cwd=tmp_path, environment={"PYTHONPROFILEIMPORTTIME": "1"})
        assert done.code == 0, done.err
        loaded[name] = "PIL" in done.err
    assert loaded == {"甲": False, "乙": True}


def test_a_table_or_figure_without_a_number(tmp_path: Path) -> None:
    """序号: 无 leaves one out of the count, with its caption as it is; a template may do the same."""
    report = (
        "指标: {改厕: {数值: 1, 单位: 座}}\n内容:\n"
        "- 表格: {表题: 甲, 序号: 无, 行: [[一]]}\n- 表格: {表题: 乙, 行: [[一]]}\n"
        "- 指标表: {指标: 全部, 列: [指标], 表题: 丙, 序号: 无}\n- 图片: {文件: a.png, 图题: 丁, 序号: 无}\n"
        "- 图片: [{文件: a.png, 图题: 戊}, {文件: a.png, 图题: 己, 序号: 无}]\n"
    )
    document = in_folder(tmp_path, report, a_png=png(3, 2)).document
    found = plain.write(document).splitlines()
    assert found == ["甲", "一", "表1　乙", "一", "丙", "指标", "改厕", "丁", "图1　戊", "己"]


def test_a_number_of_ones_own_is_told() -> None:
    """序号 of a table is 无 or nothing: numbers are the program's."""
    (told,) = mistakes(f"{UNTITLED}内容: {{表格: {{表题: 甲, 序号: 3, 行: [[一]]}}}}\n")
    assert (told.id, told.position.line) == ("not-a-choice", 3)
