"""Documents that Word wrote before .docx, and others, are converted by LibreOffice where it is installed."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from healthreport.diagnostics import HealthReportError
from healthreport.disk import office
from healthreport.reading import converting, manuscripts
from healthreport.trees.manuscript import Grid, Image, Line
from helpers import DOCUMENTS
from office import _program, render_one
from word_files import abstract, docx, level, num, numbered, p, shown

RTF = rb"{\rtf1\ansi\ansicpg936 {\b total} 12\par second\par}"
FAILS = "#!/bin/sh\nexit 0\n"
HANGS = "#!/bin/sh\nsleep 60 &\nwait\n"
posix = pytest.mark.skipif(os.name != "posix", reason="a script stands for LibreOffice")


def saved_as(data: bytes, suffix: str, kind: str) -> bytes:
    """Return a Word file as LibreOffice saves it in another format."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [_program("soffice"), profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out")]
        subprocess.run([*command, str(folder / "in.docx")], check=True, capture_output=True, timeout=300)
        return (folder / "out" / f"in{suffix}").read_bytes()


def words(data: bytes, name: str) -> list[str]:
    """Return the lines and cells of a document, each with its number."""
    out: list[str] = []
    for one in manuscripts.read(data, name).parts:
        if isinstance(one, Line):
            out.append(one.label + one.words)
        elif isinstance(one, Grid):
            out += [line.words for row in one.rows for cell in row for line in cell.lines]
        else:
            assert not isinstance(one, Image)
    return out


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a script in the place of LibreOffice."""
    path = tmp_path / "bin" / "soffice"
    path.parent.mkdir()
    monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")
    return path


def refused(suffix: str = ".rtf") -> tuple[str, str]:
    """Return id and message of what keeps a document from being converted."""
    with pytest.raises(HealthReportError) as wrong:
        converting.to_docx(RTF, f"稿{suffix}", suffix)
    (diagnostic,) = wrong.value.diagnostics
    assert "另存为 .docx" in diagnostic.hint
    return diagnostic.id, diagnostic.message


@pytest.mark.parametrize(("suffix", "kind"), [(".doc", "doc:MS Word 97"), (".rtf", "rtf"), (".odt", "odt")])
def test_older_documents(suffix: str, kind: str) -> None:
    """What stands in a document of another format is read, with its numbers."""
    mark = "." if suffix == ".rtf" else "、"  # LibreOffice writes no Chinese marks into the lists of .rtf
    numbering = abstract(0, level(0, "chineseCounting", f"%1{mark}")) + num(1, 0)
    data = saved_as(
        docx(p("清河区工作总结") + numbered("总体情况") + numbered("重点工作"), numbering=numbering), suffix, kind
    )
    assert words(data, f"稿{suffix}") == ["清河区工作总结", f"一{mark}总体情况", f"二{mark}重点工作"]
    if suffix == ".doc":
        assert words(data, "稿.wps") == words(data, "稿.doc")


@pytest.mark.parametrize("report", DOCUMENTS[:3], ids=lambda one: one.stem)
def test_files_saved_by_libreoffice(report: Path, tmp_path: Path) -> None:
    """A report that LibreOffice opened and saved again keeps its text and its levels."""
    ours = render_one(report, tmp_path / "a.docx").read_bytes()
    again = saved_as(ours, ".docx", "docx")
    assert shown(again) == shown(ours)
    before, after = (
        [(one.words, one.level, one.run_in) for one in manuscripts.read(data, "a.docx").parts if isinstance(one, Line)]
        for data in (ours, again)
    )
    assert after == before


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice the way out is told."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_PLACES", ())
    assert refused(".wps") == ("no-office", "读 .wps 文件要先转换，这台电脑上没有 LibreOffice。")


@posix
def test_a_conversion_that_fails(program: Path) -> None:
    """A program that makes nothing of a file, or cannot be run, is told."""
    program.write_text(FAILS)
    program.chmod(0o755)
    assert refused()[0] == "not-converted"
    program.write_text("\x00")
    assert refused()[0] == "not-converted"


@posix
def test_a_conversion_that_hangs(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that hangs is ended with its children, and nothing of it stays."""
    program.write_text(HANGS)
    program.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(program.parent))
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        office.to_docx(RTF, ".rtf", str(program), seconds=0.5)
    assert time.monotonic() - began < 20
    assert [one.name for one in program.parent.iterdir()] == ["soffice"]
    monkeypatch.setattr(office, "to_docx", lambda *_: (_ for _ in ()).throw(TimeoutError))
    assert refused() == ("not-converted", f"LibreOffice 转换这个文件超过{office.SECONDS}秒，已停止。")
