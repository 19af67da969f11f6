"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.wording.better import BETTER_WORD
from healthreport.checking.rules.wording.doubled import DOUBLED
from healthreport.checking.rules.wording.doubtful import DOUBTFUL_WORD
from healthreport.checking.rules.wording.look_alike import LOOK_ALIKE
from healthreport.checking.rules.wording.lost import LOST
from healthreport.checking.rules.wording.names import NAME
from healthreport.checking.rules.wording.own import OWN_WORD
from healthreport.checking.rules.wording.sentences import REPEATED_SENTENCE
from healthreport.checking.rules.wording.web_lines import WEB_LINE
from healthreport.checking.rules.wording.wrong import WRONG_WORD

RULES = (
    WRONG_WORD,
    DOUBTFUL_WORD,
    BETTER_WORD,
    LOOK_ALIKE,
    DOUBLED,
    REPEATED_SENTENCE,
    WEB_LINE,
    LOST,
    NAME,
    OWN_WORD,
)
