"""What a rule is, and what it finds."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Position, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.checking.subject import Subject
    from healthreport.diagnostics import Related
    from healthreport.trees.document import Placed


class Finding(NamedTuple):
    """What a rule has found, and where: at a part of the document, or at a place in a file.

    ``id`` says what it is where a rule finds things of several kinds; else the rule's own id does.
    """

    what: str
    where: Placed | Position
    hint: str = ""
    related: tuple[Related, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule: what finds, how much that weighs, and bad and good reports.

    A ``shared`` rule looks at the pattern alone, once for all reports that share it; its messages may hold slots.
    """

    id: str
    severity: Severity
    find: Callable[[Subject], Iterator[Finding]]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    shared: bool = False

    @property
    def reason(self) -> str:
        """Why there is such a rule."""
        return inspect.getdoc(self.find) or ""
