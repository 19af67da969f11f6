"""What of a county's figures was printed or computed on the way: whom it lacks is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthreport.townships.pool import Leaf, Pool, Towns
    from healthreport.values.expressions import Node


class Noted:
    """Keeps what was printed and computed of the townships' figures.

    In ``shown`` are the figures of which the sum was printed or computed with as it is; in ``rests``, where a township
    had but a part of what was put together, the townships that have all, and the figures; in ``computed`` the
    expressions that were computed. ``towns`` says who has each figure.
    """

    def __init__(self, pool: Pool, towns: Mapping[Leaf, Towns], summed: frozenset[Leaf]) -> None:
        self.shown: set[Leaf] = set()
        self.rests: dict[Towns, frozenset[Leaf]] = {}
        self.computed: dict[tuple[Node, str], None] = {}
        self._pool, self._towns, self._summed = pool, towns, summed

    def together(self, leaves: frozenset[Leaf], towns: Towns, computed: Iterable[tuple[Node, str]] = ()) -> None:
        """Note that figures were put together over the townships that have them: each is a sum that is told of."""
        self.computed |= dict.fromkeys(computed)
        if leaves <= self._summed and all(self._towns[leaf] == towns for leaf in leaves):
            self.shown |= leaves
        elif towns != self._pool.all or self._pool.absent:
            self.rests[towns] = self.rests.get(towns, frozenset()) | leaves
