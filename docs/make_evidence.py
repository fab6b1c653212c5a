"""Write `docs/evidence.md` out of the readers: what each reads, by which specification, its limits.

Why: a list of formats that people keep by hand is wrong after the next reader. What a reader says
of itself (title, docstring) and what its samples give are the page.

    python docs/make_evidence.py
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from sys import modules

from stopa.model.document import Document
from stopa.model.event import EventBatch
from stopa.readers import Reader, Source, readers
from stopa.readers._cloud_exchange import EXCHANGE
from stopa.readers._cloud_platforms import PLATFORMS
from stopa.readers._cloud_services import SERVICES
from stopa.readers._programs import TABLES as PROGRAMS

PAGE = Path(__file__).with_name("evidence.md")
SAMPLES = Path(__file__).parents[1] / "tests" / "data" / "readers"
PART = re.compile(r"^(Spec|Why|Trap): (.*(?:\n(?!Spec:|Why:|Trap:).+)*)", re.MULTILINE)
SHOWN = 8  # log sources that a row names
HEAD = """# Evidence that is read

Written by `docs/make_evidence.py` out of the readers and their samples: change those, then run it.

A file is recognised by its content, never by its name. One that no reader knows, or that several
claim, is listed by `stopa coverage` with all its bytes; archives are opened and their members read.
Every byte of a file is an event, a document, structure of the format, or a problem with its place.
"""


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join((HEAD, *_table(), "", *_services(), *_limits())) + "\n"


def _table() -> Iterator[str]:
    yield "## Formats\n"
    yield "| format | read as | gives | specification |"
    yield "| --- | --- | --- | --- |"
    for reader in readers().values():
        gives = ", ".join(_given(reader)) or "-"
        yield f"| {reader.title}{_when(reader)} | `{reader.name}` | {gives} | {_specs(reader)} |"


def _when(reader: Reader) -> str:
    if reader.on_request:
        return " (only with `--reader`)"
    return " (where no other reader knows the file)" if reader.last else ""


def _given(reader: Reader) -> list[str]:
    """Return what comes of the reader's samples: log sources, documents."""
    sources, documents = set(), False
    for sample in sorted((SAMPLES / reader.name).glob("*/input.*")):
        content = sample.read_bytes()
        asked = Source(hashlib.sha256(content).hexdigest(), sample, len(content))
        for found in reader.read(asked):
            documents = documents or isinstance(found, Document)
            if isinstance(found, EventBatch):
                sources.add(str(found.source))
    named = [f"`{source}`" for source in sorted(sources)]
    more = [f"{len(named) - SHOWN} more"] if len(named) > SHOWN else []
    return [*(["text"] if documents else []), *named[:SHOWN], *more]


def _specs(reader: Reader) -> str:
    links = [link for kind, text in _parts(reader) if kind == "Spec" for link in text.split()]
    return " ".join(f"<{link.rstrip(';,')}>" for link in links if link.startswith("https://"))


def _parts(reader: Reader) -> list[tuple[str, str]]:
    told = modules[reader.read.__module__].__doc__ or ""
    return [(kind, " ".join(text.split())) for kind, text in PART.findall(told)]


def _services() -> Iterator[str]:
    yield "## Logs of clouds and services\n"
    yield "`cloud_audit` reads all of these, as JSON lines, lists or the services' own wrapping:"
    yield f"{_listed([shape.title for shape in (*PLATFORMS, *EXCHANGE, *SERVICES)])}.\n"
    yield "## Programs whose messages are drawn from\n"
    yield "In syslog files and the journal, the messages of these programs become fields:"
    yield f"{_listed(sorted(PROGRAMS))}. Of other programs the message is one text.\n"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _limits() -> Iterator[str]:
    yield "## Limits and traps\n"
    yield "What a reader's author had to decide, in the reader's own words:\n"
    for reader in readers().values():
        for kind, text in _parts(reader):
            if kind == "Trap":
                yield f"- **{reader.title}**: {_safe(text)}"


def _safe(text: str) -> str:
    return text.replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
