"""Memory that one batch needed serves the next: it is not given back in between."""

import os
import subprocess
import sys

WORK = """
import resource, time
import stopa
import numpy as np, pyarrow as pa

ones = pa.array(np.ones(2**16))

def batch():
    made = [ones.cast(pa.float32()) for _ in range(64)]
    del made
    time.sleep(0.05)

batch()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(8):
    batch()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""
PAGES = 8 * 64 * 2**18 // 4096  # of all that Arrow is asked for


def _faults(**settings: str) -> int:
    told = {name: value for name, value in os.environ.items() if "MIMALLOC" not in name}
    words = [sys.executable, "-c", WORK]
    done = subprocess.run(words, env=told | settings, capture_output=True, check=True)  # noqa: S603 (ours)
    return int(done.stdout)


def test_memory_of_a_batch_serves_the_next() -> None:
    assert _faults() < PAGES // 4


def test_whoever_wants_it_given_back_at_once_is_heeded() -> None:
    assert _faults(MIMALLOC_PURGE_DELAY="0") > PAGES // 4
