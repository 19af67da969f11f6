"""The benchmarks that are no matter of time: published texts against what is rendered, Word files against theirs."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from helpers import GENERAL, ROOT
from word_files import abstract, docx, level, num, numbered, p

if TYPE_CHECKING:
    from pathlib import Path

MARKS = ("前\n<!-- corpus -->\n", "<!-- /corpus -->\n后\n")


def compare(folder: Path, page: Path) -> subprocess.CompletedProcess[str]:
    """Run the script over a folder."""
    script = ROOT / "benchmarks" / "corpus.py"
    command = [sys.executable, str(script), str(folder), "--page", str(page)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)


@pytest.mark.parametrize(
    ("published", "code", "differing"),
    [("情况汇报\n甲。\n乙。\n", 0, "0 | 0"), ("情况汇报\n甲。\n丙。\n丁。\n", 1, "2 | 2"), ("甲。\n乙。", 1, "1 | 1")],
)
def test_published_texts(published: str, code: int, differing: str, tmp_path: Path) -> None:
    """The differing paragraphs are counted, the totals replace the last run's, and a difference fails."""
    (tmp_path / "1.yaml").write_text(GENERAL + "内容: [甲。, 乙。]\n", encoding="utf-8")
    (tmp_path / "1.txt").write_text(published, encoding="utf-8")
    page = tmp_path / "page.txt"
    page.write_text("| 旧 |\n".join(MARKS), encoding="utf-8")
    done = compare(tmp_path, page)
    assert done.returncode == code, done.stderr
    assert done.stdout.endswith(f"| {differing} |\n")
    before, table, after = page.read_text("utf-8").partition("| run on |")
    assert (before, after.partition("<")[2]) == (MARKS[0], MARKS[1][1:])
    assert "旧" not in page.read_text("utf-8")
    assert table
    assert f"| {differing} |\n<" in after


def test_a_report_that_cannot_be_rendered_differs(tmp_path: Path) -> None:
    """All its paragraphs differ, and it is said why."""
    (tmp_path / "1.yaml").write_text(GENERAL + "内文: 甲。\n", encoding="utf-8")
    (tmp_path / "1.txt").write_text("情况汇报\n甲。\n", encoding="utf-8")
    (tmp_path / "page.txt").write_text("".join(MARKS), encoding="utf-8")
    done = compare(tmp_path, tmp_path / "page.txt")
    assert (done.returncode, done.stdout.endswith("| 2 | 2 |\n")) == (1, True)
    assert "内文" in done.stderr


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is named, and nothing is written."""
    done = compare(tmp_path / "nowhere", tmp_path / "page.txt")
    assert done.returncode == 2
    assert f"there are no reports in {tmp_path / 'nowhere'}" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_word_files(tmp_path: Path) -> None:
    """The lines of Word files are counted, and those that differ are shown."""
    hidden = p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>丁</w:t></w:r>")
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
    (tmp_path / "1.docx").write_bytes(docx(hidden + numbered("甲") + p("乙"), numbering=numbering))
    (tmp_path / "1.txt").write_text("1.甲\n丙\n", encoding="utf-8")
    page = tmp_path / "page.txt"
    page.write_text("前\n<!-- word -->\n旧\n<!-- /word -->\n后\n", encoding="utf-8")
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "word_files.py"),
        str(tmp_path),
        "--page",
        str(page),
        "--rounds",
        "1",
    ]
    done = subprocess.run([*command, "--beyond"], capture_output=True, encoding="utf-8", timeout=60, check=True)
    assert "1: 1 of 2 lines, 1 others; left out: 隐藏文字1\n" in done.stdout
    assert "wanted 丙" in done.stdout
    assert "\n1 of 2 lines\n" in done.stdout
    before, table, after = page.read_text("utf-8").partition("| healthreport |")
    assert before.startswith("前\n<!-- word -->\n| 20")
    assert table
    assert after.endswith("<!-- /word -->\n后\n")
    assert "旧" not in before + after
