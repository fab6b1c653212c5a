"""Labels of outlets that somebody with a name gave on a date: who controls or pays for them.

Why: that a text comes from a state's own agency bears on how its words are weighed, never on
whether they are true. The table is facts of public record (`lexicon/outlets.toml`).
Trap: only a whole name counts: `RT` is not in `smart`, and `The Moscow Times` is nobody's organ.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from stopa.model.document import Masthead
from stopa.model.statement import OutletLabel

TABLE = "outlets.toml"


def labels(head: Masthead) -> tuple[OutletLabel, ...]:
    """Return the labels of the outlet, and of the one that the text names as its source."""
    found: list[OutletLabel] = []
    for role, name in (("outlet", head.outlet), ("upstream", head.upstream)):
        for state, label, by, act, date in _table().get(_key(name or ""), ()):
            found.append(OutletLabel(name or "", role, state, label, by, act, date))
    return tuple(found)


@cache
def _table() -> dict[str, tuple[tuple[str, str, str, str, str], ...]]:
    raw = (files("stopa.statements") / "lexicon" / TABLE).read_text("utf-8")
    table: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {}
    for row in tomllib.loads(raw)["label"]:
        told = (row["state"], row["label"], row["by"], row["act"], row["date"])
        for name in (name for names in row["outlets"] for name in names):
            table[_key(name)] = (*table.get(_key(name), ()), told)
    return table


def _key(name: str) -> str:
    return " ".join(name.lower().replace("’", "'").split()).removeprefix("the ")
