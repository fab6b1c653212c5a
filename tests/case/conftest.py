"""The browser of the dossier's tests, for pages that come out of real evidence."""

from tests.dossier.conftest import Opener, chromium, opened

__all__ = ["Opener", "chromium", "opened"]
