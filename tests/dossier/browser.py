"""What the browser tests of the page share: its views, a phone, and what must never happen."""

from __future__ import annotations

from stopa.dossier.html import views
from tests.conftest import Opened
from tests.dossier.sample import sample

VIEWS = [view.id for view in views(sample())]
PHONE = {"viewport": {"width": 390, "height": 844}}


def quiet(found: Opened) -> None:
    """Assert that the console is clean and that nothing but the file itself was asked for."""
    assert found.complaints == []
    assert {url.split("#")[0] for url in found.requests} == {found.file.as_uri()}


def overflow(found: Opened) -> int:
    return int(found.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
