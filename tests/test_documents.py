"""Whole documents: every report of ``documents/`` gives exactly the text beside it, which was written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from healthreport.jobs.producing import Options
from healthreport.jobs.render import render
from healthreport.reading.reader import Reader
from helpers import DOCUMENTS, squeezed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("report", DOCUMENTS, ids=lambda path: path.stem)
def test_expected_text(report: Path, tmp_path: Path) -> None:
    """The text file's lines are the expected ones; so are the Word file's paragraphs, and its tables' rows."""
    formats = ("docx", "txt")
    ((task, outcome),) = render([report], tmp_path, Options(formats), Reader())
    assert outcome.written == formats, outcome.diagnostics
    word, plain = task.targets(formats).values()
    expected = report.with_suffix(".txt").read_text("utf-8").splitlines()
    assert squeezed(plain.read_text("utf-8").split("\n")) == squeezed(expected)
    document = docx.Document(str(word))
    paragraphs = [line for line in expected if "\t" not in line]
    assert squeezed(paragraph.text for paragraph in document.paragraphs) == squeezed(paragraphs)
    rows = ["\t".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    assert rows == [line for line in expected if "\t" in line]
