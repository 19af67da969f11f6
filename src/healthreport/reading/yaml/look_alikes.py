"""Marks that look like YAML's own and are none: “，” for “,”, “－” for “-”, “　” for a space; what to say of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic
from healthreport.reading.yaml.encodings import BLANKS

if TYPE_CHECKING:
    from healthreport.diagnostics import Position
    from healthreport.reading.yaml.nodes import Source

COLONS = "：﹕︰︓∶꞉"
COMMAS = "，﹐︐、﹑､；﹔"
DASHES = "－﹣—–―‐‑‒−"
HASHES = "＃"
BARS = "｜︱丨│¦"
FOLDS = "＞﹥"
SPACES = "".join(dict.fromkeys(BLANKS.translate(dict.fromkeys(map(ord, " \t\n\r\v\f")))))
# Brackets that no text stands in as a whole, and those that one may, which the keys “[” and “]” type.
OPENERS, OPENERS_OF_TEXT, CLOSERS = "［｛﹛", "【〔", "］｝﹜】〕"
BRACKETS = dict(zip(OPENERS + OPENERS_OF_TEXT + CLOSERS, "[{{[[]}}]]", strict=True))
DOUBLE_QUOTES, SINGLE_QUOTES = "“”„〝〞＂「」『』", "‘’＇"
QUOTES = DOUBLE_QUOTES + SINGLE_QUOTES

# A clause where YAML reads a list of lists; in the rows of a table lists of lists are what is wanted.
_BEFORE_IT = r"(?:[\[{](?:\"[^\"]*\"|'[^']*'|[^\"'])*?)??(?<!行: )(?<!头: )"
UNQUOTED_CLAUSE = rf"(?:.*?:[ ]+|[ ]*)(?:-[ ]+)*{_BEFORE_IT}(\[\[[^\[\]\"']*\{{\{{)"
IF_TEXT = "如果是文字，请给整段加上英文双引号。"
INDENTED = "缩进用了"
_SHORT = 12


def colon_after(source: Source, key: int, length: int, end: int) -> Diagnostic:
    """Tell of a wrong colon that ends at an offset, after the key that begins at another."""
    word, mark = source.text[key : key + length].strip(BLANKS + "\"'"), source.text[end - 1]
    return mistyped_colon(source.position(end - 1, end), word, mark)


def mistyped_colon(position: Position, key: str, colon: str) -> Diagnostic:
    """Tell of a key followed by a colon that is not YAML's, or has no space behind it."""
    if colon != ":":
        message, hint = f"键“{key}”后面是全角冒号“{colon}”。", f"请改成半角冒号加空格：“{key}: ”。"
        return Diagnostic("full-width-colon", message, position, hint=hint)
    message, hint = f"键“{key}”的冒号后面缺空格。", f"请写成“{key}: ”再接内容。"
    return Diagnostic("no-space-after-colon", message, position, hint=hint)


def comma(source: Source, at: int) -> Diagnostic:
    """Tell of a comma that parts nothing."""
    message = f"括号里的“{source.text[at]}”不是半角逗号，分不开前后两项。"
    hint = (
        "请改成半角逗号加空格，后面的冒号也用半角：“[甲, 乙]”“{甲: 1, 乙: 2}”；如果本来就是一项，请给它加上英文双引号。"
    )
    return Diagnostic("full-width-comma", message, source.position(at, at + 1), hint=hint)


def unquoted(source: Source, at: int) -> Diagnostic:
    """Tell of braces of a reference that YAML takes for its own."""
    line, start = source.line(source.position(at).line), source.text.rfind("\n", 0, at) + 1
    clause = re.match(UNQUOTED_CLAUSE, line)
    if clause and start + clause.start(1) < at:
        return unquoted_clause(source, start + clause.start(1))
    message, hint = "以“{{”开头的值没有加引号。", '请给整段文字加上英文双引号："{{ … }}…"。'
    return Diagnostic("unquoted-expression", message, source.position(at, at + 2), hint=hint)


def unquoted_clause(source: Source, at: int) -> Diagnostic:
    """Tell of brackets of a clause that YAML takes for its own: at the start of a value, or in a list in brackets."""
    message = "以“[[”开头的值，或方括号、花括号里带“[[”的一条，没有加引号。"
    hint = '请给整段文字加上英文双引号："[[ … ]]…"；或在键后面写“|”，文字另起一行、缩进。'
    return Diagnostic("unquoted-clause", message, source.position(at, at + 2), hint=hint)


def bracket(source: Source, at: int) -> Diagnostic:
    """Tell of a bracket that is not YAML's."""
    mark = source.text[at]
    message = f"“{mark}”是全角括号，不是半角的“{BRACKETS[mark]}”。"
    hint = f"请改成半角的“{BRACKETS[mark]}”，里面的冒号、逗号也用半角；{IF_TEXT}"
    return Diagnostic("full-width-bracket", message, source.position(at, at + 1), hint=hint)


def quotes(source: Source, start: int, end: int, inner: str) -> Diagnostic:
    """Tell of quotes around a value that are not YAML's; ``inner`` is what stands in them, if that is known."""
    marks = f"{source.text[start]} {source.text[end - 1]}" if inner else source.text[start]
    written = f'"{inner}"' if 0 < len(inner) <= _SHORT and '"' not in inner else '"…"'
    hint = f"请改用英文双引号：{written}；如果引号是文字，请在外面再加一层英文双引号。"
    message = f"外面的引号 {marks} 不是英文引号，会成为文字的一部分。"
    return Diagnostic("full-width-quotes", message, source.position(start, end), hint=hint)


def block_mark(source: Source, at: int) -> Diagnostic:
    """Tell of a mark that was to be ``|`` or ``>``."""
    mark, meant = source.text[at], "|" if source.text[at] in BARS else ">"
    message = f"“{mark}”不是半角的“{meant}”，下面各行会连成一段。"
    return Diagnostic(
        "full-width-block-mark", message, source.position(at, at + 1), hint=f"请改成半角的“{meant}”；{IF_TEXT}"
    )


def dash(source: Source, at: int, *, joined: bool = False) -> Diagnostic:
    """Tell of a dash at the start of a line that makes no list."""
    mark, after = source.text[at], source.text[at + 1 : at + 2]
    place = source.position(at, at + 1)
    if mark != "-":
        message, hint = f"行首的“{mark}”不是半角的“-”，成不了列表。", f"请改成半角减号加空格：“- ”；{IF_TEXT}"
        return Diagnostic("full-width-dash", message, place, hint=hint)
    if after in SPACES and after:
        return wide_space(source, at + 1, "行首的“-”后面是")
    if after in (" ", "\n") and joined:
        message = "“- ”写在文字的下面，成不了列表，会接在上一行后面。"
        hint = f"请把键后面的文字也写成一条“- ”；{IF_TEXT}"
        return Diagnostic("list-under-text", message, place, hint=hint)
    number, column = place.line, place.column
    below = source.line(number + 1)
    level = "，下面和它对齐的各行也右移一格" if below.strip() and len(below) - len(below.lstrip()) == column else ""
    message, hint = "行首的“-”后面缺空格，成不了列表。", f"请写成“- ”再接文字{level}；{IF_TEXT}"
    return Diagnostic("no-space-after-dash", message, place, hint=hint)


def hash_mark(source: Source, at: int) -> Diagnostic:
    """Tell of a mark that was to begin a comment."""
    message = f"“{source.text[at]}”不是半角的“#”，后面的话不是注释，会成为文字。"
    hint = f"如果是注释，请改成半角的“# ”；{IF_TEXT}"
    return Diagnostic("full-width-hash", message, source.position(at, at + 1), hint=hint)


def wide_space(source: Source, at: int, where: str) -> Diagnostic:
    """Tell of spaces that YAML does not know for spaces."""
    message = f"{where}{_space(source.text[at])}，YAML 只认半角空格。"
    return Diagnostic("full-width-space", message, _run(source, at), hint="请删去，改用半角空格。")


def _run(source: Source, at: int) -> Position:
    """Return the place of all wide spaces from an offset on."""
    end = at
    while source.text[end : end + 1] and source.text[end] in SPACES:
        end += 1
    return source.position(at, end)


def _space(char: str) -> str:
    return "全角空格" if char == "\u3000" else f"特殊的空格（U+{ord(char):04X}）"


def joined_line(source: Source, at: int) -> Diagnostic:
    """Tell of a line that was to be a paragraph."""
    message = f"行首的{_space(source.text[at])}不会另起一段，这一行会接在上一行后面。"
    hint = "要分段，请写成“键: |”，各段另起一行、用半角空格缩进。"
    return Diagnostic("full-width-space", message, _run(source, at), hint=hint)


def is_mistyped(text: str, keys: tuple[str, ...]) -> bool:
    """Say whether a text begins with one of these keys and a colon that is not YAML's: ``引语：…``."""
    return text.startswith(keys) and re.match(rf"({'|'.join(keys)})([{COLONS}]|:(?=\S))", text) is not None
