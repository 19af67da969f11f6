"""Shares of one whole, which add to 100."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import (
    RATES,
    Figure,
    Fit,
    Line,
    Mismatch,
    decimals,
    ratio,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.figures.words import FigureCues


SHARES, RATE = "HR205", "HR202"
_EACH_SHARE = re.compile(r"(?:分别占|占比分别为?|各占).{0,8}$")
_NEXT = ("、", "和", "，", "及")
# 男性占52.4% is of all; 男性党员占30.2% may be of the men.
_LONGEST_GROUP, _NEAR = 6, 12
# A rate whose name has 占 in it: of several no sum is a whole.
_OF_ITS_OWN = re.compile(r"[药耗材床]占比?")


def shares(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Yield shares of one whole that do not add to 100: 内科45%、外科30%、其他35%."""
    yield from _respective(line)
    at = 0
    while at < len(line.figures):
        figure = line.figures[at]
        sentence = line.sentence(at)
        at = sentence.stop
        rates = [line.figures[one] for one in sentence if line.figures[one].unit == "%"]
        if len(rates) < 2 or any(one.loose for one in rates):
            continue
        yield from _sum_of_shares(line, figure, rates, cues)


def _respective(line: Line) -> Iterator[Mismatch]:
    """Compare 480家，A级48家、B级312家、C级120家，分别占10.0%、65.0%、25.0%: one wrong, the others right."""
    for index, figure in enumerate(line.figures):
        if not (figure.is_rate and _EACH_SHARE.search(figure.clause)):
            continue
        last = index + 1
        while last < len(line.figures) and line.figures[last].is_rate and line.figures[last].lead in _NEXT:
            last += 1
        rates, row = line.figures[index:last], line.figures[max(2 * index - last - 1, 0) : index]
        if len(row) <= len(rates) or len({one.unit for one in row}) > 1 or any(one.loose for one in (*rates, *row)):
            continue
        whole, parts = row[0], row[1:]
        if len(rates) < 2 or not whole.counts or whole.value < sum(one.value for one in parts):
            continue
        wrong = [
            (part, rate)
            for part, rate in zip(parts, rates, strict=True)
            if ratio(part, whole, rate, RATES[rate.unit]) is Fit.WRONG
        ]
        if 2 * len(wrong) <= len(rates):
            for part, rate in wrong:
                exact = written(part.value / whole.value * 100, None, decimals(rate) + 1)
                what = f"{written(part.value)} ÷ {written(whole.value)} = {exact}%，文中为{rate.printed}。"
                yield Mismatch(RATE, line, rate, what, "请核对各项占比。", (part, whole))


def _sum_of_shares(line: Line, first: Figure, rates: Sequence[Figure], cues: FigureCues) -> Iterator[Mismatch]:
    words = line.text[max(first.start - len(first.lead), 0) : rates[-1].end]
    if not re.search(r"占|构成|比例|比重|结构", words) or cues["<增>|<减>|同比|合格率|完成率|<合计>"].search(
        words.replace("分别占", "占")
    ):
        return
    clauses = [one.clause for one in rates]
    if any(_OF_ITS_OWN.search(clause) for clause in clauses):
        return
    parts = [
        one for one in rates if one.depth == rates[0].depth and not re.search(r"率|目标|其中(?!.{0,8}占)", one.clause)
    ]
    if len(parts) != len(rates):
        return
    value = sum((one.value for one in rates), Fraction(0))
    slack = max(sum((one.half for one in rates), Fraction(0)), rates[0].step)
    names = [text.strip("占：:（(") for text in re.split(r"[，,。；;、]", words[words.find(first.clause) :])]
    other = any(cues["(?:^|[及和与])(?:<其余>)"].search(name) for name in names[1:])
    together = re.search(r"各占|构成|分别占", words)
    pairs = any(
        all(word in words for word in group) and len(group) == len(rates) and group != ("门诊", "住院")
        for group in cues.complements
    )
    named = max(len(name) for name in names) > _LONGEST_GROUP
    pairs = pairs and (not named or abs(value - 100) <= _NEAR)
    apart = other or pairs or "各占" in words or ("构成" in words and len(rates) > 2)
    if abs(value - 100) <= slack or not (apart or (together and value > 100 + slack)) or len(clauses) > 20:
        return
    if value < 60 or value > 160:
        return
    shown = " + ".join(written(one.value) for one in rates)
    what = f"{shown} = {written(value)}，各项占比相加应为100%。"
    yield Mismatch(SHARES, line, rates[-1], what, "请核对各项占比。", tuple(rates[:-1]))
