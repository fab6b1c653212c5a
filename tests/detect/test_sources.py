"""The log sources that Sigma's rules name are answered by what the readers make of real files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from stopa.detect import answers
from stopa.detect.scope import Words, words
from stopa.model.event import EventBatch, LogSource
from stopa.readers import Source, readers

SAMPLES = Path(__file__).parents[1] / "data" / "readers"
LARGEST = 300_000  # bytes of a sample that is read here

# what a rule says: product, category, service; the reader whose samples must answer it
ANSWERED: tuple[tuple[Words, str], ...] = (
    (("aws", None, "cloudtrail"), "cloud_audit"),
    (("azure", None, "activitylogs"), "cloud_audit"),
    (("azure", None, "auditlogs"), "cloud_audit"),
    (("azure", None, "riskdetection"), "cloud_audit"),
    (("azure", None, "signinlogs"), "cloud_audit"),
    (("gcp", None, "gcp.audit"), "cloud_audit"),
    (("gcp", None, "google_workspace.admin"), "cloud_audit"),
    (("github", None, "audit"), "cloud_audit"),
    (("kubernetes", "application", "audit"), "cloud_audit"),
    (("m365", None, "audit"), "m365_audit"),
    (("m365", None, "exchange"), "m365_audit"),
    (("m365", None, "threat_management"), "m365_audit"),
    (("okta", None, "okta"), "cloud_audit"),
    (("linux", None, None), "auditd"),
    (("linux", None, "auditd"), "auditd"),
    (("linux", "process_creation", None), "auditd"),
    (("linux", None, "auth"), "syslog"),
    (("linux", None, "sshd"), "journal"),
    (("linux", None, "sudo"), "syslog"),
    (("linux", None, "cron"), "syslog"),
    (("zeek", None, "dns"), "zeek"),
    (("zeek", None, "http"), "zeek"),
    ((None, "dns", None), "zeek"),
    ((None, "firewall", None), "zeek"),
    ((None, "dns", None), "suricata"),
    (("suricata", None, "alert"), "suricata"),
    ((None, "webserver", None), "access_log"),
    ((None, "webserver", None), "w3c"),
    ((None, "webserver", None), "zeek"),
    (("apache", None, None), "error_log"),
    (("nginx", None, None), "error_log"),
    ((None, "proxy", None), "squid"),
    ((None, "proxy", None), "w3c"),
    ((None, "proxy", None), "zeek"),
    ((None, "antivirus", None), "windows_defender"),
)
# products whose rules never look at what another system logged
APART = ("linux", "macos", "aws", "azure", "okta", "zeek", "cisco")


@cache
def _read(reader: str) -> frozenset[Words]:
    """Return the log sources of all samples of a reader."""
    files = (f for f in SAMPLES.glob(f"{reader}/*/input*") if f.stat().st_size < LARGEST)
    found = (
        each
        for file in files
        for each in readers()[reader].read(Source("e" * 64, file, file.stat().st_size))
    )
    return frozenset(words(each.source) for each in found if isinstance(each, EventBatch))


@pytest.mark.parametrize(("rule", "reader"), ANSWERED)
def test_a_log_source_is_answered_by_what_a_reader_makes(rule: Words, reader: str) -> None:
    scopes = [answer.scope for answer in answers.answers(LogSource(*rule))]
    assert any(scope.speaks_of(batch) for scope in scopes for batch in _read(reader))


@pytest.mark.parametrize("product", APART)
@pytest.mark.parametrize("category", [None, "process_creation", "file_event"])
def test_rules_of_other_systems_never_look_at_windows(product: str, category: str | None) -> None:
    scopes = [answer.scope for answer in answers.answers(LogSource(product, category))]
    batches = _read("windows_json") | _read("evtx")
    assert batches
    assert not any(scope.speaks_of(batch) for scope in scopes for batch in batches)
