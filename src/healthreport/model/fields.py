"""A key of the format, declared once at its field: its name, what editors say of it, whether 继承 passes it on."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

PASSES = "passes"


def key(name: str, description: str, default: Any = ..., *, passes: bool | str = False) -> Any:
    """Declare a key: its name and its description in Chinese; without a default it must be written.

    A report passes it on to those laid over it where that is said here, or where it says the one word given here.
    """
    return Field(default, alias=name, description=description, json_schema_extra={PASSES: passes} if passes else None)


def passing(model: type[BaseModel]) -> dict[str, bool | str]:
    """Return for each key of a model whether it passes on: yes, no, or where it says this word."""
    found: dict[str, bool | str] = {}
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        passes = extra[PASSES] if isinstance(extra, dict) else False
        assert isinstance(passes, bool | str)
        found[field.alias or name] = passes
    return found
