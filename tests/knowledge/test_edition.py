"""What the crosswalk between ATT&CK's editions promises."""

from __future__ import annotations

import pytest

from stopa.knowledge.edition import same_as, tactics_of_18, tactics_of_19

OLD = frozenset({"T1562", "T1562.001", "T1562.004", "T1070.001", "T1059", "T1574.001"})
NEW = frozenset({"T1685", "T1686", "T1685.005", "T1059.001", "T1574.001"})


@pytest.mark.parametrize(
    ("technique", "known", "expected"),
    [
        ("T1685", OLD, "T1562.001"),
        ("T1685.005", OLD, "T1070.001"),
        ("T1686.003", OLD, "T1562.004"),
        ("T1562.001", NEW, "T1685"),
        ("T1070.001", NEW, "T1685.005"),
        ("T1574.002", OLD, "T1574.001"),
        ("T1059.001", OLD, "T1059"),
        ("T1059.001", NEW, "T1059.001"),
        ("T9999", OLD, None),
        ("T9999.001", OLD, None),
        ("", OLD, None),
    ],
)
def test_a_technique_is_found_under_the_name_of_the_other_edition(
    technique: str, known: frozenset[str], expected: str | None
) -> None:
    assert same_as(technique, known) == expected


@pytest.mark.parametrize(
    ("technique", "expected"),
    [
        ("T1562.001", ("defense-impairment",)),
        ("T1685", ("defense-impairment",)),
        ("T1070.001", ("defense-impairment",)),
        ("T1027", ("stealth",)),
        ("T1070.004", ("stealth",)),
    ],
)
def test_defense_evasion_is_split_as_edition_19_splits_it(
    technique: str, expected: tuple[str, ...]
) -> None:
    assert tactics_of_19(technique, ("defense-evasion",)) == expected


def test_other_tactics_are_left_alone_and_the_split_can_be_undone() -> None:
    assert tactics_of_19("T1055", ("privilege-escalation", "defense-evasion")) == (
        "privilege-escalation",
        "stealth",
    )
    assert tactics_of_18(("stealth", "defense-impairment", "impact")) == (
        "defense-evasion",
        "impact",
    )
