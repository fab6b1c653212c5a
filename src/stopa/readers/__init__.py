"""Evidence in; event batches, documents and problems out. One module per format."""

from __future__ import annotations

from stopa.readers._archive import Limits
from stopa.readers._intake import Handed, digest_of, hand_in
from stopa.readers._lines import counted, divided
from stopa.readers._reader import (
    HEAD,
    Correspondence,
    Found,
    Kind,
    Passed,
    Reader,
    Source,
    Stretch,
    Wanted,
)
from stopa.readers._register import reader, readers, recognise

__all__ = [
    "HEAD",
    "Correspondence",
    "Found",
    "Handed",
    "Kind",
    "Limits",
    "Passed",
    "Reader",
    "Source",
    "Stretch",
    "Wanted",
    "counted",
    "digest_of",
    "divided",
    "hand_in",
    "reader",
    "readers",
    "recognise",
]
