"""``doctor``: one page on the computer, for whoever helps."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from healthreport import __version__
from healthreport.disk import cache, fonts, office
from healthreport.jobs import doctor
from healthreport.jobs.doctor import Stream
from healthreport.reading.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

TOPICS = [
    *(
        "程序",
        "Python",
        "系统",
        "依赖",
        "字体",
        "LibreOffice",
        "缓存",
        "结果",
        "提示",
        "宽度",
        "文字编码",
        "当前文件夹",
    ),
    *("自带模板", "自己的模板", "设置"),
]


def looked(own: Path | None = None, encoding: str = "utf-8") -> dict[str, str]:
    """Return the page by topic."""
    return dict(doctor.page(own, Reader(), [Stream("结果", encoding, is_terminal=True)], 80))


def font(*names: tuple[int, int, str]) -> bytes:
    """Return a font that is no more than its names: platform, id, words."""
    strings, records = b"", b""
    for platform, kind, words in names:
        data = words.encode("mac-roman" if platform == 1 else "utf-16-be")
        records += struct.pack(">6H", platform, 0, 0, kind, len(data), len(strings))
        strings += data
    table = struct.pack(">3H", 0, len(names), 6 + len(records)) + records + strings
    return struct.pack(">LH6x", 0x10000, 1) + struct.pack(">4sLLL", b"name", 0, 28, len(table)) + table


def test_one_page(cli: Cli, here: Path) -> None:
    """It is one page on stdout, a line each; templates that win are named, and faulty ones stop nothing."""
    said = cli("doctor")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert [line.partition("：")[0] for line in lines] == TOPICS
    assert lines[0] == f"程序：healthreport {__version__}"
    assert "自己的模板：没有" in lines
    (here / "templates" / "layouts").mkdir(parents=True)
    (here / "templates" / "layouts" / "gbt9704.yaml").write_text("坏: [", "utf-8")
    with_own = cli("doctor")
    assert (with_own.code, "自己的模板：templates：layouts/gbt9704.yaml\n" in with_own.out) == (0, True)


def test_nobody_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The home folder, which has the user's name, is left out."""
    home = tmp_path / "王小明"
    (home / "报告").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(home / "报告")
    said = looked()
    assert said["当前文件夹"] == f"~{os.sep}报告"
    assert "王小明" not in "".join(said.values())


@pytest.mark.parametrize(("encoding", "shows"), [("utf-8", True), ("cp936", True), ("ascii", False), ("", False)])
def test_what_a_console_shows(encoding: str, shows: bool) -> None:
    """A console of Windows in Chinese shows everything, one that has no Chinese is told of."""
    said = looked(encoding=encoding)["结果"]
    assert said.startswith(f"屏幕，{encoding}")
    assert ("显示不出来" not in said) == shows


def test_a_console_of_windows(here: Path) -> None:
    """In a console of code page 936 all that is said can be read: the page, the help, a mistake with its line."""
    (here / "甲.yaml").write_text("体裁: 通用\n标提: 甲①\n", "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0"}

    def said(*arguments: str) -> str:
        program = [sys.executable, "-m", "healthreport", *arguments]
        done = subprocess.run(program, cwd=here, env=environment, capture_output=True, check=False)
        return (done.stdout + done.stderr).decode("cp936")

    assert "结果：文件或管道，" in said("doctor")
    assert "用法：" in said("render", "--help")
    assert "甲.yaml:2:1: 错误 未知的键“标提”，是否为“标题”？ [unknown-key]" in said("render", "甲.yaml")
    assert "?" not in said("render", "甲.yaml").replace("？", "")


def test_fonts(tmp_path: Path) -> None:
    """Families are read from files and collections; what is damaged or no font is passed by."""
    song, hei = font((3, 1, "宋体"), (1, 1, "SimSun"), (3, 4, "全名")), font((3, 16, "黑体"))
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "simsun.TTF").write_bytes(song)
    (tmp_path / "b.otf").write_bytes(hei)
    (tmp_path / "坏.ttf").write_bytes(song[:20])
    (tmp_path / "空.ttf").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(font((3, 1, "楷体")))
    assert fonts.families([tmp_path, tmp_path / "没有"]) == {"宋体", "SimSun", "黑体"}


def test_fonts_of_a_collection(tmp_path: Path) -> None:
    """All fonts of a collection count."""
    kai = font((3, 1, "楷体"))
    moved = kai[:20] + struct.pack(">L", 28 + 16) + kai[24:]  # its table of names lies so much farther in
    (tmp_path / "c.ttc").write_bytes(b"ttcf" + struct.pack(">3L", 0x10000, 1, 16) + moved)
    assert fonts.families([tmp_path]) == {"楷体"}


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (set(), "没有仿宋、方正小标宋简体、楷体、黑体、宋体，这台电脑上 Word 会用别的字体顶替"),
        (
            {"仿宋", "楷体", "黑体", "宋体"},
            "有仿宋、楷体、黑体、宋体；没有方正小标宋简体，这台电脑上 Word 会用别的字体顶替",
        ),
        ({"仿宋", "楷体", "黑体", "宋体", "方正小标宋简体"}, "仿宋、方正小标宋简体、楷体、黑体、宋体都有"),
    ],
)
def test_fonts_that_are_wanted(monkeypatch: pytest.MonkeyPatch, there: set[str], said: str) -> None:
    """The fonts of the usual layout are looked for."""
    monkeypatch.setattr(fonts, "families", lambda _: there)
    assert looked()["字体"] == said


def test_what_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice and a cache it says what they are for."""
    monkeypatch.setattr(office, "program", lambda: None)
    monkeypatch.setattr(cache, "cache_folder", lambda: None)
    said = looked()
    assert said["LibreOffice"].startswith("没有；只有导入 .doc")
    assert said["缓存"].startswith("没有可用的文件夹")


def test_where_windows_keeps_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On Windows those of all users and those of this one are looked for where its variables say."""
    monkeypatch.setattr(fonts, "ON_WINDOWS", True)
    monkeypatch.setenv("WINDIR", str(tmp_path / "Windows"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    own = tmp_path / "Local" / "Microsoft" / "Windows" / "Fonts"
    assert fonts.folders() == [tmp_path / "Windows" / "Fonts", own]
