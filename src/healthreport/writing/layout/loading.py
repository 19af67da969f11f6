"""A layout's file, laid over the one it is based on, as a profile."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from healthreport.diagnostics import HealthReportError, error
from healthreport.model.validating.errors import diagnose
from healthreport.reading.resources import LAYOUTS, Resources
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.reading.yaml.parse import parse
from healthreport.writing.layout.profile import Face, Grid, Layout, Page, PageNumber

if TYPE_CHECKING:
    from pathlib import Path


_MODELS: dict[str, type[BaseModel]] = {
    "": Layout,
    "页面": Page,
    "版心": Grid,
    "页码": PageNumber,
    **{field.alias: Face for field in Layout.model_fields.values() if field.annotation is Face and field.alias},
}


@lru_cache(maxsize=16)
def load(path: Path, resources: Resources) -> Layout:
    """Load a layout file and the ones it is based on. Raises :class:`HealthReportError`."""
    root = _tree(path, resources, ())
    try:
        return Layout.model_validate(root)
    except ValidationError as wrong:
        raise HealthReportError(diagnose(root, wrong.errors(include_url=False), _MODELS)) from None


def _tree(path: Path, resources: Resources, seen: tuple[Path, ...]) -> Mapping:
    """Read a layout and lay it over the one it names as its base."""
    root = parse(resources.reader.read(path))
    base = root.pop("基于", None)
    if not isinstance(base, Scalar):
        return root
    below = resources.require(LAYOUTS, base.value, "版式", base.position)
    if below in (path, *seen):
        raise error("layout-cycle", f"版式“{base.value}”绕回了自己。", base.position(), hint="请去掉一处“基于”。")
    merged = _tree(below, resources, (path, *seen))
    _lay_over(merged, root)
    return merged


def _lay_over(under: Mapping, over: Mapping) -> None:
    """Let the values of one tree replace those of another, group by group."""
    for key, value in over.items():
        known = under.get(key)
        if isinstance(value, Mapping) and isinstance(known, Mapping):
            _lay_over(known, value)
        else:
            under[key] = value
        under.keys_at[key] = over.keys_at[key]
