"""Which fonts are installed: the families that font files name, in whatever folders this system keeps them.

Nobody is asked but the files themselves, in the way all systems have in common (OpenType 1.9, ``name``).
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

ON_WINDOWS = os.name == "nt"
_SUFFIXES = (".ttf", ".ttc", ".otf", ".otc")
_FAMILIES = (1, 16)  # ids of names: the family, and the family that several styles share
_LARGEST_TABLE = 1_000_000
_COLLECTION = b"ttcf"


def folders() -> list[Path]:
    """Return where this system keeps fonts, for all users and for this one."""
    home = Path.home()
    if ON_WINDOWS:
        own = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", own / "Microsoft" / "Windows" / "Fonts"]
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/System/Library/Fonts")]
    return [*shared, Path("/Library/Fonts"), home / "Library" / "Fonts", home / ".local/share/fonts", home / ".fonts"]


def families(places: list[Path]) -> set[str]:
    """Return the families of all fonts in some folders; a file that cannot be read has none."""
    found: set[str] = set()
    for path in (path for place in places for path in place.rglob("*") if path.suffix.lower() in _SUFFIXES):
        try:
            with open(path, "rb") as stream:
                found.update(_families(stream))
        except (OSError, struct.error):
            continue
    return found


def _families(stream: BinaryIO) -> Iterator[str]:
    """Yield the families of all fonts of a file."""
    for start in _starts(stream):
        stream.seek(start)
        _, tables = _unpack(stream, ">LH6x")
        for _ in range(tables):
            tag, _, offset, length = _unpack(stream, ">4sLLL")
            if tag == b"name":
                stream.seek(offset)
                yield from _named(stream.read(min(length, _LARGEST_TABLE)))
                break


def _starts(stream: BinaryIO) -> tuple[int, ...]:
    """Return where the fonts of a file begin: a collection has several."""
    if stream.read(4) != _COLLECTION:
        return (0,)
    _, count = _unpack(stream, ">LL")
    return _unpack(stream, f">{min(count, _LARGEST_TABLE // 4)}L")


def _named(table: bytes) -> Iterator[str]:
    """Yield the families in a table of names."""
    count, strings = struct.unpack_from(">2xHH", table)
    for number in range(count):
        platform, _, _, kind, length, offset = struct.unpack_from(">6H", table, 6 + 12 * number)
        if kind in _FAMILIES:
            data = table[strings + offset : strings + offset + length]
            yield data.decode("mac-roman" if platform == 1 else "utf-16-be", errors="replace")


def _unpack(stream: BinaryIO, layout: str) -> tuple[Any, ...]:
    return struct.unpack(layout, stream.read(struct.calcsize(layout)))
