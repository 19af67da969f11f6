"""The paragraph before a signature, by Word's rules in XML and on pages as LibreOffice lays them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import docx
import pytest

from healthreport.jobs.batch import planning, running
from healthreport.jobs.producing import Options, Status
from healthreport.reading.reader import Reader
from healthreport.writing.docx.wrapping import Lines, lines_of
from helpers import UNTITLED, word
from office import POINTS_PER_MM, Page, measure, render_one, to_pdf

if TYPE_CHECKING:
    from pathlib import Path

TOP, HEIGHT = 37 * POINTS_PER_MM, 225 * POINTS_PER_MM
SIGNED = UNTITLED + "单位: 清河区卫生健康局\n日期: 2022-12-30\n内容:\n"
DATE = "2022年12月30日"
# A sentence so often, and the lines it takes.
LINES = {12: 10, 15: 13, 17: 14, 20: 17, 24: 20, 26: 22, 36: 30, 60: 50}
ISSUED = "红头: {发文字号: 清卫发〔2022〕8号}\n"


def _closed(paragraphs: int, sentences: int, first: str = "") -> str:
    before = "".join(f"  - 第{at}段。\n" for at in range(1, paragraphs + 1))
    return f"{SIGNED}{first}{before}  - {'严格落实工作责任，加强组织领导，确保任务完成。' * sentences}\n"


REPORTS = {f"{lines}-{at}": _closed(at, count) for count, lines in LINES.items() for at in range(1, 22, 2)}
REPORTS |= {
    f"behind a heading-{at}": f"{UNTITLED}单位: 清河区卫生健康局\n日期: 2022-12-30\n章节:\n"
    f"  - {{标题: 甲, 内容: [{', '.join(['第一段。'] * at)}]}}\n"
    f"  - {{标题: 乙, 内容: [丙。, {'完善制度机制，' * 60}丁。]}}\n"
    for at in range(1, 22, 2)
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """Return the pages of all reports by name."""
    folder = tmp_path_factory.mktemp("closing")
    documents = []
    for name, text in REPORTS.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        documents.append(render_one(folder / f"{name}.yaml", folder / f"{name}.docx"))
    return {pdf.stem: measure(pdf) for pdf in to_pdf(documents, folder)}


@pytest.mark.parametrize("name", REPORTS)
def test_a_long_last_paragraph_shares_a_page_with_the_signature(name: str, pages: dict[str, list[Page]]) -> None:
    """Some of it stands above 署名, and every page before is filled by more than half."""
    *before, last = pages[name]
    assert last.texts.index(DATE) > 1, last.texts
    for page in before:
        assert page.lines[-1].text.startswith("—")
        assert max(line.bottom for line in page.lines[:-1]) > TOP + HEIGHT / 2


@pytest.mark.parametrize(
    ("report", "held", "pitch"),
    [
        (_closed(5, 8), True, None),
        (_closed(21, 8), True, None),
        (_closed(9, 26), False, None),
        (_closed(2, 18), False, None),
        (_closed(12, 11), True, None),
        (_closed(3, 20), False, 521),
        (_closed(5, 20), False, 608),
        (ISSUED + _closed(3, 20), True, None),
        (ISSUED + _closed(3, 26), True, 608),
        (_closed(1, 26, "".join(f"  - 表格: {{表头: [甲], 行: [[{at}]]}}\n" for at in range(12))), True, 608),
    ],
    ids=[
        *("short", "short, at a foot", "breaks", "fits", "moves well", "closer", "wider"),
        *("not known", "a page high", "not sure"),
    ],
)
def test_a_last_paragraph_is_held_where_it_must_be(report: str, held: bool, pitch: int | None) -> None:
    """In Word one that is held has its last lines with the signature; others end where there is room, or far down."""
    (body,) = [one._p.xml for one in word(report).paragraphs if "严格" in one.text]
    assert ("<w:keepNext/>" in body) is held
    assert re.findall(r'<w:spacing w:line="(\d+)"', body) == ([str(pitch)] if pitch else [])
    assert ("<w:snapToGrid" in body) is (pitch is not None)


def test_each_township_has_its_own_last_paragraph(tmp_path: Path) -> None:
    """What a township says at the end is held, or breaks, by where it ends in its own report."""
    (tmp_path / "乡镇.yaml").write_text(f"{SIGNED}  - 甲。\n  - '{{{{ 做法 }}}}'\n文字: {{做法: }}\n", encoding="utf-8")
    rows = [("甲镇", "加强领导。"), ("乙镇", "加强领导，" * 60 + "抓好落实。")]
    (tmp_path / "表.csv").write_text("单位,做法\n" + "".join(f"{a},{b}\n" for a, b in rows), encoding="utf-8")
    data = planning.Data(tmp_path / "表.csv")
    plan = planning.plan_table(tmp_path / "乡镇.yaml", data, Options(), Reader(), output=tmp_path, pattern="{{ 单位 }}")
    outcomes = [outcome for _, outcome in running.run(plan, 1)]
    assert [one.status for one in outcomes] == [Status.DONE] * 2, outcomes
    held = []
    for town, _ in rows:
        (body,) = [one for one in docx.Document(str(tmp_path / f"{town}.docx")).paragraphs if "领导" in one.text]
        held.append("<w:keepNext/>" in body._p.xml)
    assert held == [True, False]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("甲" * 26, Lines(1, 1)),
        ("甲" * 26 + "。", Lines(1, 2)),
        ("（甲）、" * 8, Lines(1, 2)),
        ("2022年" * 8 + "甲乙", Lines(1, 2)),
        ("甲\n" + "乙" * 40, Lines(3, 3)),
    ],
    ids=["full", "a mark may hang", "marks may be closer", "gaps may be set", "parts"],
)
def test_lines_are_counted_as_few_and_as_many_as_programs_set(text: str, lines: Lines) -> None:
    """Word and LibreOffice do not break all lines at the same place."""
    assert lines_of(text, 28, 2.0) == lines
