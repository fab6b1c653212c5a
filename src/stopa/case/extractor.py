"""Ask an extractor about reports, when the command says so; what it cannot do is a problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stopa.model.document import Document
from stopa.model.evidence import Problem
from stopa.model.statement import Reading
from stopa.sharing.endpoint import SECONDS, Endpoint, ask
from stopa.statements import Extracted, extracted, question
from stopa.statements.extracted import READ

GIVE_UP = 3  # failures in a row after which no further text is sent
HINT = "the rules' reading stands; look at the endpoint"


@dataclass(frozen=True, slots=True)
class Extractor:
    """Which endpoint, which model, and how many seconds one text may take."""

    endpoint: Endpoint
    model: str
    seconds: float = SECONDS


def extract(
    read: Sequence[tuple[Document, Reading]], extractor: Extractor
) -> Iterator[Extracted | Problem]:
    """Yield what the extractor found in each document, or why it found nothing."""
    failed = 0
    for document, reading in read:
        head = document.where(0, min(len(document.text), READ))
        if failed == GIVE_UP:
            yield Problem(f"extractor given up after {GIVE_UP} failures", head, HINT)
            return
        answer = ask(
            extractor.endpoint, question(document, extractor.model), seconds=extractor.seconds
        )
        if isinstance(answer, bytes):
            found = extracted(document, reading, extractor.model, answer)
        else:
            found = answer
        failed = failed + 1 if isinstance(found, str) else 0
        yield Problem(f"extractor: {found}", head, HINT) if isinstance(found, str) else found
        if len(document.text) > READ:
            rest = document.where(READ, len(document.text))
            yield Problem(f"extractor: only the first {READ} characters were sent", rest, HINT)
