"""What other services and the kernel say: packets, crashes, name servers, proxies, file and VPN servers.

Spec: https://www.netfilter.org/documentation/HOWTO/packet-filtering-HOWTO.html
Spec: https://bind9.readthedocs.io/en/latest/reference.html#logging-block-definition-and-usage
Spec: https://docs.haproxy.org/3.0/configuration.html#8.2.3
Spec: https://docs.strongswan.org/docs/latest/config/logging.html
Spec: https://kb.isc.org/docs/isc-dhcp-44-manual-pages-dhcpd
"""

# ruff: noqa: E501 (a sentence of a program stays on one line, as the program writes it)

from __future__ import annotations

import re

from stopa.model.event import LogSource
from stopa.readers._access_lines import access, error, requested
from stopa.readers._device_messages import FILTERLOG
from stopa.readers._log_lines import pairs
from stopa.readers._patterned import IP, Table

PACKET = re.compile(r"([A-Z]{2,9}|PHYSIN|PHYSOUT)=(\S*)")
AUDIT_PAIR = re.compile(r'([a-z_]{2,20})=(?:"([^"]*)"|(\S*))')
# What a web server says where syslog has a field of the same name for the whole line.
OWN = {"severity": "level", "message": "said"}
NETFILTER = (("src_ip", "SRC"), ("dst_ip", "DST"), ("src_port", "SPT"), ("dst_port", "DPT"))
NETFILTER_NAMES = (*NETFILTER, ("protocol", "PROTO"))


def _packet(text: str) -> dict[str, object]:
    """Draw what netfilter says of a packet, or the audit subsystem through the kernel's log."""
    if " SRC=" in text and " DST=" in text:
        found = {name: value for name, value in pairs(PACKET, text).items() if value}
        return {**found, "prefix": text.partition("IN=")[0].strip()}
    if "audit(" in text[:80]:
        return pairs(AUDIT_PAIR, text)
    return {}


def kernel_log(fields: dict[str, object]) -> LogSource:
    """Return the firewall's log for packets, plain syslog for all else."""
    if "SRC" in fields:
        return LogSource("linux", "firewall", "iptables")
    return LogSource("linux", None, "syslog")


def _request(text: str) -> dict[str, object]:
    """Draw the parts of the request that ends a line of HAProxy's."""
    before, mark, request = text.rstrip('"').rpartition(' "')
    return requested(request) if mark and "[" in before else {}


def _web(text: str) -> dict[str, object]:
    """Draw the fields of an access or error log's line that a web server wrote to syslog."""
    found = access(text) or error(text) or {}
    drawn = {OWN.get(name, name): value for name, value in found.items() if name != "timestamp"}
    if "said" in drawn:
        drawn["said"] = str(drawn["said"]).partition(", client: ")[0]
    return drawn


KERNEL = (
    ("crashed", r"(?:\[ *[\d.]+\] )?(?P<process>.{1,64})\[(?P<process_id>\d+)\]: segfault at (?P<address>[\da-f]+) ip (?P<ip>[\da-f]+) sp (?P<sp>[\da-f]+) error (?P<error>[\da-f]+)(?: in (?P<library>[^\[]+)\[(?P<library_offset>[^\]]+)\])?.*"),
    ("killed for memory", r"(?:\[ *[\d.]+\] )?(?:Out of memory: )?Killed process (?P<process_id>\d+) \((?P<process>[^)]*)\).*"),
    ("interface listens to all", r"(?:\[ *[\d.]+\] )?device (?P<interface>\S+) (?P<way>entered|left) promiscuous mode"),
    ("module loaded unsigned", r"(?:\[ *[\d.]+\] )?(?P<module>\S+): (?:loading out-of-tree module taints kernel\.|module verification failed.*)"),
)  # fmt: skip
CLIENT = r"client (?:@0x[\da-f]+ )?(?P<src_ip>[^\s#]+)#(?P<src_port>\d+)(?:/key (?P<key>\S+))?(?: \((?P<asked>[^)]*)\))?: (?:view (?P<view>[^:]+): )?"
NAMED = (
    ("query", rf"(?:queries: )?(?:info: )?{CLIENT}query: (?P<query>\S*) (?P<class>\S+) (?P<record_type>\S+) (?P<flags>\S+)(?: \((?P<server>[^)]*)\))?.*"),
    ("query denied", rf"(?:(?:security|client): )?(?:info: |error: )?{CLIENT}query(?: \(cache\))? '(?P<query>[^/']*)/(?P<record_type>[^/']*)/(?P<class>[^']*)' denied.*"),
    ("transfer denied", rf"(?:(?:security|client): )?(?:info: |error: )?{CLIENT}(?:bad )?zone transfer '(?P<query>[^/']*)/(?P<record_type>[^/']*)/(?P<class>[^']*)' denied.*"),
    ("transfer", rf"(?:xfer-out: )?(?:info: )?{CLIENT}transfer of '(?P<query>[^/']*)/(?P<class>[^']*)': (?P<record_type>\S+) (?P<what>.*)"),
    ("update denied", rf"(?:(?:security|client|update-security): )?(?:info: |error: )?{CLIENT}update(?: forwarding)? '(?P<query>[^/']*)/(?P<class>[^']*)' denied.*"),
    ("query failed", rf"(?:query-errors: )?(?:info: |debug \d+: )?{CLIENT}query failed \((?P<code>[^)]*)\) for (?P<query>[^/\s]*)/(?P<class>[^/\s]*)/(?P<record_type>\S+) at .*"),
    ("client", rf"(?:[\w-]+: )?(?:info: |error: |notice: |warning: )?{CLIENT}(?P<said>.*)"),
)  # fmt: skip
HAPROXY = (
    ("request", r"(?P<src_ip>\S+):(?P<src_port>\d+) \[(?P<accept_date>[^\]]+)\] (?P<frontend>\S+) (?P<backend>[^\s/]+)/(?P<server>\S+) (?P<time_request>[-+\d]+)/(?P<time_queue>[-+\d]+)/(?P<time_connect>[-+\d]+)/(?P<time_response>[-+\d]+)/(?P<time_total>[-+\d]+) (?P<status>-?\d+) \+?(?P<bytes>\d+) (?P<request_cookie>\S+) (?P<response_cookie>\S+) (?P<termination>\S{4}) (?P<act_conn>\d+)/(?P<fe_conn>\d+)/(?P<be_conn>\d+)/(?P<srv_conn>\d+)/(?P<retries>\+?\d+) (?P<srv_queue>\d+)/(?P<backend_queue>\d+)(?: \{(?P<request_headers>[^}]*)\})?(?: \{(?P<response_headers>[^}]*)\})? \"(?P<request>.*?)\"?"),
    ("connection", r"(?P<src_ip>\S+):(?P<src_port>\d+) \[(?P<accept_date>[^\]]+)\] (?P<frontend>\S+) (?P<backend>[^\s/]+)/(?P<server>\S+) (?P<timers>[-+\d/]+) \+?(?P<bytes>\d+) (?P<termination>\S{2}) .*"),
    ("connection error", r"(?P<src_ip>\S+):(?P<src_port>\d+) \[(?P<accept_date>[^\]]+)\] (?P<frontend>[^\s:]+): (?P<reason>.*)"),
)  # fmt: skip
FTP = (
    ("login refused", r"(?P<dst_host>\S+) \((?P<src_host>[^\[]*)\[(?P<src_ip>[^\]]*)\]\)(?: -|:)? SECURITY VIOLATION: (?P<user>.*) login attempted.*"),
    ("login failed", r"(?P<dst_host>\S+) \((?P<src_host>[^\[]*)\[(?P<src_ip>[^\]]*)\]\)(?: -|:)? USER (?P<user>.*?)(?: \(Login failed\): (?P<reason>.*)|: no such user found from .*)"),
    ("told", r"(?P<dst_host>\S+) \((?P<src_host>[^\[]*)\[(?P<src_ip>[^\]]*)\]\)(?: -|:)? (?P<said>.*)"),
    ("login failed", r"(?:\[pid \d+\] )?\[(?P<user>[^\]]*)\] FAIL LOGIN: Client \"(?P<src_ip>[^\"]*)\".*"),
    ("login accepted", r"(?:\[pid \d+\] )?\[(?P<user>[^\]]*)\] OK LOGIN: Client \"(?P<src_ip>[^\"]*)\".*"),
    ("file moved", r"(?:\[pid \d+\] )?\[(?P<user>[^\]]*)\] (?P<outcome>OK|FAIL) (?P<action>\w+): Client \"(?P<src_ip>[^\"]*)\"(?:, \"(?P<file>[^\"]*)\")?.*"),
    ("connected", r"(?:\[pid \d+\] )?CONNECT: Client \"(?P<src_ip>[^\"]*)\".*"),
)  # fmt: skip
SAMBA = (
    ("login", r"Auth: \[(?P<service>[^,\]]*),(?P<description>[^\]]*)\] user \[(?P<domain>[^\]]*)\]\\\[(?P<user>[^\]]*)\] at \[(?P<at>[^\]]*)\] with \[(?P<auth_method>[^\]]*)\] status \[(?P<status>[^\]]*)\] workstation \[(?P<workstation>[^\]]*)\] remote host \[ipv[46]:(?P<src_ip>[^\]]*?):(?P<src_port>\d+)\].*"),
)  # fmt: skip
VPN = (
    ("login failed", rf"(?:(?P<user>[\w.@-]{{1,64}})/)?(?P<src_ip>{IP}):(?P<src_port>\d+) (?P<reason>(?:TLS Auth Error|AUTH: Received control message: AUTH_FAILED|SENT CONTROL \[[^\]]*\]: 'AUTH_FAILED).*)"),
    ("packet", r"(?:\d+\[\w+\] )?(?:<[^>]*> )?(?P<way>sending|received) packet: from (?P<src_ip>[^\[]+)\[(?P<src_port>\d+)\] to (?P<dst_ip>[^\[]+)\[(?P<dst_port>\d+)\].*"),
    ("session started", r"(?:\d+\[\w+\] )?(?:<[^>]*> )?(?P<src_ip>\S+) is initiating an? .*"),
    ("login failed", r"(?:\d+\[\w+\] )?(?:<[^>]*> )?(?P<method>EAP method \S+|\S+ authentication|.*) (?:failed for peer|for) '?(?P<user>[^'\s]+)'? ?(?:failed)?.*"),
    ("peer", rf"(?:(?P<user>[\w.@-]{{1,64}})/)?(?P<src_ip>{IP}):(?P<src_port>\d+) (?P<said>.*)"),
    ("peer", rf".*\[AF_INET6?\](?P<src_ip>{IP}):(?P<src_port>\d+).*"),
)  # fmt: skip
PFSENSE = (
    ("login failed", r"/\S*: (?:webConfigurator|Web GUI) authentication error for (?:user )?'(?P<user>.*)' from:? (?P<src_ip>\S+?)(?: \(.*)?"),
    ("login accepted", r"/\S*: Successful login for user '(?P<user>.*)' from:? (?P<src_ip>\S+?)(?: \(.*)?"),
)  # fmt: skip
LDAP = (
    ("connection", r"conn=(?P<conn>\d+) fd=\d+ ACCEPT from IP=\[?(?P<src_ip>[^\s\]]+?)\]?:(?P<src_port>\d+) \(IP=(?P<listen>[^)]*)\)"),
    ("bind", r"conn=(?P<conn>\d+) op=(?P<op>\d+) BIND dn=\"(?P<user>[^\"]*)\" (?P<what>.*)"),
    ("search", r"conn=(?P<conn>\d+) op=(?P<op>\d+) SRCH base=\"(?P<base>[^\"]*)\" .*filter=\"(?P<filter>.*)\""),
    ("result", r"conn=(?P<conn>\d+) op=(?P<op>\d+) (?:SEARCH )?RESULT tag=\d+ err=(?P<err>\d+) .*"),
)  # fmt: skip
OF_CLIENT = (
    r"(?P<mac>[\da-fA-F:]{11,60})(?: \((?P<client_host>[^)]*)\))?(?: via (?P<interface>\S+))?.*"
)
DHCP = (
    ("address leased", rf"DHCPACK on (?P<leased_ip>{IP}) to {OF_CLIENT}"),
    ("address leased", rf"DHCPACK\((?P<interface>[^)]*)\) (?P<leased_ip>{IP}) (?P<mac>[\da-fA-F:]{{11,60}})(?: (?P<client_host>\S+))?"),
    ("address offered", rf"DHCPOFFER on (?P<offered_ip>{IP}) to {OF_CLIENT}"),
    ("address asked for", rf"DHCPREQUEST for (?P<asked_ip>{IP})(?: \([^)]*\))? from {OF_CLIENT}"),
    ("address given back", rf"DHCPRELEASE of (?P<released_ip>{IP}) from {OF_CLIENT}"),
    ("address looked for", rf"DHCPDISCOVER from {OF_CLIENT}"),
    ("address refused", rf"DHCPNAK on (?P<refused_ip>{IP}) to {OF_CLIENT}"),
    ("address leased", rf"DHCP4_LEASE_ALLOC \[hwtype=\d+ (?P<mac>[\da-fA-F:]{{11,60}})\].*: lease (?P<leased_ip>{IP}) has been allocated for (?P<seconds>\d+) seconds"),
)  # fmt: skip
SERVICES = (
    (
        "kernel ufw netfilter iptables",
        Table(LogSource("linux", None, "syslog"), KERNEL, also=_packet, log_of=kernel_log, aliases=NETFILTER_NAMES),
    ),
    ("named bind bind9", Table(LogSource("bind", "dns"), NAMED)),
    ("haproxy", Table(LogSource("haproxy", "webserver"), HAPROXY, also=_request, aliases=(("c-ip", "src_ip"), ("sc-status", "status")))),
    ("nginx httpd apache apache2 lighttpd caddy", Table(LogSource(category="webserver"), also=_web, aliases=(("c-useragent", "cs-user-agent"), ("cs(User-Agent)", "cs-user-agent")))),
    ("vsftpd", Table(LogSource("linux", None, "vsftpd"), FTP)),
    ("proftpd ftpd", Table(LogSource("linux", None, "ftp"), FTP)),
    ("smb smbd smbd_audit samba", Table(LogSource("linux", None, "samba"), SAMBA)),
    ("charon ipsec strongswan openvpn ovpn-server ovpn pluto", Table(LogSource("linux", None, "vpn"), VPN)),
    ("php-fpm audit", Table(LogSource("pfsense", None, "gui"), PFSENSE, also=_packet)),
    ("filterlog", FILTERLOG),
    ("dhcpd dnsmasq-dhcp kea-dhcp4", Table(LogSource("linux", None, "dhcp"), DHCP)),
    ("slapd", Table(LogSource("linux", None, "ldap"), LDAP)),
    ("clamd freshclam clamav clamav-daemon", Table(LogSource("linux", None, "clamav"), (("malware found", r"(?P<file>.*): (?P<signature>\S+) FOUND"),))),
    ("endlessh", Table(LogSource("linux", None, "endlessh"), patterns=(("told", r"(?P<what>[A-Z]+) host=(?P<src_ip>\S+) port=(?P<src_port>\d+) (?P<said>.*)"),))),
    ("audispd audisp auditd", Table(LogSource("linux", None, "auditd"), also=_packet)),
    ("guacd guacamole tomcat", Table(LogSource("linux", None, "guacamole"), (("login failed", r".*Authentication attempt from \[?(?P<src_ip>[^,\]\s]+)[^\]]*\]? for user \"(?P<user>.*)\" failed.*"),))),
)  # fmt: skip
