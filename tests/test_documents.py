"""Whole documents: every report of ``documents/`` gives exactly the text beside it, which was written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from healthreport.jobs.render import Options, render
from healthreport.reading.reader import Reader
from helpers import DOCUMENTS, squeezed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("report", DOCUMENTS, ids=lambda path: path.stem)
def test_expected_text(report: Path, tmp_path: Path) -> None:
    """The text file's lines are the expected ones; so are the Word file's paragraphs, and its tables' rows."""
    (outcome,) = render([report], Options(tmp_path, ("docx", "txt")), Reader())
    assert outcome.complete, outcome.diagnostics
    word, plain = outcome.written
    expected = report.with_suffix(".txt").read_text("utf-8").splitlines()
    assert squeezed(plain.read_text("utf-8").split("\n")) == squeezed(expected)
    document = docx.Document(str(word))
    paragraphs = [line for line in expected if "\t" not in line]
    assert squeezed(paragraph.text for paragraph in document.paragraphs) == squeezed(paragraphs)
    rows = ["\t".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    assert rows == [line for line in expected if "\t" in line]
