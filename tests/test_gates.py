"""The gates bite: a planted violation fails, and the tree without it passes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
READER = '''"""A format that nobody described."""

from stopa.readers import Reader

READER = Reader("planted", "Planted", lambda head: False, lambda source: iter(()))
'''


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("src", "tests", "examples"):
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def passes(folder: Path, *command: str) -> bool:
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    done = subprocess.run(  # noqa: S603 - our own tools
        [str(BIN / command[0]), *command[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def test_the_layers_bite(copy: Path) -> None:
    assert passes(copy, "lint-imports", "--no-cache")
    planted = copy / "src" / "stopa" / "model" / "planted.py"
    planted.write_text(
        '"""Looks up."""\n\nfrom stopa.store import merkle\n\n__all__ = ["merkle"]\n'
    )
    assert not passes(copy, "lint-imports", "--no-cache")


def test_siblings_never_meet(copy: Path) -> None:
    planted = copy / "src" / "stopa" / "detect" / "planted.py"
    planted.write_text(
        '"""Looks sideways."""\n\nfrom stopa import readers\n\n__all__ = ["readers"]\n'
    )
    assert not passes(copy, "lint-imports", "--no-cache")


def test_types_bite(copy: Path) -> None:
    planted = copy / "planted.py"
    planted.write_text("def said(who: str) -> str:\n    return who\n")
    assert passes(copy, "mypy", "--strict", str(planted))
    planted.write_text("def said(who):\n    return who\n")
    assert not passes(copy, "mypy", "--strict", str(planted))


def test_the_linter_bites(copy: Path) -> None:
    planted = copy / "src" / "stopa" / "planted.py"
    planted.write_text(
        '"""Says the time."""\n\nfrom datetime import datetime\n\nNOW = datetime.now()\n'
    )
    assert not passes(copy, "ruff", "check", str(planted))


def test_the_conformance_suite_bites(copy: Path) -> None:
    suite = ["pytest", "-q", "-p", "no:cacheprovider", "tests/readers/test_conformance.py"]
    assert passes(copy, *suite, "-k", "named_after_its_module or has_samples")
    (copy / "src" / "stopa" / "readers" / "planted.py").write_text(READER)
    assert not passes(copy, *suite, "-k", "named_after_its_module")
    assert not passes(copy, *suite, "-k", "has_samples")
