"""What pydantic is told of a value beside its type: how it is read, and what editors are told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import CoreSchema, core_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler


class OneOrMore:
    """Tells editors that one value may stand for a list of one."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema of the list, or of one of its items."""
        listed = handler(core)
        return {"anyOf": [listed, listed["items"]]}


class Before:
    """Passes a node through a function before it is read.

    pydantic's own BeforeValidator looks at the function's parameters, wherever a type with one is used.
    """

    def __init__(self, look: Callable[[Any], object]) -> None:
        self._look = look

    def __get_pydantic_core_schema__(self, kind: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the type, the function before it."""
        return core_schema.no_info_before_validator_function(self._look, handler(kind))


class Read:
    """Reads a node with a function, whatever type that returns; editors are told the JSON Schema.

    pydantic's own PlainValidator also works out how that type would be written, which nobody asks for.
    """

    def __init__(self, read: Callable[[object], object], schema: dict[str, Any]) -> None:
        self._read = read
        self._schema = schema

    def __get_pydantic_core_schema__(self, kind: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the function alone."""
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return what editors are told."""
        return dict(self._schema)
