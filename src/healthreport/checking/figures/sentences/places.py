"""Ranks, days, years and formulas, which are no figures with units: 第13位 of 11个县, 5月1日至5月5日共5天."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import Figure, Line, Mismatch, written
from healthreport.values import counters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.figures.words import FigureCues

RANK, SPAN, SUM = "HR209", "HR219", "HR201"
_CHINESE = {counters.chinese_number(number): number for number in range(1, 100)} | {"两": 2}
_N = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_OF_PLACES = (
    rf"(?<![\d.第几数百千]){_N}[个家所]?<参评的>([^，。；\d的]{{0,10}}[，,]?[^，。；\d]{{0,8}})"
    rf"(?:第|前){_N}(?:位|名|名次)"
)
# All of a place compete, or those of whom it is said: 全市11个县第3位, 11个县中第3位; not 3家医院进入前10名.
_ALL_OF = re.compile(r"全[国省市县区州盟旗镇乡]")
_AMONG = re.compile(r"(?:全[国省市县区州盟旗镇乡]|[居列在])[^，。；]{0,4}$")
_OTHERS_TOO = re.compile(r"分别|进入|跻身|入围|获")
_SCOPE = 8
_MOVED = re.compile(
    rf"第{_N}[位名](?P<gap>[^，。；第]{{0,10}}(?P<way>升|前进|前移|提升|跃|上移|进至|降|退|滑|后移|跌|落)[^，。；第]{{0,4}})第{_N}[位名][，,（(]?[^，。；\d]{{0,6}}?"
    rf"(?P<word>前进|上升|提升|提高|进步|升|前移|跃升|下降|后退|退后|退步|下滑|后移|降|落后|倒退)了?{_N}个?(?:位次|名次|位|名)"
)
_FALLS = re.compile(r"降|退|滑|后移|跌|落")
_DAYS = re.compile(
    rf"(?:(?P<year>20\d\d)年)?(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})日?(?:起)?(?:至|—+|–|-|~|～|到)(?:(?P<y2>20\d\d)年)?(?:(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})日"
    rf"[^。；\d]{{0,14}}?(?P<word>共计|共|为期|历时|持续|计|合计|连续){_N}天"
)
_YEARS_LISTED = re.compile(rf"连续{_N}年[^，。；（(]{{0,8}}[（(]((?:20\d\d年?[、，,和]?)+)[年度）)]")
_YEARS_SPAN = re.compile(rf"(20\d\d)年?(?:—+|–|-|~|～|至|到)(20\d\d)年[，,]?[^，。；\d]{{0,8}}?(?:连续|历时|共){_N}年")
_ITEMS_LISTED = re.compile(
    rf"(?<![\d.—－-]){_N}(?:个|家|项|类|届|次)[^，。；（(\d]{{0,8}}[（(](\d{{1,4}}(?:[、，,]\d{{1,4}}){{1,20}})[^\d.%、，]{{0,4}}[）)]"
)
_FORMULA = re.compile(
    r"(?:[一-龥]{0,8}\d[\d,]*(?:\.\d+)?[一-龥%]{0,4}\s*[+＋－−-]\s*){1,12}[一-龥]{0,8}\d[\d,]*(?:\.\d+)?[一-龥%]{0,4}\s*[=＝]\s*(?P<sum>\d[\d,]*(?:\.\d+)?)"
)
_TERM = re.compile(r"(?P<sign>[+＋－−-]?)\s*[一-龥]{0,8}(?P<number>\d[\d,]*(?:\.\d+)?)")
_ONE = Fraction(1)


def find(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Yield ranks among too few, and spans that are not as long as said."""
    text = line.text
    if "第" in text and ("位" in text or "名" in text):
        yield from _ranks(line, cues)
    if "天" in text and "日" in text:
        for found in _DAYS.finditer(text):
            yield from _days(line, found)
    if "连续" in text or "历时" in text:
        yield from _years(line)
    if "（" in text or "(" in text:
        for found in _ITEMS_LISTED.finditer(text):
            items = re.split("[、，,]", found[2])
            if _number(found[1]) != len(items):
                what = f"括号里列了{len(items)}个（{found[2]}），文中为{found[1]}。"
                yield Mismatch(SPAN, line, _at(line, found.start(1), found.end(1)), what, "请核对个数和所列的各项。")
    if "=" in text or "＝" in text:
        yield from _formulas(line)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _CHINESE.get(words, 0)


def _at(line: Line, start: int, end: int) -> Figure:
    """Return a stretch of text as a figure, for its place."""
    return Figure(start, end, Fraction(0), _ONE, _ONE, "", "", "", "", True, 0, 0, line.text[start:end])


def _ranks(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    for found in cues[_OF_PLACES].finditer(line.text):
        whole, place = _number(found[1]), _number(found[3])
        if whole and place > whole and _is_among(line.text[max(found.start() - _SCOPE, 0) : found.start()], found[2]):
            what = f"只有{whole}个，不会有第{place}位。"
            yield Mismatch(RANK, line, _at(line, found.start(3), found.end(3)), what, "请核对名次和总数。")
    for found in _MOVED.finditer(line.text):
        before, after, moved = (_number(found[at]) for at in (1, 4, 6))
        falls = bool(_FALLS.search(found["word"]))
        exact = (after - before) * (1 if falls else -1)
        if exact != moved:
            high, low = max(before, after), min(before, after)
            what = (
                f"{high} - {low} = {high - low}，文中为{found['word']}{found[6]}。"
                if abs(exact) != moved
                else f"第{before}位到第{after}位不是{found['word']}。"
            )
            yield Mismatch(RANK, line, _at(line, found.start(6), found.end(6)), what, "请核对两次的名次。")


def _is_among(before: str, between: str) -> bool:
    """Say whether a rank is one among as many as stand before it, and not among those of a larger place."""
    if _OTHERS_TOO.search(between) or not (_AMONG.search(before) or re.search("[中里]", between)):
        return False
    return set(_ALL_OF.findall(between)) <= set(_ALL_OF.findall(before))


def _days(line: Line, found: re.Match[str]) -> Iterator[Mismatch]:
    year = int(found["year"] or 2023)
    first_month, last_month = int(found["m1"]), int(found["m2"] or found["m1"])
    last_year = int(found["y2"] or (year + (last_month < first_month)))
    said = _number(found[8])
    try:
        first, last = date(year, first_month, int(found["d1"])), date(last_year, last_month, int(found["d2"]))
    except ValueError:  # no such day, which is not told here
        return
    days = (last - first).days + 1
    allowed = {days} if found["word"] == "共" else {days, days - 1}
    if not found["year"] and first <= date(year, 2, 28) < last:
        allowed |= {days + 1}
    if said and days > 0 and said not in allowed:
        what = f"{first_month}月{first.day}日至{last_month}月{last.day}日是{days}天，文中为{found[8]}天。"
        yield Mismatch(SPAN, line, _at(line, found.start(8), found.end(8)), what, "天数含首尾两天，请核对。")


def _years(line: Line) -> Iterator[Mismatch]:
    for found in _YEARS_LISTED.finditer(line.text):
        years = re.findall(r"20\d\d", found[2])
        if _number(found[1]) != len(years):
            what = f"列了{len(years)}年（{'、'.join(years)}），文中为连续{found[1]}年。"
            yield Mismatch(SPAN, line, _at(line, found.start(1), found.end(1)), what, "请核对年数和年份。")
    for found in _YEARS_SPAN.finditer(line.text):
        count = int(found[2]) - int(found[1]) + 1
        if count > 0 and _number(found[3]) not in (count, count - 1):
            what = f"{found[1]}年至{found[2]}年是{count}年，文中为{found[3]}年。"
            yield Mismatch(SPAN, line, _at(line, found.start(3), found.end(3)), what, "请核对年数和年份。")


def _formulas(line: Line) -> Iterator[Mismatch]:
    """Compare 合计=甲镇31.5+乙镇28.4+丙镇40.1=100.0."""
    if not any(sign in line.text for sign in "+＋"):
        return
    for found in _FORMULA.finditer(line.text):
        left = re.split("[=＝]", found[0])[0]
        value, row = Decimal(0), []
        for term in _TERM.finditer(left):
            number = Decimal(term["number"].replace(",", ""))
            minus = term["sign"] in ("－", "−", "-")
            value += -number if minus else number
            row.append(("-" if minus else "+", number))
        result = Decimal(found["sum"].replace(",", ""))
        if len(row) > 1 and value != result:
            shown = " ".join(part for sign, number in row for part in (sign, f"{number}"))[2:]
            what = f"{shown} = {written(Fraction(value))}，文中为{found['sum']}。"
            yield Mismatch(SUM, line, _at(line, found.start("sum"), found.end("sum")), what, "请核对总数和各项。")
