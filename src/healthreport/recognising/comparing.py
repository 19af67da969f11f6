"""Numbers that say how a figure compares: with last year, with a target, with a whole; and these themselves.

Each function reads one relation off the clause before a number, and returns nothing where it is not there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.recognising import naming
from healthreport.recognising.relations import Mention, Relation
from healthreport.recognising.sentence import POINTS, SHARES, make

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.recognising.naming import Place
    from healthreport.recognising.sentence import Sentence

_OF_POINTS = {"百分点": "%", "千分点": "‰"}
_ABOUT = ("约", "近", "了", "超过", "超", "分别")
_REACHES = ("约", "近", "超过", "超", "达到", "达", "为")
_OF_TASK = re.compile(r"(?:完成|达到?|占)了?[^，。；,;]{0,12}(?:任务|目标|计划)[^，。；,;]{0,3}的$")
_OF_WHOLE = re.compile(r"占(?:全|了)?([^，。；,;占]{1,20}?)的?$")
_DONE_BEHIND = re.compile("[，,；;][^，。；,;]{0,8}?(?:实际|已|实现?完成)")
_TASK_BEHIND = re.compile(r"(?:的[^，。；,;]{0,4}?)?(?:目标任务|任务|目标)")
_LONGEST_CLAUSE = 40
_THAN = ("比", "较")


def growth(sentence: Sentence, place: Place, clause: str) -> Mention | None:
    """Read 同比增长8.1%, 提高2.8个百分点, 较上年增加36座."""
    words, number = sentence.words, place.number
    head = _without(clause, _ABOUT)
    word = words.rise.before(head, len(head)) or words.fall.before(head, len(head))
    if not word:
        return None
    subject = head.removesuffix(word)
    compared = words.against.before(subject, len(subject))
    unit = _OF_POINTS.get(number.unit[-3:], "" if number.unit in SHARES else number.unit)
    of = sentence.nearest(unit, Relation.VALUE, Relation.SHARE)
    of = of if of >= 0 else sentence.nearest(unit, Relation.LAST)
    against = words.against.first_in(subject)
    said = sentence.bare(subject if against < 0 else subject[:against])
    relative = number.unit in SHARES or number.unit in POINTS or number.unit == "倍"
    compares = _compares(sentence, subject) and bool(said or of >= 0)
    if not relative and not compares and not (of >= 0 and _is_of_last(sentence, of)):
        return None
    kept = compared if words.other_changes.at(compared, 0) else ""
    name = said or sentence.name(of)
    at = number.start - len(word) if sentence.text.endswith(word, 0, number.start) else -1
    mention = make(number, name and name + kept + word, Relation.GROWTH)
    return mention._replace(of=-1 if said or kept else of, word=word, word_at=at)


def completion(sentence: Sentence, place: Place, clause: str) -> Mention | None:
    """Read 完成年度任务的105.9%, 完成率108.0%."""
    if place.number.unit not in SHARES:
        return None
    if clause == "的" and sentence.last and sentence.last.relation is Relation.TARGET:
        of = sentence.value(sentence.last.unit)
        return make(place.number, sentence.name(of) + "完成率", Relation.COMPLETION)._replace(of=of)
    words = sentence.words.completion
    bare = naming.without_endings(clause, sentence.words)
    bare = bare if words.before(bare, len(bare)) else clause
    word = words.before(bare, len(bare))
    if not word and not _OF_TASK.search(clause):
        return None
    of = sentence.value()
    said = sentence.bare(bare.removesuffix(word)) if word else ""
    return make(place.number, (said or sentence.name(of)) + "完成率", Relation.COMPLETION)._replace(of=of, word=word)


def excess(sentence: Sentence, place: Place, clause: str) -> Mention | None:
    """Read 超额36座, 超额完成8.0%."""
    word, of = sentence.words.excess.before(clause, len(clause)), sentence.value()
    if not word or not sentence.name(of):
        return None
    return make(place.number, sentence.name(of) + "超额", Relation.EXCESS)._replace(of=of, word=word)


def share(sentence: Sentence, place: Place, clause: str) -> Mention | None:
    """Read 占签约人数的25.8%, 占25.8%, 占医疗收入7200万元的35.0%."""
    if place.number.unit not in SHARES:
        return None
    words, head = sentence.words, _without(clause, _REACHES)
    if clause == "的" and len(sentence.found) >= sentence.first + 2:
        return _share_of_the_last(sentence, place)
    word = words.share.before(head, len(head))
    if len(words.whole_words.before(head, len(head))) > len(word):
        return None  # 药占比 is a rate of its own
    whole = _OF_WHOLE.search(head) if head.endswith("的") or head.startswith("占") else None
    if not whole and not word:
        return None
    base = whole[1] if whole else ""
    said = sentence.bare(head[: whole.start()] if whole else head.removesuffix(word))
    of = sentence.value()
    name = (said or sentence.name(of)) + (f"占{base}比例" if base else "占比")
    return make(place.number, name, Relation.SHARE)._replace(of=-1 if said else of, base=base)


def _share_of_the_last(sentence: Sentence, place: Place) -> Mention | None:
    """Read 占医疗收入7200万元的35.0%: the whole is the figure before, the part the one before that."""
    part, whole = sentence.found[-2:]
    if "占" not in sentence.text[part.end : whole.start] or not part.name or not whole.name:
        return None
    mention = make(place.number, f"{part.name}占{whole.name}比例", Relation.SHARE)
    return mention._replace(of=len(sentence.found) - 2, base=whole.name)


def times(sentence: Sentence, place: Place, clause: str) -> Mention | None:
    """Read 是上年的2倍."""
    bare = naming.without_endings(clause, sentence.words)
    of = sentence.value()
    if place.number.unit != "倍" or not sentence.words.last.before(bare, len(bare)) or of < 0:
        return None
    return make(place.number, sentence.name(of) + "倍数", Relation.TIMES)._replace(of=of)


def last_year(sentence: Sentence, place: Place, clause: str) -> Mention | None:
    """Read 上年同期980座, 比上年的240例, 是上年（30例）的4倍."""
    words = sentence.words
    clause = naming.without_endings(naming.around_brackets(place) or clause, words)
    at = words.last.first_in(clause)
    if at < 0 or len(clause) > _LONGEST_CLAUSE or place.number.unit in POINTS:
        return None
    if words.rise.before(clause, len(clause)) or words.fall.before(clause, len(clause)):
        return None
    if changed := _changed_by(sentence, place, clause, at):
        return changed
    said = sentence.counted(clause[at + len(words.last.at(clause, at)) :], place.number.unit)
    of = sentence.value(place.number.unit)
    name = said or sentence.name(of) or sentence.bare(clause[:at])
    return make(place.number, name, Relation.LAST)._replace(of=-1 if said else of) if naming.valid(name) else None


def _changed_by(sentence: Sentence, place: Place, clause: str, at: int) -> Mention | None:
    """Read 较上年缩短0.4天, 比去年净增18人: a change, whatever its verb, unless 增加 or 下降 follows the number.

    In 比上年签约人数1200人增加36人 what stands there is last year's value.
    """
    words, number = sentence.words, place.number
    word = clause[at + len(words.last.at(clause, at)) :]
    follows = words.rise.at(place.text, number.end) or words.fall.at(place.text, number.end)
    if not clause.endswith(_THAN, 0, at) or not word or word.startswith("的") or follows:
        return None
    said = sentence.bare(clause[: at - 1])
    of = sentence.value(number.unit)
    whose = said or sentence.name(of)
    name = whose + word if whose else naming.of_a_verb(word, number.unit, words)
    return make(number, name, Relation.GROWTH)._replace(of=-1 if said else of, word=word)


def target(sentence: Sentence, place: Place, clause: str) -> Mention | None:
    """Read 年度任务为1000座, 1000座的任务, 高于目标（80%）, 计划改厕1000座，实际完成……."""
    words, number = sentence.words, place.number
    if planned := _planned(sentence, place, clause):
        return planned
    bracketed = naming.around_brackets(place)
    clause = naming.without_endings(bracketed or clause, words)
    word = words.target.before(clause, len(clause))
    if number.unit in POINTS:
        return None
    if not word and (bracketed or not _TASK_BEHIND.match(place.text, number.end, min(place.right, number.end + 12))):
        return None
    subject = clause.removesuffix(word)
    subject = subject[max(words.given_by.last_end(subject), 0) :]
    of = sentence.value(number.unit)
    said = sentence.counted(subject, number.unit) if not (bracketed and of >= 0) else ""
    if not word and not said:
        return None
    return make(number, said or sentence.name(of), Relation.TARGET)._replace(of=-1 if said else of)


def _planned(sentence: Sentence, place: Place, clause: str) -> Mention | None:
    """Read 年初计划改厕1000座 as a target, where what was done of it follows: 实际完成1059座."""
    words, number = sentence.words, place.number
    start = next((at for at in range(len(clause)) if words.target.at(clause, at)), -1)
    if start < 0 or words.whole_words.at(clause, start) or not _DONE_BEHIND.match(place.text, number.end):
        return None
    before = clause[:start]
    said = sentence.counted(clause[start + len(words.target.at(clause, start)) :], number.unit)
    if not said or (before and naming.without_openings(before, words)):
        return None
    return make(number, said, Relation.TARGET)


IN_ORDER: tuple[Callable[[Sentence, Place, str], Mention | None], ...] = (
    growth,
    completion,
    share,
    excess,
    times,
    last_year, target,
)  # fmt: skip


def _compares(sentence: Sentence, subject: str) -> bool:
    return sentence.words.against.first_in(subject) >= 0 or sentence.words.last.first_in(subject) >= 0


def _is_of_last(sentence: Sentence, of: int) -> bool:
    """Say whether a change follows last year's value at once: 较上年的240例减少36例."""
    return sentence.found[of].relation is Relation.LAST and of == len(sentence.found) - 1


def _without(clause: str, endings: tuple[str, ...]) -> str:
    while ending := next((ending for ending in endings if clause.endswith(ending)), ""):
        clause = clause.removesuffix(ending)
    return clause
