"""What is noted of a workbook, the limits it must keep, and the errors that end its reading."""

from __future__ import annotations

import re

from healthreport.diagnostics import HealthReportError, Position, error

MAX_CELLS = 2_000_000
MAX_CHARACTERS = 100_000_000
UNCACHED = "公式没有算出的值"
_BUILT_IN_PERCENTS = {9: 0, 10: 2}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_MAX_DECIMALS = 30


class Facts:
    """A sheet beyond its values; rows and columns count from 0.

    ``percents`` holds how many decimals a cell shows before its ``%``, ``errors`` what a cell without
    a value shows and what is wrong with it, ``merged`` the first and the last of the cells that are one
    (of ``.ods`` alone: python-calamine tells it of the others).
    """

    __slots__ = ("errors", "height", "merged", "name", "percents", "width")

    def __init__(self, name: str) -> None:
        self.name = name
        self.height = self.width = 0
        self.percents: dict[tuple[int, int], int] = {}
        self.errors: dict[tuple[int, int], tuple[str, str]] = {}
        self.merged: list[tuple[tuple[int, int], tuple[int, int]]] = []


class Book:
    """The sheets of a file as they are met, and what they hold together."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: list[Facts] = []
        self._cells = 0
        self._characters = 0

    def begin(self, name: str) -> Facts:
        """Begin the next sheet."""
        self.sheets.append(Facts(name))
        return self.sheets[-1]

    def fill(self, row: int, column: int, *, cells: int = 1, characters: int = 0) -> None:
        """Note contents up to a cell of the last sheet.

        Raises :class:`HealthReportError` when all sheets together hold too much.
        """
        sheet = self.sheets[-1]
        self._cells += cells
        self._characters += characters
        if row >= sheet.height or column >= sheet.width:
            sheet.height = max(sheet.height, row + 1)
            sheet.width = max(sheet.width, column + 1)
            if sum(one.height * one.width for one in self.sheets) > MAX_CELLS:
                place = Position(self.file, sheet=sheet.name, cell=cell_name(row, column))
                raise too_large(place, f"表格一直排到这里，超过{MAX_CELLS // 10_000}万格。")
        if self._cells > MAX_CELLS or self._characters > MAX_CHARACTERS:
            raise too_large(Position(self.file, sheet=sheet.name), "表格里的内容太多。")


def cell_name(row: int, column: int) -> str:
    """Return a cell's name from its row and column, counted from 0: ``A1``, ``AB12``."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def percent_decimals(number: int, codes: dict[int, str]) -> int | None:
    """Return the decimals a number format shows before its ``%``, or none where it shows no percent."""
    if number not in codes:
        return _BUILT_IN_PERCENTS.get(number)
    shown = _LITERAL.sub("", codes[number].partition(";")[0])
    if "%" not in shown:
        return None
    return min(len(re.findall("[0#?]", shown.partition(".")[2])), _MAX_DECIMALS)


def damaged(file: str) -> HealthReportError:
    """Return the error for a file that cannot be opened."""
    hint = "请重新取一份；如果 Excel 或 WPS 能打开，请另存为 .xlsx 再试。"
    return error("damaged-table", "表格打不开：文件不完整，或已损坏。", Position(file), hint=hint)


def protected(file: str) -> HealthReportError:
    """Return the error for a file that needs a password."""
    hint = "请在 Excel 或 WPS 中打开，取消密码后另存一份。"
    return error("protected-table", "表格设了打开密码，读不了。", Position(file), hint=hint)


def too_large(place: Position, message: str) -> HealthReportError:
    """Return the error for a file that would not fit into memory."""
    return error("too-large", message, place, hint="请只留要用的工作表、行和列，另存一份。")


def no_table(file: str, message: str, hint: str) -> HealthReportError:
    """Return the error for a file that is something else."""
    return error("not-a-table", message, Position(file), hint=hint)
