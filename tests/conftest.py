"""A real browser on the page as a reader would open it: from disk, with nothing behind it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from stopa.case.exercise import demo
from stopa.case.plan import Quiet
from stopa.case.work import Summary
from stopa.dossier import page as page_of
from stopa.model.dossier import Dossier

expect.set_options(timeout=20_000)  # ms; a busy machine is no fault of the page

CHROMIUM = shutil.which("chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


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


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
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
    page = browser.new_page(**{"viewport": {"width": 1440, "height": 900}, **options})  # type: ignore[arg-type]
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
    """The exercise as a newcomer makes it: what it came to, and how many seconds it took."""

    summary: Summary
    seconds: float


@pytest.fixture(scope="session")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    started = time.perf_counter()
    summary = demo(tmp_path_factory.mktemp("demo") / "case", Quiet())
    return Demonstration(summary, time.perf_counter() - started)
