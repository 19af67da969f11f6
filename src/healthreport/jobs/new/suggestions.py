"""What stays of last year's texts in next year's file: sentences that are true of any year, tables to switch on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.model.references import FIELDS
from healthreport.reading.yaml.dump import Comment, dump
from healthreport.trees.end_marks import is_ended
from healthreport.values import numbering_styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.yaml.dump import Dict, Value

_CODE = re.compile(r"\{\{(.*?)\}\}")
_CLAUSE_OR_MARK = re.compile(r"\[\[(?:(?!\]\]).)*\]\]|.")
_ONLY_CLAUSES = re.compile(r"(?:\s*\[\[(?:(?!\]\]).)*\{\{(?:(?!\]\]).)*\]\])+")
_FIRST_POINT = "一是"
_TABLE_BELOW = re.compile(r"[见如](?:下|附|后)表|如下")
_ENDS = ("。", "！", "？")
_SHOWN = {"表格", "指标表", "乡镇表", "图片"}
_NOT_WORDS = ("样式", "形式", "表格", "指标表", "乡镇表", "图片", "时限", "责任人")


class _Passage(NamedTuple):
    """A text, of which only the sentences with figures are to stand, or the whole."""

    text: str
    is_whole: bool = False


def suggestion(value: Value | list[Value | Comment]) -> str:
    """Return the sentences that refer to figures: they are true of any year. Or 是, if there are none.

    Of points (一是…；二是…) that have figures all stand, also those without.
    """
    lines = [
        line if passage.is_whole else _of_figures(line)
        for passage in _passages(value)
        for line in passage.text.split("\n")
    ]
    return "\n".join(filter(None, lines)) or "是"


def _passages(value: Value | Comment) -> Iterator[_Passage]:
    if isinstance(value, str):
        yield _Passage(value)
    elif isinstance(value, list):
        for item in value:
            yield from _passages(item)
    elif isinstance(value, dict):
        yield from _of_block(value)


def _of_block(block: Dict) -> Iterator[_Passage]:
    """Yield the texts of a block; points, and what stands in one paragraph with them, are one."""
    parts = block.get("段落")
    if points := _points(block):
        yield _Passage(points, is_whole=True)
    elif isinstance(parts, list) and any(isinstance(part, dict) and _points(part) for part in parts):
        yield _Passage("".join(passage.text for passage in _passages(parts)), is_whole=True)
    else:
        for key, item in block.items():
            if key not in _NOT_WORDS:
                yield from _passages(item)


def _points(block: Dict) -> str:
    """Return a paragraph of points with the labels they print, where one of them has figures; else nothing."""
    points = block.get("分述")
    written = [one for one in points if isinstance(one, str)] if isinstance(points, list) else []
    if not any(map(_refers_to_figures, written)) or written != points or any("[[" in point for point in written):
        return ""
    style = numbering_styles.style(str(block.get("样式") or _FIRST_POINT))
    mark = "。" if any("。" in point for point in written) else "；"
    ends = [*[mark] * (len(written) - 1), "。"]
    said = [style.label(n) + _ended(one, end) for n, (one, end) in enumerate(zip(written, ends, strict=True), 1)]
    return "".join([str(block.get("引语", "")), *said, str(block.get("结语", ""))])


def _ended(point: str, mark: str) -> str:
    return point if is_ended(point) else point + mark


def _of_figures(line: str) -> str:
    """Return the sentences of a line that refer to figures; those of nothing but clauses have their marks in them."""
    found = [sentence.strip() for sentence in _sentences(line) if _refers_to_figures(sentence)]
    return "".join([one if is_ended(one.removesuffix("]]")) or only_clauses(one) else one + "。" for one in found])


def only_clauses(text: str) -> bool:
    """Say whether a text is nothing but clauses: with no figure of theirs it is empty."""
    return _ONLY_CLAUSES.fullmatch(text.strip()) is not None


def _sentences(line: str) -> Iterator[str]:
    """Part a line at its end marks; a clause is whole, and ends a sentence with its own."""
    sentence = ""
    for piece in _CLAUSE_OR_MARK.findall(line):
        sentence += piece
        if piece.removesuffix("]]").endswith(_ENDS):
            yield sentence
            sentence = ""
    yield sentence


def _refers_to_figures(sentence: str) -> bool:
    return any(not code.strip().startswith(tuple(FIELDS)) for code in _CODE.findall(sentence))


def texts(value: Value | Comment) -> list[str]:
    """Return the texts of blocks, without those of tables and pictures."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key not in _NOT_WORDS for text in texts(item)]
    return []


def tables(words: list[Value | Comment], kept: Value) -> list[Comment]:
    """Return last year's tables and pictures as one comment: filled in, they can be switched on again.

    They are one 结语, with what announces them (各项指标见下表：) and their titles, and with the sentence that was kept
    there, if there is one: a key stands once in a section.
    """
    listed = [block for value in words for block in _blocks(value)]
    found: list[Value] = []
    for at, block in enumerate(listed):
        if isinstance(block, dict) and _SHOWN & set(block):
            found += [*_announced(listed[:at]), block]
    if not found:
        return []
    closing: list[Value | Comment] = [*found, *([kept] if kept else [])]
    instead = "，代替原有的“结语”" if kept else ""
    block = dump({"结语": closing if len(closing) > 1 else found[0]}).rstrip("\n")
    return [Comment(f"去年这里有（数填好后去掉“# ”启用{instead}）：\n{block}")]


def _blocks(value: Value | Comment) -> list[Value | Comment]:
    return value if isinstance(value, list) else [value]


def _announced(above: list[Value | Comment]) -> list[Value]:
    """Return what announces a table, and its title, where they stand above it as texts."""
    lines = [line for block in above[-2:] for line in (block.split("\n") if isinstance(block, str) else [""])]
    title = lines.pop() if lines and lines[-1].endswith("表") and not is_ended(lines[-1]) else ""
    last = [sentence for sentence in _sentences(lines[-1]) if sentence.strip()][-1:] if lines else []
    announced = [one.strip() for one in last if _TABLE_BELOW.search(one) and not _refers_to_figures(one)]
    return [*announced, *filter(None, [title])]
