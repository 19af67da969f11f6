"""The differences that a sentence prints beside the two numbers they are of.

管理率60.3%，上年58.8%，提高1.5个百分点 says ``率``, ``率.上年`` and ``率.同比``: one :class:`Difference`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.model.validating.text import Code
from healthreport.values.derivations import DERIVATIONS
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Binary, Derived, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from healthreport.model.indicators import Indicator
    from healthreport.values.expressions import Names, Node

# What is worded as the difference to what it is compared with; 同比 is one of rates only: whether, the numbers say.
WORDED = ("同比", "增减", "超额")
_VALUE = "数值"
_LEAST = 3
_MOST = 100  # in one sentence: whoever writes more reads none of it
_SENTENCE_END = re.compile(r"[。！？\n]")


class Difference(NamedTuple):
    """Two numbers and the first less the second, each as it stands in ``{{ }}``."""

    first: str
    second: str
    said: str


# Differences that have numbers in common.
Group = tuple[Difference, ...]
_Number = tuple[str, str]  # an indicator and which of its numbers


def beside(segments: Sequence[str | Code], names: Names, indicators: Mapping[str, Indicator]) -> dict[Code, Group]:
    """Return for each ``{{ }}`` of a text with which others it makes differences; what is in none is left out."""
    if sum([isinstance(one, Code) for one in segments]) < _LEAST:
        return {}
    found: dict[Code, Group] = {}
    for sentence in _sentences(segments):
        groups = _groups([*_differences({code.text for code in sentence}, names, indicators)])
        for code in sentence:
            group = next((one for one in groups if any(code.text in difference for difference in one)), None)
            if group:
                found[code] = group
    return found


def of_row(indicator: str, columns: Sequence[str]) -> Group:
    """Return the differences that the row of a table shows, whose first column of numbers is 完成."""
    return tuple(
        Difference(indicator, f"{indicator}.{against}", f"{indicator}.{column}")
        for column in columns
        if column in WORDED and (against := DERIVATIONS[column].against.value) in columns and "完成" in columns
    )


def _sentences(segments: Sequence[str | Code]) -> Iterator[list[Code]]:
    """Yield the ``{{ }}`` of each sentence that has enough of them, and not more than anybody reads."""
    sentence: list[Code] = []
    for segment in segments:
        if isinstance(segment, Code):
            sentence.append(segment)
        elif _SENTENCE_END.search(segment):
            if _LEAST <= len(sentence) <= _MOST:
                yield sentence
            sentence = []
    if _LEAST <= len(sentence) <= _MOST:
        yield sentence


def _differences(codes: set[str], names: Names, indicators: Mapping[str, Indicator]) -> Iterator[Difference]:
    """Yield the differences among the ``{{ }}`` of a sentence whose numbers stand there too."""
    nodes = {code: node for code in sorted(codes) if (node := _node(code, names))}
    numbers: dict[_Number, list[str]] = {}
    for code, node in nodes.items():
        if number := _number(node):
            numbers.setdefault(number, []).append(code)
    for said, node in nodes.items():
        first, second = _operands(node, names, indicators) or (None, None)
        if first in numbers and second in numbers:
            yield Difference(_alike(numbers[first], said), _alike(numbers[second], said), said)


def _alike(codes: Sequence[str], said: str) -> str:
    """Return of the ``{{ }}`` that print one number the one with the formats of the difference, else the first."""
    formats = said.partition("|")[2]
    return next((code for code in codes if code.partition("|")[2] == formats), codes[0])


def _node(code: str, names: Names) -> Node | None:
    try:
        return names.parse(code).node
    except ExpressionError:  # told where it is written
        return None


def _number(node: Node) -> _Number | None:
    """Return which number of which indicator is asked for, if it is one as it stands."""
    if isinstance(node, Name):
        return node.name, _VALUE
    if isinstance(node, Derived) and node.argument is None:
        return node.base.name, node.what
    return None


def _operands(node: Node, names: Names, indicators: Mapping[str, Indicator]) -> tuple[_Number, _Number] | None:
    """Return the numbers that what is asked for is the difference of."""
    if isinstance(node, Derived) and node.what in WORDED:
        return (node.base.name, _VALUE), (node.base.name, DERIVATIONS[node.what].against.value)
    if isinstance(node, Name) and (own := indicators.get(node.name)) and own.formula is not None:
        computed = _node(str(own.formula), names)
        return _operands(computed, names, {}) if isinstance(computed, Binary) else None
    if isinstance(node, Binary) and node.operator == "-":
        first, second = _number(node.left), _number(node.right)
        return (first, second) if first and second else None
    return None


def _groups(differences: Sequence[Difference]) -> list[Group]:
    """Put differences together that have a number in common."""
    groups: list[Group] = []
    for difference in differences:
        joined = [one for one in groups if any({*difference} & {*other} for other in one)]
        groups = [one for one in groups if one not in joined]
        groups.append((*(other for one in joined for other in one), difference))
    return groups
