"""Text to a tree of nodes that know their place, or all that is wrong with the text.

The tree is built from the events of PyYAML's C parser with a stack of our own, so nesting is
bounded (PyYAML's ``compose`` overruns the C stack) and every key and value keeps its offset.
Scalars stay text; the model asks for numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError
from healthreport.reading.yaml.encodings import CONTROL
from healthreport.reading.yaml.once import once

if TYPE_CHECKING:
    from healthreport.reading.yaml.nodes import Mapping, Source
    from healthreport.reading.yaml.slips import Slips


class SlipsError(HealthReportError):
    """What is wrong with a text, and what can be read of it all the same."""

    def __init__(self, slips: Slips) -> None:
        super().__init__(slips.told)
        self.slips = slips


def parse(source: Source) -> Mapping:
    """Parse one YAML document into a tree.

    Raises :class:`SlipsError` with everything found: syntax, repeated keys, anchors, aliases and tags, control
    characters, comments that cut a text, too deep or too many nodes.
    """
    if not CONTROL.search(source.text):
        first = once(source)
        if first.root is not None and not first.problems:
            return first.root
    from healthreport.reading.yaml.slips import slips

    raise SlipsError(slips(source))
