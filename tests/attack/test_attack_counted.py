"""What large inputs need once is done once: no time is measured, the work is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthreport.cli import console, tables
from healthreport.jobs.checking import fixing_texts
from healthreport.reading.tables import delimited, grid
from healthreport.reading.tables.sheets import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Cli


def counted(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[tuple[Any, ...]]:
    """Return what a function of a module is called with from now on."""
    calls: list[tuple[Any, ...]] = []
    function: Callable[..., Any] = getattr(module, name)

    def called(*given: Any) -> Any:
        calls.append(given)
        return function(*given)

    monkeypatch.setattr(module, name, called)
    return calls


def test_a_table_is_measured_once_for_all_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A county's table is printed in as many parts as it takes; no part measures it again to find its columns."""
    names = tuple(f"清河第{i}项指标" for i in range(24))
    rows = [{"单位": f"第{i}镇", **dict.fromkeys(names, str(10_000 + i))} for i in range(200)]
    measured = counted(monkeypatch, tables, "wide")
    parts = tables.parted(tables.Table(("单位", *names), rows, frozenset(names)), 1, 80)
    assert len(parts) > 2
    assert sum(text.isdigit() and len(text) > 1 for (text,) in measured) == 200 * 24
    measured.clear()
    printed = [line for part in parts for line in tables.lines(part, 80)]
    assert (
        sum(text.isdigit() and len(text) > 1 for (text,) in measured) == 2 * 200 * 24
    )  # does it fit, and how much stands beside it
    assert max(map(console.columns, printed)) <= 80


def test_places_of_cells_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells of a text table are not sought from its beginning for each place, nor a line for each of its cells."""
    (sheet,) = read_tables(("乡镇" + ",甲" * 99 + "\n" + ("白石镇" + ",1" * 99 + "\n") * 50).encode(), "t.csv")
    heads, parted = counted(monkeypatch, delimited, "_delimiter"), counted(monkeypatch, delimited, "_matches")
    assert [sheet.place(40, at).column for at in range(3)] == [1, 5, 7]
    assert all(cell.position().line == at + 1 for at in range(51) for cell in sheet.row(at))
    assert len(heads) <= 2
    assert len(parted) <= 52


def test_a_name_without_end_is_wrapped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of thousands of characters is measured character by character, not line by line anew for each of them."""
    name = "白石镇" * 10_000
    measured = counted(monkeypatch, tables, "wide")
    lines = tables.lines(tables.Table(("指标", "数"), [{"指标": name, "数": "1"}]), 80)
    assert sum(line.count("白") for line in lines) == 10_000
    assert max(map(console.columns, lines)) <= 80
    assert sum(len(text) for (text,) in measured) < 12 * len(name)
    totals = counted(monkeypatch, tables, "_total")
    tables.lines(tables.Table(("指标", "数"), [{"指标": name, "数": "1"}]), 80)
    assert len(totals) < 200


@pytest.mark.parametrize("kind", ["md", "txt"])
def test_a_line_is_aligned_once_for_its_changes(
    kind: str, here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the characters of a line stand in the file is found once for thousands of changes in it."""
    file = here / f"甲.{kind}"
    file.write_text("清河区2022年工作总结\n" + "甲\u200b" * 4000 + "甲\n", "utf-8")
    aligned = counted(monkeypatch, fixing_texts, "_offsets")
    cli("check", "--fix", file.name)
    assert 1 <= len(aligned) < 10
    assert kind == "md" or "\u200b" not in file.read_text("utf-8")


@pytest.mark.parametrize("lines", [300, 20_000])
def test_more_lines_than_a_sheet_has_columns_are_no_heading(
    lines: int, here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet is looked at on its side where it may be so: nobody's has twenty thousand townships beside each other."""
    (here / "x.yaml").write_text("体裁: 通用\n标题: 甲\n指标: {改厕: {单位: 座}}\n内容: '{{ 改厕 }}'\n", "utf-8")
    (here / "t.csv").write_text("".join(f"注{i}：改厕如下\n" for i in range(lines)) + "乡镇,改厕\n白石镇,1\n", "utf-8")
    turned = counted(monkeypatch, grid, "transposed")
    assert "[no-header]" in cli("batch", "x.yaml", "--data", "t.csv", "-o", "out").err
    assert bool(turned) == (lines < 16_384)
