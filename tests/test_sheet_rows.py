"""Which rows are townships: totals in every spelling are none, and no real place is taken for one."""

from __future__ import annotations

import pytest

from healthreport.diagnostics import HealthReportError
from healthreport.reading.resources import packaged
from healthreport.reading.tables.words import Kind, refuse_bad_patterns
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from helpers import RESOURCES
from sheets_data import base, failures, figures, listed, read, sheet, values, warnings

WORDS = RESOURCES.sheet_words
TOTALS = """
合计·合 计·合　　计·合计：·合 计（2个）·合计(8家)·总计·总 计·总合计·共计·小计·全县·全 县·全市合计·全 市·全省
全 省·全区·全镇·全院·全系统·全国·全县（合计）·全县总计·白石县合计·本县·县级合计·汇总·累计·总数·合计人数·求和
加总·Total·Grand Total·合计(Total)·总　　计 TOTAL·本页合计·本表合计·甲乙丙类总计·医院合计·20个乡镇合计·各镇合计
合计①·合计[1]·＊合计·合计*·合计。·(合计)·全县汇总·县直汇总·合计数·共计人数·总和·计·合·总·全旗·各县·小 计
东片小计·城区小计·片小计·中心卫生院小计·乡镇小计·乡镇卫生院合计·县直小计·县级小计·一、医院合计·（一）小计
山区乡镇合计·沿江片区小计·第一组小计·丙类传染病合计·三类小计·其中：城区小计·小计（8个）·基层合计·东部乡镇合计
本页小计·乡镇卫生院（小计）·小计：·平均·平 均·平均值·平均数·均值·全县平均·全市平均·全省平均水平·各镇平均
加权平均·全县各乡镇平均·县级平均·本县平均·均数·中位数·最大值·最小值·最高·最低·上年同期·去年同期·上年·同期
2022年同期·增减·增减数·增减%·同比·同比增减(%)·比上年增长%·环比·目标值·任务数·达标值·省定标准·差距·排名·完成率
占全县%·占全县比重%·2022年·2022年合计·上年数·去年·上月·增幅·完成比例·占比·比重·目标·任务·计划·标准·差额
与上年同期相比·全县合计·全区合计·全市总计·全镇合计·本院合计·本区·总计数·合计栏·合计行·全乡·全辖区·全街道
全社区合计·各乡镇合计·县直合计·总量·总体
"""
PLACES = """
合作市·合作镇·合作街道·合水县·合水镇·合川区·合江县·合口镇·合山市·合山镇·合道镇·合德镇·合村乡·合心镇·合力镇
合流镇·合面镇·合马镇·合姑洛乡·三合镇·六合镇·百合镇·联合街道·双合镇·四合镇·总铺镇·总十庄镇·总口管理区·总寨镇
总堡乡·总路咀镇·十总镇·胡总镇·华阳河农场总场·区生态林场总场·小计河村·小关镇·小城镇·小坝镇·小河镇·小三江镇·小塘镇
计划乡·大苏计乡·城计头乡·计家墩村·计新庄村·共和县·共和镇·共青城市·共乐镇·共兴镇·共济街道·共荣镇·天全县·万全区
全椒县·全州县·全州镇·全南县·全福街道·全安镇·全宁街道·全旺镇·全茗镇·全丰镇·全军乡·万全镇·大全镇·富全镇·万全乡
安全乡·均县镇·均口镇·均安镇·均川镇·均村乡·均桥镇·均溪镇·均禾街道·邦均镇·流均镇·成均镇·汇川区·徐汇区·川汇区
汇口镇·汇龙镇·汇源街道·汇湾镇·双汇镇·南汇街道·徐家汇街道·其中口乡·其塔木镇·其中村·其中口村
天津经济技术开发区（其他片区）·注溪镇·注溪乡·注滋口镇·注泔镇·注湖村·注北村·附城镇·附城街道·附海镇·附件厂社区
来安街道·来苏镇·来凤街道·资源县·资源镇·资福镇·资市镇·资中县·来源村·数据谷社区·数码街社区·审坡镇·审章塘瑶族乡
报福镇·报恩乡·报京乡·制锦市街道·备战路社区·说理村·填头村·审计社区·待补镇·待王街道·未央区·未央宫街道·未来路街道
无为市·无极县·无城镇·无梁镇·无量寺乡·零陵区·零口街道·零溪镇·县直辖村级区划·区直辖村级区划·县直社区·市直机关社区
区直东社区·省属黄海农场·古县镇·老县镇·唐县镇·县功镇·县底镇·县溪镇·三市镇·上塔市镇·伍市镇·城区·城区街道
南城区街道·城市新区·城乡路街道·新农村镇·安乡县·中亚北路片区街道·友好街道片区·仓房沟片区街道·容东片区·片口乡
片马镇·青片乡·中心镇·中心店镇·中心河乡·中心街道·汇金区域服务中心·国有林管理中心·天乐社区服务中心·一六镇·八一镇
五里镇·十里铺镇·第一街道·第二街道·第一关镇·第三铺乡·第十师一八四团·甲子镇·甲东镇·乙圩乡·丙安镇·丙村镇·丁集镇
丁青县·女山湖镇·女儿河街道·女埠街道·女织寨镇·万年镇·青年街道·永年镇·年陡镇·月塘镇·月河镇·月湖区·日土县·日兴镇
明月镇·万户镇·七户乡·一元街道·三元镇·三张镇·五亩乡·七里乡·九里乡·九百户镇·六十户乡·四十八镇·五十镇·八千乡
八十八乡·二八镇·万镇·九镇·三五镇·二六七二街道·309医院社区·分水镇·分界镇·户部乡·户村镇·项店镇·名山镇·次坞镇
标里镇·比如县·占山乡·率洲农场·类乌齐镇·人和镇·项里街道·标溪乡·名口镇·排头乡·增福镇·增城区·上司镇·下司镇·表白寺镇
续迈乡·上年村·上期村·联系村·时间城社区·开发区类似乡级单位·垦东类似乡级单位·街道·农场·林场·苗圃·开发区
东湖风景区街道（武昌）·科技城（东渚街道）·化学新材料产业园-沿江街道·额敏（兵地、辽阳）工业园区·八五〇农场
㮾梨街道·流波䃥镇·城南·盐场·永乐
"""


def test_the_lists_are_long() -> None:
    """At least 136 spellings of totals, averages and comparisons, and 190 places that look like them."""
    assert len({*listed(TOTALS)}) >= 136
    assert len({*listed(PLACES)}) >= 190


@pytest.mark.parametrize("name", listed(TOTALS))
def test_a_total_is_no_township(name: str) -> None:
    """A row about the whole table gives no document, in whichever way it is written."""
    townships = read(f"单位|改厕\n白石镇|12\n青山镇|8\n{name}|20", "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "8"}
    assert name.replace(" ", "").replace("　", "")[:4] in townships.reading.short().replace(" ", "").replace("　", "")


@pytest.mark.parametrize("name", listed(PLACES))
def test_a_place_is_a_township(name: str) -> None:
    """A real place is a township, whatever its name holds, and its name is printed as it is written."""
    townships = read(f"单位|改厕\n白石镇|12\n{name}|30\n青山镇|8", "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12", name: "30", "青山镇": "8"}
    assert townships.problems == []


@pytest.mark.parametrize("name", [*listed(PLACES)])
def test_a_place_without_figures_is_no_note(name: str) -> None:
    """A place that has not filled in its figure is a township without one, never dropped."""
    townships = read(f"单位|改厕\n白石镇|12\n{name}|\n青山镇|8", "改厕 座")
    assert townships.names == ["白石镇", name, "青山镇"]


NOTES = """
数据来源：县统计局·资料来源：各乡镇上报·来源：县统计局·数据来源于各镇月报·数据由各镇提供·数据提供：信息科
（县统计局）·数据截至2023年12月31日·截至11月底·统计时点：2023年底·统计口径：含新建·统计范围：全县
制表机关：县卫健局·批准文号：国统字2023·表号：卫统1表·有效期至：2025年·以上数据由信息科汇总·Source: county
注：1.本表按当年价格计算·注:·注：·注1：初步数·注2、不含民营·注[1] 不含民营·附注：初步数·备注：初步数
说明：1、初步数·填表说明：逐项填写·填报说明·编制说明·注释:初步数·[1]本公报数据均为初步数·①本表数字为公安年报数
*号为上年未报数单位·**通过验收的·*为千分点·★表示新建·※以上均为初步数据·▲表示下降·1.本表一式两份
2、请于每月5日前上报·（1）由各镇填报后汇总·指标解释：略·审核关系：3=1+2·逻辑关系：略·表内关系·补充资料：略
本表为月报·如有异议请联系信息科·单位：座、%·续下页·单位（盖章）：·填报单位（盖章）：·单位负责人：
负责人（签字）：·分管领导：·主要领导签字：·统计负责人：·填表人：王某·填报人：·制表人：·制表：·审核：
审核人：李某·复核：·经办人：·联系人：·联系电话：·电话：·报出日期：·填报日期：  年  月  日·填报时间：
2023年12月31日·院长：    会计：·（公章）·签章：·抄送：县政府
新建的不计。·新建的不计；·新建的计不计？·新建的不计！
"""


@pytest.mark.parametrize("note", listed(NOTES))
def test_notes_and_signatures_are_told_not_rendered(note: str) -> None:
    """Notes, sources and sign-offs below a table are no townships, and the short line names them."""
    townships = read(f"单位|改厕\n白石镇|12\n青山镇|8\n{note}|", "改厕 座")
    assert townships.names == ["白石镇", "青山镇"]
    assert "不是单位的行" in townships.reading.short()


@pytest.mark.parametrize(
    "head",
    listed(
        "一、中心卫生院·（一）城区·1.乡镇·第一片区·一片区·东片·东部乡镇·北线·沿江片·山区·第一组·A组·甲类·一类乡镇·"
        "乡镇卫生院：·县直单位·按登记注册类型分"
    ),
)
def test_sections_are_told(head: str) -> None:
    """A section's head without figures is no township."""
    townships = read(f"单位|改厕\n{head}|\n白石镇|12\n青山镇|8", "改厕 座")
    assert townships.names == ["白石镇", "青山镇"]
    assert f"分段“{head}”" in townships.reading.short()


@pytest.mark.parametrize(
    "part",
    listed(
        "其中：白石社区·其中:公立·其中 白石分院·其中，新建·其中（民营）·#医院·# 乡镇卫生院·##综合医院\n"
        "内：公立·含：民营·包括：民营·另：民营医院·—公立·├ 公立·其中女"
    ),
)
def test_parts_of_the_row_above(part: str) -> None:
    """其中 and its marks open a part: no township, and not added to the total again."""
    townships = read(f"单位|改厕\n白石镇|12\n{part}|5\n青山镇|8\n合计|20", "改厕 座")
    assert townships.names == ["白石镇", "青山镇"]
    assert townships.problems == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("白石镇|12\n东片小计|12\n青山镇|8\n西片小计|8\n总计|20", {"白石镇": "12", "青山镇": "8"}),
        ("合计|20\n白石镇|12\n小计|12\n青山镇|8\n小计|8", {"白石镇": "12", "青山镇": "8"}),
        ("小计|20\n白石镇|12\n青山镇|8\n小计|9\n云台镇|9\n合计|29", {"白石镇": "12", "青山镇": "8", "云台镇": "9"}),
        ("白石镇|12\n青山镇|8\n合计|20\n云台镇|9\n合计|9\n总计|29", {"白石镇": "12", "青山镇": "8", "云台镇": "9"}),
    ],
)
def test_a_subtotal_belongs_to_its_part(rows: str, expected: dict[str, str]) -> None:
    """小计 is compared with its part, above or below it; a total stands on top or at the foot: no false warning."""
    townships = read(f"单位|改厕\n{rows}", "改厕 座")
    assert values(townships, "改厕") == expected
    assert townships.problems == []


def test_a_section_that_only_its_width_tells() -> None:
    """A name merged across the table that has no figures heads a section, whatever it says."""
    townships = read(sheet("单位|改厕\n靠山的几家|\n白石镇|12", "A2:B2"), "改厕 座")
    assert townships.names == ["白石镇"]
    assert "分段“靠山的几家”" in townships.reading.short()
    assert read("单位|改厕\n靠山的几家|\n白石镇|12", "改厕 座").names == ["靠山的几家", "白石镇"]


def test_a_total_that_does_not_add_up() -> None:
    """The warning names the sheet's figure, the sum and the difference, at the cell."""
    (problem,) = read("单位|改厕\n白石镇|12\n青山镇|8\n合计|21", "改厕 座").problems
    assert problem.position.cell == "B4"
    assert problem.message == "“改厕”的合计与各行之和20座不符：表里写的是21座，差1座。"


def test_text_cells_that_the_sheets_sum_passed_over() -> None:
    """Where the difference is that of cells stored as text, they are named."""
    made = sheet("单位|改厕\n白石镇|12\n青山镇|8\n合计|12")
    made.text_numbers = frozenset({(2, 1)})
    (problem,) = read(made, "改厕 座").problems
    assert "B3是文本格式的数，Excel 求和时跳过了" in problem.hint


def test_rates_are_never_added() -> None:
    """Neither a rate nor a figure per head is compared with a sum."""
    townships = read(
        "单位|签约率|次均费用|改厕\n白石镇|80|120|1\n青山镇|81|130|2\n合计|80.4|125|3",
        "签约率 %\n次均费用 元/人\n改厕 座",
    )
    assert townships.problems == []


def test_an_average_is_compared_with_the_mean() -> None:
    """平均 is checked as a mean, in its own digits."""
    assert read("单位|改厕\n白石镇|12\n青山镇|7\n平均|9.5", "改厕 座").problems == []
    assert warnings(read("单位|改厕\n白石镇|12\n青山镇|7\n平均|8.5", "改厕 座")) == [("total-mismatch", "B4")]


def test_the_total_in_another_column() -> None:
    """合计 in the column of serial numbers or of parts of the county, and beside a serial number, is a total."""
    for total in ("合计||20", "|合计|20", "3|合计|20"):
        townships = read(f"序号|单位|改厕\n1|白石镇|12\n2|青山镇|8\n{total}", "改厕 座")
        assert (townships.names, townships.problems) == (["白石镇", "青山镇"], [])


@pytest.mark.parametrize("more", ["单位: 槐溪县卫生健康局", "上级: 槐溪县卫生健康局", "单位: 槐溪县"])
def test_the_countys_own_row(more: str) -> None:
    """A row of the county itself is its total, and that is told."""
    townships = read("单位|改厕\n槐溪县|20\n白石镇|12\n青山镇|8", base("改厕 座", more=more))
    assert townships.names == ["白石镇", "青山镇"]
    assert warnings(townships) == [("taken-for-total", "A2")]


def test_a_county_that_the_title_names() -> None:
    """某某县 that the title names and that adds up is the total; where it does not add up it stays a township."""
    rows = "槐溪县2023年统计表||\n单位|改厕|床位\n槐溪县|20|{}\n白石镇|12|3\n青山镇|8|4"
    assert read(rows.format(7), "改厕 座\n床位 张").names == ["白石镇", "青山镇"]
    assert "槐溪县" in read(rows.format(8), "改厕 座\n床位 张").names


def test_a_row_that_adds_up_by_chance() -> None:
    """A township that equals the sum of the others stays one, and is told."""
    townships = read("单位|改厕\n白石镇|12\n青山镇|8\n云台镇|20", "改厕 座")
    assert townships.names == ["白石镇", "青山镇", "云台镇"]
    assert warnings(townships) == [("looks-like-total", "A4")]


def test_a_row_without_a_name_that_adds_up() -> None:
    """A row without a name that is the sum of the others is their total; any other fails alone."""
    townships = read("单位|改厕\n白石镇|12\n青山镇|8\n|20", "改厕 座")
    assert (townships.names, warnings(townships)) == (["白石镇", "青山镇"], [("taken-for-total", "A4")])
    townships = read("单位|改厕\n白石镇|12\n|3\n青山镇|8", "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "8"}
    ((name, (problem,)),) = failures(townships).items()
    assert (name, problem.id, problem.position.cell) == ("第3行", "no-name", "A3")


def test_numbers_before_names() -> None:
    """Names that are all counted lose their numbers; a counted head among others is a section."""
    townships = read("单位|改厕\n1.白石镇|12\n2.青山镇|8\n合计|20", "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "8"}


def test_a_section_that_does_not_add_up() -> None:
    """A section's own figures are compared with the rows below it; a difference is told."""
    townships = read("单位|改厕\n一、医院|25\n白石院|12\n青山院|8", "改厕 座")
    assert (townships.names, warnings(townships)) == (["白石院", "青山院"], [("total-mismatch", "B2")])


def test_units_that_only_look_like_a_section() -> None:
    """民营医院 with figures that are no sum of what follows is a unit of its own."""
    townships = read("单位|改厕\n民营医院|5\n白石镇|12\n青山镇|8", "改厕 座")
    assert townships.names == ["民营医院", "白石镇", "青山镇"]


def test_a_header_that_is_repeated() -> None:
    """A header written again for the next page is passed over, both its rows."""
    head = "单位|门诊||改厕\n|本年|上年|"
    townships = read(f"{head}\n白石镇|12|10|1\n{head}\n青山镇|8|7|2", "门诊 人次\n改厕 座")
    assert values(townships, "门诊") == {"白石镇": "12", "青山镇": "8"}
    assert "几张表接在一起" in townships.reading.short()


def test_another_header_further_down() -> None:
    """A second table below whose columns stand in another order is read by its own header."""
    townships = read("单位|改厕|床位\n白石镇|12|3\n单位|床位|改厕\n青山镇|8|4", "改厕 座\n床位 张")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "4"}


def test_a_unit_that_is_called_like_a_heading() -> None:
    """机构 with figures is a unit and no second header; alone in its row it is none either."""
    assert read("单位|改厕|床位\n机构|12|3\n白石镇|8|4", "改厕 座\n床位 张").names == ["机构", "白石镇"]
    assert "白石镇" in read("单位|改厕|床位\n机构||\n白石镇|8|4", "改厕 座\n床位 张").names


def test_a_township_twice() -> None:
    """Only these two fail, each with the place of the other; the others are done."""
    townships = read("单位|改厕\n白石镇|12\n青山镇|8\n白 石 镇|9", "改厕 座")
    assert values(townships, "改厕") == {"青山镇": "8"}
    found = failures(townships)
    assert sorted(found) == ["白石镇（第2行）", "白石镇（第4行）"]
    (problem,) = found["白石镇（第4行）"]
    assert (problem.position.cell, problem.related[0].position.cell) == ("A4", "A2")


def test_a_merged_name_over_two_rows() -> None:
    """Rows of one merged name that complement each other are one township; two figures for one cell are told."""
    made = sheet("单位|改厕|床位\n白石镇|12|\n||3\n青山镇|8|4", "A2:A3")
    assert figures(read(made, "改厕 座\n床位 张"))["白石镇"] == {"改厕": "12", "床位": "3"}
    townships = read(sheet("单位|改厕\n白石镇|12\n|3\n青山镇|8", "A2:A3"), "改厕 座")
    assert values(townships, "改厕") == {"青山镇": "8"}
    (problem,) = failures(townships)["白石镇"]
    assert (problem.position.cell, "合并" in problem.message) == ("A3", True)


def test_a_merged_figure() -> None:
    """A figure merged over two townships is nobody's: both fail, with the cells."""
    townships = read(sheet("单位|改厕\n白石镇|12\n青山镇|8\n云台镇|", "B3:B4"), "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12"}
    (problem,) = failures(townships)["云台镇"]
    assert (problem.position.cell, "B3" in problem.message) == ("B4", True)


def test_names_as_they_are_written() -> None:
    """Blanks and line breaks inside names go, and footnote marks round them; blanks between Latin words stay."""
    rows = "单位|改厕\n白 石 镇|1\n青山镇\v卫生院|2\n　云台镇*|3\nSt. Mary  Hospital|4\n*槐荫镇|5\n柳河镇①|6"
    rows += "\nSt. Mary 医院|7"
    townships = read(sheet(rows.replace("\v", "\x0b")), "改厕 座")
    expected = ["白石镇", "青山镇卫生院", "云台镇", "St. Mary Hospital", "槐荫镇", "柳河镇", "St. Mary医院"]
    assert townships.names == expected
    assert townships.fields(0)["单位"].value == "白石镇"  # type: ignore[union-attr]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    """What is filtered out or hidden is read like the rest, and named."""
    made = sheet("单位|改厕|床位\n白石镇|12|1\n青山镇|8|2\n云台镇|7|3")
    made.hidden_rows, made.hidden_columns = frozenset({2}), frozenset({2})
    townships = read(made, "改厕 座\n床位 张")
    assert len(townships.names) == 3
    assert "隐藏的行也读了：青山镇；隐藏的列也读了：床位" in townships.reading.short()


def test_rows_that_say_nothing() -> None:
    """Rows of zeros without a name, of a serial number alone, and of blanks are nobody's."""
    townships = read("序号|单位|改厕\n1|白石镇|12\n2||\n3||0\n||-\n||-0.00%\n4|青山镇|8", "改厕 座")
    assert townships.names == ["白石镇", "青山镇"]


def test_the_rules_do_not_look_inside_names() -> None:
    """A word that makes a total makes none as a part of another."""
    assert WORDS.total_of("天全县") is None
    assert WORDS.total_of("全　县") is Kind.TOTAL
    assert WORDS.aside("注溪镇") is None
    assert WORDS.aside("注：初步数") is Kind.NOTE


def test_an_error_value_is_no_part() -> None:
    """#REF! in the place of a name is no 其中, though it begins with a #."""
    for text in ("#REF!", "#N/A", "#NAME?", "#DIV/0!"):
        assert WORDS.aside(text) is None
        assert read(f"单位|改厕\n白石镇|1\n{text}|2", "改厕 座").names == ["白石镇", text]


def test_packaged_patterns_are_good() -> None:
    """The packaged patterns are what a bureau's own have to be; a kind's patterns name it, whichever comes first."""
    tree = parse(RESOURCES.reader.read(packaged() / "sheets" / "行.yaml"))
    refuse_bad_patterns(tree)
    assert all(one.groupindex for one in (WORDS.by_label, WORDS.by_text, WORDS.by_head))


@pytest.mark.parametrize(
    "written",
    [
        "(",
        "甲)(乙",
        "甲{9999999999}",
        "(" * 999 + ")" * 999,
        "(?P<a>甲)",
        "(?i)a",
        r"(甲)\1",
        "(甲)?(?(1)乙|丙)",
        "(?:甲)+",
        "甲*乙*丙*丁*戊*",
    ],
)
def test_bad_patterns(written: str) -> None:
    """A pattern of a bureau's own is refused that is none, that would not stand beside others, or that may be slow."""
    with pytest.raises(HealthReportError) as wrong:
        refuse_bad_patterns(parse(Source("行.yaml", f"合计样式: ['{written}']\n")))
    assert wrong.value.diagnostics[0].id == "bad-pattern"
