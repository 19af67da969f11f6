"""雷同: documents of different offices that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.said import about
from healthreport.checking.settings import ALIKE
from healthreport.diagnostics import Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a document that shares more than so much of its words with another office's, numbers aside.

    A report and its own Word file, or one office's 总结 and 汇报 of a year, say the same by right. Of a Word file
    nobody can tell what it has of a base: it keeps a digest of all it was made from, not the base's own.
    """
    company = subject.beside.company
    found = company.closest(subject.passages, subject.place, about(subject)) if company else None
    if found and found.share >= subject.settings.thresholds[ALIKE]:
        first, *more = found.here
        message = f"和“{found.file}”雷同：{len(found.here)}段相同，占全文的{found.share:.0%}，只差数字。"
        hint = "请写本单位自己的做法；本来就该一样的话，写进两份都继承的底稿。"
        if subject.place(first).file.endswith(_WORD):
            hint += "Word 文件里看不出哪些话来自底稿：由同一份底稿生成的，请改为一起检查它们的 YAML，底稿的话不算。"
        yield Finding(message, first, hint, (Related(found.there, "另一份里相同的第一段"),), places=tuple(more))


_WORD = (".docx", ".docm")
_SAME = "坚持关口前移，组织家庭医生团队进村入户，为老年人逐一测量血压、更新健康档案，做到底数清、情况明。"
_OWN = "针对山高路远、居住分散的实际，配备巡诊车一辆，每周两次到偏远村组开展义诊，解决群众看病远的问题。"
ALIKE_TEXTS = TextRule(
    "HR605",
    Severity.WARNING,
    _find,
    bad=(
        f"{_SAME}\n=====\n{_SAME}",
        f"白石镇工作总结\n{_SAME}\n共随访1200人次。\n=====\n青山镇工作总结\n{_SAME}\n共随访960人次。",
        f"白石镇卫生院2022年工作总结\n{_SAME}\n=====\n青山镇卫生院2022年工作总结\n{_SAME}",
        f"{_SAME}全年测量1200人次。\n=====\n{_SAME}全年测量960人次。",
    ),
    good=(
        f"{_SAME}\n=====\n{_OWN}",
        f"{_OWN}\n{_OWN}",
        f"白石镇卫生院2022年工作总结\n{_SAME}\n=====\n白石镇卫生院2022年工作汇报\n{_SAME}",
        f"下一步，我们将继续努力。\n{_SAME}\n=====\n下一步，我们将继续努力。\n{_OWN}",
    ),
    name="与别的单位雷同",
    why="几个单位的材料只差数字，上级一看就知道是抄的；本来就该一样的部分，应写在共用的底稿里。",
)
