"""pydantic's errors as diagnostics that point into the file.

A location from pydantic is a path of keys, indices and union tags. Walking the tree of nodes along
it finds the place: what the node at hand does not have (a tag, the index of a list of one) is
passed over, so the nearest ancestor answers.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, Position, did_you_mean, likeliest, or_rather
from healthreport.model.validating.text import no_reference
from healthreport.model.validating.types import WRITE_A_LIST
from healthreport.reading.yaml.misread import swallowed, why_text
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

_NO_MAPPING = ("not-a-mapping", "这里应写成一行行的“键: 值”", "例如另起一行写“标题: …”。")
_OF_INDICATORS = {"数值", "公式", "分项", "上年"}  # a mapping with one of these is an indicator
_WRONG_KIND = {
    "model_type": _NO_MAPPING,
    "dict_type": _NO_MAPPING,
    "tuple_type": ("not-a-list", "这里应写成列表，每条一行，以“- ”开头", WRITE_A_LIST),
}


def diagnose(root: Mapping, errors: list[ErrorDetails], models: dict[str, type[BaseModel]]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for every validation error, of many of one kind for the first, and how many there are more.

    ``models`` names the model that each tag or key of a location leads to; ``""`` is the root's.
    """
    keys = {
        place: [field.alias or name for name, field in model.model_fields.items()] for place, model in models.items()
    }
    met: Counter[str] = Counter()
    place = Position("")
    for error in errors:
        context: dict[str, Any] = error.get("ctx", {})
        if "found" in context:
            continue
        met[error["type"]] += 1
        if met[error["type"]] > MAX_PROBLEMS:
            continue
        path = (*error["loc"], *context.get("at", ()))
        told = _diagnostic(root, error, path, context, keys)
        place = max(place, told.position)
        yield told
    untold = sum(max(count - MAX_PROBLEMS, 0) for count in met.values())
    if untold:
        message = f"像上面这样的错误还有{untold}处，没有一一列出。"
        yield Diagnostic("more-problems", message, place, hint="请先改好上面这些，再运行一次。")
    yield from islice(chain.from_iterable(error.get("ctx", {}).get("found", ()) for error in errors), MAX_PROBLEMS)


def _diagnostic(
    root: Mapping, error: ErrorDetails, path: tuple[str | int, ...], context: dict[str, Any], keys: dict[str, list[str]]
) -> Diagnostic:
    kind = error["type"]
    if kind == "missing":
        parent, _ = _walk(root, path[:-1])
        return Diagnostic("missing-key", f"缺少“{path[-1]}”。", parent.position(), hint=f"请补上“{path[-1]}: …”。")
    if kind == "extra_forbidden":
        parent, _ = _walk(root, path[:-1])
        return _unknown_key(parent, str(path[-1]), _expected(path, keys))
    node, key = _walk(root, path)
    told = _look_alike(root, node, _expected((*path, ""), keys), names_stand_here="指标表" in path)
    if told:
        return told
    if kind == "not-a-block" and isinstance(node, Mapping):
        return _unknown_block(node, error["msg"], context["hint"], re.findall("“(.*?)”", context["keys"]))
    place = key.position() if key is not None and not isinstance(node, Scalar) else node.position()
    kind, message, hint = _WRONG_KIND.get(kind) or (kind, error["msg"], context["hint"])
    if kind == "not-a-mapping" and "指标" in path[:-1] and isinstance(node, Scalar):
        hint = f"例如“{path[-1]}: {{数值: {node.value if node.value.isdigit() else 1236}}}”，单位写“单位: 座”。"
    return Diagnostic(kind, message + "。", place, hint=hint)


def _look_alike(root: Mapping, node: Node, expected: list[str], *, names_stand_here: bool) -> Diagnostic | None:
    """Say which mark makes YAML read something else than was meant, where that explains the mistake."""
    if isinstance(node, Scalar):
        return why_text(node, expected)
    name, start, brackets = _bracketed(node)
    indicators = root.get("指标")
    known = {*root.keys_at, *(indicators.keys_at if isinstance(indicators, Mapping) else ())}
    return no_reference(name, brackets, node.source.position(start)) if name in known and not names_stand_here else None


def _bracketed(node: Mapping | Sequence) -> tuple[str, int, str]:
    """Return the only word in ``{ }`` or ``[[ ]]``, with its place and the brackets as they are written."""
    text, start = node.source.text, node.start
    if isinstance(node, Mapping):
        alone = not node and len(node.keys_at) == 1 and text.startswith("{", start)
        return (next(iter(node.keys_at)), start, "{ }") if alone else ("", 0, "")
    inner = node[0] if len(node) == 1 else None
    if isinstance(inner, Scalar) and text[start - 1 : start + 1] == "[[":
        return inner.value, start - 1, "[[ ]]"
    if isinstance(inner, Sequence) and len(inner) == 1 and isinstance(inner[0], Scalar):
        return inner[0].value, start, "[[ ]]"
    return "", 0, ""


def _unknown_block(node: Mapping, message: str, hint: str, expected: list[str]) -> Diagnostic:
    """Diagnose a mapping that is no block: a misspelt key, or a text with a half-width colon in it."""
    known = [*expected, "引语", "结语", "样式", "形式"]
    for value in node.values():
        if isinstance(value, Scalar) and (told := swallowed(value, known)):
            return told
    for key in node.keys_at:
        if key not in known and did_you_mean(key, known):
            return _unknown_key(node, key, known)
    first = next(iter(node.keys_at), "")
    if first in known:
        return Diagnostic("not-a-block", message + "。", node.position(), hint=hint)
    return Diagnostic(
        "colon-in-text",
        f"“{first}”后面的半角冒号让这段文字成了“键: 值”。",
        node.position(),
        hint="如果是文字，请用全角冒号“：”，或给整段加上英文双引号。",
    )


def _cut_formula(parent: Mapping, key: str) -> str:
    """Return what was to be one value where commas in brackets cut it: ``{公式: 合计(甲, 丙) / 乙}``."""
    keys = [*parent.keys_at]
    at = keys.index(key) if key in keys else 0
    first = next((one for one in range(at, -1, -1) if parent.get(keys[one]) is not None), at)
    value = parent.get(keys[first])
    if first == at or not isinstance(value, Scalar) or value.value.count("(") <= value.value.count(")"):
        return ""
    parts = [value.value]
    for rest in keys[first + 1 :]:
        if parent.get(rest) is not None or ", ".join(parts).count("(") <= ", ".join(parts).count(")"):
            break
        parts.append(rest)
    return f'{keys[first]}: "{", ".join(parts)}"'


def _unknown_key(parent: Node, key: str, expected: list[str]) -> Diagnostic:
    place = _key_position(parent, key)
    guess = did_you_mean(key, expected)
    told = why_text(parent.keys_at[key], expected) if isinstance(parent, Mapping) and key in parent.keys_at else None
    if told:
        return told
    if isinstance(parent, Mapping) and (whole := _cut_formula(parent, key)):
        hint = f"逗号在花括号里会断开，请给整个值加引号：{whole}。"
        return Diagnostic("unknown-key", f"未知的键“{key}”。", place, hint=hint)
    if key.isdigit():
        before = _before(parent, key)
        whole = f"，是一个数的，请去掉逗号写成{before}{key}" if before.isdigit() else "，请去掉数中的逗号"
        hint = f"逗号在花括号里会断开{whole}；是小数点的，请写“.”。"
        return Diagnostic("unknown-key", f"未知的键“{key}”。", place, hint=hint)
    own = parent.get(key) if isinstance(parent, Mapping) else None
    if isinstance(own, Mapping) and not _OF_INDICATORS.isdisjoint(own.keys_at) and "指标" in expected:
        hint = f"是指标的，请写在“指标:”的下面，前面缩进两个空格：“  {key}: …”。"
        return Diagnostic("unknown-key", f"未知的键“{key}”。", place, hint=hint)
    if guess and isinstance(parent, Mapping) and guess in parent.keys_at:
        hint = f"“{guess}”已经写过，请并到那里，或删去这一处。"
        return Diagnostic("unknown-key", f"未知的键“{key}”。", place, hint=hint)
    hint = "" if guess else f"这里可以写：{likeliest(key, expected)}。"
    return Diagnostic("unknown-key", or_rather(f"未知的键“{key}”", guess), place, hint=hint)


def _before(parent: Node, key: str) -> str:
    """Return the value that stands before a key."""
    keys = [*parent.keys_at] if isinstance(parent, Mapping) else []
    value = parent.get(keys[keys.index(key) - 1]) if isinstance(parent, Mapping) and key in keys[1:] else None
    return value.value if isinstance(value, Scalar) else ""


def _key_position(parent: Node, key: str) -> Position:
    if isinstance(parent, Mapping) and key in parent.keys_at:
        return parent.keys_at[key].position()
    return parent.position()


def _walk(root: Mapping, path: Iterable[str | int]) -> tuple[Node, Scalar | None]:
    """Return the node at the end of a path and the key it stands under."""
    node: Node = root
    key: Scalar | None = None
    for step in path:
        if isinstance(node, Mapping) and step in node:
            key = node.keys_at[str(step)]
            node = node[str(step)]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            node, key = node[step], None
    return node, key


def _expected(path: tuple[str | int, ...], keys: dict[str, list[str]]) -> list[str]:
    for step in reversed(path[:-1]):
        if isinstance(step, str) and step in keys:
            return keys[step]
    return keys[""]
