"""A key of the format, declared once at its field: what editors say of it, an example, whether 继承 passes it on."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

PASSES, OF_TEXT, EXAMPLE = "passes", "of_text", "example"


def key(
    name: str,
    description: str,
    default: Any = ...,
    *,
    example: str = "",
    passes: bool | str = False,
    of_text: bool = False,
) -> Any:
    """Declare a key: its name and its description in Chinese; without a default it must be written.

    The example is a value as it stands in a file. A report passes the key on to those laid over it where that is said
    here, or where it says the one word given here. What is ``of_text`` a county that sums its townships says for
    itself: they have a text of their own.
    """
    extra: dict[str, Any] = {EXAMPLE: example, PASSES: passes, OF_TEXT: of_text}
    return Field(default, alias=name, description=description, json_schema_extra=extra)


def examples(model: type[BaseModel]) -> dict[str, str]:
    """Return for each key of a model a value, as it stands in a file."""
    return {name: str(extra[EXAMPLE]) for name, extra in _extras(model).items()}


def passing(model: type[BaseModel]) -> dict[str, bool | str]:
    """Return for each key of a model whether it passes on: yes, no, or where it says this word."""
    return {name: extra[PASSES] for name, extra in _extras(model).items()}


def of_text(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys of a model that are its text, in their order."""
    return tuple(name for name, extra in _extras(model).items() if extra[OF_TEXT])


def _extras(model: type[BaseModel]) -> dict[str, dict[str, Any]]:
    extras = {field.alias or name: field.json_schema_extra for name, field in model.model_fields.items()}
    return {name: extra for name, extra in extras.items() if isinstance(extra, dict)}
