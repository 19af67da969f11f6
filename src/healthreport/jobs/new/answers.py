"""What is typed at the questions of ``new``: units' names, sections by number, names of files that are free."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, error
from healthreport.jobs.new import files
from healthreport.values import scalars
from healthreport.writing import file_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST = 60
_MARKS = frozenset("（）()《》“”·、—-× \u3000")  # that stand in names, ×× where one is still to be told
_YEAR = re.compile(r"[\d〇零一二三四五六七八九]{2,4}年?度?")
_BETWEEN = re.compile(r"[,，、;；\s]+")
_TO = re.compile(r"(?<=\d)\s*[-~—–－～−至到]+\s*(?=\d)")
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")


def unit(name: str) -> str:
    """Return the name of a unit. Raises :class:`HealthReportError` for what cannot be one: a year, a file, marks."""
    wrong = _wrong(name)
    if wrong:
        hint = "例如 青石镇卫生院；直接回车就先用“××”占位。"
        raise error("bad-value", f"“{name}”不像单位的名称：{wrong}。", Position("单位"), hint=hint)
    return name


def _wrong(name: str) -> str:
    strange = "".join(dict.fromkeys(char for char in name if not char.isalnum() and char not in _MARKS))
    if _YEAR.fullmatch(name):
        return "这是年份"
    if strange:
        return f"名称里没有“{strange}”这样的字符" if strange.isprintable() else "里面有控制字符"
    if sum(unicodedata.category(char).startswith("L") for char in name) < 2:
        return "至少要有两个字"
    return f"太长，最多{_LONGEST}个字" if len(name) > _LONGEST else ""


def year(typed: str) -> int:
    """Return a year. Raises :class:`HealthReportError` for what is none."""
    try:
        return scalars.read_year(typed)
    except ValueError as wrong:
        raise error("bad-value", f"{wrong}。", Position("年度"), hint="直接回车就用方括号里的。") from None


def sections(typed: str, names: Sequence[str]) -> list[str]:
    """Return the words for sections of an answer; ``1,3-5`` are the first and the third to the fifth of the names.

    Raises :class:`HealthReportError` with every number that none has.
    """
    chosen: list[str] = []
    problems: list[Diagnostic] = []
    for word in filter(None, _BETWEEN.split(_TO.sub("-", typed))):
        match = _RANGE.fullmatch(word)
        if match is None:
            chosen.append(word)
            continue
        first, last = int(match[1]), int(match[2] or match[1])
        numbers = range(first, last + 1) if first <= last else range(first, last - 1, -1)
        if min(first, last) < 1 or max(first, last) > len(names):
            hint = f"请写1—{len(names)}的序号。"
            problems.append(Diagnostic("unknown-section", f"没有“{word}”这个序号。", Position("章节"), hint=hint))
        else:
            chosen += [names[number - 1] for number in numbers]
    if problems:
        raise HealthReportError(problems)
    return chosen


def numbered(chosen: Sequence[str], names: Sequence[str]) -> str:
    """Return sections by their numbers, as :func:`sections` reads them: ``1-3,6``."""
    return ",".join(_runs([names.index(name) + 1 for name in chosen]))


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    at = 0
    while at < len(numbers):
        end = at
        while end + 1 < len(numbers) and numbers[end + 1] == numbers[end] + 1:
            end += 1
        yield str(numbers[at]) if end == at else f"{numbers[at]}-{numbers[end]}"
        at = end + 1


def free(path: Path) -> Path:
    """Return a path, or the first one like it that nothing has yet: ``2022-2.yaml``."""
    others = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(name for name in chain([path], others) if not _is_there(name))


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def new_file(typed: str, name: str) -> Path:
    """Return where a new report goes; what is a folder takes the usual name.

    Raises :class:`HealthReportError` for what Windows takes for no name, another ending, and a file that is there.
    """
    path = Path(typed)
    file_names.refuse(path)
    target = files.target(path, name)
    files.refuse_existing(target)
    return target


def better(typed: str, name: str) -> str:
    """Return a name to propose in the place of one that was refused."""
    path = Path(typed)
    if path.is_dir():
        return str(free(path / name))
    suffix = path.suffix if path.suffix in files.SUFFIXES else files.SUFFIXES[0]
    return str(free(path.with_name(file_names.safe(path.stem) + suffix)))
