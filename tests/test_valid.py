"""Both validators accept every skeleton, final and draft, and what tests provoke; examples are in ``test_docx``."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

import test_keeping
import test_pages
from healthreport.reading.resources import GENRES
from helpers import RESOURCES, png
from office import PIXEL, audit, render_one, sdk_errors
from test_genres import made

if TYPE_CHECKING:
    from pathlib import Path

# Of what is laid out at many lengths, one each.
PROVOKING = {name: text for name, text in test_pages.REPORTS.items() if not name[-1].isdigit() or name.endswith("-15")}
PROVOKING |= {name: text for name, text in test_keeping.REPORTS.items() if not name[-1].isdigit()}
PROVOKING |= {name: f"版式: {name}\n{test_pages.REPORT}" for name in ("省级", "separated")}
LAYOUTS = {**test_pages.LAYOUTS, "separated": "基于: gbt9704\n样式分隔符: 是\n页面: {装订线: 5mm, 对称: 是}\n"}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return all of them as Word files."""
    folder = tmp_path_factory.mktemp("valid")
    (folder / "图.png").write_bytes(PIXEL)
    (folder / "高.png").write_bytes(png(200, 1600))
    (folder / "layouts").mkdir()
    for name, text in LAYOUTS.items():
        (folder / "layouts" / f"{name}.yaml").write_text(text, encoding="utf-8")
    skeletons = {genre: made(genre, "县区") for genre in RESOURCES.names(GENRES)}
    for name, text in (PROVOKING | skeletons).items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    finals = [render_one(folder / f"{name}.yaml", folder / f"{name}.docx", templates=folder) for name in PROVOKING]
    for name in skeletons:
        finals.append(render_one(folder / f"{name}.yaml", folder / f"{name}.docx"))
    drafts = [render_one(folder / f"{name}.yaml", folder / f"{name}-draft.docx", draft=True) for name in skeletons]
    return [*finals, *drafts]


def test_openxml_audit_finds_nothing(documents: list[Path]) -> None:
    """All are valid by openxml-audit."""
    assert {one.stem: found for one in documents if (found := audit(one))} == {}
    assert len(documents) > 40


def test_the_open_xml_sdk_finds_nothing(documents: list[Path]) -> None:
    """All are valid by Microsoft's own SDK, which is a process for each."""
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(sdk_errors, documents)
        assert {one.stem: errors for one, errors in zip(documents, found, strict=True) if errors} == {}
