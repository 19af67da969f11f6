"""What of last year's texts is true of any year, and goes into next year's file as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.jobs.new import skeleton
from healthreport.jobs.new.suggestions import only_clauses
from healthreport.reading.yaml.dump import plain
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.jobs.new.skeleton import Wanted
    from healthreport.reading.resources import Resources
    from healthreport.reading.yaml.dump import Comment, Value

_TEXTS = ("内容", "待补")


class Standing:
    """Knows the texts that a skeleton of the genre writes, and those of all standard sections."""

    def __init__(self, wanted: Wanted, resources: Resources) -> None:
        written = skeleton.render(wanted._replace(sections=None), resources)
        texts = [*_texts(plain(parse(Source("", written)))), *skeleton.standard_texts(wanted, resources)]
        self._known = {*map(_words, texts)}

    def stands(self, text: str) -> bool:
        """Say whether a text is a skeleton's own, or nothing but clauses: they print this year's figures or nothing."""
        return _words(text) in self._known or only_clauses(text)


def _words(text: str) -> str:
    return "".join(text.split())


def _texts(value: Value | Comment) -> Iterator[str]:
    """Yield the texts of sections at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in _TEXTS and isinstance(item, str):
                yield item
            else:
                yield from _texts(item)
