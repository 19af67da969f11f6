"""stub until structure lands"""

from typing import NamedTuple
from healthreport.trees.draft import Draft, Table, TableCell
from healthreport.trees.manuscript import Line, Grid


class Options(NamedTuple):
    genre: str = ""
    year: int | None = None
    keep_numbers: bool = False
    literal: frozenset[int] = frozenset()


def recognise(m, options, reader):
    out = []
    for p in m.parts:
        if isinstance(p, Line):
            out += [x for x in (p.label + p.words).split("\n") if x.strip()]
        elif isinstance(p, Grid):
            out.append(
                Table(
                    tuple(
                        tuple(TableCell("\n".join(l.label + l.words for l in c.lines), c.across, c.down) for c in r)
                        for r in p.rows
                    )
                )
            )
    return Draft(genre="通用", title="无", content=tuple(out))
