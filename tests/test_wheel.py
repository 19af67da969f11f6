"""The wheel: all a user needs is in it, and it works far from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from typing import TYPE_CHECKING

import pytest

from helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def _run(*command: str | Path, cwd: Path) -> str:
    """Run a program that must succeed, with nothing of the checkout in its way; return what it prints."""
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    clean |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=clean, capture_output=True, check=False, timeout=600
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode(errors="replace")
    return done.stdout.decode()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_templates_examples_and_types(wheel: Path) -> None:
    """Every file of templates/ and every example is in the wheel with the same bytes, and so is py.typed."""
    expected = {
        f"healthreport/_data/{path.relative_to(ROOT).as_posix()}": path.read_bytes()
        for folder in ("templates", "examples")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not (folder == "examples" and path.suffix in {".docx", ".txt"})
    }
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert expected.keys() - names == set()
        assert [name for name, data in expected.items() if archive.read(name) != data] == []
    assert "healthreport/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


def test_the_installed_wheel_renders_an_example_anywhere(wheel: Path, tmp_path: Path) -> None:
    """Installed into a fresh environment, the command makes a Word file of an example copied to another folder."""
    here, environment = tmp_path / "here", tmp_path / "venv"
    here.mkdir()
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    _run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=here)
    installed = _run(scripts / "python", "-c", "import healthreport; print(healthreport.__file__)", cwd=here)
    assert installed.startswith(str(environment))
    shutil.copy(ROOT / "examples" / "2022.yaml", here)
    assert _run(scripts / "healthreport", "render", "2022.yaml", cwd=here).strip() == "2022.docx"
    with zipfile.ZipFile(here / "2022.docx") as archive:
        assert archive.testzip() is None
