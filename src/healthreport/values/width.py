"""How wide text is: one for a Chinese character, a half for an ASCII letter or digit."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_WIDE = frozenset("WFA")


@lru_cache(maxsize=8192)
def width(text: str) -> float:
    """Return the width in Chinese characters; ambiguous marks (“—…”) count as wide, as Chinese fonts set them."""
    if text.isascii():
        return len(text) / 2
    wide = sum(map(_WIDE.__contains__, map(unicodedata.east_asian_width, text)))
    return (len(text) + wide) / 2
