"""The main job: reports in, documents out, one outcome for each input."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError, Position, Related, Severity, error
from healthreport.jobs import drafts
from healthreport.jobs.producing import Options, Outcome, Task, attempt, produce
from healthreport.reading import inherit
from healthreport.reading.resources import Resources
from healthreport.values.typed import typed
from healthreport.writing import file_names
from healthreport.writing.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.diagnostics import Diagnostic
    from healthreport.reading.reader import Reader


def render(
    inputs: Sequence[Path], output: Path | None, options: Options, reader: Reader
) -> Iterator[tuple[Task, Outcome]]:
    """Render every input and yield its outcome; one that fails does not stop the others.

    Raises :class:`HealthReportError` before anything is written when the inputs' outputs collide.
    """
    tasks = plan(inputs, output, options.formats, draft=options.draft)
    resources = Resources(options.templates, reader)
    for task in tasks:
        yield task, attempt(partial(_render, task, options, resources))


def formats_of(output: Path | None) -> tuple[str, ...]:
    """Return the format that the name of an output asks for, of a folder the first."""
    named = [format for format, writer in WRITERS.items() if output is not None and output.suffix == writer.suffix]
    return tuple(named or [*WRITERS][:1])


def plan(inputs: Sequence[Path], output: Path | None, formats: Sequence[str], *, draft: bool = False) -> list[Task]:
    """Return where every input goes; ``-o`` names a file for one input, else a folder.

    A draft takes another name than the final, unless ``-o`` says its name.
    """
    tasks: list[Task] = []
    taken: dict[Path, Path] = {}
    sources = {path.resolve() for path in inputs}
    for path in dict.fromkeys(inputs):
        name = path.name.removesuffix(path.suffix) + (file_names.DRAFT if draft else "")
        task = Task(str(path), str(_stem(path, name, output, formats, alone=len(inputs) == 1)))
        tasks.append(task)
        for target in task.targets(formats).values():
            key = target.resolve()
            if key in sources:
                message = f"输出“{target}”就是输入的文件。"
                hint = "请用 -o 另指定位置。"
                if path.suffix.lower() == WRITERS["docx"].suffix:  # no report is written so
                    hint = f"Word 写的稿子先导入：healthreport import {typed(path)}。"
                raise error("output-is-input", message, Position(str(path)), hint=hint)
            if key in taken:
                message = f"“{path}”和“{taken[key]}”都要写到“{target}”。"
                raise error("same-output", message, Position(str(path)), hint="请分开生成，或给文件改名。")
            taken[key] = path
    return tasks


def _stem(path: Path, name: str, output: Path | None, formats: Sequence[str], *, alone: bool) -> Path:
    """Return where an input goes, without suffix; its ``name`` is what it is called unless ``output`` says it."""
    if str(output) == "-":
        raise error("bad-output", "“-”不是文件名。", Position("-"), hint="例如 -o 报告.docx。")
    is_file = output is not None and output.suffix in {writer.suffix for writer in WRITERS.values()}
    if str(path) == "-":
        if output is None or not is_file:
            message = "文件名写“-”时，要用 -o 写明存成哪个文件。"
            raise error("stdin-needs-output", message, Position("-"), hint="例如 -o 报告.docx。")
        return output.with_suffix("")
    if not path.name:
        raise error("is-a-folder", "这是文件夹，不是文件。", Position(str(path)), hint="请写出里面的文件名。")
    if output is None:
        return path.with_name(name)
    if not alone and is_file:
        raise error("bad-output", "几份输入不能写进一个文件。", Position(str(output)), hint="-o 请写文件夹。")
    if not alone or output.is_dir() or not output.suffix:
        return output / name
    if output.suffix not in [WRITERS[format].suffix for format in formats]:
        message = f"-o 的文件名以“{output.suffix}”结尾，写不了这种文件。"
        raise error("bad-output", message, Position(str(output)), hint=_what_can_be_written(formats))
    return output.with_suffix("")


def _what_can_be_written(formats: Sequence[str]) -> str:
    chosen = "、".join(WRITERS[format].suffix for format in formats)
    others = [f"；写 {writer.suffix} 请加 --to {format}" for format, writer in WRITERS.items() if format not in formats]
    return f"可以写 {chosen}{''.join(others)}。"


def _render(task: Task, options: Options, resources: Resources) -> Outcome:
    path, targets = Path(task.source), task.targets(options.formats)
    try:
        inherited = inherit.load(path, resources.reader, options.root)
        outcome = produce(inherited, targets, options, resources)
        left = [] if options.draft else drafts.left_beside({format: targets[format] for format in outcome.written})
        return outcome._replace(diagnostics=(*outcome.diagnostics, *left))
    except HealthReportError as wrong:
        from healthreport.jobs.looking_on.everything import everything

        all_wrong = everything(wrong, path, resources, root=options.root, layout=options.layout, draft=options.draft)
        raise HealthReportError(_for(task.source, diagnostic) for diagnostic in all_wrong.diagnostics) from None


def _for(source: str, diagnostic: Diagnostic) -> Diagnostic:
    """Name the report whose base or template a mistake was found in."""
    if diagnostic.severity is Severity.NOTE:
        return diagnostic  # how something was read is no mistake
    if diagnostic.position.file in ("", source) or any(other.position.file == source for other in diagnostic.related):
        return diagnostic
    return diagnostic._replace(related=(*diagnostic.related, Related(Position(source), "生成这一份时遇到")))
