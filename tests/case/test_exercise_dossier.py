"""The demonstration from evidence to page: what a newcomer sees first."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from stopa.case.exercise import demo
from stopa.case.plan import Quiet
from stopa.case.work import Summary

SECONDS = 60  # the promise of `make demo` after the installation


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Summary, float]:
    started = time.perf_counter()
    summary = demo(tmp_path_factory.mktemp("demo") / "case", Quiet())
    return summary, time.perf_counter() - started


def test_the_demonstration_is_quick(made: tuple[Summary, float]) -> None:
    assert made[1] < SECONDS


def test_all_of_the_exercise_is_read(made: tuple[Summary, float]) -> None:
    summary, _ = made
    assert summary.problems == summary.unread == 0
    assert summary.events > 20_000
    assert summary.findings > 500
    assert summary.rules_refused == 0


def test_the_verdict_names_nobody(made: tuple[Summary, float]) -> None:
    summary, _ = made
    assert "cannot be told" in summary.verdict
    for real in ("Carbanak", "FIN7", "Anunak", "Russia", "China"):
        assert real not in summary.verdict


@pytest.mark.browser
def test_the_page_opens_from_disk_and_asks_for_nothing(
    made: tuple[Summary, float], chromium: Browser
) -> None:
    page = chromium.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: requests.append(sent.url))
    uri = Path(made[0].page).absolute().as_uri()
    for view in ("brief", "timeline", "findings", "says", "attack", "hypotheses", "coverage"):
        page.goto(f"{uri}#{view}")
        assert page.locator(f"#{view} h1").is_visible()
    assert complaints == []
    assert {url.split("#")[0] for url in requests} == {uri}
    assert "EXERCISE" in page.locator("body").inner_text()
    page.close()
