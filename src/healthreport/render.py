"""The main job: reports in, documents out, one outcome for each input."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from healthreport import __version__, layout, pipeline, plain
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, error
from healthreport.files import Reader, reason, write_atomic
from healthreport.resources import Resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SUFFIXES = {"docx": ".docx", "txt": ".txt"}


class Options(NamedTuple):
    """What the command line says about all inputs alike."""

    output: Path | None = None
    formats: tuple[str, ...] = ("docx",)
    layout: str = ""
    templates: Path | None = None
    root: Path | None = None
    draft: bool = False
    force: bool = False


@dataclass(slots=True)
class Outcome:
    """What became of one input."""

    source: Path
    written: list[Path] = field(default_factory=list)
    characters: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)
    refused: bool = False
    complete: bool = False


def render(inputs: Sequence[Path], options: Options, reader: Reader) -> Iterator[Outcome]:
    """Render every input and yield its outcome; one that fails does not stop the others.

    Raises :class:`HealthReportError` before anything is written when the inputs' outputs collide.
    """
    targets = plan(inputs, options)
    resources = Resources(options.templates, reader)
    for path in inputs:
        outcome = Outcome(path)
        try:
            _render_one(outcome, targets[path], options, resources, reader)
        except HealthReportError as wrong:
            outcome.diagnostics += wrong.diagnostics
        yield outcome


def plan(inputs: Sequence[Path], options: Options) -> dict[Path, dict[str, Path]]:
    """Return where every input goes, by format."""
    targets: dict[Path, dict[str, Path]] = {}
    taken: dict[Path, Path] = {}
    sources = {path.resolve() for path in inputs}
    for path in dict.fromkeys(inputs):
        stem = _target(path, options, alone=len(inputs) == 1)
        targets[path] = {}
        for one in options.formats:
            target = stem.with_name(stem.name + SUFFIXES[one])
            key = target.resolve()
            if key in sources:
                raise error(
                    "output-is-input",
                    f"输出“{target}”就是输入的文件。",
                    Position(str(path)),
                    hint="请用 -o 另指定位置。",
                )
            if key in taken:
                message = f"“{path}”和“{taken[key]}”都要写到“{target}”。"
                raise error("same-output", message, Position(str(path)), hint="请分开生成，或给文件改名。")
            taken[key] = path
            targets[path][one] = target
    return targets


def _target(path: Path, options: Options, *, alone: bool) -> Path:
    """Return where an input goes, without suffix: ``-o`` names a file for one input, else a folder."""
    output = options.output
    name = path.name.removesuffix(path.suffix)
    if str(path) == "-":
        if output is None or output.suffix not in SUFFIXES.values():
            raise error(
                "stdin-needs-output",
                "从标准输入读取时要用 -o 指定输出的文件。",
                Position("-"),
                hint="例如 -o 报告.docx。",
            )
        return output.with_suffix("")
    if output is None:
        return path.with_name(name)
    if not alone or output.is_dir() or not output.suffix:
        return output / name
    if output.suffix not in [SUFFIXES[one] for one in options.formats]:
        message = f"-o 的文件名以“{output.suffix}”结尾，写不了这种文件。"
        raise error("bad-output", message, Position(str(output)), hint="可以写 .docx；写 .txt 请加 --to txt。")
    return output.with_suffix("")


def _render_one(
    outcome: Outcome, targets: dict[str, Path], options: Options, resources: Resources, reader: Reader
) -> None:
    reader.begin()
    composed = pipeline.compose(
        outcome.source, reader, resources, layout=options.layout, draft=options.draft, root=options.root
    )
    outcome.diagnostics += composed.warnings
    outcome.characters = plain.count(composed.document)
    for one, target in targets.items():
        if one == "txt":
            data = plain.write(composed.document).encode()
        else:
            profile = layout.load(composed.layout, resources)
            digest = reader.digest(__version__, resources.digest, options.layout, str(options.draft))
            data = pipeline.docx(composed.document, profile, resources, digest)
        _write(outcome, target, data, one, force=options.force)
    outcome.complete = len(outcome.written) == len(targets)


def _write(outcome: Outcome, target: Path, data: bytes, kind: str, *, force: bool) -> None:
    try:
        if kind == "docx" and _is_edited(target):
            if not force:
                outcome.refused = True
                outcome.diagnostics.append(_edited(target))
                return
            _keep_backup(target)
        write_atomic(target, data)
    except OSError as wrong:
        hint = "如果文件正开着，请先在 Word 中关闭；也可用 -o 换个位置。"
        outcome.diagnostics.append(
            Diagnostic("unwritable", f"写不了文件：{reason(wrong)}。", Position(str(target)), hint=hint)
        )
    else:
        outcome.written.append(target)


def _is_edited(target: Path) -> bool:
    """Say whether a Word file stands there that is not as this program left it."""
    from healthreport.docx import package

    return target.is_file() and not package.stamp(target).untouched


def _edited(target: Path) -> Diagnostic:
    return Diagnostic(
        "edited",
        "这个文件在生成之后被别的程序保存过（或不是本程序生成的），没有覆盖。",
        Position(str(target)),
        hint="请用 -o 另存；确要覆盖请加 --force，原文件会留作 .bak。",
    )


def _keep_backup(target: Path) -> None:
    """Give an edited file a name that is free: ``x.docx.bak``, ``x.docx.bak2``, and so on."""
    number = 1
    while (backup := target.with_name(f"{target.name}.bak{number if number > 1 else ''}")).exists():
        number += 1
    os.rename(target, backup)
