"""Small wrongs done to texts and archives, at random from a seed: what typing, mailing and malice do to files."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

# What stands where something else was meant to: of the wrong kind, too large, too odd, of another language.
NASTY = (
    "", "~", "无", "是", "否", "0", "-1", "1e999", "9" * 41, "9" * 4500, "0.1", "-0", "1/0", "NaN", "∞", "１２", "²",
    "一百二十", "12,34", "1,059", "50%", "50‰", "3.2万", "70%—75%", "12***", "近3万", "≤22", "≥", "2022-02-30",
    "9999-12-31", "0000-01-01", "12:30", "[]", "{}", "[甲]", "{甲: 乙}", "[[[[[]]]]]", "- 甲", "'", '"', "|", ">", "&甲",
    "*甲", "!甲", "%甲", "@甲", "`", "# 甲", "? 甲", ": ", "：", "{{", "}}", "{{ }}", "{{ 甲 }}", "{{ 年度 }}", "{% x %}",
    "{{ 农村改厕.同比 }}", "{{ 甲.占比(乙) }}", "{{ 1 / 0 }}", "{{ ((((1)))) }}", "{{ \"甲\" }}", "{{ 年度|中文 }}", "[[", "]]",
    "[[甲{{ 甲 }}]]", "[[{{ 年度 }}]]", "<t n=\"0\"/>", "<p>", "&lt;", "&#0;", "]]>", "<!--", "=1+1", "\t", "\x00", "\x0b",
    "\x1b[31m", "\x85", "\u2028", "\u202e", "\ufeff", "\ufffe", "\U0001fffe", "\u200b", "\ud7ff", "\U0010ffff", "👩‍👩‍👧",
    "𠀀", "e\u0301", "\r", "\r\n", "\n\n", "甲" * 300, "甲。" * 3000, "../../etc/passwd", "/etc/passwd", "C:\\x", "CON",
    "甲/乙", ".", "..", "-", "——", "一、", "（一）", "①", "1.", "第一章 ", "一是", "附件：", "附件", "。", "，，", "（）",
)  # fmt: skip
XML_NASTY = (
    "", "0", "-1", "1", "65535", "2147483648", "9" * 400, "abc", "true", "rId999", "../../x", "file:///etc/passwd", " ",
    "&amp;", "甲", "NaN", "1e400", "00", "#REF!", "A1", "XFD1048576", "A0", "s", "Heading1", "%1.%2.%9", "yyyy", "General",
)  # fmt: skip
_MOST_REPEATED = 3000
_MOST = 4_000_000


def text(content: str, words: Sequence[str], random: Random) -> str:
    """Return a text with one to four wrongs in it; ``words`` are lines that it may get from others."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        content = random.choice(_TEXT)(content, words, random)[:_MOST]
    return content


def encoded(content: str, random: Random) -> bytes:
    """Return the bytes of a text: nearly always UTF-8, sometimes damaged."""
    chosen = random.random()
    if chosen < 0.9:
        return content.encode("utf-8", errors="surrogatepass")
    if chosen < 0.95:
        return content.encode(random.choice(("gb18030", "utf-16", "utf-8-sig", "big5", "utf-32")), errors="replace")
    return raw(content.encode("utf-8", errors="replace"), random)


def raw(data: bytes, random: Random) -> bytes:
    """Return bytes with a few changed, taken out, doubled, or the rest cut off."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8))):
        if not changed:
            break
        at = random.randrange(len(changed))
        to = min(len(changed), at + random.choice((1, 2, 16, 400)))
        match random.randrange(4):
            case 0:
                changed[at] ^= 1 << random.randrange(8)
            case 1:
                del changed[at:to]
            case 2:
                changed[at:at] = changed[at:to]
            case _:
                del changed[at:]
    return bytes(changed)


def archive(data: bytes, random: Random) -> bytes:
    """Return an archive with wrongs in one or two of its parts, or in what holds them together."""
    if random.random() < 0.06:
        return raw(data, random)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts = [(name, opened.read(name)) for name in opened.namelist()]
    for _ in range(random.choice((1, 1, 2))):
        _wrong_part(parts, random)
    out = io.BytesIO()
    kind = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", kind) as packed:
        warnings.simplefilter("ignore", UserWarning)  # a part that is there twice is one of the wrongs
        for name, content in parts:
            packed.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _wrong_part(parts: list[tuple[str, bytes]], random: Random) -> None:
    # What holds the text or the cells is the most looked at.
    main = [
        at
        for at, (name, _) in enumerate(parts)
        if re.search(r"document\.xml|sheet\d|sharedStrings|content\.xml|numbering|styles", name)
    ]
    at = random.choice(main) if main and random.random() < 0.75 else random.randrange(len(parts))
    name, content = parts[at]
    chosen = random.random()
    if chosen < 0.04 and len(parts) > 1:
        del parts[at]
    elif chosen < 0.07:
        parts[at] = (random.choice(("x.xml", f"../{name}", f"/{name}", name.upper(), "word/document.xml")), content)
    elif chosen < 0.12:
        parts[at] = (name, raw(content, random))
    else:
        changed = content.decode("utf-8", errors="replace")
        for _ in range(random.choice((1, 1, 2, 4, 12))):
            changed = random.choice(_XML)(changed, random)[:_MOST]
        parts[at] = (name, changed.encode("utf-8", errors="replace"))


def _span(content: str, random: Random, most: int = 200) -> tuple[int, int]:
    start = random.randrange(len(content) + 1)
    return start, min(len(content), start + random.choice((1, 1, 3, 20, most)))


def _lines(change: Callable[[list[str], Sequence[str], Random], None]) -> Callable[[str, Sequence[str], Random], str]:
    def changed(content: str, words: Sequence[str], random: Random) -> str:
        lines = content.split("\n")
        change(lines, words, random)
        return "\n".join(lines)

    return changed


def _drop(lines: list[str], _: Sequence[str], random: Random) -> None:
    at = random.randrange(len(lines))
    del lines[at : at + random.choice((1, 1, 2, 8))]


def _double(lines: list[str], _: Sequence[str], random: Random) -> None:
    at = random.randrange(len(lines)) if lines else 0
    lines[at:at] = lines[at : at + random.choice((1, 2, 8))]


def _swap(lines: list[str], _: Sequence[str], random: Random) -> None:
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _indent(lines: list[str], _: Sequence[str], random: Random) -> None:
    at = random.randrange(len(lines))
    lines[at] = random.choice(("  ", " ", "    ", "\t", "\u3000", "- ")) + lines[at]


def _dedent(lines: list[str], _: Sequence[str], random: Random) -> None:
    at = random.randrange(len(lines))
    lines[at] = lines[at].removeprefix(random.choice(("  ", " ", "    ")))


def _borrow(lines: list[str], words: Sequence[str], random: Random) -> None:
    at = random.randrange(len(lines) + 1)
    start = random.randrange(len(words)) if words else 0
    lines[at:at] = words[start : start + random.choice((1, 1, 3, 10))]


def _repeat(lines: list[str], _: Sequence[str], random: Random) -> None:
    at = random.randrange(len(lines))
    times = random.choice((5, 50, _MOST_REPEATED))
    lines[at:at] = [lines[at].replace("1", str(random.randrange(99)))] * times


def _value(lines: list[str], _: Sequence[str], random: Random) -> None:
    keyed = [at for at, line in enumerate(lines) if ": " in line]
    if keyed:
        at = random.choice(keyed)
        key = lines[at].split(": ")[0]
        lines[at] = f"{key}: {random.choice(NASTY)}"


def _key(lines: list[str], words: Sequence[str], random: Random) -> None:
    keyed = [at for at, line in enumerate(lines) if ":" in line]
    keys = re.findall(r"[^\s:{,\[-]+(?=:)", "\n".join(random.sample(words, min(len(words), 30)))) or ["甲"]
    if keyed:
        at = random.choice(keyed)
        lines[at] = re.sub(r"[^\s:{,-]+(?=:)", lambda _: random.choice(keys), lines[at], count=1)


def _put(content: str, _: Sequence[str], random: Random) -> str:
    start, end = _span(content, random)
    return content[:start] + random.choice(NASTY) + content[random.choice((start, end)) :]


def _cut(content: str, _: Sequence[str], random: Random) -> str:
    start, end = _span(content, random)
    return content[:start] + content[end:]


def _again(content: str, _: Sequence[str], random: Random) -> str:
    start, end = _span(content, random)
    return content[:start] + content[start:end] * random.choice((2, 2, 3, 200, _MOST_REPEATED)) + content[end:]


def _end(content: str, _: Sequence[str], random: Random) -> str:
    return content[: random.randrange(len(content) + 1)]


def _number(content: str, _: Sequence[str], random: Random) -> str:
    found = [*re.finditer(r"\d[\d.,%]*", content)]
    if not found:
        return content
    at = random.choice(found)
    return (
        content[: at.start()]
        + random.choice((random.choice(NASTY), str(random.randrange(10**6))))
        + content[at.end() :]
    )


def _reference(content: str, _: Sequence[str], random: Random) -> str:
    found = [*re.finditer(r"\{\{.*?\}\}|\[\[.*?\]\]", content)]
    if not found:
        return content
    at, other = random.choice(found), random.choice(found)
    said = random.choice(
        (random.choice(NASTY), other[0], other[0].replace(" }}", ".同比 }}"), f"[[{at[0]}]]", at[0][:-1])
    )
    return content[: at.start()] + said + content[at.end() :]


_TEXT: tuple[Callable[[str, Sequence[str], Random], str], ...] = (
    *map(_lines, (_drop, _double, _swap, _indent, _dedent, _borrow, _repeat, _value, _value, _value, _key, _key)),
    _put, _put, _cut, _again, _end, _number, _number, _reference, _reference,
)  # fmt: skip


def _tag(content: str, random: Random) -> re.Match[str] | None:
    found = [*re.finditer(r"<[^<>]+>", content)] if len(content) < 400_000 else []
    return random.choice(found) if found else None


def _lose_tag(content: str, random: Random) -> str:
    tag = _tag(content, random)
    return content[: tag.start()] + content[tag.end() :] if tag else content


def _lose_element(content: str, random: Random) -> str:
    tag = _tag(content, random)
    if not tag:
        return content
    name = re.match(r"[^\s/>]+", tag[0][1:])
    closed = content.find(f"</{name[0]}>", tag.end()) if name else -1
    return content[: tag.start()] + content[closed + len(f"</{name[0]}>") :] if name and closed >= 0 else content


def _double_element(content: str, random: Random) -> str:
    tag = _tag(content, random)
    if not tag:
        return content
    name = re.match(r"[^\s/>]+", tag[0][1:])
    closed = content.find(f"</{name[0]}>", tag.end()) if name else -1
    end = closed + len(f"</{name[0]}>") if name and closed >= 0 else tag.end()
    return content[:end] + content[tag.start() : end] * random.choice((1, 1, 3, 300)) + content[end:]


def _attribute(content: str, random: Random) -> str:
    found = [*re.finditer(r'(?<==")[^"<>]*(?=")', content)] if len(content) < 400_000 else []
    if not found:
        return content
    at, other = random.choice(found), random.choice(found)
    return content[: at.start()] + random.choice((*XML_NASTY, other[0])) + content[at.end() :]


def _words(content: str, random: Random) -> str:
    found = [*re.finditer(r"(?<=>)[^<>]+(?=<)", content)] if len(content) < 400_000 else []
    if not found:
        return content
    at, other = random.choice(found), random.choice(found)
    said = random.choice((random.choice(NASTY), random.choice(XML_NASTY), other[0]))
    said = said if random.random() < 0.1 else said.replace("&", "&amp;").replace("<", "&lt;")
    said = said if random.random() < 0.1 else re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", "", said)
    return content[: at.start()] + said + content[at.end() :]


def _nest(content: str, random: Random) -> str:
    tag = _tag(content, random)
    if not tag or not (name := re.match(r"<([\w:]+)", tag[0])):
        return content
    depth = random.choice((2, 60, 2000))
    return content[: tag.start()] + f"<{name[1]}>" * depth + f"</{name[1]}>" * depth + content[tag.start() :]


def _entity(content: str, random: Random) -> str:
    said = random.choice(
        (
            '<!ENTITY e SYSTEM "file:///etc/passwd">',
            '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;"><!ENTITY e "&c;&c;">',
            '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;',
        )
    )
    head, mark, rest = content.partition("?>")
    return f"{head}{mark}<!DOCTYPE x [{said}]>{rest.replace('</', '&e;</', 1)}" if mark else content


_XML: tuple[Callable[[str, Random], str], ...] = (
    _lose_tag, _lose_element, _lose_element, _double_element, _double_element, _attribute, _attribute, _attribute, _attribute,
    _words, _words, _words, _nest, _entity,
)  # fmt: skip
