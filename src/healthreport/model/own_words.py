"""文字: texts with names, which a township says of itself and ``{{ 名称 }}`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from healthreport.diagnostics import Diagnostic, Related
from healthreport.model.indicators import OTHER_NAME, is_bad_name
from healthreport.model.validating.annotations import Read
from healthreport.model.validating.text import Text, literal
from healthreport.model.validating.types import WRITE_A_TEXT, mistake, told
from healthreport.reading.yaml.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = "文字"
_NONE = frozenset({"无", "暂无", "没有", "/", "／", "-", "—", "——"})
_SCHEMA: Final[dict[str, Any]] = {"type": "object", "additionalProperties": {"type": ["string", "number", "null"]}}


def _read(value: object) -> dict[str, Text | None]:
    """Return each name with its words as they are; a name without words is declared, and others say them."""
    if not isinstance(value, Mapping):
        raise mistake("not-a-mapping", "“文字”应写成“名称: 一段文字”", hint="例如“文字: {特色工作: 建成健康步道}”。")
    if problems := [*_mistakes(value)]:
        raise told(problems)
    words: dict[str, Text | None] = dict.fromkeys(value.keys_at)
    words.update({name: literal(node) for name, node in value.items() if isinstance(node, Scalar)})
    return words


def _mistakes(value: Mapping) -> Iterator[Diagnostic]:
    for name, at in value.keys_at.items():
        node = value.get(name)
        if is_bad_name(name):
            yield Diagnostic("bad-name", f"“{name}”不能作文字的名称。", at.position(), hint=OTHER_NAME)
        elif isinstance(node, Scalar) and node.value.rstrip("。") in _NONE:
            message = f"“{name}”写的是“{node.value}”，会照样印出来。"
            hint = "没有的就空着：用到它的分句不印。"
            yield Diagnostic("no-words", message, node.position(), hint=hint)
        elif not isinstance(node, Scalar | None):
            hint = f"{WRITE_A_TEXT}有几段的写在“|”下面，一行一段。"
            yield Diagnostic("not-a-text", f"“{name}”应写一段文字。", node.position(), hint=hint)


def twice(root: Mapping) -> Iterator[Diagnostic]:
    """Find the names that are texts and indicators at once."""
    words, indicators = root.get(WORDS), root.get("指标")
    if isinstance(words, Mapping) and isinstance(indicators, Mapping):
        for name, at in words.keys_at.items():
            if name in indicators.keys_at:
                related = (Related(indicators.keys_at[name].position(), "指标写在这里"),)
                message = f"“{name}”既是指标，又写在“文字”里。"
                yield Diagnostic("two-meanings", message, at.position(), hint="请给文字换一个名称。", related=related)


def names_of(root: Mapping) -> tuple[str, ...]:
    """Return the names that a report gives to words, said or still to be said."""
    words = root.get(WORDS)
    return tuple(words.keys_at) if isinstance(words, Mapping) else ()


OwnWords = Annotated[dict[str, Text | None], Read(_read, _SCHEMA)]
