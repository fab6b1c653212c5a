"""What was done to whom is told by any verb, voice or noun; what was not done is not told."""

from __future__ import annotations

import pytest

from stopa.statements.chunks import words
from stopa.statements.deeds import deeds
from stopa.statements.gazetteer import gazetteer
from stopa.statements.sentences import sentences
from stopa.statements.view import View, view
from tests.statements.sample import knowledge

HIT = [
    ("Spies burrowed deep into the networks of three carriers.", "the networks of three carriers"),
    ("Unknown attackers penetrated the chancellery and its offices.", "its offices"),
    ("Wiper malware tore through the network of the railway.", "the network of the railway"),
    ("The vessel tracking platform was knocked out.", "The vessel tracking platform"),
    ("The embassy's letters were intercepted for months.", "The embassy's letters"),
    ("Cargo manifests and crew lists were lifted.", "Cargo manifests"),
    ("Nordtel, the largest operator, fell prey to spies.", "Nordtel"),
    ("Affected organisations include the customs office and a bank.", "a bank"),
    ("The intrusion into the mail of the port was found.", "the mail of the port"),
    ("Malware was found on two workstations.", "two workstations"),
    ("Ostnett was one of several utilities that the intruders had hacked.", "Ostnett"),
    ("Russia had nothing to do with the computers of the office.", "the computers of the office"),
]
SPARED = [
    "The bank was not hacked.",
    "Hackers could breach the bank.",
    "Had the attackers breached the bank, it would have closed.",
    "The minister read the report of the bank.",
    "No bank was breached.",
    "The exercise simulated an attack that crippled the bank.",
]


def laid(text: str) -> View:
    return view(text, sentences(text, [])[0], [], gazetteer(knowledge()))


@pytest.mark.parametrize(("text", "thing"), HIT)
def test_what_was_hit_is_found_whatever_the_verb(text: str, thing: str) -> None:
    seen = laid(text)
    assert thing in [words(seen, *d.thing.span) for d in deeds(seen, text) if d.real]


@pytest.mark.parametrize("text", SPARED)
def test_what_was_not_done_hits_nobody(text: str) -> None:
    seen = laid(text)
    things = [words(seen, *d.thing.span) for d in deeds(seen, text) if d.real]
    assert not [thing for thing in things if "bank" in thing]
