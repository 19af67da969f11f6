"""A tree → whether it says more than any report: told once, before anything is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence
from healthreport.values.limits import MAX_CELLS, MAX_CHARACTERS, MAX_PARAGRAPHS, MAX_REFERENCES

if TYPE_CHECKING:
    from healthreport.reading.yaml.nodes import Node

SPLIT = "请检查文件是否写错，或拆成几个文件。"
_MOST = {
    "字": MAX_CHARACTERS,
    "段": MAX_PARAGRAPHS,
    "格": MAX_CELLS,
    "处“{{ }}”": MAX_REFERENCES,
    "处“[[ ]]”": MAX_REFERENCES,
}
# What a text of so many characters says is within all limits: two characters are the least that counts as one.
_SHORT = 2 * min(_MOST.values())


def endless(root: Mapping) -> Diagnostic | None:
    """Tell of a report that is longer than any, at the place where it is too long."""
    if len(root.source.text) <= _SHORT:
        return None
    said = dict.fromkeys(_MOST, 0)
    waiting: list[tuple[Node, str]] = [(root, "")]
    while waiting:
        node, counts_as = waiting.pop()
        if counts_as:
            said[counts_as] += 1
        if isinstance(node, Mapping):
            said["字"] += sum(map(len, node.keys_at))
            waiting += [(child, "") for child in reversed(node.values())]
        elif isinstance(node, Sequence):
            is_row = counts_as == "段"
            said["段"] -= is_row
            waiting += [(child, "格" if is_row else "段") for child in reversed(node)]
        else:
            _count(node, said)
        for what, most in _MOST.items():
            if said[what] > most:
                message = f"报告超过{most // 10_000}万{what}，不像一份报告。"
                return Diagnostic("too-large", message, node.position(), hint=SPLIT)
    return None


def _count(text: Scalar, said: dict[str, int]) -> None:
    """Count what one text says; each line of it may be a paragraph."""
    said["字"] += len(text.value)
    said["段"] += text.value.count("\n")
    said["处“{{ }}”"] += text.value.count("{{")
    said["处“[[ ]]”"] += text.value.count("[[")
