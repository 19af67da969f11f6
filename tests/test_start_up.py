"""What a run imports: no more than its command needs, for a clerk waits for every module."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from healthreport.cli.late import late
from helpers import GENERAL

if TYPE_CHECKING:
    from pathlib import Path


SCRIPT = """
import atexit, sys
from healthreport.cli.main import main
atexit.register(lambda: print("imported:", *sys.modules, file=sys.stderr))
main()
"""

# The beginning of a class of all Chinese characters, which takes as long as twenty other patterns.
COSTLY = re.compile(r"(?:[\u3400-\u4e00]|\\u(?:3400|4e00))-")


def imported(folder: Path, *arguments: str) -> set[str]:
    """Run a command in a folder; return the full names of all modules it imported."""
    done = subprocess.run([sys.executable, "-c", SCRIPT, *arguments], cwd=folder, capture_output=True, check=True)
    assert done.stdout
    return set(done.stderr.decode().rpartition("imported: ")[2].split())


@pytest.fixture(scope="module")
def rendering(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return what is imported where a report is rendered again."""
    folder = tmp_path_factory.mktemp("start-up")
    (folder / "甲.yaml").write_text(GENERAL + "内容: 甲乙丙。\n", "utf-8")
    imported(folder, "render", "甲.yaml")
    return imported(folder, "render", "甲.yaml")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_is_light(option: str, tmp_path: Path) -> None:
    """Help and version import none of the heavy libraries, and are results."""
    roots = {name.partition(".")[0] for name in imported(tmp_path, option)}
    assert "typer" in roots
    assert not roots & {"docx", "jinja2", "pydantic", "lxml"}


def test_a_second_run_is_light(rendering: set[str]) -> None:
    """Rendering imports neither Rich nor python-docx, once the layout is kept."""
    assert "pydantic" in rendering
    assert not rendering & {"docx", "rich", "lxml"}


def test_what_is_rare_is_imported_where_it_is_needed(rendering: set[str]) -> None:
    """A report that is right, on no base, needs nothing of what tells mistakes, reads manuscripts or writes YAML."""
    rare = {
        "healthreport.checking.look_alikes",
        "healthreport.checking.mark_words",
        "healthreport.figures.listing",
        "healthreport.jobs.looking_on.everything",
        "healthreport.jobs.doubts",
        "healthreport.model.validating.errors",
        "healthreport.reading.additions",
        "healthreport.reading.yaml.dump",
        "healthreport.reading.yaml.mistakes",
        "healthreport.reading.yaml.slips",
        "healthreport.recognising",
        "healthreport.trees.manuscript",
    }
    assert not rendering & rare


def test_libraries_import_nothing_that_a_report_does_not_use(rendering: set[str]) -> None:
    """What libraries import at their top for a shell, an archive or a package's description is imported for these."""
    assert not rendering & {"_posixsubprocess", "_bz2", "_lzma", "email.message"}


def test_a_late_module_is_there_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is imported then, and takes its place; one that is there already stays."""
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    late("colorsys", "re")
    colorsys = import_module("colorsys")
    assert sys.modules["re"] is re
    assert "rgb_to_hsv" not in vars(colorsys)
    assert colorsys.rgb_to_hsv(0, 0, 0) == (0, 0, 0)
    assert sys.modules["colorsys"] is not colorsys
    with pytest.raises(AttributeError):
        _ = colorsys.nothing


def test_a_command_imports_no_other(rendering: set[str]) -> None:
    """Of the files of commands only that of the command is imported."""
    assert "healthreport.cli.render" in rendering
    assert not rendering & {f"healthreport.cli.{name}" for name in ("batch", "check", "new", "template")}


def test_no_costly_pattern_is_compiled_at_the_start(rendering: set[str]) -> None:
    """Patterns that take a millisecond are compiled where they are first asked for."""
    ours = {name: import_module(name) for name in rendering if name.startswith("healthreport.")}
    found = [(name, one.pattern) for name in ours for one in vars(ours[name]).values() if isinstance(one, re.Pattern)]
    assert len(found) > 20
    assert not [pair for pair in found if COSTLY.search(pair[1])]
