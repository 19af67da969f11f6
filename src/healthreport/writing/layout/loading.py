"""A layout's file, laid over the one it is based on, as a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from healthreport.diagnostics import HealthReportError, error
from healthreport.reading.kept import Kept
from healthreport.reading.resources import LAYOUTS, Resources
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.reading.yaml.parse import parse
from healthreport.writing.layout.profile import Face, Font, Grid, Layout, Page, PageNumber, TableFace

if TYPE_CHECKING:
    from pathlib import Path


_MODELS: dict[str, type[BaseModel]] = {
    "": Layout,
    "页面": Page,
    "版心": Grid,
    "页码": PageNumber,
    "表格": TableFace,
    "字体表": Font,
    **{field.alias: Face for field in Layout.model_fields.values() if field.annotation is Face and field.alias},
}


@Kept(16)
def load(resources: Resources, path: Path) -> Layout:
    """Load a layout file and the ones it is based on. Raises :class:`HealthReportError`."""
    root = _tree(path, resources, ())
    try:
        return Layout.model_validate(root)
    except ValidationError as wrong:
        from healthreport.model.validating.errors import diagnose

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
    return root.laid_over(_tree(below, resources, (path, *seen)))
