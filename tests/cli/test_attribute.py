"""What `stopa attribute` and `stopa knowledge show` put before an analyst."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stopa.cli.group import cli

REPORTS = Path(__file__).parents[2] / "examples" / "exercise" / "evidence" / "reports"


def stopa(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], standalone_mode=False)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attribute") / "case"
    assert stopa("investigate", REPORTS, "-o", folder, "--quiet").exception is None
    return folder


def test_prior_ratio_and_posterior_stand_apart() -> None:
    shown = stopa("attribute", "--techniques", "T1566.002,T1071.001", "--software", "S0154")
    head, first, *rest = shown.stdout.splitlines()
    assert head.split() == ["after", "before", "ratio"]
    assert first.startswith("H1 ")
    assert "95.0%" in first
    assert "×" in first
    assert any(line.startswith("  named actor: not met, for want of ") for line in rest)
    assert "  depth of cluster, group, organ, state: none of them" in rest
    assert any("S0154 Cobalt Strike: documented for this actor" in line for line in rest)
    assert rest[-1].startswith("weighed with ")
    assert "SHA-256" in rest[-1]


def test_two_techniques_of_one_name_are_told_apart() -> None:
    shown = stopa("attribute", "--techniques", "T1566.002,T1598.003").stdout
    assert "T1566.002 Spearphishing Link: " in shown
    assert "T1598.003 Spearphishing Link: " in shown
    assert "activity cluster: not met, for want of linked events" in shown


def test_a_claim_is_told_with_who_claims_and_who_denies(case: Path) -> None:
    shown = stopa("attribute", case).stdout
    (claim, *_) = json.loads(stopa("attribute", case, "--json").stdout)["assessment"]["claims"]
    claims = shown[shown.index("claims of others") :]
    assert claim["actor"] in claims
    assert f"claimed by   {', '.join(claim['claimed_by'])}" in claims
    assert f"denied by    {', '.join(claim['denied_by']) or 'nobody'}" in claims
    assert "source roots" in claims


def test_what_is_printed_as_json_is_weighed_again_to_the_same(tmp_path: Path) -> None:
    first = stopa("attribute", "--techniques", "T1566.002", "--json").stdout
    file = tmp_path / "observations.json"
    file.write_text(first)
    assert stopa("attribute", file, "--json").stdout == first


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--techniques", ",,,"),
        ("--techniques", "T9999"),
        ("--techniques", "\x1b[31mT1566"),
        ("--software", "no such thing"),
        ("not-there",),
    ],
)
def test_nothing_to_weigh_is_an_error(words: tuple[str, ...]) -> None:
    found = stopa("attribute", *words).exception
    assert found is not None
    assert getattr(found, "exit_code", None) == 2


def test_a_hypothesis_is_explained_in_sentences(case: Path) -> None:
    shown = stopa("explain", case, "H1").stdout.splitlines()
    assert shown[0] == "hypothesis H1"
    assert shown[1].startswith("H1, ")
    assert "before the evidence" in shown[2]


def test_knowledge_tells_victims_users_and_whose_word_it_is() -> None:
    actor = stopa("knowledge", "show", "APT31").stdout
    assert "victims     " in actor
    assert "CZE" in actor
    assert "sectors     " in actor
    assert actor.splitlines()[-1].startswith("known from ")
    tool = stopa("knowledge", "show", "S0154").stdout
    assert "to be had   by anyone" in tool
    assert "(G0073)" in tool
    shown = json.loads(stopa("knowledge", "show", "S0154", "--json").stdout)
    assert shown["entries"][0]["public"]
    assert shown["knowledge"]["sha256"]
