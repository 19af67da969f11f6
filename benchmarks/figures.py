"""What figures cost: a report with 500 indicators and 200 references against its own text written out.

Prints one ratio: compose and Word bytes, warm, both reports taken in turn, medians. The other report
has the same indicators and the same text with every reference replaced by what it prints. With
``--bare`` it has no indicators either, so the ratio is mostly that of reading 500 of them. Run it
pinned to one core.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from healthreport import pipeline
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources, packaged

INDICATORS, REFERENCES, ROUNDS = 500, 200, 60
UNITS = ("座", "人", "万元", "%", "‰", "/10万")
FORMS = ("", ".同比", ".完成率", ".增减", "|千分位", ".目标", " + 指标{next}", ".占比(指标{next})")
RESOURCES = Resources(packaged())


def indicators() -> str:
    """Return 指标: values with unit, target and last year's value, and a formula for each tenth."""
    lines = []
    for n in range(INDICATORS):
        unit = UNITS[n // 100]
        if n % 10 == 9:
            lines.append(f'  指标{n}: {{公式: 指标{n - 2} / 指标{n - 1}, 单位: "%", 上年: 61.{n}}}')
        else:
            lines.append(f'  指标{n}: {{数值: {1059 + 7 * n}, 单位: "{unit}", 目标: {1000 + n}, 上年: {980 + 3 * n}}}')
    return "指标:\n" + "\n".join(lines) + "\n"


def content() -> str:
    """Return 章节: a hundred paragraphs of the length such reports have, two references in each."""
    paragraphs = []
    for n in range(REFERENCES // 2):
        at = (n // 2 * 10, n // 2 * 10 + 3)  # neighbours of one unit, all given
        written = [f"{{{{ 指标{m}{FORMS[n % len(FORMS)].format(next=m + 1)} }}}}" for m in at]
        told = f"全面推进各项重点工作，健全工作机制，压实工作责任，完成任务{written[0]}，群众满意度进一步提高；"
        paragraphs.append(f"- {told}加强督促检查，强化结果运用，推动各项任务落地见效，累计{written[1]}。\n")
    return "内容:\n" + "".join(paragraphs)


def once(path: Path) -> float:
    """Return the seconds one document takes."""
    start = time.perf_counter()
    reader = Reader()
    pipeline.write(pipeline.compose(inherit.load(path, reader), reader, RESOURCES), "docx", RESOURCES, "")
    return time.perf_counter() - start


def printed(path: Path) -> str:
    """Return the report's paragraphs as they are printed, as 内容."""
    reader = Reader()
    blocks = pipeline.compose(inherit.load(path, reader), reader, RESOURCES).document.blocks
    texts = ["".join(run.text for run in getattr(block, "runs", ())) for block in blocks]
    return "内容:\n" + "".join(f"- {text}\n" for text in texts if text)


def main() -> None:
    """Print the ratio."""
    opening = "体裁: 通用\n标题: 无\n"
    with tempfile.TemporaryDirectory() as folder:
        figured, plain = Path(folder) / "figured.yaml", Path(folder) / "plain.yaml"
        figured.write_text(opening + indicators() + content(), encoding="utf-8")
        kept = "" if "--bare" in sys.argv else indicators()
        plain.write_text(opening + kept + printed(figured), encoding="utf-8")
        times = [(once(figured), once(plain)) for _ in range(ROUNDS)][ROUNDS // 3 :]
    first, second = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{1000 * first:.2f} ms / {1000 * second:.2f} ms = {first / second:.2f}")


if __name__ == "__main__":
    main()
