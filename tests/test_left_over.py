"""What earlier batches left in the folder is named at the end, and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

BASE = "体裁: 半年工作总结\n年度: 2022\n指标: {改厕: {单位: 座}}\n成绩: [{标题: 改厕, 内容: '改厕{{ 改厕 }}。'}]\n"


@pytest.fixture
def county(here: Path) -> Path:
    """Work where a base and a sheet of two townships stand."""
    (here / "全县.yaml").write_text(BASE, "utf-8")
    (here / "乡镇.csv").write_text("单位,改厕\n白石镇,5\n青山镇,6\n", "utf-8")
    return here


def test_a_township_that_is_gone(cli: Cli, county: Path) -> None:
    """Its document is named after all others, and nothing happens to it; quiet, it is not."""
    assert "left-over" not in cli("batch", "全县.yaml", "--data", "乡镇.csv").err
    gone = county / "全县" / "青山镇2022年半年工作总结.docx"
    before = gone.read_bytes()
    (county / "乡镇.csv").write_text("单位,改厕\n白石镇,5\n", "utf-8")
    done = cli("batch", "全县.yaml", "--data", "乡镇.csv")
    said = "全县: 说明 文件夹里还有1份以前生成的，这次没有它们：青山镇2022年半年工作总结.docx。 [left-over]"
    assert (done.code, said in done.err) == (0, True), done.err
    assert gone.read_bytes() == before
    assert "left-over" not in cli("batch", "全县.yaml", "--data", "乡镇.csv", "--quiet").err


def test_names_of_before(cli: Cli, county: Path) -> None:
    """Documents that a batch wrote under the old usual name are told of beside the new ones."""
    assert cli("batch", "全县.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}{{ 年度 }}年工作总结").code == 0
    done = cli("batch", "全县.yaml", "--data", "乡镇.csv")
    assert "还有2份以前生成的，这次没有它们：白石镇2022年工作总结.docx、青山镇2022年工作总结.docx。" in done.err
    assert len([*(county / "全县").iterdir()]) == 4


def test_what_is_not_left_over(cli: Cli, county: Path) -> None:
    """Other people's documents are nobody's business, nor is that of a report beside it."""
    assert cli("batch", "全县.yaml", "--data", "乡镇.csv").code == 0
    docx.Document().save(str(county / "全县" / "通知.docx"))
    (county / "全县" / "坏.docx").write_bytes(b"PK")
    (county / "单独.yaml").write_text("体裁: 通用\n标题: 甲\n落款: 无\n内容: 甲。\n", "utf-8")
    assert cli("render", "单独.yaml").code == 0
    (county / "单独.docx").rename(county / "全县" / "单独.docx")
    (county / "单独.yaml").rename(county / "全县" / "单独.yaml")
    assert "left-over" not in cli("batch", "全县.yaml", "--data", "乡镇.csv").err
    (county / "全县" / "单独.yaml").unlink()
    assert "还有1份以前生成的，这次没有它们：单独.docx。" in cli("batch", "全县.yaml", "--data", "乡镇.csv").err
