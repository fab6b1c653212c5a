"""The page in a browser where it is hard: phones, paper, hostile text."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import expect

from stopa.model.evidence import Tlp
from tests.conftest import Opener
from tests.dossier.browser import PHONE, VIEWS, leave_drawer, overflow, quiet
from tests.dossier.hostile import PAYLOADS, PORTIONS, hostile
from tests.dossier.sample import sample

pytestmark = pytest.mark.browser

# Elements and attributes that no part of the page has: they could only come out of the evidence.
PLANTED = ", ".join(
    [f"main {tag}, dialog {tag}" for tag in (
        "script", "img", "iframe", "object", "embed", "video", "math", "marquee", "meta", "link",
        "style", "template", "noscript", "textarea",
    )]
    + ["base", "#pwned-link", "[onerror]", "[onload]", "[onclick]", "[onfocus]", "[ontoggle]"]
    + ["[onbegin]", "[onstart]", "[style]:not(canvas)", "a:not([href^='#'])", "form[action]"]
)  # fmt: skip
UNMARKED = """() => [...document.querySelectorAll("bdi")].map(node => node.textContent).filter(
    text => /[\\u202a-\\u202e\\u2066-\\u2069\\u200b\\u0000-\\u0008\\u001b]/.test(text))"""
# While the drawer is open all else is inert, so the link that skips to it leads nowhere.
AXED = """() => {
    const drawer = document.querySelector("#drawer[open]");
    const rules = { "skip-link": { enabled: !drawer } };
    return axe.run(drawer || document, { rules }).then(told => told.violations.map(v => v.id));
}"""


def test_it_reads_without_a_script(opened: Opener) -> None:
    found = opened(sample(), java_script_enabled=False)
    text = found.page.locator("main").inner_text()
    for part in (
        sample().assessment.verdict,
        "Five documents say",
        "chunk 14 fails its checksum",
        "Encoded PowerShell command line",
        "groundless and without any proof",
        "Salt Lantern",
        sample().evidence[0].sha256,
        "= 257,238,578 bytes",
    ):
        assert part in text
    assert found.page.locator(".view:visible").count() == len(VIEWS)
    assert not found.page.locator("#filter").is_visible()
    quiet(found)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_nothing_is_wider_than_a_phone(opened: Opener, script: bool) -> None:
    found = opened(sample(), java_script_enabled=script, **PHONE)
    for view in VIEWS:
        found.go(view)
        assert overflow(found) <= 0, view
    squeezed = found.page.evaluate(
        """() => [...document.querySelectorAll("td, th")]
            .filter(cell => cell.offsetWidth && cell.offsetHeight > 12 * cell.offsetWidth)
            .map(cell => cell.textContent.slice(0, 60))"""
    )
    assert squeezed == [], "a cell is a column of letters"
    quiet(found)


def test_it_prints_every_view(opened: Opener, tmp_path: Path) -> None:
    found = opened(sample())
    printed = tmp_path / "dossier.pdf"
    found.page.pdf(path=printed, format="A4")
    paper = pdfium.PdfDocument(printed)
    assert len(paper) > len(VIEWS)
    texts = [paper[number].get_textpage().get_text_bounded() for number in range(len(paper))]
    paper.close()
    for number, text in enumerate(texts, 1):
        assert text.count(Tlp.AMBER.value) >= 2, f"page {number} carries its marking twice"
    times = {f.rule: f.time for f in reversed(sample().findings) if f.time}  # of each rule a first
    assert [
        time for time in times.values() if f"{time:%Y-%m-%d %H:%M:%S}" not in "".join(texts)
    ] == []
    expect(found.page.locator("details.rule[open]")).to_have_count(3)  # it is folded as before
    found.page.emulate_media(media="print")
    expect(found.page.locator(".view:visible")).to_have_count(len(VIEWS))
    expect(found.page.locator(".rail")).to_be_hidden()
    expect(found.page.locator(".marking")).to_be_visible()
    quiet(found)


@pytest.mark.parametrize(
    ("scheme", "device"), [("light", {}), ("dark", PHONE)], ids=["light", "dark phone"]
)
def test_axe_finds_nothing_that_shuts_a_reader_out(
    opened: Opener, scheme: str, device: dict[str, object]
) -> None:
    axe = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    case = sample()
    found = opened(case, bypass_csp=True, color_scheme=scheme, **device)
    found.page.evaluate(axe)
    counting = next(finding for finding in case.findings if finding.members)
    said = case.readings[0].statements[0]
    parts = [case.findings[0].id, counting.id, said.id, case.observations[0].id]
    for place in (*VIEWS, *parts):
        found.go(place)
        violations = found.page.evaluate(AXED)
        assert violations == [], place


@pytest.mark.parametrize("marking", list(Tlp))
def test_the_marking_has_the_colours_of_tlp_2(opened: Opener, marking: Tlp) -> None:
    colours = {
        Tlp.CLEAR: "rgb(255, 255, 255)",
        Tlp.GREEN: "rgb(51, 255, 0)",
        Tlp.AMBER: "rgb(255, 192, 0)",
        Tlp.AMBER_STRICT: "rgb(255, 192, 0)",
        Tlp.RED: "rgb(255, 43, 43)",
    }
    found = opened(replace(sample(), tlp=marking))
    label = found.page.locator(".tlp")
    assert label.inner_text() == marking.value
    assert label.evaluate("node => getComputedStyle(node).color") == colours[marking]
    ground = "node => getComputedStyle(node.parentElement).backgroundColor"
    assert label.evaluate(ground) == "rgb(0, 0, 0)"


@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_hostile_text_does_nothing_but_appear(opened: Opener, portion: int) -> None:
    spoilt = hostile(sample(), portion)
    found = opened(spoilt)
    for view in VIEWS:
        found.go(view)
    for target in (
        spoilt.findings[0].id,
        spoilt.readings[0].statements[0].id,
        spoilt.observations[0].id,
    ):
        found.page.evaluate("id => { location.hash = encodeURIComponent(id); }", target)
        expect(found.page.locator("#drawer")).to_be_visible()
        found.settle()
        assert overflow(found) <= 0
        leave_drawer(found)
    found.page.locator("#filter").fill("powershell")
    found.settle()
    shown = found.page.locator("main").text_content() or ""
    plain = [p for p in PORTIONS[portion] if p.isascii() and p.isprintable()]
    assert [payload for payload in plain if payload not in shown] == []
    assert found.page.evaluate("window.__pwned") is None
    assert found.page.locator(PLANTED).count() == 0
    assert found.page.evaluate(UNMARKED) == []
    quiet(found)


def test_there_are_hostile_strings_of_every_kind() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 200
