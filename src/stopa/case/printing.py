"""Print a page to PDF through a browser that the machine has, with the page's own print style.

Why: a second layout of the dossier would be a second truth; the browser prints the one there is.
Trap: a browser writes the time into the PDF, so two prints of one page differ in bytes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from stopa.errors import InputError

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
PATIENCE = 120  # seconds; a page of 50,000 events takes a few
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-first-run",
    "--no-pdf-header-footer",
)
ROOT = "--no-sandbox"  # Chromium refuses its sandbox to the superuser


def print_page(page: Path, output: Path) -> None:
    """Write the page as a PDF. Raises `InputError` where no browser can do it."""
    if not page.is_file():
        raise InputError(f"{page} is not there", hint="make it: stopa investigate")
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise InputError(
            "there is no browser that prints to PDF",
            hint=f"install one of {', '.join(BROWSERS)}, or print index.html yourself",
        )
    with TemporaryDirectory(prefix="stopa-print-") as profile:
        made = Path(profile) / output.name
        command = [browser, *QUIET, f"--user-data-dir={profile}", f"--print-to-pdf={made}"]
        command += [ROOT] if os.name != "nt" and os.geteuid() == 0 else []
        told = _run([*command, page.resolve().as_uri()])
        if not made.is_file():
            raise InputError(f"{browser} did not print {page}: {told}", hint="print it yourself")
        shutil.move(made, output)


def _run(command: list[str]) -> str:
    """Run a command; return the end of what it complained of."""
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return f"no answer in {PATIENCE} seconds"
    return done.stderr.strip()[-200:]
