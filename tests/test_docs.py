"""The documentation is true: its examples render to what it shows, its tables list what the program has.

A ``yaml`` fence is a whole report, or an HTML comment above it says what it is: ``<!-- fragment -->``
keys of a report, ``<!-- under: 内容 -->`` what stands under one key, ``<!-- file: 名.yaml -->`` a file
for the examples below it, ``<!-- within: 名.yaml ← command -->`` a part of what a command writes. A
``text`` fence after it is what comes of it: lines of the document, or the message; below ``<!-- told:
command -->`` it is what the command says. A table below ``<!-- keys: Section -->`` lists the keys of that
model; other such comments name other lists.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import typer.main
from packaging.requirements import Requirement

from healthreport import pipeline
from healthreport.checking.rules.report.every import RULES
from healthreport.cli.app import app
from healthreport.cli.exits import Exit
from healthreport.composing.vocabulary import VOCABULARY
from healthreport.figures import listing
from healthreport.figures.derived import OWN
from healthreport.jobs import schema
from healthreport.model import indicator_tables
from healthreport.model.fields import passing
from healthreport.model.indicators import Indicator
from healthreport.model.issued import Imprint, RedHead
from healthreport.model.report import MODELS, Head, Report
from healthreport.model.sections import Attachment, Section
from healthreport.recognising.cleaning.changes import Kind
from healthreport.values.derivations import DERIVATIONS, SAID_OF_TOWNSHIPS
from healthreport.values.numbering_styles import style
from healthreport.writing.layout import profile
from helpers import RESOURCES, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from conftest import Cli

README = ROOT / "README.md"
START = ROOT / "docs" / "start.md"
MANUAL = ROOT / "docs" / "tasks.md"
KEYS = ROOT / "docs" / "keys.md"
TEMPLATES = ROOT / "docs" / "templates.md"
CHANGELOG = ROOT / "CHANGELOG.md"
VENV = "python3 -m venv .venv && .venv/bin/python -m pip install"
WINDOWS = (
    r"py -m venv .venv && .venv\Scripts\python -m pip install . && .venv\Scripts\healthreport render examples\2022.yaml"
)
COMMANDS = [
    f"{VENV} . && .venv/bin/healthreport render examples/2022.yaml",
    f"{VENV} -c constraints.txt -e '.[test]' && .venv/bin/python -m pytest",
    WINDOWS,
]
# What the repository holds, beside the files at its top; a source distribution may lack the first.
FOLDERS = (".ci", "benchmarks", "docs", "examples", "src", "templates", "tests")
NAME = "2022.yaml"
KEYED: dict[str, type[BaseModel]] = {"Report": Report, "Indicator": Indicator}
HEAD = {"体裁": "通用", "标题": "示例", "年度": "2022", "单位": "槐溪县卫生健康局"}

_FENCE = re.compile(
    r"(?:^<!-- (?P<note>[^\n]+?) -->\n)?^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
_TABLE = re.compile(r"^<!-- (?P<note>.+?) -->\n^\|.*\n\|[-| ]+\n(?P<rows>(?:^\|.*\n)+)", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")
_PAGE = re.compile(rb"[A-Za-z0-9_./-]+\.md(?![A-Za-z0-9])")


class Fence(NamedTuple):
    """One fenced block: where it stands, what it is, and what the comment above says of it."""

    line: int
    language: str
    body: str
    note: str


class Example(NamedTuple):
    """A ``yaml`` fence with what comes of it, and the files that stand above it on its page."""

    page: Path
    fence: Fence
    expected: str
    files: dict[str, str]


def fences(page: Path) -> list[Fence]:
    """Return the fenced blocks of a page in order."""
    content = page.read_text("utf-8")
    return [
        Fence(content.count("\n", 0, match.start("body")), match["language"], match["body"], match["note"] or "")
        for match in _FENCE.finditer(content)
    ]


def examples(page: Path) -> Iterator[Example]:
    """Yield every example of a page."""
    files: dict[str, str] = {}
    found = fences(page)
    for fence, after in zip(found, [*found[1:], None], strict=True):
        kind, _, name = fence.note.partition(": ")
        if kind == "file":
            files[name] = fence.body
        elif fence.language == "yaml" and kind != "within":
            expected = after.body if after and after.language == "text" else ""
            yield Example(page, fence, expected, dict(files))


def report(fence: Fence) -> str:
    """Return the whole report that a fence is, or that it is part of."""
    kind, _, key = fence.note.partition(": ")
    body = fence.body
    if kind == "under":
        body = f"{key}:\n" + "".join(f"  {line}" if line.strip() else line for line in body.splitlines(keepends=True))
    if kind in ("under", "fragment"):
        own = set(re.findall(r"^([^\s#:：-]+)[:：]", body, re.MULTILINE))
        return "".join(f"{key}: {value}\n" for key, value in HEAD.items() if key not in own) + body
    assert re.search("^(标题|体裁|继承):", body, re.MULTILINE), f"line {fence.line}: neither a report nor marked"
    return body


def tables(page: Path, kind: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield every table that a comment names as of this kind: what else the comment says, and its rows of cells."""
    for match in _TABLE.finditer(page.read_text("utf-8")):
        said, _, rest = match["note"].partition(": ")
        if said == kind:
            rows = [re.split(r"(?<!\\)\|", row.strip().strip("|")) for row in match["rows"].splitlines()]
            yield rest, [[cell.strip().replace(r"\|", "|") for cell in row] for row in rows]


def codes(cell: str) -> list[str]:
    """Return what stands in backticks in a table's cell."""
    return _CODE.findall(cell)


def listed_keys(page: Path) -> dict[str, list[str]]:
    """Return the keys that a page's tables list, by the name of the model they belong to."""
    listed: dict[str, list[str]] = {}
    for said, rows in tables(page, "keys"):
        models = said.split()
        if len(models) == 1:
            listed[models[0]] = [key for row in rows for key in codes(row[0])]
        else:
            listed |= {model: codes(row[1]) for model, row in zip(models, rows, strict=True)}
    return listed


def aliases(model: type[BaseModel]) -> list[str]:
    """Return the keys of a model as users write them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def in_order(keys: dict[str, list[str]]) -> dict[str, list[str]]:
    """Sort the keys of every model, so that a table may group them as it likes."""
    return {model: sorted(listed) for model, listed in keys.items()}


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_of_the_readme(line: str) -> None:
    """The commands that a newcomer starts with stand in the README as they are, each on a line."""
    assert line in README.read_text("utf-8").splitlines()


def test_the_test_command_is_what_ci_runs() -> None:
    """A machine that has nothing runs the README's test command, and the suite once more without constraints."""
    steps = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert COMMANDS[1] in steps
    assert [step for step in steps if "pip install" in step and "constraints" not in step and "pytest" in step]


def test_constraints_name_every_dependency() -> None:
    """Each package that pyproject.toml asks for has one version in constraints.txt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    wanted = {Requirement(one).name.lower().replace("-", "_") for one in asked}
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {line.partition("==")[0].lower().replace("-", "_") for line in lines if "==" in line}
    assert wanted - pinned == set()


def test_pipeline_of_the_readme() -> None:
    """The pipeline in the README is the one in the module that runs it."""
    assert pipeline.__doc__
    line = pipeline.__doc__.split("\n\n")[1].split()
    assert any(fence.body.split() == line for fence in fences(README))


@pytest.mark.parametrize(
    "example",
    [one for page in (README, MANUAL, TEMPLATES) for one in examples(page)],
    ids=lambda one: f"{one.page.stem}-{one.fence.line}",
)
def test_example(example: Example, here: Path, cli: Cli) -> None:
    """An example renders, and gives what stands below it, text or warning; a mistaken one is refused so."""
    write({**example.files, NAME: report(example.fence)}, here)
    result = cli("render", NAME, "--to", "docx,txt")
    if f"{NAME}:" in example.expected and " 错误 " in example.expected:
        assert (result.code, result.err) == (2, example.expected)
        return
    assert result.code == 0, result.err
    if example.expected.startswith(NAME):
        assert example.expected in result.err
        return
    said = [line.strip() for line in (here / NAME).with_suffix(".txt").read_text("utf-8").splitlines()]
    expected = [line.strip() for line in example.expected.splitlines()]
    shown = [said[at : at + len(expected)] for at in range(len(said))]
    assert not expected or expected in shown, "\n".join(said)


def write(files: dict[str, str], folder: Path) -> None:
    """Write files and the folders they lie in."""
    for name, body in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(body, encoding="utf-8")


def test_the_file_to_drop_on(here: Path, cli: Cli) -> None:
    """The ``.bat`` of the manual renders the files that Windows hands it, and waits, so that what was said is read."""
    (lines,) = [fence.body.splitlines() for fence in fences(MANUAL) if fence.language == "bat"]
    (line,) = [line for line in lines if "healthreport" in line]
    assert (lines[0], lines[-1]) == ("@echo off", "pause")
    for name in ("甲 乙.yaml", "丙.yaml"):
        (here / name).write_text("体裁: 通用\n标题: 甲\n内容: 乙。\n", "utf-8")
    program, _, arguments = line.partition(" -m healthreport ")
    assert (program, arguments.split()[-1]) == ("python", "%*")
    assert cli(*arguments.split()[:-1], here / "甲 乙.yaml", here / "丙.yaml").code == 0
    assert {one.name for one in here.glob("*.docx")} == {"甲 乙.docx", "丙.docx"}


@pytest.mark.parametrize("page", [MANUAL, TEMPLATES], ids=lambda page: page.stem)
def test_commands(page: Path, here: Path, cli: Cli) -> None:
    """The commands of a page run, one after the other, where its files and its first report stand."""
    found = fences(page)
    first = next(fence for fence in found if fence.language == "yaml" and not fence.note)
    files = {fence.note.removeprefix("file: "): fence.body for fence in found if fence.note.startswith("file: ")}
    write({NAME: first.body, **files}, here)
    shutil.copy(ROOT / "examples" / "2021.docx", here)
    lines = [line for fence in found if fence.language == "console" for line in fence.body.splitlines()]
    for line in lines:
        if line.startswith("healthreport "):
            result = cli(*line.split()[1:])
            assert result.code == 0, f"{line}\n{result.err}"


@pytest.mark.parametrize("page", [MANUAL, TEMPLATES], ids=lambda page: page.stem)
def test_outputs(page: Path, here: Path, cli: Cli) -> None:
    """What a page shows below a command is what it prints, or writes, among the page's files."""
    found = fences(page)
    files = {fence.note.removeprefix("file: "): fence.body for fence in found if fence.note.startswith("file: ")}
    write(files, here)
    shutil.copy(ROOT / "examples" / "2021.docx", here)
    for fence in found:
        kind, _, line = fence.note.partition(": ")
        if kind == "output":
            assert cli(*line.split()[1:]).out == fence.body, line
        elif kind == "told":
            assert fence.body in cli(*line.split()[1:]).err, line
        elif kind in ("written", "within"):
            path, _, command = line.partition(" ← ")
            assert cli(*command.split()[1:]).code == 0, line
            said = Path(path).read_text("utf-8-sig")
            assert fence.body in said if kind == "within" else said == fence.body, line
        if kind in ("told", "within"):  # nothing that is imported is written over
            for made in here.glob("*.yaml"):
                if made.name not in files:
                    made.unlink()


def test_keys() -> None:
    """The page of keys has those of every model: none is missing, none is made up."""
    expected = {model.__name__: aliases(model) for model in MODELS.values()}
    assert in_order(listed_keys(KEYS)) == in_order(expected)


def test_the_schema_takes_every_key() -> None:
    """Editors accept each key that the page of keys has, in its place."""
    made = schema.schema(RESOURCES)
    parts = {"Report": made, **made["$defs"]}
    accepted = {
        model: {key for form in [part, *part.get("anyOf", [])] for key in form.get("properties", {})}
        for model, part in parts.items()
    }
    assert {model: set(keys) for model, keys in listed_keys(KEYS).items()} == accepted


def test_what_passes_on() -> None:
    """The page of keys says of every key of a report and of an indicator whether 继承 passes it on."""
    said = {True: "是", False: "否", "无": "写`无`时"}
    listed = {model: {codes(row[0])[0]: row[4] for row in rows} for model, rows in tables(KEYS, "keys")}
    for name, model in KEYED.items():
        assert listed[name] == {key: said[rule] for key, rule in passing(model).items()}


def test_keys_of_layouts() -> None:
    """The page on templates lists the keys of a layout, and the one that names its base."""
    models = (
        profile.Layout,
        profile.Page,
        profile.Grid,
        profile.Face,
        profile.TableFace,
        profile.PageNumber,
        profile.Font,
    )
    expected = {model.__name__: aliases(model) for model in models}
    expected["Layout"].append("基于")
    assert in_order(listed_keys(TEMPLATES)) == in_order(expected)


def test_fields() -> None:
    """The page on templates lists the fields that templates see, beside the keys that users write; a head is none."""
    listed = {
        model: dict(pair for row in rows for pair in zip(codes(row[0]), codes(row[1]), strict=True))
        for model, rows in tables(TEMPLATES, "fields")
    }
    expected = {
        model.__name__: {
            name: field.alias
            for name, field in model.model_fields.items()
            if name not in Head.model_fields and name not in ("indicators", "words", "roll_up")
        }
        for model in (Report, Section, Attachment, RedHead, Imprint)
    }
    assert listed == expected


def test_vocabulary() -> None:
    """The page on templates lists every element of the vocabulary with its attributes and children."""
    inline, blocks = VOCABULARY["p"][1], VOCABULARY["section"][1] - {"heading"}
    groups = {"行内": inline, "块": blocks}
    listed: dict[str, tuple[set[str], set[str]]] = {}
    for _, rows in tables(TEMPLATES, "vocabulary"):
        for elements, attributes, children, _ in rows:
            named = set(codes(children)).union(*(group for word, group in groups.items() if word in children))
            listed |= {element: (set(codes(attributes)), named) for element in codes(elements)}
    assert listed == {name: (set(attributes), set(children)) for name, (attributes, children) in VOCABULARY.items()}


def test_kinds_of_cleaning() -> None:
    """The manual lists what import cleans, each by its word for --keep, and no other."""
    ((_, rows),) = tables(MANUAL, "cleaning")
    assert {codes(row[0])[0] for row in rows} == {str(kind) for kind in Kind}


def test_derived_values() -> None:
    """The manual lists every derived value, and no other."""
    listed = [name for _, rows in tables(MANUAL, "derived") for row in rows for name in codes(row[0])]
    assert sorted(listed) == sorted(f".{name}" for name in (*DERIVATIONS, *OWN))


def test_what_is_said_of_townships() -> None:
    """The manual lists what can be said of townships, and no other."""
    listed = [
        name.partition("(")[0] for _, rows in tables(MANUAL, "townships") for row in rows for name in codes(row[0])
    ]
    assert sorted(listed) == sorted(f".{name}" for name in SAID_OF_TOWNSHIPS)


def test_columns() -> None:
    """The manual lists the columns of 指标表 and those of ``figures``."""
    (listed,) = ([codes(row[1]) for row in rows] for _, rows in tables(MANUAL, "columns"))
    assert listed == [list(indicator_tables.COLUMNS), list(listing.COLUMNS)]


def test_styles() -> None:
    """The manual's table of numbering styles shows their third labels; what is said in brackets is a second one."""
    for _, rows in tables(MANUAL, "styles"):
        for samples, labels in rows:
            third, _, second = labels.partition("（第二个是")
            assert [style(sample).label(3).rstrip() for sample in codes(samples)] == codes(third)
            assert [style(sample).label(2) for sample in codes(samples)] == codes(second) or not second


def program() -> dict[str, set[str]]:
    """Return the commands of the program and the long options of each."""
    commands: dict[str, set[str]] = {}

    def visit(group: Any, prefix: str) -> None:
        for name in group.list_commands(None):
            command = group.get_command(None, name)
            if isinstance(command, typer.core.TyperGroup):
                visit(command, f"{prefix}{name} ")
            else:
                commands[prefix + name] = {
                    option for one in command.params for option in one.opts if option.startswith("--")
                }

    visit(typer.main.get_command(app), "")
    return commands


def test_options() -> None:
    """The manual lists every command with its options."""
    listed = {codes(row[0])[0]: set(codes(row[2])) for _, rows in tables(MANUAL, "options") for row in rows}
    assert listed == program()


def test_exit_codes() -> None:
    """The manual lists every exit code."""
    listed = [code for _, rows in tables(MANUAL, "exits") for row in rows for code in codes(row[0])]
    assert listed == [str(code.value) for code in Exit]


def test_commands_of_the_table() -> None:
    """The README's table of commands names every command."""
    named = {codes(row[0])[0].split()[0] for _, rows in tables(README, "commands") for row in rows}
    assert named == {name.split()[0] for name in program()}


def test_modules() -> None:
    """The README says of every module what it is for, and of no other."""
    package = Path(pipeline.__file__).parent
    here = {path.name for path in package.iterdir() if path.suffix == ".py" and not path.stem.startswith("__")}
    here |= {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    named = [code for _, rows in tables(README, "modules") for row in rows for code in codes(row[1])]
    assert sorted(one for one in named if not one.startswith("templates/")) == sorted(here)


def test_rules() -> None:
    """The manual lists every rule that warns of what a text or a number says, and no other."""
    listed = [id for _, rows in tables(MANUAL, "rules") for row in rows for id in codes(row[0])]
    assert sorted([*listed, "gap", "todo"]) == sorted(rule.id for rule in RULES)


def test_messages() -> None:
    """Every message that the manual's table explains is one that a mistaken report gets."""
    told = "".join(path.read_text("utf-8") for path in (ROOT / "tests" / "invalid").glob("*.txt"))
    listed = [id for _, rows in tables(MANUAL, "ids") for row in rows for id in codes(row[0])]
    assert listed
    assert [id for id in listed if f"[{id}]" not in told] == []


@pytest.mark.parametrize("page", [README, START, MANUAL, KEYS, TEMPLATES, CHANGELOG], ids=lambda page: page.stem)
def test_links(page: Path) -> None:
    """Links to files and to headings lead somewhere."""
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text("utf-8")):
        name, _, heading = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE) if heading else []
        assert not heading or heading in [re.sub(r"[^\w-]", "", one.replace(" ", "-")).lower() for one in headings]


def test_tasks_are_listed() -> None:
    """The first table of the page by task leads to every heading below it."""
    text = MANUAL.read_text("utf-8")
    table = text[: text.index("\n## ")]
    headings = re.findall(r"^##+ (.+)$", text, re.MULTILINE)
    anchors = [re.sub(r"[^\w-]", "", one.replace(" ", "-")).lower() for one in headings]
    assert [one for one in anchors if f"](#{one})" not in table] == []


def repository() -> Iterator[Path]:
    """Yield every file of the repository; a source distribution has no git to ask."""
    yield from (path for path in ROOT.iterdir() if path.is_file())
    for path in (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()):
        if not {"node_modules", "__pycache__"}.intersection(path.parts):
            yield path


def cited(content: bytes) -> set[str]:
    """Return the pages that a file names, as it names them but for steps up."""
    return {name.decode().split("../")[-1] for name in _PAGE.findall(content)}


def test_cited_pages() -> None:
    """Every page that any file names is in the repository, by its name or by the end of its path."""
    files = list(repository())
    pages = [f"/{path.relative_to(ROOT).as_posix()}" for path in files if path.suffix == ".md"]
    named = {name: path for path in files for name in cited(path.read_bytes())}
    assert "docs/templates.md" in named
    missing = {name: path for name, path in named.items() if not any(page.endswith(f"/{name}") for page in pages)}
    assert missing == {}
