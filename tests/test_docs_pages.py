"""The pages that README shows are those of the examples, as LibreOffice sets them.

Run with HEALTHREPORT_ACCEPT=1 to draw them anew, then look at them.
"""

from __future__ import annotations

import os
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from helpers import ROOT
from office import picture, render_one, to_pdf

DOCS, EXAMPLES = ROOT / "docs", ROOT / "examples"
# The picture, the example, and its page.
PAGES = {"first-page": ("2022", 1), "table-page": ("2022", 12), "county-page": ("2022-全区", 1)}
# One word more than is shown: a clerk would not notice, the comparison must.
WORDS = ("各位领导、同志们", "各位代表、同志们")
BLOCK, FAINT, GREYS = 12, 12, 16  # dots, of 255, in a picture that is stored


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Image.Image]:
    """Return the pages as they are now, and the first one with another word, drawn from one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("docs")
    names = dict.fromkeys(example for example, _ in PAGES.values())
    documents = {name: render_one(EXAMPLES / f"{name}.yaml", folder / f"{name}.docx") for name in names}
    changed = (EXAMPLES / "2022.yaml").read_text("utf-8")
    assert WORDS[0] in changed
    (folder / "changed.yaml").write_text(changed.replace(*WORDS), encoding="utf-8")
    documents["changed"] = render_one(folder / "changed.yaml", folder / "changed.docx")
    pdfs = dict(zip(documents, to_pdf([*documents.values()], folder), strict=True))
    drawn = {name: picture(pdfs[example], page) for name, (example, page) in PAGES.items()}
    drawn["changed"] = picture(pdfs["changed"], 1)
    return {name: Image.open(BytesIO(data)).convert("L") for name, data in drawn.items()}


def _stored(name: str) -> Image.Image:
    return Image.open(DOCS / f"{name}.png").convert("L")


def _store(name: str, page: Image.Image) -> None:
    page.quantize(GREYS).save(DOCS / f"{name}.png", optimize=True)


def _unlike(one: Image.Image, other: Image.Image) -> int:
    """Return by how much two pictures differ in darkness where they do most, block by block: edges may be softer."""
    assert one.size == other.size
    size = (one.width // BLOCK, one.height // BLOCK)
    first, second = (image.resize(size, Image.Resampling.BOX) for image in (one, other))
    return max(ImageChops.difference(first, second).tobytes())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_that_of_the_example(name: str, pages: dict[str, Image.Image]) -> None:
    """Block by block the picture is as dark as the page."""
    if os.environ.get("HEALTHREPORT_ACCEPT") == "1":
        _store(name, pages[name])
    assert _unlike(_stored(name), pages[name]) < FAINT


def test_two_characters_are_noticed(pages: dict[str, Image.Image]) -> None:
    """Two other characters on the page, and the comparison would fail."""
    assert _unlike(_stored("first-page"), pages["changed"]) > 2 * FAINT


def test_readme_shows_them() -> None:
    """README shows these pictures and no others, and no other lies in docs/."""
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = {path.name for path in DOCS.glob("*.png") if f'src="docs/{path.name}"' in readme}
    assert shown == {f"{name}.png" for name in PAGES} == {path.name for path in DOCS.glob("*.png")}
