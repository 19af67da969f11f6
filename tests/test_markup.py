"""The markup that templates write: what each element becomes, and what is refused."""

from __future__ import annotations

import pytest

from healthreport.composing.markup import MarkupError, parse
from healthreport.trees import outline as o
from healthreport.trees.roles import Role
from healthreport.values.numbering_styles import style

EVERYTHING = """
<document numbering="1. （1）" run-in="（1）">
  <title><t n="0"/></title>
  <recipient>各镇</recipient>
  <section number="无" run-in="true" numbering="①">
    <heading>甲<t n="1"/></heading>
    <p>乙<points style="①"><point>丙<points><point><t n="2"/></point></points></point><point>丁</point></points></p>
    <section run-in="一、"><todo>可写<t n="3"/></todo></section>
    <section run-in="false"/>
  </section>
  <items style="1."><item>戊</item><item><end mark="。">己</end></item></items>
  <items><item>庚</item></items>
  <table widths="1 2.5" counter="序号" landscape="true">
    <caption>辛</caption>
    <header><cell across="2">壬</cell></header>
    <row><cell down="3">癸</cell><cell/></row>
    <table-note>子</table-note>
  </table>
  <table><row><cell>丑</cell></row></table>
  <indicator-table n="4" landscape="true"><caption>寅</caption><table-note>卯</table-note></indicator-table>
  <indicator-table n="0"/>
  <figure width="300"><file><t n="4"/></file><caption>辰</caption></figure>
  <figure><file><t n="4"/></file></figure>
  <page-break/>
  <signature><organisation>巳</organisation><date>午</date></signature>
  <note>未</note>
  <attachment landscape="true"><title>申</title><p>酉</p></attachment>
  <attachment><title>戌</title></attachment>
</document>
"""


def test_everything_there_is() -> None:
    """Every element and attribute comes into the outline, and what is left out is nothing."""
    nested = o.PointRun(None, ((o.Ref(2),),))
    first = o.Section(
        ("甲", o.Ref(1)),
        True,
        (),
        "无",
        (style("①"),),
        (
            o.Paragraph(("乙", o.PointRun(style("①"), (("丙", nested), ("丁",))))),
            o.Section((), None, (style("一、"),), None, (), (o.Todo(("可写", o.Ref(3))),)),
            o.Section((), False, (), None, (), ()),
        ),
    )
    table = o.Table(
        ("辛",),
        ((o.Cell(("壬",), 2, 1),),),
        ((o.Cell(("癸",), 1, 3), o.Cell((), 1, 1)),),
        (1.0, 2.5),
        ("子",),
        "序号",
        True,
    )
    assert parse(EVERYTHING, 5) == o.Outline(
        opening=(o.Part(Role.TITLE, (o.Ref(0),)), o.Part(Role.RECIPIENT, (o.Ended(("各镇",), "："),))),
        numbering=(style("1."), style("（1）")),
        run_in=(style("（1）"),),
        goes_on=(),
        children=(
            first,
            o.Items(style("1."), (("戊",), (o.Ended(("己",), "。"),))),
            o.Items(None, (("庚",),)),
            table,
            o.Table((), (), ((o.Cell(("丑",), 1, 1),),), (), (), "", False),
            o.IndicatorTable(4, ("寅",), ("卯",), True),
            o.IndicatorTable(0, (), (), False),
            o.Figure(((o.Ref(4),),), 300, ("辰",)),
            o.Figure(((o.Ref(4),),), 0, ()),
            o.PageBreak(),
        ),
        organisation=("巳",),
        date=("午",),
        note=("未",),
        attachments=(
            o.Attachment(("申",), True, (o.Paragraph(("酉",)),), (), (), ()),
            o.Attachment(("戌",), False, (), (), (), ()),
        ),
        imprint=(),
    )


def test_an_empty_document() -> None:
    """A document of nothing is one."""
    assert parse("<document/>", 0) == o.Outline((), (), (), (), (), (), (), (), (), ())


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("<p>甲</p>", "元素“p”不能放在“#document”里"),
        ("<document><cell/></document>", "元素“cell”不能放在“document”里"),
        ("<document><p><document/></p></document>", "元素“document”不能放在“p”里"),
        ('<document><p n="1"/></document>', "元素“p”没有属性“n”"),
        ("<document>甲</document>", "元素“document”里不能直接写文字“甲”"),
        ("<document><file>甲</file></document>", "元素“file”不能放在“document”里"),
        ("<document><figure><file>甲</file></figure></document>", "元素“file”里不能直接写文字“甲”"),
        ("<document><table><header/></table></document>", "元素“table”里没有“row”"),
        ("<document><p><points><point/></points></p></document>", "元素“point”是空的"),
        ('<document><p><t n="1"/></p></document>', "没有引用报告里的文字（n=“1”）"),
        ('<document><p><t n="-1"/></p></document>', "没有引用报告里的文字（n=“-1”）"),
        ("<document><p><t/></p></document>", "没有引用报告里的文字（n=“”）"),
        ("<document><indicator-table/></document>", "属性缺少或不对"),
        ('<document><figure width="宽"/></document>', "属性缺少或不对"),
        ("<document><p><end>甲</end></p></document>", "属性缺少或不对"),
        ("<document><p></document>", "模板写出的标记不成对（第1行"),
        ("<document>", "模板写出的标记不成对"),
        ("<document/><document/>", "模板写出的标记不成对"),
        ("<!DOCTYPE document><document/>", "模板里不能有DOCTYPE"),
    ],
)
def test_what_is_refused(markup: str, message: str) -> None:
    """Elements out of their place, attributes they do not have, words where none belong, references to nothing."""
    with pytest.raises(MarkupError) as wrong:
        parse(markup, 1)
    assert message in str(wrong.value)
