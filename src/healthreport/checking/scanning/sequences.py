"""Numbers in a row: which of them is left out, said twice, or out of its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A number that comes again as far behind belongs elsewhere.
_FAR = 100
_DIGITS = "零一二三四五六七八九"


class Fault(NamedTuple):
    """What is wrong at one of the numbers; ``kind`` is 缺, 重 or 乱. Where ``is_sure``, the ``wanted`` one fits."""

    order: int
    kind: str
    wanted: int
    is_sure: bool = False


def faults(numbers: Sequence[int]) -> Iterator[Fault]:
    """Yield what is wrong: 1 2 4 lacks 3, 1 2 2 says 2 twice, 1 3 2 is out of order, in 1 2 8 4 the 8 should be 3."""
    last = numbers[0]
    skip = False
    for index, number in enumerate(numbers[1:], 1):
        wanted, following = last + 1, numbers[index + 1] if index + 1 < len(numbers) else 0
        if skip or number == wanted:
            last, skip = max(number, last), False
        elif following == wanted + 1:
            yield Fault(
                index, "重" if number == last else "乱", wanted, is_sure=number not in numbers[index + 1 : index + _FAR]
            )
            last = wanted
        elif number == last:
            yield Fault(index, "重", wanted)
        elif number < last:
            yield Fault(index, "乱", wanted)
        elif following == wanted:
            yield Fault(index, "乱", wanted)
            last, skip = number, True
        else:
            yield Fault(index, "缺", wanted)
            last = number


def chinese(words: str) -> int:
    """Read a number up to 99 in Chinese digits; 0 where it is none: ``二十三`` → 23."""
    if words in _DIGITS:
        return _DIGITS.index(words)
    tens, ten, ones = words.partition("十")
    if not ten or (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return 0
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def written(number: int) -> str:
    """Write a number up to 99 in Chinese digits."""
    tens, ones = divmod(number, 10)
    front = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return front + (_DIGITS[ones] if ones else "")
