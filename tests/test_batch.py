"""Every township's report in one run: from a folder, from a sheet, again, and with mistakes."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

import tables_data as made
from healthreport.jobs.batch import planning, running
from healthreport.jobs.producing import Options, Status
from healthreport.reading.reader import Reader
from healthreport.writing import file_names, targets
from healthreport.writing.writers import WRITERS
from helpers import GENERAL

if TYPE_CHECKING:
    from collections.abc import Callable

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


TOWNS: list[list[object]] = [["单位", "改厕", "体检率"], ["白石镇", 10, 92], ["柳河镇", 20, 91]]


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
    base, data, name = EXAMPLES / "townships" / "全区.yaml", planning.Data(EXAMPLES / "乡镇.xlsx"), "{{ 单位 }}"
    folder = planning.plan_folder(base.parent, Options(), Reader(), output=tmp_path / "files", pattern=name)
    table = planning.plan_table(base, data, Options(), Reader(), output=tmp_path / "rows", pattern=name)
    assert [made.status for plan in (folder, table) for _, made in running.run(plan, 1)] == [Status.DONE] * 12
    written = {path.name: path.read_bytes() for path in (tmp_path / "files").iterdir()}
    assert len(written) == 6
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "rows").iterdir()}


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("genre", "name"),
    [
        ("年度工作总结", "白石镇2022年工作总结"),
        ("annual-summary", "白石镇2022年工作总结"),
        ("半年工作总结", "白石镇2022年半年工作总结"),
        ("工作计划", "白石镇2022年工作计划"),
        ("通用", "白石镇2022年材料"),
        ("晨报", "白石镇2022年晨报"),
        ("夜报", "白石镇2022年夜间快报"),
    ],
)
def test_documents_are_named_by_their_genre(cli: Cli, genre: str, name: str) -> None:
    """Without --name a document is called what its genre is called, own ones too; 工作总结 stays."""
    Path("templates/genres").mkdir(parents=True)
    Path("templates/genres/晨报.xml.j2").write_text('{% extends "base.xml.j2" %}', "utf-8")
    Path("templates/genres/夜报.xml.j2").write_text('{# 文件名: 夜间快报 #}{% extends "base.xml.j2" %}', "utf-8")
    Path("全区.yaml").write_text(BASE.replace("体裁: 通用", f"体裁: {genre}"), "utf-8")
    csv("单位,改厕,体检率", "白石镇,10,92%")
    done = cli("batch", "全区.yaml", "--data", "乡镇.csv")
    assert done.code == 0, done.err
    assert [path.stem for path in Path("全区").iterdir()] == [name]


@pytest.mark.usefixtures("base")
def test_documents_of_no_year(cli: Cli) -> None:
    """A report without 年度 has none in its file's name."""
    Path("全区.yaml").write_text(BASE.replace("年度: 2022\n", ""), "utf-8")
    csv("单位,改厕,体检率", "白石镇,10,92%")
    assert cli("batch", "全区.yaml", "--data", "乡镇.csv").code == 0
    assert [path.name for path in Path("全区").iterdir()] == ["白石镇材料.docx"]


def test_processes_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    """Two processes write what one writes, and results come in the plan's order."""
    towns = tmp_path / "towns"
    towns.mkdir()
    (towns / "全区.yaml").write_text(BASE, encoding="utf-8")
    for number in range(90):
        own = f"继承: 全区.yaml\n单位: {number}镇\n指标: {{改厕: {{数值: {number}}}, 体检率: {{数值: 90}}}}\n"
        (towns / f"{number:02d}.yaml").write_text(own, encoding="utf-8")
    plans = [planning.plan_folder(towns, Options(), Reader(), output=tmp_path / str(count)) for count in (1, 2)]
    one, two = ([task for task, _ in running.run(plan, count)] for plan, count in zip(plans, (1, 2), strict=True))
    assert (one, two) == tuple([*plan.tasks] for plan in plans)
    assert [task.source for task in one] == [task.source for task in two]
    assert [Path(f"{task.stem}.docx").read_bytes() for task in one] == [
        Path(f"{task.stem}.docx").read_bytes() for task in two
    ]


def test_misnamed_reports_are_told(here: Path, cli: Cli) -> None:
    """A report that Windows shows as .yaml and that is none is told once; backups and other files are not."""
    (here / "甲院.YAML").write_text(GENERAL + "内容: 甲。", encoding="utf-8")
    for name in (
        "乙院.yaml.txt",
        "丙院.yml.docx",
        "丁院。yaml",
        "戊院.yaml.bak",
        ".己院.yaml.swp",
        "~$庚院.yaml.docx",
        "名单.txt",
    ):
        (here / name).touch()
    (here / "文件夹.yaml.txt").mkdir()
    result = cli("batch", ".", "-o", "out")
    assert (result.code, [path.name for path in (here / "out").glob("*")]) == (0, ["甲院.docx"])
    told = [line for line in result.err.splitlines() if "misnamed" in line]
    assert told == [
        ".: 警告 有3个文件没有生成，文件名不以 .yaml 结尾：丁院。yaml、丙院.yml.docx、乙院.yaml.txt。 [misnamed]"
    ]
    assert "请把“丁院。yaml”改名为“丁院.yaml”" in result.err
    assert cli("batch", ".", "-o", "strict", "--strict").code == 2
    assert not (here / "strict").exists()


def test_a_folder_of_misnamed_reports(here: Path, cli: Cli) -> None:
    """Where all reports are misnamed, the way out is told."""
    for number in range(20):
        (here / f"{number:02}.yaml.txt").touch()
    result = cli("batch", ".")
    assert result.code == 2
    assert "[empty-folder]" in result.err
    assert "请把“00.yaml.txt”改名为“00.yaml”" in result.err


def test_a_misnamed_base_is_told_once(here: Path, cli: Cli) -> None:
    """A base that is missing because of its name is told by those who inherit it, and not a second time."""
    (here / "全县.yaml.txt").write_text(GENERAL, encoding="utf-8")
    (here / "甲院.yaml").write_text("继承: 全县.yaml\n单位: 甲院\n", encoding="utf-8")
    result = cli("batch", ".")
    assert result.code == 2
    assert result.err.count("全县.yaml.txt") == 1


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


STRICT = ("--name", "{{ 单位 }}", "--strict", "--format", "json", "-j", "1")


def test_strict(base: Path, cli: Cli) -> None:
    """With --strict a document with a warning is not written and counts as failed, also one written before."""
    towns = base / "towns"
    towns.mkdir()
    (base / "全区.yaml").rename(towns / "全区.yaml")
    for name, end in (("白石镇", "计划: {待补: 是}"), ("柳河镇", "")):
        own = f"继承: 全区.yaml\n单位: {name}\n指标: {{改厕: {{数值: 1}}, 体检率: {{数值: 90}}}}\n{end}\n"
        (towns / f"{name}.yaml").write_text(own, encoding="utf-8")
    assert json.loads(cli("batch", "towns", "-o", "出", "--format", "json", "-q").out)["done"] == 2
    again = cli("batch", "towns", "-o", "出", *STRICT)
    told = json.loads(again.out)
    assert (again.code, told["failed"], told["unchanged"]) == (1, 1, 1)
    assert [[one["severity"] for one in each["diagnostics"]] for each in told["documents"]] == [[], ["error"]]
    fresh = cli("batch", "towns", "-o", "新", *STRICT)
    assert (fresh.code, os.listdir("新")) == (1, ["柳河镇.docx"])
    (towns / "柳河镇.yaml").unlink()
    assert cli("batch", "towns", "-o", "空", *STRICT).code == 2
    assert not Path("空").exists()


@pytest.mark.usefixtures("base")
def test_strict_totals(cli: Cli) -> None:
    """With --strict a total that does not add up is an error of the whole table: nothing is written."""
    csv("单位,改厕,体检率", "白石镇,10,92%", "柳河镇,20,91%", "合计,31,")
    command = ("batch", "全区.yaml", "--data", "乡镇.csv")
    refused = cli(*command, "--strict")
    assert (refused.code, Path("全区").exists()) == (2, False)
    assert "错误 " in refused.err
    assert "[total-mismatch]" in refused.err
    assert cli(*command).code == 0


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
@pytest.mark.parametrize("total", ["2,合计,40,", "合计,,40,", "2,合 计,40,91.5%"])
def test_a_total_is_no_township(cli: Cli, total: str) -> None:
    """A row is the 合计 by its first cell or by its name; counts are compared with it, rates are not sums."""
    csv("序号,单位,改厕,体检率", "1,白石镇,10,92%", "2,柳河镇,20,91%", total)
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}")
    assert {path.name for path in Path("全区").iterdir()} == {"白石镇.docx", "柳河镇.docx"}
    assert result.err.count("的合计与各行之和") == 1
    assert "“改厕”的合计与各行之和30座不符" in result.err


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(("above", "code"), [(0, 0), (3, 0), (11, 0), (12, 2)])
def test_the_header_is_looked_for_in_twelve_rows(cli: Cli, above: int, code: int) -> None:
    """Titles and orders may stand above the header, up to eleven rows of them."""
    csv(*["关于填报的说明,,"] * above, "单位,改厕,体检率", "白石镇,10,92%")
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}")
    assert (result.code, Path("全区/白石镇.docx").exists()) == (code, not code), result.err


@pytest.mark.usefixtures("base")
def test_an_empty_cell_is_named(cli: Cli) -> None:
    """A missing number is told once, however often the text uses it, with each township and the cell to fill in."""
    Path("全区.yaml").write_text(BASE + "结尾: 共{{ 改厕 }}。\n", encoding="utf-8")
    Path("乡镇.xlsx").write_bytes(made.xlsx_of([TOWNS[0], ["白石镇", None, 92], TOWNS[2], ["青山镇", "", 90]]))
    told = cli("batch", "全区.yaml", "--data", "乡镇.xlsx", "--name", "{{ 单位 }}").err
    assert told.count("“改厕”还没有数值") == 1
    assert "  ↑ 白石镇（B2）、青山镇（B4），共2份\n" in told


@pytest.mark.usefixtures("base")
def test_a_base_with_a_mistake(cli: Cli) -> None:
    """A mistake of the base is told once, before any row is tried."""
    Path("全区.yaml").write_text(BASE + "附住: 甲\n", encoding="utf-8")
    csv("单位,改厕,体检率", "白石镇,10,92%", "柳河镇,20,91%")
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}")
    assert (result.code, result.err.count("[unknown-key]")) == (2, 1)
    assert "全区.yaml:9:1: 错误" in result.err
    assert "失败" not in result.err


@pytest.mark.usefixtures("base")
def test_the_empty_cell_is_the_one_that_is_named(cli: Cli) -> None:
    """A missing 上年 is in its own column, not in that of the value; two empty cells of one indicator are told both."""
    Path("全区.yaml").write_text(BASE + "结尾: 同比{{ 改厕.同比 }}，目标{{ 改厕.目标 }}。\n", encoding="utf-8")
    head: list[object] = ["单位", "改厕", "改厕.上年", "改厕.目标", "体检率"]
    rows: list[list[object]] = [head, ["白石镇", 10, None, None, 92], ["柳河镇", 10, 8, None, 92]]
    Path("乡镇.xlsx").write_bytes(made.xlsx_of(rows))
    told = cli("batch", "全区.yaml", "--data", "乡镇.xlsx", "--name", "{{ 单位 }}").err
    assert "  ↑ 白石镇（C2）\n" in told
    assert "  ↑ 白石镇（D2）、柳河镇（D3），共2份\n" in told


def test_who_has_the_mistake(here: Path, cli: Cli) -> None:
    """A mistake in the base names the townships it was met in; one in a township's own file needs no more."""
    (here / "全区.yaml").write_text(BASE, encoding="utf-8")
    (here / "甲.yaml").write_text("继承: 全区.yaml\n单位: 甲镇\n指标: {改厕: {数值: 1}}\n", encoding="utf-8")
    own = "年度: 去年\n指标: {改厕: {数值: 1}, 体检率: {数值: 90}}\n"
    (here / "乙.yaml").write_text(f"继承: 全区.yaml\n单位: 乙镇\n{own}", encoding="utf-8")
    told = cli("batch", ".").err
    assert "  ↑ 甲.yaml\n" in told
    assert "  ↑ 乙.yaml" not in told


@pytest.mark.usefixtures("base")
def test_many_totals_that_do_not_add_up(cli: Cli) -> None:
    """Of many columns whose sums are wrong the first are shown, the rest by their cells."""
    names = [f"指标{number}" for number in range(8)]
    text = BASE.replace("  改厕:", "".join(f"  {name}: {{单位: 个}}\n" for name in names) + "  改厕:")
    Path("全区.yaml").write_text(text, encoding="utf-8")
    rows = [["单位", "改厕", "体检率", *names], ["白石镇", 10, 92, *range(8)], ["合计", 10, None, *[99] * 8]]
    Path("乡镇.xlsx").write_bytes(made.xlsx_of(rows))
    told = cli("batch", "全区.yaml", "--data", "乡镇.xlsx", "--name", "{{ 单位 }}").err
    assert told.count("的合计与各行之和") == 3
    assert "乡镇.xlsx: 警告 另有5处同样的提醒，在G3、H3、I3、J3、K3。 [total-mismatch]" in told


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


def locked() -> bytes:
    """Return a workbook with a password."""
    data = bytearray(made.xlsx_of(TOWNS))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def swollen() -> bytes:
    """Return a workbook of 300 MB in 300 KB."""
    return made.repacked(made.xlsx_of(TOWNS), "docProps/app.xml", lambda xml: xml + " " * 300_000_000)


@pytest.mark.parametrize(
    ("make", "id"),
    [
        (locked, "protected-table"),
        (lambda: made.xlsx_of(TOWNS)[:-300], "damaged-table"),
        (lambda: made.xlsx_of(TOWNS)[:300], "damaged-table"),
        (swollen, "too-large"),
        (lambda: made.xlsx_of([]), "empty-table"),
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(5000), "damaged-table"),
        (lambda: b"%PDF-1.7", "no-header"),
        (lambda: b"", "empty-table"),
    ],
    ids=["password", "truncated", "cut off", "bomb", "empty sheet", "empty xls", "other file", "empty file"],
)
@pytest.mark.usefixtures("base")
def test_files_that_are_no_table(cli: Cli, make: Callable[[], bytes], id: str) -> None:
    """A table that cannot be read is one error that names the file and the way out, exit 2, and nothing is written."""
    Path("乡镇.xlsx").write_bytes(make())
    result = cli("batch", "全区.yaml", "--data", "乡镇.xlsx", "--name", "{{ 单位 }}")
    assert (result.code, f"[{id}]" in result.err, result.err.count("错误")) == (2, True, 1), result.err
    assert "乡镇.xlsx" in result.err
    assert not Path("全区").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are the other systems'")
@pytest.mark.usefixtures("base")
def test_a_csv_of_two_hundred_megabytes() -> None:
    """A table that large is refused without being read to its end."""
    with Path("乡镇.csv").open("w", encoding="utf-8") as stream:
        stream.write("单位,改厕,体检率\n")
        stream.truncate(200_000_000)
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (700_000_000,) * 2); "
        "from healthreport.cli.main import main; main()"
    )
    command = [sys.executable, "-c", script, "batch", "全区.yaml", "--data", "乡镇.csv"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, "[too-large]" in done.stderr.decode()) == (2, True), done.stderr.decode()


@pytest.mark.usefixtures("base")
def test_a_formula_never_computed(cli: Cli) -> None:
    """A formula without its value fails its own township, at its sheet and cell; so does a text in a number cell."""
    rows = [TOWNS[0], ["白石镇", "=10+2", 92], TOWNS[2], ["青山镇", "很多", 92]]
    Path("乡镇.xlsx").write_bytes(made.xlsx(lambda sheet: [sheet.append(row) for row in rows]))
    result = cli("batch", "全区.yaml", "--data", "乡镇.xlsx", "--name", "{{ 单位 }}")
    assert result.code == 1
    assert "乡镇.xlsx:表1!B2: 错误 单元格的公式没有算出的值" in result.err
    assert "乡镇.xlsx:表1!B4: 错误 “很多”不是数" in result.err
    assert [path.name for path in Path("全区").iterdir()] == ["柳河镇.docx"]


@pytest.mark.usefixtures("base")
def test_a_column_twice(cli: Cli) -> None:
    """Two columns of one heading are an error: nobody can know which one counts."""
    csv("单位,改厕,体检率,改厕（座）", "白石镇,10,92%,11")
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv")
    assert (result.code, "乡镇.csv:1:11: 错误" in result.err) == (2, True), result.err
    assert "[double-column]" in result.err


@pytest.mark.usefixtures("base")
def test_killed_and_run_again() -> None:
    """Killed at any point and run again, it finishes: whole files are kept, and no half file is left."""
    names_of = [f"{number:03d}镇" for number in range(400)]
    csv("单位,改厕,体检率", *[f"{name},{number},9{number % 10}%" for number, name in enumerate(names_of)])
    options = ["batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}", "--format", "json", "-j", "2"]
    command, nowhere = [sys.executable, "-m", "healthreport", *options], subprocess.DEVNULL
    kept: dict[str, bytes] = {}
    for wanted in (1, 60, 200):
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, start_new_session=True)
        while process.poll() is None and len([*Path("全区").glob("*.docx")]) < wanted:
            time.sleep(0.001)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for path in Path("全区").glob("*.docx"):
            assert kept.setdefault(path.name, path.read_bytes()) == path.read_bytes()
            assert zipfile.ZipFile(path).testzip() is None
    assert 0 < len(kept) < 400
    done = subprocess.run(command, capture_output=True, check=True)
    outcome = json.loads(done.stdout)
    assert outcome["unchanged"] >= len(kept)  # a process may have finished one more after we looked
    assert outcome["unchanged"] + outcome["done"] == 400
    assert all(Path("全区", name).read_bytes() == data for name, data in kept.items())
    assert sorted(path.name for path in Path("全区").iterdir()) == [f"{name}.docx" for name in names_of]


@pytest.mark.parametrize("processes", ["1", "2"])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that Ctrl-C could be sent by")
@pytest.mark.usefixtures("base")
def test_cancelled(processes: str) -> None:
    """Ctrl-C ends a run at once, with 130 and how far it came, and leaves no half file."""
    csv("单位,改厕,体检率", *[f"{number}镇,{number},90%" for number in range(3000)])
    arguments = ["batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}", "-j", processes]
    command = [sys.executable, "-m", "healthreport", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        while process.poll() is None and not [*Path("全区").glob("*.docx")]:
            time.sleep(0.001)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate()[1].decode()
    assert (process.returncode, "做完了" in told, "再运行一次会接着做" in told) == (130, True, True), told
    assert "Traceback" not in told
    assert not [*Path("全区").glob(".*")]


@pytest.mark.usefixtures("base")
def test_a_killed_process_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that the system kills takes its townships with it; they are told, with the way out."""
    csv("单位,改厕,体检率", *[f"{number}镇,{number},90%" for number in range(100)])
    monkeypatch.setattr(targets, "is_current", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}", "-j", "2")
    assert (result.code, result.err.count("[killed]")) == (2, 1), result.err
    assert "等100份" in result.err
    assert "再运行一次" in result.err


SPAWN = """
import multiprocessing, sys
from healthreport.cli.main import main
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
"""


@pytest.mark.parametrize("kind", ["table", "folder"])
@pytest.mark.usefixtures("base")
def test_processes_that_share_nothing(kind: str) -> None:
    """Where processes are spawned, as on Windows, they write what forked ones write."""
    Path("镇").mkdir()
    csv("单位,改厕,体检率", *[f"{number}镇,{number},90%" for number in range(90)])
    for number in range(90):
        own = f"继承: ../全区.yaml\n单位: {number}镇\n指标: {{改厕: {{数值: {number}}}, 体检率: {{数值: 90%}}}}\n"
        Path(f"镇/{number}.yaml").write_text(own, encoding="utf-8")
    what = ["全区.yaml", "--data", "乡镇.csv"] if kind == "table" else ["镇", "--root", "."]
    arguments = ["batch", *what, "--name", "{{ 单位 }}", "-j", "2", "-q", "-o"]
    Path("run.py").write_text(SPAWN, encoding="utf-8")
    subprocess.run([sys.executable, "run.py", *arguments, "spawned"], check=True)
    subprocess.run([sys.executable, "-m", "healthreport", *arguments, "forked"], check=True)
    written = {path.name: path.read_bytes() for path in Path("spawned").iterdir()}
    assert len(written) == 90
    assert written == {path.name: path.read_bytes() for path in Path("forked").iterdir()}


@pytest.mark.usefixtures("base")
def test_documents_leave_no_garbage() -> None:
    """What a document took is given back when it is done, without a search for cycles: memory does not grow."""
    csv("单位,改厕,体检率", *[f"{number}镇,{number},90%" for number in range(100)])
    data = planning.Data(Path("乡镇.csv"))
    plan = planning.plan_table(Path("全区.yaml"), data, Options(), Reader(), pattern="{{ 单位 }}")
    results = running.run(plan, 1)
    for _ in range(50):
        next(results)
    gc.collect()
    gc.disable()
    try:
        assert [next(results)[1].status for _ in range(50)] == [Status.DONE] * 50
        assert gc.collect() < 50
    finally:
        gc.enable()


@pytest.mark.usefixtures("base")
def test_text_in_a_number_cell(cli: Cli) -> None:
    """A text where a number belongs fails its own township only, at its place."""
    csv("单位,改厕,体检率", "白石镇,很多,92%", "柳河镇,20,91%")
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}")
    assert result.code == 1
    assert "乡镇.csv:2:5: 错误 “很多”不是数" in result.err
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
        ("nul.2022", "_nul.2022"),
        ("Com¹", "_Com¹"),
        ("aux .总结", "_aux .总结"),
        ("CONIN$", "_CONIN$"),
        ("康复", "康复"),
        ("console", "console"),
        ("甲. ", "甲"),
        ("", "_"),
        ("..", "_"),
        ("长" * 200, "长" * 80),
    ],
)
def test_safe_names(name: str, expected: str) -> None:
    """File names work on Windows and Linux, and never lead out of the folder."""
    assert file_names.safe(name) == expected


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.usefixtures("base")
def test_the_empty_sheet_reads_back(cli: Cli, suffix: str) -> None:
    """The empty sheet has a column for each indicator to fill and the names given; filled in, it is read as it is."""
    Path("名单.txt").write_text("白石镇\n柳河镇\n", encoding="utf-8")
    blank = f"空表.{suffix}"
    done = cli("sheet", "全区.yaml", "-o", blank, "--towns", "名单.txt")
    assert (done.code, done.out) == (0, f"{blank}\n")
    assert f"healthreport batch 全区.yaml --data {blank}" in done.err
    assert cli("sheet", "全区.yaml", "-o", blank).code == 2
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


@pytest.mark.usefixtures("base")
def test_where_the_empty_sheet_goes(cli: Cli) -> None:
    """Beside the base, and named after it, unless -o says otherwise."""
    assert cli("sheet", "全区.yaml").out == "全区填报表.xlsx\n"
    assert openpyxl.load_workbook("全区填报表.xlsx").active.max_row == 1


def test_a_base_is_not_rendered(tmp_path: Path) -> None:
    """A file that another one inherits, GBK or UTF-8, gives no document of its own."""
    shutil.copytree(EXAMPLES / "townships", tmp_path / "towns")
    plan = planning.plan_folder(tmp_path / "towns", Options(), Reader())
    assert len(plan.tasks) == 6
    town = tmp_path / "towns" / "白石镇.yaml"
    town.write_bytes(town.read_text("utf-8").encode("gbk"))
    assert planning.plan_folder(tmp_path / "towns", Options(), Reader()) == plan


@pytest.mark.usefixtures("base")
def test_a_name_with_a_line_break(cli: Cli) -> None:
    """A line break or blanks inside a name go everywhere alike: title, text, signature and file name."""
    Path("全区.yaml").write_text(BASE + "日期: 2022-12-30\n", encoding="utf-8")
    Path("乡镇.xlsx").write_bytes(made.xlsx_of([TOWNS[0], ["松岭镇中心\n卫 生 院", 10, 92]]))
    assert cli("batch", "全区.yaml", "--data", "乡镇.xlsx", "--name", "{{ 单位 }}").code == 0
    said = text("全区/松岭镇中心卫生院.docx").split("\n")
    assert (said[0], said[-2]) == ("松岭镇中心卫生院情况", "松岭镇中心卫生院")


@pytest.mark.usefixtures("base")
def test_what_was_understood_is_told(cli: Cli) -> None:
    """One line on stderr in every run; with --show-reading the whole, as text or JSON, and nothing is written."""
    csv("单位,改厕（座）,体检率,备注", "白石镇,10,92%,", "合计,10,,", "注：初步数,,,")
    command = ("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}")
    shown = cli(*command, "--show-reading")
    assert "  B1 “改厕（座）”→ 指标 改厕 数值，如10" in shown.out
    assert "  A3 合计：合计" in shown.out
    assert not Path("全区").exists()
    data = json.loads(cli(*command, "--show-reading", "--format", "json").out)
    assert [one["became"] for one in data["columns"]] == ["单位名称", "指标", "指标", "没有用"]
    assert [one["kind"] for one in data["rows"]] == ["单位", "合计", "注"]
    told = cli(*command)
    assert told.err.count("读表：1个单位；改厕←“改厕（座）”、体检率；没有用的列：备注；") == 1
    assert "读表" not in cli(*command, "-q").err


@pytest.mark.usefixtures("base")
def test_the_sheet_is_found(cli: Cli) -> None:
    """Instructions stand first, the table is found; two tables are an error that lists them, one may be named."""
    book = openpyxl.Workbook()
    book.active.title = "填表说明"
    book.active.append(["请各单位逐项填写，改厕指农村户厕。"])
    for name, number in (("年报", 10), ("旧表", 9)):
        sheet = book.create_sheet(name)
        for row in (["单位", "改厕", "体检率"], ["白石镇", number, 92]):
            sheet.append(row)
        book.save(f"{name}.xlsx")
    command = ("batch", "全区.yaml", "--name", "{{ 单位 }}", "--force", "--data")
    assert cli(*command, "年报.xlsx").code == 0
    assert "改厕10座" in text("全区/白石镇.docx")
    refused = cli(*command, "旧表.xlsx")
    assert (refused.code, "“年报”、“旧表”" in refused.err, "--worksheet" in refused.err) == (2, True, True)
    assert cli(*command, "旧表.xlsx", "--worksheet", "旧表").code == 0
    assert "改厕9座" in text("全区/白石镇.docx")
    unknown = cli(*command, "旧表.xlsx", "--worksheet", "新表")
    assert "填表说明、年报、旧表" in unknown.err


@pytest.mark.usefixtures("base")
def test_words_of_a_bureaus_own(cli: Cli) -> None:
    """Words in ./templates/sheets count beside the packaged ones; a file that is no list is told at its line."""
    Path("templates/sheets").mkdir(parents=True)
    Path("templates/sheets/行.yaml").write_text("合计: [全域]\n", "utf-8")
    Path("templates/sheets/表头.yaml").write_text("本期: [战果]\n名称: [[网格长单位]]\n", "utf-8")
    csv("网格长单位,改厕,体检率", ",战果,", "白石镇,10,92%", "全域,10,", "合计,10,")
    assert cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}").code == 0
    assert [path.name for path in Path("全区").iterdir()] == ["白石镇.docx"]
    for mistake, id in (
        ("总和计: [全域]", "unknown-key"),
        ("合计样式: ['(']", "bad-pattern"),
        ("合计: 全域", "not-a-list"),
    ):
        Path("templates/sheets/行.yaml").write_text(mistake + "\n", "utf-8")
        result = cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}")
        assert (result.code, f"[{id}]" in result.err, "行.yaml:1:" in result.err) == (2, True, True), result.err


@pytest.mark.usefixtures("base")
def test_aliases_in_the_report(cli: Cli) -> None:
    """别名 in the report is a heading; one that is no text is told."""
    Path("全区.yaml").write_text(
        BASE.replace("改厕: {", "改厕: {别名: [农村改厕, 户厕], 可超过100: 是, "), encoding="utf-8"
    )
    csv("单位,户厕,体检率", "白石镇,10,92%")
    assert cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}").code == 0
    assert "改厕10座" in text("全区/白石镇.docx")
    Path("全区.yaml").write_text(BASE.replace("改厕: {", "改厕: {别名: {甲: 乙}, "), encoding="utf-8")
    assert "[not-a-text]" in cli("batch", "全区.yaml", "--data", "乡镇.csv").err


@pytest.mark.usefixtures("base")
def test_the_countys_own_row_and_parts(cli: Cli) -> None:
    """A row of the base's own 单位 is its total; parts that the base declares are filled in and added up."""
    text_of_base = BASE.replace("改厕: {单位: 座, 数值: 999}", "改厕: {单位: 座, 分项: {新建: , 改建: }}")
    Path("全区.yaml").write_text(text_of_base, encoding="utf-8")
    csv("单位,改厕,,体检率", ",新建,改建,", "清河区,13,7,", "白石镇,10,3,92%", "柳河镇,3,4,91%")
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}")
    assert result.code == 0, result.err
    assert "[taken-for-total]" in result.err
    assert {path.name for path in Path("全区").glob("*.docx")} == {"白石镇.docx", "柳河镇.docx"}
    assert "改厕13座" in text("全区/白石镇.docx")


def test_what_is_current(tmp_path: Path) -> None:
    """What is not there, cannot be read, or is of a format that says nothing of its origin is made anew."""
    (tmp_path / "甲.txt").write_text("甲", "utf-8")
    assert not targets.is_current(tmp_path / "甲.docx", "", WRITERS["docx"])
    assert not targets.is_current(tmp_path, "", WRITERS["docx"])
    assert not targets.is_current(tmp_path / "甲.txt", "", WRITERS["txt"])


@pytest.mark.parametrize("given", ["table", "files"])
def test_the_title_of_one_is_no_title_for_all(given: str, here: Path, cli: Cli) -> None:
    """A base with the title of the unit it was made from would print that on all; that is told once, at its place."""
    arguments = ["底稿.yaml", "--data", "乡镇.csv"] if given == "table" else ["."]
    for number, name in enumerate(("青山镇", "柳河镇")):
        (here / f"{name}.yaml").write_text(
            f"继承: 底稿.yaml\n单位: {name}\n指标: {{改厕: {{数值: {number}}}}}\n", "utf-8"
        )
    csv("单位,改厕", "青山镇,1", "柳河镇,2")
    told = {}
    for title in ("白石镇2022年情况", '"{{ 单位 }}情况"'):
        text_of_base = BASE.replace('"{{ 单位 }}情况"', title).replace("清河区卫生健康局", "白石镇")
        (here / "底稿.yaml").write_text(text_of_base.replace("，体检率{{ 体检率 }}", ""), "utf-8")
        result = cli("batch", *arguments, "--name", "{{ 单位 }}")
        assert result.code == 0, result.err
        told[title] = result.err
    warning = "底稿.yaml:2:5: 警告 底稿的“标题”里写着“白石镇”，各单位的材料都会印它。 [title-of-one]"
    assert [one.count(warning) for one in told.values()] == [1, 0]
    (here / "青山镇.yaml").write_text(
        "继承: 底稿.yaml\n单位: 青山镇\n标题: 青山镇情况\n指标: {改厕: {数值: 1}}\n", "utf-8"
    )
    (here / "底稿.yaml").write_text(BASE.replace('"{{ 单位 }}情况"', "清河区卫生健康局情况"), "utf-8")
    assert "title-of-one" not in cli("render", "青山镇.yaml", "--draft").err
