"""What the rates beside two counts say of these: whether a further rate may be their quotient."""

from __future__ import annotations

import re

from healthreport.checking.figures.figure import RATES, Figure, Fit, Line, ratio

_CHANGE = re.compile("(?:增长|增加|下降|减少|降低|提高|上升|增幅|降幅)了?$")


def is_whole_of_all(line: Line, part: Figure, whole: Figure) -> bool:
    """Say whether the rates between a whole and a part are of that whole too; else it was of the first rate alone."""
    between = [one for one in line.figures if whole.end <= one.start < part.start]
    for at, rate in enumerate(between):
        if (
            rate.is_rate
            and not _CHANGE.search(rate.clause)
            and not any(
                ratio(one, whole, rate, RATES[rate.unit]) in (Fit.FITS, Fit.ROUNDED)
                for one in between[:at]
                if one.counts
            )
        ):
            return False
    return True


def is_said(line: Line, index: int, part: Figure, whole: Figure) -> bool:
    """Say whether another rate before is the quotient of two counts: 剖宫产率38.0%，初产妇剖宫产率34.5%."""
    row = [line.figures[at] for at in line.sentence(index) if at < index]
    return any(one.is_rate and ratio(part, whole, one, RATES[one.unit]) is Fit.FITS for one in row)
