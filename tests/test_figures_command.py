"""``figures``: what fits a terminal, several files beside one another, a table for Excel, indicators nobody uses."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.cli import console, tables
from healthreport.figures import beside, listing
from healthreport.jobs import figures_sheet
from helpers import GENERAL, ROOT

if TYPE_CHECKING:
    from conftest import Cli

LONG = "区级医院和基层医疗卫生机构年末在岗执业（助理）医师"
REPORT = (
    GENERAL
    + f"""\
年度: 2022
单位: 清河区卫生健康局
指标:
  {LONG}: {{数值: 10583000, 单位: 人次, 目标: 9000000, 上年: 9800000}}
  规范管理率: {{数值: 76.50, 单位: "%", 目标: ≥75, 上年: 73.8}}
  常住人口: {{数值: 42.5万, 单位: 人}}
  每人次数: {{公式: {LONG} / 常住人口, 单位: 次, 小数位: 2}}
  药品储备: {{区间: 15%—20%, 单位: "%"}}
内容: 共{{{{ {LONG} }}}}，规范管理率{{{{ 规范管理率 }}}}，每人{{{{ 每人次数 }}}}，储备{{{{ 药品储备 }}}}。
"""
)
COUNTY = """\
体裁: 通用
标题: 情况汇报
年度: 2022
指标:
  农村改厕: {单位: 座}
  建档率: {单位: "%", 小数位: 1}
  旧数: {单位: 人}
内容: 改厕{{ 农村改厕 }}[[，建档率{{ 建档率 }}]]。
"""


@pytest.fixture
def report(here: Path) -> Path:
    """Work in a folder with one report."""
    (here / "a.yaml").write_text(REPORT, "utf-8")
    return here


@pytest.fixture
def county(here: Path) -> Path:
    """Work in a folder with two townships on a base that is nobody's report."""
    (here / "全区.yaml").write_text(COUNTY, "utf-8")
    town(here, "白石镇", "农村改厕: {数值: 186, 目标: 180}, 建档率: {数值: 92.1}, 旧数: {数值: 3}")
    town(here, "柳河镇", "农村改厕: {数值: 240, 上年: 230}, 健身点: {数值: 7, 单位: 处}")
    return here


def town(folder: Path, name: str, indicators: str) -> None:
    """Write a township's file."""
    (folder / f"{name}.yaml").write_text(f"继承: 全区.yaml\n单位: {name}卫生院\n指标: {{{indicators}}}\n", "utf-8")


def joined(out: str) -> str:
    """Return what was printed without blanks and line ends."""
    return "".join(out.split())


def names(out: str) -> str:
    """Return the first column of a table."""
    heads, *_ = lines = out.splitlines()
    width = console.columns(heads[: heads.index(heads.split()[1])])
    return "".join(tables.wrapped(line.ljust(width), width)[0] for line in lines)


@pytest.mark.parametrize("width", [50, 60, 80, 120, 300])
def test_fits(width: int, cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the terminal, no number is cut, a long name wraps, and what is left out is said."""
    assert report
    monkeypatch.setenv("COLUMNS", str(width))
    done = cli("figures", "a.yaml")
    assert done.code == 0
    assert max(map(console.columns, done.out.splitlines())) <= width
    for number in ("10583000", "9000000", "9800000", "76.50%", "≥75%", "42.5万人", "24.90次", "15%—20%"):
        assert number in done.out
    assert joined(names(done.out)).startswith(f"指标{LONG}规范管理率")
    shown = done.out.splitlines()[0].split()
    assert {"目标", "上年", "同比"} <= {*shown}
    missing = [one for one in ("完成率", "公式", "位置", "倍数") if one not in shown]
    assert ("放不下的列没有列出" in done.err) is bool(missing)
    assert all(one in done.err for one in missing)


def test_wide(cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--wide`` shows all columns, each row in one line, however narrow the terminal is."""
    assert report
    monkeypatch.setenv("COLUMNS", "60")
    done = cli("figures", "a.yaml", "--wide")
    heads = done.out.splitlines()[0].split()
    assert heads == [*listing.COLUMNS[:-1]]
    assert len(done.out.splitlines()) == 6
    assert "没有列出" not in done.err


def test_piped(cli: Cli, report: Path) -> None:
    """What goes elsewhere than to a terminal is as for 80 columns, talk aside."""
    assert report
    done = cli("figures", "a.yaml")
    assert 60 < max(map(console.columns, done.out.splitlines())) <= 80
    assert "--wide" not in done.out


def test_lines_of_a_formula(cli: Cli, here: Path) -> None:
    """A formula over several lines takes the line of its row."""
    report = GENERAL + "指标:\n  甲: {数值: 1}\n  乙:\n    公式: |\n      甲 +\n      1\n内容: 共{{ 乙 }}。\n"
    (here / "a.yaml").write_text(report, "utf-8")
    for wide in ([], ["--wide"]):
        assert cli("figures", "a.yaml", *wide).out.splitlines()[2].split() == ["乙", "2", "甲", "+", "1", "a.yaml:5:3"]


@given(st.text("甲乙（）ab1.5% ", max_size=40), st.integers(4, 20))
def test_wrapping(text: str, width: int) -> None:
    """A text that is wrapped loses no more than blanks, and no line is too wide."""
    lines = tables.wrapped(text, width)
    assert joined("".join(lines)) == joined(text)
    assert all(console.columns(line) <= width for line in lines)


def test_a_number_is_broken_last() -> None:
    """A line ends before a number rather than within it."""
    assert tables.wrapped("提高2.7个百分点", 8) == ["提高2.7", "个百分点"]
    assert tables.wrapped("门诊人次10583000", 10) == ["门诊人次", "10583000"]
    assert tables.wrapped("10583000", 4) == ["1058", "3000"]


def test_beside(cli: Cli, county: Path) -> None:
    """Several files are a table: indicators below one another, reports side by side; their base is left out, told."""
    assert county
    done = cli("figures", "白石镇.yaml", "全区.yaml", "柳河镇.yaml")
    assert done.code == 0
    assert done.out == (
        "指标      单位  白石镇卫生院  柳河镇卫生院\n"
        "农村改厕  座             186           240\n"
        "建档率    %             92.1\n"
        "旧数      人               3\n"
        "健身点    处                             7\n"
    )
    assert "全区.yaml: 说明 这是另外几份继承的底稿" in done.err
    assert "几份放在一起，只列数值" in done.err
    assert cli("figures", "全区.yaml").out.split()[:2] == ["指标", "单位"]


def test_many_townships(cli: Cli, here: Path) -> None:
    """Sixteen townships by thirty indicators fit 80 columns, in tables below one another that hold every number."""
    (here / "全区.yaml").write_text(COUNTY, "utf-8")
    names = [f"{a}{b}镇" for a in "白柳石青" for b in "石河山桥"]
    for at, name in enumerate(names, 1):
        town(here, name, ", ".join(f"第{n:02}项居民健康管理人数: {{数值: {at}{n:03}, 单位: 人}}" for n in range(1, 31)))
    done = cli("figures", *(f"{name}.yaml" for name in names))
    lines = done.out.splitlines()
    assert done.code == 0
    assert max(map(console.columns, lines)) <= 80
    assert [line.split()[0] for line in lines if line].count("第17项居民健康管理人数") == lines.count("") + 1
    found = done.out.split()
    assert all(f"{at}{n:03}" in found for at in range(1, 17) for n in range(1, 31))
    heads = joined(done.out)
    assert all(name in heads for name in names)


def test_parts_are_even() -> None:
    """Columns that do not fit are divided evenly: six for which five have room are three and three."""
    heads = ("指标", "单位", *(f"第{at}卫生院" for at in range(6)))
    table = tables.Table(heads, [dict.fromkeys(heads, "12345678901")])
    assert [len(part.heads) - 2 for part in tables.parted(table, 2, 80)] == [3, 3]
    assert [part.heads[:2] for part in tables.parted(table, 2, 80)] == [("指标", "单位")] * 2
    assert tables.parted(table, 2, 120) == [table]


def test_a_base_that_is_a_report(cli: Cli, county: Path) -> None:
    """A base with a 单位 of its own is a report like any other."""
    (county / "全区.yaml").write_text(COUNTY + "单位: 清河区卫生健康局\n", "utf-8")
    done = cli("figures", "全区.yaml", "白石镇.yaml")
    assert done.out.splitlines()[0].split() == ["指标", "单位", "清河区卫生健康局", "白石镇卫生院"]
    assert "bare-base" not in done.err


def test_units_that_differ(cli: Cli, here: Path) -> None:
    """Where reports count in different units, each number says its own; two of one office go by their files."""
    for year, unit in ((2021, "人次"), (2022, "万人次")):
        (here / f"{year}.yaml").write_text(
            GENERAL + f"单位: 清河区\n指标: {{门诊: {{数值: 12, 单位: {unit}}}}}\n", "utf-8"
        )
    assert cli("figures", "2021.yaml", "2022.yaml").out.split() == [
        *("指标", "单位", "2021", "2022"),
        *("门诊", "12人次", "12万人次"),
    ]


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ([("a.yaml", "甲"), ("b.yaml", "乙")], ("甲", "乙")),
        ([("a.yaml", "甲"), ("b.yaml", "")], ("a", "b")),
        ([("x/a.yaml", "甲"), ("x/b.yaml", "甲")], ("a", "b")),
        ([("x/a.yaml", "甲"), ("y/a.yaml", "甲")], ("x/a.yaml", "y/a.yaml")),
        ([("a.yaml", "指标"), ("b.yaml", "单位")], ("a", "b")),
    ],
)
def test_names_of_reports(files: list[tuple[str, str]], names: tuple[str, ...]) -> None:
    """Reports are told apart by whose they are, else by their files' names, else by where they lie."""
    assert beside.table([beside.Report(file, org, ()) for file, org in files]).names == names


def test_several_wide(cli: Cli, county: Path) -> None:
    """``--wide`` lists several files one below the other with all columns, each row with its file."""
    assert county
    lines = cli("figures", "白石镇.yaml", "柳河镇.yaml", "--wide").out.splitlines()
    assert lines[0].split()[:5] == ["文件", "填报单位", "指标", "单位", "数值"]
    assert [line.split()[:3] for line in lines[1:]].count(["柳河镇.yaml", "柳河镇卫生院", "农村改厕"]) == 1


def test_json(cli: Cli, county: Path) -> None:
    """JSON of one file is a list of rows; of several the same rows, each with its file and office before them."""
    assert county
    alone = json.loads(cli("figures", "白石镇.yaml", "--format", "json").out)
    assert [*alone[0]] == [*listing.COLUMNS]
    both = json.loads(cli("figures", "白石镇.yaml", "柳河镇.yaml", "--format", "json").out)
    assert both[: len(alone)] == [{"文件": "白石镇.yaml", "填报单位": "白石镇卫生院", **row} for row in alone]
    rows = list(csv.DictReader(io.StringIO(cli("figures", "白石镇.yaml", "柳河镇.yaml", "--format", "csv").out)))
    assert rows == both


def test_one_bad_file(cli: Cli, county: Path) -> None:
    """Of several files the good ones are listed and written, the bad one is told, and the command ends with 1."""
    (county / "坏.yaml").write_text("单位: [\n", "utf-8")
    done = cli("figures", "白石镇.yaml", "坏.yaml", "没有.yaml", "柳河镇.yaml", "-o", "x.xlsx", "--format", "table")
    assert done.code == 1
    assert "240" in done.out
    assert "坏.yaml:" in done.err
    assert "没有.yaml: 错误" in done.err
    assert (county / "x.xlsx").exists()
    done = cli("figures", "坏.yaml", "没有.yaml", "-o", "y.xlsx")
    assert (done.code, done.out, (county / "y.xlsx").exists()) == (2, "", False)


def test_a_file_named_twice(cli: Cli, county: Path) -> None:
    """A file that is named twice is listed once, as if alone."""
    assert county
    assert cli("figures", "白石镇.yaml", "白石镇.yaml") == cli("figures", "白石镇.yaml")


def cells(path: Path, sheet: str) -> list[list[Any]]:
    """Return the cells of a sheet: values, numbers with their formats."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows()
    return [
        [one.value if one.data_type == "s" or one.value is None else (one.value, one.number_format) for one in row]
        for row in rows
    ]


def test_xlsx(cli: Cli, report: Path) -> None:
    """``-o`` writes every column; numbers are numbers that Excel shows as the report does, all else is text."""
    done = cli("figures", "a.yaml", "-o", "x.xlsx")
    assert (done.code, done.out) == (0, "x.xlsx\n")
    assert openpyxl.load_workbook("x.xlsx").sheetnames == ["指标"]
    heads, first, rate, people, each, stock = cells(report / "x.xlsx", "指标")
    assert heads == [*listing.COLUMNS]
    assert first[2:7] == [(10583000, "0"), (9000000, "0"), (9800000, "0"), (1.176, "0.0%"), (1583000, "0")]
    assert first[7:11] == ["增长8%", "增加783000人次", (1.1, "0.0"), "达标"]
    assert rate[2:5] == [(0.765, "0.00%"), "≥75%", (0.738, "0.0%")]
    assert (people[2], each[2], stock[2]) == ((425000, "0"), (24.9, "0.00"), "15%—20%")
    assert stock[3] is None


def test_xlsx_of_several(cli: Cli, county: Path) -> None:
    """Of several files a sheet has the values side by side, another one all rows."""
    assert cli("figures", "白石镇.yaml", "柳河镇.yaml", "-o", "x.xlsx").code == 0
    assert cells(county / "x.xlsx", "对照") == [
        ["指标", "单位", "白石镇卫生院", "柳河镇卫生院"],
        ["农村改厕", "座", (186, "0"), (240, "0")],
        ["建档率", "%", (0.921, "0.0%"), None],
        ["旧数", "人", (3, "0"), None],
        ["健身点", "处", None, (7, "0")],
    ]
    listed = cells(county / "x.xlsx", "指标")
    assert listed[0][:3] == ["文件", "填报单位", "指标"]
    assert [row[0] for row in listed[1:]] == ["白石镇.yaml"] * 3 + ["柳河镇.yaml"] * 4


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("186座", "座", (186, "0")),
        ("-3.50", "", (-3.5, "0.00")),
        ("100%", "%", (1, "0%")),
        ("3.2万人", "人", (32000, "0")),
        ("198.5万人次", "万人次", (198.5, "0.0")),
        ("20/10万", "/10万", (20, "0")),
        ("2亿元", "元", (200000000, "0")),
        ("约500座", "座", None),
        ("≤22/10万", "/10万", None),
        ("**万元", "万元", None),
        ("12345678901234567890人", "人", None),
        ("", "座", None),
    ],
)
def test_numbers_of_cells(text: str, unit: str, value: tuple[float, str] | None) -> None:
    """A number goes into a cell as it is printed; what a cell cannot hold exactly, or says more, is text."""
    assert figures_sheet.number(text, unit) == value


def test_csv_file(cli: Cli, county: Path) -> None:
    """A csv file is what ``--format csv`` prints, as Excel opens it: with BOM, line ends of Windows."""
    assert cli("figures", "白石镇.yaml", "柳河镇.yaml", "-o", "x.csv").code == 0
    written = (county / "x.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    printed = cli("figures", "白石镇.yaml", "柳河镇.yaml", "--format", "csv").out
    assert written.decode("utf-8-sig").replace("\r\n", "\n") == printed


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_formula(start: str, cli: Cli, here: Path) -> None:
    """What begins like a formula stays text."""
    name = f"{start}cmd()甲"
    (here / "a.yaml").write_text(GENERAL + f'单位: "{name}"\n指标: {{"{name}": {{数值: 1}}}}\n', "utf-8")
    (here / "b.yaml").write_text(GENERAL + "单位: 乙\n指标: {丙: {数值: 1}}\n", "utf-8")
    assert cli("figures", "a.yaml", "b.yaml", "-o", "x.xlsx").code == 0
    assert cli("figures", "a.yaml", "b.yaml", "-o", "x.csv").code == 0
    book = openpyxl.load_workbook("x.xlsx")
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == name]
    assert len(found) == 4
    assert {cell.data_type for cell in found} == {"s"}
    assert f",'{name},'{name}," in Path("x.csv").read_text("utf-8-sig")


def test_nothing_is_written_over(cli: Cli, report: Path) -> None:
    """The same table again is no mistake; another one is kept, and with ``--force`` a copy of it."""
    for name in ("x.xlsx", "x.csv"):
        assert cli("figures", "a.yaml", "-o", name).code == 0
        before = (report / name).read_bytes()
        (report / name).touch()
        assert cli("figures", "a.yaml", "-o", name) == (0, f"{name}\n", "")
        assert (report / name).read_bytes() == before
        (report / name).write_bytes(b"mine")
        refused = cli("figures", "a.yaml", "-o", name)
        assert (refused.code, refused.out) == (2, "")
        assert f"{name}: 错误 指标清单已经存在，没有覆盖。 [exists]" in refused.err
        assert (report / name).read_bytes() == b"mine"
        assert cli("figures", "a.yaml", "-o", name, "--force").code == 0
        assert (report / name).read_bytes() == before
        assert (report / f"{name}.bak").read_bytes() == b"mine"
    assert {path.name for path in report.iterdir()} == {"a.yaml", "x.xlsx", "x.xlsx.bak", "x.csv", "x.csv.bak"}


def test_other_endings(cli: Cli, report: Path) -> None:
    """Another ending is a mistake with a way out, before anything is listed."""
    for name in ("x.xls", "x.json", "x", "a.yaml"):
        refused = cli("figures", "a.yaml", "-o", name)
        assert (refused.code, refused.out) == (2, "")
        assert "指标清单只能写成 .xlsx 或 .csv。 [bad-output]" in refused.err
        assert "-o 指标清单.xlsx" in refused.err
    assert {path.name for path in report.iterdir()} == {"a.yaml"}


def test_the_source_is_not_written_over(cli: Cli, here: Path) -> None:
    """The sheet that a report draws its indicators from is never replaced by the list of them."""
    (here / "指标.csv").write_text("名称,数值,单位\n改厕,12,座\n", "utf-8")
    (here / "a.yaml").write_text(GENERAL + "指标文件: 指标.csv\n内容: 改厕{{ 改厕 }}。\n", "utf-8")
    refused = cli("figures", "a.yaml", "-o", "指标.csv", "--force")
    assert (refused.code, "[output-is-input]" in refused.err) == (2, True)
    (here / "镇.yaml").write_text("继承: a.yaml\n单位: 甲院\n", "utf-8")  # its base draws from it
    refused = cli("figures", "镇.yaml", "-o", "指标.csv", "--force")
    assert (refused.code, "[output-is-input]" in refused.err) == (2, True)
    assert (here / "指标.csv").read_text("utf-8").startswith("名称")


def test_a_name_within_the_name_of_words(cli: Cli, here: Path) -> None:
    """An indicator whose name begins that of words is not used by them."""
    report = "指标: {义诊: {数值: 3}}\n文字: {义诊特色: 甲}\n内容: '{{ 义诊特色 }}'\n"
    (here / "a.yaml").write_text(GENERAL + report, "utf-8")
    assert "没有用到的指标：义诊。" in cli("figures", "a.yaml").err


def test_form_and_output(cli: Cli, report: Path) -> None:
    """With ``-o`` the console names the file; a form that is asked for is printed besides."""
    done = cli("figures", "a.yaml", "-o", "x.xlsx", "--format", "json")
    assert done.code == 0
    assert len(json.loads(done.out)) == 5
    assert "x.xlsx" in done.err
    assert (report / "x.xlsx").exists()
    assert "没有写“-o”，“--force”没有用到。" in cli("figures", "a.yaml", "--force").err


def test_a_folder_that_is_none(cli: Cli, report: Path) -> None:
    """Where nothing can be written, that is told, and nothing is left there."""
    (report / "x.xlsx").mkdir()
    refused = cli("figures", "a.yaml", "-o", "x.xlsx", "--force")
    assert (refused.code, "[unwritable]" in refused.err) == (2, True)
    assert {path.name for path in report.iterdir()} == {"a.yaml", "x.xlsx"}


USES = """\
指标:
  正文用: {数值: 1}
  分句用: {数值: 1}
  公式用: {公式: 公式里的 + 1}
  公式里的: {数值: 1}
  分项用: {分项: [分项里的]}
  分项里的: {数值: 1}
  占比的: {数值: 1}
  占总数: {数值: 4}
  同比用: {数值: 1, 上年: 1}
  表里用: {数值: 1}
  指标表用: {数值: 1}
  说明用: {数值: 1, 说明: "含{{ 说明里的 }}"}
  说明里的: {数值: 1}
  负的: {数值: 1}
  最大的: {数值: 1}
  标题用: {数值: 1}
  写错的: {数值: 1}
  取负的: {数值: 1}
  没用: {公式: 只有没用的用, 说明: "含{{ 没用的说明里的 }}"}
  没用的说明里的: {数值: 1}
  只有没用的用: {数值: 1}
  引号里的: {数值: 1}
章节:
  - 标题: 共{{ 标题用 }}项
    内容:
      - 一{{ 正文用 }}[[，二{{ 分句用 }}]]三{{ 公式用 }}四{{ 分项用 }}。
      - 五{{ 占比的.占比(占总数) }}六{{ 同比用.同比 }}。
      - "{{ 说明用.说明 }}{{ 1 - 负的 }}{{ 最大(最大的, 2) }}{{ -取负的 }}{{ -写错的 + }}{{ \\"引号里的\\" }}"
      - 表格: {表头: [甲], 行: [["{{ 表里用 }}"]]}
      - 指标表: [指标表用]
"""


def test_unused(cli: Cli, here: Path) -> None:
    """An indicator is used by texts, clauses, cells, tables, and by what a used one is made of; all others are told."""
    (here / "a.yaml").write_text(GENERAL + USES, "utf-8")
    done = cli("figures", "a.yaml", "--format", "json")
    assert "没有用到的指标：没用、没用的说明里的、只有没用的用、引号里的。\n" in done.err
    marked = [row["指标"] for row in json.loads(done.out) if row["未用"] == "是"]
    assert marked == ["没用", "没用的说明里的", "只有没用的用", "引号里的"]
    (here / "a.yaml").write_text(GENERAL + USES + "附件: {标题: 表, 内容: {指标表: 全部}}\n", "utf-8")
    assert "没有用到" not in cli("figures", "a.yaml").err


def test_unused_in_all(cli: Cli, county: Path) -> None:
    """Of several files those are told that none of them uses; the texts of a base are those of the townships."""
    (county / "青山镇.yaml").write_text(
        "继承: 全区.yaml\n单位: 青山镇卫生院\n内容: 旧数{{ 旧数 }}。\n指标: {旧数: {数值: 1}}\n", "utf-8"
    )
    assert "没有用到的指标：旧数、健身点。" in cli("figures", "白石镇.yaml", "柳河镇.yaml").err
    assert "没有用到的指标：健身点。" in cli("figures", "白石镇.yaml", "柳河镇.yaml", "青山镇.yaml").err
    assert "没有用到的指标：旧数。" in cli("figures", "白石镇.yaml").err


def test_the_examples(cli: Cli, here: Path) -> None:
    """The examples fit 80 columns, and use their indicators but for two, which one of them has for next year."""
    shutil.copytree(ROOT / "examples", here / "examples")
    told = []
    for path in sorted((here / "examples").rglob("*.yaml")):
        done = cli("figures", path.relative_to(here))
        assert done.code == 0
        assert max(map(console.columns, done.out.splitlines())) <= 80
        told += [(path.name, line) for line in done.err.splitlines() if line.startswith("没有用到的指标")]
    assert told == [("实施方案.yaml", "没有用到的指标：县域内就诊率、平均住院日。")]
