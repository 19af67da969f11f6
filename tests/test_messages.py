"""The messages as a whole: listed in ``docs/messages.md``, each id of one meaning, each with its way out.

Run with HEALTHREPORT_ACCEPT=1 to write the list anew, then read what has changed.
"""

from __future__ import annotations

import ast
import os
import re
from collections import defaultdict
from itertools import groupby
from pathlib import Path

import pytest

from messages import ENDS, HOLE, NODES, Message, collect

LIST = Path(__file__).parents[1] / "docs" / "messages.md"
HEAD = """\
# 消息一览

手册的[键](keys.md)说每个键怎样写，这一页是报错；怎样做一件事，看[按任务查](tasks.md)，常见的几种看[常见错误](tasks.md#常见错误)。
`healthreport` 说的每一句话：代号、级别、消息、出路，按它在程序里所在的房间排列
（见 [architecture.md](architecture.md)）。这一页由测试从源码生成，不要手改：
`HEALTHREPORT_ACCEPT=1 pytest tests/test_messages.py`。

“…”是随报告而变的部分。“，是否为“…”？”只在有相近的词时才说，这时不再另说出路。加了 `--draft`，缺的数和算不出的数是警告；
加了 `--strict`，警告都是错误。
"""
# Ids that several rooms tell, and the one thing that each means.
MEANINGS = {
    "bad-date": "a date is wanted",
    "bad-number": "a number is wanted",
    "bare-base": "a base is no report by itself and left out",
    "bad-output": "what -o names cannot be written",
    "colon-in-text": "a colon makes a key of the start of a text",
    "derived-mismatch": "a figure is typed that others make another",
    "duplicate-key": "said twice",
    "empty-file": "nothing stands in a file",
    "empty-folder": "no reports in a folder",
    "empty-table": "a table has no rows",
    "exists": "a file that is there is not written over",
    "expression-syntax": "what stands in braces cannot be read",
    "is-a-folder": "a folder where a file is wanted",
    "killed": "a process of several was killed",
    "missing-key": "a key is wanted that is not there",
    "missing-value": "a value is used that nobody gave",
    "no-header": "a sheet without a row of headings",
    "not-a-choice": "not one of a few words",
    "not-a-folder": "a folder is wanted",
    "not-a-list": "a list is wanted",
    "not-a-mapping": "keys and values are wanted",
    "not-a-text": "a text is wanted",
    "not-text": "a file is no text",
    "not-found": "a file or folder is not there",
    "no-source": "a report does not say where its townships' figures are",
    "numbering-style": "no label as a level is numbered",
    "output-is-input": "what was read would be written over",
    "parts-do-not-add-up": "分项 and 数值 of an indicator differ",
    "same-output": "two documents want one file",
    "stdin-needs-output": "what is read from standard input has no name to be written under",
    "sheet-without-base": "a sheet alone defines no indicators",
    "several-sheets": "which sheet of a workbook is meant",
    "template-error": "a template or a suggested text fails",
    "too-deep": "things within one another without end",
    "too-large": "more than is read",
    "unclosed-quote": "one quote without the other",
    "unit-mismatch": "units that do not go together",
    "unknown-key": "no such key",
    "unknown-section": "no such standard section",
    "unreadable": "the system does not let a file be read",
    "unwritable": "the system does not let a file be written",
    "zero-operand": "nothing can be compared with zero, or with less",
    "wrong-period": "figures are of other months than the report",
    "wrong-year": "figures are of another year than the report",
}
# Told without a way out, and why.
WITHOUT_HINT = {
    "stdin-needs-output": "what is read from standard input has no name to be written under",
    "sheet-without-base": "a sheet alone defines no indicators",
    "several-sheets": "which sheet of a workbook is meant",
}
MESSAGES = collect()
HALF_WIDTH = re.compile("[\u3400-\u9fff][,.;:!?()][\u3400-\u9fff]")
CODE = re.compile(r"\.[\u3400-\u9fff…]+(\([^()]*\))?")  # 农村改厕.同比, 新签.占比(签约)


def listed() -> str:
    """Return the page."""
    out = [HEAD]
    for room, messages in groupby(MESSAGES, key=lambda one: one.room):
        out += [f"## {room}\n", "| 代号 | 级别 | 消息 | 出路 |", "|---|---|---|---|"]
        for (id, severity, text), same in groupby(messages, key=lambda one: (one.id, one.severity, one.text)):
            hints = "<br>".join(filter(None, (one.hint for one in same)))
            out.append(f"| `{id}` | {severity} | {_cell(text)} | {_cell(hints)} |")
        out.append("")
    return "\n".join(out)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def test_the_list_is_the_programs() -> None:
    """The list has every message as the source says it."""
    if os.environ.get("HEALTHREPORT_ACCEPT") == "1":
        LIST.write_text(listed(), encoding="utf-8")
    assert LIST.read_text("utf-8") == listed()


def test_an_id_has_one_meaning() -> None:
    """An id of several rooms is known to mean one thing in all of them."""
    rooms = defaultdict(set)
    for message in MESSAGES:
        rooms[message.id].add(message.room)
    assert {id for id, where in rooms.items() if len(where) > 1} == MEANINGS.keys()


@pytest.mark.parametrize("message", MESSAGES, ids=lambda one: f"{one.id}-{one.text[:20]}")
def test_a_message_is_a_sentence_with_a_way_out(message: Message) -> None:
    """Every message ends in a mark, and it or what stands beside it says what to do."""
    assert message.text.endswith((*ENDS, HOLE)), message.text
    assert message.hint.endswith((*ENDS, HOLE)) or not message.hint, message.hint
    assert message.hint or message.text.endswith("？") or message.id in WITHOUT_HINT
    for words in (message.text, message.hint):
        assert not HALF_WIDTH.search(CODE.sub(HOLE, words)), words


def test_the_way_out_stands_beside_its_message() -> None:
    """No module keeps ways out apart, by the ids of messages that stand elsewhere."""
    ids = {message.id for message in MESSAGES}
    for module, nodes in NODES.items():
        for _, node in nodes:
            if isinstance(node, ast.Dict):
                keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
                values = [value for value in node.values if isinstance(value, ast.Constant | ast.JoinedStr)]
                assert not (values and ids.issuperset(keys) and keys), f"{module}:{node.lineno}"


def test_what_is_told_is_listed() -> None:
    """The ids of the mistakes that tests provoke are in the list: the collector misses no way of making them."""
    told = set()
    for path in sorted((Path(__file__).parent / "invalid").glob("*.txt")):
        told |= set(re.findall(r" \[([a-z0-9-]+)\]$", path.read_text("utf-8"), re.MULTILINE))
    assert told
    assert told <= {message.id for message in MESSAGES}
