"""Rows of workbooks that are read as text: what is read of them is what the XML parser reads."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tables_data as made
from healthreport.diagnostics import HealthReportError
from healthreport.reading.tables.workbook import opening, xlsx_rows
from healthreport.reading.tables.workbook.xlsx_rows import END, Cell, Rows, pieces
from healthreport.reading.tables.workbook.xlsx_scalars import Columns, Numbers

if TYPE_CHECKING:
    from healthreport.reading.tables.workbook.facts import Grid
    from healthreport.reading.tables.workbook.xlsx_rows import Row

FORMATTED = frozenset({"1", "2"})
STYLES = """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts><numFmt numFmtId="165" formatCode="0.00&quot;万元&quot;"/><numFmt numFmtId="166" formatCode="0!.0,"/></numFmts>
<cellXfs><xf/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="165"/><xf numFmtId="166"/>
<xf><alignment indent="2"/></xf></cellXfs></styleSheet>"""
STRINGS = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>白石镇</t></si>
<si><t xml:space="preserve">  其中</t></si><si><t>1,236</t></si><si><r><t>青</t></r><r><t>山</t></r></si></sst>"""


PARSED = "<!-- </row> -->"  # a comment, for which the parser reads all rows


def row(text: str) -> Row | None:
    """Return a row as it is read as text."""
    return Rows(Columns(), FORMATTED).read(text.encode())


BOOK = made.repacked(
    made.repacked(made.xlsx_of([["甲"]]), "xl/styles.xml", lambda _: STYLES),
    "xl/sharedStrings.xml",
    lambda _: STRINGS,
)


def workbook(rows: str, before: str = "") -> bytes:
    """Return a workbook with these rows, with formats and shared texts."""
    xml = f"<worksheet><sheetData>{before}{rows}</sheetData></worksheet>"
    return made.repacked(BOOK, made.SHEET, lambda _: xml)


def read(data: bytes) -> Grid | str:
    """Read a workbook's sheet, or return what is wrong with it."""
    try:
        return opening.read(data, "表")[0]
    except HealthReportError as wrong:
        return str(wrong)


def same(rows: str) -> Grid | str:
    """Return what is read of rows, which must not differ where a comment has the parser read all of them."""
    found = read(workbook(rows))
    assert found == read(workbook(rows, PARSED))
    return found


NUMBERS = "0|1|2|3|5|-7|007|62.2|62.200000000000003|1E+2|-0|1e400|.5|5.|12345678901234567890|1.0|+3|44925|0.925"
TEXTS = "#REF!|2022-12-30T00:00:00|第一镇|约500|&lt;5|&amp;|a>b|&#10;|v>|_x0041_|| |\u3000| 5|5 "
VALUES = st.sampled_from(f"{NUMBERS}|{TEXTS}".split("|"))
FORMULAS = st.sampled_from(
    [
        *["", "", "", "<f>A1+B1</f>", "<f/>", '<f t="shared" si="0"/>', '<f aca="false">1</f>', "<f>a&b;</f>"],
        *['<f t="shared" ref="A1:A9" si="0">SUM(A1)&gt;2</f>', '<f x="1">2</f>'],
    ]
)
KINDS = st.sampled_from(["", "", "", "n", "s", "s", "str", "inlineStr", "b", "e", "d", "x"])
FORMS = st.sampled_from(["v", "v", "v", "v", "is", "rich", "none", "short", "twice", "preserved", "spaced"])
CONTENTS = {
    "v": "{formula}<v>{value}</v>",
    "is": "{formula}<is><t>{value}</t></is>",
    "rich": "<is><r><t>{value}</t></r><r><t>b</t></r></is>",
    "none": "{formula}",
    "short": "",
    "twice": "<v>{value}</v><v>{value}</v>",
    "preserved": '<v xml:space="preserve">{value}</v>',
    "spaced": "\n{formula} <v>{value}</v>\n",
}
COLUMNS = ["A", "B", "C", "D", "AA"]
ROWS = st.sampled_from(
    [' r="{}"'] * 8
    + [' r="{}" hidden="1"', ' r="{}" ht="0"', ' r="{}" spans="1:5" ht="15.75"', "", ' r="0{}"', ' hidden="0" r="{}"']
)


@st.composite
def cell(draw: st.DrawFn, column: str, number: int) -> str:
    """Return a cell as some program may write it, or as none would."""
    style = draw(st.sampled_from(["", "", "0", "1", "2", "3", "4", "5", "9"]))
    kind, form = draw(KINDS), draw(FORMS)
    name = draw(st.sampled_from([f' r="{column}{number}"'] * 12 + ["", f' r="{column}{number + 1}"', f' r="{column}"']))
    attributes = [name, style and f' s="{style}"', kind and f' t="{kind}"']
    if draw(st.integers(0, 9)) == 0:
        attributes.reverse()
    if form == "short":
        return f"<c{''.join(attributes)}/>"
    content = CONTENTS[form].format(formula=draw(FORMULAS), value=draw(VALUES))
    return f"<c{''.join(attributes)}>{content}</c>"


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """Return the rows of a sheet."""
    written = ""
    for number in range(1, draw(st.integers(1, 12))):
        columns = draw(st.lists(st.sampled_from(COLUMNS), max_size=5))
        if draw(st.booleans()):
            columns = sorted({*columns}, key=COLUMNS.index)
        written += f"<row{draw(ROWS).format(number)}>{''.join(draw(cell(one, number)) for one in columns)}</row>"
    return written


@given(sheets())
def test_text_and_xml_say_the_same(rows: str) -> None:
    """Whatever stands in the cells of a sheet, the parser reads the same of it, or refuses it too."""
    assert read(workbook(rows)) == read(workbook(rows, PARSED))


plain_cells = st.tuples(
    st.sampled_from(["", ' s="1"', ' s="2"', ' s="3"', ' s="4"', ' s="5"']),
    st.sampled_from([("", "62.2"), ("", "5"), ("", "62.200000000000003"), ("", "-0.5"), (' t="s"', "0")])
    | st.sampled_from([(' t="s"', "1"), (' t="s"', "2"), (' t="str"', "约500"), (' t="e"', "#N/A"), (' t="b"', "1")]),
)


@given(st.lists(st.lists(plain_cells | st.none(), min_size=1, max_size=5), min_size=1, max_size=6))
def test_what_programs_write_is_read_as_text(rows: list[list[tuple[str, tuple[str, str]] | None]]) -> None:
    """Numbers, formats, shared texts, errors and gaps need no parser, and say what it says."""
    written = ""
    for number, cells in enumerate(rows, 11):
        inside = "".join(
            f'<c r="{column}{number}"{one[0]}{one[1][0]}><v>{one[1][1]}</v></c>'
            if one
            else f'<c r="{column}{number}" s="1"/>'
            for column, one in zip(COLUMNS, cells, strict=False)
        )
        assert row(f'<row r="{number}">{inside}')
        written += f'<row r="{number}">{inside}</row>'
    same(written)


@pytest.mark.parametrize(
    "text",
    [
        '<row r="2"><c r="A2"><v>5<v></c><c r="B2"><v>6</v></c>',
        '<row r="2"><c r="A2"></v>5<v></c>',
        '<row r="2"><c r="A2"><v>5v></c><c r="B2"><v>6</</v></c>',
        '<row r="2"><c r="A2" s="2"><v>5</v></c><c r="A2"><v>6</v></c>',
        '<row r="2"><c r="B2"><v>5</v></c><c r="A2"><v>6</v></c>',
        '<row r="2"><c r="A3"><v>5</v></c>',
        '<row r="2"><c r="A2" t="s" t="n"><v>5</v></c>',
        '<row r="2" r="2"><c r="A2"><v>5</v></c>',
        '<row r="2" ht="1" ht="2"><c r="A2"><v>5</v></c>',
        '<row r="2"><c r="A2"><v>5</t></is></c>',
        '<row r="2"><c r="A2"><is><t>5</v></c>',
        '<row r="2"><c r="A2"><is><t>5</t></is></c></c>',
        '<row r="2"><c r="A2"><v>5</v>',
        '<row r="2"><c r="A\0"><v>5</v></c>',
        '<row r="02"><c r="A02"><v>5</v></c>',
        '<row r="2"><c r="A2"><v></v></c>',
        '<row r="2"><c r="A2"><f>1',
        '<row r="2"/><row r="3"><c r="A3"><v>5</v></c>',
    ],
)
def test_what_no_program_writes(text: str) -> None:
    """What is damaged, or written in a way of its own, is left to the parser."""
    assert row(text) is None
    same(f'<row r="1"></row>{text}</row>')


def test_a_row() -> None:
    """A row is its number, its values, and what of them is more than a number."""
    found = row(
        '<row r="12" hidden="1"><c r="B12" t="s"><v>7</v></c><c r="C12" s="1"/><c r="D12" s="1"><f>1</f><v>6</v></c>'
    )
    assert found
    assert (found.number, found.values, found.frame.hidden) == ("12", ["7", "6"], True)
    assert found.frame.others == (Cell(0, 1, "s", None), Cell(1, 3, "n", "1"))
    assert found.frame.spread
    assert found.frame.spread(["甲", "乙", ""]) == ("", "甲", "", "乙")


def test_a_text_of_its_own() -> None:
    """A text may stand in its cell, as programs write it that stream."""
    found = row('<row r="2"><c r="A2" t="inlineStr"><is><t>白石镇</t></is></c><c r="B2"><v>5</v></c>')
    assert found
    assert found.values == ["白石镇", "5"]


def test_a_column_beyond_the_last() -> None:
    """A column that no sheet has is a mistake of the file, filled or not."""
    for one in ('<c r="XFE2"><v>5</v></c>', '<c r="XFE2"/>'):
        with pytest.raises(ValueError, match="XFE"):
            row(f'<row r="2">{one}')


def test_other_encodings() -> None:
    """A sheet says its encoding; only UTF-8 is read as text."""
    xml = '<?xml version="1.0" encoding="{}"?><worksheet><sheetData><row r="1"></row>'
    xml += '<row r="2"><c r="A2" t="inlineStr"><is><t>é</t></is></c></row></sheetData></worksheet>'
    for encoding in ("utf-8", "UTF-8", "iso-8859-1", "utf-16"):
        with zipfile.ZipFile(stream := BytesIO(), "w") as archive, zipfile.ZipFile(BytesIO(BOOK)) as old:
            for name in old.namelist():
                archive.writestr(name, old.read(name) if name != made.SHEET else xml.format(encoding).encode(encoding))
        grid = read(stream.getvalue())
        assert not isinstance(grid, str)
        assert grid.texts == [[""], ["é"]]


def test_pieces() -> None:
    """A sheet is parted behind its rows, wherever its blocks end; a piece without a row is no longer than it may be."""
    rows = [b"%d" % number * 1000 for number in range(1000)]
    found = [*pieces(BytesIO(END.join([*rows, b"end"])))]
    assert found == [*((one, True) for one in rows), (b"end", False)]
    found = [*pieces(BytesIO(b"x" * 3_000_000))]
    assert len(found) > 2
    assert not any(is_row for _, is_row in found)


def test_numbers_are_short() -> None:
    """What is stored with more than 15 digits is what was typed, however large or small; what is too large is none."""
    stored = ["1059", "62.2", "62.200000000000003", "-62.199999999999996", "12345678901234567", "0.000000000000000012"]
    typed = ["1059", "62.2", "62.2", "-62.2", "12345678901234568", "0.000000000000000012"]
    assert Numbers().written([*stored]) == Numbers().short([*stored]) == typed
    assert typed == [Numbers()[number] for number in stored]
    with pytest.raises(ValueError, match="infinite"):
        Numbers().short(["9" * 400])


NUMBERED = ["0", "5", "62.2", "62.200000000000003", "-0.5", "1E+2", "007", "1.0"]
texts = st.sampled_from([*NUMBERED, " 5", "\u3000", "约500", "a>b", "<", "&amp;", "5</v><v>6"])
templates = st.sampled_from(
    [
        '<c r="A{0}" t="s"><v>{1}</v></c><c r="B{0}"><v>{2}</v></c>',
        '<c r="A{0}" t="str"><f>C{0}&amp;1</f><v>{1}</v></c><c r="B{0}" s="1"><v>{2}</v></c>',
        '<c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c><c r="C{0}"><v>{2}</v></c><c r="D{0}" s="3"/>',
        '<c r="B{0}" s="2"><v>{1}</v></c><c r="C{0}" t="str"><v>{2}</v></c>',
    ]
)


@pytest.fixture(name="at_once")
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first row that has a frame make a pattern of it."""
    monkeypatch.setattr(xlsx_rows, "_OFTEN", 1)


@pytest.mark.usefixtures("at_once")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(templates, st.lists(st.tuples(texts, texts), min_size=2, max_size=9))
def test_rows_of_one_frame(template: str, values: list[tuple[str, str]]) -> None:
    """A row that has the frame of another says what the parser reads of it, whatever stands in its cells."""
    rows = "".join(f'<row r="{at}">{template.format(at, *one)}</row>' for at, one in enumerate(values, 2))
    assert read(workbook(rows)) == read(workbook(rows, PARSED))


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("wrong", ['<c r="A4"><v>6</v></c>', '<c r="B3"><v>6</v></c>', '<c r="A3" s="1"><v>6</v></c>'])
def test_another_frame(wrong: str) -> None:
    """A pattern knows the row's number in the names of its cells, their columns and their styles."""
    rows = Rows(Columns(), FORMATTED)
    first = rows.read(b'<row r="2"><c r="A2"><v>5</v></c>')
    assert first
    assert rows.read(b'<row r="3"><c r="A3"><v>6</v></c>') == first._replace(number="3", values=["6"])
    other = rows.read(f'<row r="3">{wrong}'.encode())
    alone = row(f'<row r="3">{wrong}')
    assert (other is None) is (alone is None)
    if other and alone:
        assert other.frame is not first.frame
        assert (other.values, other.frame.others) == (alone.values, alone.frame.others)


def test_frames_become_patterns() -> None:
    """Only what many rows have becomes a pattern, and no more of them than are tried quickly."""
    rows, rare = Rows(Columns(), FORMATTED), Rows(Columns(), FORMATTED)
    for style in range(200, 220):
        for number in range(1000, 1100):
            assert rows.read(f'<row r="{number}"><c r="A{number}" s="{style}"><v>5</v></c>'.encode())
        assert rare.read(f'<row r="999"><c r="A999" s="{style}"><v>5</v></c>'.encode())
    assert len(rows._patterns) == xlsx_rows._MOST_PATTERNS
    assert not rare._patterns


@pytest.mark.parametrize(("different", "is_shared"), [(10, True), (10_000, False)])
def test_numbers_that_repeat_themselves_are_shared(different: int, is_shared: bool) -> None:
    """Equal numbers are one text where most are equal, and others are left as they are."""
    numbers = Numbers()
    for start in range(0, 9950, 50):
        row = [f"{number % different}.25" for number in range(start, start + 50)]
        assert numbers.short([*row]) == row
    first, second = (numbers.short([f"{number}.25" for number in range(9)]) for _ in range(2))
    assert first == [f"{number}.25" for number in range(9)]
    assert {one is other for one, other in zip(first, second, strict=True)} == {is_shared}
