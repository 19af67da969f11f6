"""What large inputs need once is done once: no time is measured, the work is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from test_attack_failures import png

from healthreport.cli import console, tables
from healthreport.jobs.checking import fixing_texts
from healthreport.jobs.importing import faults
from healthreport.reading.reader import Reader
from healthreport.reading.tables import delimited, grid
from healthreport.reading.tables.sheets import read_tables
from healthreport.reading.word import formats
from healthreport.trees.document import Picture
from healthreport.writing.docx import pictures
from word_files import docx, p

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Cli


def counted(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[tuple[Any, ...]]:
    """Return what a function of a module is called with from now on."""
    calls: list[tuple[Any, ...]] = []
    function: Callable[..., Any] = getattr(module, name)

    def called(*given: Any) -> Any:
        calls.append(given)
        return function(*given)

    monkeypatch.setattr(module, name, called)
    return calls


def test_a_table_is_measured_once_for_all_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A county's table is printed in as many parts as it takes; no part measures it again to find its columns."""
    names = tuple(f"清河第{i}项指标" for i in range(24))
    rows = [{"单位": f"第{i}镇", **dict.fromkeys(names, str(10_000 + i))} for i in range(200)]
    measured = counted(monkeypatch, tables, "wide")
    parts = tables.parted(tables.Table(("单位", *names), rows, frozenset(names)), 1, 80)
    assert len(parts) > 2
    assert sum(text.isdigit() and len(text) > 1 for (text,) in measured) == 200 * 24
    measured.clear()
    printed = [line for part in parts for line in tables.lines(part, 80)]
    assert (
        sum(text.isdigit() and len(text) > 1 for (text,) in measured) == 2 * 200 * 24
    )  # does it fit, and how much stands beside it
    assert max(map(console.columns, printed)) <= 80


def test_places_of_cells_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells of a text table are not sought from its beginning for each place, nor a line for each of its cells."""
    (sheet,) = read_tables(("乡镇" + ",甲" * 99 + "\n" + ("白石镇" + ",1" * 99 + "\n") * 50).encode(), "t.csv")
    heads, parted = counted(monkeypatch, delimited, "_delimiter"), counted(monkeypatch, delimited, "_matches")
    assert [sheet.place(40, at).column for at in range(3)] == [1, 5, 7]
    assert all(cell.position().line == at + 1 for at in range(51) for cell in sheet.row(at))
    assert len(heads) <= 2
    assert len(parted) <= 52


def test_a_name_without_end_is_wrapped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of thousands of characters is measured character by character, not line by line anew for each of them."""
    name = "白石镇" * 10_000
    measured = counted(monkeypatch, tables, "wide")
    lines = tables.lines(tables.Table(("指标", "数"), [{"指标": name, "数": "1"}]), 80)
    assert sum(line.count("白") for line in lines) == 10_000
    assert max(map(console.columns, lines)) <= 80
    assert sum(len(text) for (text,) in measured) < 12 * len(name)
    totals = counted(monkeypatch, tables, "_total")
    tables.lines(tables.Table(("指标", "数"), [{"指标": name, "数": "1"}]), 80)
    assert len(totals) < 200


@pytest.mark.parametrize("kind", ["md", "txt"])
def test_a_line_is_aligned_once_for_its_changes(
    kind: str, here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the characters of a line stand in the file is found once for thousands of changes in it."""
    file = here / f"甲.{kind}"
    file.write_text("清河区2022年工作总结\n" + "甲\u200b" * 4000 + "甲\n", "utf-8")
    aligned = counted(monkeypatch, fixing_texts, "_offsets")
    cli("check", "--fix", file.name)
    assert 1 <= len(aligned) < 10
    assert kind == "md" or "\u200b" not in file.read_text("utf-8")


@pytest.mark.parametrize("lines", [300, 20_000])
def test_more_lines_than_a_sheet_has_columns_are_no_heading(
    lines: int, here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet is looked at on its side where it may be so: nobody's has twenty thousand townships beside each other."""
    (here / "x.yaml").write_text("体裁: 通用\n标题: 甲\n指标: {改厕: {单位: 座}}\n内容: '{{ 改厕 }}'\n", "utf-8")
    (here / "t.csv").write_text("".join(f"注{i}：改厕如下\n" for i in range(lines)) + "乡镇,改厕\n白石镇,1\n", "utf-8")
    turned = counted(monkeypatch, grid, "transposed")
    assert "[no-header]" in cli("batch", "x.yaml", "--data", "t.csv", "-o", "out").err
    assert bool(turned) == (lines < 16_384)


FIGURES = {
    "one by one": "  - {图片: {文件: 图.png}}\n" * 40,
    "side by side": "  - {图片: [" + "{文件: 图.png}, " * 40 + "]}\n",
    "in one figure": "  - {图片: {文件: [" + "图.png, " * 40 + "]}}\n",
}


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(
    ("command", "most"), [(("render", "x.yaml"), 1), (("check", "x.yaml"), 1), (("check", "--fix", "x.yaml"), 2)]
)
def test_a_picture_is_measured_once(
    command: tuple[str, ...], most: int, name: str, here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture that a report shows again and again is read, hashed and measured once for each document of it."""
    (here / "图.png").write_bytes(png(20, 20))
    (here / "x.yaml").write_text(f"体裁: 通用\n标题: 甲\n内容:\n{FIGURES[name]}", "utf-8")
    measured, read = counted(monkeypatch, pictures, "measure"), counted(monkeypatch, Reader, "read_beside")
    assert cli(*command).code == 0
    assert 1 <= len(measured) <= most
    assert len(read) <= most + (command[0] == "render")  # for the digest of what it is made of


def test_a_picture_that_cannot_be_shown_is_measured_once(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is cut off is decoded once, and told at every place that names it."""
    (here / "图.png").write_bytes(png(20, 20)[:-20])
    (here / "x.yaml").write_text(f"体裁: 通用\n标题: 甲\n内容:\n{FIGURES['one by one']}", "utf-8")
    measured = counted(monkeypatch, pictures, "measure")
    result = cli("render", "x.yaml")
    assert (result.code, result.err.count("[bad-picture]")) == (2, 1)
    assert "同样的还在第5、6、7" in result.err
    assert len(measured) == 1


def test_pictures_are_copied_once(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that goes over into next year's folder is read once, one that cannot be read is told once."""
    (here / "图.png").write_bytes(png(20, 20))
    missing = "  - {图片: {文件: 无.png}}\n" * 3
    (here / "x.yaml").write_text(
        "体裁: 年度工作总结\n年度: 2022\n单位: 清河区卫生健康局\n成绩: [{标题: 甲, 内容: 乙}]\n"
        f"导语:\n{FIGURES['one by one']}{missing}",
        "utf-8",
    )
    read = counted(monkeypatch, Reader, "read_beside")
    result = cli("new", "--from", "x.yaml", "--keep-text", "-o", "2023/x.yaml")
    assert len(read) == 2
    assert result.err.count("“无.png”：找不到") == 1
    assert (here / "2023" / "图.png").exists()


def test_pictures_are_not_held_against_one_another(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of hundreds of pictures each is found among those that a document holds without a look at all of them."""
    times: list[object] = []

    class Seen(Picture):
        """A picture that counts how often it is held against another."""

        def __eq__(self, other: object) -> bool:
            times.append(other)
            return tuple.__eq__(self, other)

        __hash__ = Picture.__hash__

    monkeypatch.setattr(pictures, "Picture", Seen)
    for number in range(300):
        (here / f"{number}.png").write_bytes(png(20, 20 + number))
    figures = "".join(f"  - {{图片: {{文件: {number}.png}}}}\n" for number in range(300))
    (here / "x.yaml").write_text(f"体裁: 通用\n标题: 甲\n内容:\n{figures}", "utf-8")
    assert cli("render", "x.yaml").code == 0
    assert len(times) < 3000


def drawings(files: Sequence[bytes]) -> bytes:
    """Return a Word file that shows pictures, one below the other; equal ones are one part of it."""
    parts = {data: f"media/{number}.png" for number, data in enumerate(dict.fromkeys(files))}
    drawn = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1000000" cy="1000000"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="{parts[data]}"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        for data in files
    )
    links = [(name, "image", name) for name in parts.values()]
    return docx(p("清河区2022年工作总结") + "".join(drawn), {name: data for data, name in parts.items()}, links)


def test_a_picture_is_imported_once(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a Word file shows again and again is written as one file: 4 MB shown 15,000 times were 60 GB."""
    (here / "甲.docx").write_bytes(drawings([png(20, 20), png(30, 30)] * 20))
    measured = counted(monkeypatch, pictures, "measure")
    assert cli("import", "甲.docx").out.split() == ["甲.yaml", "甲-1.png", "甲-2.png"]
    assert (here / "甲-2.png").read_bytes() == png(30, 30)
    assert (here / "甲.yaml").read_text("utf-8").count("甲-2.png") == 20
    assert len(measured) <= 4
    assert cli("render", "甲.yaml", "-o", "乙.docx").code == 0


def test_the_first_of_the_pictures_that_cannot_be_shown(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of thousands of mistakes that a report made of a Word file has, a hundred are sought in that."""
    (here / "甲.docx").write_bytes(drawings([png(20, 20 + number)[:-20] for number in range(400)]))
    sought = counted(monkeypatch, faults, "_at_fault")
    result = cli("import", "甲.docx")
    assert result.code == 1
    assert 100 <= len(sought) <= 300
    assert result.err.count("[cannot-print]") == 1


def test_each_style_is_read_once(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of styles that are based on one another each is read once, not for all those above it."""
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{i}"><w:name w:val="S{i}"/><w:basedOn w:val="S{i + 1}"/></w:style>'
        for i in range(300)
    )
    body = "".join(p("甲乙。", f'<w:pStyle w:val="S{i}"/>') for i in range(300))
    (here / "甲.docx").write_bytes(docx(p("清河区2022年工作总结") + body, styles=chain))
    read = counted(monkeypatch, formats, "read")
    assert cli("check", "甲.docx").code == 0
    assert 300 <= len(read) < 1000
