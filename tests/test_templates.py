"""Templates and layouts of the user's own: found first, held in, and every mistake of theirs placed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from healthreport.composing.vocabulary import check_template
from healthreport.reading.resources import packaged

if TYPE_CHECKING:
    from conftest import Cli
    from helpers import Result

REPORT = "体裁: 通用\n标题: 甲\n内容: 乙\n"
TITLE = "<title>{{ report.title }}</title>"


def write(path: str, content: str) -> None:
    """Write a file and the folders it lies in."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(content, encoding="utf-8")


def genre(said: str) -> str:
    """Return a template that says one thing."""
    return f"<document>{TITLE}<p>{said}</p></document>"


@pytest.mark.usefixtures("here")
def test_own_templates_win(cli: Cli) -> None:
    """A file of ./templates wins over the packaged one, and one of --templates over both."""
    write("x.yaml", REPORT)
    said = []
    for folder, options in (("", []), ("templates", []), ("自己", ["--templates", "自己"])):
        if folder:
            write(f"{folder}/genres/通用.xml.j2", genre(folder))
        assert cli("render", "x.yaml", "--to", "txt", *options).code == 0
        said.append(Path("x.txt").read_text("utf-8").split()[-1])
    assert said == ["乙", "templates", "自己"]


@pytest.mark.usefixtures("here")
def test_part_of_a_genre(cli: Cli) -> None:
    """A genre of one's own may build on the packaged frame and replace a block of it."""
    write("templates/genres/简报.xml.j2", '{% extends "base.xml.j2" %}{% block title %}工作简报{% endblock %}')
    write("x.yaml", "体裁: 简报\n内容: 甲\n")
    assert cli("render", "x.yaml", "--to", "txt").code == 0
    assert Path("x.txt").read_text("utf-8").split() == ["工作简报", "甲"]


OPENING = """\
<document><salutation>{{ report.salutation }}</salutation><title>{{ report.title }}</title>
<recipient><end mark="：">{{ report.recipient }}</end></recipient><speaker/>
<salutation>同志们</salutation><p>乙</p></document>
"""


@pytest.mark.usefixtures("here")
def test_opening(cli: Cli) -> None:
    """The opening stands as the template has it, parts more than once, each closed by one mark; nothing for nothing."""
    write("templates/genres/通用.xml.j2", OPENING)
    write("x.yaml", REPORT + "主送: 区政府\n称谓: 各位代表！\n")
    assert [cli("render", "x.yaml", "--to", one).code for one in ("txt", "docx")] == [0, 0]
    expected = ["各位代表！", "甲", "区政府：", "同志们：", "乙"]
    assert Path("x.txt").read_text("utf-8").splitlines() == [*expected[:-1], "　　乙"]
    styles = [(one.text, one.style.name) for one in docx.Document("x.docx").paragraphs if one.style]
    assert styles == [*zip(expected, ("Salutation", "Title", "主送机关", "Salutation", "Body Text"), strict=True)]
    assert docx.Document("x.docx").core_properties.title == "甲"


POINTS = "<points><point>甲</point><point>乙<points><point>丙</point></points></point></points>"


@pytest.mark.parametrize(
    "said",
    [
        f"<title>{POINTS}</title>",
        f'<p><end mark="。">{POINTS}</end></p>',
        f"<section><heading>{POINTS}</heading></section>",
        f"<table><caption>{POINTS}</caption><row><cell>丁</cell></row></table>",
        f"<table><row><cell>{POINTS}</cell></row></table>",
        f"<signature><organisation>{POINTS}</organisation></signature>",
        f"<note>{POINTS}</note>",
        f"<attachment><title>{POINTS}</title></attachment>",
    ],
    ids=["title", "end", "heading", "caption", "cell", "organisation", "note", "attachment"],
)
@pytest.mark.usefixtures("here")
def test_points_anywhere(said: str, cli: Cli) -> None:
    """Points have their labels and marks wherever the vocabulary lets them stand."""
    write("templates/genres/通用.xml.j2", f"<document>{said}</document>")
    write("x.yaml", REPORT)
    assert cli("render", "x.yaml", "--to", "txt").code == 0
    assert "一是甲；二是乙①丙。" in Path("x.txt").read_text("utf-8")


@pytest.mark.usefixtures("here")
def test_own_layout(cli: Cli) -> None:
    """A layout names its base and says only what differs; --layout wins over the report's."""
    write("templates/layouts/窄.yaml", "基于: gbt9704\n页面: {左: 40mm}\n")
    write("templates/layouts/宽.yaml", "基于: 窄\n页面: {左: 20mm}\n")
    write("x.yaml", REPORT + "版式: 窄\n")
    margins = []
    for options in ([], ["--layout", "宽"], ["--layout", "gbt9704"]):
        assert cli("render", "x.yaml", *options).code == 0
        margin = docx.Document("x.docx").sections[0].left_margin
        margins.append(round(margin.mm) if margin else 0)
    assert margins == [40, 20, 28]


@pytest.mark.parametrize(
    ("content", "id", "line"),
    [
        ("每行字数: 28\n", "unknown-key", 2),
        ("版心: {每行字数: 二十八}\n", "bad-count", 2),
        ("页面:\n  左: 40\n", "bad-length", 3),
        ("正文: {字体: 仿宋, 字好: 16pt}\n", "unknown-key", 2),
        ("页码: {位置: 左}\n", "not-a-choice", 2),
        ("页码: {样式: 第X页}\n", "page-number-style", 2),
        ("页码: {样式: 1/2/3}\n", "page-number-style", 2),
        ("页码: {首页: 无}\n", "bad-flag", 2),
        ("页面: 宽\n", "not-a-mapping", 2),
    ],
)
@pytest.mark.usefixtures("here")
def test_wrong_layout(content: str, id: str, line: int, cli: Cli) -> None:
    """A mistake in a layout is told at its own file and line."""
    write("templates/layouts/我的.yaml", "基于: gbt9704\n" + content)
    write("x.yaml", REPORT + "版式: 我的\n")
    result = cli("render", "x.yaml")
    assert (result.code, result.out) == (2, "")
    assert re.match(rf"templates/layouts/我的.yaml:{line}:\d+: 错误 .*\[{id}\]", told(result))


@pytest.mark.usefixtures("here")
def test_layouts_in_a_circle(cli: Cli) -> None:
    """A layout that is its own base is told as such."""
    write("templates/layouts/甲.yaml", "基于: 乙\n")
    write("templates/layouts/乙.yaml", "基于: 甲\n")
    write("x.yaml", REPORT)
    result = cli("render", "x.yaml", "--layout", "甲")
    assert (result.code, result.out) == (2, "")
    assert "[layout-cycle]" in result.err


def told(result: Result) -> str:
    """Return what is told after the line that says which templates are used."""
    first, _, rest = result.err.partition("\n")
    return rest if first.startswith("优先使用当前文件夹下 templates 里的") else result.err


# What stands on the second line of a template, the diagnosis it gets, and whether that names the line.
MISTAKES = [
    ("{% for %}", "template-syntax", True),
    ("{% if report.title %}<p>甲</p>", "template-syntax", True),
    ("{{ report.title | nope }}", "template-syntax", True),
    ("<para>甲</para>", "template-vocabulary", True),
    ('<p colour="red">甲</p>', "template-vocabulary", True),
    ("<p>{{ nope }}</p>", "template-error", True),
    ("<p>{{ report.nope }}</p>", "template-error", True),
    ("<p>{{ 1 / 0 }}</p>", "template-error", True),
    ("<p>{{ report.__class__ }}</p>", "template-error", True),
    ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "template-error", False),
    ("<p>甲", "template-markup", False),
    ("甲", "template-markup", False),
    ("<section><cell>甲</cell></section>", "template-markup", False),
    ("<p>&nbsp;</p>", "template-markup", False),
    ("<p><t/></p>", "template-markup", False),
    ('<p><t n="x"/></p>', "template-markup", False),
    ('<p><t n="999"/></p>', "template-markup", False),
    ("<p><end>甲</end></p>", "template-markup", False),
    ('<items style="甲"><item>甲</item></items>', "template-markup", False),
    ('<section numbering="甲"><heading>甲</heading></section>', "template-markup", False),
    ('<table widths="a"><row><cell>甲</cell></row></table>', "template-markup", False),
    ("<table/>", "template-markup", False),
    ("<p><points><point/></points></p>", "template-markup", False),
]


@pytest.mark.parametrize(("line", "id", "placed"), MISTAKES)
@pytest.mark.usefixtures("here")
def test_wrong_template(line: str, id: str, placed: bool, cli: Cli) -> None:
    """A mistake in a template is told at the template's own file, and at its line where that is known."""
    write("templates/genres/通用.xml.j2", f"<document>{TITLE}\n{line}\n</document>\n")
    write("x.yaml", REPORT)
    result = cli("render", "x.yaml")
    assert (result.code, result.out) == (2, "")
    line_number = ":2:" if placed else ""
    assert re.match(rf"templates/genres/通用\.xml\.j2{line_number}.* 错误 .*\[{id}\]", told(result))


@pytest.mark.parametrize(
    "content", ["", "甲", "<p/>", "<document/><document/>", "<!DOCTYPE x><document/>", "{% raw %}"]
)
@pytest.mark.usefixtures("here")
def test_no_document(content: str, cli: Cli) -> None:
    """A template that writes no document, or two, is told at its file."""
    write("templates/genres/通用.xml.j2", content)
    write("x.yaml", REPORT)
    result = cli("render", "x.yaml")
    assert (result.code, result.out) == (2, "")
    assert re.match(r"templates/genres/通用\.xml\.j2.* 错误 .*\[template-\w+\]", told(result))


@pytest.mark.usefixtures("here")
def test_field_a_genre_needs(cli: Cli) -> None:
    """A field that the template prints and the report lacks is the report's mistake."""
    write("templates/genres/通用.xml.j2", genre("{{ report.speaker }}"))
    write("x.yaml", REPORT)
    assert told(cli("render", "x.yaml")).startswith("x.yaml:1:1: 错误 缺少“讲话人”。 [missing-key]\n")


@pytest.mark.parametrize("name", ["../genres/通用", "genres/通用", "/etc/passwd", "..", "通用.xml.j2", "通?", "*"])
@pytest.mark.parametrize("key", ["体裁", "版式"])
@pytest.mark.usefixtures("here")
def test_no_way_out_of_the_folder(key: str, name: str, cli: Cli) -> None:
    """A genre or a layout is a name, never a path or a pattern."""
    write("templates/genres/甲.xml.j2", genre("甲"))
    write("x.yaml", REPORT.replace("体裁: 通用\n", "") + f'{key}: "{name}"\n')
    result = cli("render", "x.yaml")
    assert (result.code, result.out) == (2, "")
    assert re.match(r"x\.yaml:3:6: 错误 .*\[unknown-(genre|layout)\]", told(result))


@pytest.mark.parametrize("statement", ["include", "import", "extends"])
@pytest.mark.usefixtures("here")
def test_templates_read_templates_only(statement: str, cli: Cli) -> None:
    """A template cannot reach a file outside the templates."""
    write("secret.txt", "secret")
    tail = " as s" if statement == "import" else ""
    write("templates/genres/通用.xml.j2", f'{{% {statement} "../secret.txt"{tail} %}}')
    write("x.yaml", REPORT)
    result = cli("render", "x.yaml")
    assert (result.code, result.out) == (2, "")
    assert "[no-template]" in result.err
    assert "secret\n" not in result.err


def test_packaged_templates_keep_to_the_vocabulary() -> None:
    """The packaged templates, which are not checked at run time, use no name outside the vocabulary."""
    found = [
        (path.name, problem)
        for path in packaged().rglob("*.xml.j2")
        for problem in check_template(path.read_text(encoding="utf-8"))
    ]
    assert not found


@pytest.mark.parametrize("options", [[], ["-q"]])
@pytest.mark.usefixtures("here")
def test_templates_of_the_current_folder_are_named(options: list[str], cli: Cli) -> None:
    """Which files of ./templates win is said before they are used, also when quiet; they can be left out."""
    write("templates/genres/通用.xml.j2", genre("别人的"))
    write("templates/layouts/窄.yaml", "基于: gbt9704\n页面: {左: 40mm}\n")
    write("x.yaml", REPORT)
    notice = "优先使用当前文件夹下 templates 里的 genres/通用.xml.j2、layouts/窄.yaml；不用请加 --no-user-templates。\n"
    result = cli("render", "x.yaml", "--to", "txt", *options)
    assert (result.code, result.err.startswith(notice)) == (0, True)
    assert "别人的" in Path("x.txt").read_text("utf-8")
    result = cli("render", "x.yaml", "--to", "txt", "--no-user-templates", *options)
    assert (result.code, "templates" in result.err) == (0, False)
    assert "别人的" not in Path("x.txt").read_text("utf-8")
    copied = packaged() / "genres" / "实施方案.xml.j2"
    write("templates/genres/实施方案.xml.j2", copied.read_text("utf-8"))  # the packaged one changes nothing
    assert cli("render", "x.yaml", "--to", "txt", *options).err.startswith(notice)
    write("templates/genres/实施方案.xml.j2", copied.read_text("utf-8") + "\n")
    assert "实施方案" in cli("render", "x.yaml", "--to", "txt", *options).err
    Path("templates").rename("自己")
    for more in ([], ["--no-user-templates"]):  # a folder that is named still counts
        result = cli("render", "x.yaml", "--to", "txt", "--templates", "自己", *more, *options)
        assert (result.code, "优先" in result.err) == (0, False)
        assert "别人的" in Path("x.txt").read_text("utf-8")
