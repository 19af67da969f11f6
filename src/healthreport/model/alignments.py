"""对齐: how the columns of a table are aligned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from healthreport.model.validating.annotations import Read
from healthreport.model.validating.types import mistake, one_of
from healthreport.reading.yaml.nodes import Sequence

ALIGNMENTS = ("左", "居中", "右")
_SCHEMA: dict[str, Any] = {
    "anyOf": [{"enum": [*ALIGNMENTS]}, {"type": "array", "items": {"enum": [*ALIGNMENTS]}, "minItems": 1}]
}


def _read(value: object) -> tuple[str, ...]:
    """Read a word for each column, or one for all of them."""
    items: Iterable[object] = value if isinstance(value, Sequence) else [value]
    return tuple(one_of(*ALIGNMENTS)(item) for item in items)


Alignments = Annotated[tuple[str, ...], Read(_read, _SCHEMA)]


def bad_alignments(aligned: tuple[str, ...], columns: int) -> PydanticCustomError | None:
    """Return the error of 对齐 that says something of another number of columns."""
    if len(aligned) in {0, 1, columns}:
        return None
    message = f"对齐应是{columns}个词，一列一个，这里有{len(aligned)}个"
    return mistake("bad-alignments", message, ("对齐",), hint="例如“对齐: [左, 居中, 右]”；各列一样的只写一个。")
