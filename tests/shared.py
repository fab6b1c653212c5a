"""The folder of real evidence beside the project. Tests that need it skip without it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "data" / "MANIFEST.csv").is_file(),
    reason="the folder of real evidence (../shared) is not on this machine",
)
