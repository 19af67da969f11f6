"""A county as large as a country: 38,600 townships with 50 figures each, rolled up, against pandas.

Usage: python benchmarks/county.py [--rounds 3] [--page README.md]

All programs read one generated workbook and add its columns up, each in a process of its own, by turns; pandas with
openpyxl and with calamine where these are installed (``pip install pandas openpyxl python-calamine``). Ours makes the
report's Word file as well, and has looked at every cell's format, at totals and doubtful figures. Times are the
processor's. Prints medians, and the median of the ratios of each round, and writes them between the marks of the page.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import importlib.util
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pages

TOWNS, FIGURES = 38_600, 50
PAGE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- county -->\n", "<!-- /county -->"
OURS, SLOW, FAST = "healthreport", "pandas with openpyxl", "pandas with calamine"
REPORT, SHEET = "全国.yaml", "乡镇.xlsx"


def write(folder: Path) -> None:
    """Write the workbook and the report: two of three columns are counts, the third has two decimals."""
    import xlsxwriter

    chance = random.Random(1)
    names = [f"指标{number}" for number in range(1, FIGURES + 1)]
    with xlsxwriter.Workbook(folder / SHEET) as book:
        sheet = book.add_worksheet("填报")
        sheet.write_row(0, 0, ["单位", *(f"{name}（万元）" for name in names)])
        for row in range(1, TOWNS + 1):
            values = [
                chance.randint(0, 99_999) if at % 3 else round(chance.uniform(0, 9999), 2) for at in range(FIGURES)
            ]
            sheet.write_row(row, 0, [f"第{row}镇", *values])
    indicators = "".join(f"  {name}: {{单位: 万元, 无目标: 是, 无上年: 是}}\n" for name in names)
    said = "，".join(f"{name}{{{{ {name} }}}}" for name in names)
    head = f"体裁: 通用\n标题: 全国汇总\n单位: 卫生健康委\n汇总来源: {SHEET}\n"
    (folder / REPORT).write_text(f"{head}指标:\n{indicators}内容: {said}。\n", "utf-8")


def ours() -> dict[str, float]:
    """Make the county's report; return the seconds of its stages."""
    from healthreport.jobs.producing import Options
    from healthreport.jobs.render import render
    from healthreport.reading.reader import Reader
    from healthreport.townships import sources

    gc.disable()  # as the command does
    reading, read = 0.0, sources.pool_of

    def pool_of(*arguments: object) -> object:
        nonlocal reading
        start = time.process_time()
        pool = read(*arguments)  # type: ignore[arg-type]
        reading += time.process_time() - start
        return pool

    sources.pool_of = pool_of  # type: ignore[assignment]
    summing, summed = 0.0, sources.summed

    def sums_of(*arguments: object) -> object:
        nonlocal summing
        start, before = time.process_time(), reading
        built = summed(*arguments)  # type: ignore[arg-type]
        summing += time.process_time() - start - (reading - before)
        return built

    sources.summed = sums_of  # type: ignore[assignment]
    ((_, outcome),) = render([Path(REPORT)], Path("out.docx"), Options(), Reader())
    assert outcome.written, outcome.diagnostics
    return {"reading": reading, "summing": summing}


def workbook() -> dict[str, float]:
    """Write what was rolled up as a workbook; return the seconds that takes beyond rolling up."""
    from healthreport.jobs.rollup import rolling
    from healthreport.jobs.rollup import workbook as sheet
    from healthreport.reading.reader import Reader

    made = rolling.make(rolling.Asked(Path(REPORT)), Reader())
    start = time.process_time()
    size = len(sheet.xlsx(made.rolled_up))
    return {"writing": time.process_time() - start, "MB": size / 1e6}


def peer(engine: str) -> Callable[[], dict[str, float]]:
    """Return what reads and adds up with pandas."""

    def run() -> dict[str, float]:
        import pandas

        start = time.process_time()
        table = pandas.read_excel(SHEET, engine=engine)  # type: ignore[call-overload]
        read = time.process_time()
        assert len(table.iloc[:, 1:].sum()) == FIGURES
        return {"reading": read - start, "summing": time.process_time() - read}

    return run


PROGRAMS: dict[str, Callable[[], dict[str, float]]] = {
    OURS: ours,
    SLOW: peer("openpyxl"),
    FAST: peer("calamine"),
    "workbook": workbook,
}
NEEDED = {SLOW: ("pandas", "openpyxl"), FAST: ("pandas", "python_calamine")}


def measured(program: str, folder: Path) -> dict[str, float]:
    """Run a program in a process of its own; return its seconds and its most memory."""
    command = [sys.executable, str(Path(__file__).resolve()), "--run", program]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="(%(default)s)")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the table is written (%(default)s)")
    parser.add_argument("--run", choices=PROGRAMS, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.run:
        found = PROGRAMS[wanted.run]()
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps({**found, "whole": time.process_time(), "memory": used.ru_maxrss / 1024}))
        return
    there = [name for name in (OURS, SLOW, FAST) if all(map(importlib.util.find_spec, NEEDED.get(name, ())))]
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        folder = Path(name)
        write(folder)
        rounds = [{name: measured(name, folder) for name in there} for _ in range(wanted.rounds)]
        book = measured("workbook", folder)
    table = (
        f"| {datetime.date.today()} | reading, s | adding up, s | whole, s | MB | × ours |\n|---|---|---|---|---|---|\n"
    )
    for name in there:
        reading, summing, whole, memory = (
            statistics.median(one[name][key] for one in rounds) for key in ("reading", "summing", "whole", "memory")
        )
        ratio = statistics.median(one[name]["whole"] / one[OURS]["whole"] for one in rounds)
        table += f"| {name} | {reading:.1f} | {summing:.2f} | {whole:.1f} | {memory:.0f} | {ratio:.2f} |\n"
    table += f"\nWriting 汇总.xlsx ({book['MB']:.0f} MB) takes {book['writing']:.1f} s and {book['memory']:.0f} MB.\n"
    print(table, end="")
    pages.put(wanted.page, BEGIN, END, table)


if __name__ == "__main__":
    main()
