"""A county's figures as its report sees them: the sums of its townships, and what is said of these one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.townships import ranks, refusals, tables
from healthreport.townships.sums import CountySums

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.diagnostics import Diagnostic
    from healthreport.model.sums import TableRow
    from healthreport.model.township_tables import TownshipTable
    from healthreport.townships.sums import LookUp
    from healthreport.values.expression_errors import ExpressionError
    from healthreport.values.expressions import Derived, Node
    from healthreport.values.quantities import Style


class County(CountySums):
    """The sums and the standings of one county's report."""

    @property
    def notes(self) -> tuple[Diagnostic, ...]:
        """How the figures of the townships were read."""
        return self.pool.notes

    def can_say(self, node: Derived) -> bool:
        """Say whether there is anything to say of the townships: some gave the figure, or missed a target."""
        return self.has(node.base.name) and (node.what != ranks.UNDONE or ranks.is_any_undone(self, node))

    def refusal(self, name: str, at: Node) -> ExpressionError | None:
        """Say why an indicator's value cannot be made of those of the townships, where that is so."""
        return refusals.refusal(self, name, at)

    def rows(
        self, table: TownshipTable, look_up: LookUp, keep: tables.Keep, disagree: tables.Disagree
    ) -> tuple[TableRow, ...]:
        """Return the rows of 乡镇表; ``keep`` is handed what leaves a column blank, ``disagree`` what does not agree.

        Raises :class:`ExpressionError`.
        """
        return tables.rows(self, table, look_up, keep, disagree)

    def without(self, table: TownshipTable) -> Iterator[tuple[str, str]]:
        """Yield the 目标 and 上年 that 乡镇表 asks for and nobody has nor said that there is none, by indicator."""
        return tables.without(self, table)

    def say(self, node: Derived, style: Style, look_up: LookUp) -> str:
        """Word what is said of the townships. Raises :class:`ExpressionError`."""
        return ranks.say(self, node, style, look_up)
