"""One cause is one message: what many places lack is told once, with the places, and what follows from it is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from helpers import GENERAL, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli


GENRES = ROOT / "templates" / "genres"


def ids(told: str) -> list[str]:
    """Return the ids of what was told, in order."""
    return re.findall(r"\[([a-z-]+)\]$", told, re.MULTILINE)


def test_a_deleted_block(here: Path, cli: Cli) -> None:
    """The names of a block of indicators that was deleted are one message, with the lines that use them."""
    names = [f"指标甲{mark}" for mark in "一二三四五六七八九十"]
    texts = "\n".join(f"  - 共{{{{ {name} }}}}。" for name in names)
    (here / "a.yaml").write_text(f"{GENERAL}内容:\n{texts}\n", "utf-8")
    told = cli("render", "a.yaml").err
    assert ids(told) == ["unknown-name"]
    assert "“指标甲八”等10个，用在第4、5、6、7、8、9、10、11、12、13行。" in told


def test_the_likeliest_names(here: Path, cli: Cli) -> None:
    """Of many names those five are offered that are most like the one that is not known."""
    many = "\n".join(f"  甲乙丙丁{n}: {{数值: {n}, 单位: 人}}" for n in range(30))
    report = f"{GENERAL}指标:\n{many}\n  诊疗: {{数值: 5}}\n内容: 共{{{{ 全年总诊疗的人次 }}}}。\n"
    (here / "a.yaml").write_text(report, "utf-8")
    told = cli("render", "a.yaml").err
    (offered,) = re.findall("可以用：(.*)等", told)
    assert len(offered.split("、")) == 5
    assert offered.split("、")[0] == "诊疗"


@pytest.mark.parametrize("level", ["县区", "乡镇", "社区", "医院", "疾控"])
@pytest.mark.parametrize("genre", sorted(path.stem.partition(".")[0] for path in GENRES.glob("*.xml.j2")))
def test_a_fresh_draft(genre: str, level: str, here: Path, cli: Cli) -> None:
    """A draft of a fresh skeleton has at most ten lines of warnings, however much is still to be written."""
    assert cli("new", genre, "--year", "2024", "--level", level, "--unit", "清河", "-o", "a.yaml").code == 0
    told = cli("render", "--draft", "a.yaml")
    assert told.code == 0
    assert (here / "a-草稿.docx").exists()
    count, *warnings = told.err.splitlines()
    assert count.endswith("字")
    assert len(warnings) <= 10, told.err


def test_what_stands_in_for_a_section(here: Path, cli: Cli) -> None:
    """A draft says where it printed suggested words, and where it left a blank."""
    suggested = f"{GENERAL}章节:\n  - 标题: 村医\n    待补: 轮训36人。\n"
    (here / "a.yaml").write_text(suggested, "utf-8")
    assert "“村医”还没有写（待补），先印了建议的文字。 [todo]" in cli("render", "--draft", "a.yaml").err
    (here / "b.yaml").write_text(suggested.replace("轮训36人。", "是"), "utf-8")
    assert "“村医”还没有写（待补），留了空白。 [todo]" in cli("render", "--draft", "b.yaml").err


def test_one_picture_in_many_places(here: Path, cli: Cli) -> None:
    """A picture that is not there is told once; so is whatever else reads the same everywhere."""
    pictures = "\n".join("  - 图片: {文件: 义诊.jpg}" for _ in range(20))
    (here / "a.yaml").write_text(f"{GENERAL}内容:\n{pictures}\n", "utf-8")
    told = cli("render", "a.yaml").err
    assert ids(told) == ["not-found"]
    assert "同样的还在第5、6、" in told


def test_one_wrong_unit(here: Path, cli: Cli) -> None:
    """A unit that does not go with thirty others is told once."""
    sums = "\n".join(f"  和{n}: {{公式: 床位 + 甲, 单位: 张}}" for n in range(30))
    texts = "\n".join(f"  - 共{{{{ 和{n} }}}}。" for n in range(30))
    report = f"{GENERAL}指标:\n  床位: {{数值: 5, 单位: 人}}\n  甲: {{数值: 5, 单位: 张}}\n{sums}\n内容:\n{texts}\n"
    (here / "a.yaml").write_text(report, "utf-8")
    assert ids(cli("render", "a.yaml").err) == ["unit-mismatch"]


@pytest.mark.parametrize("line", ["继承: 没有.yaml", "指标文件: 没有.csv", "指标文件: 坏.csv"])
def test_a_file_that_cannot_be_read(line: str, here: Path, cli: Cli) -> None:
    """What a file would have brought is not missed as well; other mistakes are told in the same run."""
    (here / "坏.csv").write_text("名称,单位,数置\n门诊,人次,5\n", "utf-8")
    report = f"{GENERAL}年度: 2023\n{line}\n结钩: 三段式\n内容: 门诊{{{{ 门诊 }}}}，出院{{{{ 出院 }}}}。\n"
    (here / "a.yaml").write_text(report, "utf-8")
    told = ids(cli("render", "a.yaml").err)
    assert (len(told), told[-1]) == (2, "unknown-key") or (len(told), told[0]) == (2, "unknown-key"), told


def test_a_slip_in_what_townships_share(here: Path, cli: Cli) -> None:
    """A slip of a shared base is told once, with the number of townships, and with what else is wrong with it."""
    (here / "镇").mkdir()
    (here / "全县.yaml").write_text(f"{GENERAL}结钩: 三段式\n年度：2023\n内容: 共{{{{ 单位 }}}}。\n", "utf-8")
    for n in range(40):
        (here / "镇" / f"{n}.yaml").write_text(f"继承: ../全县.yaml\n单位: 镇{n}\n", "utf-8")
    told = cli("batch", "镇", "-j", "1").err
    assert sorted(ids(told)) == ["full-width-colon", "unknown-key"]
    assert "等40份" in told


def test_a_formula_is_not_made_of_itself(here: Path, cli: Cli) -> None:
    """A part that is not known is never guessed to be what is computed of it."""
    indicators = '  管理率: {公式: 管理 / 在管, 单位: "%"}\n  在管: {数值: 5, 单位: 人}\n'
    report = f"{GENERAL}指标:\n{indicators}内容: 共{{{{ 管理率 }}}}。\n"
    (here / "a.yaml").write_text(report, "utf-8")
    told = cli("render", "a.yaml").err
    assert told.count("没有“管理”") == 1
    assert "是否为“管理率”" not in told


def test_the_example_without_a_block(here: Path, cli: Cli) -> None:
    """A whole block of the long example deleted: one error, however many places use it."""
    text = (ROOT / "examples" / "2022.yaml").read_text("utf-8")
    before, _, rest = text.partition("  # 基本公共卫生服务\n")
    (here / "a.yaml").write_text(before + rest.partition("\n\n")[2], "utf-8")
    told = cli("render", "a.yaml").err
    assert told.count(": 错误 ") == 1, told
