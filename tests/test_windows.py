"""What Windows does otherwise: strokes in paths, names it keeps for itself, code page 936, Notepad's encodings.

Nothing here runs on Windows: paths are joined as it joins them, by ``ntpath``, and consoles are simulated.
"""

from __future__ import annotations

import ntpath
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.disk.read import slashed
from healthreport.values.typed import typed
from healthreport.writing import file_names
from helpers import ROOT, command, png
from test_commands import COMMANDS, options
from test_docs import MANUAL, fences
from test_usage import needed

if TYPE_CHECKING:
    from conftest import Cli

BASE = "体裁: 通用\n标题: 情况汇报\n年度: 2022\n指标: {改厕: {单位: 座}}\n内容: 改厕[[{{ 改厕 }}]]。\n"
REPORT = "体裁: 通用\n标题: 情况汇报\n内容: 各项工作进展顺利，疫苗接种1200剂次。\n"
# Names of devices, whatever stands behind a point, in any case; blanks and points at the end go there.
RESERVED = ["CON", "nul", "Prn.txt", "AUX .x", "COM1", "com9.docx", "COM¹", "LPT³", "CONIN$", "conout$"]
KEPT = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³]|conin\$|conout\$) *(\..*)?", re.IGNORECASE)


# Strokes


@pytest.fixture
def apart(here: Path) -> Path:
    """Work where a report's base, figures, picture and townships lie in folders of their own."""
    for folder in ("县", "图", "报告"):
        (here / folder).mkdir()
    (here / "县" / "全县.yaml").write_text(BASE, "utf-8")
    (here / "报告" / "图").mkdir()
    (here / "报告" / "图" / "照片.png").write_bytes(png(40, 30))
    (here / "报告" / "数").mkdir()
    (here / "报告" / "数" / "指标.csv").write_text("名称,单位,数值\n改厕,座,36\n", "utf-8")
    (here / "报告" / "数" / "乡镇.csv").write_text("单位,改厕\n白石镇,30\n青山镇,6\n", "utf-8")
    (here / "报告" / "数" / "名单.txt").write_text("白石镇\n青山镇\n", "utf-8")
    return here


HEAD = "体裁: 通用\n标题: 甲\n"
NAMED = {
    "继承": "继承: ..\\县\\全县.yaml\n指标: {改厕: {数值: 36}}\n",
    "指标文件": HEAD + "指标文件: 数\\指标.csv\n内容: 改厕{{ 改厕 }}。\n",
    "图片": HEAD + "内容: [改厕36座。, {图片: {文件: 图\\照片.png, 图题: 甲}}]\n",
    "汇总来源": HEAD + "指标: {改厕: {单位: 座}}\n汇总来源: 数\\乡镇.csv\n内容: 改厕{{ 改厕 }}。\n",
    "应报": HEAD
    + "指标: {改厕: {单位: 座}}\n汇总来源: {来源: 数\\乡镇.csv, 应报: 数\\名单.txt}\n内容: 改厕{{ 改厕 }}。\n",
    "引号": HEAD + "指标文件: '数\\指标.csv'\n内容: 改厕{{ 改厕 }}。\n",
}


@pytest.mark.parametrize("key", NAMED)
def test_strokes_as_windows_writes_them(cli: Cli, apart: Path, key: str) -> None:
    """A path with backslashes is found on every system, and means what it means with the others."""
    texts = []
    for name, report in (("甲", NAMED[key]), ("乙", NAMED[key].replace("\\", "/"))):
        (apart / "报告" / f"{name}.yaml").write_text(report, "utf-8")
        done = cli("render", f"报告/{name}.yaml", "--to", "txt,docx")
        assert done.code == 0, done.err
        texts.append((apart / "报告" / f"{name}.txt").read_text("utf-8"))
    assert texts[0] == texts[1]
    assert "改厕36座" in texts[0]


@pytest.mark.parametrize("key", [key for key in NAMED if key != "引号"])
def test_next_year_of_such_paths(cli: Cli, apart: Path, key: str) -> None:
    """Next year's file, in another folder, finds what last year's had named with backslashes."""
    (apart / "报告" / "2022.yaml").write_text(NAMED[key] + ("" if key == "继承" else "年度: 2022\n"), "utf-8")
    done = cli("new", "--from", "报告/2022.yaml", "--keep-text", "-o", "新/2023.yaml")
    assert done.code == 0, done.err
    assert cli("render", "新/2023.yaml", "--draft", "--to", "txt").code == 0


def test_a_base_in_a_folder_is_no_township(cli: Cli, apart: Path) -> None:
    """A batch knows the base that a report names with backslashes, and takes no settings for a report."""
    (apart / "报告" / "全县.yaml").write_text(BASE, "utf-8")
    (apart / "报告" / "甲.yaml").write_text("继承: .\\全县.yaml\n指标: {改厕: {数值: 1}}\n", "utf-8")
    (apart / "报告" / "数" / "设置.yaml").write_text("规则: {HR603: 关}\n", "utf-8")
    (apart / "报告" / ".healthreport.yaml").write_text("extends: 数\\设置.yaml\n", "utf-8")
    done = cli("batch", "报告")
    assert done.code == 0, done.err
    assert {path.name for path in (apart / "报告").glob("*.docx")} == {"甲.docx"}
    assert cli("check", "报告/甲.yaml").code == 0


@pytest.mark.parametrize(
    "name", ["..\\..\\密.png", "\\密.png", "\\\\server\\share\\密.png", "图\\..\\..\\密.png", "C:\\密.png"]
)
def test_strokes_lead_nowhere_else(cli: Cli, apart: Path, name: str) -> None:
    """Backslashes open no way out of the report's folder."""
    (apart / "密.png").write_bytes(png(1, 1))
    (apart.parent / "密.png").write_bytes(png(1, 1))
    report = f"体裁: 通用\n标题: 甲\n内容: [{{图片: {{文件: '{name}', 图题: 甲}}}}]\n"
    (apart / "报告" / "甲.yaml").write_text(report, "utf-8")
    refused = cli("render", "报告/甲.yaml")
    assert refused.code == 2
    assert "[outside]" in refused.err or "[not-found]" in refused.err
    assert not (apart / "报告" / "甲.docx").exists()


@given(st.lists(st.text("图ab ", min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_slashed_is_what_windows_reads(parts: list[str]) -> None:
    """With the strokes changed, Windows finds the same file."""
    name = "\\".join(parts)
    assert ntpath.normpath(slashed(name)) == ntpath.normpath(name)
    assert slashed(name).split("/") == parts


# Names


@pytest.mark.parametrize("name", RESERVED)
def test_names_that_windows_keeps(name: str) -> None:
    """No document is called as a device, with whatever suffix."""
    safe = file_names.safe(name)
    assert not KEPT.fullmatch(safe)
    assert not KEPT.fullmatch(f"{safe}.docx")
    assert safe.startswith("_")


@given(st.one_of(st.text(max_size=120), st.sampled_from(RESERVED), st.from_regex(KEPT, fullmatch=True)))
def test_a_safe_name_is_one_on_windows(name: str) -> None:
    """A file's name stays one name in its folder there: no drive, no stroke, no stream, no device, nothing cut off."""
    safe = file_names.safe(name)
    file = f"{safe}.docx"
    path = ntpath.join("D:\\年报\\2022", file)
    assert ntpath.split(path) == ("D:\\年报\\2022", file)
    assert ntpath.normpath(path) == path
    assert ntpath.splitdrive(file)[0] == ""
    assert not set(file) & set('<>:"/\\|?*')
    assert not any(ord(char) < 32 for char in file)
    assert safe == safe.rstrip(" .")
    assert not KEPT.fullmatch(file)
    assert file_names.safe(safe) == safe


NO_NAMES = [
    "COM¹.docx",
    "CON.docx",
    "a?b.docx",
    "甲.docx ",
    "nul/甲.docx",
    "甲\u202e乙.docx",
    "甲\u200b.docx",
]
WRITING = [words for words in COMMANDS if "--output" in options(words)]


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_no_command_writes_what_windows_cannot_have(words: tuple[str, ...], cli: Cli, here: Path) -> None:
    """A name of a device, with a mark that no name has, or with characters nobody sees: it says so, and the way out."""
    assert len(WRITING) >= 11
    for name in NO_NAMES:
        refused = cli(*words, *needed(words), "-o", name)
        assert refused.code == 2
        assert "[bad-output]" in refused.err
        assert re.search("  → 请(去掉 < > |把文件名重新输入)", refused.err)
        assert not re.search("[\u202e\u200b]", refused.err)
    assert not list(here.iterdir())


def test_what_is_a_folder_already_is_written_to(cli: Cli, here: Path) -> None:
    """On a disk that has such a folder, it is somebody's; a name of many characters and one of a Mac are names."""
    (here / "甲.yaml").write_text(REPORT, "utf-8")
    (here / "甲:乙").mkdir()
    for name in ("甲:乙/丙.docx", f"{'长' * 81}.docx", "../" + here.name + "/丁.docx", "cafe\u0301.docx"):
        assert cli("render", "甲.yaml", "-o", name).code == 0, name
        assert (here / name).is_file()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("D:\\年报 2022\\白石镇.yaml", '"D:\\年报 2022\\白石镇.yaml"'),
        ("D:\\年报\\白石镇.yaml", "D:\\年报\\白石镇.yaml"),
        ("\\\\server\\年报\\甲(1).yaml", '"\\\\server\\年报\\甲(1).yaml"'),
        ("甲&乙.yaml", '"甲&乙.yaml"'),
    ],
)
def test_a_path_to_be_typed(path: str, shown: str) -> None:
    """A path in a hint can be typed at the command prompt as it stands, in double quotes where it needs any."""
    assert typed(Path(path)) == shown


def test_a_path_too_long(cli: Cli, here: Path) -> None:
    """A deep folder is written to; a name longer than a disk takes is told in words."""
    (here / "甲.yaml").write_text(REPORT, "utf-8")
    deep = "/".join(["二〇二二年度工作总结材料汇编"] * 8)
    assert cli("render", "甲.yaml", "-o", f"{deep}/甲.docx").code == 0
    refused = cli("render", "甲.yaml", "-o", f"{'长' * 120}.docx")
    assert refused.code == 2
    assert "文件名太长" in refused.err


# Encodings


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_what_notepad_saves(cli: Cli, here: Path, encoding: str, ends: str) -> None:
    """Reports, their sheets and lists are read in every encoding that Notepad and Excel have for them, alike."""

    def save(name: str, text: str) -> None:
        (here / name).write_bytes(text.replace("\n", ends).encode(encoding))

    save("全县.yaml", BASE)
    save("甲.yaml", "继承: 全县.yaml\n指标文件: 指标.csv\n")
    save("指标.csv", "名称,单位,数值\n改厕,座,36\n")
    save("乡镇.csv", "单位,改厕\n白石镇,30\n")
    save("名单.txt", "白石镇\n青山镇\n")
    save("旧.txt", "情况汇报\n一、加强领导\n健全制度。\n")
    assert cli("render", "甲.yaml", "--to", "txt").code == 0
    assert (here / "甲.txt").read_text("utf-8") == "情况汇报\n　　改厕36座。\n"
    assert cli("batch", "全县.yaml", "--data", "乡镇.csv", "--name", "{{ 单位 }}").out == ""
    assert (here / "全县" / "白石镇.docx").exists()
    assert cli("towns", "全县.yaml", "名单.txt", "-o", "镇").code == 0
    assert {path.name for path in (here / "镇").iterdir()} >= {"白石镇.yaml", "青山镇.yaml"}
    assert cli("import", "旧.txt").code == 0
    assert "健全制度" in (here / "旧.yaml").read_text("utf-8")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_notepad_calls_unicode(cli: Cli, here: Path, encoding: str) -> None:
    """UTF-16 is read of a text to be imported; of a report it is refused with the way out."""
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    (here / "甲.yaml").write_bytes(mark + REPORT.encode(encoding))
    (here / "旧.txt").write_bytes(mark + "情况汇报\r\n一、加强领导\r\n健全制度。\r\n".encode(encoding))
    refused = cli("render", "甲.yaml")
    assert refused.code == 2
    assert "[encoding]\n  → 请在记事本中“另存为”，编码选 UTF-8。" in refused.err
    assert cli("import", "旧.txt").code == 0
    assert "健全制度" in (here / "旧.yaml").read_text("utf-8")


# Consoles


CP936 = {"PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0"}


def test_what_code_page_936_has_not(here: Path) -> None:
    """A character that a console has not is shown as a question mark, on stdout and on stderr; nothing fails of it."""
    name = "𬭊镇😀"
    (here / f"{name}.yaml").write_text(f"{HEAD}指标: {{𬭊: {{数值: 3}}}}\n内容: 甲{{{{ 𬭊 }}}}😀。\n", "utf-8")
    (here / f"坏{name}.yaml").write_text(f"{HEAD}标提: 😀①\n内容: 甲。\n", "utf-8")
    for call, code, shown in (
        (["render", f"{name}.yaml"], 0, b"?\xd5\xf2?.docx"),
        (["figures", f"{name}.yaml"], 0, b"3"),
        (["render", f"坏{name}.yaml"], 2, "错误 未知的键“标提”".encode("cp936")),
        (["new", "通用", "--unit", name, "-o", "-"], 0, "单位: ?镇?".encode("cp936")),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "healthreport", *call],
            cwd=here,
            env={**os.environ, **CP936},
            capture_output=True,
            check=False,
        )
        assert done.returncode == code, done.stderr.decode("cp936")
        assert shown in done.stdout + done.stderr
        assert b"Traceback" not in done.stderr
        assert b"UnicodeEncodeError" not in done.stderr


def test_a_coloured_console_of_936(here: Path) -> None:
    """In colours, too, what cannot be shown becomes a question mark: Rich writes to the same stream."""
    pty = pytest.importorskip("pty")
    (here / "坏😀.yaml").write_text(f"{HEAD}标提: 😀①\n内容: 甲。\n", "utf-8")
    screen, keyboard = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    program = [sys.executable, "-m", "healthreport", "render", "坏😀.yaml"]
    with subprocess.Popen(
        program,
        cwd=here,
        env={**environment, "PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0", "TERM": "xterm-256color"},
        stdin=keyboard,
        stdout=keyboard,
        stderr=keyboard,
    ) as process:
        os.close(keyboard)
        shown = b""
        while chunk := _read(screen):
            shown += chunk
        assert process.wait(30) == 2
    os.close(screen)
    said = shown.decode("cp936")
    assert "\x1b[" in said
    assert "坏?.yaml:3:1:" in said
    assert "未知的键“标提”" in said
    assert "Traceback" not in said


def _read(screen: int) -> bytes:
    try:
        return os.read(screen, 65536)
    except OSError:  # Linux says so when the program has gone
        return b""


# A file to drop reports on


def test_the_batch_file_of_the_manual(here: Path) -> None:
    """The lines of the .bat in the manual are what ``cmd`` reads in any code page, and the command they call runs."""
    (bat,) = [fence.body for fence in fences(MANUAL) if fence.language == "bat"]
    lines = bat.splitlines()
    assert bat.isascii(), "Notepad may save it in any encoding"
    assert lines[0] == "@echo off"
    assert lines[-1] == "pause"
    assert 'cd /d "%~dp1"' in lines
    (called,) = [line for line in lines if "healthreport" in line]
    (here / "a b.yaml").write_text(REPORT, "utf-8")
    (here / "白石镇.yaml").write_text(REPORT, "utf-8")
    dropped = [str(here / "a b.yaml"), str(here / "白石镇.yaml")]
    line = called.replace("%*", " ".join(f'"{one}"' if " " in one else one for one in dropped))  # as Explorer does
    python, module, name, *arguments = shlex.split(line)
    assert (python, module, name) == ("python", "-m", "healthreport")
    done = command(*arguments, cwd=ROOT)
    assert done.code == 0, done.err
    assert {path.name for path in here.glob("*.docx")} == {"a b.docx", "白石镇.docx"}
