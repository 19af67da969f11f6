"""Cases that were found to go wrong: made small, kept in a folder, and read from there."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import trial
from trial import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "found"
_CASE = "case.json"
_SECONDS = 60  # for making a case smaller
_ALIKE = 25  # characters of a fault that say it is the same


def smaller(case: Case, fault: str, folder: Path, tries: int) -> Case:
    """Return a case with shorter files that goes wrong in the same way."""
    changed, end = True, time.monotonic() + _SECONDS
    while changed and tries > 0:
        changed = False
        for candidate in _shorter(case):
            tries -= 1
            if tries < 0 or time.monotonic() > end:
                break
            if trial.run(candidate, folder / "smaller").fault[:_ALIKE] == fault[:_ALIKE]:
                case, changed = candidate, True
                break
    return case


def _shorter(case: Case) -> Iterator[Case]:
    """Yield a case without a file, without parts of files, the largest parts first."""
    for name in case.files:
        yield case._replace(files={other: data for other, data in case.files.items() if other != name})
    for name, data in case.files.items():
        lines = data.splitlines(keepends=True)
        step = len(lines) // 2
        while step >= 1:
            for start in range(0, len(lines), step):
                kept = lines[:start] + lines[start + step :]
                yield case._replace(files={**case.files, name: b"".join(kept)})
            step //= 2


def keep(case: Case, folder: Path) -> str:
    """Put a case into a folder, and return its name."""
    said = json.dumps([case.arguments, [*case.files]]).encode() + b"".join(case.files.values())
    name = hashlib.sha256(said).hexdigest()[:10]
    for file, data in case.files.items():
        path = folder / name / "files" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    about = {"kind": case.kind, "arguments": case.arguments, "writes": case.writes}
    (folder / name).mkdir(exist_ok=True)
    (folder / name / _CASE).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return name


def kept(folder: Path = FOLDER) -> list[str]:
    """Return the names of all cases."""
    return sorted(path.parent.name for path in folder.glob(f"*/{_CASE}"))


def read(name: str, folder: Path = FOLDER) -> Case:
    """Return a case that was kept."""
    about = json.loads((folder / name / _CASE).read_text("utf-8"))
    files = folder / name / "files"
    return Case(
        about["kind"],
        {str(path.relative_to(files)): path.read_bytes() for path in sorted(files.rglob("*")) if path.is_file()},
        tuple(about["arguments"]),
        tuple(about["writes"]),
    )
