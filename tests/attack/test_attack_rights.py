"""Folders and files that the user may not read or write: one line in Chinese at what is named, and the others go on."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from healthreport.disk.read import reason
from word_files import docx, p

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="rights of this kind are Linux's")

REPORT = "体裁: 通用\n标题: 甲\n单位: 清河区卫生健康局\n指标: {改厕: {单位: 座, 数值: 3}}\n内容: '完成{{ 改厕 }}。'\n"
COUNTY = "体裁: 通用\n标题: 甲\n汇总来源: SOURCE\n指标: {改厕: {单位: 座}}\n内容: '完成{{ 改厕 }}。'\n"
SHEET = "单位,改厕（座）\n白石镇,3\n"
# Of prctl and capabilities (linux/prctl.h, linux/capability.h): what lets root read, write and enter everything.
DROP, OVERRIDES = 24, (1, 2)
# 锁 may neither be listed nor entered, 列 may be listed only.
LOCKED = {"锁": 0, "列": 0o444}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """Work in a folder with others in it that nobody may read."""
    for name in (".", *LOCKED):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "本.yaml").write_text(REPORT, "utf-8")
        (folder / "稿.docx").write_bytes(docx(p("清河区工作总结")))
        (folder / "表.csv").write_text(SHEET, "utf-8")
    for name in LOCKED:
        (tmp_path / f"夹{name}.yaml").write_text(COUNTY.replace("SOURCE", f"{name}/"), "utf-8")
        (tmp_path / f"表{name}.yaml").write_text(COUNTY.replace("SOURCE", f"{name}/表.csv"), "utf-8")
        (tmp_path / f"底{name}.yaml").write_text(f"继承: {name}/本.yaml\n", "utf-8")
    for name, mode in LOCKED.items():
        (tmp_path / name).chmod(mode)
    yield tmp_path
    for name in LOCKED:
        (tmp_path / name).chmod(0o700)


def become_anybody() -> None:
    """Let the program that comes be bound by rights, as root alone is not."""
    for one in OVERRIDES:
        ctypes.CDLL(None).prctl(DROP, one, 0, 0, 0)


def run(place: Path, arguments: tuple[str, ...], locked: str) -> tuple[int, str]:
    """Run the command there, where ``X`` is a folder that is locked; return how it ended and what it said."""
    command = [sys.executable, "-m", "healthreport", *(word.replace("X", locked) for word in arguments)]
    ended = subprocess.run(
        command, cwd=place, text=True, check=False, timeout=60, capture_output=True, preexec_fn=become_anybody
    )
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("render", "X/本.yaml"),
        ("render", "本.yaml", "-o", "X/y.docx"),
        ("render", "本.yaml", "--templates", "X"),
        ("batch", "X", "-o", "out"),
        ("batch", "本.yaml", "--data", "表.csv", "-o", "X/out"),
        ("batch", "本.yaml", "--data", "X/表.csv", "-o", "out"),
        ("import", "X/稿.docx"),
        ("import", "稿.docx", "-o", "X/y.yaml"),
        ("check", "X/本.yaml"),
        ("check", "--fix", "X/稿.docx"),
        ("new", "通用", "-o", "X/y.yaml"),
        ("new", "--from", "X/本.yaml", "-o", "y.yaml"),
        ("new", "--from", "X", "-o", "y"),
        ("figures", "X/本.yaml"),
        ("overview", "X"),
        ("rollup", "本.yaml", "--data", "X/表.csv", "-o", "r.xlsx"),
        ("rollup", "本.yaml", "--data", "X", "-o", "r.xlsx"),
        ("towns", "本.yaml", "X/表.csv", "-o", "t"),
        ("schema", "-o", "X/s.json"),
    ],
)
def test_what_nobody_may_read_or_write(arguments: tuple[str, ...], place: Path) -> None:
    """Each command refuses with the reason, and says nothing of a full disk."""
    before = sorted(place.iterdir())
    code, said = run(place, arguments, "锁")
    assert code == 2, said
    assert reason(PermissionError()) in said or "没有权限读" in said
    assert "腾出空间" not in said
    assert "Traceback" not in said
    assert "[program-error]" not in said
    assert sorted(place.iterdir()) == before


@pytest.mark.parametrize("locked", LOCKED)
@pytest.mark.parametrize(
    ("arguments", "done"),
    [
        (("render", "X/本.yaml", "本.yaml"), "本.docx"),
        (("render", "夹X.yaml", "本.yaml"), "本.docx"),
        (("render", "表X.yaml", "本.yaml"), "本.docx"),
        (("render", "底X.yaml", "本.yaml"), "本.docx"),
        (("check", "X/本.yaml", "本.yaml"), "检查了2份：错误 1。"),
        (("check", "X/稿.docx", "本.yaml"), "检查了2份：错误 1。"),
        (("check", "夹X.yaml", "本.yaml"), "检查了2份：错误 1。"),
        (("import", "X/稿.docx", "稿.docx"), "稿.yaml"),
        (("figures", "表X.yaml", "本.yaml"), "3座"),
    ],
)
def test_the_others_go_on(arguments: tuple[str, ...], done: str, locked: str, place: Path) -> None:
    """What may not be read is told at its file, or where that is named, and does not stop the others."""
    code, said = run(place, arguments, locked)
    assert code in (1, 2)
    assert reason(PermissionError()) in said
    assert done in said
    assert "[system-refused]" not in said
