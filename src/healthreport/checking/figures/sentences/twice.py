"""One figure said twice, differently: in two sentences, or in a sentence and a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.figures.figure import Cell, Figure, Line, Mismatch
from healthreport.checking.passages import Kind
from healthreport.recognising import naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.checking.figures.words import FigureCues
    from healthreport.recognising.figure_words import FigureWords

TWICE = "HR207"
_HINT = "请核对是不是同一个数；时间、范围不同的，请写明。"
_RATE = re.compile(r"(?:率|占比|满意度|覆盖面)$")
_NAME = re.compile(r"[一-龥A-Za-z]+$")
_TIME = re.compile(
    r"20\d\d年?|\d{1,2}月|上半年|下半年|[一二三四1-4]季度|上年|去年|前年|往年|同期|当月|本月|年初|年末|累计|首次|以来|期间|十[二三四五]五|截至|日"
)
_PLACE = re.compile(
    r"[一-龥]{1,4}?(?:镇|乡|村|街道|医院|卫生院|院|社区|中心|站|卫生室|诊所|片区|小区|学校|小学|中学|省|市|县|区|国|科|组|班|企业|机关)"
)
_WHO = re.compile(
    r"人群|患者|病人|儿童|老年|孕产?妇|妇女|学生|居民|职工|贫困|家庭|男|女|岁|农村|城镇|户籍|重点|高血压|糖尿病|精神|结核|门诊|住院|公立|民营|基层|县级|省级|市级|国家|一级|二级|三级|甲类|乙类|[^，。；]{1,6}类"
)
_YEAR_END = re.compile(r"(?:截[至止]|到)?(?:目前|年底|年末|12月(?:底|末|31日))")
_OWN_PLACES = re.compile(r"全[县市区镇乡省州旗院]|[本我][县市区镇乡省州旗院]|辖区内?")
_SOURCES = re.compile(r"^(?:正文|附表|表中|文中|前文|上文|下文|表格|附件|表\d*)(?:中|里)?的?")
_AS_OF = re.compile(r"截[至止][^，。；]{2,14}[底末日]$")
_NOT_TWO = 2
_SHORTEST = 4
_MOST_NAMES = 3


class _Said(NamedTuple):
    line: Line
    figure: Figure


def find(lines: Iterable[Line], cells: Iterable[Cell], cues: FigureCues, words: FigureWords) -> Iterator[Mismatch]:
    """Yield figures of a name, a scope and a unit that were said before with another value."""
    said: dict[tuple[str, ...], list[_Said]] = {}
    names: dict[str, dict[str, None]] = {}
    heading = ""
    for line in lines:
        if line.passage.kind is Kind.HEADING:
            heading = scope(line.text)
        for index, figure in enumerate(line.figures):
            name = _name(line, index, cues, words)
            name = name or _name_behind(line, index, names)
            if name:
                names.setdefault(figure.unit, {})[name] = None
                key = (name, figure.unit, heading, scope(before(line, index, figure), name))
                said.setdefault(key, []).append(_Said(line, figure))
        yield from _as_of(line)
    for places in said.values():
        yield from _differ(places)
    yield from _in_tables(said, cells)


def before(line: Line, index: int, figure: Figure) -> str:
    """Return the words of a sentence before a figure."""
    first = line.figures[line.sentence(index).start]
    start = max(first.start - len(first.lead), 0)
    words = line.text[start : figure.start]
    return words[max(words.rfind(mark) for mark in "。；\n") + 1 :]


def scope(words: str, name: str = "") -> str:
    """Return the times, the places and the people that words name, beside those of the name itself."""
    words = words.replace(name, "") if name else words
    words = _OWN_PLACES.sub("", _YEAR_END.sub("", words))
    people = () if _WHO.search(name) else _WHO.findall(words)
    return "|".join(sorted({*_TIME.findall(words), *_PLACE.findall(words), *people}))


def _name(line: Line, index: int, cues: FigureCues, words: FigureWords) -> str:
    """Return the name of a figure that may be said again: a rate, or a count with a full name."""
    figure = line.figures[index]
    clause = figure.clause
    if (
        figure.loose
        or len(clause) < _SHORTEST - 1
        or not (figure.counts or figure.is_rate)
        or line.passage.kind is not Kind.BODY
    ):
        return ""
    if figure.is_rate and not _RATE_IN.search(clause):
        return ""
    if (
        cues[
            "<不是实绩>|(?:<增>|<减>|<超额>|<差额>|[增降高升减少大小缩延](?:到|至|为))|<均>|每|[由从较第]|(?<![占])比|、|<完成率>"
        ].search(clause)
        or "分别" in figure.lead
    ):
        return ""
    if cues["目标|任务|要求|力争|确保|计划|其中"].search(before(line, index, figure)):
        return ""
    found = _NAME.search(naming.without_endings(clause, words))
    name = _SOURCES.sub("", naming.without_openings(found[0], words)) if found else ""
    if figure.is_rate:
        first = line.sentence(index).start
        if len(name) <= _MOST_NAMES and any(one.counts for one in line.figures[first:index]):
            return ""  # 遗传病筛查2653人，筛查率99.0%: whose rate it is, the words before the count say
        return name if _RATE.search(name) and len(name) >= _MOST_NAMES and not _OF_ANYTHING.match(name) else ""
    is_whole = _OWN_PLACES.search(clause) or name.startswith("总") or "全年" in clause
    shortest = _MOST_NAMES if name.startswith("总") else _SHORTEST
    return name if is_whole and len(name) >= shortest and not _is_verb(name, words) else ""


def _name_behind(line: Line, index: int, names: dict[str, dict[str, None]]) -> str:
    """Return a name that was said before and stands behind a figure now: 全县188家村卫生室."""
    figure = line.figures[index]
    if figure.loose or not _OWN_PLACES.fullmatch(figure.clause):
        return ""
    return next((name for name in names.get(figure.unit, ()) if line.text.startswith(name, figure.end)), "")


# Of what these are is said elsewhere: two of them need not be the same.
_OF_ANYTHING = re.compile(
    r"(?:合格|覆盖|达标|有效|办结|检出|阳性|治愈|整改|及时|处理|回收|知晓|参与|优良|优秀|使用|执行|到位|增长|有效|甲级|控制|随访|规范管理|管理)(?:率|达)"
)
_RATE_IN = re.compile(r"率|占比|满意度|覆盖面")


def _is_verb(name: str, words: FigureWords) -> bool:
    """Say whether a name begins with what is done: 举办讲座 may be done twice."""
    return bool(words.verbs.at(name, 0) or words.light_verbs.at(name, 0) or words.amount_verbs.at(name, 0))


def _same(one: Figure, other: Figure) -> bool:
    return abs(one.value - other.value) <= max(
        one.half if one.step > 1 or one.is_rate else 0, other.half if other.step > 1 or other.is_rate else 0
    )


def _differ(places: list[_Said]) -> Iterator[Mismatch]:
    if len(places) < _NOT_TWO:
        return
    first = places[0]
    values = {place.figure.value for place in places}
    if len(values) != _NOT_TWO:
        return
    other = next(place for place in places if place.figure.value != first.figure.value)
    if not _same(first.figure, other.figure):
        yield _mismatch(other, first)


def _mismatch(other: _Said, first: _Said, where: str = "前文") -> Mismatch:
    clause = other.figure.clause
    what = (
        f"{where}“{first.figure.clause or clause}”是{first.figure.printed}，这里是{other.figure.printed}，两处不一致。"
    )
    return Mismatch(TWICE, other.line, other.figure, what, _HINT, ())


def _as_of(line: Line) -> Iterator[Mismatch]:
    """Compare 截至2023年底412人；截至2023年底418人."""
    for first, second in zip(line.figures, line.figures[1:], strict=False):
        same = first.clause == second.clause and first.unit == second.unit and first.said == second.said
        if same and first.value != second.value and _AS_OF.search(first.clause) and not (first.loose or second.loose):
            yield _mismatch(_Said(line, second), _Said(line, first))


def _in_tables(said: dict[tuple[str, ...], list[_Said]], cells: Iterable[Cell]) -> Iterator[Mismatch]:
    """Compare a figure of the text with the one of its name in a table."""
    by_name: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        by_name.setdefault((cell.name, cell.unit), []).append(cell)
    if not by_name:
        return
    for (name, unit, heading, scope), places in said.items():
        found = by_name.get((name, unit))
        if not found or heading or re.search(r"[镇乡村院站]|街道|社区|上年|去年|月|季度|上半年", scope):
            continue
        values = {cell.figure.value for cell in found}
        figure = places[0].figure
        if (
            len(values) == 1
            and len({place.figure.value for place in places}) == 1
            and not _same(figure, found[0].figure)
        ):
            what = f"表中“{name}”是{found[0].figure.printed}，这里是{figure.printed}，两处不一致。"
            yield Mismatch(TWICE, places[0].line, figure, what, _HINT, ())
