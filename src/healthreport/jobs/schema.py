"""The JSON Schema of a report file, made from the models, so editors complete and check while one types."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Severity
from healthreport.jobs.new import files
from healthreport.model.fields import EXAMPLE, OF_TEXT, PASSES
from healthreport.model.report import Report
from healthreport.reading.resources import LAYOUTS
from healthreport.reading.yaml.dump import plain
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthreport.reading.resources import Resources

# What a skeleton's first line tells an editor: where the schema is, as seen from the file.
_NAMED = re.compile(r"# yaml-language-server: \$schema=(?!\w+://)(.+)")
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NULL = {"type": "null"}
_INDICATOR = {"$ref": "#/$defs/Indicator"}
_ABOUT = ("title", "description", "default", EXAMPLE, PASSES, OF_TEXT)  # of a key, not of one of the forms of its value


def schema(resources: Resources) -> dict[str, Any]:
    """Return the schema; it proposes the genres and layouts that are there."""
    made = Report.model_json_schema(by_alias=True)
    for part in (made, *made["$defs"].values()):
        for form in _objects(part):
            _tidy(form)
    made["properties"]["体裁"] |= {"examples": [*resources.genres, *resources.slugs]}
    made["properties"]["版式"] |= {"examples": resources.names(LAYOUTS)}
    body: dict[str, Any] = _for_editors(made)
    return {"$schema": DIALECT, "description": "一份材料的 YAML 文件。", **body}


def text(resources: Resources) -> str:
    """Return the schema as JSON."""
    return json.dumps(schema(resources), ensure_ascii=False, indent=2)


class Written(NamedTuple):
    """The schemas that were written, and a warning for each that could not be."""

    paths: list[Path]
    warnings: list[Diagnostic]


def write_named(made: Mapping[Path, str], resources: Resources) -> Written:
    """Write the schema that the first lines of new files name, where there is none; never over a file."""
    written = Written([], [])
    named = {path.parent / match[1].strip() for path, head in made.items() if (match := _NAMED.match(head))}
    for path in sorted({Path(os.path.normpath(path)) for path in named}):
        if os.path.lexists(path):
            continue
        try:
            files.write(path, text(resources) + "\n")
            written.paths.append(path)
        except HealthReportError as wrong:
            written.warnings.extend(diagnostic._replace(severity=Severity.WARNING) for diagnostic in wrong.diagnostics)
    return written


def _objects(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the mapping itself, or the mappings among its forms."""
    if "properties" in part:
        yield part
    for form in part.get("anyOf", ()):
        yield from _objects(form)


def _tidy(form: dict[str, Any]) -> None:
    """Take the docstring from a mapping, and let its keys that may be missing be left empty, which means the same."""
    del form["description"]
    needed = form.get("required", ())
    properties: dict[str, Any] = form["properties"]
    form["properties"] = {key: value if key in needed else _or_empty(value) for key, value in properties.items()}
    for key, value in form["properties"].items():
        value["examples"] = [plain(parse(Source("", f"{key}: {properties[key][EXAMPLE]}"))[key])]
        for other in ("title", EXAMPLE, PASSES, OF_TEXT):
            value.pop(other, None)


def _or_empty(value: dict[str, Any]) -> dict[str, Any]:
    forms = value.get("anyOf") or [{key: item for key, item in value.items() if key not in _ABOUT}]
    return {"description": value["description"], "anyOf": forms if _NULL in forms else [*forms, _NULL]}


def _for_editors(value: Any) -> Any:
    """Let editors say what is wrong, not in how many ways, and indicators be left empty."""
    if isinstance(value, list):
        return [_for_editors(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {
        "anyOf" if key == "oneOf" else key: _for_editors(item) for key, item in value.items() if key != "discriminator"
    }
    if kept.get("additionalProperties") == _INDICATOR:
        kept["additionalProperties"] = {"anyOf": [_INDICATOR, _NULL]}
    return kept
