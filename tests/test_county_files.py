"""A county's report and its townships' files: both arrangements, the same bytes from files and sheet, what is stale."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from healthreport.jobs import needs
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

EXAMPLE = "2022-全区.yaml"
COUNTY = """体裁: 年度工作总结
年度: 2022
日期: 2022-12-20
单位: 清河区卫生健康局
标题: 清河区2022年卫生健康工作总结
汇总来源: townships/
指标:
  改厕: {单位: 座}
  档案: {单位: 份}
  人口: {单位: 人}
  建档率: {公式: 档案 / 人口, 单位: "%"}
成绩: {标题: 工作, 内容: "全区改厕{{ 改厕 }}，同比{{ 改厕.同比 }}，建档率{{ 建档率 }}，{{ 改厕.最高 }}最多。"}
问题: {内容: 不足。}
计划: {内容: 打算。}
"""
BASE = """继承: 全县.yaml
成绩: {标题: 本镇的工作, 内容: "本镇改厕{{ 改厕 }}，建档率{{ 建档率 }}。"}
问题: {内容: 不足。}
计划: {内容: 打算。}
"""


def town(base: str, name: str, *figures: object, more: str = "") -> str:
    """Return a township's report."""
    toilets, last, files, people = figures
    return (
        f"继承: {base}\n单位: {name}\n{more}指标:\n  改厕: {{数值: {toilets}, 上年: {last}}}\n"
        f"  档案: {{数值: {files}}}\n  人口: {{数值: {people}}}\n"
    )


@pytest.fixture
def on_the_county(here: Path) -> Path:
    """Return a folder in which townships stand on a base of their own, which stands on the county's report."""
    (here / "townships").mkdir()
    (here / "全县.yaml").write_text(COUNTY, "utf-8")
    (here / "乡镇底稿.yaml").write_text(BASE, "utf-8")
    for name, figures in {"白石镇": (12, 10, 9, 10), "柳河镇": (6, 5, 18, 20)}.items():
        report = town("../乡镇底稿.yaml", f"{name}卫生院", *figures, more=f"简称: {name}\n")
        (here / "townships" / f"{name}.yaml").write_text(report, "utf-8")
    return here


def body(path: Path) -> list[str]:
    """Return the lines of a text file."""
    return [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]


def test_the_county_is_the_base(on_the_county: Path, cli: Cli) -> None:
    """Townships take definitions, head and layout from the county, and print their own text; it prints their sums."""
    assert cli("render", "全县.yaml", "--to", "txt", "-o", "全县.txt").code == 0
    assert body(on_the_county / "全县.txt")[0] == "清河区2022年卫生健康工作总结"
    assert "全区改厕18座，同比增长20%，建档率90%，白石镇（12座）最多。" in body(on_the_county / "全县.txt")
    made = cli("batch", "townships", "-o", "out")
    assert made.code == 0, made.err
    assert sorted(path.name for path in (on_the_county / "out").iterdir()) == ["柳河镇.docx", "白石镇.docx"]
    assert cli("render", "townships/白石镇.yaml", "--to", "txt", "-o", "白石镇.txt").code == 0
    lines = body(on_the_county / "白石镇.txt")
    assert lines[0] == "白石镇卫生院2022年工作总结"  # not the county's title
    assert "本镇改厕12座，建档率90%。" in lines
    assert lines[-1] == "2022年12月20日"


def test_a_township_without_a_text(on_the_county: Path, cli: Cli) -> None:
    """One that stands on the county's report itself has no text, and is told what to do; its figures count."""
    (on_the_county / "townships" / "青山镇.yaml").write_text(town("../全县.yaml", "青山镇卫生院", 2, 1, 1, 1), "utf-8")
    told = cli("render", "townships/青山镇.yaml", "-o", "青山镇.docx")
    assert told.code == 2
    assert "[no-text]" in told.err
    assert "请把各乡镇共用的正文写成一份底稿，里面写“继承: 全县.yaml”" in told.err
    assert cli("render", "全县.yaml", "--to", "txt", "-o", "全县.txt").code == 0
    assert any(line.startswith("全区改厕20座") for line in body(on_the_county / "全县.txt"))


def test_rows_on_a_county_without_a_text(on_the_county: Path, cli: Cli) -> None:
    """Rows laid over the county's report are told the same, once."""
    (on_the_county / "表.csv").write_text("单位,改厕（座）\n甲镇,1\n乙镇,2\n", "utf-8")
    told = cli("batch", "全县.yaml", "--data", "表.csv", "-o", "out")
    assert told.code != 0
    assert told.err.count("[no-text]") == 1


def test_what_lies_in_the_folder_and_is_no_township(on_the_county: Path, cli: Cli) -> None:
    """The county's own report and bases may lie among the townships; they are told and not counted."""
    folder = on_the_county / "townships"
    (folder / "全县.yaml").write_text(COUNTY.replace("townships/", "."), "utf-8")
    (folder / "底稿.yaml").write_text(BASE, "utf-8")
    (folder / "草稿.yaml").write_text("体裁: 通用\n标题: 草稿\n内容: 甲。\n", "utf-8")
    for path in folder.glob("*镇.yaml"):
        path.write_text(path.read_text("utf-8").replace("../乡镇底稿.yaml", "底稿.yaml"), "utf-8")
    made = cli("render", "townships/全县.yaml", "--to", "txt", "-o", "全县.txt")
    assert made.code == 0
    assert "文件夹里的全县.yaml、底稿.yaml、草稿.yaml是全县自己的报告、别的报告的底稿，或没有写“单位”的草稿" in made.err
    assert any(line.startswith("全区改厕18座") for line in body(on_the_county / "全县.txt"))


def test_a_draft_that_counts_as_a_township(on_the_county: Path, cli: Cli) -> None:
    """A report on a base without 单位 is a township by its file's name, which is told: it may be a draft."""
    draft = on_the_county / "townships" / "草稿.yaml"
    draft.write_text("继承: ../乡镇底稿.yaml\n指标: {改厕: {数值: 5}}\n", "utf-8")
    for made in (cli("render", "全县.yaml", "--to", "txt"), cli("rollup", "全县.yaml")):
        assert made.code == 0
        assert made.err.count("文件夹里的草稿.yaml没有写“单位”，按文件名当作乡镇，数也加了进去。 [named-by-file]") == 1
    assert any(line.startswith("全区改厕23座") for line in body(on_the_county / "全县.txt"))
    draft.rename(on_the_county / "草稿.yaml")
    assert "named-by-file" not in cli("render", "全县.yaml", "--to", "txt", "--force").err
    assert any(line.startswith("全区改厕18座") for line in body(on_the_county / "全县.txt"))


def test_the_example_from_files_and_from_the_sheet(here: Path, cli: Cli) -> None:
    """The county of the examples is the same, byte by byte, from its six townships' files and from their sheet."""
    shutil.copytree(ROOT / "examples" / "townships", here / "townships")
    shutil.copy(ROOT / "examples" / "乡镇.xlsx", here)
    example = (ROOT / "examples" / EXAMPLE).read_text("utf-8")
    assert "{来源: 乡镇.xlsx, " in example
    made = []
    for source in ("乡镇.xlsx", "townships/"):
        (here / EXAMPLE).write_text(example.replace("{来源: 乡镇.xlsx, ", f"{{来源: {source}, "), "utf-8")
        assert cli("render", EXAMPLE, "-o", "全区.docx", "--force").code == 0
        made.append((here / "全区.docx").read_bytes())
    assert made[0] == made[1]


def test_decimals_are_kept_from_files_and_from_the_sheet(here: Path, cli: Cli) -> None:
    """8.40 is printed with the decimals it was written with, beside a masked figure too; 12.0 of a count is 12."""
    figures = {"甲镇": ("8.40", "12.0", "92.50"), "乙镇": ("1*", "3", "90.00"), "丙镇": ("7.1", "5", "88.25")}
    (here / "镇").mkdir()
    for name, (fees, toilets, rate) in figures.items():
        own = f"费用: {{单位: 元, 数值: '{fees}'}}, 改厕: {{单位: 座, 数值: {toilets}}}"
        own += f", 率: {{单位: '%', 数值: {rate}}}"
        head = f"体裁: 通用\n标题: 无\n单位: {name}\n内容: 甲。\n"
        (here / "镇" / f"{name}.yaml").write_text(f"{head}指标: {{{own}}}\n", "utf-8")
    rows = "".join(f"{name},{','.join(of_one)}\n" for name, of_one in figures.items())
    (here / "镇.csv").write_text("单位,费用（元）,改厕（座）,率（%）\n" + rows, "utf-8")
    says = "{{ 费用 }}，{{ 费用.前(2) }}，{{ 改厕.最高 }}，{{ 率.前(3) }}"
    for source in ("镇/", "镇.csv"):
        report = f"体裁: 通用\n标题: 无\n汇总来源: {source}\n指标:\n  费用: {{单位: 元}}\n  改厕: {{单位: 座}}\n"
        report += f'  率: {{单位: "%", 汇总方式: 平均}}\n内容: "{says}"\n'
        (here / "全县.yaml").write_text(report, "utf-8")
        assert cli("render", "全县.yaml", "--to", "txt", "--force").code == 0
        assert body(here / "全县.txt") == [
            "15.50元，甲镇（8.40元）、丙镇（7.1元），甲镇（12座），甲镇（92.50%）、乙镇（90.00%）、丙镇（88.25%）"
        ]


def test_a_changed_figure_makes_the_report_stale(on_the_county: Path, cli: Cli) -> None:
    """The digest holds the figures: changed ones, a new township, another order of a table in the source's order."""
    county = on_the_county / "全县.yaml"
    county.write_text(COUNTY.replace("townships/", "表.csv") + "附件: {标题: 表, 内容: {乡镇表: [改厕]}}\n", "utf-8")
    sheet = on_the_county / "表.csv"
    head = "单位,改厕（座）,改厕上年（座）,档案（份）,人口（人）\n"
    seen = set()
    for rows in ("甲镇,1,1,1,1\n乙镇,2,1,1,1\n", "甲镇,1,1,1,1\n乙镇,3,1,1,1\n", "乙镇,2,1,1,1\n甲镇,1,1,1,1\n"):
        sheet.write_text(head + rows, "utf-8")
        assert cli("render", "全县.yaml", "-o", "全县.docx", "--force").code == 0
        seen.add((on_the_county / "全县.docx").read_bytes())
    assert len(seen) == 3


def test_the_list_of_those_expected(on_the_county: Path, cli: Cli) -> None:
    """应报 names those that are to send figures: who is missing is told, who is not named too, and its order holds."""
    (on_the_county / "名单.txt").write_text("柳河镇卫生院\n青山镇卫生院\n", "utf-8")
    source = "汇总来源: {来源: townships/, 应报: 名单.txt}\n附件: {标题: 表, 内容: {乡镇表: [改厕]}}"
    text = COUNTY.replace("汇总来源: townships/", source).replace("{{ 改厕.最高 }}最多", "{{ 改厕.上报数 }}上报")
    (on_the_county / "全县.yaml").write_text(text, "utf-8")
    made = cli("render", "全县.yaml", "--to", "txt", "-o", "全县.txt")
    assert made.code == 0
    assert "“白石镇卫生院”不在应报的名单里，也加了进去" in made.err
    assert "缺青山镇卫生院" in made.err
    lines = body(on_the_county / "全县.txt")
    assert any("2/3个乡镇上报" in line for line in lines)
    assert lines[-3:] == ["乡镇\t改厕（座）", "柳河镇\t6", "白石镇\t12"]


def test_what_a_county_asks_for(on_the_county: Path) -> None:
    """The sheet for the townships asks for what the county's text uses: last year's where there is growth."""
    asked = {one.name: one.keys for one in needs.of(inherit.base(on_the_county / "全县.yaml", Reader()))}
    assert asked == {"改厕": ("数值", "上年"), "档案": ("数值",), "人口": ("数值",)}


def test_the_sheet_for_a_county(on_the_county: Path, cli: Cli) -> None:
    """The empty sheet of a county's report asks no target of a rate, and the way on from it works."""
    text = COUNTY.replace("{{ 改厕.最高 }}最多", "{{ 改厕.完成目标数 }}完成，{{ 建档率.完成目标数 }}达标")
    (on_the_county / "全县.yaml").write_text(text.replace('单位: "%"', '单位: "%", 目标: ≥90'), "utf-8")
    made = cli("sheet", "全县.yaml", "-o", "空表.csv", "--towns", "townships")
    assert "填好后把“汇总来源”写成这张表，再生成：healthreport render 全县.yaml" in made.err
    head, below, *rows = (on_the_county / "空表.csv").read_text("utf-8-sig").splitlines()
    assert (head, below) == ("单位,改厕（座）,,,档案（份）,人口（人）", ",数值,目标,上年,,")
    filled = [f"{row.split(',')[0]},12,10,11,9,10" for row in rows]
    (on_the_county / "空表.csv").write_text("\n".join([head, below, *filled]), "utf-8")
    county = (on_the_county / "全县.yaml").read_text("utf-8").replace("汇总来源: townships/", "汇总来源: 空表.csv")
    (on_the_county / "全县.yaml").write_text(county, "utf-8")
    assert cli("render", "全县.yaml", "--to", "txt", "-o", "全县.txt").code == 0
    assert any("2个乡镇完成，2个乡镇达标" in line for line in body(on_the_county / "全县.txt"))


def test_a_report_of_another_year(on_the_county: Path, cli: Cli) -> None:
    """A township's report of another year is refused, where it says so, and not added."""
    path = on_the_county / "townships" / "柳河镇.yaml"
    path.write_text("年度: 2021\n" + path.read_text("utf-8"), "utf-8")
    told = cli("render", "全县.yaml", "-o", "全县.docx")
    assert told.code == 2
    assert "柳河镇.yaml:1:5: 错误 这份报告是2021年的，全县的报告是2022年的。 [wrong-year]" in told.err


@pytest.mark.parametrize(
    ("county", "town", "told"),
    [
        ("", "期间: 上半年\n", "这份报告是上半年的，全县的报告要的是2022年的数。 [wrong-period]"),
        ("期间: 1—9月\n", "期间: 上半年\n", "全县的报告要的是2022年1—9月的数。 [wrong-period]"),
        ("期间: 1—6月\n", "期间: 上半年\n", ""),
        ("期间: 上半年\n", "", ""),
        ("", "期间: 全年\n", ""),
        ("", "期间: 创建期\n", ""),
    ],
)
def test_a_report_of_other_months(county: str, town: str, told: str, on_the_county: Path, cli: Cli) -> None:
    """A township's half year is refused, where it says so, and not added to the others' year."""
    (on_the_county / "全县.yaml").write_text(COUNTY.replace("年度: 2022\n", f"年度: 2022\n{county}"), "utf-8")
    path = on_the_county / "townships" / "白石镇.yaml"
    path.write_text(path.read_text("utf-8").replace("单位:", f"{town}单位:"), "utf-8")
    made = cli("render", "全县.yaml")
    assert made.code == (2 if told else 0)
    assert told in made.err
    assert ("townships/白石镇.yaml:2:" in made.err) is bool(told)


def test_parts_of_files(on_the_county: Path, cli: Cli) -> None:
    """分项 of townships' files are added part by part, and so is what they come to."""
    county = COUNTY.replace("  改厕: {单位: 座}\n", "  改厕: {单位: 座}\n  签约: {单位: 人}\n")
    text = county.replace("建档率{{ 建档率 }}，", "签约{{ 签约 }}，其中新签{{ 签约.新签 }}，")
    (on_the_county / "全县.yaml").write_text(text, "utf-8")
    for number, path in enumerate(sorted((on_the_county / "townships").glob("*.yaml")), 1):
        more = f"  签约: {{分项: {{新签: {number}, 续签: 10}}}}\n"
        path.write_text(path.read_text("utf-8") + more, "utf-8")
    made = cli("render", "全县.yaml", "--to", "txt", "-o", "全县.txt")
    assert made.code == 0, made.err
    assert any("签约23人，其中新签3人" in line for line in body(on_the_county / "全县.txt"))


def test_what_a_county_asks_of_last_year(here: Path) -> None:
    """A county's 上年 of a rate is made of that of its parts, of a mean that is weighed also of the weights'."""
    indicators = """指标:
  档案: {单位: 份}
  人口: {单位: 人}
  建档率: {公式: 档案 / 人口, 单位: "%"}
  满意度: {单位: "%", 汇总方式: 加权（人口）}
  培训: {单位: 期, 汇总方式: 不汇总}
"""
    text = '成绩: {标题: 工作, 内容: "建档率{{ 建档率.增减 }}，满意度{{ 满意度.增减 }}，培训{{ 培训.同比 }}。"}\n'
    head = "体裁: 年度工作总结\n年度: 2022\n单位: 清河区卫生健康局\n汇总来源: 乡镇.csv\n"
    (here / "全县.yaml").write_text(head + indicators + text, "utf-8")
    asked = needs.of(inherit.base(here / "全县.yaml", Reader()))
    both = ("数值", "上年")
    assert [(need.name, need.keys) for need in asked] == [("档案", both), ("人口", both), ("满意度", both)]


@pytest.mark.parametrize("in_base", ["公式: 档案 / 人口, ", ""], ids=["computed in the base", "typed in the base"])
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("90", ""),
        ("90%", ""),
        ("91", "“建档率”写的是91%，按全县的公式由这一份的数算是90.0%。"),
        ("91.25%", "“建档率”写的是91.25%，按全县的公式由这一份的数算是90.00%。"),
        ("约91", ""),
    ],
)
def test_a_value_typed_for_a_formula(in_base: str, typed: str, told: str, on_the_county: Path, cli: Cli) -> None:
    """What the county computes is made of its townships' figures; a value that one typed for it is compared, and told.

    The township need not be given the formula by its base.
    """
    head, _ = COUNTY.replace("汇总来源: townships/\n", "").replace("公式: 档案 / 人口, ", in_base).split("成绩")
    (on_the_county / "乡镇底稿.yaml").write_text(head + BASE.replace("继承: 全县.yaml\n", ""), "utf-8")
    path = on_the_county / "townships" / "白石镇.yaml"
    path.write_text(path.read_text("utf-8") + f"  建档率: {{数值: {typed}}}\n", "utf-8")
    done = cli("render", "全县.yaml", "--to", "txt", "-o", "全县.txt")
    assert done.code == 0, done.err
    assert any("建档率90%，" in line for line in body(on_the_county / "全县.txt"))
    assert ("derived-mismatch" in done.err) is bool(told)
    if told:
        assert f"townships/白石镇.yaml:8:13: 警告 {told} [derived-mismatch]" in done.err
        assert "→ 全县的由各数的合计算，没有用写的；请核对这一份的数。" in done.err


def test_a_value_typed_without_what_it_is_made_of(on_the_county: Path, cli: Cli) -> None:
    """A township that typed its rate and not the figures has no share in the county's, as any that lacks them."""
    path = on_the_county / "townships" / "白石镇.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines() if "档案" not in line]
    path.write_text("\n".join([*lines, "  建档率: {数值: 95}", ""]), "utf-8")
    done = cli("render", "全县.yaml", "--to", "txt", "-o", "全县.txt")
    assert done.code == 0, done.err
    assert any("建档率90%，" in line for line in body(on_the_county / "全县.txt"))
    assert "“档案”只汇总了1个乡镇，缺白石镇。" in done.err
    assert "derived-mismatch" not in done.err
