"""A reader is one file: put there, it recognises, reads and cites, and `stopa trail` follows it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import stopa

ROOT = Path(__file__).parents[2]
READER = '''
"""Logs of a gate: when, which badge, from where.

Spec: https://gates.example/log
"""

import re
from collections.abc import Iterator

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.model.evidence import Problem, Structure
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._lines import Line, lines
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import stated

PASSED = re.compile(r"GATE1;([^;]+);(\\w+);(\\w+);([\\d.]+)")
LAYOUT = Layout(
    LogSource("gate", None, "passages"),
    ((TIME, (Pick("timestamp", stated),)), (HOST, (Pick("gate"),)), (USER, (Pick("user"),))),
)
NAMES = ("timestamp", "gate", "user", "src_ip")


def recognises(head: bytes) -> bool:
    return head.startswith(b"GATE1;")


def read(source: Source) -> Iterator[Found]:
    return tabulate(source, _rows(source))


def _rows(source: Source) -> Iterator[Row | Problem | Structure]:
    for line in lines(source):
        if not isinstance(line, Line):
            yield line
        elif found := PASSED.fullmatch(line.text):
            fields = dict(zip(NAMES, found.groups(), strict=True))
            yield Row(fields, LAYOUT, line.offset, line.length, line.number)
        else:
            yield Problem("not a passage", line.where(source), "look at the line")


READER = Reader("gate_passages", "Gate passages", recognises, read)
'''
LOG = (
    b"GATE1;2025-05-28T08:15:00Z;north;eva;192.0.2.7\n"
    b"GATE1;2025-05-28T08:16:00Z;north;ola;192.0.2.8\n"
    b"GATE1;torn\n"
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of stopa with one file more."""
    home = tmp_path_factory.mktemp("added")
    package = Path(stopa.__file__).parent
    shutil.copytree(package, home / "stopa", ignore=shutil.ignore_patterns("__pycache__"))
    (home / "stopa" / "readers" / "gate_passages.py").write_text(READER.lstrip(), "utf-8")
    return home


def run(source: Path, *words: object) -> str:
    done = subprocess.run(  # noqa: S603 - the interpreter that runs the tests
        [sys.executable, "-m", "stopa", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source), "STOPA_CACHE": str(source / "cache")},
    )
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


def test_one_file_adds_a_reader_and_nothing_else_is_edited(source: Path, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence" / "named-like-nothing.bin"
    evidence.parent.mkdir()
    evidence.write_bytes(LOG)
    run(source, "investigate", evidence.parent, "-o", tmp_path / "case", "--quiet")
    (file,) = json.loads(run(source, "coverage", tmp_path / "case", "--json"))["files"]
    assert (file["kind"], file["events"], len(file["problems"])) == ("gate_passages", 2, 1)
    assert sum(file["accounted"].values()) == len(LOG)
    assert file["first"].startswith("2025-05-28T08:15:00")
    found = json.loads(run(source, "trail", tmp_path / "case", "192.0.2.7", "--json"))
    assert [step["where"]["line"] for step in found["trail"]] == [1]
    assert {other["name"] for other in found["together"]} == {"north", "eva"}


def test_the_page_of_what_is_read_is_current() -> None:
    written = ROOT / "docs" / "make_evidence.py"
    spec = importlib.util.spec_from_file_location("make_evidence", written)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    page = (ROOT / "docs" / "evidence.md").read_text("utf-8")
    assert page == made.page(), "run: python docs/make_evidence.py"
