"""The whole page, driven on the exercise and on 50,000 findings, from its views to its switches.

Why: what holds on the sample may fail on a case as it is made, or on one of the size that counts.
Trap: others may use the machine. A frame and a first paint are judged by the processor time that
the page's thread spends on them, which a busy machine does not lengthen, and never by how long
they took.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, expect

from stopa.dossier import page as page_of
from tests.conftest import Opened, watched
from tests.dossier.browser import VIEWS, leave_drawer, overflow, quiet
from tests.dossier.sample import large

pytestmark = pytest.mark.browser

FIRST_PAINT_MS = 1_000  # the promise of the page
MOST = 12  # switches of one kind that are flipped in a view
FRAME_MS = 50  # the promise of its timeline
LIMIT_BYTES = 5_000_000
CANVAS = "#chart canvas"
SERIOUS = """() => {
    const drawer = document.querySelector("#drawer[open]");
    const rules = { "skip-link": { enabled: !drawer } };
    return axe.run(drawer || document, { rules, resultTypes: ["violations"] }).then(
        told => told.violations.map(v => `${v.impact} ${v.id}: ${v.nodes[0].html}`));
}"""
ALL_AT_ONCE = ".view { display: block !important }"  # for axe takes seconds to look at a page once
PAINTED = """() => {
    const [first] = performance.getEntriesByName("first-contentful-paint");
    return first && first.startTime;
}"""
# One link that can be seen for each kind of thing that the view cites.
CHIPS = r"""view => {
    const found = {};
    for (const link of document.querySelectorAll(`#${view} a[href^="#"]`)) {
        const id = decodeURIComponent(link.hash.slice(1));
        const kind = (/^([A-Z]{1,2})-/.exec(id) || [])[1];
        if (kind && !found[kind] && link.checkVisibility())
            found[kind] = link.getAttribute("href");
    }
    return found;
}"""
WHEEL = """async ([delta, share]) => {
    const canvas = document.querySelector("#chart canvas");
    const box = canvas.getBoundingClientRect();
    canvas.dispatchEvent(new WheelEvent("wheel", {
        deltaY: delta, bubbles: true, cancelable: true,
        clientX: box.left + box.width * share, clientY: box.top + 50,
    }));
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
}"""
TURNED = """canvas => {
    window.turned = 0;
    canvas.addEventListener("wheel", event => { window.turned += event.deltaY; });
}"""
# From all years down to milliseconds and back, at places all over the width.
STEPS = [(-100 if step < 60 else 100, 0.2 + step * 37 % 60 / 100) for step in range(100)]
TEXT = "view => document.querySelector(`#${view}`).innerText"


@pytest.fixture(scope="module", params=["exercise", "fifty thousand"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of one case."""
    if request.param == "exercise":
        return Path(request.getfixturevalue("exercise").summary.page).absolute()
    made = tmp_path_factory.mktemp("large") / "index.html"
    made.write_text(page_of(large()), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def kept(chromium: Browser, file: Path) -> Iterator[Opened]:
    found = watched(chromium, file)
    yield found
    found.page.close()


@pytest.fixture
def found(kept: Opened) -> Iterator[Opened]:
    """Return the page as at its first opening; after the test it must have kept quiet."""
    kept.page.goto("about:blank")
    kept.complaints.clear()
    kept.requests.clear()
    kept.go("brief")
    yield kept
    quiet(kept)


def counted(found: Opened) -> tuple[int, int]:
    """Return how many findings pass the filter, and how many there are."""
    figures = re.compile(r"^([\d,]+) of ([\d,]+) findings")
    expect(found.page.locator("#filtered")).to_have_text(figures)
    told = figures.match(found.page.locator("#filtered").inner_text())
    assert told
    return int(told[1].replace(",", "")), int(told[2].replace(",", ""))


def span(found: Opened) -> tuple[str, str]:
    """Return from when to when the timeline reaches, as the filter would tell it."""
    found.page.get_by_text("Filter by this span").click()
    first, last = found.page.locator("#span span").inner_text().split(" – ")
    clear(found)
    return first, last


def clear(found: Opened) -> None:
    found.page.locator("#active .all").click()
    expect(found.page.locator("#filtered")).to_have_text("")
    found.settle()


def test_every_view_opens_by_link_and_by_permalink_alone_and_fits(found: Opened) -> None:
    for view in VIEWS:
        found.page.locator(f".rail li a[href='#{view}']").click()
        expect(found.page.locator(f"#{view} h1")).to_be_visible()
        found.settle()
        text = found.page.evaluate(TEXT, view)
        found.go("brief")
        found.go(view)
        expect(found.page.locator(".view:visible")).to_have_count(1)
        assert found.page.evaluate(TEXT, view) == text
        assert len(text) > 200
        assert overflow(found) <= 0, view


def test_the_drawer_opens_from_every_kind_of_citation_in_every_view(found: Opened) -> None:
    kinds: set[str] = set()
    drawer = found.page.locator("#drawer")
    for view in VIEWS:
        unfold(found, view)
        for kind, link in found.page.evaluate(CHIPS, view).items():
            found.page.locator(f"#{view} a[href='{link}']:visible").first.click()
            found.page.wait_for_function("asked => location.hash.startsWith(asked)", arg=link)
            found.settle()
            if not drawer.is_visible():  # what stands on the page is shown where it stands
                expect(found.page.locator(f".view [id='{unquote(link[1:])}']")).to_be_visible()
                unfold(found, view)
                continue
            kinds.add(kind)
            assert len(drawer.inner_text()) > 80, link
            assert "undefined" not in drawer.inner_text(), link
            assert overflow(found) <= 0, link
            leave_drawer(found)
            expect(found.page.locator(f"#{view} h1")).to_be_visible()
    assert {"F", "S", "E"} <= kinds


def unfold(found: Opened, view: str) -> None:
    """Go to a view and open the first things that are folded in it."""
    found.go(view)
    folded = found.page.locator(f"#{view} details:not([open]) > summary:visible")
    for _ in range(min(2, folded.count())):
        folded.first.click()
    found.settle()


def test_words_and_facets_filter_all_views_and_are_taken_back(found: Opened) -> None:
    found.go("findings")
    rules = found.page.locator("#findings details.rule:visible")
    everything = rules.count()
    found.page.keyboard.press("/")
    found.page.keyboard.type("powershell")
    found.settle()
    left, all_ = counted(found)
    assert 0 < left < all_
    for view in VIEWS:
        found.go(view)
        expect(found.page.locator("#active")).to_be_visible()
        assert overflow(found) <= 0, view
    clear(found)
    found.page.locator("#facets > summary").click()
    expect(found.page.locator("#facets button[data-key]").first).to_be_visible()
    for group in found.page.locator("#facets button[data-group]").evaluate_all(
        "all => [...new Set(all.filter(o => o.checkVisibility()).map(o => o.dataset.group))]"
    ):
        found.page.locator(f"#facets button[data-group='{group}']:visible").first.click()
        expect(found.page.locator("#active")).to_be_visible()
        clear(found)
    found.go("findings")
    expect(rules).to_have_count(everything)


def test_the_timeline_zooms_by_wheel_moves_by_keys_and_is_brushed(found: Opened) -> None:
    found.go("timeline")
    canvas = found.page.locator(f"{CANVAS}[style]")  # which has its size once it is drawn
    canvas.scroll_into_view_if_needed()
    whole = span(found)
    canvas.scroll_into_view_if_needed()
    scrolled = found.page.evaluate("scrollY")
    box = canvas.bounding_box()
    assert box
    canvas.evaluate(TURNED)
    found.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 40)
    for _ in range(8):
        found.page.mouse.wheel(0, -240)
    found.page.wait_for_function("window.turned === -8 * 240")
    expect(found.page.locator("#chart output")).not_to_have_text("")
    assert found.page.evaluate("scrollY") == scrolled, "the wheel zooms and does not scroll"
    near = span(found)
    assert whole[0] < near[0] < near[1] < whole[1]
    canvas.press("ArrowRight")
    assert span(found)[0] > near[0]
    canvas.press("0")
    assert span(found) == whole
    found.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 40)
    found.page.mouse.down()
    found.page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 40)
    found.page.mouse.up()
    expect(found.page.locator("#span")).to_be_visible()
    left, all_ = counted(found)
    assert left < all_
    clear(found)


def test_the_slider_hides_what_was_not_known_yet_and_gives_it_back(found: Opened) -> None:
    found.go("timeline")
    rows = found.page.locator("#timeline tbody tr:visible")
    everything = rows.count()
    slider = found.page.locator("#known")
    slider.press("Home")
    expect(found.page.locator("#known-on")).to_be_visible()
    assert 0 < rows.count() < everything
    for _ in range(3):
        slider.press("ArrowRight")
    slider.press("End")
    expect(rows).to_have_count(everything)


def test_every_switch_can_be_flipped_and_flipped_back(found: Opened) -> None:
    for view in VIEWS:
        found.go(view)
        before = found.page.evaluate(TEXT, view)
        for box in found.page.locator(f"#{view} input[type=checkbox]:visible").all()[:MOST]:
            flip(box)
            flip(box)
        radios = found.page.locator(f"#{view} input[type=radio]").all()
        for radio in (*radios, *[one for one in radios if one.is_checked()]):
            radio.check(force=True)
        for choice in found.page.locator(f"#{view} select:visible").all():
            values = choice.locator("option").evaluate_all("all => all.map(one => one.value)")
            for value in (*values[:MOST], values[0]):
                choice.select_option(value)
        assert found.page.evaluate(TEXT, view) == before


def flip(box: Locator) -> None:
    was = box.is_checked()
    box.click()
    assert box.is_checked() != was


def test_axe_finds_nothing_that_shuts_a_reader_out(chromium: Browser, kept: Opened) -> None:
    """In a page of its own, whose policy lets axe in."""
    found = watched(chromium, kept.file, bypass_csp=True)
    found.page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found.page.add_style_tag(content=ALL_AT_ONCE)
    expect(found.page.locator(".view:visible")).to_have_count(len(VIEWS))
    assert found.page.evaluate(SERIOUS) == []
    first = found.page.locator("main a[href^='#F-']").first.get_attribute("href")
    assert first
    found.go(first.removeprefix("#"))
    expect(found.page.locator("#drawer")).to_be_visible()
    assert found.page.evaluate(SERIOUS) == []
    found.page.close()


def test_it_is_small_and_paints_at_once(
    found: Opened, record_property: Callable[[str, object], None]
) -> None:
    """By the best of three loads, each with all that the page's thread does until it is there."""
    assert found.file.stat().st_size <= LIMIT_BYTES
    session = found.page.context.new_cdp_session(found.page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    loads, painted = [], []
    for _ in range(3):
        found.page.reload()
        found.settle()
        painted.append(found.page.wait_for_function(PAINTED).json_value())
        loads.append(busy(session) * 1000)
    session.detach()
    record_property("first paint, ms", painted)
    record_property("processor time of a load, ms", loads)
    assert min(loads) < FIRST_PAINT_MS


def test_no_frame_of_a_zoom_takes_longer_than_it_may(
    found: Opened, record_property: Callable[[str, object], None]
) -> None:
    """Each of 100 steps of the wheel, with its whole frame, by processor time."""
    found.go("timeline")
    found.page.evaluate(WHEEL, [0, 0.5])
    session = found.page.context.new_cdp_session(found.page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    frames = []
    for step in STEPS:
        before = busy(session)
        found.page.evaluate(WHEEL, step)
        frames.append((busy(session) - before) * 1000)
    session.detach()
    record_property("processor time of a frame, ms: median and longest", sorted(frames)[50::49])
    assert max(frames) < FRAME_MS


def busy(session: CDPSession) -> float:
    """Return the processor time that the page's thread has used since it was loaded, seconds."""
    told = session.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in told if one["name"] == "TaskDuration")
