"""A rise that is called a fall, and the other way: 由58.3%下降到63%, 下降-4.5%."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from healthreport.checking.figures.changes.growth import GROWTH
from healthreport.checking.figures.changes.pairs import from_to
from healthreport.checking.figures.figure import Line, Mismatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.figures.words import FigureCues

_FALLS = re.compile(r"(?:下降|降低|减少|回落|下滑|缩减|缩短|缩小|压缩|压减|下调|[降减缩])[到至为](?:了|约)?$")
_RISES = re.compile(r"(?:增加|增长|提高|提升|上升|上涨|扩大|延长|上调|攀升|[增升])[到至为](?:了|约)?$")
# Of ranks and grades the lower is the higher: 由第5位上升到第3位, 由三级升为二级.
_RANKS = frozenset({"名", "位", "级", "名次", "位次", "等"})
NEGATIVE = re.compile(r"(?:下降|减少|降低|回落|下滑)了?([-−－]\d[\d,]*(?:\.\d+)?)")


def find(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Yield the figures that something is said to have fallen to although it rose, and the other way."""
    for old, new in pairwise(line.figures):
        if new.value == old.value or new.said in _RANKS or not new.unit or not from_to(old, new, cues):
            continue
        said = (_FALLS if new.value > old.value else _RISES).search(new.lead)
        if said:
            way = "高" if new.value > old.value else "低"
            what = f"{line.words(new)}比{line.words(old)}{way}，文中写的是“{said[0]}”。"
            yield Mismatch(GROWTH, line, new, what, "增减的方向反了，请核对。", (old,))
