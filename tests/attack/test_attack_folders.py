"""Folders of very many reports: looking through them takes as long as there are files, not as their square.

No time is measured: what is quadratic would not end within ten times the seconds that it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from test_attack_bounds import soon

from healthreport.reading.reader import Reader
from healthreport.townships import folder

if TYPE_CHECKING:
    from pathlib import Path


def test_each_report_of_a_country(tmp_path: Path) -> None:
    """Twenty thousand reports on one base beside them are told from it one by one, not each by all others."""
    (tmp_path / "0.yaml").write_text("体裁: 通用\n", "utf-8")
    for number in range(20_000):
        (tmp_path / f"{number + 1}.yaml").write_text("继承: 0.yaml\n", "utf-8")
    with soon():
        found = folder.read(tmp_path, Reader())
    assert found.bases == (tmp_path / "0.yaml",)
    assert len(found.reports) == 20_000


def test_a_chain_of_bases(tmp_path: Path) -> None:
    """Of three thousand reports, each on the one before, the last alone is nobody's base."""
    (tmp_path / "0000.yaml").write_text("体裁: 通用\n", "utf-8")
    for number in range(1, 3000):
        (tmp_path / f"{number:04}.yaml").write_text(f"继承: {number - 1:04}.yaml\n", "utf-8")
    with soon():
        found = folder.read(tmp_path, Reader())
    assert found.reports == (tmp_path / "2999.yaml",)


def test_a_way_into_a_circle(tmp_path: Path) -> None:
    """Those of the circle are told as reports; the one that leads into it is one, wherever its name puts it."""
    ways = {"甲": "乙", "乙": "丙", "丙": "乙", "丁": "甲"}
    for name, base in ways.items():
        (tmp_path / f"{name}.yaml").write_text(f"继承: {base}.yaml\n", "utf-8")
    found = folder.read(tmp_path, Reader())
    assert {path.stem for path in found.reports} == {"乙", "丙", "丁"}
    assert {path.stem for path in found.bases} == {"甲"}
