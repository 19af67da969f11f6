"""Read a county's sheet and a bureau's large one, against openpyxl, by turns.

Usage: python benchmarks/sheets.py [--rounds 7] [--page README.md]

5,000 rows of 51 columns: ``plain`` as most sheets are, ``formatted`` with a percent, a day, a unit and a scale in
four of five columns, ``old`` the plain one as an ``.xls`` file, for which openpyxl loads the plain ``.xlsx``. Both
read everything into memory; ours notes formats, hidden rows and columns, errors and texts that look like numbers
as well. Times are the processor's, so that other programs disturb less. Prints medians and the median of the
ratios of each round, and writes them between the marks of the page.
"""

from __future__ import annotations

import argparse
import datetime
import io
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pages
import xlsxwriter
import xlwt

from healthreport.reading.tables.sheets import read_tables

ROWS, COLUMNS = 5_000, 51
PAGE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- sheets -->\n", "<!-- /sheets -->"
FORMATS = ("0.0%", "yyyy-mm-dd", '0"人"', "0!.0,", "General")


def figures() -> list[list[str | float]]:
    """Return names and figures as townships have them: counts, rates with a decimal, amounts with two."""
    chance = random.Random(1)
    makers: Sequence[Callable[[], float]] = (
        lambda: chance.randint(0, 99_999),
        lambda: round(chance.uniform(0, 100), 1),
        lambda: round(chance.uniform(0, 10_000), 2),
    )
    rows: list[list[str | float]] = [["单位", *(f"指标{number}（人次）" for number in range(1, COLUMNS))]]
    rows += [[f"第{row}镇", *(chance.choice(makers)() for _ in range(1, COLUMNS))] for row in range(1, ROWS)]
    return rows


def xlsx(rows: Sequence[Sequence[str | float]], formats: Sequence[str]) -> bytes:
    """Return the rows as an .xlsx file whose columns have these formats by turns."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("表1")
        styles = [book.add_format({"num_format": one}) for one in formats]
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                sheet.write(y, x, value, styles[x % len(styles)] if x and styles else None)
    return stream.getvalue()


def xls(rows: Sequence[Sequence[str | float]]) -> bytes:
    """Return the rows as an .xls file."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            sheet.write(y, x, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """Return the processor's seconds that something takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(name: str, data: bytes, peer: bytes, rounds: int) -> str:
    """Read both by turns and return a row of the table."""
    times = [
        (seconds(lambda: read_tables(data, name)), seconds(lambda: openpyxl.load_workbook(io.BytesIO(peer))))
        for _ in range(rounds)
    ]
    ours, theirs = (1000 * statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(first / second for first, second in times)
    return f"| {name} | {ours:.0f} | {theirs:.0f} | {ratio:.2f} |\n"


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="(%(default)s)")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the table is written (%(default)s)")
    wanted = parser.parse_args()
    rows = figures()
    plain = xlsx(rows, ())
    sheets = {"plain .xlsx": plain, "formatted .xlsx": xlsx(rows, FORMATS), "old .xls": xls(rows)}
    table = f"| {datetime.date.today()} | ours, ms | openpyxl, ms | ratio |\n|---|---|---|---|\n"
    for name, data in sheets.items():
        table += compare(name, data, plain if name.endswith(".xls") else data, wanted.rounds)
    print(table, end="")
    pages.put(wanted.page, BEGIN, END, table)


if __name__ == "__main__":
    main()
