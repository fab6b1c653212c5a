"""What is known beforehand: actors, techniques, software, names, places. Offline and stamped."""

from stopa.knowledge.gazetteer import Body, Country, Organ, Places, places
from stopa.knowledge.knowledge import Knowledge, Name
from stopa.knowledge.loading import load
from stopa.knowledge.record import Record

__all__ = ["Body", "Country", "Knowledge", "Name", "Organ", "Places", "Record", "load", "places"]
