"""What ``.healthreport.yaml`` says of the checks of a folder, as rules see it."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Severity, did_you_mean, or_rather

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from healthreport.diagnostics import Position

FILE = ".healthreport.yaml"
# How much a rule may weigh; one that is off is not asked.
WEIGHTS = {"错误": Severity.ERROR, "警告": Severity.WARNING, "建议": Severity.NOTE, "关": None}
# From which share of equal paragraphs on two documents are too much alike.
ALIKE = "雷同"
THRESHOLDS: Mapping[str, Fraction] = MappingProxyType({ALIKE: Fraction(3, 10)})
_NOTHING: Mapping[str, str] = MappingProxyType({})
_DEFAULT: Mapping[str, Severity | None] = MappingProxyType({})


class LetBe(NamedTuple):
    """A finding that is known and let be: of a rule, in files of a name, where the words about it hold ``quote``."""

    file: str
    rule: str
    quote: str
    position: Position


class Settings(NamedTuple):
    """How much rules weigh (``None``: off), words that are wrong and names that are right here, thresholds."""

    weights: Mapping[str, Severity | None] = _DEFAULT
    wrong: Mapping[str, str] = _NOTHING
    right: tuple[str, ...] = ()
    thresholds: Mapping[str, Fraction] = THRESHOLDS
    let_be: tuple[LetBe, ...] = ()

    def laid_over(self, under: Settings) -> Settings:
        """Return these over others: what is said here counts, lists are added up."""
        return Settings(
            {**under.weights, **self.weights},
            {**under.wrong, **self.wrong},
            (*under.right, *self.right),
            {**under.thresholds, **self.thresholds},
            (*under.let_be, *self.let_be),
        )


def nearest(path: Path, root: Path | None = None) -> Path | None:
    """Return the settings that hold for a file: of its folder, or the nearest above that has some, inside ``root``."""
    folder = Path(os.path.abspath(path.parent))
    above = [one for one in folder.parents if root is None or one.is_relative_to(os.path.abspath(root))]
    # Not ``Path.is_file``: of a folder that may not be looked into, what is read of it tells.
    return next((one / FILE for one in (folder, *above) if os.path.isfile(one / FILE)), None)


def unknown_rule(name: str, rules: Collection[str], place: Position) -> Diagnostic:
    """Return the mistake that there is no rule of this name that could be set."""
    message = or_rather(f"没有规则“{name}”，或者它不能设置", did_you_mean(name, rules))
    return Diagnostic("unknown-rule", message, place, hint="能设置的规则见 healthreport explain。")
