"""What a YAML syntax error most likely means, in words that say the way out.

libyaml reports where its grammar broke, often a line after the slip of the hand. The slips are
few: a tab, a full-width colon, a missing space, a colon or a special mark inside a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic
from healthreport.reading.yaml.levels import depth_of
from healthreport.reading.yaml.line_slips import ENTRY, KEY, NAME, QUOTE_HINT, VALUE, slips_of
from healthreport.reading.yaml.look_alikes import SPACES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import MarkedYAMLError

    from healthreport.reading.yaml.nodes import Source

_COLON = re.compile(r"(:)(?=\s)")
_NEXT_KEY = rf"\s*$|{ENTRY}(?:-|{KEY}\s*[:：])"
_NEXT_NAME = r"\s*[^\s:\"'#]{1,40}:\s"  # indicators have longer names than keys
_BLOCK = r"(?:^|\s)[|>][-+\d]*\s*$"
_LINES_ABOVE, _MOST_QUOTES = 40, 3
_LINES_OF_QUOTES = 400  # a quote that is open ends at the next one, which may be far below
_KEY_IN_VALUE = "key-in-value"
_BLOCKS = "指标表|乡镇表|表格|图片|分述|条目|段落|引语|数值|公式"
_BLOCK_BEHIND_KEY = re.compile(rf"(?:{ENTRY}|[{{,]\s*)(?P<outer>{NAME}):\s+(?P<inner>{_BLOCKS}):\s")

# What is left, by libyaml's own words.
_GENERAL = {
    "could not find expected ':'": (
        "missing-colon",
        "这一行不是“键: 值”。",
        "请在前面写上键和半角冒号，如“内容: …”；是上一段文字的，缩进到那段文字里。",
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
    "did not find expected hexdecimal number": (
        "bad-escape",
        "英文双引号里的反斜杠“\\”另有用处，这里读不懂。",
        "请改用英文单引号，或把“\\”写成“\\\\”。",
    ),
    "did not find expected <document start>": (
        "indentation",
        "这一行的缩进与上文对不齐。",
        "同一层的键要左对齐，下一层多缩进两个空格。",
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
        "英文双引号里的反斜杠“\\”另有用处，这里读不懂。",
        "请改用英文单引号，或把“\\”写成“\\\\”。",
    ),
}

# These break a line below their own.
_FELT_BELOW = (
    *("full-width-colon", "no-space-after-colon", "no-colon", "full-width-dash", "no-space-after-dash"),
    *("full-width-block-mark", "full-width-hash", "full-width-space"),
)
# These are reported where the thing began, the others where it broke.
_AT_THE_START = ("missing-colon", "unclosed-bracket", "unclosed-quote")


def suspects(wrong: MarkedYAMLError, source: Source) -> tuple[Diagnostic, ...]:
    """Return what may have broken the grammar, the likeliest first; the last is what the grammar itself says."""
    problem = wrong.problem or ""
    marks = [mark for mark in (wrong.problem_mark, wrong.context_mark) if mark is not None]
    numbers = sorted({min(mark.line + 1, len(source.line_starts())) for mark in marks}, reverse=True)
    found = [slip for number in numbers for slip in (*_keys_in_values(source, number), *slips_of(source, number))]
    above = dict.fromkeys((_line_before(source, numbers[0]), _parent(source, numbers[0])))
    found += [slip for number in above for slip in slips_of(source, number) if slip.id in _FELT_BELOW]
    if any(one.id == _KEY_IN_VALUE for one in found):
        pass  # that says all: its colon is no text's, and its brackets are closed
    elif "mapping values" in problem:
        found.append(_colon_in_text(source, numbers[0], wrong.problem_mark.column if wrong.problem_mark else 0))
    else:
        mark = wrong.context_mark if is_told_at_the_start(wrong) else wrong.problem_mark
        id, message, hint = _general(problem)
        if id == "indentation" and mark and source.line(mark.line + 1).lstrip().startswith("- "):
            hint = f"{hint.rstrip('。')}；一个列表里，每一条的前面都要有“- ”。"
        found.append(Diagnostic(id, message, source.position(mark.index if mark else 0), hint=hint))
    found += [*islice(_open_quotes(source, numbers[0]), _MOST_QUOTES), *_others_on_its_level(source, numbers[0])]
    texts = [one for number in numbers for one in _text_indented_less(source, number)]
    return tuple(dict.fromkeys((*texts, *_rarest_first(found, source))))


def _keys_in_values(source: Source, number: int) -> Iterator[Diagnostic]:
    """Yield the block that is written behind its key without braces: 内容: 指标表: 全部."""
    line = source.line(number)
    for found in _BLOCK_BEHIND_KEY.finditer(line):
        outer, inner = found["outer"], found["inner"]
        at = source.line_starts()[number - 1] + found.start("inner")
        message = f"“{outer}”后面又是一个键“{inner}”，同一行里要用花括号括起来。"
        hint = f"请写成“{outer}: {{{inner}: …}}”；或另起一行、缩进后再写“{inner}: …”。"
        yield Diagnostic(_KEY_IN_VALUE, message, source.position(at, at + len(inner)), hint=hint)


def is_told_at_the_start(wrong: MarkedYAMLError) -> bool:
    """Say whether a mistake is told where the thing began that is not ended, not where that shows."""
    return wrong.context_mark is not None and _general(wrong.problem or "")[0] in _AT_THE_START


def _open_quotes(source: Source, number: int) -> Iterator[Diagnostic]:
    """Yield the quotes above that their own lines do not close, the nearest first."""
    for above in range(number, max(number - _LINES_OF_QUOTES, 0), -1):
        found = re.search(VALUE + r"([\"'])(?:(?!\1).)*$", source.line(above))
        if found and (above == number or re.match(f"{_NEXT_KEY}|{_NEXT_NAME}", source.line(above + 1))):
            at = source.line_starts()[above - 1] + found.start(1)
            hint = "请在文字末尾补上同样的引号。"
            yield Diagnostic("unclosed-quote", "引号没有配对。", source.position(at), hint=hint)


def _others_on_its_level(source: Source, number: int) -> Iterator[Diagnostic]:
    """Yield the lines above that may be indented more or less than they should, so that a line below them is not.

    They are the nearest that is indented less, and of those between the first that is indented least.
    """
    depth, least = depth_of(source.line(number)), 0
    for above in range(number - 1, max(number - _LINES_ABOVE, 0), -1):
        if not source.line(above).strip():
            continue
        other = depth_of(source.line(above))
        if other < depth:
            yield from (_misplaced(source, one) for one in filter(None, (least, above)))
            return
        if other > depth and (not least or other <= depth_of(source.line(least))):
            least = above


def _text_indented_less(source: Source, number: int) -> Iterator[Diagnostic]:
    """Yield a line that is no key and no item, below a text it would belong to if it were not indented less."""
    line = source.line(number)
    if re.match(rf"{_NEXT_KEY}|\s*$|\s*[\t{SPACES}]", line):  # those are told by themselves
        return
    depth, of_text = depth_of(line), 0
    for above in range(number - 1, max(number - _LINES_ABOVE, 0), -1):
        other = source.line(above)
        if of_text and depth_of(other) < of_text and re.search(_BLOCK, other):
            at = source.line_starts()[number - 1] + depth
            message = "这一行比上面“|”下的文字缩进得少，断在了那段文字外面。"
            yield Diagnostic("indentation", message, source.position(at), hint="请与上面那段文字左对齐。")
            return
        if other.strip() and depth_of(other) <= depth:
            return
        of_text = depth_of(other) if other.strip() else of_text


def _misplaced(source: Source, number: int) -> Diagnostic:
    at = source.line_starts()[number - 1] + depth_of(source.line(number))
    message, hint = "这一行的缩进与下文对不齐。", "同一层的键要左对齐，下一层多缩进两个空格。"
    return Diagnostic("indentation", message, source.position(at), hint=hint)


def _rarest_first(found: list[Diagnostic], source: Source) -> list[Diagnostic]:
    """Put of the lines that may be indented wrongly those first that are indented as few others are, or oddly."""
    depths = Counter(depth_of(source.line(one)) for one in range(1, len(source.line_starts()) + 1))
    level = [one for one in found if one.id == "indentation"]
    depth = {one: depth_of(source.line(one.position.line)) for one in level}
    ordered = iter(sorted(level, key=lambda one: (depths[depth[one]], depth[one] % 2 == 0)))
    return [next(ordered) if one.id == "indentation" else one for one in found]


def _general(problem: str) -> tuple[str, str, str]:
    unknown = ("yaml-syntax", "从这里起不合 YAML 的写法。", "请检查这一行和上一行的缩进、冒号、引号和括号。")
    return _GENERAL.get(problem, unknown)


def _colon_in_text(source: Source, number: int, column: int) -> Diagnostic:
    line = source.line(number)
    if re.fullmatch(ENTRY + KEY, line[:column]):
        at = source.line_starts()[number - 1] + len(line) - len(line.lstrip())
        message, hint = "这一行缩进多了，成了上一行文字的一部分。", "请与上面同一层的键左对齐。"
        return Diagnostic("indentation", message, source.position(at, at + 1), hint=hint)
    colons = [match.start(1) for match in _COLON.finditer(source.line(number))]
    at = source.line_starts()[number - 1] + (colons[1] if len(colons) > 1 else colons[0] if colons else 0)
    hint = f"文字里请用全角冒号“：”，或{QUOTE_HINT}。"
    message = "文字里有半角冒号加空格“: ”，会被当成又一个键。"
    return Diagnostic("colon-in-text", message, source.position(at), hint=hint)


def _line_before(source: Source, number: int) -> int:
    """Return the line above that says something: no blank one, no comment."""
    number -= 1
    while number > 1 and source.line(number).lstrip()[:1] in ("", "#"):
        number -= 1
    return max(number, 1)


def _parent(source: Source, number: int) -> int:
    """Return the line above that is indented less."""
    line = source.line(number)
    for above in range(number - 1, 0, -1):
        text = source.line(above)
        if text.strip() and depth_of(text) < depth_of(line):
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
            end = source.text.find("\n", at)
            line_end = len(source.text) if end < 0 else end
            yield Diagnostic(
                "text-cut-by-comment",
                "“ #”之后的文字会被当作注释丢掉。",
                source.position(at, at + 2),
                hint="如果是文字，请给整段加上英文双引号；如果是注释，请在“#”后加一个空格。",
            )
