"""Lines of Palo Alto's firewalls: comma-separated, the columns told by the type of the log.

Spec: https://docs.paloaltonetworks.com/pan-os/11-0/pan-os-admin/monitoring
Trap: each version of the system appends columns; what lies behind those named here is kept as
`more`. Reserved columns have no name and are mostly empty.
"""

# ruff: noqa: E501 (the addresses of specifications are long)

from __future__ import annotations

import csv

from stopa.model.event import LogSource

COMMON = "receive_time serial type subtype _ time_generated"
ADDRESSES = (
    "src_ip dst_ip nat_src_ip nat_dst_ip rule src_user dst_user application vsys src_zone dst_zone "
    "inbound_interface outbound_interface log_action _ session_id repeat_count src_port dst_port "
    "nat_src_port nat_dst_port flags protocol action"
)
COLUMNS = {
    "TRAFFIC": f"{COMMON} {ADDRESSES} bytes bytes_sent bytes_received packets start_time "
    "elapsed_time url_category _ sequence_number action_flags src_country dst_country _ "
    "packets_sent packets_received session_end_reason group_1 group_2 group_3 group_4 "
    "vsys_name device_name action_source",
    "THREAT": f"{COMMON} {ADDRESSES} url_or_file threat_id url_category severity direction "
    "sequence_number action_flags src_country dst_country _ content_type pcap_id file_digest cloud "
    "url_index user_agent file_type x_forwarded_for referer sender subject recipient report_id "
    "group_1 group_2 group_3 group_4 vsys_name device_name",
    "SYSTEM": f"{COMMON} vsys event_id object _ _ module severity description sequence_number "
    "action_flags group_1 group_2 group_3 group_4 vsys_name device_name",
    "CONFIG": f"{COMMON} host vsys command admin client result path before after sequence_number "
    "action_flags",
    "GLOBALPROTECT": f"{COMMON} vsys event_id stage auth_method tunnel_type src_user src_region "
    "machine_name public_ip public_ipv6 private_ip private_ipv6 host_id serial_number "
    "client_version client_os client_os_version repeat_count reason error description status location",
    "USERID": f"{COMMON} vsys src_ip user data_source event_id repeat_count timeout src_port "
    "dst_port source source_type sequence_number",
}
# What the web interface calls the columns where it exports a log as CSV.
TITLES = {
    "Receive Time": "receive_time",
    "Serial #": "serial",
    "Type": "type",
    "Threat/Content Type": "subtype",
    "Generate Time": "time_generated",
    "Source address": "src_ip",
    "Destination address": "dst_ip",
    "NAT Source IP": "nat_src_ip",
    "NAT Destination IP": "nat_dst_ip",
    "Rule": "rule",
    "Source User": "src_user",
    "Destination User": "dst_user",
    "Application": "application",
    "Virtual System": "vsys",
    "Source Zone": "src_zone",
    "Destination Zone": "dst_zone",
    "Inbound Interface": "inbound_interface",
    "Outbound Interface": "outbound_interface",
    "Log Action": "log_action",
    "Session ID": "session_id",
    "Repeat Count": "repeat_count",
    "Source Port": "src_port",
    "Destination Port": "dst_port",
    "NAT Source Port": "nat_src_port",
    "NAT Destination Port": "nat_dst_port",
    "Flags": "flags",
    "IP Protocol": "protocol",
    "Action": "action",
    "Bytes": "bytes",
    "Bytes Sent": "bytes_sent",
    "Bytes Received": "bytes_received",
    "Packets": "packets",
    "Start Time": "start_time",
    "Elapsed Time (sec)": "elapsed_time",
    "Category": "url_category",
    "Source Country": "src_country",
    "Destination Country": "dst_country",
    "Threat/Content Name": "threat_id",
    "URL": "url_or_file",
    "Severity": "severity",
    "Direction": "direction",
    "Event ID": "event_id",
    "Object": "object",
    "Module": "module",
    "Description": "description",
    "Machine Name": "machine_name",
    "Public IP": "public_ip",
    "Private IP": "private_ip",
    "Device Name": "device_name",
    "Virtual System Name": "vsys_name",
}
FIREWALL = frozenset(("TRAFFIC",))
NAMES = {kind: tuple(names.split()) for kind, names in COLUMNS.items()}


def paloalto(text: str) -> dict[str, object]:
    """Return the fields of a line; empty columns are left out."""
    try:
        (cells,) = csv.reader([text])
    except (csv.Error, ValueError):
        return {}
    cells = cells[1:]  # the first one is for future use
    names = NAMES.get(cells[2] if len(cells) > 2 else "", NAMES["SYSTEM"][:6])
    found: dict[str, object] = {
        name: cell for name, cell in zip(names, cells, strict=False) if cell and name != "_"
    }
    if more := [cell for cell in cells[len(names) :] if cell]:
        found["more"] = more
    return found


def paloalto_log(fields: dict[str, object]) -> LogSource:
    """Return the log that a line belongs to."""
    kind = fields.get("type")
    if kind in FIREWALL:
        return LogSource("paloalto", "firewall", "traffic")
    return LogSource("paloalto", None, str(kind).lower() if kind else None)
