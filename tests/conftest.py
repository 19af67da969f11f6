"""Fixtures that several test modules use."""

from __future__ import annotations

import gc
import io
import signal
import sys
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

from healthreport.cli.main import main
from helpers import Result

if TYPE_CHECKING:
    from pathlib import Path

# No deadline: the first example pays for imports. `pytest --hypothesis-profile=thorough` looks longer.
settings.register_profile("quick", deadline=None, print_blob=True)
settings.register_profile("thorough", deadline=None, print_blob=True, max_examples=5000)
settings.load_profile("quick")
# What is started in the background of a script is started deaf to Ctrl-C, and so would be the commands that tests
# interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


class Cli(Protocol):
    """Runs the command in this process."""

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Result:
        """Run it with these arguments, and these bytes on standard input."""
        ...


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run the command in this process: quick, and an exception it lets out fails the test."""
    monkeypatch.delenv("COLUMNS", raising=False)  # what is printed does not hang on who runs the tests

    def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "argv", ["healthreport", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # Typer puts its own in place
        capsys.readouterr()
        try:
            with pytest.raises(SystemExit) as ended:
                main()
        finally:
            gc.enable()  # the command needs no collector, a long test run does
            gc.unfreeze()
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Result(ended.value.code, out, err)

    return run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
