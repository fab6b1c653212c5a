"""Logs of cloud services answer the rules written for them, however they were exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from stopa.detect import compile as compiled
from stopa.detect import load
from stopa.model.event import EventBatch
from stopa.readers import readers
from stopa.readers.cloud_audit import READER
from tests.readers.found import DATA, input_of, source_of

RULE = """title: {title}
id: 8f3d5ac1-0000-4000-8000-00000000000{number}
status: test
logsource:
    product: {product}
    service: {service}
detection:
    selection:
        {field}: {value}
    condition: selection
level: low
"""
# case, product, service, field as rules name it, value, events that match
ANSWERED = (
    ("cloudtrail_file", "aws", "cloudtrail", "requestParameters|contains", "main", 1),
    ("cloudtrail_rows", "aws", "cloudtrail", "eventName", "StopLogging", 1),
    ("cloudtrail_rows", "aws", "cloudtrail", "responseElements.ConsoleLogin", "Failure", 1),
    ("cloudtrail_lookup", "aws", "cloudtrail", "userIdentity.type", "IAMUser", 1),
    ("entra_audit_graph", "azure", "auditlogs", "properties.message", "Add member to role", 1),
    ("entra_diagnostic", "azure", "signinlogs", "ResultType", "50126", 1),
    ("entra_diagnostic", "azure", "riskdetection", "riskEventType", "anonymizedIPAddress", 1),
    ("azure_activity", "azure", "activitylogs", "operationName|endswith", "/disks/delete", 1),
    ("gcp_audit", "gcp", "gcp.audit", "gcp.audit.method_name|endswith", "DeleteSink", 2),
    ("okta_system_log", "okta", "okta", "debugContext.debugData.requestUri|contains", "reset", 2),
    ("workspace_activities", "gcp", "google_workspace.admin", "new_value", "true", 1),
    ("github_audit", "github", "audit", "action", "repo.access", 1),
    ("kubernetes_audit", "kubernetes", "audit", "objectRef.subresource", "exec", 2),
    ("services", "onelogin", "onelogin.events", "event_type_id", "149", 1),
    ("services", "cisco", "duo", "reason", "user_marked_fraud", 1),
    ("services", "bitbucket", "audit", "auditType.category", "Permissions", 1),
)  # fmt: skip


@pytest.mark.parametrize("asked", ANSWERED, ids=lambda asked: f"{asked[0]}-{asked[3]}")
def test_a_rule_finds_its_log_under_the_names_that_rules_use(
    asked: tuple[str, str, str, str, str, int], tmp_path: Path
) -> None:
    case, product, service, field, value, expected = asked
    told = RULE.format(
        title="asked", number=1, product=product, service=service, field=field, value=f"'{value}'"
    )
    (tmp_path / "asked.yml").write_text(told)
    program = compiled(load([tmp_path]))
    read = readers()["cloud_audit"].read(source_of(input_of(DATA / "cloud_audit" / case)))
    batches = [found for found in read if isinstance(found, EventBatch)]
    assert sum(len(list(program.findings(batch))) for batch in batches) == expected


# case, product, service, field as rules name it, value
TABLES = (
    ("entra_signins", "azure", "signinlogs", "ResultType", "50126"),
    ("entra_audit", "azure", "auditlogs", "properties.message", "Add member to role"),
    ("cloudtrail_history", "aws", "cloudtrail", "eventName", "StopLogging"),
    ("cloudtrail_lake", "aws", "cloudtrail", "userIdentity.type", "IAMUser"),
    ("cloudtrail_lake", "aws", "cloudtrail", "requestParameters.name", "main"),
)


@pytest.mark.parametrize("asked", TABLES, ids=lambda asked: f"{asked[0]}-{asked[3]}")
def test_a_rule_finds_the_same_log_as_a_table(
    asked: tuple[str, str, str, str, str], tmp_path: Path
) -> None:
    case, product, service, field, value = asked
    told = RULE.format(
        title="asked", number=1, product=product, service=service, field=field, value=f"'{value}'"
    )
    (tmp_path / "asked.yml").write_text(told)
    program = compiled(load([tmp_path]))
    read = readers()["cloud_tables"].read(source_of(input_of(DATA / "cloud_tables" / case)))
    batches = [found for found in read if isinstance(found, EventBatch)]
    assert sum(len(list(program.findings(batch))) for batch in batches) == 1


def test_records_in_a_list_are_cited_each_by_its_own_bytes() -> None:
    path = input_of(DATA / "cloud_audit" / "cloudtrail_file")
    (batch,) = (
        found
        for found in readers()["cloud_audit"].read(source_of(path))
        if isinstance(found, EventBatch)
    )
    content = path.read_bytes()
    for row in range(3):
        where = batch.where(row)
        assert where.offset is not None
        assert where.length is not None
        record = content[where.offset : where.offset + where.length]
        assert record.startswith(b'{"eventVersion"')
        assert record.endswith(b"}")


def test_an_object_is_written_as_text_only_where_somebody_asks_for_it(tmp_path: Path) -> None:
    log = tmp_path / "log.json"
    log.write_text(
        '{"eventVersion":"1.08","eventTime":"2025-03-02T10:00:00Z","eventSource":"s3.amazonaws.com",'
        '"eventName":"GetObject","awsRegion":"x","userIdentity":{"type":"Root"},'
        '"requestParameters":{"bucketName":"b"},"eventID":"1","recipientAccountId":"1"}\n'
    )
    (whole,) = (one for one in READER.read(source_of(log)) if isinstance(one, EventBatch))
    told = whole.table.column("requestParameters").to_pylist()
    assert told == ['{"bucketName":"b"}']
    for name in ("requestParameters", "requestParameters.bucketName", "eventName"):
        (some,) = READER.read(source_of(log, frozenset({name})))
        assert isinstance(some, EventBatch)
        assert some.table.column(name).equals(whole.table.column(name))
        assert ("requestParameters" in some.table.column_names) == (name == "requestParameters")


SIGNIN = (
    '{"id":"1","createdDateTime":"2026-03-02T07:00:01Z","userPrincipalName":"a@b.example",'
    '"ipAddress":"198.51.100.7","status":{"errorCode":50126},"NAME":"Office 365"}\n'
)


@pytest.mark.parametrize("names", [("a", "A"), ("A", "a"), ("a", "A", "a")], ids="".join)
def test_a_field_spelled_in_two_ways_has_the_name_that_rules_use_in_every_record(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    log = tmp_path / "log.json"
    first = SIGNIN.replace("NAME", "appDisplayName")
    written = [SIGNIN.replace("NAME", f"{name}ppDisplayName") for name in names]
    for fields in (None, frozenset({"properties.appDisplayName"})):
        for records in (written, *([one] for one in written)):
            log.write_text(first + "".join(records))
            read = READER.read(source_of(log, fields))
            told = [one.table for one in read if isinstance(one, EventBatch)]
            column = [x for t in told for x in t.column("properties.appDisplayName").to_pylist()]
            assert column == ["Office 365"] * (1 + len(records))
