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


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of full-width digits and letters, all at once: ２０２４年."""
    return findings(subject, (_FORM,))


FULL_WIDTH = TextRule(
    "HR303",
    Severity.NOTE,
    _find,
    bad=("２０２４年开展义诊。\n", "购置ＣＴ一台。\n", "签约率达６２．８％。\n"),
    good=("2024年开展义诊。\n", "购置CT一台。\n", "ＸＸ县卫生健康局\n", "二〇二四年，①②③。\n"),
    name="全角数字和字母",
    why="阿拉伯数字和拉丁字母用半角；全角的一个占一个汉字，查找和计算时也认不出来。",
)
