"""``new --from``: what is suggested of last year's texts keeps its form, and marks what is last year's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthreport.jobs.new.suggestions import suggestion, tables
from helpers import lines

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli
    from healthreport.reading.yaml.dump import Comment, Value

LAST = """\
体裁: 年度工作总结
年度: 2024
单位: 青山镇卫生院
标题: 青山镇卫生院2024年工作总结
主送: 县卫生健康局
指标:
  门诊: {数值: 1200, 单位: 人次}
  缺编: {数值: 7, 单位: 人}
成绩:
  - 标题: 医疗服务
    内容:
      - 门诊{{ 门诊 }}，居全县第3位，6月18日举办义诊，投入1.5万亿元。各项指标见下表：
      - 2024年主要指标表
      - 表格:
          行: [[指标, 2024年, 同比], [住院人次, 2140, -3.2]]
问题:
  标题: 问题
  内容:
    分述: ["缺编{{ 缺编 }}", 设备老化, 村医平均年龄55岁]
"""


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ({"分述": ["缺编{{ 甲 }}", "老化"]}, "一是缺编{{ 甲 }}；二是老化。"),
        (
            {"引语": "问题有：", "样式": "①", "分述": ["缺编{{ 甲 }}。难招。", "老化"], "结语": "要改。"},
            "问题有：①缺编{{ 甲 }}。难招。②老化。要改。",
        ),
        ({"段落": ["为此，", {"分述": ["招{{ 甲 }}", "改"]}]}, "为此，一是招{{ 甲 }}；二是改。"),
        ({"分述": ["老化", "缺编"]}, "是"),
        ({"分述": ["[[缺编{{ 甲 }}。]]", "老化"]}, "[[缺编{{ 甲 }}。]]"),
        (["平稳。", "门诊{{ 甲 }}。平稳。"], "门诊{{ 甲 }}。"),
    ],
)
def test_points_stay_points(block: Value, text: str) -> None:
    """A paragraph of points stays one, with all of them; one without any figure is no suggestion."""
    assert suggestion(block) == text


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        (["门诊平稳。各项指标见下表：", "主要指标表"], ["各项指标见下表：", "主要指标表"]),
        (["门诊平稳。如下表。"], ["如下表。"]),
        (["主要指标表"], ["主要指标表"]),
        (["甲。见下表：\n主要指标表"], ["见下表：", "主要指标表"]),
        (["门诊平稳。"], []),
        (["门诊{{ 甲 }}，见下表："], []),
        ([], []),
    ],
)
def test_what_announces_a_table(above: list[Value | Comment], kept: list[str]) -> None:
    """The sentence that leads to a table and the table's title are switched on again with it."""
    written = tables([[*above, {"表格": {"行": [["甲"]]}}]], "")[0].lines
    assert [line for line in kept if not any(line in one for one in written)] == []
    assert sum("平稳" in line or "门诊" in line for line in written) == 0


def test_what_is_last_years_is_marked(cli: Cli, here: Path) -> None:
    """A rank, a date, an amount, an age and a cell below zero are not suggested as this year's."""
    (here / "2024.yaml").write_text(LAST, "utf-8")
    done = cli("new", "--from", "2024.yaml")
    assert done.code == 0, done.err
    made = (here / "2025.yaml").read_text("utf-8")
    said = "门诊{{ 门诊 }}，居全县第3位（待补），6月18日（待补）举办义诊，投入1.5万亿元（待补）。"
    assert said in made
    assert "一是缺编{{ 缺编 }}；二是设备老化；三是村医平均年龄55岁（待补）。" in made
    assert "- 2024年（待补）主要指标表" in made
    assert "[住院人次, 2140（待补）, -3.2（待补）]" in made


def test_points_print_as_they_are_suggested(cli: Cli, here: Path) -> None:
    """What becomes 内容 as it stands prints its points once."""
    (here / "2024.yaml").write_text(LAST, "utf-8")
    cli("new", "--from", "2024.yaml")
    made = (here / "2025.yaml").read_text("utf-8")
    made = made.replace("待补: ", "内容: ").replace("{数值: ,", "{数值: 3,").replace("日期:\n", "日期: 2025-12-30\n")
    assert [line for line in lines(made) if "一是" in line] == [
        "一是缺编3人；二是设备老化；三是村医平均年龄55岁（待补）。"
    ]
    (here / "2025.yaml").write_text(made, "utf-8")
    told = cli("render", "2025.yaml").err
    assert "印出来的字里还有没换的：“（待补）”，写在第15、24行。" in told
    assert "一是" not in told.replace("三是村医", "")
