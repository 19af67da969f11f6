"""SECURITY.md and docs/trust.md say what is so: tests that are named are there, floors are the project's."""

from __future__ import annotations

import ast
import re
import tomllib

from helpers import ROOT

SECURITY, TRUST = ROOT / "SECURITY.md", ROOT / "docs" / "trust.md"


def test_each_promise_is_held_by_a_test() -> None:
    """Every row of the promises names a test, or a file of tests, that is there."""
    rows = re.findall(r"^\| (It|After|Of|继承|A|Nothing|What).*\| (.+) \|$", SECURITY.read_text("utf-8"), re.MULTILINE)
    assert len(rows) == 11
    for _, held in rows:
        named = re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", held)
        assert named
        for path, test in named:
            tree = ast.parse((ROOT / path).read_text("utf-8"))
            assert not test or test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_each_dependency_has_its_reason() -> None:
    """The table lists what the project needs, with the same floors."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    section = SECURITY.read_text("utf-8").partition("## Dependencies")[2]
    listed = re.findall(r"^\| ([a-z][\w-]*) \| ([\d.]+) \| .+ \| .+ \|$", section, re.MULTILINE)
    assert [f"{name}>={floor}" for name, floor in listed] == project["dependencies"]


def test_figures_of_a_run_stand_on_the_page() -> None:
    """The page holds the figures of a run: every attack with its cases, and how many faults were found."""
    run = TRUST.read_text("utf-8").partition("<!-- run -->")[2].partition("<!-- /run -->")[0]
    rows = re.findall(r"^\| (.+?) \| ([\d,]+) \| \d+ \| (.+) \|$", run, re.MULTILINE)
    assert len(rows) >= 10
    assert [attack for attack, cases, faults in rows if cases == "0" or not faults.isdecimal()] == []
