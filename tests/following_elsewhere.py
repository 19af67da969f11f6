"""Hints of doubts, sheets, lists and command lines, followed by the letter: see ``following.py`` for those of slips."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from following import Place, guessed, without_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.diagnostics import Diagnostic

Files = dict[str, str]


def in_place(follow: Callable[[Place], str]) -> Callable[[Files, Diagnostic], Files]:
    """Follow a hint in the file that the message stands in."""
    return lambda files, told: files | {told.position.file: follow(Place(files[told.position.file], told))}


def filled_in(files: Files, told: Diagnostic) -> Files:
    """Write a figure in the empty cell, or behind the empty key, that the message shows beside itself."""
    place = told.related[0].position if told.related else told.position
    at = Place(files[place.file], told._replace(position=place))
    is_key = not place.file.endswith(".csv")
    return files | {place.file: at.put(f"{at.word}: 24", end=at.end + 1) if is_key else at.put("24", end=at.start)}


def dash(place: Place) -> str:
    """Write in the cell of what there is none of what the hint says: “请在那一格写“—””."""
    found = re.search("请在那一格写“(.)”", place.told.hint)
    assert found, place.told.hint
    return place.put(found[1], end=place.start)


def without_comma(place: Place) -> str:
    """Take the comma away that parts a number, the first of the line that does."""
    start, end = place.line
    return place.put(re.sub(r",(\d{1,3}),(\d{3})\b", r",\1\2", place.text[start:end], count=1), start, end)


def without_column(place: Place) -> str:
    """Take the column out that a message stands in."""
    at = place.text[: place.start].count(",")
    rows = [line.split(",") for line in place.text.splitlines()]
    return "".join(",".join([*row[:at], *row[at + 1 :]]) + "\n" for row in rows)


def with_indicator(place: Place) -> str:
    """Write a column as “农村改厕.目标” with an indicator's name for the example's."""
    return place.put(f"门诊.{place.word}")


def with_key(place: Place) -> str:
    """Write the key that the hint says into the indicator that the message is about."""
    key = re.search("请(?:在“指标”里)?写“(可超过.*?: 是)”|请写“(小数位: 0)”", place.told.hint)
    name = re.search("“(.*?)”", place.told.message)
    assert key, place.told.hint
    assert name
    said = key[1] or key[2]
    return re.sub(rf"({name[1]}: \{{[^}}]*)\}}", rf"\1, {said}}}", place.text, count=1)


def key_said(place: Place) -> str:
    """Write at the end the key that the hint gives as an example: “日期: 2022-12-30”, “汇总来源: 乡镇.csv”."""
    found = re.search("如“((?:日期|落款|汇总来源): .*?)”", place.told.hint)
    assert found, place.told.hint
    return place.text + found[1].replace(".xlsx", ".csv") + "\n"


def written_up(place: Place) -> str:
    """Change 待补 to 内容 as the hint says, with a text."""
    start = place.text.index("待补:")
    return place.put("内容: 举办讲座12场。", start, place.text.index("}", start))


def left_open(place: Place) -> str:
    """Put a section's text back to 待补, as the hint says of one that is not written yet."""
    start, _ = place.line
    return place.put("待补", place.text.index("内容", start), place.text.index("内容", start) + 2)


def as_a_field(place: Place) -> str:
    """Write a field as it is, not computed with."""
    found = re.search("直接写“(.*?)”", place.told.hint)
    first, last = place.text.rfind("{{", 0, place.start), place.text.index("}}", place.start) + 2
    return place.put(found[1], first, last) if found else place.text


def as_a_task(place: Place) -> str:
    """Write an item of a table as the hint says: “事项: …”."""
    found = re.search("写成“(.*?): …”", place.told.hint)
    return place.put(f"{{{found[1]}: {place.word}}}") if found else place.text


def by_the_program(place: Place) -> str:
    """Write the reference that the hint gives in the place of the typed growth."""
    found = re.search("写成“(.*?)”", place.told.hint)
    assert found
    first = re.search(r"(?:同比|较上年).*?%", place.text[place.line[0] :])
    assert first
    start = place.line[0] + first.start()
    return place.put(found[1], start, start + len(first[0]))


def words_outside(place: Place) -> str:
    """Write words outside of a clause that stands alone."""
    return place.put("情况" + place.word)


def without_last(place: Place) -> str:
    """Take a 上年 away that the program computes."""
    return re.sub(r", 上年: " + re.escape(place.word), "", place.text, count=1)


def value_said(place: Place) -> str:
    """Write the value that the hint gives as an example behind its key: “列宽: [2, 1, 1]”."""
    key, value = re.findall("例如“([^:：]+): (.*?)”", place.told.hint)[0]
    start = place.text.index(f"{key}: ") + len(key) + 2
    found = re.compile(r"\[.*?\]|\{.*?\}|[^,}\n]+").match(place.text, start)
    assert found
    return place.put(value, start, found.end())


def renamed(place: Place) -> str:
    """Call an indicator what the hint says, wherever it is named."""
    name = re.search("“(.*?)”", place.told.message)
    word = re.findall("“(净增)”", place.told.hint)
    assert name
    return place.text.replace(name[1], f"{name[1]}{word[0]}")


def with_value(place: Place) -> str:
    """Give the figure that the county is to say itself."""
    return place.text.replace("汇总方式: 不汇总", "汇总方式: 不汇总, 数值: 9", 1)


def real_words(place: Place) -> str:
    """Write words in the place of those that stand for some."""
    return place.put("一切正常")


IN_FILES: dict[str, Callable[[Files, Diagnostic], Files]] = {
    "bad-number": in_place(lambda place: place.put(re.findall("如([0-9.]+)", place.told.hint)[0])),
    "bad-alignments": in_place(value_said),
    "bad-parts": in_place(value_said),
    "bad-widths": in_place(value_said),
    "beyond-header": in_place(without_comma),
    "blank-cell": in_place(dash),
    "change-differs": in_place(by_the_program),
    "double-column": in_place(without_column),
    "duplicate-key": in_place(without_line),
    "flag-as-text": in_place(left_open),
    "fractional-count": in_place(with_key),
    "last-differs": in_place(without_last),
    "missing-value": filled_in,
    "mixed-table": in_place(as_a_task),
    "no-date": in_place(key_said),
    "negative-count": in_place(renamed),
    "no-townships": in_place(key_said),
    "not-a-number": in_place(as_a_field),
    "not-summed": in_place(with_value),
    "only-clauses": in_place(words_outside),
    "placeholder": in_place(real_words),
    "rate-over-100": in_place(with_key),
    "read-as-none": lambda files, _: files | {"指标.csv": re.sub("[—无]", "", files["指标.csv"])},
    "tenfold": in_place(with_key),
    "todo": in_place(written_up),
    "typed-label": in_place(lambda place: re.sub(r"序号: .*?, ", "", place.text)),
    "unattached-column": in_place(with_indicator),
    "unknown-column": in_place(guessed),
    "unprinted-words": in_place(without_line),
}


def with_option(command: list[str], hint: str) -> list[str]:
    """Add the option that a hint names, in the place of the one that was given: --force, -o 报告.docx, --year."""
    option, value = re.findall(r"(--[a-z-]+|-o)(?: (\S*[.\d][^\s，。；]*))?", hint)[0]
    rest = [one for at, one in enumerate(command) if one != option and command[at - 1] != option]
    return [
        *rest,
        option,
        *([value] if value else ["新.txt" if "txt" in rest else "新.docx"] if option == "-o" else []),
    ]


def without_option(command: list[str], hint: str) -> list[str]:
    """Take the option away that a hint says is not to be there."""
    option = re.findall(r"(?:去掉|不写) (--[a-z-]+)", hint)[0]
    return [one for at, one in enumerate(command) if one != option and command[at - 1] != option]


ON_COMMAND_LINE: dict[str, Callable[[list[str], str], list[str]]] = {
    "bad-output": with_option,
    "edited": with_option,
    "exists": with_option,
    "no-later-year": with_option,
    "no-sections": without_option,
    "output-is-input": with_option,
    "stdin-needs-output": with_option,
}
