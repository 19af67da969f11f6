"""Full disks, names that are too long, foreign archives, mistakes of the program: one line, never a traceback."""

from __future__ import annotations

import io
import os
import re
import signal
import struct
import subprocess
import sys
import time
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from healthreport.cli import console
from healthreport.diagnostics import Diagnostic, Position
from healthreport.disk import cache
from healthreport.disk.read import reason
from healthreport.jobs import render
from healthreport.writing import file_names
from healthreport.writing.docx import package
from word_files import docx, p

if TYPE_CHECKING:
    from conftest import Cli

REPORT = "体裁: 通用\n标题: 甲\n单位: 清河区卫生健康局\n指标: {改厕: {数值: 3, 单位: 座}}\n内容: '完成{{ 改厕 }}。'\n"
TOO_LONG = "长" * 100
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="devices and signals of this kind are Linux's")


def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    command = [sys.executable, "-m", "healthreport", *arguments]
    return subprocess.run(command, text=True, check=False, timeout=60, stderr=subprocess.PIPE, **more)  # type: ignore[call-overload, no-any-return]


@LINUX
@pytest.mark.parametrize(
    "arguments",
    [("figures", "x.yaml"), ("render", "x.yaml"), ("check", "x.yaml", "--format", "json"), ("schema",), ("--help",)],
)
def test_a_full_disk_behind_stdout(arguments: tuple[str, ...], here: Path) -> None:
    """Results that cannot be written are told in one line, and the exit code says so."""
    (here / "x.yaml").write_text(REPORT, "utf-8")
    with Path("/dev/full").open("w") as full:
        ended = run(*arguments, stdout=full)
    assert (ended.returncode, "磁盘已满" in ended.stderr) == (2, True)
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "healthreport", "render", "y.yaml"]
        assert subprocess.run(command, check=False, timeout=60, stderr=full).returncode == 2


@LINUX
def test_who_takes_the_results_may_go(here: Path) -> None:
    """A reader that has enough ends the program without a word."""
    (here / "x.yaml").write_text(REPORT, "utf-8")
    reads, writes = os.pipe()
    os.close(reads)
    ended = run("schema", stdout=writes)
    os.close(writes)
    assert (ended.returncode, ended.stderr) == (1, "")


@LINUX
@pytest.mark.parametrize(
    "arguments",
    [
        ("render", "名.yaml"),
        ("render", "x.yaml", "-o", "名.docx"),
        ("render", "x.yaml", "-o", "名/x.docx"),
        ("render", "x.yaml", "--templates", "名"),
        ("check", "名.yaml"),
        ("check", "名"),
        ("check", "x.yaml", "--last-year", "名.docx"),
        ("import", "名.docx"),
        ("import", "x.txt", "-o", "名.yaml"),
        ("figures", "名.yaml"),
        ("figures", "x.yaml", "-o", "名.csv"),
        ("figures", "x.yaml", "-o", "名.xlsx"),
        ("batch", "名"),
        ("batch", "x.yaml", "--data", "名.csv"),
        ("sheet", "x.yaml", "-o", "名.csv"),
        ("new", "-o", "名.yaml"),
        ("new", "--from", "名.yaml"),
        ("towns", "x.yaml", "名.txt", "-o", "t"),
        ("template", "show", "名"),
        ("render", "继承.yaml"),
        ("render", "图片.yaml"),
        ("render", "指标文件.yaml"),
    ],
)
def test_names_that_are_too_long(arguments: tuple[str, ...], here: Path, cli: Cli) -> None:
    """A name of more than 255 bytes is no name, wherever a file is named; nothing is written."""
    (here / "x.yaml").write_text(REPORT, "utf-8")
    (here / "x.txt").write_text("清河区工作总结\n一是加强领导。\n", "utf-8")
    (here / "继承.yaml").write_text(f"继承: {TOO_LONG}.yaml\n", "utf-8")
    (here / "图片.yaml").write_text(f"标题: 甲\n内容: {{图片: {{文件: {TOO_LONG}.png}}}}\n", "utf-8")
    (here / "指标文件.yaml").write_text(f"标题: 甲\n指标文件: {TOO_LONG}.csv\n内容: 乙\n", "utf-8")
    before = {path.name for path in here.iterdir()}
    result = cli(*(word.replace("名", TOO_LONG) if "指标" not in word else word for word in arguments))
    assert result.code == 2
    assert "错误" in result.err
    assert "[program-error]" not in result.err
    assert {path.name for path in here.iterdir()} - {"t"} == before


def test_the_system_speaks_chinese() -> None:
    """Whatever the system refuses, no word of English is told."""
    told = {reason(OSError(number, os.strerror(number))) for number in range(1, 134)}
    assert not [words for words in told if re.search("[A-Za-z]", words)]
    assert reason(OSError(28, "No space left on device")) == "磁盘已满"
    assert reason(PermissionError(13, "Permission denied")) == "没有权限，或文件正被别的程序打开"


def locked() -> bytes:
    """Return a zip whose members want a password."""
    path = Path("锁.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("docProps/custom.xml", "甲")
        archive.writestr("word/document.xml", "乙")
    data = bytearray(path.read_bytes())
    path.unlink()
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + flag] |= 1
    return bytes(data)


def test_a_foreign_archive_at_the_name_of_the_output(here: Path, cli: Cli) -> None:
    """A zip with a password, cut or altered anywhere, is somebody's: it is neither written over nor stumbled on."""
    (here / "x.yaml").write_text(REPORT, "utf-8")
    assert cli("render", "x.yaml", "-o", "y.docx").code == 0
    whole = (here / "y.docx").read_bytes()
    altered = [whole[:at] for at in range(0, len(whole), 997)]
    altered += [
        whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(len(whole) - 700, len(whole), 7)
    ]
    path = here / "z.docx"
    for data in (locked(), b"", b"PK", *altered):
        path.write_bytes(data)
        package.stamp(path)
    path.write_bytes(locked())
    result = cli("render", "x.yaml", "-o", "z.docx")
    assert (result.code, "[edited]" in result.err, path.read_bytes() == locked()) == (1, True, True)


@pytest.mark.parametrize("epoch", ["9" * 30, "²", "-5", "明天", "253402300800", "1e3"])
def test_a_time_that_is_none(epoch: str, here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SOURCE_DATE_EPOCH that is no time is refused in one message before anything is written; a text needs none."""
    for name in ("x.yaml", "y.yaml"):
        (here / name).write_text(REPORT, "utf-8")
    (here / "old.docx").write_bytes(docx(p("台帐")))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    for arguments in (["render", "x.yaml"], ["batch", ".", "-o", "out"], ["check", "--fix", "old.docx"]):
        result = cli(*arguments)
        assert result.code == 2, arguments
        assert result.err.count("[bad-epoch]") == 1
        assert "Traceback" not in result.err
        assert [path.name for path in here.rglob("*.docx")] == ["old.docx"]
    assert cli("render", "x.yaml", "--to", "txt").code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert cli("render", "x.yaml").code == 0


def png(width: int, height: int) -> bytes:
    """Return a grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    """Return a grey JPEG with a preview in it: what ends the preview does not end the picture."""
    saved = io.BytesIO()
    Image.new("L", (8, 8), 128).save(saved, "JPEG")
    data = saved.getvalue()
    return data[:2] + b"\xff\xe2\x00\x08\xff\xd8\xff\xd9\x00\x00" + data[2:]


JPEG = jpeg()


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        (png(200, 200), ""),
        (png(200, 200)[:-12], "不是完好的"),
        (png(200, 200)[:60], "不是完好的"),
        (JPEG, ""),
        (JPEG[:-6], "不是完好的"),
        (JPEG[: len(JPEG) // 2], "不是完好的"),
        (png(20_000, 1), "太扁或太长"),
        (png(1, 20_000), "太扁或太长"),
    ],
)
def test_pictures_that_show_nothing(picture: bytes, told: str, here: Path, cli: Cli) -> None:
    """A picture that is cut off in its data, or would be set with a side of nothing, is told; a whole one is shown."""
    (here / "图.png").write_bytes(picture)
    (here / "x.yaml").write_text("体裁: 通用\n标题: 甲\n内容: {图片: {文件: 图.png}}\n", "utf-8")
    result = cli("render", "x.yaml")
    assert (result.code, "[bad-picture]" in result.err) == ((2, True) if told else (0, False)), result.err
    assert told in result.err


@pytest.mark.parametrize("width", ["0mm", "-5mm", "0.0001mm", "9" * 4000 + "mm", "559mm", "99cm"])
def test_widths_that_cannot_be(width: str, here: Path, cli: Cli) -> None:
    """A width of nothing, or of more than Word has, is told at its place."""
    (here / "图.png").write_bytes(png(20, 20))
    (here / "x.yaml").write_text(f"体裁: 通用\n标题: 甲\n内容: {{图片: {{文件: 图.png, 宽: {width}}}}}\n", "utf-8")
    result = cli("render", "x.yaml")
    assert (result.code, "x.yaml:3:" in result.err, "[bad-length]" in result.err) == (2, True, True)


def test_too_many_pictures(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pictures of a report together have a limit; one that is shown again is in the file once."""
    all_of_them = [png(20, 20 + number) for number in range(4)]
    for number, data in enumerate(all_of_them):
        (here / f"{number}.png").write_bytes(data)
    monkeypatch.setattr("healthreport.composing.resolve.MOST_BYTES", sum(map(len, all_of_them[:3])))
    for name, shown in (("x", "0120120"), ("y", "0123")):
        figures = "".join(f"  - {{图片: {{文件: {number}.png}}}}\n" for number in shown)
        (here / f"{name}.yaml").write_text(f"体裁: 通用\n标题: 甲\n内容:\n{figures}", "utf-8")
    assert cli("render", "x.yaml").code == 0
    result = cli("render", "y.yaml")
    assert (result.code, "[too-large]" in result.err) == (2, True)


@pytest.mark.parametrize("digits", ["9" * 4500, "²²", "-1", "7", "１０"])
def test_digits_that_cannot_be(digits: str, here: Path, cli: Cli) -> None:
    """小数位 that is no number from 0 to 6 is told, however long it is."""
    (here / "x.yaml").write_text(REPORT.replace("单位: 座", f"单位: 座, 小数位: {digits}"), "utf-8")
    result = cli("render", "x.yaml")
    assert (result.code, "[bad-digits]" in result.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("白\u200b石\u202e镇\ufeff", "白石镇"),
        ("\u2066白石镇\u2069", "白石镇"),
        ("白石镇\u3164", "白石镇"),
        ("COM¹", "_COM¹"),
        ("lpt³.txt", "_lpt³.txt"),
        ("CONIN$", "_CONIN$"),
        ("conout$ .x", "_conout$ .x"),
        ("\u200b", "_"),
        ("𠀀" * 80, "𠀀" * 60),
        ("镇" * 90, "镇" * 80),
    ],
)
def test_names_are_what_they_look_like(name: str, safe: str, tmp_path: Path) -> None:
    """A file's name has no character that nobody sees, is no device's, and can be written."""
    assert file_names.safe(name) == safe
    (tmp_path / f"{safe}.docx.bak99").write_bytes(b"")


def test_the_last_resort(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of the program is one line and a file to send in, which says where it is and nothing of the data."""
    monkeypatch.setattr("healthreport.disk.cache.cache_folder", lambda: here)
    (here / "x.yaml").write_text(REPORT, "utf-8")

    def fail(*_: object, **__: object) -> None:
        raise LookupError("白石镇有3人")

    monkeypatch.setattr(render, "render", fail)
    result = cli("render", "x.yaml")
    assert result.code == 2
    first, second = result.err.splitlines()
    assert first == "错误 程序自己出错了（LookupError），不是您的文件有错。 [program-error]"
    assert str(here / "last-error.txt") in second
    account = (here / "last-error.txt").read_text("utf-8")
    assert "render" in account
    assert "LookupError" in account
    assert "白石镇" not in account
    monkeypatch.setattr(cache, "cache_folder", lambda: None)
    assert "请把运行的命令" in cli("render", "x.yaml").err


def test_no_memory(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where memory ends, that is told."""
    (here / "x.yaml").write_text(REPORT, "utf-8")

    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(render, "render", fail)
    result = cli("render", "x.yaml")
    assert (result.code, "[out-of-memory]" in result.err) == (2, True)


def workers_of(parent: int) -> list[int]:
    """Return the processes that a process has started."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text("utf-8")
    return [int(number) for number in listed.split()]


def is_there(process: int) -> bool:
    """Say whether a process lives."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@LINUX
def test_workers_end_with_their_parent(here: Path) -> None:
    """Where the process that hands out the work is killed, none of its workers goes on."""
    (here / "x.yaml").write_text(REPORT.replace("数值: 3, ", ""), "utf-8")
    rows = "".join(f"第{number}镇,{number}\n" for number in range(20_000))
    (here / "t.csv").write_text(f"乡镇,改厕\n{rows}", "utf-8")
    command = [sys.executable, "-m", "healthreport", "batch", "x.yaml", "--data", "t.csv", "-o", "out", "-j", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as batch:
        end = time.monotonic() + 60
        while not (
            len(workers := workers_of(batch.pid)) == 2
            and (here / "out").exists()
            and len([*(here / "out").iterdir()]) > 50
        ):
            assert batch.poll() is None
            assert time.monotonic() < end
            time.sleep(0.05)
        batch.send_signal(signal.SIGKILL)
    while any(map(is_there, workers)):
        assert time.monotonic() < end
        time.sleep(0.05)
    for document in (here / "out").glob("*.docx"):
        assert package.stamp(document).untouched


BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
UNSEEN = ["\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\x1b", "\x7f", "\x85", "\u2028", "\r"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no file can be named so")
@pytest.mark.parametrize("char", UNSEEN)
def test_messages_name_files_as_they_are(char: str, here: Path, cli: Cli) -> None:
    """A character in a file's name that nobody sees, or that turns the order of others, is named in every message."""
    name, shown = f"总结{char}xcod.yaml", f"总结⟨U+{ord(char):04X}⟩xcod"
    townships = here / "乡镇"
    townships.mkdir()
    (here / "a.yaml").write_text(f"继承: {name}\n成积: 1\n", "utf-8")
    for number, folder in enumerate((here, townships, townships)):
        (folder / f"{number}{name}").write_text(f"{REPORT}成积: {number}\n", "utf-8")
    for kind in ("csv", "docx", "txt"):
        (here / name.replace("yaml", kind)).write_bytes(b"")
    (here / name.replace("xcod", "2")).write_text(REPORT.replace("{{ 改厕 }}", "，3座,"), "utf-8")
    commands = [
        ["render", f"0{name}"], ["render", name], ["render", "a.yaml"], ["batch", "乡镇", "-o", "out"],
        ["batch", f"0{name}", "--data", name.replace("yaml", "csv")], ["overview", "乡镇"], ["figures", f"0{name}"],
        ["check", f"0{name}"], ["check", name.replace("xcod", "2")], ["check", name.replace("yaml", "docx")],
        ["import", name.replace("yaml", "docx"), "-o", "n.yaml"], ["new", "--from", f"0{name}", "-o", "n.yaml"],
        ["sheet", f"0{name}", "-o", name.replace("yaml", "xlsx")], ["rollup", "乡镇"],
        ["towns", f"0{name}", "没有", "-o", "t"],
    ]  # fmt: skip
    told = ""
    for arguments in commands:
        result = cli(*arguments)
        told += result.err + (result.out if result.out != f"{arguments[-1]}\n" else "")
        assert char not in told.replace("\r\n", ""), arguments
    assert told.count(shown) >= len(commands)


@given(st.text(max_size=30))
def test_a_line_of_a_message_is_one(name: str) -> None:
    """Whatever a file is called, its name adds no line to a message, no order to the console, and hides nothing."""
    found = Diagnostic("x", f"没有“{name}”。", Position(name), hint=f"请看“{name}”。")
    first, hint = console.format_diagnostic(found, lambda _: "")
    for line in (first, hint):
        assert not {unicodedata.category(char) for char in line} & {"Cc", "Zl", "Zp"} or "\t" in line
        assert all(unicodedata.bidirectional(char) not in BIDI for char in line)
    unseen = any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in name.replace("\t", ""))
    assert ("⟨U+" in first) or not unseen
