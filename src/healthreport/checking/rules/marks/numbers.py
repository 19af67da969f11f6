"""Forms of numbers: decimals, groups of digits, units."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from healthreport.checking.rule import TextRule
from healthreport.checking.rules.marks.forms import DIGITS, Form, findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject

_UNIT = "[%％‰℃万亿]|个百分点|元|mmHg"
_COUNTED = "[人名例次户张台元份家条件亩吨个头座辆册场]|万|平方米|公里"
# 62，8% after a word, 1，260人 after one.
_BEFORE_A_UNIT = re.compile("[0-9\u4e00-\u9fff/（ ]")
_BARE_NUMBER = re.compile(r"(?<![0-9.，])[0-9]{1,2}\Z")
_FIRST_GROUP = re.compile(r"(?<=[\u4e00-\u9fff])(?<![第、])[1-9][0-9]{0,2}\Z")
_FORMS = (
    Form(
        re.compile(rf"[。．](?<=[0-9][。．])[0-9]{{1,3}}(?={_UNIT})"),
        "小数点写成了句号：“{}”",
        "请改用小数点“.”。",
        lambda match: f".{match[0][1:]}",
        each=True,
        widens=DIGITS,
    ),
    Form(
        re.compile(r"，(?<=[0-9]，)[0-9]{1,2}(?=[%％])"),
        "“{}”里的逗号像是小数点",
        "请核对：是小数的，用小数点“.”。",
        severity=Severity.NOTE,
        unless=lambda match: not _BARE_NUMBER.search(match.string, max(match.start() - 4, 0), match.start()),
        each=True,
        widens=DIGITS,
    ),
    Form(
        re.compile(rf"，(?<=[0-9]，)[0-9]{{3}}(?:，[0-9]{{3}}){{0,2}}(?={_COUNTED})(?!年)"),
        "数字中间用了全角逗号：“{}”",
        "分节的，请用半角逗号，或者不分节。",
        lambda match: match[0].replace("，", ","),
        severity=Severity.NOTE,
        unless=lambda match: not _FIRST_GROUP.search(match.string, max(match.start() - 5, 0), match.start()),
        each=True,
        widens=DIGITS,
    ),
    Form(
        re.compile(r"\.(?<![0-9A-Za-z.\-]\.)[0-9]{1,3}(?=[%％‰]|万|亿)"),
        "小数“{}”前面少了0",
        "请补上整数部分的0。",
        lambda match: f"0{match[0]}",
        each=True,
    ),
    Form(
        re.compile(
            r"[%％成](?:(?<=[0-9一二三四五六七八九]成)[%％]|(?<=[%％])(?:[%％]|成(?![为本功立员果效绩长年人品分就活交])))"
        ),
        "“{}”的单位重复了",
        "请只留一个：一成就是10%。",
        needles=("成%", "成％", "%成", "％成", "%%", "％％"),
        each=True,
        widens="0123456789.一二三四五六七八九".__contains__,
    ),
    Form(
        re.compile(r"[千亿万百](?<=[0-9].)[0-9]{1,4}(?:(?<=千[0-9])百|(?<=万[0-9])千|(?<=百[0-9])十|千万)"),
        "“{}”把汉字数字和阿拉伯数字混在一个数里",
        "除“万”“亿”外，一个数里只用一种：3500例，1.2亿元。",
        needles=("千", "百"),
        severity=Severity.NOTE,
        each=True,
        widens=DIGITS,
    ),
)


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 62。8%, 1，260人, .35%, 5成%, 3千5百, mmhg."""
    symbols = subject.known.mark_words.symbols
    yield from findings(subject, (*_FORMS, _symbols(tuple(symbols.items()))))


@lru_cache(maxsize=4)
def _symbols(symbols: tuple[tuple[str, str], ...]) -> Form:
    """Return the form of units that are misspelt."""
    right = dict(symbols)
    longest_first = sorted(right, key=len, reverse=True)
    return Form(
        re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?![A-Za-z0-9])"),
        "单位符号“{}”写得不对",
        "请用法定的符号。",
        lambda match: right[match[0]],
        tuple(right),
        Severity.NOTE,
        lambda match: not _BEFORE_A_UNIT.match(match.string, match.start() - 1),
    )


NUMBER = TextRule(
    "HR311",
    Severity.WARNING,
    _find,
    bad=(
        "签约率达62。8%。\n",
        "签约率达62，8%。\n",
        "义诊受益1，260人。\n",
        "死亡率为.35%。\n",
        "群众满意率达9成%。\n",
        "全年发放3千5百份。\n",
        "血压低于140/90mmhg。\n",
        "投入1亿2千万元。\n",
    ),
    good=(
        "签约率达62.8%，义诊受益1260人、12,600人次。\n",
        "2024年，260人受益；第5，100人。\n",
        "完成10例。5%的患者已出院。\n",
        "群众满意率达九成，占七成以上，5成功案例。\n",
        "投入1.2亿元、12.5万元、3千元、5百份。\n",
        "血压低于140/90mmHg，M2型，m2。\n",
        "2021，2022，2023年。\n",
        "含量100%成分。\n",
    ),
    name="数字的写法",
    basis="GB/T 15835—2011 5.1",
    why="小数点、分节号和单位写错了，数就读错了。",
)
