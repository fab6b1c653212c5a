"""Lines of Fortinet's firewalls: key=value, quoted where a value holds spaces.

Spec: https://docs.fortinet.com/document/fortigate/7.4.0/fortios-log-message-reference/
"""

from __future__ import annotations

import re

from stopa.model.event import LogSource
from stopa.readers._log_lines import pairs

PAIR = re.compile(r'([A-Za-z_][\w-]{0,63})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))')
TRAFFIC = frozenset(("traffic",))
ALIASES = (
    ("src_ip", "srcip"),
    ("src_port", "srcport"),
    ("dst_ip", "dstip"),
    ("dst_port", "dstport"),
)


def fortinet(text: str) -> dict[str, object]:
    """Return the fields of a line."""
    return pairs(PAIR, text)


def fortinet_log(fields: dict[str, object]) -> LogSource:
    """Return the log that a line belongs to: traffic is a firewall's, all else by its type."""
    kind = fields.get("type")
    if kind in TRAFFIC:
        return LogSource("fortigate", "firewall", "traffic")
    return LogSource("fortigate", None, str(kind) if kind else None)
