"""Last year's values become 上年 wherever they stand: in the report, and in the files its indicators come from."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from healthreport.figures import listing
from healthreport.jobs.new import indicator_sheet
from healthreport.model.build import build
from healthreport.reading import indicator_files
from healthreport.reading.differences import INDICATORS, indicators_of
from healthreport.reading.indicator_files import GROUP
from healthreport.reading.yaml.dump import Comment, Dict, Value, dump, plain
from healthreport.reading.yaml.nodes import Mapping
from healthreport.values.scalars import read_bool

if TYPE_CHECKING:
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.reader import Reader

VALUE, TARGET, LAST = "数值", "目标", "上年"
_HAS_NONE = f"无{TARGET}"
_SOURCES = (VALUE, "区间", "公式", "分项")
_EMPTIED = (VALUE, "区间", TARGET, "截至")
_YAML = (".yaml", ".yml")


class _File(NamedTuple):
    """A file of indicators: the name that the report gives it, what it says, and what columns it has as a sheet."""

    name: str
    indicators: Dict
    columns: tuple[str, ...]
    groups: dict[str, str]


class LastYearsFigures:
    """The indicators of one report, of which each stands in the report, in a file of its 指标文件, or in both.

    What it came to is written where its value is, or where it is first named. In a county's report that is what it
    says itself: the others' 数值 and 上年 are made of those of its townships. What is ``unused`` next year is left out.
    """

    def __init__(self, report: Inherited, tree: Mapping, reader: Reader, unused: frozenset[str]) -> None:
        self._is_county = report.is_county
        self._unused = unused
        self._known = plain_indicators(report.tree)
        self._values = listing.values(build(report.tree))
        under = report.base.definitions if report.base else None
        read = indicator_files.read(tree, under, report.path, reader)
        self._files = [
            _File(name, _plain(drawn.indicators), drawn.columns, dict(drawn.groups)) for name, drawn in read.items()
        ]
        places = [_plain(indicators_of(tree)), *(file.indicators for file in self._files)]
        self._holder: dict[str, int] = {}
        for of_value in (True, False):
            for number, place in enumerate(places):
                for name, one in place.items():
                    if not of_value or (isinstance(one, dict) and any(key in one for key in _SOURCES)):
                        self._holder.setdefault(str(name), number)

    def own(self, old: Dict) -> Dict:
        """Return the indicators of the new report, each with last year's target above it."""
        return self._next(old, 0)

    def beside(self, renamed: dict[str, str]) -> dict[str, bytes]:
        """Return the new files of indicators by their new names."""
        made = {}
        for number, file in enumerate(self._files, 1):
            name = renamed[file.name]
            new = self._next(file.indicators, number)
            made[name] = self._written(new, file, PurePosixPath(name).suffix)
        return made

    def _next(self, old: Dict, number: int) -> Dict:
        new: Dict = {}
        for name, value in old.items():
            if name in self._unused:
                continue
            indicator = value if isinstance(value, dict) else {}
            if target := indicator.get(TARGET):
                new[Comment(f"{name}：去年目标{target}")] = ""
            new[name] = self._indicator(str(name), indicator, holds=self._holder[str(name)] == number)
        return new

    def _indicator(self, name: str, old: Dict, *, holds: bool) -> Dict:
        # Of what townships sum nobody knows what they will give: what the county says of it stays.
        is_summed = self._is_county and not (self._values.get(name) or {VALUE, "区间"} & {*old})
        dropped = ("约数", LAST) if is_summed else ("约数", LAST, f"无{LAST}")
        new: Dict = {}
        for key, value in old.items():
            if key == "分项" and isinstance(value, dict):
                new[key] = dict.fromkeys(value, "")
            elif key in _EMPTIED:
                new[VALUE if key == "区间" else key] = ""
            elif key not in dropped:
                new[key] = value
        if not holds or is_summed:
            return new
        if not ({VALUE, "公式", "分项"} & {*new} or "公式" in self._known_of(name)):
            new = {VALUE: "", **new}
        return {**new, LAST: self._last_value(name, old)}

    def _last_value(self, name: str, old: Dict) -> str:
        """Return the value as it was written, or what it came to."""
        written = old.get(VALUE) or ""
        if "约数" in self._known_of(name) or not isinstance(written, str) or not written:
            return self._values.get(name, "") or _as_written(old)
        return written

    def _written(self, indicators: Dict, file: _File, suffix: str) -> bytes:
        """Write next year's file; a sheet keeps the columns that last year's had, whatever stands in them."""
        if suffix in _YAML:
            return dump({INDICATORS: {Comment("去年的数值已移到“上年”，数值、目标待填。"): "", **indicators}}).encode()
        rows = {
            str(name): {
                **({GROUP: file.groups.get(str(name), "")} if file.groups else {}),
                **_cells(indicator, file.columns),
            }
            for name, indicator in indicators.items()
            if isinstance(indicator, dict)
        }
        units = {name: str(self._known_of(name).get("单位", "")) for name in rows}
        return indicator_sheet.write(rows, units, suffix)

    def _known_of(self, name: str) -> Dict:
        """Return what the whole report says of an indicator."""
        known = self._known.get(name)
        return known if isinstance(known, dict) else {}


def _cells(indicator: Dict, columns: tuple[str, ...]) -> dict[str, str]:
    """Return the cells of an indicator's row; that it has no target is a dash there, where the sheet says it so."""
    cells = {str(key): str(text) for key, text in indicator.items()}
    if _HAS_NONE in cells and TARGET in columns and _HAS_NONE not in columns:
        has_none = read_bool(cells.pop(_HAS_NONE))
        cells[TARGET] = indicator_sheet.DASH if has_none else cells.get(TARGET, "")
    return cells | {key: "" for key in columns if key not in cells}


def plain_indicators(report: Mapping) -> Dict:
    """Return the indicators of a report, as plain values."""
    return _plain(indicators_of(report))


def _plain(indicators: Mapping) -> Dict:
    """Return indicators as plain values; one without anything behind its name says nothing."""
    read = plain(indicators)
    assert isinstance(read, dict)
    return {name: one if isinstance(one, dict) else {} for name, one in read.items()}


def _as_written(old: Dict) -> str:
    """Return a value as the file has it, where it could not be computed."""
    value: Value = old.get(VALUE) or old.get("区间") or ""
    return value if isinstance(value, str) else ""
