"""Words that are none, with one character of a common word taken for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.rules.wording import hits
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 巩故 where 巩固 is meant, and no word about it reaches in; what the lists of words have is theirs."""
    text, known = subject.joined, subject.known
    if text.is_disguised:  # its characters were turned into simplified ones, not all of them into the right one
        return
    found = sorted(known.look_alikes.found(text, known.common_words, known.surnames))
    listed = (*hits.of_wrong(subject), *hits.of_doubtful(subject), *hits.of_better(subject)) if found else ()
    taken = {at for hit in listed for at in range(hit.start, hit.end)}
    for one in found:
        if taken.isdisjoint(range(one.start, one.end)):
            taken.update(range(one.start, one.end))
            spot = text.spot(one.start, one.end)
            yield Finding(
                f"“{spot.words}”疑为“{one.right}”。",
                spot,
                "同音或形近的字容易打错；若是名称、术语，可列入本来就对的词。",
            )


LOOK_ALIKE = TextRule(
    "HR404",
    Severity.NOTE,
    _find,
    name="疑似同音、形近字",
    basis="实务",
    why="拼音输入选错一个字，词就不成词了；与前后的字能成词的不提醒。",
    bad=(
        "进一步巩故脱贫成果。",
        "开展重点人群筛茶工作。",
        "全面消除安全隐惠。",
        "落实家庭医声签约服务。",
        "加强基本公共卫升服务项目管理。",
    ),
    good=(
        "进一步巩固脱贫成果，开展重点人群筛查。",
        "稳中提质，提质增效，数智赋能。",
        "对有关建议逐条答复，提供献血服务。",
        "城南社区卫生服务中心配备除颤仪、超声仪。",
        "记者王林昌报道。",
    ),
)
