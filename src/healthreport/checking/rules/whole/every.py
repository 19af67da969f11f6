"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.whole.counting import SAID_TWO_WAYS
from healthreport.checking.rules.whole.items import ITEM_FORM
from healthreport.checking.rules.whole.paragraphs import PARAGRAPH
from healthreport.checking.rules.whole.parts import PARTS
from healthreport.checking.rules.whole.years import TITLE_YEAR

RULES = (PARTS, TITLE_YEAR, ITEM_FORM, PARAGRAPH, SAID_TWO_WAYS)
