from datetime import UTC, datetime, timedelta

import click
import pytest

from stopa.cli.options import domains_of, moment, tlp_of, zone_of
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


@pytest.mark.parametrize(
    "word", ["2025-05-28T06:00:00Z", "2025-05-28T08:00:00+02:00", "2025-05-28 06:00"]
)
def test_an_instant_may_say_its_zone_and_is_utc_without_one(word: str) -> None:
    assert moment(word) == datetime(2025, 5, 28, 6, tzinfo=UTC)


@pytest.mark.parametrize("word", ["28.5.2025", "", "tomorrow", "0001-01-01T00:00:00+23:00"])
def test_what_is_no_instant_is_said(word: str) -> None:
    with pytest.raises(click.BadParameter, match="is no time"):
        moment(word)


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
