"""``new --from`` a county's report: what its figures come from goes along, and the way on leads to its growth."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

from helpers import ROOT

if TYPE_CHECKING:
    from conftest import Cli

HEAD = "体裁: 年度工作总结\n年度: 2022\n日期: 2022-12-20\n单位: 清河区卫生健康局\n"
INDICATORS = """指标:
  改厕: {单位: 座}
  档案: {单位: 份}
  人口: {单位: 人}
  建档率: {公式: 档案 / 人口, 单位: "%"}
  培训: {数值: 12, 单位: 期, 汇总方式: 不汇总}
"""
SAYS = (
    "全区改厕{{ 改厕 }}，同比{{ 改厕.同比 }}，建档率{{ 建档率 }}，同比{{ 建档率.同比 }}；"
    "培训{{ 培训 }}，同比{{ 培训.同比 }}。"
)
TEXT = f'成绩: {{标题: 工作, 内容: "{SAYS}"}}\n问题: {{内容: 不足。}}\n计划: {{内容: 打算。}}\n'
BASE = """继承: 全县.yaml
文字: {特色: }
成绩: {标题: 本镇的工作, 内容: "本镇改厕{{ 改厕 }}，完成{{ 改厕.完成率 }}，建档率{{ 建档率 }}[[，{{ 特色 }}]]。"}
问题: {内容: 不足。}
计划: {内容: 打算。}
"""
SHEET = "单位,简称,改厕（座）,档案（份）,人口（人）\n青山镇卫生院,青山,12,9,10\n白石镇卫生院,白石,6,18,20\n"


def county(source: str, indicators: str = INDICATORS, text: str = TEXT) -> str:
    """Return a county's report."""
    return f"{HEAD}汇总来源: {source}\n{indicators}{text}"


def put(**files: str) -> None:
    """Write files into the folder that is worked in."""
    for name, text in files.items():
        path = Path(name.replace("__", "/"))
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


def sheet(path: Path) -> list[list[str]]:
    """Return the rows of a sheet as texts."""
    if path.suffix == ".csv":
        return [*csv.reader(io.StringIO(path.read_text("utf-8-sig")))]
    rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def fill(path: Path, *rows: str) -> None:
    """Fill in an empty csv, each row behind the township's name, ``.`` for what was filled in already."""
    lines = sheet(path)
    for line, said in zip(lines[-len(rows) :], rows, strict=True):
        line[1:] = [old if new == "." else new for old, new in zip(line[1:], said.split(","), strict=True)]
    path.write_text("".join(",".join(line) + "\n" for line in lines), "utf-8")


def write_on(path: Path, **said: str) -> None:
    """Do by hand what a clerk does with next year's file: the date, texts instead of 待补, figures of its own."""
    text = path.read_text("utf-8").replace("日期:\n", "日期: 2023-12-20\n")
    text = text.replace("待补: 是", "内容: 有。").replace("待补: ", "内容: ")
    for old, new in said.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def printed(cli: Cli, path: str) -> str:
    """Return a report's text."""
    made = cli("render", path, "--to", "txt", "-o", "印出.txt", "--force")
    assert made.code == 0, made.err
    return Path("印出.txt").read_text("utf-8")


def words(path: Path) -> str:
    """Return the paragraphs of a Word file."""
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_a_sheet_goes_along(here: Path, cli: Cli) -> None:
    """The county's file points at a new sheet: last year's townships in their order, values as 上年 where asked for."""
    put(**{"全县.yaml": county("{来源: 乡镇2022.csv, 称: 家 卫生院}"), "乡镇2022.csv": SHEET})
    made = cli("new", "--from", "全县.yaml")
    assert made.code == 0, made.err
    assert made.out.splitlines() == ["2023全县.yaml", "乡镇2023.csv"]
    assert sheet(here / "乡镇2023.csv") == [
        ["单位", "简称", "改厕（座）", "", "档案（份）", "", "人口（人）", ""],
        ["", "", "数值", "上年", "数值", "上年", "数值", "上年"],
        ["青山镇卫生院", "青山", "", "12", "", "9", "", "10"],
        ["白石镇卫生院", "白石", "", "6", "", "18", "", "20"],
    ]
    text = (here / "2023全县.yaml").read_text("utf-8")
    assert "汇总来源: {来源: 乡镇2023.csv, 称: 家 卫生院}" in text
    assert "  改厕: {单位: 座}\n" in text
    assert '  建档率: {公式: 档案 / 人口, 单位: "%"}\n' in text
    assert "  培训: {数值: , 单位: 期, 汇总方式: 不汇总, 上年: 12}\n" in text  # what the county says itself
    assert "数和上年由“汇总来源”里各乡镇的汇总" in text
    assert "在“乡镇2023.csv”里填数" in made.err
    assert "healthreport render 2023全县.yaml" in made.err


def test_the_way_on(here: Path, cli: Cli) -> None:
    """The sheet filled in, the county prints this year's sums and their growth: a count, a rate, one of its own."""
    put(**{"全县.yaml": county("乡镇2022.csv"), "乡镇2022.csv": SHEET})
    assert cli("new", "--from", "全县.yaml").code == 0
    fill(here / "乡镇2023.csv", ".,15,.,10,.,10,.", ".,12,.,17,.,20,.")
    write_on(here / "2023全县.yaml", **{"{数值: , 单位: 期": "{数值: 15, 单位: 期"})
    says = "全区改厕27座，同比增长50%，建档率90%，同比持平；培训15期，同比增长25%。"
    assert says in printed(cli, "2023全县.yaml")
    assert cli("new", "--from", "2023全县.yaml").out.splitlines() == ["2024全县.yaml", "乡镇2024.csv"]
    assert sheet(here / "乡镇2024.csv")[2] == ["青山镇卫生院", "青山", "", "15", "", "10", "", "10"]


def test_the_bases_that_stand_on_it(here: Path, cli: Cli) -> None:
    """A base beside the county that stands on it goes along; the sheet has what either asks for, and serves both."""
    last = SHEET.replace("人口（人）\n", "人口（人）,特色\n").replace(",9,10\n", ",9,10,建成中医馆\n")
    put(**{"全县.yaml": county("乡镇.csv"), "乡镇.csv": last.replace(",18,20", ",18,20,"), "乡镇底稿.yaml": BASE})
    made = cli("new", "--from", "全县.yaml")
    assert made.code == 0, made.err
    assert made.out.splitlines() == ["2023全县.yaml", "2023乡镇底稿.yaml", "乡镇-2023.csv"]
    assert "继承: 2023全县.yaml" in (here / "2023乡镇底稿.yaml").read_text("utf-8")
    head, keys, first, _ = sheet(here / "乡镇-2023.csv")
    assert head == ["单位", "简称", "改厕（座）", "", "", "档案（份）", "", "人口（人）", "", "特色"]
    assert keys == ["", "", "数值", "目标", "上年", "数值", "上年", "数值", "上年", ""]
    assert first == ["青山镇卫生院", "青山", "", "", "12", "", "9", "", "10", ""]  # its own words are last year's
    assert "各乡镇的用 healthreport batch 2023乡镇底稿.yaml --data 乡镇-2023.csv" in made.err
    fill(here / "乡镇-2023.csv", ".,15,10,.,10,.,10,.,新建病房", ".,12,20,.,17,.,20,.,")
    write_on(here / "2023全县.yaml", **{"{数值: , 单位: 期": "{数值: 15, 单位: 期"})
    write_on(here / "2023乡镇底稿.yaml")
    assert "同比增长50%" in printed(cli, "2023全县.yaml")
    sent = cli("batch", "2023乡镇底稿.yaml", "--data", "乡镇-2023.csv", "-o", "各镇")
    assert sent.code == 0, sent.err
    assert "本镇改厕15座，完成150%，建档率100%，新建病房。" in words(here / "各镇" / "青山镇卫生院2023年工作总结.docx")


def test_from_a_base_with_a_sheet(here: Path, cli: Cli) -> None:
    """From a base the county and its sheet go along; the sheet has what the base asks for, too."""
    put(**{"全县.yaml": county("乡镇.csv"), "乡镇.csv": SHEET, "乡镇底稿.yaml": BASE, "街道底稿.yaml": BASE})
    made = cli("new", "--from", "乡镇底稿.yaml")
    assert made.out.splitlines() == ["2023乡镇底稿.yaml", "2023全县.yaml", "乡镇-2023.csv"]
    head = ["单位", "简称", "改厕（座）", "", "", "档案（份）", "", "人口（人）", "", "特色"]
    assert sheet(here / "乡镇-2023.csv")[0] == head
    assert "；各乡镇的用 healthreport batch 2023乡镇底稿.yaml --data 乡镇-2023.csv；" in made.err


def test_the_example(here: Path, cli: Cli) -> None:
    """The county of the examples: columns that only the townships' separate base knows stay, and are told."""
    shutil.copytree(ROOT / "examples" / "townships", here / "townships")
    for name in ("乡镇.xlsx", "2022-全区.yaml"):
        shutil.copy(ROOT / "examples" / name, here)
    made = cli("new", "--from", "2022-全区.yaml")
    assert made.out.splitlines() == ["2023-全区.yaml", "乡镇-2023.xlsx"]
    assert "去年的表里还有“特色工作”，全县的报告没有用到，照样留了空列。 [columns-kept]" in made.err
    head, keys, *rows = sheet(here / "乡镇-2023.xlsx")
    assert head[-5:] == ["农村改厕（座）", "", "门诊（人次）", "", "特色工作"]
    assert keys[-5:] == ["数值", "目标", "数值", "上年", ""]
    assert [row[0] for row in rows] == [row[0] for row in sheet(here / "乡镇.xlsx")[3:9]]
    assert rows[0][-2] == "45200"
    assert "乡镇表: {指标: [建档率" in (here / "2023-全区.yaml").read_text("utf-8")  # to be switched on again
    assert cli("new", "--from", "townships/全区.yaml").code == 0
    book = openpyxl.load_workbook("乡镇-2023.xlsx")
    for row in range(3, 9):
        for at, figure in enumerate((100, 90, 50, 40, 30, 20, 12, 10, 50000), 2):
            book.active.cell(row, at, figure)
    book.active.cell(4, 8, 9)
    book.active.cell(3, 12, "建成卒中救治单元。")
    book.save("乡镇-2023.xlsx")
    write_on(here / "2023-全区.yaml", **{"目标: ,": "目标: ≥90,", "截至:\n": ""})
    write_on(here / "townships" / "2023全区.yaml")
    assert "全年门诊300000人次，同比增长26.4%" in printed(cli, "2023-全区.yaml")
    sent = cli("batch", "townships/2023全区.yaml", "--data", "乡镇-2023.xlsx", "-o", "各镇")
    assert sent.code == 0, sent.err
    assert "建成卒中救治单元。" in words(here / "各镇" / "白石镇卫生院2023年工作总结.docx")


def test_columns_of_others(here: Path, cli: Cli) -> None:
    """What names nothing of the county's stays an empty column, its years moved on; days are empty, titles go on."""
    last = (
        "单位,主送,日期,改厕（座）,档案（份）,人口（人）,2022年疫苗（支）,,备注\n,,,,,,数值,目标,\n"
        "白石镇卫生院,白石镇2022年党代会,2022-12-01,6,18,20,70,60,无\n"
    )
    put(**{"全县.yaml": county("乡镇.csv"), "乡镇.csv": last})
    made = cli("new", "--from", "全县.yaml")
    assert made.code == 0, made.err
    assert "去年的表里还有“2022年疫苗（支） / 数值”、“2022年疫苗（支） / 目标”，" in made.err
    assert [row[:4] + row[-2:] for row in sheet(here / "乡镇-2023.csv")] == [
        ["单位", "主送", "日期", "改厕（座）", "2023年疫苗（支）", ""],
        ["", "", "", "数值", "数值", "目标"],
        ["白石镇卫生院", "白石镇2023年党代会", "", "", "", ""],
    ]


def test_a_table_of_townships_is_no_text(here: Path, cli: Cli) -> None:
    """乡镇表 is kept with the texts as it is, its numbers are nobody's figures; among the plans it says nothing."""
    table = "{乡镇表: {指标: [改厕], 排序: 改厕, 前: 3}}"
    text = TEXT.replace("内容: 打算。", f"内容: [打算。, {table}]").replace(
        "内容: 不足。", f"内容: [不足5处。, {table}]"
    )
    put(**{"全县.yaml": county("乡镇.csv", text=text), "乡镇.csv": SHEET})
    assert cli("new", "--from", "全县.yaml", "--keep-text").code == 0
    kept = (here / "2023全县.yaml").read_text("utf-8")
    assert kept.count(table[1:-1]) == 2
    assert "不足5处（待补）。" in kept
    assert "# 去年的计划：打算\n" in kept


@pytest.mark.parametrize(
    ("columns", "head", "row", "targets"),
    [
        ("[完成, 完成率]", "改厕（座）", "12", False),
        ("[完成, 完成率]", "改厕（座）,改厕目标（座）", "12,", False),
        ("[完成, 完成率]", "改厕（座）,改厕目标（座）", "12,10", True),
        ("[完成, 目标]", "", "", True),
        ("[完成]", "改厕（座）,改厕目标（座）", "12,", False),
    ],
)
def test_targets_that_nobody_had(columns: str, head: str, row: str, targets: bool, here: Path, cli: Cli) -> None:
    """The new sheet has no column of targets for a table where last year's had none of them; what is new has one."""
    text = TEXT.replace("内容: 不足。", f"内容: {{乡镇表: {{指标: [改厕], 列: {columns}}}}}")
    table = f"单位,档案（份）,人口（人）,{head}\n青山镇卫生院,9,10,{row}\n白石镇卫生院,18,20,{row}\n"
    put(**{"全县.yaml": county("乡镇.csv", text=text), "乡镇.csv": table})
    made = cli("new", "--from", "全县.yaml", "--keep-text")
    assert made.code == 0, made.err
    below = (line for line in sheet(here / "乡镇-2023.csv"))
    assert ("目标" in [*below][1]) is targets


def test_a_year_on_without_targets(here: Path, cli: Cli) -> None:
    """A table with 完成率 over what has no targets is printed this year and the next."""
    indicators = "指标:\n  门急诊: {单位: 人次}\n"
    text = "内容: {乡镇表: {指标: [门急诊], 列: [完成, 完成率, 同比], 合计: 是}}\n"
    text = f"成绩: {{标题: 工作, {text.strip()}}}\n问题: {{内容: 不足。}}\n计划: {{内容: 打算。}}\n"
    put(**{"全县.yaml": county("乡镇.csv", indicators, text), "乡镇.csv": "单位,门急诊（人次）\n甲镇,5\n乙镇,8\n"})
    assert "合计\t13\t—\t—" in printed(cli, "全县.yaml")
    assert cli("new", "--from", "全县.yaml", "--keep-text").code == 0
    fill(here / "乡镇-2023.csv", "6,.", "9,.")
    write_on(here / "2023全县.yaml")
    assert "合计\t15\t—\t增长15.4%" in printed(cli, "2023全县.yaml")


def test_what_the_county_says_itself(here: Path, cli: Cli) -> None:
    """A value that the county gave and no township did is asked of none; one that both gave is asked of them again."""
    indicators = (
        "指标:\n  改厕: {数值: 18, 单位: 座}\n  死亡: {数值: 2, 单位: 人}\n  死亡率: {公式: 死亡 / 1000, 单位: 人}\n"
    )
    text = '成绩: {标题: 工作, 内容: "改厕{{ 改厕 }}，死亡{{ 死亡.同比 }}，死亡率{{ 死亡率 }}。"}\n'
    put(**{"全县.yaml": county("乡镇.csv", indicators, text), "乡镇.csv": "单位,改厕（座）\n白石镇,18\n"})
    made = cli("new", "--from", "全县.yaml")
    assert made.code == 0, made.err
    assert sheet(here / "乡镇-2023.csv") == [["单位", "改厕（座）"], ["白石镇", ""]]
    report = (here / "2023全县.yaml").read_text("utf-8")
    assert "  改厕: {数值: , 单位: 座, 上年: 18}\n" in report
    assert "  死亡: {数值: , 单位: 人, 上年: 2}\n" in report
    assert "  死亡率: {公式: 死亡 / 1000, 单位: 人, 上年: 0.002}\n" in report


@pytest.mark.usefixtures("here")
def test_a_folder_with_a_county(cli: Cli) -> None:
    """From a folder of which one report is a county's, whatever its name, its sheet goes along too."""
    put(
        **{
            "2022__全县.yaml": county("乡镇.csv"),
            "2022__乡镇.csv": SHEET,
            "2022__A村.yaml": BASE.replace("文字: {特色: }\n", "单位: 甲村\n").replace("[[，{{ 特色 }}]]", ""),
        }
    )
    made = cli("new", "--from", "2022")
    assert made.code == 0, made.err
    assert sorted(made.out.splitlines()) == ["2023/A村.yaml", "2023/乡镇.csv", "2023/全县.yaml"]


def township(base: str, name: str, toilets: int, files: int, people: int) -> str:
    """Return a township's report."""
    return (
        f"继承: {base}\n单位: {name}\n指标:\n  改厕: {{数值: {toilets}, 目标: 10}}\n"
        f"  档案: {{数值: {files}}}\n  人口: {{数值: {people}}}\n"
    )


@pytest.fixture
def of_files(here: Path) -> Path:
    """Return a folder with a county's report and its townships' in a folder, on a base that stands on the county's."""
    put(
        **{
            "全县.yaml": county("townships/"),
            "乡镇底稿.yaml": BASE,
            "townships__白石镇.yaml": township("../乡镇底稿.yaml", "白石镇卫生院", 6, 18, 20),
            "townships__青山镇.yaml": township("../乡镇底稿.yaml", "青山镇卫生院", 12, 9, 10),
        }
    )
    return here


def test_a_folder_goes_along(of_files: Path, cli: Cli) -> None:
    """Next year's folder has each township's file; the county points at it, and its growth is that of the sums."""
    made = cli("new", "--from", "全县.yaml")
    assert made.code == 0, made.err
    townships = ["townships-2023/白石镇.yaml", "townships-2023/青山镇.yaml"]
    assert made.out.splitlines() == ["2023全县.yaml", "2023乡镇底稿.yaml", *townships]
    assert "汇总来源: townships-2023/\n" in (of_files / "2023全县.yaml").read_text("utf-8")
    assert "；各乡镇的用 healthreport batch townships-2023；" in made.err
    for name, figures in {"白石镇": (12, 17, 20), "青山镇": (15, 10, 10)}.items():
        path = of_files / "townships-2023" / f"{name}.yaml"
        assert "继承: ../2023乡镇底稿.yaml" in path.read_text("utf-8")
        toilets, files, people = (f"{{数值: {figure}," for figure in figures)
        lines = path.read_text("utf-8").replace("目标: ,", "目标: 10,").splitlines(keepends=True)
        for at, line in enumerate(lines):
            for key, value in {"  改厕: ": toilets, "  档案: ": files, "  人口: ": people}.items():
                lines[at] = lines[at].replace("{数值: ,", value) if line.startswith(key) else lines[at]
        path.write_text("".join(lines), "utf-8")
    write_on(of_files / "2023全县.yaml", **{"{数值: , 单位: 期": "{数值: 15, 单位: 期"})
    write_on(of_files / "2023乡镇底稿.yaml")
    assert "全区改厕27座，同比增长50%，建档率90%，同比持平；" in printed(cli, "2023全县.yaml")
    assert cli("batch", "townships-2023", "-o", "各镇").code == 0


def test_one_way_or_the_other(of_files: Path, cli: Cli) -> None:
    """From the townships' folder the county goes along as their base, and points where they go."""
    made = cli("new", "--from", "townships", "-o", "明年")
    assert made.code == 0, made.err
    assert sorted(made.out.splitlines()) == sorted(
        ["2023全县.yaml", "2023乡镇底稿.yaml", "明年/白石镇.yaml", "明年/青山镇.yaml"]
    )
    assert "再用 healthreport batch 明年 生成；全县的用 healthreport render 2023全县.yaml；" in made.err
    assert "汇总来源: 明年/\n" in (of_files / "2023全县.yaml").read_text("utf-8")


@pytest.mark.usefixtures("of_files")
def test_a_base_takes_no_townships_along(cli: Cli) -> None:
    """From a base the county is made and points at the folder to come; how that is made is told, and works."""
    made = cli("new", "--from", "乡镇底稿.yaml")
    assert made.out.splitlines() == ["2023乡镇底稿.yaml", "2023全县.yaml"]
    assert "“汇总来源”写成了“townships-2023”，那里还没有文件。 [sources-to-come]" in made.err
    assert "healthreport new --from townships 生成" in made.err
    made = cli("new", "--from", "townships")
    assert made.out.splitlines() == ["townships-2023/白石镇.yaml", "townships-2023/青山镇.yaml"]
    assert cli("render", "2023全县.yaml", "--draft", "--to", "txt", "-o", "草稿.txt").code == 0


def test_elsewhere(of_files: Path, cli: Cli) -> None:
    """With -o in another folder what goes along lies there, under its own name; the list of townships is copied."""
    (of_files / "全县.yaml").write_text(county("{来源: [townships, 街道.csv], 应报: 名单.txt}"), "utf-8")
    put(**{"街道.csv": "单位,改厕（座）\n城关街道,3\n", "名单.txt": "白石镇卫生院\n青山镇卫生院\n城关街道\n"})
    (of_files / "2023").mkdir()
    made = cli("new", "--from", "全县.yaml", "-o", "2023")
    assert made.code == 0, made.err
    assert sorted(made.out.splitlines()) == sorted(
        f"2023/{name}"
        for name in (
            "2023全县.yaml",
            "乡镇底稿.yaml",
            "街道.csv",
            "名单.txt",
            "townships/白石镇.yaml",
            "townships/青山镇.yaml",
        )
    )
    text = (of_files / "2023" / "2023全县.yaml").read_text("utf-8")
    assert "汇总来源: {来源: [townships/, 街道.csv], 应报: 名单.txt}" in text
    drafted = cli("render", "2023/2023全县.yaml", "--draft", "--to", "txt", "-o", "草稿.txt")
    assert drafted.code == 0, drafted.err


def test_among_its_townships(here: Path, cli: Cli) -> None:
    """A county that lies among its townships moves to next year's folder with them: in this year's it would be one."""
    put(
        **{
            "各镇2022__全县.yaml": county("."),
            "各镇2022__底稿.yaml": BASE,
            "各镇2022__白石镇.yaml": township("底稿.yaml", "白石镇卫生院", 6, 18, 20),
        }
    )
    made = cli("new", "--from", "各镇2022/全县.yaml")
    assert made.code == 0, made.err
    listed = [f"各镇2023/{name}.yaml" for name in ("全县", "底稿", "白石镇")]
    assert sorted(made.out.splitlines()) == sorted(listed)
    assert "汇总来源: ./\n" in (here / "各镇2023" / "全县.yaml").read_text("utf-8")
    told = cli("new", "--from", "各镇2022/全县.yaml", "-o", "各镇2022/新.yaml")
    assert told.code == 2
    assert "会当作又一个乡镇。 [bad-output]" in told.err
    shutil.rmtree(here / "各镇2023")
    made = cli("new", "--from", "各镇2022")
    assert sorted(made.out.splitlines()) == sorted(listed)


def test_who_is_to_send_figures(here: Path, cli: Cli) -> None:
    """Those of 应报 that sent nothing last year get a row of their own behind the others, and are told."""
    put(
        **{
            "全县.yaml": county("{来源: 乡镇.csv, 应报: 名单.txt}"),
            "乡镇.csv": SHEET,
            "名单.txt": "柳河镇卫生院\n青山\n白石镇卫生院\n",
        }
    )
    made = cli("new", "--from", "全县.yaml")
    assert [row[0] for row in sheet(here / "乡镇-2023.csv")[2:]] == ["青山镇卫生院", "白石镇卫生院", "柳河镇卫生院"]
    assert "去年的表里没有“柳河镇卫生院”，上年都空着。" in made.err
    assert "应报: 名单.txt" in (here / "2023全县.yaml").read_text("utf-8")


def test_a_list_that_calls_them_otherwise(here: Path, cli: Cli) -> None:
    """A name of 应报 that can mean one township of the sheet only is that one: it gets no second row, and is told."""
    put(
        **{
            "全县.yaml": county("{来源: 乡镇.csv, 应报: 名单.txt}"),
            "乡镇.csv": SHEET,
            "名单.txt": "青山镇\n清河区白石镇卫生院\n柳河镇\n",
        }
    )
    made = cli("new", "--from", "全县.yaml")
    rows = sheet(here / "乡镇-2023.csv")[2:]
    assert [row[0] for row in rows] == ["青山镇卫生院", "白石镇卫生院", "柳河镇"]
    assert [row[3] for row in rows] == ["12", "6", ""]
    assert "名单里“青山镇”就是“青山镇卫生院”、“清河区白石镇卫生院”就是“白石镇卫生院”。" in made.err
    assert made.err.count("[taken-for]") == 1
    assert "去年的表里没有“柳河镇”，上年都空着。" in made.err


def test_a_sheet_of_a_workbook(here: Path, cli: Cli) -> None:
    """The sheet that 汇总来源 names is read; the new one has one sheet, so that it need not be named."""
    book = openpyxl.Workbook()
    book.active.title = "全年"
    other = book.create_sheet("上半年")
    for one, factor in ((book.active, 2), (other, 1)):
        for row in (["单位", "改厕（座）", "档案", "人口"], ["白石镇", 5 * factor, 8, 10]):
            one.append(row)
    book.save("乡镇.xls.xlsx")
    put(**{"全县.yaml": county("{来源: 乡镇.xls.xlsx, 工作表: 全年}")})
    made = cli("new", "--from", "全县.yaml")
    assert made.code == 0, made.err
    assert sheet(here / "乡镇.xls-2023.xlsx")[2][:3] == ["白石镇", "", "10"]
    assert "工作表" not in (here / "2023全县.yaml").read_text("utf-8").split("指标:")[0]
    drafted = cli("render", "2023全县.yaml", "--draft", "--to", "txt", "-o", "草稿.txt")
    assert drafted.code == 0, drafted.err


@pytest.mark.parametrize(
    ("source", "last", "told"),
    [
        ("乡镇.csv", SHEET.replace(",12,", ",十二座,"), "乡镇.csv:2:"),
        ("没有.csv", SHEET, "找不到“没有.csv”。 [not-found]"),
        ("[乡镇.csv, 空]", SHEET, "文件夹里没有报告。 [empty-folder]"),
        ("全县.yaml", SHEET, "[source-is-itself]"),
    ],
)
def test_what_cannot_be_read(source: str, last: str, told: str, here: Path, cli: Cli) -> None:
    """A source that cannot be read is told with its place, and nothing is written."""
    (here / "空").mkdir()
    put(**{"全县.yaml": county(source), "乡镇.csv": last, "乡镇底稿.yaml": BASE})
    before = sorted(here.rglob("*"))
    made = cli("new", "--from", "全县.yaml")
    assert made.code == 2
    assert told in made.err
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize("there", ["乡镇-2023.csv", "2023全县.yaml"])
def test_nothing_is_written_over(there: str, here: Path, cli: Cli) -> None:
    """Where one of the files is there, it stays as it is, and none of the others is written."""
    put(**{"全县.yaml": county("乡镇.csv"), "乡镇.csv": SHEET, there: "我的"})
    before = sorted(here.rglob("*"))
    made = cli("new", "--from", "全县.yaml")
    assert made.code == 2
    assert f"{there}: 错误 这个文件已经存在，没有覆盖。 [exists]" in made.err
    assert (here / there).read_text("utf-8") == "我的"
    assert sorted(here.rglob("*")) == before


def test_printed(here: Path, cli: Cli) -> None:
    """``-o -`` prints the county's file and names what goes along; nothing is written."""
    put(**{"全县.yaml": county("乡镇.csv"), "乡镇.csv": SHEET})
    made = cli("new", "--from", "全县.yaml", "-o", "-")
    assert "汇总来源: 乡镇-2023.csv\n" in made.out
    assert "没有写的还有：乡镇-2023.csv" in made.err
    assert sorted(path.name for path in here.iterdir()) == ["乡镇.csv", "全县.yaml"]


def test_another_years_townships(of_files: Path, cli: Cli) -> None:
    """Townships of another year than the county's are refused; --year says for all."""
    path = of_files / "townships" / "白石镇.yaml"
    path.write_text("年度: 2021\n" + path.read_text("utf-8"), "utf-8")
    told = cli("new", "--from", "全县.yaml")
    assert told.code == 2
    assert "这些报告的年度不同：2021、2022。 [several-years]" in told.err
    assert cli("new", "--from", "全县.yaml", "--year", "2023").code == 0
