"""How long `import` takes for real Word files, against programs that read them without their structure.

By turns in one warm process, each file once a round; pandoc is a process of its own, as it always is. Ours is the whole
way: read, clean, recognise, write YAML, and render that in memory to see that it prints what came in.

    python benchmarks/imports.py [--rounds 7] [--folder ../shared/corpus/word]

`pip install docx2txt docx2python "markitdown[docx]" mammoth` brings the peers; those that are missing are left out.
"""

from __future__ import annotations

import argparse
import gc
import io
import shutil
import statistics
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.jobs.importing import reading
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources

if TYPE_CHECKING:
    from collections.abc import Callable


def ours() -> Callable[[Path], object]:
    """Return our own import."""
    resources = Resources(None, Reader())
    return lambda path: reading.read(path, path.with_suffix(".yaml"), reading.Options(), resources)


def peers() -> dict[str, Callable[[Path], object]]:
    """Return the peers that are installed."""
    found: dict[str, Callable[[Path], object]] = {}
    if find_spec("docx2txt"):
        import docx2txt

        found["docx2txt"] = lambda path: docx2txt.process(str(path))
    if find_spec("docx"):
        import docx

        found["python-docx"] = lambda path: [p.text for p in docx.Document(str(path)).paragraphs]
    if find_spec("docx2python"):
        from docx2python import docx2python

        def by_docx2python(path: Path) -> object:
            with docx2python(str(path)) as content:
                return content.text

        found["docx2python"] = by_docx2python
    if find_spec("mammoth"):
        import mammoth

        found["mammoth"] = lambda path: mammoth.convert_to_html(io.BytesIO(path.read_bytes())).value
    if find_spec("markitdown"):
        from markitdown import MarkItDown

        converter = MarkItDown()
        found["markitdown"] = lambda path: converter.convert(str(path)).text_content
    if shutil.which("pandoc"):
        found["pandoc"] = lambda path: (
            subprocess.run(["pandoc", "-t", "markdown", str(path)], capture_output=True, check=False).stdout
        )
    return found


def read_by_all(files: list[Path], ways: dict[str, Callable[[Path], object]]) -> list[Path]:
    """Return the files that no program fails on; the others are told."""
    kept = []
    for path in files:
        failing = [name for name, way in ways.items() if _fails(way, path)]
        if failing:
            print(f"{path.name}: {'、'.join(failing)} fails")
        else:
            kept.append(path)
    return kept


def _fails(way: Callable[[Path], object], path: Path) -> bool:
    try:
        way(path)
    except Exception:
        return True
    return False


def measure(files: list[Path], ways: dict[str, Callable[[Path], object]], rounds: int) -> dict[str, list[float]]:
    """Return the seconds that each program took for all files, by round."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            gc.collect()
            began = time.perf_counter()
            for path in files:
                way(path)
            if number:  # the first round warms up
                taken[name].append(time.perf_counter() - began)
    return taken


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", type=Path, default=Path(__file__).parents[2] / "shared" / "corpus" / "word")
    options = parser.parse_args()
    ways = {"healthreport": ours(), **peers()}
    files = read_by_all(sorted(options.folder.glob("*.docx")), ways)
    taken = measure(files, ways, options.rounds)
    print(f"{len(files)} files, {options.rounds} rounds\n")
    print("| program | ms a file | healthreport is × as fast |\n|---|---|---|")
    for name, seconds in taken.items():
        ratio = statistics.median(theirs / own for theirs, own in zip(seconds, taken["healthreport"], strict=True))
        print(f"| {name} | {statistics.median(seconds) / len(files) * 1000:.1f} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
