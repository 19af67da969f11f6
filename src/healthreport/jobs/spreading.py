"""What is done for thousands of reports alike, in one process or many; results come in the order of the reports."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from healthreport.jobs.pool import workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK = 40
_MOST_PROCESSES = 61  # Windows waits for no more
_Made_co = TypeVar("_Made_co", covariant=True)


class Work(Protocol[_Made_co]):
    """Work in parts that are counted from 0; each process gets it once."""

    def begin(self) -> Callable[[int], _Made_co]:
        """Return what does a part; it keeps what the parts share.

        Raises :class:`HealthReportError` for what none of them can be done without.
        """

    def lost(self, number: int) -> _Made_co:
        """Return what became of a part whose process was killed: by the system for want of memory, or by somebody."""


def spread(work: Work[_Made_co], count: int, processes: int) -> Iterator[_Made_co]:
    """Do all parts and yield what became of each.

    Raises :class:`HealthReportError` before any is done when none can be.
    """
    do = work.begin()  # also where others do the work: what is wrong with all of it is met here
    chunks = [range(at, min(at + _CHUNK, count)) for at in range(0, count, _CHUNK)]
    processes = min(processes, len(chunks), _MOST_PROCESSES)
    if processes <= 1:
        yield from map(do, range(count))
        return
    done = 0
    with ProcessPoolExecutor(processes, initializer=_start, initargs=(work,)) as pool:
        try:
            for made in pool.map(_do_chunk, chunks):
                done += len(made)
                yield from made
        except BrokenProcessPool:
            yield from map(work.lost, range(done, count))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_do: Callable[[int], Any] | None = None


def _start(work: Work[Any]) -> None:
    """Begin the work in this process; its mistakes were already met where it was handed out."""
    global _do  # noqa: PLW0603 -- how a pool hands its processes what they share
    workers.start()
    _do = work.begin()


def _do_chunk(chunk: range) -> list[Any]:
    assert _do is not None
    return [_do(number) for number in chunk]
