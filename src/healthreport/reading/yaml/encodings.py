"""Bytes to text, as people's files come: UTF-8 with or without BOM, GB18030; and what no text may hold."""

from __future__ import annotations

import re

from healthreport.diagnostics import Position, error
from healthreport.reading.yaml.nodes import Source

# Everything XML 1.0 cannot hold or calls discouraged, save tab and line feed.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
BLANKS = " \t\n\r\v\f\u3000\xa0\u2000\u2002\u2003\u2009\u200b\u202f\ufeff"


def decode(data: bytes, name: str) -> Source:
    """Decode UTF-8 (with or without BOM) or GB18030; refuse what is neither, with the reason."""
    whole = Position(name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise error(
            "encoding", "文件是 UTF-16（Unicode）编码，读不了。", whole, hint="请在记事本中“另存为”，编码选 UTF-8。"
        )
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        hint = "Word 写的稿子先用 healthreport import 导入；表格写在 --data、--last 后面，或写进报告的“指标文件”。"
        raise error("not-text", "这是 Word、Excel 一类的文件，不是 YAML 文本。", whole, hint=hint)
    if b"\x00" in data:
        raise error("not-text", "这不是文本文件，读不出字来。", whole, hint="请用记事本打开确认，另存为 UTF-8 文本。")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        text = _decode_gb18030(data, name, bad)
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def _decode_gb18030(data: bytes, name: str, bad: UnicodeDecodeError) -> str:
    """Tell a GBK file from a UTF-8 file with a few lost bytes: the latter is mostly good UTF-8."""
    lenient = data.decode("utf-8", errors="replace")
    lost = lenient.count("�")
    good = sum(1 for char in lenient if char > "\x7f") - lost
    if good <= lost:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    before = data[: bad.start].decode("utf-8-sig", errors="replace")
    here = Position(name, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    raise error(
        "encoding",
        "这里的字读不出来：文件既不是 UTF-8 编码，也不是 GBK，可能有字丢失。",
        here,
        hint="请在记事本中打开，改好此处的乱码，另存为 UTF-8。",
    )
