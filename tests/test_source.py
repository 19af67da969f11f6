"""From bytes to a tree that knows its places."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from healthreport.diagnostics import Diagnostic, HealthReportError, Position
from healthreport.reading.yaml.encodings import decode
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar, Sequence, is_missing
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable

# Marks the part of a value whose place is asked for; it stands nowhere else.
OPEN, CLOSE = "〖", "〗"
WORDS = st.text("甲乙，。 ab1x0un:#-'\"\\{}[]é\u3000😀", max_size=12)


def tree(text: str | bytes) -> Mapping:
    """Parse a text."""
    return parse(decode(text if isinstance(text, bytes) else text.encode(), "x.yaml"))


def value(node: Node, *path: str | int) -> Scalar:
    """Return the scalar at the end of a path of keys and indices."""
    for step in path:
        if isinstance(node, Mapping):
            node = node[str(step)]
        else:
            assert isinstance(node, Sequence)
            node = node[int(step)]
    assert isinstance(node, Scalar)
    return node


def plain(node: Node) -> object:
    """Return a tree as dicts, lists and strings."""
    if isinstance(node, Mapping):
        return {key: plain(one) for key, one in node.items()}
    return [plain(one) for one in node] if isinstance(node, Sequence) else node.value


def found(text: str | bytes) -> list[Diagnostic]:
    """Return what is wrong with a text."""
    with pytest.raises(HealthReportError) as wrong:
        tree(text)
    return sorted(wrong.value.diagnostics, key=lambda one: one.position)


def ids(text: str | bytes) -> list[str]:
    """Return the ids of what is wrong with a text."""
    return [one.id for one in found(text)]


def place(text: str, part: str) -> Position:
    """Return where a part stands that a text holds once."""
    assert text.count(part) == 1
    before, _, _ = text.partition(part)
    return Position("x.yaml", before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1, len(part))


def dumped(style: str | None, **options: object) -> Callable[[str], str]:
    """Return a writer of a value in one of YAML's styles, by PyYAML."""

    def write(text: str) -> str:
        report = {"章节": [{"键": "值"}, {"标题": [text, "末"]}]}
        return yaml.dump(report, default_style=style, **{"allow_unicode": True, "width": 1 << 20, **options})  # type: ignore[call-overload,no-any-return]

    return write


def block(mark: str) -> Callable[[str], str]:
    """Return a writer of a value as a block scalar."""

    def write(text: str) -> str:
        lines = textwrap.indent(text, " " * 8, lambda _: True)
        return f"章节:\n  - 键: 值\n  - 标题:\n      - {mark}\n{lines}\n"

    return write


STYLES = {
    "plain": dumped(None),
    "flow": dumped(None, default_flow_style=True),
    "single": dumped("'"),
    "single-folded": dumped("'", width=10),
    "double": dumped('"'),
    "double-folded": dumped('"', width=10),
    "escaped": dumped('"', allow_unicode=False),
    "literal": block("|"),
    "literal-stripped": block("|-"),
    "folded": block(">"),
    "folded-kept": block(">+"),
}


@pytest.mark.parametrize("style", STYLES)
@given(before=WORDS, inside=WORDS, after=WORDS, breaks=st.lists(st.integers(0, 12), max_size=3))
@example(before="", inside="", after="", breaks=[])
@example(before="", inside="", after="", breaks=[0])
@example(before="0", inside='000"\\', after="", breaks=[])
def test_place_of_a_part(style: str, before: str, inside: str, after: str, breaks: list[int]) -> None:
    """The place of any part of a value is the place of that part in the file, in every style YAML has."""
    text = before + OPEN + inside + CLOSE + after
    assume("\u3000#" not in text)  # told: it was to be a comment
    if style in ("literal", "literal-stripped", "double", "escaped"):
        for at in breaks:
            text = text[:at] + "\n" + text[at:]
        text = "\n".join(line.strip() for line in text.split("\n"))
    written = STYLES[style](text)
    scalar = value(tree(written), "章节", 1, "标题", 0)
    open_, close = (mark if mark in written else f"\\u{ord(mark):04X}" for mark in (OPEN, CLOSE))
    first, last = place(written, open_), place(written, close)
    start, end = scalar.value.index(OPEN), scalar.value.index(CLOSE) + 1
    got = scalar.position(start, end)
    assert (got.line, got.column) == (first.line, first.column)
    one = scalar.position(end - 1, end)
    assert (one.line, one.column) == (last.line, last.column)
    if first.line == last.line and style not in ("double", "double-folded", "escaped"):
        assert got.width == last.column + len(close) - first.column


@given(st.text("甲乙丙ab 1，", min_size=1).map(str.strip).filter(bool))
def test_every_key_and_value_has_its_place(word: str) -> None:
    """Keys, values, lists and mappings are found where they begin."""
    text = f"外:\n  - 键: 甲\n    《值》: 〖{word}〗\n"
    root = tree(text)
    inner = root["外"]
    assert isinstance(inner, Sequence)
    mapping = inner[0]
    assert isinstance(mapping, Mapping)
    assert mapping.keys_at["《值》"].position() == place(text, "《值》")
    assert mapping["《值》"].position() == place(text, f"〖{word}〗")
    assert mapping.position() == place(text, "键")


ENCODED = "体裁: 通用\n标题: 卫生健康情况汇报\n内容: |\n  甲。\n  乙。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings(encoding: str, newline: str) -> None:
    """UTF-8 with and without a mark, GBK and GB18030, with the line ends of any system, read the same."""
    assert plain(tree(ENCODED.replace("\n", newline).encode(encoding))) == plain(tree(ENCODED))
    assert decode(ENCODED.replace("\n", newline).encode(encoding), "x.yaml").text == ENCODED


@given(st.text("的一是不了人我在有他卫生健康工作，。“”、0a", min_size=4))
def test_gbk_survives(words: str) -> None:
    """Chinese text as an old editor saves it is read back as it was written."""
    assume(any(char >= "\u4e00" for char in words))
    text = f"内容: “{words}”\n"
    assert decode(text.encode("gbk"), "x.yaml").text == text


@pytest.mark.parametrize(
    ("data", "id"),
    [
        (ENCODED.encode("utf-16"), "encoding"),
        (ENCODED.encode("utf-16-be"), "not-text"),
        (b"\x7fELF\x00\x01", "not-text"),
        (b"PK\x03\x04rest", "not-text"),
        (b"\xd0\xcf\x11\xe0rest", "not-text"),
        (ENCODED.encode().replace("康".encode(), b"\xe5\xba"), "encoding"),
        (ENCODED.encode("gbk") + b"\xff\xff", "encoding"),
    ],
)
def test_not_text(data: bytes, id: str) -> None:
    """UTF-16, other programs' files and text with lost bytes are refused."""
    assert ids(data) == [id]


def test_lost_bytes_are_placed() -> None:
    """Where a file's UTF-8 breaks is told by line and column."""
    (one,) = found(ENCODED.encode().replace("卫生健康".encode(), "卫生".encode() + b"\xe5\xba"))
    assert one.position == Position("x.yaml", 2, 7)


@pytest.mark.parametrize(
    ("text", "id", "part"),
    [
        ("甲: 1\n乙: 2\n甲 : 3\n", "duplicate-key", "甲 "),
        ("甲: &锚 乙\n", "special-start", "&"),
        ("甲: &anchor 乙\n", "anchor", "&anchor"),
        ("甲: [*alias]\n", "alias", "*alias"),
        ("甲: !!str 乙\n", "tag", "!!str"),
        ("甲: {乙: !tag 丙}\n", "tag", "!tag"),
        ("甲: &m {乙: 丙}\n", "anchor", "&m"),
        ("甲: &s [乙]\n", "anchor", "&s"),
        ("&k 甲: 乙\n", "anchor", "&k"),
        ("甲: 改厕 #1标段\n", "text-cut-by-comment", "#1"),
        ("甲: 改厕\t#1标段\n", "text-cut-by-comment", "#1"),
        ("甲:\n  - 改厕\n  - 改厕二 #标段\n", "text-cut-by-comment", "#标"),
        ("甲: [子, 丑 #标段\n  ]\n", "text-cut-by-comment", "#标"),
        ("甲: '子' #标段\n", "text-cut-by-comment", "#标"),
    ],
)
def test_refused(text: str, id: str, part: str) -> None:
    """Repeated keys, YAML's own marks and comments that would cut a text are refused at their place."""
    (one,) = found(text)
    assert one.id == id
    assert (one.position.line, one.position.column) == place(text, part)[1:3]


def test_repeated_key_names_the_first() -> None:
    """A repeated key points back to where the key stood first."""
    (one,) = found("甲: 1\n乙: {甲: 2, 甲: 3}\n")
    assert [related.position for related in one.related] == [Position("x.yaml", 2, 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲: 改厕 # 注释\n", "改厕"),
        ("甲: 改厕 #\n", "改厕"),
        ("甲: 改厕#1标段\n", "改厕#1标段"),
        ("# 注释 #1\n甲: 改厕\n  # 又是 #注释\n", "改厕"),
        ("#注释\n甲: 改厕\n", "改厕"),
        ("甲: 改厕 # 注释 #又\n", "改厕"),
        ("甲: '改厕 #1标段'\n", "改厕 #1标段"),
        ('甲: "改厕 #1标段"  # 注释\n', "改厕 #1标段"),
        ("甲: |\n  改厕 #1标段\n", "改厕 #1标段"),
        ("甲: |  # 注释\n  改厕 #1标段\n", "改厕 #1标段"),
        ("甲: '子\n\n  改厕 #1标段'\n", "子\n改厕 #1标段"),
    ],
)
def test_comments(text: str, expected: str) -> None:
    """A real comment goes, and a ``#`` inside a text stays."""
    assert value(tree(text), "甲").value == expected


@pytest.mark.parametrize("written", ["", "~", '""', "''", "'  '", '"　"', "|\n\n"])
def test_missing(written: str) -> None:
    """Nothing, ``~`` and empty quotes mean that a value is missing; its key is still known."""
    root = tree(f"甲: {written}\n乙: 丙\n")
    assert "甲" not in root
    assert "甲" in root.keys_at
    items = tree(f"甲:\n  - 乙\n  - {written}\n  - 丙\n")["甲"]
    assert isinstance(items, Sequence)
    assert [is_missing(item) for item in items] == [False, True, False]


@pytest.mark.parametrize("blank", [" ", "\u3000", "\xa0", "\u2003", "\t", "\u3000 \xa0", "\ufeff", "\u200b"])
def test_blanks_at_the_ends(blank: str) -> None:
    """Blanks of any width at the ends of a value go."""
    assert value(tree(f'甲: "{blank}乙 丙{blank}"\n'), "甲").value == "乙 丙"


@pytest.mark.parametrize("text", ["0123", "12:30", "1_000", "1e3", "yes", "null", "2022-01-05", "0x1F", ".5", "010"])
def test_scalars_stay_text(text: str) -> None:
    """No value is taken for a number, a time or a truth: it stays as written."""
    assert value(tree(f"甲: {text}\n"), "甲").value == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲: 卫生\n  健康\n", "卫生健康"),
        ("甲: >\n  卫生，\n  “健康”\n", "卫生，“健康”"),
        ("甲: 共5\n  项\n", "共5 项"),
        ("甲: the\n  same\n", "the same"),
        ("甲: '卫生\n  健康'\n", "卫生健康"),
        ("甲: 卫生 健康\n", "卫生 健康"),
        ("甲: 卫生 健康\n  工作\n", "卫生 健康工作"),
        ("甲: >\n  卫生 健康\n  工作\n", "卫生 健康工作"),
    ],
)
def test_folded_lines(text: str, expected: str) -> None:
    """Between two Chinese characters a folded line break leaves nothing; a space the user typed stays."""
    assert value(tree(text), "甲").value == expected


@pytest.mark.parametrize("text", ["内容: " + "[" * 61, "内容: " + "{甲: " * 61 + "乙", "[" * 5000])
def test_nesting_ends_at_our_limit_whatever_the_parser_says(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that gives up on deep brackets, in words we never saw, is told of by our limit at its bracket."""

    def give_up(_: object) -> None:
        mark = yaml.Mark("", len(text), 0, len(text), None, 0)
        raise yaml.MarkedYAMLError(problem="some limit of its own", problem_mark=mark)

    monkeypatch.setattr("yaml.CLoader.get_event", give_up)
    (one,) = found(text)
    deepest = [at for at, char in enumerate(text) if char in "[{"][60]
    assert (one.id, one.position.column) == ("too-deep", deepest + 1)


def test_a_parsers_own_words_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the parser calls a mistake we do not know is told in our words."""

    def give_up(_: object) -> None:
        raise yaml.MarkedYAMLError(problem="did not expect that", problem_mark=yaml.Mark("", 0, 0, 0, None, 0))

    monkeypatch.setattr("yaml.CLoader.get_event", give_up)
    (one,) = found("标题: 甲")
    assert one.id == "yaml-syntax"
    assert "expect" not in one.message + one.hint
