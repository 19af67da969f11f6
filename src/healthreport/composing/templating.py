"""Report → markup: the genre's Jinja2 template, sandboxed, with every mistake of its author placed."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from healthreport.composing import vocabulary
from healthreport.composing.sandbox import Sandbox
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, error
from healthreport.model.indicator_tables import IndicatorTable
from healthreport.model.report import Head, Report
from healthreport.model.township_tables import TownshipTable
from healthreport.model.validating.text import Text, Todo
from healthreport.model.validating.types import Model
from healthreport.reading.kept import Kept
from healthreport.reading.resources import packaged
from healthreport.values import scalars
from healthreport.values.numbering_styles import Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.resources import Resources
    from healthreport.reading.yaml.nodes import Source

_LONGEST = 100_000  # characters of a template; those of the program have 8,000
_WAY_OUT = "请照 healthreport template show 打出的原样改正；不用自己的模板的，请把它移出模板文件夹。"


class MissingFieldError(Exception):
    """A template prints a report field that the report does not have."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class _Missing:
    """Stands for a field that was left out: false, and an error only when printed."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __bool__(self) -> bool:
        return False

    def __html__(self) -> str:
        raise MissingFieldError(self._key)


_MISSING = {name: _Missing(field.alias or name) for name, field in Report.model_fields.items()}


class _Fields:
    """The report as templates see it."""

    __slots__ = ("_report",)

    def __init__(self, report: Report) -> None:
        self._report = report

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._report, name)
        return _MISSING[name] if value is None else value


# What a template sees of each kind of object. Indicators are no part of a report's shape, by which structure is
# kept: a template that could read a figure would print one township's in the document of another.
_SEEN: dict[type, frozenset[str]] = {
    _Fields: frozenset(Report.model_fields) - {"indicators", "words", "roll_up", *Head.model_fields},
    Text: frozenset({"kind", "lines"}),
    Todo: frozenset({"suggestion"}),
    IndicatorTable: frozenset({"n", "caption", "number", "note", "landscape"}),
    TownshipTable: frozenset({"n", "caption", "number", "note", "landscape"}),
    Style: frozenset({"sample"}),
    datetime.date: frozenset({"year", "month", "day"}),
}
_FILTERS = (
    *("d", "default", "first", "last", "length", "count", "list", "join", "reverse"),
    *("select", "reject", "selectattr", "rejectattr", "map"),
)


@cache
def _seen_of(kind: type) -> frozenset[str]:
    """Return the fields that templates see of a class; of a model all it declares, its kind and its parts."""
    if kind in _SEEN:
        return _SEEN[kind]
    if not issubclass(kind, Model):
        return frozenset()
    return frozenset(kind.model_fields).union(name for name in ("kind", "parts") if hasattr(kind, name))


def seen(obj: object) -> frozenset[str]:
    """Return the names of the attributes that a template may read of an object."""
    kind: Any = type(obj)
    names: frozenset[str] = _seen_of(kind)
    return names


def _read(resources: Resources, template: str) -> Source:
    """Return a template; one of the user's own is held to the vocabulary at once, a test holds the packaged ones."""
    source = resources.template(template)
    if len(source.text) > _LONGEST:
        long = f"模板超过{_LONGEST // 10_000}万字，不像一个模板。"
        raise error("too-large", long, Position(source.name), hint="请分成几个，或只留要用的。")
    if not Path(source.name).is_relative_to(packaged()):
        problems = [
            Diagnostic(
                "template-vocabulary", message + "。", source.position(at), hint="可用的元素见 docs/templates.md。"
            )
            for at, message in vocabulary.check_template(source.text)
        ]
        if problems:
            raise HealthReportError(problems)
    return source


def _print(value: Any) -> Any:
    """Print dates as documents write them and styles as their samples."""
    if isinstance(value, datetime.date):
        return scalars.write_date(value)
    return value.sample if isinstance(value, Style) else value


def _styles(value: bool | tuple[Style, ...]) -> str:
    """Print a flag, 接排 or 编号 for an attribute: true, false, or samples with spaces between."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(style.sample for style in value)


@Kept(1)
def _environment(resources: Resources) -> Sandbox:
    own = {"styles": _styles}
    read = partial(_read, resources)
    environment = Sandbox(read, seen, _FILTERS, own, autoescape=True, finalize=_print)
    environment.tests["missing"] = lambda value: isinstance(value, _Missing)
    return environment


def render(report: Report, resources: Resources, template: str) -> str:
    """Return the report in the template's markup.

    Raises :class:`MissingFieldError` when the template prints a field the report lacks, and
    :class:`HealthReportError` for the template's own mistakes, at their line.
    """
    with placed(template):
        return _environment(resources).run(template, report=_Fields(report))


@contextmanager
def placed(template: str) -> Iterator[None]:
    """Turn Jinja2's exceptions into diagnostics at the template's own line."""
    try:
        yield
    except jinja2.TemplateSyntaxError as wrong:
        place = Position(wrong.filename or wrong.name or template, wrong.lineno, 1)
        told = Diagnostic("template-syntax", f"模板语法有误：{wrong.message}。", place, hint=_WAY_OUT)
        raise HealthReportError([told]) from None
    except (jinja2.TemplateError, RecursionError, TypeError, ArithmeticError, LookupError, ValueError) as wrong:
        message = "模板绕回了自己，或套得太深。" if isinstance(wrong, RecursionError) else f"模板运行出错：{wrong}。"
        raise HealthReportError(
            [Diagnostic("template-error", message, _place(wrong, template), hint=_WAY_OUT)]
        ) from None


def misplaced(resources: Resources, template: str) -> Position:
    """Return the place of the first tag that does not nest, in the template or those it is built on."""
    for name in (template, "macros.xml.j2", "base.xml.j2"):
        source = resources.template(name)
        at = vocabulary.misplaced(source.text)
        if at is not None:
            return source.position(at)
    return Position(resources.template(template).name)


def _place(wrong: Exception, template: str) -> Position:
    """Find the innermost template line; Jinja2 rewrites tracebacks to show it."""
    place, frame = Position(template), wrong.__traceback__
    while frame is not None:
        filename = frame.tb_frame.f_code.co_filename
        if filename.endswith(".j2"):
            place = Position(filename, frame.tb_lineno, 1)
        frame = frame.tb_next
    return place
