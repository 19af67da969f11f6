"""What a YAML syntax error most likely means, in words that say the way out.

libyaml reports where its grammar broke, often a line after the slip of the hand. The slips are
few: a tab, a full-width colon, a missing space, a colon or a special mark inside a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import MarkedYAMLError

_LookAlike = tuple[str, Callable[[Source, int], Diagnostic]]

_ENTRY = r"^\s*(?:-\s+)*"
_KEY = rf"[^\s{COLONS}:\"'#\[{{，。]{{1,8}}"
_FLOW_KEY = rf"[^\s{COLONS}{COMMAS}:,\"'{{}}\[\]]{{1,30}}"
_VALUE = r"(?:" + _ENTRY + r"|:\s+|[\[,]\s*)"
_COLON = re.compile(r"(:)(?=\s)")
_QUOTE_HINT = "给整段文字加上英文双引号"

# Slips in the order they are looked for: id, pattern (group 1 is the place), message, way out.
_SLIPS = [
    ("tab-indentation", r"^ *(\t+)", "缩进用了制表符（Tab）。", "请改用空格，每层两个。"),
    (
        "full-width-colon",
        rf"{_ENTRY}{_KEY}\s*([{COLONS}])",
        "键“{key}”后面是全角冒号“{mark}”。",
        "请改成半角冒号加空格：“{key}: ”。",
    ),
    (
        "full-width-colon",
        rf"(?:{_ENTRY}|[{{\[,{COMMAS}]\s*){_FLOW_KEY}\s*([{COLONS}])(?=\s*[\[{{|>])",
        "键“{key}”后面是全角冒号“{mark}”。",
        "请改成半角冒号加空格：“{key}: ”。",
    ),
    (
        "no-space-after-colon",
        f"{_ENTRY}{_KEY}(:)(?=[^\\s:])",
        "键“{key}”的冒号后面缺空格。",
        "请写成“{key}: ”再接内容。",
    ),
    (
        "unquoted-expression",
        _VALUE + r"(\{\{)",
        "以“{mark}”开头的值没有加引号。",
        f'请{_QUOTE_HINT}："{{{{{{{{ … }}}}}}}}…"。',
    ),
    (
        "text-after-bracket",
        _VALUE + r"(\{\s*[^\s{}:,][^{}:,]*\}|\[\[[^\[\]]*\]\])(?=[^\s,\]}#])",
        "“{mark}”后面还有文字，YAML 只认到括号。",
        f"引用指标请写成“{{{{{{{{ 名称 }}}}}}}}”，并{_QUOTE_HINT}。",
    ),
    (
        "unclosed-quote",
        _VALUE + r"\"[^\"“]*([”＂])(?=[^\"]*$)",
        "引号没有配对：后面的 {mark} 不是英文引号。",
        "请改成英文双引号。",
    ),
    (
        "text-after-quote",
        _VALUE + r"(\"[^\"]*\"|'[^']*')(?=[^\s,\]}#])",
        "引号后面还有文字，YAML 只认到第二个引号。",
        "文字里的引号请用中文的“”；或给整段文字加引号。",
    ),
    (
        "special-start",
        _VALUE + r"([%@`*&!])",
        "值以“{mark}”开头，在 YAML 中另有含义。",
        f"如果是文字，请{_QUOTE_HINT}。",
    ),
]


def _quotes_to_line_end(source: Source, at: int) -> Diagnostic:
    rest = source.text[at:].partition("\n")[0]
    return quotes(source, at, at + len(rest.rstrip()), "")


_BLOCK_MARK = rf":\s+([{BARS}{FOLDS}])[-+\d]*\s*$"
_OPENED = rf"[\[{{][^\[\]{{}}{OPENERS}{OPENERS_OF_TEXT}]*"
# Look-alikes where they break the grammar: these are looked for before the slips above, the others after them.
_BEFORE: list[_LookAlike] = [
    (f"^{UNQUOTED_CLAUSE}", unquoted_clause),
    (rf"^[ \t]*([{SPACES}])", partial(wide_space, where=INDENTED)),
    (rf"^[ \t]*([{DASHES}])(?![{DASHES}\d])", dash),
    (rf"^[ \t]*(-)(?:(?=[{SPACES}])|(?![-\d\s]))", dash),
    (rf"^[ \t]*([{HASHES}])", hash_mark),
    (rf"{_OPENED}([{COMMAS}])\s*(?:{_FLOW_KEY}:(?=\s|$)|$)", comma),
    (rf"[\[{{].*[\[{{].*[\]}}]\s*([{COMMAS}])", comma),
    (rf"[\[,]\s*(?:\"[^\"]*\"|'[^']*')\s*([{COMMAS}])", comma),
    (rf"{_ENTRY}{_KEY}:([{SPACES}])", partial(wide_space, where="冒号后面是")),
]
_AFTER: list[_LookAlike] = [
    (rf"{_VALUE}([{OPENERS}])(?![{{{OPENERS}])", bracket),
    (rf"{_OPENED}([{CLOSERS}])", bracket),
    (r"(?::\s+|^\s*-\s+)([“”＂])[^“”＂]*:\s[^“”＂]*[“”＂]\s*$", _quotes_to_line_end),
    (_BLOCK_MARK, block_mark),
]


# What is left, by libyaml's own words.
_GENERAL = {
    "could not find expected ':'": (
        "missing-colon",
        "这一行不是“键: 值”。",
        "请补上键和半角冒号，或缩进到上一段文字里。",
    ),
    "did not find expected ',' or ']'": (
        "unclosed-bracket",
        "方括号“[”没有配对的“]”。",
        "请补上“]”，各项之间用半角逗号隔开。",
    ),
    "did not find expected ',' or '}'": (
        "unclosed-bracket",
        "花括号“{”没有配对的“}”。",
        "请补上“}”，各项之间用半角逗号隔开。",
    ),
    "found unexpected end of stream": ("unclosed-quote", "引号没有配对。", "请在文字末尾补上同样的引号。"),
    "did not find expected node content": (
        "unclosed-bracket",
        "括号里缺少内容，或括号没有配对。",
        "请检查“[”“{”是否成对。",
    ),
    "block sequence entries are not allowed in this context": (
        "list-on-key-line",
        "“- ”不能和键写在同一行。",
        "请另起一行、缩进后再写“- ”。",
    ),
    "did not find expected comment or line break": (
        "block-mark",
        "“|”“>”后面要换行，文字从下一行缩进写起。",
        "只有一行文字就去掉这个符号。",
    ),
    "did not find expected key": (
        "indentation",
        "这一行的缩进与上文对不齐。",
        "同一层的键要左对齐，下一层多缩进两个空格。",
    ),
    "did not find expected '-' indicator": (
        "indentation",
        "这一行的缩进与上文的“- ”对不齐。",
        "同一层的“- ”要左对齐；“- 标题”下面的键与“标题”左对齐。",
    ),
    "found unknown escape character": (
        "bad-escape",
        "双引号内的反斜杠“\\”不是有效的转义。",
        "请改用单引号，或把“\\”写成“\\\\”。",
    ),
}

# These break a line below their own.
_FELT_BELOW = (
    *("full-width-colon", "no-space-after-colon", "full-width-dash", "no-space-after-dash"),
    *("full-width-block-mark", "full-width-hash", "full-width-space"),
)
# These are reported where the thing began, the others where it broke.
_AT_THE_START = ("missing-colon", "unclosed-bracket", "unclosed-quote")


def explain(wrong: MarkedYAMLError, source: Source) -> Diagnostic:
    """Turn libyaml's error into a diagnostic at the slip that most likely caused it."""
    problem = wrong.problem or ""
    marks = [mark for mark in (wrong.problem_mark, wrong.context_mark) if mark is not None]
    numbers = sorted({min(mark.line + 1, len(source.line_starts())) for mark in marks}, reverse=True)
    for number in numbers:
        found = _slip(source, number)
        if found:
            return found
    above = [_line_before(source, numbers[0]), _parent(source, numbers[0])]
    for number in above:
        found = _slip(source, number)
        if found and found.id in _FELT_BELOW:
            return found
    if "mapping values" in problem:
        return _colon_in_text(source, numbers[0], wrong.problem_mark.column if wrong.problem_mark else 0)
    unclosed = wrong.context_mark is not None and _general(problem)[0] in _AT_THE_START
    mark = wrong.context_mark if unclosed else wrong.problem_mark
    id, message, hint = _general(problem)
    return Diagnostic(id, message, source.position(mark.index if mark else 0), hint=hint)


def _general(problem: str) -> tuple[str, str, str]:
    unknown = ("yaml-syntax", "从这里起不合 YAML 的写法。", "请检查这一行和上一行的缩进、冒号、引号和括号。")
    return _GENERAL.get(problem, unknown)


def _slip(source: Source, number: int) -> Diagnostic | None:
    """Look at one line for a slip that breaks YAML wherever it stands."""
    line = source.line(number)
    start = source.line_starts()[number - 1]
    found = _look_alike(source, line, start, _BEFORE)
    if found:
        return found
    for id, pattern, message, hint in _SLIPS:
        match = re.search(pattern, line)
        if match:
            key = match[0].strip(" -:{[," + COLONS + COMMAS)
            words = {"key": key, "mark": match[1]}
            place = source.position(start + match.start(1), start + match.end(1))
            return Diagnostic(id, message.format(**words), place, hint=hint.format(**words))
    return _look_alike(source, line, start, _AFTER)


def _look_alike(source: Source, line: str, start: int, slips: list[_LookAlike]) -> Diagnostic | None:
    for pattern, tell in slips:
        match = re.search(pattern, line)
        if match:
            return tell(source, start + match.start(1))
    return None


def _colon_in_text(source: Source, number: int, column: int) -> Diagnostic:
    line = source.line(number)
    if re.fullmatch(_ENTRY + _KEY, line[:column]):
        at = source.line_starts()[number - 1] + len(line) - len(line.lstrip())
        message, hint = "这一行缩进多了，成了上一行文字的一部分。", "请与上面同一层的键左对齐。"
        return Diagnostic("indentation", message, source.position(at, at + 1), hint=hint)
    colons = [match.start(1) for match in _COLON.finditer(source.line(number))]
    at = source.line_starts()[number - 1] + (colons[1] if len(colons) > 1 else colons[0] if colons else 0)
    hint = f"文字里请用全角冒号“：”，或{_QUOTE_HINT}。"
    message = "文字里有半角冒号加空格“: ”，会被当成又一个键。"
    return Diagnostic("colon-in-text", message, source.position(at), hint=hint)


def _line_before(source: Source, number: int) -> int:
    number -= 1
    while number > 1 and not source.line(number).strip():
        number -= 1
    return max(number, 1)


def _parent(source: Source, number: int) -> int:
    """Return the line above that is indented less."""
    line = source.line(number)
    depth = len(line) - len(line.lstrip())
    for above in range(number - 1, 0, -1):
        text = source.line(above)
        if text.strip() and len(text) - len(text.lstrip()) < depth:
            return above
    return max(number - 1, 1)


def texts_cut_by_comments(source: Source, suspects: list[int], spans: list[tuple[int, int]]) -> Iterator[Diagnostic]:
    """Find `` #字`` after a text: YAML would drop the rest of the line without a word."""
    starts = [start for start, _ in spans]
    line_end = 0
    for at in suspects:
        if at < line_end:
            continue  # one mistake a line
        index = bisect_right(starts, at) - 1
        inside = index >= 0 and at < spans[index][1]
        before = source.text[source.text.rfind("\n", 0, at) + 1 : at]
        if not inside and " # " not in before and not before.lstrip().startswith("#"):
            line_end = source.text.find("\n", at) if "\n" in source.text[at:] else len(source.text)
            yield Diagnostic(
                "text-cut-by-comment",
                "“ #”之后的文字会被当作注释丢掉。",
                source.position(at, at + 2),
                hint="如果是文字，请给整段加上英文双引号；如果是注释，请在“#”后加一个空格。",
            )
