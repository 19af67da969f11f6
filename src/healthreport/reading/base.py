"""A report that others are laid over: what is read of it and made of it, once each, as long as it is kept."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import HealthReportError
from healthreport.model.build import build
from healthreport.reading import digests
from healthreport.reading.differences import INDICATORS
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.values.scalars import read_bool

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.model.build import Built
    from healthreport.reading.digests import ReadPicture
    from healthreport.reading.yaml.nodes import Node

SHARED = "共用"
VALUES = frozenset({"数值", "上年", "区间", "约数", "分项", "截至"})


class File(NamedTuple):
    """A report as its file says it, and its head: the name of its base, where it has one."""

    path: Path
    tree: Mapping
    extends: Node | None


class Base:
    """A report that others are laid over; ``under`` is the one it is laid over itself."""

    def __init__(self, file: File, under: Base | None, picture: ReadPicture) -> None:
        self.file = file
        self.under = under
        self._picture = picture

    @cached_property
    def tree(self) -> Mapping:
        """The whole report."""
        return self.file.tree if self.under is None else self.file.tree.laid_over(self.under.definitions)

    @cached_property
    def definitions(self) -> Mapping:
        """What passes on: all of it, but of indicators that are not shared no values."""
        passed = self.tree.copy_of()
        indicators = self.tree.get(INDICATORS)
        if isinstance(indicators, Mapping):
            stripped = indicators.copy_of()
            for name, one in indicators.items():
                if isinstance(one, Mapping) and not is_shared(one):
                    stripped[name] = _definition(one)
            passed[INDICATORS] = stripped
        return passed

    @cached_property
    def digest(self) -> str:
        """The digest of what passes on."""
        return digests.of(self.definitions, self._picture)

    @cached_property
    def built(self) -> Built | None:
        """What all reports on this one share; none where it has mistakes: each report on it tells them."""
        try:
            return build(self.definitions)
        except HealthReportError:
            return None


def _definition(one: Mapping) -> Mapping:
    kept = Mapping(one.source, one.start, one.end)
    for key, value in one.items():
        if key not in VALUES:
            kept[key] = value
            kept.keys_at[key] = one.keys_at[key]
    return kept


def is_shared(one: Mapping) -> bool:
    """Say whether an indicator of a base passes its value on."""
    shared: Node | None = one.get(SHARED)
    try:
        return isinstance(shared, Scalar) and read_bool(shared.value)
    except ValueError:
        return False  # the model reports it
