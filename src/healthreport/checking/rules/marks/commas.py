"""、 where none stands: before 和, between quotes, within 四五个; and ， within a list of 、."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.rules.marks.forms import Form, findings
from healthreport.checking.scanning.lines import lines, together
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject

_AND = re.compile(
    "、(?:以及|(?:和|及)(?=[\u4e00-\u9fff]{2,8}(?:[，。；等\n]|都|均|\\Z))|与(?=[\u4e00-\u9fff]{2,4}[，。；]))"
)
_NUMERALS = "一二三四五六七八九"
_PAIRS = "|".join(f"(?<={one}、){other}" for one, other in itertools.pairwise(_NUMERALS))
_LAST_ITEMS = re.compile("、(?P<one>[\u4e00-\u9fff]{4,14})[，,](?P<other>[\u4e00-\u9fff]{4,14})\\Z")
_PHRASE = "(?![一二三四五六七八九十第][是要一二三四五六七八九十])[\u4e00-\u9fff]{2,5}"
# The first of the phrases: 做到早发现；早报告；早隔离.
_SHORT_ITEM = re.compile("(?:[，：、到\n]|^)[\u4e00-\u9fff]{2,5}\\Z")
_FORMS = (
    Form(
        re.compile("》、《|”、“"),
        "书名号、引号并列，中间通常不用顿号",
        "请删去“、”：《办法》《细则》，“三减”“三健”。",
        needles=("》、《", "”、“"),
        severity=Severity.NOTE,
    ),
    Form(
        re.compile(f"；(?<=[\u4e00-\u9fff]{{2}}；){_PHRASE}；{_PHRASE}(?=[。；\n]|\\Z)"),
        "短语并列用了分号",
        "请改用顿号：早发现、早报告、早隔离。",
        needles=("；",),
        severity=Severity.NOTE,
        unless=lambda match: not _SHORT_ITEM.search(match.string, max(match.start() - 8, 0), match.start()),
        each=True,
    ),
    Form(
        re.compile(
            "[1-8]、(?<![第、0-9.].、)(?:(?<=1、)2|(?<=2、)3|(?<=3、)4|(?<=4、)5|(?<=5、)6|(?<=6、)7|(?<=7、)8|(?<=8、)9)(?=个(?!月)|天|家|件)"
        ),
        "“{}”是概数，宜用汉字",
        "请写作“四五个”。",
        needles=("、",),
        severity=Severity.NOTE,
        each=True,
    ),
    Form(
        re.compile(
            f"[{_NUMERALS}]、(?<![第、星期周二三四五六七八九十零百千万初].、)(?:{_PAIRS})(?=个(?!月)|天|家|件|项|十|百|公里|小时|分钟|里路)"
        ),
        "“{}”是概数，中间不用顿号",
        "请删去顿号：四五个。",
        lambda match: match[0][0] + match[0][2],
        ("、",),
        Severity.NOTE,
        each=True,
    ),
)


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 、 before 和, between quotes that stand side by side, within 四、五个, and of ， in a list of 、."""
    words = lines(subject)
    joining = (
        subject.known.mark_words.joining if "、和" in words.text or "、及" in words.text or "、与" in words.text else ()
    )
    spots = [
        words.spot(*match.span(), "，以及" if match[0] == "、以及" else None)
        for match in words.matches(_AND, "、和", "、与", "、及", "、以及")
        if not words.text.startswith(joining, match.start() + 1)
    ]
    yield from together(spots, "“{}”里顿号和连词重复", "请删去顿号；“以及”前用逗号。")
    yield from findings(subject, _FORMS)
    yield from _commas_in_lists(words)


def _commas_in_lists(words: Lines) -> Iterator[Finding]:
    """Tell of ， before the last item of a list of 、, which ends as the one before does: 会诊制度，查房制度等."""
    at = words.text.find("等")
    while at >= 0:
        match = _LAST_ITEMS.search(words.text, max(at - 28, 0), at)
        if match and match["one"][-2:] == match["other"][-2:]:
            spot = words.spot(match.start("one"), match.start("other"), f"{match['one']}、")
            what = f"并列的几项，别处用“、”，“{match['one']}”后面用了“，”。"
            yield Finding(what, spot, "请改用顿号。")
        at = words.text.find("等", at + 1)


COMMA = TextRule(
    "HR308",
    Severity.NOTE,
    _find,
    bad=(
        "医生、护士、和药师都参加了培训。\n",
        "医疗、公卫、及后勤\n",
        "建档、随访、以及转诊都已完成。\n",
        "印发《诊疗规范》、《操作规程》。\n",
        "开展“三减”、“三健”活动。\n",
        "覆盖五、六个乡镇。\n",
        "建立首诊负责制度、会诊制度，查房制度等。\n",
        "做到早发现；早报告；早隔离。\n",
        "覆盖4、5个乡镇。\n",
    ),
    good=(
        "医生、护士和药师都参加了培训。\n",
        "家庭和睦、和谐，主持和谈、和解工作。\n",
        "配备毛毯、及时雨药包，召集医生、护士与会。\n",
        "《实施方案》（试行）、《考核办法》同步印发。\n",
        "“三减”（减盐、减油、减糖）、“三健”。\n",
        "一、二级医院，分获二、三名，第一、二、三季度，星期一、三、五坐诊。\n",
        "四五个乡镇，三五天。\n",
        "落实各项制度、规定，建立台账制度等。\n",
    ),
    name="顿号用得不对",
    basis="GB/T 15834—2011 4.5.3",
    why="顿号隔开并列的词；有了“和”就不再用，并列的引号、书名号之间也通常不用。",
)
