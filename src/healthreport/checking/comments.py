"""``# healthreport: 忽略 HR204``: a comment on the line of a key lets findings of a rule be in the whole value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.intervals import Intervals
from healthreport.checking.settings import unknown_rule
from healthreport.diagnostics import Diagnostic, HealthReportError
from healthreport.reading.yaml.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from healthreport.diagnostics import Position
    from healthreport.reading.yaml.nodes import Node, Source

_COMMENT = re.compile(r"#[^\S\n]*healthreport[^\S\n]*[:：][^\S\n]*(?P<words>[^\n]*)")
_LET_BE = re.compile(r"忽略[:：]?\s*(?P<rules>[^#]*)")
_BETWEEN = re.compile(r"[,，、;；\s]+")
_EXAMPLE = "例如“内容: …  # healthreport: 忽略 HR204”。"


class Silence(NamedTuple):
    """A comment: the rule it silences, the lines it covers, and where it stands."""

    rule: str
    first: int
    last: int
    position: Position


class _Value(NamedTuple):
    """A value, or an item of a list: the line it is announced on, by its key or its dash, and its last line."""

    line: int
    last: int


def silences(source: Source, tree: Mapping, rules: Collection[str]) -> list[Silence]:
    """Return what the comments of a report let be; ``rules`` are the ids that may be let be.

    Raises :class:`HealthReportError` for a comment within a text, where it is printed, for one beside no key, and
    for a rule nobody knows.
    """
    found: list[Silence] = []
    wrong: list[Diagnostic] = []
    words = Intervals((scalar.start, scalar.end) for scalar in _scalars(tree))
    values = {value.line: value for value in reversed([*_values(tree, source)])}
    for match in _COMMENT.finditer(source.text):
        place = source.position(*match.span())
        if words.meets(match.start(), match.start() + 1):
            message = "这句“忽略”在文字里面，会印出来。"
            wrong.append(
                Diagnostic("comment-in-text", message, place, hint="请移到上面写键的那一行，如“内容: |  # …”。")
            )
            continue
        asked = _LET_BE.match(match["words"])
        names = [*filter(None, _BETWEEN.split(asked["rules"]))] if asked else []
        wrong += [unknown_rule(name, rules, place) for name in names if name not in rules]
        if not names:
            message = "看不懂这句给 healthreport 的话。"
            wrong.append(Diagnostic("bad-comment", message, place, hint=_EXAMPLE))
        elif place.line not in values:
            message = "这句“忽略”不在写键的那一行，管不到什么。"
            wrong.append(Diagnostic("bad-comment", message, place, hint=_EXAMPLE))
        else:
            value = values[place.line]
            found += [Silence(name, value.line, value.last, place) for name in names]
    if wrong:
        raise HealthReportError(wrong)
    return found


def _scalars(node: Node) -> Iterator[Scalar]:
    """Yield all texts; a comment behind the mark of a block (``|``) is none of its words."""
    if isinstance(node, Scalar):
        if node.style in ("|", ">"):
            start = node.source.text.find("\n", node.start)
            yield Scalar(node.value, node.source, start if start >= 0 else node.end, node.end, node.style)
        else:
            yield node
        return
    for child in node.values() if isinstance(node, Mapping) else node:
        yield from _scalars(child)


def _values(node: Node, source: Source) -> Iterator[_Value]:
    """Yield all values, those outside before those they hold."""
    if isinstance(node, Mapping):
        for key, at in node.keys_at.items():
            line = at.position().line
            value = node.get(key)
            yield _Value(line, max(line, _last(value, source)))
            if value is not None and not isinstance(value, Scalar):
                yield from _values(value, source)
    elif not isinstance(node, Scalar):
        for item in node:
            yield _Value(item.position().line, _last(item, source))
            yield from _values(item, source)


def _last(node: Node | None, source: Source) -> int:
    """Return the last line of a value: a list or mapping on lines of its own ends where the last of its values does."""
    if node is None:
        return 0
    if isinstance(node, Scalar):
        text = source.text[node.start : node.end].rstrip()
        return source.position(node.start + max(len(text) - 1, 0)).line
    if isinstance(node, Mapping):
        keys = [at.position().line for at in node.keys_at.values()]
        return max([*keys, *(_last(value, source) for value in node.values())], default=0)
    return max((_last(item, source) for item in node), default=0)
