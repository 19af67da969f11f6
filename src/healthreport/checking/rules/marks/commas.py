"""、 and ， where another mark stands: 、 before 和, between clauses, within 四五个; ， within a list of 、."""

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
_COUNTED = re.compile("[0-9*万.]{1,10}[人例户名家个件元]次?\\Z")
_OF_SOME = re.compile("[对有共由为][0-9*万.]{1,10}[人例户名家个件元]次?\\Z")
_LAST_ITEMS = re.compile("、(?P<one>[\u4e00-\u9fff]{4,14})[，,](?P<other>[\u4e00-\u9fff]{4,14})\\Z")
_PHRASE = "(?![一二三四五六七八九十第][是要一二三四五六七八九十])[\u4e00-\u9fff]{2,5}"
# The first of the phrases: 做到早发现；早报告；早隔离.
_SHORT_ITEM = re.compile("(?:[，：、到\n]|^)[\u4e00-\u9fff]{2,5}\\Z")
# 村卫生室，服务点和健康驿站等: all three end as names of one kind do.
# The second is short, so that it is a name and no clause: 改造卫生室.
_KINDS = ("室点站院所校厅园馆", "局科处办委", "员师士长生")
_OF_A_KIND = re.compile("，(?P<second>[\u4e00-\u9fff]{2,3})[和及与](?P<third>[\u4e00-\u9fff]{2,8})(?=等)")
_LIMIT = "[0-9*][0-9.*%％‰/万]{0,10}(?:以[上下内]|左右)?\\Z"
_CLAUSE = re.compile("、[\u4e00-\u9fff]{2,10}(?P<verb>控制在|达到|提高到|下降到|降到|保持在|稳定在|降至)(?=[0-9*])")
_LEADS_TO = re.compile("[从进]而[\u4e00-\u9fff]{5,12}\\Z")
# 既…也… and the like are one sentence.
_BOTH = re.compile("(?:既|不仅|不但|虽然|如果|只有)[^，。；：！？\n]{1,40}\\Z")


def _are_of_a_kind(match: re.Match[str]) -> bool:
    """Say whether what stands before a comma and both words behind it end as names of one kind do."""
    last = {match.string[match.start() - 1 : match.start()], match["second"][-1], match["third"][-1]}
    return any(last <= {*kind} for kind in _KINDS)


def _ends_in_count(match: re.Match[str]) -> bool:
    """Say whether a count stands before words, and does not belong to them: 对120人累计随访300次."""
    window = (match.string, max(match.start() - 14, 0), match.start())
    return bool(_COUNTED.search(*window)) and not (match[0] == "累计" and _OF_SOME.search(*window))


_FORMS = (
    Form(
        _OF_A_KIND,
        "并列的几项中间用了逗号",
        "请改用顿号。",
        needles=("等",),
        severity=Severity.NOTE,
        unless=lambda match: not _are_of_a_kind(match),
        each=True,
    ),
    Form(
        _CLAUSE,
        "顿号两边是两句话：“{}”",
        "句子之间请改用逗号。",
        needles=("控制在", "达到", "到", "至", "持在", "定在"),
        severity=Severity.NOTE,
        unless=lambda match: (
            not re.compile(match["verb"] + _LIMIT).search(match.string, max(match.start() - 24, 0), match.start())
        ),
        each=True,
    ),
    Form(
        re.compile("、(?:有效|切实|进一步|不断|极大|大大)(?=[\u4e00-\u9fff]{4})"),
        "顿号两边是两句话：“{}”",
        "句子之间请改用逗号。",
        needles=("从而", "进而"),
        severity=Severity.NOTE,
        unless=lambda match: not _LEADS_TO.search(match.string, max(match.start() - 16, 0), match.start()),
        each=True,
    ),
    Form(
        re.compile("；(?:也|又|而且|但是?|就|才)(?=[\u4e00-\u9fff])"),
        "一句话的两半之间用了分号：“{}”",
        "“既…也…”这样的一句话，中间请用逗号。",
        needles=("；",),
        severity=Severity.NOTE,
        unless=lambda match: not _BOTH.search(match.string, max(match.start() - 50, 0), match.start()),
        each=True,
    ),
    Form(
        re.compile("全(?:国全[省市]|省全[市县]|市全[县区]|[县区]全[镇乡])(?=[\u4e00-\u9fff])"),
        "“{}”中间少了顿号",
        "请加顿号：全国、全省。",
        needles=("全国全", "全省全", "全市全", "全县全", "全区全"),
        severity=Severity.NOTE,
        fix=lambda match: f"{match[0][:2]}、{match[0][2:]}",
        each=True,
    ),
    Form(
        re.compile("(?:其中|同比|环比|较上年|较去年|累计(?=[\u4e00-\u9fff]{2,8}[0-9*]))"),
        "“{}”前面少了逗号",
        "前面一句话说完了，请加逗号。",
        needles=("其中", "同比", "环比", "较上年", "较去年", "累计"),
        severity=Severity.NOTE,
        unless=lambda match: not _ends_in_count(match),
        each=True,
    ),
    Form(
        re.compile("元(?=(?:[0-9]{2,6}|[0-9]{0,5}\\*{2,6})[个名人户家])(?<=[0-9*万亿]元)"),
        "“{}”后面直接又是一个数，中间少了标点",
        "请加分号或逗号。",
        needles=("元",),
        severity=Severity.NOTE,
        each=True,
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
    """Tell of 、 before 和, between clauses, within 四、五个; of ， in a list."""
    words = lines(subject)
    joining = (
        subject.known.mark_words.joining if "、和" in words.text or "、及" in words.text or "、与" in words.text else ()
    )
    spots = [
        words.spot(*match.span(), "，以及" if match[0] == "、以及" else None)
        for match in words.matches(_AND, "、和", "、与", "、及", "、以及")
        if not words.full.startswith(joining, match.start() + 1)
    ]
    yield from together(spots, "“{}”里顿号和连词重复", "请删去顿号；“以及”前用逗号。")
    yield from findings(subject, _FORMS)
    yield from _commas_in_lists(words)


def _commas_in_lists(words: Lines) -> Iterator[Finding]:
    """Tell of ， before the last item of a list of 、, which ends as the one before does: 会诊制度，查房制度等."""
    at = words.full.find("等")
    while at >= 0:
        match = _LAST_ITEMS.search(words.full, max(at - 28, 0), at)
        if match and match["one"][-2:] == match["other"][-2:]:
            spot = words.spot(match.start("one"), match.start("other"), f"{match['one']}、")
            what = f"并列的几项，别处用“、”，“{match['one']}”后面用了“，”。"
            yield Finding(what, spot, "请改用顿号。")
        at = words.full.find("等", at + 1)


COMMA = TextRule(
    "HR308",
    Severity.NOTE,
    _find,
    bad=(
        "医生、护士、和药师都参加了培训。\n",
        "医疗、公卫、及后勤\n",
        "建档、随访、以及转诊都已完成。\n",
        "全市建成村卫生室，服务点和健康驿站等固定场所。\n",
        "每村配齐医生,护士和药师等人员。\n",
        "孕产妇死亡率控制在15/10万以下、婴儿死亡率控制在12‰以下。\n",
        "开展检查，从而提高医疗质量、有效减轻群众负担。\n",
        "这次会议既是统一思想的会议；也是明确任务的会议。\n",
        "死亡率低于全国全省控制标准。\n",
        "老年人签约114人累计签约贫困群众42人。\n",
        "完成筛查1200人其中阳性12人。\n",
        "发放400**元***个伤残家庭各发一次。\n",
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
        "印发《诊疗规范》、《操作规程》，修订《管理办法》《考核细则》。\n",
        "印发《诊疗规范》、《操作规程》和《工作指南》、《手册》。\n",
        "走访了卫生院，改造卫生室和服务站等，慰问医务人员，看望医生和护士等。\n",
        "完善制度，修订各项办法和细则等。\n",
        "建档率、签约率、随访率分别达到90%、80%、70%，覆盖率达到95%、96%。\n",
        "既要抓进度，也要抓质量；也有个别单位落后。\n",
        "共120人，其中男80人；对120人累计随访300次，共计45人次。\n",
        "从而做到科学、有效防控，提高医疗质量、服务质量，从而改善医生、护士不断流失的状况。\n",
        "每人补助10元5天，全国全面铺开，全市全体人员参加。\n",
    ),
    name="顿号、逗号用得不对",
    basis="GB/T 15834—2011 4.5.3",
    why="顿号隔开并列的词，逗号隔开句子；有了“和”就不再用顿号，引号、书名号之间用不用，全文要一致。",
)
