"""``new --from``: last year's values become 上年 wherever they stand: reports, bases, files of indicators, folders."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from healthreport.disk.write import write_new
from healthreport.jobs.new import files, indicator_sheet
from healthreport.model.build import build
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.values import quantities
from helpers import png

if TYPE_CHECKING:
    from conftest import Cli

COUNTY = """\
体裁: 年度工作总结
年度: 2022
上级: 县委、县政府
指标:
  改厕: {单位: 座, 目标: 100}
  门诊: {单位: 人次}
  签约: {单位: 人}
  人口: {单位: 人}
  签约率: {公式: 签约 / 人口, 单位: "%"}
  规范率: {单位: "%"}
  救治: {单位: 例}
  定额: {数值: 84, 单位: 元, 共用: 是}
成绩:
  - 标题: 公共卫生
    内容: 改厕{{ 改厕 }}，同比{{ 改厕.同比 }}；签约率{{ 签约率 }}，{{ 签约率.增减 }}；规范率{{ 规范率 }}。
  - 标题: 医疗服务
    内容: 门诊{{ 门诊 }}，救治{{ 救治 }}。
"""
INSIDE = """\
继承: 全县2022.yaml
单位: 白石镇卫生院
指标:
  改厕: {数值: "1,059", 上年: 980, 目标: 900}
  门诊: {数值: 2.41万}
  签约: {数值: 70}
  人口: {数值: 100}
  签约率: {上年: 60}
  规范率: {数值: 0.8}
  救治: {分项: {危重: 3, 普通: 4}}
"""
DRAWN = "继承: 全县2022.yaml\n单位: 青山镇卫生院\n指标文件: 青山镇2022指标.xlsx\n"
BOTH = """\
继承: 全县2022.yaml
单位: 柳河镇卫生院
指标文件: [柳河镇指标.csv, 柳河镇2022.yml]
指标:
  改厕: {目标: 50}
  门诊: {数值: 300}
  签约率: {小数位: 1}
"""
SHEET = [
    ["指标", "2021年", "2022年", "任务", "备注"],
    ["改厕", 11, 12, 13, "户厕"],
    ["门诊", 400, 500.5, None, None],
    ["签约", None, 50, None, None],
    ["人口", None, 70, None, None],
    ["规范率", "80%", "91.5%", None, None],
    ["救治", 1, 0, None, None],
    ["合计", 1, 1, None, None],
]
FOLDER = {
    "全县2022.yaml": COUNTY,
    "白石镇.yaml": INSIDE,
    "青山镇.yaml": DRAWN,
    "柳河镇.yaml": BOTH,
    "柳河镇指标.csv": "名称,数值,上年\n改厕,6,5\n签约,9,\n人口,80,\n",
    "柳河镇2022.yml": "规范率: {数值: 77}\n救治: {数值: 8, 约数: 余}\n",
}


def write(made: dict[str, str]) -> None:
    """Write files, and the folders they lie in."""
    for name, text in made.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, "utf-8")


@pytest.fixture
def townships(here: Path) -> Path:
    """Work beside a folder of a base and three townships: with figures in the file, beside it, and both."""
    write({f"townships/{name}": text for name, text in FOLDER.items()})
    book = openpyxl.Workbook()
    for row in SHEET:
        book.active.append(row)
    book.save("townships/青山镇2022指标.xlsx")
    return here / "townships"


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def numbers(path: str, key: str) -> dict[str, Fraction]:
    """Return one number of each of a report's indicators that has it, as it is written there."""
    built = build(inherit.load(Path(path), Reader()).tree)
    found = {name: getattr(one, key) for name, one in built.report.indicators.items()}
    return {name: quantity.number for name, quantity in found.items() if quantity is not None}


def test_a_folder_goes_over(cli: Cli, townships: Path) -> None:
    """Base, townships and their files in one go: each 上年 is last year's value, nothing of it is this year's value."""
    before = contents(townships)
    done = cli("new", "--from", "townships", "--year", "2023", "-o", "2023/各镇")
    assert done.code == 0, done.err
    names = [
        "全县2023.yaml",
        "柳河镇.yaml",
        "白石镇.yaml",
        "青山镇.yaml",
        "柳河镇指标.csv",
        "柳河镇2023.yml",
        "青山镇2023指标.xlsx",
    ]
    assert sorted(done.out.split()) == sorted(f"2023/各镇/{name}" for name in names)
    assert contents(townships) == before
    for name in ("白石镇", "青山镇", "柳河镇"):
        old, new = f"townships/{name}.yaml", f"2023/各镇/{name}.yaml"
        assert "继承: 全县2023.yaml\n" in Path(new).read_text("utf-8")
        values = {key: number for key, number in numbers(old, "value").items() if key != "定额"}
        lasts = numbers(new, "last")
        assert {key: lasts[key] for key in values} == values
        assert len(values) > 4
        assert set(numbers(new, "value")) == set()
    assert numbers("2023/各镇/白石镇.yaml", "last")["签约率"] == Fraction(7, 10)
    assert numbers("2023/各镇/全县2023.yaml", "last") == {"定额": 84}
    assert inherit.load(Path("2023/各镇/白石镇.yaml"), Reader()).tree["年度"].value == "2023"  # type: ignore[union-attr]
    rendered = cli("batch", "2023/各镇", "--draft")
    assert rendered.code == 0, rendered.err
    assert "生成 3" in rendered.err


@pytest.mark.usefixtures("townships")
def test_what_stands_in_the_new_files(cli: Cli) -> None:
    """Figures keep the place and the kind of file they had, as they were written; a target is told where it can be."""
    cli("new", "--from", "townships", "-o", "新")
    said = Path("新/白石镇.yaml").read_text("utf-8")
    for line in (
        '改厕: {数值: , 目标: , 上年: "1,059"}',
        "门诊: {数值: , 上年: 2.41万}",
        "签约率: {上年: 70}",
        "规范率: {数值: , 上年: 0.8}",
        "救治: {分项: {危重: , 普通: }, 上年: 7}",
    ):
        assert f"  {line}\n" in said
    said = Path("新/柳河镇.yaml").read_text("utf-8")
    assert "指标文件: [柳河镇指标.csv, 柳河镇2023.yml]" in said
    for line in (
        "改厕: {目标: }",
        "门诊: {数值: , 上年: 300}",
        "签约率: {小数位: 1, 上年: 11.3}",
        "# 改厕：去年目标50",
    ):
        assert f"  {line}\n" in said
    assert Path("新/柳河镇指标.csv").read_text("utf-8-sig").split() == [
        "名称,数值,上年",
        "改厕,,6",
        "签约,,9",
        "人口,,80",
    ]
    assert Path("新/柳河镇2023.yml").read_text("utf-8").split("\n") == [
        "指标:",
        "  # 去年的数值已移到“上年”，数值、目标待填。",
        "  规范率: {数值: , 上年: 77}",
        "  救治: {数值: , 上年: 8余}",
        "",
    ]
    sheet = openpyxl.load_workbook("新/青山镇2023指标.xlsx").active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["名称", "数值", "目标", "上年", "说明"],
        ["改厕", None, None, 12, "户厕"],
        ["门诊", None, None, 500.5, None],
        ["签约", None, None, 50, None],
        ["人口", None, None, 70, None],
        ["规范率", None, None, "91.5%", None],
        ["救治", None, None, 0, None],
    ]


@pytest.mark.usefixtures("townships")
def test_where_a_folder_goes_without_a_place(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside last year's folder, under its name with the year moved on, or with the year behind it."""
    assert cli("new", "--from", "townships").code == 0
    assert Path("townships-2023/白石镇.yaml").is_file()
    Path("townships").rename("2022年各镇")
    assert cli("new", "--from", "2022年各镇").code == 0
    assert Path("2023年各镇/白石镇.yaml").is_file()
    monkeypatch.chdir("2022年各镇")
    shutil.rmtree(Path("..") / "2023年各镇")
    assert cli("new", "--from", ".").code == 0
    assert Path("../2023年各镇/白石镇.yaml").is_file()
    monkeypatch.chdir("..")
    refused = cli("new", "--from", "2022年各镇", "-o", "-")
    assert (refused.code, "[bad-output]" in refused.err) == (2, True)


def test_a_file_that_is_there_stops_all(cli: Cli, townships: Path) -> None:
    """One target that exists, or a write that fails, and nothing is written."""
    (townships / "青山镇2023指标.xlsx").write_bytes(b"")
    before = contents(townships)
    refused = cli("new", "--from", "townships/青山镇.yaml")
    assert (refused.code, "青山镇2023指标.xlsx: 错误 这个文件已经存在" in refused.err) == (2, True), refused.err
    Path("新").mkdir()
    Path("新/青山镇.yaml").write_text("", "utf-8")
    assert cli("new", "--from", "townships", "-o", "新").code == 2
    assert [path.name for path in Path("新").iterdir()] == ["青山镇.yaml"]
    assert contents(townships) == before


def test_all_files_or_none(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the third of four files cannot be written, the first two go again."""
    calls: list[Path] = []

    def failing(path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == 3:
            raise KeyboardInterrupt
        write_new(path, data)

    monkeypatch.setattr("healthreport.jobs.new.files.write_new", failing)
    with pytest.raises(KeyboardInterrupt):
        files.write_all({here / name: b"1" for name in "abcd"})
    assert len(calls) == 3
    assert not [*here.iterdir()]


# The base


@pytest.mark.usefixtures("here")
def test_the_base_is_next_years(cli: Cli) -> None:
    """A base whose name or path has last year in it is next year's; it is made where it is not there yet."""
    town = "单位: 白石镇卫生院\n指标: {改厕: {数值: 7}}\n"
    for base, moved in (
        ("../2022/全县.yaml", "../2023/全县.yaml"),
        ("全县.yaml", "2023全县.yaml"),
        ("../全县.yaml", "../2023全县.yaml"),
    ):
        folder = Path("例", base.replace("/", "_"), "镇")
        write({str(folder / base): COUNTY, str(folder / "白石镇.yaml"): f"继承: {base}\n{town}"})
        done = cli("new", "--from", folder / "白石镇.yaml")
        assert done.code == 0, done.err
        new = folder / "2023白石镇.yaml"
        assert f"继承: {moved}\n" in new.read_text("utf-8")
        assert (folder / moved).resolve().is_file()
        assert done.out.splitlines()[0] == str(new)
        assert cli("render", new, "--draft", "--to", "txt").code == 0
        assert "白石镇卫生院2023年工作总结" in new.with_name(f"{new.stem}-草稿.txt").read_text("utf-8")


@pytest.mark.usefixtures("here")
def test_a_base_above_the_folder(cli: Cli) -> None:
    """Townships whose base lies above get it made there, once; one that has been made is used, and told."""
    write({"全县.yaml": COUNTY, "全市.yaml": "年度: 2022\n体裁: 年度工作总结\n"})
    write(
        {
            f"{folder}/{name}.yaml": f"继承: ../全县.yaml\n单位: {name}\n"
            for folder, name in (("镇", "甲镇"), ("镇", "乙镇"), ("院", "丙院"))
        }
    )
    first = cli("new", "--from", "镇")
    assert sorted(first.out.split()) == ["2023全县.yaml", "镇-2023/乙镇.yaml", "镇-2023/甲镇.yaml"]
    base = Path("2023全县.yaml").read_bytes()
    second = cli("new", "--from", "院")
    assert second.out.split() == ["院-2023/丙院.yaml"]
    assert "2023全县.yaml: 说明 2023年的这一份已经有了" in second.err
    assert Path("2023全县.yaml").read_bytes() == base
    assert "继承: ../2023全县.yaml\n" in Path("院-2023/丙院.yaml").read_text("utf-8")
    assert cli("batch", "镇-2023", "--draft").code == 0
    Path("2023全县.yaml").write_text(COUNTY, "utf-8")  # of another year
    refused = cli("new", "--from", "院", "-o", "又")
    assert (refused.code, "2023全县.yaml: 错误 这个文件已经存在" in refused.err, Path("又").exists()) == (
        2,
        True,
        False,
    )


@pytest.mark.usefixtures("here")
def test_a_base_of_a_base(cli: Cli) -> None:
    """A base that is laid over another goes over with it."""
    write({"全市2022.yaml": COUNTY, "全县2022.yaml": "继承: 全市2022.yaml\n上级: 市政府\n"})
    write({"白石镇.yaml": "继承: 全县2022.yaml\n单位: 白石镇\n指标: {改厕: {数值: 3}}\n"})
    done = cli("new", "--from", "白石镇.yaml", "--unit", "白石街道")
    assert sorted(done.out.split()) == ["2023白石镇.yaml", "全县2023.yaml", "全市2023.yaml"]
    assert "单位: 白石街道\n" in Path("2023白石镇.yaml").read_text("utf-8")
    assert "白石街道" not in Path("全县2023.yaml").read_text("utf-8")
    assert "继承: 全市2023.yaml\n" in Path("全县2023.yaml").read_text("utf-8")


@pytest.mark.usefixtures("townships")
def test_printing_writes_nothing(cli: Cli) -> None:
    """With -o - only the report is printed, and what it needs beside it is told."""
    done = cli("new", "--from", "townships/青山镇.yaml", "-o", "-")
    assert done.code == 0
    assert "指标文件: 青山镇2023指标.xlsx\n" in done.out
    assert "没有写的还有：townships/全县2023.yaml、townships/青山镇2023指标.xlsx" in done.err
    assert {path.name for path in Path("townships").iterdir()} == {*FOLDER, "青山镇2022指标.xlsx"}


@pytest.mark.usefixtures("here")
def test_folders_that_cannot_go_over(cli: Cli) -> None:
    """A folder without reports, one of several years, and a file in the new folder's place are told."""
    Path("空").mkdir()
    assert "[empty-folder]" in cli("new", "--from", "空").err
    write({"报/一.yaml": "体裁: 通用\n标题: 甲\n年度: 2021\n", "报/二.yaml": "体裁: 通用\n标题: 乙\n年度: 2022\n"})
    refused = cli("new", "--from", "报")
    assert (refused.code, "年度不同：2021、2022" in refused.err) == (2, True), refused.err
    assert cli("new", "--from", "报", "--year", "2023").code == 0
    assert "年度: 2023\n" in Path("报-2023/一.yaml").read_text("utf-8")
    Path("文件").write_text("", "utf-8")
    assert "[bad-output]" in cli("new", "--from", "报", "--year", "2024", "-o", "文件").err


@pytest.mark.usefixtures("here")
def test_one_file_of_two_reports(cli: Cli) -> None:
    """A file that two reports draw on is written once; where its figures came to something else in each, it is told."""
    reports = {f"报/{name}.yaml": "体裁: 通用\n标题: 甲\n年度: 2022\n指标文件: 共用.csv\n" for name in "甲乙"}
    write({**reports, "报/共用.csv": "名称,数值,单位\n改厕,5,座\n"})
    assert cli("new", "--from", "报").code == 0
    assert Path("报-2023/共用.csv").read_text("utf-8-sig").split() == ["名称,单位,数值,上年", "改厕,座,,5"]
    write({"报/乙.yaml": reports["报/乙.yaml"] + "指标: {改厕: {约数: 余}}\n"})
    refused = cli("new", "--from", "报", "-o", "新")
    assert (refused.code, "[same-output]" in refused.err) == (2, True), refused.err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_indicator_without_any_number_stays(cli: Cli, suffix: str) -> None:
    """A row of which only the name is left is no heading of a section: the indicator is there for the years to come."""
    head, *rows = ["名称", "数值", "目标"], ["门诊", "52400", ""], ["急救", "—", ""], ["转诊", "", "90"]
    if suffix == ".csv":
        write({"指标.csv": "\n".join(",".join(row) for row in (head, *rows))})
    else:
        book = openpyxl.Workbook()
        for row in (head, *rows):
            book.active.append(row)
        book.save("指标.xlsx")
    report = f"体裁: 通用\n标题: 情况\n年度: 2022\n指标文件: 指标{suffix}\n"
    write({"2022.yaml": report + "内容: 门诊{{ 门诊 }}，急救{{ 急救 }}，转诊{{ 转诊 }}。\n"})
    for year in (2023, 2024):
        assert cli("new", "--from", f"{year - 1}.yaml", "--keep-text").code == 0
        read = build(inherit.load(Path(f"{year}.yaml"), Reader()).tree).report.indicators
        assert [*read] == ["门诊", "急救", "转诊"]
        assert [one for one in read if read[one].last] == (["门诊"] if year == 2023 else [])
        assert cli("render", f"{year}.yaml", "--draft", "--to", "txt").code == 0


@pytest.mark.usefixtures("here")
def test_a_file_that_only_names_indicators(cli: Cli) -> None:
    """A file whose indicators have their numbers in the report itself is still one that can be read."""
    write({"2022.yaml": "体裁: 通用\n标题: 情况\n年度: 2022\n指标文件: 指标.csv\n指标: {改厕: {数值: 5}}\n"})
    write({"指标.csv": "名称,数值\n改厕,—\n"})
    assert cli("new", "--from", "2022.yaml").code == 0
    assert numbers("2023.yaml", "last") == {"改厕": 5}


# Pictures

SHOWN = "体裁: 通用\n标题: 情况\n年度: 2022\n内容:\n  - 甲。\n  - 图片: {文件: 图/义诊.png, 图题: 义诊}\n"


def picture(path: str, width: int = 40) -> bytes:
    """Write a picture, and return its bytes."""
    data = png(width, 20)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(data)
    return data


@pytest.mark.usefixtures("here")
def test_pictures_go_with_the_texts(cli: Cli) -> None:
    """In another folder the pictures that the kept texts show are copied, the base's too, and told; it renders."""
    write({"去年/全县.yaml": SHOWN, "去年/白石镇.yaml": "继承: 全县.yaml\n单位: 白石镇\n"})
    write({"去年/另.yaml": "体裁: 通用\n标题: 另\n年度: 2022\n章节: [{标题: 一, 内容: {图片: {文件: 会.png}}}]\n"})
    shown, other = picture("去年/图/义诊.png"), picture("去年/会.png", 60)
    done = cli("new", "--from", "去年", "--keep-text", "-o", "今年")
    assert done.code == 0, done.err
    assert {"今年/图/义诊.png", "今年/会.png"} < {*done.out.split()}
    assert (Path("今年/图/义诊.png").read_bytes(), Path("今年/会.png").read_bytes()) == (shown, other)
    assert cli("batch", "今年").code == 0
    assert cli("new", "--from", "去年/另.yaml", "--keep-text").out.split() == ["去年/2023另.yaml"]
    assert cli("new", "--from", "去年/另.yaml", "-o", "空.yaml").out.split() == ["空.yaml"]


@pytest.mark.usefixtures("here")
def test_a_picture_is_never_written_over(cli: Cli) -> None:
    """The same picture that is there is used; another one of its name stops all; one that is missing is told."""
    write({"2022.yaml": SHOWN, "新/a": ""})
    picture("图/义诊.png")
    picture("新/图/义诊.png")
    assert cli("new", "--from", "2022.yaml", "--keep-text", "-o", "新").out.split() == ["新/2023.yaml"]
    kept = picture("又/图/义诊.png", 99)
    refused = cli("new", "--from", "2022.yaml", "--keep-text", "-o", "又")
    assert (refused.code, "又/图/义诊.png: 错误 这个文件已经存在" in refused.err) == (2, True), refused.err
    assert not Path("又/2023.yaml").exists()
    assert Path("又/图/义诊.png").read_bytes() == kept
    Path("图/义诊.png").unlink()
    done = cli("new", "--from", "2022.yaml", "--keep-text", "-o", "再.yaml")
    assert done.out.split() == ["再.yaml"]
    Path("别").mkdir()
    done = cli("new", "--from", "2022.yaml", "--keep-text", "-o", "别")
    assert (done.code, done.out.split()) == (0, ["别/2023.yaml"])
    assert "2022.yaml:6:14: 警告 “图/义诊.png”：找不到这个文件。" in done.err, done.err


@pytest.mark.usefixtures("here")
def test_two_pictures_of_one_place(cli: Cli) -> None:
    """Pictures of two folders that would go to one place under one name are refused."""
    base = "体裁: 通用\n标题: 底\n年度: 2022\n导语: [{图片: {文件: 图.png}}]\n"
    town = "继承: ../2022/全县.yaml\n单位: 白石镇\n结尾: [{图片: {文件: 图.png}}]\n"
    write({"2022/全县.yaml": base, "镇/白石镇.yaml": town})
    picture("2022/图.png")
    picture("镇/图.png", 60)
    refused = cli("new", "--from", "镇/白石镇.yaml", "--keep-text", "-o", "2023/白石镇.yaml")
    assert (refused.code, "[same-output]" in refused.err, Path("2023").exists()) == (2, True, False), refused.err
    assert cli("new", "--from", "镇/白石镇.yaml", "--keep-text", "-o", "新/白石镇.yaml").code == 0
    assert cli("render", "新/白石镇.yaml").code == 0


UNITS = {"规范率": "%", "改厕": "座", "差": "座"}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_sheet_of_indicators_reads_back(suffix: str, here: Path) -> None:
    """What is written as a sheet is read as it was meant: 0.8% is no 80%, formulas and units are there."""
    indicators = {
        "规范率": {"数值": "", "单位": "%", "上年": "0.8"},
        "改厕": {"数值": "", "单位": "座", "上年": "1,059", "小数位": "0", "说明": "户厕"},
        "差": {"公式": "改厕 - 改厕.上年", "单位": "座", "上年": "-3.50"},
    }
    (here / f"表{suffix}").write_bytes(indicator_sheet.write(indicators, UNITS, suffix))
    (here / "一.yaml").write_text(f"体裁: 通用\n标题: 甲\n年度: 2023\n指标文件: 表{suffix}\n", "utf-8")
    built = build(inherit.load(here / "一.yaml", Reader()).tree)
    assert numbers(str(here / "一.yaml"), "last") == {"规范率": Fraction(8, 1000), "改厕": 1059, "差": Fraction(-7, 2)}
    assert str(built.report.indicators["差"].formula) == "改厕 - 改厕.上年"
    assert built.report.indicators["改厕"].digits == 0
    assert built.report.indicators["规范率"].last == quantities.read("0.8", quantities.unit("%"))


@pytest.mark.parametrize("content", ["内容: 无\n章节:\n", "章节:\n", ""])
def test_sections_stay_beside_a_text(content: str, here: Path, cli: Cli) -> None:
    """A report with both 章节 and 内容 keeps its sections, whichever stands first: the text is none of them."""
    sections = "  - {标题: 农村改厕推进情况, 内容: 全年改厕。}\n  - {标题: 下一步打算, 内容: 农村改厕推进。}\n"
    (here / "x.yaml").write_text(
        "体裁: 通用\n标题: 甲\n年度: 2018\n" + (content + sections if content else f"章节:\n{sections}内容: 无\n"),
        "utf-8",
    )
    result = cli("new", "--from", "x.yaml", "-o", "o.yaml", "--defaults")
    assert result.code == 0, result.err
    written = (here / "o.yaml").read_text("utf-8")
    assert "农村改厕推进情况" in written
    assert "下一步打算" in written
