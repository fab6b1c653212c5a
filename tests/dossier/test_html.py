import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from stopa.dossier import page
from stopa.dossier.html import views
from stopa.dossier.ranking import times
from stopa.dossier.words import percent
from stopa.model.dossier import Dossier
from stopa.model.evidence import Evidence
from stopa.model.rule import Finding
from tests.dossier.hostile import PORTIONS, hostile
from tests.dossier.sample import empty, large, sample, without_technical_evidence

RUNNING = {"style", "src", "srcset", "srcdoc", "action", "formaction", "data", "background"}
LIMIT = 5_000_000  # bytes of a page with 50,000 findings
DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
INLINE = re.compile(r"<(style|script)>(.*?)</\1>", re.DOTALL)


class Attributes(HTMLParser):
    """Every attribute of a page: tag, name, value."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value or "") for name, value in attrs]


@pytest.mark.parametrize("dossier", [sample(), without_technical_evidence(), empty()])
def test_the_same_dossier_gives_the_same_page(dossier: Dossier) -> None:
    assert page(dossier) == page(dossier)


def test_the_policy_allows_just_the_pages_own_style_and_script() -> None:
    html = page(sample())
    policy = html.partition('Content-Security-Policy" content="')[2].partition('">')[0]
    policy = policy.replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    hashes = re.findall(r"sha256-[\w+/=]+", policy)
    found = [
        f"sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}"
        for _, body in INLINE.findall(html)
    ]
    assert sorted(hashes) == sorted(found)


@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_no_attribute_runs_or_styles_anything(portion: int) -> None:
    seen = Attributes()
    seen.feed(page(hostile(sample(), portion)))
    names = {name for _, name, _ in seen.found}
    assert not {name for name in names if name in RUNNING or name.startswith("on")}
    links = {value for _, name, value in seen.found if name == "href"}
    assert links
    assert all(link.startswith("#") for link in links)


@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_the_data_in_the_page_cannot_be_taken_for_markup(portion: int) -> None:
    data = DATA.search(page(hostile(sample(), portion)))
    assert data
    assert not set("<>&\u2028\u2029") & set(data[1])
    assert json.loads(data[1])["findings"]["strings"]


def test_fifty_thousand_findings_fit_and_what_is_left_out_is_said() -> None:
    html = page(large())
    assert len(html.encode()) <= LIMIT
    assert "50,000 matches" in html
    assert "here without the fields that matched" in html
    assert "excerpts are not in this page" in html


def test_more_findings_than_the_page_holds_are_counted() -> None:
    html = page(large(60_000))
    assert len(html.encode()) <= LIMIT
    assert "10,000 findings are not in this page" in html
    assert "60,000 matches" in html


def test_a_small_case_leaves_nothing_out() -> None:
    assert "Nothing: the page holds the whole dossier." in page(sample())


def test_every_view_is_in_the_page_and_its_navigation() -> None:
    html = page(sample())
    for view in views(sample()):
        assert f'id="{view.id}"' in html
        assert f'href="#{view.id}"' in html


def test_no_id_is_given_twice() -> None:
    ids = re.findall(r'\sid="([^"]+)"', page(sample()))
    assert sorted(ids) == sorted(set(ids))


def test_a_name_that_is_no_text_is_shown_not_thrown() -> None:
    odd = Evidence("ab" * 32, "caf\udce9.evtx", 3)
    html = page(replace(sample(), evidence=(odd,)))
    assert "U+DCE9" in html
    html.encode()


def test_bytes_that_do_not_add_up_are_told() -> None:
    short = tuple(replace(row, event_bytes=row.event_bytes - 7) for row in sample().coverage[:1])
    assert "7 <small>not accounted for</small>" in page(replace(sample(), coverage=short))


@pytest.mark.parametrize(
    "time",
    [
        None,
        datetime(1601, 1, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    ],
)
def test_a_broken_clock_does_not_stretch_the_timeline(time: datetime | None) -> None:
    first: Finding = replace(sample().findings[0], time=time)
    html = page(replace(sample(), findings=(first, *sample().findings[1:])))
    assert "1 finding without a date, or dated outside 1990–2099, is not drawn" in html


def test_prior_ratio_and_posterior_of_each_hypothesis_stand_apart() -> None:
    dossier = sample()
    shown = page(dossier)
    for hypothesis in dossier.assessment.hypotheses:
        before, after = map(percent, (hypothesis.prior, hypothesis.posterior))
        ratio = "" if hypothesis.ratio is None else f", the evidence {times(hypothesis.ratio)}"
        assert f"before the evidence {before}{ratio}, after it {after}" in shown
    assert any(hypothesis.ratio for hypothesis in dossier.assessment.hypotheses)
