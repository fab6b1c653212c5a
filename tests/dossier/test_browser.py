"""The views of the page as a reader meets them. Marked: it needs Debian's Chromium."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.conftest import Opener
from tests.dossier.browser import VIEWS, quiet
from tests.dossier.sample import empty, sample, without_technical_evidence

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "dossier",
    [without_technical_evidence(), empty()],
    ids=["reports alone", "empty case"],
)
def test_every_view_opens_by_its_permalink_and_says_nothing_else(
    opened: Opener, dossier: object
) -> None:
    found = opened(dossier)
    for view in VIEWS:
        found.go(view)
        expect(found.page.locator(f"#{view} h1")).to_be_visible()
        expect(found.page.locator(".view:visible")).to_have_count(1)
        expect(found.page.locator(".rail [aria-current]")).to_have_attribute("href", f"#{view}")
        found.page.wait_for_function("window.scrollY === 0")
    quiet(found)


def test_the_timeline_obeys_its_keys(opened: Opener) -> None:
    found = opened(sample())
    found.go("timeline")
    spans = []
    for key in ("0", "+", "ArrowRight", "-", "0"):
        found.page.locator("#chart canvas").focus()
        found.page.keyboard.press(key)
        found.page.get_by_text("Filter by this span").click()
        first, last = re.findall(r"\d{4}-\d\d-\d\d", found.page.locator("#span").inner_text())
        spans.append((date.fromisoformat(first), date.fromisoformat(last)))
    whole, near, moved, wider, again = spans
    assert near[1] - near[0] < whole[1] - whole[0]
    assert moved[0] > near[0]
    assert abs((moved[1] - moved[0]) - (near[1] - near[0])).days <= 1
    assert wider[1] - wider[0] > moved[1] - moved[0]
    assert again == whole
    quiet(found)


def test_how_far_clocks_lie_apart_is_told_beside_the_times(opened: Opener) -> None:
    found = opened(sample())
    found.go("timeline")
    told = found.page.locator("#timeline .clocks")
    assert "zeek (sensor-2) is 7.2 s ahead of windows (dc01), by 41 events" in told.inner_text()
    assert "No time here was changed by it" in told.inner_text()
    told.locator("a").click()
    expect(found.page.locator("#coverage h1")).to_be_visible()
    rows = found.page.locator(".clocked tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text("they agree")
    found.page.wait_for_function("location.hash === '#clocks'")
    quiet(found)


def test_the_filter_keeps_what_has_the_word_and_a_span_of_time(opened: Opener) -> None:
    found = opened(sample())
    found.go("findings")
    found.page.keyboard.press("/")
    found.page.keyboard.type("lsass")
    expect(found.page.locator("#filtered")).to_have_text(re.compile("^3 of 64 findings"))
    expect(found.page.locator("details.rule:visible")).to_have_count(1)
    found.page.locator("#filter").fill("no such word anywhere")
    expect(found.page.locator("details.rule:visible")).to_have_count(0)
    expect(found.page.locator("#findings .nothing")).to_be_visible()
    found.page.locator("#filter").fill("")
    expect(found.page.locator("#filtered")).to_have_text("")
    expect(found.page.locator("details.rule:visible")).to_have_count(10)
    quiet(found)


def test_the_tactics_of_either_edition_can_be_shown(opened: Opener) -> None:
    found = opened(sample())
    found.go("attack")
    heading = found.page.locator(".tactic:visible h2")
    assert "defense evasion" in heading.all_text_contents()
    found.page.get_by_label("of ATT&CK 19").check()
    assert {"stealth", "defense impairment"} <= set(heading.all_text_contents())
    assert "defense evasion" not in heading.all_text_contents()
    found.go("T-T1070.001")
    expect(found.page.locator(r"#T-T1070\.001")).to_be_visible()
    quiet(found)


def test_what_is_expected_under_a_hypothesis_can_be_seen_alone(opened: Opener) -> None:
    found = opened(sample())
    found.go("attack")
    shell = found.page.locator(".cell", has_text="Web Shell")
    expect(shell).not_to_be_visible()
    found.page.locator(".awaited:visible", has=shell).locator("summary").click()
    expect(shell).to_be_visible()
    assert "no log could show it" in shell.inner_text()
    assert shell.evaluate("node => getComputedStyle(node).backgroundImage") != "none"
    found.page.locator("#expect").select_option("H3")
    expect(shell).not_to_be_visible()
    found.page.locator("#expect").select_option("H1")
    expect(shell).to_be_visible()
    quiet(found)


def test_versions_of_one_text_stand_side_by_side(opened: Opener) -> None:
    found = opened(sample())
    found.go("versions")
    expect(found.page.locator("#sources h1")).to_be_visible()
    rows = found.page.locator(".versions tbody tr")
    assert rows.nth(0).locator("del").inner_text() == "Glass Heron"
    assert rows.nth(0).locator("ins").inner_text() == "a foreign group"
    assert rows.nth(1).locator("td").nth(1).inner_text().count("lacks it") == 1
    boxes = rows.nth(0).evaluate(
        "row => [...row.cells].map(cell => [cell.offsetTop, cell.offsetLeft])"
    )
    assert boxes[0][0] == boxes[1][0]
    assert boxes[0][1] < boxes[1][1]
    quiet(found)


def test_coverage_tells_what_is_odd_about_logs_and_what_rules_missed(opened: Opener) -> None:
    found = opened(sample())
    found.go("irregular")
    expect(found.page.locator("#coverage h1")).to_be_visible()
    text = found.page.locator("#coverage").inner_text()
    assert "cleared: the log was cleared" in text
    assert "CommandLine, ParentImage" in text
    quiet(found)


def test_what_analysts_judged_stands_beside_what_was_computed(opened: Opener) -> None:
    found = opened(sample())
    found.go("judged")
    expect(found.page.locator("#hypotheses h1")).to_be_visible()
    rows = found.page.locator(".views tbody tr")
    assert [row.split("\t")[0] for row in rows.all_inner_texts()] == [
        "computed",
        "Anna Brant",
        "Petr Dolak",
    ]
    assert found.page.locator(".views .differs").count() >= 1
    assert "no word" in found.page.locator(".disputes").inner_text()
    assert found.page.locator(".calibration circle").count() == 4
    quiet(found)


def test_a_placement_leads_to_the_words_it_rests_on(opened: Opener) -> None:
    found = opened(sample())
    found.go("placements")
    row = found.page.locator(".placed tbody tr").filter(has_text="state-ordered")
    assert "as responsible for" in row.inner_text()
    row.locator("a").click()
    expect(found.page.locator("#drawer .kicker")).to_contain_text("Statement")
    quiet(found)


def test_earlier_incidents_lie_on_one_line_of_time(opened: Opener) -> None:
    found = opened(sample())
    found.go("earlier")
    marks = found.page.locator("svg.earlier rect:not(.case)")
    assert marks.count() == 2
    customs, tin_roof = (marks.nth(n).bounding_box() for n in range(2))
    assert customs
    assert tin_roof
    assert customs["x"] + customs["width"] < tin_roof["x"]
    found.page.locator("#timeline a", has_text="customs office").click()
    expect(found.page.locator("#drawer")).to_contain_text("Fact as one report gives it")
    quiet(found)
