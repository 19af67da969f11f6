"""Lead and closing of next year's file: the genre's set phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.jobs.new import skeleton
from healthreport.reading.yaml.dump import Dict, Value, plain
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from healthreport.reading.resources import Resources

WORDS = ("导语", "结尾")


def take(new: Dict, old: Dict, wanted: skeleton.Wanted, resources: Resources) -> None:
    """Fill lead and closing with the genre's set phrases where last year's file had some."""
    fresh = plain(parse(Source("", skeleton.render(wanted, resources))))
    assert isinstance(fresh, dict)
    for key in WORDS:
        if key in old and key in fresh:
            new[key] = fresh[key]
            if "上级" in str(fresh[key]) and "上级" not in new:
                _put_after(new, "年度", "上级", fresh["上级"])
        else:
            new.pop(key, None)


def _put_after(new: Dict, before: str, key: str, value: Value) -> None:
    """Put a key behind another one, or at the end."""
    items = [*new.items()]
    new.clear()
    for known, said in items:
        new[known] = said
        if known == before:
            new[key] = value
    new.setdefault(key, value)
