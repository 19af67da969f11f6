"""The formats after ``|`` in ``{{ }}``: 万, 整, 小数(2) and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.values.expression_errors import ExpressionError
from healthreport.values.quantities import PLAIN, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.values.expressions import Format

_MOST_DIGITS = 6


def style_of(formats: Sequence[Format]) -> Style:
    """Fold the formats of an expression into one style. Raises :class:`ExpressionError`."""
    style = PLAIN
    for format in formats:
        if format.name in ("万", "亿"):
            style = style._replace(scale=format.name)
        elif format.name == "整":
            style = style._replace(digits=0)
        elif format.name == "千分位":
            style = style._replace(grouped=True)
        elif format.name == "中文":
            style = style._replace(chinese=True)
        elif format.name == "数":
            style = style._replace(bare=True)
        elif format.name == "小数" and format.digits is not None and format.digits <= _MOST_DIGITS:
            style = style._replace(digits=format.digits)
        else:
            message = f"没有“{format.name}”这种格式，可以用：万、亿、整、千分位、中文、数、小数(2)"
            hint = "请去掉“|”和后面的字，或换一种格式。"
            raise ExpressionError("unknown-format", message, format.start, format.end, hint=hint)
    return style
