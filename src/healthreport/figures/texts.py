"""Figures: what texts and tables say once their expressions are evaluated."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from healthreport.diagnostics import Related, error
from healthreport.figures import differences, gaps
from healthreport.figures.agreement import Agreement
from healthreport.figures.derived import DerivedValues
from healthreport.figures.evaluation import BARE
from healthreport.figures.formats import style_of
from healthreport.figures.indicator_values import IndicatorValues
from healthreport.figures.marks import is_mark, unmarked
from healthreport.figures.mistakes import Mistakes, PoisonedError, too_long
from healthreport.figures.samples import NUMBER, TEXT, WORD, sample_of
from healthreport.model.build import known_names
from healthreport.model.validating.text import Code, Text
from healthreport.values import quantities, scalars
from healthreport.values.derivations import DERIVATIONS, difference_unit
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Derived, Name
from healthreport.values.limits import MAX_CELLS, MAX_CHARACTERS
from healthreport.values.operands import is_difference
from healthreport.values.quantities import PLAIN, Quantity, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from healthreport.diagnostics import Position
    from healthreport.figures.differences import Group
    from healthreport.model.build import Built
    from healthreport.model.sums import TableRow
    from healthreport.model.township_tables import TownshipTable

__all__ = ["Figures", "PoisonedError"]

_DEEPEST = 30
_NONE = "—"
# What an indicator is compared with, and by which column.
NEEDED = ("目标", "上年")
COMPARED = {name: one.against.value for name, one in DERIVATIONS.items()}


class Figures:
    """Writes the texts and table cells of one report, and keeps what was wrong with them in ``problems``.

    What cannot be computed leaves a gap; it is an error, under ``draft`` a warning. ``blanks`` are the targets
    and last year's values that a table has a column for and nobody gave: indicator and key, and the place of the table;
    ``dashes`` are those of 乡镇表 that no township has.
    ``disagreements`` are the differences that are not those of the numbers beside them, by place and ``{{ }}``.
    """

    def __init__(self, built: Built, *, draft: bool) -> None:
        self._built = built
        self._report = built.report
        self._mistakes = Mistakes(known_names(built.report.indicators, built.report.words), built, draft=draft)
        self._values = IndicatorValues(built, self._mistakes)
        self._derived = DerivedValues(self._values)
        self._resolving: list[int] = []
        self._said: dict[int, str] = {}
        self._characters = self._cells = 0
        self.blanks: dict[tuple[str, str], Position] = {}
        self.dashes: dict[tuple[str, str], Position] = {}
        self._agreement = Agreement(self._values, self._derived, self._mistakes)
        self.disagreements = self._agreement.told
        self.problems = self._mistakes.kept

    @property
    def computed(self) -> dict[str, Quantity]:
        """The indicators' values that had to be computed, by name, of those that were asked for."""
        return self._values.computed

    @property
    def over(self) -> dict[tuple[str, str], Quantity]:
        """The shares over 100 % that were worded: an indicator, what it is a part of, and what share it is."""
        return self._derived.over

    def look_up(self, node: Name | Derived) -> Quantity:
        """Return the number a name stands for. Raises :class:`ExpressionError`."""
        return self._values.look_up(node)

    def words(self, text: Text) -> str:
        """Return a text with its expressions evaluated, without the clauses that the report leaves out."""
        text = self._built.texts[text.n]
        segments = text.segments
        if len(segments) == 1 and isinstance(segments[0], str):
            return segments[0]
        if text.n in self._said:
            return self._said[text.n]
        if text.n in self._resolving:
            raise ExpressionError("cycle", "这里绕回了自己", 0, 0, hint="请在其中一处直接写出文字。")
        if len(self._resolving) >= _DEEPEST:
            message = f"“说明”里又引用“说明”，超过{_DEEPEST}层"
            raise ExpressionError("too-deep", message, 0, 0, hint="请在其中一处直接写出文字。")
        self._resolving.append(text.n)
        try:
            parts: list[str] = []
            groups = differences.beside(segments, self._mistakes.names, self._report.indicators)
            for segment, after in zip(segments, (*segments[1:], ""), strict=False):
                if isinstance(segment, Code):
                    parts.append(self._value_before(text, segment, after, groups.get(segment, ())))
                else:
                    parts.append(segment)
                self.count(parts[-1], text.position)
            said = self._said[text.n] = "".join(parts).strip()
        finally:
            self._resolving.pop()
        return said

    def count(self, words: str, place: Callable[[], Position]) -> None:
        """Count words that are put together for the report; too many raise :class:`HealthReportError`."""
        self._characters += len(words)
        if self._characters > MAX_CHARACTERS:
            raise too_long(place())

    def count_cells(self, number: int, place: Callable[[], Position]) -> None:
        """Count the cells of a table of indicators; too many raise :class:`HealthReportError`."""
        self._cells += number
        if self._cells > MAX_CELLS:
            message = f"指标表一共超过{MAX_CELLS // 10_000}万格，不像一份报告。"
            raise error("too-large", message, place(), hint="请只列要看的指标，例如“指标表: [门诊, 住院]”。")

    def _value_before(self, text: Text, code: Code, after: str | Code, group: Group) -> str:
        said = self.value_of(text, code, group)
        own = self.own_words(code) if is_mark(after) else None
        return unmarked(said) if own else said

    def own_words(self, code: Code) -> Text | None:
        """Return the words of 文字 that a ``{{ }}`` prints, if it prints some."""
        return self._report.words.get(code.text.strip())

    def sample(self, text: Text) -> str:
        """Return a text with what stands for all that each ``{{ }}`` may print: a number, a word, or a text."""
        return "".join([one if isinstance(one, str) else self._sample(one) for one in text.segments]).strip()

    def _sample(self, code: Code) -> str:
        if self.own_words(code):
            return TEXT
        try:
            node, _ = self._mistakes.names.parse(code.text)
        except ExpressionError:
            return WORD
        if isinstance(node, Derived):
            return sample_of(node.what)
        return WORD if isinstance(node, Name) and node.name not in self._report.indicators else NUMBER

    def value_of(self, text: Text, code: Code, group: Group = ()) -> str:
        """Return what a ``{{ }}`` of a text prints, in a sentence with the numbers of these differences."""
        try:
            said = self.write(code.text, group)
            if group:
                self._agreement.hold_against(
                    group, code.text, lambda: text.position_of(code.start, code.start + len(code.text))
                )
            return said
        except ExpressionError as wrong:
            if not isinstance(wrong, PoisonedError):
                self._mistakes.keep(text, code, wrong)
            return gaps.named(wrong, code.text, self._report.indicators)

    def write(self, code: str, group: Group = ()) -> str:
        """Return what ``{{ code }}`` prints beside what it is the difference of. Raises :class:`ExpressionError`."""
        node, formats = self._mistakes.names.parse(code)
        style = style_of(formats) if formats else PLAIN
        style = style._replace(more=self._agreement.more(group)) if group else style
        if isinstance(node, Derived):
            return self.derived(node, style)
        if not isinstance(node, Name):
            value = self._values.evaluate(node)
            if is_difference(node):
                value = value._replace(unit=difference_unit(value))
            return quantities.write(value, style)
        if node.name not in self._report.indicators:
            return self._field(node, style)
        value = self._values.value(node.name, node)
        style = self._values.style(node.name, value, style)
        return self._derived.write(value, style, node) if style.scale else quantities.write(value, style)

    def given_by(self, code: str) -> str:
        """Return the indicator whose value ``{{ code }}`` prints as it was given: 门诊; none of 门诊.同比, 门诊|万."""
        try:
            node, formats = self._mistakes.names.parse(code)
        except ExpressionError:
            return ""
        indicator = self._report.indicators.get(node.name) if isinstance(node, Name) and not formats else None
        return node.name if isinstance(node, Name) and indicator and indicator.digits is None else ""

    def derived(self, node: Derived, style: Style) -> str:
        """Return what stands behind the point of an indicator. Raises :class:`ExpressionError`."""
        said = self._derived.say(node, style)
        return said if isinstance(said, str) else self.words(said)

    def _field(self, name: Name, style: Style) -> str:
        """Return what ``{{ 年度 }}`` and other fields of the report print, or a text of its own words."""
        value = self._report.said(name.name)
        if not value:
            wanted = f"文字: {{{name.name}: …}}" if name.name in self._report.words else f"{name.name}: …"
            message, hint = f"用到了“{name.name}”，但没有写", f"请补上“{wanted}”，或改写这句话。"
            related = self._built.why_missing(name.name)
            at = (name.start, name.end)
            raise ExpressionError("missing-value", message, *at, hint=hint, related=related, about=name.name)
        if name.name in self._report.words and len(value.lines) > 1:
            message = f"“{name.name}”有{len(value.lines)}段，这里只放得下一段"
            hint = f"请让“{{{{ {name.name} }}}}”自成一段，前后没有别的字；或把它并成一段。"
            related = (Related(value.position(), "写在这里"),)
            raise ExpressionError("several-paragraphs", message, name.start, name.end, hint=hint, related=related)
        if isinstance(value, Text):
            return self.words(value)
        if isinstance(value, int) and style.chinese:
            return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))
        if isinstance(value, int):
            return quantities.write(Quantity(Fraction(value), BARE, 0), style)
        return scalars.write_date(value)

    def cell(self, name: str, column: str, columns: Sequence[str], place: Position) -> str:
        """Return what a table of indicators shows of one; ``place`` is where the table asks for it."""
        group = differences.of_row(name, columns)
        try:
            blank = self._blank(name, column)
            if blank:
                self.blanks.setdefault((name, blank), place)
            if group:
                self._agreement.hold_against(group, f"{name}.{column}", lambda: place)
            return gaps.gap() if blank else self._cell(name, column, group, with_unit="单位" not in columns)
        except PoisonedError:
            return gaps.gap()
        except ExpressionError as wrong:
            self._mistakes.keep_at(place, wrong)
            return gaps.gap()

    def townships(self, table: TownshipTable) -> tuple[TableRow, ...]:
        """Return the rows of a table of townships; what is wrong with it is kept."""
        message, hint = "“乡镇表”列的是各乡镇，这份报告没有写“汇总来源”", "例如“汇总来源: 乡镇.xlsx”。"
        try:
            if self._built.sums is None:
                raise ExpressionError("no-townships", message, 0, 0, hint=hint)
            at = table.position()
            keep = partial(self._mistakes.keep_at, at)
            rows = self._built.sums.rows(table, self._values.look_up, keep, partial(self._agreement.tell, at))
            self.dashes = {**dict.fromkeys(self._built.sums.without(table), at), **self.dashes}
            return rows
        except ExpressionError as wrong:
            self._mistakes.keep_at(table.position(), wrong)
            return ()

    def _blank(self, name: str, column: str) -> str:
        """Return the key, 目标 or 上年, that a cell needs and nobody gave, nor said that there is none."""
        key = column if column in NEEDED else COMPARED.get(column)
        indicator = self._report.indicators.get(name) if key else None
        if key is None or indicator is None or indicator.has_none(key):
            return ""
        at = Name(name, 0, len(name))
        given = self._built.target(name) if key == "目标" else self._values.last(name, at)
        # What cannot be compared for another reason, being masked say, is a dash.
        if given is not None or (column != key and self._values.value(name, at).opaque):
            return ""
        return key

    def _cell(self, name: str, column: str, group: Group, *, with_unit: bool) -> str:
        """Return what a table of indicators shows of one; a comparison that cannot be made is a dash."""
        at = Name(name, 0, len(name))
        indicator = self._report.indicators.get(name)
        if indicator is None:
            raise self._mistakes.names.unknown(name, "这个指标", 0)
        if column in ("指标", "单位"):
            return name if column == "指标" else indicator.unit
        own, more = quantities.unit(indicator.unit), self._agreement.more(group) if group else 0

        def number(quantity: Quantity, style: Style) -> str:
            return (
                quantities.write(quantity, style) if with_unit else quantities.write_beside_unit(quantity, style, own)
            )

        if column in NEEDED and self._built.sums:
            self._built.sums.show(name, column)
        if column == "完成":
            value = self._values.value(name, at)
            return number(value, self._values.style(name, value, Style(more=more)))
        if column == "上年" and (last := self._values.last(name, at)) is not None:
            return number(last, Style(fixed=indicator.digits, more=more))
        if column == "目标" and (target := self._built.target(name)) is not None:
            return target.bound + number(target.quantity, Style(more=more))
        if column in NEEDED:
            return _NONE
        if column not in ("截至", "说明"):
            self._values.value(name, at)
        try:
            return self.derived(Derived(at, column, None, 0, len(name)), Style(more=more))
        except ExpressionError:
            return _NONE

    def check_formulas(self, nowhere: Collection[str] = ()) -> None:
        """Read the formulas that nothing has asked for; ``nowhere`` are names that were taken out of the report."""
        self._values.check_formulas(nowhere)
