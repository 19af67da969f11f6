"""Modules that libraries import at their top and a run does not use."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

# typer asks for a shell's completion, shutil for archives, pathlib for addresses, jinja2 for a filter, pydantic for
# what packages say of themselves: together a twentieth of the work for one document.
UNUSED = ("platform", "subprocess", "shellingham", "bz2", "lzma", "ipaddress", "json", "importlib.metadata._adapters")


class _Late(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def late(*names: str) -> None:
    """Let modules be imported when something of them is first asked for: ``import platform; platform.node()``."""
    for name in names:
        sys.modules.setdefault(name, _Late(name))
