"""``rollup``: a county's figures, township by township, with sums, rates and ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport import pipeline
from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.disk.read import holds, is_yaml
from healthreport.jobs import protected
from healthreport.jobs.looking_on.everything import everything
from healthreport.jobs.rollup import texts, workbook
from healthreport.reading import inherit
from healthreport.reading.resources import Resources
from healthreport.reading.uses import all_used_by
from healthreport.townships import folder as folders
from healthreport.townships import rolled_up, sources
from healthreport.values.typed import typed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from healthreport.diagnostics import Diagnostic
    from healthreport.reading.reader import Reader
    from healthreport.townships.rolled_up import RolledUp

NAME = "汇总表"
WRITERS: dict[str, Callable[[RolledUp], bytes]] = {
    ".xlsx": workbook.xlsx,
    ".csv": texts.csv,
    ".yaml": texts.yaml,
    ".json": texts.json,
}


class Asked(NamedTuple):
    """What is to be rolled up: a report or a folder, the source where it is named apart, and its sheet."""

    source: Path
    data: Path | None = None
    worksheet: str = ""


class Made(NamedTuple):
    """What came of it, and what there is to tell of how it was read; ``used`` are the files it is made of."""

    rolled_up: RolledUp
    told: tuple[Diagnostic, ...]
    used: frozenset[str]


def make(asked: Asked, reader: Reader, root: Path | None = None) -> Made:
    """Roll up the figures of townships. Raises :class:`HealthReportError`."""
    resources = Resources(reader=reader)
    path, data = _report(asked, reader, root), asked.data or (asked.source if asked.source.is_dir() else None)
    try:
        inherited = inherit.load(path, reader, root)
        alone = pipeline.bare(inherited)
    except HealthReportError as wrong:
        raise everything(wrong, path, resources, root=root, is_base=True) from None
    if data:
        built = sources.summed_from(data, asked.worksheet, alone, inherited, resources)
    elif alone.report.roll_up:
        built = sources.summed(alone, inherited, resources)
    else:
        hint = "请补上，如“汇总来源: 乡镇.xlsx”；也可以在命令里写 --data 乡镇.xlsx。"
        raise error("no-source", "这份报告没有写“汇总来源”。", Position(str(path)), hint=hint)
    found = rolled_up.of(built)
    if not found.columns:
        raise _nothing(path)
    used = {reader.real(path), *all_used_by([path], reader)}
    used |= {reader.real(one) for one in ([data] if data else sources.paths(alone, inherited, reader))}
    told = (*inherited.notes, *found.sums.notes, *found.problems)
    return Made(found, told, frozenset(used))


def _nothing(path: Path) -> HealthReportError:
    hint = "请核对表头、各乡镇文件里指标的名称，和这份报告的“指标”里的是否写得一样。"
    return error("nothing-to-sum", "各乡镇没有一个数是这份报告的指标。", Position(str(path)), hint=hint)


def _report(asked: Asked, reader: Reader, root: Path | None) -> Path:
    """Return the report that defines the indicators: the one named, or what all reports of a folder are based on."""
    source, place = asked.source, Position(str(asked.source))
    if sources.is_sheet(source) and not source.is_dir():
        hint = f"请把定义指标的报告写在前面：healthreport rollup 全区.yaml --data {typed(source)}"
        raise error("sheet-without-base", "这是一张表，里面没有指标的定义：哪些相加、哪些是率。", place, hint=hint)
    if not source.is_dir():
        return source
    if asked.data:
        hint = f"例如 healthreport rollup 全区.yaml --data {typed(asked.data)}"
        raise error("folder-as-report", "写了 --data，前面要写一份报告，不是文件夹。", place, hint=hint)
    return _common_base(source, reader, root)


def _common_base(folder: Path, reader: Reader, root: Path | None) -> Path:
    """Return what all reports of a folder inherit. Raises :class:`HealthReportError`."""
    bases: dict[str, Path] = {}
    alone: list[Path] = []
    problems: list[Diagnostic] = []
    for report in folders.read(folder, reader).reports:
        try:
            base = inherit.load(report, reader, root).base
        except HealthReportError as wrong:
            problems += wrong.diagnostics
            continue
        if base:
            bases.setdefault(reader.real(base.file.path), base.file.path)
        else:
            alone.append(report)
    if problems:
        raise HealthReportError(problems)
    if len(bases) == 1 and not alone:
        return next(iter(bases.values()))
    if alone:
        message = f"{alone[0].name}没有“继承”，不知道按哪一份的指标汇总。"
    else:
        message = f"各乡镇继承的不是同一份：{'、'.join(map(str, bases.values()))}。"
    hint = f"请把定义指标的报告写在前面：healthreport rollup 全区.yaml --data {typed(folder)}"
    raise error("no-common-base", message, Position(str(folder)), hint=hint)


def refuse(target: Path) -> None:
    """Raise :class:`HealthReportError` where nothing can be written so, before anything is read."""
    if target.suffix.lower() not in WRITERS:
        listed = "、".join(WRITERS)
        raise error("bad-output", f"{NAME}可以写成{listed}。", Position(str(target)), hint="例如 -o 汇总.xlsx。")


def left_out(target: Path, made: Made) -> list[str]:
    """Say which totals a file leaves out."""
    return texts.left_out(made.rolled_up) if is_yaml(target.name) else []


def write(target: Path, made: Made, reader: Reader, *, force: bool) -> None:
    """Write what was rolled up; a file that is there is kept as .bak, or refused without ``force``, unless the same.

    Raises :class:`HealthReportError`.
    """
    place, hint = Position(str(target)), "请用 -o 另指定位置。"
    if reader.real(target) in made.used:
        raise error("output-is-input", "汇总就是由这个文件来的，没有覆盖。", place, hint=hint)
    if is_yaml(target.name) and reader.real(target.parent) in made.used:
        message = "写在这里，下次会当作一个乡镇的报告。"
        raise error("output-among-sources", message, place, hint=hint)
    data = WRITERS[target.suffix.lower()](made.rolled_up)
    if holds(target, data):
        return
    if not force:
        protected.spare(target, NAME)
    protected.put(target, data, NAME)
