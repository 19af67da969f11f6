"""The like document that all programs are measured on, written for it.

About 6,000 characters, 8 × 3 sections, 100 interpolated numbers, a 30 × 5 table.
"""

from __future__ import annotations

import random
from pathlib import Path

SENTENCE = "全年共完成相关任务{}，比上年有所进步，各村居配合有力，群众反映良好，台账资料齐全规范。"
FILLER = (
    "坚持预防为主、防治结合，健全责任体系，压实工作任务，逐村逐户宣传发动，"
    "及时研究解决困难和问题，确保各项措施落到实处。"
)
SECTIONS, CHILDREN, PER_CHILD = 8, 3, 4
ROWS = 30


def names() -> list[str]:
    """Return the names of the 100 indicators."""
    return [f"指标{number:03d}" for number in range(100)]


def values(seed: int) -> dict[str, int]:
    """Return a township's figures."""
    pick = random.Random(seed)
    return {name: pick.randint(100, 9999) for name in names()}


def base_yaml() -> str:
    """Return the report that the townships inherit from."""
    lines = ["体裁: 年度工作总结", "年度: 2022", "单位: 清河区卫生健康局", "日期: 2022-12-30", "结构: 并列式", "指标:"]
    lines += [f"  {name}: {{单位: 人次}}" for name in names()]
    lines += ["成绩:"]
    wanted = iter(names())
    for section in range(SECTIONS):
        lines += [f"  - 标题: 第{section + 1}项重点工作扎实推进", "    章节:"]
        for child in range(CHILDREN):
            text = "".join(
                SENTENCE.format("{{ " + name + " }}") for name, _ in zip(wanted, range(PER_CHILD), strict=False)
            )
            lines += [f"      - 标题: 第{child + 1}个方面", "        接排: 是", f"        内容: {text}{FILLER}"]
    lines += [
        "附件:",
        "  - 标题: 主要指标完成情况",
        "    内容:",
        "      表格:",
        "        表头: [指标, 单位, 完成, 上年, 备注]",
    ]
    lines += ["        行:"]
    lines += [f'          - [{name}, 人次, "{{{{ {name} }}}}", "100", 无]' for name in names()[:ROWS]]
    return "\n".join(lines) + "\n"


def town_yaml(number: int, base: str = "base.yaml") -> str:
    """Return a township's own file."""
    lines = [f"继承: {base}", f"单位: 第{number}镇卫生院", "指标:"]
    lines += [f"  {name}: {{数值: {value}}}" for name, value in values(number).items()]
    return "\n".join(lines) + "\n"


def write_table(folder: Path, count: int, columns: list[str]) -> None:
    """Write the base and a table of so many townships into a folder, with some of the indicators.

    The base's text asks for all of them: those the table lacks are shared by the base.
    """
    text = base_yaml()
    for name in names():
        if name not in columns:
            text = text.replace(f"  {name}: {{单位: 人次}}", f"  {name}: {{数值: 100, 单位: 人次, 共用: 是}}")
    (folder / "base.yaml").write_text(text, encoding="utf-8")
    lines = [",".join(["单位", *columns])]
    for number in range(count):
        figures = values(number)
        lines.append(",".join([f"第{number}镇卫生院", *[str(figures[name]) for name in columns]]))
    (folder / "towns.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write(folder: Path, count: int) -> list[Path]:
    """Write the base and so many townships into a folder; return the townships' files."""
    (folder / "base.yaml").write_text(base_yaml(), encoding="utf-8")
    towns = [folder / f"{number:05d}.yaml" for number in range(count)]
    for number, town in enumerate(towns):
        town.write_text(town_yaml(number), encoding="utf-8")
    return towns
