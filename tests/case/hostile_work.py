"""What hostile evidence can do to the process that reads it, as work for the tests."""

from __future__ import annotations

import ctypes
import os
import socket
import time


def work(task: str) -> str:
    """Do what the task says; most of it ends the process."""
    verb, _, word = task.partition(" ")
    return DEEDS[verb](word)


def _say(word: str) -> str:
    return word


def _fail(_: str) -> str:
    raise ValueError("this was not foreseen")


def _crash(_: str) -> str:
    return str(ctypes.string_at(0))


def _spin(_: str) -> str:
    while True:
        pass


def _sleep(_: str) -> str:
    time.sleep(3600)
    return ""


def _eat(_: str) -> str:
    return str(len([bytes(2**28) for _ in range(10**6)]))


def _open(_: str) -> str:
    return str(len([open(os.devnull) for _ in range(10_000)]))  # noqa: PTH123


def _connect(port: str) -> str:
    socket.create_connection(("127.0.0.1", int(port)), 5).close()
    return "connected"


def _exit(_: str) -> str:
    os._exit(7)


DEEDS = {
    "say": _say,
    "raise": _fail,
    "crash": _crash,
    "spin": _spin,
    "sleep": _sleep,
    "eat": _eat,
    "open": _open,
    "connect": _connect,
    "exit": _exit,
}
