"""A report as it is read: its statements and facts, and what stands beside them on its outlet."""

from __future__ import annotations

from dataclasses import replace

from stopa.model.document import Document
from stopa.model.statement import Reading
from stopa.statements import reading
from stopa.statements.loaded_words import loaded_words
from stopa.statements.names import Names
from stopa.statements.outlets import labels


def read(document: Document, knowledge: Names) -> Reading:
    """Read a document, see `stopa.statements.reading`; add outlet labels and loaded words."""
    found = reading.read(document, knowledge)
    words = loaded_words(document) if found.masthead.language in reading.READ else ()
    return replace(found, labels=labels(found.masthead), loaded=words)
