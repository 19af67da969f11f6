"""Own words of several lines: a paragraph that is nothing but ``{{ 特色工作 }}`` becomes a paragraph for each line.

It is done before templating, so a template sees lines like those of any text. Elsewhere several lines are a mistake,
which computing tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from healthreport.model.validating.text import Code, Text
from healthreport.model.validating.types import Model

if TYPE_CHECKING:
    from healthreport.model.build import Built

# The keys of a report, a section, an attachment whose texts are paragraphs: 导语, 内容, 结语 and 结尾.
_PARAGRAPHS = frozenset({"lead", "content", "closing"})


def spread(built: Built) -> Built:
    """Return a report with each line of its own words in a paragraph of its own; most have one, and are themselves."""
    words = {name: text for name, text in built.report.words.items() if text and len(text.lines) > 1}
    return built._replace(report=_value(built.report, words)) if words else built


def _value(value: Any, words: dict[str, Text]) -> Any:
    if type(value) is tuple:
        return tuple([_value(item, words) for item in value])
    if not isinstance(value, Model):
        return value
    changed: dict[str, Any] = {}
    for name, item in value.__dict__.items():
        if name in _PARAGRAPHS and type(item) is tuple:
            changed[name] = tuple([_paragraphs(one, words) for one in item])
        elif type(item) is tuple or isinstance(item, Model):
            changed[name] = _value(item, words)
    return value.model_copy(update=changed)


def _paragraphs(block: Any, words: dict[str, Text]) -> Any:
    """Return a text with the lines of the words it refers to among its own."""
    if not isinstance(block, Text):
        return _value(block, words)
    lines = [one for line in block.lines for one in _lines(line, words)]
    if len(lines) == len(block.lines):
        return block
    whole = block.of(block.segments)
    whole.lines = tuple(lines)
    return whole


def _lines(line: Text, words: dict[str, Text]) -> tuple[Text, ...]:
    only = line.segments[0] if len(line.segments) == 1 else None
    own = words.get(only.text.strip()) if isinstance(only, Code) else None
    return own.lines if own else (line,)
