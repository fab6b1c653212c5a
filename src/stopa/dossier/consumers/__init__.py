"""Other tools' own readers, run on an export to measure what they keep of it."""

from collections.abc import Iterator

from msgspec.json import decode

from stopa.dossier.consumers._consumer import Consumer, Leaf, Loss, PathLoss, leaves, loss
from stopa.dossier.consumers.case_reader import VALIDATOR
from stopa.dossier.consumers.misp_reader import PYMISP
from stopa.dossier.consumers.stix_readers import LIBRARY, MISP

CONSUMERS: tuple[Consumer, ...] = (LIBRARY, MISP, PYMISP, VALIDATOR)


def consumers_of(export: str) -> tuple[Consumer, ...]:
    """Return the readers of an export that there are, installed or not."""
    return tuple(consumer for consumer in CONSUMERS if export in consumer.exports)


def losses(export: str, content: bytes) -> Iterator[Loss]:
    """Yield what each installed reader keeps and drops of an export."""
    for consumer in consumers_of(export):
        if consumer.is_installed:
            yield loss(consumer, content, _written(content))


def _written(content: bytes) -> Iterator[Leaf]:
    """Yield the values that an export holds, those of its objects under their type."""
    told = decode(content)
    parts = told.get("objects", told.get("@graph")) if isinstance(told, dict) else None
    yield from leaves(parts if parts is not None else told)


__all__ = ["CONSUMERS", "Consumer", "Loss", "PathLoss", "consumers_of", "losses"]
