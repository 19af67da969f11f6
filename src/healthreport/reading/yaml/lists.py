"""Words and patterns that users list in files of data: none that is no list, and none that takes long."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError, error
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.diagnostics import Position
    from healthreport.reading.yaml.nodes import Node

# A bureau's patterns may come with somebody's folder: none may take long on a line of text.
_SLOW = r"\)\s*(?:[*+]|\{)"
_REPEATED = r"(?<!\\)(?:[*+]|\{\d*,\d*\})"
_MOST_REPEATED = 4
# Numbers of groups are others where a pattern stands among others.
_REFERS = r"\\[1-9]|\(\?\("
_HINT = "例如 ^.{0,12}小计$。"


def gather(trees: Iterable[tuple[str, Mapping]], known: dict[str, frozenset[str]]) -> dict[str, dict[str, list[Node]]]:
    """Return what each class of words holds in the trees of each file.

    Raises :class:`HealthReportError` for a class nobody knows.
    """
    found: dict[str, dict[str, list[Node]]] = {file: {} for file in known}
    for file, tree in trees:
        refuse_unknown(tree, known[file])
        for key, node in tree.items():
            found[file].setdefault(key, []).append(node)
    return found


def own(trees: Iterable[tuple[str, Mapping]], file: str) -> list[Mapping]:
    """Return the trees of a file that are a bureau's own: all but the first, which is the packaged one."""
    return [tree for name, tree in trees if name == file][1:]


def items(node: Node) -> Iterator[Node]:
    """Yield the items of a list. Raises :class:`HealthReportError` for what is none."""
    if not isinstance(node, Sequence):
        raise not_a_list(node)
    yield from node


def texts(node: Node) -> Iterator[str]:
    """Yield the words of a list. Raises :class:`HealthReportError` for what is none, and for an empty word."""
    for item in items(node):
        if not isinstance(item, Scalar):
            raise not_a_list(item)
        refuse_empty(item.value, item)
        yield item.value


def all_of(found: dict[str, list[Node]], key: str) -> Iterator[str]:
    """Yield all words of a class."""
    for node in found.get(key, ()):
        yield from texts(node)


def pairs(node: Node) -> Iterator[tuple[str, str]]:
    """Yield words and what is said of each. Raises :class:`HealthReportError` for what says nothing of words."""
    if not isinstance(node, Mapping):
        raise not_pairs(node, "公顷: 10000")
    for key, value in node.items():
        refuse_empty(key, node.keys_at[key])
        if not isinstance(value, Scalar):
            raise not_pairs(value, "公顷: 10000")
        yield key, value.value


def refuse_empty(word: str, at: Node) -> None:
    """Refuse a word of blanks: everything has it, and nothing is called so."""
    if not word.strip():
        raise error("empty-word", "这里的词是空的。", at.position(), hint="请写上字，或删去它。")


def not_pairs(node: Node, example: str) -> HealthReportError:
    """Return the mistake that words stand alone of which something is to be said."""
    hint = f"例如“{example}”，照“template show”列出的样子写。"
    return error("not-a-mapping", "这里应先写词，再在冒号后面写它的说明。", node.position(), hint=hint)


def not_a_list(node: Node) -> HealthReportError:
    """Return the mistake that there is no list of words."""
    hint = "照“template show”列出的样子写。"
    return error("not-a-list", "这里应写词的列表，如[合计, 总计]。", node.position(), hint=hint)


def refuse_unknown(tree: Mapping, known: frozenset[str]) -> None:
    """Refuse a class of words that the program does not know."""
    for key, at in tree.keys_at.items():
        if key not in known:
            hint = f"可以有：{'、'.join(sorted(known))}。"
            raise error("unknown-key", f"没有“{key}”这一类词。", at.position(), hint=hint)


def any_of(patterns: Iterable[str]) -> str:
    """Return the regular expression that fits what one of them fits; of none, one that fits nothing."""
    return "|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)"


def refuse_bad_patterns(node: Node) -> None:
    """Refuse a list with a regular expression that is none, that is another among others, or that may take long.

    A bureau's own are looked at so, one by one, which takes time; the packaged ones by a test.
    """
    for item in items(node):
        if not isinstance(item, Scalar):
            raise not_a_list(item)
        refuse_bad_pattern(item.value, item.position())


def refuse_bad_pattern(written: str, place: Position) -> None:
    """Refuse a regular expression that is none, that is another among others, or that may take long."""
    if not _is_pattern(written):
        raise error("bad-pattern", f"“{written}”不是正则表达式。", place, hint=_HINT)
    if re.match(written, ""):
        raise error("bad-pattern", f"“{written}”什么字都合。", place, hint=_HINT)
    if not _stands_among_others(written):
        message = f"“{written}”里不能有组的名字、标志（如(?i)）和对组的引用。"
        raise error("bad-pattern", message, place, hint=_HINT)
    if re.search(_SLOW, written) or len(re.findall(_REPEATED, written)) > _MOST_REPEATED:
        message = f"“{written}”比起来可能太慢：括号后面不能有 *、+、{{…}}，重复的最多{_MOST_REPEATED}处。"
        raise error("bad-pattern", message, place, hint=_HINT)


def _is_pattern(written: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)  # [[甲]乙] will mean something else
        try:
            re.compile(written)
        except (re.error, FutureWarning, OverflowError, RecursionError):  # x{9999999999}, and brackets nested too deep
            return False
    return True


def _stands_among_others(written: str) -> bool:
    """Say whether a pattern means the same in a group: it sets no flags and neither names nor counts groups."""
    grouped = f"(?:{written})"
    return _is_pattern(grouped) and not re.compile(grouped).groupindex and not re.search(_REFERS, written)
