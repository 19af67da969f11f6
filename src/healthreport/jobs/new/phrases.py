"""Lead and closing of next year's file: last year's own; where the genre is another, what that one sets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.jobs.new import last_years_plans, skeleton
from healthreport.reading.yaml.dump import Comment, Dict, plain
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from healthreport.reading.resources import Resources

WORDS = ("导语", "结尾")


def take(new: Dict, wanted: skeleton.Wanted, resources: Resources) -> None:
    """Put the set phrases of another genre where last year's had a lead and a closing, which are told beside them.

    A phrase may name who stands above the unit; who that is nobody can know where last year's did not say.
    """
    fresh = plain(parse(Source("", skeleton.render(wanted, resources))))
    assert isinstance(fresh, dict)
    items = [*new.items()]
    new.clear()
    for key, value in items:
        if key not in WORDS:
            new[key] = value
            continue
        new[Comment(f"去年的{key}：{last_years_plans.words(value)}")] = ""
        if key in fresh:
            new[key] = fresh[key]
            if "上级" in str(fresh[key]):
                new.setdefault("上级", "")
