"""What rules know things by is data: packaged lists under ``templates/checking``, a bureau's own on top."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.checking import words
from healthreport.checking.rules.report.every import RULES
from healthreport.diagnostics import HealthReportError
from healthreport.reading.resources import CHECKING, Resources, packaged
from helpers import GENERAL, RESOURCES, compose

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

COUNTS = GENERAL + "指标:\n  甲岗位: {数值: 1.5, 单位: 人}\n  缺编: {数值: -3, 单位: 人}\n"
PATTERNS = [
    (marks, pattern)
    for name, tree in RESOURCES.lists(CHECKING, words.FILES)
    if name == "占位"
    for marks, pattern in words.placeholders([tree["占位"]])
]


def own(folder: Path, **files: str) -> Resources:
    """Return templates with these files of a bureau's own on top."""
    (folder / "checking").mkdir()
    for name, text in files.items():
        (folder / "checking" / f"{name}.yaml").write_text(text, "utf-8")
    return Resources(folder)


def ids(report: str, resources: Resources = RESOURCES) -> list[str]:
    """Return the ids of what is found in a report."""
    return [one.id for one in compose(report, resources=resources).warnings]


def test_own_words_are_added(tmp_path: Path) -> None:
    """A bureau's words and patterns count beside the packaged ones, which stay."""
    resources = own(tmp_path, 占位="占位: {＃: ['＃{3,}']}\n", 个数="可带小数: [岗位]\n可为负: [缺编]\n")
    assert ids(COUNTS) == ["fractional-count", "negative-count"]
    assert ids(COUNTS, resources) == []
    report = GENERAL + "内容: [建设＃＃＃项目。, 建设××项目。]\n指标: {日均净减: {数值: -1.5, 单位: 人}}\n"
    assert ids(report) == ["placeholder"]
    assert ids(report, resources) == ["placeholder", "placeholder"]


@pytest.mark.parametrize(
    ("file", "text", "id"),
    [
        ("占位", "占位: [××]\n", "not-a-mapping"),
        ("占位", "占位: {待: [请填写]}\n", "mark-not-in-pattern"),
        ("占位", "占位: {待: ['待填写|请填写']}\n", "mark-not-in-pattern"),
        ("占位", "占位: {待补: ['[待|请]填|（补）', '填写']}\n", "mark-not-in-pattern"),
        ("占位", "占位: {'': [待填写]}\n", "empty-word"),
        ("占位", "占位: {' ': [待填写]}\n", "empty-word"),
        ("占位", "占位: {待: ['']}\n", "bad-pattern"),
        ("占位", "占位: {待: ['(?<!待)填写']}\n", "mark-not-in-pattern"),
        ("占位", "占位: {待: ['[^待]填写']}\n", "mark-not-in-pattern"),
        ("占位", "占位: {待: ['待?填写']}\n", "mark-not-in-pattern"),
        ("占位", "占位: {待: ['(?:待)?填写']}\n", "mark-not-in-pattern"),
        ("占位", "占位: {待: ['[待请]{0,2}填写']}\n", "mark-not-in-pattern"),
        ("占位", "占位: {待: ['待*']}\n", "bad-pattern"),
        ("个数", "可为负: ['']\n", "empty-word"),
        ("个数", "可带小数: [均, ' ']\n", "empty-word"),
        ("占位", "占位: {×: ××}\n", "not-a-list"),
        ("占位", "占位: {×: ['(']}\n", "bad-pattern"),
        ("占位", "占位: {×: ['(×+)+']}\n", "bad-pattern"),
        ("占位", "占位: {×: ['(?P<a>×)']}\n", "bad-pattern"),
        ("占位", "占位: {×: [[×]]}\n", "not-a-list"),
        ("占位", "可为负: [缺编]\n", "unknown-key"),
        ("个数", "可为负: 缺编\n", "not-a-list"),
        ("个数", "可为负: [[缺编]]\n", "not-a-list"),
        ("个数", "可负: [缺编]\n", "unknown-key"),
    ],
)
def test_files_that_are_no_lists_are_refused(tmp_path: Path, file: str, text: str, id: str) -> None:
    """A file of a bureau's own that cannot be used is told at its place, whatever the report."""
    with pytest.raises(HealthReportError) as refused:
        compose(COUNTS, resources=own(tmp_path, **{file: text}))
    [wrong] = refused.value.diagnostics
    assert (wrong.id, wrong.position.file) == (id, str(tmp_path / "checking" / f"{file}.yaml"))


@given(st.data())
@pytest.mark.parametrize(("marks", "pattern"), PATTERNS)
def test_every_placeholder_has_one_of_its_marks(marks: str, pattern: str, data: st.DataObject) -> None:
    """What a packaged pattern matches has one of the characters it stands under: without one it is not looked for."""
    example = data.draw(st.from_regex(re.compile(pattern)))
    assert all(any(mark in match[0] for mark in marks) for match in re.finditer(pattern, example))


def test_packaged_patterns_are_good() -> None:
    """The packaged patterns are what a bureau's own have to be."""
    trees = dict(RESOURCES.lists(CHECKING, words.FILES))
    words.refuse_bad_patterns(trees["占位"])
    assert len(PATTERNS) > 10


def test_the_packaged_lists_are_complete() -> None:
    """Each packaged list has what its rules need, and code holds none of their words."""
    known = words.build(RESOURCES.lists(CHECKING, words.FILES))
    assert {"均", "每"} <= {*known.fractional}
    assert {"增减", "净"} <= {*known.negative}
    assert {"×", "X", "_", "某"} <= {*known.marks}
    assert not re.search(words.CheckWords().placeholder_in("××_XX某某"), "××_XX某某")
    assert {one.id for one in RULES} >= {"placeholder", "fractional-count", "negative-count"}


def test_they_are_listed(cli: Cli, here: Path) -> None:
    """``template list`` shows the lists and ``copy`` copies them; a copy that differs is told when it is used."""
    assert "checking/占位.yaml" in cli("template", "list").out
    assert cli("template", "copy", "个数").code == 0
    copied = here / "templates/checking/个数.yaml"
    assert copied.read_bytes() == (packaged() / "checking/个数.yaml").read_bytes()
    copied.write_text("可为负: [缺编]\n", "utf-8")
    (here / "a.yaml").write_text(COUNTS, "utf-8")
    done = cli("render", "a.yaml")
    assert done.code == 0
    assert "checking/个数.yaml" in done.err
    assert "negative-count" not in done.err


@pytest.mark.parametrize(
    ("file", "meant"),
    [
        ("checking/占位符.yaml", "checking/占位.yaml"),
        ("checking/占位.yml", "checking/占位.yaml"),
        ("checking/行.yaml", "sheets/行.yaml"),
        ("占位.yaml", "checking/占位.yaml"),
        ("sheets/表头们.yaml", "sheets/表头.yaml"),
        ("recognising/网业.yaml", "recognising/网页.yaml"),
        ("recognising/别的.yaml", "recognising/网页.yaml"),
    ],
)
def test_lists_that_nobody_reads_are_refused(tmp_path: Path, file: str, meant: str) -> None:
    """A list of another name, ending or folder than those that are read is refused, with the one it may be."""
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("占位: {}\n", "utf-8")
    with pytest.raises(HealthReportError) as refused:
        Resources(tmp_path)
    [wrong] = refused.value.diagnostics
    assert (wrong.id, wrong.position.file) == ("unknown-list", str(tmp_path / file))
    assert meant in f"{wrong.message}{wrong.hint}"


def test_files_beside_lists(tmp_path: Path) -> None:
    """Notes, an editor's copies and hidden files beside lists, and files of other kinds, are left alone."""
    for file in ("checking/说明.txt", "checking/.占位.yaml", "checking/占位.yaml~", "sections/占位符.yaml", "x.yaml"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("占位: {}\n", "utf-8")
    assert Resources(tmp_path).own == tmp_path


SHEET_LISTS = {
    "行": ["合计: ['']", "合计样式: ['']", "合计样式: ['总?']"],
    "表头": ["上年: ['']", "计数: {'': 人}", "计数: [人]", "名称: [['']]"],
    "格": ["没有数: [' ']", "零: ['']"],
    "计量单位": ["其他: ['']", "换算: [{元: 0}]", "换算: [{元: -1}]", "换算: [元]", "相同: [['']]"],
}


@pytest.mark.parametrize(("file", "text"), [(file, text) for file, texts in SHEET_LISTS.items() for text in texts])
def test_empty_words_of_sheets(tmp_path: Path, file: str, text: str) -> None:
    """An empty word, a pattern that everything fits and a factor of nothing are refused in the lists of sheets, too."""
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / f"{file}.yaml").write_text(text + "\n", "utf-8")
    with pytest.raises(HealthReportError) as refused:
        _ = Resources(tmp_path).sheet_words
    assert {one.id for one in refused.value.diagnostics} <= {"empty-word", "bad-pattern", "bad-number", "not-a-mapping"}
