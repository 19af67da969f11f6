"""The formats after ``|`` in ``{{ }}``: 万, 整, 小数(2) and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.values.expressions import ExpressionError
from healthreport.values.quantities import PLAIN, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.values.expressions import Format

_MOST_DIGITS = 6


def style_of(formats: Sequence[Format]) -> Style:
    """Fold the formats of an expression into one style. Raises :class:`ExpressionError`."""
    style = PLAIN
    for one in formats:
        if one.name in ("万", "亿"):
            style = style._replace(scale=one.name)
        elif one.name == "整":
            style = style._replace(digits=0)
        elif one.name == "千分位":
            style = style._replace(grouped=True)
        elif one.name == "中文":
            style = style._replace(chinese=True)
        elif one.name == "数":
            style = style._replace(bare=True)
        elif one.name == "小数" and one.digits is not None and one.digits <= _MOST_DIGITS:
            style = style._replace(digits=one.digits)
        else:
            message = f"没有“{one.name}”这种格式，可以用：万、亿、整、千分位、中文、数、小数(2)"
            raise ExpressionError("unknown-format", message, one.start, one.end, one.name)
    return style
