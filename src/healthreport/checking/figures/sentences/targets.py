"""Targets and what came of them: 年度目标9000人，实际完成9720人，完成率108.0%; 目标90%，实际88.7%，未达标."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import (
    POINTS,
    Figure,
    Fit,
    Line,
    Mismatch,
    change,
    decimals,
    ratio,
    total,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.figures.words import FigureCues

TARGET = "HR206"
_HINT = "请核对目标、完成数和完成率。"
_HINT_WORDS = "文字与数不符，请核对。"
_BEHIND_TARGET = re.compile(r"^的?[^，。；\d]{0,6}(?:任务|目标|计划)")
_SCHEDULE = re.compile(
    r"(\d{1,2})月(?:底|末|份)?[^。；]{0,24}?(\d+(?:\.\d+)?)%[^。；]{0,6}?(?P<way>快于|超|超过|高于|领先|领先于|慢于|落后|落后于|低于)(?:全年)?序时进度(?:要求)?"
    r"(\d+(?:\.\d+)?)个百分点"
)
_LATE = ("慢于", "落后", "落后于", "低于")
_RATE_BETWEEN = re.compile(r"^，?(?:任务|目标)?完成率?(?:为|达到?)?[\d.]{1,6}%")
_FARTHEST = 24


def find(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    """Yield completions that are not what was done of what was asked, and words that say otherwise."""
    yield from _schedule(line)
    if not cues["<目标>"].search(line.text):
        return
    for index, figure in enumerate(line.figures):
        if not _is_target(line, index, cues) or figure.loose or not figure.value:
            continue
        done = _done(line, index, cues)
        if done is None:
            continue
        yield from _rates(line, figure, done, cues)
        yield from _words(line, figure, line.figures[done], cues)


def _is_target(line: Line, index: int, cues: FigureCues) -> bool:
    figure = line.figures[index]
    if figure.unit in POINTS or cues["(?:<完成率>|<超额>|<增>|<减>)(?:为|达|的)?$"].search(figure.clause):
        return False
    if cues["<目标>(?:为|是|数|（|：|值|完成|年底完成|全年完成|达到|年底|全年|任务)*[^，。；（]{0,6}$"].search(
        figure.clause
    ) and not cues["(?:已|实际|提前|超额|圆满)完成[^，]*$"].search(figure.clause):
        return True
    if figure.lead[-1:] in ("（", "(") and cues["<目标>$"].search(figure.lead[:-1]):
        return True
    return bool(_BEHIND_TARGET.match(line.behind(index))) and not cues["已|实际"].search(figure.clause)


def _done(line: Line, index: int, cues: FigureCues) -> int | None:
    """Return the index of what was done of a target: the next figure of its unit that says so, or the one before."""
    figure, sentence = line.figures[index], line.sentence(index)
    for at in range(index + 1, min(index + 4, sentence.stop)):
        one = line.figures[at]
        if (
            one.unit != figure.unit
            or one.loose
            or one.lead == "的"
            or _is_target(line, at, cues)
            or cues["<差额>|<超额>|<上年>|(?:<完成率>|<增>|<减>)(?:为)?$"].search(one.clause)
        ):
            continue
        return at if cues["<实绩>|为$|^$|有$|到位|是$"].search(one.clause) else None
    if figure.lead[:1] in ("（", "(") and index - 1 > sentence.start and line.figures[index - 1].is_rate:
        return _all_done(line, index, cues)
    for at in range(index - 1, max(sentence.start, index - 2) - 1, -1):
        one = line.figures[at]
        if one.unit == figure.unit and not one.loose and not _is_target(line, at, cues):
            rate = line.figures[index + 1] if index + 1 < sentence.stop else figure
            follows = rate.is_rate and cues["<完成率>(?:为|达)?$"].search(rate.clause)
            bracket = (
                follows
                or figure.lead[-1:] in ("（", "(")
                or cues["完成|达到?|实现|高于|超过|低于|占"].search(figure.clause)
            )
            return at if bracket else None
    return None


def _all_done(line: Line, index: int, cues: FigureCues) -> int | None:
    """Return what was done, over its parts: 筛查8600人，其中…4300人、…4300人，完成任务的107.5%（任务8000人）."""
    target, first = line.figures[index], line.sentence(index).start
    row = [at for at in range(first, index) if line.figures[at].unit == target.unit]
    told = [at for at in row if cues["<其中>"].search(line.figures[at].lead)]
    all_of = told[0] - 1 if told else row[-1] if row else -1
    return all_of if all_of in row and not line.figures[all_of].loose else None


def _opens_with_rate(line: Line, start: int, figure: Figure, cues: FigureCues) -> bool:
    """Say whether the next sentence begins with 完成率, and no other figure stands between that it may be of."""
    bare = cues["^(?:<完成率>)(?:为|达到?|是)?$"].search(figure.clause)
    return bool(bare) and not any(start < one.start < figure.start for one in line.figures)


def _rates(line: Line, target: Figure, at: int, cues: FigureCues) -> Iterator[Mismatch]:
    done = line.figures[at]
    first = max(done.start, target.start)
    for figure in line.figures:
        behind = target.lead[:1] in ("（", "(") and figure.end == target.start - len(target.lead)
        if (
            (figure.start <= first and not behind)
            or figure.sentence not in (done.sentence, done.sentence + 1)
            or figure.start - first > 60
            or (figure.sentence != done.sentence and not _opens_with_rate(line, first, figure, cues))
        ):
            continue
        if (
            figure.is_rate
            and not figure.loose
            and (
                cues["(?:<完成率>)(?:为|达到?|是|的|约)?$"].search(figure.clause)
                or (figure.lead == "的" and target.start > done.start and figure.start - target.end == 1)
                or cues["完成[^，。；]{0,12}(?:任务|目标|计划)的$|^已?完成了?$"].search(figure.clause)
            )
        ):
            result = ratio(done, target, figure, 100)
            if result in (Fit.WRONG, Fit.SLIP):
                exact = done.value / target.value * 100
                shown = f"{written(done.value, done)} ÷ {written(target.value, done)} = "
                shown += f"{written(exact, None, decimals(figure) + 1)}%"
                yield Mismatch(
                    TARGET,
                    line,
                    figure,
                    f"{shown}，文中为{figure.printed}。",
                    _HINT,
                    (target, done),
                    result is Fit.SLIP,
                )
            return
        if cues["<超额>(?:了|完成)?(?:约)?$"].search(figure.clause) and not figure.loose:
            yield from _excess(line, target, done, figure)
            return


def _excess(line: Line, target: Figure, done: Figure, figure: Figure) -> Iterator[Mismatch]:
    if figure.unit == "%" and target.unit != "%":
        result = change(done, target, figure)
        exact = (done.value / target.value - 1) * 100
        a, b = written(done.value, done), written(target.value, done)
        shown = f"({a} - {b}) ÷ {b} = {written(exact, None, decimals(figure) + 1)}%"
    elif figure.unit == target.unit or (figure.unit == "百分点" and target.unit == "%"):
        result = total((done, target), figure, (1, -1))
        exact = done.value - target.value
        shown = f"{written(done.value, done)} - {written(target.value, done)} = {written(exact, done)}"
    else:
        return
    if result in (Fit.WRONG, Fit.SLIP):
        yield Mismatch(
            TARGET, line, figure, f"{shown}，文中为{figure.printed}。", _HINT, (target, done), result is Fit.SLIP
        )


def _words(line: Line, target: Figure, done: Figure, cues: FigureCues) -> Iterator[Mismatch]:
    """Compare what words say, 未达标 or 超额完成, with the two figures."""
    last = max(target.end, done.end)
    stop = re.search(r"[。；\n]", line.text[last : last + 200])
    after = line.text[last : last + (stop.start() if stop else 200)][:_FARTHEST]
    after = _RATE_BETWEEN.sub("", after)
    around = line.text[max(target.start - 16, 0) : last]
    if cues["<越低越好>"].search(around) or done.about or target.unit == "分":
        return
    missed = cues["<说未达到>"].search(after)
    reached = cues["<说达到>"].search(after) if not missed else None
    before = line.text[done.end : target.start] if target.start > done.end else ""
    if before and not (missed or reached):
        return
    if missed and done.value >= target.value and not re.search(r"\d", after[: missed.start()]):
        what = f"{done.printed}不低于目标{target.printed}，文中说“{missed[0]}”。"
    elif (
        reached
        and done.value < target.value
        and not re.search(r"\d|将|力争|确保|预计|才能|方可|是否", after[: reached.start()])
        and not re.match(r"[^，。；]{0,8}的\d", after[reached.end() :])  # 完成全年任务的57.0%
    ):
        what = f"{done.printed}低于目标{target.printed}，文中说“{reached[0]}”。"
    else:
        return
    yield Mismatch(TARGET, line, done, what, _HINT_WORDS, (target,))


def _schedule(line: Line) -> Iterator[Mismatch]:
    """Compare 截至6月底完成全年任务的52%，快于序时进度2个百分点 with six months of twelve."""
    if "序时进度" not in line.text:
        return
    for found in _SCHEDULE.finditer(line.text):
        month = int(found[1])
        figure = next((one for one in line.figures if one.start <= found.start(4) < one.end), None)
        if not 1 <= month <= 12 or figure is None:
            continue
        due = round(month / 12 * 100, 4)
        off = (float(found[2]) - due) * (-1 if found["way"] in _LATE else 1)
        if abs(off - float(figure.value)) > max(float(figure.step), 0.1) * 0.6:
            shown = f"{found[2]} - {due:.1f} = {float(found[2]) - due:.1f}"
            what = f"{month}个月的序时进度是{due:.1f}%，{shown}，文中为{figure.printed}。"
            yield Mismatch(TARGET, line, figure, what, _HINT)
