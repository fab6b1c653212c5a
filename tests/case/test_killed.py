"""A run killed at any instant is completed by the next, with the result of an undisturbed one."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EVIDENCE = ROOT / "examples" / "exercise" / "evidence"
PARTS = [EVIDENCE / part for part in ("cloud", "mail", "proxy", "reports")]
KILLS = 20
SEED = 20250528


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> tuple[bytes, float]:
    folder = tmp_path_factory.mktemp("whole") / "case"
    run(folder, cache)  # fills the caches, so that the second run takes as long as the killed ones
    started = time.perf_counter()
    run(folder.with_name("timed"), cache)
    return (folder / "dossier" / "dossier.json").read_bytes(), time.perf_counter() - started


def start(folder: Path, cache: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "stopa", "investigate", *map(str, PARTS)]
    environment = {**os.environ, "STOPA_CACHE": str(cache), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
        [*command, "-o", str(folder), "--quiet", "--title", "killed"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def run(folder: Path, cache: Path) -> None:
    process = start(folder, cache)
    _, talk = process.communicate()
    assert process.returncode in (0, 3), talk.decode()


@pytest.mark.slow
def test_a_killed_run_is_completed_by_the_next(
    tmp_path: Path, cache: Path, undisturbed: tuple[bytes, float]
) -> None:
    expected, seconds = undisturbed
    chance = random.Random(SEED)  # noqa: S311 - instants, not secrets
    for n, instant in enumerate(sorted(chance.uniform(0.05, seconds) for _ in range(KILLS))):
        folder = killed_at(instant, tmp_path / str(n), cache)
        run(folder, cache)
        assert (folder / "dossier" / "dossier.json").read_bytes() == expected, f"after {instant} s"
        assert not list(folder.rglob("*.unfinished"))


def killed_at(instant: float, folder: Path, cache: Path) -> Path:
    """Return a case whose run was killed then; earlier where the run had ended by then."""
    process = start(folder, cache)
    time.sleep(instant)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    if process.returncode == -signal.SIGKILL:
        return folder
    return killed_at(0.7 * instant, folder.with_name(f"{folder.name}-earlier"), cache)
