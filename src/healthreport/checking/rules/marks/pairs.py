"""Quotes and brackets that do not pair, or stand within their like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject

_CLOSER = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "「": "」", "[": "]"}
_OPENER = {closer: opener for opener, closer in _CLOSER.items()}
_ALIKE = {"(": "（", ")": "）", "［": "[", "］": "]"}
_ANY = re.compile("[“”‘’（）()《》〈〉【】〔〕「」\\[\\]［］]")
_NAMES = {"“": "引号", "‘": "引号", "《": "书名号", "〈": "书名号"}
# The bracket of a label has no other: 1) a) 一）; ’ within a Latin word is no quote.
_LABEL = re.compile(r"(?:^|[\s。；：，、;:,.])[0-9A-Za-z一二三四五六七八九十①-⑳]{1,3}$")
_INNER = {"》": ("〈", "〉"), "”": ("‘", "’")}
# ’98 is 1998.
_NUMBER = re.compile("[0-9A-Za-z一二三四五六七八九十含试行]{1,3}")
_YEAR = re.compile("[0-9０-９]{2}")
# A quotation of several paragraphs closes in the last; a bracket that goes over so many is none.
_FURTHEST = 20
_MOST_NESTED, _MOST_OPEN = 50, 200


class _Mark(NamedTuple):
    """A mark without its other: the mark, and where it stands in the joined text."""

    mark: str
    at: int


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a quote or bracket without its other, and of 《》 within 《》: 印发《诊疗规范的通知."""
    words = lines(subject)
    if words.is_loose:
        return
    reader = _Reader(words)
    reader.read()
    unclosed = {one.at for one in reader.alone}
    yield from (finding for outer, finding in reader.nested if outer not in unclosed)
    for one in _alone(reader.alone, words):
        kind = _NAMES.get(_OPENER.get(one.mark, one.mark), "括号")
        other = _CLOSER.get(one.mark) or _OPENER[one.mark]
        side = "后" if one.mark in _CLOSER else "前"
        shown = words.text[one.at]
        told = f"{shown}{side}面没有{other}" if kind == "引号" else f"“{shown}”{side}面没有“{other}”"
        what = f"{kind}不成对：{told}。"
        yield Finding(what, words.spot(one.at, one.at + 1), "请补上另一半，或者把多的删去。")


def _alone(found: list[_Mark], words: Lines) -> Iterator[_Mark]:
    """Yield the marks that have no other within some paragraphs, one for each paragraph."""
    opened: list[_Mark] = []
    left: list[_Mark] = []
    for one in found:
        if one.mark in _CLOSER:
            opened.append(one)
            left += opened[:-_MOST_OPEN]
            del opened[:-_MOST_OPEN]
            continue
        before = next((other for other in reversed(opened[-_MOST_NESTED:]) if _CLOSER[other.mark] == one.mark), None)
        near = before is not None and 0 < words.index(one.at) - words.index(before.at) <= _FURTHEST
        if near:
            # Each paragraph of a long quotation opens, the last one closes.
            opened = [other for other in opened if _CLOSER[other.mark] != one.mark]
        else:
            left.append(one)
    told: set[int] = set()
    for one in sorted([*left, *opened], key=lambda one: one.at):
        index = words.index(one.at)
        following = words.passages[index + 1].text.lstrip() if index + 1 < len(words.passages) else ""
        if index not in told and not (one.mark == "“" and following.startswith("“")):
            told.add(index)
            yield one


class _Reader:
    """Reads all pairs of a document; what is left over is ``alone``."""

    def __init__(self, words: Lines) -> None:
        self._words = words
        self._open: list[_Mark] = []
        self._paragraph = 0
        self.alone: list[_Mark] = []
        self.nested: list[tuple[int, Finding]] = []
        """What is told of pairs in others, with where the outer one opens, which may turn out to have no end."""

    def read(self) -> None:
        end = -1
        text = self._words.text
        for match in _ANY.finditer(text):
            at = match.start()
            if at > end:
                self._close_paragraph()
                end = text.find("\n", at)
                end = len(text) if end < 0 else end
                self._paragraph = text.rfind("\n", 0, at) + 1
            mark = _ALIKE.get(match[0], match[0])
            if mark in _CLOSER:
                self._opens(mark, at)
            elif not self._closes(mark, at):
                self.alone.append(_Mark(mark, at))
        self._close_paragraph()

    def _close_paragraph(self) -> None:
        self.alone += self._open
        self._open = []

    def _opens(self, mark: str, at: int) -> None:
        if len(self._open) < _MOST_NESTED:
            self._open.append(_Mark(mark, at))

    def _closes(self, mark: str, at: int) -> bool:
        """Close what is open; say whether a mark closes anything, or need not."""
        opener = _OPENER[mark]
        depth = next((d for d in range(len(self._open) - 1, -1, -1) if self._open[d].mark == opener), -1)
        if depth < 0:
            before = self._words.text[max(self._paragraph, at - 4) : at]
            is_apostrophe = mark == "’" and (before[-1:].isascii() or _YEAR.match(self._words.text, at + 1))
            return (mark == "）" and bool(_LABEL.search(before))) or bool(is_apostrophe)
        self.alone += self._open[depth + 1 :]
        start = self._open[depth].at
        del self._open[depth:]
        outer = self._open[-1].mark if self._open else ""
        if outer == opener and mark in _INNER:
            self._nested(start, at)
        elif outer == opener == "（" and not _NUMBER.fullmatch(self._words.text, start + 1, at):
            where = self._words.spot(start, at + 1)
            hint = "里面的一层请改用“〔〕”，或者改写。"
            self._tell(Finding("圆括号里面又用了圆括号。", where, hint, severity=Severity.NOTE))
        elif opener == "〈" and "《" not in {one.mark for one in self._open}:
            self._single(start, at)
        elif opener == "“" and outer == "‘" and len(self._open) == 1:
            what, hint = "单引号里面用了双引号。", "外面一层用双引号，里面一层用单引号。"
            where = self._words.spot(self._open[0].at, at + 1)
            self._tell(Finding(what, where, hint, severity=Severity.NOTE))
        return True

    def _tell(self, finding: Finding) -> None:
        self.nested.append((self._open[-1].at if self._open else -1, finding))

    def _single(self, start: int, end: int) -> None:
        """Tell of 〈〉 that stands in no 《》."""
        inside = self._words.text[start + 1 : end]
        spot = self._words.spot(start, end + 1, f"《{inside}》")
        hint = "书名号里面再用书名号，才用“〈〉”。"
        self._tell(Finding(f"“{spot.words}”应用“《》”。", spot, hint, severity=Severity.NOTE))

    def _nested(self, start: int, end: int) -> None:
        """Tell of 《》 within 《》 and of “” within “”."""
        words = self._words
        inside, mark = words.text[start + 1 : end], words.text[end]
        opener, closer = _INNER[mark]
        fix = None if {*_INNER, *_OPENER[mark], opener, closer} & {*inside} else f"{opener}{inside}{closer}"
        pair = f"{_OPENER[mark]}{mark}"
        what = f"“{pair}”里面又用了“{pair}”。" if mark == "》" else f"引号{pair}里面又用了{pair}。"
        hint = f"里面的一层请改用“{opener}{closer}”。" if mark == "》" else f"里面的一层请改用{opener}{closer}。"
        severity = None if mark == "》" else Severity.NOTE
        self._tell(Finding(what, words.spot(start, end + 1, fix), hint, severity=severity))


PAIR = TextRule(
    "HR305",
    Severity.WARNING,
    _find,
    bad=(
        "印发《诊疗规范的通知，开展培训。\n",
        "开展“优质服务基层行活动，提升能力。\n",
        "全县（含开发区共12家。\n",
        "全县含开发区）共12家。\n",
        "开展“三减三健“活动。\n",
        "现将活动总结如下：[\n",
        "《关于印发《诊疗规范》的通知》已转发。\n",
        "设在（清河区（城区）片）。\n",
        "执行〈诊疗规范〉，他说：‘要当好“守门人”。’\n",
        "提出“做到“三个早”，落实到位”的要求。\n",
    ),
    good=(
        "印发《关于印发〈诊疗规范〉的通知》，开展“三减”‘三健’活动（含乡镇）。\n",
        "（按第（二）项执行）\n",
        "1）清点药品。2）登记造册。\n",
        "a)清点药品；b)登记造册。\n",
        "他说：“第一段。\n“第二段。\n“第三段。”\n",
        "Alzheimer’s病患者12例。\n",
        "全县(含开发区）共12家。\n",
        "（按姓名排序，\n未完待续）\n",
    ),
    name="引号括号不成对",
    basis="GB/T 15834—2011 4.8、4.9、4.15",
    why="引号、括号、书名号成对使用；少了一半，读的人不知道到哪里为止。",
)
