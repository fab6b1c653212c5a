"""Ways of English news to say who did it, denied it, noticed it; sentences of our own writing."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading

LEAD = (
    "Baltic Wire\n\n3 May 2024\n\n"
    "The network of the ministry was broken into in March, and mail was copied from servers.\n\n"
)
SAID = (
    ("accuse", "The minister said the trail led to Minsk."),
    ("accuse", "Helsinki sees Russia behind the attack."),
    ("accuse", "Investigators believe that the GRU was behind the operation."),
    ("accuse", "In its report, the agency concludes that APT28 carried out the attack."),
    ("accuse", "Three officers of the GRU were charged in absentia by Finnish prosecutors."),
    ("accuse", '"They came from Russia," the director told the committee.'),
    ("accuse", "The committee found that the attack had been ordered by the Kremlin."),
    ("accuse", "Kenya's foreign ministry has pointed at Russia over the break-in."),
    ("accuse", "It is the assessment of the Finnish Security Service that the GRU did it."),
    ("accuse", "Behind it stands, according to the service, the Russian military."),
    ("accuse", "Le Monde reported that China had bugged the building."),
    ("other", "Rights groups said nothing was lost."),
    ("condemn", "Rights groups criticised the secrecy."),
    ("call-on", '"Prove it," the ambassador demanded.'),
    ("respond", "Finland will close two consulates."),
    ("respond", "Brussels put three officers on its sanctions list."),
    ("deny", "Huawei said its equipment had not been involved."),
    ("other", "On Tuesday she said it was too early."),
    ("other", "In Helsinki he said he had been told nothing."),
    ("deny", "Tehran has denied any involvement."),
    ("deny", "Moscow says it has nothing to do with the attack."),
    ("deny", "She ruled out that the register had been stolen."),
    ("deny", "The Kremlin dismissed the accusation, calling it absurd."),
    ("condemn", "The opposition called the delay a scandal."),
    ("condemn", "The shipowners' association is furious."),
    ("concern", "Experts fear further attacks."),
    ("call-on", "The opposition wants the minister to resign."),
    ("call-on", '"It was negligence," he said, and demanded the resignation of the director.'),
    ("summon", "The Russian ambassador has been called to the foreign ministry."),
    ("support", "Washington sent a team of FBI experts to Skopje."),
    ("support", "NATO's secretary general assured Finland of the alliance's support."),
    ("detect", "According to the report, traces of malware were found on 14 servers."),
    ("detect", "In May the firm started tracking the group."),
    ("respond", "The ministry has shut down its website."),
    ("respond", "All systems were restored by Monday, the minister said."),
    ("respond", "The agency is working with partners to restore services."),
    ("other", "The ministry confirmed the attack."),
    ("other", "An official who asked not to be named said the damage was limited."),
)


@pytest.mark.parametrize(("act", "text"), SAID)
def test_one_sentence_performs_one_act_of_somebody(act: str, text: str) -> None:
    found = [s for s in reading(LEAD + text).statements if s.sentence in text]
    assert act in {s.act.value for s in found}
    assert all(s.speaker for s in found)


def test_where_responsibility_lies_is_no_lie() -> None:
    text = "The responsibility lies with Iran, the prime minister told parliament."
    found = reading(LEAD + text).statements[-1]
    assert found.act.value != "deny"


def test_an_adverb_before_a_comma_is_nobody() -> None:
    text = "Likewise, the director of the agency, Anna Kask, asked citizens for patience."
    found = reading(LEAD + text).statements[-1]
    assert found.speaker is not None
    assert found.speaker.name == "Anna Kask"


def test_a_list_of_passwords_put_right_is_a_step_of_the_issuer() -> None:
    text = (
        "Press release\nState Information Office\n4 May 2024\n\nWe found intruders in our mail. "
        "We informed the users.\n\nSince then all passwords have been replaced. "
        "Users are asked to report unexpected mail."
    )
    acts = [s.act.value for s in reading(text).statements]
    assert acts[-2:] == ["respond", "call-on"]
