"""Parts that documents of a kind have, and this one has not: title, lead, salutation, problems, date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.article import article, whole
from healthreport.checking.scanning.lines import lines
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.passages import Spot
    from healthreport.checking.scanning.article import Article, Line
    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject

_SUMMARIES = frozenset({"年度工作总结", "半年工作总结", "工作情况汇报"})
_LEADS = re.compile("指导|总体|概述|简介|说明|目标|背景|依据|目的|意义|原则|任务|总则|思路|概况|要求")
_PROBLEMS = re.compile(
    "(?:存在|还有|仍有|面临|不少|诸多|一些)[^，。；]{0,10}(?:问题|不足|困难|差距|短板|薄弱)|不足之处|有待(?:提高|加强|完善)"
    "|(?:问题|困难)[和与及](?:不足|困难|问题|建议)"
)
# A chapter of both: 四、问题和下半年打算, 短板与下步安排.
_IS_PROBLEMS = re.compile(r"(?:问题|不足|困难|短板|差距|弱项)(?:(?:原因)?分析)?(?:$|[和与及、，])")
_PLANS = re.compile("(?:下一步|今后|下步|明年|来年|新的一年|下一年|下半年)")
_AS_FOLLOWS = re.compile("(?:汇报|总结|通知|报告|通报|说明|方案|措施|安排|公告|意见|要求)如下|制定(?:本|如下|以下)")
_SPEAKS = re.compile("讲(?:[两二三四五几]|[2-9])(?:点|个方面)|今天，?我们(?:召开|在这里)|下面，我(?:就|讲|代表)|我代表")
_CLOSES = re.compile("谢谢|完毕|同志们|让我们|预祝|祝|希望|讲这些|讲到这里|到此|各位")
_DATE = re.compile("[0-9〇○零一二三四五六七八九十]{2,4}年.{1,8}月")
_FEWEST, _LONGEST_NAME, _LAST = 3, 24, 3
_SPEECH, _NEAR_START = 8, 2


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a text without a title of its own, a plan without a lead, a speech without salutation and closing, ….

    A summary that names no problems, or problems and plans in one closing paragraph; an office without a date.
    """
    words = lines(subject)
    if not words.is_read or len(words.passages) < _FEWEST:
        return
    found = article(subject)
    if not found.body:
        return
    yield from _title(found, words, subject)
    yield from _lead(found, words)
    yield from _speech(found, words, subject)
    yield from _problems(found, words)
    yield from _date(found, words, subject)


def _title(found: Article, words: Lines, subject: Subject) -> Iterator[Finding]:
    """Tell of a text that a collection named and its writer did not, and of a title that is said once more."""
    first = found.body[0]
    is_text = first.text.endswith(("。", "：")) and len(first.text) > _LONGEST_NAME
    if found.given and not found.titles and is_text and not _SPEAKS.search(first.text):
        what = f"“{found.given[-1].text}”是范文的编号，正文前没有自己的标题。"
        yield Finding(what, _opening(first, words), "请加标题，写明单位、事由和文种。")
    elif not found.given and not found.titles and is_text and _opens_document(found, subject):
        yield Finding("没有标题，第一行就是正文。", _opening(first, words), "请加标题，写明单位、事由和文种。")
    before: list[Line] = []
    for line in found.titles:
        said = next((one for one in before if line.text != one.text and line.text in one.text), None)
        if said and line.text.endswith(subject.known.structure_words.documents):
            related = ((whole(said, words), "前面的标题"),)
            yield Finding(f"标题又写了一遍：“{line.text}”。", whole(line, words), "请删去一个。", related)
            return
        before.append(line)


def _opens_document(found: Article, subject: Subject) -> bool:
    """Say whether a text begins as documents do below their titles, and no title runs into its first line."""
    first = found.body[0]
    words = "|".join(subject.known.structure_words.documents)
    glued = re.search(f"(?:{words})(?!如下)[\u4e00-\u9fff0-9]", first.text[: _LONGEST_NAME + 2])
    addressed = any(word in first.text for word in subject.known.structure_words.salutations)
    says_so = any(_AS_FOLLOWS.search(line.text) for line in found.body[:2]) or len(found.chapters) >= _FEWEST
    return first.order == 0 and says_so and not glued and not addressed and first.passage.kind is Kind.BODY


def _lead(found: Article, words: Lines) -> Iterator[Finding]:
    """Tell of a plan that begins with 一、 and does not say why or for what."""
    first = found.body[0]
    if found.genre == "实施方案" and found.chapters[:1] == [first] and not _LEADS.search(first.text):
        what = "方案一开头就是“一、”，没有说明目的、依据和目标的引言。"
        yield Finding(what, whole(first, words), "请在前面加一段，或者第一部分写指导思想和目标。")


def _speech(found: Article, words: Lines, subject: Subject) -> Iterator[Finding]:
    """Tell of a speech that greets nobody and ends without a word to those who listen."""
    body = [line for line in found.body if line.passage.kind is Kind.BODY]
    opening = "".join(line.text for line in body[:3])
    is_titled = found.genre == "讲话" and bool(found.titles)
    if len(body) < (_FEWEST if is_titled else _SPEECH) or not (is_titled or _SPEAKS.search(opening)):
        return
    greetings = subject.known.structure_words.salutations
    short = [line.text for line in found.body[:3] if line.text.endswith("：") and len(line.text) <= 2 * _LONGEST_NAME]
    greeted = any(word in text for text in short for word in greetings)
    last = body[-1]
    if not greeted and "同志们" not in opening and not _CLOSES.search(last.text):
        start = words.start(last.order)
        tail = max(last.text[:-1].rfind(mark) for mark in "。，、；") + 1
        spot = words.spot(start + tail, start + len(last.text))
        yield Finding("讲话开头没有称呼，结尾也没有结束语。", spot, "请加称呼（同志们：）和结束语（谢谢大家！）。")
    elif not greeted and "同志们" not in opening and is_titled:
        yield Finding("讲话开头没有称呼。", _opening(body[0], words), "请加称呼：各位领导、同志们：。")


def _problems(found: Article, words: Lines) -> Iterator[Finding]:
    """Tell of a summary that names no problem, or has problems and plans in one paragraph at its end."""
    if found.genre not in _SUMMARIES or len(found.chapters) < _FEWEST:
        return
    if any(_PROBLEMS.search(line.text) or _IS_PROBLEMS.search(line.text) for line in found.chapters):
        return
    last = next(line for line in reversed(found.body) if line.passage.kind is not Kind.FRAME)
    chapter = next((line for line in found.chapters if _PLANS.search(line.text)), None)
    last = chapter or last
    start, plan = words.start(last.order), _PLANS.search(last.text)
    if not plan or (last in found.chapters and not chapter):
        return
    problem = _PROBLEMS.search(last.text)
    if problem and problem.start() < plan.start() and not chapter:
        point = re.compile("一是[^，。；、：]{0,16}").search(last.text, problem.end()) or problem
        what = "存在的问题和今后的打算挤在最后一段里，没有单独成章。"
        yield Finding(what, words.spot(start + point.start(), start + point.end()), "请分成两章，各有标题。")
    elif not any(_PROBLEMS.search(line.text) for line in found.body) and (chapter or plan.start() <= _NEAR_START):
        what = "总结只有成绩和打算，没有写存在的问题。"
        yield Finding(what, words.spot(start, start + plan.end()), "请在打算之前写明存在的问题和不足。")


def _date(found: Article, words: Lines, subject: Subject) -> Iterator[Finding]:
    """Tell of an office at the end that no date follows."""
    last = found.body[-1]
    organisations = subject.known.structure_words.organisations
    is_name = last.passage.kind is Kind.FRAME and last.text.endswith(organisations) and len(last.text) <= _LONGEST_NAME
    near = (*found.titles, *found.body[:2], *found.body[-_LAST:])
    if is_name and not any(_DATE.search(line.text) and len(line.text) <= _LONGEST_NAME for line in near):
        yield Finding("落款只有单位，没有日期。", whole(last, words), "请补上成文日期。")


def _opening(line: Line, words: Lines) -> Spot:
    start = words.start(line.order)
    return words.spot(start, start + min(len(line.text), _LONGEST_NAME))


_CHAPTERS = "一、门诊\n全年门诊3万人次。\n二、住院\n全年住院2千人次。\n三、公卫\n全年随访8千人次。\n"
_SPEECH_TEXT = (
    "今天，我们召开推进会，主要任务是安排部署工作。\n下面，我讲三点意见：\n一、统一思想\n要提高认识。\n要看清形势。\n"
    "二、明确任务\n要抓住重点。\n要逐项落实。\n三、加强领导\n要压实责任。\n"
)
PARTS = TextRule(
    "HR115",
    Severity.NOTE,
    _find,
    bad=(
        "医院工作总结篇6\n按照督导组检查我院创建工作提出的意见，特制定如下整改措施：\n1、归档。\n2、盖章。\n",
        "2023年全区卫生工作总结\n全区卫生工作总结\n2023年，工作有序推进。\n继续努力。\n",
        "清河区卫生工作实施方案\n一、争取项目资金\n积极争取。\n二、深化改革\n继续深化。\n三、提升能力\n加强培训。\n",
        f"推进会讲话\n{_SPEECH_TEXT}党办要广泛宣传，推动医院科学发展。\n",
        f"2023年工作总结\n今年成绩明显。\n{_CHAPTERS}下一步，我院将加快补齐服务能力，全面推进建设。\n",
        f"2023年工作总结\n今年成绩明显。\n{_CHAPTERS}四、下一步打算\n继续努力，全面推进。\n",
        "按照督导组提出的意见，针对我院在创建工作中的短板，特制定如下整改措施：\n1、归档。\n2、盖章。\n",
        "在推进会上的讲话\n今天的会议很重要。\n要抓好落实。\n要压实责任。\n谢谢大家！\n",
        f"工作汇报\n今年成绩明显。\n{_CHAPTERS}虽然取得成绩,但还有诸多不足:一是人手不够;二是设备老化。今后将继续努力。\n",
        "整改措施\n针对问题，制定如下措施。\n1、归档材料分类装盒。\n2、下发文件加盖公章。\n清河县人民医院\n",
    ),
    good=(
        "2023年全区卫生工作总结\n2023年，工作有序推进。\n继续努力。\n清河区卫生健康局\n2024年1月5日\n",
        "清河区卫生工作实施方案\n为了做好工作，制定本方案。\n一、争取资金\n争取。\n二、深化改革\n深化。\n",
        "清河区卫生工作实施方案\n一、指导思想\n坚持预防为主。\n二、深化改革\n深化。\n",
        f"推进会讲话\n同志们：\n{_SPEECH_TEXT}党办要广泛宣传，推动医院科学发展。\n",
        f"推进会材料\n{_SPEECH_TEXT}同志们，让我们共同努力！\n",
        f"2023年工作总结\n今年成绩明显。\n{_CHAPTERS}工作还存在一些不足，人手不够。\n下一步，我院将继续努力。\n",
        f"2023年工作总结\n今年成绩明显。\n{_CHAPTERS}四、问题与下步打算\n人手不够，今后继续努力。\n",
        f"2023年工作总结\n今年成绩明显。\n{_CHAPTERS}四、主要问题分析\n人手不够。\n五、下一步打算\n今后继续努力。\n",
        f"2023年工作总结\n今年成绩明显。\n{_CHAPTERS}四、存在问题\n人手不够。\n五、下一步打算\n今后继续努力。\n",
        "近日，我区开展义诊活动，受到群众的欢迎，现场气氛热烈而有序。\n医生耐心解答。\n群众满意。\n",
        "2023年工作总结为做好全年工作，我院认真落实，现将情况汇报如下：\n1、归档。\n2、盖章。\n",
        "在推进会上的讲话\n各位领导、同志们：\n今天的会议很重要。\n要抓好落实。\n要压实责任。\n谢谢大家！\n",
        "关于印发方案的通知\n（2024年1月5日）\n各乡镇卫生院：\n请认真落实。\n清河区卫生健康局\n",
        "健康宣传周活动总结\n活动顺利。\n一、宣传\n发放资料。\n二、义诊\n服务群众。\n三、培训\n办班。\n下一步，继续努力。\n",
        "县医院工作总结\n医院工作总结会议于近日召开。\n各科室汇报了工作。\n",
    ),
    name="缺少应有的部分",
    why="方案要有引言，总结要写问题，讲话有称呼和结束语，落款有单位和日期：少了一样，上级一眼就看出来。",
)
