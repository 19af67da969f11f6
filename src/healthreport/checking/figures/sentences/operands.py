"""Numerator and denominator of a rate, by the words before them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import Figure, Line, is_near
from healthreport.checking.figures.sentences.beside import is_said, is_whole_of_all
from healthreport.checking.figures.sentences.counts import before, is_count, is_people
from healthreport.checking.figures.sentences.owned import is_of_its_own, of_all_behind, of_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.checking.figures.words import FigureCues


_NAME = re.compile(
    r"([一-龥]{1,14}?)(?:率|满意度|比例|比重|占比|覆盖面)(?:分别)?(?:已)?(?:为|是|达到|达|约|高达|约为|仅为)?$"
)
_SHARE = re.compile(r"占(?P<base>[一-龥]{0,12}?)(?:的比例|的比重|比例|比重|比)?(?:的|为|达到|达|约|约为)?$")
_OF = re.compile(r"^[^，,。；;、（(]{0,12}的$")
_GENERIC = re.compile(r"(?:全部|总数|总人数|总量|总额|总计|总|其中|全体|比|全县|全市|全区|全镇|的)*$")
_OF_WHICH = re.compile(r"^[^。]{0,14}。\s*其中")
_AMONG = re.compile(r"^[^，。；\d]{0,12}中[，,]?(?:还|仍|已|尚|只|仅)?有?$")
_GENERIC_END = re.compile(r"(?:总数|总人数|总量|总额)的?$")
_NOT = "不未非无漏拒应待需"
_SHORTLY = 8
_BARE_NAME = 2  # 合格率, of what was just said
_SOME = re.compile(
    r"人群|患者|病人|老年|儿童|孕产妇|妇女|学生|居民|职工|贫困|国内|进口|农村|城镇|户籍|高血压|糖尿病|精神|结核|一般|特殊|重点"
)
# Who died is said of all people, not of those who fell ill: that is 病死率.
_ILL = re.compile(r"发病|病例|报告|确诊|感染|患病|患者|罹患|发生|中毒|伤")
_IS_DUE = re.compile(r"(?:[一-龥]{1,4}[县市区镇乡])?应(?![急对用邀])")
_ALREADY = re.compile(r"^[一-龥]{0,8}(?:中，?)?已[一-龥]{1,6}$")
_OF_ALL_BELOW = re.compile(r"应(?![急对用邀])|[总共]|辖区|常住|户籍|在册|全[县市区镇乡院]|任务|目标")
_LEADS_TO_SHARE = re.compile(r"其中|已|实际|完成|到位|合格|达标|中|使用|支出|通过|签约|实现|办结|整改")


def operands(line: Line, index: int, cues: FigureCues) -> tuple[Figure, Figure] | None:
    """Return numerator and denominator of a rate; ``None`` where the words do not say."""
    found = _operands(line, index, cues)
    return found if found and is_whole_of_all(line, *found) and not is_said(line, index, *found) else None


def _operands(line: Line, index: int, cues: FigureCues) -> tuple[Figure, Figure] | None:
    figure = line.figures[index]
    clause = figure.clause
    if cues["(?:<完成率>)(?:为|达到?|是)?$"].search(clause):
        return _of_due(line, index, cues)
    if cues["(?:<增>|<减>|<超额>|分别|各占|年均|目标[^，]*)(?:为|达到?|是)?$"].search(clause):
        return None
    if index >= 2 and _OF.match(figure.lead) and "占" in line.figures[index - 1].clause:
        whole, part = line.figures[index - 1], line.figures[index - 2]
        if index > 2 and part.is_rate and cues["(?:<增>|<减>)$"].search(part.clause):
            part = line.figures[index - 3]  # 2863例，同比增长17.2%，占手术总量1.38万例的20.7%
        alike = part.unit == whole.unit or {part.unit, whole.unit} <= {"人", "例", ""}
        ok = (
            alike
            and is_count(part, cues)
            and is_count(whole, cues)
            and part.sentence == whole.sentence == figure.sentence
        )
        return (part, whole) if ok and not part.loose and not whole.loose else None
    share = _SHARE.search(clause)
    if share and is_of_its_own(clause[: share.start()], _nearest(line, index)):
        return of_named(line, index, clause[: share.start()], cues)
    if share and (of := of_all_behind(line, index)):
        return of
    name = None if share else _NAME.search(clause)
    if share:
        return _of_share(line, index, share["base"], cues)
    if name:
        return _of_rate(line, index, name[1], cues)
    if index and figure.lead in ("（", "(") and line.behind(index)[:1] in ("）", ")", "，", ","):
        return _of_brackets(line, index, cues)
    return None


def _of_share(line: Line, index: int, base: str, cues: FigureCues) -> tuple[Figure, Figure] | None:
    """Find part and whole of 占…%: the count just before, and the one it is a part of."""
    counts = before(line, index, cues)
    if len(counts) < 2 or any(one.loose for one in counts) or "其中" in line.figures[index].lead:
        return None
    part = counts[-1]
    wholes = [
        one
        for one in counts[:-1]
        if one.value >= part.value and one.depth <= part.depth and (one.unit == part.unit or _is_same(line, one, part))
    ]
    told_of_all = _GENERIC_END.search(base)
    base = _GENERIC_END.sub("", base)
    named = not _GENERIC.fullmatch(base)
    if named:
        wholes = [one for one in wholes if base[-2:] in one.clause]
    if not wholes and told_of_all:
        wholes = _of_last_sentence(line, index, part)
        return (part, wholes[0]) if wholes and part is _nearest(line, index) else None
    if not wholes or part is not _nearest(line, index):
        return None
    between = [one for one in counts if wholes[0].start < one.start <= part.start]
    told = any(cues["<其中>|<分完>"].search(one.lead) for one in between) or len(counts) == 2 or named
    told = told or (len(between) == 1 and _AMONG.match(part.lead) is not None)  # 18家单位中，还有5家没有接入
    between_rates = any(wholes[0].start < one.start < part.start and one.is_rate for one in line.figures[:index])
    if len(counts) == 2 and "其中" not in part.lead and (between_rates or "；" in part.lead):
        return None
    return (part, wholes[0]) if told else None


def _is_same(line: Line, whole: Figure, part: Figure) -> bool:
    """Say whether 18个支部书记 are counted as 15名 are: the part is named by the word behind the whole."""
    noun = part.clause[-2:]
    return whole.said == "个" and part.unit == "人" and len(noun) > 1 and noun in line.text[whole.end : whole.end + 12]


def _of_last_sentence(line: Line, index: int, part: Figure) -> list[Figure]:
    """Return the counts of which the next sentence tells parts: 报告942例。其中乙类256例，占报告总数的27.2%."""
    first = line.sentence(index).start
    if not first or not _OF_WHICH.match(line.figures[first].lead):
        return []
    row = [line.figures[at] for at in line.sentence(first - 1)]
    return [one for one in row if one.unit == part.unit and one.value >= part.value and not one.loose][:1]


def _nearest(line: Line, index: int) -> Figure | None:
    """Return the count before a share, over the one that stands in brackets between them."""
    for figure in reversed(line.figures[:index]):
        if figure.counts or not figure.unit:
            return figure
    return None


def _of_brackets(line: Line, index: int, cues: FigureCues) -> tuple[Figure, Figure] | None:
    """Find part and whole of 投资1200万元，已到位960万元（80%）."""
    counts = before(line, index, cues)
    part = line.figures[index - 1]
    if len(counts) < 2 or part is not counts[-1] or any(one.loose for one in counts):
        return None
    wholes = [one for one in counts[:-1] if one.unit == part.unit and one.value >= part.value]
    told = _LEADS_TO_SHARE.search(part.lead)
    return (part, wholes[0]) if wholes and told and (len(counts) == 2 or "其中" in part.lead) else None


def _of_rate(line: Line, index: int, name: str, cues: FigureCues) -> tuple[Figure, Figure] | None:
    """Find numerator and denominator of 达标率 by what stands before them."""
    if "；" in line.figures[index].lead and not line.text.startswith(("（", "("), line.figures[index].end):
        return None  # 枯水期合格83个，合格率96.5%；全年合格率95.3%: of both
    counts = _behind(line, index) or before(line, index, cues)
    if not counts and len(name) <= _BARE_NAME:
        counts = _of_sentencebefore(line, index, cues)
    if len(counts) < 2 or any(one.loose for one in counts[-4:]) or "其中" in line.figures[index].lead:
        return None
    if _is_of_some(name, counts):
        return None
    due = [one for one in counts if "应" in one.clause and "实" not in one.clause]
    done = [one for one in counts if re.search(r"实[际到种查检有收完签管缴办]|^实", one.clause)]
    if due and done and due[-1].unit == done[-1].unit:
        return done[-1], due[-1]
    stems = _stems(name, cues)
    parts = [one for one in counts if _has_stem(line, one, stems)]
    if not parts and counts[-1].sentence == line.figures[index].sentence:
        return _by_digit(line, index, counts, stems, cues)
    if not parts:
        return None
    part = parts[-1]
    if _is_more_than_all(name, counts, part, cues):
        return part, counts[0]
    wholes = [one for one in counts if one is not part and one.value >= part.value and _goes_on_to(line, one, part)]
    if name.endswith("死亡"):
        wholes = [one for one in wholes if not _ILL.search(one.clause)]
    same = [one for one in wholes if one.unit == part.unit and one.start < part.start]
    if not same and not _is_of_some(name, [one for one in wholes if one.start < part.start]):
        same = [
            one for one in wholes if is_people(one, cues) or (len(counts) == 2 and cues["<分母>"].search(one.clause))
        ]
    beside = line.figures[index - 2] if index > 1 and line.figures[index - 1] is part else None
    if beside in same and beside.said == part.said and len(part.lead) <= _SHORTLY:
        return part, beside  # 抢救病人47人次，成功45人次，成功率95.7%, whatever stands before
    if not same or (len(same) > 1 and len(counts) > 3):
        return None
    return part, same[0] if len(counts) <= 3 else same[-1]


def _goes_on_to(line: Line, whole: Figure, part: Figure) -> bool:
    """Say whether what counts the whole goes on to its part: behind a ； another thing is, but for 应随访…；."""
    return "；" not in line.text[whole.end : part.start] or _OF_ALL_BELOW.search(whole.clause) is not None


def _of_due(line: Line, index: int, cues: FigureCues) -> tuple[Figure, Figure] | None:
    """Find what was done of what was due: 应管理4860人，完成体检2673人，完成率55.0%; with a target it is of that."""
    counts = before(line, index, cues)
    first = line.figures[line.sentence(index).start]
    if len(counts) != 2 or cues["<目标>"].search(line.text, max(first.start - len(first.lead), 0), counts[1].end):
        return None
    due, done = counts
    alike = due.unit == done.unit and not due.loose and not done.loose
    told = (_IS_DUE.match(due.clause) and cues["<实绩>"].search(done.clause)) or (
        _ALREADY.match(done.lead) and done.value <= due.value  # 12个问题已整改11个，整改完成率91.7%
    )
    return (done, due) if alike and told else None


def _of_sentencebefore(line: Line, index: int, cues: FigureCues) -> list[Figure]:
    """Return the counts of the sentence before, where a rate opens one: 抽检120份，合格114份。合格率95.0%."""
    if index < 2 or line.sentence(index).start != index or line.figures[index - 1].is_rate:
        return []
    counts = [*before(line, index - 1, cues), line.figures[index - 1]]
    return [one for one in counts if is_count(one, cues) and not one.depth]


def _is_more_than_all(name: str, counts: Sequence[Figure], part: Figure, cues: FigureCues) -> bool:
    """Say whether a part is larger than all there are: 在管高血压患者3240人，规范管理3560人，规范管理率79.0%."""
    return bool(
        len(counts) == 2
        and part is counts[1]
        and part.unit == counts[0].unit
        and part.value > counts[0].value
        and name in part.clause
        and (_IS_DUE.match(counts[0].clause) or cues["<在管的>"].search(counts[0].clause))
        and cues["(?:<到百为止>)$"].search(name + "率")
    )


def _is_of_some(name: str, counts: Sequence[Figure]) -> bool:
    """Say whether a rate is of people or things that the counts do not name: 重点人群签约率."""
    words = "".join(one.lead for one in counts)
    return any(found[0] not in words for found in _SOME.finditer(name))


def _by_digit(
    line: Line, index: int, counts: Sequence[Figure], stems: Sequence[str], cues: FigureCues
) -> tuple[Figure, Figure] | None:
    """Take the only two counts before a rate for its own, where one digit of it is all that is wrong."""
    figure = line.figures[index]
    if len(counts) != 2 or counts[0].unit != counts[1].unit or counts[1].value > counts[0].value or not counts[0].value:
        return None
    whole, part = counts
    if any(stem in whole.clause for stem in stems) or not cues["<分母>|中|有"].search(
        whole.clause + line.behind(index - 1)[:8]
    ):
        return None
    return (part, whole) if is_near(part, whole, figure) else None


def _behind(line: Line, index: int) -> list[Figure]:
    """Return the two counts in the brackets behind a rate: 接种率98.2%（应种2500人，实种2455人）."""
    figure = line.figures[index]
    after = [one for one in line.figures[index + 1 : index + 4] if one.depth > figure.depth]
    if not line.text.startswith(("（", "("), figure.end) or len(after) != 2 or not all(one.counts for one in after):
        return []
    return after


def _stems(name: str, cues: FigureCues) -> tuple[str, ...]:
    name = name.removesuffix("发生") or name
    stem = name[-2:]
    listed = next((words for key, words in cues.numerators.items() if name.endswith(key)), ())
    return (*listed, stem) if len(stem) == 2 else listed


def _has_stem(line: Line, figure: Figure, stems: Sequence[str]) -> bool:
    """Say whether the words before a count, or right behind it, are those of the rate."""
    behind = re.split(r"[，,。；;、（(]", line.text[figure.end : figure.end + 14], maxsplit=1)[0]
    for words in (figure.clause, behind):
        for stem in stems:
            at = words.rfind(stem)
            if (
                at >= 0
                and words[at - 1 : at] not in [*_NOT]
                and words[max(at - 2, 0) : at] not in ("尚未", "没有", "拒绝")
            ):
                return True
    return False
