"""Other tools' own readers, run on an export to measure what they keep of it."""

from collections.abc import Iterator

from stopa.dossier.consumers._consumer import Consumer, Loss, PathLoss, loss
from stopa.dossier.consumers.case_reader import VALIDATOR
from stopa.dossier.consumers.ecs_fields import FIELD_LIST
from stopa.dossier.consumers.layer_reader import LAYERS
from stopa.dossier.consumers.misp_reader import PYMISP
from stopa.dossier.consumers.opencti_reader import OPENCTI
from stopa.dossier.consumers.stix_readers import LIBRARY, MISP
from stopa.dossier.consumers.table_reader import PANDAS
from stopa.dossier.consumers.timesketch_reader import IMPORTER

CONSUMERS: tuple[Consumer, ...] = (
    LIBRARY, MISP, OPENCTI, PYMISP, VALIDATOR, LAYERS, IMPORTER, FIELD_LIST, PANDAS
)  # fmt: skip

UNREAD = {  # formats that no program reads back, and why
    "markdown": "people read it, no program does",
    "pdf": "people read it, no program does",
    "eurepoc": "no program reads it; eurepoc-csv is what is joined with the database",
}


def consumers_of(export: str) -> tuple[Consumer, ...]:
    """Return the readers of an export that there are, installed or not."""
    return tuple(consumer for consumer in CONSUMERS if export in consumer.exports)


def losses(export: str, content: bytes) -> Iterator[Loss]:
    """Yield what each installed reader keeps and drops of an export."""
    for consumer in consumers_of(export):
        if consumer.is_installed:
            yield loss(consumer, content)


__all__ = ["CONSUMERS", "UNREAD", "Consumer", "Loss", "PathLoss", "consumers_of", "losses"]
