"""The main job: reports in, documents out, one outcome for each input."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from healthreport import pipeline
from healthreport.diagnostics import HealthReportError, Position, Related, error
from healthreport.reading import inherit
from healthreport.reading.resources import Resources
from healthreport.writing import plain
from healthreport.writing.targets import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from healthreport.diagnostics import Diagnostic
    from healthreport.reading.reader import Reader

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
    for path in dict.fromkeys(inputs):
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
    if not path.name:
        raise error("is-a-folder", "这是文件夹，不是文件。", Position(str(path)), hint="请写出里面的文件名。")
    if output is None:
        return path.with_name(name)
    if not alone and output.suffix in SUFFIXES.values():
        raise error("bad-output", "几份输入不能写进一个文件。", Position(str(output)), hint="-o 请写文件夹。")
    if not alone or output.is_dir() or not output.suffix:
        return output / name
    if output.suffix not in [SUFFIXES[one] for one in options.formats]:
        message = f"-o 的文件名以“{output.suffix}”结尾，写不了这种文件。"
        raise error("bad-output", message, Position(str(output)), hint="可以写 .docx；写 .txt 请加 --to txt。")
    return output.with_suffix("")


def _render_one(
    outcome: Outcome, targets: dict[str, Path], options: Options, resources: Resources, reader: Reader
) -> None:
    inherited = inherit.load(outcome.source, reader, options.root)
    try:
        composed = pipeline.compose(inherited, reader, resources, layout=options.layout, draft=options.draft)
    except HealthReportError as wrong:
        raise HealthReportError(_for(outcome.source, one) for one in wrong.diagnostics) from None
    outcome.diagnostics += composed.warnings
    outcome.characters = plain.count(composed.document)
    for one, target in targets.items():
        if one == "txt":
            data = plain.write(composed.document).encode()
        else:
            digest = pipeline.digest(inherited, reader, resources, options.layout, draft=options.draft)
            data = pipeline.docx(composed, resources, digest)
        result = write(target, data, force=options.force)
        outcome.refused |= result.refused
        if result.problem:
            outcome.diagnostics.append(result.problem)
        if result.written:
            outcome.written.append(target)
    outcome.complete = len(outcome.written) == len(targets)


def _for(path: Path, one: Diagnostic) -> Diagnostic:
    """Name the report whose base or template a mistake was found in."""
    if one.position.file in ("", str(path)) or any(other.position.file == str(path) for other in one.related):
        return one
    return one._replace(related=(*one.related, Related(Position(str(path)), "生成这一份时遇到")))
