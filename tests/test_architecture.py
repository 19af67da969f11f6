"""The shape of the program: imports run downward, the disk and the console have one door each."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthreport import templating
from healthreport.resources import Resources, packaged
from helpers import GENERAL, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(templating.__file__).parent
# The levels of DESIGN.md; a package is one unit. An import goes to a lower level or its own.
LEVELS = [
    {"diagnostics", "scalars", "slots", "width"},
    {
        "delimited",
        "expressions",
        "files",
        "labels",
        "marks",
        "nodes",
        "own",
        "quantities",
        "source",
        "syntax",
        "tables",
        "workbook",
    },
    {"indicatorfile", "layout", "model", "resources"},
    {"figures", "inherit"},
    {"markup", "numbering", "outline", "templating"},
    {"document", "resolve", "sharing"},
    {"docx", "plain"},
    {"checks"},
    {"pipeline"},
    {
        "batch",
        "blank",
        "importing",
        "listing",
        "names",
        "outputs",
        "planning",
        "render",
        "rollup",
        "rows",
        "scaffold",
        "schema",
    },
    {"__main__", "cli", "help_zh", "reporting"},
]
CONSOLE = {"__main__", "cli", "help_zh", "reporting"}
DISK = {"files", "resources"}
# What reads or writes elsewhere, and why it may.
DISK_EXCEPTIONS = {
    ("docx.package", "ZipFile"): "reads the stamp of the Word file that is about to be replaced",
    ("workbook.packed", "open"): "opens a member of an archive in memory",
    ("workbook.xls", "open"): "opens a stream of a file in memory",
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
    return {name.removesuffix(".__init__"): ast.parse(path.read_text("utf-8")) for name, path in names.items()}


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


MODULES = modules()
LEVEL_OF = {unit: level for level, units in enumerate(LEVELS) for unit in units}
NAMES = sorted(name for name in MODULES if name != "__init__")


@pytest.mark.parametrize("name", NAMES)
def test_imports_run_downward(name: str) -> None:
    """A module imports from its own level or a lower one, also what it needs for its types only."""
    unit = name.partition(".")[0]
    assert unit in LEVEL_OF, "give the new module a level in LEVELS"
    for imported in imports(MODULES[name]):
        root, _, rest = imported.partition(".")
        below = rest.split(".")[0]
        if root == "healthreport" and below in LEVEL_OF:
            assert LEVEL_OF[below] <= LEVEL_OF[unit], f"{name} imports {imported}"
        elif root == "healthreport":
            assert below == "__version__", f"{name} imports {imported}"


def test_no_circles() -> None:
    """No two modules import each other, nor a longer circle; a package counts as one."""
    graph: dict[str, set[str]] = {}
    for name in NAMES:
        unit = name.partition(".")[0]
        found = {one.split(".")[1] for one in imports(MODULES[name]) if one.startswith("healthreport.")}
        graph.setdefault(unit, set()).update(found & LEVEL_OF.keys() - {unit})
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("name", NAMES)
def test_libraries_have_their_place(name: str) -> None:
    """Typer and Rich serve the console only, python-docx the Word writer and reader only; click is Typer's own."""
    unit = name.partition(".")[0]
    roots = {imported.split(".")[0] for imported in imports(MODULES[name])}
    assert "click" not in roots
    assert unit in CONSOLE or not roots & {"typer", "rich"}
    assert unit in {"docx", "importing"} or "docx" not in roots


@pytest.mark.parametrize("name", NAMES)
def test_console_and_disk_have_one_door(name: str) -> None:
    """Only the console's modules print, and only ``files`` and ``resources`` read or write."""
    unit = name.partition(".")[0]
    for called, node in calls(MODULES[name]):
        assert called != "print" or unit in CONSOLE, f"{name}:{node.lineno} prints"
        if called not in DISK_CALLS or unit in DISK or (name, called) in DISK_EXCEPTIONS:
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
