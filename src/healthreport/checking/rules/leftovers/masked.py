"""Figures and names that were masked, and never filled in again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.rules.leftovers.markdown import bold
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.subject import Subject

_UNIT = r"[%％‰万亿]|个百分点|(?:人|元|例|户|张|台|家|名|项|期|次|份|所|支|件|公里|平方米)"
# 12**, **.*, ***, 6***; ＊ and ● too.
_STARS = re.compile(r"[*＊●](?:(?<=●)●+|(?<=[*＊])[*＊]*)(?:[.,，．]?[0-9*＊●]){0,8}[.,，]?(?![A-Za-z_])")
# 1××万, ×.×万, 20××万, 增长×%; what has no digit and no point is a placeholder, which is told as such.
_CROSSES = re.compile(rf"×(?:×{{0,5}}\.[0-9×]{{1,4}}|×{{1,5}}(?![0-9×])|(?={_UNIT}))")
_LETTERS = re.compile(rf"[XxＸ](?:[XxＸ]{{0,3}}\.[XxＸ]{{1,3}}|[XxＸ]{{0,5}})(?={_UNIT})")
_DIGITS = re.compile("[0-9]{0,8}$")
_HIDDEN = re.compile(r"[0-9]{3,8}[*＊●×xX]{3,18}[0-9Xx]{2,8}")
_HAN = re.compile("[一-龥]")
# A mark before a figure with which it is something else: a word, an address, a number of its own.
_GLUED = tuple("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz*＊●×./_\\\\@-")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 住院**.*万人次, 增长**%, 1××万, all at the first place; 138****5678, 3×5米 and **bold** are none."""
    text = subject.joined
    found = sorted(set(_spans(text)))
    if found:
        first, *others = [text.spot(*span) for span in found]
        message = f"“{first.words}”是遮盖的数字或名称，还没有换成真的。"
        yield Finding(message, first, "请填上真的内容；没有的，改写这一句。", places=tuple(others))


def is_anonymous(text: Joined) -> bool:
    """Say whether a document has masked figures, so that its 某区 is a mask as well."""
    return next(_spans(text), None) is not None


def _spans(text: Joined) -> Iterator[tuple[int, int]]:
    words = text.text
    if "*" in words or "＊" in words or "●●" in words:
        marked = {at for start, end in bold(text) for at in (start, end - 2)}
        for match in _STARS.finditer(words):
            start, end = _with_digits(words, match)
            if start not in marked and words[start - 1 : start] not in _GLUED and _is_masked(words, text, start, end):
                yield start, end
    for mark, pattern in (("×", _CROSSES), ("X", _LETTERS), ("x", _LETTERS), ("Ｘ", _LETTERS)):
        if mark in words:
            yield from _letters(words, pattern)


def _letters(words: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield figures whose digits are ×× or XX: 1××万, ×.×万, 3XX万, 增长X%; 3×5 and 投入××万 are none."""
    for match in pattern.finditer(words):
        start, end = _with_digits(words, match)
        before, has_digits = words[start - 1 : start], start < match.start()
        several = len(match[0]) > 1 and "." not in match[0]
        if (not before or before not in _GLUED) and has_digits == several and not _is_hidden(words, start, end):
            yield start, end


def _with_digits(words: str, match: re.Match[str]) -> tuple[int, int]:
    """Return where a figure begins and ends, with the digits before its masked ones."""
    digits = _DIGITS.search(words[max(match.start() - 8, 0) : match.start()])
    return match.start() - len(digits[0] if digits else ""), match.end()


def _is_masked(words: str, text: Joined, start: int, end: int) -> bool:
    """Say whether asterisks stand for digits or a name: in a line with words, not a number kept private, not 5*3."""
    said, before, after = words[start:end], words[start - 1 : start], words[end : end + 2]
    if sum(map(said.count, "*＊●")) == 1:
        # 5*3 is a product, * behind a word or at the start of a line a note, *% a figure.
        return not said[-1].isdecimal() and re.match(_UNIT, after) is not None and before not in ("\n", "")
    first, last = text.line(start)
    if _is_hidden(words, start, end) or not _HAN.search(words, first, last):
        return False
    return _HAN.match(words, end) is not None or before not in ("\n", "") or last - end > 2


def _is_hidden(words: str, start: int, end: int) -> bool:
    """Say whether a number of a person is masked as it should be: 138****5678, 110105********002X, 6222****."""
    return end - start >= 7 and _HIDDEN.match(words, start) is not None


MASKED = TextRule(
    "HR701",
    Severity.WARNING,
    _find,
    name="遮盖的数字",
    basis="实务",
    why="从网上下载或上报前遮盖过的数字，抄过来还是星号。",
    bad=(
        "住院**.*万人次，增长**%。",
        "全年完成体检6***人，签约***个家庭。",
        "发放金额18627**元。",
        "全年投入1××万元，门诊×.×万人次。",
        "把学习贯彻******新时代中国特色社会主义思想作为首要任务。",
        "总收入20××万元，增长×%。",
        "全年筛查任务数4***人的**,*。",
        "财政投入3XX万元，下降X.X个百分点。",
    ),
    good=(
        "手机138****5678，身份证号码3201**********1234，银行卡6222****0128。",
        "面积3×5米，规格200×300mm，3*5等于15。",
        "**加强组织领导。**成立领导小组。",
        "注：*为约束性指标。\n*\n***\n完成情况*：良好。",
        "X光机2台，XX染色体，X线检查，N95口罩。",
        "func(*args, **kwargs)是程序。",
    ),
)
