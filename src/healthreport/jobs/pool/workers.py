"""What the processes of a pool have in common: Ctrl-C is not for them, and they end with the process they work for."""

from __future__ import annotations

import os
import signal
from multiprocessing import connection, parent_process
from threading import Thread


def start() -> None:
    """Make this process a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that hands out the work
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(parent: int) -> None:
    """Wait for the end of the parent, who may be killed and says nothing, and end at once: nobody takes the work."""
    connection.wait([parent])
    os._exit(1)
