"""How a scalar of the tree becomes a value of the model."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from healthreport.model.validating import text
from healthreport.model.validating.annotations import Before, OneOrMore, Read
from healthreport.model.validating.text import Text, Todo, UnpairedError
from healthreport.reading.yaml.look_alikes import is_mistyped
from healthreport.reading.yaml.misread import quoted, swallowed, why_text
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence
from healthreport.values import numbering_styles, scalars

if TYPE_CHECKING:
    from healthreport.diagnostics import Diagnostic


class Model(BaseModel):
    """Frozen, and strict about keys: a misspelt key is an error, never ignored."""

    # Only the report's own validator is ever built, with all the others inside it.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _look_at_keys(cls, value: object) -> object:
        """Look at the keys before their values: one validator, for pydantic sets up each of them in every model."""
        if not isinstance(value, Mapping):
            return value
        if value.source.text.startswith("{", value.start):
            _refuse_swallowed_keys(value, _keys_of(cls))
        return value if len(value) == len(value.keys_at) else _with_unknown_keys(value, _keys_of(cls))


@cache
def _keys_of(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(field.alias for field in model.model_fields.values() if field.alias)


def _refuse_swallowed_keys(value: Mapping, known: frozenset[str]) -> None:
    """Refuse ``{标题: 甲，内容：乙}``: the key would be printed as a part of the title."""
    for node in value.values():
        if isinstance(node, Scalar) and (found := swallowed(node, known)):
            raise told([found])


def _with_unknown_keys(value: Mapping, known: frozenset[str]) -> Mapping:
    """Let an unknown key without a value be an error too: the tree leaves it out as missing."""
    unknown = {key: at for key, at in value.keys_at.items() if key not in value and key not in known}
    if not unknown:
        return value
    named = Mapping(value.source, value.start, value.end)
    named.update(value)
    named.update(unknown)
    named.keys_at = value.keys_at
    return named


class _Context(dict[str, int | str | float]):
    """What stands beside the message of a union's error; :mod:`typing` wants to hash what unions are made of."""

    __hash__ = object.__hash__  # type: ignore[assignment]


def told_apart(
    choose: Callable[[object], str | None], kind: str, message: str, *, hint: str, **more: str
) -> Discriminator:
    """Choose a member of a union by the tag that ``choose`` returns; what has none is a mistake."""
    return Discriminator(choose, kind, message, _Context({**more, "hint": hint}))


class Nothing:
    """What ``无`` says: this part is left out on purpose. It is false and prints as nothing."""

    def __bool__(self) -> bool:
        return False

    def __html__(self) -> str:
        return ""


NOTHING: Final = Nothing()


# The way out of mistakes that are met in several places.
WRITE_A_TEXT = "请去掉方括号、花括号和换行的“- ”，直接写文字。"
WRITE_A_LIST = "例如另起一行写“- 第一条”。"
WRITE_A_NUMBER = "请写成数，如1059、62.2；遮盖的数用*代替数字。"
CHOOSE_ONE = "请改成其中之一，或删去这一行。"
_WRITE_A_LABEL = "照第一个序号的样子写，如“一、”“（一）”“1.”“（1）”“①”“一是”“第一，”“首先，”“——”。"


def mistake(kind: str, message: str, at: tuple[str | int, ...] = (), *, hint: str) -> PydanticCustomError:
    """Return a validation error with a Chinese message and the way out, at a place below the value, if given."""
    return PydanticCustomError(kind, "{message}", {"message": message, "at": at, "hint": hint})


def told(problems: list[Diagnostic]) -> PydanticCustomError:
    """Return a validation error that is told in these words, at their places."""
    return PydanticCustomError("told", "{found}", {"found": problems})


def _scalar(value: object) -> Scalar:
    if isinstance(value, Scalar):
        return value
    raise mistake("not-a-text", "这里应写一段文字", hint=WRITE_A_TEXT)


def text_of(value: object) -> Text:
    """Return the text of a scalar, empty or not."""
    try:
        return text.read(_scalar(value))
    except UnpairedError as wrong:
        raise told(wrong.problems) from None


def _some_text(value: object) -> Text:
    if not _scalar(value).value:
        raise mistake("empty-item", "这一条是空的，请补上文字，或删去这一行", hint="用不上就整行删去。")
    return text_of(value)


def _lasting_text(value: object) -> Text:
    """Return a text of which something is left, whatever its clauses lack."""
    found = _some_text(value)
    if found.is_only_clauses:
        message = "这里不能只有分句，它的数没有了，就什么也不剩"
        raise mistake("only-clauses", message, hint="请在“[[ ]]”外面写上总是要印的字。")
    return found


def _text_or_nothing(value: object) -> Text | Nothing:
    return NOTHING if _scalar(value).value == "无" else _lasting_text(value)


def _date_or_text(value: object) -> Text | datetime.date:
    try:
        return scalars.read_date(_scalar(value).value)
    except ValueError:
        return _lasting_text(value)


def unquoted(value: object) -> object:
    """Refuse Chinese quotes around a name or a word: they would be a part of it."""
    if isinstance(value, Scalar) and (found := quoted(value)):
        raise told([found])
    return value


def _read_with(reader: Callable[[str], Any], kind: str, hint: str) -> Callable[[object], Any]:
    def read(value: object) -> Any:
        try:
            return reader(_scalar(unquoted(value)).value)
        except ValueError as wrong:
            raise mistake(kind, str(wrong), hint=hint) from None

    return read


def _as_list(value: object) -> object:
    """One may stand for a list of one."""
    return value if isinstance(value, Sequence) else [value]


def listed(value: object) -> object:
    """Refuse what is not a list."""
    if not isinstance(value, Sequence):
        raise mistake("not-a-list", "这里应写成列表，每条一行，以“- ”开头", hint=WRITE_A_LIST)
    return value


def bad_widths(columns: int) -> PydanticCustomError:
    """Return the error of 列宽 that do not say of each column how wide it is."""
    message = f"列宽应是{columns}个大于0的数"
    return mistake("bad-widths", message, ("列宽",), hint="例如“列宽: [2, 1, 1]”，只看比例。")


def refuse_mistyped(keys: tuple[str, ...]) -> Callable[[object], object]:
    """Return what refuses ``- 引语：…``: with a wrong colon the key would be printed as text."""

    def check(value: object) -> object:
        if isinstance(value, Scalar) and value.style is None and is_mistyped(value.value, keys):
            found = why_text(value, None)
            assert found is not None
            raise told([found])
        return value

    return check


def some(value: object) -> object:
    """Refuse what is not a list, or an empty one."""
    if not listed(value):
        raise mistake("empty-list", "这里至少要写一条", hint="例如另起一行写“- 第一条”；用不上就整段删去。")
    return value


def _list_of_labels(value: object) -> object:
    if isinstance(value, Mapping):
        message = "这里应写编号样式的列表，如[一、, （一）, 1.]"
        raise mistake("numbering-style", message, hint=_WRITE_A_LABEL)
    return _as_list(value)


def _plain(value: object) -> str:
    return _scalar(unquoted(value)).value


# What editors are told of a value as it stands in the file (JSON Schema). YAML gives them numbers and
# truth values where the model reads text.
WORDS: Final[dict[str, Any]] = {"type": ["string", "number"]}
_FLAG: Final[dict[str, Any]] = {"enum": ["是", "否", True, False]}
_DAY: Final[dict[str, Any]] = {"type": "string", "examples": ["2022-12-30", "2022年12月30日"]}


AnyText = Annotated[Text, Read(_some_text, WORDS)]
LastingText = Annotated[Text, Read(_lasting_text, WORDS)]
Cell = Annotated[Text, Read(text_of, {"type": ["string", "number", "null"]})]
TextOrNothing = Annotated[Text | Nothing, Read(_text_or_nothing, WORDS)]
DateOrText = Annotated[Text | datetime.date, Read(_date_or_text, WORDS)]
Word = Annotated[str, Read(_plain, WORDS)]
_read_year = _read_with(scalars.read_year, "bad-year", "例如“年度: 2022”。")
_read_day = _read_with(scalars.read_date, "bad-date", "例如“日期: 2022-12-30”；日期未定可以先不写。")
_read_flag = _read_with(scalars.read_bool, "bad-flag", "例如“横排: 是”。")
_read_number = _read_with(scalars.read_number, "bad-number", WRITE_A_NUMBER)
_read_count = _read_with(scalars.read_count, "bad-count", "例如“每行字数: 28”。")
_read_length = _read_with(scalars.read_length, "bad-length", "例如“上: 37mm”。")
_read_extent = _read_with(scalars.read_extent, "bad-length", "例如“宽: 120mm”。")
_read_size = _read_with(scalars.read_size, "bad-size", "例如“字号: 三号”。")
_read_style = _read_with(numbering_styles.style, "numbering-style", _WRITE_A_LABEL)
Year = Annotated[int, Read(_read_year, WORDS)]
Day = Annotated[datetime.date, Read(_read_day, _DAY)]
Flag = Annotated[bool, Read(_read_flag, _FLAG)]
Number = Annotated[Decimal, Read(_read_number, WORDS)]
Span = Annotated[int, Read(_read_count, WORDS)]
Length = Annotated[int, Read(_read_length, {"type": "string"})]
Extent = Annotated[int, Read(_read_extent, {"type": "string"})]
Size = Annotated[int, Read(_read_size, {"type": "string"})]
Style = Annotated[numbering_styles.Style, Read(_read_style, WORDS)]
Styles = Annotated[tuple[Style, ...], Before(_list_of_labels), OneOrMore()]
Names = Annotated[tuple[AnyText, ...], Before(_as_list), OneOrMore()]


def _run_in(value: object) -> object:
    """``接排: 是`` is for the section itself; ``接排: [（一）]`` for all headings of that level."""
    if isinstance(value, Scalar):
        try:
            return scalars.read_bool(value.value)
        except ValueError:
            pass
    items = value if isinstance(value, Sequence) else [value]
    return tuple(_read_style(item) for item in items)


_LABELS: Final[dict[str, Any]] = {"anyOf": [_FLAG, WORDS, {"type": "array", "items": WORDS}]}
RunIn = Annotated[bool | tuple[numbering_styles.Style, ...], Read(_run_in, _LABELS)]


def _todo(value: object) -> Todo | None:
    """``待补: 是``, or a suggested text for ``--draft``; both keep their place."""
    node = _scalar(value)
    try:
        return text.left_open(node) if scalars.read_bool(node.value) else None
    except ValueError:
        return text.suggested(_some_text(node))


LeftOpen = Annotated[Todo | None, Read(_todo, {})]


def one_of(*choices: str) -> Callable[[object], str]:
    """Return a reader that takes one of a few words."""

    def read(value: object) -> str:
        word = _scalar(value).value
        if word not in choices:
            message = f"{scalars.quoted(word)}不在可选的“{'”“'.join(choices)}”之中"
            raise mistake("not-a-choice", message, hint=CHOOSE_ONE)
        return word

    return read


Unnumbered = Annotated[Literal["无"] | None, Before(one_of("无"))]
