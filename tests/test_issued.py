"""红头 and 版记: what a document that is sent out has above its title and at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from healthreport.reading.yaml.dump import plain
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from helpers import GENERAL, UNTITLED, body, compose, mistakes, word

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

WORDS = {
    "红头: {发文字号: 清卫发〔2022〕8号}\n内容: 甲": "清卫发〔2022〕8号|甲",
    "红头: {签发人: 王}\n内容: 甲": "签发人：王|甲",
    "红头: {签发人: [王, 李], 发文字号: 8号}\n内容: 甲": "8号　　签发人：王|李|甲",
    "红头:\n  发文机关标志: |\n    甲局\n    乙局文件\n  紧急程度: 特急\n  密级: 机密\n  份号: 000001\n内容: 甲":
        "000001|机密|特急|甲局|乙局文件|甲",
    "红头: {}\n版记: {}\n内容: 甲": "甲",
    "内容: 甲\n版记: {抄送: 区委。}": "甲|抄送：区委。",
    "内容: 甲\n版记: {印发日期: 2022-1-5}": "甲|2022年1月5日印发",
    "内容: 甲\n版记: {印发日期: 2022-1-5, 印发机关: 办公室}": "甲|办公室　　2022年1月5日印发",
    "落款: 局\n附注: 乙\n附件: {标题: 表, 内容: 丙}\n版记: {抄送: 区委}":
        "附件：表|局|（乙）|附件|表|丙|抄送：区委。",
    "年度: 2022\n单位: 局\n红头: {发文字号: '〔{{ 年度 }}〕8号'}\n内容: 甲\n版记: {印发机关: '{{ 单位 }}办公室'}":
        "〔2022〕8号|甲|局办公室",
}  # fmt: skip
ISSUED = f"""{GENERAL}红头: {{发文机关标志: 清河区卫生健康局文件, 发文字号: 清卫发〔2022〕8号, 签发人: 周明远}}
内容: 甲
附件: {{标题: 表, 横排: 是, 内容: 乙}}
版记: {{抄送: 区委办公室, 印发机关: 办公室, 印发日期: 2022-12-30}}
"""


@pytest.mark.parametrize(("report", "expected"), WORDS.items())
def test_words(report: str, expected: str) -> None:
    """Every word is printed with its set phrase, 红头 first and 版记 last, however few there are of them."""
    assert body(report) == expected.split("|")


def test_places_in_word() -> None:
    """The name of the office is centred and red; what stands beside another is set off by a tab to the right edge."""
    document = word(ISSUED)
    paragraphs = document.paragraphs
    assert [one.text for one in paragraphs[:3]] == [
        "清河区卫生健康局文件",
        "清卫发〔2022〕8号\t签发人：周明远",
        "情况汇报",
    ]
    assert paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert str(paragraphs[0].runs[0].font.color.rgb) == "FF0000"
    assert [one.text for one in paragraphs[-2:]] == ["抄送：区委办公室。", "办公室\t2022年12月30日印发"]
    stops = [one.paragraph_format.tab_stops[0].position for one in (paragraphs[1], paragraphs[-1])]
    # One of 28 characters in from the edge of a type area of 156 mm.
    assert [round(stop.mm) for stop in stops] == [150, 150]
    # 版记 stands on an upright page, also behind an attachment that lies across.
    assert [one.orientation for one in document.sections] == [0, 1, 0]


def test_alone_on_a_line() -> None:
    """Without a signer the number is centred; a signer or a day alone stands at the right edge."""
    first = word(ISSUED.replace(", 签发人: 周明远", "")).paragraphs[1]
    assert (first.text, first.alignment) == ("清卫发〔2022〕8号", WD_ALIGN_PARAGRAPH.CENTER)
    alone = word(ISSUED.replace("发文字号: 清卫发〔2022〕8号, ", "").replace("印发机关: 办公室, ", "")).paragraphs
    assert [(alone[at].text, alone[at].alignment) for at in (1, -1)] == [
        ("签发人：周明远", WD_ALIGN_PARAGRAPH.RIGHT),
        ("2022年12月30日印发", WD_ALIGN_PARAGRAPH.RIGHT),
    ]


def test_the_title_is_that_of_the_document() -> None:
    """The name of the office is not taken for the document's title."""
    assert compose(ISSUED).document.title == "情况汇报"


@pytest.mark.parametrize("written", ["红头: {发文字号: 清卫发〔20XX〕8号}", "版记: {抄送: ××局}"])
def test_what_is_still_to_be_filled_in(written: str) -> None:
    """Placeholders are warned of there as everywhere."""
    assert [one.id for one in compose(f"{UNTITLED}{written}\n内容: 甲\n").warnings] == ["placeholder"]


def test_mistakes() -> None:
    """An unknown key and a day that is none are told at their places."""
    found = mistakes(f"{UNTITLED}红头: {{发文字: 8号}}\n版记: {{印发日期: 月底}}\n内容: 甲\n")
    assert [(one.id, one.position.line) for one in found] == [("unknown-key", 3), ("bad-date", 4)]
    assert "发文字号" in found[0].message


def test_townships_issue_their_own(here: Path, cli: Cli) -> None:
    """Nothing of the county's 红头 and 版记 is a township's; each prints its own, with what it says itself."""
    base = "红头: {发文机关标志: 县局文件, 发文字号: 县8号}\n版记: {抄送: 县委}\n"
    (here / "县.yaml").write_text(f"{GENERAL}{base}内容: 甲\n", "utf-8")
    for name, number in (("白石镇", "白1号"), ("青山镇", "青2号")):
        own = f"红头: {{发文字号: '{number}'}}\n版记: {{抄送: '{{{{ 单位 }}}}各科室'}}\n"
        (here / f"{name}.yaml").write_text(f"继承: 县.yaml\n单位: {name}\n{own}", "utf-8")
    (here / "石桥镇.yaml").write_text("继承: 县.yaml\n单位: 石桥镇\n", "utf-8")
    assert cli("render", *(f"{name}.yaml" for name in ("白石镇", "青山镇", "石桥镇")), "--to", "txt").code == 0
    printed = {path.stem: path.read_text("utf-8").split() for path in here.glob("*.txt")}
    assert printed == {
        "白石镇": ["白1号", "情况汇报", "甲", "抄送：白石镇各科室。"],
        "青山镇": ["青2号", "情况汇报", "甲", "抄送：青山镇各科室。"],
        "石桥镇": ["情况汇报", "甲"],
    }


def test_next_year(here: Path, cli: Cli) -> None:
    """Next year's file keeps who issues and who gets copies, not numbers and days."""
    written = "红头: {份号: 000001, 密级: 秘密, 发文机关标志: 局文件, 发文字号: 8号, 签发人: 王}\n"
    written += "版记: {抄送: 区委, 印发机关: 办公室, 印发日期: 2022-12-30}\n"
    (here / "2022.yaml").write_text(f"{GENERAL}年度: 2022\n{written}内容: 甲\n", "utf-8")
    assert cli("new", "--from", "2022.yaml", "-o", "2023.yaml").code == 0
    new = plain(parse(Source("2023.yaml", (here / "2023.yaml").read_text("utf-8"))))
    assert isinstance(new, dict)
    assert new["红头"] == {"份号": "", "密级": "秘密", "发文机关标志": "局文件", "发文字号": "", "签发人": "王"}
    assert new["版记"] == {"抄送": "区委", "印发机关": "办公室", "印发日期": ""}
