"""A key of the format, declared once at its field: what users call it and what editors say of it."""

from __future__ import annotations

from typing import Any

from pydantic import Field


def key(name: str, description: str, default: Any = ...) -> Any:
    """Declare a key: its name and its description in Chinese; without a default it must be written."""
    return Field(default, alias=name, description=description)
