"""A report that others are laid over: what is read of it and made of it, once each, as long as it is kept."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Severity
from healthreport.model.build import build
from healthreport.model.fields import of_text, passing
from healthreport.model.indicators import Indicator
from healthreport.model.own_words import WORDS
from healthreport.model.report import Report
from healthreport.reading import digests
from healthreport.reading.differences import INDICATORS
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.values.scalars import read_bool

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.model.build import Built
    from healthreport.reading.digests import OfPicture
    from healthreport.reading.yaml.nodes import Node

SHARED = "共用"
ROLL_UP = "汇总来源"
_OF_REPORT, _OF_INDICATOR = passing(Report), passing(Indicator)
_TEXT = of_text(Report)
# A county whose figures are those of its townships writes a text of its own.
_OF_COUNTY = {**_OF_REPORT, **dict.fromkeys(_TEXT, False)}


class File(NamedTuple):
    """A report as its file says it, and its head: the name of its base, where it has one, and what it adds to that."""

    path: Path
    tree: Mapping
    extends: Node | None
    adds: Node | None = None


class Base:
    """A report that others are laid over; ``under`` is the one it is laid over itself, ``notes`` how it was read."""

    def __init__(
        self, file: File, under: Base | None, of_picture: OfPicture, notes: tuple[Diagnostic, ...] = ()
    ) -> None:
        self.file = file
        self.under = under
        self.notes: tuple[Diagnostic, ...] = (*notes, *(under.notes if under else ()))
        self._of_picture = of_picture

    @cached_property
    def tree(self) -> Mapping:
        """The whole report."""
        return self.file.tree if self.under is None else self.file.tree.laid_over(self.under.definitions)

    @property
    def is_county(self) -> bool:
        """Say whether its figures are made of those of townships: these take its definitions, not its text."""
        return ROLL_UP in self.file.tree

    @cached_property
    def county(self) -> Path | None:
        """The file of the county's report among those it is laid over, itself included."""
        return self.file.path if self.is_county else self.under.county if self.under else None

    @cached_property
    def definitions(self) -> Mapping:
        """What passes on: what its keys say of themselves, of indicators that are shared all, of words the names."""
        passed = _passed_on(self.tree, _OF_COUNTY if self.is_county else _OF_REPORT)
        indicators = passed.get(INDICATORS)
        if isinstance(indicators, Mapping):
            defined = passed[INDICATORS] = indicators.copy_of()
            for name, indicator in indicators.items():
                if isinstance(indicator, Mapping) and not is_shared(indicator):
                    defined[name] = _passed_on(indicator, _OF_INDICATOR)
        if isinstance(words := passed.get(WORDS), Mapping):
            passed[WORDS] = words.without_texts()
        return passed

    @cached_property
    def kept_back(self) -> dict[str, Scalar]:
        """The keys that it says for itself only, or that those say which it is laid over."""
        own = self.file.tree
        below = self.under.kept_back if self.under else {}
        return {**below, **{key: own.keys_at[key] for key in own if key not in self.definitions}}

    @cached_property
    def names_one(self) -> tuple[Diagnostic, ...]:
        """Tell of a title with the name of the unit it was written for: all that are laid over it would print that."""
        title, org = self.definitions.get("标题"), self.file.tree.get("单位")
        if not (isinstance(title, Scalar) and isinstance(org, Scalar) and org.value in title.value):
            return ()
        message = f"底稿的“标题”里写着“{org.value}”，各单位的材料都会印它。"
        hint = "请改成“{{ 单位 }}”；体裁不是“通用”的，也可以删去“标题”，由程序生成。"
        at = title.value.index(org.value)
        place = title.position(at, at + len(org.value))
        return (Diagnostic("title-of-one", message, place, Severity.WARNING, hint=hint),)

    @cached_property
    def digest(self) -> str:
        """The digest of what passes on."""
        return digests.of(self.definitions, self._of_picture, names=True)

    @cached_property
    def built(self) -> Built | None:
        """What all reports on this one share; none where it has mistakes: each report on it tells them."""
        try:
            return build(self.definitions)._replace(kept_back=self.kept_back)
        except HealthReportError:
            return None


def _passed_on(tree: Mapping, keys: dict[str, bool | str]) -> Mapping:
    """Return what of a mapping passes on; what is no key of the format does, so that it is told of."""
    kept = Mapping(tree.source, tree.start, tree.end)
    for key, at in tree.keys_at.items():
        value, passes = tree.get(key), keys.get(key, True)
        if passes is True or (isinstance(value, Scalar) and value.value == passes):
            kept.keys_at[key] = at
            if value is not None:
                kept[key] = value
    return kept


def is_shared(indicator: Mapping) -> bool:
    """Say whether an indicator of a base passes its value on."""
    shared: Node | None = indicator.get(SHARED)
    try:
        return isinstance(shared, Scalar) and read_bool(shared.value)
    except ValueError:
        return False  # the model reports it
