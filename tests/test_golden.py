"""Word files part by part, as they were when somebody last looked at their pages.

``tests/golden/`` holds the main part of every document below, and the other parts once for each layout. Run
with HEALTHREPORT_ACCEPT=1 to write them anew, then look at the pages and at the difference.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import pytest

from office import PIXEL, render_one
from test_docx import EXAMPLES, every_block
from test_pages import ENDINGS, REPORT, REPORTS

GOLDEN = Path(__file__).parent / "golden"
MAIN = "word/document.xml"
# What differs from one document of a layout to the next; pictures add a line to the relationships.
OWN = (MAIN, "docProps/core.xml", "docProps/custom.xml", "word/_rels/document.xml.rels")
TOWNSHIPS = ("白石镇.yaml", "青山镇.yaml")
SHIPPED = {one.stem: one for one in EXAMPLES if one.parent.name != "townships" or one.name in TOWNSHIPS}
# The pages that tests measure, one of each kind, and one in the other layout.
PROVOKING = {name: REPORTS[name] for name in ("report", "plain", "short", "long", *(f"{one}-15" for one in ENDINGS))}
PROVINCE, EVERY_BLOCK = "province", "every block"
PROVOKING[PROVINCE] = f"版式: 省级\n{REPORT}"
NAMES = [*SHIPPED, *PROVOKING, EVERY_BLOCK]
_BREAK = re.compile(r"(?=<w:(?:p|tbl|tr|sectPr|style|footnote|font)[ >])")


def _parts(data: bytes) -> dict[str, str]:
    """Return the XML parts of a Word file, a line for each paragraph, row and style."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: _BREAK.sub("\n", archive.read(name).decode()) + "\n" for name in names}


def _compare(expected: Path, content: str) -> None:
    if os.environ.get("HEALTHREPORT_ACCEPT") == "1":
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(content, encoding="utf-8")
    assert content.splitlines() == expected.read_text("utf-8").splitlines(), expected.name


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every document by name, as a Word file."""
    folder = tmp_path_factory.mktemp("golden")
    (folder / "图.png").write_bytes(PIXEL)
    for name, text in PROVOKING.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    sources = SHIPPED | {name: folder / f"{name}.yaml" for name in PROVOKING}
    made = {name: render_one(path, folder / f"{name}.docx").read_bytes() for name, path in sources.items()}
    return {**made, EVERY_BLOCK: every_block()}


@pytest.mark.parametrize("name", NAMES)
def test_main_part(name: str, documents: dict[str, bytes]) -> None:
    """The paragraphs, tables and sections of a document are those that were accepted."""
    _compare(GOLDEN / f"{name}.xml", _parts(documents[name])[MAIN])


@pytest.mark.parametrize("name", NAMES)
def test_parts_of_the_layout(name: str, documents: dict[str, bytes]) -> None:
    """Styles, settings, footers, theme and all else a layout brings are those that were accepted."""
    parts = {part.replace("/", "-"): content for part, content in _parts(documents[name]).items() if part not in OWN}
    folder = GOLDEN / ("省级" if name == PROVINCE else "gbt9704")
    for part, content in parts.items():
        _compare(folder / part, content)
    assert {path.name for path in folder.iterdir()} == parts.keys()


def test_no_stray_golden_part() -> None:
    """Every accepted main part belongs to a document that is still made."""
    assert {path.stem for path in GOLDEN.glob("*.xml")} == set(NAMES)
