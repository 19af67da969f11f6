"""Hints lead somewhere: where a hint can be followed by the letter, what it tells of is gone, and nothing new is told.

``following.py`` does what the hint of each id says, at its caret; here it is done to all of ``tests/invalid`` and more.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from following import FOLLOWED, Place
from helpers import GENERAL, ROOT
from test_many_slips import told

if TYPE_CHECKING:
    from healthreport.diagnostics import Diagnostic

INVALID = Path(__file__).parent / "invalid"
UNREADABLE = {"binary", "broken-utf-8", "utf-16", "word-file"}
# Which hints are read aloud instead, and why.
NOT_FOLLOWED = {
    "what is right only the writer knows: a figure, a word, a section": """
        bad-alignments bad-called bad-count bad-digits bad-flag bad-key bad-length bad-name bad-parts
        bad-pattern bad-picture bad-size bad-widths bound-target clause-syntax crowded-table cycle empty-list
        empty-word encoding expression-syntax first-of-no-order flag-as-text formula-cycle label-exhausted
        missing-colon mixed-table more-problems negative-operand no-townships no-words not-a-block not-a-cell
        not-a-mapping not-a-number not-a-role not-a-section nothing-left number-too-long only-clauses
        opaque-operand parts-do-not-add-up several-paragraphs target-missed text-in-title too-deep
        too-deep-section too-long two-forms two-meanings two-values unit-mismatch unknown-format way-as-source
        yaml-syntax zero-operand
    """,
    "it stands in a sheet or a list of townships": """
        bad-cell blank-line both-ways double-column double-name duplicate-town mean-of-rates merged-figure
        merged-name no-name no-way-to-sum no-weight none-missed not-a-source not-summed one-heading only-parts
        report-as-list second-header shared-differs source-is-itself tasks-only too-few-townships
        two-indicators two-periods two-tables two-words unattached-column unclear-header unclear-heading
        unclear-part unclear-section unclear-unit unit-differs unknown-column unknown-sheet wrong-period
        wrong-year
    """,
    "it stands in a template, a layout or a list of words": """
        bad-comment bad-number bad-panose bad-word comment-in-text extends-cycle layout-cycle
        mark-not-in-pattern page-number-style template-error template-markup template-syntax
        template-vocabulary too-large unknown-rule
    """,
    "another command line or another file is wanted, not another text": """
        bad-file-name bad-output bad-skeleton bad-value edited empty-folder empty-table exists
        fix-changed-meanwhile fix-copy-exists fix-endless fix-old-word fix-signed fix-standard-input
        fix-uneditable fix-unwritable folder-as-report killed moved no-common-base no-indicators no-later-year
        no-sections no-source not-a-folder nothing-to-sum output-among-sources output-is-input report-as-table
        same-output several-years sheet-without-base stdin-needs-output unknown-level unknown-section
        unreadable-sheet unwritable usage
    """,
    "another file is wanted, or one of several that only the writer can choose": """
        bad-template-file empty-file inherit-cycle inherit-too-deep no-header no-office no-such-section
        no-template no-text not-a-document not-converted not-text nothing-to-add-to other-form outside
        several-sheets two-such-sections unknown-list unknown-skeleton
    """,
    "nothing has to be changed: it says what was done, or what to look at": """
        bare-base base-above base-there blank-cell change-differs clause-left-out clauses-left-out columns-kept
        derived-mismatch draft-left fix-left fractional-count is-a-draft last-differs last-year left-over
        looks-like-total misnamed names-nowhere negative-count no-date no-last-year no-township not-expected
        not-in-table other-file part-as-whole part-over-whole parts-mismatch placeholder prints-otherwise
        rate-over-100 rows-skipped sections-replaced sources-to-come taken-for-part taken-for-total tenfold
        todo total-mismatch units-converted unprinted-words unused-ignore years-skipped
    """,
    "the file itself is gone, damaged or of another kind": """
        cannot-print damaged-table damaged-word is-a-folder is-a-report not-a-file not-a-table not-found
        not-word protected-table protected-word unreadable
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
    "block-mark": GENERAL + "内容: |甲。\n",
    "text-after-quote": GENERAL + '内容: "两癌"筛查完成。\n',
    "unknown-derived": GENERAL + "指标: {门诊: {数值: 5, 目标: 4}}\n内容: 门诊{{ 门诊.同笔 }}。\n",
    "dash-and-its-level": GENERAL + "章节:\n  -标题: 甲\n    内容: 乙。\n",
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
    assert sorted([*FOLLOWED, *ALOUD_IDS]) == sorted(IDS)


def test_what_is_followed_is_met(tmp_path: Path) -> None:
    """Every way to follow a hint is gone by some case, so that it is known to work."""
    met = {one.id for text in CASES.values() for one in told(text, tmp_path)}
    assert FOLLOWED.keys() <= met
