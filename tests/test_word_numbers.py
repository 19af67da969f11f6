"""Native lists of Word files: each paragraph has the number that Word shows (ECMA-376 Part 1, 17.9)."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport.reading.word.number_formats import shown as written
from office import _program
from word_files import NORMAL, abstract, body, docx, level, lines, num, numbered, override, p, r, read, shown

FORMS = {
    "decimal": {1: "1", 12: "12"},
    "decimalZero": {1: "01", 12: "12", 100: "100"},
    "decimalFullWidth": {1: "１", 12: "１２"},
    "decimalHalfWidth": {12: "12"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "㉑", 51: "51"},
    "decimalEnclosedCircleChinese": {3: "③"},
    "decimalEnclosedParen": {1: "⑴", 20: "⒇", 21: "21"},
    "decimalEnclosedFullstop": {1: "⒈", 20: "⒛"},
    "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 101: "一○一"},
    "chineseCountingThousand": {10: "十", 101: "一百零一", 110: "一百一十", 2022: "二千零二十二", 10_000: "10000"},
    "chineseLegalSimplified": {1: "壹", 10: "壹拾", 12: "壹拾贰"},
    "ideographDigital": {9: "九", 10: "一〇", 12: "一二"},
    "ideographEnclosedCircle": {1: "㊀", 10: "㊉", 11: "11"},
    "ideographLegalTraditional": {3: "參", 10: "壹拾"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {12: "亥"},
    "ideographZodiacTraditional": {1: "甲子", 60: "癸亥", 61: "61"},
    "japaneseCounting": {10: "十", 100: "百", 111: "百十一", 201: "二百一"},
    "taiwaneseCounting": {12: "十二", 100: "一○○"},
    "taiwaneseCountingThousand": {101: "一百零一"},
    "taiwaneseDigital": {10: "一○"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 28: "BB", 781: "781"},
    "lowerLetter": {2: "b", 53: "aaa"},
    "upperRoman": {4: "IV", 1999: "MCMXCIX", 4000: "4000"},
    "lowerRoman": {9: "ix"},
    "ordinal": {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 21: "21st"},
    "hex": {10: "A"},
    "numberInDash": {3: "- 3 -"},
    "none": {5: ""},
    "hebrew1": {5: "5"},
}
# What LibreOffice 7.4 writes as Word does; of the others it knows none, or writes on where Word has no such number.
LIKE_OFFICE = {
    "decimal": 30, "decimalZero": 30, "decimalEnclosedCircle": 50, "chineseCounting": 99, "chineseCountingThousand": 120,
    "japaneseCounting": 99, "taiwaneseCounting": 99, "upperLetter": 60, "lowerRoman": 60, "ideographTraditional": 10,
    "chineseLegalSimplified": 30,
}  # fmt: skip
OUTLINE = abstract(
    0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3."),
    level(3, "decimal", "%3.%4"),
)  # fmt: skip


def office_text(documents: list[bytes]) -> list[list[str]]:
    """Return the lines of text that LibreOffice makes of Word files, blanks aside."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / f"{number}.docx" for number in range(len(documents))]
        for path, data in zip(paths, documents, strict=True):
            path.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [_program("soffice"), profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
        subprocess.run([*command, "--outdir", name, *map(str, paths)], check=True, capture_output=True, timeout=300)
        texts = [path.with_suffix(".txt").read_text("utf-8-sig") for path in paths]
    return [["".join(line.split()) for line in text.splitlines() if line.strip()] for text in texts]


@pytest.mark.parametrize("form", FORMS)
def test_number_formats(form: str) -> None:
    """Each number format writes its numbers, and digits where it has none."""
    assert {number: written(number, form) for number in FORMS[form]} == FORMS[form]


def test_a_format_of_ones_own() -> None:
    """A custom format counts with as many digits as its first number has."""
    own = '<w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    own += '<w:lvlText w:val="%1号"/></w:lvl>'
    assert body(numbered("甲") + numbered("乙"), numbering=abstract(0, own) + num(1, 0)) == ["009号甲", "010号乙"]


def test_numbers_stand_apart() -> None:
    """A computed number is the label, a typed one belongs to the words; both may stand there."""
    first, second = lines(docx(numbered("总体情况") + numbered("2.重点工作"), numbering=OUTLINE + num(1, 0)))
    assert (first.label, first.words, first.list_level) == ("一、", "总体情况", 1)
    assert (second.label, second.words) == ("二、", "2.重点工作")


def test_levels_restart_below() -> None:
    """A level starts again below each item of a level above, and shows the numbers of those above where it names them."""
    items = [
        (0, "一、"),
        (1, "（一）"),
        (1, "（二）"),
        (2, "1."),
        (3, "1.1"),
        (3, "1.2"),
        (0, "二、"),
        (1, "（一）"),
        (2, "1."),
    ]
    data = docx("".join(numbered("甲", 1, at) for at, _ in items), numbering=OUTLINE + num(1, 0))
    assert [one.label for one in lines(data)] == [label for _, label in items]
    assert [one.list_level for one in lines(data)] == [at + 1 for at, _ in items]


def test_start_and_instances() -> None:
    """A list starts where it says; instances of it count on, one with a start of its own begins there, once."""
    numbering = abstract(0, level(0, "decimal", "%1.", start=3)) + num(1, 0) + num(2, 0) + num(3, 0, override(0, 7))
    data = "".join(numbered("甲", one) for one in (1, 1, 2, 3, 1, 3))
    assert [one.label for one in lines(docx(data, numbering=numbering))] == ["3.", "4.", "5.", "7.", "8.", "9."]


def test_an_instance_with_levels_of_its_own() -> None:
    """An instance may write a level otherwise; the count goes on."""
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "（%1）")}</w:lvlOverride>'
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0, own)
    data = docx(numbered("甲") + numbered("乙", 2) + numbered("丙"), numbering=numbering)
    assert [one.label for one in lines(data)] == ["1.", "（B）", "3."]


def test_levels_that_restart_otherwise() -> None:
    """``w:lvlRestart`` 0 never restarts a level, 1 only below items of the first one (17.9.10)."""
    numbering = abstract(
        0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"),
        level(2, "decimal", "甲%3", more='<w:lvlRestart w:val="1"/>'),
        level(3, "decimal", "乙%4", more='<w:lvlRestart w:val="0"/>'),
    ) + num(1, 0)  # fmt: skip
    levels = (0, 1, 2, 3, 1, 2, 3, 0, 1, 2, 3)
    data = docx("".join(numbered("", 1, at) for at in levels), numbering=numbering)
    expected = ["1", "1.1", "甲1", "乙1", "1.2", "甲2", "乙2", "2", "2.1", "甲1", "乙3"]
    assert [one.label for one in lines(data)] == expected


def test_levels_nobody_used() -> None:
    """A level above that has no item yet counts as used once: 1.1, then 2."""
    numbering = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")) + num(1, 0)
    data = docx(numbered("甲", 1, 1) + numbered("乙", 1, 0) + numbered("丙", 1, 1), numbering=numbering)
    assert [one.label for one in lines(data)] == ["1.1", "2", "2.1"]


def test_legal_numbers() -> None:
    """``w:isLgl`` shows the numbers of the levels above in digits: 第三章 3.1, and its own as it is."""
    numbering = abstract(
        0, level(0, "chineseCounting", "第%1章", start=3), level(1, "decimalZero", "%1.%2", more="<w:isLgl/>")
    ) + num(1, 0)
    assert body(numbered("甲") + numbered("乙", 1, 1), numbering=numbering) == ["第三章甲", "3.01乙"]


def test_bullets_are_no_numbers() -> None:
    """A bullet is no label, but tells how deep the list nests; an empty item with a number shows it, one without does not."""
    bullets = abstract(0, level(0, "bullet", ""), level(1, "bullet", "o"))
    data = docx(numbered("甲", 1, 1) + numbered(""), numbering=bullets + num(1, 0))
    ((label, words, depth),) = [(one.label, one.words, one.list_level) for one in lines(data)]
    assert (label, words, depth) == ("", "甲", 2)
    assert body(numbered(""), numbering=OUTLINE + num(1, 0)) == ["一、"]


def test_a_number_that_is_not_shown() -> None:
    """A hidden number and one of no format are none; a level may be a word alone."""
    hidden = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/><w:rPr><w:vanish/></w:rPr></w:lvl>'
    numbering = abstract(0, hidden, level(1, "none", "%2"), level(2, "none", "附注：")) + num(1, 0)
    data = "".join(numbered("甲", 1, at) for at in range(3))
    assert body(data, numbering=numbering) == ["甲", "甲", "附注：甲"]


def test_numbers_of_bullets_above() -> None:
    """A level may name one above that shows a bullet, or one that nobody used: neither has a number."""
    numbering = abstract(0, level(0, "bullet", "•"), level(1, "decimal", "%1%2.%3")) + num(1, 0)
    assert body(numbered("甲", 1, 1), numbering=numbering) == ["1.甲"]


def test_no_list() -> None:
    """``w:numId`` 0 takes a style's list away; one that is not there is none."""
    style = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    none = p("甲", '<w:pStyle w:val="S"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    data = docx(
        none + numbered("乙", 9) + p("丙", '<w:pStyle w:val="S"/>'), numbering=OUTLINE + num(1, 0), styles=style
    )
    assert [one.label for one in lines(data)] == ["", "", "一、"]


def test_lists_of_styles() -> None:
    """A style names its list, the list says the style's level; what is based on the style is of the same level."""
    heading = (
        '<w:style w:type="paragraph" w:styleId="Heading{0}"><w:name w:val="heading {0}"/><w:pPr>'
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{1}"/></w:pPr></w:style>'
    )
    based = '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="自定"/><w:basedOn w:val="Heading2"/></w:style>'
    numbering = abstract(
        0, level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="Heading1"/>'),
        level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="Heading2"/>'),
    ) + num(1, 0)  # fmt: skip
    paragraphs = "".join(p("甲", f'<w:pStyle w:val="{style}"/>') for style in ("Heading1", "Heading2", "Own"))
    data = docx(paragraphs, styles=NORMAL + heading.format(1, 0) + heading.format(2, 1) + based, numbering=numbering)
    assert [(one.label, one.level) for one in lines(data)] == [("一、", 1), ("（一）", 2), ("（二）", 2)]


def test_list_styles() -> None:
    """A list may be the one that a list style names (17.9.21, 17.9.27); styles that name each other are no list."""
    style = (
        '<w:style w:type="numbering" w:styleId="{0}"><w:name w:val="{0}"/><w:pPr><w:numPr><w:numId w:val="{1}"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    numbering = (
        abstract(0, level(0, "chineseCounting", "第%1条"), more='<w:styleLink w:val="L"/>')
        + abstract(1, more='<w:numStyleLink w:val="L"/>')
        + abstract(2, more='<w:numStyleLink w:val="M"/>')
        + num(1, 0) + num(2, 1) + num(3, 2)
    )  # fmt: skip
    data = docx(
        numbered("甲", 2) + numbered("乙", 2) + numbered("丙", 3),
        styles=style.format("L", 1) + style.format("M", 3), numbering=numbering,
    )  # fmt: skip
    assert [one.label for one in lines(data)] == ["第一条", "第二条", ""]


def test_text_boxes_count_for_themselves() -> None:
    """A text box counts from the start of each list, and the text goes on where it was."""
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{numbered('框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    data = numbered("甲") + p(r("乙") + box, properties) + numbered("丙")
    assert body(data, numbering=OUTLINE + num(1, 0)) == ["一、甲", "二、乙", "一、框", "三、丙"]


def test_deleted_and_hidden_items_do_not_count() -> None:
    """An item that was deleted, or is hidden, has no number, and the next one takes it."""
    of = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = p(
        '<w:del w:id="1" w:author="甲"><w:r><w:delText>删去</w:delText></w:r></w:del>', of + "<w:rPr><w:del/></w:rPr>"
    )
    hidden = p(r("隐去", "<w:vanish/>"), of + "<w:rPr><w:vanish/></w:rPr>")
    assert body(numbered("甲") + gone + hidden + numbered("乙"), numbering=OUTLINE + num(1, 0)) == ["一、甲", "二、乙"]


@st.composite
def _lists(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """Return random items of random lists: body, numbering, and their labels as 17.9 says, counted here anew."""
    forms = st.sampled_from(["decimal", "chineseCounting", "upperRoman", "lowerLetter", "decimalEnclosedCircle"])
    depth, number_of_lists = 4, draw(st.integers(1, 3))
    lists = [[(draw(forms), draw(st.integers(1, 5))) for _ in range(depth)] for _ in range(number_of_lists)]
    instances = [(draw(st.integers(0, number_of_lists - 1)), draw(st.none() | st.integers(1, 9))) for _ in range(4)]
    items = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, depth - 1)), max_size=25))
    numbering = "".join(
        abstract(id, *(level(at, form, "%" + f"{at + 1}、", start) for at, (form, start) in enumerate(levels)))
        for id, levels in enumerate(lists)
    ) + "".join(num(id + 1, of, override(0, start) if start else "") for id, (of, start) in enumerate(instances))
    counted: dict[int, dict[int, int]] = {}
    used, labels = set(), []
    for instance, at in items:
        of, own = instances[instance]
        starts = [start if own is None or place else own for place, (_, start) in enumerate(lists[of])]
        now = counted.setdefault(of, {})
        if own is not None and at == 0 and instance not in used:
            used.add(instance)
            now.pop(0, None)
        for above in range(at):
            now.setdefault(above, starts[above])
        now[at] = now[at] + 1 if at in now else starts[at]
        for below in [one for one in now if one > at]:
            del now[below]
        labels.append(written(now[at], lists[of][at][0]) + "、")
    return "".join(numbered("项", one + 1, at) for one, at in items), numbering, labels


@given(_lists())
@settings(max_examples=150, deadline=None)
def test_random_lists(made: tuple[str, str, list[str]]) -> None:
    """Whatever lists there are and however they alternate, each item has the number that the specification gives it."""
    text, numbering, labels = made
    assert [one.label for one in lines(docx(text, numbering=numbering))] == labels


def test_numbers_as_libreoffice_shows_them() -> None:
    """LibreOffice shows the same numbers: of each format, of levels and restarts, of lists that styles name."""
    each = [
        docx("".join(numbered("项") for _ in range(most)), numbering=abstract(0, level(0, form, "第%1项")) + num(1, 0))
        for form, most in LIKE_OFFICE.items()
    ]
    order = [
        (1, 0),
        (1, 1),
        (1, 1),
        (1, 3),
        (1, 0),
        (1, 1),
        (2, 0),
        (2, 1),
        (1, 0),
        (3, 1),
        (3, 2),
        (3, 0),
        (3, 1),
        (1, 2),
    ]
    numbering = OUTLINE + abstract(
        1, level(0, "upperRoman", "%1"), level(1, "decimal", "%1-%2"), level(2, "lowerLetter", "%3)")
    )
    numbering += num(1, 0) + num(2, 0, override(0, 5)) + num(3, 1)
    each.append(docx("".join(numbered("项", one, at) for one, at in order), numbering=numbering))
    ours = [["".join(line.split()) for line in shown(data)] for data in each]
    assert ours == office_text(each)


def test_bad_numbers() -> None:
    """Levels and numbers that cannot be are none; nothing fails."""
    wild = '<w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr>'
    odd = '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>'
    data = docx(p("甲", wild) + p("乙", odd), numbering=OUTLINE + num(1, 0) + '<w:num w:numId="2"/>')
    assert [one.label for one in lines(data)] == ["", "一、"]
    assert read(docx(p("甲", odd), numbering="")).parts
