"""A file's name as it is typed on a command line."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# What no shell reads as anything but itself, Chinese marks among it.
_PLAIN = re.compile(r"[\w@%+=:,./\\-]|[^\x00-\x7f\s]")
_LIVE = frozenset('$`!"\\')


def typed(path: Path) -> str:
    """Return a path so that a shell takes it as one word, and a command not as an option.

    ``a b.yaml`` → ``"a b.yaml"``, which Windows reads, too; ``-x.yaml`` → ``./-x.yaml``.
    """
    text = str(path)
    text = f"./{text}" if text.startswith("-") else text
    if _PLAIN.sub("", text):
        return shlex.quote(text) if _LIVE & {*text} and "\\" not in text else f'"{text}"'
    return text
