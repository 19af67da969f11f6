"""Measure one document in a process of its own: this project against a docxtpl script on a like document.

Usage: python benchmarks/cold.py [--rounds 15]

Processes alternate in one run; the lower quartile of each is compared. The first run ever on a machine
also fills the cache of compiled templates and static parts; it is shown apart.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import peers

EXAMPLE = Path(__file__).parents[1] / "examples" / "2022.yaml"
SCRIPT = """
import json, sys
from pathlib import Path
import yaml
from docxtpl import DocxTemplate
folder = Path(sys.argv[1])
data = yaml.load((folder / "data.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
template = DocxTemplate(folder / "docxtpl.docx")
template.render(data)
template.save(folder / "theirs.docx")
"""


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return how long a process takes."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print both, and the ratio."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=15)
    rounds = arguments.parse_args().rounds
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:  # noqa: S108
        folder = Path(name)
        environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
        peers.Docxtpl().prepare(folder)
        import yaml

        (folder / "data.yaml").write_text(yaml.safe_dump(peers.context(0), allow_unicode=True), encoding="utf-8")
        (folder / "script.py").write_text(SCRIPT, encoding="utf-8")
        ours = [sys.executable, "-m", "healthreport", "render", str(EXAMPLE), "-o", str(folder / "ours.docx"), "-q"]
        theirs = [sys.executable, str(folder / "script.py"), str(folder)]
        first = seconds(ours, environment)
        pairs = [(seconds(ours, environment), seconds(theirs, environment)) for _ in range(rounds)]
    mine, docxtpl = (sorted(times)[rounds // 4] for times in zip(*pairs, strict=True))
    print(f"healthreport {mine * 1000:.0f} ms (first run {first * 1000:.0f}), docxtpl script {docxtpl * 1000:.0f} ms")
    print(f"ratio {mine / docxtpl:.2f}")


if __name__ == "__main__":
    main()
