"""Two false trails: an administrator whose evening looks like an intrusion, and planted names.

Why: the first has the tools of an intruder and none of the deeds; a rule that knows only names of
tools falls for it. The second is what an intruder can leave in a minute to be taken for somebody
else: a folder named after the known malware of a crime group, and a note in Esperanto, the
language of no state. Neither says who it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from story.office import LSASS, PACKER
from story.windows import (
    CMD,
    SYSTEM32,
    SYSTEM_USER,
    Event,
    audited_start,
    file_made,
    logged_on,
    opened_process,
    service_installed,
    started,
)
from story.world import (
    ADMIN,
    CONTROLLER,
    DOMAIN,
    FILE_SERVER,
    JORUN,
    NEST,
    at,
)

ADMIN_USER = f"{DOMAIN}\\{ADMIN}"
MAINTENANCE = at("2024-05-16 16:00:00")  # announced by mail the day before
EVENING = (
    (CONTROLLER, rf"{SYSTEM32}\ntdsutil.exe", 'ntdsutil snapshot "list all" quit quit'),
    (CONTROLLER, rf"{SYSTEM32}\ntdsutil.exe", 'ntdsutil "activate instance ntds" files info q q'),
    (CONTROLLER, rf"{SYSTEM32}\wevtutil.exe", r"wevtutil epl Security D:\logs\security.evtx"),
    (CONTROLLER, rf"{SYSTEM32}\auditpol.exe", "auditpol /get /category:*"),
    (FILE_SERVER, r"C:\Tools\procdump.exe", r"procdump.exe -ma w3wp.exe C:\dumps\w3wp.dmp"),
    (FILE_SERVER, rf"{SYSTEM32}\netsh.exe", "netsh interface portproxy show all"),
    (FILE_SERVER, PACKER, r"7z.exe a -t7z D:\backup\before-update.7z D:\shares"),
    (FILE_SERVER, rf"{SYSTEM32}\reg.exe", r"reg query HKLM\SYSTEM\CurrentControlSet\Services"),
    (
        FILE_SERVER,
        rf"{SYSTEM32}\schtasks.exe",
        r'schtasks /create /tn Backup /tr "C:\Program Files\Backup\run.exe" /sc daily /st 22:00',
    ),
    (JORUN.host, rf"{SYSTEM32}\OpenSSH\ssh.exe", "ssh.exe -L 8443:intranet:443 admin@web01"),
    (JORUN.host, rf"{SYSTEM32}\certutil.exe", "certutil -urlcache * delete"),
    (JORUN.host, rf"{SYSTEM32}\bitsadmin.exe", "bitsadmin /list /allusers"),
    (JORUN.host, rf"{SYSTEM32}\regsvr32.exe", r'regsvr32 /s "C:\Program Files\Backup\view.ocx"'),
    (
        JORUN.host,
        rf"{SYSTEM32}\WindowsPowerShell\v1.0\powershell.exe",
        r"powershell -ExecutionPolicy Bypass -File C:\Tools\inventory.ps1",
    ),
)


def decoy_events() -> Iterator[Event]:
    """Yield both false trails."""
    yield from _maintenance()
    yield from _planted()


def _maintenance() -> Iterator[Event]:
    for number, (host, image, line) in enumerate(EVENING):
        when = MAINTENANCE + timedelta(minutes=5 * number, seconds=11)
        yield started(when, host, ADMIN_USER, image, line, CMD)
        yield audited_start(when, host, ADMIN_USER, image, line, CMD)
    for host in (CONTROLLER, FILE_SERVER):
        yield logged_on(MAINTENANCE, host, ADMIN, 10, JORUN.address)
    monitor = r"C:\Program Files\Backup\agent.exe"
    installed = MAINTENANCE + timedelta(minutes=50)
    yield service_installed(installed, FILE_SERVER, "BackupAgent", f'"{monitor}" -service')
    yield opened_process(installed + timedelta(seconds=20), FILE_SERVER, monitor, LSASS, "0x1000")
    dump = r"C:\dumps\w3wp.dmp"
    yield file_made(
        MAINTENANCE + timedelta(minutes=21),
        FILE_SERVER,
        SYSTEM_USER,
        r"C:\Tools\procdump.exe",
        dump,
    )


def _planted() -> Iterator[Event]:
    folder = rf"{NEST}\Carbanak"
    when = at("2024-09-11 14:20:31.008")
    note = rf"cmd.exe /c echo Saluton! Dankon pro la dosieroj. > {folder}\legu_min.txt"
    yield started(when, FILE_SERVER, ADMIN_USER, CMD, note, CMD)
    for second, name in enumerate(("anunak.cfg", "legu_min.txt", "laborplano_de_la_bando.txt")):
        path = rf"{folder}\{name}"
        yield file_made(when + timedelta(seconds=second), FILE_SERVER, ADMIN_USER, CMD, path)
