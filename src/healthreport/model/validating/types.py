"""How a scalar of the tree becomes a value of the model."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from healthreport.model.validating import text
from healthreport.model.validating.text import Text, Todo, UnpairedError
from healthreport.reading.yaml.misread import quoted, swallowed
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence
from healthreport.values import numbering_styles, scalars

if TYPE_CHECKING:
    from healthreport.diagnostics import Diagnostic

MISTYPED_COLON = "mistyped-colon"  # told as full-width-colon or no-space-after-colon, at the colon


class Model(BaseModel):
    """Frozen, and strict about keys: a misspelt key is an error, never ignored."""

    # Only the report's own validator is ever built, with all the others inside it.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _name_blank_keys(cls, value: object) -> object:
        """Let an unknown key without a value be an error too: the tree leaves it out as missing."""
        if isinstance(value, Mapping) and len(value) != len(value.keys_at):
            known = {field.alias for field in cls.model_fields.values()}
            unknown = {key: at for key, at in value.keys_at.items() if key not in value and key not in known}
            if unknown:
                named = Mapping(value.source, value.start, value.end)
                named.update(value)
                named.update(unknown)
                named.keys_at = value.keys_at
                return named
        return value

    @model_validator(mode="before")
    @classmethod
    def _refuse_swallowed_keys(cls, value: object) -> object:
        """Refuse ``{标题: 甲，内容：乙}``: the key would be printed as a part of the title."""
        if isinstance(value, Mapping) and value.source.text.startswith("{", value.start):
            for key, node in value.items():
                if isinstance(node, Scalar) and swallowed(node, _keys_of(cls)):
                    raise mistake("full-width-comma", "这里的逗号不是半角的", (key,))
        return value


@cache
def _keys_of(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(field.alias for field in model.model_fields.values() if field.alias)


class Nothing:
    """What ``无`` says: this part is left out on purpose. It is false and prints as nothing."""

    def __bool__(self) -> bool:
        return False

    def __html__(self) -> str:
        return ""


NOTHING: Final = Nothing()


def mistake(kind: str, message: str, at: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """Return a validation error with a Chinese message, at a place below the value, if given."""
    return PydanticCustomError(kind, "{message}", {"message": message, "at": at})


def told(problems: list[Diagnostic]) -> PydanticCustomError:
    """Return a validation error that is told in these words, at their places."""
    return PydanticCustomError("told", "{found}", {"found": problems})


def _scalar(value: object) -> Scalar:
    if isinstance(value, Scalar):
        return value
    raise mistake("not-a-text", "这里应写一段文字")


def text_of(value: object) -> Text:
    """Return the text of a scalar, empty or not."""
    try:
        return text.read(_scalar(value))
    except UnpairedError as wrong:
        raise told(wrong.problems) from None


def _some_text(value: object) -> Text:
    if not _scalar(value).value:
        raise mistake("empty-item", "这一条是空的，请补上文字，或删去这一行")
    return text_of(value)


def _text_or_nothing(value: object) -> Text | Nothing:
    return NOTHING if _scalar(value).value == "无" else _some_text(value)


def _date_or_text(value: object) -> Text | datetime.date:
    try:
        return scalars.read_date(_scalar(value).value)
    except ValueError:
        return _some_text(value)


def unquoted(value: object) -> object:
    """Refuse Chinese quotes around a name or a word: they would be a part of it."""
    if isinstance(value, Scalar) and quoted(value):
        raise mistake("full-width-quotes", "值的外面是中文引号，会成为文字的一部分")
    return value


def _read_with(reader: Callable[[str], Any], kind: str) -> Callable[[object], Any]:
    def read(value: object) -> Any:
        try:
            return reader(_scalar(unquoted(value)).value)
        except ValueError as wrong:
            raise mistake(kind, str(wrong)) from None

    return read


def _as_list(value: object) -> object:
    """One may stand for a list of one."""
    return value if isinstance(value, Sequence) else [value]


def listed(value: object) -> object:
    """Refuse what is not a list."""
    if not isinstance(value, Sequence):
        raise mistake("not-a-list", "这里应写成列表，每条一行，以“- ”开头")
    return value


def some(value: object) -> object:
    """Refuse what is not a list, or an empty one."""
    if not listed(value):
        raise mistake("empty-list", "这里至少要写一条")
    return value


def _list_of_labels(value: object) -> object:
    if isinstance(value, Mapping):
        raise mistake("numbering-style", "这里应写编号样式的列表，如[一、, （一）, 1.]")
    return _as_list(value)


def _plain(value: object) -> str:
    return _scalar(unquoted(value)).value


# What editors are told of a value as it stands in the file (JSON Schema). YAML gives them numbers and
# truth values where the model reads text.
WORDS: Final[dict[str, Any]] = {"type": ["string", "number"]}
_FLAG: Final[dict[str, Any]] = {"enum": ["是", "否", True, False]}
_DAY: Final[dict[str, Any]] = {"type": "string", "examples": ["2022-12-30", "2022年12月30日"]}


class OneOrMore:
    """Tells editors that one value may stand for a list of one."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema of the list, or of one of its items."""
        listed = handler(core)
        return {"anyOf": [listed, listed["items"]]}


def _as(schema: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema(schema)


AnyText = Annotated[Text, PlainValidator(_some_text), _as(WORDS)]
Cell = Annotated[Text, PlainValidator(text_of), _as({"type": ["string", "number", "null"]})]
TextOrNothing = Annotated[Text | Nothing, PlainValidator(_text_or_nothing), _as(WORDS)]
DateOrText = Annotated[Text | datetime.date, PlainValidator(_date_or_text), _as(WORDS)]
Word = Annotated[str, PlainValidator(_plain), _as(WORDS)]
Year = Annotated[int, PlainValidator(_read_with(scalars.read_year, "bad-year")), _as(WORDS)]
Day = Annotated[datetime.date, PlainValidator(_read_with(scalars.read_date, "bad-date")), _as(_DAY)]
Flag = Annotated[bool, PlainValidator(_read_with(scalars.read_bool, "bad-flag")), _as(_FLAG)]
Number = Annotated[Decimal, PlainValidator(_read_with(scalars.read_number, "bad-number")), _as(WORDS)]
Span = Annotated[int, PlainValidator(_read_with(scalars.read_count, "bad-count")), _as(WORDS)]
Length = Annotated[int, PlainValidator(_read_with(scalars.read_length, "bad-length")), _as({"type": "string"})]
_read_style = _read_with(numbering_styles.style, "numbering-style")
Style = Annotated[numbering_styles.Style, PlainValidator(_read_style), _as(WORDS)]
Styles = Annotated[tuple[Style, ...], BeforeValidator(_list_of_labels), OneOrMore()]
Names = Annotated[tuple[AnyText, ...], BeforeValidator(_as_list), OneOrMore()]


def _run_in(value: object) -> object:
    """``接排: 是`` is for the section itself; ``接排: [（一）]`` for all headings of that level."""
    if isinstance(value, Scalar):
        try:
            return scalars.read_bool(value.value)
        except ValueError:
            pass
    items = value if isinstance(value, Sequence) else [value]
    return tuple(_read_with(numbering_styles.style, "numbering-style")(item) for item in items)


_LABELS: Final[dict[str, Any]] = {"anyOf": [_FLAG, WORDS, {"type": "array", "items": WORDS}]}
RunIn = Annotated[bool | tuple[numbering_styles.Style, ...], PlainValidator(_run_in), _as(_LABELS)]


def _todo(value: object) -> Todo | None:
    """``待补: 是``, or a suggested text for ``--draft``; both keep their place."""
    node = _scalar(value)
    try:
        return text.left_open(node) if scalars.read_bool(node.value) else None
    except ValueError:
        return text.suggested(_some_text(node))


LeftOpen = Annotated[Todo | None, PlainValidator(_todo)]


def one_of(*choices: str) -> Callable[[object], str]:
    """Return a reader that takes one of a few words."""

    def read(value: object) -> str:
        word = _scalar(value).value
        if word not in choices:
            raise mistake("not-a-choice", f"{scalars.quoted(word)}不在可选的“{'”“'.join(choices)}”之中")
        return word

    return read
