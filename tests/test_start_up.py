"""What a run imports: no more than its command needs, for a clerk waits for every module."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from helpers import GENERAL

if TYPE_CHECKING:
    from pathlib import Path


SCRIPT = """
import atexit, sys
from healthreport.cli.main import main
atexit.register(lambda: print("imported:", *sys.modules, file=sys.stderr))
main()
"""


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


def test_a_command_imports_no_other(rendering: set[str]) -> None:
    """Of the files of commands only that of the command is imported."""
    assert "healthreport.cli.render" in rendering
    assert not rendering & {f"healthreport.cli.{name}" for name in ("batch", "check", "new", "template")}
