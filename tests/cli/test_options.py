from datetime import timedelta

import pytest

from stopa.cli.options import domains_of, tlp_of, zone_of
from stopa.errors import InputError
from stopa.model.evidence import Tlp


def test_a_zone_is_a_name_or_an_offset() -> None:
    zone = zone_of("+02:00")
    assert zone is not None
    assert zone.utcoffset(None) == timedelta(hours=2)
    assert str(zone_of("Europe/Prague")) == "Europe/Prague"
    assert zone_of(None) is None


@pytest.mark.parametrize(
    "word", ["Nowhere/Land", "+2", "../../etc/passwd", "/etc/localtime", "+99:00"]
)
def test_what_is_no_zone_is_an_error_with_a_hint(word: str) -> None:
    with pytest.raises(InputError) as error:
        zone_of(word)
    assert error.value.hint


@pytest.mark.parametrize(("word", "level"), [("red", Tlp.RED), ("amber+strict", Tlp.AMBER_STRICT)])
def test_a_marking_is_its_word(word: str, level: Tlp) -> None:
    assert tlp_of(word) is level


def test_domains_are_taken_as_they_are_written_in_names() -> None:
    assert domains_of(("Ministry.example.", "úřad.cz")) == ("ministry.example", "úřad.cz")


@pytest.mark.parametrize(
    "word", ["ministry", "", "a b.cz", "https://ministry.cz", "eva@ministry.cz"]
)
def test_what_is_no_domain_is_an_error_with_a_hint(word: str) -> None:
    with pytest.raises(InputError) as error:
        domains_of((word,))
    assert error.value.hint
