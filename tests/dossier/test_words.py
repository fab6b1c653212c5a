from datetime import UTC, datetime

import pytest

from stopa.dossier import words
from stopa.model.assessment import LIKELIHOODS, UNTOLD
from stopa.model.evidence import Where
from stopa.model.when import When


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0.00 s"), (0.02, "0.02 s"), (-7.25, "−7.2 s"), (59.94, "59.9 s"), (59.96, "1 min 0 s"),
        (725.4, "12 min 5 s"), (3599.6, "1 h 0 min"), (7200.4, "2 h 0 min"), (100_000, "1 d 3 h"),
        (90_000_000, "1,041 d 16 h"),
    ],
)  # fmt: skip
def test_a_duration_is_told_in_two_units(seconds: float, told: str) -> None:
    assert words.duration(seconds) == told


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2022", "2022"),
        ("2025-05", "May 2025"),
        ("2025-05-28", "28 May 2025"),
        ("2025-05-28T08:15Z", "28 May 2025, 08:15 UTC"),
        ("2022/2024", "2022 to 2024"),
        ("2022/..", "2022 or later"),
        ("../2022-03", "March 2022 or earlier"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(edtf: str, said: str) -> None:
    assert words.date(When(edtf)) == said


def test_no_date_is_said_to_be_none() -> None:
    assert words.date(None) == "no date stated"
    assert words.stamp(None) == "—"


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (Where("e"), "the whole file"),
        (Where("e", record=12, offset=5, length=10), "record 12, bytes 5–15"),
        (Where("e", line=1_200), "line 1,200"),
        (Where("e", page=3, span=(10, 2_000)), "page 3, characters 10–2,000"),
        (Where("e", part="header"), "part header"),
    ],
)
def test_a_place_is_named_by_what_the_format_has(where: Where, said: str) -> None:
    assert words.locator(where) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abcde"), "a, b, c, d and e"),
     (list("abcdefg"), "a, b, c, d and 3 more")],
)  # fmt: skip
def test_a_list_is_cut_where_it_gets_long(names: list[str], said: str) -> None:
    assert words.listed(names) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0, "under 1 %"), (0.0004, "under 1 %"), (1.0, "over 99 %"), (0.614, "61 %")],
)
def test_nothing_is_certain(value: float, said: str) -> None:
    assert words.percent(value) == said


def test_a_likelihood_has_its_range_and_cannot_be_told_has_none() -> None:
    assert words.odds(LIKELIHOODS[4]) == "likely (55–80 %)"
    assert words.odds(UNTOLD) == "cannot be told"


def test_a_long_text_is_cut_with_its_true_length() -> None:
    assert words.clipped("x" * 3_000, 10) == f"{'x' * 10}… [cut here: 3,000 characters]"
    assert words.clipped("short", 10) == "short"


def test_a_moment_keeps_its_fractions() -> None:
    moment = datetime(2025, 5, 28, 8, 15, 3, 127_000, tzinfo=UTC)
    assert words.instant(moment) == "28 May 2025, 08:15:03.127 UTC"
    assert words.stamp(moment) == "2025-05-28 08:15:03.127"


@pytest.mark.parametrize(
    ("size", "said"), [(0, "no bytes"), (1, "1 byte"), (2_048, "2.0 kB"), (69_206_016, "69.2 MB")]
)
def test_sizes_are_decimal(size: int, said: str) -> None:
    assert words.size(size) == said
