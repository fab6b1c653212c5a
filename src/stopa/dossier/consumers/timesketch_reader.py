"""The reader of Timesketch's lines: the client that fills its servers.

Why: in place of the server stands one that takes everything and remembers it. What the server
itself would refuse is therefore not seen.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.json import Decoder

from stopa.dossier.consumers._consumer import Consumer, Leaf, Understood, each_once, leaves
from stopa.dossier.consumers._written import of_lines

TIME = "datetime"
LOG = "timesketch_importer.importer"


class _Server:
    """A sketch, its server and its session in one: takes everything, remembers the events."""

    id, api_root, status_code = 1, "", 200

    def __init__(self) -> None:
        self.api = self.session = self
        self.events: list[object] = []

    def post(
        self, _resource: str, *, data: object, files: dict[str, tuple[None, str, str]]
    ) -> _Server:
        """Take what was uploaded."""
        self.events += Decoder().decode_lines(files["events"][1])
        return self

    def json(self) -> dict[str, object]:
        """Answer that the timeline is there."""
        return {}


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


def _read(content: bytes) -> Understood:
    from timesketch_import_client.importer import ImportStreamer

    server, complaints = _Server(), _Complaints()
    logging.getLogger(LOG).addHandler(complaints)
    try:
        with TemporaryDirectory() as folder, ImportStreamer() as streamer:
            (file := Path(folder) / "timeline.jsonl").write_bytes(content)
            streamer.set_sketch(server)
            streamer.add_file(str(file))
    finally:
        logging.getLogger(LOG).removeHandler(complaints)
    kept = each_once(_timed(leaves(server.events)))
    return Understood(lambda leaf: kept(next(_timed([leaf]))), tuple(sorted({*complaints.told})))


def _timed(found: Iterator[Leaf] | list[Leaf]) -> Iterator[Leaf]:
    """Yield leaves, times without the zeros at their end: the client writes none."""
    for path, value in found:
        yield path, value.replace(".000000+", "+") if path == TIME else value


IMPORTER = Consumer(
    "Timesketch's client", "timesketch-import-client", "timesketch_import_client",
    frozenset({"timesketch"}), _read, written=of_lines,
)  # fmt: skip
