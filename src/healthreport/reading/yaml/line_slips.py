"""The usual slips that break YAML wherever they stand, found by looking at one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from healthreport.diagnostics import Diagnostic
from healthreport.reading.yaml.look_alikes import (
    BARS,
    CLOSERS,
    COLONS,
    COMMAS,
    DASHES,
    FOLDS,
    HASHES,
    INDENTED,
    OPENERS,
    OPENERS_OF_TEXT,
    SPACES,
    UNQUOTED_CLAUSE,
    block_mark,
    bracket,
    comma,
    dash,
    hash_mark,
    quotes,
    unquoted_clause,
    wide_space,
)
from healthreport.reading.yaml.nodes import Source

_LookAlike = tuple[str, Callable[[Source, int], Diagnostic]]

ENTRY = r"^\s*(?:-\s+)*"
KEY = rf"[^\s{COLONS}:\"'#\[{{，。]{{1,8}}"
NAME = rf"[^\s{COLONS}{COMMAS}:,\"'{{}}\[\]]{{1,30}}"
VALUE = r"(?:" + ENTRY + r"|:\s+|[\[,]\s*)"
QUOTE_HINT = "给整段文字加上英文双引号"
_LONGEST = 3_000  # characters of a line that are looked at: patterns that pair brackets try every two of them

# What an item of a list in brackets, and a value in braces, begins behind; a text that no quotes are around.
_LIST_ITEM = r"(?:^|\s)\[(?:[^\[\]]*?,)??\s*"
_FLOW_VALUE = r"(?<!\{)\{(?!\{)(?:[^{}]*?,)??[^{},]*:\s+"
# Keys that stand in many lines; behind others a space may be of a text.
_USUAL_KEYS = "标题|内容|章节|类别|接排|引语|分述|结语|条目|表格|指标表|导语|结尾|单位|日期|年度|体裁|主送|上级"
_PLAIN = r"[^\s\[\]{},\"'][^\[\]{},\"']*"

# Slips in the order they are looked for: id, pattern (group 1 is the place), message, way out.
_SLIPS = [
    ("tab-indentation", r"^ *(\t+)", "缩进用了制表符（Tab）。", "请改用空格，每层两个。"),
    (
        "full-width-colon",
        rf"{ENTRY}{KEY}\s*([{COLONS}])",
        "键“{key}”后面是全角冒号“{mark}”。",
        "请改成半角冒号加空格：“{key}: ”。",
    ),
    (
        "full-width-colon",
        rf"(?:{ENTRY}|[{{\[,{COMMAS}]\s*){NAME}\s*([{COLONS}])(?=\s*[\[{{|>])",
        "键“{key}”后面是全角冒号“{mark}”。",
        "请改成半角冒号加空格：“{key}: ”。",
    ),
    (
        "no-space-after-colon",
        f"{ENTRY}{KEY}(:)(?=[^\\s:])",
        "键“{key}”的冒号后面缺空格。",
        "请写成“{key}: ”再接内容。",
    ),
    (
        "no-colon",
        rf"{ENTRY}({_USUAL_KEYS})(?:[ \t]+(?![\s#:{COLONS}])|[ \t]*$)",
        "键“{mark}”后面没有冒号。",
        "请写成“{mark}: ”再接内容。",
    ),
    (
        "no-colon",
        rf"{ENTRY}({NAME})[ \t]+(?=\{{[^{{}}:]+:\s)",
        "键“{mark}”后面没有冒号。",
        "请写成“{mark}: ”再接内容。",
    ),
    (
        "unquoted-expression",
        VALUE + r"(\{\{)",
        "以“{mark}”开头的值没有加引号。",
        f'请{QUOTE_HINT}："{{{{{{{{ … }}}}}}}}…"。',
    ),
    (
        "unquoted-expression",
        rf"(?:{_LIST_ITEM}|{_FLOW_VALUE})({_PLAIN}\{{\{{)",
        "括号里带“{{{{”的一条没有加引号。",
        '请给这样的每一条加上英文双引号："{mark} … }}}}…"。',
    ),
    (
        "text-after-bracket",
        VALUE + r"(\{\s*[^\s{}:,][^{}:,]*\}|\[\[[^\[\]]*\]\])(?=[^\s,\]}#])",
        "“{mark}”后面还有文字，YAML 只认到括号。",
        f"引用指标请写成“{{{{{{{{ 名称 }}}}}}}}”，并{QUOTE_HINT}。",
    ),
    (
        "unclosed-quote",
        VALUE + r"\"[^\"“]*([”＂])(?=[^\"]*$)",
        "引号没有配对：后面的 {mark} 不是英文引号。",
        "请改成英文双引号。",
    ),
    (
        "text-after-quote",
        VALUE + r"(\"[^\"]*\"|'[^']*')(?=[^\s,\]}#])",
        "引号后面还有文字，YAML 只认到第二个引号。",
        "文字里的引号请用中文的“”；或给整段文字加引号。",
    ),
    (
        "special-start",
        VALUE + r"([%@`*&!])",
        "值以“{mark}”开头，在 YAML 中另有含义。",
        f"如果是文字，请{QUOTE_HINT}。",
    ),
]


def _quotes_to_line_end(source: Source, at: int) -> Diagnostic:
    rest = source.text[at:].partition("\n")[0]
    return quotes(source, at, at + len(rest.rstrip()), "")


_BLOCK_MARK = rf":\s+([{BARS}{FOLDS}])[-+\d]*\s*$"
_OPENED = rf"[\[{{][^\[\]{{}}{OPENERS}{OPENERS_OF_TEXT}]*"
_BRACKET = r"(?:\[|(?<!\{)\{(?!\{))"
# Look-alikes where they break the grammar: these are looked for before the slips above, the others after them.
_BEFORE: list[_LookAlike] = [
    (f"^{UNQUOTED_CLAUSE}", unquoted_clause),
    (rf"^[ \t]*([{SPACES}])", partial(wide_space, where=INDENTED)),
    (rf"^[ \t]*([{DASHES}])(?![{DASHES}\d])", dash),
    (rf"^[ \t]*(-)(?:(?=[{SPACES}])|(?![-\d\s]))", dash),
    (rf"^[ \t]*([{HASHES}])", hash_mark),
    (rf"{_OPENED}([{COMMAS}])\s*(?:{NAME}:(?=\s|$)|$)", comma),
    (rf"{_BRACKET}.*{_BRACKET}.*[\]}}](?<!\}}\}})\s*([{COMMAS}])", comma),
    (rf"[\[,]\s*(?:\"[^\"]*\"|'[^']*')\s*([{COMMAS}])", comma),
    (rf"{ENTRY}{KEY}:([{SPACES}])", partial(wide_space, where="冒号后面是")),
]
_AFTER: list[_LookAlike] = [
    (rf"{VALUE}([{OPENERS}])(?![{{{OPENERS}])", bracket),
    (rf"{_OPENED}([{CLOSERS}])", bracket),
    (r"(?::\s+|^\s*-\s+)([“”＂])[^“”＂]*:\s[^“”＂]*[“”＂]\s*$", _quotes_to_line_end),
    (_BLOCK_MARK, block_mark),
]


def slips_of(source: Source, number: int) -> Iterator[Diagnostic]:
    """Yield what in one line breaks YAML wherever it stands, the likeliest first."""
    line = source.line(number)
    if len(line) > _LONGEST:
        line = f"{line[:_LONGEST]}…"  # goes on
    start = source.line_starts()[number - 1]
    yield from _look_alikes(source, line, start, _BEFORE)
    for id, pattern, message, hint in _SLIPS:
        match = re.search(pattern, line)
        if match:
            key = match[0].strip(" -:{[," + COLONS + COMMAS)
            words = {"key": key, "mark": match[1]}
            place = source.position(start + match.start(1), start + match.end(1))
            yield Diagnostic(id, message.format(**words), place, hint=hint.format(**words))
    yield from _look_alikes(source, line, start, _AFTER)


def _look_alikes(source: Source, line: str, start: int, slips: list[_LookAlike]) -> Iterator[Diagnostic]:
    for pattern, tell in slips:
        match = re.search(pattern, line)
        if match:
            yield tell(source, start + match.start(1))
