"""Numbers of documents: 清卫发〔2024〕8号."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_DIGITS = r"[0-9XxＸ×*○]"
_NUMBER = re.compile(
    rf"[〔\[［【(（〈﹝](?P<year>(?:19|20)?{_DIGITS}{{2}}|[xX×]{{4}})(?P<suffix>年?)[〕\]］】)）〉﹞] ?(?P<the>第?)"
    rf"(?P<zeros>0*)(?P<number>{_DIGITS}{{1,4}}) ?号"
)
# Round brackets are those of courts, too: only behind what offices write.
_OFFICE = tuple("发函办字规通文政卫党委任令审传电")
_COURT = re.compile(r"[民刑行执赔商知]$|[民刑行执](?:初|终|再|申|监)$")
_BRACKETS = "〔"


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a document's number that is not written as the standard says: 清卫发[2024]第08号."""
    words = lines(subject)
    for match in words.matches(_NUMBER, "号"):
        before = words.text[max(match.start() - 2, 0) : match.start()]
        if not re.search("[\u4e00-\u9fff]$", before) or _COURT.search(before):
            continue
        if match[0][0] in "(（" and not before.endswith(_OFFICE):
            continue
        wrong = [*_wrong(match)]
        if wrong:
            year = match["year"]
            fix = f"〔{year}〕{match['number']}号"
            spot = words.spot(match.start(), match.end(), fix if len(year) == 4 else None)
            written = fix if len(year) == 4 else f"〔20{year}〕{match['number']}号"
            hint = f"请改为“{written}”：年份写全，用六角括号，不加“第”，不编虚位。"
            yield Finding(f"发文字号“{match[0]}”{'，'.join(wrong)}。", spot, hint)


def _wrong(match: re.Match[str]) -> Iterator[str]:
    if match[0][0] not in _BRACKETS:
        yield "年份应用六角括号“〔〕”"
    if len(match["year"]) == 2 and match["year"].isdigit():
        yield "年份没有写全"
    if match["suffix"]:
        yield "多了“年”"
    if match["the"]:
        yield "多了“第”"
    if match["zeros"]:
        yield "编了虚位"


DOCUMENT_NUMBER = TextRule(
    "HR112",
    Severity.WARNING,
    _find,
    bad=(
        "根据《关于做好接种工作的通知》（清卫发[2024]第08号）要求，我院组织了自查。\n",
        "清卫发（2024）8号\n",
        "槐卫函〔24〕15号\n",
        "清政办发〔2023年〕6号\n",
        "清卫发【2022】12号\n",
        "按照卫办[XX]10号文件执行。\n",
        "清卫发〔2024〕第8号\n",
    ),
    good=(
        "清卫发〔2024〕8号\n国卫基层发〔2023〕20号\n",
        "（2023）民初123号判决\n浙民（2021）123号\n",
        "《健康报》2024年第3期刊登。\n第（2）号病区，3号楼[12]号床。\n",
        "文献[2024]显示，编号（2024）第8批。\n",
        "参见《办法》（2019修订）3号附件。\n",
    ),
    name="发文字号写法不对",
    basis="GB/T 9704—2012 7.2.5",
    why="发文字号的年份要写全、用六角括号括入，顺序号不编虚位、不加“第”。",
)
