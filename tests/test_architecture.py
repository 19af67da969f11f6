"""The shape of the program: imports run downward, the disk and the console have one door each."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthreport.composing import templating
from healthreport.reading.resources import Resources, packaged
from helpers import GENERAL, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(templating.__file__).parents[1]
# The house from the ground up: rooms of one level do not import one another. Code stands in modules, never in
# ``__init__``; a package that has modules and packages below it is a room of its own: ``model`` stands on trees of
# YAML, and ``reading`` on ``model``, whose keys say how a report is laid over its base.
GROUPS = ("numbering", "figures", "marks", "wording", "privacy", "continuity", "leftovers", "whole")
LEVELS = [
    {"", "diagnostics"},
    {"disk"},
    {"values"},
    {"trees"},
    {"reading.yaml", "reading.packed"},
    {"reading.tables.workbook"},
    {"reading.tables", "reading.word"},
    {"model.validating"},
    {"model"},
    {"reading"},
    {"recognising.cleaning"},
    {"recognising"},
    {"figures"},
    {"townships"},
    {"composing.reuse", "checking", "writing.layout", "writing.editing"},
    # Figures are read once for all rules that hold them against each other: in sentences and in tables.
    {"checking.scanning", "checking.figures"},
    {"checking.figures.changes", "checking.figures.sentences", "checking.figures.tables"},
    {"writing.docx"},
    {"checking.rules.report", *(f"checking.rules.{group}" for group in GROUPS)},
    {"composing", "checking.rules", "writing"},
    {"importing"},
    {"pipeline"},
    {"jobs.pool", "jobs.looking_on"},
    {"jobs.new"},
    {"jobs.importing", "jobs.checking"},
    {"jobs"},
    {"jobs.batch", "jobs.rollup"},
    {"jobs.overview"},
    {"cli"},
    {"__main__"},
]
MOST_ENTRIES = 16
# What reads or writes elsewhere, and why it may.
DISK_EXCEPTIONS = {
    ("writing.docx.package", "ZipFile"): "reads the stamp of the Word file that is about to be replaced",
    ("writing.editing.word", "ZipFile"): "writes an archive in memory",
    ("jobs.rollup.town_rows", "ZipFile"): "writes an archive in memory",
    ("jobs.rollup.town_rows", "open"): "writes a member of it",
    ("reading.packed.zip_parts", "open"): "opens a member of an archive in memory",
}
DISK_CALLS = {
    "open",
    "read_text",
    "write_text",
    "write_bytes",
    "ZipFile",
    "rename",
    "unlink",
    "mkdir",
    "rmtree",
}


def modules() -> dict[str, ast.Module]:
    """Return the syntax trees of all modules by their names below the package."""
    names = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}
    return {
        name.removesuffix("__init__").rstrip("."): ast.parse(path.read_text("utf-8")) for name, path in names.items()
    }


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield the full names a module imports anywhere, those for type checking too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call with the last part of the name that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def imported(tree: ast.Module) -> set[str]:
    """Return the modules of the program that a module imports, by their names below the package."""
    found = {name.removeprefix("healthreport").lstrip(".") for name in imports(tree) if name.startswith("healthreport")}
    return {module for name in found if (module := nearest(name)) is not None}


def nearest(name: str) -> str | None:
    """Return the module that a full name is, or stands in."""
    while name not in MODULES and name:
        name = name.rpartition(".")[0]
    return name if name in MODULES else None


def unit_of(module: str) -> str:
    """Return the room of a module: its package; of a module at the top itself."""
    package = module if module in PACKAGES else module.rpartition(".")[0]
    return package or module


MODULES = modules()
PACKAGES = {""} | {name for name in MODULES if any(other.startswith(f"{name}.") for other in MODULES)}
LEVEL_OF = {unit: level for level, units in enumerate(LEVELS) for unit in units}
NAMES = sorted(MODULES)


def test_every_room_has_its_level() -> None:
    """The list names every room there is, and no other."""
    assert {unit_of(name) for name in NAMES} == LEVEL_OF.keys()


@pytest.mark.parametrize("name", NAMES)
def test_imports_run_downward(name: str) -> None:
    """A module imports from its own room or one below, also what it needs for its types only."""
    unit = unit_of(name)
    for other in imported(MODULES[name]):
        below = unit_of(other)
        assert below == unit or LEVEL_OF[below] < LEVEL_OF[unit], f"{name} imports {other}"


def test_stages_beside_one_another() -> None:
    """What composes, what checks and what writes know nothing of one another."""
    stages = {"composing", "checking", "writing"}
    for name in NAMES:
        own = name.partition(".")[0]
        others = {other.partition(".")[0] for other in imported(MODULES[name])}
        assert own not in stages or not others & (stages - {own}), name


def test_no_circles() -> None:
    """No two modules import each other, nor a longer circle, not within a room either."""
    graph = {name: imported(MODULES[name]) - {name} for name in NAMES}
    assert list(TopologicalSorter(graph).static_order())


def test_code_stands_in_modules() -> None:
    """A package's own file says what the package is for, and nothing more."""
    for name in PACKAGES - {""}:
        (docstring,) = MODULES[name].body
        assert isinstance(docstring, ast.Expr), name


def test_the_top_is_short() -> None:
    """A newcomer reads the top of the package at a glance."""
    entries = {path.name for path in PACKAGE.iterdir()} - {
        "__init__.py",
        "__main__.py",
        "py.typed",
        "__pycache__",
        "_data",
    }
    assert len(entries) <= MOST_ENTRIES


@pytest.mark.parametrize("name", NAMES)
def test_files_and_functions_are_short(name: str) -> None:
    """No file is longer than 300 lines, no function longer than 50."""
    parts = [*filter(None, name.split(".")), *(["__init__"] if name in PACKAGES else [])]
    path = PACKAGE.joinpath(*parts).with_suffix(".py")
    assert len(path.read_text("utf-8").splitlines()) <= 300
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 50, node.name


@pytest.mark.parametrize("name", NAMES)
def test_libraries_have_their_place(name: str) -> None:
    """Typer and Rich serve the console, python-docx and Pillow the Word writer, lxml the reader; click is Typer's."""
    roots = {one.split(".")[0] for one in imports(MODULES[name])}
    assert "click" not in roots
    assert unit_of(name) == "cli" or not roots & {"typer", "rich"}
    assert unit_of(name) == "writing.docx" or not roots & {"docx", "PIL"}
    assert unit_of(name) == "reading.word" or "lxml" not in roots


def test_one_place_runs_another_program() -> None:
    """Other programs are started in one place, which is where files are: LibreOffice reads and writes some."""
    assert {name for name in NAMES if "subprocess" in {*imports(MODULES[name])}} == {"disk.office"}


def test_a_command_ends_in_one_place() -> None:
    """Exit codes stand in one table; one place ends a command, and one turns mistakes into messages."""
    tree = MODULES["cli.exits"]
    uses = {name: ast.unparse(module).count("typer.Exit") for name, module in MODULES.items()}
    assert {name for name, count in uses.items() if count} == {"cli.exits"}
    assert uses["cli.exits"] == 1
    assert ast.unparse(tree).count("except ") == 1
    caught = {name for name, module in MODULES.items() if unit_of(name) == "cli" and _catches(module)}
    assert caught == {"cli.exits", "cli.questions"}  # a wrong answer at the terminal is asked again


def _catches(tree: ast.Module) -> bool:
    handlers = (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.type)
    return any("HealthReportError" in ast.unparse(node) for node in handlers)


@pytest.mark.parametrize("name", NAMES)
def test_console_and_disk_have_one_door(name: str) -> None:
    """Only the command line prints, and only ``disk`` reads or writes."""
    for called, node in calls(MODULES[name]):
        assert called != "print" or unit_of(name) == "cli", f"{name}:{node.lineno} prints"
        if called not in DISK_CALLS or unit_of(name) == "disk" or (name, called) in DISK_EXCEPTIONS:
            continue
        in_memory = (
            bool(node.args) and isinstance(node.args[0], ast.Call) and ast.unparse(node.args[0].func) == "io.BytesIO"
        )
        assert in_memory, f"{name}:{node.lineno} touches the disk: {ast.unparse(node)}"


def test_structure_is_memoised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred reports of one shape run the template once; a report of another shape runs it again."""
    runs = 0
    render = templating.render

    def counted(*arguments: object) -> object:
        nonlocal runs
        runs += 1
        return render(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(templating, "render", counted)
    resources = Resources(packaged())
    titles = set()
    for number in range(100):
        report = f"{GENERAL}章节:\n  - {{标题: 第{number}镇, 内容: 完成{number}座。}}\n"
        titles.add(str(compose(report, resources=resources).document.blocks[1]))
    assert (runs, len(titles)) == (1, 100)
    compose(GENERAL + "章节: [{标题: 甲, 内容: [乙, 丙]}]", resources=resources)
    assert runs == 2
