"""What a reader finds in a sample, as plain values that a test can compare and a person can read.

Run as `python -m tests.readers.found tests/data/readers/NAME/CASE` it prints what the reader finds,
line by line: look at it, and keep it as the case's `expected.jsonl`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from stopa.model.document import Document
from stopa.model.event import BASIS, EventBatch
from stopa.model.evidence import Problem, Where
from stopa.model.time_basis import Basis, basis_of
from stopa.readers import Found, Passed, Reader, Source, Stretch, counted, divided

DATA = Path(__file__).parents[1] / "data" / "readers"
Place = tuple[int, int]


def input_of(case: Path) -> Path:
    """Return the one evidence file of a case."""
    (path,) = case.glob("input.*")
    return path


def stretches_of(reader: Reader, source: Source, parts: int) -> list[Stretch]:
    """Return the stretches of a log, their lines counted from the first of the file."""
    found = divided(reader, source, parts)
    _, before = counted(source.path, [stretch.start for stretch in found])
    return [replace(s, line=s.line + n) for s, n in zip(found, before, strict=True)]


def source_of(path: Path, fields: frozenset[str] | None = None) -> Source:
    """Return a file as evidence."""
    content = path.read_bytes()
    return Source(hashlib.sha256(content).hexdigest(), path, len(content), fields)


def plain(found: Found) -> Iterator[dict[str, Any]]:
    """Yield events, documents and problems as JSON values; structure is left out.

    How the zone of a time is known is told only where the log does not state it.
    """
    if isinstance(found, EventBatch):
        for row in found.table.to_pylist():
            cells = {name: cell for name, cell in row.items() if cell is not None}
            if "_time" in cells:
                cells["_time"] = cells["_time"].isoformat()
            if cells.get(BASIS) is not None:
                cells[BASIS] = basis_of(cells[BASIS]).value
            if cells.get(BASIS) == Basis.STATED:
                del cells[BASIS]
            yield {"event": cells}
    elif isinstance(found, Document):
        told = asdict(found)
        del told["pieces"], told["evidence"]
        if found.stated is not None:
            told["stated"] = [[one.name, one.value, one.where.part] for one in found.stated]
        yield {"document": {name: value for name, value in told.items() if value is not None}}
    elif isinstance(found, Problem):
        where = {name: value for name, value in asdict(found.where).items() if value is not None}
        del where["evidence"]
        hint = {"hint": found.hint} if found.hint else {}
        yield {"problem": {"what": found.what, "where": where, **hint}}


def places(found: Found, size: int) -> list[Place]:
    """Return the stretches of evidence, offset and length, that something found stands for.

    A document stands for the bytes of its pieces, and for all of the evidence where its format
    gives characters no bytes of their own; a problem on a page or in a part of such a document has
    no bytes to name.
    """
    if isinstance(found, EventBatch):
        columns = found.table.select(["_offset", "_length"]).to_pydict()
        return list(zip(columns["_offset"], columns["_length"], strict=True))
    if isinstance(found, Document):
        cited = {(p.offset, p.length or 0) for p in found.pieces if p.offset is not None}
        return sorted(cited) or [(0, size)]
    assert not isinstance(found, Passed)  # nothing is sought
    where = found.where
    if isinstance(found, Problem) and where.offset is None and (where.page or where.part):
        return []
    return [_place(where)]


def evidence_of(found: Found) -> str:
    """Return the evidence that something found cites."""
    assert not isinstance(found, Passed)
    return found.evidence if isinstance(found, EventBatch | Document) else found.where.evidence


def _place(where: Where) -> Place:
    assert where.offset is not None, f"no offset: {where}"
    assert where.length is not None, f"no length: {where}"
    return where.offset, where.length


def main(case: Path) -> None:
    """Print what the reader named like the case's folder finds."""
    reader = import_module(f"stopa.readers.{case.resolve().parent.name}").READER
    for found in reader.read(source_of(input_of(case))):
        for line in plain(found):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
