"""What programs say in logs of their own that have no reader of their own.

Spec: https://dev.mysql.com/doc/refman/8.4/en/error-log.html
Spec: https://www.postgresql.org/docs/current/runtime-config-logging.html
Spec: https://learn.microsoft.com/exchange/mail-flow/connectors/protocol-logging
Spec: https://docs.asterisk.org/Configuration/Core-Configuration/Logging-Configuration/
"""

# ruff: noqa: E501 (a sentence of a program stays on one line, as the program writes it)

from __future__ import annotations

import re

from stopa.readers._log_lines import pairs
from stopa.readers._patterned import IP

PAIR = re.compile(
    r"([A-Za-z](?<![^\s,;(\[].)[\w.-]{1,31}+)=(?:\"([^\"]{0,512})\"|'([^']{0,512})'|([^\s,;\"'\]]{0,512}))"
)
BRACKET_PAIR = re.compile(r"\[(\w{2,16}): ?([^\]]{0,512})\]")
# The other side is named after a word or a sign. Their first characters stand first: where none of
# them is, nothing is tried.
SIDE = re.compile(
    r"[FCRIHAPBfcrihapb\[@/](?i:(?<=\b.)(?:(?<=f)rom|(?<=c)lient|(?<=r)emote|(?<=f)or|(?<=i)p|(?<=h)ost|(?<=a)ddress|(?<=r)host|(?<=p)eer|(?<=b)y)[ :=/]{0,3}"
    rf"|(?<=\[)(?:CLIENT: |ipv[46]:|AF_INET6?\])|(?<=@)'|(?<=/))\s?['\"\[(<]{{0,2}}(?P<src_ip>{IP})(?![\w.])(?::(?P<src_port>\d{{1,5}}))?"
)
ADDRESS = re.compile(r"\d\.\d{1,3}\.\d|:[\da-fA-F]{0,4}:")  # as much as any address has
NAMED_BEFORE = 32  # characters: the longest word that names a side, signs, and the first digits
LEADING = re.compile(rf"\[?(?P<src_ip>{IP})(?::(?P<src_port>\d{{1,5}}))?\]? ")

# Columns that Exchange's protocol logs share; a column may stand in quotation marks.
SESSION = r"(?P<session_id>[0-9A-F]{16}),(?P<sequence_number>\d{1,9})"
ENDS = rf"(?P<dst_ip>{IP}|\[[\da-fA-F:.]{{2,45}}\]):(?P<dst_port>\d{{1,5}}),(?P<src_ip>{IP}|\[[\da-fA-F:.]{{2,45}}\]):(?P<src_port>\d{{1,5}})"

PATTERNS = (
    (
        "mailbox session",
        rf"{SESSION},{ENDS},(?P<user>[^,]*),(?P<duration>\d*),(?P<rqsize>\d*),(?P<rpsize>\d*),(?P<command>[^,]*),(?P<parameters>[^,]*),(?P<context>.*)",
    ),
    (
        "mail session",
        rf"(?P<connector_id>[^,]{{1,200}}),{SESSION},{ENDS},(?P<smtp_event>[<>+*-]),(?P<data>(?P<code>[2-5]\d\d)[ -](?:(?P<enhanced_code>\d\.\d{{1,3}}\.\d{{1,3}}) )?(?P<reply>.*)|.*),(?P<context>[^,]*)",
    ),
    (
        "login failed",
        r"(?:(?P<thread>\d+) \[(?P<level>\w+)\] (?:\[(?P<code>MY-\d+)\] \[(?P<subsystem>\w+)\] )?)?.{0,80}?Access denied for user '(?P<user>[^']*)'@'(?P<src_ip>[^']*)'(?: to database '(?P<database>[^']*)')?(?: \(using password: (?P<using_password>\w+)\))?.*",
    ),
    (
        "login failed",
        r"Logon +Login failed for user '(?P<user>.*)'\. Reason: (?P<reason>.*) \[CLIENT: (?P<src_ip>[^\]]+)\].*",
    ),
    (
        "login failed",
        r"\[(?P<pid>\d+)\] (?P<who>\S*)@(?P<database>\S*) (?P<severity>[A-Z]{3,9}): +(?P<auth_method>\w+) authentication failed for user \"(?P<user>[^\"]*)\".*",
    ),
    ("login failed", r".{0,160}?password authentication failed for user \"(?P<user>[^\"]*)\".*"),
    ("login failed", r".{0,160}?Invalid username or password for user: (?P<user>.*)"),
    ("login failed", r".{0,160}?Auth-Failure ip (?P<src_ip>\S+) username '(?P<user>.*)'"),
    (
        "login failed",
        r".{0,160}?Authentication attempt from \[?(?P<src_ip>[^,\]\s]+)[^\]\s]*(?:, [^\]]*)?\]? for user \"(?P<user>.*)\" failed.*",
    ),
    ("login failed", r"(?:\[INFO ?\] )?AUTHFAIL: user=(?P<user>.*) ip=(?P<src_ip>\S+) time=\d+"),
    (
        "login failed",
        r"\[pid \d+\] \[(?P<user>[^\]]*)\] FAIL LOGIN: Client \"(?P<src_ip>[^\"]*)\".*",
    ),
    (
        "login accepted",
        r"\[pid \d+\] \[(?P<user>[^\]]*)\] OK LOGIN: Client \"(?P<src_ip>[^\"]*)\".*",
    ),
    (
        "security event",
        r".{0,160}?SecurityEvent=\"(?P<security_event>[^\"]*)\".*,RemoteAddress=\"IPV[46]/\w+/(?P<src_ip>[^/\"]+)/(?P<src_port>\d+)\".*",
    ),
    (
        "call rejected",
        rf".{{0,160}}?Call (?:from '(?P<user>.*)' )?\((?:\w{{2,4}}:)?\[?(?P<src_ip>{IP})\]?:(?P<src_port>\d{{1,5}})\) to extension '(?P<extension>.*)' rejected because (?P<reason>.*)",
    ),
    (
        "login failed",
        r".{0,160}?manager\.c: (?P<src_ip>\S+) (?:failed to authenticate as|tried to authenticate with nonexistent user) '(?P<user>.*)'",
    ),
    ("probe", r".{0,160}?hacking attempt detected '(?P<src_ip>[^']+)'"),
    (
        "registration failed",
        r".{0,120}?Registration from '(?P<said>.*)' failed for '(?P<src_ip>[^']*?)(?::(?P<src_port>\d+))?' - (?P<reason>.*)",
    ),
    (
        "probe blocked",
        r"Host: (?P<src_host>[^\s/]+)/(?P<src_ip>\S+) Port: (?P<dst_port>\d+) (?P<protocol>\w+) (?P<verdict>\w+)",
    ),
    (
        "login failed",
        r"(?:(?P<host>\S{1,64}) )?proftpd\[(?P<pid>\d+)\] \S+ \((?P<src_host>[^\[]*)\[(?P<src_ip>[^\]]*)\]\)(?: -|:)? USER (?P<user>.*?)(?: \(Login failed\): (?P<reason>.*)|: no such user found from .*)",
    ),
    (
        "peer",
        rf"(?P<user>[\w.@-]{{1,64}})/(?P<src_ip>{IP}):(?P<src_port>\d{{1,5}}) (?P<said>.*)",
    ),
    ("connection", r"(?P<what>ACCEPT|CLOSE) host=(?P<src_ip>\S+) port=(?P<src_port>\d+) .*"),
)


def named(text: str) -> dict[str, object]:
    """Return the pairs of a message, and the address that it names as the other side."""
    found = pairs(BRACKET_PAIR, text) if "[" in text else {}
    if "=" in text:
        found |= pairs(PAIR, text)
    if side := LEADING.match(text) or _side(text):
        found |= {name: value for name, value in side.groupdict().items() if value}
    if "" in found.values():
        return {name: value for name, value in found.items() if value != ""}
    return found


def _side(text: str) -> re.Match[str] | None:
    """Return the first address that a word or a sign says to be the other side's.

    Where the first address is one with dots and no colon stands before it, there is no other whose
    word could stand further away.
    """
    address = ADDRESS.search(text)
    if address is None:
        return None
    start = address.start()
    dotted = text[start] != ":" and text.find(":", 0, start) < 0
    return SIDE.search(text, max(0, start - NAMED_BEFORE) if dotted else 0)
