"""What confinement promises: whatever work does, the next is done, and the cause is told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stopa.case.confined import Confined, Lost
from tests.case.hostile_work import work


def seconds(task: str) -> float:
    return 1.0 if task == "spin" else 30.0


def done(*tasks: str, processes: int = 1) -> dict[str, str | Lost]:
    with Confined(work, seconds, processes) as confined:
        return dict(confined.each(tasks))


def test_every_task_is_done_in_as_many_processes_as_there_are() -> None:
    tasks = [f"say {n}" for n in range(50)]
    assert done(*tasks, processes=2) == {task: task.split()[1] for task in tasks}


@pytest.mark.parametrize(
    ("task", "why"),
    [
        ("raise", "ValueError: this was not foreseen"),
        ("crash", "SIGSEGV"),
        ("spin", "processor time"),
        ("eat", "MemoryError"),
        ("open", "Too many open files"),
        ("exit", "code 7"),
    ],
)
def test_what_ends_a_process_is_told_and_the_rest_is_done(task: str, why: str) -> None:
    found = done("say before", task, "say after")
    lost = found.pop(task)
    assert isinstance(lost, Lost)
    assert why in lost.why
    assert found == {"say before": "before", "say after": "after"}


def test_what_sleeps_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stopa.case.confined.START", 3.0)
    monkeypatch.setattr("stopa.case.confined.SLEEP", 0)
    found = done("say before", "sleep", "say after")
    lost = found["sleep"]
    assert isinstance(lost, Lost)
    assert "too long" in lost.why
    assert found["say after"] == "after"


def test_there_is_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        task = f"connect {server.getsockname()[1]}"
        lost = done(task)[task]
    assert isinstance(lost, Lost)
    assert "no network" in lost.why


PARENT = """
import os, sys
from stopa.case.confined import Confined
from tests.case.hostile_work import work
with Confined(work, lambda _: 1000.0, 1) as confined:
    for _ in confined.each(["say up", "sleep"]):
        (child,) = [w.process.pid for w in (*confined._idle, *confined._busy.values())]
        print(child, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the pipe's end ends it")
def test_a_killed_parent_takes_its_processes_with_it() -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=root
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait(10)
    for _ in range(100):
        if not Path(f"/proc/{child}").exists():
            return
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the process outlived its parent")
