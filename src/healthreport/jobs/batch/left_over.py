"""Documents of earlier batches that this one did not make: of townships that are gone, or under another name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, Position, Severity
from healthreport.disk.read import is_yaml
from healthreport.reading.tables import plain
from healthreport.writing import file_names
from healthreport.writing import targets as files
from healthreport.writing.writers import WRITERS

if TYPE_CHECKING:
    from healthreport.jobs.batch.planning import Plan

_LISTED = 10


def find(plan: Plan) -> list[Diagnostic]:
    """Tell of documents of ours in the folder that the plan does not name; none is ever deleted.

    One that lies beside a report of its name is that report's, whoever made it.
    """
    folder = Path(os.path.dirname(plan.tasks[0].stem))
    there = sorted(os.listdir(folder)) if folder.is_dir() else []
    taken = {file_names.same(Path(name).stem) for name in there if is_yaml(name)}
    taken |= {file_names.same(os.path.basename(task.stem)) for task in plan.tasks}
    found = [
        name
        for format in plan.options.formats
        for name in there
        if name.endswith(WRITERS[format].suffix)
        and file_names.same(name.removesuffix(WRITERS[format].suffix)) not in taken
        and files.is_ours(folder / name, WRITERS[format])
    ]
    if not found:
        return []
    message = f"文件夹里还有{len(found)}份以前生成的，这次没有它们：{plain.listed(found, _LISTED)}。"
    hint = "乡镇撤并了、文件改了名的，请核对后自己移开；程序不删。"
    return [Diagnostic("left-over", message, Position(str(folder)), Severity.NOTE, hint)]
