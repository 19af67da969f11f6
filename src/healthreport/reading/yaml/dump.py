"""Plain values → YAML as people write it, with comments."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError
from healthreport.reading.yaml.encodings import BLANKS
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar, Sequence, Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT = 72
_LONG = 60  # a longer text stands below its key; one in a list does where it would need quotes
# What nobody can read otherwise: most texts. The others are read back to see whether they need quotes.
_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff:#＃{}\[\]]*")
_PLAIN_IN_FLOW = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z.%\u4e00-\u9fff]*")
_PROSE = re.compile("[，、；。]")


class Quoted(str):
    """A text that stands in quotes whatever it says: ``目标：`` at its start would be taken for a mistyped key."""

    __slots__ = ()


class Comment:
    """Lines that stand as a comment: an entry of a list, or a key of a mapping."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")


Value = str | list["Value | Comment"] | dict["str | Comment", "Value"]
Dict = dict[str | Comment, Value]


def plain(node: Node) -> Value:
    """Return a tree as plain values; a key that was left empty has an empty text."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node]
    return {key: plain(node[key]) if key in node else "" for key in node.keys_at}


def scalar(text: str, *, flow: bool = True) -> str:
    """Write one text on one line, in quotes where it would be read otherwise."""
    if isinstance(text, Quoted):
        return json.dumps(text, ensure_ascii=False)
    if (_PLAIN_IN_FLOW if flow else _PLAIN).fullmatch(text) and text == text.strip(BLANKS):
        return text
    return _quoted(text, f"x: [{text}, ]\n" if flow else f"x: {text}\n")


def _key(text: str, *, flow: bool = False) -> str:
    return text if _PLAIN_IN_FLOW.fullmatch(text) else _quoted(text, f"{{{text}: }}\n" if flow else f"{text}: x\n")


def _quoted(text: str, line: str) -> str:
    """Put a text in quotes, unless the line that holds it without reads as it was meant."""
    if not text:
        return ""
    return text if _reads_back(line, text) else json.dumps(text, ensure_ascii=False)


def _reads_back(line: str, text: str) -> bool:
    if "\n" in text or text[0] in "\"'" or text == "~":
        return False
    root = _read(line)
    if root is None or line.startswith("x: "):
        value = None if root is None else root.get("x")
        value = value[0] if isinstance(value, Sequence) and len(value) == 1 else value
        return isinstance(value, Scalar) and value.value == text
    return list(root.keys_at) == [text]


def _read(line: str) -> Mapping | None:
    try:
        return parse(Source("", line))
    except HealthReportError:
        return None


def dump(value: Dict) -> str:
    """Write a mapping as a YAML file."""
    return "\n".join(_mapping(value, 0)) + "\n"


def _mapping(value: dict[str | Comment, Value], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for key, item in value.items():
        if isinstance(key, Comment):
            yield from (f"{pad}# {line}".rstrip() if line else "" for line in key.lines)
        else:
            head, *rest = _entry(item, depth + 1, under_key=True)
            yield f"{pad}{_key(key)}:{head}"
            yield from rest


def _entry(item: Value, depth: int, *, under_key: bool = False) -> Iterator[str]:
    """Yield what follows ``key:`` or ``-`` on its line, then the lines below it."""
    pad = "  " * depth
    if isinstance(item, str) and "\n" in item:
        yield " |"
        yield from (pad + line.strip() for line in item.split("\n"))
    elif isinstance(item, str):
        if len(item) > _LONG and (under_key or scalar(item, flow=False) != item):
            yield " |"
            yield pad + item
        else:
            yield f" {scalar(item, flow=False)}".rstrip()
    elif (short := flow(item)) is not None:
        yield f" {short}"
    elif isinstance(item, dict):
        yield ""
        yield from _mapping(item, depth)
    else:
        yield ""
        yield from _sequence(item, depth)


def _sequence(items: list[Value | Comment], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for item in items:
        if isinstance(item, Comment):
            yield from (f"{pad}# {line}".rstrip() for line in item.lines)
        elif isinstance(item, str) or not item or (flow(item) is not None and not _is_wrapper(item)):
            head, *rest = list(_entry(item, depth + 1))
            yield f"{pad}-{head}"
            yield from rest
        else:
            inner = _mapping(item, depth + 1) if isinstance(item, dict) else _sequence(item, depth + 1)
            lines = list(inner)
            while lines[0].lstrip().startswith("#"):  # a comment stands above its item
                yield lines.pop(0)[2:]
            yield f"{pad}- {lines[0].strip()}"
            yield from lines[1:]


def _is_wrapper(value: Value) -> bool:
    """Say whether a mapping only names what it holds: ``- 图片: {文件: 义诊.jpg}``."""
    return isinstance(value, dict) and len(value) == 1 and not isinstance(next(iter(value.values())), str)


def flow(value: Value) -> str | None:
    """Write a small value on one line, if it fits: ``{数值: , 单位: 座}``, ``[一、, （一）]``."""
    if isinstance(value, str):
        return None if "\n" in value or len(value) > _SHORT else scalar(value)
    if len(value) > _SHORT:
        return None
    if isinstance(value, list):
        parts = [_member(item) for item in value]
        text = f"[{', '.join(part or '' for part in parts)}]"
    else:
        parts = [_pair(key, item) for key, item in value.items()]
        text = f"{{{', '.join(part or '' for part in parts)}}}"
    # A list of one may hold no comma of any kind, nor may quotes open in one item and close in the next.
    return None if None in parts or len(text) > _SHORT or _read(f"x: {text}\n") is None else text


def _member(item: Value | Comment) -> str | None:
    """Write an item of a short list; a mapping stands on lines of its own."""
    written = None if isinstance(item, Comment | dict) else _unquoted(item)
    return '""' if written == "" else written


def _pair(key: str | Comment, item: Value) -> str | None:
    written = None if isinstance(key, Comment) else _unquoted(item)
    return None if written is None else f"{_key(str(key), flow=True)}: {written}"


def _unquoted(item: Value) -> str | None:
    """Write a value within brackets, unless it is prose that needs quotes only there; ``"1,059"`` may have some."""
    written = flow(item)
    is_prose = isinstance(item, str) and _PROSE.search(item) is not None
    return None if is_prose and written != item and written != scalar(str(item), flow=False) else written
