"""How last year's figures compared with the year before, where only that was printed: 同比下降3.2%.

Next year's file knows the year before, so that the change and its direction are computed there: 同比{{ 住院.同比 }}.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.differences import INDICATORS
from healthreport.reading.yaml.dump import Comment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.yaml.dump import Dict, Value
    from healthreport.recognising.figure_words import FigureWords

_YEAR_BEFORE = r"(?:同比|[较比](?:上一?年|去年|上年度|去年度)(?:同期|同比|相比)?)"
_STYLE = r"(?:\|[^{}]*)?"
_BEFORE = "原值"
_REFERENCE = re.compile(rf"\{{\{{ ([^{{}}|]+?){_STYLE} \}}\}}")
_CODE = re.compile(r"\{\{.*?\}\}")
_PROSE = re.compile(r"[，。；！？\n]")
_SENTENCE_END = re.compile(r"[。；;！？!?\n]")
_ONE, _JOIN = rf"\{{\{{ [^{{}}|]+?{_STYLE} \}}\}}", "(?:、和|[、和，,])"
_BETWEEN = re.compile(r"[，,、（(\s]*")
_ASIDE = re.compile(r"[（(][^（()）]*[)）](?=[，,、\s]*$)")
_POINTS = {"百分点": "%", "个百分点": "%", "千分点": "‰", "个千分点": "‰"}
# What says of an indicator more than one number, or one that is not sure.
_MORE = ("目标", "上年", "区间", "约数", "公式", "分项")
_UNSURE = ("区间", "约数")
_PLANS = "计划"


class _Patterns(NamedTuple):
    """A change against the year before, 同比下降{{ 住院降 }}, and one between figures, 由{{ 甲原值 }}提高到{{ 甲 }}.

    The same change may be said once more, 较上年减少{{ 甲减少 }}，下降{{ 甲下降 }}, without what it is compared with.
    Changes said one by one are a list, 同比分别增长{{ 甲增长 }}、下降{{ 乙下降 }}, each an item of it.
    """

    change: re.Pattern[str]
    once_more: re.Pattern[str]
    from_to: re.Pattern[str]
    listed: re.Pattern[str]
    item: re.Pattern[str]


def _patterns(words: FigureWords) -> _Patterns:
    moved = words.rise.words | words.fall.words
    verb = "|".join(sorted(map(re.escape, moved), key=lambda one: (-len(one), one)))
    return _Patterns(
        re.compile(rf"(?P<said>{_YEAR_BEFORE})(?P<mark>[，,]?)(?:{verb})了?\{{\{{ (?P<name>[^{{}}|]+?){_STYLE} \}}\}}"),
        re.compile(rf"(?P<mark>[，,、（(])(?:{verb})了?\{{\{{ (?P<name>[^{{}}|]+?){_STYLE} \}}\}}"),
        # 由上年的68.4%提高到71.2%: what it was before is last year's.
        re.compile(
            r"(?P<from>[由从](?:(?:上一?年|去年)(?:同期)?的?)?)\{\{ (?P<before>[^{}|]+?) \}\}"
            rf"(?:{verb}|[增升降减])[到至为](?P<now>\{{\{{ (?P<of>[^{{}}|.]+?){_STYLE} \}}\}})"
            rf"(?P<more>[，,、（(](?:{verb})了?\{{\{{ [^{{}}|]+?{_STYLE} \}}\}})?"
        ),
        re.compile(
            rf"(?P<said>(?:分别{_YEAR_BEFORE}|{_YEAR_BEFORE}分别)[，,]?)"
            rf"(?P<items>(?:{verb})了?{_ONE}(?:{_JOIN}(?:(?:{verb})了?)?{_ONE})+)"
        ),
        re.compile(rf"(?P<join>{_JOIN}|)(?:(?:{verb})了?)?{_ONE}"),
    )


class Compared(NamedTuple):
    """Last year's file with comparisons that are computed, and the indicators that nothing refers to any more."""

    report: Dict
    unused: frozenset[str]


def computed(report: Dict, known: Dict, words: FigureWords) -> Compared:
    """Let the changes be computed that were typed in; ``known`` are all indicators, from wherever they come."""
    typed = frozenset(str(name) for name, one in known.items() if isinstance(one, dict) and _is_typed(one))
    writer = _Writer(known, typed, _patterns(words))
    new = {key: value if key in (INDICATORS, _PLANS) else writer.changed(value) for key, value in report.items()}
    texts = [*_texts({key: value for key, value in new.items() if key != INDICATORS}), *_texts(known)]
    unused = frozenset(name for name in writer.replaced if not any(_names(name, text) for text in texts))
    return Compared(new, unused)


def _is_typed(indicator: Dict) -> bool:
    """Say whether an indicator is one number and no more; the empty cells of a row, 上年: "", say nothing."""
    value = indicator.get("数值")
    return isinstance(value, str) and bool(value) and "-" not in value and not any(map(indicator.get, _MORE))


class _Writer:
    def __init__(self, known: Dict, typed: frozenset[str], patterns: _Patterns) -> None:
        self._patterns = patterns
        self._known = known
        self._typed = typed
        self.replaced: set[str] = set()

    def changed(self, value: Value | Comment) -> Value:
        """Return a value of the file, each text with its comparisons computed."""
        assert not isinstance(value, Comment)
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [item if isinstance(item, Comment) else self.changed(item) for item in value]
        is_plan = value.get("类别") == _PLANS
        return value if is_plan else {key: self.changed(item) for key, item in value.items()}

    def _text(self, text: str) -> str:
        text, start = self._patterns.from_to.sub(self._from_last, text), 0
        text = self._patterns.listed.sub(self._one_by_one, text)
        while found := self._patterns.change.search(text, start):
            start = found.end()
            of = self._owner(text[: found.start()], found["name"])
            derived = self._derived(of, found["name"])
            if derived:
                self.replaced.add(found["name"])
                said = f"{found['said']}{found['mark']}{{{{ {of}.{derived} }}}}"
                rest, start = self._once_more(text[found.end() :], of, derived), found.start() + len(said)
                text = text[: found.start()] + said + rest
        return text

    def _once_more(self, behind: str, of: str, said: str) -> str:
        """Return what follows a change, computed too where it says the same in the other way: 减少72人次，下降3.2%."""
        found = self._patterns.once_more.match(behind)
        derived = self._derived(of, found["name"]) if found and found["name"].startswith(of) else ""
        if not found or not derived or derived == said:
            return behind
        self.replaced.add(found["name"])
        return f"{found['mark']}{{{{ {of}.{derived} }}}}{behind[found.end() :]}"

    def _one_by_one(self, found: re.Match[str]) -> str:
        """Return changes said one by one, computed of the figures before them, each of the one it is named after."""
        before, changes = _sentence(found.string[: found.start()]), [*_REFERENCE.finditer(found["items"])]
        owners = [*_REFERENCE.finditer(before)][-len(changes) :]
        if len(owners) < len(changes) or not _BETWEEN.fullmatch(before, owners[-1].end()):
            return found[0]
        pairs = [(of[1], change[1]) for of, change in zip(owners, changes, strict=True)]
        derived = [self._derived(of, change) if change.startswith(of) else "" for of, change in pairs]
        if not all(derived):
            return found[0]
        self.replaced.update(change for _, change in pairs)
        joins = [item["join"] for item in self._patterns.item.finditer(found["items"])]
        said = zip(joins, pairs, derived, strict=True)
        return found["said"] + "".join(f"{join}{{{{ {of}.{what} }}}}" for join, (of, _), what in said)

    def _from_last(self, found: re.Match[str]) -> str:
        """Return a figure and what it was last year without the way it went."""
        of, before = found["of"], found["before"]
        if before == of + _BEFORE and before in self._typed and self._may_be_compared(of):
            self.replaced.add(before)
        elif before != f"{of}.上年":
            return found[0]
        more = self._once_more(found["more"] or "", of, "")
        return f"{found['from']}{{{{ {of}.上年 }}}}变为{found['now']}{more}"

    def _may_be_compared(self, of: str) -> bool:
        whole = self._known.get(of)
        return isinstance(whole, dict) and not any(map(whole.get, _UNSURE))

    def _owner(self, before: str, change: str) -> str:
        """Return the indicator that a text ends with, its value and what is derived of it; empty where it does not.

        Brackets at the end are passed over where the change is named after the indicator before them.
        """
        sentence = _ASIDE.sub("", whole := _sentence(before))
        found = [*_REFERENCE.finditer(sentence)]
        if not found or not _BETWEEN.fullmatch(sentence, found[-1].end()):
            return ""
        owner = found[-1][1].partition(".")[0]
        for reference in reversed(found):
            name, _, derived = reference[1].partition(".")
            if name != owner:
                return ""
            if not derived:
                return owner if sentence == whole or change.startswith(owner) else ""
        return ""

    def _derived(self, of: str, change: str) -> str:
        """Return what is derived of an indicator that says this change, or nothing."""
        whole, part = self._known.get(of), self._known.get(change)
        if change not in self._typed or not isinstance(whole, dict) or not isinstance(part, dict):
            return ""
        if of == change or not self._may_be_compared(of):
            return ""
        unit, own = str(part.get("单位", "")), str(whole.get("单位", ""))
        if unit in _POINTS:
            return "同比" if own == _POINTS[unit] else ""
        return "同比" if unit == "%" else "增减" if unit == own else ""


def _sentence(text: str) -> str:
    """Return the sentence that a text ends in."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return text[ends[-1] if ends else 0 :]


def _texts(value: Value | Comment) -> Iterator[str]:
    """Yield all texts of a value, and the names of its keys are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)


def _names(name: str, text: str) -> bool:
    """Say whether a text refers to an indicator: in braces, in a formula, or as one of a list."""
    codes = _CODE.findall(text) if "{{" in text else [] if _PROSE.search(text) else [text]
    return any(name in code for code in codes)
