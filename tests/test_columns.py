"""Columns of tables: no number is broken, no column stays narrow beside one that does not need its width.

Measured on pages, of tables made at random; and the shares by themselves.
"""

from __future__ import annotations

import re
import zipfile
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from healthreport.jobs.producing import Options, Outcome, Status
from healthreport.jobs.render import render
from healthreport.reading.reader import Reader
from healthreport.writing.docx import cells
from healthreport.writing.docx.columns import MARGINS, Column, share
from helpers import UNTITLED, word
from office import FONTS, POINTS_PER_MM, Line, measure, render_one, to_pdf

if TYPE_CHECKING:
    from pathlib import Path

AREA, SIZE, SMALLEST = 8844, 240, 180
LEFT, BOTTOM = 28 * POINTS_PER_MM, (37 + 225) * POINTS_PER_MM
# By kind: numbers, names, short words, long texts.
HEADINGS = {
    "n": ("常住人口", "建档数", "管理率", "高血压患者", "65岁以上老年人", "规范管理人数"),
    "w": ("机构", "项目名称"),
    "s": ("负责人", "备注", "单位"),
    "t": ("整改措施", "存在的主要问题"),
}
WORDS = {
    "w": ("松岭镇中心卫生院", "清河区疾病预防控制中心", "石桥镇卫生院"),
    "s": ("张明", "白石镇", "人次", "欧阳明远"),
    "t": ("严格落实工作责任，加强组织领导", "确保各项任务按时完成，不留死角", "逐级签订责任书", "按月通报"),
}
NUMBERS = re.compile(r"[0-9][0-9,.]*%?")


# Who does what by when: one to a cell, or several of those that are equally long.
NAMES = ("张明", "李云生", "欧阳明远", "护理部", "疾控中心", "基层卫生科", "规划财务科")
OFFICES = ("李云生", "医务科", "总务科", "护理部", "药械科")
DAYS = ("6月底前", "12月31日前", "立即整改", "长期坚持", "9月底前")


class Drawn(NamedTuple):
    """A table made at random, and its columns as they stand on the page: edges and lines, in points."""

    rows: list[list[str]]
    edges: list[tuple[float, float]]
    lines: list[list[Line]]
    size: float


def _number(random: Random, longest: int) -> str:
    digits = random.randint(1, longest)
    value = random.randint(10 ** (digits - 1), 10**digits - 1)
    return random.choice([str(value), f"{value % 100}.{value % 10}%", f"{value % 10}.{value % 97:02}", f"{value:,}"])


def _words(random: Random, kind: str) -> str:
    return "".join(random.choice(WORDS[kind]) for _ in range(random.randint(2, 5) if kind == "t" else 1))


def _table(random: Random, count: int) -> list[list[str]]:
    """Return a header and rows: columns of numbers, words, and long texts, as many as a page has room for."""
    kinds = [random.choice("nnnnws" if count > 8 else "nnwst") for _ in range(count)]
    longest = 3 if count > 12 else 4 if count > 8 else 6
    header = [random.choice(HEADINGS[kind]) for kind in kinds]
    rows = []
    for _ in range(random.randint(1, 4)):
        rows.append([_number(random, longest) if kind == "n" else _words(random, kind) for kind in kinds])
    return [header, *rows]


def _listed(random: Random) -> list[list[str]]:
    """Return what is to be done: texts beside columns of days and names."""
    texts, names = random.randint(1, 2), random.randint(1, 2)
    header = ["序号", *["存在问题", "整改措施"][:texts], "完成时限", *["责任人", "责任单位"][:names]]
    rows = []
    for number in range(1, random.randint(4, 7)):
        said = ["".join(random.choices(WORDS["t"], k=random.randint(1, 6 // texts))) for _ in range(texts)]
        done_by = [random.choice(NAMES), "、".join(random.sample(OFFICES, random.randint(1, 3)))][-names:]
        rows.append([str(number), *said, random.choice(DAYS), *done_by])
    return [header, *rows]


def _drawn(rows: list[list[str]], document: Path, pdf: Path) -> Drawn:
    with zipfile.ZipFile(document) as archive:
        main = archive.read("word/document.xml").decode()
    at, edges = LEFT, []
    for twips in re.findall(r'<w:gridCol w:w="(\d+)"/>', main):
        edges.append((at, at + int(twips) / 20))
        at += int(twips) / 20
    pieces = [piece for page in measure(pdf) for piece in page.words if piece.bottom < BOTTOM]
    lines = [[one for one in pieces if left <= one.centre < right] for left, right in edges]
    smaller = re.search(r'<w:sz w:val="(\d+)"/>', main)
    return Drawn(rows, edges, lines, int(smaller[1]) / 2 if smaller else 12)


Made = tuple[list[list[str]], "Path"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    """Return tables of 2 to 14 columns, four of each, with their Word files."""
    random = Random(16)
    tables = [_table(random, count) for count in range(2, 15) for _ in range(4)]
    return _make(tables, tmp_path_factory.mktemp("columns"))


def _make(tables: list[list[list[str]]], folder: Path) -> list[Made]:
    documents = []
    for number, (header, *rows) in enumerate(tables):
        report = folder / f"{number}.yaml"
        block = yaml.safe_dump({"表头": header, "行": rows}, allow_unicode=True, default_flow_style=True, width=10**6)
        report.write_text(f"{UNTITLED}内容:\n  - 表格: {block}", encoding="utf-8")
        documents.append(render_one(report, report.with_suffix(".docx")))
    return list(zip(tables, documents, strict=True))


def _set(made: list[Made], folder: Path, fonts: Path = FONTS) -> list[Drawn]:
    pdfs = to_pdf([document for _, document in made], folder, fonts)
    return [_drawn(*one, pdf) for one, pdf in zip(made, pdfs, strict=True)]


@pytest.fixture(scope="module")
def drawn(made: list[Made], tmp_path_factory: pytest.TempPathFactory) -> list[Drawn]:
    """Return the tables as LibreOffice sets them."""
    return _set(made, tmp_path_factory.mktemp("drawn"))


def _broken(table: Drawn) -> tuple[int, list[str]]:
    """Return how many numbers were written, and the columns in which not every one stands in one piece."""
    numbers, broken = 0, []
    for column, lines in enumerate(table.lines):
        heading = NUMBERS.findall(table.rows[0][column])  # is repeated on every page
        written = [one for row in table.rows[1:] for one in NUMBERS.findall(row[column]) if one not in heading]
        printed = [one for line in lines for one in NUMBERS.findall(line.text) if one not in heading]
        numbers += len(written)
        if sorted(printed) != sorted(written):
            broken.append(f"{len(table.lines)} columns, {column}: {written} {printed}")
    return numbers, broken


def test_no_number_is_broken(drawn: list[Drawn]) -> None:
    """In every column every number stands in one piece, as often as it was written."""
    found = [_broken(table) for table in drawn]
    assert [column for _, broken in found for column in broken] == []
    assert sum(numbers for numbers, _ in found) > 300


@pytest.mark.parametrize(("face", "columns"), [("DejaVu Sans", range(5, 8)), ("Noto Serif CJK SC", range(8, 13))])
def test_no_number_is_broken_where_digits_are_wider(
    face: str, columns: range, made: list[Made], tmp_path: Path
) -> None:
    """Where 仿宋 is missing, digits may be an eighth or a quarter wider: as many columns as that have room for them."""
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(FONTS.read_text("utf-8").replace("AR PL SungtiL GB", face), "utf-8")
    found = [_broken(table) for table in _set([one for one in made if len(one[0][0]) in columns], tmp_path, fonts)]
    assert [column for _, broken in found for column in broken] == []
    assert sum(numbers for numbers, _ in found) > 50


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    """Return tables of what is to be done, with their Word files."""
    random = Random(16)
    return _make([_listed(random) for _ in range(40)], tmp_path_factory.mktemp("listed"))


@pytest.mark.parametrize("face", ["AR PL SungtiL GB", "DejaVu Sans"])
def test_no_name_and_no_day_stands_in_two_pieces(face: str, listed: list[Made], tmp_path: Path) -> None:
    """In columns of days and names each stands in one line, beside whatever texts, also where digits are wider."""
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(FONTS.read_text("utf-8").replace("AR PL SungtiL GB", face), "utf-8")
    words = re.compile("|".join(sorted({*NAMES, *OFFICES, *DAYS}, key=len, reverse=True)))
    several = 0
    for table in _set(listed, tmp_path, fonts):
        first = table.rows[0].index("完成时限")
        for column in range(first, len(table.lines)):
            written = [word for row in table.rows[1:] for word in words.findall(row[column])]
            rows: dict[int, list[Line]] = {}
            for line in table.lines[column]:
                rows.setdefault(round(line.middle), []).append(line)
            printed = ["".join(one.text for one in sorted(row, key=lambda one: one.left)) for row in rows.values()]
            assert sorted(word for line in printed for word in words.findall(line)) == sorted(written), table.rows
            several += sum("、" in row[column] for row in table.rows[1:])
    assert several > 50


def test_no_column_is_starved_beside_a_half_empty_one(drawn: list[Drawn]) -> None:
    """A column of less than four characters stands beside none that leaves half its width empty."""
    narrow = 0
    for table in drawn:
        margins = MARGINS / 20
        widths = [right - left - margins for left, right in table.edges]
        for column, (left, _) in enumerate(table.edges):
            if widths[column] >= 4 * table.size:
                continue
            narrow += 1
            for beside in (column - 1, column + 1):
                if 0 <= beside < len(widths):
                    rows: dict[int, list[Line]] = {}
                    for line in table.lines[beside]:
                        rows.setdefault(round(line.middle), []).append(line)
                    used = max(max(one.right for one in row) - min(one.left for one in row) for row in rows.values())
                    assert used >= widths[beside] / 2, (left, table.rows)
    assert narrow > 50


def test_no_heading_stands_one_character_a_line(drawn: list[Drawn]) -> None:
    """A heading may wrap; no column is as narrow as one of its characters."""
    for table in drawn:
        assert min(right - left for left, right in table.edges) >= 2 * table.size + MARGINS / 20


def test_columns_of_the_same_heading_are_equally_wide(drawn: list[Drawn]) -> None:
    """管理率 and 管理率, of two diseases, get the same width."""
    pairs = 0
    for table in drawn:
        named: dict[str, list[float]] = {}
        for heading, (left, right) in zip(table.rows[0], table.edges, strict=True):
            named.setdefault(heading, []).append(right - left)
        for widths in named.values():
            pairs += len(widths) > 1
            assert max(widths) - min(widths) < 0.1
    assert pairs > 20


def test_a_table_is_as_wide_as_the_type_area(drawn: list[Drawn]) -> None:
    """All tables are, but for the twips that rounding takes."""
    for table in drawn:
        assert table.edges[-1][1] - LEFT == pytest.approx(AREA / 20, abs=1)


CROWDED = f"""{UNTITLED}内容:
  - 甲。
  - 表格:
      横排: 否
      表头: [{", ".join(["人数"] * 20)}]
      行: [[{", ".join(["123456.78"] * 20)}]]
"""


def _render(folder: Path, report: str, *, strict: bool = False) -> Outcome:
    source = folder / "甲.yaml"
    source.write_text(report, encoding="utf-8")
    ((_, outcome),) = render([source], folder / "甲.docx", Options(strict=strict), Reader())
    return outcome


def test_a_table_that_does_not_fit_is_told(tmp_path: Path) -> None:
    """What breaks numbers in the smallest face is warned of at its place, with ways out; with strict it is refused."""
    told = _render(tmp_path, CROWDED)
    (warning,) = told.diagnostics
    assert (told.status, warning.id, warning.position.line) == (Status.DONE, "crowded-table", 7)
    refused = _render(tmp_path, CROWDED, strict=True)
    assert (refused.status, [one.id for one in refused.diagnostics]) == (Status.FAILED, ["crowded-table"])
    assert not _render(tmp_path, CROWDED.replace("123456.78", "1234").replace("横排: 否", "横排: 是")).diagnostics


def _wide(columns: int, *, turned: bool, cell: str = "123456.78") -> str:
    report = CROWDED.replace("横排: 否", "横排: 是") if turned else CROWDED
    return (
        report.replace("123456.78", cell)
        .replace(", ".join([cell] * 20), ", ".join([cell] * columns))
        .replace(", ".join(["人数"] * 20), ", ".join(["人数"] * columns))
    )


@pytest.mark.parametrize(
    ("columns", "turned", "way_out"),
    [
        (12, False, "加“横排: 是”，单独占一个横页；或减到"),
        (20, False, "横排也排不下：请减到"),
        (20, True, "已经是横页：请减到"),
    ],
)
def test_the_way_out_of_a_table_that_does_not_fit(columns: int, way_out: str, tmp_path: Path, *, turned: bool) -> None:
    """What is proposed works: the page turned only where that is enough, or as many columns as it says."""
    (warning,) = _render(tmp_path, _wide(columns, turned=turned)).diagnostics
    assert warning.hint.startswith(way_out)
    if not turned and columns == 12:
        assert not _render(tmp_path, _wide(columns, turned=True)).diagnostics
    counts = [int(one) for one in re.findall(r"(\d+)列", warning.hint)]
    assert len(counts) == (2 if way_out.startswith("横排") else 1)
    for most, on_turned in zip(counts, (turned, True), strict=False):
        assert not _render(tmp_path, _wide(most, turned=on_turned)).diagnostics
        assert _render(tmp_path, _wide(most + 1, turned=on_turned)).diagnostics
    assert not _render(tmp_path, _wide(counts[0], turned=turned, cell="12.3万元")).diagnostics


CELLS = st.lists(st.text("甲乙丙0123456789.%", max_size=30), min_size=2, max_size=5)
MANY = "严格落实工作责任，加强组织领导"


@pytest.mark.parametrize(
    ("columns", "turned", "way_out"),
    [
        (12, False, "加“横排: 是”，单独占一个横页；或减到"),
        (15, False, "横排也排不下：请减到"),
        (16, True, "已经是横页：请减到"),
    ],
)
def test_long_texts_in_columns_too_narrow_to_read_are_told(
    columns: int, way_out: str, tmp_path: Path, *, turned: bool
) -> None:
    """Where a line of a long text holds no four characters in the smallest face, ways out are told that work."""
    (warning,) = _render(tmp_path, _wide(columns, turned=turned, cell=MANY)).diagnostics
    assert (warning.id, warning.position.line) == ("crowded-table", 7)
    assert "字多的列一行也排不下四个字" in warning.message
    assert warning.hint.startswith(way_out)
    counts = [int(one) for one in re.findall(r"(\d+)列", warning.hint)]
    for most, on_turned in zip(counts, (turned, True), strict=False):
        assert not _render(tmp_path, _wide(most, turned=on_turned, cell=MANY)).diagnostics
        assert _render(tmp_path, _wide(most + 1, turned=on_turned, cell=MANY)).diagnostics
    assert not _render(tmp_path, _wide(columns, turned=turned, cell=MANY[:12])).diagnostics
    if way_out.startswith("加"):
        assert not _render(tmp_path, _wide(columns, turned=True, cell=MANY)).diagnostics


def test_texts_that_find_no_room_at_all_are_told(tmp_path: Path) -> None:
    """Where not even two characters have room there is nothing to write shorter, and nothing is said of numbers."""
    (warning,) = _render(tmp_path, _wide(16, turned=False, cell=MANY)).diagnostics
    assert warning.message == "这张表列太多，用最小的字号也排不下，一行只有一两个字。"
    assert warning.hint.endswith("列），或拆成两张表。")


def test_widths_that_leave_a_long_text_too_little_are_told(tmp_path: Path) -> None:
    """Where the program's own widths could be read, those of the report are named: 列宽."""
    table = f"{UNTITLED}内容: {{表格: {{列宽: [1, 12], 表头: [措施, 备注], 行: [[{MANY}, 甲]]}}}}"
    (warning,) = _render(tmp_path, table).diagnostics
    assert warning.message == "按写的列宽，字多的列一行排不下四个字，很难读。"
    assert "“列宽”" in warning.hint
    assert not _render(tmp_path, table.replace("列宽: [1, 12], ", "")).diagnostics
    assert not _render(tmp_path, table.replace("[1, 12]", "[6, 12]")).diagnostics


@given(st.lists(CELLS, min_size=1, max_size=14))
def test_no_long_text_is_set_narrow_unsaid(cells: list[list[str]]) -> None:
    """A text of more than twelve characters has four to a line, unless it is said that it has not."""
    columns = _columns(cells)
    widths = share(columns, (), AREA, SIZE, SMALLEST)
    for column, twips in zip(columns, widths.twips, strict=True):
        if column.text > 12 and widths.fits and not widths.narrow:
            assert twips + 1 >= 4 * widths.size + MARGINS


def test_a_table_that_nearly_fits_is_set_smaller() -> None:
    """Numbers that do not find room in 小四 are set in 五号, header and all; what fits keeps its size."""
    row = ", ".join(["123456.7"] * 10)
    heads = ", ".join(["人数"] * 10)
    tables = word(f"{UNTITLED}内容: {{表格: {{表头: [{heads}], 行: [[{row}]]}}}}").tables
    sizes = {run.font.size.pt for line in tables[0].rows for cell in line.cells for run in cell.paragraphs[0].runs}
    assert sizes == {9.0}
    (fits,) = word(f"{UNTITLED}内容: {{表格: {{表头: [人数], 行: [[1]]}}}}").tables
    assert fits.cell(0, 0).paragraphs[0].runs[0].font.size is None


def test_no_text_stands_upright_where_numbers_do_not_fit() -> None:
    """Beside nine columns of fifteen digits a name keeps two characters a line, and short numbers keep whole."""
    texts = [["单位", "白石镇中心卫生院"], ["床位", "98.4%"], *[["金额", "123456789012345"]] * 9]
    widths = share(_columns(texts), (), AREA, SIZE, SMALLEST)
    assert not widths.fits
    name, beds, *sums = widths.twips
    assert name >= 2 * widths.size + MARGINS
    assert beds >= 2.5 * widths.size + MARGINS
    assert AREA - 11 <= name + beds + sum(sums) <= AREA


def _columns(cells: list[list[str]]) -> list[Column]:
    columns = []
    for header, *rows in cells:
        column = Column()
        column.add_heading(header)
        column.add(rows)
        columns.append(column)
    return columns


@given(st.lists(CELLS, min_size=1, max_size=14), st.booleans(), st.data())
def test_any_shares(cells: list[list[str]], asked: bool, data: st.DataObject) -> None:
    """The widths add up to the area; what says that it fits leaves each column room for its longest number."""
    columns = _columns(cells)
    shares = data.draw(st.lists(st.integers(1, 9), min_size=len(cells), max_size=len(cells))) if asked else []
    widths = share(columns, shares, AREA, SIZE, SMALLEST)
    assert AREA - len(cells) <= sum(widths.twips) <= AREA
    assert SMALLEST <= widths.size <= SIZE
    if widths.fits:
        assert all(
            one + 1 >= column.number * widths.size + MARGINS for one, column in zip(widths.twips, columns, strict=True)
        )


def test_shares_that_are_asked_for_hold_as_far_as_numbers_go() -> None:
    """列宽 3:1 is 3:1, unless a number in the narrow column would be broken."""
    texts = [["甲", "乙" * 40], ["丙", "丁" * 40]]
    assert share(_columns(texts), (3, 1), AREA, SIZE, SMALLEST).twips == (6633, 2211)
    number = ["数", "1" * 22]
    wide, narrow = share(_columns([texts[0], number]), (9, 1), AREA, SIZE, SMALLEST).twips
    assert narrow >= 11 * SIZE + MARGINS
    assert wide + narrow == pytest.approx(AREA, abs=2)


@given(st.text(st.sampled_from("0123456789.,%‰*≤-—年月日人次万元增长A（）\n①"), max_size=12))
def test_texts_that_differ_in_digits_alone_are_measured_once(text: str) -> None:
    """All digits are equally wide in every face, so that what is measured with zeros holds for them."""
    assert cells.measure(cells.with_zeros(text)) == cells.measure(text)
    assert cells.with_zeros("1262人次") == cells.with_zeros("1303人次")
