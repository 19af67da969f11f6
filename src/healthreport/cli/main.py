"""The program: its commands, Ctrl-C, and mistakes on the command line.

Everything heavy is imported in a command's body.
"""

from __future__ import annotations

import gc
import os
import sys

from healthreport.cli.late import UNUSED, late


def main() -> None:
    """Run the program; a mistake on the command line is told in Chinese and ends with 2."""
    # What start-up makes stays: searching it for garbage, again and again, costs a sixth of a short run.
    gc.disable()
    # pydantic would look through every installed package for plugins; none belongs into a report.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    late(*UNUSED)
    import typer

    from healthreport.cli import console, exits, help_zh
    from healthreport.cli.app import app

    console.prepare_streams()
    try:
        code = app(standalone_mode=False)  # Typer turns Ctrl-C into 130
        sys.stdout.flush()
    except typer.TyperException as wrong:
        console.say(help_zh.explain(wrong))
        code = exits.Exit.NOTHING
    except (typer.Abort, KeyboardInterrupt):
        code = exits.Exit.CANCELLED
    except Exception as wrong:
        from healthreport.cli import failures

        code = failures.told(wrong)
    if code == exits.Exit.CANCELLED:
        console.say("已取消。")
    gc.freeze()  # nor is there anything to collect at the end
    sys.exit(code or exits.Exit.DONE)
