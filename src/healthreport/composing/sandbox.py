"""Where templates run: they see what they are given and nothing else, and they end.

Templates come with the folder a report lies in, so they may be anybody's. Of an object a template sees the
fields declared for it, no method and no other attribute; it has the filters and names listed here. What it
does is counted, not timed: loops, calls and characters end at a limit, so the same template ends at the same
place on every machine.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.environment import TemplateModule
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from healthreport.disk import cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import CodeType

    from jinja2.bccache import Bucket
    from jinja2.compiler import Frame

    from healthreport.reading.yaml.nodes import Source

MAX_STEPS = 1_000_000
MAX_CHARACTERS = 20_000_000
_MAX_RANGE = 10_000
_LARGEST = 10**15
_LOOP = frozenset(
    {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem", "nextitem"}
)
# What may be called: macros, the blocks of a template, a loop that calls itself.
_CALLABLE = (Macro, BlockReference, LoopContext)
# The bodies that run again and again.
_REPEATED = (nodes.Template, nodes.Block, nodes.For, nodes.Macro, nodes.CallBlock)


class LimitError(jinja2.TemplateRuntimeError):
    """A template that would go on for too long, or print too much."""


class _Generator(CodeGenerator):
    """Writes the calls that count without asking whether they may be made."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call."""
        if not isinstance(node.node, nodes.EnvironmentAttribute):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write(f"environment.{node.node.name}(")
        self.visit(node.args[0], frame)
        self.write(")")


class _Loader(jinja2.BaseLoader):
    """Loads templates as they are read; an environment lives no longer than what it reads from."""

    def __init__(self, read: Callable[[str], Source]) -> None:
        self._read = read

    def get_source(self, _: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source = self._read(template)
        return source.text, source.name, lambda: True


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 with nothing within reach but what is listed.

    ``read`` returns a template by its name, ``seen`` the names of the attributes that a template may read of an
    object; ``filters`` are the names of Jinja2's own that are pure, and functions of ours by name.
    """

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(
        self,
        read: Callable[[str], Source],
        seen: Callable[[object], frozenset[str]],
        filters: Iterable[str],
        own_filters: Mapping[str, Callable[..., Any]],
        **options: Any,
    ) -> None:
        super().__init__(
            loader=_Loader(read), auto_reload=False, undefined=jinja2.StrictUndefined, bytecode_cache=_Kept(), **options
        )
        self._seen = seen
        self._finalize = self.finalize
        self.finalize = self._print
        self.filters = {name: self._counted(FILTERS[name]) for name in filters}
        self.filters.update({name: self._counted(filter) for name, filter in own_filters.items()})
        self.globals = {"range": self._range, "namespace": Namespace}
        self._steps = self._characters = 0

    def run(self, name: str, **given: Any) -> str:
        """Return what a template prints. Raises Jinja2's errors, :class:`LimitError` among them."""
        return self.run_template(self.get_template(name), **given)

    def run_template(self, template: jinja2.Template, **given: Any) -> str:
        """Return what a template that is at hand prints."""
        self._steps = self._characters = 0
        pieces = []
        try:
            for piece in template.root_render_func(template.new_context(given)):
                self._spend(len(piece))
                pieces.append(piece)
        except Exception:
            self.handle_exception()
        return "".join(pieces)

    def step(self, characters: int) -> bool:
        """Count one more turn of a loop, call or block that prints so many characters of its own."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise LimitError(f"循环和调用超过{MAX_STEPS // 10_000}万次")
        self._spend(characters)
        return True

    def sized(self, value: Any) -> Any:
        """Count the size of a value that is copied or searched, and return it."""
        if isinstance(value, str | list | tuple | dict):
            self._spend(len(value))
        return value

    def _spend(self, characters: int) -> None:
        self._characters += characters
        if self._characters > MAX_CHARACTERS:
            raise LimitError(f"写出的文字超过{MAX_CHARACTERS // 10_000}万字")

    def _print(self, value: Any) -> Any:
        printed = self._finalize(value) if self._finalize else value
        if isinstance(printed, list | tuple | dict | set | range | Iterator):
            raise jinja2.TemplateRuntimeError("列表不能直接写出来，请用循环逐项写")
        return self.sized(printed)

    def _range(self, *bounds: int) -> range:
        found = range(*bounds)
        if len(found) > _MAX_RANGE:
            raise LimitError(f"range 超过{_MAX_RANGE}")
        return found

    def _counted(self, filter: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter that counts what goes in and what comes out."""

        @wraps(filter)
        def counted(*arguments: Any, **options: Any) -> Any:
            self.step(0)
            taken = [
                self._counting(argument) if isinstance(argument, Iterator) else self.sized(argument)
                for argument in arguments
            ]
            return self.sized(filter(*taken, **options))

        return counted

    def _counting(self, items: Iterator[Any]) -> Iterator[Any]:
        for item in items:
            self.step(0)
            yield item

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a field of an object, or an item of a mapping."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if self._is_seen(obj, attribute):
            return getattr(obj, attribute)
        return self.undefined(f"这里没有“{attribute}”", obj=obj, name=attribute, exc=jinja2.exceptions.SecurityError)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item of a list or a mapping; a name asks for a field."""
        if isinstance(argument, str) and not isinstance(obj, jinja2.runtime.TemplateReference):
            return self.getattr(obj, argument)
        try:
            return obj[argument]
        except (TypeError, LookupError):
            return self.undefined(obj=obj, name=argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 -- Jinja2's signature
        """Say whether a template may read an attribute; filters ask this, too."""
        return self._is_seen(obj, attr)

    def is_safe_callable(self, obj: Any) -> bool:
        """Say whether a template may call something."""
        return isinstance(obj, _CALLABLE) or obj in (self._range, Namespace)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Compute with numbers; texts and lists are not added, multiplied or filled in."""
        if operator == "**":
            raise jinja2.TemplateRuntimeError("模板里不能用“**”")
        if any(isinstance(operand, bool) or not isinstance(operand, int | float) for operand in (left, right)):
            raise jinja2.TemplateRuntimeError(f"模板里的“{operator}”只用于数")
        result = super().call_binop(context, operator, left, right)
        if abs(result) > _LARGEST:
            raise LimitError("算出的数太大")
        return result

    def _is_seen(self, obj: Any, name: str) -> bool:
        if name.startswith("_"):
            return False
        if isinstance(obj, LoopContext):
            return name in _LOOP
        if isinstance(obj, TemplateModule | Namespace):
            return hasattr(obj, name)  # what a template sets itself it may not have set
        return name in self._seen(obj)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for switch in tree.find_all(nodes.EvalContextModifier):
            raise jinja2.TemplateSyntaxError("模板里不能关掉转义", switch.lineno, name, filename)
        _insert_counts(tree)
        return tree


def _insert_counts(tree: nodes.Template) -> None:
    """Let every body that may run again count its turns, and every copy its size."""
    for node in [tree, *tree.find_all(_REPEATED)]:
        assert isinstance(node, _REPEATED)
        printed = sum(len(data.data) for data in node.find_all(nodes.TemplateData))
        step = _call("step", nodes.Const(printed))
        if isinstance(node, nodes.For) and node.test is not None:
            node.test = nodes.And(step, node.test)
        node.body.insert(0, nodes.ExprStmt(step, lineno=node.lineno))
    for copied in [*tree.find_all((nodes.Concat, nodes.Getitem, nodes.Operand))]:
        if isinstance(copied, nodes.Operand) and copied.op in ("in", "notin"):
            copied.expr = _call("sized", copied.expr)
        elif isinstance(copied, nodes.Getitem) and isinstance(copied.arg, nodes.Slice):
            copied.node = _call("sized", copied.node)
        elif isinstance(copied, nodes.Concat):
            copied.nodes = [_call("sized", part) for part in copied.nodes]


def _call(method: str, argument: nodes.Expr) -> nodes.Call:
    return nodes.Call(nodes.EnvironmentAttribute(method), [argument], [], None, None)


class _Kept(jinja2.BytecodeCache):
    """Keeps compiled templates in the user's own cache folder: compiling costs more than importing Jinja2."""

    _made_by = f"{jinja2.__version__} {sys.version} {sys.implementation.cache_tag}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept, if it is whole."""
        data = cache.kept(self._name(bucket))
        if data is not None:
            code: CodeType = marshal.loads(data)  # noqa: S302 -- from a folder that nobody else can write
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if there is room."""
        cache.keep(self._name(bucket), marshal.dumps(bucket.code))

    def _name(self, bucket: Bucket) -> str:
        said = f"{self._made_by} {cache.digest_of_files(Path(__file__))} {bucket.key} {bucket.checksum}"
        return f"{hashlib.sha256(said.encode()).hexdigest()[:32]}.template"
