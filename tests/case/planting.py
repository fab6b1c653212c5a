"""A sample of any reader with hostile text in one of its values, written as the format can hold it.

Why: a new reader must not have to remember to be tested for this; its own sample is taken.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from stopa.model.document import Document
from stopa.model.event import ENVELOPE, EventBatch, LogSource
from stopa.readers import HEAD, Reader, recognise
from tests.readers.found import DATA, input_of, source_of
from tests.readers.msg_writer import MAGIC, with_texts

TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_-]{4,}")
TRIES = 60  # values that are tried for one sample
WAYS: tuple[Callable[[str], str], ...] = (
    str,
    lambda text: json.dumps(text)[1:-1],
    html.escape,
    lambda text: text.replace('"', '""'),
    lambda text: text.replace(" ", "+"),
    lambda text: text.replace(" ", "_").replace('"', "'"),
    lambda text: text.replace(" ", "_").replace('"', "").replace("'", "").replace("=", ":"),
)


def planted(
    reader: Reader, text: str, mark: str, folder: Path
) -> tuple[Path, set[LogSource]] | None:
    """Write such a sample; return it and the log sources of the events that hold the text.

    None where no value of no sample of the reader can hold the text so that it is read again.
    """
    for case in sorted((DATA / reader.name).glob("*/")):
        raw = input_of(case).read_bytes()
        for token in _values(reader, input_of(case)):
            for way in WAYS:
                made = _replaced(raw, token, way(text))
                path = folder / f"planted-{reader.name}{input_of(case).suffix}"
                path.write_bytes(made)
                if [r.name for r in recognise(made[:HEAD])] == [reader.name]:
                    found = _holding(reader, path, mark)
                    if found is not None:
                        return path, found
    return None


def _values(reader: Reader, path: Path) -> list[str]:
    """Return words out of the values of a sample, those first that are least like keywords."""
    words: dict[str, int] = {}
    for found in reader.read(source_of(path)):
        for text in _texts(found):
            for word in TOKEN.findall(text):
                words[word] = words.get(word, 0) + 1
    return sorted(words, key=lambda word: (words[word], -len(word), word))[:TRIES]


def _texts(found: object) -> Iterator[str]:
    if isinstance(found, Document):
        yield found.text
    if isinstance(found, EventBatch):
        for name in found.table.column_names:
            if name not in ENVELOPE:
                for value in found.table.column(name).to_pylist():
                    yield from value or () if isinstance(value, list) else filter(None, (value,))


def _replaced(raw: bytes, token: str, text: str) -> bytes:
    """Replace the last place of a word; in a package, that of every part or stream."""
    if zipfile.is_zipfile(io.BytesIO(raw)):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
            for item in old.infolist():
                new.writestr(item, _replaced(old.read(item), token, text))
        return out.getvalue()
    if raw.startswith(MAGIC):
        return with_texts(raw, lambda told: text.join(told.rsplit(token, 1)))
    before, found, after = raw.rpartition(token.encode())
    return before + text.encode() + after if found else raw


def _holding(reader: Reader, path: Path, mark: str) -> set[LogSource] | None:
    """Return the log sources of events that hold the mark; empty where a document does."""
    sources: set[LogSource] = set()
    told = False
    for found in reader.read(source_of(path)):
        if any(mark in text for text in _texts(found)):
            told = True
            if isinstance(found, EventBatch):
                sources.add(found.source)
    return sources if told else None
