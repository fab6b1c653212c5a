"""Sources and coverage as a reader goes through them: what was used, what came of every rule."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from stopa.dossier import page
from stopa.model.applied import Applied, Reach
from stopa.model.dossier import Dossier
from stopa.model.record import name
from tests.conftest import Opened, Opener
from tests.dossier.browser import PHONE, overflow, quiet
from tests.dossier.sample import empty, large, sample
from tests.dossier.sample_rules import LOADED

pytestmark = pytest.mark.browser
MANY = 3_800  # rules, as many as SigmaHQ publishes
PAGE_BYTES = 5_000_000  # the promise of the page


def _figures(found: Opened) -> list[int]:
    told = found.page.locator("#applied ~ .sum").first.inner_text()
    return [int(figure.replace(",", "")) for figure in re.findall(r"[\d,]*\d", told)]


def _with_many_rules(dossier: Dossier) -> Dossier:
    rules = tuple(
        (f"{name('R', n)[2:]}-0000-4000-8000-{n:012}", f"A rule with a title of its own, no-{n}")
        for n in range(MANY)
    )
    groups = tuple(
        Applied(reach, f"log/{n}", (), rules[n::40]) for n, reach in enumerate([*Reach] * 10)
    )
    return replace(dossier, applied=groups, rules_loaded=MANY)


def test_the_counts_of_rules_add_up_to_those_handed_in(opened: Opener) -> None:
    found = opened(sample())
    found.go("applied")
    *parts, whole = _figures(found)
    assert sum(parts) == whole == LOADED + len(sample().refusals)
    for reach in found.page.locator(".reach").all():
        count = int(re.match(r"\d+", reach.locator("summary").first.inner_text())[0])  # type: ignore[index]
        held = reach.locator(".held").all_text_contents()
        assert sum(int(one) for one in held) == count == reach.locator("li").count()
    quiet(found)


def test_every_rule_is_there_by_name_with_the_reason_why_it_could_see_nothing(
    opened: Opener,
) -> None:
    found = opened(sample())
    found.go("coverage")
    group = found.page.locator(".looked", has_text="windows/image_load")
    expect(group).to_be_hidden()
    found.page.get_by_text("12 rules: need fields that no event of their kind has").click()
    group.locator("summary").click()
    expect(group).to_contain_text("no Hashes or Imphash")
    expect(group.locator("li:visible")).to_have_count(12)
    refused = found.page.locator("#refused")
    assert "`near` is not in Sigma 2" in refused.inner_text()
    assert "line 31" in refused.inner_text()


def test_the_filter_finds_a_rule_by_its_name_or_id_and_unfolds_it(opened: Opener) -> None:
    found = opened(sample())
    found.go("coverage")
    found.page.locator("#filter").fill("hashes no-007")
    rule = found.page.locator(".looked li:visible")
    expect(rule).to_have_count(1)
    assert "A rule on hashes, no-007" in rule.inner_text()
    held = found.page.locator(".looked", has_text="windows/image_load").locator(".held")
    expect(held).to_have_text("1 of 12")
    id_ = rule.locator("code").inner_text()
    found.page.locator("#filter").fill(id_)
    found.settle()
    expect(found.page.locator(".looked li:visible")).to_have_count(1)
    found.page.locator("#filter").fill("")
    expect(held).to_have_text("12")
    quiet(found)


def test_of_every_set_of_rules_licence_authors_and_hash_are_told(opened: Opener) -> None:
    found = opened(sample())
    found.go("rule-sets")
    ours, theirs = found.page.locator(".sets tbody tr").all()
    assert "Apache-2.0" in ours.inner_text()
    assert "not stated in the rules: 30 rules" in theirs.inner_text()
    assert "DRL-1.1: 4 rules" in theirs.inner_text()
    assert "2 refused" in theirs.inner_text()
    assert sample().collections[1].sha256 in theirs.inner_text()
    theirs.get_by_text("2 more").click()
    expect(theirs.get_by_text("Author 7")).to_be_visible()
    assert "Terms of Use" in found.page.locator("#knowledge ~ .scroll").first.inner_text()
    quiet(found)


def test_every_input_tells_its_dates_and_what_they_rest_on(opened: Opener) -> None:
    found = opened(sample())
    found.go("sources")
    rows = found.page.locator(".inputs tbody tr")
    names = [row.locator("th a").inner_text() for row in rows.all()]
    assert names == sorted(names)
    told = found.page.locator(".inputs").inner_text()
    assert "first and last event" in told
    assert "printed in it" in told
    for row in rows.all():
        if "event" in row.inner_text():
            assert row.get_attribute("data-first")


def test_the_files_of_a_case_add_up(opened: Opener) -> None:
    dossier = sample()
    found = opened(dossier)
    found.go("coverage")
    foot = found.page.locator(".covered tfoot td.num").all_text_contents()
    files = dossier.coverage
    wanted = [sum(f.events for f in files), sum(f.documents for f in files)]
    assert [int(figure.replace(",", "")) for figure in foot[:2]] == wanted


def test_without_a_record_of_the_rules_the_page_says_so(opened: Opener) -> None:
    found = opened(empty())
    found.go("coverage")
    assert "was not recorded" in found.page.locator("#coverage").inner_text()
    quiet(found)


def test_all_of_sigma_fits_into_the_page_beside_fifty_thousand_findings() -> None:
    drawn = page(_with_many_rules(large()))
    assert len(drawn.encode()) <= PAGE_BYTES
    assert drawn.count("A rule with a title of its own") == MANY


def test_thousands_of_rules_fit_a_phone_and_are_filtered_at_once(opened: Opener) -> None:
    found = opened(_with_many_rules(sample()), **PHONE)
    found.go("coverage")
    for folded in found.page.locator(".reach").all():
        folded.evaluate("node => node.open = true")
    assert overflow(found) <= 0
    found.page.locator("#filter").fill("its own no-3799")
    expect(found.page.locator(".looked li:visible")).to_have_count(1)
    quiet(found)
