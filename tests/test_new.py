"""``healthreport new``: skeletons, next year's file, a file for each township."""

from __future__ import annotations

import datetime
import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.jobs.new import sections, skeleton, usual
from healthreport.jobs.new.given import Given
from healthreport.jobs.new.suggestions import suggestion
from healthreport.reading.yaml import dump
from healthreport.reading.yaml.nodes import Mapping, Source
from healthreport.reading.yaml.parse import parse
from helpers import RESOURCES, ROOT, compose, lines

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

LAST = """\
体裁: 年度工作总结
年度: 2022
单位: 清河区卫生健康局
上级: 区委、区政府
日期: 2022-12-30
指标:
  农村改厕: {数值: "1,059", 单位: 座, 目标: 1000, 上年: 980}
  培训: {数值: 300, 单位: 人, 约数: 余}
  规范管理: {数值: 60, 单位: 人}
  在管: {数值: 80, 单位: 人}
  规范管理率: {公式: 规范管理 / 在管, 单位: "%"}
  救治: {单位: 例, 分项: {甲: 3, 乙: 4}}
导语: 2022年，我们干得很好。
成绩:
  - 标题: 开展爱国卫生运动
    内容: 全年整治环境。完成农村改厕{{ 农村改厕 }}，同比{{ 农村改厕.同比 }}。群众满意。
  - 标题: 加强人才队伍建设
    内容:
      - 招聘专业技术人员。
      - 指标表: [培训, 救治]
问题: [{标题: 人才不足, 内容: 缺编多。}]
计划:
  - {标题: 补齐基层人才短板, 内容: 招聘专业技术人员40名。}
  - {标题: 深入推进改厕, 内容: 完成农村改厕1200座。}
  - {标题: 其他, 内容: 甲乙丙丁。}
附件: [{标题: 2022年主要指标完成情况, 内容: {指标表: 全部}}]
"""


def names(folder: Path) -> set[str]:
    """Return all files in a folder, hidden ones too."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_defaults(cli: Cli, here: Path) -> None:
    """With ``--defaults`` nothing is asked: the file is written, named on stdout, and renders."""
    done = cli("new", "年度工作总结", "--defaults", "--year", "2022年", "--unit", "青石镇卫生院", "-o", "x.yaml")
    assert (done.code, done.out) == (0, "x.yaml\n")
    assert names(here) == {"x.yaml", skeleton.SCHEMA_NAME}
    text = (here / "x.yaml").read_text("utf-8")
    assert "\n单位: 青石镇卫生院\n" in text
    assert "我院" in text  # the level is told by the name
    rendered = cli("render", "x.yaml", "--to", "txt")
    assert rendered.code == 0
    assert "x.yaml:" in rendered.err
    assert "待补" in rendered.err
    assert cli("render", "x.yaml", "--to", "txt", "--draft").code == 0
    assert "完成年度任务的" in (here / "x-草稿.txt").read_text("utf-8")


def test_usual_name_and_placeholder(cli: Cli, here: Path) -> None:
    """Without ``-o`` the file is named after year and genre; a missing unit is a visible placeholder, and said."""
    done = cli("new", "讲话", "--year", "2023")
    assert done.out == "2023年讲话.yaml\n"
    assert "××" in done.err
    assert "单位: ××县卫生健康局" in (here / "2023年讲话.yaml").read_text("utf-8")
    assert cli("new", "--defaults", "--year", "2023").out == "2023年度工作总结.yaml\n"


def test_standard_output(cli: Cli, here: Path) -> None:
    """``-o -`` prints the skeleton and nothing else on stdout."""
    done = cli("new", "speech", "--year", "2023", "--superior", "市卫生健康委", "-o", "-")
    assert done.out.startswith("# yaml-language-server: $schema=")
    assert "上级: 市卫生健康委" in done.out
    assert names(here) == set()


@pytest.mark.parametrize("unit", ["甲: 乙", "# 院", "{{ 甲 }}院", "*院", "1.0", '"院"', "- 院", "甲 #乙", "甲, 乙"])
def test_any_unit_is_quoted(cli: Cli, here: Path, unit: str) -> None:
    """What is given on the command line stays one text, whatever YAML thinks of it."""
    assert cli("new", "通用", "--unit", unit, "--defaults", "-o", "x.yaml").code == 0
    root = parse(Source("x.yaml", (here / "x.yaml").read_text("utf-8")))
    assert dump.plain(root["单位"]) == unit


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["年度工作总接"], "是否为“年度工作总结”？"),
        (["half-year-sumary"], "是否为“half-year-summary”？"),
        (["讲话", "--sections", "党健"], "是否为“党建”？"),
        (["讲话", "--level", "乡"], "是否为“乡镇”？"),
        (["讲话", "--year", "22"], "不是年份"),
        (["讲话", "--unit", "甲\n乙"], "控制字符"),
        (["管理制度", "--sections", "党建"], "不分业务章节"),
        (["讲话", "-o", "x.docx"], "例如 -o x.yaml"),
        (["讲话", "-o", "there.yaml"], "没有覆盖"),
        (["讲话", "-o", "there.yaml/x.yaml"], "写不了文件"),
        ([], "没有写体裁"),
        (["--from", "none.yaml"], "找不到"),
        (["--from", "last.yaml", "--unit", "甲\n乙"], "控制字符"),
        (["--from", "last.yaml", "--level", "乡"], "是否为“乡镇”？"),
        (["讲话", "--from", "last.yaml", "--sections", "党健"], "是否为“党建”？"),
        (["--from", "last.yaml", "--sections", "党建"], "不分业务章节"),
        (["讲话", "--from", "town.yaml", "--sections", "党建"], "都是继承来的"),
    ],
)
def test_mistakes(cli: Cli, here: Path, arguments: list[str], said: str) -> None:
    """Every mistake is told with a way out, ends with 2 and writes nothing."""
    files = {
        "there.yaml": "体裁: 通用\n",
        "last.yaml": "体裁: 通用\n标题: 总结\n年度: 2022\n内容: 甲。\n",
        "town.yaml": "继承: last.yaml\n年度: 2022\n",
    }
    for name, text in files.items():
        (here / name).write_text(text, "utf-8")
    refused = cli("new", *arguments)
    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err
    assert "→" in refused.err
    assert {name: (here / name).read_text("utf-8") for name in names(here)} == files


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_unwritable_place(cli: Cli, here: Path) -> None:
    """A folder without permission is an error in words."""
    (here / "locked").mkdir(mode=0o500)
    refused = cli("new", "讲话", "-o", "locked/x.yaml")
    assert refused.code == 2
    assert "没有权限" in refused.err


def test_a_dangling_link_is_not_followed(cli: Cli, here: Path) -> None:
    """A link that leads nowhere is something that exists."""
    (here / "x.yaml").symlink_to(here / "elsewhere")
    assert cli("new", "讲话", "-o", "x.yaml").code == 2
    assert not (here / "elsewhere").exists()


# What only a county, its bureau or a hospital with departments says of itself.
OF_A_COUNTY = (
    "我局",
    "县域",
    "全县",
    "卫生健康系统",
    "各乡镇",
    "医共体牵头",
    "医共体内",
    "双随机",
    "立案",
    "罚没",
    "量化分级",
)
OF_A_HOSPITAL = ("我院", "院感", "门急诊", "出院", "手术", "现代医院", "医保", "病人", "患者满意度", "医共体")


@pytest.mark.parametrize("genre", sorted(RESOURCES.genres))
@pytest.mark.parametrize(
    ("unit", "level", "not_said"),
    [
        ("白石镇卫生院", "乡镇", OF_A_COUNTY),
        ("桂花街道社区卫生服务中心", "社区", (*OF_A_COUNTY, "我院", "村卫生室")),
        ("槐溪县疾病预防控制中心", "疾控", (*OF_A_COUNTY, *OF_A_HOSPITAL)),
        ("槐溪县疾控中心", "疾控", (*OF_A_COUNTY, *OF_A_HOSPITAL)),
        ("槐溪县妇幼保健院", "医院", ("我局", "全县", "卫生健康系统", "各乡镇")),
    ],
)
def test_a_skeleton_is_its_units_own(genre: str, unit: str, level: str, not_said: tuple[str, ...]) -> None:
    """What a skeleton suggests, and the figures it asks for, are those of a unit like this, not of another kind."""
    wanted = usual.wanted(Given(genre, 2022, unit), RESOURCES)
    assert wanted.level == level
    text = skeleton.render(wanted, RESOURCES)
    assert [word for word in not_said if word in text] == []


@pytest.mark.parametrize(
    ("genre", "period", "day"),
    [
        ("半年工作总结", "上半年", "2022-07-05"),
        ("半年工作总结", "1—9月", "2022-10-10"),
        ("工作计划", "", "2022-01-10"),
        ("年度工作总结", "", "2022-12-30"),
    ],
)
def test_a_skeleton_is_signed_when_its_kind_is(genre: str, period: str, day: str) -> None:
    """The example of a day is one on which such a report is signed: half a year's in July, a plan in January."""
    wanted = usual.wanted(Given(genre, 2022, "白石镇卫生院"), RESOURCES)
    text = skeleton.render(wanted._replace(period=period), RESOURCES)
    assert f"\n日期:                               # 成文日期，定稿时填，如{day}\n" in text


@pytest.mark.parametrize(
    ("unit", "not_said"), [("白石镇卫生院", OF_A_COUNTY), ("桂花街道社区卫生服务中心", OF_A_COUNTY)]
)
def test_any_section_of_a_township_is_a_townships(unit: str, not_said: tuple[str, ...]) -> None:
    """All standard sections that a township may pick speak of a township, with its figures."""
    every = tuple(named.name for named in sections.load(RESOURCES))
    text = skeleton.render(usual.wanted(Given("年度工作总结", 2022, unit, sections=every), RESOURCES), RESOURCES)
    assert [word for word in (*not_said, "监督覆盖率", "死亡率", "发病率") if word in text] == []


@pytest.mark.parametrize(
    ("day", "kind", "year"),
    [
        ((2023, 6, 30), "past", 2022),
        ((2023, 7, 1), "past", 2023),
        ((2023, 6, 30), "current", 2023),
        ((2023, 6, 30), "coming", 2023),
        ((2023, 12, 1), "coming", 2024),
    ],
)
def test_default_year(day: tuple[int, int, int], kind: str, year: int) -> None:
    """Before July a summary is of last year; a plan made in winter is for the next."""
    assert usual.default_year(kind, datetime.date(*day)) == year


def test_genres(cli: Cli, here: Path) -> None:
    """``genres`` has a line for each genre and each section."""
    assert here.is_dir()
    rows = [line.split() for line in cli("genres").out.splitlines()[1:]]
    assert [row[1] for row in rows[:2]] == ["年度工作总结", "半年工作总结"]
    assert sum(row[0] == "体裁" for row in rows) == 11
    assert sum(row[0] == "章节" for row in rows) == 23
    assert ["章节", "妇幼健康", "mch"] in [row[:3] for row in rows]


# Next year


@pytest.fixture
def next_year(cli: Cli, here: Path) -> str:
    """Return next year's file."""
    (here / "2022.yaml").write_text(LAST, "utf-8")
    done = cli("new", "--from", "2022.yaml")
    assert (done.code, done.out) == (0, "2023.yaml\n"), done.err
    return (here / "2023.yaml").read_text("utf-8")


def test_values_move_to_last_year(next_year: str) -> None:
    """数值 becomes 上年, computed and approximate ones too, and value, target and date are emptied."""
    assert "年度: 2023\n" in next_year
    assert "日期:\n" in next_year
    assert '农村改厕: {数值: , 单位: 座, 目标: , 上年: "1,059"}' in next_year
    assert "培训: {数值: , 单位: 人, 上年: 300余}" in next_year
    assert '规范管理率: {公式: 规范管理 / 在管, 单位: "%", 上年: 75}' in next_year
    assert "救治: {单位: 例, 分项: {甲: , 乙: }, 上年: 7}" in next_year
    assert "# 农村改厕：去年目标1000" in next_year


def test_texts_are_dropped(next_year: str) -> None:
    """Sections stay, their texts go, but for the lead; what referred to figures stays as the suggestion."""
    assert "标题: 开展爱国卫生运动" in next_year
    assert "全年整治环境" not in next_year
    assert "待补: 完成农村改厕{{ 农村改厕 }}，同比{{ 农村改厕.同比 }}。" in next_year
    assert "{标题: 人才不足, 待补: 是}" in next_year
    assert "导语: 2022年（待补），我们干得很好。" in next_year
    assert "# 结语: {指标表: [培训, 救治]}" in next_year
    assert "2023年主要指标完成情况" in next_year
    printed = compose(next_year)
    assert {one.id for one in printed.warnings} == {"todo", "placeholder"}
    assert "完成农村改厕" in "".join(lines(next_year, draft=True))


@pytest.mark.parametrize(
    ("closing", "blocks"),
    [("", 2), ('    结语: "[[其中{{ 甲 }}。]]"\n', 3), ("    结语: {指标表: [甲, 乙]}\n", 3)],
)
def test_what_was_shown_can_be_switched_on(cli: Cli, here: Path, closing: str, blocks: int) -> None:
    """Of a section with several tables one 结语 is left as a comment; switched on it has all of them, and renders."""
    head = "体裁: 通用\n标题: 甲\n年度: 2022\n指标: {甲: {数值: 1}, 乙: {数值: 2}}\n章节:\n"
    section = '  - 标题: 做好工作\n    内容: ["有了{{ 甲 }}。", {指标表: [甲]}, {指标表: [乙]}]\n'
    (here / "2022.yaml").write_text(head + section + closing, "utf-8")
    assert cli("new", "--from", "2022.yaml").code == 0
    new = (here / "2023.yaml").read_text("utf-8")
    assert new.count("# 结语:") == 1
    kept = "[[" in closing
    assert ("代替原有的“结语”" in new) == kept
    switched = re.sub("^    # (结语|  )", r"    \1", new.replace(closing, "", 1) if kept else new, flags=re.MULTILINE)
    tree = dump.plain(parse(Source("", switched)))
    assert isinstance(tree, dict)
    assert isinstance(tree["章节"], list)
    (now,) = tree["章节"]
    assert isinstance(now, dict)
    assert len(now["结语"]) == blocks
    (here / "2023.yaml").write_text(switched, "utf-8")
    assert cli("render", "2023.yaml", "--draft", "--to", "txt").code == 0


def test_plans_stand_where_they_belong(next_year: str) -> None:
    """Each of last year's plans is a comment under the section it belongs to; one that fits none stands before."""
    before, health, talent = (next_year.index(one) for one in ("成绩:", "开展爱国卫生运动", "加强人才队伍建设"))
    end = next_year.index("\n问题:")
    assert health < next_year.index("# 去年的计划：深入推进改厕。完成农村改厕1200座。") < talent
    assert talent < next_year.index("# 去年的计划：补齐基层人才短板。招聘专业技术人员40名。") < end
    assert next_year.index("# 去年的计划：其他。甲乙丙丁。") < before


def test_keep_text(cli: Cli, here: Path) -> None:
    """``--keep-text`` keeps last year's words; last year is marked, and every line that names it told."""
    (here / "2022.yaml").write_text(LAST, "utf-8")
    done = cli("new", "年度工作总结", "--from", "2022.yaml", "--year", "2024", "--keep-text", "-o", "new.yaml")
    assert done.code == 0
    text = (here / "new.yaml").read_text("utf-8")
    assert "年度: 2024\n" in text
    assert "# 改好一处，就删去那里的“（待补）”；" in text
    assert "全年整治环境。" in text
    line = text.split("\n").index("导语: 2022年（待补），我们干得很好。") + 1
    assert f"new.yaml:{line}:5: 警告 这里还写着2022年。" in done.err
    assert cli("render", "new.yaml", "--draft").code == 0


def test_last_year_is_not_written_over(cli: Cli, here: Path) -> None:
    """Last year's file stays as it was, and an existing file of the new year too."""
    (here / "2022.yaml").write_text(LAST, "utf-8")
    (here / "2023.yaml").write_text("体裁: 通用\n", "utf-8")
    assert cli("new", "--from", "2022.yaml").code == 2
    assert (here / "2022.yaml").read_text("utf-8") == LAST
    assert (here / "2023.yaml").read_text("utf-8") == "体裁: 通用\n"


def test_keep_text_of_nothing(cli: Cli, here: Path) -> None:
    """Without last year's file there is no text to keep: said, and no mistake."""
    done = cli("new", "讲话", "--keep-text", "-o", "x.yaml")
    assert (done.code, done.out) == (0, "x.yaml\n")
    assert "没有写“--from”，“--keep-text”没有用到。" in done.err
    assert names(here) == {"x.yaml", skeleton.SCHEMA_NAME}


def test_names_given_for_next_year(cli: Cli, here: Path) -> None:
    """What the command line says goes before last year's: the unit, its superior, the words of its level."""
    (here / "2022.yaml").write_text(LAST, "utf-8")
    given = ["--unit", "青石: 镇卫生院", "--superior", "镇党委", "--level", "医院", "--sections", "信息化"]
    text = cli("new", "--from", "2022.yaml", *given, "-o", "-").out
    assert '\n单位: "青石: 镇卫生院"\n' in text
    assert "\n上级: 镇党委\n" in text
    assert "推进智慧医院建设" in text
    assert "清河区" not in text


def test_the_lead_is_ones_own(cli: Cli, here: Path) -> None:
    """Lead and closing are last year's, what is stale marked; who stands above the unit is not made up."""
    own = (
        "导语: 2022年是开局之年，{{ 单位 }}培训{{ 培训 }}。现总结如下：\n结尾: 12月底前还要努力。\n附注: 联系人：李平\n"
    )
    text = LAST.replace("上级: 区委、区政府\n", "").replace("导语: 2022年，我们干得很好。\n", own)
    (here / "2022.yaml").write_text(text, "utf-8")
    new = cli("new", "--from", "2022.yaml", "-o", "-").out
    assert "导语: 2022年（待补）是开局之年，{{ 单位 }}培训{{ 培训 }}。现总结如下：" in new
    assert "结尾: 12月底（待补）前还要努力。" in new
    assert "附注: 联系人：李平\n" in new
    assert "上级" not in new
    (here / "2022.yaml").write_text(LAST.replace("导语: 2022年，我们干得很好。\n", ""), "utf-8")
    assert "导语" not in cli("new", "--from", "2022.yaml", "-o", "-").out.partition("体裁")[2]


def test_a_day_is_not_moved_on(cli: Cli, here: Path) -> None:
    """The year of a title is this year's; a day below it is last year's, and marked."""
    text = LAST.replace("上级:", "标题: 2022年总结\n副标题: （2022年12月30日）\n上级:")
    (here / "2022.yaml").write_text(text, "utf-8")
    new = cli("new", "--from", "2022.yaml", "-o", "-").out
    assert "\n标题: 2023年总结\n副标题: （2022年12月30日（待补））\n" in new


def test_the_number_of_a_document_is_not_moved_on(cli: Cli, here: Path) -> None:
    """Another document's number stays in a title; the own one, below the title, is last year's, and marked."""
    text = LAST.replace("上级:", "副标题: 清卫字〔2022〕15号\n上级:").replace(
        "标题: 开展爱国卫生运动", "标题: 落实清政发〔2022〕3号文件和2022年要点"
    )
    (here / "2022.yaml").write_text(text, "utf-8")
    new = cli("new", "--from", "2022.yaml", "-o", "-").out
    assert "\n副标题: 清卫字〔2022〕15号（待补）\n" in new
    assert "落实清政发〔2022〕3号文件和2023年要点" in new


def test_the_lead_of_another_genre(cli: Cli, here: Path) -> None:
    """A speech of last year's summary opens as speeches do; last year's lead stands beside, 上级 is asked for."""
    text = LAST.replace("上级: 区委、区政府\n", "结尾: 继续努力。\n")
    (here / "2022.yaml").write_text(text, "utf-8")
    assert cli("new", "讲话", "--from", "2022.yaml", "-o", "x.yaml").code == 0
    new = (here / "x.yaml").read_text("utf-8")
    assert "# 去年的导语：2022年（待补），我们干得很好。\n" in new
    assert "# 去年的结尾：继续努力。\n" in new
    assert "今天，我们召开这次会议" in new
    assert "\n上级:\n" in new
    assert cli("render", "x.yaml", "--draft", "--to", "txt").code == 0
    assert "【上级：" in (here / "x-草稿.txt").read_text("utf-8")
    (here / "2022.yaml").write_text(LAST, "utf-8")
    assert "\n上级: 区委、区政府\n" in cli("new", "讲话", "--from", "2022.yaml", "-o", "-").out


def test_sections_added_for_next_year(cli: Cli, here: Path) -> None:
    """``--sections`` adds standard sections that last year had not, each with its indicators, problem and plan."""
    (here / "2022.yaml").write_text(LAST, "utf-8")
    before, after = (
        dump.plain(parse(Source("", cli("new", "--from", "2022.yaml", *more, "-o", "-").out)))
        for more in ([], ["--sections", "党建,信息化"])
    )
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    added = []
    for key in ("成绩", "问题", "计划"):
        old, new = before[key], after[key]
        assert isinstance(old, list)
        assert isinstance(new, list)
        assert new[: len(old)] == old
        added += [one for one in new[len(old) :] if isinstance(one, dict)]
    assert [one["标题"] for one in added] == [
        "突出政治建设，纵深推进全面从严治党",
        "推动数字赋能，加快信息互联互通",
        "信息化支撑不足",
        "加强党的建设",
        "加快信息化建设",
    ]
    assert all(one["待补"] != "是" for one in added)
    assert "远程会诊" in after["指标"]
    assert "农村改厕" in after["指标"]
    (here / "2023.yaml").write_text(cli("new", "--from", "2022.yaml", "--sections", "党建", "-o", "-").out, "utf-8")
    again = cli("new", "--from", "2023.yaml", "--sections", "党建", "-o", "-").out
    assert again.count("标题: 突出政治建设，纵深推进全面从严治党") == 1
    assert cli("render", "2023.yaml", "--draft").code == 0


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_sections_added_to_every_example(cli: Cli, here: Path, path: Path) -> None:
    """Next year's file of every example renders with another section too, or says that the genre has none."""
    (here / "2022.yaml").write_bytes(path.read_bytes())
    shutil.copy(ROOT / "examples" / "乡镇.xlsx", here)
    done = cli("new", "--from", "2022.yaml", "--year", "2030", "--sections", "信息化", "-o", "x.yaml")
    if done.code == 0:
        assert "信息化" in (here / "x.yaml").read_text("utf-8")
        assert cli("render", "x.yaml", "--to", "txt", "--draft").code == 0
    else:
        assert "[no-sections]" in done.err


@pytest.mark.parametrize("keep", [[], ["--keep-text"]])
@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_next_year_of_every_example(cli: Cli, here: Path, path: Path, keep: list[str]) -> None:
    """Next year's file of every example renders as a draft, and without its texts but for what its own words name."""
    (here / "2022.yaml").write_bytes(path.read_bytes())
    shutil.copy(ROOT / "examples" / "乡镇.xlsx", here)
    done = cli("new", "--from", "2022.yaml", "--year", "2030", "-o", "x.yaml", *keep)
    assert done.code == 0, done.err
    assert cli("render", "x.yaml", "--to", "txt", "--draft").code == 0
    if not keep:
        rendered = cli("render", "x.yaml", "--to", "txt")
        text = (here / "x.yaml").read_text("utf-8").split("\n")
        tops = [next(top for top in text[line::-1] if top[:1].strip()) for line in range(len(text))]
        wrong = [tops[int(line) - 1] for line in re.findall(r"^x.yaml:(\d+):\d+: 错误", rendered.err, re.MULTILINE)]
        assert all(top.startswith(("导语:", "结尾:", "附注:")) for top in wrong), rendered.err
        assert (rendered.code == 0) == (not wrong)


def test_general_form(cli: Cli, here: Path) -> None:
    """In a file of 章节 the plans are found by role or title, and go to the sections before."""
    report = (
        "体裁: 通用\n标题: 2022年总结\n年度: 2022\n章节:\n"
        "  - 标题: 妇幼健康\n    内容: 孕产妇管理到位。\n"
        "  - {标题: 存在的问题, 内容: 孕产妇筛查不够。}\n"
        "  - 标题: 下一步工作打算\n    章节: [{标题: 抓好妇幼保健, 内容: 孕产妇管理率达到95%。}]\n"
    )
    (here / "总结.yaml").write_text(report, "utf-8")
    done = cli("new", "--from", "总结.yaml")
    assert done.out == "2023总结.yaml\n"
    text = (here / "2023总结.yaml").read_text("utf-8")
    assert "标题: 2023年总结" in text
    assert text.index("妇幼健康") < text.index("# 去年的计划：抓好妇幼保健") < text.index("存在的问题")


# Townships


@pytest.fixture
def base(here: Path) -> Path:
    """Work beside a county's report and a list of two townships."""
    (here / "2022.yaml").write_text(LAST.replace("在管: {", "在管: {共用: 是, "), "utf-8")
    (here / "名单.txt").write_bytes("青石镇卫生院\r\n柳河镇卫生院\r\n".encode("gb18030"))
    return here


def test_towns(cli: Cli, base: Path) -> None:
    """Each township gets a file that inherits and lists what it has to fill in, and renders as a draft."""
    done = cli("towns", "2022.yaml", "名单.txt", "-o", "townships/")
    assert done.out == "townships/青石镇卫生院.yaml\ntownships/柳河镇卫生院.yaml\n", done.err
    text = (base / "townships/青石镇卫生院.yaml").read_text("utf-8")
    assert "$schema=../healthreport.schema.json" in text
    assert "继承: ../2022.yaml\n单位: 青石镇卫生院\n" in text
    assert "  农村改厕: {数值: , 目标: , 上年: }   # 单位：座，全县目标：1000" in text
    assert "  救治: {分项: {甲: , 乙: }, 目标: , 上年: }" in text
    assert "  规范管理率: {目标: }" in text  # its value is computed, and so is last year's
    assert "在管" not in text.replace("规范管理", "")  # it is shared
    assert done.err.endswith("填好后批量生成：healthreport batch townships\n")
    rendered = cli("render", "townships/青石镇卫生院.yaml", "--to", "txt", "--draft")
    assert rendered.code == 0
    assert cli("batch", "townships", "--draft").code == 0  # as it stands: what ``towns`` writes, ``batch`` reads
    printed = (base / "townships/青石镇卫生院-草稿.txt").read_text("utf-8")
    assert "青石镇卫生院2022年工作总结" in printed
    assert "1059" not in printed


def test_next_year_of_a_township(cli: Cli, base: Path) -> None:
    """A township's file goes on inheriting: genre, texts and units are still its base's."""
    cli("towns", "2022.yaml", "名单.txt", "-o", "townships")
    town = base / "townships/青石镇卫生院.yaml"
    town.write_text(town.read_text("utf-8").replace("农村改厕: {数值: ,", "农村改厕: {数值: 56,"), "utf-8")
    text = cli("new", "--from", town, "--year", "2023", "-o", "-").out
    assert "$schema=../healthreport.schema.json" in text
    assert "继承: ../2023.yaml" in text
    assert "体裁" not in text
    assert "农村改厕: {数值: , 目标: , 上年: 56}" in text


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("甲镇\n\n乙镇\n", ["名单.txt:2:1: 错误 名单第2行是空行"]),
        ("甲镇\n乙镇\n 甲镇\n", ["名单.txt:3:2: 错误 名单里“甲镇”写了两次", "第一次在这里"]),
        ("甲镇\n../乙\nCON\n", ["名单.txt:2:1: 错误 “../乙”不能用作文件名", "名单.txt:3:1"]),
        ("\n", ["名单是空的"]),
        ("", ["名单是空的"]),
    ],
)
def test_bad_lists(cli: Cli, base: Path, listed: str, said: list[str]) -> None:
    """Doubles, blanks and names no file can have are errors at their line, and nothing is written."""
    (base / "名单.txt").write_text(listed, "utf-8")
    refused = cli("towns", "2022.yaml", "名单.txt", "-o", "townships")
    assert refused.code == 2
    assert all(one in refused.err for one in said)
    assert not (base / "townships").exists()


def test_one_township_that_exists_stops_all(cli: Cli, base: Path) -> None:
    """When one of the files is there already, none is written."""
    (base / "townships").mkdir()
    (base / "townships/柳河镇卫生院.yaml").write_text("甲", "utf-8")
    refused = cli("towns", "2022.yaml", "名单.txt", "-o", "townships")
    assert refused.code == 2
    assert "柳河镇卫生院.yaml" in refused.err
    assert names(base / "townships") == {"柳河镇卫生院.yaml"}


def test_where_townships_cannot_go(cli: Cli, base: Path) -> None:
    """Without -o, or with a file's name, nothing is written, and the way out is told."""
    missing = cli("towns", "2022.yaml", "名单.txt")
    assert (missing.code, "缺少“-o 文件夹”。 [usage]" in missing.err) == (2, True), missing.err
    refused = cli("towns", "2022.yaml", "名单.txt", "-o", "名单.txt")
    assert (refused.code, "例如 -o townships" in refused.err) == (2, True), refused.err
    assert names(base) == {"2022.yaml", "名单.txt"}


def test_a_base_with_a_base_elsewhere(cli: Cli, base: Path) -> None:
    """Sheet and files of townships take a base outside its folder; where the next command needs --root, it is told."""
    (base / "县").mkdir()
    (base / "县/本县.yaml").write_text("继承: ../2022.yaml\n单位: 槐溪县卫生健康局\n", "utf-8")
    done = cli("towns", "县/本县.yaml", "名单.txt", "-o", "县/镇")
    assert (done.code, "healthreport batch 县/镇 --root .\n" in done.err) == (0, True), done.err
    assert "[outside]" in cli("batch", "县/镇", "--draft").err
    assert cli("batch", "县/镇", "--draft", "--root", ".").code == 0
    done = cli("towns", "县/本县.yaml", "名单.txt", "-o", "县/东/镇", "--root", ".")
    assert (done.code, "healthreport batch 县/东/镇 --root .\n" in done.err) == (0, True), done.err
    done = cli("sheet", "县/本县.yaml", "--root", ".")
    told = "healthreport batch 县/本县.yaml --data 县/本县填报表.xlsx --root .\n"
    assert (done.code, told in done.err) == (0, True), done.err


# Writing YAML

TEXTS = (
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), min_size=1)
    .map(str.strip)
    .filter(lambda text: bool(text) and text == text.strip(" \t\u3000\xa0\u2000\u2002\u2003\u2009\u200b\u202f\ufeff"))
)
KEYS = TEXTS.filter(lambda text: len(text) < 40)
VALUES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(KEYS, inner, min_size=1, max_size=4)
)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_what_is_written_reads_back(value: dump.Dict) -> None:
    """Whatever a file is made of, it reads back the same."""
    root = parse(Source("x.yaml", dump.dump(value)))
    assert isinstance(root, Mapping)
    assert dump.plain(root) == value


@given(TEXTS)
def test_comments_change_nothing(text: str) -> None:
    """A comment stays a comment."""
    value: dump.Dict = {"甲": "乙", dump.Comment(text): "", "丙": [{"丁": "戊", dump.Comment(text): ""}]}
    assert dump.plain(parse(Source("", dump.dump(value)))) == {"甲": "乙", "丙": [{"丁": "戊"}]}


def test_suggestions_refer_to_figures() -> None:
    """Of last year's sentences those stay that take their numbers from the indicators."""
    assert suggestion("整治环境。完成{{ 改厕 }}；合格{{ 合格 }}。满意！") == "完成{{ 改厕 }}；合格{{ 合格 }}。"
    assert suggestion(["{{ 年度 }}年开局。", {"引语": "甲", "分述": ["改厕{{ 改厕 }}"]}]) == "甲一是改厕{{ 改厕 }}。"
    assert suggestion("没有数。") == "是"
    assert suggestion("[[{{ 特色工作 }}]]") == "[[{{ 特色工作 }}]]"
    assert suggestion("甲{{ 乙 }}。好。丙{{ 丁 }}\n戊{{ 己 }}；") == "甲{{ 乙 }}。丙{{ 丁 }}。\n戊{{ 己 }}；"
    assert (
        suggestion("开局。[[门诊{{ 门诊 }}。]][[出院{{ 出院 }}！]]满意。") == "[[门诊{{ 门诊 }}。]][[出院{{ 出院 }}！]]"
    )
    assert suggestion("做好门诊[[，{{ 门诊 }}。其中{{ 出院 }}]]") == "做好门诊[[，{{ 门诊 }}。其中{{ 出院 }}]]。"
