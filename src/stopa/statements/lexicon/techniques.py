"""How reports tell ATT&CK techniques in words, read from `techniques.toml`."""

from __future__ import annotations

import re
import tomllib
from importlib import resources


def _table() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = resources.files(__package__).joinpath("techniques.toml").read_text("utf-8")
    return tuple(
        (id_, re.compile(rf"\b(?:{'|'.join(told)})", re.IGNORECASE))
        for id_, told in tomllib.loads(text).items()
    )


PROSE = _table()
