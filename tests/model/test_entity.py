"""What is one thing has one name; what only may be one thing is linked by a rule that is said."""

from __future__ import annotations

import pytest

from stopa.model.entity import Drawn, Entity, EntityKind, Link, drawn, link, readings
from stopa.model.entity_fields import TABLES, drawing
from stopa.model.event import LogSource

K = EntityKind
GUID = "f3329a35-1c6c-627e-e516-000000000600"
SAYS = [
    (Drawn.ADDRESS, "::ffff:192.0.2.7", K.ADDRESS, "192.0.2.7"),
    (Drawn.ADDRESS, "::ffff:c000:207", K.ADDRESS, "192.0.2.7"),
    (Drawn.ADDRESS, "192.0.2.7:4433", K.ADDRESS, "192.0.2.7"),
    (Drawn.ADDRESS, "[2001:DB8::7]:443", K.ADDRESS, "2001:db8::7"),
    (Drawn.ADDRESS, "fe80::1%eth0", K.ADDRESS, "fe80::1"),
    (Drawn.HOST, "WS014.Ministry.Example", K.HOST, "ws014.ministry.example"),
    (Drawn.HOST, "\\\\DC01", K.HOST, "dc01"),
    (Drawn.HOST, "192.0.2.7", K.ADDRESS, "192.0.2.7"),
    (Drawn.DOMAIN, "C2.Example.NET.", K.DOMAIN, "c2.example.net"),
    (Drawn.DOMAIN, "files.example.net:8080", K.DOMAIN, "files.example.net"),
    (Drawn.DOMAIN, "wpad", K.HOST, "wpad"),
    (Drawn.URL, "https://a:b@Files.Example.net:8443/x?y", K.DOMAIN, "files.example.net"),
    (Drawn.USER, "Eva", K.USER, "eva"),
    (Drawn.USER, ".\\Eva", K.USER, "eva"),
    (Drawn.USER, "MINISTRY\\Eva", K.ACCOUNT, "ministry\\eva"),
    (Drawn.USER, "eva@Ministry.example", K.ACCOUNT, "eva@ministry.example"),
    (Drawn.USER, "s-1-5-21-1-2-3-1104", K.ACCOUNT, "S-1-5-21-1-2-3-1104"),
    (Drawn.USER, "S-1-5-18", K.ACCOUNT, "nt authority\\system"),
    (Drawn.PRINCIPAL, "eva/MINISTRY.EXAMPLE", K.ACCOUNT, "eva@ministry.example"),
    (Drawn.PROCESS, f"{{{GUID.upper()}}}", K.PROCESS, GUID),
    (Drawn.FILE, "\\??\\C:/Windows/System32/cmd.EXE", K.FILE, "c:\\windows\\system32\\cmd.exe"),
    (Drawn.FILE, "/usr/bin/Curl", K.FILE, "/usr/bin/Curl"),
    (Drawn.MAIL, "Eva N <Eva@Ministry.example>", K.MAIL, "eva@ministry.example"),
    (Drawn.CLOUD, "arn:aws:iam::1:user/Marta", K.CLOUD, "arn:aws:iam::1:user/marta"),
]  # fmt: skip
SAYS_NOTHING = [
    (Drawn.ADDRESS, "not an address"),
    (Drawn.ADDRESS, "0.0.0.0"),  # noqa: S104 - what logs write for "no address"
    (Drawn.ADDRESS, "999.1.1.1"),
    (Drawn.HOST, "-"),
    (Drawn.HOST, "two words"),
    (Drawn.USER, "MINISTRY\\-"),
    (Drawn.USER, "(null)"),
    (Drawn.MAIL, "undisclosed-recipients:;"),
    (Drawn.PROCESS, "4242"),
    (Drawn.URL, "/index.html"),
    (Drawn.FILE, "x" * 40_000),
]
LINKS = [
    (Drawn.USER, "bob", "ACME\\bob", Link.BARE),
    (Drawn.USER, "acme\\bob", "bob@acme.example", Link.LABEL),
    (Drawn.USER, "acme\\bob", "ACME\\BOB", Link.SAME),
    (Drawn.USER, "acme.example\\bob", "bob@acme.example", Link.ORDER),
    (Drawn.USER, "acme\\bob", "other\\bob", None),
    (Drawn.USER, "acme\\bob", "bob@other.example", None),
    (Drawn.USER, "bob@a.example", "bob@b.example", None),
    (Drawn.USER, "bob", "bobby", None),
    (Drawn.HOST, "ws014", "WS014.ministry.example", Link.SHORT),
    (Drawn.HOST, "ws014.a.example", "ws014.b.example", None),
    (Drawn.DOMAIN, "example.net", "c2.example.net", Link.UNDER),
    (Drawn.DOMAIN, "example.net", "badexample.net", None),
    (Drawn.FILE, "cmd.exe", "C:\\Windows\\System32\\CMD.EXE", Link.BASE),
    (Drawn.FILE, "cmd.exe", "C:\\Windows\\notcmd.exe", None),
    (Drawn.FILE, "c:\\a\\b.exe", "\\Device\\HarddiskVolume2\\a\\b.exe", Link.VOLUME),
    (Drawn.FILE, "c:\\a\\b.exe", "\\Device\\HarddiskVolume2\\x\\b.exe", None),
    (Drawn.ADDRESS, "192.0.2.7", "192.0.2.70", None),
]


@pytest.mark.parametrize(("what", "text", "kind", "name"), SAYS)
def test_what_differs_in_writing_alone_has_one_name(
    what: Drawn, text: str, kind: EntityKind, name: str
) -> None:
    assert drawn(what, text) == Entity(kind, name)


@pytest.mark.parametrize(("what", "text"), SAYS_NOTHING)
def test_what_names_nothing_is_no_entity(what: Drawn, text: str) -> None:
    assert drawn(what, text) is None


@pytest.mark.parametrize(("what", "wanted", "found", "rule"), LINKS)
def test_a_link_says_its_rule_and_goes_no_further(
    what: Drawn, wanted: str, found: str, rule: Link | None
) -> None:
    one, other = drawn(what, wanted), drawn(what, found)
    assert one is not None
    assert other is not None
    assert link(one, other) is rule


def test_a_machine_account_is_linked_to_its_host_only() -> None:
    host = Entity(K.HOST, "ws014.ministry.example")
    assert link(host, Entity(K.ACCOUNT, "ministry\\ws014$")) is Link.MACHINE
    assert link(host, Entity(K.ACCOUNT, "ministry\\ws0144$")) is None
    assert link(host, Entity(K.ACCOUNT, "ministry\\ws014")) is None


def test_a_typed_name_is_all_that_it_can_be() -> None:
    kinds = {entity.kind for entity in readings("eva@ministry.example")}
    assert {K.ACCOUNT, K.MAIL, K.CLOUD} <= kinds
    assert K.ADDRESS not in kinds
    assert readings("eva", K.ADDRESS) == frozenset()


@pytest.mark.parametrize("log", [log for log, _ in TABLES], ids=str)
def test_every_table_can_be_read(log: LogSource) -> None:
    plan = drawing(log)
    assert plan.slots
    assert plan.tells
    assert all(slot.role and slot.field.strip() for slot in plan.slots)


def test_a_field_that_means_two_things_is_drawn_from_where_it_means_a_name() -> None:
    def fields(log: LogSource) -> set[str]:
        return {slot.field for slot in drawing(log).slots}

    assert "service" in fields(LogSource("zeek", None, "kerberos"))
    assert "service" not in fields(LogSource("zeek", None, "conn"))
    assert "name" in fields(LogSource("zeek", None, "smb_files"))
    assert "name" not in fields(LogSource("zeek", None, "weird"))


def test_a_log_without_a_table_is_drawn_from_by_names_that_logs_share() -> None:
    fields = {slot.field for slot in drawing(LogSource("unheard_of")).slots}
    assert {"src_ip", "user", "_host"} <= fields


@pytest.mark.parametrize(
    ("source", "fields", "told"),
    [
        (
            LogSource("windows", None, "dhcp_server"),
            ("ID", "Description", "IP Address", "Host Name", "MAC Address"),
            ["Description", "IP Address", "Host Name", "MAC Address"],
        ),
        (
            LogSource(category="timeline"),
            ("date", "type", "sourcetype", "desc", "short", "filename"),
            ["type", "sourcetype", "desc", "short", "filename"],
        ),
        (
            LogSource("m365", None, "inbox_rules"),
            ("Name", "ForwardTo", "DeleteMessage", "RuleIdentity"),
            ["Name", "ForwardTo", "DeleteMessage"],
        ),
    ],
)
def test_a_line_of_a_trail_tells_what_happened(
    source: LogSource, fields: tuple[str, ...], told: list[str]
) -> None:
    assert [name for name in drawing(source).tells if name in fields] == told
