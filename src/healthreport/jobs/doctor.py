"""What there is to know of a computer when something goes wrong on it: one page, to be sent to whoever helps.

It says nothing of anybody's reports, and not whose computer it is: the home folder is written ``~``.
"""

from __future__ import annotations

import locale
import os
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport import __version__
from healthreport.diagnostics import Position
from healthreport.disk import cache, fonts, office
from healthreport.pipeline import DEFAULT_LAYOUT
from healthreport.reading.resources import LAYOUTS, Resources, files_of, is_as_packaged, packaged
from healthreport.reading.tables import plain
from healthreport.writing.layout.loading import load
from healthreport.writing.layout.profile import Face

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.reading.reader import Reader

_LIBRARIES = ("PyYAML", "pydantic", "Jinja2", "python-docx", "lxml", "typer")
_SETTINGS = ("NO_COLOR", "SOURCE_DATE_EPOCH", "PYTHONUTF8", "PYTHONIOENCODING", "LANG", "LC_ALL")
_LISTED = 8


class Stream(NamedTuple):
    """Where output goes: its encoding, whether it is a terminal, how wide."""

    name: str
    encoding: str
    is_terminal: bool


def page(own: Path | None, reader: Reader, streams: Sequence[Stream], width: int) -> list[tuple[str, str]]:
    """Return what is looked at, each with what was found; ``own`` are the user's templates, which may be faulty."""
    return [
        ("程序", f"healthreport {__version__}"),
        ("Python", f"{platform.python_version()}（{platform.python_implementation()}），{_short(sys.executable)}"),
        ("系统", f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("依赖", "、".join(f"{name} {_version(name)}" for name in _LIBRARIES)),
        ("字体", _fonts(Resources(None, reader))),
        ("LibreOffice", _short(office.program() or "") or "没有；只有导入 .doc、.wps、.rtf、.odt 要用"),
        ("缓存", _cache()),
        *[(stream.name, _shown(stream)) for stream in streams],
        ("宽度", f"{width}栏"),
        ("文字编码", f"系统 {locale.getpreferredencoding(do_setlocale=False)}，文件名 {sys.getfilesystemencoding()}"),
        ("当前文件夹", _short(str(Path.cwd()))),
        ("自带模板", _short(str(packaged()))),
        ("自己的模板", _own(own)),
        ("设置", "，".join(f"{name}={os.environ[name]}" for name in _SETTINGS if name in os.environ) or "没有"),
    ]


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "没有"


def _short(path: str) -> str:
    """Return a path without the name of the user."""
    home = os.path.expanduser("~")
    return f"~{path[len(home) :]}" if home not in ("", os.sep) and path.startswith(home) else path


def _fonts(resources: Resources) -> str:
    """Say which of the fonts of the usual layout are here; Word replaces those that are not."""
    layout = load(resources, resources.require(LAYOUTS, DEFAULT_LAYOUT, "版式", lambda: Position(DEFAULT_LAYOUT)))
    wanted = dict.fromkeys(face.font for _, face in layout if isinstance(face, Face))
    installed = fonts.families(fonts.folders())
    missing = [name for name in wanted if name not in installed]
    there = "、".join(name for name in wanted if name not in missing)
    if not missing:
        return f"{there}都有"
    return f"{f'有{there}；' if there else ''}没有{'、'.join(missing)}，这台电脑上 Word 会用别的字体顶替"


def _cache() -> str:
    folder = cache.cache_folder()
    return _short(str(folder)) if folder else "没有可用的文件夹，每次都重新准备，会慢一些"


def _shown(stream: Stream) -> str:
    """Say how a stream shows what is written to it."""
    where = "屏幕" if stream.is_terminal else "文件或管道"
    try:
        "清河区　①“”—".encode(stream.encoding)
    except (LookupError, UnicodeEncodeError):
        return f"{where}，{stream.encoding}，有的中文显示不出来，会印成“?”"
    return f"{where}，{stream.encoding}"


def _own(folder: Path | None) -> str:
    """Say which templates win over the packaged ones."""
    if folder is None:
        return "没有"
    names = [path.relative_to(folder).as_posix() for path in files_of(folder) if not is_as_packaged(path, folder)]
    return f"{_short(str(folder))}：{plain.listed(names, _LISTED, '个文件') if names else '与自带的一样'}"
