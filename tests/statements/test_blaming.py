"""Who is said to have done it: what is denied, doubted, possible or innocent accuses nobody."""

from __future__ import annotations

import pytest

from stopa.model.statement import Act
from tests.statements.sample import reading

CLEARED = (
    "The group known as Lazarus did not steal the money, the minister said.",
    "The Danish minister said the attack did not come from Russia.",
    "The Danish minister said the attack was not the work of Iran.",
    "The Danish minister said no trace led to Iran.",
    "The Danish minister said APT28 was not involved in the attack.",
    "The Danish minister said neither APT28 nor APT29 was behind the attack.",
    "The Danish minister said no group linked to Iran was involved.",
)
LEFT_OPEN = (
    "If Russia was behind it, there will be consequences, the Danish minister said.",
    "The Danish minister said he did not believe that China was behind it.",
    "The Danish minister said he could not confirm that China was behind the attack.",
    "The Danish minister said Iran might have hacked the railway.",
    "The Danish minister said Iran could have hacked the railway.",
    "The Danish minister said it would be irresponsible to blame Iran.",
    "Nobody believes that Russia did it, the minister said.",
)
INNOCENT = (
    "Poland tried to take down the servers of the hackers, officials said.",
    "Ireland sold us the software, the Danish minister said.",
    "The Danish minister said it was Russia that warned us.",
    "The Danish minister said it was Ukraine that was hit hardest.",
    "The Danish minister said the attack was stopped by the Dutch military intelligence service.",
)
ACCUSING = (
    ("If you ask me, Russia was behind it, the Danish minister said.", "Russia"),
    ("The reports that Russia did it are correct, the Danish minister said.", "Russia"),
    ("The Danish minister said the attack had come from Russia.", "Russia"),
    ("The Danish minister said the trail led to Minsk.", "Minsk"),
    ("The Danish minister said it was Russia which spies on all of us.", "Russia"),
    ("The Danish minister said Iran had hacked the railway.", "Iran"),
    ("The minister said Russia was behind the attack, but the data were not used.", "Russia"),
    ("The FSB said it had stopped an attack by Ukrainian hackers.", "Ukrainian"),
)
DENYING = (
    ('"We found no evidence that China was behind the intrusion," the Danish minister said.', ()),
    ("The Dutch ministry denied that the breach lay behind the delay of the budget.", ()),
    ("Russia denied any part in the attack.", ("Russia",)),
    ("India denied any role before anybody official had accused it.", ("India",)),
)


@pytest.mark.parametrize("text", [*CLEARED, *LEFT_OPEN, *INNOCENT])
def test_nobody_is_accused(text: str) -> None:
    told = reading(text)
    assert not [said for said in told.statements if said.act is Act.ACCUSE and not said.negated]
    assert not [fact for fact in told.facts if fact.slot == "sponsor" and fact.core]


@pytest.mark.parametrize(("text", "whom"), ACCUSING)
def test_the_one_who_is_blamed_is_accused(text: str, whom: str) -> None:
    accused = [said.target for said in reading(text).statements if said.act is Act.ACCUSE]
    assert any(party is not None and whom in party.stated for party in accused)


@pytest.mark.parametrize(("text", "states"), DENYING)
def test_only_who_denies_a_part_of_its_own_is_the_state_in_question(
    text: str, states: tuple[str, ...]
) -> None:
    told = reading(text)
    assert any(said.act is Act.DENY for said in told.statements)
    assert tuple(fact.value for fact in told.facts if fact.slot == "sponsor") == states


def test_a_label_that_is_a_heading_ends_no_reading() -> None:
    text = "Foreign Minister Raicevic: Nothing is settled yet\nQuestion: Was it Russia?\n"
    assert reading(text).document
