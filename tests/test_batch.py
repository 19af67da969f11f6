"""Every township's report in one run: from a folder, from a sheet, again, and with mistakes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

from healthreport import batch, names
from healthreport.files import Reader

if TYPE_CHECKING:
    from conftest import Cli

EXAMPLES = Path(__file__).parents[1] / "examples"
BASE = """体裁: 通用
标题: "{{ 单位 }}情况"
年度: 2022
单位: 清河区卫生健康局
指标:
  改厕: {单位: 座, 数值: 999}
  体检率: {单位: "%"}
内容: 改厕{{ 改厕 }}，体检率{{ 体检率 }}。
"""


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a county's report into an empty folder and make that the current one."""
    monkeypatch.chdir(tmp_path)
    Path("全区.yaml").write_text(BASE, encoding="utf-8")
    return tmp_path


def csv(*rows: str) -> None:
    """Write a table of townships."""
    Path("乡镇.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def text(path: str) -> str:
    """Return a document's paragraphs."""
    return "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def test_both_ways_give_the_same_bytes(tmp_path: Path) -> None:
    """Six files that inherit and six rows of a sheet with the same figures are the same documents."""
    options = batch.Options(pattern="{{ 单位 }}")
    folder = batch.plan_folder(EXAMPLES / "townships", options._replace(output=tmp_path / "files"), Reader())
    table = batch.plan_table(
        EXAMPLES / "townships" / "全区.yaml",
        EXAMPLES / "乡镇.xlsx",
        options._replace(output=tmp_path / "rows"),
        Reader(),
    )
    assert [result.status for plan in (folder, table) for result in batch.run(plan, 1)] == [batch.DONE] * 12
    written = {path.name: path.read_bytes() for path in (tmp_path / "files").iterdir()}
    assert len(written) == 6
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "rows").iterdir()}


def test_processes_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    """Two processes write what one writes, and results come in the plan's order."""
    towns = tmp_path / "towns"
    towns.mkdir()
    (towns / "全区.yaml").write_text(BASE, encoding="utf-8")
    for number in range(90):
        own = f"继承: 全区.yaml\n单位: {number}镇\n指标: {{改厕: {{数值: {number}}}, 体检率: {{数值: 90}}}}\n"
        (towns / f"{number:02d}.yaml").write_text(own, encoding="utf-8")
    plans = [batch.plan_folder(towns, batch.Options(output=tmp_path / str(count)), Reader()) for count in (1, 2)]
    one, two = (list(batch.run(plan, count)) for plan, count in zip(plans, (1, 2), strict=True))
    assert [result.source for result in one] == [result.source for result in two] == list(plans[0].sources)
    assert [Path(result.target).read_bytes() for result in one] == [Path(result.target).read_bytes() for result in two]


@pytest.mark.usefixtures("base")
def test_a_row_never_takes_the_countys_number(cli: Cli) -> None:
    """A value the table lacks is missing: the others are done, exit 1, the place named."""
    csv("单位,改厕,体检率", "白石镇,10,92%", "柳河镇,,91%")
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}")
    assert result.code == 1
    assert "改厕10座，体检率92%。" in text("全区/白石镇.docx")
    assert not Path("全区/柳河镇.docx").exists()
    assert "[missing-value]" in result.err
    assert "999" not in result.err.replace("数值: 999", "")


@pytest.mark.usefixtures("base")
def test_unchanged_documents_are_left_alone(cli: Cli) -> None:
    """A second run writes nothing; a changed row is written; an edited file is refused with exit 1."""
    csv("单位,改厕,体检率", "白石镇,10,92%", "柳河镇,20,91%")
    command = ("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}", "--format", "json")
    assert json.loads(cli(*command).out)["done"] == 2
    assert json.loads(cli(*command).out)["unchanged"] == 2
    csv("单位,改厕,体检率", "白石镇,10,92%", "柳河镇,21,91%")
    again = json.loads(cli(*command).out)
    assert (again["done"], again["unchanged"]) == (1, 1)
    word = docx.Document("全区/白石镇.docx")
    word.add_paragraph("改过")
    word.save("全区/白石镇.docx")
    refused = cli(*command)
    assert (refused.code, json.loads(refused.out)["refused"]) == (1, 1)
    assert "改过" in text("全区/白石镇.docx")


@pytest.mark.usefixtures("base")
def test_a_sheet_as_it_comes(cli: Cli) -> None:
    """A title above, headers over two rows, a 合计 row that is compared, notes below, percents and blank rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["全区汇总表"])
    sheet.append(["序号", "单位", "改厕（座）", None, "体检率（%）"])
    sheet.append([None, None, "数值", "目标", None])
    sheet.append([1, "白石镇", 10, 8, 0.925])
    sheet.append([])
    sheet.append([2, "柳河镇", "１，０２０", 9, 0.9])
    sheet.append(["合计", None, 1031, 17, None])
    sheet.append(["注：由各镇填报。"])
    for row in (4, 6):
        sheet.cell(row, 5).number_format = "0.0%"
    sheet.merge_cells("C2:D2")
    book.save("乡镇.xlsx")
    result = cli("batch", "全区.yaml", "--data", "乡镇.xlsx", "--name", "{{ 单位 }}")
    assert "改厕10座，体检率92.5%。" in text("全区/白石镇.docx")
    assert "改厕1020座" in text("全区/柳河镇.docx")
    assert "“改厕”的合计与各行之和1030座不符" in result.err


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(("cell", "code"), [("A2", 2), ("B2", 1)])
def test_an_error_value_is_told_at_its_cell(cli: Cli, cell: str, code: int) -> None:
    """``#REF!`` in the name stops the run before a file is named after it; in a figure it fails its township only."""
    book = openpyxl.Workbook()
    for row in (["单位", "改厕", "体检率"], ["白石镇", 10, 92], ["柳河镇", 20, 91]):
        book.active.append(row)
    book.active[cell].value = "#REF!"
    book.active[cell].data_type = "e"
    book.save("乡镇.xlsx")
    result = cli("batch", "全区.yaml", "--data", "乡镇.xlsx", "--name", "{{ 单位 }}")
    assert (result.code, f"!{cell}: 错误 单元格是错误值 #REF!" in result.err) == (code, True), result.err
    assert Path("全区/柳河镇.docx").exists() == (code == 1)


@pytest.mark.usefixtures("base")
def test_a_column_without_heading_is_nobodys(cli: Cli) -> None:
    """Under a header of two rows a column with no heading of its own does not pass for the one before it."""
    csv("单位,改厕,,体检率,", ",数值,目标,,", "白石镇,10,8,92%,50")
    assert cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}").code == 0
    assert "体检率92%。" in text("全区/白石镇.docx")


@pytest.mark.parametrize(
    ("rows", "id"),
    [
        (["单位,改侧,体检率", "白石镇,1,2"], "unknown-column"),
        (["甲,乙", "1,2"], "no-header"),
        (["单位,改厕", "白石镇,1", "白石镇,2"], "double-name"),
        (["单位,改厕", ",1"], "no-name"),
        (["单位,改厕"], "empty-table"),
    ],
)
@pytest.mark.usefixtures("base")
def test_bad_tables_stop_before_anything_is_written(cli: Cli, rows: list[str], id: str) -> None:
    """A table that cannot be understood is an error with a place, exit 2, and no file is written."""
    csv(*rows)
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv")
    assert result.code == 2
    assert f"[{id}]" in result.err
    assert not Path("全区").exists()


@pytest.mark.usefixtures("base")
def test_text_in_a_number_cell(cli: Cli) -> None:
    """A text where a number belongs fails its own township only, at its place."""
    csv("单位,改厕,体检率", "白石镇,无,92%", "柳河镇,20,91%")
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}")
    assert result.code == 1
    assert "乡镇.csv:2:5: 错误 “无”不是数" in result.err
    assert Path("全区/柳河镇.docx").exists()


@pytest.mark.usefixtures("base")
def test_a_township_without_figures_is_not_passed_over(cli: Cli) -> None:
    """A row with nothing but its name is a township that has not filled in its figures: told, not dropped."""
    csv("单位,改厕,体检率", "白石镇,,", "柳河镇,20,91%")
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}", "--format", "json")
    assert [one["status"] for one in json.loads(result.out)["documents"]] == ["failed", "done"]


@pytest.mark.usefixtures("base")
def test_equal_names_stop_before_anything_is_written(cli: Cli) -> None:
    """A pattern that does not tell townships apart is an error that names both."""
    csv("单位,改厕,体检率", "白石镇,1,92%", "柳河镇,20,91%")
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 年度 }}年总结")
    assert result.code == 2
    assert "[same-output]" in result.err
    assert not Path("全区").exists()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("白石镇", "白石镇"),
        ("a/b\\c:d", "a_b_c_d"),
        ("CON", "_CON"),
        ("甲. ", "甲"),
        ("", "_"),
        ("..", "_"),
        ("长" * 200, "长" * 80),
    ],
)
def test_safe_names(name: str, expected: str) -> None:
    """File names work on Windows and Linux, and never lead out of the folder."""
    assert names.safe(name) == expected


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.usefixtures("base")
def test_the_empty_sheet_reads_back(cli: Cli, suffix: str) -> None:
    """The empty sheet has a column for each indicator to fill and the names given; filled in, it is read as it is."""
    Path("名单.txt").write_text("白石镇\n柳河镇\n", encoding="utf-8")
    blank = f"空表.{suffix}"
    assert cli("batch", "全区.yaml", "--blank", blank, "--towns", "名单.txt").code == 0
    assert cli("batch", "全区.yaml", "--blank", blank).code == 2
    if suffix == "csv":
        Path(blank).write_text(Path(blank).read_text("utf-8-sig").replace("镇,,", "镇,5,90"), encoding="utf-8-sig")
    else:
        book = openpyxl.load_workbook(blank)
        assert [cell.value for cell in book.active[1]] == ["单位", "改厕（座）", "体检率（%）"]
        for row in (2, 3):
            book.active.cell(row, 2).value, book.active.cell(row, 3).value = 5, 90
        book.save(blank)
    assert cli("batch", "全区.yaml", "--data", blank, "--name", "{{ 单位 }}").code == 0
    assert "改厕5座，体检率90%。" in text("全区/柳河镇.docx")


def test_a_base_is_not_rendered(tmp_path: Path) -> None:
    """A file that another one inherits, GBK or UTF-8, gives no document of its own."""
    shutil.copytree(EXAMPLES / "townships", tmp_path / "towns")
    plan = batch.plan_folder(tmp_path / "towns", batch.Options(), Reader())
    assert len(plan.sources) == 6
    town = tmp_path / "towns" / "白石镇.yaml"
    town.write_bytes(town.read_text("utf-8").encode("gbk"))
    assert batch.plan_folder(tmp_path / "towns", batch.Options(), Reader()) == plan
