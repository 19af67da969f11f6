"""Nothing is written elsewhere, nothing is left half, whatever lies in the folder and whoever else writes there."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import os
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from healthreport.diagnostics import HealthReportError
from healthreport.disk import cache, write
from healthreport.disk.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Cli

POSIX = pytest.mark.skipif(os.name != "posix", reason="links and modes of this kind are the other systems'")


@pytest.fixture(autouse=True)
def swept_anew() -> None:
    """Let every test sweep as a run of its own does."""
    write.sweep.cache_clear()


def left(folder: Path) -> set[str]:
    """Return the names in a folder, hidden ones too."""
    return {path.name for path in folder.iterdir()}


@POSIX
@pytest.mark.parametrize(
    "planted", ["x.docx", ".x.docx.partial", ".healthreport-000000000000.partial", ".healthreport-batch"]
)
@pytest.mark.parametrize("new", [True, False])
def test_nothing_is_written_through_a_link(planted: str, new: bool, tmp_path: Path) -> None:
    """A link with any name the program uses leads nowhere: what it points at stays as it is."""
    victim, folder = tmp_path / "victim", tmp_path / "work"
    victim.write_bytes(b"mine")
    folder.mkdir()
    (folder / planted).symlink_to(victim)
    with write.at_work(folder), contextlib.suppress(FileExistsError):
        (write.write_new if new else write.write_atomic)(folder / "x.docx", b"report")
    assert victim.read_bytes() == b"mine"
    if not new:
        assert (folder / "x.docx").read_bytes() == b"report"
        assert not (folder / "x.docx").is_symlink()


@POSIX
def test_a_backup_is_no_link_either(tmp_path: Path) -> None:
    """A planted x.docx.bak, dangling or not, is passed over; the copy is whole and has a name of its own."""
    victim, original = tmp_path / "victim", tmp_path / "x.docx"
    original.write_bytes(b"edited")
    (tmp_path / "x.docx.bak").symlink_to(victim)
    (tmp_path / "x.docx.bak2").write_bytes(b"older")
    copy = write.keep_copy(original)
    assert (copy.name, copy.read_bytes()) == ("x.docx.bak3", b"edited")
    assert not victim.exists()
    assert (tmp_path / "x.docx.bak2").read_bytes() == b"older"


@POSIX
def test_mode_and_owner_are_kept(tmp_path: Path) -> None:
    """The file that takes another's place has its mode, and its owner where the system lets us; a new one the usual."""
    path = tmp_path / "x.docx"
    path.write_bytes(b"old")
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 12345, 12345)
    before = path.stat()
    write.write_atomic(path, b"new")
    after = path.stat()
    assert path.read_bytes() == b"new"
    assert (after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)) == (before.st_uid, before.st_gid, 0o640)
    mask = os.umask(0o027)
    try:
        write.write_atomic(tmp_path / "y.docx", b"new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "y.docx").stat().st_mode) == 0o640


WRITER = """
import os, sys, time
from healthreport.disk import write
replace = os.replace
def slow(*names):
    print(names[0], flush=True)
    sys.stdin.readline()
    replace(*names)
os.replace = slow
from pathlib import Path
write.write_atomic(Path(sys.argv[1]), b"theirs")
"""


@POSIX
def test_strays_are_swept_and_running_writers_are_not(tmp_path: Path) -> None:
    """What a killed run left goes with the next write; what a running one is about to rename stays."""
    path = tmp_path / "x.docx"
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout
        stray = killed.stdout.readline().strip()
        killed.kill()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert running.stdin
        partial = running.stdout.readline().strip()
        write.write_atomic(tmp_path / "y.docx", b"ours")
        assert (Path(stray).exists(), Path(partial).exists()) == (False, True)
        running.stdin.write("\n")
        running.stdin.flush()
        assert running.wait(20) == 0
    assert path.read_bytes() == b"theirs"
    assert left(tmp_path) == {"x.docx", "y.docx"}


HAMMER = """
import sys, time
from pathlib import Path
from healthreport.disk.write import write_atomic
mark, end = sys.argv[2].encode(), time.monotonic() + float(sys.argv[3])
count = 0
while time.monotonic() < end:
    write_atomic(Path(sys.argv[1]), mark * 200_000, durable=False)
    count += 1
print(count)
"""


def test_two_processes_hammer_one_path(tmp_path: Path) -> None:
    """At any moment the file is whole and of one of the two, and nothing else is left."""
    path = tmp_path / "x.docx"
    write.write_atomic(path, b"a" * 200_000)
    commands = [[sys.executable, "-c", HAMMER, str(path), mark, "3"] for mark in "ab"]
    runs = [subprocess.Popen(one, stdout=subprocess.PIPE, text=True) for one in commands]
    reads = 0
    while any(run.poll() is None for run in runs):
        content = read_bytes(path)
        assert len(content) == 200_000
        assert content in (b"a" * 200_000, b"b" * 200_000)
        reads += 1
        time.sleep(0.001)
    written = [int(run.communicate()[0]) for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert min(*written, reads) > 20
    assert left(tmp_path) == {"x.docx"}


@pytest.mark.parametrize("call", ["replace", "fsync", "link"])
def test_a_failure_leaves_nothing(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full, or a rename that is refused, leaves the old file and no other."""
    path = tmp_path / "x.docx"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, call, fail)
    if call == "link":  # a disk without links: the name is taken in one step all the same
        with pytest.raises(FileExistsError):
            write.write_new(path, b"new")
        write.write_new(tmp_path / "y.docx", b"new")
        assert (tmp_path / "y.docx").read_bytes() == b"new"
        assert left(tmp_path) == {"x.docx", "y.docx"}
    else:
        with pytest.raises(OSError, match="full"):
            write.write_atomic(path, b"new")
        assert left(tmp_path) == {"x.docx"}
    assert path.read_bytes() == b"old"


def test_durable_before_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A single file is on the disk before it takes its name; one of thousands is not waited for."""
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def told_fsync(descriptor: int) -> None:
        done.append("fsync")
        fsync(descriptor)

    def told_replace(*names: str) -> None:
        done.append("replace")
        replace(*names)

    monkeypatch.setattr(os, "fsync", told_fsync)
    monkeypatch.setattr(os, "replace", told_replace)
    write.write_atomic(tmp_path / "x.docx", b"one")
    assert done[:2] == ["fsync", "replace"]
    done.clear()
    write.write_atomic(tmp_path / "x.docx", b"many", durable=False)
    assert done == ["replace"]


@POSIX
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_never_ends_is_not_read(kind: str, tmp_path: Path) -> None:
    """A pipe or a device in the place of a file is refused at once."""
    path = tmp_path / "x.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path = Path("/dev/zero")
    with pytest.raises(HealthReportError) as wrong:
        read_bytes(path)
    assert [one.id for one in wrong.value.diagnostics] == ["not-a-file"]


@pytest.fixture
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep what can be made again in a folder of this test's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(
        "healthreport.disk.cache.platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache" / "healthreport"
    )
    cache.cache_folder.cache_clear()
    yield tmp_path / "cache" / "healthreport"
    cache.cache_folder.cache_clear()


def fresh() -> bytes:
    """Return what the cache gives for x, which is b"made" where it has nothing to give."""
    cache.cache_folder.cache_clear()
    return cache.cached("x", lambda: b"made")


def test_what_was_kept_is_taken(kept_in: Path) -> None:
    """An entry that is whole is taken; one that was cut short, altered or emptied is made again, and kept anew."""
    assert fresh() == b"made"
    entry = kept_in / "x"
    whole = entry.read_bytes()
    assert cache.cached("x", lambda: b"not asked") == b"made"
    for damaged in (b"", whole[:10], whole[:-1], whole[:-1] + b"X", b"\0" * len(whole)):
        entry.write_bytes(damaged)
        assert fresh() == b"made"
        assert entry.read_bytes() == whole


@POSIX
@pytest.mark.parametrize("others", ["folder", "parent", "owner", "parent's owner", "link"])
def test_a_cache_that_somebody_else_can_write_is_not_used(
    others: str, kept_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planted entry is not taken where another user may write, owns the folder, or could have put it there."""
    fresh()
    planted = b"planted"
    (kept_in / "x").write_bytes(hashlib.sha256(planted).digest() + planted)
    assert fresh() == planted  # from a folder of one's own it would be
    if others == "folder":
        kept_in.chmod(0o777)
    elif others == "parent":
        kept_in.parent.chmod(0o777)
    elif others == "link":
        kept_in.rename(tmp_path / "elsewhere")
        kept_in.symlink_to(tmp_path / "elsewhere")
    elif others == "owner":
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    else:
        real_stat = Path.stat

        def of_somebody(path: Path, **options: bool) -> os.stat_result:
            about = real_stat(path, **options)
            return os.stat_result((*about[:4], 12345, *about[5:])) if path == kept_in.parent else about

        monkeypatch.setattr(Path, "stat", of_somebody)
    assert fresh() == b"made"
    assert cache.cache_folder() is None


def test_a_full_disk_costs_time_only(kept_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no room for an entry it is made every time."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("healthreport.disk.cache.write_atomic", full)
    assert (fresh(), fresh()) == (b"made", b"made")
    assert left(kept_in) == set()


COUNTY = "体裁: 通用\n标题: 甲\n内容: 乙\n"


def test_a_batch_waits_for_the_disk_once(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch waits for all files before its summary, not for each; one that wrote nothing waits for none."""
    (here / "towns").mkdir()
    for name in "甲乙丙":
        (here / "towns" / f"{name}.yaml").write_text(COUNTY, "utf-8")
    done: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _: done.append("fsync"))
    monkeypatch.setattr(os, "sync", lambda: done.append("sync"), raising=False)
    assert cli("batch", "towns", "-j", "1").code == 0
    assert done == ["sync"]
    assert cli("batch", "towns", "-j", "1").code == 0
    assert done == ["sync"]
    (here / "towns" / "甲.docx").write_bytes(b"edited")
    assert cli("batch", "towns", "-j", "1", "--force").code == 0
    assert done.count("fsync") >= 2  # the copy of what was edited, and what takes its place
    assert cli("render", "towns/甲.yaml", "-o", "x.docx").code == 0
    assert done[-2:] == ["fsync", "fsync"]  # the file, its folder


@POSIX
def test_a_second_batch_says_so(here: Path, cli: Cli) -> None:
    """A batch that finds another at work in its folder says so and goes on; what it leaves is whole, no lock stays."""
    (here / "towns").mkdir()
    (here / "towns" / "甲.yaml").write_text(COUNTY, "utf-8")
    with write.at_work(here / "towns") as alone:
        assert alone
        result = cli("batch", "towns", "-j", "1")
    assert (result.code, "另一个批量生成" in result.err) == (0, True)
    result = cli("batch", "towns", "-j", "1")
    assert (result.code, "另一个批量生成" in result.err) == (0, False)
    assert left(here / "towns") == {"甲.yaml", "甲.docx"}
    (here / "towns" / "甲.yaml").write_text("体裁: 没有\n", "utf-8")
    assert cli("batch", "towns", "-o", "out").code == 2
    assert not (here / "out").exists()


@pytest.mark.parametrize("name", ["=1+1", "+镇", "-镇", "@镇", "=A1!B2", "＝1+1"])
def test_names_are_no_formulas(name: str, here: Path, cli: Cli) -> None:
    """A name that begins like a formula is a text in every csv and xlsx; a negative number stays one."""
    quoted = json.dumps(name, ensure_ascii=False)
    (here / "x.yaml").write_text(f"标题: 甲\n指标:\n  {quoted}: {{数值: -3, 上年: 5}}\n内容: 乙\n", "utf-8")
    town = "白石镇" if name.startswith("-") else f"{name}上坪"  # a sheet's row that begins with a dash is no township
    (here / "towns.txt").write_text(f"{town}\n", "utf-8")
    listed = cli("figures", "x.yaml", "--format", "csv").out
    assert f"'{name}," in listed or f"\"'{name}" in listed
    assert ",-3," in listed
    assert cli("sheet", "x.yaml", "-o", "空.csv", "--towns", "towns.txt").code == 0
    written = (here / "空.csv").read_text("utf-8-sig").replace("\n", ",").split(",")
    assert not [cell for cell in written if cell.strip('"').startswith(("=", "+", "-", "@"))]
    assert cli("sheet", "x.yaml", "-o", "空.xlsx", "--towns", "towns.txt").code == 0
    cells = [cell for row in openpyxl.load_workbook(here / "空.xlsx").active.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {name, town} <= {cell.value for cell in cells}


def altered(data: bytes, change: str) -> bytes:
    """Return a Word file with something changed beside its body."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts.update({name: archive.read(name) for name in archive.namelist()})
    footer = next(name for name in parts if "footer" in name and name.endswith(".xml") and "rels" not in name)
    if change == "added":
        parts["word/comments.xml"] = b"<w:comments/>"
    elif change == "removed":
        del parts[footer]
    else:
        name = {"title": "docProps/core.xml", "styles": "word/styles.xml", "footer": footer}[change]
        parts[name] = parts[name].replace(b"</", b" </", 1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("change", ["title", "styles", "footer", "added", "removed"])
def test_edits_beside_the_body_are_edits(change: str, here: Path, cli: Cli) -> None:
    """A title in 属性, a footer, a style or a part more is somebody's work as the text is: it is not written over."""
    (here / "x.yaml").write_text(COUNTY, "utf-8")
    assert cli("render", "x.yaml").code == 0
    whole = (here / "x.docx").read_bytes()
    mine = altered(whole, change)
    (here / "x.docx").write_bytes(mine)
    result = cli("render", "x.yaml")
    assert (result.code, "[edited]" in result.err, (here / "x.docx").read_bytes() == mine) == (1, True, True)
    assert cli("render", "x.yaml", "--force").code == 0
    assert ((here / "x.docx").read_bytes(), (here / "x.docx.bak").read_bytes()) == (whole, mine)


def test_what_was_only_packed_anew_is_untouched(here: Path, cli: Cli) -> None:
    """The same parts in another archive, as a mail program or an office system packs them, are nobody's edit."""
    (here / "x.yaml").write_text(COUNTY, "utf-8")
    assert cli("render", "x.yaml").code == 0
    with zipfile.ZipFile(here / "x.docx") as archive, zipfile.ZipFile(here / "y.docx", "w") as packed:
        for name in reversed(archive.namelist()):
            packed.writestr(name, archive.read(name))
    os.replace(here / "y.docx", here / "x.docx")
    assert cli("render", "x.yaml").code == 0
