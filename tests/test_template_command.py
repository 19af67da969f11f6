"""``healthreport template``: what is there, how to change it, and what is said of a bad one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpers import GENERAL, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli


@pytest.fixture
def own(here: Path) -> Path:
    """Work in a folder with an empty ``templates``."""
    for folder in ("genres", "skeletons", "sections", "layouts"):
        (here / "templates" / folder).mkdir(parents=True)
    return here / "templates"


def test_list(cli: Cli, own: Path) -> None:
    """All templates, skeletons, sections and layouts are listed, the user's marked as such."""
    (own / "layouts/本局.yaml").write_text("基于: gbt9704\n", "utf-8")
    rows = [line.split() for line in cli("template", "list").out.splitlines()]
    assert ["模板", "讲话", "genres/讲话.xml.j2", "自带"] in rows
    assert ["骨架", "讲话", "skeletons/讲话.yaml.j2", "自带"] in rows
    assert ["章节", "党建", "sections/党建.yaml", "自带"] in rows
    assert ["版式", "省级", "layouts/省级.yaml", "自带"] in rows
    assert ["版式", "本局", "layouts/本局.yaml", "自己的"] in rows
    assert ["公用", "base.xml.j2", "base.xml.j2", "自带"] in rows


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("讲话", "genres/讲话.xml.j2"),
        ("speech", "genres/讲话.xml.j2"),
        ("skeletons/讲话.yaml.j2", "skeletons/讲话.yaml.j2"),
        ("gbt9704", "layouts/gbt9704.yaml"),
        ("党建", "sections/党建.yaml"),
        ("macros.xml.j2", "macros.xml.j2"),
    ],
)
def test_show(cli: Cli, here: Path, name: str, file: str) -> None:
    """A file is printed by name, slug or path; where a name is double, the other is named."""
    shown = cli("template", "show", name)
    assert here.is_dir()
    assert shown.out.strip() == (ROOT / "templates" / file).read_text("utf-8").strip()
    assert ("skeletons/讲话.yaml.j2" in shown.err) is (name in ("讲话", "speech"))


def test_unknown_name(cli: Cli, here: Path) -> None:
    """A misspelt name is answered with the nearest one."""
    assert here.is_dir()
    refused = cli("template", "show", "gbt9705")
    assert refused.code == 2
    assert "是否为“gbt9704”？" in refused.err
    assert refused.out == ""


@pytest.mark.parametrize("name", ["../pyproject.toml", "/etc/passwd", "genres/../levels.yaml"])
def test_no_path_leads_outside(cli: Cli, here: Path, name: str) -> None:
    """Only what is listed can be shown."""
    assert here.is_dir()
    assert cli("template", "show", name).code == 2


def test_copy_and_change(cli: Cli, here: Path) -> None:
    """A copy in ``templates`` wins over the packaged file, and is never overwritten."""
    assert cli("template", "copy", "讲话").out == "templates/genres/讲话.xml.j2\n"
    copied = here / "templates/genres/讲话.xml.j2"
    copied.write_text(copied.read_text("utf-8").replace("工作回顾", "去年的工作"), "utf-8")
    again = cli("template", "copy", "讲话")
    assert again.code == 2
    assert "没有覆盖" in again.err
    (here / "x.yaml").write_text("体裁: 讲话\n单位: 甲院\n成绩: [{标题: 甲, 内容: 乙}]\n", "utf-8")
    assert cli("render", "x.yaml", "--to", "txt").code == 0
    assert "一、去年的工作" in (here / "x.txt").read_text("utf-8")


def test_copy_to_another_folder(cli: Cli, here: Path) -> None:
    """``-o`` names another folder, which ``--templates`` then uses."""
    done = cli("template", "copy", "gbt9704", "-o", "ours")
    assert done.out == "ours/layouts/gbt9704.yaml\n"
    assert "--templates ours" in done.err
    layout = here / "ours/layouts/gbt9704.yaml"
    layout.write_text(layout.read_text("utf-8").replace("28.95pt", "30pt"), "utf-8")
    (here / "x.yaml").write_text(GENERAL + "内容: 甲\n", "utf-8")
    assert cli("render", "x.yaml", "--templates", "ours").code == 0


@pytest.mark.parametrize(
    ("file", "text", "where", "said"),
    [
        (
            "genres/通用.xml.j2",
            '{% extends "base.xml.j2" %}\n{% block body %}\n<p>甲\n{% endblock %}\n',
            ":3:2:",
            "不成对",
        ),
        ("genres/通用.xml.j2", '{% extends "base.xml.j2" %}\n{% block body %}\n<para/>{% endblock %}', ":3:2:", "para"),
        (
            "genres/通用.xml.j2",
            '{% extends "base.xml.j2" %}\n{% block body %}\n<p><p/></p>{% endblock %}',
            ":3:5:",
            "不能放在",
        ),
        ("genres/通用.xml.j2", '{% extends "base.xml.j2" %}\n{% if %}\n', ":2:1:", "语法有误"),
        ("layouts/gbt9704.yaml", "说明: 甲\n页边: {上: 37mm}\n", ":2:1:", "未知的键“页边”"),
        ("layouts/gbt9704.yaml", "说明: 甲\n页面: {上: 37}\n", ":2:", "不是长度"),
    ],
)
def test_a_bad_template_or_layout(cli: Cli, own: Path, file: str, text: str, where: str, said: str) -> None:
    """A mistake in a user's file is told with that file and line."""
    (own / file).write_text(text, "utf-8")
    (own.parent / "x.yaml").write_text(GENERAL + "内容: 甲\n", "utf-8")
    refused = cli("render", "x.yaml")
    assert refused.code == 2
    assert f"templates/{file}{where}" in refused.err
    assert said in refused.err


@pytest.mark.parametrize(
    ("file", "text", "where", "said"),
    [
        ("skeletons/讲话.yaml.j2", "<# sections: none #>\n<% if %>\n", ":2:1:", "语法有误"),
        ("skeletons/讲话.yaml.j2", "体裁: 讲话\n单位: << 单伟 >>\n", ":2:1:", "单伟"),
        ("skeletons/讲话.yaml.j2", "体裁: 讲话\n标提: 甲\n", ":2:1:", "是否为“标题”？"),
        ("skeletons/讲话.yaml.j2", "体裁: 讲话\n标题：甲\n", ":2:1:", "冒号"),
        ("sections/党建.yaml", "代码: party\n顺序: 1\n标题: 甲\n正闻: 乙\n", ":4:1:", "是否为“正文”？"),
        ("sections/党建.yaml", "代码: party\n顺序: 1\n标题: 甲\n正文: 乙{{ 党员 }}\n", ":4:9:", "没有“党员”"),
        ("sections/党建.yaml", "代码: party\n顺序: 1\n标题: 甲\n正文: {县去: 乙}\n", ":4:6:", "没有层级“县去”"),
        ("sections/党建.yaml", "代码: party\n顺序: 1\n标题: 甲\n适用: [县]\n正文: 乙\n", ":4:6:", "没有层级“县”"),
        ("sections/党建.yaml", "代码: party\n顺序: 1\n标题: 甲\n正文: << 我 >>乙\n", ":4:5:", "可以用：体裁、年度"),
    ],
)
def test_a_bad_skeleton_or_section(cli: Cli, own: Path, file: str, text: str, where: str, said: str) -> None:
    """A mistake in a user's skeleton or section is told with that file and line, and nothing is written."""
    (own / file).write_text(text, "utf-8")
    refused = cli(
        "new", "讲话", "--defaults", *(["--sections", "party"] if "sections/" in file else []), "-o", "x.yaml"
    )
    assert refused.code == 2
    assert f"templates/{file}{where}" in refused.err
    assert said in refused.err
    assert not (own.parent / "x.yaml").exists()
