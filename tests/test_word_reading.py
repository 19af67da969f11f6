"""Word files read as Word shows them: words, looks, headings, tables, pictures, and what is left out."""

from __future__ import annotations

import io
import zipfile

import docx as python_docx
import pytest
from docx.enum.section import WD_ORIENT

from healthreport.trees.manuscript import Grid, Image, Line, Look, Turn
from word_files import HEAD, NORMAL, PNG, XMLNS, body, docx, left_out, lines, p, part, r, read, shown, zipped

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (FIELD.format(one) for one in ("begin", "separate", "end"))
PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'


def field(instruction: str, result: str | None) -> str:
    """Return a field of runs; ``None`` is a field without a result."""
    shown = "" if result is None else SEPARATE + result
    return f"{BEGIN}<w:r><w:instrText>{instruction}</w:instrText></w:r>{shown}{END}"


def style(id: str, name: str, more: str = "", type: str = "paragraph", based: str = "") -> str:
    """Return a style."""
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{type}" w:styleId="{id}"><w:name w:val="{name}"/>{on}{more}</w:style>'


def of(id: str) -> str:
    """Return the property that gives a paragraph a style."""
    return f'<w:pStyle w:val="{id}"/>'


def box(content: str) -> str:
    """Return a run with a text box as Word writes it, once for itself and once for older programs."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def picture(link: str = 'r:embed="i"', rotation: int = 0) -> str:
    """Return a run with a picture of 300 by 100 points."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="3810000" cy="1270000"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip {link}/></pic:blipFill><pic:spPr><a:xfrm rot="{rotation}"><a:ext cx="3810000" cy="1270000"/>'
        "</a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def pictured(content: str) -> bytes:
    """Return a Word file with a picture in its package."""
    return docx(content, {"media/image1.png": PNG}, [("i", "image", "media/image1.png")])


# Words.


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (r("甲") + r("乙", "<w:b/>"), "甲乙"),
        (r("甲 ") + r(" 乙"), "甲  乙"),
        (f"<w:bdo>{r('甲')}</w:bdo><w:dir>{r('乙')}</w:dir>", "甲乙"),
        ("<w:r><w:t> 甲 </w:t></w:r>" + r("乙 丙"), "甲乙 丙"),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", "甲\n乙\n丙"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:ptab/><w:t>丙</w:t></w:r>", "甲\t乙\t丙"),
        ("<w:r><w:t>2020</w:t><w:noBreakHyphen/><w:t>2022</w:t><w:softHyphen/></w:r>", "2020-2022"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>', "☑☐"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="宋体" w:char="2103"/></w:r>', "≥℃"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0A3"/><w:sym w:font="Wingdings" w:char="F0A7"/></w:r>', "≤▪"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F081"/><w:sym w:font="Symbol" w:char="F061"/></w:r>', "①α"),
        (f'<w:hyperlink r:id="x">{r("网址")}</w:hyperlink>{r("后")}', "网址后"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:smartTag>{r('标记')}</w:smartTag><w:customXml>{r('数据')}</w:customXml>", "标记数据"),
        (field(" REF 甲 ", r("见上")) + r("文"), "见上文"),
        (f'<w:fldSimple w:instr=" SEQ 表 ">{r("3")}</w:fldSimple>', "3"),
        (field(r" EQ \o\ac(○,12) ", None) + r("其他"), "⑫其他"),
        (field(r" EQ \o\ac(○,甲) ", r("废")), "甲"),
        (r"<w:fldSimple w:instr=' EQ \o\ac(○,7) '/>" + r("后"), "⑦后"),
        ('<w:r><w:sym w:font="Symbol" w:char="?"/><w:sym w:font="Wingdings" w:char="F001"/></w:r>', "□□"),
        ("<w:r><w:t/><w:t>甲\n乙</w:t></w:r><w:sdt/><w:smartTag/>", "甲 乙"),
        ("<m:oMath><m:d><m:e><m:r><m:t>x</m:t></m:r></m:e><m:e><m:r><m:t>y</m:t></m:r></m:e></m:d></m:oMath>", "(x,y)"),
        (field(r" EQ \* jc2 \* hps10 \o\ad(\s\up 9(qīng),清) ", None), "清"),
        (field(" IF 1 " + field(" PAGEREF x ", r("内")) + " ", r("外")), "外"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>qīng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>清</w:t></w:r></w:rubyBase></w:ruby></w:r>", "清"),
        (
            ("<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c+d</m:t></m:r></m:den></m:f>"
            "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"),
            "a+b/(c+d)x^2",
        ),
        ("<m:oMathPara><m:oMath><m:rad><m:e><m:r><m:t>y</m:t></m:r></m:e></m:rad></m:oMath></m:oMathPara>", "√y"),
    ],
)  # fmt: skip
def test_words(content: str, words: str) -> None:
    """Whatever holds words in a paragraph gives them, in order."""
    assert body(p(content)) == [words]


def test_a_box_to_tick() -> None:
    """The box of a form's field shows whether it is ticked."""
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    rest = f"<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>{SEPARATE}{END}"
    ticked, not_ticked = (box.format(f'<w:default w:val="{one}"/>') + rest for one in "10")
    assert body(p(ticked + r("是") + not_ticked + r("否"))) == ["☑是☐否"]


def test_blanks_around_a_paragraph() -> None:
    """Blanks at the ends are not words: those before them indent the first line, and empty paragraphs are none."""
    data = docx(
        p("　　甲 乙　") + p("   ") + p(),
        styles=NORMAL.replace("</w:style>", "<w:rPr><w:sz w:val='32'/></w:rPr></w:style>"),
    )
    ((words, indent),) = [(one.words, one.indent) for one in lines(data)]
    assert (words, indent) == ("甲 乙", 640)


def test_what_no_text_may_hold() -> None:
    """Control characters that XML lets pass are dropped."""
    assert body(p("甲&#x84;乙")) == ["甲乙"]


def test_tracked_changes_are_accepted() -> None:
    """What was inserted or moved here is taken, what was deleted is told, what was moved away stands elsewhere."""
    change = 'w:id="1" w:author="甲"'
    content = (
        f"<w:ins {change}>{r('新')}</w:ins><w:del {change}><w:r><w:delText>旧的</w:delText></w:r></w:del>"
        f"<w:moveFrom {change}>{r('移走')}</w:moveFrom><w:moveTo {change}>{r('移来')}</w:moveTo>"
        f"<w:ins {change}><w:del {change}><w:r><w:delText>又删</w:delText></w:r></w:del></w:ins>"
    )
    looks = r("样", '<w:rPrChange w:id="2" w:author="甲"><w:rPr><w:vanish/></w:rPr></w:rPrChange>')
    data = docx(p(content + looks))
    assert shown(data) == ["新移来样"]
    assert left_out(data) == {"修订中删除的文字": (2, "旧的")}


def test_a_deleted_paragraph_mark() -> None:
    """A paragraph whose mark was deleted goes on in the next one, whose properties hold; a row and a cell may go, too."""
    mark = '<w:rPr><w:del w:id="1" w:author="甲"/></w:rPr>'
    assert [(one.words, one.align) for one in lines(docx(p("甲", mark) + p("乙", '<w:jc w:val="center"/>')))] == [
        ("甲乙", "center")
    ]
    assert body(p("甲", mark)) == ["甲"]
    row = "<w:tr>{}<w:tc><w:tcPr>{}</w:tcPr>" + p("甲") + "</w:tc><w:tc>" + p("乙") + "</w:tc></w:tr>"
    gone = row.format('<w:trPr><w:del w:id="1" w:author="甲"/></w:trPr>', "")
    without = row.format("", '<w:cellDel w:id="1" w:author="甲"/>')
    assert body(f"<w:tbl>{gone}{without}</w:tbl>") == ["[表]乙"]


def test_hidden_text_is_told() -> None:
    """Hidden words are left out and told, also those that a style hides; shown ones within such a style stay."""
    styles = NORMAL + style("H", "隐", "<w:rPr><w:vanish/></w:rPr>", "character")
    content = (
        r("甲", '<w:rStyle w:val="H"/>')
        + r("乙", '<w:rStyle w:val="H"/><w:vanish w:val="0"/>')
        + r("丙", "<w:vanish/>")
    )
    data = docx(p(content) + p(r("丁", "<w:vanish/>")), styles=styles)
    assert shown(data) == ["乙"]
    assert left_out(data) == {"隐藏文字": (3, "甲")}


def test_a_style_separator_runs_a_heading_in() -> None:
    """A heading whose mark is hidden stands in one line with what follows, and is the heading of it alone."""
    styles = NORMAL + style("Heading2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    data = docx(
        p("工作扎实。", of("Heading2") + "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + p("全年完成。"), styles=styles
    )
    (line,) = lines(data)
    assert (line.words, line.level, line.run_in) == ("工作扎实。全年完成。", 2, 5)


@pytest.mark.parametrize("named", ["Heading 2 Char", "标题 2 字符"])
def test_a_run_in_heading_by_its_character_style(named: str) -> None:
    """Words at the start in the character style of a heading are one; where all are, the paragraph is."""
    styles = NORMAL + style("C", named, "<w:rPr><w:b/></w:rPr>", "character")
    heading = r("　工作扎实。", '<w:rStyle w:val="C"/>')
    run_in, whole = lines(docx(p(heading + r("全年完成。")) + p(heading), styles=styles))
    assert (run_in.words, run_in.level, run_in.run_in) == ("工作扎实。全年完成。", 2, 5)
    assert (whole.level, whole.run_in) == (2, 0)


# Looks and headings.


def test_looks() -> None:
    """A look is what is said of a run, its character style, its paragraph's styles, and by default; runs alike are one."""
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
        + NORMAL
        + style("A", "甲", '<w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/></w:rPr>')
        + style("B", "乙", "<w:rPr><w:b/></w:rPr>", based="A")
        + style("C", "丙", '<w:rPr><w:b/><w:rFonts w:eastAsia="楷体"/></w:rPr>', "character")
    )
    content = (
        r("一") + r("二", '<w:rFonts w:hint="eastAsia"/>') + r("三", '<w:rStyle w:val="C"/>')
        + r("四", '<w:b w:val="0"/><w:rFonts w:eastAsia="黑体"/><w:sz w:val="44"/>')
    )  # fmt: skip
    plain, styled = lines(docx(p("无") + p(content, of("B")), styles=styles))
    assert [(span.text, *span.look) for span in plain.spans] == [("无", False, "宋体", 21)]
    assert [(span.text, *span.look) for span in styled.spans] == [
        ("一二", True, "仿宋", 32),
        ("三", False, "楷体", 32),  # bold in both styles is not bold, 17.7.3
        ("四", False, "黑体", 44),
    ]


@pytest.mark.parametrize(
    ("east_asian", "face"), [('<a:ea typeface="微软雅黑"/>', "微软雅黑"), ('<a:ea typeface=""/>', "等线")]
)
def test_theme_faces(east_asian: str, face: str) -> None:
    """A theme's face is the one it names for East Asia, or else for Chinese; it wins over a name beside it."""
    fonts = f'{east_asian}<a:font script="Hans" typeface="等线"/>'
    scheme = f"<a:fontScheme><a:majorFont/><a:minorFont>{fonts}</a:minorFont></a:fontScheme>"
    theme = f"{HEAD}<a:theme {XMLNS}><a:themeElements>{scheme}</a:themeElements></a:theme>"
    data = docx(
        p(r("甲", '<w:rFonts w:eastAsia="宋体" w:eastAsiaTheme="minorEastAsia"/>')),
        {"theme/theme1.xml": theme}, [("t", "theme", "theme/theme1.xml")],
    )  # fmt: skip
    assert lines(data)[0].spans[0].look.face == face


@pytest.mark.parametrize(
    ("named", "said", "level"),
    [
        ("heading 1", "", 1), ("Heading 3", "", 3), ("标题 2", "", 2), ("标题4", "", 4), ("正文", "", 0),
        ("条", '<w:outlineLvl w:val="2"/>', 3), ("heading 1", '<w:outlineLvl w:val="9"/>', 0),
        ("条", '<w:outlineLvl w:val="99"/>', 0),
    ],
)  # fmt: skip
def test_headings_by_style(named: str, said: str, level: int) -> None:
    """A heading is one by the name of its style or its outline level, also through what the style is based on."""
    styles = NORMAL + style("A", named, f"<w:pPr>{said}</w:pPr>") + style("B", "自定", based="A")
    data = docx(p("甲", of("A")) + p("乙", of("B")) + p("丙", of("B") + '<w:outlineLvl w:val="5"/>'), styles=styles)
    assert [one.level for one in lines(data)] == [level, level, 6]


def test_titles() -> None:
    """A title is one by its style, in either language, and no heading; styles that are based on each other end."""
    styles = (
        NORMAL + style("A", "Title") + style("B", "标题") + style("C", "丙", based="D") + style("D", "丁", based="C")
    )
    styles += style("E", "公文", based="A") + style("F", "Author", based="A")
    data = docx("".join(p(id, of(id)) for id in ("A", "B", "C", "无", "E", "F")), styles=styles)
    assert [one.words for one in lines(data) if one.is_title] == ["A", "B", "E"]
    assert not any(one.level for one in lines(data))


@pytest.mark.parametrize(
    ("properties", "align", "indent", "left"),
    [
        ('<w:jc w:val="center"/>', "center", 0, 0),
        ('<w:jc w:val="end"/>', "right", 0, 0),
        ('<w:jc w:val="both"/><w:ind w:left="400" w:firstLine="600"/>', "left", 600, 400),
        ('<w:ind w:firstLineChars="200" w:firstLine="1"/>', "left", 640, 0),
        ('<w:ind w:left="800" w:hanging="300"/>', "left", -300, 800),
        ('<w:ind w:startChars="150" w:hangingChars="100"/>', "left", -320, 480),
        ('<w:ind w:left="1cm"/>', "left", 0, 567),
        ('<w:ind w:left="?"/>', "left", 0, 0),
    ],
)
def test_places_on_the_line(properties: str, align: str, indent: int, left: int) -> None:
    """Alignment and indents come out in twips; those in characters win, a character being as wide as the style's face."""
    large = NORMAL.replace("</w:style>", '<w:rPr><w:sz w:val="32"/></w:rPr></w:style>')
    (line,) = lines(docx(p("甲", properties), styles=large))
    assert (line.align, line.indent, line.left) == (align, indent, left)


def test_a_style_hangs_unless_the_paragraph_is_indented() -> None:
    """What a paragraph says of its first line replaces what its style says, hanging or not; the rest stays."""
    styles = NORMAL + style("A", "甲", '<w:pPr><w:ind w:left="500" w:hanging="200"/><w:jc w:val="right"/></w:pPr>')
    (line,) = lines(docx(p("甲", of("A") + '<w:ind w:firstLine="100"/>'), styles=styles))
    assert (line.align, line.indent, line.left) == ("right", 100, 500)


# Pages.


def test_page_breaks() -> None:
    """A page that begins on purpose is told of the line that begins it, wherever the break stands."""
    paragraphs = (
        p("甲") + p(PAGE_BREAK + r("乙")) + p(r("丙") + PAGE_BREAK) + p("丁") + p(PAGE_BREAK) + p() + p("戊")
        + p("己", "<w:pageBreakBefore/>") + p(r("庚") + PAGE_BREAK + r("辛"))
    )  # fmt: skip
    assert [(one.words, one.new_page) for one in lines(docx(paragraphs))] == [
        ("甲", False), ("乙", True), ("丙", False), ("丁", True), ("戊", True), ("己", True), ("庚", False), ("辛", True),
    ]  # fmt: skip


def test_sections_turn_pages() -> None:
    """A section across tells so where it begins, and where it ends; one of the same kind begins a page, if it does."""
    upright, across = '<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    ends = "<w:sectPr>{}</w:sectPr>"
    same_page = '<w:type w:val="continuous"/>'
    data = docx(
        p("甲", ends.format(upright)) + p("乙", ends.format(across)) + p("丙", ends.format(upright))
        + p("丁", ends.format(upright)) + p("戊", ends.format(same_page + upright)) + p("己") + ends.format(upright)
    )  # fmt: skip
    parts = [one.landscape if isinstance(one, Turn) else one for one in read(data).parts]
    seen = [(one.words, one.new_page) if isinstance(one, Line) else one for one in parts]
    assert seen == [
        ("甲", False), True, ("乙", False), False, ("丙", False), ("丁", True), ("戊", False), ("己", True),
    ]  # fmt: skip


# Tables.


def cell(content: str, properties: str = "") -> str:
    """Return a cell with one paragraph, or with what is given."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def the_grid(data: bytes) -> Grid:
    """Return the one table of a Word file."""
    (grid,) = [one for one in read(data).parts if isinstance(one, Grid)]
    return grid


def spans(grid: Grid) -> list[list[tuple[str, int, int]]]:
    """Return the cells of a table: words, columns and rows."""
    return [[("¶".join(one.words for one in cell.lines), cell.across, cell.down) for cell in row] for row in grid.rows]


def test_merged_cells() -> None:
    """Cells span columns and rows; the rows that mark a heading and the widths of columns are told."""
    restart, goes_on, two = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    header = "<w:tblHeader/>"
    table = (
        '<w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="2000"/><w:gridCol w:w="3000"/></w:tblGrid>'
        + row(cell("指标", restart), cell("数值", two), properties=header)
        + row(cell("", goes_on), cell("今年"), cell("上年"), properties=header)
        + row(cell("甲", restart + two), cell("1"))
        + row(cell("", goes_on + two), cell("2"), properties=header)
        + row(cell("乙", goes_on), cell("3"), cell("4"))
    )
    grid = the_grid(docx(f"<w:tbl>{table}</w:tbl>"))
    assert (grid.header, grid.widths) == (2, (1000, 2000, 3000))
    assert spans(grid) == [
        [("指标", 1, 2), ("数值", 2, 1)],
        [("今年", 1, 1), ("上年", 1, 1)],
        [("甲", 2, 2), ("1", 1, 1)],
        [("2", 1, 1)],
        [("乙", 1, 1), ("3", 1, 1), ("4", 1, 1)],  # nothing as wide stands above it
    ]


def test_cells_of_older_files_and_left_out_columns() -> None:
    """``w:hMerge`` joins cells in a row; columns that a row leaves out at its ends are empty cells."""
    table = (
        row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("乙"))
        + row(cell("丙"), cell("丁"), properties='<w:gridBefore w:val="1"/>')
        + row(cell("戊"), properties='<w:gridAfter w:val="2"/>')
    )
    assert spans(the_grid(docx(f"<w:tbl>{table}</w:tbl>"))) == [
        [("甲", 2, 1), ("乙", 1, 1)],
        [("", 1, 1), ("丙", 1, 1), ("丁", 1, 1)],
        [("戊", 1, 1), ("", 2, 1)],
    ]


def test_words_below_a_merged_cell_are_kept() -> None:
    """Words in a cell that goes on from above are kept there: Word shows none, but nobody deleted them."""
    table = row(cell("甲", '<w:vMerge w:val="restart"/>')) + row(cell("乙", "<w:vMerge/>"))
    assert spans(the_grid(docx(f"<w:tbl>{table}</w:tbl>"))) == [[("甲¶乙", 1, 2)], []]


def test_nested_tables_and_content_controls() -> None:
    """What stands in a nested table is read row by row within its cell; rows and cells may stand in content controls."""
    inner = f"<w:tbl>{row(cell('乙'), cell('丙'))}{row(cell('丁'), cell('戊'))}</w:tbl>"
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    table = row(cell(p("甲") + inner + p("己"))) + control.format(row(control.format(cell("庚"))))
    assert body(f"<w:tbl>{table}</w:tbl>") == ["[表]甲¶乙¶丙¶丁¶戊¶己", "[表]庚"]


def test_pictures_and_boxes_in_cells() -> None:
    """A picture in a cell stands behind the table, a text box's words in the cell."""
    table = f"<w:tbl>{row(cell(p(r('甲') + picture() + box(p('框')))))}</w:tbl>"
    assert shown(pictured(table + p("后"))) == ["[表]甲¶框", "[图]", "后"]


def test_an_empty_table_is_none() -> None:
    """A table without a word is no part."""
    assert body(f"<w:tbl>{row(cell(''))}</w:tbl>" + p("甲")) == ["甲"]


# Pictures, text boxes, other things that are drawn.


@pytest.mark.parametrize(
    ("rotation", "turned", "width"), [(0, 0, 6000), (5_400_000, 90, 2000), (10_800_000, 180, 6000)]
)
def test_pictures(rotation: int, turned: int, width: int) -> None:
    """A picture comes behind its paragraph, with its turn and its width on the page as it is turned."""
    line, image = read(pictured(p(r("见图") + picture(rotation=rotation)))).parts
    assert isinstance(line, Line)
    assert image == Image(PNG, "png", line.place, width, turned)


def test_older_pictures() -> None:
    """A picture of VML is one too, as are what shows an embedded object, and a group's pictures."""
    shape = '<v:shape style="width:150pt;height:50pt;rotation:-90"><v:imagedata r:id="i"/></v:shape>'
    old = f"<w:r><w:pict>{shape}</w:pict></w:r><w:r><w:object>{shape}<o:OLEObject/></w:object></w:r>"
    images = [one for one in read(pictured(p(old))).parts if isinstance(one, Image)]
    assert [(one.width, one.turned) for one in images] == [(1000, 270), (1000, 270)]
    group = f"<w:r><w:pict><v:group>{shape}{shape}</v:group></w:pict></w:r>"
    assert shown(pictured(p(group))) == ["[图]", "[图]"]


def test_pictures_that_are_not_there() -> None:
    """A picture outside of the file is not fetched, and one that is missing is told, with its name."""
    links = [("l", "image", "http://192.0.2.1/外/%E5%9B%BE.png"), ("m", "image", "media/缺.png")]
    content = picture('r:link="l"') + picture('r:embed="m"') + picture('r:embed="无"') + picture('r:embed="e"')
    data = docx(p(r("甲") + content), {"media/空.png": b""}, [*links, ("e", "image", "media/空.png")])
    assert shown(data) == ["甲"]
    assert left_out(data) == {"链接的图片": (1, "%E5%9B%BE.png"), "读不了的图片": (3, "缺.png")}


def test_text_boxes_once() -> None:
    """The lines of a text box follow its paragraph, once, though the file holds them twice; boxes may nest."""
    assert body(p(r("甲") + box(p("乙") + p(r("丙") + box(p("丁"))))) + p("戊")) == ["甲", "乙", "丙", "丁", "戊"]


def test_words_that_are_drawn() -> None:
    """Words set as art, and those of a SmartArt, follow their paragraph; charts and embedded objects are told."""
    art = '<w:r><w:pict><v:shape><v:textpath string="清河区卫生健康局文件"/></v:shape></w:pict></w:r>'
    drawn = "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>{}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    points = f"{HEAD}<dgm:dataModel {XMLNS}><a:p><a:r><a:t>受</a:t></a:r><a:r><a:t>理</a:t></a:r></a:p><a:p/></dgm:dataModel>"
    content = (
        art
        + drawn.format('<dgm:relIds r:dm="d"/>')
        + drawn.format("<c:chart/>")
        + "<w:r><w:object><o:OLEObject/></w:object></w:r>"
    )
    data = docx(p(content), {"diagrams/data1.xml": points}, [("d", "diagramData", "diagrams/data1.xml")])
    assert shown(data) == ["清河区卫生健康局文件", "受理"]
    assert left_out(data) == {"图表": (1, ""), "嵌入的对象": (1, "")}


@pytest.mark.parametrize(("known", "seen"), [("wps", "甲"), ("cx1", "乙")])
def test_alternatives(known: str, seen: str) -> None:
    """Of alternatives the one is taken that is known, at every level of a file."""
    two = "<mc:AlternateContent><mc:Choice Requires='{}'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    run = f"<w:r>{two.format(known, '<w:t>甲</w:t>', '<w:t>乙</w:t>')}</w:r>"
    assert body(p(run) + two.format(known, p("甲"), p("乙")) + p(two.format(known, r("甲"), r("乙")))) == [seen] * 3


# Notes, and what stands around the text.


def test_notes() -> None:
    """A footnote's mark stands where it belongs, its words behind the text as paragraphs that are told apart."""
    note = '<w:footnote w:id="{}">' + p("<w:r><w:footnoteRef/></w:r>" + r("{}")) + p("又") + "</w:footnote>"
    notes = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    notes += note.format(2, "据甲") + note.format(3, "据乙")
    ends = f'<w:endnote w:id="5">{p("据丙")}</w:endnote>'
    content = r("文") + "".join(f'<w:r><w:footnoteReference w:id="{id}"/></w:r>' for id in (3, 2))
    content += '<w:r><w:endnoteReference w:id="5"/></w:r>' + r("。")
    data = docx(p(content) + p("末"), footnotes=notes, endnotes=ends)
    assert [(one.words, one.is_note) for one in lines(data)] == [
        ("文[脚注1][脚注2][尾注1]。", False), ("末", False), ("[脚注1]据乙", True), ("又", True), ("[脚注2]据甲", True),
        ("又", True), ("[尾注1]据丙", True),
    ]  # fmt: skip


def test_what_is_left_out_is_told() -> None:
    """Headers, footers, comments, page numbers, readings and symbols nobody knows are listed."""
    references = "".join(f'<w:{one}Reference w:type="default" r:id="rel-{one}"/>' for one in ("header", "footer"))
    content = r("甲") + '<w:r><w:sym w:font="Webdings" w:char="F099"/></w:r><w:r><w:commentReference w:id="1"/></w:r>'
    data = docx(
        p(content) + f"<w:sectPr>{references}</w:sectPr>", header=p("清河区卫生健康局"), footer=p(r("第") + field(" PAGE ", r("1"))),
        comments=f'<w:comment w:id="1">{p("请核实")}</w:comment><w:comment w:id="2">{p("又")}</w:comment>',
    )  # fmt: skip
    assert shown(data) == ["甲□"]
    assert left_out(data) == {
        "认不出的符号": (1, "Webdings F099"), "页眉": (1, "清河区卫生健康局"), "页码": (1, "第1"), "批注": (2, "请核实"),
    }  # fmt: skip


def test_a_footer_of_words() -> None:
    """A footer without a page number is a footer; one that no section uses is none."""
    footer = p("内部资料")
    reference = '<w:sectPr><w:footerReference r:id="rel-footer"/></w:sectPr>'
    assert left_out(docx(p("甲") + reference, footer=footer)) == {"页脚": (1, "内部资料")}
    assert left_out(docx(p("甲"), footer=footer)) == {}


def test_page_numbers_in_the_text() -> None:
    """A line that is a page number is left out; beside other words only the number is."""
    data = docx(
        p(r("— ") + field(" PAGE ", r("3")) + r(" —")) + p(r("共") + field(" NUMPAGES ", r("9")) + r("页纸，甲"))
    )
    assert shown(data) == ["共页纸，甲"]
    assert left_out(data) == {"页码": (2, "3")}
    data = docx(p(f'<w:fldSimple w:instr="PAGE">{r("8")}</w:fldSimple>') + p("<w:r><w:t>共</w:t><w:pgNum/></w:r>"))
    assert shown(data) == []
    assert left_out(data) == {"页码": (2, "8")}


def contents(*texts: str) -> str:
    """Return a table of contents as Word writes it, over several paragraphs."""
    first, *rest = [r(text) + "<w:r><w:tab/></w:r>" + field(" PAGEREF x ", r("2")) for text in texts]
    head = p(f"{BEGIN}<w:r><w:instrText> TOC \\o </w:instrText></w:r>{SEPARATE}{first}")
    return head + "".join(p(one) for one in rest) + p(END)


def of_contents(data: bytes) -> list[str]:
    """Return the lines that are told to be of a table of contents."""
    return [part.words for part in read(data).parts if isinstance(part, Line) and part.is_contents]


def test_tables_of_contents_are_told() -> None:
    """The lines of a table of contents are told as such: those of a field, of a content control, of its styles."""
    data = docx(p("题") + p("目　录") + contents("一、甲", "二、乙") + p("一、甲"))
    assert shown(data) == ["题", "目　录", "一、甲\t2", "二、乙\t2", "一、甲"]
    assert of_contents(data) == ["一、甲\t2", "二、乙\t2"]
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control = f"<w:sdt>{gallery}<w:sdtContent>{p('目录')}{p('一、甲')}</w:sdtContent></w:sdt>"
    assert of_contents(docx(control + p("甲"))) == ["目录", "一、甲"]
    styled = "".join(p(f"<w:r><w:t>{one}</w:t></w:r>" + "<w:r><w:tab/></w:r>" + r("3"), of("T")) for one in "甲乙")
    data = docx(p("目录") + styled + p("不是目录", of("T")), styles=NORMAL + style("T", "toc 1"))
    assert of_contents(data) == ["甲\t3", "乙\t3"]


def test_a_field_that_never_ends_loses_nothing() -> None:
    """Where a field is not closed no contents are left out, or all that follows would be; an instruction ends with its line."""
    assert body(contents("一、甲").removesuffix(p(END)) + p("正文")) == ["一、甲\t2", "正文"]
    assert body(p(BEGIN + "<w:r><w:instrText> IF </w:instrText></w:r>") + p("正文") + p(END + SEPARATE + r("后"))) == [
        "正文",
        "后",
    ]


def test_documents_within() -> None:
    """A document that is kept whole within the file is told; a content control may be empty."""
    data = docx(p("甲") + '<w:altChunk r:id="a"/><w:sdt/><w:customXml>' + p("乙") + "</w:customXml>")
    assert shown(data) == ["甲", "乙"]
    assert left_out(data) == {"嵌入的文档": (1, "")}


def test_hidden_pictures() -> None:
    """A picture that is hidden is told."""
    data = pictured(p(picture().replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")))
    assert shown(data) == []
    assert left_out(data) == {"隐藏文字": (1, "")}


def test_places() -> None:
    """A place is the paragraph's number in the file, and sorts in its order."""
    first, second = lines(docx(p("甲") + p() + p("乙")))
    assert str(second.place) == "稿.docx:第3段"
    assert first.place < second.place


# Files of other programs, and other kinds of Word files.


def test_strict_files() -> None:
    """A file of ISO 29500 Strict reads like any other."""
    with zipfile.ZipFile(io.BytesIO(docx(p("甲", '<w:jc w:val="end"/>')))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    for transitional, strict in (
        ("http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"),
    ):
        files = {name: content.replace(transitional, strict) for name, content in files.items()}
    (line,) = lines(zipped(files))
    assert (line.words, line.align) == ("甲", "right")


def test_python_docx() -> None:
    """A file of python-docx with its default styles keeps title, headings, lists and tables."""
    word = python_docx.Document()
    word.add_heading("清河区工作总结", 0)
    word.add_heading("总体情况", 1)
    word.add_paragraph("全年完成任务。")
    word.add_paragraph("第一项", style="List Number")
    word.add_paragraph("第二项", style="List Number")
    word.add_paragraph("一点", style="List Bullet")
    table = word.add_table(1, 2)
    table.rows[0].cells[1].text = "乙"
    word.add_section().orientation = WD_ORIENT.LANDSCAPE
    stream = io.BytesIO()
    word.save(stream)
    found = lines(stream.getvalue())
    assert [(one.label, one.words, one.level, one.is_title) for one in found] == [
        ("", "清河区工作总结", 0, True), ("", "总体情况", 1, False), ("", "全年完成任务。", 0, False),
        ("1.", "第一项", 0, False), ("2.", "第二项", 0, False), ("", "一点", 0, False),
    ]  # fmt: skip
    assert spans(the_grid(stream.getvalue())) == [[("", 1, 1), ("乙", 1, 1)]]
    assert found[1].spans[0].look == Look(bold=True, face="宋体", size=28)


def test_a_main_part_of_another_name() -> None:
    """The main part is the one that the package names, wherever it lies, and parts are found whatever their case."""
    with zipfile.ZipFile(io.BytesIO(docx(p("甲"), styles=NORMAL + style("A", "Title")))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    moved = {"word/document.xml": "Word/Main2.xml", "word/_rels/document.xml.rels": "word/_rels/main2.xml.rels"}
    files = {
        moved.get(name, name): content.replace("word/document.xml", "/word/main2.xml")
        for name, content in files.items()
    }
    assert shown(zipped(files)) == ["甲"]
    assert part("a", "b").endswith("<w:a " + XMLNS + ">b</w:a>")
