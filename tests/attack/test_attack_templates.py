"""A template from somebody else's folder runs nothing, sees no more than it should, and ends."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.composing import sandbox, templating
from healthreport.model.report import MODELS, Report
from healthreport.reading.resources import Resources, packaged
from healthreport.reading.yaml.nodes import Source

if TYPE_CHECKING:
    from conftest import Cli

REPORT = "体裁: 通用\n标题: 甲\n指标: {改厕: {数值: 7, 单位: 座}}\n内容: [乙, {指标表: 全部}, {分述: [丙]}]\n"
PICKLE = "cos\\nsystem\\n(S'id > PWNED'\\ntR."
GENRE = "templates/genres/通用.xml.j2"


def write(path: str, content: str) -> None:
    """Write a file and the folders it lies in."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(content, encoding="utf-8")


def plant(said: str) -> None:
    """Put a genre of somebody's beside a report."""
    write(GENRE, "<document><title>{{ report.title }}</title><p>甲" + said + "</p></document>")
    write("x.yaml", REPORT)


# What reaches for a method, a class, or the words and figures that a template must not depend on.
REACHING = [
    f'{{{{ report.parse_raw("{PICKLE}", proto="pickle", allow_pickle=true) }}}}',
    f'{{{{ report["parse_raw"]("{PICKLE}", proto="pickle", allow_pickle=true) }}}}',
    '{{ report.parse_file("/etc/passwd") }}',
    "{{ report.model_construct() }}",
    "{{ report.model_json_schema() }}",
    "{{ report.model_fields }}",
    "{{ report.model_dump() }}",
    "{{ report.copy() }}",
    "{{ report.json() }}",
    "{{ report._report }}",
    "{{ report.indicators }}",
    "{{ report.content[0].node.value }}",
    "{{ report.content[0].segments }}",
    "{{ report.content[0].position() }}",
    "{{ report.content[0]|string }}",
    "{{ report.content[0]|upper }}",
    "{{ '%s' % report.content[0] }}",
    "{{ '{}'.format(report.content[0]) }}",
    "{{ [report.content[0]] }}",
    "{{ report.content[1].table.groups }}",
    "{{ report.content[1].table.place }}",
    "{{ report.content[1].table.model_copy() }}",
    "{{ report.content[2].parts[0].model_dump() }}",
    "{{ report.content|map(attribute='node')|list|length }}{{ (report.content|map(attribute='node')|first).value }}",
    "{{ report.content|map(attribute='parse_raw')|first }}",
    "{{ (report.content|selectattr('node')|first).kind }}",
    "{{ report|attr('parse_raw') }}",
    "{% autoescape false %}{{ report.title }}{% endautoescape %}",
    "{{ report.title|safe }}",
    "{{ ''.join('甲') }}",
    "{{ ''.__class__ }}",
    "{{ cycler.__init__ }}",
    "{{ lipsum() }}",
    "{{ self.__init__ }}",
    "{{ loop.__class__ }}",
    "{% for one in report.content %}{{ loop._iterator }}{% endfor %}",
    "{% macro f() %}{% endmacro %}{{ f.__globals__ }}",
    "{% macro f() %}{% endmacro %}{{ f._func }}",
    "{% import 'macros.xml.j2' as m %}{{ m.__dict__ }}",
    "{{ range.__self__ }}",
    "{{ namespace.__init__ }}",
]


@pytest.mark.parametrize("said", REACHING)
@pytest.mark.usefixtures("here")
def test_nothing_is_within_reach(said: str, cli: Cli) -> None:
    """No method, class or hidden value can be reached; the template's mistake is told, nothing runs or is written."""
    plant(said)
    result = cli("render", "x.yaml")
    assert (result.code, result.out) == (2, "")
    assert f"{GENRE}" in result.err
    assert "[template-" in result.err
    assert sorted(path.name for path in Path().iterdir()) == ["templates", "x.yaml"]


def test_a_template_sees_declared_fields_only() -> None:
    """Of every model a template sees its fields, what kind it is and its parts, and of a text only its lines."""
    for model in MODELS.values():
        names = templating.seen(model.model_construct())
        assert names <= {*model.model_fields, "kind", "parts", "n"}
        assert not {name for name in dir(model) if callable(getattr(model, name, None))} & names
    assert "indicators" not in templating.seen(templating._Fields(Report.model_construct()))


NESTED = "{% for a in range(9999) %}{% for b in range(9999) %}"
GROWING = "{% set n = namespace(x=[1]) %}{% for a in range(99) %}{% set n.x = GROWN %}{% endfor %}"
LONG = "{% set x = range(9999)|list %}{% for a in range(9999) %}"
ENDLESS = {
    "loops": NESTED + "{% endfor %}{% endfor %}",
    "loops that filter": "{% for a in range(9999) %}{% for b in range(9999) if b < 0 %}{% endfor %}{% endfor %}",
    "loops that print": NESTED + "甲{% endfor %}{% endfor %}",
    "loops that keep what they print": "{% set x %}" + NESTED + "甲乙丙{% endfor %}{% endfor %}{% endset %}",
    "a range": "{% for a in range(10 ** 2) %}{% endfor %}",
    "a long range": "{% for a in range(999999999) %}{% endfor %}",
    "macros that call each other twice": (
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}"
    ),
    "a macro without end": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "a block that doubles": (
        "{% set n = namespace(x='甲') %}{% for a in range(99) %}{% set y %}{{ n.x }}{{ n.x }}{% endset %}"
        "{% set n.x = y %}{% endfor %}"
    ),
    "a text that doubles": GROWING.replace("[1]", "'甲'").replace("GROWN", "n.x ~ n.x"),
    "a list that doubles": GROWING.replace("GROWN", "n.x + n.x"),
    "a list in a list": GROWING.replace("GROWN", "[n.x, n.x]") + "{{ n.x }}",
    "a number that squares": GROWING.replace("[1]", "9").replace("GROWN", "n.x * n.x"),
    "a power": "{{ 9 ** 9 ** 9 }}",
    "a text many times": "{{ '甲' * 999999999 }}",
    "a padded text": "{{ '甲'|center(999999999) }}",
    "a filled text": "{{ '%999999999d' % 1 }}",
    "copies of lists": "{% for a in range(9999) %}{% set x = range(9999)|list %}{% endfor %}",
    "slices of lists": LONG + "{% set y = x[1:] %}{% endfor %}",
    "searches in lists": LONG + "{% if '甲' in x %}{% endif %}{% endfor %}",
    "comments that open": "{#" * 1_000_000,
    "assignments": "{% set x = 1 %}" * 10_000,
    "elements within elements": "<document>" + "<section>" * 4000 + "</section>" * 4000 + "</document>",
    "itself": "{% include 'genres/通用.xml.j2' %}",
}


@pytest.mark.parametrize("kind", ENDLESS)
@pytest.mark.usefixtures("here")
def test_every_template_ends(kind: str, cli: Cli) -> None:
    """What would run for ever or fill the memory ends at a limit, with the template's name, in bounded time."""
    plant(ENDLESS[kind])
    began = time.process_time()
    result = cli("render", "x.yaml")
    assert time.process_time() - began < 30
    assert (result.code, result.out) == (2, "")
    assert GENRE in result.err


@pytest.mark.usefixtures("here")
def test_a_limit_is_reached_at_the_same_place(cli: Cli) -> None:
    """Steps are counted, not timed: the same template ends with the same words."""
    plant(ENDLESS["loops"])
    assert cli("render", "x.yaml").err == cli("render", "x.yaml").err


def run(said: str) -> str:
    """Return what a template prints in a sandbox of its own."""
    made = sandbox.Sandbox(lambda name: Source(name, said), lambda _: frozenset(), ("list", "map", "default"), {})
    return made.run("甲", x=[1, 2, 3])


@pytest.mark.parametrize(
    ("said", "steps", "characters"),
    [
        ("甲乙丙", 1, 3 + 3),  # what is printed is counted where it stands and when it comes out
        ("{% for a in range(9) %}甲{% endfor %}", 1 + 9, 1 + 9 + 9),
        ("{% for a in range(9) if a > 4 %}{% endfor %}", 1 + 9 + 4, 0),
        ("{% macro f() %}{% endmacro %}{{ f() }}{{ f() }}", 3, 0),
        ("{% set y = x|list %}", 2, 3 + 3),
        ("{% set y = x|map('default')|list %}", 1 + 2 + 3 + 3, 3 + len("default") + 3),
        ("{% set y = x[0] ~ '甲乙' %}", 1, 2),
        ("{% set y = x[1:] %}", 1, 3),
        ("{% if 1 in x and 4 not in x %}{% endif %}", 1, 3 + 3),
    ],
)
def test_every_step_is_counted_once(said: str, steps: int, characters: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn, a call, a filter and each item it goes through is a step; what is printed, copied, searched its size."""
    for limit, needed in (("MAX_STEPS", steps), ("MAX_CHARACTERS", characters)):
        monkeypatch.setattr(sandbox, limit, needed)
        run(said)
        if needed:
            with monkeypatch.context() as less:
                less.setattr(sandbox, limit, needed - 1)
                with pytest.raises(sandbox.LimitError):
                    run(said)


@pytest.mark.parametrize(
    ("allowed", "refused"),
    [
        ("{% set y = range(10000) %}", "{% set y = range(10001) %}"),
        ("{{ 1000000000 * 1000000 }}", "{{ 1000000000 * 1000000 + 1 }}"),
        ("{{ 0 - 1000000000 * 1000000 }}", "{{ 0 - 1000000000 * 1000000 - 1 }}"),
    ],
)
def test_numbers_and_ranges_have_a_largest(allowed: str, refused: str) -> None:
    """Ten thousand turns in one range and 10¹⁵ either way are allowed, and no more."""
    run(allowed)
    with pytest.raises(sandbox.LimitError):
        run(refused)


@pytest.mark.parametrize("operands", ["true + 1", "1 + true", "'甲' + '乙'", "x + x", "x * 2", "'甲' * 2", "2 ** 3"])
def test_only_numbers_are_computed_with(operands: str) -> None:
    """What is true, texts and lists are no numbers; a power may be too large to compute."""
    with pytest.raises(jinja2.TemplateRuntimeError, match="模板里"):
        run(f"{{{{ {operands} }}}}")
    assert run("{{ 7 // 2 }} {{ 7 % 2 }} {{ 1.5 * 2 }}") == "3 1 3.0"


def test_where_a_loop_stands() -> None:
    """Templates see everything Jinja2 says of a loop that is no method."""
    names = [*("index", "index0", "revindex", "revindex0", "first", "last", "length"), "depth", "depth0"]
    names += ["previtem", "nextitem"]
    said = "{% for a in x %}" + " ".join(f"{{{{ loop.{name}|default }}}}" for name in names) + "\n{% endfor %}"
    assert run(said).split("\n")[1] == "2 1 2 1 False False 3 1 0 1 3"


@pytest.mark.parametrize("said", ["{{ x }}", "{{ range(3) }}", "{{ x|map('default') }}", "{{ {'甲': 1} }}"])
def test_lists_are_not_printed(said: str) -> None:
    """Python's way of writing lists and the like never comes into a document."""
    with pytest.raises(jinja2.TemplateRuntimeError, match="循环"):
        run(said)


MARKS = st.sampled_from(["\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\x01", "\ufffe"])


@given(mark=MARKS, attribute=st.booleans(), decimal=st.booleans())
def test_no_mark_of_ours_can_be_forged(mark: str, attribute: bool, decimal: bool) -> None:
    """Gaps and slots are marked with noncharacters; a template cannot write one, not as a reference either."""
    from healthreport.composing.markup import MarkupError, parse

    reference = f"&#{ord(mark)};" if decimal else f"&#x{ord(mark):X};"
    said = f'<section number="{reference}0{reference}"/>' if attribute else f"<p>{reference}0{reference}</p>"
    for one in (said, said.replace(reference, mark)):
        with pytest.raises(MarkupError):
            parse(f"<document>{one}</document>", 0)


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices of this kind are the other systems'")
@pytest.mark.parametrize("where", ["genres/通用.xml.j2", "genres/别的.xml.j2", "layouts/窄.yaml", "title-words.txt"])
@pytest.mark.parametrize("kind", ["pipe", "link", "folder link", "dangling link"])
def test_what_is_no_file_is_refused(kind: str, where: str, here: Path, cli: Cli) -> None:
    """A pipe, or a link that leads out of ./templates, is refused by name; nobody waits for it."""
    (here / "secret").mkdir()
    for suffix in (".xml.j2", ".yaml", ".txt"):
        (here / "secret" / f"通用{suffix}").write_text("<document><title>secret</title></document>", "utf-8")
    target = here / "work" / "templates" / where
    target.parent.mkdir(parents=True)
    if kind == "pipe":
        os.mkfifo(target)
    elif kind == "folder link" and "/" in where:
        target.parent.rmdir()
        target.parent.symlink_to(here / "secret")
    else:
        target.symlink_to(here / "nowhere" if kind == "dangling link" else here / "secret" / "通用.txt")
    os.chdir(here / "work")
    write("x.yaml", REPORT)
    result = cli("render", "x.yaml")
    assert (result.code, result.out) == (2, "")
    assert "[bad-template-file]" in result.err
    assert not (here / "work" / "x.docx").exists()


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../secret.txt", "genres/../../secret.txt", "..\\secret.txt", "//etc/passwd"]
)
@pytest.mark.parametrize("statement", ["{% include NAME %}", "{% import NAME as x %}", "{% from NAME import x %}"])
@pytest.mark.usefixtures("here")
def test_templates_read_templates_only(statement: str, name: str, cli: Cli) -> None:
    """No file outside of the templates is read, by whatever path."""
    write("secret.txt", "secret")
    plant(statement.replace("NAME", repr(name)))
    result = cli("render", "x.yaml")
    assert (result.code, result.out) == (2, "")
    assert "[no-template]" in result.err or "[template-" in result.err
    assert "secret\n" not in result.err


def test_packaged_templates_stay_far_below_the_limits() -> None:
    """The longest report there may be does not meet the limits that hostile templates do."""
    from helpers import compose

    sections = "".join(f"  - {{标题: 第{at}节, 内容: [甲, 乙]}}\n" for at in range(1500))
    compose(f"标题: 甲\n编号: [1.]\n章节:\n{sections}", resources=Resources(packaged()))
    assert sandbox.MAX_STEPS >= 200_000 * 3


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(.*)*x", "(a|aa){1,40}$", "^.*.*.*.*.*x", "a*b*c*d*e*f", "(?:a?){50}a", "(", "*"]
)
@pytest.mark.usefixtures("here")
def test_no_pattern_of_sheets_is_slow(pattern: str, cli: Cli) -> None:
    """A bureau's patterns of rows may be anybody's: one that could take long on a name is refused at its line."""
    write("templates/sheets/行.yaml", f"分段样式: ['{pattern}']\n")
    write("全区.yaml", "体裁: 通用\n标题: 甲\n指标: {改厕: {单位: 座}}\n内容: 乙\n")
    write("乡镇.csv", f"单位,改厕（座）\n{'a' * 60},1\n")
    began = time.process_time()
    result = cli("batch", "全区.yaml", "--data", "乡镇.csv")
    assert time.process_time() - began < 10
    assert (result.code, "[bad-pattern]" in result.err) == (2, True)
    assert "templates/sheets/行.yaml:1:" in result.err
