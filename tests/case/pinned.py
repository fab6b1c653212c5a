"""What the built-in exercise comes to, byte for byte, pinned for every other machine.

Run as `python -m tests.case.pinned` after a change (`make pin`): it writes what this machine got.
The pin holds for one state of the sources, which is pinned with it: with other code or rules
another dossier is to be expected.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

from stopa import knowledge
from stopa.case.cache import cache_folder
from stopa.case.engine import engine
from stopa.case.exercise import demo
from stopa.case.plan import Quiet

ROOT = Path(__file__).parents[2]
PIN = ROOT / "tests" / "data" / "case" / "exercise.json"
EVIDENCE = ROOT / "examples" / "exercise" / "evidence"
FILES = ("dossier.json", "index.html")


def of_sources() -> dict[str, str]:
    """Return what the dossier rests on: the hash of code, rules and evidence, and the knowledge."""
    digest = hashlib.sha256(engine().encode())
    paths = [path for path in EVIDENCE.rglob("*") if path.is_file()]
    for path in sorted(paths, key=lambda p: p.relative_to(EVIDENCE).as_posix()):
        body = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(EVIDENCE).as_posix()}\n{body}\n".encode())
    return {"sources": digest.hexdigest(), "knowledge": knowledge.load(cache_folder()).stamp.sha256}


def of_exercise() -> dict[str, str]:
    """Return the hashes of the files that the exercise's dossier is, made anew."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        demo(case, Quiet())
        made = {name: (case / "dossier" / name).read_bytes() for name in FILES}
    return {name: hashlib.sha256(body).hexdigest() for name, body in made.items()}


if __name__ == "__main__":
    PIN.parent.mkdir(parents=True, exist_ok=True)
    PIN.write_text(json.dumps({"on": of_sources(), "made": of_exercise()}, indent=2) + "\n")
