"""Report → markup: the genre's Jinja2 template, sandboxed, with every mistake of its author placed."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from healthreport.composing import markup
from healthreport.diagnostics import Diagnostic, HealthReportError, Position
from healthreport.disk import cache_folder
from healthreport.model.report import Report
from healthreport.reading.resources import packaged
from healthreport.values import scalars
from healthreport.values.numbering_styles import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.reading.resources import Resources


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


class _Loader(jinja2.BaseLoader):
    """Loads templates through the resources and checks their vocabulary at once."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def get_source(self, _: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source = self._resources.template(template)
        if Path(source.name).is_relative_to(packaged()):
            return source.text, source.name, lambda: True  # a test checks the packaged ones
        problems = [
            Diagnostic(
                "template-vocabulary", message + "。", source.position(at), hint="可用的元素见 docs/templates.md。"
            )
            for at, message in markup.check_template(source.text)
        ]
        if problems:
            raise HealthReportError(problems)
        return source.text, source.name, lambda: True


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


@lru_cache(maxsize=8)
def _environment(resources: Resources) -> jinja2.Environment:
    environment = ImmutableSandboxedEnvironment(
        loader=_Loader(resources),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_print,
        keep_trailing_newline=False,
        auto_reload=False,
        # Compiling costs more than importing Jinja2; the cache checks the source's digest itself.
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(folder)) if (folder := cache_folder()) else None,
    )
    environment.filters["styles"] = _styles
    environment.tests["missing"] = lambda value: isinstance(value, _Missing)
    return environment


def render(report: Report, resources: Resources, template: str) -> str:
    """Return the report in the template's markup.

    Raises :class:`MissingFieldError` when the template prints a field the report lacks, and
    :class:`HealthReportError` for the template's own mistakes, at their line.
    """
    with placed(template):
        return _environment(resources).get_template(template).render(report=_Fields(report))


@contextmanager
def placed(template: str) -> Iterator[None]:
    """Turn Jinja2's exceptions into diagnostics at the template's own line."""
    try:
        yield
    except jinja2.TemplateSyntaxError as wrong:
        place = Position(wrong.filename or wrong.name or template, wrong.lineno, 1)
        raise HealthReportError([Diagnostic("template-syntax", f"模板语法有误：{wrong.message}。", place)]) from None
    except (jinja2.TemplateError, RecursionError, TypeError, ArithmeticError, LookupError, ValueError) as wrong:
        message = f"模板运行出错：{wrong}。"
        raise HealthReportError([Diagnostic("template-error", message, _place(wrong, template))]) from None


def misplaced(resources: Resources, template: str) -> Position:
    """Return the place of the first tag that does not nest, in the template or those it is built on."""
    for name in (template, "macros.xml.j2", "base.xml.j2"):
        source = resources.template(name)
        at = markup.misplaced(source.text)
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
