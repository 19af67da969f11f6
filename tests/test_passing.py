"""What 继承 passes on is said at each key: the lists below are the whole of it, and behaviour follows them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthreport import pipeline
from healthreport.jobs import schema
from healthreport.model.fields import key, passing
from healthreport.model.indicators import Indicator
from healthreport.model.report import MODELS, Head, Report
from healthreport.model.validating.types import Model, Word
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.yaml.dump import plain
from healthreport.reading.yaml.nodes import Mapping, Source
from healthreport.reading.yaml.parse import parse
from helpers import RESOURCES
from test_inherit import lines, mistakes, write

if TYPE_CHECKING:
    from conftest import Cli

# A value for every key of a report. What passes on stands whole, however deep.
REPORT = {
    "体裁": "通用",
    "年度": "2022",
    "期间": "上半年",
    "标题": "甲",
    "副标题": "——乙",
    "上级": "县委",
    "主送": "区委",
    "称谓": "同志们",
    "日期": "2022-12-30",
    "截至": "2022-11-30",
    "导语": "[甲, {引语: 乙, 分述: [丙, 丁]}]",
    "成绩": "[{标题: 甲, 内容: 乙, 待补: 是}]",
    "问题": "{标题: 甲, 内容: 乙}",
    "计划": "[甲]",
    "章节": "[{标题: 甲, 章节: [{标题: 乙, 内容: 丙}]}]",
    "内容": "{表格: {行: [[甲, 乙]], 注: 丙}}",
    "结尾": "特此报告。",
    "附件": "[{标题: 甲, 内容: 乙, 横排: 是}]",
    "结构": "并列式",
    "编号": "[一、]",
    "接排": "[1.]",
    "续号": "[1.]",
    "版式": "省级",
    "指标": "{甲: {单位: 座}}",
    "文字": "{亮点: }",
}
OWN = {
    "红头": "{发文机关标志: 县局文件, 发文字号: 县卫发〔2022〕8号, 密级: 秘密}",
    "版记": "{抄送: 县委, 印发机关: 县局办公室, 印发日期: 2022-12-30}",
    "单位": "县局",
    "讲话人": "局长",
    "述职人": "周明远",
    "职务": "局长",
    "附注": "（初步数）",
    "落款": "县局办公室",
    "简称": "县局",
    "汇总来源": "乡镇/",
}
DEFINITION = {
    "单位": "座",
    "公式": "乙 / 丙",
    "目标": "≤22",
    "小数位": "1",
    "越低越好": "是",
    "说明": "甲乙丙",
    "别名": "丙",
    "可超过100": "是",
    "可超过10倍": "是",
    "无目标": "是",
    "无上年": "是",
    "汇总方式": "求和",
}
VALUES = {"数值": "12", "上年": "11", "区间": "3—5", "约数": "余", "分项": "{丁: 1}", "截至": "2022-06-30"}


def passed(folder: Path, report: str) -> Mapping:
    """Return what a report passes on."""
    write(folder, {"县.yaml": report})
    return inherit.base(folder / "县.yaml", Reader()).definitions


def test_every_key() -> None:
    """Of a report and of an indicator these keys pass on and no other; what does not say so does not."""
    heads: dict[str, bool | str] = dict.fromkeys(["继承", "指标文件", "追加"], False)
    assert passing(Head) == heads
    assert passing(Report) == {**heads, **dict.fromkeys(REPORT, True), **dict.fromkeys(OWN, False), "落款": "无"}
    # 共用 is neither definition nor value: with 是 the indicator passes whole, and what is wrong with it is told.
    assert passing(Indicator) == {**dict.fromkeys(DEFINITION, True), **dict.fromkeys(VALUES, False), "共用": True}


def test_silence_means_no() -> None:
    """A key that says nothing of passing on does not; nor does one below a report's own, which goes with it whole."""

    class Asked(Model):
        silent: Word = key("甲", "甲。", "")
        told: Word = key("乙", "乙。", "", passes=True)

    assert passing(Asked) == {"甲": False, "乙": True}
    for model in {*MODELS.values()} - {Report, Indicator}:
        assert not any(passing(model).values()), model


@pytest.mark.parametrize("name", [*REPORT, *OWN])
def test_keys_of_a_report(name: str, here: Path) -> None:
    """What a report is laid over has each key that passes on, as the base says it, and none of the others."""
    report = f"{name}: {({**REPORT, **OWN})[name]}\n"
    assert plain(passed(here, report)) == ({} if name in OWN else plain(parse(Source("", report))))


@pytest.mark.parametrize("shared", ["", "否", "是"])
def test_keys_of_an_indicator(shared: str, here: Path) -> None:
    """An indicator's definition passes on; its values do where the base says 共用."""
    every = {**DEFINITION, **VALUES, "共用": shared}
    inside = ", ".join(f"{name}: {value}" for name, value in every.items())
    indicators = passed(here, f"指标: {{甲: {{{inside}}}}}\n")["指标"]
    assert isinstance(indicators, Mapping)
    one = indicators["甲"]
    assert isinstance(one, Mapping)
    assert {*one} - {"共用"} == ({*DEFINITION, *VALUES} if shared == "是" else {*DEFINITION})


def test_a_township_signs_for_itself(here: Path) -> None:
    """Whoever signed the county's report does not sign a township's; that nobody signs is for all."""
    opening = "体裁: 通用\n标题: 甲\n内容: 乙\n日期: 2022-12-30\n附注: （县里的附注）\n讲话人: 局长\n"
    for signature, signed in (("县局办公室", ["镇院"]), ("无", [])):
        write(here, {"县.yaml": f"{opening}单位: 县局\n落款: {signature}\n", "镇.yaml": "继承: 县.yaml\n单位: 镇院\n"})
        assert lines(here / "镇.yaml") == ["甲", "乙", *signed, "2022年12月30日"]


def test_three_generations(here: Path) -> None:
    """What does not pass on from one to the next does not reach the one after it either."""
    write(here, {"市.yaml": "体裁: 通用\n标题: 甲\n单位: 市局\n附注: （市）\n落款: 无\n日期: 2022-12-30\n内容: 乙\n"})
    write(here, {"县.yaml": "继承: 市.yaml\n落款: 县局\n", "镇.yaml": "继承: 县.yaml\n单位: 镇院\n"})
    assert lines(here / "县.yaml") == ["甲", "乙", "县局", "2022年12月30日"]
    assert lines(here / "镇.yaml") == ["甲", "乙", "镇院", "2022年12月30日"]
    kept_back = inherit.base(here / "县.yaml", Reader()).kept_back
    assert {name: Path(at.source.name).name for name, at in kept_back.items()} == {
        "单位": "市.yaml",
        "附注": "市.yaml",
        "落款": "县.yaml",
    }


def test_what_a_base_keeps_is_missed_where_it_is_to_be_written(here: Path, cli: Cli) -> None:
    """A township without 单位 is told in its own file, and where the base has it and why that does not help."""
    write(here, {"县.yaml": "体裁: 年度工作总结\n年度: 2022\n单位: 县局\n内容: 甲\n", "镇.yaml": "继承: 县.yaml\n"})
    (mistake,) = mistakes(here / "镇.yaml")
    assert (mistake.id, str(mistake.position)) == ("missing-key", f"{here / '镇.yaml'}:1:1")
    (why,) = mistake.related
    assert (str(why.position), why.message) == (f"{here / '县.yaml'}:3:1", "这里的“单位”不随“继承”传下去")
    told = cli("render", "镇.yaml")
    assert (told.code, "镇.yaml:1:1: 错误 缺少“单位”" in told.err, "县.yaml:3:1" in told.err) == (2, True, True)
    write(here, {"县.yaml": "体裁: 通用\n标题: 无\n讲话人: 局长\n内容: '{{ 讲话人 }}。'\n"})
    (mistake,) = mistakes(here / "镇.yaml")
    assert (mistake.id, Path(mistake.position.file).name) == ("missing-value", "县.yaml")
    assert "这里的“讲话人”不随“继承”传下去" in [one.message for one in mistake.related]
    assert "请补上“讲话人: …”" in mistake.hint


def test_what_is_wrong_passes_on_to_be_told(here: Path) -> None:
    """A key that the format does not have, and a 共用 that cannot be read, are mistakes of every report on the base."""
    county = "体裁: 通用\n标题: 无\n标提: 甲\n指标: {甲: {数值: 1, 共用: 也许, 单未: 座}}\n内容: 乙\n"
    write(here, {"县.yaml": county, "镇.yaml": "继承: 县.yaml\n"})
    assert sorted(one.id for one in mistakes(here / "镇.yaml")) == ["bad-flag", "unknown-key", "unknown-key"]


def test_the_schema_says_nothing_of_it() -> None:
    """That a key passes on is no word of JSON Schema."""
    assert "passes" not in schema.text(RESOURCES)


def test_a_base_without_a_unit(here: Path) -> None:
    """A reference to what only the township has is no mistake of the base."""
    write(here, {"县.yaml": "体裁: 通用\n标题: 无\n内容: '{{ 单位 }}。'\n", "镇.yaml": "继承: 县.yaml\n单位: 镇院\n"})
    reader = Reader()
    composed = pipeline.compose(inherit.load(here / "镇.yaml", reader), reader, RESOURCES)
    assert composed.warnings == ()
    assert lines(here / "镇.yaml") == ["镇院。"]
