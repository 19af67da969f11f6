"""Spellings that were given up: where each went."""

from __future__ import annotations

from typing import NamedTuple


class Moved(NamedTuple):
    """What is written instead, and a whole command as an example."""

    to: str
    example: str


_SHEET = Moved("命令 sheet", "healthreport sheet 全县.yaml -o 空表.xlsx --towns 名单.txt")
_TOWNS = Moved("命令 towns", "healthreport towns 全县.yaml 名单.txt -o townships")
# By command and option.
MOVED = {
    ("batch", "--blank"): _SHEET,
    ("batch", "--towns"): _SHEET,
    ("batch", "--sheet"): Moved("选项 --worksheet", "healthreport batch 全县.yaml --data 乡镇.xlsx --worksheet 填报"),
    ("new", "--towns"): _TOWNS,
    ("new", "--base"): _TOWNS,
    ("new", "--list"): Moved("命令 genres", "healthreport genres"),
}
