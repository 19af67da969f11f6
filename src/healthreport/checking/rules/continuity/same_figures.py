"""One figure that two documents of one office and one year give differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.passages import Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.said import about, said
from healthreport.diagnostics import Related, Severity
from healthreport.recognising.relations import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a figure (门诊诊疗12500人次) that another document of the same office and year says otherwise.

    One that a document itself says in two ways is that document's own matter.
    """
    company, title = subject.beside.company, about(subject)
    if company is None or not title:
        return
    for (name, unit), values in figures(subject).items():
        other = company.figure(title, name, unit)
        if other and len({number for number, *_ in values}) == 1 and values[0][0] != other.number:
            _, written, spot = values[0]
            message = f"“{name}”在“{other.file}”里是{other.written}，这里是{written}。"
            related = (Related(other.at, "另一份是这样写的"),)
            yield Finding(message, spot, "请核对是哪一个数，两份改成一样；口径不同的，请写明。", related)


def figures(subject: Subject) -> dict[tuple[str, str], list[tuple[object, str, Spot]]]:
    """Return what a document says of each name and unit: the number, how it is written, and where."""
    found: dict[tuple[str, str], list[tuple[object, str, Spot]]] = {}
    for passage, one in said(subject, Relation.VALUE):
        spot = Spot(passage, one.start, one.end)
        found.setdefault((one.name, one.unit), []).append((one.number, f"{one.value}{one.unit}", spot))
    return found


_TITLE = "白石镇卫生院2022年"
SAME_FIGURE = TextRule(
    "HR606",
    Severity.WARNING,
    _find,
    bad=(
        f"{_TITLE}工作总结\n全年门诊诊疗12500人次。\n=====\n{_TITLE}工作汇报\n全年门诊诊疗12800人次。",
        f"{_TITLE}总结\n家庭医生签约率41.5%。\n=====\n{_TITLE}汇报\n家庭医生签约率40.5%，居全区前列。",
        f"{_TITLE}工作总结\n建成标准化预防接种门诊3个。\n=====\n{_TITLE}工作情况\n建成标准化预防接种门诊2个。",
    ),
    good=(
        f"{_TITLE}工作总结\n全年门诊诊疗12500人次。\n=====\n{_TITLE}工作汇报\n全年门诊诊疗12500人次。",
        f"{_TITLE}工作总结\n全年门诊诊疗12500人次。\n=====\n青山镇卫生院2022年工作汇报\n全年门诊诊疗12800人次。",
        f"{_TITLE}工作总结\n全年门诊诊疗12500人次。\n=====\n白石镇卫生院2021年工作总结\n全年门诊诊疗11800人次。",
        f"{_TITLE}工作总结\n全年门诊诊疗约1.2万人次。\n=====\n{_TITLE}工作汇报\n全年门诊诊疗12800人次。",
        f"{_TITLE}工作总结\n门诊诊疗12500人次。\n=====\n{_TITLE}汇报\n上半年门诊诊疗6200人次，全年门诊诊疗12500人次。",
    ),
    name="同一个数两份材料不一样",
    basis="数据",
    why="同一单位同一年的总结和汇报，同一个数不一样，上级不知道该信哪个。",
)
