"""One entity is followed through all logs of a case, each step with its place and its zone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from stopa.case.plan import Plan, Quiet
from stopa.case.trail import Asked, Trail, trail
from stopa.case.tree import descendants, trees
from stopa.case.work import investigate
from stopa.cli.group import cli
from stopa.errors import InputError
from stopa.model.entity import EntityKind, Link
from stopa.model.time_basis import Basis
from tests.shared import SHARED, needs_shared

SYSMON = "Microsoft-Windows-Sysmon"
GUIDS = ["{00000000-0000-0000-0000-00000000000%d}" % n for n in range(4)]  # noqa: UP031
SYSMON_EVENTS = [
    {"EventID": 1, "ProcessGuid": GUIDS[1], "ProcessId": 100, "Image": "C:\\a\\mail.exe",
     "ParentProcessGuid": GUIDS[0], "ParentImage": "C:\\Windows\\explorer.exe",
     "CommandLine": "mail.exe", "User": "MINISTRY\\eva", "LogonId": "0x1f"},
    {"EventID": 1, "ProcessGuid": GUIDS[2], "ProcessId": 101, "Image": "C:\\Windows\\cmd.exe",
     "ParentProcessGuid": GUIDS[1], "CommandLine": "cmd /c \u202ewhoami", "User": "MINISTRY\\eva",
     "LogonId": "0x1f"},
    {"EventID": 3, "ProcessGuid": GUIDS[2], "Image": "C:\\Windows\\cmd.exe",
     "User": "MINISTRY\\eva", "SourceIp": "192.0.2.31", "SourcePort": 50001,
     "DestinationIp": "203.0.113.80", "DestinationPort": 443},
]  # fmt: skip
ZEEK = (
    '{"_path":"conn","ts":1748412935.5,"uid":"C1","id.orig_h":"192.0.2.31","id.orig_p":50001,'
    '"id.resp_h":"203.0.113.80","id.resp_p":443,"proto":"tcp","conn_state":"SF"}\n'
    '{"_path":"dns","ts":1748412933.5,"uid":"C2","id.orig_h":"192.0.2.31","id.orig_p":5000,'
    '"id.resp_h":"192.0.2.53","id.resp_p":53,"query":"c2.example.net","qclass":1,'
    '"answers":["203.0.113.80"],"rejected":false}\n'
)
SIGN_IN = (
    '{"createdDateTime":"2025-05-28T06:20:00Z","userPrincipalName":"eva@ministry.example",'
    '"appDisplayName":"Mail","ipAddress":"::ffff:203.0.113.80","status":{"errorCode":0},'
    '"clientAppUsed":"Browser","conditionalAccessStatus":"success","id":"s1"}\n'
)
ERRORS = (
    "[Wed May 28 08:17:00.000001 2025] [core:error] [pid 1:tid 2] [client 203.0.113.80:443] x\n"
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("trail")
    evidence = home / "evidence"
    evidence.mkdir()
    lines = []
    for second, event in enumerate(SYSMON_EVENTS):
        lines.append(
            {"Provider": SYSMON, "SourceName": SYSMON, "Hostname": "WS014.ministry.example",
             "Channel": f"{SYSMON}/Operational", "UtcTime": f"2025-05-28 06:15:3{second}.000",
             "@timestamp": f"2025-05-28T06:15:3{second}.000Z", **event}
        )  # fmt: skip
    (evidence / "sysmon.json").write_text("".join(f"{json.dumps(one)}\n" for one in lines))
    (evidence / "zeek.json").write_text(ZEEK)
    (evidence / "signins.json").write_text(SIGN_IN)
    (evidence / "error.log").write_text(ERRORS * 3)
    zone = datetime.fromisoformat("2025-05-28T00:00:00+02:00").tzinfo
    investigate([evidence], home / "case", Plan(zone=zone), Quiet())
    return home / "case"


def test_an_address_is_followed_through_logs_that_write_it_in_their_own_ways(case: Path) -> None:
    found = trail(case, "203.0.113.80")
    seen = [step.source for step in found.steps]
    assert {"windows", "zeek/conn", "zeek/dns", "azure/signinlogs", "webserver/error"} <= set(seen)
    assert [step.time for step in found.steps] == sorted(
        filter(None, (s.time for s in found.steps))
    )
    roles = {step.source: step.as_[0][0].role for step in found.steps}
    assert roles["windows"] == "destination"
    assert roles["zeek/dns"] == "answered"
    assert roles["azure/signinlogs"] == "client"


def test_each_step_says_how_its_zone_is_known(case: Path) -> None:
    known = {step.source: step.basis for step in trail(case, "203.0.113.80").steps}
    assert known["zeek/conn"] is Basis.STATED
    assert known["windows"] is Basis.FORMAT  # UtcTime: UTC by its name alone
    assert known["webserver/error"] is Basis.OPTION


def test_names_that_a_rule_links_say_so_and_can_be_left_out(case: Path) -> None:
    found = trail(case, "eva")
    rules = {(s.entity.name, s.link) for s in found.spellings}
    assert ("ministry\\eva", Link.BARE) in rules
    assert trail(case, "eva", Asked(exact=True)).events == 0
    other = trail(case, "ministry\\eva")
    linked = {s.entity.name: s.link for s in other.spellings}
    assert linked == {"ministry\\eva": Link.SAME, "eva@ministry.example": Link.LABEL}
    assert trail(case, "elsewhere\\eva").events == 0


def test_a_host_is_found_with_and_without_its_domain(case: Path) -> None:
    assert trail(case, "ws014").events == len(SYSMON_EVENTS)
    assert trail(case, "WS014.ministry.example", Asked(exact=True)).events == len(SYSMON_EVENTS)
    assert trail(case, "ws014.elsewhere.example").events == 0


def test_time_kind_and_limit_narrow_it_down_and_the_count_stays(case: Path) -> None:
    since = datetime(2025, 5, 28, 6, 15, 33, tzinfo=UTC)
    assert all(s.time and s.time >= since for s in _of(case, Asked(since=since)).steps)
    assert _of(case, Asked(until=since)).events == 1
    limited = _of(case, Asked(limit=2))
    assert len(limited.steps) == 2
    assert limited.events > 2
    assert limited.steps == _of(case, Asked()).steps[:2]
    with pytest.raises(InputError):
        trail(case, "203.0.113.80", Asked(kind=EntityKind.PROCESS))


def _of(case: Path, asked: Asked) -> Trail:
    return trail(case, "203.0.113.80", asked)


def test_others_in_the_same_events_are_counted(case: Path) -> None:
    others = {c.entity.name: c.events for c in _of(case, Asked()).together}
    assert others["192.0.2.31"] == 3
    assert "203.0.113.80" not in others


def test_processes_stand_under_their_parents_also_under_one_that_the_log_never_saw(
    case: Path,
) -> None:
    (root,) = trees(case, "cmd.exe").roots
    assert not root.seen
    assert [p.image.rpartition("\\")[2] for p in descendants(root)] == [
        "explorer.exe",
        "mail.exe",
        "cmd.exe",
    ]
    assert trees(case, "other.exe").roots == ()


def test_a_parent_that_is_logged_after_its_child_is_known_all_the_same(tmp_path: Path) -> None:
    child, parent = SYSMON_EVENTS[1], SYSMON_EVENTS[0]
    lines = [
        {"Provider": SYSMON, "SourceName": SYSMON, "Hostname": "WS014", "UtcTime": f"{at}.000",
         "Channel": f"{SYSMON}/Operational", "@timestamp": f"{at.replace(' ', 'T')}Z", **event}
        for at, event in (("2025-05-28 06:15:30", child), ("2025-05-28 06:15:31", parent))
    ]  # fmt: skip
    (tmp_path / "sysmon.json").write_text("".join(f"{json.dumps(one)}\n" for one in lines))
    investigate([tmp_path / "sysmon.json"], tmp_path / "case", Plan(), Quiet())
    (root,) = trees(tmp_path / "case", "cmd.exe").roots
    assert [p.seen for p in descendants(root)] == [False, True, True]


def test_the_command_shows_a_line_an_event_and_hides_nothing(case: Path) -> None:
    shown = _run("trail", case, "cmd.exe")
    assert "<U+202E>" in shown
    assert "\u202e" not in shown
    plain = json.loads(_run("trail", case, "203.0.113.80", "--json"))
    assert plain["events"] == len(plain["trail"]) == sum(s["events"] for s in plain["sources"])
    assert "explorer.exe" in _run("trail", case, "mail.exe", "--tree")
    assert "4 later events" in _run("trail", case, "203.0.113.80", "--limit", "3")


def _run(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words], standalone_mode=False)
    assert result.exception is None, result.exception
    return result.stdout


# An entity of each case, the log sources its trail must join, and how many events at least.
CASES = [
    ("apt29_evals_day1", "10.0.1.4", {"zeek/conn", "zeek/dns", "zeek/kerberos", "zeek/http"}, 200),
    ("apt29_evals_day1", "pbeesly", {"zeek/kerberos"}, 10),
    ("log4shell", "192.168.3.5", {"windows", "suricata/http", "suricata/flow"}, 20),
    ("log4shell", "192.168.2.6", {"azure/network_connection/vmconnection", "suricata/http"}, 10),
    ("log4shell", "ubuntu5", {"linux/sysmon", "linux/auditd"}, 100),
    ("lsass_campaign_01", "10.0.5.13", {"zeek/http", "zeek/ssl", "suricata/tls"}, 15),
    ("lsass_campaign_01", "stevie.marie", {"zeek/kerberos", "suricata/krb5"}, 5),
]


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("name", ["apt29_evals_day1", "log4shell", "lsass_campaign_01"])
def test_a_real_case_read_in_one_command_shows_one_trail_across_its_sources(
    name: str, tmp_path: Path
) -> None:
    _run("investigate", SHARED / "data" / "cases" / name, "-o", tmp_path / "case", "--quiet")
    for _, entity, sources, events in (case for case in CASES if case[0] == name):
        shown = json.loads(_run("trail", tmp_path / "case", entity, "--json"))
        assert sources <= {source["source"] for source in shown["sources"]}
        assert shown["events"] >= events
        times = [step["time"] for step in shown["trail"]]
        assert times == sorted(times)


CREATED = "2025-05-28T%sZ"
SECURITY = "Microsoft-Windows-Security-Auditing"
SID = "S-1-5-21-1-2-3-1104"


def security(number: int, clock: str, **data: object) -> dict[str, object]:
    return {
        "EventID": number, "SourceName": SECURITY, "Provider": SECURITY, "Channel": "Security",
        "Hostname": "WS014.ministry.example", "@timestamp": CREATED % clock,
        "TimeCreated": CREATED % clock, **data,
    }  # fmt: skip


LOGONS = [
    security(4624, "06:15:00", TargetUserSid=SID, TargetUserName="eva",
             TargetDomainName="MINISTRY", TargetLogonId="0x1f", LogonType=3),
    security(4688, "06:15:09", SubjectUserSid="S-1-5-18", SubjectUserName="WS014$",
             SubjectDomainName="MINISTRY", SubjectLogonId="0x3e7", NewProcessName="C:\\a.exe"),
    security(4672, "06:15:10", SubjectLogonId="0x1f", PrivilegeList="SeDebugPrivilege"),
]  # fmt: skip
LEASES = (
    '{"_path":"dhcp","ts":%s,"uids":["C1"],"client_addr":"192.0.2.31","assigned_addr":"192.0.2.31",'
    '"host_name":"%s","mac":"00:00:5e:00:53:01","lease_time":3600.0,"msg_types":["REQUEST","ACK"]}\n'
)
FIRST, SECOND = 1748412000, 1748415600  # 06:00 and 07:00 UTC of that day
CONNECTION = (
    '{"_path":"conn","ts":%s,"uid":"%s","id.orig_h":"192.0.2.31","id.orig_p":50001,'
    '"id.resp_h":"203.0.113.80","id.resp_p":443,"proto":"tcp","conn_state":"SF"}\n'
)
SSHD = """2025-05-28T06:15:00+00:00 gw sshd[812]: Connection from 203.0.113.9 port 4000 on 192.0.2.1 port 22
2025-05-28T06:15:01+00:00 gw sshd[812]: fatal: Unable to negotiate a key exchange method [preauth]
2025-05-30T06:15:01+00:00 gw sshd[812]: fatal: Unable to negotiate a key exchange method [preauth]
"""  # noqa: E501 (a line of a log stays on one line)


DHCPD = """2025-05-28T06:00:00+00:00 gw dhcpd[1]: DHCPREQUEST for 192.0.2.40 from 00:00:5e:00:53:02 (pr007) via eth0
2025-05-28T06:00:01+00:00 gw dhcpd[1]: DHCPACK on 192.0.2.40 to 00:00:5e:00:53:02 (pr007) via eth0
2025-05-28T07:00:01+00:00 gw dnsmasq-dhcp[2]: DHCPACK(eth0) 192.0.2.40 00:00:5e:00:53:02 pr007
"""  # noqa: E501


@pytest.fixture(scope="module")
def hopping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hops")
    evidence = home / "evidence"
    evidence.mkdir()
    (evidence / "security.json").write_text("".join(f"{json.dumps(one)}\n" for one in LOGONS))
    leases = LEASES % (FIRST, "ws014") + LEASES % (SECOND, "ws099")
    (evidence / "dhcp.json").write_text(leases)
    flows = CONNECTION % (FIRST + 60, "C1") + CONNECTION % (SECOND + 60, "C2")
    (evidence / "conn.json").write_text(flows)
    (evidence / "signins.json").write_text(SIGN_IN)
    (evidence / "auth.log").write_text(SSHD)
    (evidence / "dhcpd.log").write_text(DHCPD)
    investigate([evidence], home / "case", Plan(), Quiet())
    return home / "case"


def test_a_sid_leads_to_the_account_and_on_to_its_mail_address(hopping: Path) -> None:
    found = trail(hopping, SID)
    (hop,) = found.hops
    assert (hop.entity.name, hop.before.name) == ("ministry\\eva", SID)
    assert hop.where.line == 1
    assert {step.source for step in found.steps} == {"windows", "azure/signinlogs"}
    assert {link for step in found.steps for _, link in step.as_} == {Link.SAME, Link.HOP}


def test_a_session_leads_to_its_account_and_so_to_its_sid(hopping: Path) -> None:
    found = trail(hopping, "WS014.ministry.example\\0x1f")
    names = [(hop.entity.name, hop.depth) for hop in found.hops]
    assert names == [("ministry\\eva", 1), (SID, 2)]
    assert trail(hopping, "WS014.ministry.example\\0x1f", Asked(hops=1)).hops == found.hops[:1]


def test_the_systems_own_logon_is_nobodys_session(hopping: Path) -> None:
    with pytest.raises(InputError):
        trail(hopping, "ws014\\0x3e7", Asked(EntityKind.SESSION))


def test_a_host_is_followed_to_its_address_while_it_has_the_lease(hopping: Path) -> None:
    found = trail(hopping, "ws014")
    (hop,) = (hop for hop in found.hops if hop.entity.kind is EntityKind.ADDRESS)
    assert hop.holds == (datetime.fromtimestamp(FIRST, UTC), datetime.fromtimestamp(SECOND, UTC))
    flows = [step for step in found.steps if step.source == "zeek/conn"]
    assert [step.time for step in flows] == [datetime.fromtimestamp(FIRST + 60, UTC)]
    assert trail(hopping, "ws099").events == 2  # its lease, and the second connection


def test_a_lease_of_linux_servers_is_kept_by_its_renewals(hopping: Path) -> None:
    (hop,) = trail(hopping, "pr007").hops
    since, until = hop.holds
    assert (hop.entity.name, since) == ("192.0.2.40", datetime(2025, 5, 28, 6, 0, 1, tzinfo=UTC))
    assert until == datetime(2025, 6, 5, 7, 0, 1, tzinfo=UTC)


def test_an_address_leads_to_the_process_that_names_it_and_its_other_lines(hopping: Path) -> None:
    found = trail(hopping, "203.0.113.9")
    assert [hop.entity.name for hop in found.hops] == ["gw\\812"]
    assert found.events == 2  # a process of the same number, two days later, is another


def test_exactly_one_name_is_followed_where_that_is_asked(hopping: Path) -> None:
    assert trail(hopping, SID, Asked(exact=True)).hops == ()
    assert trail(hopping, SID, Asked(hops=0)).hops == ()


def test_hops_are_shown_with_reason_place_and_time(hopping: Path) -> None:
    told = CliRunner().invoke(cli, ["trail", str(hopping), "ws014"]).output
    assert "followed to" in told
    assert "address 192.0.2.31  from ws014: had this address by the DHCP server" in told
    plain = json.loads(CliRunner().invoke(cli, ["trail", str(hopping), SID, "--json"]).output)
    assert plain["hops"][0]["reason"] == "an event gives both to one account"
