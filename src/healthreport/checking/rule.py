"""What a rule is, and what it finds."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.passages import Spot
from healthreport.diagnostics import Position, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.checking.subject import Subject
    from healthreport.diagnostics import Related
    from healthreport.trees.document import Placed


class Finding(NamedTuple):
    """What a rule has found, and where: at words, at a part of the document, or at a place in a file.

    ``related`` explains it, words with a few words why. What occurs many times (half-width marks) is one finding at
    the first place, the others are its ``places``. ``id`` says what it is where a rule finds things of several kinds;
    else the rule's own id does.
    """

    what: str
    where: Spot | Placed | Position
    hint: str = ""
    related: tuple[Related | tuple[Spot, str], ...] = ()
    id: str = ""
    places: tuple[Spot, ...] = ()
    severity: Severity | None = None
    """Where this one weighs otherwise than the rule does by default."""
    cells: tuple[Position, ...] = ()
    """Where else in sheets and files the same stands, if it is no words."""
    about: str = ""
    """What a list of many such findings names: 门诊的上年."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule on reports: what finds, how much that weighs, and bad and good examples, which are whole reports.

    A ``shared`` rule looks at the pattern alone, once for all reports that share it; its messages may hold slots.
    ``name`` says what is wrong (序号不连续), ``why`` is the reason that a clerk is given, ``basis`` what it rests on: a
    standard with its clause (GB/T 15834—2011 4.5.3.5), 实务, or 数据.
    """

    id: str
    severity: Severity
    find: Callable[[Subject], Iterator[Finding]]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    shared: bool = False
    name: str = field(default="", kw_only=True)
    basis: str = field(default="实务", kw_only=True)
    why: str = field(default="", kw_only=True)

    def weight_of(self, finding: Finding) -> Severity:
        """Return how much a finding of this rule weighs: what it says itself, or what the rule says of all."""
        return self.severity if finding.severity is None else finding.severity

    @property
    def reason(self) -> str:
        """Why there is such a rule."""
        return inspect.getdoc(self.find) or ""


@dataclass(frozen=True, slots=True, eq=False)
class TextRule(Rule):
    """A rule on passages; its examples are plain texts, a line a paragraph.

    One that is ``certain`` is told by every ``render``.
    """

    certain: bool = field(default=False, kw_only=True)
