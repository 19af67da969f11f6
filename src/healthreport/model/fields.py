"""A key of the format, declared once at its field: its name, what editors say of it, whether 继承 passes it on."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

PASSES, OF_TEXT = "passes", "of_text"


def key(name: str, description: str, default: Any = ..., *, passes: bool | str = False, of_text: bool = False) -> Any:
    """Declare a key: its name and its description in Chinese; without a default it must be written.

    A report passes it on to those laid over it where that is said here, or where it says the one word given here.
    What is ``of_text`` a county that sums its townships says for itself: they have a text of their own.
    """
    extra: dict[str, Any] | None = {PASSES: passes, OF_TEXT: of_text} if passes else None
    return Field(default, alias=name, description=description, json_schema_extra=extra)


def passing(model: type[BaseModel]) -> dict[str, bool | str]:
    """Return for each key of a model whether it passes on: yes, no, or where it says this word."""
    found: dict[str, bool | str] = {}
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        passes = extra[PASSES] if isinstance(extra, dict) else False
        assert isinstance(passes, bool | str)
        found[field.alias or name] = passes
    return found


def of_text(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys of a model that are its text, in their order."""
    extras = {field.alias or name: field.json_schema_extra for name, field in model.model_fields.items()}
    return tuple(name for name, extra in extras.items() if isinstance(extra, dict) and extra[OF_TEXT])
