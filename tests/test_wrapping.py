"""Where the lines of a cell end, and which widths look better than their neighbours."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.values.width import width
from healthreport.writing.docx import mending
from healthreport.writing.docx.columns import MARGINS, Column, share
from healthreport.writing.docx.wrapping import Wrapped, short_words, wrapped

if TYPE_CHECKING:
    from types import FrameType

AREA, SIZE, SMALLEST = 8844, 240, 180


@pytest.mark.parametrize(
    ("text", "size", "lines", "torn"),
    [
        ("药剂科、医务科", 7.0, 1, 0.0),
        ("药剂科、医务科", 6.0, 2, 3.5),
        ("药剂科、医务科", 5.0, 2, 3.0),
        ("药剂科、医务科", 4.0, 2, 0.0),
        ("药剂科、医务科、护理部", 7.0, 2, 3.0),
        ("12月31日前", 4.0, 2, 3.5),
        ("应急演练流于形式", 7.0, 2, 0.5),
        ("应急演练流于形式", 5.0, 2, 0.0),
        ("共12345人", 2.0, 3, 6.5),
    ],
    ids=["whole", "alone", "torn", "between", "a mark takes a character along", "day", "lone", "even", "number"],
)
def test_wraps(text: str, size: float, lines: int, torn: float) -> None:
    """Lines end where they must; a short word in pieces counts most, a lone character on the last line less."""
    assert wrapped(text, size) == (lines, torn)


def test_the_words_of_a_sentence_are_not_kept_whole() -> None:
    """Names and days alone make a column of words: a text with longer parts is broken anywhere."""
    assert short_words("欧阳明远、药剂科") == ["欧阳明远", "药剂科"]
    assert short_words("严格落实工作责任，按月通报") == []
    assert short_words("") == []


@given(st.text("甲乙丙，、0123.", max_size=40), st.integers(8, 60))
def test_any_text_wraps(text: str, quarters: int) -> None:
    """There are no fewer lines than the text needs, and none without a character; all is one line where it fits."""
    lines = wrapped(text, quarters / 4).lines
    assert lines >= width(text) / (quarters / 4 + 2)
    assert lines <= max(len(text), 1)
    assert wrapped(text, 100.0) == (1, 0.0)


def test_columns_alike_are_mended_alike() -> None:
    """Two columns of names with the same contents stay equally wide when they give way to whole words."""
    columns = []
    texts = ["严格落实工作责任，加强组织领导，确保任务完成" * 4, "药剂科、医务科", "药剂科、医务科"]
    for text in texts:
        column = Column()
        column.add_heading("甲")
        column.add([text])
        columns.append(column)
    plain = share(columns, (), AREA, SIZE, SMALLEST).twips
    rows = [tuple(enumerate(texts))]
    mended = share(columns, (), AREA, SIZE, SMALLEST, lambda: rows).twips
    assert plain[1] == plain[2]
    assert mended[1] == mended[2] != plain[1]
    assert sum(mended) == pytest.approx(AREA, abs=3)
    sizes = [(one - MARGINS) / SIZE for one in mended]
    assert [wrapped(text, int(4 * size) / 4).torn for text, size in zip(texts, sizes, strict=True)][1:] == [0.0, 0.0]


def _tried(length: int, rows: int, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Return how often a cell is set of a table with rows of a long cell, and how many characters that are."""
    lengths: list[int] = []

    def count(text: str, size: float) -> Wrapped:
        lengths.append(len(text))
        return Wrapped(1, size)

    monkeypatch.setattr(mending, "wrapped", count)
    row = ("严格落实工作责任，加强组织领导" * 10, ("药剂科、医务科、" * length)[:length])
    columns = [Column() for _ in row]
    for column, text in zip(columns, row, strict=True):
        column.add([text])
    share(columns, (), AREA, SIZE, SMALLEST, lambda: [tuple(enumerate(row))] * rows)
    return len(lengths), sum(lengths)


def test_no_more_is_set_for_a_longer_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a cell is, no more widths are tried than a page has room for, and no more of it is set."""
    often, much = _tried(20_000, 1, monkeypatch)
    of_longer, of_more = _tried(900_000, 1, monkeypatch)
    assert _tried(300, 1, monkeypatch)[0] > 100
    assert of_longer <= 1.1 * often
    assert of_more <= 1.1 * much


def test_no_more_is_set_for_more_rows_of_long_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of sixty such rows as many are set as stand on some ten pages."""
    assert _tried(1_500, 60, monkeypatch) == _tried(1_500, 12, monkeypatch) > _tried(1_500, 6, monkeypatch)


def test_a_cell_is_set_in_steps_as_many_as_its_characters() -> None:
    """Twice the words take twice the steps, not four times: those of a line end are not sought among all."""

    def steps(text: str) -> int:
        taken = 0

        def count(_frame: FrameType, event: str, _argument: object) -> None:
            nonlocal taken
            taken += event == "call"

        sys.setprofile(count)
        wrapped.__wrapped__(text, 5.0)
        sys.setprofile(None)
        return taken

    assert steps("药剂科、医务科、" * 400) < 2.5 * steps("药剂科、医务科、" * 200)
