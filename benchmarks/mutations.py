"""Mutations of a module: small changes to its text that some test ought to notice.

Comparisons and conditions turned round, + for -, and for or, constants changed, None returned, statements left out.
What nobody can tell is not made: docstrings, annotations, what is imported for types, decorators, assertions that
serve mypy, and the wording of messages.
"""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPARISONS = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
_OPERATORS = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "+"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}
# What makes a message; their ids and places are tested, their wording is not.
_MESSAGES = frozenset({"error", "missing", "Diagnostic", "Related"})
_MESSAGE_NAMES = frozenset({"message", "hint"})
_MESSAGE_MARKS = frozenset("，。；“”")


class Mutation(NamedTuple):
    """The bytes from ``start`` to ``end`` become ``new``."""

    line: int
    start: int
    end: int
    new: bytes
    said: str

    def of(self, source: bytes) -> bytes:
        """Return the module changed."""
        return source[: self.start] + self.new + source[self.end :]


def mutations(source: bytes) -> list[Mutation]:
    """Return all mutations of a module, from its first line to its last."""
    return sorted(set(_Finder(source).visit(ast.parse(source))))


class _Finder:
    def __init__(self, source: bytes) -> None:
        self._source = source
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def visit(self, node: ast.AST) -> Iterator[Mutation]:
        """Yield the mutations of a node and of all below it."""
        if _is_beyond_tests(node):
            return
        yield from self._of(node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_comment"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.Raise):
                    yield self._change(child, b"pass", "raise left out")
                elif isinstance(child, ast.AST):
                    yield from self.visit(child)

    def _of(self, node: ast.AST) -> Iterator[Mutation]:
        """Yield the mutations of a node itself."""
        if isinstance(node, ast.expr):
            yield from self._expression(node)
        elif isinstance(node, ast.stmt):
            yield from self._statement(node)
        elif isinstance(node, ast.comprehension):
            for test in node.ifs:
                yield from self._turned(test)

    def _expression(self, node: ast.expr) -> Iterator[Mutation]:
        match node:
            case ast.Compare():
                for (left, right), operator in zip(pairwise([node.left, *node.comparators]), node.ops, strict=True):
                    yield self._between(left, right, *_COMPARISONS[type(operator)])
            case ast.BinOp() if type(node.op) in _OPERATORS and not (_is_text(node.left) or _is_text(node.right)):
                yield self._between(node.left, node.right, *_OPERATORS[type(node.op)])
            case ast.BoolOp():
                words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
                for left, right in pairwise(node.values):
                    yield self._between(left, right, *words)
            case ast.UnaryOp(op=ast.Not()):
                yield self._change(node, b"bool(" + self._text(node.operand) + b")", "not left out")
            case ast.IfExp():
                yield from self._turned(node.test)
            case ast.Constant():
                yield from self._constant(node)

    def _statement(self, node: ast.stmt) -> Iterator[Mutation]:
        match node:
            case ast.If() | ast.While():
                yield from self._turned(node.test)
            case ast.Return() if node.value is not None and not _is_nothing(node.value):
                yield self._change(node.value, b"None", "None returned")
            case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Break() | ast.Continue():
                yield self._change(node, b"pass", "statement left out")

    def _turned(self, test: ast.expr) -> Iterator[Mutation]:
        """Turn a condition round, where no comparison or ``not`` in it is turned round already."""
        if not isinstance(test, ast.Compare | ast.UnaryOp):
            yield self._change(test, b"not (" + self._text(test) + b")", "condition turned round")

    def _constant(self, node: ast.Constant) -> Iterator[Mutation]:
        value = node.value
        if isinstance(value, bool):
            yield self._change(node, repr(not value).encode(), f"{value} → {not value}")
        elif isinstance(value, int | float):
            yield self._change(node, repr(value + 1).encode(), f"{value} → {value + 1}")
        elif isinstance(value, str) and not _MESSAGE_MARKS.intersection(value[:-1]):
            other = value[:-1] if len(value) > 1 else value + "?"
            yield self._change(node, repr(other).encode(), f"{value!r} → {other!r}")

    def _between(self, left: ast.expr, right: ast.expr, old: str, new: str) -> Mutation:
        """Change the operator between two operands."""
        start, end = self._span(left)[1], self._span(right)[0]
        at = self._source.index(old.encode(), start, end)
        return Mutation(right.lineno, at, at + len(old), new.encode(), f"{old} → {new}")

    def _change(self, node: ast.stmt | ast.expr, new: bytes, said: str) -> Mutation:
        return Mutation(node.lineno, *self._span(node), new, said)

    def _text(self, node: ast.expr) -> bytes:
        start, end = self._span(node)
        return self._source[start:end]

    def _span(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._lines[node.lineno - 1] + node.col_offset, self._lines[node.end_lineno - 1] + node.end_col_offset


def _is_beyond_tests(node: ast.AST) -> bool:
    """Say whether no test can, or need, tell a change in a node."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.JoinedStr() | ast.Assert() | ast.Import() | ast.ImportFrom():
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.keyword(arg="strict"):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _MESSAGES or name == "compile":
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in _MESSAGE_NAMES or name in ("__all__", "__slots__")
        case ast.keyword(arg=name) if name in _MESSAGE_NAMES:
            return True
    return False


def _is_text(node: ast.expr) -> bool:
    """Say whether an operand is text: + between texts has no other operator to become."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_nothing(node: ast.expr) -> bool:
    """Say whether a value is as good as none where a condition asks for it."""
    return isinstance(node, ast.Constant) and not node.value
