"""Characters that were lost: by a wrong encoding, a missing font, or a page in disguise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity
from healthreport.recognising.cleaning import traditional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.subject import Subject

_FEW = 12
_PINYIN = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_LATIN = "[\x80-\xbf‚„†‡‰‹›Œœ‘’“”•–—€™š]"
# What UTF-8 looks like that was read as GBK (鍖荤敓), and as Latin (å\x8d«).
_GBK = "鐨鏄鍦鍜锛銆鐢鍋鍖绗瀹闂鏈缁鑷鍗鎴鍏鍙鍚鍒鍔鍥鍨鍫鍩鐥鏁绠浣敓荤"
_DAMAGE = re.compile(
    "[\ufffd\ue000-\uf8ff]+|锟斤拷?|烫烫烫+|屯屯屯+"
    f"|[ÃÂâãäåæçèé]{_LATIN}{{1,2}}"
    f"|[{_GBK}][\u3400-\u9fff]?[{_GBK}][\u3400-\u9fff€]{{0,20}}"
    f"|\\?(?<=[\u3400-\u9fff]\\?)(?:\\?+|[{_PINYIN}]{{1,6}}\\))"
)
_BOX = re.compile("(?<=[\u3400-\u9fff])□(?=[\u3400-\u9fff])")
_LETTERS = re.compile("[a-z]{2,6}(?=[\u3400-\u9fff])")
_SYLLABLE = re.compile(
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|"
    "ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue)"
)
_HAN = re.compile("[\u3400-\u9fff]")
_SIGN = re.compile(f"[\ufffd\ue000-\uf8ff?锟斤烫屯ÃÂâãäåæçèé{_GBK}]")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of �, 锟斤拷, 医??院, 卫□服务, 推进wei生工作, and of 衛(wèi)生 throughout, all at the first place."""
    text = subject.joined
    found = list(_in_disguise(text) if text.is_disguised else _damaged(text, subject))
    if found:
        first, *others = found
        message = f"“{first.words[:_FEW]}”是乱码、丢了的字，或者拼音。"
        yield Finding(message, first, "请对照原稿，把字补上。", places=tuple(others))


def _in_disguise(text: Joined) -> Iterator[Spot]:
    """Yield the pinyin behind the characters of a page that is in disguise."""
    for passage in text.passages:
        yield from (Spot(passage, edit.start, edit.end) for edit in traditional.pinyin(passage.text))


def _damaged(text: Joined, subject: Subject) -> Iterator[Spot]:
    if _SIGN.search(text.text):
        yield from (text.spot(*match.span()) for match in _DAMAGE.finditer(text.text))
    if "□" in text.text:
        for match in _BOX.finditer(text.text):
            start, end = text.line(match.start())
            if text.text.count("□", start, end) == 1:  # one of several is a box to tick
                yield text.spot(*match.span())
    words = subject.known.clues["拉丁词"]
    for match in _LETTERS.finditer(text.text):
        is_pinyin = _SYLLABLE.fullmatch(match[0]) and match[0] not in words
        if is_pinyin and match.start() and _HAN.match(text.text, match.start() - 1):
            yield text.spot(*match.span())


LOST = TextRule(
    "HR408",
    Severity.WARNING,
    _find,
    name="乱码、丢字",
    basis="实务",
    why="编码转错了，字就没有了；带拼音的繁体字是网页防复制留下的。",
    bad=(
        "全县卫生��工作会议召开。",
        "全县锟斤拷锟斤拷工作会议召开。",
        "县人民医??院新建门诊楼。",
        "乡镇卫□院达标建设。",
        "大力推进wei生健康工作。",
        "衛(wèi)生工作情況(kuàng)匯(huì)報(bào)，醫(yī)療(liáo)服務(wù)。",
        "鍖荤枟鍗敓鏈嶅姟浣撶郴寤鸿。",
    ),
    good=(
        "性别：□男□女，是否接种：□是□否。",
        "通过app上线预约，pH值正常，配备wifi。",
        "患者问：真的吗?我们再查一查。",
        "N95口罩500只，CT、DR各1台，“e健康”平台上线。",
        "刘鑫、闫淼参加培训。",
    ),
)
