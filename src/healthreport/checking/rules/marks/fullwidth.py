"""Full-width digits and letters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from healthreport.checking.rule import TextRule
from healthreport.checking.rules.marks.forms import Form, findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)?")
_FORM = Form(
    _WIDE,
    "数字或字母“{}”是全角的",
    "请改用半角的数字和字母。",
    lambda match: unicodedata.normalize("NFKC", match[0]),
    severity=Severity.NOTE,
    unless=lambda match: not match[0].strip("Ｘｘ"),  # ＸＸ县 is still to be filled in
)

_PER_CENT = Form(
    re.compile("(?<=[0-9])％"),
    "别处的“%”是半角的，这里的“{}”是全角的",
    "全文请用同一种。",
    lambda _: "%",
    severity=Severity.NOTE,
)


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of full-width digits and letters, and of a full-width ％ where others are half-width, all at once."""
    has_both = "%" in subject.joined.text and "％" in subject.joined.text
    return findings(subject, (_FORM, _PER_CENT) if has_both else (_FORM,))


FULL_WIDTH = TextRule(
    "HR303",
    Severity.NOTE,
    _find,
    bad=("签约率62.8％，比上年提高5.1%。\n", "２０２４年开展义诊。\n", "购置ＣＴ一台。\n", "签约率达６２．８％。\n"),
    good=(
        "2024年开展义诊。\n",
        "签约率62.8％，建档率95.0％。\n",
        "购置CT一台。\n",
        "ＸＸ县卫生健康局\n",
        "二〇二四年，①②③。\n",
    ),
    name="全角数字和字母",
    why="阿拉伯数字和拉丁字母用半角；全角的一个占一个汉字，查找和计算时也认不出来。",
)
