"""Ellipses and dashes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import TextRule
from healthreport.checking.rules.marks.forms import Form, findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject

_CHINESE = "\u4e00-\u9fff"
_FORMS = (
    Form(
        re.compile(
            f"[.。、](?:(?<=[{_CHINESE}”》）0-9]\\.)\\.{{2,8}}(?![.0-9A-Za-z/])|(?<=。)。{{2,8}}|(?<=、)、{{2,8}})"
        ),
        "省略号写成了“{}”",
        "请改为“……”。",
        lambda match: "……" if match[0][0] != "、" else None,
        ("...", "。。。", "、、、"),
    ),
    Form(
        re.compile(f"…(?<=[{_CHINESE}”》）、，]…)(?!…)"),
        "省略号只有三点",
        "请改为六点的“……”。",
        lambda _: "……",
        ("…",),
    ),
    Form(
        re.compile("[…等](?:(?<=…)…{1,3}等等?(?![级待于价同到])|(?<=[\u4e00-\u9fff]等)…{2,4})"),
        "“等”和省略号重复：“{}”",
        "请只留一个。",
        needles=("…等", "等…"),
        each=True,
    ),
    Form(
        re.compile(f"--{{1,3}}(?<=[{_CHINESE}”》）]--)(?=[{_CHINESE}“《（])"),
        "破折号写成了“{}”",
        "请改为“——”。",
        lambda _: "——",
        ("--",),
    ),
    Form(
        re.compile(f"-(?<=[{_CHINESE}]-)[{_CHINESE}]{{1,6}}(?:-[{_CHINESE}]{{1,6}}){{1,5}}(?![{_CHINESE}-])"),
        "几个词之间用了半角的“-”：“{}”",
        "表示相关、走向的连接号请用一字线“—”。",
        needles=("-",),
        severity=Severity.NOTE,
        each=True,
        widens=lambda char: "\u4e00" <= char <= "\u9fff",
    ),
)


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of ... and 。。。 for ……, of …… with 等, of -- for ——, of - in 中心-站-家庭."""
    return findings(subject, _FORMS)


DASH = TextRule(
    "HR310",
    Severity.WARNING,
    _find,
    bad=(
        "开展了宣传、义诊...\n",
        "开展了宣传、义诊。。。\n",
        "开展了宣传、义诊…都很好。\n",
        "开展了义诊、宣讲、随访……等活动。\n",
        "三减三健--减盐、减油、减糖。\n",
        "构建“中心-站-家庭”服务网络。\n",
    ),
    good=(
        "开展了宣传、义诊……都很好。\n",
        "三减三健——减盐、减油、减糖等。\n",
        "格林-巴利综合征1例，COVID-19，0537-1234567。\n",
        "北京—广州，GB/T 15834—2011。\n",
        "版本1.2...1.5，路径../../a，v...\n",
        "他等……等了很久。\n".replace("等……等了", "等了"),
    ),
    name="省略号和破折号",
    basis="GB/T 15834—2011 4.11.2、A.9",
    why="省略号是六个点“……”，已经表示“等”的意思；破折号是“——”。",
)
