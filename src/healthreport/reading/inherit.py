"""继承: a report laid over the one it is based on, as trees.

Mappings merge, everything else replaces. An indicator's definition passes on, its value never does,
unless the base says 共用: a township that left a figure out must not print the county's.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from healthreport.diagnostics import Diagnostic, HealthReportError, Related, error
from healthreport.disk.read import real
from healthreport.reading.differences import INDICATORS, INHERITS, Own, indicators_of, split
from healthreport.reading.indicator_files import attach
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar
from healthreport.reading.yaml.parse import parse
from healthreport.values.scalars import read_bool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.reading.reader import Reader

_Made = TypeVar("_Made")
SHARED = "共用"
VALUES = frozenset({"数值", "上年", "区间", "约数", "分项", "截至"})


class Inherited(NamedTuple):
    """A report: its whole tree; of one with a base what it says itself, and what all on that base have in common."""

    path: Path
    whole: Callable[[], Mapping]
    own: Own | None = None
    common: Mapping | None = None

    @property
    def tree(self) -> Mapping:
        """The whole tree, laid over the base when first asked for."""
        return self.whole()


def load(path: Path, reader: Reader, root: Path | None = None) -> Inherited:
    """Read a report and all it is based on; ``root`` is the folder no base may lie outside of.

    Raises :class:`HealthReportError` for a base that is missing, outside or its own.
    """
    tree = parse(reader.read(path))
    attach(tree, path, reader)
    under = _under(tree, path, reader, _root(path, root), (path,))
    if under is None:
        return Inherited(path, lambda: tree)
    common = _once(reader, ("definitions", id(under)), lambda: _definitions(under))
    whole = cache(partial(overlay, common, tree))
    return Inherited(path, whole, split(tree, common, whole), common)


def _root(path: Path, root: Path | None) -> str:
    """Return the folder no base may lie outside of; by default the report's own."""
    return real(root or path.parent)


def base(path: Path, reader: Reader, root: Path | None = None) -> Mapping:
    """Return what a report passes on to those based on it."""
    own = _base_tree(path, reader)
    under = _under(own, path, reader, _root(path, root), (path,))
    whole = own if under is None else overlay(_definitions(under), own)
    return _once(reader, ("definitions", id(own)), lambda: _definitions(whole))


def digest(inherited: Inherited, reader: Reader, *more: str) -> str:
    """Return one digest of a report's whole content and of ``more``.

    It says what the report says, not how it was written: a row of a table and a file that say the
    same have the same digest.
    """
    own, common = inherited.own, inherited.common
    if own is None or common is None:
        return _sha("\x1e".join(["", _said(inherited.tree, reader), *more]))
    shared = _once(reader, ("digest", id(common)), lambda: _sha(_said(common, reader)))
    return _sha("\x1e".join([shared, *_said_itself(own, indicators_of(common), reader), *more]))


def _said_itself(own: Own, known: Mapping, reader: Reader) -> Iterator[str]:
    """Write what a report says itself, in an order that is not its own."""
    for key in sorted(own.fields):
        yield f"{key}\x1f{_said(own.fields[key], reader)}"
    for numbers in own.numbers:
        yield "\x1f".join([numbers.get(name, "") for name in known]) if numbers else ""
    for name, other in own.others.items():
        yield f"{name}\x1f{_said(other, reader)}"


def _said(node: Node, reader: Reader) -> str:
    """Write a tree as a text that no other tree gives; a picture counts with its content."""
    if isinstance(node, Scalar):
        return f"{len(node.value)}:{node.value}"
    if isinstance(node, Mapping):
        parts = [f"{len(key)}:{key}={_said(value, reader)}" for key, value in node.items()]
        picture = node.get("图片")
        if isinstance(picture, Mapping) and isinstance(file := picture.get("文件"), Scalar):
            parts.append(_sha_of_picture(file, reader))
        return "{" + "".join(parts) + "}"
    return "[" + "".join([_said(item, reader) for item in node]) + "]"


def _sha_of_picture(file: Scalar, reader: Reader) -> str:
    place = file.position()
    try:
        return hashlib.sha256(reader.read_beside(Path(place.file), file.value, place)).hexdigest()
    except HealthReportError:
        return ""  # composing the document reports it


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _under(tree: Mapping, path: Path, reader: Reader, root: str, chain: tuple[Path, ...]) -> Mapping | None:
    """Return the whole tree a report is laid over; each base is read and merged once."""
    written = tree.get(INHERITS)
    if written is None:
        return None
    if not isinstance(written, Scalar):
        raise error("not-a-text", "“继承”应写另一份报告的文件名。", written.position(), hint="例如“继承: 全县.yaml”。")
    base = _base(path, written, root, chain)
    try:
        own = _base_tree(base, reader)
        under = _under(own, base, reader, root, (*chain, base))
    except HealthReportError as wrong:
        raise HealthReportError(_through(one, written) for one in wrong.diagnostics) from None
    if under is None:
        return own
    return _once(reader, ("merged", id(under), id(own)), lambda: overlay(_definitions(under), own))


def _base_tree(path: Path, reader: Reader) -> Mapping:
    """Return a base as written, with the indicators of its files."""
    tree = reader.base(path)
    attach(tree, path, reader)
    return tree


def _once(reader: Reader, key: tuple[str | int, ...], make: Callable[[], _Made]) -> _Made:
    """Make something of bases once; the reader keeps the bases, so their identities stand for them."""
    if key not in reader.derived:
        reader.derived[key] = make()
    made: _Made = reader.derived[key]
    return made


def _base(path: Path, written: Scalar, root: str, chain: tuple[Path, ...]) -> Path:
    """Return the base's path; it is relative and lies inside the root."""
    name = written.value
    base = Path(os.path.normpath(os.path.join(os.path.dirname(path), name)))
    place = real(base)
    if os.path.isabs(name) or not place.startswith(os.path.join(root, "")):
        hint = f"请写相对路径，放在“{os.path.basename(root)}”文件夹里，或用 --root 指定更上层的文件夹。"
        raise error("outside", f"“{name}”在允许的文件夹之外。", written.position(), hint=hint)
    if place in map(real, chain):
        circle = " → ".join(str(one) for one in (*chain, base))
        raise error("inherit-cycle", f"继承绕回了自己：{circle}。", written.position(), hint="请去掉其中一处“继承”。")
    return base


def _through(one: Diagnostic, written: Scalar) -> Diagnostic:
    """Name the file that asks for a base among a diagnostic's related places."""
    if one.position.file == written.position().file:
        return one
    return one._replace(related=(*one.related, Related(written.position(), "从这里继承")))


def overlay(under: Mapping, over: Mapping) -> Mapping:
    """Return a report laid over what its base passes on."""
    merged = _merge(under, over)
    merged.pop(INHERITS, None)
    return merged


def _merge(under: Mapping, over: Mapping) -> Mapping:
    merged = Mapping(over.source, over.start, over.end)
    merged.update(under)
    merged.keys_at = {**under.keys_at, **over.keys_at}
    for key, value in over.items():
        known = under.get(key)
        deeper = type(known) is Mapping and type(value) is Mapping
        merged[key] = _merge(known, value) if deeper else value  # type: ignore[arg-type]
    return merged


def _definitions(base: Mapping) -> Mapping:
    """Return what a base passes on: all of it, but of indicators that it does not share no values."""
    passed = base.copy_of()
    indicators = base.get(INDICATORS)
    if isinstance(indicators, Mapping):
        stripped = indicators.copy_of()
        for name, one in indicators.items():
            if isinstance(one, Mapping) and not is_shared(one):
                stripped[name] = _definition(one)
        passed[INDICATORS] = stripped
    return passed


def _definition(one: Mapping) -> Mapping:
    kept = Mapping(one.source, one.start, one.end)
    for key, value in one.items():
        if key not in VALUES:
            kept[key] = value
            kept.keys_at[key] = one.keys_at[key]
    return kept


def is_shared(one: Mapping) -> bool:
    """Say whether an indicator of a base passes its value on."""
    shared: Node | None = one.get(SHARED)
    try:
        return isinstance(shared, Scalar) and read_bool(shared.value)
    except ValueError:
        return False  # the model reports it
