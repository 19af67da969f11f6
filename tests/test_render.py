"""The command: where documents go, what is said where, and what is never lost."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest

from helpers import GENERAL, Result, command

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

GOOD, BAD = GENERAL + "内容: 甲乙丙。\n", "体裁: 通用\n标提: 甲\n"


@pytest.fixture
def reports(here: Path) -> Path:
    """Work in a folder with two good reports and a bad one."""
    for name in ("甲.yaml", "乙.yaml"):
        (here / name).write_text(GOOD, encoding="utf-8")
    (here / "坏.yaml").write_text(BAD, encoding="utf-8")
    return here


def files(folder: Path) -> set[str]:
    """Return the paths of all files below a folder but the reports."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.suffix != ".yaml"}


def add_paragraph(path: Path) -> None:
    """Save a Word file as a person would who wrote a paragraph into it."""
    document = docx.Document(str(path))
    document.add_paragraph("修改")
    document.save(str(path))


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ("甲.yaml", "甲.docx"),
        ("甲.yaml 乙.yaml", "甲.docx 乙.docx"),
        ("甲.yaml --to txt", "甲.txt"),
        ("甲.yaml --to docx,txt", "甲.docx 甲.txt"),
        ("甲.yaml -o 报告.docx", "报告.docx"),
        ("甲.yaml -o 报告.txt", "报告.txt"),
        ("甲.yaml -o 报告.docx --to docx,txt", "报告.docx 报告.txt"),
        ("甲.yaml -o 新/报告.docx", "新/报告.docx"),
        ("甲.yaml -o 新", "新/甲.docx"),
        ("甲.yaml 乙.yaml -o 新/深", "新/深/甲.docx 新/深/乙.docx"),
        ("甲.yaml 甲.yaml", "甲.docx"),
    ],
)
def test_where_documents_go(arguments: str, written: str, reports: Path, cli: Cli) -> None:
    """Beside the input, or where -o says: a file for one input, else a folder; one line on stdout for each file."""
    result = cli("render", *arguments.split())
    assert (result.code, result.out) == (0, written.replace(" ", "\n") + "\n")
    assert files(reports) == set(written.split())


def test_streams(reports: Path, cli: Cli) -> None:
    """Files written are told on stdout, characters on stderr; --quiet says nothing but errors."""
    assert cli("render", "甲.yaml", "乙.yaml") == Result(0, "甲.docx\n乙.docx\n", "甲.yaml：8字\n乙.yaml：8字\n")
    assert cli("render", "甲.yaml", "-q") == Result(0, "甲.docx\n", "")
    (reports / "甲.yaml").write_text(GENERAL + "章节: [{标题: 甲, 待补: 是}]", encoding="utf-8")
    assert "警告" in cli("render", "甲.yaml").err
    assert cli("render", "甲.yaml", "--quiet").err == ""


def test_strict(reports: Path, cli: Cli) -> None:
    """With --strict a warning is an error: nothing is written and the exit code is 2; other inputs are written."""
    (reports / "甲.yaml").write_text(GENERAL + "章节: [{标题: 甲, 待补: 是}]", encoding="utf-8")
    result = cli("render", "甲.yaml", "--to", "docx,txt", "--strict", "-q")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("甲.yaml:3:18: 错误 “甲”还没有写（待补），留了空白。 [todo]\n")
    assert files(reports) == set()
    assert cli("render", "甲.yaml", "乙.yaml", "--strict")[:2] == (1, "乙.docx\n")
    assert cli("render", "甲.yaml").code == 0


def test_strict_drafts(here: Path, cli: Cli) -> None:
    """A draft has no gaps when strict: they are errors as they are without --draft."""
    (here / "甲.yaml").write_text(GENERAL + "内容: 共{{ 年度 }}。\n", encoding="utf-8")
    assert cli("render", "甲.yaml", "--draft").code == 0
    result = cli("render", "甲.yaml", "--draft", "--strict")
    assert (result.code, "错误" in result.err, "[missing-value]" in result.err) == (2, True, True)


def test_many_warnings_of_one_kind(here: Path, cli: Cli) -> None:
    """Of a draft's gaps of one cause the first is shown, the rest by their lines; so are errors."""
    gaps = "".join(f'  - "共{{{{ 甲 }}}}，{number}。"\n' for number in range(8))
    (here / "甲.yaml").write_text(GENERAL + "指标: {甲: {单位: 个}}\n内容:\n" + gaps, encoding="utf-8")
    drafted = cli("render", "甲.yaml", "--draft").err
    assert drafted.count("警告 “甲”还没有数值。 [missing-value]") == 1
    assert "同样的还在第6、7、8、9、10、11、12行。" in drafted
    assert "--draft" not in drafted
    assert cli("render", "甲.yaml").err.count("错误 “甲”还没有数值。 [missing-value]") == 1


def test_standard_input(here: Path, cli: Cli) -> None:
    """``-`` reads standard input; it has no name of its own, so -o must give one."""
    assert cli("render", "-", "-o", "报告.docx", stdin=GOOD.encode()) == Result(0, "报告.docx\n", "-：8字\n")
    wrong = cli("render", "-", "-o", "错.docx", stdin=BAD.encode())
    assert (wrong.code, wrong.err.splitlines()[1]) == (2, "  2 │ 标提: 甲")
    assert cli("render", "-", stdin=GOOD.encode()).code == 2
    assert cli("render", "-", "-o", "文件夹", stdin=GOOD.encode()).code == 2
    assert files(here) == {"报告.docx"}


@pytest.mark.parametrize(
    ("arguments", "id"),
    [
        ("甲.yaml 新/甲.yaml -o 出", "same-output"),
        ("甲.yaml 甲.yml", "same-output"),
        ("乙.yaml 甲.txt --to txt", "output-is-input"),
        ("甲.yaml -o 乙.yaml", "bad-output"),
        ("甲.yaml -o 甲.pdf", "bad-output"),
        ("甲.yaml -o 报告.txt --to docx", "bad-output"),
        ("甲.yaml -o -", "bad-output"),
        ("甲.yaml 乙.yaml --layout 没有", "unknown-layout"),
        ("甲.yaml --templates 没有", "not-found"),
    ],
)
def test_nowhere_to_write(arguments: str, id: str, reports: Path, cli: Cli) -> None:
    """Outputs that collide, overwrite an input or cannot be: exit 2 before anything is written."""
    for other in ("新/甲.yaml", "甲.yml", "甲.txt"):
        (reports / other).parent.mkdir(exist_ok=True)
        (reports / other).write_text(GOOD, encoding="utf-8")
    before = files(reports)
    result = cli("render", *arguments.split())
    assert (result.code, result.out) == (2, "")
    assert re.search(rf"错误 .*\[{id}\]\n(.*\n)*  → ", result.err)
    assert files(reports) == before


def test_bad_among_good(reports: Path, cli: Cli) -> None:
    """Good reports are written, every mistake of every bad one is told, and the exit code is 1."""
    (reports / "坏二.yaml").write_text(BAD + "年度: 明年\n", encoding="utf-8")
    result = cli("render", "坏.yaml", "甲.yaml", "没有.yaml", "坏二.yaml")
    assert (result.code, result.out) == (1, "甲.docx\n")
    assert re.findall(r"^(\S+): 错误 .*\[(.*)\]$", result.err, re.MULTILINE) == [
        ("坏.yaml:2:1", "unknown-key"),
        ("坏二.yaml:2:1", "unknown-key"),
        ("坏二.yaml:3:5", "bad-year"),
        ("没有.yaml", "not-found"),
    ]
    assert cli("render", "坏.yaml", "坏二.yaml").code == 2


def test_unwritable(reports: Path, cli: Cli) -> None:
    """A file that cannot be written is told, the others are written, and nothing half stays behind."""
    (reports / "甲.docx").mkdir()
    result = cli("render", "甲.yaml")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("甲.docx: 错误 写不了文件：同名的文件夹已存在。 [unwritable]\n  → ")
    assert cli("render", "甲.yaml", "乙.yaml")[:2] == (1, "乙.docx\n")
    assert "[unwritable]" in cli("render", "甲.yaml", "-o", "乙.yaml/甲.docx").err
    assert files(reports) == {"乙.docx"}


def test_edited_is_kept(reports: Path, cli: Cli) -> None:
    """A Word file saved by another program is not overwritten; --force keeps every one of them."""
    target = reports / "甲.docx"
    assert cli("render", "甲.yaml").code == 0
    add_paragraph(target)
    edited = target.read_bytes()
    result = cli("render", "甲.yaml", "乙.yaml", "--to", "docx,txt")
    assert (result.code, result.out) == (1, "甲.txt\n乙.docx\n乙.txt\n")
    assert re.search(r"^甲\.docx: 错误 .*别的程序.*\[edited\]\n  → .*--force", result.err, re.MULTILINE)
    assert target.read_bytes() == edited
    assert cli("render", "甲.yaml", "--force").code == 0
    assert (reports / "甲.docx.bak").read_bytes() == edited
    add_paragraph(target)
    assert cli("render", "甲.yaml", "--force").code == 0
    assert {"甲.docx.bak", "甲.docx.bak2"} <= files(reports)
    assert (reports / "甲.docx.bak").read_bytes() == edited
    assert cli("render", "甲.yaml").code == 0


@pytest.mark.parametrize("content", [b"", b"text", "another program's"])
def test_unrelated_is_kept(content: bytes | str, reports: Path, cli: Cli) -> None:
    """A file of that name that this program did not write is not overwritten either."""
    target = reports / "甲.docx"
    if isinstance(content, str):
        docx.Document().save(str(target))
    else:
        target.write_bytes(content)
    before = target.read_bytes()
    assert cli("render", "甲.yaml").code == 1
    assert target.read_bytes() == before


def test_same_input_same_bytes(reports: Path, cli: Cli) -> None:
    """Rendered again, elsewhere, or together with others, a report gives the same bytes; an old output is replaced."""
    target = reports / "乙.docx"
    assert cli("render", "乙.yaml").code == 0
    first = target.read_bytes()
    assert cli("render", "乙.yaml").code == 0
    assert target.read_bytes() == first
    assert cli("render", "乙.yaml", "-o", "别处.docx").code == 0
    assert (reports / "别处.docx").read_bytes() == first
    (reports / "甲.yaml").write_text(GOOD.replace("甲", "丁"), encoding="utf-8")
    assert cli("render", "甲.yaml", "乙.yaml").code == 0
    assert target.read_bytes() == first
    (reports / "乙.yaml").write_text(GOOD.replace("甲", "丁"), encoding="utf-8")
    assert cli("render", "乙.yaml").code == 0
    assert target.read_bytes() != first


def test_stale_partial_file(reports: Path, cli: Cli) -> None:
    """What a killed run left half-written goes with the next one."""
    (reports / ".healthreport-0123456789ab.partial").write_bytes(b"half")
    assert cli("render", "甲.yaml").code == 0
    assert files(reports) == {"甲.docx"}


LOOP = """
from itertools import cycle
from pathlib import Path
from healthreport.reading.reader import Reader
from healthreport.jobs.producing import Options
from healthreport.jobs.render import render
for source in cycle([Path("long.yaml"), Path("short.yaml")]):
    ((_, outcome),) = render([source], Path("x.docx"), Options(("docx", "txt")), Reader())
    print(outcome.status, flush=True)
"""


def test_killed(here: Path) -> None:
    """A run killed at any moment leaves whole files: the old ones or the new ones."""
    (here / "short.yaml").write_text(GOOD, encoding="utf-8")
    (here / "long.yaml").write_text(GENERAL + "内容:\n" + "  - 全区卫生健康工作稳步推进。\n" * 3000, encoding="utf-8")
    texts = set()
    for _ in range(8):
        with subprocess.Popen([sys.executable, "-c", LOOP], cwd=here, stdout=subprocess.PIPE) as process:
            assert process.stdout
            assert [process.stdout.readline() for _ in range(2)] == [b"done\n"] * 2
            time.sleep(random.uniform(0, 0.1))
            process.kill()
        with zipfile.ZipFile(here / "x.docx") as archive:
            assert archive.testzip() is None
        texts.add(len((here / "x.txt").read_text("utf-8")))
    assert len(texts) <= 2
    assert command("render", "short.yaml", "-o", "x.docx", cwd=here).code == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["rendr"], "没有命令“rendr”，是否为“render”？"),
        (["render"], "缺少“文件”。"),
        (["render", "甲.yaml", "--tto", "txt"], "没有选项“--tto”，是否为“--to”？"),
        (["render", "甲.yaml", "--to", "pdf"], "“--to”的值不对：“pdf”不是能写的格式，可选 docx、txt。"),
        (["render", "甲.yaml", "-o"], "选项“-o”后面缺值。"),
        (["render", "甲.yaml", "--draft=1"], "选项“--draft”后面不该有值。"),
        (["figures", "甲.yaml", "--format", "x"], "“--format”的值不对：没有“x”，可选 table、json、csv。"),
        (["sheet", "甲 乙.yaml", "丙.yaml", "丁"], "多写了“丙.yaml 丁”；文件名里有空格的，请加引号。"),
        (["batch", ".", "-j", "x"], "“-j”的值不对：要写整数。"),
        (["batch", ".", "-j", "1.5"], "“-j”的值不对：要写整数。"),
        (["batch", ".", "-j", "-3"], "“-j”的值不对：不能小于0。"),
    ],
)
def test_usage(arguments: list[str], expected: str, reports: Path, cli: Cli) -> None:
    """A mistake on the command line is told in Chinese, with the help of that command, and ends with 2."""
    told = cli(*arguments)
    assert (told.code, told.out, told.err.split("\n")[0]) == (2, "", f"错误 {expected} [usage]")
    way_out = told.err.split("\n")[1]
    known = {
        "  → 用法见 healthreport --help。",
        f"  → 用法见 healthreport {arguments[0]} --help。",
        "  → 用法见 healthreport --help，或在命令后加 --help。",
    }
    assert way_out in known
    assert cli(*way_out.split("healthreport ")[1].split("。")[0].split("，")[0].split()).code == 0
    assert not files(reports)


def test_a_report_where_a_command_should_stand(reports: Path, cli: Cli) -> None:
    """Who names the report alone is told the whole command, which works."""
    told = cli("甲.yaml")
    assert told == Result(2, "", "错误 没有写命令。 [usage]\n  → 生成这份报告：healthreport render 甲.yaml。\n")
    assert cli("render", "甲.yaml").code == 0
    assert files(reports)


def test_console_without_chinese(reports: Path) -> None:
    """A console that cannot show a character gets another in its place; the work is done."""
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = command("render", "甲.yaml", "坏.yaml", cwd=reports, environment=ascii_only)
    assert (result.code, result.out) == (1, "?.docx\n")
    assert "[unknown-key]" in result.err
    assert (reports / "甲.docx").is_file()
    assert command("render", "--help", cwd=reports, environment=ascii_only).code == 0
