"""Work on hostile material in processes that may die of it: bounded, without network, replaced.

Why: readers and the libraries in C and C++ under them meet bytes that an attacker chose. What goes
wrong must be a problem of that one piece of evidence, never the end of the run.
Spec: setrlimit(2), prctl(2) PR_SET_PDEATHSIG, unshare(2) CLONE_NEWNET
Trap: the bound on time is of processor time, so that a busy machine does not change a result; the
clock only ends what sleeps. Where the system has no such limits (Windows), the clock is all.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

if sys.platform != "win32":
    import resource

T = TypeVar("T")
R = TypeVar("R")

MEMORY = 2 * 2**30  # bytes of data; a reader holds some 32 MB of evidence at a time
OUTPUT = 64 * 2**30  # bytes of one file that it may write
OPEN_FILES = 128
SLEEP = 10  # the clock ends what takes so many times its processor time
START = 60.0  # seconds by the clock that a process may take to begin
SAID = 300  # characters of its last words that are told
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
DIE_WITH_PARENT = 1


@dataclass(frozen=True, slots=True)
class Lost:
    """That a piece of work ended its process, and why, in words."""

    why: str


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    pipe: Connection
    words: Path
    task: T | None = None
    until: float = 0.0


@dataclass(slots=True)
class Confined(Generic[T, R]):
    """So many processes that do `work`, each task within `seconds(task)` of processor time.

    Use as a context manager. `work` and tasks are pickled; `work` is a function of a module.
    """

    work: Callable[[T], R]
    seconds: Callable[[T], float]
    processes: int
    _idle: list[_Worker[T]] = field(default_factory=list)
    _busy: dict[Connection, _Worker[T]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in (*self._idle, *self._busy.values()):
            _end(worker)
        self._idle.clear()
        self._busy.clear()

    def each(self, tasks: Iterable[T]) -> Iterator[tuple[T, R | Lost]]:
        """Yield each task with what came of it, as it is done; tasks are asked for one by one."""
        waiting = iter(tasks)
        while True:
            for task in islice(waiting, self.processes - len(self._busy)):
                self._give(task)
            if not self._busy:
                return
            yield from self._done()

    def _give(self, task: T) -> None:
        worker = self._idle.pop() if self._idle else _started(self.work)
        worker.task = task
        allowed = self.seconds(task)
        worker.until = time.monotonic() + START + SLEEP * allowed
        with contextlib.suppress(OSError):  # it died while it was idle: `_done` finds that out
            worker.pipe.send((task, allowed))
        self._busy[worker.pipe] = worker

    def _done(self) -> Iterator[tuple[T, R | Lost]]:
        soonest = min(worker.until for worker in self._busy.values())
        ready = wait(list(self._busy), max(0.0, soonest - time.monotonic()))
        now = time.monotonic()
        for pipe in [pipe for pipe, worker in self._busy.items() if worker.until <= now]:
            if pipe not in ready:
                yield self._lost(self._busy.pop(pipe), "it took too long by the clock")
        for ended in [pipe for pipe in self._busy if pipe in ready]:
            yield self._received(self._busy.pop(ended))

    def _received(self, worker: _Worker[T]) -> tuple[T, R | Lost]:
        try:
            result: R = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(1)
            return self._lost(worker, _cause(worker))
        task, worker.task = worker.task, None
        self._idle.append(worker)
        assert task is not None  # noqa: S101 - a busy worker has one
        return task, result

    def _lost(self, worker: _Worker[T], why: str) -> tuple[T, R | Lost]:
        task = worker.task
        _end(worker)
        assert task is not None  # noqa: S101 - a busy worker has one
        return task, Lost(why)


def _started(work: Callable[[T], R]) -> _Worker[T]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    handle, words = tempfile.mkstemp(prefix="stopa-words-")
    os.close(handle)
    process = context.Process(target=_serve, args=(work, theirs, words, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours, Path(words))


def _end(worker: _Worker[T]) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()
    worker.words.unlink(missing_ok=True)


def _cause(worker: _Worker[T]) -> str:
    """Say how a process ended: by which signal, or with which last words."""
    code = worker.process.exitcode
    if code == -signal.SIGXCPU:
        return "it used up its processor time"
    if code is not None and code < 0:
        return f"it was ended by signal {signal.Signals(-code).name}"
    lines = worker.words.read_text("utf-8", "replace").strip().splitlines()
    return f"it failed: {lines[-1][:SAID]}" if lines else f"it ended with code {code}"


def _serve(work: Callable[[T], R], pipe: Connection, words: str, parent: int) -> None:
    """Do tasks until the pipe ends; what goes wrong goes wrong in here."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    said = os.open(words, os.O_WRONLY | os.O_TRUNC)
    os.dup2(said, 2)
    _shut_in(parent)
    while True:
        try:
            task, seconds = pipe.recv()
        except EOFError:
            return
        _allow(seconds)
        pipe.send(work(task))


def _shut_in(parent: int) -> None:
    """Bound what the process may take, and take the network from it."""
    sys.addaudithook(_refuse_network)
    if sys.platform == "win32":
        return
    _limit(resource.RLIMIT_DATA, MEMORY)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    _limit(resource.RLIMIT_FSIZE, OUTPUT)
    _limit(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(DIE_WITH_PARENT, signal.SIGKILL)
        libc.unshare(NEW_USER | NEW_NETWORK)  # where the system lets us
        if os.getppid() != parent:
            os._exit(1)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (bound, hard))


def _allow(seconds: float) -> None:
    """Allow so many seconds of processor time from now on; the system ends the process after."""
    if sys.platform == "win32":
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    until = int(usage.ru_utime + usage.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _refuse_network(event: str, _: tuple[object, ...]) -> None:
    """Fail where Python code would reach out; what is in C has no network to reach."""
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"):
        raise PermissionError("no network while evidence is read")
