"""Numbers that belong to one person: of the citizen's card, of a telephone, of a bank card."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.subject import Subject

# Digits, perhaps in groups; every number of one person has eleven at least, and none more than nineteen: a longer run
# would be divided into groups in thousands of ways.
_NUMBER = re.compile(
    r"[1-9](?<![0-9A-Za-z.*×/_-].)(?![0-9]{19})[0-9]{2,5}(?:[ -]?[0-9]{2,8}){1,4}[Xx]?(?![0-9A-Za-z.*×/_]|-[0-9])"
)
_MOBILE = re.compile(r"1[3-9][0-9](?:[0-9]{8}|[ -][0-9]{4}[ -][0-9]{4})(?![0-9A-Za-z.*×_]|-[0-9])")
_GLUED = tuple("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.*×_-")
_AMOUNT = re.compile(r"\s?(?:元|万|亿|人|份|次|%|％|例|台|件|支|剂|ml|mg)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGIONS = frozenset("123456")
_CARD_LENGTHS = (16, 17, 18, 19)
# So near a number for calls is said to be one, behind it in a sentence of its own.
_BEFORE, _BEHIND = 60, 200
# So near before a number stands what it is: 身份证号码为.
_LABEL = 12
_CLAUSE = re.compile("[，,。；;、]")
_KEEP_OUT = "请删去，或只留前三位和后四位。"


def _find_citizens(subject: Subject) -> Iterator[Finding]:
    """Tell of the numbers of citizens' cards, whose last digit checks the others (GB 11643); masked ones are fine.

    A number that is said to be one is one, even if its last digit is wrong: 身份证号370802196503124518.
    """
    text, words = subject.joined, subject.known.clues["身份证"]
    for start, end, digits in _numbers(text):
        before = _CLAUSE.split(text.text[max(text.line(start)[0], start - _LABEL) : start])[-1]
        if _is_citizen(digits) or (_may_be_citizen(digits) and any(word in before for word in words)):
            yield Finding("这里有完整的居民身份证号码。", text.spot(start, end), _KEEP_OUT)


def _find_mobiles(subject: Subject) -> Iterator[Finding]:
    """Tell of mobile numbers; one that is given for calls is a suggestion only."""
    text, public = subject.joined, subject.known.clues["公布"]
    for match in _MOBILE.finditer(text.text):
        start, end = text.line(match.start())
        if text.text[match.start() - 1 : match.start()] in _GLUED or _AMOUNT.match(text.text, match.end()):
            continue
        near = text.text[max(start, match.start() - _BEFORE) : min(end, match.end() + _BEHIND)]
        is_public = any(word in near for word in public)
        severity = Severity.NOTE if is_public else Severity.WARNING
        hint = "确要对外公布的可以不改；宜改为办公电话。" if is_public else _KEEP_OUT
        yield Finding("这里有完整的手机号码。", text.spot(*match.span()), hint, severity=severity)


def _find_cards(subject: Subject) -> Iterator[Finding]:
    """Tell of the numbers of bank cards, whose last digit checks the others (Luhn), beside a word that says so."""
    text, words = subject.joined, subject.known.clues["银行卡"]
    for start, end, digits in _numbers(text):
        first, last = text.line(start)
        if len(digits) in _CARD_LENGTHS and not _is_citizen(digits) and _is_luhn(digits):
            near = text.text[max(first, start - 40) : min(last, end + 20)]
            if digits.startswith("62") or any(word in near for word in words):
                yield Finding("这里有完整的银行卡号。", text.spot(start, end), "请删去，或只留后四位。")


def _numbers(text: Joined) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers that are long enough, with their digits alone."""
    for match in _NUMBER.finditer(text.text):
        digits = match[0].replace(" ", "").replace("-", "").upper()
        if len(digits) >= 15:
            yield match.start(), match.end(), digits


def _is_citizen(digits: str) -> bool:
    """Say whether digits are the number of a citizen's card: its region, day of birth and check digit are right."""
    if not _may_be_citizen(digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == digits[17]


def _may_be_citizen(digits: str) -> bool:
    """Say whether digits have the form of a citizen's number: a region and a day of birth."""
    if len(digits) != 18 or not digits[:17].isdecimal() or digits[0] not in _REGIONS:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return 1880 <= born.year <= 2100


def _is_luhn(digits: str) -> bool:
    """Say whether the last digit checks the others, and they are no sequence of one digit."""
    if not digits.isdecimal() or len(set(digits)) < 3:
        return False
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


CITIZEN = TextRule(
    "HR501",
    Severity.WARNING,
    _find_citizens,
    name="身份证号码",
    basis="国标 GB 11643",
    why="公文和公开的材料里不能有完整的身份证号码（个人信息保护法）；旁边没有写明的，校验码对得上才提醒。",
    bad=(
        "患者身份证号11010519491231002X。",
        "救助对象张某，身份证：440524188001010014，已纳入低保。",
        "户主身份证号码 110105 19491231 002X。",
        "患者身份证号370802196503124518。",
        "公民身份号码：370802196503124518",
    ),
    good=(
        "患者身份证号110105********002X。",
        "项目编号110105194912310021，设备编号440524188001010015。",
        "合同编号：ZB11010519491231002X。",
        "凭身份证领取，项目编号为110105194912310021。",
        "身份证号、住院号登记齐全，条码110105204913310021。",
        "投入资金110105194912310024元。",
    ),
)
MOBILE = TextRule(
    "HR502",
    Severity.WARNING,
    _find_mobiles,
    name="手机号码",
    basis="实务",
    why="手机号码是个人信息，公文里一般只留办公电话。",
    bad=(
        "患者李某，手机13812345678，已电话随访。",
        "联系人：王某，联系电话：138-1234-5678。",
        "村医电话15900001234已登记。",
    ),
    good=(
        "患者手机138****5678，已电话随访。",
        "联系电话：0537-1234567，热线12320。",
        "总投资13800000000元，发放18612345678份。",
        "档案号2013812345678，编号13812345678901。",
    ),
)
CARD = TextRule(
    "HR503",
    Severity.WARNING,
    _find_cards,
    name="银行卡号",
    basis="实务",
    why="银行卡号是敏感的个人信息；校验位对得上、旁边写明是卡号或账户的才提醒。",
    bad=(
        "补助发放至银行卡6222021234567890128。",
        "卡号：5500 0055 5555 5559已停用。",
        "一卡通账户6228480402564890018已到账。",
    ),
    good=(
        "补助发放至银行卡6222************0128。",
        "设备序列号5500005555555559入库。",
        "账户余额1234567890123456元。",
        "统一社会信用代码12370800MB2857833X。",
    ),
)
