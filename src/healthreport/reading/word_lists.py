"""Lists of words from ``templates/``: the packaged ones, and those of the user's own folder on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError, error
from healthreport.reading.kept import Kept
from healthreport.reading.reader import Reader
from healthreport.reading.resources import packaged
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar, Sequence
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

Lists = dict[str, tuple[str, ...]]


def read(reader: Reader, name: str) -> Lists:
    """Return the lists of a file below the templates (``recognising/网页.yaml``), by what they are for.

    Raises :class:`HealthReportError` for a file of the user's own that holds no such lists.
    """
    return _read(reader, name, reader.template_folders or (packaged(),))


@Kept(16)
def _read(reader: Reader, name: str, folders: tuple[Path, ...]) -> Lists:
    lists: Lists = {}
    for folder in reversed(folders):
        path = folder / name
        if path.is_file():
            for key, node in parse(reader.read(path)).items():
                if folder is not folders[-1] and key not in lists:
                    raise _no_list(node, key, "、".join(lists))
                lists[key] = (*lists.get(key, ()), *_words(node))
    return lists


def _words(node: Node) -> tuple[str, ...]:
    if not isinstance(node, Sequence) or isinstance(node, Mapping):
        raise error("bad-word-list", "这里应写一列词，如“[甲, 乙]”。", node.position(), hint="照自带的同名文件写。")
    for item in node:
        if not isinstance(item, Scalar) or not item.value:
            raise error("bad-word-list", "这里应写一个词。", item.position(), hint="照自带的同名文件写。")
    return tuple(item.value for item in node if isinstance(item, Scalar))


def _no_list(node: Node, key: str, known: str) -> HealthReportError:
    return error("bad-word-list", f"没有“{key}”这一列词。", node.position(), hint=f"可以写的有：{known}。")
