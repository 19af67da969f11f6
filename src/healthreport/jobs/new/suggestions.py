"""What stays of last year's texts in next year's file: sentences that are true of any year, tables to switch on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.model.references import FIELDS
from healthreport.reading.yaml.dump import Comment, dump
from healthreport.trees.end_marks import is_ended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.yaml.dump import Value

_CODE = re.compile(r"\{\{(.*?)\}\}")
_CLAUSE_OR_MARK = re.compile(r"\[\[(?:(?!\]\]).)*\]\]|.")
_ONLY_CLAUSES = re.compile(r"(?:\s*\[\[(?:(?!\]\]).)*\{\{(?:(?!\]\]).)*\]\])+")
_ENDS = ("。", "！", "？")
_SHOWN = {"表格", "指标表", "乡镇表", "图片"}
_NOT_WORDS = ("样式", "形式", "表格", "指标表", "乡镇表", "图片", "时限", "责任人")


def suggestion(value: Value) -> str:
    """Return the sentences that refer to figures: they are true of any year. Or 是, if there are none."""
    lines = [_of_figures(line) for text in texts(value) for line in text.split("\n")]
    return "\n".join(filter(None, lines)) or "是"


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

    They are one 结语, with the sentence that was kept there, if there is one: a key stands once in a section.
    """
    listed = [block for value in words for block in (value if isinstance(value, list) else [value])]
    found = [block for block in listed if isinstance(block, dict) and _SHOWN & set(block)]
    if not found:
        return []
    closing: list[Value | Comment] = [*found, *([kept] if kept else [])]
    instead = "，代替原有的“结语”" if kept else ""
    block = dump({"结语": closing if len(closing) > 1 else found[0]}).rstrip("\n")
    return [Comment(f"去年这里有（数填好后去掉“# ”启用{instead}）：\n{block}")]
