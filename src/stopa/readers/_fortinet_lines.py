"""Lines of Fortinet's firewalls: key=value, quoted where a value holds spaces.

Spec: https://docs.fortinet.com/document/fortigate/7.4.0/fortios-log-message-reference/
"""

from __future__ import annotations

import re
from functools import lru_cache

from stopa.model.event import LogSource
from stopa.readers._log_lines import pairs

QUOTED = r'"([^"\\]*(?:\\.[^"\\]*)*)"'
PLAIN = r'"([^"\\]*+)"'
BARE = r'([^\s"]*+)'
PAIR = re.compile(rf"([A-Za-z_][\w-]{{0,63}})=(?:{QUOTED}|{BARE})")
TRAFFIC = "traffic"
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
    return log_of(str(fields.get("type") or ""))


@lru_cache(maxsize=64)
def log_of(kind: str) -> LogSource:
    """Return the log of that type of lines."""
    return LogSource("fortigate", "firewall" if kind == TRAFFIC else None, kind or None)
