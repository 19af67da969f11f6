"""Whether parts are all there are, and whether they are apart from one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import (
    Figure,
)
from healthreport.checking.figures.sentences.parts import Chain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from healthreport.checking.figures.words import FigureCues


_ANTONYMS = [
    {*pair}
    for pair in (
        "增减",
        "升降",
        "进出",
        "新旧",
        "大小",
        "上下",
        "内外",
        "男女",
        "东西",
        "南北",
        "正副",
        "公私",
        "早晚",
        "有无",
    )
]


_SAYS_OF_SOME = ("的", "以上", "以下", "以内")


def exhausts(whole: Figure, chain: Chain, cues: FigureCues) -> bool:
    """Say whether parts are all there are: one is 其他, or the words are opposites, or the list looks complete."""
    names = [_name(part, cues) for part in chain.parts]
    if any(cues["<其余>"].search(name) for name in names) or _complement(names, cues):
        return True
    if cues["分解|分配|下达|组成|构成|分为|分成|即"].search(chain.intro):
        return True
    told = cues["<其中>"].search(chain.intro)
    if chain.is_bracketed and not told:
        return True
    by_digit = near(whole, chain.parts)
    if cues["<分完>"].search(chain.intro):
        return bool(cues["<总的>|<合计>"].search(whole.clause)) or by_digit
    if len(names) < 3:
        return by_digit and _opposites(names)
    summed = bool(cues["<总的>|<合计>"].search(whole.clause))
    return (_parallel(names) and (summed or by_digit)) or (summed and by_digit)


def apart(whole: Figure, chain: Chain, cues: FigureCues) -> bool:
    """Say whether nothing can be two of the parts."""
    names = [_name(part, cues) for part in chain.parts]
    if any(cues["<其余>"].search(name) for name in names) or _complement(names, cues):
        return True
    if cues["分解|分配|下达|组成|构成|分为|分成|即"].search(chain.intro):
        return True
    listed = "：" in chain.intro and not cues["<其中>"].search(chain.intro) and near(whole, chain.parts)
    if may_overlap(names, cues) and not listed:
        return False
    return (
        whole.unit == "元" or _parallel(names) or listed or (len(names) > 2 and near(whole, chain.parts))
        or (chain.is_bracketed and not cues["<其中>"].search(chain.intro))
    )  # fmt: skip


def may_overlap(names: Sequence[str], cues: FigureCues) -> bool:
    """Say whether somebody may be in two of the parts: women and doctors, but not bachelors and masters."""
    if any(cues["<重叠>"].search(name) for name in names):
        return True
    counts = [sum(any(word in name for word in words) for name in names) for words in cues.classes]
    return any(0 < count < len(names) for count in counts)


def _name(part: Figure, cues: FigureCues) -> str:
    """Return what a part is called, without what introduces the list."""
    return cues["^.*?<其中>(?:有)?|^.*[：:]|^.*[）)]"].sub("", part.clause).strip("、，有为 ")


def _complement(names: Sequence[str], cues: FigureCues) -> bool:
    """Say whether names are the parts of one whole: 男、女, or X、不X."""
    if len(names) == 2 and _opposites(names):
        return True
    together = "\n".join(names)
    for words in cues.complements:
        if len(words) == len(names) and all(word in together for word in words):
            return words != ("门诊", "住院")
    return False


def _opposites(names: Sequence[str]) -> bool:
    first, second = names
    pairs = [{one, other} for one, other in zip(first, second, strict=False) if one != other]
    if len(first) == len(second) and len(pairs) == 1 and pairs[0] in _ANTONYMS:
        return True
    return any(second in (mark + first, mark + first[1:]) or first == mark + second for mark in "不未非无") and bool(
        first and second
    )


def _parallel(names: Sequence[str]) -> bool:
    """Say whether names are of one make: 县级、乡镇级、村级; 甲镇、乙镇; not 公有的、统管的, 大专以上、中级以上."""
    if any(name.endswith(_SAYS_OF_SOME) for name in names):
        return False
    return all(names) and len({name[-1] for name in names}) == 1 and len({*names}) == len(names)


def near(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Say whether one digit that was mistyped, or two that changed places, explain what is off."""
    off = sum((part.value for part in parts), -whole.value)
    return any(is_slip(figure, figure.value + sign * off) for sign, figure in ((1, whole), *((-1, p) for p in parts)))


def is_slip(figure: Figure, value: Fraction) -> bool:
    """Say whether a figure is another value but for one digit, or for two that changed places."""
    if value <= 0 or (value / figure.step).denominator != 1:
        return False
    one, other = str(int(figure.value / figure.step)), str(int(value / figure.step))
    if len(one) != len(other):
        return False
    off = [at for at, digit in enumerate(one) if digit != other[at]]
    swapped = len(off) == 2 and off[1] == off[0] + 1 and one[off[0]] + one[off[1]] == other[off[1]] + other[off[0]]
    return len(off) == 1 or swapped
