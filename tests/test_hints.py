"""Hints lead somewhere: where a hint can be followed by the letter, what it tells of is gone, and nothing new is told.

``following.py`` does what the hint of each id says, at its caret; here it is done to all of ``tests/invalid`` and more.
Those of sheets, doubts and command lines are followed in ``test_hints_elsewhere.py``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from following import FOLLOWED, Place
from following_elsewhere import IN_FILES, ON_COMMAND_LINE
from helpers import GENERAL, ROOT
from test_many_slips import told

if TYPE_CHECKING:
    from healthreport.diagnostics import Diagnostic

INVALID = Path(__file__).parent / "invalid"
UNREADABLE = {"binary", "broken-utf-8", "utf-16", "word-file"}
# Which hints are read aloud instead, and why.
NOT_FOLLOWED = {
    "the hint shows the form; the words, names or figures that belong there only the writer knows": """
        bad-called bad-count bad-key bad-length bad-name bad-size bad-value clause-syntax empty-list empty-word
        expression-syntax first-of-no-order label-exhausted missing-colon no-source no-words not-a-block
        not-a-cell not-a-mapping not-a-role not-a-section unknown-level unknown-section way-as-source
    """,
    "something has to give way, and only the writer knows what": """
        cycle formula-cycle inherit-cycle inherit-too-deep parts-do-not-add-up same-output several-paragraphs
        two-forms two-meanings two-such-sections two-values unit-mismatch
    """,
    "a passage, a table or a formula has to be written anew": """
        cannot-print crowded-table nothing-left number-too-long opaque-operand text-in-title too-deep
        too-deep-section too-long zero-operand
    """,
    "it says where to look, not what to write: what was meant cannot be told": """
        encoding more-problems prints-otherwise yaml-syntax
    """,
    "it stands in a sheet": """
        bad-cell both-ways merged-figure merged-name no-header no-name only-parts second-header tasks-only
        two-indicators two-periods two-tables two-words unclear-header unclear-heading unclear-part
        unclear-section unclear-unit unknown-sheet wrong-period wrong-year
    """,
    "the county's report, the townships' files and sheets, and the list of them do not go together": """
        blank-line county-of-counties double-name duplicate-town link-outside mean-of-rates no-common-base
        no-indicators no-text no-way-to-sum no-weight none-missed not-a-source nothing-to-sum one-heading
        report-as-list shared-differs source-is-itself too-few-townships unit-differs unreadable-sheet
        whole-beside-part
    """,
    "it stands in a template, a layout or a list of words": """
        bad-panose bad-pattern bad-template-file bad-word extends-cycle layout-cycle mark-not-in-pattern
        page-number-style template-error template-markup template-syntax template-vocabulary unknown-list
        unknown-skeleton
    """,
    "it is about what a comment or the settings say to the rules": """
        bad-comment comment-in-text unknown-rule unused-ignore
    """,
    "the base, which may be another's, decides what can be written": """
        no-such-section nothing-to-add-to other-form sections-replaced title-of-one
    """,
    "another command line is wanted, not another text": """
        bad-epoch bad-file-name fix-copy-exists fix-standard-input folder-as-report moved not-a-folder
        output-among-sources outside report-as-table several-sheets several-years sheet-without-base usage
    """,
    "another file is wanted: this one is missing, empty, damaged, protected, too large or of another kind": """
        bad-picture damaged-table damaged-word empty-file empty-folder empty-table fix-old-word fix-signed
        fix-uneditable is-a-folder is-a-report not-a-document not-a-file not-a-table not-found not-text not-word
        protected-table protected-word too-large
    """,
    "the machine or the program itself is in the way": """
        bad-skeleton fix-changed-meanwhile fix-endless fix-unwritable killed no-office no-template not-converted
        unreadable unwritable
    """,
    "it says what was done, and nothing has to be changed": """
        bare-base base-above base-there clause-left-out clauses-left-out columns-kept draft-left left-over
        lines-left-out names-nowhere no-township other-file rows-skipped sources-to-come taken-for town-there
        units-converted
    """,
    "it is a doubt or a gap: figures and files have to be looked at": """
        braces-in-words derived-mismatch fix-left fix-more is-a-draft last-year look-like-one looks-like-total
        misnamed more-figures more-findings named-by-file no-last-year not-expected not-in-table part-as-whole
        part-over-whole parts-mismatch rounded-difference taken-for-part taken-for-total total-mismatch way-not-used
        years-skipped
    """,
}
# What is told next was hidden, and is not so because of the hint.
HIDDEN = {
    "three-mistakes-in-text": "the name that was meant has no value",
    "unknown-name-in-block": "the name that was meant has no value",
}
MORE = {
    "bad-escape": GENERAL + '内容: "存放在C:\\Users下。"\n',
    "bad-escape-of-a-letter": GENERAL + '内容: "存放在D:\\档案下。"\n',
    "bad-digits": GENERAL + "指标: {门诊: {数值: 5, 小数位: 多}}\n内容: 门诊{{ 门诊 }}。\n",
    "bad-flag": GENERAL + "内容:\n  - 表格: {横排: 好, 行: [[甲, 1]]}\n",
    "block-mark": GENERAL + "内容: |甲。\n",
    "text-after-quote": GENERAL + '内容: "两癌"筛查完成。\n',
    "unknown-derived": GENERAL + "指标: {门诊: {数值: 5, 目标: 4}}\n内容: 门诊{{ 门诊.同笔 }}。\n",
    "bound-target": GENERAL + "指标: {死亡率: {数值: 5, 目标: ≤6, 单位: '%'}}\n内容: 死亡率{{ 死亡率.完成率 }}。\n",
    "negative-operand": GENERAL + "指标: {净增: {数值: -5, 上年: -6, 单位: 人}}\n内容: 净增{{ 净增.同比 }}。\n",
    "target-missed": GENERAL + "指标: {门诊: {数值: 5, 目标: 6, 单位: 人次}}\n内容: 门诊超额{{ 门诊.超额 }}。\n",
    "unknown-format": GENERAL + "指标: {门诊: {数值: 5, 单位: 人次}}\n内容: 门诊{{ 门诊 | 百 }}。\n",
    "unknown-derived-of-some": GENERAL + "指标: {门诊: {数值: 5, 目标: 4}}\n内容: 门诊{{ 门诊.同笔(3) }}。\n",
    "dash-and-its-level": GENERAL + "章节:\n  -标题: 甲\n    内容: 乙。\n",
    "number-without-a-mark": GENERAL + "章节:\n  - {标题: 甲, 序号: 2, 内容: 乙。}\n",
    "block-behind-its-key": GENERAL + "指标: {门诊: {数值: 5}}\n内容: 指标表: 全部\n",
    "block-behind-its-key-with-more": GENERAL
    + "指标: {门诊: {数值: 5}}\n内容: 指标表: {指标: 全部, 列: [指标, 完成]}\n",
    "block-behind-its-key-in-braces": GENERAL + "指标: {门诊: {数值: 5}}\n附件: {标题: 甲, 内容: 指标表: 全部}\n",
    "comma-in-braces": GENERAL + "指标:\n  门诊: {数值: 5，单位: 人次}\n内容: 门诊{{ 门诊 }}。\n",
    "comma-in-braces-of-words": GENERAL + "章节:\n  - {标题: 甲，内容: 乙。}\n",
}
CASES = {path.stem: path.read_text("utf-8") for path in sorted(INVALID.glob("*.yaml")) if path.stem not in UNREADABLE}
CASES |= MORE
# The page is compared with the program's messages by ``test_messages.py``.
IDS = set(re.findall(r"^\| `([a-z0-9-]+)`", (ROOT / "docs" / "messages.md").read_text("utf-8"), re.MULTILINE))
ALOUD_IDS = [id for ids in NOT_FOLLOWED.values() for id in ids.split()]


def places(found: list[Diagnostic]) -> set[tuple[str, int]]:
    """Return what is told and in which lines."""
    return {(one.id, one.position.line) for one in found if one.severity.name == "ERROR"}


@pytest.mark.parametrize("name", CASES)
def test_a_hint_that_is_followed_works(name: str, tmp_path: Path) -> None:
    """Done what a message says, it is gone, and no other comes; lines below may have moved."""
    text = CASES[name]
    found = told(text, tmp_path)
    assert found
    for one in found:
        if one.id in FOLLOWED and name not in HIDDEN:
            changed = FOLLOWED[one.id](Place(text, one))
            after = told(changed, tmp_path)
            new = {id for id, _ in places(after)} - {id for id, _ in places(found)}
            assert not new, f"{one.id}: {new} in\n{changed}"
            assert len(places(after)) < len(places(found)), f"{one.id} is told still:\n{changed}"


def test_every_id_is_followed_or_read_aloud() -> None:
    """Every id stands in one of the two lists, in no list twice, and none that nothing tells."""
    assert sorted([*{*FOLLOWED, *IN_FILES, *ON_COMMAND_LINE}, *ALOUD_IDS]) == sorted(IDS)


def test_what_is_followed_is_met(tmp_path: Path) -> None:
    """Every way to follow a hint is gone by some case, so that it is known to work."""
    met = {one.id for text in CASES.values() for one in told(text, tmp_path)}
    assert FOLLOWED.keys() <= met


@pytest.mark.parametrize(
    ("report", "id", "followed"),
    [
        ("指标:\n  甲: {区间: 五至六, 单位: 人}\n内容: 共{{ 甲 }}。\n", "bad-number", ("区间: 五至六", "区间: 3—5")),
        ("章节: 甲\n", "not-a-list", ("章节: 甲", "章节:\n  - 标题: 主要做法\n    内容: 乙。")),
    ],
)
def test_examples_of_hints_are_of_what_is_wrong(
    report: str, id: str, followed: tuple[str, str], tmp_path: Path
) -> None:
    """An interval is shown an interval, and a list of sections a section; written so, they are read."""
    (wrong,) = told(GENERAL + report, tmp_path)
    wrote = followed[1].partition("\n")[2].strip() or followed[1]
    assert (wrong.id, wrote.splitlines()[0].removeprefix("- ") in wrong.hint) == (id, True), wrong
    assert told(GENERAL + report.replace(*followed), tmp_path) == []
