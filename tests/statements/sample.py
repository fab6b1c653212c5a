"""Documents and knowledge for the tests of this room, of the project's own writing."""

from __future__ import annotations

import hashlib
from functools import cache

from stopa.knowledge import Knowledge, load
from stopa.model.document import Document, Piece
from stopa.model.statement import Reading, Statement
from stopa.statements import read


def document(text: str) -> Document:
    """Return a plain text document."""
    body = text.encode()
    piece = Piece(0, len(text), 0, len(body))
    return Document(hashlib.sha256(body).hexdigest(), "text", text, (piece,))


@cache
def knowledge() -> Knowledge:
    """Return the knowledge that ships with stopa."""
    return load()


def reading(text: str) -> Reading:
    """Return what is read out of a text."""
    return read(document(text), knowledge())


def only(text: str) -> Statement:
    """Return the one statement of a text."""
    (statement,) = reading(text).statements
    return statement
