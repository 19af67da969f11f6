"""``new --keep-text``: what is last year's in a kept text is marked, so that none of it is filed by mistake."""

from __future__ import annotations

import pytest

from healthreport.jobs.new import stale
from healthreport.jobs.new.stale import MARK
from healthreport.reading.reader import Reader
from healthreport.reading.yaml.dump import Comment, Value
from healthreport.recognising.figure_words import figure_words

WORDS = figure_words(Reader())


@pytest.mark.parametrize(
    "expected",
    [
        "全年门诊52400人次|，同比增长8%|。",
        "投入一百二十万元|，两千余人|参加，培训三百人次|",
        "居全区第3名|，累计240天|，每天24小时|，门诊2021人次|",
        "较2021年|增长8%|，2019年度|起步，2021|—2022年|连续两年，2023年|打算",
        "二〇二二年|以来，《2022年|工作要点》",
        "2022年7月1日|起施行，截至12月31日|，1—6月|，8月底|前，7月5号|",
        "覆盖九成|村民，八成半|满意，百分之九十五|达标，三分之二|，3/5|，医护比1.2：1|",
        "门诊{{ 门诊 }}，{{ 2022年度的数 }}，增加12人|。",
        "收到锦旗5面|、感谢信8封|，义诊3轮|，入户2遍|，下乡12趟|",
        "1059|",
        "-3.2|",
        "−3.2%|",
        "+5|",
        "平均年龄55岁|，65岁以上的占4%|，平均年龄为54.5岁|，设备已使用12年|",
        "居全县第三位|，排名第3|，位列全市第二|，第一位|患者",
        "孕产妇死亡率为0|，上访为零|；使用强度38.5|，综合指数达到92.45|、得分为95.6|。",
        "92.1%|",
        "52400人次（待补），增长8%（待补）。",
    ],
)
def test_what_is_marked(expected: str) -> None:
    """Each number, date and year of last year is marked once, behind its unit; ``|`` shows where."""
    assert stale.marked(expected.replace("|", ""), 2022, WORDS) == expected.replace("|", MARK)


@pytest.mark.parametrize(
    "text",
    [
        "65岁以上老年人",
        "《健康中国2030规划》",
        "拨打12320热线",
        "“三减三健”，一户一策，三个方面，第二批，第十二届",
        "“十四五”时期，十四五期间，三级医院",
        "始建于1958年，到2030年建成",
        "分为1.5和2，为0—6岁儿童，以2为主",
        "三成员单位，完成任务，一成不变",
        "（一）加强管理",
        "{{ 门诊 }}",
    ],
)
def test_what_stays(text: str) -> None:
    """What a new year does not change is not marked."""
    assert stale.marked(text, 2022, WORDS) == text


def test_what_is_no_prose() -> None:
    """Numbers that say how words are set are nobody's figures; comments stay."""
    comment = Comment("去年12个")
    rest: dict[str | Comment, Value] = {"标题": "第2项", "列宽": ["10", "20"], "宽": "100mm"}
    given: list[Value | Comment] = [comment, "增加12人", {"分述": ["增加3个"]}]
    marked: list[Value | Comment] = [comment, f"增加12人{MARK}", {"分述": [f"增加3个{MARK}"]}]
    assert stale.marked({**rest, "内容": given}, 2022, WORDS) == {**rest, "内容": marked}


def test_a_report_without_a_year() -> None:
    """Where nobody knows which year was the last, none is marked."""
    assert stale.marked("2022年，增加12人", 0, WORDS) == f"2022年，增加12人{MARK}"


@pytest.mark.parametrize("unit", ["一", "1", "1月", "2022年", "百分之", "《"])
def test_hostile_lines(unit: str) -> None:
    """A line of half a million characters of one kind is read like any other."""
    assert str(stale.marked(unit * (500_000 // len(unit)) + "甲", 2022, WORDS))[-1] == "甲"
