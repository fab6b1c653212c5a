"""What network devices say in syslog: Cisco ASA and IOS, Fortinet, Palo Alto, pf, MikroTik.

Spec: https://www.cisco.com/c/en/us/td/docs/security/asa/syslog/b_syslog.html
Spec: https://docs.fortinet.com/document/fortigate/7.4.0/fortios-log-message-reference/
Spec: https://docs.paloaltonetworks.com/pan-os/11-0/pan-os-admin/monitoring/use-syslog-for-monitoring/syslog-field-descriptions
Spec: https://docs.netgate.com/pfsense/en/latest/monitoring/logs/raw-filter-format.html
Trap: an ASA names the foreign side first, also of connections that began within ("outbound"); the
message at their end does not say where they began.
"""

# ruff: noqa: E501 (a sentence of a program stays on one line, as the program writes it)

from __future__ import annotations

import re

from stopa.model.event import LogSource
from stopa.readers._fortinet_lines import fortinet, fortinet_log
from stopa.readers._paloalto_lines import paloalto, paloalto_log
from stopa.readers._patterned import Table

ZONED = r"(?P<{0}_zone>[^\s:/()]+):(?P<{0}_ip>[^\s/()]+)/(?P<{0}_port>\d+|\w+)"
SRC, DST = ZONED.format("src"), ZONED.format("dst")
FOREIGN, LOCAL = ZONED.format("foreign"), ZONED.format("local")
MAPPED = r"(?: ?\((?P<{0}_mapped>[^\s()]+)\))?(?:\((?P<{0}_user>[^()]+)\))?"
TO_SRC, TO_DST = MAPPED.format("src"), MAPPED.format("dst")
ASA = (
    ("connection built", rf"Built (?P<direction>inbound) (?P<protocol>\S+) connection (?P<connection>\d+) for {SRC}{TO_SRC} to {DST}{TO_DST}.*"),
    ("connection built", rf"Built (?P<direction>outbound) (?P<protocol>\S+) connection (?P<connection>\d+) for {DST}{TO_DST} to {SRC}{TO_SRC}.*"),
    ("connection torn down", rf"Teardown (?P<protocol>\S+) connection (?P<connection>\d+) for {FOREIGN}(?:\([^)]*\))? to {LOCAL}(?:\([^)]*\))? duration (?P<duration>\S+) bytes (?P<bytes>\d+)(?: (?P<reason>.*))?"),
    ("denied", r"Deny (?P<protocol>\S+) src (?P<src_zone>[^\s:]+):(?P<src_ip>[^\s/]+)(?:/(?P<src_port>\d+))?(?:\([^)]*\))? dst (?P<dst_zone>[^\s:]+):(?P<dst_ip>[^\s/]+)(?:/(?P<dst_port>\d+))?(?:\([^)]*\))? (?:\(type \d+, code \d+\) )?by access-group \"(?P<rule>[^\"]*)\".*"),
    ("denied", r"Deny (?:inbound )?(?P<protocol>\S+) (?:\(no connection\) )?from (?P<src_ip>[^\s/]+)/(?P<src_port>\d+) to (?P<dst_ip>[^\s/]+)/(?P<dst_port>\d+) .*"),
    ("denied", r"Inbound (?P<protocol>\S+) connection denied from (?P<src_ip>[^\s/]+)/(?P<src_port>\d+) to (?P<dst_ip>[^\s/]+)/(?P<dst_port>\d+) .*"),
    ("judged by list", r"access-list (?P<rule>\S+) (?P<action>permitted|denied|est-allowed) (?P<protocol>\S+) (?P<src_zone>[^\s/]+)/(?P<src_ip>[^\s(]+)\((?P<src_port>\d+)\)(?:\([^)]*\))? -> (?P<dst_zone>[^\s/]+)/(?P<dst_ip>[^\s(]+)\((?P<dst_port>\d+)\).*"),
    ("login failed", r"AAA user authentication Rejected : reason = (?P<reason>[^:]*) : (?:local database|server = ?\S+) : user = (?P<user>.*?)(?: : user IP = (?P<src_ip>\S+))?"),
    ("login accepted", r"AAA user authentication Successful : (?:local database|server = ?\S+) : user = (?P<user>.*)"),
    ("login denied", r"Login denied from (?P<src_ip>[^\s/]+)/(?P<src_port>\d+) to [^\s:]+:(?P<dst_ip>[^\s/]+)/(?P<dst_port>\w+) for user \"(?P<user>.*)\""),
    ("login permitted", r"Login permitted from (?P<src_ip>[^\s/]+)/(?P<src_port>\d+) to [^\s:]+:(?P<dst_ip>[^\s/]+)/(?P<dst_port>\w+) for user \"(?P<user>.*)\""),
    ("command run", r"User '(?P<user>[^']*)'(?:, running '[^']*' from IP (?P<src_ip>[^\s,]+),)? executed the? ?'?(?P<command>.*?)'? ?(?:command)?\.?"),
    ("VPN session", r"Group <(?P<group>[^>]*)> User <(?P<user>[^>]*)> IP <(?P<src_ip>[^>]*)> (?P<said>.*)"),
    ("VPN session ended", r"Group = (?P<group>[^,]*), Username = (?P<user>[^,]*), IP = (?P<src_ip>[^,]*), (?P<said>.*)"),
    ("URL accessed", r"(?P<src_ip>[^\s@]+)(?:@\S+)? Accessed URL (?P<dst_ip>[^\s:]+):(?P<url>.*)"),
    ("address translated", rf"(?:Built|Teardown) (?P<kind>dynamic|static) (?P<protocol>\S+) translation from {SRC}.* to (?P<dst_zone>[^\s:]+):(?P<mapped_ip>[^\s/]+).*"),
)  # fmt: skip
IOS = (
    ("configured", r"Configured from (?P<from_where>\S+) by (?P<user>\S+)(?: on (?P<line>\S+) \((?P<src_ip>[^)]+)\))?"),
    ("login failed", r"Login failed \[user: (?P<user>.*)\] \[Source: (?P<src_ip>[^\]]*)\] \[localport: (?P<dst_port>\d+)\] \[Reason: (?P<reason>[^\]]*)\].*"),
    ("login accepted", r"Login Success \[user: (?P<user>.*)\] \[Source: (?P<src_ip>[^\]]*)\] \[localport: (?P<dst_port>\d+)\].*"),
    ("command run", r"User:(?P<user>\S+) +logged command:(?P<command>.*)"),
    ("judged by list", r"list (?P<rule>\S+) (?P<action>permitted|denied) (?P<protocol>\S+) (?P<src_ip>[^\s(]+)(?:\((?P<src_port>\d+)\))? .*?-> (?P<dst_ip>[^\s(,]+)(?:\((?P<dst_port>\d+)\))?.*"),
)  # fmt: skip
MIKROTIK = (
    ("login failed", r"login failure for user (?P<user>.*) from (?P<src_ip>\S+) via (?P<via>\S+)"),
    ("login accepted", r"user (?P<user>\S+) logged (?P<way>in|out) from (?P<src_ip>\S+) via (?P<via>\S+)"),
    ("packet", r"(?:(?P<rule>.*?) )?(?P<chain>input|forward|output|prerouting|postrouting|srcnat|dstnat): in:(?P<in>\S+|\(unknown \d+\)) out:(?P<out>[^,]*), (?:connection-state:(?P<state>\S+) )?(?:src-mac (?P<src_mac>[^\s,]+), )?proto (?P<protocol>\w+)(?: \([^)]*\))?, \[?(?P<src_ip>[\da-fA-F:.]+?)\]?(?::(?P<src_port>\d+))?->\[?(?P<dst_ip>[\da-fA-F:.]+?)\]?(?::(?P<dst_port>\d+))?, .*?len (?P<length>\d+).*".replace("(?P<in>", "(?P<in_interface>").replace("(?P<out>", "(?P<out_interface>")),
)  # fmt: skip
FILTER_NAMES = (
    "rule", "sub_rule", "anchor", "tracker", "interface", "reason", "action", "direction", "version",
)  # fmt: skip
V4 = ("tos", "ecn", "ttl", "id", "offset", "flags", "protocol_id", "protocol", "length", "src_ip", "dst_ip")  # fmt: skip
V6 = ("class", "flow_label", "hop_limit", "protocol", "protocol_id", "length", "src_ip", "dst_ip")
PORTED = ("src_port", "dst_port", "data_length", "tcp_flags", "sequence", "ack", "window", "urgent", "options")  # fmt: skip


def filterlog(text: str) -> dict[str, object]:
    """Return the fields of a line of pf's log as pfSense and OPNsense write it."""
    cells = text.split(",")
    names = [*FILTER_NAMES, *(V4 if cells[8:9] == ["4"] else V6), *PORTED]
    return {name: cell for name, cell in zip(names, cells, strict=False) if cell}


DEVICE = re.compile(r"(?:date=|devname=|logver=)|\d{0,3},\d{4}/\d\d/\d\d ")
MNEMONIC = re.compile(r"%(?:ASA|FTD|PIX|FWSM)-")
FIREWALL_ASA = Table(LogSource("cisco", "firewall", "asa"), ASA)
ROUTER = Table(LogSource("cisco", None, "ios"), IOS)
FORTINET = Table(LogSource("fortigate"), also=fortinet, log_of=fortinet_log)
PALO_ALTO = Table(LogSource("paloalto"), also=paloalto, log_of=paloalto_log)
ROUTEROS = Table(LogSource("mikrotik", None, None), MIKROTIK)
FILTERLOG = Table(LogSource("pfsense", "firewall"), also=filterlog)


def device(program: str, message: str) -> Table | None:
    """Return the table of the device that such a message comes from; None of any other."""
    if program.startswith("%"):
        return FIREWALL_ASA if MNEMONIC.match(program) else ROUTER
    if not program and (found := DEVICE.match(message)):
        return FORTINET if found[0][0].isalpha() else PALO_ALTO
    return None
