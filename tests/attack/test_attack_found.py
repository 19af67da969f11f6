"""What longer runs found, tried again; and that what tries them finds what is wrong."""

from __future__ import annotations

import sys
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

import exact
import found
import kinds
import mutating
import pytest
import stopping
import trial
import watching
from exact import Expected
from stopping import Limit, Work
from trial import Case

from healthreport.cli import console
from healthreport.diagnostics import Diagnostic, Position, Related

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and processes of this kind are Linux's")
REPORT = {"x.yaml": "体裁: 通用\n标题: 甲\n内容: 乙\n".encode()}
RENDER = Case("YAML", REPORT, ("render", "x.yaml"), ("x.docx",))


@pytest.mark.parametrize("name", found.kept())
def test_what_was_found(name: str, tmp_path: Path) -> None:
    """A case that once went wrong ends soundly."""
    assert trial.run(found.read(name), tmp_path / "case").fault == ""


def test_a_sound_case(tmp_path: Path) -> None:
    """A report that is written, and one that is refused, are no faults."""
    assert trial.run(RENDER, tmp_path / "case")[:2] == ("", 0)
    refused = RENDER._replace(files={"x.yaml": b"a: b\n"})
    assert trial.run(refused, tmp_path / "case")[:2] == ("", 2)


def fails() -> None:
    """Be wrong."""
    raise LookupError


def loops() -> None:
    """Never end."""
    while True:
        pass


def fills() -> None:
    """Take all memory there is."""
    filled = []
    while True:
        filled.append(bytearray(10_000_000))


def escapes() -> None:
    """End in no way that a command ends."""
    raise GeneratorExit


def writes_half() -> None:
    """Write what is no Word file."""
    with open("x.docx", "wb") as half:
        half.write(b"PK\x03\x04")


def writes_more() -> None:
    """Write what nobody asked for."""
    with open("y.docx", "wb") as other:
        other.write(b"")


def writes_outside() -> None:
    """Write into the folder above."""
    with open("../../elsewhere.txt", "w") as other:
        other.write("x")


def starts() -> None:
    """Start another program."""
    import subprocess

    subprocess.run(["true"], check=True)


def calls() -> None:
    """Call an address."""
    import socket

    socket.create_connection(("127.0.0.1", 9), timeout=1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (fails, "a mistake of the program"),
        (loops, "took more than 1 s"),
        (fills, "took more than 500 MB"),
        (escapes, "an exception came out of the command"),
        (writes_half, "wrote x.docx that is not whole"),
        (writes_more, "wrote y.docx, which nobody asked for"),
        (writes_outside, "wrote outside of its folder"),
        (starts, "started a program or called an address"),
        (calls, "started a program or called an address"),
    ],
)
def test_what_is_wrong_is_seen(
    wrong: Callable[[], None], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that fails, does not end, or writes, starts or calls what it should not, is a fault."""
    from healthreport.jobs import render

    monkeypatch.setattr(trial, "SECONDS", 1 if wrong is loops else 5)

    def job(*_: object, **__: object) -> list[object]:
        wrong()
        return []

    monkeypatch.setattr(render, "render", job)
    assert trial.run(RENDER, tmp_path / "case").fault.startswith(told)
    assert not (tmp_path / "elsewhere.txt").exists()


def test_a_case_is_made_small_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a case that goes wrong the lines that make it go wrong stay, and it is read as it was kept."""
    monkeypatch.setattr(trial, "broken", lambda *_: "as always")
    longer = REPORT["x.yaml"] + "附注: 丙\n单位: 丁\n".encode()
    case = RENDER._replace(files={"x.yaml": longer, "y.txt": b"1\n2\n3\n"})
    fault = trial.run(case, tmp_path / "case").fault
    smallest = found.smaller(case, fault, tmp_path, 20)
    assert smallest.files.keys() == {"x.yaml"}
    assert len(smallest.files["x.yaml"].splitlines()) < len(case.files["x.yaml"].splitlines())
    name = found.keep(smallest, tmp_path / "found")
    assert found.kept(tmp_path / "found") == [name]
    assert found.read(name, tmp_path / "found") == smallest


def test_mutations_come_again() -> None:
    """The same seed makes the same case, another another; nearly all differ from what they are made of."""
    given = kinds.material(None)
    made = [[kind(given, Random(f"{seed}-{at}")) for at, kind in enumerate(kinds.KINDS)] for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]
    sheet = given.sheets[0][1]
    assert sum(mutating.archive(sheet, Random(seed)) != sheet for seed in range(20)) >= 19


@pytest.mark.parametrize(
    ("printed", "expected", "right"),
    [
        ("12.3座", Expected(Fraction(1225, 100), "座"), True),
        ("12.2座", Expected(Fraction(1225, 100), "座"), False),
        ("12.3个", Expected(Fraction(1225, 100), "座"), False),
        ("100%", Expected(Fraction(9996, 100), "%"), False),
        ("99.96%", Expected(Fraction(9996, 100), "%"), True),
        ("75%", Expected(Fraction(7496, 100), "%", apart=(Fraction(75),)), False),
        ("增长8%", Expected(Fraction(8), "%", changes=True), True),
        ("下降8%", Expected(Fraction(8), "%", changes=True), False),
        ("持平", Expected(Fraction(1, 10**6), "%", changes=True), False),
        ("持平", Expected(Fraction(0), "%", changes=True), True),
        ("达标", Expected(Fraction(0), "", words="未达标"), False),
        ("8%", Expected(Fraction(8), "%", digits=1), False),
        ("8.0%", Expected(Fraction(8), "%", digits=1), True),
    ],
)
def test_wrong_numbers_are_seen(printed: str, expected: Expected, right: bool) -> None:
    """A number that is rounded down, of another unit or direction, or says what is not so, is seen."""
    assert (exact.wrong(printed, expected) == "") == right


def test_some_numbers() -> None:
    """A few hundred numbers are printed as fractions say; the longer run tries a hundred thousand."""
    count, faults = exact.check(500, Random(1), lambda _: None)
    assert (count >= 500, faults) == (True, [])


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> list[Work]:
    """Return the commands that write documents, with what they write when nobody disturbs them."""
    return stopping.works(tmp_path_factory.mktemp("works"))


def test_some_kills(works: list[Work], tmp_path: Path) -> None:
    """A few runs that are killed, and that are two at once, leave whole files; the longer run does it 200 times."""
    assert stopping.killed(works, Limit(3), tmp_path, Random(1), lambda _: None) == (3, [], "")
    assert stopping.two(works, Limit(3), tmp_path, Random(1), lambda _: None) == (3, [], "")


def test_what_is_left_is_judged(works: list[Work], tmp_path: Path) -> None:
    """A file that is half, and one that is gone, are told; so is a command that does not make them good."""
    work = works[0]
    assert work.wrong({"x.docx": work.new["x.docx"][:-1]}) == ["render: x.docx is neither old nor new"]
    assert work.wrong({}) == ["render: x.docx is gone"]
    work.started(tmp_path / "place").kill(after=0)
    (tmp_path / "place" / "work" / "more.txt").write_text("甲", "utf-8")
    assert len(work.finished(tmp_path / "place")) == 1


def test_all_that_is_done_is_seen() -> None:
    """Audit events are told by what they do."""
    kinds_of = {
        ("open", ("x", "r", 0)): "reads",
        ("open", ("x", "w", 577)): "writes",
        ("open", ("x", None, 1)): "writes",
        ("os.rename", ("x", "y", -1, -1)): "writes",
        ("os.listdir", ("x",)): "lists",
        ("subprocess.Popen", ("x", (), None, None)): "starts",
        ("socket.connect", (None, ("127.0.0.1", 9))): "calls",
    }
    for (event, arguments), kind in kinds_of.items():
        assert {act.kind for act in watching.acts(event, arguments)} == {kind}
    assert watching.acts("open", (3, "w", 1)) == []
    assert watching.acts("compile", ("x", "y")) == []


def test_places_without_end_are_counted() -> None:
    """A mistake that has 800 places beside it shows twenty, and says how many more there are."""
    related = tuple([Related(Position("x.csv", line), "这里") for line in range(1, 801)])
    told = console.format_diagnostic(
        Diagnostic("twice", "写了多次。", Position("x.csv", 900), related=related), lambda _: ""
    )
    assert len([line for line in told if "这里" in line]) == 20
    assert told[-1] == "  另有780处。"


@pytest.mark.parametrize(
    ("text", "cut"), [("甲" * 38, "甲" * 38), ("甲" * 39, "甲" * 37 + "…"), ("a" * 77, "a" * 75 + "…")]
)
def test_a_line_is_cut_to_the_console(text: str, cut: str) -> None:
    """A line of more than 76 columns is cut, and the mark that says so fits in."""
    shown = console.format_diagnostic(Diagnostic("x", "x。", Position("x.csv", 1, 1)), lambda _: text)[1]
    assert shown == f"  1 │ {cut}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_keeps_its_encoding(encoding: str) -> None:
    """A text that was mended in the encoding it had is whole."""
    assert trial.broken("甲.md", "清河区卫生健康局".encode(encoding)) == ""


def test_mistakes_without_end_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Of 3,000 mistakes a thousand are shown, and the rest are counted."""
    mistakes = [Diagnostic("x", f"第{line}处。", Position("x.csv", line)) for line in range(1, 3001)]
    console.report(mistakes, lambda _: "")
    told = capsys.readouterr().err
    assert (told.count("[x]"), "另有2000处没有列出" in told) == (1000, True)


def test_a_key_that_stands_ten_thousand_times(tmp_path: Path) -> None:
    """A file of a megabyte in which every line is the same key ends within its time."""
    line = "附注: 为进一步加强合理用药的能力，我院开展了形式多样的宣传活动，现将活动情况报告如下\n"
    case = RENDER._replace(files={"x.yaml": REPORT["x.yaml"] + line.encode() * 10_000})
    assert trial.run(case, tmp_path / "case")[:2] == ("", 2)
