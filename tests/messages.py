"""All messages of the program, collected from its source: id, severity, message, way out, and room.

A message is the argument of a call that makes a mistake (:data:`CALLS`), or stands at the end of a row of a table of
them. What it is made of is followed to where it is written: names to their assignments, parameters to the arguments
of all calls of their function, constants to their module, exceptions to where they are raised. What cannot be
followed is a hole, ``…``.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from test_architecture import MODULES, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HOLE = "…"
ERROR = "错误"
SEVERITIES = {"ERROR": ERROR, "WARNING": "警告", "NOTE": "说明"}
ENDS = ("。", "？")
_ID = re.compile(r"[a-z]+(-[a-z0-9]+)*")
_CHINESE = re.compile("[\u3400-\u9fff]")
_NO_WORDS = HOLE + "。"
_DEEPEST, _MOST = 12, 40


class Call(NamedTuple):
    """Where a call that makes a mistake has its parts; ``bare`` ones are told with a full stop behind."""

    id: int | str
    message: int
    hint: int | None = None
    bare: bool = False


CALLS = {
    "Diagnostic": Call(0, 1, 4),
    "error": Call(0, 1),
    "mistake": Call(0, 1, bare=True),
    "told_apart": Call(1, 2, bare=True),
    "ExpressionError": Call(0, 1, bare=True),
    "DerivationError": Call(0, 1, 2, bare=True),
    "NumberingError": Call(0, 1, 3, bare=True),
    "MarkupError": Call("template-markup", 0, bare=True),
    "Finding": Call("", 0, 2),
}


class Message(NamedTuple):
    """One message, and where it stands."""

    room: str
    id: str
    severity: str
    text: str
    hint: str


class Scope(NamedTuple):
    """Where an expression stands: its module, the functions around it, and what their parameters are given."""

    module: str
    functions: tuple[ast.FunctionDef, ...] = ()
    given: tuple[tuple[str, ast.expr, Scope], ...] = ()


Value = tuple[ast.stmt | None, ast.expr, Scope]


def _nodes(tree: ast.AST, scope: Scope) -> Iterator[tuple[Scope, ast.AST]]:
    for child in ast.iter_child_nodes(tree):
        yield scope, child
        inner = scope._replace(functions=(*scope.functions, child)) if isinstance(child, ast.FunctionDef) else scope
        yield from _nodes(child, inner)


NODES = {module: list(_nodes(tree, Scope(module))) for module, tree in MODULES.items()}
_CALLS_OF: dict[str, list[tuple[Scope, ast.Call]]] = defaultdict(list)
_FUNCTIONS: dict[str, list[tuple[Scope, ast.FunctionDef]]] = defaultdict(list)
_BLOCKS: dict[ast.AST, tuple[list[ast.stmt], ast.AST]] = {}


@cache
def _walk(node: ast.AST) -> list[ast.AST]:
    return list(ast.walk(node))


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _index() -> None:
    """Note the calls and the functions of every name, and for every node the statement it stands in."""
    for nodes in NODES.values():
        for scope, node in nodes:
            if isinstance(node, ast.Call) and _name(node.func):
                _CALLS_OF[_name(node.func)].append((scope, node))
            elif isinstance(node, ast.FunctionDef):
                _FUNCTIONS[node.name].append((scope, node))
            for _, value in ast.iter_fields(node):
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        _BLOCKS[child] = (value if isinstance(value, list) else [], node)


_index()


def collect() -> list[Message]:
    """Return all messages, by room and id, without those that are passed on and stand elsewhere."""
    found = {message for nodes in NODES.values() for scope, node in nodes for message in _of(node, scope)}
    worded = {message.id for message in found if message.text.strip(_NO_WORDS)}
    return sorted(message for message in found if message.text.strip(_NO_WORDS) or message.id not in worded)


def _of(node: ast.AST, scope: Scope) -> Iterator[Message]:
    if isinstance(node, ast.Tuple):
        yield from _row(node, scope)
    elif isinstance(node, ast.JoinedStr):
        yield from _printed(node, scope)
    elif isinstance(node, ast.Call) and _name(node.func) in CALLS:
        inside = scope.functions[-1].name if scope.functions else ""
        for given in _callers(scope, node) if inside not in CALLS else ():
            yield from _called(node, given)


def _row(node: ast.Tuple, scope: Scope) -> Iterator[Message]:
    """Yield the message of a row of a table: an id first, message and hint last."""
    first = node.elts[0] if len(node.elts) > 2 else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str) and _ID.fullmatch(first.value):
        text, hint = (_braces(_texts(node.elts[at], scope)[0]) for at in (-2, -1))
        if _CHINESE.search(text) and _CHINESE.search(hint):
            yield Message(unit_of(scope.module), first.value, ERROR, text if text.endswith(ENDS) else text + "。", hint)


def _printed(node: ast.JoinedStr, scope: Scope) -> Iterator[Message]:
    """Yield what is printed as a mistake without being one: what Typer says."""
    for text in _texts(node, scope):
        match = re.fullmatch(rf"{ERROR} (.+) \[([a-z-]+)\]\n  → (.+)", text)
        if match:
            yield Message(unit_of(scope.module), match[2], ERROR, match[1], match[3])


def _called(call: ast.Call, scope: Scope) -> Iterator[Message]:
    """Yield the messages of a call that makes a mistake."""
    name = _name(call.func)
    where, keywords = CALLS[name], {key.arg: key.value for key in call.keywords}
    if len(call.args) <= where.message:
        return
    hint, severity = keywords.get("hint"), keywords.get("severity")
    if hint is None and where.hint is not None and len(call.args) > where.hint:
        hint = call.args[where.hint]
    if name == "Diagnostic" and len(call.args) > 3:
        severity = call.args[3]
    ids = [where.id] if isinstance(where.id, str) else _texts(call.args[where.id], scope)
    if name == "Finding":
        of_rule, weight = _rule(scope.module)
        ids = _texts(keywords["id"], scope) if "id" in keywords else of_rule
        severity = severity or weight
    if name == "MarkupError":
        hint = next(value for scope, node in NODES["composing.markup"] for value in _pairs("hint", node))
    level = SEVERITIES.get(_name(severity), ERROR) if severity is not None else ERROR
    bare = where.bare or (name == "error" and isinstance(call.func, ast.Attribute))  # Mistakes.error
    for id, (text, way) in product(ids, _together(call.args[where.message], hint, scope)):
        if _ID.fullmatch(id) and not (text == HOLE and name in ("Diagnostic", "Finding")):
            yield Message(
                unit_of(scope.module), id, level, text + "。" if bare and not text.endswith(ENDS) else text, way
            )


def _rule(module: str) -> tuple[list[str], ast.expr | None]:
    """Return id and severity of the rule of a module."""
    for scope, node in NODES[module]:
        if isinstance(node, ast.Call) and _name(node.func) == "Rule":
            return _texts(node.args[0], scope), node.args[1]
    return [HOLE], None


def _together(message: ast.expr, hint: ast.expr | None, scope: Scope) -> Iterable[tuple[str, str]]:
    """Pair messages and hints; where both are names, those of one statement."""
    if isinstance(message, ast.Name) and isinstance(hint, ast.Name):
        texts = {at: (value, inner) for at, value, inner in _values(message, scope)}
        hints = {at: (value, inner) for at, value, inner in _values(hint, scope)}
        if texts.keys() == hints.keys() and None not in texts:
            return [pair for at in texts for pair in product(_texts(*texts[at]), _texts(*hints[at]))]
    return product(_texts(message, scope), _texts(hint, scope) if hint is not None else [""])


def _callers(scope: Scope, call: ast.Call, depth: int = 3) -> Iterator[Scope]:
    """Yield the scope once for every call of its function, where the mistake is made of the function's parameters."""
    around = [one for one in reversed(scope.functions) if set(_parameters(one)) & _used(call, one)]
    function = around[0] if around else None
    names = _parameters(function) if function else []
    calls = [
        (at, one)
        for at, one in (_CALLS_OF[function.name] if function and depth else [])
        if function and function not in at.functions and _is_of(one.func, at, function, scope.module)
    ]
    for at, one in calls:
        pairs = [*zip(names, one.args, strict=False), *((key.arg or "", key.value) for key in one.keywords)]
        for outer in _callers(at, one, depth - 1):
            yield scope._replace(given=tuple((name, value, outer) for name, value in pairs))
    if not calls:
        yield scope


def _is_of(called: ast.expr, at: Scope, function: ast.FunctionDef, module: str) -> bool:
    """Say whether a call may be one of a function of a module; methods go by their names."""
    if isinstance(called, ast.Name):
        return at.module == module or module in _imported(at.module, called.id)
    if function in MODULES[module].body:  # years.of(…), where of years was imported
        room, _, name = module.rpartition(".")
        return isinstance(called, ast.Attribute) and (ast.unparse(called.value) in _called_here(name, room, at.module))
    return at.module == module or not (isinstance(called, ast.Attribute) and ast.unparse(called.value) == "self")


@cache
def _called_here(name: str, room: str, module: str) -> tuple[str, ...]:
    """Return what a module calls another that it imports: ``pool``, or ``pools`` of ``import pool as pools``."""
    imports = [node for _, node in NODES[module] if isinstance(node, ast.ImportFrom)]
    of_room = [node for node in imports if (node.module or "").removeprefix("healthreport").lstrip(".") == room]
    return tuple(alias.asname or alias.name for node in of_room for alias in node.names if alias.name == name)


@cache
def _used(call: ast.Call, function: ast.FunctionDef) -> set[str]:
    """Return the names that a call is made of, and those that these are made of."""
    names = {node.id for node in _walk(call) if isinstance(node, ast.Name)}
    made_of = [value for name in names for at in _walk(function) for value in _pairs(name, at)]
    return names | {node.id for value in made_of for node in _walk(value) if isinstance(node, ast.Name)}


def _parameters(function: ast.FunctionDef) -> list[str]:
    names = [arg.arg for arg in (*function.args.args, *function.args.kwonlyargs)]
    return [name for name in names if name != "self"]


@cache
def _texts(node: ast.expr, scope: Scope, depth: int = _DEEPEST) -> list[str]:
    """Return what an expression may be, as texts with holes."""
    return list(dict.fromkeys(_variants(node, scope, depth - 1)))[:_MOST] if depth else [HOLE]


def _variants(node: ast.expr, scope: Scope, depth: int) -> list[str]:
    match node:
        case ast.Constant(value=str(value)):
            return [value]
        case ast.JoinedStr(values=values):
            return [_joined(one) for one in product(*(_texts(one, scope, depth) for one in values))]
        case ast.FormattedValue(value=value):
            return [text or HOLE for text in _texts(value, scope, depth)]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_texts(body, scope, depth), *_texts(orelse, scope, depth)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [_joined(one) for one in product(_texts(left, scope, depth), _texts(right, scope, depth))]
        case ast.Subscript(value=ast.Subscript() as value, slice=ast.Slice(lower=None, upper=ast.UnaryOp())):
            return [text[:-1] if text != HOLE else HOLE for text in _texts(value, scope, depth)]
        case ast.Subscript(value=ast.Name() as name, slice=ast.Constant(value=int(at))):
            rows = [(value, inner) for _, value, inner in _values(name, scope) if isinstance(value, ast.Tuple)]
            return [text for value, inner in rows for text in _texts(value.elts[at], inner, depth)] or [HOLE]
        case ast.Name() | ast.Attribute(value=ast.Name(id="self")):
            found = [text for _, value, inner in _values(node, scope) for text in _texts(value, inner, depth)]
            return found or _property(node, depth) or _raised(node, scope)
        case ast.Call(func=func, args=args):
            return _result(_name(func), args, func, scope, depth)
        case ast.Attribute():
            return _property(node, depth) or [HOLE]
    return [HOLE]


def _property(node: ast.expr, depth: int) -> list[str]:
    """Return what a property returns, where only one is called so."""
    named = _FUNCTIONS[_name(node)] if isinstance(node, ast.Attribute) else []
    if len(named) != 1 or not named[0][1].decorator_list:
        return []
    return _result(_name(node), [], node, named[0][0], depth)


def _joined(parts: Iterable[str]) -> str:
    return re.sub(f"{HOLE}{{2,}}", HOLE, "".join(parts))


def _braces(text: str) -> str:
    """Return a text for ``str.format`` with its holes, and its own braces."""
    return re.sub(r"\{\w+\}", HOLE, text.replace("{{", "\0").replace("}}", "\1")).replace("\0", "{").replace("\1", "}")


def _result(name: str, args: list[ast.expr], func: ast.expr, scope: Scope, depth: int) -> list[str]:
    """Return what a call returns, where that is words."""
    if name == "or_rather":
        return [f"{text}，是否为“{HOLE}”？" for text in _texts(args[0], scope, depth)]
    if name == "quoted":
        return [f"“{HOLE}”"]
    if name == "str" and args:
        return _texts(args[0], scope, depth)
    if name == "format" and isinstance(func, ast.Attribute):
        return [_braces(text) for text in _texts(func.value, scope, depth)]
    for at, function in _FUNCTIONS[name]:
        if at.module in (scope.module, *_imported(scope.module, name)):
            given = tuple((one, value, scope) for one, value in zip(_parameters(function), args, strict=False))
            inner = Scope(at.module, (*at.functions, function), given)
            returned = [node.value for node in _walk(function) if isinstance(node, ast.Return) and node.value]
            found = [text for value in returned for text in _texts(value, inner, depth)]
            if found and all(map(_CHINESE.search, found)):
                return found
    return [HOLE]


@cache
def _imported(module: str, name: str) -> tuple[str, ...]:
    """Return the module that a name is imported from."""
    imports = [node for _, node in NODES[module] if isinstance(node, ast.ImportFrom)]
    found = [node.module or "" for node in imports if any(alias.name == name for alias in node.names)]
    return tuple(one for one in (name.removeprefix("healthreport").lstrip(".") for name in found) if one in MODULES)


@cache
def _values(node: ast.expr, scope: Scope) -> list[Value]:
    """Follow a name: to the argument of its parameter, to assignments in its function, or to its module."""
    name = _name(node)
    if isinstance(node, ast.Attribute):
        of_self = [(at, one) for at, one in NODES[scope.module] if isinstance(one, ast.Assign)]
        return [(one, one.value, at) for at, one in of_self if ast.unparse(one.targets[0]) == f"self.{name}"]
    for parameter, value, outer in scope.given:
        if parameter == name:
            return _values(value, outer) if isinstance(value, ast.Name) else [(None, value, outer)]
    for function in reversed(scope.functions):
        if name in _parameters(function):
            return []
        inner = scope._replace(functions=scope.functions[: scope.functions.index(function) + 1])
        own: list[Value] = [(at, value, inner) for at, value in _reaching(name, node, function)]
        if own:
            return own
    for module in (scope.module, *_imported(scope.module, name)):
        values = [value for one in MODULES[module].body for value in _pairs(name, one)]
        if values:
            return [(None, values[0], Scope(module))]
    return []


def _reaching(name: str, use: ast.AST, function: ast.FunctionDef) -> list[tuple[ast.stmt, ast.expr]]:
    """Return the assignments that may hold where a name is used: the nearest ones before it, going outwards."""
    found: list[tuple[ast.stmt, ast.expr]] = []
    if not any(node is use for node in _walk(function)):
        return [(at, value) for at in _walk(function) if isinstance(at, ast.stmt) for value in _pairs(name, at)]
    node: ast.AST = use
    while node is not function:
        block, parent = _BLOCKS[node]
        for before in reversed(block[: block.index(node)] if isinstance(node, ast.stmt) else []):
            inside = [(at, value) for at in _walk(before) if isinstance(at, ast.stmt) for value in _pairs(name, at)]
            found += inside
            if inside and not (isinstance(before, ast.If) and not before.orelse):
                return found
        node = parent
    return found


def _pairs(name: str, node: ast.AST) -> Iterator[ast.expr]:
    """Yield what a statement assigns to a name."""
    for target in node.targets if isinstance(node, ast.Assign) else ():
        if isinstance(target, ast.Name) and target.id == name:
            yield node.value  # type: ignore[attr-defined]
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):  # type: ignore[attr-defined]
            for one, value in zip(target.elts, node.value.elts, strict=True):  # type: ignore[attr-defined]
                if isinstance(one, ast.Name) and one.id == name:
                    yield value


def _raised(node: ast.expr, scope: Scope) -> list[str]:
    """Return what an exception says that is caught under this name: what the functions called in ``try`` raise."""
    tries = [one for function in scope.functions for one in _walk(function) if isinstance(one, ast.Try)]
    for one in tries:
        if any(handler.name == _name(node) for handler in one.handlers):
            called = [call.func for part in one.body for call in _walk(part) if isinstance(call, ast.Call)]
            values = [_values(func, scope) if isinstance(func, ast.Name) else [] for func in called]
            names = [_name(value) for found in values for _, value, _ in found] + [_name(func) for func in called]
            found = [text for name in names for text in _says(name, 3)]
            return list(dict.fromkeys(found)) or [HOLE]
    return [HOLE]


@cache
def _says(name: str, depth: int) -> tuple[str, ...]:
    """Return the messages of the ValueErrors that a function of this name raises, or those it calls in its module."""
    found: list[str] = []
    for at, function in _FUNCTIONS[name] if depth else []:
        if at.module.partition(".")[0] in ("values", "figures", "writing"):
            scope = Scope(at.module, (*at.functions, function))
            for call in (one for one in _walk(function) if isinstance(one, ast.Call)):
                inner = _name(call.func)
                if inner in ("ValueError", "StyleError") and call.args:
                    found += _texts(call.args[0], scope)
                elif any(other.module == at.module for other, _ in _FUNCTIONS[inner]) and inner != name:
                    found += _says(inner, depth - 1)
    return tuple(dict.fromkeys(found))
