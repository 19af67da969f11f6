"""What a number of a sentence is the number of: its name, as the sentence says it.

The name stands before the number (农村改厕1059座, 参合率达到98%) or, where only a verb or nothing stands there,
behind it (建成12个试点村卫生室). Names of regions, times, adverbs and verbs that say nothing are taken off; what
verbs and words those are is data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from healthreport.recognising.figure_words import FigureWords
    from healthreport.recognising.numbers import Number

BREAKS = frozenset("，,。；;：:！!？?\n（）()①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_FARTHEST = 60
_LONGEST, _LONG = 20, 14
_TIME = re.compile(
    r"(?:到|至|截至|截止到?|从)?(?:[“\"]?十[一二三四五六]五[”\"]?(?:期间|时期|末)?|近?\d{1,4}年(?:度|底|末|初|来|间)?"
    r"(?:上半年|下半年)?|\d{1,2}(?:月(?:\d{1,2}日|份|底|末|初)?|日|季度))+(?:止|前|以来|起|期间)?"
)
_NOT_IN_A_NAME = re.compile(r"[\s|.()（）,，+＋−－*×/÷／{}【】\[\]｛｝:：；;。！？!?#\"'&@`<>=]")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")  # PM2.5
_LIST = "、"
_AND = "和及与"
ONE_BY_ONE = "分别"
_MONEY = "金额"
_RATE = re.compile("(?:规范|健康|系统)?[\u4e00-\u9fff]{2}率$")
_NO_BEARER = re.compile("[率比度量数费额入出次]$")


class Named(NamedTuple):
    """A name, and up to where the text behind the number was read for it; ``word`` is a verb it is made of."""

    name: str
    claimed: int


class Place(NamedTuple):
    """A number, and between which places of its text its name may stand."""

    text: str
    left: int
    number: Number
    right: int


def name_of(place: Place, words: FigureWords) -> Named:
    """Return the name of a number, empty where the sentence has none; whether it is fit to be one is not looked at."""
    noun, end, attributive = _noun_behind(place, words)
    clause = before(place) or ("" if noun else _clause_before(place))
    bare = without_endings(clause, words)
    refused = words.prepositions.before(clause, len(clause)) or bare.endswith("等")
    subject = "" if refused else without_openings(bare, words)
    if subject in words.light_verbs.words or subject in words.openings.words:
        subject = ""
    if words.times.at(place.number.unit, 0) == place.number.unit:
        return Named(subject, place.number.end)
    if not subject and (doing := _those_who(place, noun, end, words)):
        return doing
    noun = noun if len(noun) >= 2 else ""
    if noun and (not subject or _LIST in subject or clause.endswith("的") or _verb_at_the_end(bare, words)):
        return Named(_with_verb(noun, bare, words, attributive=attributive), end)
    if noun and len(subject) == 2 and place.number.unit != "%":
        return Named(subject + noun, end)
    return Named(subject, place.number.end)


def before(place: Place) -> str:
    """Return the clause before a number, back to a mark, or to where another number's words end."""
    start = max(place.left, place.number.start - _FARTHEST)
    clause = place.text[start : place.number.start]
    cut = max((at for at, char in enumerate(clause) if char in BREAKS), default=-1)
    opening = max(clause.rfind("（"), clause.rfind("("))
    if clause.endswith(("）", ")")) and opening > 0:  # 健康小屋（驿站）20个
        return before(place._replace(number=place.number._replace(start=start + opening)))
    return clause[cut + 1 :].lstrip(_LIST).strip()


def around_brackets(place: Place) -> str:
    """Return the clause before the brackets that a number stands in alone: 高于目标（80%）; empty without them."""
    text, start = place.text, place.number.start
    if not text.endswith(("（", "("), 0, start) or not text.startswith(("）", ")"), place.number.end):
        return ""
    return before(place._replace(number=place.number._replace(start=start - 1)))


def _clause_before(place: Place) -> str:
    """Return the clause before the one that a number stands in alone: 群众满意度调查，90.77分."""
    text, start = place.text, place.number.start
    if start - place.left > _FARTHEST or not text.endswith(("，", ",", "：", ":"), 0, start):
        return ""
    return before(place._replace(number=place.number._replace(start=start - 1)))


def without_endings(clause: str, words: FigureWords) -> str:
    """Take off what only leads over to the number: 参合率达到 → 参合率."""
    clause = clause.strip()
    while clause and (word := words.endings.before(clause, len(clause))):
        if len(words.whole_words.before(clause, len(clause))) > len(word):
            break
        clause = clause.removesuffix(word).rstrip()
    return clause


def without_openings(clause: str, words: FigureWords) -> str:
    """Take off regions, times, adverbs and verbs that say nothing: 全市共完成农村改厕 → 农村改厕."""
    attribute, of, head_noun = clause.rpartition("的")
    clause = head_noun if of and attribute and len(head_noun) >= 3 else clause
    while clause and (head := _opening(clause, words)):
        clause = clause[head:].lstrip("、 ")
    if at := words.inside.last_end(clause):
        clause = clause if at < 0 else clause[: at - len(words.inside.before(clause, at))] + clause[at:]
    return clause if len(clause) <= _LONG else _shortened(clause, words)


def _opening(clause: str, words: FigureWords) -> int:
    time = _TIME.match(clause)
    if time:
        return time.end()
    if words.whole_words.at(clause, 0):
        return 0
    light = words.light_verbs.at(clause, 0)
    if light and len(clause) - len(light) >= 2:
        return len(light)
    return len(words.openings.at(clause, 0))


def _shortened(clause: str, words: FigureWords) -> str:
    """Cut a long clause behind the last word that opens a new part of it, or behind a 、."""
    for mark in (_last_cut(clause, words), clause.rfind(_LIST) + 1):
        rest = clause[mark:]
        while mark and (head := _opening(rest, words)):
            rest = rest[head:]
        if mark and len(rest) >= 3:
            clause = rest
        if len(clause) <= _LONG:
            break
    return clause


def _last_cut(clause: str, words: FigureWords) -> int:
    """Return where the last word ends that opens a new part of a clause; 对口 has no 对 in it."""
    for at in range(len(clause) - 1, -1, -1):
        cut = words.cuts.at(clause, at)
        if cut and not words.whole_words.at(clause, at) and at + len(cut) < len(clause):
            return at + len(cut)
    return 0


def _verb_at_the_end(clause: str, words: FigureWords) -> str:
    for verbs in (words.light_verbs, words.verbs, words.amount_verbs):
        if verb := verbs.before(clause, len(clause)):
            return verb
    return ""


def _noun_behind(place: Place, words: FigureWords) -> tuple[str, int, bool]:
    """Return the noun behind a number, where its words end, and whether 的 stands before it (3亿元的医院)."""
    text, number = place.text, place.number
    start = number.end
    for bounds in (words.or_more, words.or_less, words.around):
        start += len(bounds.at(text, start))
    attributive = text.startswith("的", start)
    start += attributive
    end = start
    limit = min(place.right, start + _FARTHEST)
    while end < limit and text[end] not in BREAKS and text[end] != _LIST:
        stop, whole = words.stops.at(text, end), _whole(text, end, words)
        if (stop and len(stop) >= len(whole)) or (end == start and text[end] in _AND):
            break
        end += len(whole) or 1
    end = min(end, limit)
    return text[start:end].strip().removesuffix("中").rstrip(_AND), end, attributive


def _those_who(place: Place, noun: str, end: int, words: FigureWords) -> Named | None:
    """Return a name for those who did something: 14个村达到标准 → 达到标准的村."""
    verb = words.attribute_verbs.at(place.text, end)
    if len(noun) > 2 or not verb:
        return None
    limit = min(place.right, end + _FARTHEST)
    close = next((at for at in range(end, limit) if place.text[at] in BREAKS), limit)
    said = verb + place.text[end + len(verb) : close].removeprefix("了").removesuffix("外")
    if not len(verb) < len(said) < _LONGEST - len(noun):
        return None
    counted = words.names_of_units.get(place.number.unit, "数")
    return Named(f"{said}的{noun}" if noun else said + counted, close)


def _whole(text: str, at: int, words: FigureWords) -> str:
    """Return the word at a place that holds a stop without stopping there: 对口, but not 费用 in 经费用于."""
    whole = words.whole_words.at(text, at)
    return whole if len(words.stops.at(text, at + 1)) < len(whole) else ""


def _with_verb(noun: str, clause: str, words: FigureWords, *, attributive: bool) -> str:
    """Put a verb that says something before its object, and an amount's behind it: 选派专家, 医养中心投资."""
    amount = words.amount_verbs.before(clause, len(clause))
    if attributive and amount:
        return noun + amount
    verb = words.verbs.before(clause, len(clause)).removesuffix("了")
    return verb + noun if verb and len(noun) <= _LONG else noun


def of_a_verb(name: str, unit: str, words: FigureWords) -> str:
    """Say what is counted where a name is but a verb: 培训1012人 → 培训人数."""
    counted = words.names_of_units.get(unit, "")
    short = 0 < len(name) <= 2 and (counted != _MONEY or name in words.verbs.words)
    return name + counted if short and counted and not name.endswith(counted) else name


def valid(name: str) -> str:
    """Return a name that the format takes: 2 to 20 characters, no marks of its formulas; or nothing."""
    if name.count("“") != name.count("”"):
        name = name.replace("“", "").replace("”", "")
    name = name.strip("、 的了—-")
    good = 2 <= len(name) <= _LONGEST and not _NOT_IN_A_NAME.search(_POINT.sub("", name))
    return name if good and any(char.isalpha() for char in name) else ""


def each(clause: str, words: FigureWords) -> list[str]:
    """Return what several numbers are said of one by one: 营业收入、利润分别增长 → 营业收入, 利润."""
    listed = without_endings(clause.partition(ONE_BY_ONE)[0], words)
    parts = _parted(listed, words)
    for mark in "等的":
        first, between, common = parts[-1].partition(mark) if parts else ("", "", "")
        if between and common:
            return [without_openings(part, words) + common for part in [*parts[:-1], first]]
    return _shared([without_openings(part, words) for part in parts])


def _parted(listed: str, words: FigureWords) -> list[str]:
    """Part a list where 、 or a word for and stands, but not within a word: 报告及时率、审核率."""
    whole = words.whole_words
    marks = [found.start() for found in re.finditer(f"[、{_AND}]", listed)]
    cuts = [at for at in marks if len(whole.at(listed, at)) < 2 and len(whole.before(listed, at + 1)) < 2]
    ends = [(start + 1, end) for start, end in zip([-1, *cuts], [*cuts, len(listed)], strict=True)]
    return [listed[start:end] for start, end in ends if start < end]


def _shared(names: list[str]) -> list[str]:
    """Give each the rate that only the last of a list says: 高血压、糖尿病控制率 → 高血压控制率, 糖尿病控制率."""
    rate = _RATE.search(names[-1]) if len(names) > 1 else None
    if not rate or not rate.start() or any(_NO_BEARER.search(name) for name in names[:-1]):
        return names
    return [*(name + rate[0] for name in names[:-1]), names[-1]]
