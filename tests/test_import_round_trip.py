"""Reports go to Word and come back: the same words, the same outline, and the second time the same file."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings

from healthreport import pipeline
from healthreport.jobs.importing import reading
from healthreport.jobs.importing.reading import Options
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources
from healthreport.reading.yaml.dump import dump
from healthreport.writing import plain
from helpers import DOCUMENTS, RESOURCES, ROOT, compose, lines
from test_recognising import THREE_LEVELS, bare, outline
from word_files import docx, p, r

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
# Word's own name of each way of counting, and its number with what stands around it, by the label.
NATIVE = {"一、": ("chineseCounting", "%1、"), "（一）": ("chineseCounting", "（%2）"), "1.": ("decimal", "%3.")}
COMMENT = re.compile(r"^\s*#.*\n", re.MULTILINE)


class Taken(NamedTuple):
    """A report that came in: its file without comments, and how it goes on through the pipeline."""

    file: str
    composed: pipeline.Composed

    @property
    def printed(self) -> list[str]:
        """What it prints, line by line, without blanks."""
        return bare(plain.write(self.composed.document).split("\n"))

    @property
    def word(self) -> bytes:
        """The Word file it becomes."""
        return pipeline.write(self.composed, "docx", RESOURCES, "")


def composed(path: Path, reader: Reader) -> pipeline.Composed:
    """Take a report that a reader has through the pipeline."""
    return pipeline.compose(inherit.load(path, reader), reader, RESOURCES, rules=())


def taken(data: bytes, folder: Path) -> Taken:
    """Return the report that a Word file becomes; what it prints was compared on the way."""
    (folder / "去年.docx").write_bytes(data)
    made = reading.read(folder / "去年.docx", folder / "去年.yaml", Options(), Resources(None, Reader()))
    assert made.differences == ()
    reader = Reader({folder / "去年.yaml": made.text.encode(), **made.pictures})
    return Taken(COMMENT.sub("", made.text), composed(folder / "去年.yaml", reader))


def in_memory(data: bytes) -> Taken:
    """Return the report that bytes become."""
    with tempfile.TemporaryDirectory() as folder:
        return taken(data, Path(folder))


@pytest.mark.parametrize("path", [*DOCUMENTS, *EXAMPLES], ids=lambda path: path.stem)
def test_what_came_in_comes_in_again(path: Path, tmp_path: Path) -> None:
    """A report that goes to Word and comes back prints the same, and the next time it is the same file."""
    first = Taken("", composed(path, Reader()))
    once = taken(first.word, tmp_path)
    assert once.printed == first.printed
    again = taken(once.word, tmp_path)
    assert again.printed == first.printed
    assert again.file == once.file


@given(THREE_LEVELS)
@settings(max_examples=25, deadline=None)
def test_random_reports_come_back_from_word(sections: list[dict[str, object]]) -> None:
    """Typed numbers and faces of our own Word files give the outline back, every heading and level."""
    tree = {"体裁": "通用", "标题": "情况通报", "导语": "现将有关情况通报如下。", "章节": sections}
    made = dump(tree)  # type: ignore[arg-type]
    once = in_memory(pipeline.write(compose(made), "docx", RESOURCES, ""))
    assert once.printed == bare(lines(made))
    assert outline(once.file) == outline(made)
    assert in_memory(once.word).file == once.file


def native(sections: list[dict[str, object]], level: int = 0) -> str:
    """Return sections as paragraphs that Word numbers itself, heading and text apart or in one paragraph."""
    body = ""
    for one in sections:
        text = one["内容"][0]  # type: ignore[index]
        listed = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        bold = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{one['标题']}</w:t></w:r>"
        if one["接排"] == "是":
            bold = bold.replace("</w:t>", "。</w:t>")
            body += f"<w:p>{listed}{bold}{r(str(text))}</w:p>"
        else:
            body += f"<w:p>{listed}{bold}</w:p>" + p(str(text))
        body += native(one["章节"], level + 1)  # type: ignore[arg-type]
    return body


@given(THREE_LEVELS)
@settings(max_examples=25, deadline=None)
def test_random_reports_with_native_numbers(sections: list[dict[str, object]]) -> None:
    """Numbers that Word computes are numbers that the format computes."""
    tree = {"体裁": "通用", "标题": "情况通报", "导语": "现将有关情况通报如下。", "章节": sections}
    made = dump(tree)  # type: ignore[arg-type]
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(NATIVE.values())
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    title = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>' + r("情况通报") + "</w:p>"
    again = in_memory(docx(title + p("现将有关情况通报如下。") + native(sections), numbering=numbering))
    assert again.printed == bare(lines(made))
    assert outline(again.file) == outline(made)
