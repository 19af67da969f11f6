"""Rates and shares of what another sentence counts: 全县卫生技术人员3420人。……246人，占卫生技术人员的7.2%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.figures.figure import RATES, Figure, Fit, Line, Mismatch, decimals, is_near, ratio, written
from healthreport.checking.figures.sentences.operands import operands
from healthreport.checking.figures.sentences.rates import is_explained
from healthreport.checking.figures.sentences.twice import before, scope
from healthreport.checking.passages import Kind
from healthreport.recognising import naming

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.figures.words import FigureCues
    from healthreport.recognising.figure_words import FigureWords

RATE = "HR202"
_HINT = "请核对分子、分母和率；分母在别的句子里。"
_SHARE = re.compile(
    r"^占(?P<base>[一-龥（）()]{4,14}?)(?:总数|总人数|总量|总额)?(?:的比例|的比重|比例|比重|的)?(?:为|达到?)?$"
)
# Of whom else these are taken, their names say: 重点人群签约率.
_OF_ALL = re.compile(
    r"^(?:家庭医生|居民|健康档案|电子健康档案|居民健康档案|居民电子健康档案)*(?:签约|建档)率(?:为|达到?)?$"
)
_OF_SOME = re.compile("重点|老年|儿童|患者|妇|贫困|脱贫|低保|特殊|高血压|糖尿病|慢性病|残疾|计生|户")
_PEOPLE = re.compile(r"(?:常住|户籍|服务|辖区|总)人口(?:数|总数)?$")
_PER_HEAD = re.compile(r"每(千|万|十万)(?:名|个)?(?:常住|户籍|服务|辖区)?(?:人口|人)[一-龥]{0,8}$")
_SCALES, _AS_RATE = {"千": 1000, "万": 10_000, "十万": 100_000}, {1000: "‰", 10_000: "/万", 100_000: "/10万"}
_MOST_NAMED = 4


class _Named(NamedTuple):
    """A count with its name, and the times and places it is said of."""

    name: str
    scope: str
    figure: Figure


def find(lines: Sequence[Line], cues: FigureCues, words: FigureWords) -> Iterator[Mismatch]:
    """Yield rates whose denominator stands in another sentence, under the very name that the rate says."""
    shares = [
        (line, index)
        for line in lines if line.passage.kind is Kind.BODY and any(sign in line.text for sign in "占率每")
        for index in range(1, len(line.figures)) if _may_be(line, index) or _is_per_head(line, index)
    ]  # fmt: skip
    counted = _counted(lines, words) if shares else []
    for line, index in shares:
        if line.figures[index].counts:
            yield from _per_head(line, index, counted)
        elif operands(line, index, cues) is None and not is_explained(line, index, cues):
            yield from _of_share(line, index, counted)
            yield from _of_people(line, index, counted)


def _may_be(line: Line, index: int) -> bool:
    """Say whether a rate is of the count just before it: 246人，占卫生技术人员的7.2%."""
    figure, part = line.figures[index], line.figures[index - 1]
    beside = part.sentence == figure.sentence and part.depth == figure.depth and "；" not in figure.lead
    return (
        beside and figure.is_rate and not figure.loose and part.counts and not part.loose
        and figure.lead[:1] == "，" and figure.lead[1:] == figure.clause
        and bool(_SHARE.match(figure.clause) or _OF_ALL.match(figure.clause))
    )  # fmt: skip


def _counted(lines: Sequence[Line], words: FigureWords) -> list[_Named]:
    """Return all counts that have a name right before them."""
    found = []
    for line in lines:
        for index, figure in enumerate(line.figures):
            if line.passage.kind is Kind.BODY and _is_count(figure) and not figure.loose and len(figure.clause) > 1:
                name = naming.without_openings(naming.without_endings(figure.clause, words), words)
                found.append(_Named(name, scope(before(line, index, figure), name), figure))
    return found


def _is_count(figure: Figure) -> bool:
    """Say whether a figure counts something, 常住人口48.2万 too."""
    return figure.counts or (not figure.unit and figure.factor > 1)


def _of_share(line: Line, index: int, counted: Sequence[_Named]) -> Iterator[Mismatch]:
    figure, part = line.figures[index], line.figures[index - 1]
    found = _SHARE.match(figure.clause)
    base = re.sub(r"^(?:全[县市区镇乡院]|我[县市区镇乡院]|总|其)", "", found["base"]) if found else ""
    own = scope(before(line, index, figure), base)
    wholes = [one.figure for one in counted if one.name == base and one.scope == own and one.figure.unit == part.unit]
    if base and wholes and len({whole.value for whole in wholes}) == 1 and wholes[0].value > part.value:
        yield from _compare(line, figure, part, wholes[0])


def _of_people(line: Line, index: int, counted: Sequence[_Named]) -> Iterator[Mismatch]:
    """Compare 签约1.25万人，签约率44.0% with the people of the place, where a digit is all that is wrong."""
    figure, part = line.figures[index], line.figures[index - 1]
    if not _OF_ALL.match(figure.clause) or _OF_SOME.search(before(line, index, figure)):
        return
    people = [one.figure for one in counted if _PEOPLE.search(one.name) and one.figure.unit == "人"]
    values = {one.value: one for one in people if one.value >= part.value}
    if not values or len(values) > _MOST_NAMED or any(_fits(part, one, figure) for one in values.values()):
        return
    near = [one for one in values.values() if is_near(part, one, figure)]
    if len(near) == 1:
        yield from _compare(line, figure, part, near[0])


def _is_per_head(line: Line, index: int) -> bool:
    """Say whether a figure is so many for each thousand people: 床位2480张，每千常住人口6.79张."""
    figure, part = line.figures[index], line.figures[index - 1]
    beside = part.sentence == figure.sentence and part.unit == figure.unit and figure.lead[:2] == "，每"
    return beside and figure.counts and not (figure.loose or part.loose) and _PER_HEAD.match(figure.clause) is not None


def _per_head(line: Line, index: int, counted: Sequence[_Named]) -> Iterator[Mismatch]:
    """Compare with the people of the place, where a digit is all that is wrong."""
    figure, part = line.figures[index], line.figures[index - 1]
    found = _PER_HEAD.match(figure.clause)
    scale = _SCALES[found[1]] if found else 1
    people = {
        one.figure.value: one.figure for one in counted if _PEOPLE.search(one.name) and one.figure.unit in ("人", "")
    }
    rate = figure._replace(unit=_AS_RATE[scale])
    if not people or len(people) > _MOST_NAMED or any(_fits(part, one, rate) for one in people.values()):
        return
    near = [one for one in people.values() if is_near(part, one, rate)]
    if len(near) == 1:
        exact = written(part.value / near[0].value * scale, None, decimals(figure) + 1)
        shown = f"{written(part.value)} ÷ {written(near[0].value)} × {scale} = {exact}"
        yield Mismatch(RATE, line, figure, f"{shown}，文中为{figure.printed}。", _HINT, (part,))


def _fits(part: Figure, whole: Figure, figure: Figure) -> bool:
    return ratio(part, whole, figure, RATES[figure.unit]) is not Fit.WRONG


def _compare(line: Line, figure: Figure, part: Figure, whole: Figure) -> Iterator[Mismatch]:
    if not _fits(part, whole, figure):
        scale = RATES[figure.unit]
        exact = written(part.value / whole.value * scale, None, decimals(figure) + 1)
        shown = f"{written(part.value)} ÷ {written(whole.value)}" + ("" if scale == 100 else f" × {scale}")
        what = f"{shown} = {exact}{figure.unit}，文中为{figure.printed}。"
        yield Mismatch(RATE, line, figure, what, _HINT, (part,))
