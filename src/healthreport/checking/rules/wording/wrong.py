"""Words that are always wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.rules.wording import hits
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.subject import Subject
    from healthreport.checking.word_list import Hit


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of words of the list that are wrong in any sentence: 布署 for 部署; 公布|署名 is none."""
    text = subject.joined
    for hit in hits.of_wrong(subject):
        yield finding(hit, text, "应为", hit.wrong.fix)


def finding(hit: Hit, text: Joined, is_to_be: str, fix: str | None = None) -> Finding:
    """Return what is told of a wrong word: what is right, and why."""
    spot, wrong = text.spot(hit.start, hit.end, fix), hit.wrong
    right = _corrected(spot.words, wrong.right) if wrong.is_advice else wrong.right
    message = f"“{spot.words}”{is_to_be}“{right}”。" if right else f"“{spot.words}”：{wrong.right}。"
    return Finding(message, spot, f"{wrong.why}。" if wrong.why else "请查词典，或改用别的说法。")


def _corrected(words: str, right: str) -> str:
    """Return words with the word that is right where one of its characters is wrong: 防控形式, 形势; else nothing."""
    size = len(right)
    for at in range(len(words) - size, -1, -1):
        if sum(one != other for one, other in zip(words[at : at + size], right, strict=True)) == 1 < size:
            return words[:at] + right + words[at + size :]
    return ""


WRONG_WORD = TextRule(
    "HR401",
    Severity.WARNING,
    _find,
    name="错别字",
    basis="实务",
    why="错字印进公文，人人看得见；清单里的词在任何句子里都是错的。",
    certain=True,
    bad=(
        "会议布署了冬春季传染病防控工作。",
        "请各单位完善资料台帐。",
        "截止目前，全区建档12.6万份。",
        "当前疫情形势依然严竣。",
        "各乡镇要认真贯彻落落实会议精神。",
        "开展健康挡案规范管理。",
        "成效显着。",
        "党员干部以身做则，冲锋在前。",
        "要防范于未然，做到警钟常鸣。",
        "切实把把好关口。",
        "防控形式严竣。",
    ),
    good=(
        "县政府门户网站公布署名文章三篇。",
        "发放蚊帐300顶，搭建帐篷12顶。",
        "报名截止6月30日；截至10月底，全县建档12.6万份。",
        "研究竞争性磋商文件，群众究竟争相接种。",
        "彰显着医者仁心。",
        "提供献血车停放点，完善长效机制。",
        "侯医生在侯家镇卫生院坐诊。",
    ),
)
