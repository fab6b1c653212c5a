"""The filter in a browser: words, facets, time by either clock, "as known on", in every view."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, expect

from stopa.model.assessment import Placement, Scale
from stopa.model.dossier import Dossier
from stopa.model.rule import Finding
from stopa.model.statement import Act
from stopa.model.when import When
from tests.conftest import Opened, Opener
from tests.dossier.browser import PHONE, VIEWS, leave_drawer, overflow, quiet
from tests.dossier.hostile import PAYLOADS
from tests.dossier.sample import large, sample, without_technical_evidence

pytestmark = pytest.mark.browser

EARLY = ("2023-10-01", "2024-01-01")
SPAN = f"span={EARLY[0]}%2F{EARLY[1]}"
FIRST_DAY = "2025-05-28"  # on which two of the six reports were published
LATER = {"Harbour Wire", "Karst Daily", "Institute for Northern Security"}
# How many entries of a view are dimmed, hidden, and plain.
STATES = """view => {
    const all = [...document.querySelectorAll(`#${view} [data-find]:not(details.rule)`)];
    return [all.filter(n => n.classList.contains("out")).length,
        all.filter(n => n.hidden).length, all.length];
}"""
AXED = (
    "() => axe.run(document).then(told => told.violations.map(v => `${v.id}: ${v.nodes[0].html}`))"
)


def value(found: Opened, group: str, label: str) -> Locator:
    """Return the button of one value of a facet."""
    buttons = found.page.locator(f"#facets button[data-group='{group}']")
    return buttons.filter(has_text=re.compile(rf"^{re.escape(label)}\s*[\d,]+$"))


def expect_findings(found: Opened, count: int) -> None:
    """Await that so many findings pass the filter."""
    expect(found.page.locator("#filtered")).to_have_text(re.compile(f"^{count:,} of "))


def level_of(finding: Finding, dossier: Dossier) -> str:
    return next(rule.level for rule in dossier.rules if rule.id == finding.rule)


def with_a_summons() -> Dossier:
    """Return the sample, one statement of which reports that an ambassador was summoned."""
    dossier = sample()
    first, *rest = dossier.readings
    said, *others = first.statements
    charged = replace(others[0], date=When("2024-03"))
    summoned = replace(first, statements=(replace(said, act=Act.SUMMON), charged, *others[1:]))
    placed = Placement(
        Scale.TOOLBOX, "restrictive measures: sanctions", "", "Velden", None, "sanctions",
        charged.id,
    )  # fmt: skip
    assessment = replace(dossier.assessment, placements=(placed,))
    return replace(dossier, readings=(summoned, *rest), assessment=assessment)


def test_facets_narrow_each_other_and_count_what_the_rest_lets_pass(opened: Opener) -> None:
    case = sample()
    host = next(finding.host for finding in case.findings if finding.host)
    of_host = [finding for finding in case.findings if finding.host == host]
    levels = {level_of(finding, case) for finding in of_host}
    found = opened(case)
    found.go("findings")
    found.page.locator("#facets > summary").click()
    value(found, "host", host).click()
    expect_findings(found, len(of_host))
    expect(value(found, "host", host)).to_have_attribute("aria-pressed", "true")
    shown = found.page.locator("#facets button[data-group='level']").all_inner_texts()
    assert {text.split("\n")[0] for text in shown} == levels
    level = sorted(levels)[0]
    both = [finding for finding in of_host if level_of(finding, case) == level]
    value(found, "level", level).click()
    expect_findings(found, len(both))
    at_level = sum(f.host == host for f in case.findings if level_of(f, case) == level)
    expect(value(found, "host", host).locator("b")).to_have_text(str(at_level))
    others = {f.host for f in case.findings if level_of(f, case) == level and f.host != host}
    for other in others - {None}:
        expect(value(found, "host", str(other))).to_be_visible()
    found.page.locator("#active button", has_text=f"Host {host}").click()
    expect_findings(found, sum(level_of(f, case) == level for f in case.findings))
    found.page.get_by_role("button", name="Clear all").click()
    expect(found.page.locator("#active")).to_be_hidden()
    expect(found.page.locator("#filtered")).to_have_text("")
    quiet(found)


def test_facets_speak_of_reports_too(opened: Opener) -> None:
    found = opened(sample())
    found.go("says")
    found.page.locator("#facets > summary").click()
    for group in ("Outlet", "Act"):
        found.page.locator("#facets details summary", has_text=group).click()
    value(found, "act", "denies").click()
    quotes = found.page.locator("#says .tree blockquote:visible")
    denied = {s.sentence for r in sample().readings for s in r.statements if s.act is Act.DENY}
    expect_findings(found, 0)
    assert quotes.count() > 0
    assert all(any(text in one for one in denied) for text in quotes.all_inner_texts())
    outlets = found.page.locator("#facets button[data-group='outlet']")
    papers = {
        reading.masthead.outlet
        for reading in sample().readings
        if any(said.act is Act.DENY for said in reading.statements)
    }
    assert {text.split("\n")[0] for text in outlets.all_inner_texts()} == papers
    outlets.first.click()
    expect(found.page.locator("#active")).to_contain_text("Outlet")
    assert quotes.count() > 0
    quiet(found)


def test_a_facet_is_pressed_by_keyboard_and_keeps_the_focus(opened: Opener) -> None:
    found = opened(sample(), **PHONE)
    keys = found.page.keyboard
    found.page.locator("#facets > summary").focus()
    keys.press("Enter")  # which has its values drawn a moment later
    expect(found.page.locator("#facets button[data-key]").first).to_be_visible()
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Space")
    focused = found.page.locator("#facets button:focus")
    expect(focused).to_have_attribute("aria-pressed", "true")
    assert overflow(found) <= 0
    keys.press("Space")
    expect(focused).to_have_attribute("aria-pressed", "false")
    expect(found.page.locator("#active")).to_be_hidden()
    quiet(found)


def test_words_reach_raw_records_and_passages_and_the_page_says_how_many(opened: Opener) -> None:
    case = sample()
    target = case.findings[7]
    spoken = case.readings[1].statements[0]
    texts = {target.where: "… svchost calls ZANZIBAR twice …", spoken.where: "before: ORINOCO."}
    excerpts = tuple(
        replace(one, text=texts.get(one.where, one.text), start=None) for one in case.excerpts
    )
    found = opened(replace(case, excerpts=excerpts))
    found.go("findings")
    found.page.locator("#filter").fill("zanzibar twice")
    expect(found.page.locator("#filtered")).to_have_text(re.compile("^1 of 64 findings"))
    expect(found.page.locator("#findings .hits tr:visible a")).to_have_attribute(
        "href", f"#{target.id}"
    )
    recorded = {excerpt.where for excerpt in case.excerpts}
    records = sum(finding.where in recorded for finding in case.findings)
    figure = "all 64" if records == 64 else f"{records} of 64"
    expect(found.page.locator("#counts")).to_contain_text(f"in the raw records of {figure}")
    found.page.locator("#filter").fill("svchost calls zanzibar twice s v c h o amazon")
    expect(found.page.locator("#filtered")).to_have_text(re.compile("^0 of 64 findings"))
    found.page.locator("#filter").fill(" ".join(f"w{number}" for number in range(40)))
    expect(found.page.locator("#counts")).to_contain_text("At most 30 words are looked for.")
    found.go("says")
    found.page.locator("#filter").fill('"before: orinoco"')
    expect(found.page.locator(f"#says blockquote[id='{spoken.id}']:visible")).to_have_count(1)
    expect(found.page.locator("#says .tree blockquote:visible")).to_have_count(1)
    quiet(found)


def test_a_page_that_lacks_records_says_what_words_cannot_find(opened: Opener) -> None:
    found = opened(large())
    found.go("findings?words=lsass")
    told = found.page.locator("#counts")
    expect(told).to_contain_text(re.compile(r"raw records of [\d,]+ of 50,000; the other records"))
    found.page.locator("#facets > summary").click()
    found.page.locator("#facets button[data-group='host']").first.click()
    expect(found.page.locator("#filtered")).to_have_text(re.compile(r"^[1-9][\d,]* of 50,000"))
    quiet(found)


def test_a_span_reaches_every_view_and_each_says_so(opened: Opener) -> None:
    found = opened(sample())
    found.go(f"brief?{SPAN}")
    for view in VIEWS:
        found.page.locator(f".rail li a[href='#{view}']").click()
        expect(found.page.locator("#span")).to_have_text(re.compile(" – ".join(EARLY)))
        expect(found.page.get_by_role("button", name="Clear all")).to_be_visible()
        expect(found.page.locator(f"#{view} h1")).to_be_visible()
        out, hidden, all_ = found.page.evaluate(STATES, view)
        kept = view in {"brief", "attack", "hypotheses"}
        assert hidden == 0 if kept else out == 0, view
        if view != "findings":
            assert 0 < out + hidden <= all_, view
            nothing = found.page.locator(f"#{view} .nothing.whole")
            expect(nothing).to_have_count(1 if hidden == all_ else 0)
            expect(found.page.locator("#counts")).to_contain_text("entries here pass")
    seen = {f.rule for f in sample().findings if f.time and "2023-10" <= f"{f.time}"[:7] < "2024"}
    rules = found.page.locator("#findings details.rule")
    shown = rules.evaluate_all("all => all.filter(n => !n.hidden).map(n => n.dataset.rule)")
    assert set(shown) == seen
    found.page.get_by_role("button", name="Clear all").click()
    expect(found.page.locator("#active")).to_be_hidden()
    for view in VIEWS:
        assert found.page.evaluate(STATES, view)[:2] == [0, 0], view
    quiet(found)


def test_what_is_printed_says_by_what_it_was_filtered(opened: Opener) -> None:
    found = opened(sample())
    found.go(f"brief?{SPAN}")
    found.page.emulate_media(media="print")
    expect(found.page.locator("#span")).to_be_visible()
    expect(found.page.get_by_role("button", name="Clear all")).to_be_hidden()
    told = "node => getComputedStyle(node, '::before').content"
    assert "Printed with a filter" in found.page.locator("#active").evaluate(told)
    quiet(found)


def test_a_technique_counts_what_passes(opened: Opener) -> None:
    case = sample()
    times = [f for f in case.findings if f.time and f.time < datetime(2024, 1, 1, tzinfo=UTC)]
    found = opened(case)
    tallies = found.page.locator("#attack .cell.observed a[data-tally^='U-']")
    whole = tallies.all_text_contents()
    found.go(f"attack?span=2022-01-01%2F{EARLY[1]}")
    told = tallies.all_text_contents()
    assert len(times) < len(case.findings)
    for before, now in zip(whole, told, strict=True):
        assert now == before or re.fullmatch(rf"\d+ of {re.escape(before)}", now)
    gone = found.page.locator("#attack .cell.observed", has_text="0 of")
    assert gone.count() > 0
    assert gone.evaluate_all("all => all.every(cell => cell.classList.contains('out'))")
    quiet(found)


def test_as_known_on_hides_what_was_said_later_in_every_view(opened: Opener) -> None:
    case = sample()
    later = [r for r in case.readings if r.masthead.outlet in LATER]
    assert len(later) == len(LATER)
    found = opened(case)
    found.go("timeline")
    found.page.locator("#known").focus()
    found.page.keyboard.press("Home")
    expect(found.page.locator("#known-on")).to_contain_text(FIRST_DAY)
    for reading in later:
        for said in reading.statements:
            quoted = found.page.locator(f"blockquote[id='{said.id}']")
            assert quoted.evaluate_all("all => all.every(one => one.hidden)")
        row = found.page.locator(f"#timeline tr:has(a[href='#D-{reading.document}'])")
        assert row.evaluate_all("all => all.length && all.every(one => one.hidden)")
        assert (
            found.page.locator(f"article[id='D-{reading.document}']").get_attribute("hidden") == ""
        )
    found.page.locator(".rail a[href='#says']").click()
    expect(found.page.locator("#claim-1 .ratio b").first).to_have_text(re.compile(r"^\d of 5$"))
    expect(found.page.locator("#known-on")).to_be_visible()
    denial = next(s for r in later for s in r.statements if s.act is Act.DENY)
    found.page.locator(".rail li a[href='#brief']").click()
    chip = found.page.locator(f"#brief .chip[href='#{denial.id}']").first
    expect(chip).to_have_class(re.compile(r"\bout\b"))
    found.page.locator("#known-on").click()
    expect(found.page.locator("#active")).to_be_hidden()
    expect(found.page.locator("blockquote[hidden]")).to_have_count(0)
    quiet(found)


def test_a_disagreement_is_known_once_a_second_value_was_published(opened: Opener) -> None:
    found = opened(sample())
    sides = {
        apart.id: {
            side.value: [
                reading.masthead.date.edtf
                for reading in sample().readings
                if reading.document == side.document and reading.masthead.date
            ]
            for side in apart.positions
        }
        for apart in sample().comparison.disagreements
    }
    found.go(f"says?known={FIRST_DAY}")
    for id_, values in sides.items():
        dated = [dates for dates in values.values() if dates]
        early = [dates for dates in dated if min(dates) <= FIRST_DAY]
        hidden = found.page.locator(f"article[id='{id_}']").get_attribute("hidden") is not None
        assert hidden == (len(dated) == len(values) and len(early) < 2), id_
    quiet(found)


def test_a_span_is_held_against_the_clock_that_is_chosen(opened: Opener) -> None:
    found = opened(sample())
    found.go("timeline?span=2022-01-01%2F2023-01-01")
    rows = found.page.locator("#timeline .clocked-twice tbody tr:visible")
    kinds = found.page.locator("#timeline .clocked-twice tbody tr:visible td:last-child")
    assert set(kinds.all_inner_texts()) == {"date that a report gives"}
    found.page.get_by_role("button", name="when it was said").click()
    expect(rows).to_have_count(0)
    expect(found.page.locator("#span")).to_contain_text("when it was said")
    found.go("timeline?span=2025-05-28%2F2025-05-29&clock=said")
    told = found.page.locator("#timeline .clocked-twice tbody tr:visible td:nth-child(2)")
    assert set(told.all_inner_texts()) == {"28 May 2025"}
    found.go("timeline?span=2025-05-29%2F2025-05-30&clock=said")
    assert set(told.all_inner_texts()) == {"29 May 2025"}, "a day ends where the next begins"
    expect_findings(found, 0)  # logs say nothing
    quiet(found)


def test_lanes_below_the_line_show_acts_statements_and_reports(opened: Opener) -> None:
    found = opened(with_a_summons())
    found.go("timeline")
    canvas = found.page.locator("#chart canvas[style]")  # which has its size once it is drawn
    box = canvas.bounding_box()
    assert box
    said = set()
    for y in range(int(box["height"] * 0.6), int(box["height"]) - 4, 10):
        for x in (0.15, 0.5, 0.625, 0.633, 0.64, 0.955, 0.963, 0.975, 0.99):
            canvas.hover(position={"x": box["width"] * x, "y": y})
            said.add(found.page.locator("#chart output").inner_text())
    told = "\n".join(said)
    for part in (
        "summons: ",
        "sanctions: ",
        "accuses",
        "Government of Velden, said 2025-05-28 and 3 more beside it",
        "Government of Velden: start, happened 2022-01-01 to 2022-12-31, said 2025-05-28",
        "Claimed: Glass Heron",
    ):
        assert part in told, part
    kinds = found.page.locator("#timeline .clocked-twice td:last-child").all_inner_texts()
    assert {"legal act", "statement", "report", "claim", "date that a report gives"} <= set(kinds)
    quiet(found)


def test_a_permalink_brings_back_view_filter_facets_span_date_and_drawer(opened: Opener) -> None:
    case = sample()
    host = next(finding.host for finding in case.findings if finding.host)
    found = opened(case)
    found.go("timeline")
    found.page.get_by_role("button", name="when it happened").click()
    found.page.get_by_text("Filter by this span").click()
    found.page.locator("#known").focus()
    found.page.keyboard.press("Home")
    found.page.locator(".rail a[href='#attack']").click()
    found.page.locator("#facets > summary").click()
    value(found, "host", host).click()
    found.page.locator("#filter").fill("power shell")
    expect(found.page.locator("#active")).to_contain_text("power shell")
    found.page.evaluate("id => { location.hash = id; }", case.observations[0].id)
    found.settle()
    link = str(found.page.evaluate("location.hash"))
    parts = found.page.locator("#active .parts").inner_text()
    counts = found.page.locator("#filtered").inner_text()
    found.page.goto("about:blank")
    found.go(link.removeprefix("#"))
    expect(found.page.locator("#drawer")).to_be_visible()
    assert found.page.locator("#active .parts").inner_text() == parts
    assert found.page.locator("#filtered").inner_text() == counts
    asked = [found.page.locator(one).input_value() for one in ("#filter", "#known")]
    assert asked == ["power shell", "0"]
    leave_drawer(found)
    expect(found.page.locator("#attack h1")).to_be_visible()
    found.page.reload()
    expect(found.page.locator("#active .parts")).to_have_text(parts, use_inner_text=True)
    quiet(found)


@pytest.mark.parametrize(
    "asked",
    [
        "span=2024-13-45%2Fnever&known=soon&clock=toString&host=",
        "span=2025-01-01%2F2024-01-01",
        "__proto__=x&constructor=y&view=__proto__",
        "words=%22%22%22&facets=1",
        "%E0%A4%A",
    ],
)
def test_a_permalink_that_asks_nonsense_asks_nothing(opened: Opener, asked: str) -> None:
    found = opened(sample())
    found.go(f"sources?{asked}")
    expect(found.page.locator("#sources h1")).to_be_visible()
    assert found.page.locator("#sources tr[data-find]:visible").count() > 0 or "words" in asked
    quiet(found)


def test_hostile_permalinks_and_facets_do_nothing_but_appear(opened: Opener) -> None:
    found = opened(sample())
    for payload in PAYLOADS[::9]:
        asked = f"words={quote(payload)}&host={quote(payload)}&outlet={quote(payload)}"
        found.go(f"brief?{asked}")
        assert overflow(found) <= 0
    assert found.page.evaluate("window.__pwned") is None
    assert found.page.locator("main script, main img, main iframe, #active [onerror]").count() == 0
    quiet(found)


@pytest.mark.parametrize(
    ("scheme", "device"), [("light", {}), ("dark", PHONE)], ids=["light", "dark phone"]
)
def test_axe_finds_nothing_in_a_filtered_page(
    opened: Opener, scheme: str, device: dict[str, object]
) -> None:
    found = opened(sample(), bypass_csp=True, color_scheme=scheme, **device)
    found.page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found.go(f"brief?{SPAN}&kind=host")
    found.page.locator("#facets > summary").click()
    expect(found.page.locator("#facets button[data-key]").first).to_be_visible()
    for view in VIEWS:
        found.page.locator(f".rail li a[href='#{view}']").click()
        expect(found.page.locator(f"#{view} h1")).to_be_visible()
        found.settle()
        assert found.page.evaluate(AXED) == [], view
        assert overflow(found) <= 0, view


def test_reports_alone_have_facets_of_their_own(opened: Opener) -> None:
    found = opened(without_technical_evidence())
    found.go("says")
    found.page.locator("#facets > summary").click()
    expect(found.page.locator("#facets button[data-key]").first).to_be_visible()
    groups = found.page.locator("#facets .facet:visible > summary").all_inner_texts()
    assert not [group for group in groups if group.startswith(("Host", "Rule", "Account"))]
    assert [group for group in groups if group.startswith("Outlet")]
    quiet(found)
