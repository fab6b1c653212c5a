"""What is known beforehand: actors, techniques, software, names, places. Offline and stamped."""

from stopa.knowledge.difference import Change, Difference, Named, difference
from stopa.knowledge.gazetteer import Body, Country, Organ, Places, places
from stopa.knowledge.knowledge import Knowledge, Name
from stopa.knowledge.licences import sources
from stopa.knowledge.loading import load
from stopa.knowledge.record import Record
from stopa.knowledge.stix import import_stix, read_stix

__all__ = [
    "Body",
    "Change",
    "Country",
    "Difference",
    "Knowledge",
    "Name",
    "Named",
    "Organ",
    "Places",
    "Record",
    "difference",
    "import_stix",
    "load",
    "places",
    "read_stix",
    "sources",
]
