"""What an honest office leaves in Windows logs: programs, documents, names, logons, backups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from story.windows import (
    CMD,
    OFFICE,
    SYSTEM32,
    SYSTEM_USER,
    Event,
    audited_start,
    connected,
    file_made,
    library_loaded,
    logged_on,
    name_asked,
    opened_process,
    replicated,
    share_opened,
    started,
    ticket_asked,
    value_set,
)
from story.world import (
    ADMIN,
    CONTROLLER,
    CONTROLLER_ADDRESS,
    DOMAIN,
    FILE_SERVER,
    FILE_SERVER_ADDRESS,
    ILSA,
    JORUN,
    SECOND_CONTROLLER,
    TOMAS,
    Dice,
    Person,
    days,
    office_days,
    office_time,
)

EDGE = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe"
DEFENDER = r"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.23090\MsMpEng.exe"
PACKER = r"C:\Program Files\7-Zip\7z.exe"
POWERSHELL = rf"{SYSTEM32}\WindowsPowerShell\v1.0\powershell.exe"
LSASS = rf"{SYSTEM32}\lsass.exe"
DOCUMENTS = (
    "Seating list", "Visit programme", "Speaking notes", "Letter of thanks", "Menu", "Guest list",
    "Note for the file", "Minutes", "Travel request", "Translation", "Country brief", "Agenda",
)  # fmt: skip
PROGRAMS = (
    (rf"{OFFICE}\WINWORD.EXE", "WINWORD.EXE /n"),
    (rf"{OFFICE}\EXCEL.EXE", "EXCEL.EXE /dde"),
    (rf"{OFFICE}\POWERPNT.EXE", "POWERPNT.EXE"),
    (EDGE, "msedge.exe --single-argument https://intranet.mfa.sundmark.example/"),
    (rf"{SYSTEM32}\notepad.exe", "notepad.exe"),
    (rf"{SYSTEM32}\mstsc.exe", "mstsc.exe /v:FS01"),
    (r"C:\Program Files\Adobe\Acrobat DC\Acrobat\Acrobat.exe", "Acrobat.exe"),
    (rf"{SYSTEM32}\rundll32.exe", "rundll32.exe shell32.dll,Control_RunDLL desk.cpl"),
)
SITES = (
    ("intranet.mfa.sundmark.example", "10.20.0.20"),
    ("news.hallencourier.example", "192.0.2.40"),
    ("www.northernwire.example", "192.0.2.41"),
    ("www.hallenforum.example", "192.0.2.50"),
    ("weather.sundmark.example", "192.0.2.60"),
    ("rail.sundmark.example", "192.0.2.61"),
    ("outlook.office365.com", "192.0.2.100"),
    ("graph.microsoft.com", "192.0.2.101"),
)
ADMIN_LINES = (
    (rf"{SYSTEM32}\mmc.exe", "mmc.exe dsa.msc"),
    (rf"{SYSTEM32}\wevtutil.exe", "wevtutil el"),
    (rf"{SYSTEM32}\schtasks.exe", "schtasks /query /fo csv"),
    (rf"{SYSTEM32}\nltest.exe", "nltest /sc_query:mfasun"),
    (rf"{SYSTEM32}\net.exe", "net user /domain"),
    (POWERSHELL, "powershell Get-EventLog -LogName System -Newest 50"),
    (rf"{SYSTEM32}\certutil.exe", "certutil -hashfile agent.msi SHA256"),
    (rf"{SYSTEM32}\OpenSSH\ssh.exe", "ssh.exe jvasslid@intranet.mfa.sundmark.example"),
)


def office_events() -> Iterator[Event]:
    """Yield all that honest people and machines did, in no order."""
    for person in (ILSA, TOMAS):
        yield from _desk(person)
    yield from _administration()
    yield from _servers()


def _desk(person: Person) -> Iterator[Event]:
    dice = Dice(f"desk/{person.host}")
    user = f"{DOMAIN}\\{person.account}"
    for day in office_days():
        if dice.happens(percent=11):
            continue  # on leave, ill, or on a mission
        yield from _morning(day, person, dice)
        for _ in range(dice.between(7, 13)):
            yield from dice.one_of(DOINGS)(office_time(day, dice), person, user, dice)


def _morning(day: date, person: Person, dice: Dice) -> Iterator[Event]:
    begin = datetime.combine(day, time(5, 34), UTC) + timedelta(seconds=dice.below(2800))
    user = f"{DOMAIN}\\{person.account}"
    outlook = rf"{OFFICE}\OUTLOOK.EXE"
    mail = ("192.0.2.100", 443, "outlook.office365.com")
    yield logged_on(begin, person.host, person.account, 2, "127.0.0.1")
    yield started(begin + timedelta(seconds=41), person.host, user, outlook, "OUTLOOK.EXE")
    yield connected(begin + timedelta(seconds=44), person.host, user, outlook, mail)
    ticket = begin + timedelta(seconds=1, milliseconds=dice.below(900))
    yield ticket_asked(ticket, person.account, f"{person.host}$", person.address)


def _program(when: datetime, person: Person, user: str, dice: Dice) -> Iterator[Event]:
    image, line = dice.one_of(PROGRAMS)
    yield started(when, person.host, user, image, line)
    if dice.happens(percent=40):
        yield audited_start(when, person.host, user, image, line)
    if dice.happens(percent=30):
        library = rf"{SYSTEM32}\version.dll"
        yield library_loaded(when, person.host, image, library, signer="Microsoft Windows")


def _document(when: datetime, person: Person, user: str, dice: Dice) -> Iterator[Event]:
    name = f"{dice.one_of(DOCUMENTS)} {dice.between(1, 60)}.docx"
    path = rf"C:\Users\{person.account}\Documents\{name}"
    yield file_made(when, person.host, user, rf"{OFFICE}\WINWORD.EXE", path)


def _site(when: datetime, person: Person, user: str, dice: Dice) -> Iterator[Event]:
    name, address = dice.one_of(SITES)
    image = rf"{OFFICE}\OUTLOOK.EXE" if "office" in name or "graph" in name else EDGE
    yield name_asked(when, person.host, user, image, (name, address))
    if dice.happens(percent=50):
        yield connected(when, person.host, user, image, (address, 443, name))


def _setting(when: datetime, person: Person, user: str, dice: Dice) -> Iterator[Event]:
    if dice.happens(percent=5):
        client = rf"C:\Users\{person.account}\AppData\Local\Microsoft\OneDrive\OneDrive.exe"
        key = r"HKU\S-1-5-21-7\Software\Microsoft\Windows\CurrentVersion\Run\OneDrive"
        yield value_set(when, person.host, client, key, f'"{client}" /background')
    else:
        key = rf"HKU\S-1-5-21-7\Software\Microsoft\Office\16.0\Word\MRU\Item {dice.below(20)}"
        yield value_set(when, person.host, rf"{OFFICE}\WINWORD.EXE", key, dice.one_of(DOCUMENTS))


def _share(when: datetime, person: Person, user: str, dice: Dice) -> Iterator[Event]:
    yield ticket_asked(when, person.account, f"{FILE_SERVER}$", person.address)
    share = dice.one_of(("Protocol$", "Common", "Templates"))
    yield share_opened(when + timedelta(milliseconds=80), person.account, person.address, share)


Doing = Callable[[datetime, Person, str, Dice], Iterator[Event]]
DOINGS: tuple[Doing, ...] = (_program, _program, _document, _site, _site, _setting, _share)


def _administration() -> Iterator[Event]:
    dice = Dice("administration")
    user = f"{DOMAIN}\\{JORUN.account}"
    for day in office_days():
        if dice.happens(percent=15):
            continue
        yield from _morning(day, JORUN, dice)
        for _ in range(dice.between(1, 3)):
            image, line = dice.one_of(ADMIN_LINES)
            yield started(office_time(day, dice), JORUN.host, user, image, line, CMD)
        if dice.happens(percent=30):
            target = dice.one_of((FILE_SERVER, CONTROLLER))
            yield logged_on(office_time(day, dice), target, ADMIN, 10, JORUN.address)


def _servers() -> Iterator[Event]:
    dice = Dice("servers")
    for day in days():
        night = datetime.combine(day, time(20, 0), UTC)
        yield from _replication(night, dice)
        yield from _protection(night - timedelta(hours=dice.between(1, 18)), dice)
        if day.weekday() == 4:
            yield from _backup(night + timedelta(seconds=dice.below(40)))


def _replication(night: datetime, dice: Dice) -> Iterator[Event]:
    for _ in range(2):
        when = night - timedelta(minutes=dice.below(1200))
        yield replicated(when, f"{SECOND_CONTROLLER}$")
    when = night - timedelta(minutes=dice.below(1200), seconds=dice.below(60))
    yield ticket_asked(when, f"{FILE_SERVER}$", f"{CONTROLLER}$", FILE_SERVER_ADDRESS)
    yield logged_on(when, CONTROLLER, f"{FILE_SERVER}$", 3, FILE_SERVER_ADDRESS)


def _protection(when: datetime, dice: Dice) -> Iterator[Event]:
    host = dice.one_of((FILE_SERVER, CONTROLLER, ILSA.host, TOMAS.host, JORUN.host))
    yield opened_process(when, host, DEFENDER, LSASS, "0x1410")
    yield logged_on(when, FILE_SERVER, f"{CONTROLLER}$", 3, CONTROLLER_ADDRESS)


def _backup(night: datetime) -> Iterator[Event]:
    line = rf"7z.exe a -t7z D:\backup\{night:%Y-%m-%d}.7z D:\shares -mx3"
    archive = rf"D:\backup\{night:%Y-%m-%d}.7z"
    yield started(night, FILE_SERVER, SYSTEM_USER, PACKER, line, CMD)
    yield file_made(night + timedelta(seconds=1), FILE_SERVER, SYSTEM_USER, PACKER, archive)
