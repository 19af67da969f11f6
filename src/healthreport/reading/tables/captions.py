"""Units said of several tables of a sheet: each table's own, and what another's may mean for one that says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.reading.tables.scales import Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.reading.tables.joining import Table


def of_groups(tables: Sequence[Table]) -> Iterator[Said]:
    """Yield the unit said of each header's columns; what only another table says is doubtful."""
    for group in dict.fromkeys(table.group for table in tables):
        yield _of_group([table for table in tables if table.group == group], tables)


def _of_group(own: list[Table], tables: Sequence[Table]) -> Said:
    spoken = tuple(one for table in own for one in table.said.spoken)
    said = [table for table in own if table.said.units]
    if len({table.said.units for table in said}) > 1:
        return said[0].said._replace(against=said[1].said, spoken=spoken)
    if said and said[0].band == own[0].band:
        return said[0].said._replace(spoken=spoken)
    others = said or [table for table in tables if table.said.units]
    return others[0].said._replace(doubtful=True, spoken=spoken) if others else Said(spoken=spoken)
