"""The evidence drawer in a browser: what it shows, how one comes to it, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from stopa.model.time_basis import Basis
from tests.conftest import Opener
from tests.dossier.browser import VIEWS, leave_drawer, quiet
from tests.dossier.sample import sample

pytestmark = pytest.mark.browser

INSIDE = """document.activeElement === document.body
    || !!document.activeElement.closest("#drawer")"""


@pytest.mark.parametrize("how", ["click", "keyboard"])
def test_a_citation_opens_the_drawer_and_escape_goes_back(opened: Opener, how: str) -> None:
    found = opened(sample())
    chip = found.page.locator(".story .chip[href^='#F-']").first
    if how == "click":
        chip.click()
    else:
        chip.focus()
        found.page.keyboard.press("Enter")
    drawer = found.page.locator("#drawer")
    expect(drawer).to_be_visible()
    for part in (
        "The record",
        "SHA-256",
        "Why the rule matched",
        "Author",
        "stopa explain CASE F-",
    ):
        expect(drawer).to_contain_text(part)
    assert drawer.locator("mark").count() >= 1
    leave_drawer(found)
    assert found.page.evaluate("location.hash") == "#brief"
    expect(chip).to_be_focused()
    quiet(found)


def test_the_back_button_walks_through_views_and_drawer(opened: Opener) -> None:
    found = opened(sample())
    drawer = found.page.locator("#drawer")
    found.page.locator(".rail a[href='#findings']").click()
    found.page.locator("#findings .hits a").first.click()
    expect(drawer).to_be_visible()
    found.settle()
    first = found.page.evaluate("location.hash")
    drawer.locator("a[href^='#O-'], a[href^='#E-'], a[href^='#F-']").first.click()
    found.page.wait_for_function("first => location.hash !== first", arg=first)
    found.settle()
    expect(drawer).to_be_visible()
    found.page.go_back()
    found.page.wait_for_function("first => location.hash === first", arg=first)
    found.settle()
    expect(drawer).to_be_visible()
    found.page.go_back()
    expect(drawer).not_to_be_visible()
    expect(found.page.locator("#findings h1")).to_be_visible()
    found.page.go_back()
    expect(found.page.locator("#brief h1")).to_be_visible()
    found.page.go_forward()
    expect(found.page.locator("#findings h1")).to_be_visible()
    quiet(found)


def test_back_after_escape_leads_on_and_not_to_the_same_view_again(opened: Opener) -> None:
    found = opened(sample())
    drawer = found.page.locator("#drawer")
    found.page.locator(".rail a[href='#findings']").click()
    found.page.locator("#findings .hits a").first.click()
    drawer.locator("a[href^='#O-'], a[href^='#E-'], a[href^='#F-']").first.click()
    found.settle()
    leave_drawer(found)
    assert found.page.evaluate("location.hash") == "#findings"
    found.page.go_back()
    expect(found.page.locator("#brief h1")).to_be_visible()
    found.page.go_forward()
    expect(found.page.locator("#findings h1")).to_be_visible()
    found.page.go_forward()
    expect(drawer).to_be_visible()
    quiet(found)


@pytest.mark.parametrize("how", ["Escape", "back"])
def test_closing_the_drawer_leaves_the_page_where_it_was(opened: Opener, how: str) -> None:
    found = opened(sample())
    found.go("says")
    quote = found.page.locator("#says .tree a.quote").nth(4)
    quote.scroll_into_view_if_needed()
    scrolled = found.page.evaluate("window.scrollY")
    assert scrolled > 100
    quote.click()
    expect(found.page.locator("#drawer")).to_be_visible()
    found.page.wait_for_function("y => window.scrollY === y", arg=scrolled)
    if how == "back":
        found.page.go_back()
    else:
        found.page.keyboard.press("Escape")
    found.page.wait_for_function("location.hash === '#says'")
    expect(found.page.locator("#drawer")).to_be_hidden()
    found.page.wait_for_function("y => window.scrollY === y", arg=scrolled)
    quiet(found)


def test_a_time_says_how_its_zone_is_known(opened: Opener) -> None:
    first, second, *rest = sample().findings
    bases = (replace(first, basis=Basis.OPTION), replace(second, basis=None))
    found = opened(replace(sample(), findings=(*bases, *rest)))
    found.go(first.id)
    expect(found.page.locator("#drawer dl").first).to_contain_text(", zone by the analyst")
    found.go(second.id)
    expect(found.page.locator("#drawer .kicker")).to_contain_text("Finding")
    expect(found.page.locator("#drawer dl").first).not_to_contain_text("zone")
    quiet(found)


def test_a_link_that_is_clicked_while_the_drawer_closes_is_followed(opened: Opener) -> None:
    found = opened(sample())
    found.page.locator(".story .chip[href^='#F-']").first.click()
    expect(found.page.locator("#drawer")).to_be_visible()
    found.page.evaluate(
        """() => {
            document.querySelector("#drawer .top button").click();
            document.querySelector(".rail a[href='#says']").click();
        }"""
    )
    expect(found.page.locator("#says h1")).to_be_visible()
    expect(found.page.locator("#drawer")).to_be_hidden()
    found.settle()
    found.page.go_back()
    expect(found.page.locator("#brief h1")).to_be_visible()
    quiet(found)


def test_a_drawer_that_a_permalink_opened_closes_without_leaving_the_page(opened: Opener) -> None:
    found = opened(sample())
    found.page.goto("about:blank")
    found.go(f"{sample().findings[0].id}?view=attack")
    expect(found.page.locator("#drawer")).to_be_visible()
    leave_drawer(found)
    assert found.page.evaluate("location.hash") == "#attack"
    expect(found.page.locator("#attack h1")).to_be_visible()
    found.page.go_back()
    found.page.wait_for_url("about:blank")


def test_every_view_can_be_reached_and_used_by_keyboard_alone(opened: Opener) -> None:
    found = opened(sample())
    keys = found.page.keyboard
    reached = set()
    found.page.locator(".skip").focus()
    for _ in range(12):
        keys.press("Tab")
        at = found.page.evaluate(
            """() => {
                const ring = getComputedStyle(document.activeElement);
                const seen = ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2;
                return [document.activeElement.hash || document.activeElement.id, seen];
            }"""
        )
        assert at[1], f"{at[0]} shows no ring"
        reached.add(at[0].lstrip("#"))
    assert {*VIEWS, "filter"} <= reached
    for view in VIEWS:
        found.page.locator(f".rail li a[href='#{view}']").focus()
        keys.press("Enter")
        expect(found.page.locator(f"#{view} h1")).to_be_visible()
        found.settle()
        links = found.page.locator(f"#{view} a[href^='#']:visible, #{view} canvas:visible")
        links.first.focus()
        expect(links.first).to_be_focused()
    found.go("findings")
    rule = found.page.locator("details.rule").nth(3)
    rule.locator("summary").press("Enter")
    found.settle()
    rule.locator(".hits a").first.press("Enter")
    expect(found.page.locator("#drawer")).to_be_visible()
    for _ in range(12):
        keys.press("Tab")
        assert found.page.evaluate(INSIDE), "focus leaves the open drawer"
    leave_drawer(found)
    quiet(found)


@pytest.mark.parametrize("nowhere", ["no-such-thing", "%E0%A4%A", "F-000000000000", "<b>", "D-"])
def test_a_permalink_to_nowhere_shows_a_view_and_breaks_nothing(
    opened: Opener, nowhere: str
) -> None:
    found = opened(sample())
    found.go("attack")
    found.go(nowhere)
    expect(found.page.locator(".view:visible")).to_have_count(1)
    expect(found.page.locator("#drawer")).to_be_hidden()
    quiet(found)


def test_the_drawer_ticks_the_whole_condition(opened: Opener) -> None:
    found = opened(sample())
    lsass = next(one for one in sample().findings if "lsass" in one.matched[0].value)
    found.go(lsass.id)
    tree = found.page.locator("#drawer .ticks").first
    expect(found.page.locator("#drawer .by").first).to_contain_text("A condition by R. Okonjo")
    signs = tree.locator("li .sign").all_inner_texts()
    assert signs.count("✓\nholds:") + signs.count("✓holds:") == 7
    assert "log source windows" in tree.locator("> li").first.inner_text()
    nested = tree.locator("li", has_text="filter_backup").last
    assert nested.evaluate("item => item.classList.contains('fails')")
    assert "TargetImage" in tree.locator(".holds > .found mark").first.evaluate(
        "mark => mark.closest('li').querySelector('.field').textContent"
    )
    assert tree.locator("mark").all_inner_texts() == [
        "C:\\Windows\\System32\\lsass.exe",
        "seen by the filter",
    ]
    assert "22 more, of which none is found here" in tree.locator(".more").inner_text()
    depths = tree.evaluate(
        """top => [...top.querySelectorAll("li")].map(item => {
            let depth = 0;
            for (let at = item.parentElement; at !== top; at = at.parentElement.parentElement)
                depth += 1;
            return depth;
        })"""
    )
    assert depths[:4] == [0, 0, 1, 2]
    assert max(depths) == 3
    quiet(found)


def test_the_drawer_lists_the_events_that_a_correlation_counts(opened: Opener) -> None:
    found = opened(sample())
    counting = next(one for one in sample().findings if one.members)
    found.go(counting.id)
    items = found.page.locator("#drawer .counted li")
    expect(items).to_have_count(21)
    assert items.first.inner_text().startswith(
        f"{counting.counted[0].time:%Y-%m-%d %H:%M:%S}.000 High entropy"
    )
    assert items.last.inner_text() == "and 5 more, in dossier.json"
    assert "within 1 hour" in found.page.locator("#drawer .ticks").inner_text()
    quiet(found)


def test_every_part_of_the_dossier_that_is_cited_can_be_reached(opened: Opener) -> None:
    found = opened(sample())
    targets = found.page.eval_on_selector_all(
        "main a[href^='#']",
        "nodes => [...new Set(nodes.map(n => decodeURIComponent(n.hash.slice(1))))]",
    )
    known = found.page.evaluate(
        """targets => {
            const data = JSON.parse(document.getElementById("data").textContent);
            const ids = data.findings.id.match(new RegExp(`.{${data.findings.width}}`, "g"));
            const known = new Set([...data.cards.map(c => c.id), ...ids]);
            return targets.filter(id => !known.has(id) && !document.getElementById(id));
        }""",
        targets,
    )
    assert known == []
    for target in [*targets[:40:4], sample().findings[5].id, sample().readings[0].statements[0].id]:
        found.go(target)
    quiet(found)


def test_a_statement_is_shown_with_its_sentence_and_quotation_marked(opened: Opener) -> None:
    found = opened(sample())
    said = sample().readings[1].statements[0]
    found.go(said.id)
    expect(found.page.locator("#drawer")).to_be_visible()
    marks = found.page.locator("#drawer mark")
    assert marks.all_inner_texts() == [said.sentence]
    before = marks.evaluate("mark => mark.previousSibling.textContent")
    assert before == f"{said.sentence} It was said before: "
    assert "Who relies on it" in found.page.locator("#drawer").inner_text()
    assert found.page.locator("#drawer .deep").first.inner_text() == said.quotations[0].text


def test_on_a_file_rests_what_rests_on_anything_in_it(opened: Opener) -> None:
    case = sample()
    seen = next(o for o in case.observations if o.basis and o.basis[0].startswith("F-"))
    finding = next(one for one in case.findings if one.id == seen.basis[0])
    found = opened(case)
    found.go(f"E-{finding.where.evidence}")
    expect(found.page.locator("#drawer")).to_contain_text("Who relies on it")
    expect(found.page.locator(f"#drawer a[href='#{seen.id}']")).to_be_visible()
    quiet(found)


def test_what_a_document_tells_is_listed_by_what_it_says(opened: Opener) -> None:
    reading = sample().readings[0]
    found = opened(sample())
    found.go(f"D-{reading.document}")
    told = found.page.locator("#drawer .links").first
    for fact in reading.facts[:3]:
        expect(told).to_contain_text(f"{fact.slot}: {fact.value}"[:40])
    quiet(found)
