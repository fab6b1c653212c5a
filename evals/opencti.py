"""What OpenCTI's own import code keeps of a STIX bundle, without an OpenCTI server.

Run: python -m venv /tmp/opencti && /tmp/opencti/bin/pip install pycti
     stopa export CASE --to stix --to stix-full -o out
     /tmp/opencti/bin/python evals/opencti.py out/stix-core.json out/stix-full.json

Why: `pycti` splits a bundle, drops what breaks OpenCTI's rules, and makes of each object the
request that fills the server. That code runs here as it is; in place of the server stands one that
accepts everything and writes down what it was asked to store. What the server itself would refuse
or merge is therefore not seen. `pycti` brings 120 MB of cloud and server libraries, so that it is
no extra of this project.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pycti import OpenCTIApiClient, OpenCTIStix2Splitter

FIELD = re.compile(r"\{\s*(\w+)")  # what a GraphQL request asks for first
IMPLIED = {"type", "spec_version"}  # what the kind of request says
WORST = 4  # properties named for a kind of object


class Recorder(OpenCTIApiClient):
    """Stands in for the server: accepts everything, remembers what it was asked to store."""

    def __init__(self) -> None:
        super().__init__("http://opencti.invalid", "none", "critical", perform_health_check=False)
        self.stored: list[object] = []

    def query(
        self, query: str, variables: object = None, disable_impersonate: bool = False
    ) -> dict[str, Any]:
        """Answer a request as a server would that has nothing yet and takes what it is given."""
        found = FIELD.search(query)
        name = found[1] if found else ""
        if not query.lstrip().startswith("mutation"):
            return {"data": {name: [] if name.endswith("Categories") else None}}
        self.stored.append(variables)
        made = f"stored-{len(self.stored)}"
        answer = {"id": made, "standard_id": made, "entity_type": name, "parent_types": []}
        return {"data": {name: answer}}


def imported(item: dict[str, Any]) -> list[object]:
    """Return what the import of one object asks the server to store."""
    server = Recorder()
    server.stix2.import_item(json.loads(json.dumps(item)))
    return server.stored


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each value with its path, the places in lists left out."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from leaves(inner, f"{path}.{name}" if path else name)
        case list() | tuple():
            for inner in value:
                yield from leaves(inner, path)
        case None:
            return
        case _:
            yield path, str(value)


def measure(path: Path) -> None:
    """Print what became of each kind of object in a bundle."""
    objects = json.loads(path.read_bytes())["objects"]
    splitter = OpenCTIStix2Splitter()
    _, refused, parts = splitter.split_bundle_with_expectations(
        path.read_text("utf-8"), cleanup_inconsistent_bundle=True
    )
    taken = {one["id"]: one for part in parts for one in json.loads(part)["objects"]}
    counts: dict[str, Counter[str]] = {}
    for one in objects:
        count = counts.setdefault(one["type"], Counter())
        stored = imported(taken[one["id"]]) if one["id"] in taken else []
        count.update({"objects": 1, "stored": bool(stored)})
        kept = {value for _, value in leaves(stored)}
        for name, value in leaves(one):
            if name not in IMPLIED:
                count.update({"values": 1, "kept": value in kept})
                count[f"-{name}"] += value not in kept
    report(path, counts, len(refused))


def report(path: Path, counts: dict[str, Counter[str]], refused: int) -> None:
    """Print the table of one bundle."""
    whole = sum(counts.values(), Counter())
    print(f"{path.name}, pycti {version('pycti')}: {whole['stored']} of {whole['objects']} objects")
    print(f"stored, {refused} refused; {whole['kept']} of {whole['values']} values kept")
    print(f"{'object':20}{'objects':>8}{'stored':>8}{'values':>8}{'kept':>8}  dropped most")
    for kind, count in sorted(counts.items()):
        dropped = [(-n, name[1:]) for name, n in count.items() if name[0] == "-" and n]
        worst = ", ".join(name for _, name in sorted(dropped)[:WORST])
        numbers = "".join(f"{count[of]:8}" for of in ("objects", "stored", "values", "kept"))
        print(f"{kind:20}{numbers}  {worst}")
    print()


if __name__ == "__main__":
    for bundle in sys.argv[1:]:
        measure(Path(bundle))
