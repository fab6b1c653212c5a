"""Where things are kept that can be computed again: compiled rules, compact knowledge."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder named by STOPA_CACHE, else the user's own cache folder."""
    named = os.environ.get("STOPA_CACHE")
    if named:
        return Path(named)
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path.home() / ".cache") / "stopa"
