"""What tests share: whole documents, reports rendered from strings, and the command as a process of its own."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import docx

from healthreport import pipeline
from healthreport.checking import manuscripts
from healthreport.checking.beside import Company
from healthreport.checking.known import known
from healthreport.checking.rules.report.every import RULES
from healthreport.checking.settings import Settings
from healthreport.checking.subject import ALONE, Beside, Subject
from healthreport.diagnostics import Diagnostic, HealthReportError, Severity
from healthreport.jobs.checking.running import remember
from healthreport.reading import inherit, markdown, text_files
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources, packaged
from healthreport.townships.of_sheet import READ
from healthreport.trees.document import Document
from healthreport.writing import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docx.document import Document as WordDocument

    from healthreport.checking.rule import Rule

ROOT = Path(__file__).resolve().parents[1]
# Reports with their whole text beside them: between them every form, numbering style and kind of block.
DOCUMENTS = sorted((ROOT / "tests" / "documents").glob("*.yaml"))
# The shortest opening of a report; what follows is its body.
UNTITLED = "体裁: 通用\n标题: 无\n"
GENERAL = "体裁: 通用\n标题: 情况汇报\n"
RESOURCES = Resources(packaged())


def compose(
    report: str | bytes,
    *,
    draft: bool = False,
    strict: bool = False,
    resources: Resources = RESOURCES,
    rules: tuple[Rule, ...] = RULES,
) -> pipeline.Composed:
    """Take a report through the whole pipeline, up to the writers; below a line of its own its townships' sheet.

    How that sheet was read is not among the warnings.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.yaml"
        if isinstance(report, str):
            report, _, sheet = report.partition(ANOTHER)
            (Path(folder) / "乡镇.csv").write_text(sheet, "utf-8")
        path.write_bytes(report.encode() if isinstance(report, str) else report)
        reader = Reader()
        inherited = inherit.load(path, reader)
        made = pipeline.compose(inherited, reader, resources, draft=draft, strict=strict, rules=rules)
        return made._replace(warnings=tuple(one for one in made.warnings if one.id != READ))


LAST_YEAR, ANOTHER = "\n-----\n", "\n=====\n"


def text_subject(text: str, name: str = "例.txt") -> Subject:
    """Return a text or Markdown as rules see it; below a line of their own, last year's or another office's."""
    text, _, last = text.partition(LAST_YEAR)
    first, _, text = text.rpartition(ANOTHER)
    company = Company()
    if first:
        remember(company, "另一份.txt", _text_subject(first, "另一份.txt"))
    return _text_subject(text, name, Beside(_text_subject(last, "上年.txt") if last else None, company))


_OWN = Settings(wrong={"清合区": "清河区"})


def _text_subject(text: str, name: str, beside: Beside = ALONE) -> Subject:
    reader = markdown.read if name.endswith(".md") else text_files.read
    read = manuscripts.read(reader(text.encode(), name))
    shown = Document("", ())
    return Subject(shown, places=read.places, known=known(RESOURCES), read=read.passages, settings=_OWN, beside=beside)


def text(report: str | bytes, *, draft: bool = False) -> str:
    """Return a report as plain text."""
    return plain.write(compose(report, draft=draft).document)


def lines(report: str | bytes, *, draft: bool = False) -> list[str]:
    """Return the lines of a report's plain text without the blanks around them; empty ones are dropped."""
    return [line.strip() for line in text(report, draft=draft).split("\n") if line.strip()]


def body(report: str, *, draft: bool = False) -> list[str]:
    """Return the lines of a report without title, given all that comes after it."""
    return lines(UNTITLED + report, draft=draft)


def word(report: str | bytes) -> WordDocument:
    """Return a report as a Word file, opened by python-docx."""
    return docx.Document(io.BytesIO(pipeline.write(compose(report), "docx", RESOURCES, "")))


def mistakes(report: str | bytes, *, draft: bool = False) -> list[Diagnostic]:
    """Return what is wrong with a report, warnings aside, in the order of the places."""
    try:
        compose(report, draft=draft)
    except HealthReportError as wrong:
        errors = [one for one in wrong.diagnostics if one.severity is Severity.ERROR]
        return sorted(errors, key=lambda one: one.position)
    return []


def png(width: int, height: int, *, dpi: int = 0, rows: bool = True) -> bytes:
    """Return a valid grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    per_metre = round(dpi / 0.0254)
    size = chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)) if dpi else b""
    pixels = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height if rows else 0)))
    return b"\x89PNG\r\n\x1a\n" + head + size + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg(width: int, height: int, *, dpi: int = 96) -> bytes:
    """Return a valid baseline JPEG, all of it the same grey: every block is two bits."""

    def segment(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    one_code = bytes([1, *([0] * 15), 0])
    count = -(-width // 8) * -(-height // 8)
    scan = int("0" * 2 * count + "1" * (-2 * count % 8), 2).to_bytes(-(-2 * count // 8), "big")
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0" + struct.pack(">BBBHHBB", 1, 1, 1, dpi, dpi, 0, 0)),
            segment(0xDB, b"\0" + b"\1" * 64),
            segment(0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)),
            segment(0xC4, b"\x00" + one_code),
            segment(0xC4, b"\x10" + one_code),
            segment(0xDA, b"\1\1\0\0\x3f\0"),
            scan,
            b"\xff\xd9",
        ]
    )


def in_folder(folder: Path, report: str, **files: bytes) -> pipeline.Composed:
    """Compose a report that stands beside some files; ``a_png`` is the file ``a.png``."""
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    path = folder / "报告.yaml"
    path.write_text(UNTITLED + report, encoding="utf-8")
    reader = Reader()
    return pipeline.compose(inherit.load(path, reader), reader, RESOURCES)


def squeezed(paragraphs: Iterable[str]) -> list[str]:
    """Return the texts without white space; empty ones are dropped."""
    return [one for one in ("".join(paragraph.split()) for paragraph in paragraphs) if one]


class Result(NamedTuple):
    """What a run of the command left: its exit code and its two streams."""

    code: int
    out: str
    err: str


def command(
    *arguments: str | Path,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    timeout: float = 60,
) -> Result:
    """Run the command as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "healthreport", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(environment or {})},
        input=stdin,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
