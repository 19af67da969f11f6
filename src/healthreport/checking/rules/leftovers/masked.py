"""Figures and names that were masked, and never filled in again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.joined import joined
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.rules.leftovers.markdown import bold
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.subject import Subject

_UNIT = r"[%％‰万亿]|个百分点|(?:人|元|例|户|张|台|家|名|项|期|次|份|所|支|件|公里|平方米)"
# 12**, **.*, ***, 6***; ＊ and ● too.
_STARS = re.compile(r"(?<![0-9A-Za-z*＊●./_\\@])[0-9]{0,8}(?:[*＊]+|●{2,})(?:[.,，．]?[0-9*＊●]){0,8}[.,，]?(?![A-Za-z_])")
# 1××万, ×.×万, 20××万, 增长×%; what has no digit and no point is a placeholder, which is told as such.
_CROSSES = re.compile(
    r"(?<![0-9A-Za-z×])[0-9]{1,6}×{2,}(?![0-9])|(?<![0-9A-Za-z×])[0-9]{0,6}×{1,6}\.[0-9×]{1,4}|"
    rf"(?<![0-9A-Za-z×.])×(?={_UNIT})"
)
_LETTERS = re.compile(rf"(?<![0-9A-Za-z.@/_-])(?:[0-9]{{1,6}}[XxＸ]{{2,}}|[XxＸ]{{1,4}}\.[XxＸ]{{1,3}}|[XxＸ])(?={_UNIT})")
_HIDDEN = re.compile(r"[0-9]{2,}[*＊●×xX]{3,}[0-9Xx]{2,}")
_HAN = re.compile("[一-龥]")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 住院**.*万人次, 增长**%, 1××万, all at the first place; 138****5678, 3×5米 and **bold** are none."""
    text = joined(subject)
    found = sorted({span for span in _spans(text)})
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
        marked = {at for start, end in bold(text) for at in (*range(start, start + 2), *range(end - 2, end))}
        for match in _STARS.finditer(words):
            if match.start() not in marked and _is_masked(words, text, match):
                yield match.span()
    if "×" in words:
        yield from (match.span() for match in _CROSSES.finditer(words) if not _is_hidden(words, match))
    if "X" in words or "x" in words or "Ｘ" in words:
        yield from (match.span() for match in _LETTERS.finditer(words))


def _is_masked(words: str, text: Joined, match: re.Match[str]) -> bool:
    """Say whether asterisks stand for digits or a name: in a line with words, not a number kept private, not 5*3."""
    start, end = match.span()
    if match[0].count("*") + match[0].count("＊") + match[0].count("●") == 1:
        # 5*3 is a product, * behind a word or at the start of a line a note, *% a figure.
        before_is_digit, after = words[start : start + 1].isdecimal(), words[end : end + 2]
        return not match[0][-1:].isdecimal() and bool(re.match(_UNIT, after)) and (before_is_digit or words[start - 1 : start] not in ("\n", ""))
    first, last = text.line(start)
    if _is_hidden(words, match) or not _HAN.search(words, first, last):
        return False
    return bool(_HAN.match(words, end)) or words[start - 1 : start] not in ("\n", "") or last - end > 2


def _is_hidden(words: str, match: re.Match[str]) -> bool:
    """Say whether a number of a person is masked as it should be: 138****5678, 110105********002X, 6222****."""
    start, end = match.span()
    token = words[start : end + 6]
    digits = re.match(r"[0-9]*", token)
    whole = _HIDDEN.match(token)
    return whole is not None and digits is not None and len(digits[0]) >= 3 and end - start >= 7


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
