"""Which table of sentences and which log source belong to a program that writes to syslog.

Why: rules for Linux name services (`sshd`, `sudo`, `cron`, `auth`), devices name themselves in
their messages. A program that nobody knows is plain syslog, and its message is kept whole.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from stopa.model.event import LogSource
from stopa.readers._device_messages import device
from stopa.readers._login_messages import LOGINS, PAM, pam_pairs
from stopa.readers._mail_messages import MAILERS
from stopa.readers._patterned import IP, Table
from stopa.readers._program_messages import PATTERNS, named
from stopa.readers._service_messages import SERVICES
from stopa.readers._sysmon_messages import SYSMON_TABLE

# `from 192.0.2.1`, which in the language of daemons is always the other side.
REMOTE = (("address named", rf".*?\b(?:from|rhost=|client:?) ?\[?(?P<src_ip>{IP})(?![\w.]).*"),)
LINUX = Table(LogSource("linux", None, "syslog"), REMOTE)
OF_ANY = Table(LINUX.log, PATTERNS, also=named)
TABLES = {
    name: table
    for tables in (LOGINS, MAILERS, SERVICES)
    for names, table in tables
    for name in names.split()
} | {"sysmon": SYSMON_TABLE, **dict.fromkeys(("asterisk", "xrdp-sesman", "xrdp"), OF_ANY)}
SUFFIX = re.compile(r"[/(@].*|-\d+$|\.service$", re.DOTALL)


def table_of(program: str, message: str) -> Table:
    """Return the table that draws the fields of a program's message."""
    found = device(program, message) or _named(program)
    return _of_pam(found) if "pam_" in message[:5] else found


@cache
def _of_pam(table: Table) -> Table:
    """Return the table for what PAM says in the name of a program."""
    return Table(table.log, PAM, also=pam_pairs)


@lru_cache(maxsize=1024)
def _named(program: str) -> Table:
    whole = program.lower()
    return TABLES.get(whole) or TABLES.get(SUFFIX.sub("", whole), LINUX)
