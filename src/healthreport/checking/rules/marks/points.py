"""The marks between the points of a run: 一是…；二是…；三是…."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.points import runs
from healthreport.diagnostics import Severity
from healthreport.trees.end_marks import CLOSERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.scanning.points import Point, Run
    from healthreport.checking.subject import Subject

_ENDS = "。；，、！？;,"
_STOP = re.compile("[。！？]")
_SEMICOLONS = "；;"
_FAMILIES = frozenset({"是", "要", "O", "PN", "N", "P一", "第"})
_LEAST, _LONGEST_SUBJECT = 3, 6
# 结核病防治工作。, 完善机制，抓落实。
_HEAD = re.compile(
    "(?P<first>[\u4e00-\u9fff“”]{2,14})"
    "(?:(?P<pause>[，、])[抓造促保建强提优夯压聚筑补破解转防控带惠管守创树立][\u4e00-\u9fff]{1,7}(?=。))?(?P<end>[。，])"
)

# 抓“创建”。
_SHORT_HEAD = re.compile("(?P<verb>[\u4e00-\u9fff])(?P<quote>“?)(?P<word>[\u4e00-\u9fff]{2,4})”?(?=[。，：])")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of points that close with ； though they hold 。, of a missing mark before ②, of 。 and ； by turns."""
    words = lines(subject)
    if not words.is_read:
        return
    for run in runs(subject):
        if run.family in _FAMILIES and _is_one_paragraph(run, words):
            yield from _of_run(run, words)
        if run.family in "是要":
            yield from _heads(run, words)
            yield from _quoted(run, words)


def _is_one_paragraph(run: Run, words: Lines) -> bool:
    return words.index(run.points[-1].start) == words.index(run.points[0].start)


def _of_run(run: Run, words: Lines) -> Iterator[Finding]:
    points, text = run.points, words.full
    pieces = [text[one.end : other.start].rstrip() for one, other in itertools.pairwise(points)]
    marks = [piece.rstrip(CLOSERS)[-1:] for piece in pieces]
    mixed = []
    for point, piece, mark in zip(points, pieces, marks, strict=False):
        mixed.append([*_mixed(point, piece, words)] if mark == "；" else [])
        yield from mixed[-1]
    if run.is_embedded and "。" in marks:
        who = words.spot(_clause_start(text, points[0].start), points[0].end)
        what = f"“{who.words}”：主语后面直接是第一点，各点之间又用句号，后面的各点没有主语。"
        yield Finding(what, who, "请把主语单独写成一句话，后面用冒号；或者各点之间改用分号。")
    # A mark that was told of is not told of again.
    yield from _uneven(run, [" " if told else mark for mark, told in zip(marks, mixed, strict=True)], words)


def _clause_start(text: str, at: int) -> int:
    """Return where the few words before a place begin: 我们|一是."""
    start = at - 1
    while start and at - start < _LONGEST_SUBJECT and text[start - 1] not in f"{_ENDS}\n":
        start -= 1
    return start


def _mixed(point: Point, piece: str, words: Lines) -> Iterator[Finding]:
    """Tell of a point that closes with ； and holds a 。."""
    stop = _STOP.search(piece, 0, len(piece) - 1)
    if stop:
        spot = words.spot(point.start, point.end + stop.end())
        what = "这一点里面用了句号，各点之间却用分号，层次不清。"
        yield Finding(what, spot, "各点之间请改用句号，或者把里面的句号改为逗号。")


def _uneven(run: Run, marks: list[str], words: Lines) -> Iterator[Finding]:
    """Tell of the few points that close otherwise than the others, or with nothing."""
    if len(marks) < _LEAST - 1:
        return
    known = [mark for mark in marks if mark and mark in _ENDS]
    usual = max(dict.fromkeys(known), key=known.count, default="")
    if known.count(usual) * 2 <= len(marks):
        return
    for order, mark in enumerate(marks):
        if mark == " ":
            continue
        point = run.points[order + 1]
        label = words.text[point.start : point.end]
        if mark not in _ENDS:
            spot = words.spot(point.start, point.end)
            yield Finding(f"“{label}”前面没有标点，别的各点之间用“{usual}”。", spot, f"请加“{usual}”。")
        elif mark in "，、。；" and mark != usual and known.count(usual) >= _LEAST - 1:
            at = words.full.rfind(mark, 0, point.start)
            spot = words.spot(min(at, point.start - 1), point.start)
            yield Finding(f"各点之间多用“{usual}”，“{label}”前用了“{mark}”。", spot, f"请改用“{usual}”。")


def _quoted(run: Run, words: Lines) -> Iterator[Finding]:
    """Tell of the one head of which a word is quoted, where its like are not: 一是抓“创建”。二是抓教育。."""
    heads = [_SHORT_HEAD.match(words.full, point.end) for point in run.points]
    found = [head for head in heads if head]
    quoted = [head for head in found if head["quote"]]
    if len(found) == len(heads) >= _LEAST and len(quoted) == 1 and len({head["verb"] for head in found}) == 1:
        spot = words.spot(*quoted[0].span())
        yield Finding(f"“{quoted[0]['word']}”加了引号，并列的各点没有。", spot, "没有特别的意思就不加引号。")


def _heads(run: Run, words: Lines) -> Iterator[Finding]:
    """Tell of the one point whose head closes or pauses otherwise than its siblings': 一是防火工作。二是防汛工作，."""
    found = [_HEAD.match(words.full, point.end) for point in run.points]
    heads = [head for head in found if head]
    if len(heads) < len(found):
        return
    alike = len({head["first"][-2:] for head in heads}) == 1 or len({head["first"][0] for head in heads}) == 1
    for part in ("end", "pause"):
        signs = [head[part] or "" for head in heads]
        usual = "。" if part == "end" else max(dict.fromkeys(signs), key=signs.count)
        odd = [order for order, sign in enumerate(signs) if sign != usual]
        if all(signs) and len(odd) == 1 and (part == "pause" or (alike and len(signs) >= _LEAST)):
            # Of two either may be meant.
            where = odd[0] if len(signs) > 2 else 0
            other = heads[signs.index(usual) if signs[where] != usual else odd[0]]
            spot = words.spot(run.points[where].start, heads[where].end())
            what = f"“{spot.words}”里用了“{signs[where]}”，并列的一点用“{other[part]}”。"
            related = ((words.spot(*other.span()), "并列的一点"),)
            yield Finding(what, spot, "并列的小标题宜用同样的标点。", related)


POINT_MARK = TextRule(
    "HR313",
    Severity.NOTE,
    _find,
    bad=(
        "一是因地制宜，分步实施。先试点后推广；二是加强督导，逐项销号；三是严格考核。\n",
        "奖励扶助：①独生子女家庭12户；②双女户8户③特别扶助3户；④其他2户。\n",
        "一是抓培训；二是抓督导。三是抓考核；四是抓宣传；五是抓保障。\n",
        "（1）核对名单。逐户签字；（2）上报。\n",
        "流程：①清点药品,②登记造册③统一封存,④上报备案。\n",
        "为了按期完成，我院一是高度重视。成立专班。二是明确责任。分解到人。三是强化督导。每周通报。\n",
        "一是结核病防治工作。发现率提高。二是艾滋病防治工作,建立健全了随访和督导制度。三是血吸虫病防治工作。全面达标。\n",
        "一是完善机制,抓落实。多次开会。\n二是强化宣传、造氛围。发放资料。\n",
        "一是抓“创建”。搞竞赛。二是抓教育。学先进。三是抓管理。严考核。\n",
        "一是督查。每月一次；二是培训；三是宣传。上街入户；四是考核。\n",
    ),
    good=(
        "一是建档，做到应建尽建；二是随访，做到面对面；三是转诊，做到双向畅通。\n",
        "一是抓培训。办班12期。二是抓督导。下乡18次。三是抓考核。按月打分。\n",
        "①清点②登记③封存\n",
        "一是抓培训，二是抓督导，三是抓考核。\n",
        "做到“一是一、二是二”。\n",
        "我院一是抓培训；二是抓督导；三是抓考核。\n",
        "一是抓“创建”。搞竞赛。二是抓“教育”。学先进。三是抓“管理”。严考核。\n",
        "一是抓“双减”。搞竞赛。二是推改革。学先进。三是抓管理。严考核。\n",
        "原因之一是人手不够，万一是阳性，统一是前提；二是设备老化。\n",
        "一是培训骨干。办班12期。二是下乡督导，发现问题36个，当场整改。三是严格考核。按月打分。\n",
        "一是完善机制，抓落实。二是改善门诊、病房。\n",
        "一是抓培训。办班。二是抓督导；下乡。三是抓考核。打分。\n",
    ),
    name="各点之间的标点",
    basis="GB/T 15834—2011 4.6.3",
    why="各点之间用同一种点号；一点里面有句号的，各点末尾也用句号，不用分号。",
)
