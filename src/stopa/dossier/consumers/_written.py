"""The values that an export holds, by what kind of file it is."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from msgspec.json import Decoder, decode

from stopa.dossier.consumers._consumer import Leaf, leaves


def of_json(content: bytes) -> Iterator[Leaf]:
    """Yield the values of one document, those of its objects under their type."""
    told = decode(content)
    parts = told.get("objects", told.get("@graph")) if isinstance(told, dict) else None
    yield from leaves(parts if parts is not None else told)


def of_lines(content: bytes) -> Iterator[Leaf]:
    """Yield the values of one document a line."""
    yield from leaves(Decoder().decode_lines(content))


def of_table(content: bytes) -> Iterator[Leaf]:
    """Yield the cells that are not empty, under their headings."""
    for row in csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")):
        yield from ((heading, cell) for heading, cell in row.items() if heading and cell)
