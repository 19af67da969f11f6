"""继承: a report laid over the one it is based on, as trees.

Mappings merge, everything else replaces. An indicator's definition passes on, its value never does,
unless the base says 共用: a township that left a figure out must not print the county's.
"""

from __future__ import annotations

import os
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Related, Severity, error
from healthreport.disk.read import slashed
from healthreport.reading import digests
from healthreport.reading.base import ROLL_UP, SHARED, Base, File, is_shared
from healthreport.reading.differences import ADDS, INHERITS, indicators_of, split
from healthreport.reading.indicator_files import KEY as INDICATOR_FILES
from healthreport.reading.indicator_files import attach
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.reading.yaml.parse import SlipsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.model.build import Differences
    from healthreport.reading.reader import Reader

_MOST_BASES = 20  # a county, a town and a village are three
# Characters of a report's file and those of its bases together: a base as long as may be, and what is laid over it.
_MOST_CHARACTERS = 1_200_000
__all__ = ["SHARED", "Inherited", "allowed", "base", "beside", "digest", "is_shared", "load"]


class Inherited(NamedTuple):
    """A report: its whole tree; of one with a base what it says itself, and the base.

    ``root`` is the folder nothing it is made of may lie outside of, where one was given.
    """

    path: Path
    whole: Callable[[], Mapping]
    differences: Differences | None = None
    base: Base | None = None
    notes: tuple[Diagnostic, ...] = ()
    root: Path | None = None

    @property
    def is_county(self) -> bool:
        """Say whether its figures are made of those of townships; no base passes that on."""
        return ROLL_UP in (self.differences.fields if self.differences else self.tree)

    @property
    def tree(self) -> Mapping:
        """The whole tree, laid over the base when first asked for."""
        return self.whole()


def load(path: Path, reader: Reader, root: Path | None = None) -> Inherited:
    """Read a report and all it is based on; ``root`` is the folder no base may lie outside of.

    Without one it is the report's own folder or the one above, which is told. Raises :class:`HealthReportError` for a
    base that is missing, outside or its own.
    """
    file = _read(path, reader)
    under = _under(file, reader, allowed(path, reader, root), (path,))
    file, notes = _on(file, under, reader)
    if under is None:
        return Inherited(path, lambda: file.tree, notes=notes, root=root)
    whole = cache(partial(file.tree.laid_over, under.definitions))
    notes += under.notes if root else (*under.notes, *_above(path, under, reader))
    notes += () if "标题" in file.tree else under.names_one
    return Inherited(path, whole, split(file.tree, under.definitions, whole), under, notes, root)


def base(path: Path, reader: Reader, root: Path | None = None) -> Base:
    """Read a report that others are laid over, once. Raises :class:`HealthReportError`."""
    return _base(path, reader, allowed(path, reader, root), ())


def digest(inherited: Inherited, reader: Reader, *more: str) -> str:
    """Return one digest of a report's whole content and of ``more``."""
    differences, under, of_picture = inherited.differences, inherited.base, digests.of_pictures(reader.read_beside)
    if differences is None or under is None:
        return digests.joined(["", digests.said(inherited.tree, of_picture), *more])
    itself = digests.said_itself(differences, indicators_of(under.definitions), of_picture)
    return digests.joined([under.digest, *itself, *more])


def _read(path: Path, reader: Reader) -> File:
    """Read a report and take its head off."""
    tree = reader.tree(reader.read(path))
    return File(path, tree, tree.pop(INHERITS, None), tree.pop(ADDS, None))


def _on(file: File, under: Base | None, reader: Reader) -> tuple[File, tuple[Diagnostic, ...]]:
    """Put the indicators of a report's files in, whose meaning its base may say, and the sections that it adds.

    Returns what is told as well: how files were read, and which sections of the base it has others for.
    """
    try:
        notes = attach(file.tree, under.definitions if under else None, file.path, reader)
    except HealthReportError as wrong:
        if not reader.does_without(wrong):
            raise
        del file.tree[INDICATOR_FILES]
        notes = ()
    if under is None and file.adds is None:
        return file, notes
    from healthreport.reading import additions

    if under is not None:
        notes += tuple(additions.replaced(file.tree, under.definitions))
        if file.adds is not None:
            file = file._replace(tree=additions.laid(file.tree, file.adds, under.definitions))
    elif file.adds is not None:
        raise additions.refuse(file.adds)
    return file, notes


def allowed(path: Path, reader: Reader, root: Path | None) -> str:
    """Return the folder no base may lie outside of: by default the one above the report's, never the whole disk."""
    folder = reader.real(root or path.parent)
    above = os.path.dirname(folder)
    return folder if root or os.path.dirname(above) == above else above


def _above(path: Path, under: Base, reader: Reader) -> Iterator[Diagnostic]:
    """Tell of every base that lies outside of the report's own folder."""
    own = os.path.join(reader.real(path.parent), "")
    base: Base | None = under
    while base:
        if not reader.real(base.file.path).startswith(own):
            message = "“继承”的文件在报告的文件夹外面（上一级文件夹里），读了它。"
            hint = "若不该读，请用 --root 指定不得越出的文件夹。"
            yield Diagnostic("base-above", message, Position(str(base.file.path)), Severity.NOTE, hint)
        base = base.under


def _base(path: Path, reader: Reader, root: str, chain: tuple[Path, ...]) -> Base:
    """Return a base, the same each time; whether all it is based on lies inside is another matter for each root."""
    known = reader.bases.get(str(path))
    file = known.file if known else _read(path, reader)
    if sum(len(reader.read(one).text) for one in (*chain, path)) > _MOST_CHARACTERS:
        message = f"报告和它继承的文件一共超过{_MOST_CHARACTERS // 10_000}万字。"
        raise error("too-large", message, Position(str(path)), hint="请只留要用的指标和正文，或者少继承几层。")
    under = _under(file, reader, root, (*chain, path))
    if known is None:
        file, notes = _on(file, under, reader)
        known = reader.bases[str(path)] = Base(file, under, digests.of_pictures(reader.read_beside), notes)
    return known


def _under(file: File, reader: Reader, root: str, chain: tuple[Path, ...]) -> Base | None:
    """Return the base that a report names."""
    named = file.extends
    if named is None:
        return None
    if not isinstance(named, Scalar):
        raise error("not-a-text", "“继承”应写另一份报告的文件名。", named.position(), hint="例如“继承: 全县.yaml”。")
    try:
        path = _path(file.path, named, reader, root, chain)
        return _base(path, reader, root, chain)
    except HealthReportError as wrong:
        told = [_through(diagnostic, named) for diagnostic in wrong.diagnostics]
        if reader.does_without(HealthReportError(told)):
            return None
        if isinstance(wrong, SlipsError):
            raise SlipsError(wrong.slips._replace(told=told)) from None
        raise HealthReportError(told) from None


def _path(path: Path, named: Scalar, reader: Reader, root: str, chain: tuple[Path, ...]) -> Path:
    """Return the base's path; it is relative and lies inside the root."""
    found = beside(path, named.value, named.position(), reader, root)
    if len(chain) > _MOST_BASES:
        message = f"继承一层套一层，超过{_MOST_BASES}层。"
        raise error("inherit-too-deep", message, named.position(), hint="请把其中几份合成一份。")
    if reader.real(found) in map(reader.real, chain):
        circle = " → ".join(str(step) for step in (*chain, found))
        raise error("inherit-cycle", f"继承绕回了自己：{circle}。", named.position(), hint="请去掉其中一处“继承”。")
    return found


def beside(path: Path, name: str, place: Position, reader: Reader, root: str) -> Path:
    """Return what a report, or settings, at ``path`` name: a relative path, inside the folder ``root``.

    Raises :class:`HealthReportError` at the place where it is named.
    """
    found = Path(os.path.normpath(os.path.join(os.path.dirname(path), slashed(name))))
    if os.path.isabs(slashed(name)) or not os.path.join(reader.real(found), "").startswith(os.path.join(root, "")):
        inside = f"请把它放进“{os.path.basename(root)}”文件夹，文件名从写着它的文件所在的文件夹写起"
        hint = f"{inside}；或用 --root 指定更上层的文件夹。"
        raise error("outside", f"“{name}”在允许的文件夹之外。", place, hint=hint)
    return found


def without_text(inherited: Inherited, county: Path) -> HealthReportError:
    """Return what is wrong with a township's report that stands on the county's and has no text."""
    message = f"“{county.name}”是全县的报告，只传指标和版头，不传正文；这份报告自己没有写正文。"
    hint = f"请把各乡镇共用的正文写成一份底稿，里面写“继承: {county.name}”，各乡镇改为继承那份底稿。"
    return error("no-text", message, Position(str(inherited.path)), hint=hint)


def _through(diagnostic: Diagnostic, named: Scalar) -> Diagnostic:
    """Name the file that asks for a base among a diagnostic's related places."""
    if diagnostic.position.file == named.position().file:
        return diagnostic
    return diagnostic._replace(related=(*diagnostic.related, Related(named.position(), "从这里继承")))
