"""LibreOffice as a converter: the one place that runs another program, since its input and output are files.

It gets a folder and a profile of its own, so that nobody's settings, macros or running windows take part, and is ended
with all its children when it takes too long.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

SECONDS = 120
MAX_BYTES = 100_000_000
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
# No macros, and nothing fetched that a document links to.
_SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def program() -> str | None:
    """Return where LibreOffice is installed, if it is."""
    found = (shutil.which(name) for name in _NAMES)
    return next(filter(None, found), None) or next((place for place in _PLACES if os.path.exists(place)), None)


def to_docx(data: bytes, suffix: str, office: str, seconds: float = SECONDS) -> bytes:
    """Return a document as Word's ``.docx``, given its suffix (``.doc``) and the program.

    Raises :class:`TimeoutError` when it takes too long, :class:`OSError` when nothing comes of it.
    """
    with tempfile.TemporaryDirectory(prefix="healthreport-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        source, target = folder / f"in{suffix}", folder / "out" / "in.docx"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx"]
        _run([office, profile, *options, "--outdir", str(target.parent), str(source)], seconds)
        with open(target, "rb") as stream:
            return stream.read(MAX_BYTES + 1)


def _run(command: list[str], seconds: float) -> None:
    # The arguments are ours, and no shell reads them.
    process = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with its children: ``soffice`` is a script that starts the real one."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
