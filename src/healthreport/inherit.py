"""继承: a report laid over the one it is based on, as trees.

Mappings merge, everything else replaces. An indicator's definition passes on, its value never does,
unless the base says 共用: a township that left a figure out must not print the county's.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, HealthReportError, Related, error
from healthreport.nodes import Mapping, Node, Scalar
from healthreport.scalars import read_bool

if TYPE_CHECKING:
    from healthreport.files import Reader

KEY, INDICATORS, SHARED = "继承", "指标", "共用"
VALUES = frozenset({"数值", "上年", "区间", "约数", "分项", "截至"})


def load(path: Path, reader: Reader, root: Path | None = None) -> Mapping:
    """Read a report and all it is based on; ``root`` is the folder no base may lie outside of.

    Raises :class:`HealthReportError` for a base that is missing, outside or its own.
    """
    return _load(path, reader, (root or path.parent).resolve(), ())


def _load(path: Path, reader: Reader, root: Path, below: tuple[Path, ...]) -> Mapping:
    tree = reader.tree(path)
    written = tree.get(KEY)
    if written is None:
        return tree
    if not isinstance(written, Scalar):
        raise error("not-a-text", "“继承”应写另一份报告的文件名。", written.position(), hint="例如“继承: 全县.yaml”。")
    base = _base(path, written, root, (*below, path))
    try:
        under = _load(base, reader, root, (*below, path))
    except HealthReportError as wrong:
        raise HealthReportError(_through(one, written) for one in wrong.diagnostics) from None
    return overlay(under, tree)


def _base(path: Path, written: Scalar, root: Path, chain: tuple[Path, ...]) -> Path:
    """Return the base's path; it is relative and lies inside the root."""
    name = written.value
    base = Path(os.path.normpath(path.parent / name))
    if Path(name).is_absolute() or not base.resolve().is_relative_to(root):
        hint = f"请写相对路径，放在“{root.name}”文件夹里，或用 --root 指定更上层的文件夹。"
        raise error("outside", f"“{name}”在允许的文件夹之外。", written.position(), hint=hint)
    if base.resolve() in [one.resolve() for one in chain]:
        circle = " → ".join(str(one) for one in (*chain, base))
        raise error("inherit-cycle", f"继承绕回了自己：{circle}。", written.position(), hint="请去掉其中一处“继承”。")
    return base


def _through(one: Diagnostic, written: Scalar) -> Diagnostic:
    """Name the file that asks for a base among a diagnostic's related places."""
    if one.position.file == written.position().file:
        return one
    return one._replace(related=(*one.related, Related(written.position(), "从这里继承")))


def overlay(under: Mapping, over: Mapping) -> Mapping:
    """Return a report laid over its base."""
    merged = _merge(under, over)
    merged.pop(KEY, None)
    merged.keys_at.pop(KEY, None)
    base = under.get(INDICATORS)
    if isinstance(base, Mapping):
        own = over.get(INDICATORS)
        definitions = _definitions(base)
        merged[INDICATORS] = _merge(definitions, own) if isinstance(own, Mapping) else definitions
    return merged


def _merge(under: Mapping, over: Mapping) -> Mapping:
    merged = Mapping(over.source, over.start, over.end)
    merged.update(under)
    merged.keys_at = {**under.keys_at, **over.keys_at}
    for key, value in over.items():
        known = under.get(key)
        merged[key] = _merge(known, value) if isinstance(known, Mapping) and isinstance(value, Mapping) else value
    return merged


def _definitions(indicators: Mapping) -> Mapping:
    """Return indicators without their values, except those the base shares."""
    stripped = Mapping(indicators.source, indicators.start, indicators.end)
    stripped.keys_at = dict(indicators.keys_at)
    for name, one in indicators.items():
        stripped[name] = one if not isinstance(one, Mapping) or _is_shared(one) else _definition(one)
    return stripped


def _definition(one: Mapping) -> Mapping:
    kept = Mapping(one.source, one.start, one.end)
    for key, value in one.items():
        if key not in VALUES:
            kept[key] = value
            kept.keys_at[key] = one.keys_at[key]
    return kept


def _is_shared(one: Mapping) -> bool:
    shared: Node | None = one.get(SHARED)
    try:
        return isinstance(shared, Scalar) and read_bool(shared.value)
    except ValueError:
        return False  # the model reports it
