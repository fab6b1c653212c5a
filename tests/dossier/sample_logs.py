"""The logs of the sample: files, rules, what they found, what became of every file."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from stopa.model.actor import Technique
from stopa.model.dossier import Activity, Watched
from stopa.model.evidence import Reliability, Where
from stopa.model.record import name
from stopa.model.rule import (
    Condition,
    Counted,
    Finding,
    Join,
    Match,
    Part,
    RuleCard,
    Ticks,
)


def sha(label: str) -> str:
    """Return a hash that stands for a file of the sample."""
    return hashlib.sha256(label.encode()).hexdigest()


# name, kind, size, reliability, events, source of its events, days of the log (first, count, gap)
LOGS = (
    ("dc01-security.evtx", "evtx", 69_206_016, Reliability.USUALLY, "windows security"),
    ("ws14-sysmon.evtx", "evtx", 33_558_528, Reliability.USUALLY, "windows sysmon"),
    ("webproxy-2024.log.gz", "proxy_log", 18_400_112, Reliability.FAIRLY, "proxy"),
    ("dns-resolver.jsonl", "json_lines", 9_120_004, Reliability.FAIRLY, "dns"),
    ("cloud-audit.jsonl", "cloudtrail", 4_280_331, Reliability.USUALLY, "cloud identity audit"),
    ("mailgate.mbox", "mbox", 2_311_870, Reliability.USUALLY, "mail"),
)
START = datetime(2023, 10, 9, tzinfo=UTC)
DAYS = 560
RuleRow = tuple[str, str, str, str, str, tuple[str, ...], int, str, str, str, tuple[int, ...]]

# id, title, level, author, licence, techniques, log, field, value, predicate, days of its findings
RULES: tuple[RuleRow, ...] = (
    (
        "a1f0c3d2-0001",
        "Mail with a tracking pixel from a look-alike domain",
        "medium",
        "stopa project",
        "Apache-2.0",
        ("T1598.003", "T1566.002"),
        5,
        "img_src",
        "https://static.velden-gov.example/p.gif?u=3fa9",
        "img_src|re: \\.gif\\?u=",
        (3, 4, 9, 41, 44),
    ),
    (
        "a1f0c3d2-0002",
        "Office program starts a script host",
        "high",
        "stopa project",
        "Apache-2.0",
        ("T1204.002", "T1059.001"),
        1,
        "ParentImage",
        "C:\\Program Files\\Office\\WINWORD.EXE",
        "ParentImage|endswith: \\WINWORD.EXE",
        (12, 13),
    ),
    (
        "b7d95a20-0003",
        "Encoded PowerShell command line",
        "high",
        "M. Harrow (SigmaHQ sample)",
        "DRL-1.1",
        ("T1059.001", "T1027"),
        1,
        "CommandLine",
        "powershell.exe -NoP -W Hidden -Enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA",
        "CommandLine|contains: ' -enc '",
        (12, 13, 14, 47, 188, 190),
    ),
    (
        "b7d95a20-0004",
        "Memory of the local security authority is read",
        "critical",
        "R. Okonjo (SigmaHQ sample)",
        "DRL-1.1",
        ("T1003.001",),
        1,
        "TargetImage",
        "C:\\Windows\\System32\\lsass.exe",
        "TargetImage|endswith: \\lsass.exe",
        (48, 49, 191),
    ),
    (
        "a1f0c3d2-0005",
        "Service ticket asked with weak encryption",
        "high",
        "stopa project",
        "Apache-2.0",
        ("T1558.003",),
        0,
        "TicketEncryptionType",
        "0x17",
        "TicketEncryptionType: '0x17'",
        (49, 50, 52, 192, 193, 195, 196),
    ),
    (
        "a1f0c3d2-0006",
        "Resolver asked for a name of high entropy, many times an hour",
        "medium",
        "stopa project",
        "Apache-2.0",
        ("T1071.004", "T1568.002"),
        3,
        "query",
        "k3j9x0q2vv7a.cdn-metrics.example",
        "query|re: ^[a-z0-9]{12}\\.",
        tuple(range(60, 150, 6)) + tuple(range(300, 420, 8)),
    ),
    (
        "a1f0c3d2-0007",
        "Upload to a cloud store that the house does not use",
        "medium",
        "stopa project",
        "Apache-2.0",
        ("T1567.002",),
        2,
        "cs-host",
        "files.cloudbucket.example",
        "cs-host|endswith: .cloudbucket.example",
        (66, 90, 121, 305, 333, 410, 411),
    ),
    (
        "a1f0c3d2-0008",
        "Mailbox rule that forwards outside",
        "high",
        "stopa project",
        "Apache-2.0",
        ("T1114.003",),
        4,
        "ForwardTo",
        "archive.desk@mailbox.example",
        "ForwardTo|exists: true",
        (201, 333),
    ),
    (
        "a1f0c3d2-0009",
        "Consent given to an application with full mailbox scope",
        "high",
        "stopa project",
        "Apache-2.0",
        ("T1528", "T1098.003"),
        4,
        "scope",
        "full_access_as_app",
        "scope|contains: full_access",
        (200,),
    ),
    (
        "b7d95a20-0010",
        "Security log cleared",
        "critical",
        "T. Brandt (SigmaHQ sample)",
        "DRL-1.1",
        ("T1070.001",),
        0,
        "EventID",
        "1102",
        "EventID: 1102",
        (421,),
    ),
)
COUNTING = "a1f0c3d2-0006"  # the rule that counts events
MEMBERS = 25  # of them in each of its findings
HOSTS = ("WS14", "DC01", "PROXY01", "RESOLVER02", "tenant-velden", "MAILGATE")
LOG_HOST = (1, 0, 2, 3, 4, 5)
USERS = ("VELDEN\\j.marek", "VELDEN\\svc-backup", None)
TECHNIQUES = (
    Technique("T1598.003", "Spearphishing Link", ("reconnaissance",)),
    Technique("T1566.002", "Spearphishing Link", ("initial-access",)),
    Technique("T1566.001", "Spearphishing Attachment", ("initial-access",)),
    Technique("T1204.002", "Malicious File", ("execution",)),
    Technique("T1059.001", "PowerShell", ("execution",)),
    Technique("T1027", "Obfuscated Files or Information", ("defense-evasion",)),
    Technique("T1003.001", "LSASS Memory", ("credential-access",)),
    Technique("T1558.003", "Kerberoasting", ("credential-access",)),
    Technique("T1071.004", "DNS", ("command-and-control",)),
    Technique("T1568.002", "Domain Generation Algorithms", ("command-and-control",)),
    Technique("T1567.002", "Exfiltration to Cloud Storage", ("exfiltration",)),
    Technique("T1114.003", "Email Forwarding Rule", ("collection",)),
    Technique("T1528", "Steal Application Access Token", ("credential-access",)),
    Technique("T1098.003", "Additional Cloud Roles", ("persistence", "privilege-escalation")),
    Technique("T1070.001", "Clear Windows Event Logs", ("defense-evasion",)),
    Technique("T1583.001", "Domains", ("resource-development",)),
    Technique("T1090.003", "Multi-hop Proxy", ("command-and-control",)),
    Technique(
        "T1078",
        "Valid Accounts",
        ("initial-access", "persistence", "privilege-escalation", "defense-evasion"),
    ),
)
EXPECTED = (Technique("T1505.003", "Web Shell", ("persistence",)),)
WATCHED = (
    Watched("windows/process_creation", ("T1003.001", "T1027", "T1059.001", "T1078", "T1204")),
    Watched("proxy", ("T1071.004", "T1567.002", "T1568.002")),
)


def card(row: RuleRow) -> RuleCard:
    return RuleCard(
        id=row[0],
        title=row[1],
        level=row[2],
        status="test",
        author=row[3],
        license=row[4],
        description=f"{row[1]}: written for the sample.",
        tags=tuple(f"attack.{technique.lower()}" for technique in row[5]),
        techniques=row[5],
        references=("https://attack.mitre.org/",),
        falsepositives=("administrators at work",),
        file=f"rules/{row[0]}.yml",
        condition="selection",
    )


def conditions() -> tuple[Condition, ...]:
    """Return the condition of each rule; that of `COUNTING` is a correlation's."""
    return tuple(sorted((_condition(row) for row in RULES), key=lambda one: one.id))


def _condition(row: RuleRow) -> Condition:
    if row[0] == COUNTING:
        counted = (
            Part(0, Join.ALL),
            Part(1, Join.TEST, "≥ 20", "event_count"),
            Part(1, Join.TEST, "within 1 hour"),
            Part(1, Join.ANY, "hits of"),
            Part(2, Join.TEST, "Name of high entropy asked for"),
        )
        return Condition(name("C", row[0]), row[0], "hits of rules, in order of time", counted)
    values = tuple(Part(3, Join.TEST, f"contains 'other {n}'", row[7]) for n in range(30))
    parts = (
        Part(0, Join.ALL),
        Part(1, Join.ALL, "selection"),
        Part(2, Join.ANY),
        *values[:20],
        Part(3, Join.TEST, row[9].partition(": ")[2], row[7]),
        *values[20:],
        Part(1, Join.NOT),
        Part(2, Join.ALL, "filter_backup"),
        Part(3, Join.TEST, "is 'veldenbackup'", "Account"),
        Part(3, Join.TEST, "is present", row[7]),
    )
    return Condition(name("C", row[0]), row[0], "windows" if row[6] else "any log", parts)


def _ticks(row: RuleRow) -> Ticks:
    if row[0] == COUNTING:
        return Ticks(name("C", row[0]), ((0, 0), (1, 1), (2, 0), (3, 0), (4, 0)))
    held = ((0, 0), (1, 0), (2, 0), (23, 1), (34, 0), (37, 2))
    return Ticks(name("C", row[0]), held, (Match(row[7], "seen by the filter"),))


def _members(log: str, record: int) -> tuple[Where, ...]:
    return tuple(Where(sha(log), line=record + n) for n in range(MEMBERS))


def findings() -> list[Finding]:
    found = []
    for rule in RULES:
        for turn, day in enumerate(rule[10]):
            record = 10_000 + day * 97 + turn
            log = LOGS[rule[6]]
            where = (
                Where(sha(log[0]), record=record, offset=record * 611, length=1_204)
                if log[1] == "evtx"
                else Where(sha(log[0]), line=record)
            )
            found.append(
                Finding(
                    name("F", rule[0], day),
                    rule[0],
                    where,
                    START
                    + timedelta(
                        days=day,
                        hours=7 + turn % 9,
                        minutes=13 * turn % 60,
                        microseconds=4_127_003 * (turn + 1),
                    ),
                    HOSTS[LOG_HOST[rule[6]]] if turn % 4 != 3 else "WS22",
                    USERS[turn % 3],
                    (Match(rule[7], rule[8], rule[9]),),
                    _members(log[0], record) if rule[0] == COUNTING else (),
                    tuple(
                        Counted(START + timedelta(days=day, minutes=n), ("High entropy",))
                        for n in range(MEMBERS)
                    )
                    if rule[0] == COUNTING
                    else (),
                    _ticks(rule),
                )
            )
    return found


def activity() -> list[Activity]:
    days = []
    for place, row in enumerate(LOGS):
        for day in range(DAYS):
            if (place == 2 and 150 < day < 260) or (place == 4 and day < 170):
                continue  # the proxy log has a hole, the cloud log begins late
            events = 40 + (day * 37 + place * 101) % 211 if day % 7 < 5 else (day * 13) % 19
            if events:
                stamp = f"{START + timedelta(days=day):%Y-%m-%d}"
                days.append(Activity(stamp, sha(row[0]), row[4], events))
    return days
