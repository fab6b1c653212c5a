from datetime import UTC, datetime

import pytest

from stopa.model.evidence import Problem, Where
from stopa.model.record import canonical, name, parse, plain
from stopa.model.when import When


def test_a_record_survives_the_way_to_bytes_and_back() -> None:
    problem = Problem("cut short", Where("ab" * 32, record=3, span=(1, 5)), "copy it again")
    assert parse(canonical(problem), Problem) == problem


def test_canonical_bytes_do_not_depend_on_key_order() -> None:
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1}) == b'{"a":2,"b":1}'


def test_a_name_says_the_same_record_the_same_way() -> None:
    assert name("F", 1, "x") == name("F", 1, "x") != name("F", 1, "y")
    assert isinstance(plain(When("2022")), dict)


def test_a_date_means_no_more_than_it_says() -> None:
    assert When("2022-02").earliest() == datetime(2022, 2, 1, tzinfo=UTC)
    assert When("2022-02").latest() == datetime(2022, 3, 1, tzinfo=UTC)
    assert When("2022/..").latest() is None
    assert When("2022-02-28T23:59:59Z").earliest() == datetime(2022, 2, 28, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "/", "2022-13", "2022-02-30", "late 2022", "2022/2023/2024", "2022-1", "../.."]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|month|day"):
        When(text)
