"""The hypotheses as a reader tries them: switches that combine, bars, matrix, and back again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from stopa.attribution.confirming import without
from stopa.attribution.outcome import outcome
from stopa.attribution.weighing import scales
from stopa.model.assessment import Change
from tests.conftest import Opened, Opener
from tests.dossier.browser import PHONE, overflow, quiet
from tests.dossier.sample import sample, without_technical_evidence
from tests.dossier.sample_ranked import NAMES_AND_WAYS, ONE_ACTOR, knowledge, observed, ranked

pytestmark = pytest.mark.browser
TOLD = "#whatif-told"


def _explained(found: Opened) -> list[str]:
    entries = found.page.locator("#ranking > li")
    return [entry.get_attribute("data-explains") or "" for entry in entries.all()]


def _place(found: Opened, explains: str) -> float:
    """Return where the dot of an explanation stands, in per cent."""
    dot = found.page.locator(f'#ranking li[data-explains="{explains}"] .odds circle').last
    return float((dot.get_attribute("cx") or "").rstrip("%"))


def _packed(markup: str) -> str:
    return re.sub(r">\s+|\s+<", lambda found: found[0].strip(), markup)


def _untick(found: Opened, name: str, value: str) -> None:
    found.page.locator(f'#whatif input[name="{name}"][value="{value}"]').uncheck()


def test_switches_combine_and_ranking_bars_and_matrix_are_drawn_anew(opened: Opener) -> None:
    found = opened(ranked())
    found.go("hypotheses")
    before = _explained(found)
    _untick(found, "root", "rumour")
    _untick(found, "aspect", "control")
    found.page.get_by_label("every known actor").check()
    observations = observed(NAMES_AND_WAYS)
    gone = {o.id for o in observations if o.root == "rumour" or o.aspect.value == "control"}
    told = f"^{len(observations) - len(gone)} of {len(observations)} observations"
    expect(found.page.locator(TOLD)).to_have_text(re.compile(told))
    found.page.get_by_label("every known actor").uncheck()
    expected = outcome(without(observations, gone), scales(observations, knowledge()), {})
    assert _explained(found) == [h.actor or h.kind.value for h in expected.hypotheses]
    assert _explained(found) != before
    for hypothesis in expected.hypotheses:
        place = _place(found, hypothesis.actor or hypothesis.kind.value)
        assert place == pytest.approx(hypothesis.posterior * 100, abs=0.06)
    rows = found.page.locator(".matrix tbody tr")
    assert [row.get_attribute("id") for row in rows.all()[:3]] == [
        row.observation for row in expected.matrix.rows[:3]
    ]
    assert rows.count() == len(expected.matrix.rows)
    assert not gone & {row.get_attribute("id") for row in rows.all()}
    quiet(found)


def test_a_switch_agrees_with_what_the_dossier_says_of_it(opened: Opener) -> None:
    dossier = ranked(ONE_ACTOR)
    found = opened(dossier)
    found.go("hypotheses")
    assert dossier.assessment.sensitivity
    for shift in dossier.assessment.sensitivity.shifts:
        if shift.change is Change.OBSERVATION:
            continue
        match shift.change:
            case Change.INDEPENDENT:
                found.page.get_by_label("independent roots").check()
            case Change.PRIOR:
                found.page.get_by_label("every known actor").check()
            case Change.ROOT | Change.ASPECT:
                name = "root" if shift.change is Change.ROOT else "aspect"
                _untick(found, name, shift.what)
        assert _place(found, shift.actor or "") == pytest.approx(shift.posterior * 100, abs=0.06)
        undecided = pytest.approx(shift.undetermined * 100, abs=0.06)
        assert _place(found, "cannot be told") == undecided
        found.page.get_by_role("button", name="Count everything again").click()
        expect(found.page.locator(TOLD)).to_have_text(re.compile("^All .* count"))


def test_everything_counts_again_after_a_reset(opened: Opener) -> None:
    found = opened(ranked())
    found.go("hypotheses")
    view = found.page.locator("#hypotheses")
    before = view.inner_html()
    button = found.page.get_by_role("button", name="Count everything again")
    expect(button).to_be_hidden()
    for box in found.page.locator("#whatif input").all():
        box.click()
    expect(found.page.locator(TOLD)).to_have_text(re.compile("^Nothing is left that counts"))
    expect(found.page.locator(".matrix tbody tr:visible")).to_have_count(0)
    button.click()
    expect(found.page.locator(TOLD)).to_have_text(re.compile("^All .* count"))
    after = before.replace(words := "All 21 observations count.", f"<bdi>{words}</bdi>")
    assert _packed(view.inner_html()) == _packed(after)
    quiet(found)


def test_a_permalink_brings_the_switches_along(opened: Opener) -> None:
    found = opened(ranked())
    found.go("hypotheses")
    _untick(found, "root", "rumour")
    found.page.get_by_label("every known actor").check()
    told, ranking = found.page.locator(TOLD).inner_text(), _explained(found)
    link = str(found.page.evaluate("location.hash"))
    other = opened(ranked())
    other.go(link.removeprefix("#"))
    expect(other.page.locator(TOLD)).to_have_text(told)
    assert _explained(other) == ranking
    assert not other.page.get_by_label("rumour").is_checked()
    other.page.get_by_role("button", name="Count everything again").click()
    expect(other.page.locator(TOLD)).to_have_text(re.compile("^All .* count"))
    assert "switch" not in str(other.page.evaluate("location.hash"))
    other.go("hypotheses?switch=root:nobody&switch=no-switch&switch=")
    expect(other.page.locator(TOLD)).to_have_text(re.compile("^All .* count"))
    quiet(other)


def test_the_verdict_stands_and_the_page_says_so(opened: Opener) -> None:
    dossier = ranked(ONE_ACTOR)
    found = opened(dossier)
    found.go("hypotheses")
    assert (
        "verdict of the signed dossier stands on everything"
        in found.page.locator("#whatif").inner_text()
    )
    _untick(found, "root", "report")
    first = found.page.locator("#ranking li").first
    expect(first).to_have_attribute("data-explains", "cannot be told")
    found.go("brief")
    expect(found.page.locator("#brief")).to_contain_text("APT28")


def test_the_filter_reaches_what_was_drawn_anew(opened: Opener) -> None:
    found = opened(ranked())
    found.go("hypotheses")
    _untick(found, "root", "rumour")
    found.page.locator("#filter").fill("s0251")
    expect(found.page.locator(".matrix tbody tr:visible:not(.out)")).to_have_count(1)
    found.page.locator("#filter").fill("")
    found.settle()
    found.page.get_by_role("button", name="Count everything again").click()
    everything = len(ranked().assessment.hypotheses)
    expect(found.page.locator("#ranking > li:visible:not(.out)")).to_have_count(everything)


def test_where_nobody_is_named_every_rival_has_a_bar_with_a_range(opened: Opener) -> None:
    dossier = ranked()
    found = opened(dossier)
    found.go("hypotheses")
    assert dossier.assessment.leader is None
    bars = found.page.locator("#ranking .odds")
    assert bars.count() == len(dossier.assessment.hypotheses)
    for bar in bars.locator(".range").all():
        assert float((bar.get_attribute("width") or "").rstrip("%")) > 0
    assert "no explanation is given a likelihood" in found.page.locator("#hypotheses").inner_text()


def test_without_anything_technical_there_are_no_switches(opened: Opener) -> None:
    found = opened(without_technical_evidence())
    found.go("hypotheses")
    assert found.page.locator("#whatif").count() == 0
    quiet(found)


def test_switches_can_be_reached_by_keyboard_and_fit_a_phone(opened: Opener) -> None:
    found = opened(ranked(), **PHONE)
    found.go("hypotheses")
    assert overflow(found) <= 0
    found.page.locator("#whatif input").first.focus()
    found.page.keyboard.press("Space")
    expect(found.page.locator(TOLD)).to_have_text(re.compile("observations? count"))
    assert overflow(found) <= 0
    quiet(found)


def test_what_the_sample_says_of_itself_has_switches_too(opened: Opener) -> None:
    found = opened(sample())
    found.go("hypotheses")
    for box in found.page.locator("#whatif input").all():
        box.click()
        box.click()
    expect(found.page.locator(TOLD)).to_have_text(re.compile("^All 8 observations count"))
    quiet(found)
