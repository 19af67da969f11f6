"""Layout profiles: lengths, fonts and sizes as data, after GB/T 9704-2012."""

import re
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from healthreport.model.alignments import ALIGNMENTS
from healthreport.model.validating.types import Extent, Flag, Length, Size, Span, Word, mistake, one_of
from healthreport.reading.yaml.nodes import Sequence

_NUMBER = re.compile("([0-9]+)")
_NONE = "无"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Page(_Part):
    """The sheet and its margins, in twips.

    ``gutter`` is for binding, added to the left. ``mirrored`` margins change sides on even pages: 左 is the inner one.
    """

    width: Extent = Field(alias="宽")
    height: Extent = Field(alias="高")
    top: Extent = Field(alias="上")
    bottom: Extent = Field(alias="下")
    left: Extent = Field(alias="左")
    right: Extent = Field(alias="右")
    gutter: Length = Field(0, alias="装订线")
    mirrored: Flag = Field(False, alias="对称")

    @property
    def type_area(self) -> int:
        """The width of the type area (版心)."""
        return self.width - self.left - self.right - self.gutter

    @property
    def turned(self) -> int:
        """The width of the type area of a page that is turned, 横页."""
        return self.height - self.top - self.bottom


class Grid(_Part):
    """How text fills the type area: characters a line, line pitch, tracking, indent in characters."""

    characters: Span = Field(alias="每行字数")
    pitch: Extent = Field(alias="行距")
    tracking: Length = Field(alias="字距")
    indent: Span = Field(alias="首行缩进")


class Face(_Part):
    """A font, that of Latin letters and digits where it is another one, its size, and a pitch where it has its own."""

    font: Word = Field(alias="字体")
    latin: Word | None = Field(None, alias="西文字体")
    size: Size = Field(alias="字号")
    bold: Flag = Field(False, alias="加粗")
    pitch: Extent | None = Field(None, alias="行距")


Alignment = Annotated[Literal["左", "居中", "右"], BeforeValidator(one_of(*ALIGNMENTS))]


class TableFace(Face):
    """The face of a table's text; one whose numbers do not find room is set smaller, down to ``smallest``.

    Columns are aligned by what they hold: they count rows, they are numbers, short or long texts.
    """

    smallest: Size = Field(alias="最小字号")
    counting: Alignment = Field("居中", alias="序号对齐")
    numbers: Alignment = Field("右", alias="数对齐")
    short: Alignment = Field("居中", alias="短文字对齐")
    long: Alignment = Field("左", alias="长文字对齐")


def _page_number(sample: str) -> str:
    if sample != _NONE and len(_NUMBER.findall(sample)) not in (1, 2):
        message = "页码的样式里要有页码，还可以有总页数，都用阿拉伯数字"
        hint = "照第一页的样子写，如“— 1 —”“第1页 共9页”；不要页码就写“无”。"
        raise mistake("page-number-style", message, hint=hint)
    return sample


def _some(value: object) -> object:
    return value if isinstance(value, Sequence) else [value]


def _panose(said: str) -> str:
    if not re.fullmatch("[0-9A-F]{20}", said):
        raise mistake("bad-panose", "字形要写二十位十六进制数", hint="可以不写，Word 会自己找相近的字体。")
    return said


class PageNumber(Face):
    """The page number: outside or centred, so far below the type area, on the first page or not.

    ``sample`` is how it looks on the first page: — 1 —; a second number stands for that of all pages.
    """

    sample: Annotated[Word, AfterValidator(_page_number)] = Field("— 1 —", alias="样式")
    on_first_page: Flag = Field(True, alias="首页")
    place: Annotated[Literal["外侧", "居中"], BeforeValidator(one_of("外侧", "居中"))] = Field("外侧", alias="位置")
    distance: Length = Field(alias="距版心")

    @property
    def depth(self) -> int:
        """How far below the type area its line ends; the distance is that to its dash, above that end (measured)."""
        return self.distance + self.size * 6 // 10

    @property
    def pieces(self) -> list[str]:
        """The sample parted at its numbers, which are every second piece; none where there is no page number."""
        return [] if self.sample == _NONE else _NUMBER.split(self.sample)


class Font(_Part):
    """What a Word file says of a font, by which another one is taken where it is not installed (17.8)."""

    instead: Annotated[tuple[Word, ...], BeforeValidator(_some)] = Field((), alias="替代")
    panose: Annotated[Word, AfterValidator(_panose)] = Field("", alias="字形")
    latin: Flag = Field(False, alias="西文")
    fixed: Flag = Field(False, alias="等宽")


if TYPE_CHECKING:
    Fonts = tuple[tuple[str, Font], ...]
else:
    # A layout is a key of what is made with it, and no dict can be one.
    Fonts = Annotated[dict[str, Font], AfterValidator(lambda fonts: tuple(fonts.items()))]


class Layout(_Part):
    """One bureau's rules."""

    description: Word = Field("", alias="说明")
    latin: Word | None = Field(None, alias="西文字体")
    style_separator: Flag = Field(False, alias="样式分隔符")
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
    table: TableFace = Field(alias="表格")
    table_header: Face = Field(alias="表头")
    page_number: PageNumber = Field(alias="页码")
    fonts: Fonts = Field((), alias="字体表")

    @cached_property
    def _hash(self) -> int:
        return hash(tuple([getattr(self, name) for name in type(self).model_fields]))

    def __hash__(self) -> int:
        """Return the hash of all it says, found once: it is a key of what every document is made with."""
        return self._hash

    @property
    def headings(self) -> tuple[Face, Face, Face, Face]:
        """The faces of heading levels 1 to 4."""
        return self.heading1, self.heading2, self.heading3, self.heading4

    def latin_of(self, face: Face) -> str:
        """Return the font of a face's Latin letters and digits; that of the whole layout is not for page numbers."""
        if isinstance(face, PageNumber):
            return face.latin or face.font
        return face.latin or self.latin or face.font

    @property
    def faces(self) -> tuple[Face, ...]:
        """Every face of the layout."""
        return (
            *(self.body, self.title, self.subtitle, *self.headings, self.attachment),
            *(self.table, self.table_header, self.page_number),
        )

    def characters(self, count: float) -> int:
        """Return the width of so many body characters, in twips."""
        return round(count * self.page.type_area / self.grid.characters)
