"""Documents of earlier batches that this one did not make: of townships that are gone, or under another name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, Position, Severity
from healthreport.disk.read import is_yaml
from healthreport.jobs import drafts
from healthreport.reading.tables import plain
from healthreport.writing import file_names
from healthreport.writing import targets as files
from healthreport.writing.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.jobs.batch.planning import Plan

_LISTED = 10


def find(plan: Plan) -> list[Diagnostic]:
    """Tell of documents of ours in the folder that the plan does not name; none is ever deleted.

    One that lies beside a report of its name is that report's, whoever made it. A draft is no stranger; one of a
    document that the plan makes is told of as such.
    """
    folder = Path(os.path.dirname(plan.tasks[0].stem))
    strangers, left = [], []
    finals = {file_names.same(os.path.basename(task.stem) + file_names.DRAFT) for task in plan.tasks}
    for name, is_draft in _others(plan, folder):
        if not is_draft:
            strangers.append(name)
        elif file_names.same(Path(name).stem) in finals:
            left.append(name)
    told = [drafts.told(left, Position(str(folder)))] if left else []
    if strangers:
        message = f"文件夹里还有{len(strangers)}份以前生成的，这次没有它们：{plain.listed(strangers, _LISTED)}。"
        hint = "乡镇撤并了、文件改了名的，请核对后自己移开；程序不删。"
        told.append(Diagnostic("left-over", message, Position(str(folder)), Severity.NOTE, hint))
    return told


def _others(plan: Plan, folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield the documents of ours that the plan does not make, as finals or drafts, and whether each is a draft."""
    there = sorted(os.listdir(folder)) if folder.is_dir() else []
    taken = {file_names.same(Path(name).stem) for name in there if is_yaml(name)}
    for task in plan.tasks:
        stem = file_names.same(os.path.basename(task.stem))
        taken |= {stem, stem.removesuffix(file_names.DRAFT)} if plan.options.draft else {stem}
    for format in plan.options.formats:
        writer = WRITERS[format]
        for name in there:
            if name.endswith(writer.suffix) and file_names.same(name.removesuffix(writer.suffix)) not in taken:
                stamp = files.stamp_of(folder / name, writer)
                if stamp and stamp.digest:
                    yield name, stamp.draft
