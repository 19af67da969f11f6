"""Rules on a document as a whole, and half-width marks, which are read as full ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from healthreport.checking.engine import check
from healthreport.checking.rules.marks.every import RULES as MARKS
from healthreport.checking.rules.numbering.every import RULES as NUMBERING
from healthreport.checking.rules.whole.every import RULES as WHOLE
from healthreport.checking.scanning.lines import full_width, lines
from healthreport.jobs.checking import reading
from helpers import RESOURCES, text_subject

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.checking.rule import TextRule
    from healthreport.checking.subject import Subject

_HALF = str.maketrans("，：；（）！？", ",:;()!?")
# What these tell of is the width itself, or a number whose mark is half anyway.
_ON_WIDTH = {"HR301", "HR302", "HR311", "HR312"}
_RULES = [rule for rule in (*NUMBERING, *MARKS, *WHOLE) if rule.id not in _ON_WIDTH]


def found(text: str, *ids: str) -> list[str]:
    """Return the words that the rules with some ids find in a text."""
    rules = tuple(rule for rule in _RULES if rule.id in ids)
    return [one.text for one in check(text_subject(text), rules, {})]


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_half_width_marks_hide_nothing(rule: TextRule) -> None:
    """What is wrong among full-width marks is wrong among half-width ones, and what is right is right."""
    missed = [text for text in rule.bad if not check(text_subject(text.translate(_HALF)), (rule,), {})]
    assert missed == []
    assert [text for text in rule.good if check(text_subject(text.translate(_HALF)), (rule,), {})] == []


def test_what_is_folded() -> None:
    """Marks beside Chinese are read in full width; figures, times and Latin words keep theirs, and all its place."""
    text = "甲,乙:1,059人次(9:30),Hello, world; 丙(HBP)丁;"
    assert full_width(text) == "甲，乙：1,059人次（9:30),Hello, world; 丙（HBP）丁；"
    assert len(full_width(text)) == len(text)
    subject = text_subject(f"总结\n{text}")
    assert lines(subject).full == full_width(lines(subject).text)


def test_a_text_in_disguise_has_points_and_labels() -> None:
    """What a site disguised is read as what it says, and told of where it stands."""
    lead = "衛(wèi)生局一(yī)直抓培訓(xùn)，開(kāi)展督導(dǎo)，落實(shí)責(zé)任。"
    text = f"匯報\n{lead}\n一是抓培訓(xùn);二是抓督導(dǎo);四是抓考核。\n"
    (finding,) = check(text_subject(text), tuple(rule for rule in NUMBERING if rule.id == "HR103"), {})
    assert (finding.text, finding.position.line) == ("四是", 3)
    assert text.split("\n")[2][finding.position.column - 1 :].startswith("四是")


@pytest.mark.parametrize(
    ("year", "other", "is_told"),
    [(2022, 2020, True), (2024, 2023, True), (2023, 2023, False), (2030, 2020, False)],
)
def test_the_year_of_a_title(year: int, other: int, is_told: bool) -> None:
    """A title's year that the text never names is told, with the place in the text; one far off belongs elsewhere."""
    text = f"{year}年度工作总结\n{other}年，我院工作有序推进。\n{other}年3月，开展义诊。{other}年6月，完成体检。\n"
    findings = check(text_subject(text), tuple(rule for rule in WHOLE if rule.id == "HR116"), {})
    assert [(one.text, one.related[0].position.line) for one in findings] == (
        [(f"{year}年度"[:5], 2)] if is_told else []
    )


@pytest.mark.parametrize("ending", ["清河县人民医院", "白石镇卫生院", "清河区爱卫办"])
def test_an_office_without_a_date(ending: str, tmp_path: Path) -> None:
    """An office at the end needs a date, above it, below it or under the title; in Word files, too."""
    text = f"整改措施\n针对问题，制定如下措施。\n1、归档材料分类装盒。\n2、下发文件加盖公章。\n{ending}\n"
    assert found(text, "HR115") == [ending]
    assert found(f"{text}2024年1月5日\n", "HR115") == []
    assert found(text.replace("整改措施\n", "整改措施\n（2024年1月5日）\n"), "HR115") == []
    assert [one.text for one in check(_of_word(tmp_path / "例.docx", text), WHOLE, {})] == [ending]


def _of_word(path: Path, text: str) -> Subject:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return reading.read(path, RESOURCES).subject


@pytest.mark.parametrize("kind", ["责任人", "牵头单位", "完成时限", "责任科室"])
@pytest.mark.parametrize("lacking", range(6))
def test_the_item_that_lacks_a_part(kind: str, lacking: int) -> None:
    """Whichever item lacks what all others have is told; two of six may be meant."""
    items = [f"{number}、整理第{number}类材料。{kind}：办公室。" for number in range(1, 7)]
    assert found("\n".join(["整改清单", *items]), "HR117") == []
    items[lacking] = items[lacking].partition("。")[0] + "。请办公室办理。"
    assert found("\n".join(["整改清单", *items]), "HR117") == ["请办公室办理。"]
    items[(lacking + 1) % 6] = "9、另行安排。"
    assert found("\n".join(["整改清单", *items]), "HR117") == []


@pytest.mark.parametrize("mark", ["。", "，", "", "、"])
def test_the_point_that_closes_otherwise(mark: str) -> None:
    """One point of five that closes otherwise is told at the point behind it; if all do, none."""
    points = ["①清点药品；", "②登记造册；", f"③统一封存{mark}", "④上报备案；", "⑤销毁。"]
    assert [one[-1] for one in found(f"流程：{''.join(points)}\n", "HR313")] == [mark or "④"]
    same = [point[:-1] + (mark or "") for point in points if point[-1] == "；"]
    assert found(f"流程：{''.join(same)}\n", "HR313") == []


def test_every_mixed_point_is_told() -> None:
    """Points that hold a 。 and close with ； are told one by one, each at its head."""
    text = "一是督查。每月一次；二是培训；三是宣传。上街入户；四是考核。\n"
    assert found(text, "HR313") == ["一是督查。", "三是宣传。"]


def test_quotes_side_by_side_are_a_style() -> None:
    """、 between quotes, between none, or between some, is no matter: either is allowed."""
    assert found("印发《办法》、《细则》、《规范》。\n修订《方案》《计划》。\n", "HR308") == []


@pytest.mark.parametrize("noun", ["发热门诊", "卫生院", "养老机构", "服务点"])
def test_counting_words(noun: str) -> None:
    """家 and 个 for one noun are told, the rarer one; one word for it, or other nouns, are not."""
    assert found(f"建成{noun}4个，提升3个{noun}，撤并2家{noun}。\n", "HR119") == [f"2家{noun}"]
    assert found(f"建成{noun}4个，提升3个{noun}，培训2家{noun}骨干人员。\n", "HR119") == []


@pytest.mark.parametrize("verb", ["控制在", "达到", "下降到"])
def test_clauses_are_no_list(verb: str) -> None:
    """、 between two clauses with the same verb is told; between words it is not."""
    assert found(f"甲类指标{verb}12以下、乙类指标{verb}15以下。\n", "HR308") == [f"、乙类指标{verb}"]
    assert found(f"甲类指标{verb}12、15、18以下，乙类指标{verb}15以下。\n", "HR308") == []
