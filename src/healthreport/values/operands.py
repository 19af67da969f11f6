"""What an expression names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.values.expressions import Binary, Call, Derived, Name, Negative, Node, Number

if TYPE_CHECKING:
    from collections.abc import Iterator


def operands(node: Node) -> Iterator[Name | Derived]:
    """Yield what an expression names, from left to right, what stands in brackets behind a name too."""
    match node:
        case Name():
            yield node
        case Derived():
            yield node
            if node.argument is not None:
                yield from operands(node.argument)
        case Negative():
            yield from operands(node.operand)
        case Binary():
            yield from operands(node.left)
            yield from operands(node.right)
        case Call():
            for argument in node.arguments:
                yield from operands(argument)
        case Number():
            pass


def is_difference(node: Node) -> bool:
    """Say whether an expression is one number less another."""
    return isinstance(node, Binary) and node.operator == "-"
