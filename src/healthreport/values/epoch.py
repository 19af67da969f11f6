"""The time that SOURCE_DATE_EPOCH gives to whatever is written, for those who want the same bytes again."""

from __future__ import annotations

import os
import time

from healthreport.diagnostics import Position, error
from healthreport.values import scalars

_NAME = "SOURCE_DATE_EPOCH"
_LONGEST = 11  # digits: the years end before the twelfth


def source_date() -> str:
    """Return the time as Word has it, 2023-11-14T22:13:20Z; empty where none is set.

    Raises :class:`HealthReportError` for what is none, which is an error and not a time of one's own choosing
    (reproducible-builds.org, SOURCE_DATE_EPOCH specification 1.1).
    """
    epoch = os.environ.get(_NAME, "")
    if not epoch:
        return ""
    if not (epoch.isascii() and epoch.isdigit() and len(epoch) <= _LONGEST):
        message = f"环境变量 {_NAME} 是{scalars.quoted(epoch)}，不是秒数。"
        raise error(
            "bad-epoch", message, Position(_NAME), hint="请写成1970年以来的秒数，如1700000000，或不设这个变量。"
        )
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(epoch)))
