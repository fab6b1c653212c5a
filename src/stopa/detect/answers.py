"""Which event batches answer a rule's log source, and how its fields are called there.

Spec: Sigma taxonomy 2.1.0; a log source is the same in rule and batch, or a table says it answers
Why: as data. To let another log answer a log source, add a line to `ANSWERS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from stopa.detect import windows_sources
from stopa.detect.scope import WINDOWS, Envelope, Scope, Words, words
from stopa.model.event import LogSource

SYSMON_FOR_LINUX = {
    "process_creation": "1",
    "network_connection": "3",
    "file_event": "11",
    "file_delete": "23",
}
ZEEK_DNS = {"record_type": "qtype_name", "answer": "answers", "src_ip": "id.orig_h"}
ZEEK_CONN = {
    "src_ip": "id.orig_h",
    "src_port": "id.orig_p",
    "dst_ip": "id.resp_h",
    "dst_port": "id.resp_p",
}
ZEEK_HTTP = {
    "c-ip": "id.orig_h",
    "c-uri": "uri",
    "c-uri-query": "uri",
    "c-uri-stem": "uri",
    "c-useragent": "user_agent",
    "cs-bytes": "request_body_len",
    "cs-host": "host",
    "cs-method": "method",
    "cs-referer": "referrer",
    "cs-uri": "uri",
    "cs-uri-query": "uri",
    "cs-uri-stem": "uri",
    "cs-user-agent": "user_agent",
    "cs-version": "version",
    "dst_ip": "id.resp_h",
    "dst_port": "id.resp_p",
    "r-dns": "host",
    "sc-bytes": "response_body_len",
    "sc-status": "status_code",
    "src_ip": "id.orig_h",
}
SURICATA_DNS = {
    "query": "dns.rrname",
    "record_type": "dns.rrtype",
    "answer": "dns.answers.rdata",
    "src_ip": "src_ip",
}
SURICATA_HTTP = {
    "c-ip": "src_ip",
    "c-uri": "http.url",
    "c-uri-query": "http.url",
    "c-uri-stem": "http.url",
    "c-useragent": "http.http_user_agent",
    "cs-host": "http.hostname",
    "cs-method": "http.http_method",
    "cs-referer": "http.http_refer",
    "cs-uri": "http.url",
    "cs-uri-query": "http.url",
    "cs-uri-stem": "http.url",
    "cs-user-agent": "http.http_user_agent",
    "dst_port": "dest_port",
    "r-dns": "http.hostname",
    "sc-status": "http.status",
}
SURICATA_FLOW = {"dst_ip": "dest_ip", "dst_port": "dest_port"}
GCP_AUDIT = {
    "gcp.audit.method_name": "protoPayload.methodName",
    "gcp.audit.service_name": "protoPayload.serviceName",
    "data.protoPayload.authorizationInfo.granted": "protoPayload.authorizationInfo.granted",
    "data.protoPayload.authorizationInfo.permission": "protoPayload.authorizationInfo.permission",
    "data.protoPayload.logName": "logName",
    "data.protoPayload.methodName": "protoPayload.methodName",
    "data.protoPayload.resource.type": "resource.type",
    "data.protoPayload.serviceName": "protoPayload.serviceName",
}

AUDITD_PROCESS = {
    "CommandLine": "cmdline",
    "CurrentDirectory": "cwd",
    "Image": "exe",
    "ParentProcessId": "ppid",
    "ProcessId": "pid",
    "User": "UID",
}

# What a rule asks for -> a batch that answers, besides one that says the same words, and the names
# of the fields there. In a rule's words None is "not said", in a batch's words "any".
ANSWERS: tuple[tuple[Words, Words, Mapping[str, str]], ...] = (
    ((None, "dns", None), ("zeek", None, "dns"), ZEEK_DNS),
    ((None, "dns", None), ("suricata", None, "dns"), SURICATA_DNS),
    ((None, "proxy", None), ("zeek", None, "http"), ZEEK_HTTP),
    ((None, "proxy", None), ("suricata", None, "http"), SURICATA_HTTP),
    ((None, "webserver", None), ("zeek", None, "http"), ZEEK_HTTP),
    ((None, "webserver", None), ("suricata", None, "http"), SURICATA_HTTP),
    ((None, "firewall", None), ("zeek", None, "conn"), ZEEK_CONN),
    ((None, "firewall", None), ("suricata", None, "flow"), SURICATA_FLOW),
    ((None, None, "netflow"), ("zeek", None, "conn"), ZEEK_CONN),
    ((None, None, "netflow"), ("suricata", None, "flow"), SURICATA_FLOW),
    (("linux", None, "sshd"), ("linux", None, "auth"), {}),
    (("linux", None, "sshd"), ("linux", None, "syslog"), {}),
    (("linux", None, "sudo"), ("linux", None, "auth"), {}),
    (("linux", None, "sudo"), ("linux", None, "syslog"), {}),
    (("linux", None, "cron"), ("linux", None, "auth"), {}),
    (("linux", None, "cron"), ("linux", None, "syslog"), {}),
    (("linux", None, "auth"), ("linux", None, "sshd"), {}),
    (("linux", None, "auth"), ("linux", None, "sudo"), {}),
    (("linux", None, "syslog"), ("linux", None, "auth"), {}),
    (("linux", None, "syslog"), ("linux", None, "sshd"), {}),
    (("linux", None, "syslog"), ("linux", None, "sudo"), {}),
    (("linux", None, "syslog"), ("linux", None, "cron"), {}),
    (("cisco", None, "aaa"), ("cisco", None, "ios"), {}),
    (("linux", None, "clamav"), ("linux", None, "syslog"), {}),
    (("linux", None, "guacamole"), ("linux", None, "syslog"), {}),
    (("linux", None, "vsftpd"), ("linux", None, "syslog"), {}),
    (("gcp", None, "gcp.audit"), ("gcp", None, "audit"), GCP_AUDIT),
    (("gcp", None, "gcp.audit"), ("kubernetes", None, "audit"), GCP_AUDIT),
    (("kubernetes", "application", "audit"), ("kubernetes", None, "audit"), {}),
    (("m365", None, "exchange"), ("m365", None, "audit"), {}),
    (("m365", None, "threat_management"), ("m365", None, "audit"), {}),
    (("m365", None, "threat_detection"), ("m365", None, "audit"), {}),
    ((None, "antivirus", None), ("linux", None, "clamav"), {}),
    (("apache", None, None), (None, "webserver", "error"), {}),
    (("nginx", None, None), (None, "webserver", "error"), {}),
)


class Answer(NamedTuple):
    """A scope that answers a rule: how fields are called there, and what else must be so."""

    scope: Scope
    fields: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]]


def answers(source: LogSource) -> list[Answer]:
    """Return all scopes that answer a rule of this log source."""
    product, category, service = asked = words(source)
    found = [Answer(Scope(asked), {}, {})] if product != WINDOWS else []
    if product == WINDOWS or (product is None and category and service is None):
        found += _windows(asked)
    if product == "linux" and category in SYSMON_FOR_LINUX and service in (None, "sysmon"):
        provider = frozenset({"linux-sysmon"})
        ids = frozenset({SYSMON_FOR_LINUX[category]})
        found.append(
            Answer(Scope(("linux", None, None), Envelope(provider, event_ids=ids)), {}, {})
        )
    if product == "linux" and category == "process_creation" and service in (None, "auditd"):
        executed = {"type": ("EXECVE",)}
        found.append(Answer(Scope(("linux", None, "auditd")), AUDITD_PROCESS, executed))
    found += [
        Answer(Scope(batch), names, {}) for rule, batch, names in ANSWERS if _asks(asked, rule)
    ]
    return found


def _asks(asked: Words, rule: Words) -> bool:
    product, category, service = asked
    return asked == rule or (product is None and (None, category, service) == rule)


def _windows(asked: Words) -> Iterator[Answer]:
    _, category, service = asked
    found = windows_sources.sources(category, service)
    for source in found:
        yield Answer(Scope((WINDOWS, None, None), source.envelope), source.fields, source.also)
    if category or (service and not found):
        yield Answer(Scope((WINDOWS, category, service), unstated=True), {}, {})
