"""The disk: new files take nobody's place, and what is kept between runs is used only whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from healthreport import disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep what is kept between runs in an empty folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    disk.cache_folder.cache_clear()
    folder = disk.cache_folder()
    assert folder is not None
    yield folder
    disk.cache_folder.cache_clear()


@pytest.fixture(params=[True, False], ids=["links", "no links"])
def link(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work on a disk with hard links, and on one that has none, such as exFAT."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not request.param:
        monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("link")
def test_a_new_file_takes_nobodys_place(tmp_path: Path) -> None:
    """A new file is written whole, a second one of its name is refused, and nothing half-written is left."""
    path = tmp_path / "folder" / "甲.yaml"
    disk.write_new(path, b"first")
    with pytest.raises(FileExistsError):
        disk.write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert [one.name for one in path.parent.iterdir()] == ["甲.yaml"]


def test_what_is_kept_is_made_once(cache: Path) -> None:
    """What was made is found again under its name, and other things under theirs."""
    assert disk.cached("甲", lambda: b"made") == b"made"
    assert disk.cached("甲", lambda: b"again") == b"made"
    assert disk.cached("乙", lambda: b"other") == b"other"
    assert {path.name for path in cache.iterdir()} == {"甲", "乙"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: kept[:-1],
        lambda kept: kept[:-1] + b"?",
        lambda kept: b"?" + kept[1:],
        lambda kept: kept[:20],
        lambda _: b"",
    ],
    ids=["cut short", "altered", "altered digest", "cut off", "emptied"],
)
def test_what_was_damaged_is_made_again(cache: Path, damage: Callable[[bytes], bytes]) -> None:
    """A kept file that is not what was written is never used; it is made again, and then it is kept."""
    disk.cached("甲", lambda: b"made")
    (cache / "甲").write_bytes(damage((cache / "甲").read_bytes()))
    assert disk.cached("甲", lambda: b"again") == b"again"
    assert disk.cached("甲", lambda: b"a third time") == b"again"


def test_without_a_place_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the user has no folder to keep things in, they are made each time."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    disk.cache_folder.cache_clear()
    assert disk.cached("甲", lambda: b"first") == b"first"
    assert disk.cached("甲", lambda: b"second") == b"second"
    disk.cache_folder.cache_clear()
