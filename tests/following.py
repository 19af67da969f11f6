"""Hints, followed by the letter: what a message says to write, written where its caret stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.diagnostics import Diagnostic

PAIRS = {"［": "[", "｛": "{", "【": "[", "〔": "[", "］": "]", "｝": "}", "】": "]", "〕": "]"}
HALF_WIDTH = str.maketrans(dict.fromkeys("：︰﹕", ": ") | dict.fromkeys("，、；", ", ") | PAIRS)


class Place(NamedTuple):
    """A text and a message about it."""

    text: str
    told: Diagnostic

    @property
    def start(self) -> int:
        """Where what is meant begins."""
        starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        return starts[self.told.position.line - 1] + self.told.position.column - 1

    @property
    def end(self) -> int:
        """Where what is meant ends."""
        return self.start + self.told.position.width

    @property
    def line(self) -> tuple[int, int]:
        """Where the line begins and ends."""
        end = self.text.find("\n", self.start)
        return self.text.rfind("\n", 0, self.start) + 1, len(self.text) if end < 0 else end

    @property
    def word(self) -> str:
        """What is meant."""
        return self.text[self.start : self.end]

    def put(self, by: str, start: int | None = None, end: int | None = None) -> str:
        """Return the text with something else in a place."""
        first, last = self.start if start is None else start, self.end if end is None else end
        return self.text[:first] + by + self.text[last:]


def put(by: str) -> Callable[[Place], str]:
    """Write something in the place of what is meant."""
    return lambda place: place.put(by)


def guessed(place: Place) -> str:
    """Write what the message asks about: “是否为“标题”？”."""
    found = re.search("是否为“(.*?)”", place.told.message)
    return place.put(found[1]) if found else place.text


def first_choice(place: Place) -> str:
    """Write the first of what may stand there."""
    found = re.search("可选的“(.*?)”", place.told.message)
    return place.put(found[1]) if found else place.text


def example(place: Place) -> str:
    """Write the example of the hint: “例如“年度: 2022””."""
    found = re.search(r"“[^“”]*?: ([^“”]*)”|如(\[.*?\])|例如([^，。“；]+)", place.told.message + place.told.hint)
    return place.put(next(filter(None, found.groups()))) if found else place.text


def full_width_colon(place: Place) -> str:
    """Write a colon of a text, where the caret is at it; else put the text in quotes."""
    return place.put("：", end=place.start + 2) if place.word == ":" else quote_value(place)


def half_width(place: Place) -> str:
    """Write YAML's marks up to the end of the line."""
    _, end = place.line
    return place.put(place.text[place.start : end].translate(HALF_WIDTH), end=end)


def quote_value(place: Place) -> str:
    """Put a whole value in quotes, to the end of its line."""
    start, end = place.line
    first = max(
        match.end()
        for match in re.finditer(r"^ *(?:- )*|: |- ", place.text[start:end])
        if match.end() <= place.start - start
    )
    value = place.text[start + first : end]
    if place.told.id == "unquoted-clause" and value.startswith("[") and value.endswith("]") and ", " in value:
        inner = value[1:-1].rpartition(", ")
        return place.put(f'["{inner[0]}", {inner[2]}]', start + first, end)
    if place.told.hint.startswith("请给这样的每一条"):
        items = re.compile(r"(?<=[\[ ])(?![ \"])(?:\{\{.*?\}\}|[^\[\]{},\":])+")
        written = items.sub(lambda item: f'"{item[0]}"' if "{{" in item[0] else item[0], place.text[start:end])
        return place.put(written, start, end)
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    return place.put(f'"{quoted}"', start + first, end)


def reference(place: Place) -> str:
    """Write a reference for a name in other brackets, the whole in quotes."""
    name = place.word.strip("{}[] ")
    start, end = place.line
    before = place.text[start : place.start]
    closed = re.match(r"\s*(?:\{|\[\[)[^\]}]*(?:\}|\]\])", place.text[place.start : end])
    last = place.start + (closed.end() if closed else len(place.word))
    written = re.match("请写成“(.*?)”", place.told.hint)
    by = written[1] if written else f"{{{{ {name} }}}}"
    if re.search(r"(?:: |- )$", before):
        return place.put(f'"{by}{place.text[last:end]}"', end=end)
    return place.put(by, end=last)


def close_quote(place: Place) -> str:
    """Write the quote that is missing, at the end of the text or for the one that looks like it."""
    _, end = place.line
    return place.put('"') if place.word in "”＂" else place.put(place.text[place.start], end, end)


def other_quotes(place: Place) -> str:
    """Write YAML's quotes around a value."""
    return place.put(f'"{place.word[1:-1]}"')


def single_quotes(place: Place) -> str:
    """Write single quotes for the double ones around a place."""
    first, last = place.text.rfind('"', 0, place.start), place.text.find('"', place.start)
    return place.put("'" + place.text[first + 1 : last] + "'", first, last + 1)


def spaces(place: Place) -> str:
    """Write spaces for wide ones, as many as the level wants; where paragraphs were meant, a block."""
    start, end = place.line
    if place.told.hint.startswith("要分段"):
        key = max(found.end() for found in re.finditer(r"^\S+:", place.text[:start], re.MULTILINE))
        return place.put(f" |{place.text[key:start]}  {place.text[place.end : end]}", key, end)
    return place.put(" " if place.text[start : place.start].strip() else level(place))


def level(place: Place) -> str:
    """Return the spaces that a line wants: those its neighbour begins with, or two for a block's text."""
    start, end = place.line
    above = place.text[:start].rstrip().rpartition("\n")[2]
    is_key = re.match(r"\s*\S{1,8}: ", place.text[start:end])
    depth = len(re.match(r" *(?:- )*", above)[0])  # type: ignore[index]
    return " " * (depth if is_key or above.startswith(" ") else 2)


def align(place: Place) -> str:
    """Indent a line as the one above, or as what stands behind its dash."""
    start, end = place.line
    line = place.text[start:end]
    return place.put(level(place) + line.lstrip(), start, end)


def without_line(place: Place) -> str:
    """Take the line out."""
    start, end = place.line
    return place.text[:start] + place.text[end + 1 :]


def first_document(place: Place) -> str:
    """Leave the first report, the other goes to another file."""
    return place.text[: place.line[0]]


def add_key(place: Place) -> str:
    """Add the key that is missing at the end."""
    found = re.search("补上“(.*?): …”", place.told.hint)
    return f"{place.text.rstrip()}\n{found[1]}: 某某\n" if found else place.text


def below(place: Place) -> str:
    """Write an item below its key."""
    start, end = place.line
    depth = len(place.text[start:end]) - len(place.text[start:end].lstrip())
    item = place.text[place.start : end].removeprefix("- ")
    return place.put(f"\n{' ' * (depth + 2)}- {item}", end=end)


def also_an_item(place: Place) -> str:
    """Write the text behind a key as an item, too."""
    start, _ = place.line
    before = place.text.rfind("\n", 0, start - 1) + 1
    key, _, first = place.text[before : start - 1].partition(": ")
    return place.put(f"{key}:\n{' ' * (place.told.position.column - 1)}- {first}", before, start - 1)


def cells(place: Place) -> str:
    """Add the cells that are missing."""
    numbers = [int(one) for one in re.findall(r"有(\d+)格", place.told.message)]
    _, end = place.line
    last = place.text.rfind("]", 0, end)
    return place.put(', ""' * (numbers[1] - numbers[0]), last, last)


def other_derived(place: Place) -> str:
    """Write the first of the derived values there are."""
    (choice, *_) = re.findall(r"可以用：\.?([^、。]+)", place.told.message)
    return place.put(f"{place.word.rpartition('.')[0]}.{choice}")


def another_derived(place: Place) -> str:
    """Write the derived value that the message names instead: “请用“.达标””."""
    found = re.search(r"(?:请用|请改用|改用)“\.(.*?)”", place.told.message + place.told.hint)
    return place.put(f"{place.word.rpartition('.')[0]}.{found[1]}") if found else place.text


def without_format(place: Place) -> str:
    """Take the format of an expression away, with its bar."""
    bar = place.text.rfind("|", 0, place.end)
    return place.put("", bar, place.text.index("}}", bar))


def bare(place: Place) -> str:
    """Take the brackets of a value away, and what is YAML's in them."""
    found = re.compile(r"([\[{])(.*?)[\]}]").search(place.text, place.start)
    return place.put(found[2].replace(": ", "："), *found.span()) if found else place.text


def in_braces(place: Place) -> str:
    """Put braces around what stands behind a key, up to the end of the line or of the braces around it."""
    _, end = place.line
    rest = place.text[place.start : end]
    cut = re.match(r"(?:[^{}\[\]]|\{[^{}]*\}|\[[^\[\]]*\])*", rest)
    inner = cut[0].rstrip() if cut else rest
    return place.put(f"{{{inner}}}", end=place.start + len(inner))


def block_text(place: Place) -> str:
    """Take the mark of a block away, whose text stands on the same line."""
    return place.put("", place.start - 1, place.start)


def closed(place: Place) -> str:
    """Write the bracket that is missing at the end of the line."""
    mark = re.search("请补上“(.)”", place.told.hint)
    _, end = place.line
    return place.put(mark[1] if mark else "", end, end)


def known_key(place: Place) -> str:
    """Write the key that is meant, or take it out where it stands already, or put a value with commas in quotes."""
    if "已经写过" in place.told.hint:
        return without_line(place)
    quoted = re.search('请给整个值加引号：((\\S+: )"(.*)")', place.told.hint)
    if quoted:
        first = place.text.index(quoted[2] + quoted[3], place.line[0])
        return place.put(quoted[1], first, first + len(quoted[2] + quoted[3]))
    return guessed(place)


FOLLOWED: dict[str, Callable[[Place], str]] = {
    "alias": quote_value,
    "anchor": quote_value,
    "bad-date": example,
    "bad-digits": example,
    "bad-escape": single_quotes,
    "bad-flag": example,
    "bad-year": example,
    "block-mark": block_text,
    "bound-target": another_derived,
    "colon-in-text": full_width_colon,
    "control-character": put(""),
    "duplicate-key": without_line,
    "empty-item": without_line,
    "full-width-block-mark": put("|"),
    "full-width-bracket": half_width,
    "full-width-colon": put(": "),
    "full-width-comma": half_width,
    "full-width-dash": lambda place: place.put("-" if place.text[place.end] == " " else "- "),
    "full-width-hash": put("# "),
    "full-width-quotes": other_quotes,
    "full-width-space": spaces,
    "indentation": align,
    "key-in-value": in_braces,
    "list-on-key-line": below,
    "list-under-text": also_an_item,
    "missing-key": add_key,
    "missing-value": add_key,
    "negative-operand": another_derived,
    "no-space-after-colon": put(": "),
    "no-colon": lambda place: place.put(f"{place.word}: ", end=place.end + (place.text[place.end] in " \t")),
    "no-space-after-dash": put("- "),
    "not-a-choice": first_choice,
    "not-a-level": example,
    "not-a-list": below,
    "not-a-text": bare,
    "numbering-style": lambda place: place.put(re.findall("“(.*?)”", place.told.hint)[0]),
    "ragged-table": cells,
    "second-document": first_document,
    "special-start": quote_value,
    "tab-indentation": align,
    "tag": quote_value,
    "target-missed": another_derived,
    "text-after-bracket": reference,
    "text-after-quote": lambda place: place.put("“" + place.word[1:-1] + "”"),
    "text-cut-by-comment": quote_value,
    "unclosed-bracket": closed,
    "unclosed-quote": close_quote,
    "unknown-derived": other_derived,
    "unknown-format": without_format,
    "unknown-genre": guessed,
    "unknown-key": known_key,
    "unknown-layout": guessed,
    "unknown-name": guessed,
    "unquoted-clause": quote_value,
    "unquoted-expression": quote_value,
}
