"""Traditional characters with their pinyin in brackets (``衛(wèi)生``), as some sites disguise their texts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from healthreport.recognising.cleaning.changes import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable

_PINYIN = "a-zɑāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜêńňǹḿ"
_MARKED = re.compile(rf"(?<=[\u3400-\u9fff])\(([{_PINYIN}]{{1,6}})\)")
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_FEWEST = 5


def is_marked(texts: Iterable[str]) -> bool:
    """Say whether pinyin stands behind characters so often that it cannot be a person's explanation."""
    times = 0
    for text in texts:
        times += sum(_TONE.search(match[1]) is not None for match in _MARKED.finditer(text))
        if times >= _FEWEST:
            return True
    return False


def pinyin(text: str) -> list[Edit]:
    """Return what takes out the pinyin behind characters."""
    return [Edit(match.start(), match.end(), "") for match in _MARKED.finditer(text)]


def edits(text: str) -> list[Edit]:
    """Return what makes a text simplified, without its pinyin."""
    removed = pinyin(text)
    if not removed and _simplified(text) == text:
        return []
    gone = {at for edit in removed for at in range(edit.start, edit.end)}
    kept = [at for at in range(len(text)) if at not in gone]
    old = "".join([text[at] for at in kept])
    changed = [Edit(at, at + 1, new) for at, char, new in zip(kept, old, _simplified(old), strict=True) if char != new]
    return sorted([*removed, *changed])


def _simplified(text: str) -> str:
    """Return a text in simplified characters, one for each."""
    simplified = str(_converter().convert(text))
    return simplified if len(simplified) == len(text) else "".join(map(_converter().convert, text))


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
