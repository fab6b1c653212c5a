"""Lines of Fortinet's firewalls: key=value, quoted where a value holds spaces.

Why: set to `csv`, the firewall parts the pairs by commas; FortiAnalyzer's downloads put each pair
into quotation marks. A line says by its beginning which it is.
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
COMMAS = re.compile(r'"?[A-Za-z_][\w-]{0,63}=[^\s",=]{0,64}"?,')
CELL = re.compile(rf"(?:^|,)([A-Za-z_][\w-]{{0,63}})=(?:{QUOTED}(?=,|$)|([^,]*))")
QUOTED_CELL = re.compile(r'(?:^|,)"([A-Za-z_][\w-]{0,63})=((?:[^"]|"")*)"(?=,|$)')
TRAFFIC = "traffic"
ALIASES = (
    ("src_ip", "srcip"),
    ("src_port", "srcport"),
    ("dst_ip", "dstip"),
    ("dst_port", "dstport"),
)


def like(pair: re.Match[str]) -> str:
    """Return the pattern of values spelled as that of a pair (see `Alike`)."""
    if pair[2] is None:
        return BARE
    return QUOTED if "\\" in pair[2] else PLAIN


def fortinet(text: str) -> dict[str, object]:
    """Return the fields of a line."""
    return parted(text) if COMMAS.match(text) else pairs(PAIR, text)


def parted(text: str) -> dict[str, object]:
    """Return the fields of a line whose pairs are parted by commas."""
    if text[0] != '"':
        return pairs(CELL, text)
    return {name: str(cell).replace('""', '"') for name, cell in pairs(QUOTED_CELL, text).items()}


def fortinet_log(fields: dict[str, object]) -> LogSource:
    """Return the log that a line belongs to: traffic is a firewall's, all else by its type."""
    return log_of(str(fields.get("type") or ""))


@lru_cache(maxsize=64)
def log_of(kind: str) -> LogSource:
    """Return the log of that type of lines."""
    return LogSource("fortigate", "firewall" if kind == TRAFFIC else None, kind or None)
