"""What no command tells itself: the system refuses, memory ends, the program is wrong. One line, never a traceback."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from healthreport.cli import console
from healthreport.cli.exits import Exit

if TYPE_CHECKING:
    from types import TracebackType

_LEFT = "last-error.txt"
_MOST_PLACES = 60
_NO_RIGHT = "请看看文件夹有没有权限、文件是不是正开着，或换一个位置，再运行一次。"
_REFUSED = "请换一个文件名或位置，腾出空间，再运行一次。"


def told(wrong: BaseException) -> Exit:
    """Tell of what a command did not expect, and return how the program ends."""
    if isinstance(wrong, BrokenPipeError):
        _let_go()
        return Exit.PARTLY  # who takes the results has enough of them
    if isinstance(wrong, OSError):
        from healthreport.disk.read import reason

        _let_go()
        name = wrong.filename if isinstance(wrong.filename, str) else ""
        console.say(f"错误 {f'“{name}”：' if name else '写不了结果：'}{reason(wrong)}。 [system-refused]")
        console.say(f"  → {_NO_RIGHT if isinstance(wrong, PermissionError) else _REFUSED}")
    elif isinstance(wrong, MemoryError):
        console.say("错误 内存不够。 [out-of-memory]")
        console.say("  → 请关掉别的程序，或把文件分成几份，再运行一次。")
    else:
        console.say(f"错误 程序自己出错了（{type(wrong).__name__}），不是您的文件有错。 [program-error]")
        console.say(f"  → {_way_out(wrong)}")
    return Exit.NOTHING


def _way_out(wrong: BaseException) -> str:
    """Say what to send to those who can mend it."""
    from healthreport.disk import cache

    left = cache.leave(_LEFT, _account(wrong).encode("utf-8", errors="replace"))
    if left is None:
        return "请把运行的命令和用到的文件发给开发者。"
    return f"请把“{left}”发给开发者；里面只有程序出错的位置，没有您的数据。"


def _account(wrong: BaseException) -> str:
    """Return where the program went wrong: files and lines of the program, never a value."""
    import platform

    from healthreport import __version__

    # Not ``platform.platform``: it starts ``uname`` to ask for the processor.
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    lines = [f"healthreport {__version__}", f"Python {platform.python_version()}", system]
    command = next((word for word in sys.argv[1:] if word.isascii() and word.isalpha()), "")
    at: TracebackType | None = wrong.__traceback__
    places = []
    while at is not None:
        code = at.tb_frame.f_code
        places.append(f"{code.co_filename}:{at.tb_lineno} {code.co_name}")
        at = at.tb_next
    return "\n".join([*lines, command, type(wrong).__name__, *places[-_MOST_PLACES:], ""])


def _let_go() -> None:
    """Let the end of Python find nothing left to write where nothing can be written."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = io.StringIO()
