"""Last year's Word file or text as what ``new --from`` takes: a report, with its figures in a sheet beside it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import HealthReportError, Position
from healthreport.jobs.importing import reading
from healthreport.jobs.importing.reading import Imported
from healthreport.jobs.new import indicator_sheet
from healthreport.jobs.new.figures_beside import SHEET
from healthreport.reading import manuscripts
from healthreport.reading.differences import INDICATORS
from healthreport.reading.indicator_files import KEY
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources
from healthreport.reading.yaml.dump import Dict, dump, plain
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from healthreport.recognising import genres

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a row of a sheet can say; an indicator that says more stays in the report.
_COLUMNS = frozenset({"数值", "单位", "目标", "上年", "约数", "说明"})
_APART = "import"  # a folder that is not there: nothing of last year's report takes a name of the new one


class LastYear(NamedTuple):
    """A report that is on no disk: where it is said to be, the resources whose reader has it, how it came in."""

    path: Path
    resources: Resources
    imported: Imported


def is_manuscript(path: Path) -> bool:
    """Say whether a file has to be imported first, which its name tells."""
    return path.suffix.lower() in manuscripts.SUFFIXES and not path.is_dir()


def read(path: Path, resources: Resources) -> LastYear:
    """Return last year's report with its figures. Raises :class:`HealthReportError` when it cannot be read."""
    virtual = path.parent / _APART / path.name
    imported = reading.read(path, virtual, reading.Options(figures=True, plans_too=False), resources)
    tree = plain(parse(Source(str(virtual), imported.text)))
    assert isinstance(tree, dict)
    given = {virtual.parent / name.name: data for name, data in imported.pictures.items()}
    leads = [block for block in imported.draft.lead if isinstance(block, str)]
    if superior := genres.superior("".join(leads)):
        tree = {"上级": superior, **tree}
    rows = _rows(tree)
    if rows:
        units = {name: row.get("单位", "") for name, row in rows.items()}
        given[virtual.parent / SHEET] = indicator_sheet.write(rows, units, Path(SHEET).suffix)
        tree = {KEY: SHEET, **tree}
    given[virtual] = dump(tree).encode()
    return LastYear(virtual, Resources(resources.own, Reader(given)), imported)


@contextmanager
def told_of(path: Path, report: Path) -> Iterator[None]:
    """Let what is wrong with a report that is on no disk be told of the file that it came from."""
    try:
        yield
    except HealthReportError as wrong:
        if path == report:
            raise
        place = Position(str(path))
        told = (one._replace(position=place) if one.position.file == str(report) else one for one in wrong.diagnostics)
        raise HealthReportError(told) from None


def _rows(tree: Dict) -> dict[str, dict[str, str]]:
    """Take out of a report the indicators that a row can say, and return their rows."""
    indicators = tree.get(INDICATORS)
    rows: dict[str, dict[str, str]] = {}
    if isinstance(indicators, dict):
        for name, one in [*indicators.items()]:
            if isinstance(one, dict) and not one.keys() - _COLUMNS:
                rows[str(name)] = {str(key): str(value) for key, value in one.items()}
                del indicators[name]
        if not indicators:
            del tree[INDICATORS]
    return rows
