"""``check --fix`` on texts, and what holds for every kind of file: only what is certain, in its place, and once."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fix_rules import LEDGER, MARKS, fix, replacing
from healthreport.checking.fixes import is_harmless
from healthreport.checking.passages import Passage, Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.sifting import Sieve
from healthreport.diagnostics import Severity
from healthreport.jobs.checking import fixing, running
from healthreport.reading.reader import Reader
from healthreport.writing.editing.edits import Edit, Tracked, applied
from word_files import docx, p

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Cli
    from healthreport.checking.subject import Subject

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]


def ids(fixed: fixing.Fixed) -> list[str]:
    """Return the ids of what is told."""
    return [one.id for one in fixed.told]


@pytest.mark.parametrize("coding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_texts_keep_encoding_and_line_ends(tmp_path: Path, coding: str, end: str) -> None:
    """Every byte of a text stays but those of the words that change."""
    path = tmp_path / "稿.txt"
    lines = ["　　建立台帐。 ", "", "\t😀e\u0301台帐、台帐,𠮷台帐", "完"]
    path.write_bytes(end.join(lines).encode(coding))
    fixed = fix(path)
    assert path.read_bytes() == end.join(lines).replace("台帐", "台账").encode(coding)
    assert [len(one.places) for one in fixed.changed] == [4]
    assert ids(fixed) == []


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("稿.txt", "甲台帐\t乙\t台帐丙\n台帐\t\t台帐\n", "甲台账\t乙\t台账丙\n台账\t\t台账\n"),
        ("稿.md", "## **台帐** ##\n", "## **台账** ##\n"),
        ("稿.md", "1. 建\\*台帐\n2. - 台帐\n", "1. 建\\*台账\n2. - 台账\n"),
        (
            "稿.md",
            "| 台帐 | 台帐甲 |\n|---|---|\n| 台帐 | **台帐**乙 |\n",
            "| 台账 | 台账甲 |\n|---|---|\n| 台账 | **台账**乙 |\n",
        ),
        ("稿.md", "甲 | 台帐\n---|---\n台帐 | 乙\n", "甲 | 台账\n---|---\n台账 | 乙\n"),
        ("稿.md", "> 一句，`台帐`。\n\n台帐。\n", "> 一句，`台帐`。\n\n台账。\n"),
        ("稿.md", "**建台帐。** 管台帐，见 **“台帐”** 一节。\n", "**建台账。** 管台账，见 **“台账”** 一节。\n"),
        ("稿.md", "见[台帐](甲.md)。\n\n台**帐**。\n", "见[台帐](甲.md)。\n\n台**帐**。\n"),
    ],
)
def test_places_in_tables_and_markdown(tmp_path: Path, name: str, before: str, after: str) -> None:
    """Cells and marked words are found; where marks stand within the words, nothing is changed."""
    path = tmp_path / name
    path.write_text(before, "utf-8")
    fixed = fix(path)
    assert path.read_text("utf-8") == after
    assert ids(fixed) == ["fix-left"] * after.replace("*", "").count("台帐")


def test_one_finding_with_many_places(tmp_path: Path) -> None:
    """The places of a finding are changed as its own is."""
    path = tmp_path / "稿.txt"
    path.write_text("甲,乙,丙\n丁,戊", "utf-8")
    fix(path, replacing({",": "，"}, at_once=True))
    assert path.read_text("utf-8") == "甲，乙，丙\n丁，戊"


def test_what_is_let_be_stays(tmp_path: Path) -> None:
    """What settings or comments let be keeps its words as they are."""
    (tmp_path / ".healthreport.yaml").write_text("忽略: [{文件: 稿.txt, 规则: HR1, 引文: 第一本}]", "utf-8")
    path = tmp_path / "稿.txt"
    path.write_text("第一本台帐。\n第二本台帐。", "utf-8")
    fix(path, sieve=Sieve(Reader(), lambda: ("HR1",)))
    assert path.read_text("utf-8") == "第一本台帐。\n第二本台账。"
    path = tmp_path / "甲.yaml"
    report = "体裁: 通用\n标题: 情况汇报\n内容:\n  - 第一本台帐。  # healthreport: 忽略 HR1\n  - 第二本台帐。\n"
    path.write_text(report, "utf-8")
    fix(path, sieve=Sieve(Reader(), lambda: ("HR1",)))
    assert path.read_text("utf-8") == report.replace("第二本台帐", "第二本台账")


def test_overlapping_fixes(tmp_path: Path) -> None:
    """The first of two that overlap is made, and the other one then, if it still holds."""
    path = tmp_path / "稿.txt"
    path.write_text("甲乙丙", "utf-8")
    fixed = fix(path, replacing({"甲乙": "丁"}), replacing({"乙丙": "戊", "丁丙": "己"}, "HR2"))
    assert path.read_text("utf-8") == "己"
    assert [place.after for place in fixed.changed[0].places] == ["丁", "己"]


def test_two_rules_that_mean_the_same(tmp_path: Path) -> None:
    """What two rules each want to go beside the other goes once: 。。 loses one."""
    path = tmp_path / "稿.txt"
    path.write_text("甲。。", "utf-8")

    def doubled(first: int) -> TextRule:
        def find(subject: Subject) -> Iterator[Finding]:
            for passage in subject.passages:
                at = passage.text.find("。。")
                if at >= 0:
                    yield Finding("两个句号。", Spot(passage, at + first, at + first + 1, ""))

        return TextRule(f"HR{first}", Severity.WARNING, find, (), ())

    fix(path, doubled(0), doubled(1))
    assert path.read_text("utf-8") == "甲。"


@pytest.mark.parametrize("words", [{"甲": "乙", "乙": "甲"}, {"甲": "甲甲"}])
def test_rules_that_never_end(tmp_path: Path, words: dict[str, str]) -> None:
    """Rules that undo each other or never have enough change nothing at all, which is told."""
    path = tmp_path / "稿.txt"
    path.write_text("甲,", "utf-8")
    fixed = fix(path, replacing(words), MARKS)
    assert ids(fixed) == ["fix-endless"]
    assert fixed.failed
    assert path.read_text("utf-8") == "甲,"


@pytest.mark.parametrize(
    ("text", "start", "end", "fix", "harmless"),
    [
        ("门诊１２人", 2, 4, "12", True),
        ("门诊12人", 2, 4, "13", False),
        ("门诊1 2人", 3, 4, "", False),
        ("门诊1，234人", 3, 4, ",", True),
        ("门诊12,34人", 4, 5, "，", True),
        ("占62. 1%", 4, 5, "", True),
        ("占62 .1%", 3, 4, "", True),
        ("占62．1%", 3, 4, ".", True),
        ("占62.1%", 3, 4, "", False),
        ("1.1.甲", 0, 2, "", False),
        ("1. 1. 甲", 0, 3, "", True),
        ("1、1、甲", 0, 2, "", True),
        ("甲1,2乙", 2, 3, "", False),
        ("甲乙", 0, 1, "", True),
        ("甲乙", 0, 1, "甲", False),
        ("甲乙", 0, 1, "丙\n", False),
        ("甲乙", 0, 1, "\x00", False),
        ("甲\ufdd4乙", 1, 2, "丙", False),
        ("甲乙", 1, 5, "丙", False),
    ],
)
def test_what_harms(text: str, start: int, end: int, fix: str, harmless: bool) -> None:
    """A fix that would make another number, another line or nothing new is not made, whatever a rule says."""
    assert is_harmless(Spot(Passage(text), start, end, fix)) is harmless


def test_what_would_leave_nothing(tmp_path: Path) -> None:
    """A file is not emptied: one without words cannot be read."""
    path = tmp_path / "稿.txt"
    path.write_text("台帐", "utf-8")
    fixed = fix(path, replacing({"台帐": ""}))
    assert path.read_text("utf-8") == "台帐"
    assert ids(fixed) == ["fix-left"]
    assert "读不成" in fixed.told[0].message


def test_a_file_that_cannot_be_written_again(tmp_path: Path) -> None:
    """Bytes that decode to what encodes otherwise stay: the file is left, and told."""
    path = tmp_path / "稿.txt"
    data = "建立台帐，".encode("gb18030") + b"\xa8\xbc\x81\x35\xf4\x37" + "卫生工作总结".encode("gb18030")
    path.write_bytes(data)
    again = data.decode("gb18030").encode("gb18030") == data
    fixed = fix(path)
    assert (path.read_bytes() == data) is not again
    assert ids(fixed) == ([] if again else ["fix-left"])


def test_mode_and_links_stay(tmp_path: Path) -> None:
    """The file keeps its mode, and what is a link stays one."""
    path, link = tmp_path / "稿.txt", tmp_path / "链.txt"
    path.write_text("台帐", "utf-8")
    path.chmod(0o640)
    link.symlink_to(path.name)
    fix(link)
    assert link.is_symlink()
    assert path.read_text("utf-8") == "台账"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_that_changes_meanwhile(tmp_path: Path) -> None:
    """What somebody saved while rules were looking is not overwritten."""
    path = tmp_path / "稿.txt"
    path.write_text("台帐", "utf-8")

    def find(subject: Subject) -> Iterator[Finding]:
        if subject.passages[0].text == "台账":
            path.write_text("别人写的", "utf-8")
        yield from ()

    fixed = fix(path, LEDGER, TextRule("HR2", Severity.WARNING, find, (), ()))
    assert ids(fixed) == ["fix-changed-meanwhile"]
    assert path.read_text("utf-8") == "别人写的"


@given(st.data())
def test_again_changes_nothing(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever the text and the rules, a second run changes nothing, and without rules' words nothing is changed."""
    letters = "甲乙丙,。 "
    texts = st.text(st.sampled_from(letters + "\n\r\t😀１２"), max_size=30)
    words = st.text(st.sampled_from(letters), min_size=1, max_size=3)
    rules = [
        replacing(
            data.draw(st.dictionaries(words, st.text(st.sampled_from(letters), max_size=2), max_size=3)), f"HR{n}"
        )
        for n in range(data.draw(st.integers(1, 3)))
    ]
    path = tmp_path_factory.mktemp("texts") / "稿.txt"
    before = (data.draw(texts) + "文").encode(data.draw(st.sampled_from(ENCODINGS)))
    path.write_bytes(before)
    fixed = fix(path, *rules)
    after = path.read_bytes()
    assert bool(fixed.changed) is (before != after)
    again = fix(path, *rules)
    assert path.read_bytes() == after
    assert again.changed == ()


@given(st.data())
def test_rounds_of_edits_are_one(data: st.DataObject) -> None:
    """Edits of edits, told as edits of what was there first, give the same text."""
    tracked = Tracked(data.draw(st.text(st.sampled_from("甲乙丙"), max_size=12)))
    first = tracked.now
    for _ in range(data.draw(st.integers(0, 3))):
        cuts = sorted(data.draw(st.sets(st.integers(0, len(tracked.now)), max_size=6)))
        edits = [
            Edit(a, b, data.draw(st.text("丁戊", max_size=2))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        expected = applied(tracked.now, edits)
        tracked.edit(edits)
        assert tracked.now == expected
    assert applied(first, tracked.edits()) == tracked.now


class TestCommand:
    """The command itself: what it prints, what it writes, how it ends."""

    @pytest.fixture(autouse=True)
    def rules(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Check with rules of a test's own: one that is certain, one that is not."""

        def find(subject: Subject) -> Iterator[Finding]:
            for passage in subject.passages:
                if "存疑" in passage.text:
                    yield Finding("存疑。", Spot(passage, 0, 2), "看看。")

        rules = (LEDGER, TextRule("HR9", Severity.WARNING, find, (), ()))
        monkeypatch.setattr(running, "RULES", rules)

    def test_it_says_what_it_changed(self, cli: Cli, here: Path) -> None:
        """Changes are talk, what remains is the result and makes the exit code."""
        (here / "a.txt").write_text("台帐\n" * 7 + "存疑\n", "utf-8")
        done = cli("check", "a.txt", "--fix")
        assert done.code == 1
        assert "a.txt: 改了7处。\n  第1行：“台帐”→“台账”\n" in done.err
        assert "另有2处" in done.err
        assert done.out.count("[HR") == 1
        assert "a.txt:8:1" in done.out
        (here / "a.txt").write_text("台帐\n", "utf-8")
        assert cli("check", "a.txt", "--fix").code == 0
        done = cli("check", "a.txt", "--fix")
        assert (done.code, done.out, done.err) == (0, "", "检查了1份：没有发现问题。\n")

    def test_diff(self, cli: Cli, here: Path) -> None:
        """The difference is all that is printed, nothing is written, and ``patch`` does what ``--fix`` does."""
        text = (
            "".join(f"第{number}行{'台帐' if number in (1, 9, 10, 30) else ''}\n" for number in range(1, 31)) + "台帐"
        )
        (here / "a.txt").write_text(text, "utf-8")
        done = cli("check", "a.txt", "--fix", "--diff")
        assert done.code == 1
        assert "可以改5处" in done.err
        assert (here / "a.txt").read_text("utf-8") == text
        assert done.out.startswith("--- a.txt\n+++ a.txt\n@@ -1,4 +1,4 @@\n-第1行台帐\n+第1行台账\n 第2行\n")
        assert cli("check", "a.txt", "--diff").out == done.out
        subprocess.run(["patch", "-p0"], cwd=here, input=done.out.encode(), check=True, capture_output=True)
        assert (here / "a.txt").read_text("utf-8") == text.replace("台帐", "台账")
        assert cli("check", "a.txt", "--fix", "--diff").out == ""

    def test_what_is_refused(self, cli: Cli, here: Path) -> None:
        """Standard input and old documents cannot be changed; the other files are."""
        (here / "a.txt").write_text("台帐\n", "utf-8")
        done = cli("check", "-", "a.txt", "--fix", stdin="台帐".encode())
        assert done.code == 2
        assert "[fix-standard-input]" in done.err
        assert (here / "a.txt").read_text("utf-8") == "台账\n"
        for suffix in (".doc", ".wps", ".rtf", ".odt"):
            (here / f"b{suffix}").write_bytes(b"text")
            assert "[fix-old-word]" in cli("check", f"b{suffix}", "--fix").err

    def test_rtf_that_is_called_txt(self, cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What can be read only because it was converted cannot be changed, whatever its name."""
        monkeypatch.setattr("healthreport.reading.converting.to_docx", lambda *_: docx(p("台帐")))
        (here / "a.txt").write_bytes(b"{\\rtf1 a}")
        done = cli("check", "a.txt", "--fix")
        assert "[fix-old-word]" in done.err
        assert os.listdir(here) == ["a.txt"]

    def test_a_word_file(self, cli: Cli, here: Path) -> None:
        """What remains is looked for in the copy; a second run finds the copy as it is."""
        before = docx(p("台帐") + p("存疑"))
        (here / "a.docx").write_bytes(before)
        for _ in range(2):
            done = cli("check", "a.docx", "--fix")
            assert done.code == 1
            assert done.out.startswith("a-修改.docx:第2段第1字: 警告 存疑。 [HR9]")
            assert "a.docx: 改了1处，写在“a-修改.docx”里" in done.err
            assert (here / "a.docx").read_bytes() == before
        assert cli("check", "a.docx", "--diff").out == ("--- a.docx\n+++ a-修改.docx\n@@ 第1段 @@\n-台帐\n+台账\n")

    def test_a_copy_that_is_another(self, cli: Cli, here: Path) -> None:
        """A copy that is not what would be written now is never overwritten."""
        (here / "a.docx").write_bytes(docx(p("台帐")))
        (here / "a-修改.docx").write_bytes(b"edited")
        done = cli("check", "a.docx", "--fix")
        assert done.code == 2
        assert "[fix-copy-exists]" in done.err
        assert (here / "a-修改.docx").read_bytes() == b"edited"
