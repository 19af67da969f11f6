"""``rollup``: townships down, indicators across, what it comes to, and how: on the terminal, as workbook, as text."""

from __future__ import annotations

import io
import json
import re
import shutil
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport import pipeline
from healthreport.cli import console
from healthreport.jobs.rollup import workbook
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources
from healthreport.townships import rolled_up
from helpers import GENERAL, ROOT

if TYPE_CHECKING:
    from decimal import Decimal

    from conftest import Cli

COUNTY = (
    GENERAL
    + """\
年度: 2022
单位: 清河区卫生健康局
汇总来源: {来源: 乡镇.csv, 应报: 名单.txt, 称: 乡镇}
指标:
  常住人口: {单位: 人}
  健康档案: {单位: 份}
  建档率: {公式: 健康档案 / 常住人口, 单位: "%", 小数位: 1}
  经费: {单位: 万元}
  人均经费: {公式: 经费 / 常住人口, 单位: 元}
  满意度: {单位: "%", 汇总方式: 加权（常住人口）}
  最大病区: {单位: 张, 汇总方式: 最大}
  死亡率: {单位: /10万, 越低越好: 是, 汇总方式: 平均}
  农村改厕: {单位: 座}
  补助: {数值: 30, 单位: 万元}
  候诊: {单位: 分钟, 汇总方式: 不汇总}
内容: 常住人口{{ 常住人口 }}，建档率{{ 建档率 }}，人均{{ 人均经费 }}，改厕{{ 农村改厕 }}，同比{{ 农村改厕.同比 }}。
"""
)
SHEET = """\
单位,简称,常住人口,健康档案,经费（万元）,满意度（%）,满意度上年（%）,最大病区,死亡率,死亡率目标,农村改厕,农村改厕任务,农村改厕上年,补助,候诊
白石镇卫生院,白石镇,28640,26380,120.5,92.1,90,40,12,≤15,186,180,170,10,25
柳河镇卫生院,柳河镇,35210,,98.25,88.4,,60,18,≤15,240,230,260,12,30
青山镇卫生院,青山镇,19875,18240,60,,91.5,35,9.5,<12,13*,130,100,8,
河湾乡卫生院,河湾乡,14320,13190,,90,90,,12,,98,100,96,,20
"""
NAMES = "白石镇\n柳河镇\n青山镇\n河湾乡\n马家沟乡\n"


@pytest.fixture
def county(here: Path) -> Path:
    """Work in a folder with a county whose townships lack this and that."""
    (here / "全区.yaml").write_text(COUNTY, "utf-8")
    (here / "乡镇.csv").write_text(SHEET, "utf-8")
    (here / "名单.txt").write_text(NAMES, "utf-8")
    return here


@pytest.fixture
def towns(here: Path) -> Path:
    """Work in a folder with the example's townships and their sheet."""
    shutil.copytree(ROOT / "examples" / "townships", here / "乡镇")
    shutil.copy(ROOT / "examples" / "乡镇.xlsx", here / "乡镇.xlsx")
    return here


def made(path: Path) -> rolled_up.RolledUp:
    """Return what a county's report comes to."""
    reader = Reader()
    return rolled_up.of(pipeline.built_of(inherit.load(path, reader), Resources(reader=reader)))


def cells(path: Path, *, computed: bool) -> dict[tuple[str, str], dict[str, Any]]:
    """Return a workbook's columns by indicator and key: the cells of each row by the township, as formulas or not."""
    book = openpyxl.load_workbook(path, data_only=computed)
    first, second, *rows = book.active.iter_rows(values_only=True)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    above = ""
    for at, below in enumerate(second):
        above = str(first[at] or above)
        name = re.sub("（.*", "", above)
        found[name, below or "数值"] = {row[0]: row[at] for row in rows if row[0]}
    return found


class Excel:
    """Computes the formulas of a workbook as Excel does, as far as ours go; it shares nothing with what wrote them."""

    def __init__(self, path: Path) -> None:
        self._sheet: Any = openpyxl.load_workbook(path).active
        self._stored: Any = openpyxl.load_workbook(path, data_only=True).active
        self.formulas = [
            cell for row in self._sheet.iter_rows() for cell in row if str(cell.value or "").startswith("=")
        ]

    def computed(self, name: str) -> float:
        """Return what a cell's formula comes to, from the formulas below it, never from what is stored."""
        return float(self._evaluate(str(self._sheet[name].value)[1:]))

    def stored(self, name: str) -> float:
        """Return what is stored beside a formula."""
        return float(self._stored[name].value)

    def _value(self, name: str) -> Any:
        value = self._sheet[name].value
        return self.computed(name) if str(value or "").startswith("=") else value

    def _area(self, text: str) -> list[Any]:
        return [self._value(cell.coordinate) for row in self._sheet[text.replace("$", "")] for cell in row]

    def _evaluate(self, text: str) -> float:
        names: dict[str, Any] = {"SUM": _sum, "AVERAGE": _average, "MAX": _most, "MIN": _least, "RANK": _rank}
        names |= {"SUMPRODUCT": _sum_product, "ISNUMBER": _Flags, "area": self._area, "value": self._value}
        code = re.sub(r"([A-Z]+\$?\d+:[A-Z]+\$?\d+)", r"area('\1')", text)
        code = re.sub(r"(?<!['A-Z:$])\b([A-Z]{1,2}\d+)\b(?!')", r"value('\1')", code)
        return float(eval(code, {"__builtins__": {}}, names))  # noqa: S307 -- a formula that we wrote


class _Flags(list[float]):
    """Whether cells are numbers; twice negated they are ones and noughts."""

    def __init__(self, area: list[Any]) -> None:
        super().__init__(float(isinstance(one, int | float)) for one in area)

    def __neg__(self) -> _Flags:
        return self


def _numbers(given: tuple[Any, ...]) -> list[float]:
    flat = [one for each in given for one in (each if isinstance(each, list) else [each])]
    return [one for one in flat if isinstance(one, int | float)]


def _sum(*given: Any) -> float:
    return sum(_numbers(given))


def _average(*given: Any) -> float:
    return sum(_numbers(given)) / len(_numbers(given))


def _most(*given: Any) -> float:
    return max(_numbers(given))


def _least(*given: Any) -> float:
    return min(_numbers(given))


def _rank(value: float, area: list[Any], order: int) -> int:
    numbers = _numbers((area,))
    return 1 + sum((one < value) if order else (one > value) for one in numbers)


def _sum_product(*areas: list[Any]) -> float:
    total = 0.0
    for row in zip(*areas, strict=True):
        product = 1.0
        for one in row:
            product *= one if isinstance(one, int | float) else 0
        total += product
    return total


def test_terminal(cli: Cli, towns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The townships and their base alone are enough: values, the sum, what it is held against; no line is too wide."""
    assert towns
    monkeypatch.setenv("COLUMNS", "100")
    done = cli("rollup", "乡镇")
    assert done.code == 0
    assert max(map(console.columns, done.out.splitlines())) <= 100
    rows = {line.split()[0]: line.split()[1:] for line in done.out.splitlines() if line.split()}
    assert {"白石镇卫生院", "马家沟乡卫生院", "合计", "目标", "完成率", "上年", "同比增长"} <= rows.keys()
    assert "1005" in done.out
    assert "102.6%" in rows["完成率"]
    assert "3.5%" in rows["同比增长"]
    assert "-o 汇总.xlsx" in done.err


@pytest.mark.parametrize("width", [40, 80, 200])
def test_fits(width: int, cli: Cli, county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A narrow terminal gets several tables below one another, each with the names."""
    assert county
    monkeypatch.setenv("COLUMNS", str(width))
    out = cli("rollup", "全区.yaml").out
    assert max(map(console.columns, out.splitlines())) <= width
    assert out.count("白石镇") == out.count("合计") == len(out.strip().split("\n\n"))


def test_gaps_are_told(cli: Cli, county: Path) -> None:
    """Who has not sent anything, of how many townships a sum is, and what the report says itself."""
    assert county
    told = cli("rollup", "全区.yaml").err
    assert "还没有报的：马家沟乡。" in told
    assert "“建档率”的合计只有3/5个乡镇，缺柳河镇。" in told
    assert "“农村改厕”的合计只有3/5个乡镇，缺青山镇。" in told
    assert "“补助”的合计是报告里写的，不是由各乡镇来的。" in told


def test_workbook(cli: Cli, county: Path) -> None:
    """Every sum, quotient, growth and rank is a formula of Excel; rates are taken over those that have both sides."""
    done = cli("rollup", "全区.yaml", "-o", "汇总.xlsx")
    assert done.code == 0, done.err
    formulas, values = cells(county / "汇总.xlsx", computed=False), cells(county / "汇总.xlsx", computed=True)
    assert formulas["常住人口", "数值"]["合计"] == "=SUM(C3:C6)"
    assert values["常住人口", "数值"]["合计"] == 98045
    assert formulas["建档率", "数值"]["白石镇卫生院"] == "=E3/C3"
    both = "--ISNUMBER(E3:E6),--ISNUMBER(C3:C6)"
    assert formulas["建档率", "数值"]["合计"] == f"=E7/SUMPRODUCT({both},C3:C6)"
    assert values["建档率", "数值"]["合计"] == pytest.approx(57810 / 62835)
    assert values["建档率", "数值"]["柳河镇卫生院"] is None
    assert values["人均经费", "数值"]["白石镇卫生院"] == pytest.approx(1205000 / 28640)
    assert values["满意度", "数值"]["合计"] == pytest.approx(
        (0.921 * 28640 + 0.884 * 35210 + 0.9 * 14320) / (28640 + 35210 + 14320)
    )
    assert formulas["最大病区", "数值"]["合计"] == "=MAX(Q3:Q6)"
    assert formulas["死亡率", "数值"]["合计"].startswith("=AVERAGE(")
    assert [*values["死亡率", "排名"].values()][:4] == [2, 4, 1, 2]
    targets = [values["死亡率", "目标"][f"{name}卫生院"] for name in ("白石镇", "柳河镇", "青山镇", "河湾乡")]
    assert targets == ["≤15", "≤15", "<12", None]
    assert values["农村改厕", "数值"]["青山镇卫生院"] == "13*"
    assert values["农村改厕", "数值"]["合计"] == 524
    assert values["农村改厕", "完成率"]["合计"] == pytest.approx(524 / 510)
    assert values["农村改厕", "同比增长"]["合计"] == pytest.approx((524 - 526) / 526)
    assert formulas["农村改厕", "同比增长"]["白石镇卫生院"].startswith("=(")
    assert values["满意度", "增减百分点"]["白石镇卫生院"] == pytest.approx(2.1)
    assert values["满意度", "增减百分点"]["合计"] is None
    assert "没有一个乡镇“满意度”和它的上年都有数，不到应报5个的一半" in done.err
    assert formulas["补助", "数值"]["合计"] == 30
    assert values["候诊", "数值"]["合计"] is None
    assert any(name.startswith("注：还没有报的：马家沟乡") for name in values["常住人口", "数值"])


def test_formulas_come_to_what_is_stored(cli: Cli, county: Path, towns: Path) -> None:
    """Each formula, computed by another hand, gives the value that is stored beside it."""
    assert towns
    for source, least in (("全区.yaml", 50), ("乡镇", 90)):
        assert cli("rollup", source, "-o", f"{source}汇总.xlsx").code == 0
        excel = Excel(county / f"{source}汇总.xlsx")
        assert len(excel.formulas) > least
        for cell in excel.formulas:
            name = cell.coordinate
            assert excel.computed(name) == pytest.approx(excel.stored(name), rel=1e-12, abs=1e-12), (name, cell.value)


AMOUNTS = st.none() | st.integers(0, 10**6) | st.decimals(0, 10**4, places=2)


@settings(max_examples=40)
@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=7))
def test_totals_are_exact(rows: list[tuple[Decimal | int | None, ...]]) -> None:
    """Sums, quotients and growth are those of fractions over the townships that have all it takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        indicators = "  甲: {单位: 元}\n  乙: {单位: 人}\n  丙: {公式: 甲 / 乙, 单位: 元}\n"
        report = f"{GENERAL}汇总来源: 表.csv\n指标:\n{indicators}内容: 甲。\n"
        (folder / "全区.yaml").write_text(report, "utf-8")
        lines = [f"第{at}镇,{','.join('' if one is None else str(one) for one in row)}" for at, row in enumerate(rows)]
        (folder / "表.csv").write_text("单位,甲,乙,甲上年,甲目标\n" + "\n".join(lines) + "\n", "utf-8")
        if not any(one is not None for row in rows for one in row):
            return
        found = {(one.indicator, one.key): one for one in made(folder / "全区.yaml").columns}

    def over(numerator: int, denominator: int) -> tuple[Fraction, Fraction, int]:
        both = [row for row in rows if row[numerator] is not None and row[denominator] is not None]
        tops, bottoms = ([Fraction(row[at] or 0) for row in both] for at in (numerator, denominator))
        return sum(tops, Fraction(0)), sum(bottoms, Fraction(0)), len(both)

    given_values = [Fraction(row[0]) for row in rows if row[0] is not None]
    if given_values:
        assert found["甲", "数值"].total == sum(given_values)
        assert found["甲", "数值"].rests == len(given_values)
    top, bottom, count = over(0, 1)
    if ("丙", "数值") in found and count * 2 >= len(rows) and bottom:
        assert found["丙", "数值"].total == top / bottom
    top, bottom, count = over(0, 2)
    if ("甲", "同比增长") in found and count * 2 >= len(rows):
        assert found["甲", "同比增长"].total == (100 * (top - bottom) / bottom if bottom else None)
    top, bottom, count = over(0, 3)
    if ("甲", "完成率") in found and count * 2 >= len(rows):
        assert found["甲", "完成率"].total == (100 * top / bottom if bottom else None)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_reads_back(suffix: str, cli: Cli, county: Path) -> None:
    """The same report has the same figures, and says the same, from what was written as from where it came."""
    before = cli("figures", "全区.yaml", "--format", "csv").out
    assert cli("rollup", "全区.yaml", "-o", f"汇总.{suffix}").code == 0
    (county / "又.yaml").write_text(COUNTY.replace("乡镇.csv", f"汇总.{suffix}"), "utf-8")
    after = cli("figures", "又.yaml", "--format", "csv").out.replace("又.yaml", "全区.yaml")
    assert after == before
    first = {(one.indicator, one.key): one for one in made(county / "全区.yaml").columns}
    again = {(one.indicator, one.key): one for one in made(county / "又.yaml").columns}
    assert again.keys() == first.keys()
    for key, column in first.items():
        assert (again[key].total, again[key].texts) == (column.total, column.texts)
        assert [*again[key].figures] == [*column.figures]


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_its_own_totals_are_right(suffix: str, cli: Cli, county: Path) -> None:
    """A total may be over the townships that have both figures, as those of rollup are: read back, none is wrong."""
    assert cli("rollup", "全区.yaml", "-o", f"汇总.{suffix}").code == 0
    (county / "又.yaml").write_text(COUNTY.replace("乡镇.csv", f"汇总.{suffix}"), "utf-8")
    assert "mismatch" not in cli("figures", "又.yaml").err


def test_a_total_that_is_neither(cli: Cli, county: Path) -> None:
    """A total's completion and rate may be of the row or of those that have both; another one is told."""
    head = "单位,农村改厕,农村改厕任务,农村改厕完成率,常住人口,健康档案,建档率\n"
    towns = "白石镇,186,180,103.3%,100,90,90%\n柳河镇,,230,,200,,\n"
    for total, told in (
        ("合计,186,410,45.4%,300,90,30%\n", []),
        ("合计,186,410,103.3%,300,90,90%\n", []),
        ("合计,186,410,80%,300,90,60%\n", ["“农村改厕”的完成率，表里是80%", "“建档率”的数值，表里是60%"]),
    ):
        (county / "乡镇.csv").write_text(head + towns + total, "utf-8")
        err = cli("figures", "全区.yaml").err
        assert err.count("[derived-mismatch]") == len(told)
        assert all(one in err for one in told)


def test_batch_of_what_was_rolled_up(cli: Cli, towns: Path) -> None:
    """Each township's document is the same from the rolled-up sheet; its total, ranks and growth are nobody's."""
    assert cli("rollup", "乡镇", "-o", "汇总.xlsx").code == 0
    done = cli("batch", "乡镇/全区.yaml", "--data", "汇总.xlsx", "-o", "甲")
    assert done.code == 0, done.err
    assert "6个单位" in done.err
    assert "不是单位的行：合计“合计”" in done.err
    assert "核对的列：建档率（%） / 数值" in done.err
    assert "没有用的列：常住人口（人） / 排名" in done.err
    assert len([*(towns / "甲").glob("*.docx")]) == 6


def test_yaml(cli: Cli, county: Path) -> None:
    """As 指标文件 in the place of 汇总来源 it gives the same; what only some townships have is left out, and told."""
    done = cli("rollup", "全区.yaml", "-o", "汇总.yaml")
    assert done.code == 0
    text = (county / "汇总.yaml").read_text("utf-8")
    assert "# 还没有报的：马家沟乡。" in text
    assert "农村改厕: {数值: 13*" in text
    (left_out,) = [line for line in done.err.splitlines() if "没有写进来的" in line]
    assert "“健康档案”、" in left_out
    assert "汇总来源: 汇总.xlsx" in left_out
    assert f"# {left_out}" in text
    (county / "又.yaml").write_text(re.sub("汇总来源: .*", "指标文件: 汇总.yaml", COUNTY), "utf-8")
    values = [
        {row["指标"]: (row["数值"], row["上年"]) for row in json.loads(cli("figures", name, "--format", "json").out)}
        for name in ("全区.yaml", "又.yaml")
    ]
    for name in ("常住人口", "补助"):
        assert values[1][name] == values[0][name]
    for name in ("健康档案", "建档率", "农村改厕"):  # a rate of 3 townships' files by the people of 4 is nobody's
        assert not values[1][name][0]


def test_yaml_of_a_mean(cli: Cli, here: Path) -> None:
    """A mean is written as it is printed, and that what is computed of it may differ is told, if it is rounded."""
    report = f"{GENERAL}汇总来源: 表.csv\n指标: {{满意率: {{单位: '%', 汇总方式: 平均}}}}\n内容: 甲。\n"
    (here / "全区.yaml").write_text(report, "utf-8")
    told = []
    for last in ("91", "90"):
        rows = f"东镇,80,70\n西镇,81,71\n南镇,81,{last}\n"
        (here / "表.csv").write_text(f"单位,满意率（%）,满意率上年（%）\n{rows}", "utf-8")
        done = cli("rollup", "全区.yaml", "-o", "汇总.yaml", "--force")
        told.append([line.partition("。")[0] for line in done.err.splitlines() if line.startswith("四舍五入了的")])
        assert "# 四舍五入了的" in (here / "汇总.yaml").read_text("utf-8")
    assert told == [["四舍五入了的：“满意率”、“满意率”的上年"], ["四舍五入了的：“满意率”"]]


def test_yaml_of_all(cli: Cli, here: Path) -> None:
    """Where every township gave every figure, the file of indicators says all that 汇总来源 says."""
    indicators = "  甲: {单位: 人}\n  乙: {单位: 人}\n  率: {公式: 甲 / 乙, 单位: '%'}\n"
    indicators += "  新签: {单位: 人}\n  续签: {单位: 人}\n  签约: {单位: 人, 分项: [新签, 续签]}\n"
    says = "内容: '{{ 甲 }}，{{ 甲.同比 }}，{{ 甲.完成率 }}，{{ 率 }}，{{ 签约 }}，{{ 签约.新签 }}'\n"
    sheet = "单位,甲,甲上年,甲目标,乙,新签,续签\n东镇,1,2,3,4,5,6\n西镇,7,6,5,8,3,2\n"
    (here / "表.csv").write_text(sheet, "utf-8")
    for name, source in (("全区", "汇总来源: 表.csv"), ("又", "指标文件: 汇总.yaml")):
        (here / f"{name}.yaml").write_text(f"{GENERAL}{source}\n指标:\n{indicators}{says}", "utf-8")
    done = cli("rollup", "全区.yaml", "-o", "汇总.yaml")
    assert "没有写进来的" not in done.err
    for name in ("全区", "又"):
        rendered = cli("render", f"{name}.yaml", "-o", f"{name}.txt")
        assert rendered.code == 0, rendered.err
    assert (here / "又.txt").read_text("utf-8") == (here / "全区.txt").read_text("utf-8")


def test_gaps_of_comparisons(cli: Cli, here: Path) -> None:
    """A growth of fewer townships than the total beside it says so; of a weighed mean, who lacks the weight."""
    indicators = "  甲: {单位: 人}\n  人: {单位: 人}\n  率: {单位: '%', 汇总方式: 加权（人）}\n"
    (here / "全区.yaml").write_text(f"{GENERAL}汇总来源: 表.csv\n指标:\n{indicators}内容: 甲。\n", "utf-8")
    sheet = "单位,甲,甲上年,人,率（%）\n东镇,1,2,3,40\n西镇,7,6,,80\n南镇,7,,3,80\n北镇,2,2,3,\n"
    (here / "表.csv").write_text(sheet, "utf-8")
    done = cli("rollup", "全区.yaml")
    assert "“甲”的同比增长只按都有数的3个乡镇算。" in done.err
    assert "“率”的合计只有2/4个乡镇，缺西镇、北镇。" in done.err


def test_json(cli: Cli, county: Path) -> None:
    """For programs: everything by name, of how many townships each sum is, who is missing."""
    assert cli("rollup", "全区.yaml", "-o", "汇总.json").code == 0
    said = json.loads((county / "汇总.json").read_text("utf-8"))
    assert said["townships"][0]["short"] == "白石镇"
    assert said["townships"][0]["figures"]["农村改厕"] == {
        "数值": "186",
        "目标": "180",
        "完成率": "103.3%",
        "上年": "170",
        "同比增长": "9.4%",
        "排名": "2",
    }
    assert said["total"]["农村改厕"]["数值"] == "524"
    assert (said["rests"]["农村改厕"], said["rests"]["补助"]) == (3, None)
    assert (said["expected"], said["absent"]) == (5, ["马家沟乡"])
    assert said["units"]["死亡率"] == "/10万"


def test_csv(cli: Cli, county: Path) -> None:
    """Numbers below zero stay numbers; notes stand below."""
    assert cli("rollup", "全区.yaml", "-o", "汇总.csv").code == 0
    text = (county / "汇总.csv").read_text("utf-8-sig")
    assert ",-7.7%," in text
    assert "\n注：还没有报的：马家沟乡。" in text


def test_sheet_named_apart(cli: Cli, towns: Path) -> None:
    """A sheet has no definitions: it is named behind a report that has, and refused alone with that way out."""
    assert towns
    done = cli("rollup", "乡镇.xlsx")
    assert done.code == 2
    assert "[sheet-without-base]" in done.err
    assert "healthreport rollup 全区.yaml --data 乡镇.xlsx" in done.err
    of_sheet = cli("rollup", "乡镇/全区.yaml", "--data", "乡镇.xlsx")
    of_folder = cli("rollup", "乡镇/全区.yaml", "--data", "乡镇")
    assert (of_sheet.code, of_folder.code) == (0, 0)
    assert sorted(of_sheet.out.splitlines()) == sorted(of_folder.out.splitlines())
    assert cli("rollup", "乡镇/全区.yaml", "--data", "乡镇.xlsx", "--worksheet", "表9").code == 2


@pytest.mark.parametrize(
    ("arguments", "id"),
    [
        (("乡镇/白石镇.yaml",), "no-source"),
        (("乡镇", "--data", "乡镇.xlsx"), "folder-as-report"),
        (("没有.yaml",), "not-found"),
        (("乡镇/全区.yaml", "--data", "没有.xlsx"), "not-found"),
        (("乡镇/全区.yaml", "--data", "乡镇/白石镇.yaml"), "not-a-source"),
        (("乡镇", "-o", "汇总.txt"), "bad-output"),
        (("乡镇", "-o", "乡镇/汇总.yaml"), "output-among-sources"),
        (("乡镇/全区.yaml", "--data", "乡镇.xlsx", "-o", "乡镇.xlsx"), "output-is-input"),
    ],
)
def test_refused(arguments: tuple[str, ...], id: str, cli: Cli, towns: Path) -> None:
    """What cannot be rolled up, or written so, is told with the way out; nothing is written."""
    before = {path: path.read_bytes() for path in towns.rglob("*") if path.is_file()}
    done = cli("rollup", *arguments)
    assert done.code == 2
    assert f"[{id}]" in done.err
    assert "→" in done.err
    assert {path: path.read_bytes() for path in towns.rglob("*") if path.is_file()} == before


def test_bases_that_differ(cli: Cli, towns: Path) -> None:
    """Townships on two bases, or on none, leave open whose indicators count."""
    base = (towns / "乡镇" / "全区.yaml").read_text("utf-8")
    (towns / "乡镇" / "另.yaml").write_text(base, "utf-8")
    (towns / "乡镇" / "甲.yaml").write_text("继承: 另.yaml\n单位: 甲镇\n", "utf-8")
    told = cli("rollup", "乡镇").err
    assert "[no-common-base]" in told
    assert "--data 乡镇" in told
    (towns / "乡镇" / "另.yaml").unlink()
    (towns / "乡镇" / "甲.yaml").write_text(GENERAL + "单位: 甲镇\n内容: 甲。\n", "utf-8")
    assert "甲.yaml没有“继承”" in cli("rollup", "乡镇").err


def test_nothing_to_sum(cli: Cli, towns: Path) -> None:
    """A report without any of the indicators is told so."""
    (towns / "别.yaml").write_text(GENERAL + "指标:\n  别的: {单位: 人}\n内容: 甲。\n", "utf-8")
    assert "[nothing-to-sum]" in cli("rollup", "别.yaml", "--data", "乡镇").err


def test_written_over(cli: Cli, towns: Path) -> None:
    """What is there is kept unless --force is said, and then as .bak; the same is no change."""
    assert cli("rollup", "乡镇", "-o", "汇总.xlsx").code == 0
    first = (towns / "汇总.xlsx").read_bytes()
    assert cli("rollup", "乡镇", "-o", "汇总.xlsx").code == 0
    (towns / "汇总.xlsx").write_bytes(b"edited")
    refused = cli("rollup", "乡镇", "-o", "汇总.xlsx")
    assert (refused.code, "[exists]" in refused.err) == (2, True)
    assert cli("rollup", "乡镇", "-o", "汇总.xlsx", "--force").code == 0
    assert (towns / "汇总.xlsx").read_bytes() == first
    assert (towns / "汇总.xlsx.bak").read_bytes() == b"edited"


def test_digits_a_workbook_does_not_keep(here: Path) -> None:
    """A figure of 16 digits is written as text, and what is made of it as a number without a formula."""
    (here / "全区.yaml").write_text(f"{GENERAL}汇总来源: 表.csv\n指标: {{甲: {{单位: 元}}}}\n内容: 甲。\n", "utf-8")
    (here / "表.csv").write_text("单位,甲\n白石镇,1234567890123456\n柳河镇,1\n", "utf-8")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(made(here / "全区.yaml")))).active
    assert sheet["B3"].value == "1234567890123456"
    assert sheet["B5"].value == 1234567890123457
    assert [sheet["C3"].value, sheet["C4"].value] == [1, 2]


def test_many_ranks_are_numbers(here: Path) -> None:
    """Of thousands of townships Excel would compare each with all others: their ranks are numbers."""
    (here / "全区.yaml").write_text(f"{GENERAL}汇总来源: 表.csv\n指标: {{甲: {{单位: 元}}}}\n内容: 甲。\n", "utf-8")
    rows = "".join(f"第{at}镇,{at}\n" for at in range(2_100))
    (here / "表.csv").write_text(f"单位,甲\n{rows}", "utf-8")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(made(here / "全区.yaml")))).active
    assert (sheet["C3"].value, sheet["C2102"].value) == (2_100, 1)
    assert sheet["B2103"].value == "=SUM(B3:B2102)"


def test_unused_options(cli: Cli, towns: Path) -> None:
    """Options that do nothing are told."""
    assert towns
    told = cli("rollup", "乡镇", "--force", "--worksheet", "表1").err
    assert "没有写“-o”，“--force”没有用到。" in told
    assert "没有写“--data”，“--worksheet”没有用到。" in told


def test_growth_of_a_rate(here: Path, cli: Cli) -> None:
    """A rate that is computed has grown by points over those with the parts of both years; nobody gave its 上年."""
    rate = '  建档: {单位: 份}\n  人口: {单位: 人}\n  建档率: {公式: 建档 / 人口, 单位: "%"}\n'
    (here / "全区.yaml").write_text(f"{GENERAL}汇总来源: 表.csv\n指标:\n{rate}内容: 甲。\n", "utf-8")
    rows = ("甲镇,9,8,10,10", "乙镇,8,,10,10", "丙镇,19,14,20,20")
    (here / "表.csv").write_text("单位,建档,建档上年,人口,人口上年\n" + "\n".join(rows) + "\n", "utf-8")
    found = {(one.indicator, one.key): one for one in made(here / "全区.yaml").columns}
    assert ("建档率", "上年") not in found
    points = found["建档率", "增减百分点"]
    assert [*points.figures] == [10, None, 25]
    assert points.total == 20
    assert "20个百分点" in cli("rollup", "全区.yaml").out
    assert cli("rollup", "全区.yaml", "-o", "汇总.csv").code == 0
    (here / "又.yaml").write_text((here / "全区.yaml").read_text("utf-8").replace("表.csv", "汇总.csv"), "utf-8")
    again = {(one.indicator, one.key): one for one in made(here / "又.yaml").columns}
    assert [*again["建档率", "增减百分点"].figures] == [*points.figures]


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "yaml", "json"])
def test_a_formula_that_cannot_be_read(suffix: str, here: Path, cli: Cli) -> None:
    """A name in a formula that is no indicator is told, and the other figures are rolled up."""
    indicators = "  甲: {单位: 人}\n  率: {公式: 甲甲 / 乙, 单位: '%'}\n"
    (here / "全区.yaml").write_text(f"{GENERAL}汇总来源: 表.csv\n指标:\n{indicators}内容: 甲。\n", "utf-8")
    (here / "表.csv").write_text("单位,甲\n东镇,1\n西镇,7\n", "utf-8")
    done = cli("rollup", "全区.yaml", "-o", f"汇总.{suffix}")
    assert done.code == 0
    assert "[unknown-name]" in done.err
