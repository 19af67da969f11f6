"""``healthreport doctor``."""

from __future__ import annotations

import shutil
import sys

from healthreport.cli import console, exits, options
from healthreport.cli.help_zh import Command, alone

app = alone()
_USUAL = (80, 24)


@app.command(cls=Command)
def doctor() -> None:
    """看看这台电脑的情况：版本、字体、缓存、文字编码；出了问题，把这一页发给帮忙的人。"""
    from healthreport.jobs import doctor as job

    streams = [
        job.Stream(name, stream.encoding or "", stream.isatty())
        for name, stream in (("结果", sys.stdout), ("提示", sys.stderr))
    ]
    own = options.own_templates(None, not_of_here=False)
    with exits.told() as reader:
        for name, found in job.page(own, reader, streams, shutil.get_terminal_size(_USUAL).columns):
            console.result(f"{name}：{found}")
