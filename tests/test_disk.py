"""Reading: a file that may be missing costs nothing where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthreport.diagnostics import HealthReportError
from healthreport.disk import cache, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the folders whose files are listed from now on; the cache is an empty folder."""
    (tmp_path / "甲.yaml").touch()
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    listed: list[Path] = []
    glob = type(tmp_path).glob

    def noted(folder: Path, pattern: str) -> object:
        listed.append(folder)
        return glob(folder, pattern)

    monkeypatch.setattr(type(tmp_path), "glob", noted)
    return listed


def test_an_expected_miss_looks_at_no_folder(tmp_path: Path, looked_at: list[Path]) -> None:
    """What may be missing is not looked for under another name: a folder may hold ten thousand files."""
    assert read.read_if_there(tmp_path / "乙.yaml") is None
    assert not read.holds(tmp_path / "乙.yaml", b"")
    assert cache.kept("乙") is None
    assert cache.cached("乙", lambda: b"made") == b"made"
    assert cache.kept("乙") == b"made"
    assert not looked_at


def test_a_name_that_is_missing_is_looked_for(tmp_path: Path, looked_at: list[Path]) -> None:
    """Where a file has to be, the way out names the one that is most like it."""
    with pytest.raises(HealthReportError) as wrong:
        read.read_bytes(tmp_path / "甲一.yaml")
    assert wrong.value.diagnostics[0].hint == "是否为“甲.yaml”？"
    assert looked_at == [tmp_path]
