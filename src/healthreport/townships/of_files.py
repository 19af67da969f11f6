"""The townships of a folder, each with a report of its own, as what a county's figures are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Related, Severity, error
from healthreport.figures import arithmetic, gaps
from healthreport.figures.indicator_values import IndicatorValues
from healthreport.figures.mistakes import Mistakes
from healthreport.figures.texts import Figures
from healthreport.model import references
from healthreport.model.build import build, build_on, known_names
from healthreport.reading import inherit
from healthreport.reading.differences import indicators_of
from healthreport.reading.tables import comparing, periods, plain
from healthreport.reading.yaml.nodes import Mapping
from healthreport.townships import folder as folders
from healthreport.townships.of_sheet import Found
from healthreport.townships.over import LAST, TARGET, VALUE
from healthreport.townships.pool import PART, Town, amount
from healthreport.values import quantities
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Name

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.model.build import Built, Differences
    from healthreport.model.indicators import Indicator
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.reader import Reader
    from healthreport.reading.tables.words import Words
    from healthreport.townships.pool import Amount, Leaf
    from healthreport.values.quantities import Quantity

_ORG = "单位"
_LISTED, _MOST_MET = 10, 3
_ANY_YEAR = 2000
HINT = "“汇总来源”写一张表，或放着各乡镇报告的文件夹。"
# A figure that is not there, as against one that is wrong.
MISSING = ("missing-value", "poisoned")


def read(folder: Path, county: Built, county_file: Inherited, reader: Reader, words: Words) -> Found:
    """Read the reports of a folder by the indicators of a county's.

    The county's own file, bases and drafts are no townships, and are told. Raises :class:`HealthReportError` with what
    is wrong with any of the reports.
    """
    there = folders.read(folder, reader)
    own = reader.real(county_file.path)
    reports = [one for one in there.reports if reader.real(one) != own]
    others = [one for one in (*there.reports, *there.bases) if one not in reports]
    problems: dict[Diagnostic, list[Path]] = {}
    counties: list[Path] = []
    gathering = _Gathering(county, words)
    for report in reports:
        try:
            inherited = inherit.load(report, reader, county_file.root)
            if is_township(inherited):
                gathering.add(inherited)
            else:
                (counties if inherited.is_county else others).append(report)
        except HealthReportError as wrong:
            for one in wrong.diagnostics:
                problems.setdefault(one, []).append(report)
    if problems or gathering.problems:
        raise HealthReportError([*(_met(one, files) for one, files in problems.items()), *gathering.problems])
    others += counties
    if gathering.is_empty and counties:
        raise _counties(folder, counties)
    if gathering.is_empty:
        message = "文件夹里的报告没有一份是乡镇的：是全县自己的、别的报告的底稿，或没有写“单位”。"
        raise error("empty-folder", message, Position(str(folder)), hint="每个乡镇一个 .yaml 文件，写“继承”和“单位”。")
    return gathering.found((*there.problems, *left_out(folder, others), *_unnamed(folder, gathering.unnamed)))


def _met(problem: Diagnostic, reports: list[Path]) -> Diagnostic:
    """Name the reports with which a mistake was met that stands elsewhere, in their base."""
    if any(problem.position.file == str(report) for report in reports):
        return problem
    met = [Related(Position(str(report)), "读这一份时遇到") for report in reports[:_MOST_MET]]
    return problem._replace(related=(*problem.related, *met))


def _counties(folder: Path, counties: list[Path]) -> HealthReportError:
    listed = plain.listed([one.name for one in counties], _LISTED)
    message = f"文件夹里的{listed}自己写了“汇总来源”，不是乡镇的报告；不能把汇总再汇总。"
    hint = "请用 healthreport rollup 算出各份的合计，填成一张表，一行一个，“汇总来源”写这张表。"
    return error("county-of-counties", message, Position(str(folder)), hint=hint)


def is_township(inherited: Inherited) -> bool:
    """Say whether a report is a township's: not the county's, nor a draft without 单位 and without a base."""
    return not inherited.is_county and (inherited.base is not None or _ORG in inherited.tree)


def left_out(folder: Path, files: list[Path]) -> list[Diagnostic]:
    """Tell of reports in a folder that are no townships'."""
    if not files:
        return []
    listed = plain.listed([one.name for one in files], _LISTED)
    message = f"文件夹里的{listed}是全县自己的报告、别的报告的底稿，或没有写“单位”的草稿，没有当作乡镇。"
    hint = "里面有乡镇的，请写上“单位”，也不要让别的报告继承它。"
    return [Diagnostic("no-township", message, Position(str(folder)), Severity.NOTE, hint)]


def _unnamed(folder: Path, files: list[Path]) -> list[Diagnostic]:
    """Tell of reports that count as townships by their files' names: one of them may be a draft."""
    if not files:
        return []
    listed = plain.listed([one.name for one in files], _LISTED)
    message = f"文件夹里的{listed}没有写“单位”，按文件名当作乡镇，数也加了进去。"
    hint = "是乡镇的，请写上“单位”；是草稿、底稿的，请移到别的文件夹。"
    return [Diagnostic("named-by-file", message, Position(str(folder)), Severity.WARNING, hint)]


def _says_target(inherited: Inherited, name: str) -> bool:
    """Say whether a report gives an indicator's target itself: one that it inherits is the county's."""
    differences = inherited.differences
    if differences and name in differences.numbers[1]:
        return True
    said = differences.others.get(name) if differences else indicators_of(inherited.tree).get(name)
    return isinstance(said, Mapping) and TARGET in said


def town(built: Built, path: Path) -> Town:
    """Return the township that a report is of; of one without 单位 its file says it."""
    org = built.report.org
    name = gaps.without(Figures(built, draft=True).words(org)) if org else path.stem
    return Town(name, built.report.short_name or name, org.position() if org else Position(str(path)))


class _Gathering:
    """Takes the figures out of reports, one after the other; a county's indicators say which."""

    def __init__(self, county: Built, words: Words) -> None:
        self._county = county
        self._words = words
        self._document = periods.document_of(county.root)
        self._towns: list[Town] = []
        self._columns: dict[Leaf, list[Amount | None]] = {}
        self._unread: dict[Leaf, dict[int, str]] = {}
        self._bounded: dict[str, dict[int, str]] = {}
        self._reports: list[Built] = []
        self._told: list[Diagnostic] = []
        self.unnamed: list[Path] = []
        self.problems: list[Diagnostic] = []

    def add(self, inherited: Inherited) -> None:
        """Take the figures of a report. Raises :class:`HealthReportError` for one that cannot be read."""
        base, differences = inherited.base, inherited.differences
        typed: dict[str, str] = {}
        if base and base.built and differences:
            typed, differences = self._parted(base.built, differences)
            built = build_on(base.built, differences)
        else:
            built = build(inherited.tree)
        self._refuse_another_year(built, inherited.path)
        self._refuse_other_months(built, inherited.path)
        self._towns.append(town(built, inherited.path))
        self._reports.append(built)
        if built.report.org is None:
            self.unnamed.append(inherited.path)
        values = IndicatorValues(built, Mistakes(known_names(built.report.indicators), built, draft=True))
        for indicator in self._county.report.indicators:
            if indicator in built.report.indicators:
                self._take(indicator, built, values, has_target=_says_target(inherited, indicator))
                self._compare(indicator, typed.get(indicator, ""), values)

    def _parted(self, base: Built, differences: Differences) -> tuple[dict[str, str], Differences]:
        """Part the values that a report types though county and base compute them: they are only compared."""
        values, targets, lasts = differences.numbers
        computed = {
            name: text for name, text in values.items() if self._formula(name) and base.report.indicators[name].formula
        }
        rest = {name: text for name, text in values.items() if name not in computed}
        return computed, differences._replace(numbers=(rest, targets, lasts))

    def _formula(self, name: str) -> str:
        """Return the formula by which the county computes an indicator, if it does."""
        indicator = self._county.report.indicators.get(name)
        return str(indicator.formula) if indicator and indicator.formula is not None else ""

    def _compare(self, name: str, typed: str, values: IndicatorValues) -> None:
        """Tell of a value that a township types and the county's formula makes another of the township's figures."""
        formula, given = self._formula(name), values.built.value(name)
        said = quantities.write(given, quantities.PLAIN) if given and not given.opaque else typed
        if not formula or not said:
            return
        own = quantities.unit(values.built.report.indicators[name].unit)
        try:
            computed = values.evaluate(values.mistakes.names.parse(formula).node)
        except ExpressionError:
            return  # it lacks a figure, or has none of that name: nothing to compare with
        found = comparing.differs(said.removesuffix(own.name), [computed.number / own.factor], own.name)
        if found and not computed.opaque and arithmetic.fits(computed.unit, own):
            message = f"“{name}”写的是{found.said}，按全县的公式由这一份的数算是{found.computed}。"
            place = values.built.place_of_number(name, VALUE) or self._towns[-1].place
            hint = "全县的由各数的合计算，没有用写的；请核对这一份的数。"
            self._told.append(Diagnostic("derived-mismatch", message, place, Severity.WARNING, hint))

    @property
    def is_empty(self) -> bool:
        """Say whether no township was met."""
        return not self._towns

    def _refuse_another_year(self, built: Built, path: Path) -> None:
        """Refuse a report of another year, as a sheet of one: its figures are not this year's."""
        year, wanted = built.report.year, self._county.report.year
        if year and wanted and year != wanted:
            at = built.root.get("年度")
            message = f"这份报告是{year}年的，全县的报告是{wanted}年的。"
            place = at.position() if at else Position(str(path))
            raise error("wrong-year", message, place, hint="请核对是否用错了文件；确是今年的，请改正“年度”。")

    def _refuse_other_months(self, built: Built, path: Path) -> None:
        """Refuse a report that says it is of other months than the county's: half a year is not added to a year."""
        said, wanted = str(built.report.period or ""), self._document.months
        period = periods.read(said) or periods.read(f"{_ANY_YEAR}年{said}")
        months = period.months if period else None
        if months and wanted and months != wanted:
            at = built.root.get("期间")
            message = f"这份报告是{said}的，全县的报告要的是{self._document}的数。"
            place = at.position() if at else Position(str(path))
            hint = "请核对是否用错了文件；确是同一段时间的，请改正“期间”，或在全县的报告里写“期间”。"
            raise error("wrong-period", message, place, hint=hint)

    def found(self, notes: tuple[Diagnostic, ...]) -> Found:
        """Return all that was taken."""
        for column in self._columns.values():
            column.extend([None] * (len(self._towns) - len(column)))
        return Found(self._towns, self._columns, self._unread, self._bounded, self._place, (*notes, *self._told))

    def _place(self, town: int, leaf: Leaf) -> Position | None:
        name, key = leaf
        report = self._reports[town]
        keys = ("分项", key.removeprefix(PART)) if key.startswith(PART) else (key,)
        return report.place_of_number(name, *keys)

    def _take(self, name: str, built: Built, values: IndicatorValues, *, has_target: bool) -> None:
        indicator = built.report.indicators[name]
        if self._county.report.indicators[name].formula is None:
            self._keep((name, VALUE), self._value(name, values))
            if isinstance(indicator.parts, dict):
                for part, value in indicator.parts.items():
                    self._keep((name, PART + part), value)
        self._keep((name, LAST), built.last(name))
        target = built.target(name) if has_target else None
        if target is not None:
            self._keep((name, TARGET), target.quantity)
            if target.bound:
                self._bounded.setdefault(name, {})[len(self._towns) - 1] = target.bound

    def _value(self, name: str, values: IndicatorValues) -> Quantity | None:
        """Return an indicator's value, given or computed; a figure that is wrong is a problem."""
        try:
            return values.value(name, Name(name, 0, len(name)))
        except ExpressionError as wrong:
            place = values.built.place_of(name)
            if wrong.id not in MISSING and place:
                self.problems.append(references.describe(wrong, place))
            return None

    def _keep(self, leaf: Leaf, value: Quantity | None) -> None:
        """Keep a figure in the county's unit; one that cannot be added up as it is written."""
        if value is None:
            return
        town = len(self._towns) - 1
        if value.opaque:
            self._unread.setdefault(leaf, {})[town] = value.text
            return
        own = self._county.report.indicators[leaf[0]]
        ratio = self._words.units.ratio(value.unit.name, own.unit)
        if ratio is None or (not value.unit.name and quantities.unit(own.unit).factor != 1):
            self.problems.append(self._other_unit(leaf, town, value, own))
            return
        column = self._columns.setdefault(leaf, [])
        column += [None] * (town - len(column))
        number = value.number / value.unit.factor * ratio
        is_plain = ratio != 1 or (number.denominator == 1 and self._words.units.adds_up(own.unit))
        column.append(amount(number, None if is_plain else value.digits))  # 12.0 is 12, a rate of 95.0% is not 95%

    def _other_unit(self, leaf: Leaf, town: int, value: Quantity, own: Indicator) -> Diagnostic:
        place = self._place(town, leaf) or self._towns[town].place
        defined = self._county.place_of(leaf[0])
        related = (Related(defined, "全县的单位写在这里"),) if defined else ()
        message = f"“{leaf[0]}”的单位是“{value.unit.name or '（空）'}”，全县的是“{own.unit or '（空）'}”，不能相加。"
        hint = "请改成能换算的单位，如元和万元、人和万人。"
        if not value.unit.name:  # 3 may be 3万元, or 30000 written for 3
            hint = f'请在这一份或它的底稿里写明“单位”，如“单位: "{own.unit}"”。'
        return Diagnostic("unit-differs", message, place, hint=hint, related=related)
