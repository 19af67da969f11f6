"""Real documents: every report of the corpus gives exactly the text that was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from healthreport.jobs.render import Options, render
from healthreport.reading.reader import Reader
from helpers import CORPUS, squeezed

if TYPE_CHECKING:
    from pathlib import Path

MISSING = pytest.param(CORPUS, marks=pytest.mark.skip(reason=f"the corpus of real documents is not at {CORPUS}"))
REPORTS = sorted(CORPUS.glob("*.yaml"))


@pytest.mark.parametrize("report", REPORTS or [MISSING], ids=lambda path: path.stem)
def test_published_text(report: Path, tmp_path: Path) -> None:
    """The Word file's body paragraphs and the plain text's lines, cells aside, are those of the published text."""
    (outcome,) = render([report], Options(tmp_path, ("docx", "txt")), Reader())
    assert outcome.complete, outcome.diagnostics
    word, plain = outcome.written
    published = squeezed(report.with_suffix(".txt").read_text("utf-8").splitlines())
    assert squeezed(paragraph.text for paragraph in docx.Document(str(word)).paragraphs) == published
    rendered = plain.read_text("utf-8").split("\n")
    assert squeezed(line for line in rendered if "\t" not in line) == published
