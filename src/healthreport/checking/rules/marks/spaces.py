"""Blanks that nobody meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind, Spot
from healthreport.checking.rule import TextRule
from healthreport.checking.scanning.lines import lines, together
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.passages import Passage
    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject

_ODD = "\xa0\u2002-\u200b\u202f\u205f\ufeff"
_NEEDLES = (" ", "\xa0", "\u200b", "\ufeff", "\u2003", "\u2002", "\u2009", "\u202f")
_MARKS = "，。；：？！、”’）》〉】"
_OPENERS = "“‘（《〈【"
_BETWEEN = re.compile(
    rf"(?<=[\u3400-\u9fff])[ {_ODD}]{{1,3}}(?=[\u3400-\u9fff])"
    rf"|(?<=[{_MARKS}])[ {_ODD}]{{1,3}}(?=[^\s{_MARKS}{_OPENERS}])"
    rf"|(?<=[^\s{_MARKS}{_OPENERS}])[ {_ODD}]{{1,3}}(?=[{_MARKS}])"
    rf"|[{_ODD}]+"
)
_SENTENCE = re.compile("[，。；！？]")
# A name of two characters set to the width of three: 张 三.
_NAME = re.compile(r"(?:^|[：、，；:,;\s（(])[\u3400-\u9fff][ \u3000]{1,3}[\u3400-\u9fff](?=$|[、，；。,;\s（）()])")
# A theme of two halves as long: “共享健康 共建和谐”; those who issue something together: 《中共中央 国务院关于…》.
_HALVES = re.compile(r"[“《「]([\u3400-\u9fff]{3,12}) ([\u3400-\u9fff]{3,12})[”》」]")
_ISSUERS = re.compile(r"《[\u3400-\u9fff]{2,20}(?: [\u3400-\u9fff]{2,20}){1,4}(?=关于)")
# What a blank sets off: 第一条 为了规范管理，….
_LABEL = re.compile(r"\s*(?:第[一二三四五六七八九十百]{1,5}[章条节编款]|(?:表|图|附件|附表) ?[0-9]{1,3})")
_KINDS = frozenset({Kind.BODY, Kind.NOTE})


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of blanks between characters of a sentence and beside its marks, and of no-break blanks, all at once."""
    words = lines(subject)
    if any(needle in words.text for needle in _NEEDLES):
        # What a page added to a sentence is told of as such.
        ads = tuple(subject.known.page_lists["句中"])
        spots = [
            spot
            for passage in words.passages
            for spot in _in_passage(passage)
            if not passage.text.startswith(ads, spot.end)
        ]
        yield from together(spots, "字间有多余的空格", "请删去。")


def _in_passage(passage: Passage) -> Iterator[Spot]:
    text = passage.text
    if not any(needle in text for needle in _NEEDLES):
        return
    is_sentence = passage.kind in _KINDS and _SENTENCE.search(text) is not None
    names = {at for match in _meant(text) for at in range(*match.span())} if is_sentence else set()
    label = _LABEL.match(text)
    for match in _BETWEEN.finditer(text):
        if label and label.end() == match.start() and match[0].isspace():
            continue
        is_odd = match[0].strip(" ") != ""
        if is_odd or (is_sentence and match.start() not in names and match.end() < len(text)):
            yield Spot(passage, *match.span(), _right(text, match))


def _meant(text: str) -> Iterator[re.Match[str]]:
    """Yield names, themes and titles that have a blank in them rightly."""
    yield from _NAME.finditer(text)
    if "《" in text or "“" in text:
        yield from _ISSUERS.finditer(text)
        yield from (match for match in _HALVES.finditer(text) if len(match[1]) == len(match[2]))


def _right(text: str, match: re.Match[str]) -> str:
    """Return what is right instead: a plain blank between Latin words, else nothing."""
    start, end = match.span()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return " " if before.isascii() and after.isascii() and before.strip() and after.strip() else ""


SPACE = TextRule(
    "HR302",
    Severity.WARNING,
    _find,
    bad=(
        "全年开展 义诊活动18场，群众满意。\n",
        "全年开展义诊， 受益群众6100人次。\n",
        "全年开展义诊 ，受益群众6100人次。\n",
        "按照\xa0县委要求，开展自查。\n",
        "完成\u200b体检3000人。\n",
        "开展“健康 知识竞赛”，反响热烈。\n",
    ),
    good=(
        "第一章　总则\n",
        "共 3 类 12 项，pH 7.4，GB/T 15834—2011。\n",
        "组长：张 三，副组长：李 四、王 五。\n",
        "通 知\n",
        "第一条 为了规范管理，制定本制度。\n",
        "联系人：张三  电话：0537-1234567\n",
        "采用 COVID-19 检测，全部阴性。\n",
        "　　全年开展义诊18场，群众满意。\n",
        "围绕“共享健康 共建和谐”主题，开展义诊。\n",
        "落实《中共清河县委 清河县人民政府关于加强卫生工作的意见》，成效明显。\n",
    ),
    name="多余的空格",
    why="汉字之间、标点旁边不用空格；不换行空格看不见，却会让排版走样。",
)
