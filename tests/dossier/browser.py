"""What the browser tests of the page share: its views, a phone, and what must never happen."""

from __future__ import annotations

from playwright.sync_api import expect

from stopa.dossier.html import views
from tests.conftest import Opened
from tests.dossier.sample import sample

VIEWS = [view.id for view in views(sample())]
PHONE = {"viewport": {"width": 390, "height": 844}}


def quiet(found: Opened) -> None:
    """Assert that the console is clean and that nothing but the file itself was asked for."""
    assert found.complaints == []
    assert {url.split("#")[0] for url in found.requests} == {found.file.as_uri()}


def leave_drawer(found: Opened) -> None:
    """Close the drawer by `Escape` and wait until the page is back where it was."""
    found.page.keyboard.press("Escape")
    expect(found.page.locator("#drawer")).to_be_hidden()
    found.settle()


def overflow(found: Opened) -> int:
    return int(found.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
