"""Layout profiles: lengths, fonts and sizes as data, after GB/T 9704-2012."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from healthreport.diagnostics import HealthReportError, error
from healthreport.model.errors import diagnose
from healthreport.model.types import Length, Span, Word, one_of
from healthreport.nodes import Mapping, Scalar
from healthreport.resources import LAYOUTS, Resources
from healthreport.source import parse

if TYPE_CHECKING:
    from pathlib import Path


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Page(_Part):
    """The sheet and its margins, in twips."""

    width: Length = Field(alias="宽")
    height: Length = Field(alias="高")
    top: Length = Field(alias="上")
    bottom: Length = Field(alias="下")
    left: Length = Field(alias="左")
    right: Length = Field(alias="右")

    @property
    def type_area(self) -> int:
        """The width of the type area (版心)."""
        return self.width - self.left - self.right


class Grid(_Part):
    """How text fills the type area: characters a line, line pitch, tracking, indent in characters."""

    characters: Span = Field(alias="每行字数")
    pitch: Length = Field(alias="行距")
    tracking: Length = Field(alias="字距")
    indent: Span = Field(alias="首行缩进")


class Face(_Part):
    """A font (East Asian and Latin alike), its size, and a line pitch where it is not the body's."""

    font: Word = Field(alias="字体")
    size: Length = Field(alias="字号")
    pitch: Length | None = Field(None, alias="行距")


class PageNumber(Face):
    """The page number — 1 —: outside or centred, so far below the type area."""

    place: Annotated[Literal["外侧", "居中"], BeforeValidator(one_of("外侧", "居中"))] = Field("外侧", alias="位置")
    distance: Length = Field(alias="距版心")


class Layout(_Part):
    """One bureau's rules."""

    description: Word = Field("", alias="说明")
    page: Page = Field(alias="页面")
    grid: Grid = Field(alias="版心")
    body: Face = Field(alias="正文")
    title: Face = Field(alias="标题")
    subtitle: Face = Field(alias="副标题")
    heading1: Face = Field(alias="一级标题")
    heading2: Face = Field(alias="二级标题")
    heading3: Face = Field(alias="三级标题")
    heading4: Face = Field(alias="四级标题")
    attachment: Face = Field(alias="附件标签")
    table: Face = Field(alias="表格")
    table_header: Face = Field(alias="表头")
    page_number: PageNumber = Field(alias="页码")

    @property
    def headings(self) -> tuple[Face, Face, Face, Face]:
        """The faces of heading levels 1 to 4."""
        return self.heading1, self.heading2, self.heading3, self.heading4

    def characters(self, count: float) -> int:
        """Return the width of so many body characters, in twips."""
        return round(count * self.page.type_area / self.grid.characters)


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
