"""What is known beforehand: actors, techniques, software, names, places. Offline and stamped."""

from stopa.knowledge.gazetteer import Body, Country, Organ, Places, places
from stopa.knowledge.knowledge import Knowledge, Name
from stopa.knowledge.loading import load
from stopa.knowledge.record import Record
from stopa.knowledge.stix import import_stix

__all__ = [
    "Body",
    "Country",
    "Knowledge",
    "Name",
    "Organ",
    "Places",
    "Record",
    "import_stix",
    "load",
    "places",
]
