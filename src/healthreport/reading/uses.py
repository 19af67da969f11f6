"""What a report inherits, and the files it draws its indicators from, found without reading it whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError
from healthreport.disk.read import is_yaml, read_bytes, slashed
from healthreport.reading import indicator_files
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.reading.reader import Reader

_DRAWS = tuple(f"\n{indicator_files.KEY}:".encode(encoding) for encoding in ("utf-8", "gb18030"))
_INHERITS = {
    encoding: re.compile("^(?:\ufeff)?继承:[ \t]*[\"']?(.+?)[\"']?[ \t\r]*(?:#.*)?$".encode(encoding), re.MULTILINE)
    for encoding in ("utf-8", "gb18030")
}


def used_by(path: Path, reader: Reader) -> Iterator[str]:
    """Find what a report inherits, without parsing it, for a county has many, and its files of indicators."""
    try:
        data = read_bytes(path)
        if any(key in data for key in _DRAWS):
            for name in indicator_files.named(parse(reader.read(path))):
                yield reader.real(path.parent / slashed(name.value))
    except HealthReportError:
        return  # rendering it reports the reason
    for encoding, inherits in _INHERITS.items():
        match = inherits.search(data)
        if match:
            yield reader.real(path.parent / slashed(match[1].decode(encoding, errors="replace")))
            return


def all_used_by(paths: Iterable[Path], reader: Reader) -> set[str]:
    """Find what reports are made from, their bases and those of these, and the files of indicators of all."""
    found: set[str] = set()
    waiting = [*paths]
    while waiting:
        new = {*used_by(waiting.pop(), reader)} - found
        found |= new
        waiting += [Path(one) for one in new if is_yaml(one)]
    return found
