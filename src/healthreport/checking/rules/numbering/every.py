"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.numbering.attachments import ATTACHMENT
from healthreport.checking.rules.numbering.counts import COUNT
from healthreport.checking.rules.numbering.document_numbers import DOCUMENT_NUMBER
from healthreport.checking.rules.numbering.empty_sections import EMPTY_SECTION
from healthreport.checking.rules.numbering.glued import GLUED
from healthreport.checking.rules.numbering.headings import HEADING_END
from healthreport.checking.rules.numbering.label_marks import LABEL_MARK
from healthreport.checking.rules.numbering.layouts import LAYOUT
from healthreport.checking.rules.numbering.levels import LEVEL
from healthreport.checking.rules.numbering.points import POINTS
from healthreport.checking.rules.numbering.references import REFERENCE
from healthreport.checking.rules.numbering.sequences import SEQUENCE
from healthreport.checking.rules.numbering.single import SINGLE
from healthreport.checking.rules.numbering.twice import TWICE

RULES = (
    TWICE,
    SEQUENCE,
    POINTS,
    LEVEL,
    LABEL_MARK,
    HEADING_END,
    GLUED,
    LAYOUT,
    EMPTY_SECTION,
    COUNT,
    REFERENCE,
    DOCUMENT_NUMBER,
    ATTACHMENT,
    SINGLE,
)
