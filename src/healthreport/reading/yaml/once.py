"""One pass over a text: the tree, if it is one, and what is wrong."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

import yaml

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, Position
from healthreport.reading.yaml.builder import MAX_DEPTH, Builder, LimitExceededError, too_deep
from healthreport.reading.yaml.endless import endless
from healthreport.reading.yaml.look_alikes import COLONS, mistyped_colon
from healthreport.reading.yaml.misread import misread
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar, Source

_TYPED = rf"([^\s{COLONS}:]{{1,8}})([{COLONS}]|:(?=\S))"
_CUT_BY_COMMENT = re.compile(r"[^\s][ \t]+(#)(?=[^\s#])")


class Once(NamedTuple):
    """What one pass made of a text: the tree, if it is a mapping, and what is wrong.

    ``broken`` are what the place may be where the grammar broke, the likeliest first; ``reached`` says how far it was
    kept.
    """

    root: Mapping | None
    problems: tuple[Diagnostic, ...] = ()
    broken: tuple[Diagnostic, ...] = ()
    reached: int = 0


def once(source: Source) -> Once:
    """Read a text as far as it goes."""
    hashes = [match.start(1) for match in _CUT_BY_COMMENT.finditer(source.text)] if "#" in source.text else []
    spans: list[tuple[int, int]] | None = [] if hashes else None
    builder = Builder(source, spans)
    problems = builder.problems
    broken: tuple[Diagnostic, ...] = ()
    reached = len(source.text)
    try:
        builder.feed_all(yaml.CLoader(source.text))
    except yaml.MarkedYAMLError as wrong:
        from healthreport.reading.yaml.mistakes import suspects

        mark = wrong.problem_mark
        deep = _too_deep_brackets(source, mark.index if mark else len(source.text))
        if deep is None:
            broken = suspects(wrong, source)
            reached = broke_at(wrong)
        else:
            problems.append(too_deep(source, deep))
    except LimitExceededError:
        pass
    else:
        builder.merge_doubles()
        if isinstance(builder.root, Mapping):
            if too_long := endless(builder.root):
                return Once(None, (too_long,))
            problems += misread(builder.root, joined=builder.joined)[:MAX_PROBLEMS]
    if spans is not None:
        from healthreport.reading.yaml.mistakes import texts_cut_by_comments

        problems += islice(texts_cut_by_comments(source, hashes, spans), MAX_PROBLEMS)
    if not problems and not broken and not isinstance(builder.root, Mapping):
        problems.append(_no_mapping(source, builder.root))
    whole = isinstance(builder.root, Mapping) and not broken and builder.is_whole
    return Once(builder.root if whole else None, tuple(problems), broken, reached)  # type: ignore[arg-type]


def reach(text: str) -> int:
    """Return how far the grammar is kept: the offset where it breaks, or the length of the text."""
    parser = yaml.CLoader(text)
    try:
        while parser.check_event():
            parser.get_event()
    except yaml.MarkedYAMLError as wrong:
        return broke_at(wrong)
    return len(text)


def broke_at(wrong: yaml.MarkedYAMLError) -> int:
    """Return the offset where the grammar breaks: of what is not closed, where it begins."""
    from healthreport.reading.yaml.mistakes import is_told_at_the_start

    mark = wrong.context_mark if is_told_at_the_start(wrong) else wrong.problem_mark
    return mark.index if mark else 0


def _too_deep_brackets(source: Source, end: int) -> int | None:
    """Return the offset of the bracket that nests too deep, if one does before ``end``.

    A bracket may be the start of a key, so parsers look far ahead before they tell of the first one, and
    meet limits of their own on the way: ours must not depend on theirs.
    """
    depth = 0
    for bracket in re.finditer(r"[\[{\]}]", source.text[:end]):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MAX_DEPTH:
            return bracket.start()
    return None


def _no_mapping(source: Source, root: Node | None) -> Diagnostic:
    hint = "至少写三行，例如：“体裁: 通用”“标题: 某某情况汇报”“内容: 正文”。"
    if root is None:
        return Diagnostic("empty-file", "文件是空的。", Position(source.name), hint=hint)
    if isinstance(root, Scalar):
        typed = re.match(_TYPED, root.value)
        if typed:
            return mistyped_colon(root.position(typed.start(2), typed.end(2)), typed[1], typed[2])
    return Diagnostic("not-a-mapping", "文件应由一行行的“键: 值”组成。", root.position(), hint=hint)
