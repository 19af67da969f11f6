"""What is left, and what comes in and goes out: 任务200场，已完成164场，还差36场; 收入8260万元，支出8035万元."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import Figure, Fit, Line, Mismatch, total, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.figures.words import FigureCues

BALANCE, PART = "HR213", "HR208"
_HINT = "请核对这几个数。"
_HINT_PART = "部分不会大于整体，请核对两个数和单位。"
_MONTH = re.compile(r"(?:\d{1,2}月份?|本月|当月|本季度|[一二三四]季度|本周|上周|当日|今日|昨日)[^，。；累]{0,10}$")
_SO_FAR = re.compile(r"(?:累计|全年|年内|今年以来|1[—-]\d{1,2}月)[^，。；]{0,12}$")
_OF_ALL = re.compile(r"[（(](?:总|全部|共|合计)[^，。；（）()\d]{0,8}$")
_HALVES = ("上半年", "下半年")
_QUARTERS = (("一季度", "1季度"), ("二季度", "2季度"), ("三季度", "3季度"), ("四季度", "4季度"))
_FUNDS = re.compile(r"(?:资金|基金|经费|预算|拨款|总额)(?:总额|合计|共|为|达|共计)*$")
_YEAR = re.compile(r"全年|年度合计|一年")


def find(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Yield differences and flows that do not come out, and parts said to be larger than what they are part of."""
    for index, figure in enumerate(line.figures):
        if figure.loose or not figure.counts:
            continue
        if cues["<其余>(?!疾病|类|原因)"].search(figure.clause):
            yield from _rest(line, index, cues)
        if cues["(?:<差额>)(?:为|约|达|有|共|的)?[^，。；0-9]{0,4}$|^(?:<差额的单字>)$"].search(figure.clause):
            yield from _missing(line, index, cues)
        if cues["(?:<结余>|亏损|赤字|超支|净资产)(?:为|达|约)?$"].search(figure.clause):
            yield from _left(line, index)
        if cues["<期末>"].search(figure.clause):
            yield from _flow(line, index, cues)
        yield from _of_the_year(line, index)
        yield from _too_large(line, index)


def _counts(line: Line, index: int, unit: str) -> list[Figure]:
    """Return the firm counts of the sentence before a figure."""
    before = (line.figures[at] for at in line.sentence(index) if at < index)
    return [one for one in before if one.unit == unit]


def _rest(line: Line, index: int, cues: FigureCues) -> Iterator[Mismatch]:
    """Compare 18家卫生院中，除4家达到推荐标准外，其余14家达到基本标准."""
    rest = line.figures[index]
    before = _counts(line, index, rest.unit)
    if len(before) < 2 or any(one.loose for one in before):
        return
    whole, parts = before[0], before[1:]
    behind = line.behind(line.figures.index(whole))
    if cues["^<参评的>"].search(line.behind(index)) and not cues["^<参评的>"].search(behind):
        return  # 排查出问题83个，已整改76个，其余9个乡镇: of others is said what is left
    named = (
        re.match(r"[^，。；\d]{0,10}中", behind)
        or ("其余" in rest.clause and cues["<总的>|<合计>|应|抽|查"].search(whole.clause))
        or _is_done(whole, parts[0], rest, cues)
    )
    except_for = "除" in parts[0].lead
    if not (named or except_for) or any(one.depth > whole.depth for one in parts):
        return
    if cues["<其中>|<分完>|[：:]"].search(parts[0].lead) and not except_for:
        return
    values = [total([whole, *parts[:count]], rest, (1, *[-1] * count)) for count in range(1, len(parts) + 1)]
    if Fit.FITS not in values and Fit.ROUNDED not in values and Fit.SLIP not in values:
        yield _mismatch(line, rest, [whole, *parts], (1, *[-1] * len(parts)))


def _is_done(whole: Figure, part: Figure, rest: Figure, cues: FigureCues) -> bool:
    """Say whether a figure is what was done of the one before: 83个问题已整改76个，其余7个."""
    return bool(
        cues["(?:<余下>)(?:的|为|有)?$"].search(rest.clause)
        and "；" not in rest.lead
        and cues["^(?:[一-龥]{0,8}[，,]?)?已[一-龥]{1,6}$"].search(part.lead)
        and max(part.value, rest.value) <= whole.value
    )


def _missing(line: Line, index: int, cues: FigureCues) -> Iterator[Mismatch]:
    """Compare 受理36件，办结34件，未办结2件, and 投资1200万元，已到位960万元，缺口240万元."""
    figure = line.figures[index]
    before = [one for one in _counts(line, index, figure.unit) if not cues["[较比与]<上年>"].search(one.clause)]
    if not 2 <= len(before) <= 4 or any(one.loose for one in before) or any(one.depth for one in before):
        return
    pairs = [(one, other) for at, one in enumerate(before) for other in before[at + 1 :]]
    if any(total(sorted(pair, key=lambda one: -one.value), figure, (1, -1)) is not Fit.WRONG for pair in pairs):
        return
    whole, done = before[0], before[1]
    behind = line.behind(line.figures.index(done))[:6]
    if (
        len(before) == 2
        and cues["<目标>|<总的>|<待办的>"].search(whole.clause)
        and cues["<实绩>|<办了的>"].search(done.clause + behind)
    ):
        yield _mismatch(line, figure, [whole, done], (1, -1))


def _left(line: Line, index: int) -> Iterator[Mismatch]:
    """Compare 收入8260万元，支出8035万元，结余225万元."""
    figure = line.figures[index]
    first = line.sentence(index).start
    window = [one for one in line.figures[max(first - 1, 0) : index] if one.unit == figure.unit]
    incomes = [
        one for one in window if re.search(r"收入(?:合计|总计|总额|共计|为|达|完成|实现|约|共|了)*$", one.clause)
    ]
    spendings = [one for one in window if re.search(r"支出(?:合计|总计|总额|共计|为|达|完成|约|共|了)*$", one.clause)]
    if "净资产" in figure.clause:
        incomes = [one for one in window if re.search("总资产|资产总额", one.clause)]
        spendings = [one for one in window if "负债" in one.clause and "率" not in one.clause]
    if not incomes and len(spendings) == 1:
        before = [one for one in window if one.start < spendings[0].start]
        incomes = before if len(before) == 1 and _FUNDS.search(before[0].clause) else []
    incomes, spendings = _all_of(incomes, "总收入"), _all_of(spendings, "总支出")
    if len(incomes) != 1 or len(spendings) != 1 or incomes[0].loose or spendings[0].loose:
        return
    carried = [one for one in window if re.search("结转|(?:年初|期初|上年)结余", one.clause)]
    signs = [1, -1] + [1] * len(carried)
    pair = [incomes[0], spendings[0], *carried]
    if re.search(r"亏损|赤字|超支", figure.clause):
        signs = [-sign for sign in signs]
    result = total(pair, figure, signs)
    if result is Fit.WRONG and "上年" not in figure.clause and "累计结余" not in figure.clause:
        yield _mismatch(line, figure, pair, signs)


def _all_of(named: list[Figure], word: str) -> list[Figure]:
    """Return the one that is all of several: 总收入 beside 医疗收入."""
    all_of = [one for one in named if word in one.clause]
    return all_of if len(named) > 1 and len(all_of) == 1 else named


def _flow(line: Line, index: int, cues: FigureCues) -> Iterator[Mismatch]:
    """Compare 年初在册1210人，新增96人，死亡及迁出44人，年末在册1262人."""
    figure = line.figures[index]
    before = _counts(line, index, figure.unit)
    starts = [at for at, one in enumerate(before) if cues["<期初>"].search(one.clause)]
    if not starts or len(before) - starts[-1] < 2:
        return
    row = before[starts[-1] :]
    signs = [1]
    for one in row[1:]:
        less, more = cues["<减少项>"].search(one.clause), cues["<增加项>"].search(one.clause)
        if bool(less) == bool(more) or one.depth > row[0].depth:
            return
        signs.append(1 if more else -1)
    if not any(one.loose for one in row) and total(row, figure, signs) is Fit.WRONG:
        yield _mismatch(line, figure, row, signs)


def _of_the_year(line: Line, index: int) -> Iterator[Mismatch]:
    """Compare 全年3.5万人次 with 上半年 and 下半年, or with its quarters."""
    whole = line.figures[index]
    if not _YEAR.search(whole.clause):
        return
    others = [line.figures[at] for at in line.sentence(index) if at != index and line.figures[at].unit == whole.unit]
    if any(one.loose for one in others):
        return
    for names in (tuple((half,) for half in _HALVES), _QUARTERS):
        parts = [[one for one in others if any(name in one.clause for name in words)] for words in names]
        if all(len(found) == 1 for found in parts):
            row = [found[0] for found in parts]
            if total(row, whole) is Fit.WRONG and not re.search(r"目标|计划|任务", whole.clause):
                yield _mismatch(line, whole, row, [1] * len(row))


def _too_large(line: Line, index: int) -> Iterator[Mismatch]:
    """Tell of 12月新增434例，全年累计420例, and of 其中签约21万人（总签约16.6万人）."""
    if index == 0:
        return
    figure, part = line.figures[index], line.figures[index - 1]
    if figure.unit != part.unit or figure.sentence != part.sentence or part.loose or figure.value >= part.value:
        return
    month = _MONTH.search(part.clause) and _SO_FAR.search(figure.clause) and "上" not in part.clause
    of_all = _OF_ALL.search(figure.lead) and ("其中" in part.clause or "占" in part.clause)
    if month or of_all:
        what = f"{part.printed}是{figure.printed}的一部分，部分大于整体。"
        yield Mismatch(PART, line, part, what, _HINT_PART, (figure,))


def _mismatch(line: Line, figure: Figure, row: Sequence[Figure], signs: Sequence[int]) -> Mismatch:
    value = sum((one.value * sign for one, sign in zip(row, signs, strict=True)), figure.value - figure.value)
    shown = written(row[0].value, figure)
    for one, sign in zip(row[1:], signs[1:], strict=True):
        shown += f" {'+' if sign > 0 else '-'} {written(one.value, figure)}"
    what = f"{shown} = {written(value, figure)}，文中为{figure.printed}。"
    return Mismatch(BALANCE, line, figure, what, _HINT, tuple(row))
