"""Bounds and rough words: 控制在30%以内，实为28.6%; 18个乡镇中5个未达标，不足三成; 完成98.7万份，近100万份."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import Figure, Line, Mismatch, written
from healthreport.values import counters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.figures.words import FigureCues

BOUND, ROUGH = "HR210", "HR211"
_HINT = "文字与数不符，请核对。"
_CN = {counters.chinese_number(number): number for number in range(1, 101)} | {"百": 100, "两": 2}
_AT_LEAST = re.compile(r"(?:不低于|不少于|不得低于|不得少于|至少|不小于|≥)(?:每[一-龥]{1,3}|为)?$")
_AT_MOST = re.compile(r"(?:不超过|不高于|不多于|控制在|不得超过|不得高于|至多|≤)(?:每[一-龥]{1,3}|为)?$")
# A class of several, and how many are in it: 3万人次以下的7家.
_OF_CLASS = re.compile(
    r"(?:及|或)?(?:以上|以下|以内|之内)的?[^，。；、\d]{0,6}(?:有|为|占)?\d+(?:\.\d+)?(?:[家所个名人例台户份处件]|%)"
)
_WITHIN, _OVER = ("以内", "以下", "之内"), ("以上", "及以上")
_ACTUAL = re.compile(
    r"(?:实为|实际|实有|现为|目前|当前|仅为|仅有|实际为|实际达|实际仅)(?:平均)?(?:为|是|达|达到|仅|只有)?$"
)
_LEAST, _GREATEST = (
    re.compile(r"最[低少小](?:的)?(?:为|是|仅|达)?[一-龥]{0,6}$"),
    re.compile(r"最[高多大](?:的)?(?:为|是|达)?[一-龥]{0,6}$"),
)
_MEAN = re.compile(r"(?:平均|均值|实际|实为|中位数|目前|现)(?:为|是|达|值)*$")
_NEXT_TO = re.compile(r"[，,（(]?(?:已|也)?(近|将近|接近|超过|超|逾|突破|不足|不到)$")
_ROUGH = re.compile(
    r"(?P<how>不足|不到|未到|近|将近|接近|约占|约为|约|超过|超出|超|逾|过|占|达到|达|为|多于|占到)?(?:全部|总数|总量|其|全县|了)*的?"
    r"(?P<value>半数|一半|过半|[一二三四五六七八九]成(?:半)?|[二三四五六七八九十百两]分之[一二三四五六七八九十]{1,3})(?P<more>多|以上|以下|左右|余)?"
)
_BELOW, _NEARLY, _ABOVE = ("不足", "不到", "未到"), ("近", "将近", "接近"), ("超过", "超出", "超", "逾", "过", "多于")
_LONGEST_ROLE = 4
_HAS_NAME = re.compile("[一-龥]{6,}$|最[高低]")
_FIRST = re.compile(r"前(\d{1,3})[名位家]")
_NOT_ROUGH = re.compile(r"(?:增|减|降|升|长|缩|高|低|少|多|涨|提前|之)[^，。；]{0,5}$|分之$")
_RATIO = re.compile(r"比(?:例)?(?:为|达到|达|是|约为)?\s*(\d+(?:\.\d+)?)\s*[∶:：比]\s*(\d+(?:\.\d+)?)(?![\d.:：∶比])")
_ONE_IN = re.compile(
    r"每(\d{1,4}|[两三四五六七八九十]{1,2})(?:名|个|人|例|位|户)[^，。；\d]{0,10}?(?:有|就有|中就有)约?(?:1|一)(?:名|个|人|例|位|户)"
)
_REAL_BEHIND = re.compile(
    r"[^，。；（(\d]{0,4}[（(](?:实为|实际为|实际|实有|具体为|准确数为|精确数为|为)(\d[\d,]*(?:\.\d+)?)"
)
_NAMED_BEHIND = re.compile(
    r"^[^（(，。；\d]{0,6}以上[^（(，。；\d]{0,12}\d+[家所个][^，。；\d]{0,4}[（(](?:实有|分别为|分别有|为)?(\d+(?:[、，]\d+)+)"
)


def find(line: Line, _: FigureCues) -> Iterator[Mismatch]:
    """Yield values outside the bounds beside them, and rough words that the figures do not bear out."""
    for index, figure in enumerate(line.figures):
        yield from _bounded(line, index)
        if figure.loose:
            yield from _beside(line, index)
        if "以上" in line.text:
            yield from _listed(line, figure)
    yield from _rough(line)
    if "比" in line.text:
        yield from _ratios(line)
    if "每" in line.text and "%" in line.text:
        yield from _one_in(line)


def _bounded(line: Line, index: int) -> Iterator[Mismatch]:
    """Compare 不低于每月2000元，最低为1950元, and 在95～130元之间，平均142元."""
    figure = line.figures[index]
    after = line.text[figure.end : figure.end + 4]
    least = bool(_AT_LEAST.search(figure.clause)) or after.startswith(_OVER)
    most = bool(_AT_MOST.search(figure.clause)) or after.startswith(_WITHIN)
    between = figure.last is not None and re.match(
        r"[^，。；\d]{0,4}(?:之间|区间|范围)", line.text[figure.end : figure.end + 10]
    )
    one = next(
        (
            line.figures[at]
            for at in line.sentence(index)
            if index < at <= index + 2 and line.figures[at].unit == figure.unit
        ),
        None,
    )
    if one is None or one.loose or not (least or most or between) or figure.start > one.start:
        return
    if _OF_CLASS.match(line.text, figure.end):
        return
    if re.search(r"[。；]", line.text[figure.end : one.start]) or re.search(r"其中|上年|去年|同比", one.lead):
        return
    low, high = figure.value, figure.last if figure.last is not None else figure.value
    actual, lowest, highest = _ACTUAL.search(one.clause), _LEAST.search(one.clause), _GREATEST.search(one.clause)
    if between:
        wrong = (_MEAN.search(one.clause) or lowest or highest) and not low <= one.value <= high
    elif least:
        wrong = (actual or lowest) and one.value < low
    else:
        wrong = (actual or highest) and one.value > high
    if wrong and not re.search(r"未达|没有达|超出|突破|高于|不达标|低于", line.behind(line.figures.index(one))[:16]):
        word = "之间" if between else "下限" if least else "上限"
        yield Mismatch(BOUND, line, one, f"{one.printed}不在{figure.printed}的{word}内，与文字不符。", _HINT, (figure,))


def _listed(line: Line, figure: Figure) -> Iterator[Mismatch]:
    """Compare 300张床位以上医院4家（实有300、320、410、560张）."""
    found = _NAMED_BEHIND.match(line.text[figure.end : figure.end + 60])
    if found:
        numbers = [int(number) for number in re.split("[、，]", found[1])]
        if min(numbers) < figure.value:
            yield Mismatch(BOUND, line, figure, f"所列的{min(numbers)}小于{figure.printed}，不在“以上”之内。", _HINT)


def _beside(line: Line, index: int) -> Iterator[Mismatch]:
    """Compare 完成98.7万份，近100万份, and 2.3万余册（实为23450）."""
    figure = line.figures[index]
    if figure.last is not None:
        return
    real = _REAL_BEHIND.match(line.text, figure.end, figure.end + 40)
    above = figure.about in ("余", "多") or re.match(r"[多余]", line.text[figure.end : figure.end + 1])
    if real and (above or figure.about in ("近", "约")):
        value = Fraction(real[1].replace(",", ""))
        value = value if value >= figure.value / 100 else value * figure.factor
        if (above and value < figure.value) or (figure.about == "近" and value > figure.value):
            yield Mismatch(
                BOUND,
                line,
                figure,
                f"{real[1]}{'小于' if above else '大于'}{written(figure.value)}，不能说“{figure.printed}”。",
                _HINT,
            )
        return
    if not index:
        return
    one = line.figures[index - 1]
    lead = figure.lead + figure.printed[: len(figure.about)] if figure.about in ("近", "约") else figure.lead
    found = _NEXT_TO.fullmatch(lead)
    if not found or one.unit != figure.unit or one.loose or one.sentence != figure.sentence:
        return
    below = found[1] in ("近", "将近", "接近", "不足", "不到")
    if (below and one.value > figure.value) or (not below and one.value < figure.value):
        yield Mismatch(
            BOUND,
            line,
            one,
            f"{one.printed}{'大于' if below else '小于'}{_bare(figure)}，不能说“{found[1]}{_bare(figure)}”。",
            _HINT,
            (figure,),
        )


def _bare(figure: Figure) -> str:
    return figure.printed.removeprefix(figure.about) if figure.about in ("近", "约") else figure.printed


def _rough(line: Line) -> Iterator[Mismatch]:
    """Compare 18个乡镇中5个未达标，不足三成; 参评35家，达标19家，超过半数."""
    if not any(word in line.text for word in ("成", "半", "分之")):
        return
    for found in _ROUGH.finditer(line.text):
        before = [at for at, one in enumerate(line.figures) if one.end <= found.start()]
        if not before or _NOT_ROUGH.search(line.text[max(found.start() - 8, 0) : found.start()]):
            continue
        index = before[-1]
        if (
            re.search(r"[。；]", line.text[line.figures[index].end : found.start()])
            or found.start() - line.figures[index].end > 24
        ):
            continue
        counts = [line.figures[at] for at in line.sentence(index) if at <= index and line.figures[at].counts]
        first = _FIRST.search(line.text, line.figures[index].end, found.start())
        if first and len(counts) == 1:  # 18个乡镇中前6名
            at = first.start(1)
            counts.append(
                counts[0]._replace(start=at, end=first.end(), value=Fraction(int(first[1])), printed=first[0])
            )
        if len(counts) < 2 or any(one.loose for one in counts):
            continue
        if not found["how"] and not re.search(r"占|约", line.text[line.figures[index].end : found.end()]):
            continue
        value = _value(found["value"])
        pairs = [(one, other) for one, other in permutations(counts, 2) if other.value and one.value <= other.value]
        if any(_bears(one.value / other.value, value, found) for one, other in pairs):
            continue
        whole, part = counts[0], counts[-1]
        alike = whole.unit == part.unit or {whole.unit, part.unit} <= {"人", "例"}
        if len(counts) == 2 and alike and part.value <= whole.value:
            exact = part.value / whole.value * 100
            shown = f"{written(part.value, part)} ÷ {written(whole.value, part)} = {written(exact, None, 1)}%"
            yield Mismatch(ROUGH, line, part, f"{shown}，不能说“{found[0]}”。", _HINT, (whole,))


def _value(words: str) -> Fraction:
    if words in ("半数", "一半", "过半"):
        return Fraction(1, 2)
    if "成" in words:
        return Fraction(_CN[words[0]], 10) + (Fraction(1, 20) if words.endswith("半") else 0)
    below, _, above = words.partition("分之")
    return Fraction(_CN.get(above, 0), _CN.get(below, 100))


def _bears(exact: Fraction, value: Fraction, found: re.Match[str]) -> bool:
    how, more = found["how"] or "", found["more"] or ""
    if how in _BELOW:
        return exact < value
    if how in _NEARLY:
        return value - Fraction(7, 100) < exact <= value
    if how in _ABOVE or found["value"] == "过半" or more in ("以上", "多", "余"):
        return exact >= value if more == "以上" else exact > value
    if more == "以下":
        return exact <= value
    wide = Fraction(6, 100) if how.startswith("约") or more == "左右" or "成" in found["value"] else Fraction(3, 100)
    return abs(exact - value) <= wide


def _ratios(line: Line) -> Iterator[Mismatch]:
    """Compare 医护比为1∶1.25（医师240人、护士300人）."""
    for found in _RATIO.finditer(line.text):
        after = [one for one in line.figures if one.start >= found.end() and one.start - found.end() < 12]
        row = after[:1] and [one for one in line.figures if one.start >= after[0].start][:2]
        if len(row) < 2 or not re.match(r"[^。；]{0,4}(?:（|，其中)", line.text[found.end() : row[0].start]):
            row = [one for one in line.figures if one.end <= found.start() and found.start() - one.end < 40][-2:]
            if row and "。" in line.text[row[-1].end : found.start()]:
                continue
        if len(row) < 2 or any(one.loose or not one.counts for one in row) or row[0].sentence != row[1].sentence:
            continue
        if row[0].end <= found.start() and _HAS_NAME.search(line.text, row[-1].end, found.start()):
            continue  # 实际聘用58人；岗位最高竞争比1∶86
        row = _named(line, found, row)
        first, second = Fraction(found[1]), Fraction(found[2])
        digits = max(len(number.partition(".")[2]) for number in found.groups())
        if not first or not second or not row[0].value or not row[1].value:
            continue
        half = Fraction(1, 2 * 10**digits)
        direct, inverse = row[1].value / row[0].value * first, row[0].value / row[1].value * first
        if min(abs(direct - second), abs(inverse - second)) > half:
            shown = f"{written(row[0].value)}∶{written(row[1].value)} = {found[1]}∶{written(direct, None, digits + 1)}"
            what = f"{shown}，文中为{found[1]}∶{found[2]}。"
            at = next((one for one in line.figures if one.start >= found.start()), row[1])
            yield Mismatch(
                ROUGH,
                line,
                at._replace(start=found.start(1), end=found.end(2)),
                what,
                "请核对比例和两个数。",
                tuple(row),
            )


def _named(line: Line, found: re.Match[str], row: list[Figure]) -> list[Figure]:
    """Return the two figures that a ratio names by a character each, 医护比; else those that stand next to it."""
    name = line.text[max(found.start() - 2, 0) : found.start()]
    sentence = [one for one in line.figures if one.sentence == row[0].sentence and one.counts and not one.loose]
    named = [[one for one in sentence if char in one.clause[-_LONGEST_ROLE:]] for char in name]
    is_sure = len(named) == 2 and all(len(ones) == 1 for ones in named) and named[0] != named[1]
    return [ones[0] for ones in named] if is_sure else row


def _one_in(line: Line) -> Iterator[Mismatch]:
    """Compare 患病率25%，约每4名成人有1名患者."""
    for found in _ONE_IN.finditer(line.text):
        rates = [one for one in line.figures if one.end <= found.start() and one.unit == "%" and not one.loose]
        if not rates or found.start() - rates[-1].end > 8 or not rates[-1].value:
            continue
        said = int(found[1]) if found[1].isdigit() else _CN.get(found[1], 0)
        exact, rest = 100 / rates[-1].value, 100 / max(100 - rates[-1].value, Fraction(1, 100))
        # 合格率82.0%，每6个人中就有1人不合格: of the others is said how many there are
        if said and abs(exact - said) > Fraction(3, 5) and abs(rest - said) > Fraction(3, 5):
            what = f"100 ÷ {written(rates[-1].value)} = {written(exact, None, 1)}，文中为每{found[1]}有1。"
            yield Mismatch(
                ROUGH,
                line,
                rates[-1]._replace(start=found.start(1), end=found.end(1)),
                what,
                "请核对率和比例。",
                (rates[-1],),
            )
