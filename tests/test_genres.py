"""Genres, skeletons and standard sections: what the data hold, and that data alone adds to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from healthreport.jobs.new import sections, skeleton
from healthreport.reading.resources import GENRES, SKELETONS, Resources
from healthreport.trees import document as d
from healthreport.writing import plain
from helpers import GENERAL, ROOT, compose, lines, word

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

RESOURCES = Resources(ROOT / "templates")
LEVELS = ("县区", "乡镇", "医院", "社区")
# The first level of headings of each skeleton, as the field writes them.
OUTLINES = {
    "年度工作总结": ["一、主要工作", "二、存在的问题", "三、下一步工作打算"],
    "半年工作总结": ["一、上半年主要工作", "二、存在的问题", "三、下半年主要工作"],
    "工作计划": ["一、指导思想", "二、工作目标", "三、重点工作", "四、保障措施"],
    "实施方案": ["一、总体要求", "二、工作目标", "三、主要任务", "四、实施步骤", "五、保障措施"],
    "工作情况汇报": ["一、工作开展情况", "二、存在的问题", "三、下一步工作打算"],
    "述职报告": [
        "一、突出中心，坚决贯彻上级决策部署",
        "二、发挥职能，扎实推进业务工作",
        "三、严管厚爱，加强队伍和作风建设",
        "四、以身作则，抓好班子和党风廉政建设",
        "五、存在的问题和不足",
        "六、今后努力方向",
    ],
    "整改方案": ["一、组织领导", "二、整改任务", "三、工作要求"],
    "讲话": [
        "一、统一思想，提高认识，切实增强责任感和紧迫感",
        "二、明确任务，突出重点，扎实推进各项工作",
        "三、加强领导，狠抓落实，确保完成全年目标任务",
    ],
    "活动总结": [
        "一、加强领导，周密部署",
        "二、形式多样，扎实开展",
        "三、注重实效，成效明显",
        "四、存在的不足和下一步打算",
    ],
    "管理制度": ["第一章　总则", "第二章　职责分工", "第三章　工作要求", "第四章　监督考核", "第五章　附则"],
    "通用": ["一、基本情况", "二、主要做法", "三、有关建议"],
}
# What opens and what closes each skeleton, filled in from year, superior and level.
PHRASES = {
    "年度工作总结": ("2022年，全区卫生健康系统在区委、区政府的正确领导下", "下一步，我局将在区委、区政府的坚强领导下"),
    "半年工作总结": ("2022年上半年，在区委、区政府的正确领导下", "下半年，我局将对照全年目标"),
    "工作计划": ("现将2022年工作计划安排如下：", "营造良好氛围"),
    "实施方案": ("为贯彻落实区委、区政府决策部署", "严格督导考核"),
    "工作情况汇报": ("按照区委、区政府有关要求，现将我局2022年工作落实情况汇报如下：", "特此汇报。"),
    "述职报告": ("现将履职情况报告如下，请予评议。", "以上报告，请予评议。"),
    "整改方案": ("针对我局存在的问题，特制定如下整改方案：", "健全长效机制"),
    "讲话": ("讲三点意见。", "谢谢大家！"),
    "活动总结": ("现将活动情况总结如下：", "存在的不足和下一步打算"),
    "管理制度": ("第一条　目的和依据", "施行"),
    "通用": ("根据区委、区政府有关要求，现将有关情况说明如下：", "特此说明。"),
}


def made(genre: str, level: str, *, org: str = "", chosen: tuple[str, ...] | None = None) -> str:
    """Return a skeleton."""
    return skeleton.render(skeleton.Wanted(genre, 2022, level, org, "", chosen), RESOURCES)


def headings(report: str, level: int) -> list[str]:
    """Return a report's headings of one level."""
    blocks = compose(report).document.blocks
    found = [block for block in blocks if isinstance(block, d.Heading) and block.level == level]
    return [block.label + d.text_of(block.runs) for block in found]


def test_every_genre_has_template_skeleton_and_example() -> None:
    """A genre is a template, a skeleton of its own and an example, and has a slug."""
    assert set(RESOURCES.names(GENRES)) == set(OUTLINES)
    assert set(RESOURCES.names(SKELETONS)) == set(OUTLINES)
    assert {name for name in OUTLINES if not (ROOT / "examples" / f"{name}.yaml").is_file()} == set()
    assert set(RESOURCES.slugs.values()) == set(OUTLINES)


@pytest.mark.parametrize("genre", OUTLINES)
def test_outline(genre: str) -> None:
    """A skeleton's first level is what the field writes in this genre."""
    assert headings(made(genre, "县区"), 1) == OUTLINES[genre]


@pytest.mark.parametrize("genre", PHRASES)
def test_set_phrases(genre: str) -> None:
    """Lead and closing are the genre's, with year, superior and the level's own words in them."""
    printed = "\n".join(lines(made(genre, "县区", org="清河区卫生健康局")))
    opening, closing = PHRASES[genre]
    assert opening in printed
    assert printed.rindex(closing) > printed.index(opening)
    assert "{" not in printed
    assert "<<" not in printed


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("genre", OUTLINES)
def test_skeleton_renders_as_it_stands(genre: str, level: str) -> None:
    """As it stands a skeleton has visible blanks and says where; with ``--draft`` it has the suggested texts."""
    text = made(genre, level)
    composed = compose(text)
    assert composed.warnings
    assert "todo" in {one.id for one in composed.warnings} <= {"todo", "blank-cell", "no-date", "placeholder"}
    assert all(one.position.line for one in composed.warnings)
    drafted = compose(text, draft=True)
    assert len(plain.write(drafted.document)) > len(plain.write(composed.document))


@pytest.mark.parametrize("genre", ["年度工作总结", "工作计划", "述职报告"])
def test_levels_differ(genre: str) -> None:
    """County, township, hospital and community centre have different indicators and words."""
    assert len({made(genre, level, org="单位") for level in LEVELS}) == len(LEVELS)


def test_level_decides_the_sections() -> None:
    """A township has no 医改, a hospital no 基本公共卫生服务, a county both."""
    found = {level: "".join(headings(made("年度工作总结", level), 2)) for level in LEVELS}
    assert ["改革" in found[level] for level in LEVELS] == [True, False, True, False]
    assert ["基本公共卫生" in found[level] for level in LEVELS] == [True, True, False, True]


def test_each_indicator_has_unit_and_empty_value() -> None:
    """Every indicator of the chosen sections is there once, with its unit, without a value."""
    text = made("年度工作总结", "县区", chosen=("妇幼健康", "爱国卫生"))
    assert "  孕产妇死亡率: {数值: , 单位: /10万, 目标: , 上年: , 越低越好: 是}" in text
    assert "  农村改厕: {数值: , 单位: 座, 目标: , 上年: }" in text
    assert text.count("  农村改厕:") == 1
    assert "{{ 农村改厕.完成率 }}" in text


def test_an_indicator_of_two_sections_is_listed_once() -> None:
    """All sections together make a file without repeated keys."""
    everything = tuple(one.name for one in sections.load(RESOURCES))
    for level in LEVELS:
        text = made("年度工作总结", level, chosen=everything)
        listed = re.findall(r"^  ([^\s#:]+): \{", text, re.MULTILINE)
        assert listed
        assert len(listed) == len(set(listed))
        compose(text, draft=True)


def test_the_sections_of_the_field_are_there() -> None:
    """Every topic that reports of the field have a section on is a file, found by key, name and alias."""
    known = sections.load(RESOURCES)
    keys = "epidemic reform ncms drug basicph cdc mch supervision food-occ medical tcm talent it infra family"
    keys += " poverty elderly patriotic emergency conduct party safety centre"
    assert [one.section.code for one in known] == keys.split()
    words = [word for one in known for word in one.words]
    assert len(words) == len(set(words))
    assert all(item.unit for one in known for item in one.section.indicators.values())


def test_a_speech_announces_as_many_points_as_it_makes() -> None:
    """讲三点意见 is followed by three sections."""
    text = made("讲话", "乡镇")
    assert "讲三点意见" in text
    assert len(headings(text, 1)) == 3


def test_local_words() -> None:
    """A district says 区委、区政府 and 全区, a county 县委、县政府; a community centre speaks of 我中心."""
    assert "上级: 区委、区政府" in made("年度工作总结", "县区", org="清河区卫生健康局")
    assert "全县卫生健康系统" in made("年度工作总结", "县区", org="云溪县卫生健康局")
    assert "上级: 县卫生健康局和乡党委、政府" in made("年度工作总结", "乡镇", org="石桥乡卫生院")
    assert "我中心" in made("年度工作总结", "社区", org="柳湾街道社区卫生服务中心")


@pytest.mark.parametrize(
    ("genre", "titles"),
    [
        ("年度工作总结", ["一、主要工作", "二、存在的问题", "三、下一步工作打算"]),
        ("half-year-summary", ["一、上半年主要工作", "二、存在的问题", "三、下半年主要工作"]),
        ("工作计划", ["一、工作基础", "二、存在的问题", "三、重点工作"]),
        ("实施方案", ["一、工作基础", "二、存在的问题", "三、主要任务"]),
        ("述职报告", ["一、履行职责情况", "二、存在的问题和不足", "三、今后努力方向"]),
        ("整改方案", ["一、整改工作开展情况", "二、存在的问题", "三、整改措施"]),
        ("speech", ["一、工作回顾", "二、存在的问题", "三、下一步工作安排"]),
        ("activity-summary", ["一、活动开展情况", "二、存在的不足", "三、下一步打算"]),
        ("work-briefing", ["一、工作开展情况", "二、存在的问题", "三、下一步工作打算"]),
    ],
)
def test_role_titles(genre: str, titles: list[str]) -> None:
    """Each genre has its own titles for 成绩, 问题 and 计划; a genre may be written by its slug."""
    head = f"体裁: {genre}\n年度: 2022\n单位: 青石镇卫生院\n"
    report = head + "成绩: [{标题: 甲, 内容: 乙}]\n问题: [{标题: 丙, 内容: 丁}]\n计划: [{标题: 戊, 内容: 己}]\n"
    assert headings(report, 1) == titles
    assert lines(report)[0].startswith(("青石镇卫生院", "在青石镇卫生院"))


def test_period_of_a_half_year_summary() -> None:
    """A summary of nine months is headed so."""
    report = "体裁: 半年工作总结\n年度: 2022\n期间: 1—9月\n单位: 甲院\n成绩: [{标题: 甲, 内容: 乙}]\n"
    assert lines(report)[:2] == ["甲院2022年1—9月工作总结", "一、1—9月主要工作"]


def test_rectification_as_text_or_table() -> None:
    """问题 – 措施 – 时限 – 责任人 make a table, or sentences."""
    text = (ROOT / "examples" / "整改方案.yaml").read_text("utf-8")
    assert any(line.startswith("1\t个别病历书写不及时\t") for line in lines(text))
    sentences = lines(text.replace("形式: 表格", "形式: 段落"))
    assert "（二）抗菌药物使用强度偏高。整改措施：" in "".join(sentences)
    assert "6月底前，责任人：药剂科、医务科。" in "".join(sentences)


@pytest.mark.parametrize("genre", OUTLINES)
def test_example(genre: str) -> None:
    """Each example renders without a word of complaint."""
    composed = compose((ROOT / "examples" / f"{genre}.yaml").read_bytes())
    assert composed.warnings == ()
    assert len(plain.write(composed.document)) > 250


def test_provincial_layout() -> None:
    """The provincial layout has its own margins, a pitch of 33 points and centred page numbers."""
    document = word(GENERAL + "内容: 正文\n版式: 省级\n")
    page = document.sections[0]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(one.mm) for one in margins if one is not None] == [35, 33, 27, 27]
    assert 'w:line="660" w:lineRule="exact"' in document.styles["Normal"].element.xml
    for footer in (page.footer, page.even_page_footer):
        assert 'w:jc w:val="center"' in footer._element.xml


def test_genre_and_section_by_data_alone(cli: Cli, here: Path) -> None:
    """Three files in ``templates`` add a genre and a section: no Python is touched."""
    for folder in ("genres", "skeletons", "sections"):
        (here / "templates" / folder).mkdir(parents=True)
    (here / "templates/genres/调研报告.xml.j2").write_text(
        "{# slug: survey; 说明: 调查研究 #}\n{% extends 'base.xml.j2' %}\n"
        "{%- block title -%}{{ report.org }}调研报告{%- endblock -%}\n"
        '{%- block body -%}{{ m.roles(report, "基本情况", "主要问题", "对策建议") }}{%- endblock -%}\n',
        encoding="utf-8",
    )
    (here / "templates/skeletons/调研报告.yaml.j2").write_text(
        '<# sections: school; year: current #>\n<% extends "skeleton.yaml.j2" %>\n<% block 正文 %>\n'
        "成绩:\n<% for 节 in 章节 %>\n  - 标题: << 节.标题 | yaml >>\n    待补: |\n      << 节.正文 | indent(6) >>\n"
        "<% endfor %>\n<% endblock %>\n",
        encoding="utf-8",
    )
    (here / "templates/sections/学校卫生.yaml").write_text(
        "代码: school\n别名: [近视防控]\n顺序: 95\n适用: [县区, 乡镇]\n标题: 抓好近视防控\n"
        "指标:\n  视力筛查: {单位: 人次, 目标: 5000}\n正文: <<自称>>筛查{{ 视力筛查 }}，完成{{ 视力筛查.完成率 }}。\n",
        encoding="utf-8",
    )
    assert "survey" in cli("genres").out
    done = cli("new", "survey", "--unit", "青石镇卫生院", "--defaults", "-o", "x.yaml")
    assert done.code == 0, done.err
    assert "视力筛查: {数值: , 单位: 人次, 目标: , 上年: }" in (here / "x.yaml").read_text("utf-8")
    assert cli("render", "x.yaml", "--to", "txt", "--draft").code == 0
    printed = (here / "x-草稿.txt").read_text("utf-8")
    assert "青石镇卫生院调研报告" in printed
    assert "一、基本情况" in printed
    assert "我院筛查" in printed
    assert cli("new", "年度工作总结", "--sections", "近视防控", "--defaults", "-o", "y.yaml").code == 0
    assert "抓好近视防控" in (here / "y.yaml").read_text("utf-8")


def test_a_genre_without_skeleton_uses_the_general_one(cli: Cli, here: Path) -> None:
    """A genre that is only a template can be begun all the same."""
    (here / "templates/genres").mkdir(parents=True)
    (here / "templates/genres/请示.xml.j2").write_text('{% extends "base.xml.j2" %}\n', encoding="utf-8")
    assert cli("new", "请示", "--defaults", "-o", "x.yaml").code == 0
    assert "体裁: 请示" in (here / "x.yaml").read_text("utf-8")
    assert cli("render", "x.yaml", "--to", "txt").code == 0


# What no sentence reads like: two marks in a row, a line that begins with one or ends without.
BROKEN = re.compile(r"[，；、：。][，；、：。]|^[，；、：。]|[，；、]$|（）|“”|[\[\]]", re.MULTILINE)
FIGURE = re.compile(r"^  \S+: \{(?:数值|公式): .*\n", re.MULTILINE)


def filled_in(written: str) -> str:
    """Return a skeleton as somebody leaves it who took every suggestion and had every figure."""
    written = written.replace("待补: |", "内容: |").replace("待补: 是", "内容: 无。").replace("×", "某")
    for key, number in (("数值", "40"), ("目标", "60"), ("上年", "30")):
        written = re.sub(rf"{key}: (?=[,}}])", f"{key}: {number}", written)
    return written


@pytest.mark.parametrize("genre", [*OUTLINES])
def test_an_indicator_taken_out_leaves_no_trace(genre: str) -> None:
    """Any line of 指标 may be deleted: nothing is rewritten, nothing is wrong, and no sentence is broken."""
    for level in LEVELS:
        written = filled_in(skeleton.render(skeleton.Wanted(genre, 2022, level), RESOURCES))
        whole = lines(written)
        for figure in FIGURE.findall(written):
            left = lines(written.replace(figure, ""))
            assert not BROKEN.search("\n".join(left)), figure
            assert len(left) <= len(whole)


@pytest.mark.parametrize("genre", [*OUTLINES])
def test_a_skeleton_without_figures(genre: str) -> None:
    """Where no figure is filled in at all, what is printed are sentences that need none."""
    for level in LEVELS:
        written = skeleton.render(skeleton.Wanted(genre, 2022, level), RESOURCES)
        text = written.replace("待补: |", "内容: |").replace("待补: 是", "内容: 无。").replace("×", "某")
        bare = re.sub(r"(?m)^ +结语:\n +指标表:(?:\n +(?:- |指标:|列:).*)+", "", text)
        assert not BROKEN.search("\n".join(lines(bare)))


SPEECH = "体裁: 讲话\n标题: 讲话\n单位: 甲局\n讲话人: 局长　郑文博\n日期: 2023-04-12\n内容: 甲。\n"


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        ("落款: 无\n", ["讲话", "局长　郑文博", "（2023年4月12日）", "甲。"]),
        ("", ["讲话", "局长　郑文博", "甲。", "甲局", "2023年4月12日"]),
        ("落款: 乙局\n", ["讲话", "局长　郑文博", "甲。", "乙局", "2023年4月12日"]),
    ],
)
def test_a_speech_has_its_day_under_its_title(signed: str, expected: list[str]) -> None:
    """A speech that nobody signs says below who speaks when it was held; one that is signed says it there alone."""
    assert [line.strip() for line in lines(SPEECH + signed)] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "述职人: 林致远\n职务: 院长\n",
            ["2022年度述职报告", "甲院院长　林致远", "乙。", "述职人：林致远", "2022年12月30日"],
        ),
        ("述职人: 林致远\n", ["2022年度述职报告", "林致远", "乙。", "述职人：林致远", "2022年12月30日"]),
        ("职务: 院长\n", ["2022年度述职报告", "甲院院长", "乙。", "甲院", "2022年12月30日"]),
        ("述职人: 林致远\n落款: 无\n", ["2022年度述职报告", "林致远", "乙。", "2022年12月30日"]),
        ("", ["甲院2022年度述职报告", "乙。", "甲院", "2022年12月30日"]),
    ],
)
def test_who_reports_on_their_own_work(said: str, expected: list[str]) -> None:
    """述职人 stands with 职务 and 单位 under the title and signs; a report of the whole office is the office's."""
    report = f"体裁: 述职报告\n年度: 2022\n单位: 甲院\n{said}日期: 2022-12-30\n内容: 乙。\n"
    assert [line.strip() for line in lines(report)] == expected


@pytest.mark.parametrize("genre", ["工作计划", "实施方案"])
def test_plans_of_a_township_are_not_a_countys(genre: str) -> None:
    """What a health centre is to do is told in its own sentences: two in three of a county's are not in its plan."""

    def sentences(level: str) -> set[str]:
        drafted = plain.write(compose(made(genre, level), draft=True).document)
        return {*re.findall("[^。\\s]+。", drafted)}

    county, town = sentences("县区"), sentences("乡镇")
    assert len(town - county) > 2 * len(town & county)
    assert "村卫生室" in "".join(town - county)
    assert "社区卫生服务站" in "".join(sentences("社区"))
    assert not any(word in "".join(town) for word in ("专项整治", "各单位", "深化改革"))
