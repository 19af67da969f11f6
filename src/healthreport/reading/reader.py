"""One reader for all inputs, which remembers what it read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.disk.read import MAX_BYTES, read_bytes, real, slashed
from healthreport.reading.yaml.encodings import decode
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import SlipsError, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthreport.diagnostics import Diagnostic
    from healthreport.reading.base import Base
    from healthreport.reading.yaml.nodes import Mapping as YamlMapping

# Photos of phones have 15 MB; what is printed of them is less.
MAX_ATTACHED_BYTES = 30_000_000
_HEAD = 1000
MAX_TABLE_BYTES = 50_000_000
_REMEMBERED = 64


class Reader:
    """Reads inputs and remembers them.

    Memory holds the bases, each with what is made of it, and a few other files, however many are read.
    All of it goes with the reader: another one starts afresh.
    """

    def __init__(self, given: Mapping[Path, bytes] | None = None) -> None:
        """``given`` are files that are not on the disk yet: what is about to be written is tried before."""
        self._given = given or {}
        self._sources: dict[str, Source] = {}
        self.bases: dict[str, Base] = {}
        self._folders: dict[str, str] = {}
        self._stdin = b""
        self.slips: list[Diagnostic] = []
        """What was mended in memory, of a reader that looks on."""
        self.lost = ""
        """The lines of them that nobody can read."""
        self.is_partial = False
        """Whether a base or a file of indicators could not be read at all."""
        self._looks_on = False
        self.template_folders: tuple[Path, ...] = ()
        """Where words of sheets are looked for, the user's own folder first; set by the resources it is used with."""

    @classmethod
    def looking_on(cls, other: Reader) -> Reader:
        """Return a reader that takes files with slips as they were meant, to look for what else is wrong with them.

        Nothing it reads may be written.
        """
        reader = cls(other._given)
        reader._stdin, reader._looks_on = other._stdin, True
        return reader

    def tree(self, source: Source) -> YamlMapping:
        """Parse a file. Raises :class:`HealthReportError` with its slips, unless this reader looks on."""
        try:
            return parse(source)
        except SlipsError as wrong:
            if not self._looks_on or wrong.slips.tree is None:
                raise
            self.slips += wrong.diagnostics
            self.lost += wrong.slips.lost
            return wrong.slips.tree

    def does_without(self, wrong: HealthReportError) -> bool:
        """Say whether what cannot be read is left out, by a reader that looks on; it remembers why."""
        if self._looks_on:
            self.slips += wrong.diagnostics
            self.is_partial = True
        return self._looks_on

    def given(self, path: Path) -> bytes | None:
        """Return the bytes of a file that is not on the disk, if it is such a one."""
        return self._given.get(path)

    def read(self, path: Path) -> Source:
        """Read and decode a text file; ``-`` is standard input.

        Raises :class:`HealthReportError` when it cannot be read, is too large or is no text.
        """
        name = str(path)
        if name not in self._sources:
            data = self._given.get(path) or (
                self._read_stdin(MAX_BYTES) if name == "-" else read_bytes(path, MAX_BYTES)
            )
            if len(data) > MAX_BYTES:
                size = f"文件超过{MAX_BYTES // 1_000_000}MB，不像一份报告。"
                raise error("too-large", size, Position(name), hint="请检查是否选错了文件。")
            try:
                self._remember(decode(data, name))
            except HealthReportError:
                # What cannot be decoded is still shown in messages, as well as it goes.
                self._remember(Source(name, data.decode("utf-8", errors="replace")))
                raise
        return self._sources[name]

    def read_document(self, path: Path) -> bytes:
        """Read the bytes of a Word file or a text; ``-`` is standard input. Raises :class:`HealthReportError`."""
        if path in self._given:
            return self._given[path]
        data = self._read_stdin(MAX_TABLE_BYTES) if str(path) == "-" else read_bytes(path, MAX_TABLE_BYTES)
        if len(data) > MAX_TABLE_BYTES:
            size = f"文件超过{MAX_TABLE_BYTES // 1_000_000}MB。"
            raise error("too-large", size, Position(str(path)), hint="请先删去其中的图片，或分成几份。")
        return data

    @staticmethod
    def read_table(path: Path) -> bytes:
        """Read a table's bytes. Raises :class:`HealthReportError`."""
        data = read_bytes(path, MAX_TABLE_BYTES)
        if len(data) > MAX_TABLE_BYTES:
            size = f"表格超过{MAX_TABLE_BYTES // 1_000_000}MB。"
            raise error("too-large", size, Position(str(path)), hint="请只留要用的工作表和列。")
        return data

    def real(self, path: Path) -> str:
        """Return where a file lies, without links, to be compared; a folder of thousands is looked up once."""
        return real(path, self._folders)

    def _remember(self, source: Source) -> None:
        self._sources[source.name] = source
        if len(self._sources) > len(self.bases) + _REMEMBERED:
            oldest = next(name for name in self._sources if name not in self.bases)
            del self._sources[oldest]

    def read_beside(self, owner: Path, name: str, place: Position) -> bytes:
        """Read a file that a report names, relative to the report's folder and inside it.

        Raises :class:`HealthReportError` at the place that names it.
        """
        folder = owner.parent
        path = folder / slashed(name)
        if Path(slashed(name)).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
            raise error(
                "outside", f"“{name}”不在报告所在的文件夹里。", place, hint="请把文件放到报告旁边，只写文件名。"
            )
        try:
            data = self._given.get(path) or read_bytes(path, MAX_ATTACHED_BYTES)
        except HealthReportError as wrong:
            first = wrong.diagnostics[0]
            raise error(first.id, f"“{name}”：{first.message}", place, hint=first.hint) from None
        if len(data) > MAX_ATTACHED_BYTES:
            raise error(
                "too-large", f"“{name}”超过{MAX_ATTACHED_BYTES // 1_000_000}MB。", place, hint="请换小一些的文件。"
            )
        return data

    def line(self, position: Position) -> str:
        """Return the line a position points at, if it lies in a text that can be read."""
        try:
            source: Source | None = self.read(Path(position.file))
        except HealthReportError:
            source = self._sources.get(position.file)
        # A Word file has no lines that could be shown; its head says so.
        return "" if source is None or "\x00" in source.text[:_HEAD] else source.line(position.line)

    def _read_stdin(self, limit: int) -> bytes:
        self._stdin = self._stdin or sys.stdin.buffer.read(limit + 1)
        return self._stdin
