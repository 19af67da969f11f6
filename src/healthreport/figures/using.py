"""Which indicators nothing makes use of: no text, no table, and no formula or 分项 of one that is used.

Of ``指标: {门诊: …, 住院: …, 诊疗: {公式: 门诊 + 住院}, 旧数: …}`` and ``内容: 共诊疗{{ 诊疗 }}。`` that is 旧数 alone.
Whoever is used by an unused one only is unused, too: all of them may go together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.model.build import known_names
from healthreport.model.indicator_tables import shown_by
from healthreport.model.validating.text import Code, Text
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Name
from healthreport.values.operands import operands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.model.build import Built
    from healthreport.model.indicators import Indicator


def unused(built: Built) -> list[str]:
    """Return the indicators of a report that nothing makes use of, in their order.

    A clause counts, be it printed or not: the figure may still come.
    """
    return _Uses(built).unused()


class _Uses:
    """Follows what texts and tables name, to all that it is computed from."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._indicators = built.report.indicators
        self._names = known_names(self._indicators, built.report.words)
        self._used: set[str] = set()

    def unused(self) -> list[str]:
        """Return the indicators that are not met on the way."""
        of_indicators = {text.n for one in self._indicators.values() for text in _texts_of(one)}
        for text in self._built.texts:
            if text.n not in of_indicators:
                self._use(*self._named_in(text))
        for shown in shown_by(self._built.tables, self._indicators):
            self._use(*shown.names)
        return [name for name in self._indicators if name not in self._used]

    def _use(self, *names: str) -> None:
        """Note that these are used, and with them all that they are made of."""
        waiting = [*names]
        while waiting:
            name = waiting.pop()
            indicator = self._indicators.get(name)
            if indicator is not None and name not in self._used:
                self._used.add(name)
                waiting += self._made_of(indicator)

    def _made_of(self, indicator: Indicator) -> Iterator[str]:
        """Yield what an indicator's formula, 分项 and 说明 name."""
        if not isinstance(indicator.parts, dict):
            yield from indicator.part_names
        if indicator.formula is not None:
            yield from self._named_by(str(indicator.formula))
        for text in _texts_of(indicator):
            yield from self._named_in(text)

    def _named_in(self, text: Text) -> Iterator[str]:
        for segment in text.segments:
            if isinstance(segment, Code):
                yield from self._named_by(segment.text)

    def _named_by(self, expression: str) -> Iterator[str]:
        """Yield the names in an expression; of one that cannot be read all that may be meant, lest one be deleted."""
        try:
            for one in operands(self._names.parse(expression).node):
                yield one.name if isinstance(one, Name) else one.base.name
        except ExpressionError:
            yield from (name for name in self._indicators if name in expression)


def _texts_of(indicator: Indicator) -> Iterator[Text]:
    """Yield what is written at an indicator itself: it is read where the indicator is."""
    for text in (indicator.formula, indicator.note):
        if isinstance(text, Text):
            yield from (text, *text.lines)
