"""What is made once and kept by the object it is made of: it goes when that goes, and another one starts afresh."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_Owner = TypeVar("_Owner")
_Key = TypeVarTuple("_Key")
_Made = TypeVar("_Made")


class Kept:
    """Memoises a function, for each first argument apart: no more than ``most`` things, the oldest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most

    def __call__(self, make: Callable[[_Owner, *_Key], _Made]) -> Callable[[_Owner, *_Key], _Made]:
        """Return the function with a memory."""
        name = f"kept by {make.__module__}.{make.__qualname__}"
        most = self._most

        @wraps(make)
        def get(owner: _Owner, *key: *_Key) -> _Made:
            memory: dict[Any, Any] = owner.__dict__.setdefault(name, {})
            made = memory.get(key)  # once: a key may be long to hash
            if made is None:
                made = make(owner, *key)
                if len(memory) >= most:
                    del memory[next(iter(memory))]
                memory[key] = made
            return made

        return get
