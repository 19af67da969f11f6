"""Own words of several lines: a paragraph that is nothing but ``{{ 特色工作 }}`` becomes a paragraph for each line.

It is done before templating, so a template sees lines like those of any text. Elsewhere several lines are a mistake,
which computing tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from healthreport.figures.mistakes import too_long
from healthreport.model.validating.text import Code, Text
from healthreport.model.validating.types import Model
from healthreport.values.limits import MAX_CHARACTERS

if TYPE_CHECKING:
    from healthreport.model.build import Built

# The keys of a report, a section, an attachment whose texts are paragraphs: 导语, 内容, 结语 and 结尾.
_PARAGRAPHS = frozenset({"lead", "content", "closing"})


def spread(built: Built) -> Built:
    """Return a report with each line of its own words in a paragraph of its own; most have one, and are themselves."""
    words = {name: text for name, text in built.report.words.items() if text and len(text.lines) > 1}
    return built._replace(report=_Spreading(words).value(built.report)) if words else built


class _Spreading:
    """Lays the lines of own words out; they are counted, for words may be referred to without end."""

    def __init__(self, words: dict[str, Text]) -> None:
        self._words = words
        self._lengths = {name: sum(line.end - line.start for line in text.lines) for name, text in words.items()}
        self._characters = 0

    def value(self, value: Any) -> Any:
        """Return what stands in a report with the lines in it."""
        if type(value) is tuple:
            return tuple([self.value(item) for item in value])
        if not isinstance(value, Model):
            return value
        changed: dict[str, Any] = {}
        for name, item in value.__dict__.items():
            if name in _PARAGRAPHS and type(item) is tuple:
                changed[name] = tuple([self._paragraphs(one) for one in item])
            elif type(item) is tuple or isinstance(item, Model):
                changed[name] = self.value(item)
        return value.model_copy(update=changed)

    def _paragraphs(self, block: Any) -> Any:
        """Return a text with the lines of the words it refers to among its own."""
        if not isinstance(block, Text):
            return self.value(block)
        lines = [one for line in block.lines for one in self._lines(line)]
        if len(lines) == len(block.lines):
            return block
        whole = block.of(block.segments)
        whole.lines = tuple(lines)
        return whole

    def _lines(self, line: Text) -> tuple[Text, ...]:
        only = line.segments[0] if len(line.segments) == 1 else None
        name = only.text.strip() if isinstance(only, Code) else ""
        if name not in self._words:
            return (line,)
        self._characters += self._lengths[name]
        if self._characters > MAX_CHARACTERS:
            raise too_long(line.position())
        return self._words[name].lines
