"""What a county's report has beside its own numbers: the sums of its townships, as figures and tables see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from healthreport.diagnostics import Diagnostic
    from healthreport.model.township_tables import TownshipTable
    from healthreport.values.expression_errors import ExpressionError
    from healthreport.values.expressions import Derived, Name, Node
    from healthreport.values.quantities import Quantity, Style


class TableCell(NamedTuple):
    """A cell of a table of townships, and over how many columns and rows it stands."""

    text: str
    across: int = 1
    down: int = 1


class TableRow(NamedTuple):
    """A row of a table of townships."""

    cells: tuple[TableCell, ...]
    in_header: bool = False


class Sums(Protocol):
    """The figures of a county that are made of those of its townships: what a report has beside its own numbers.

    What is made of two of them is taken over the townships that have both.
    """

    @property
    def notes(self) -> tuple[Diagnostic, ...]:
        """How the figures of the townships were read."""

    def can_say(self, node: Derived) -> bool:
        """Say whether there is anything to say of the townships: some gave the figure, or missed a target."""

    def show(self, name: str, what: str) -> None:
        """Note that an indicator's 目标, 上年 or part is printed: who lacks it is told."""

    def evaluate(self, node: Node, key: str, look_up: Callable[[Name | Derived], Quantity]) -> Quantity:
        """Compute an expression of several figures, of their 数值 or 上年. Raises :class:`ExpressionError`."""

    def compared(
        self, node: Derived, against: str, look_up: Callable[[Name | Derived], Quantity]
    ) -> tuple[Quantity, Quantity] | None:
        """Return a value and what it is compared with; ``None`` where they are not both of the townships."""

    def refusal(self, name: str, at: Node) -> ExpressionError | None:
        """Say why an indicator's value cannot be made of those of the townships, where that is so."""

    def rows(
        self,
        table: TownshipTable,
        look_up: Callable[[Name | Derived], Quantity],
        keep: Callable[[ExpressionError], None],
        disagree: Callable[[str, Any], object],
    ) -> tuple[TableRow, ...]:
        """Return the rows of 乡镇表, its header first; ``keep`` is handed what leaves a column blank.

        ``disagree`` is handed an indicator whose 同比 is not the difference of the numbers beside it, and how.

        Raises :class:`ExpressionError` for a table that cannot be made at all.
        """

    def without(self, table: TownshipTable) -> Iterable[tuple[str, str]]:
        """Return the 目标 and 上年 that 乡镇表 asks for and nobody has nor said that there is none, by indicator."""

    def say(self, node: Derived, style: Style, look_up: Callable[[Name | Derived], Quantity]) -> str:
        """Word what is said of the townships: ``农村改厕.最高``. Raises :class:`ExpressionError`."""
