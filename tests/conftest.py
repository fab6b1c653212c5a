"""A real browser on the page as a reader would open it: from disk, with nothing behind it.

Trap: much of what a page is asked comes later: the step of an address, words a moment after the
last letter, rows and drawings with the next frame. On a busy machine a test that reads at once
reads what was there before. `go` and `settle` wait; after a click on a link, `Escape`, words or
unfolding, a test settles or awaits what it wants with `expect`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from stopa.case.exercise import demo
from stopa.case.plan import Quiet
from stopa.case.work import Summary
from stopa.dossier import page as page_of
from stopa.model.dossier import Dossier

PATIENCE = 60_000  # ms for anything; a busy machine is no fault of the page, nor of any other code
expect.set_options(timeout=PATIENCE)
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

CHROMIUM = shutil.which("chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
# Whether the page is where its address says, has filtered by all words, and has drawn its rows.
SETTLED = """() => {
    const { classList, dataset } = document.documentElement;
    const pending = "#main[aria-busy=true], details.rule[open]:not([hidden]) tbody:empty";
    return !classList.contains("js")
        || (dataset.at === location.hash && !document.querySelector(pending));
}"""


@dataclass(slots=True)
class Opened:
    """A page in the browser, and everything it did that it should not."""

    page: Page
    file: Path
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def go(self, permalink: str) -> None:
        """Follow a permalink, as from a mail."""
        self.page.goto(f"{self.file.as_uri()}#{permalink}")
        self.settle()

    def settle(self) -> None:
        """Wait until the page has done all that it was asked."""
        self.page.wait_for_function(SETTLED)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=OPTIONS, timeout=3 * PATIENCE
        )
        yield browser
        browser.close()


Opener = Callable[..., Opened]


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Return a function which opens the page of a dossier; options are Playwright's of a page."""
    pages: list[Page] = []

    def open_(dossier: Dossier, **options: object) -> Opened:
        file = tmp_path / f"index{len(pages)}.html"
        file.write_text(page_of(dossier), encoding="utf-8")
        found = watched(chromium, file, **options)
        pages.append(found.page)
        return found

    yield open_
    for page in pages:
        page.close()


def watched(browser: Browser, file: Path, **options: object) -> Opened:
    """Open a file in a page of which everything is noted that it says and asks for."""
    asked = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options}
    page = browser.new_page(**asked)  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE)
    found = Opened(page, file)
    page.on("console", lambda said: found.complaints.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on("dialog", lambda dialog: found.complaints.append(f"dialog: {dialog.message}"))
    page.on("popup", lambda popup: found.complaints.append(f"popup: {popup.url}"))
    page.on("request", lambda sent: found.requests.append(sent.url))
    found.go("brief")
    return found


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The exercise as a newcomer makes it: what it came to, and what processor time it took."""

    summary: Summary
    seconds: float


@pytest.fixture(scope="session")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    before = os.times()
    summary = demo(tmp_path_factory.mktemp("demo") / "case", Quiet())
    spent = sum(os.times()[:4]) - sum(before[:4])  # of this process and of those it started
    return Demonstration(summary, spent)
