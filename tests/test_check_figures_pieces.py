"""A long line is looked at in pieces, and no piece begins within a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthreport.checking.figures.reading import _pieces

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli


@pytest.mark.parametrize("mark", ["，", "、", "；", " ", "\t"])
@pytest.mark.parametrize("before", [1495, 1497, 1498, 1499])
def test_a_line_is_cut_between_words(mark: str, before: int) -> None:
    """The 212 of 212家 stays whole wherever it stands."""
    text = "医" * (before - 1) + mark + "共212家" + "院" * 900
    cuts = {start for start, _ in _pieces(text)}
    at = text.index("212")
    assert not cuts & {at + 1, at + 2, at + 3}


def test_a_dense_paragraph_is_read_sentence_by_sentence(here: Path, cli: Cli) -> None:
    """More figures than are held against each other in one piece are looked at, unless one sentence has them all."""
    listed = "、".join(f"第{i}村{i}人" for i in range(1, 100))
    text = f"各村报告{listed}。" + "全镇7人，其中男2人，女3人。" * 60
    (here / "甲.txt").write_text(f"槐溪县卫生健康工作情况\n{text}\n", "utf-8")
    result = cli("check", "甲.txt", "--select", "HR201")
    assert result.out.count("2 + 3 = 5，文中为7人。 [HR201]") == 60
    assert "more-figures" not in result.out


def test_a_sentence_of_too_many_figures_is_told(here: Path, cli: Cli) -> None:
    """What is not looked at is told once, with its place and where else; the sentence behind it is looked at."""
    listed = "、".join(f"第{i}村{i}人" for i in range(1, 200))
    text = f"开头。各村报告{listed}。全镇7人，其中男2人，女3人。\n各村门诊{listed}。"
    (here / "甲.txt").write_text(f"槐溪县卫生健康工作情况\n{text}\n", "utf-8")
    result = cli("check", "甲.txt", "--select", "HR2")
    assert "甲.txt:2:4: 警告 这一句里的数超过150个，没有互相核对。 [more-figures]" in result.out
    assert result.out.count("[more-figures]") == 1
    assert "另有1处：3:1" in result.out
    assert result.out.count("[HR201]") == 1
    (here / "甲.txt").write_text(f"槐溪县卫生健康工作情况\n{text.replace('、第100村', '。第100村')}\n", "utf-8")
    assert "more-figures" not in cli("check", "甲.txt", "--select", "HR2").out


def test_sentences_that_are_too_long_count_as_well(here: Path, cli: Cli) -> None:
    """What is read only to find that there is too much of it is no more than what is looked at."""
    listed = "、".join(f"甲{i}人" for i in range(200))
    (here / "甲.txt").write_text("槐溪县卫生健康工作情况\n" + f"{listed}。\n" * 340, "utf-8")
    result = cli("check", "甲.txt", "--select", "HR2")
    assert "甲.txt:336:1: 警告 这个文件里的数太多，从这里起没有核对" in result.out
