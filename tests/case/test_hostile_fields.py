"""What an intruder writes into any field of any format stays text, on page and terminal."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner

from stopa.case.coverage import coverage
from stopa.case.plan import Plan, Quiet
from stopa.case.work import investigate
from stopa.cli.findings import FORMATS
from stopa.cli.group import cli
from stopa.dossier import decode, visible
from stopa.errors import StopaError
from stopa.model.dossier import Dossier
from stopa.readers import readers
from tests.case.planting import planted
from tests.conftest import Opener
from tests.dossier.browser import leave_drawer
from tests.readers.evtx_writer import chunk, log, logon, process
from tests.readers.test_pdf import document_of

MARK = "pwnedmark"
MARKUP = "[bold red]x[/] [link=https://evil.example]y[/link] :skull:"  # as `rich` reads it
COLOUR = re.compile(r"\x1b\[(?!95m)[0-9;]*m")  # what `rich` writes of its own accord
HIDDEN = re.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in visible.HIDDEN) + "\n\t]")
HOSTILE = (
    f"{MARK}<script>window.__pwned=1</script>",
    f'{MARK}"><img src=x onerror=window.__pwned=1>',
    f"{MARK}</script><script>window.__pwned=1</script>",
    f"{MARK} javascript:window.__pwned=1",
    f"{MARK} \u202egnp.exe \u2066x\u2069 \u200b",
    f"{MARK} \x1b[95m \x07",
    f"{MARK} ' onclick=window.__pwned=1 x='",
    f"{MARK} {MARKUP}",
    f"{MARK} \x1b]8;;https://evil.example\x07z\x1b]8;;\x07 \x9b95m \x7f",
)
ALL = " ".join(HOSTILE)
# Formats that cannot hold control characters get the rest.
PRINTED = "".join(char for char in ALL if unicodedata.category(char) != "Cc")
FIELDS = ("CommandLine", "Image", "User", "ParentImage", "TargetFilename")
REPORT = (
    f"{PRINTED}\n\n"
    "The ministry accused a foreign group of the intrusion on 3 May 2024, and said that the group "
    "had been inside its network since the spring of the year before.\n\n"
    f"“It is unfounded {MARK}<script>window.__pwned=1</script>,” the embassy said on Thursday.\n\n"
    "The government condemned the campaign and called on the state to stop it. It did not say what "
    "was taken. Two members of parliament asked for a hearing, and the committee agreed to meet in "
    "June. The network carries letters that are not classified, the minister said.\n\n"
    "Officials in two allied capitals said that they had seen the same tools before. They would "
    "not say where. The embassy declined to answer further questions from reporters.\n"
)
RULES = {
    "windows": "product: windows",
    "zeek": "product: zeek",
    "m365": "product: m365",
    "proxy": "category: proxy",
    "mail": "product: mail",
}
RULE = """
title: {title}
id: {id}
status: test
author: {title}
description: {title}
level: high
logsource:
    {source}
detection:
    keywords:
        - {mark}
    condition: keywords
tags:
    - attack.t1059
"""


def windows() -> str:
    fields: dict[str, object] = {
        "EventID": 1,
        "Channel": "Microsoft-Windows-Sysmon/Operational",
        "RecordNumber": 7,
    }
    fields |= {"SourceName": "Microsoft-Windows-Sysmon", "@timestamp": "2025-01-02T03:04:05Z"}
    fields |= dict.fromkeys(FIELDS, ALL)
    return json.dumps({**fields, "Hostname": ALL, ALL: ALL}) + "\n"


def zeek() -> str:
    record: dict[str, object] = {
        "_path": "dns",
        "ts": 1735787045.5,
        "uid": ALL,
        "id.orig_h": ALL,
        "query": ALL,
    }
    return json.dumps({**record, "id.orig_p": 53, "id.resp_h": ALL, "proto": "udp"}) + "\n"


def m365() -> str:
    record: dict[str, object] = {
        "CreationTime": "2025-01-02T03:04:05",
        "Id": ALL,
        "Operation": ALL,
        "UserId": ALL,
    }
    record |= {"RecordType": 1, "Workload": "Exchange", "ClientIP": ALL, "ObjectId": ALL}
    parameters = [{"Name": ALL, "Value": ALL}]
    return json.dumps({**record, "Parameters": parameters, "OrganizationId": ALL}) + "\n"


def proxy() -> str:
    names = "date time c-ip cs-username cs-method cs-host cs-uri-path cs(User-Agent) r-ip"
    value = PRINTED.replace(" ", "+")
    cells = ["2025-01-02", "03:04:05", "192.0.2.1", value, "GET", value, value, value, "192.0.2.9"]
    return f"#Software: {PRINTED}\n#Version: 1.0\n#Fields: {names}\n{' '.join(cells)}\n"


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = f'"{MARK} <script>window.__pwned=1</script>" <a@example.org>'
    message["To"] = "b@example.org"
    message["Subject"] = " ".join(PRINTED.split())
    message["Date"] = "Thu, 02 Jan 2025 03:04:05 +0000"
    message.set_content(f"Dear colleague,\n\n{PRINTED}\n")
    message.add_alternative(
        f"<p>Dear</p><img src=x onerror=window.__pwned=1>{MARK}", subtype="html"
    )
    message.add_attachment(
        b"x", maintype="application", subtype="x", filename=f"{MARK}<script>.lnk"
    )
    return message.as_bytes()


NUMBERS_ALONE = {"netflow"}  # formats none of whose values can hold a text
KEYS = ("product", "category", "service")


def evidence(folder: Path) -> dict[str, str]:
    """Write evidence of every format; return the log sources that rules are to be written for."""
    folder.mkdir()
    body = chunk(1, process(1, ALL), logon(2, ALL))
    pdf = document_of([REPORT.encode("ascii", "ignore").decode().replace("(", "").replace(")", "")])
    contents: dict[str, bytes | str] = {
        "a.evtx": log(body.closed(), next_record=3),
        "b.jsonl": windows(),
        "c.log": zeek(),
        "d.jsonl": m365(),
        "e.log": proxy(),
        "f.eml": mail(),
        "g.txt": REPORT,
        "h.md": f"# A heading\n\n{REPORT}\n## {MARK}\n\n- [{MARK}](javascript:window.__pwned=1)\n",
        "i.html": f"<!doctype html><html><head><title>{MARK}</title></head><body><h1>{MARK}</h1>"
        f"<p>{REPORT}</p><script>window.__pwned=1</script></body></html>",
        "j.pdf": pdf,
        f"k {MARK}<img src=x onerror=window.__pwned=1>\u202e {MARKUP}.bin": bytes(range(256)),
    }
    for name, content in contents.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / name.replace("/", "_")).write_bytes(raw)
    sources = dict(RULES)
    for reader in readers().values():
        if not reader.on_request and reader.name not in ("evtx", *NUMBERS_ALONE):
            made = planted(reader, " ".join(PRINTED.split()), MARK, folder)
            assert made, f"no value of {reader.name} could be planted in"
            for source in made[1]:
                words = ((key, getattr(source, key)) for key in KEYS)
                told = "\n    ".join(f"{key}: {word}" for key, word in words if word)
                sources[f"{reader.name} {source}".replace("/", " ")] = told
    return sources


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fields")
    sources = evidence(root / MARK)
    rules = root / "rules"
    rules.mkdir()
    title = json.dumps(PRINTED)
    for number, (name, source) in enumerate(sources.items()):
        rule_id = f"00000000-0000-4000-8000-{number:012}"
        text = RULE.format(title=title, id=rule_id, source=source, mark=MARK)
        (rules / f"{name}.yml").write_text(text)
    plan = Plan(title=PRINTED, notice=PRINTED, rules=(rules,))
    investigate([root / MARK], root / "case", plan, Quiet())
    return root / "case"


@pytest.fixture(scope="module")
def dossier(case: Path) -> Dossier:
    return decode((case / "dossier" / "dossier.json").read_bytes())


def test_every_format_took_part(case: Path, dossier: Dossier) -> None:
    kinds = {row.kind for row in coverage(case)[0]}
    asked = {name for name, reader in readers().items() if reader.on_request}
    assert kinds >= {*readers(), None} - asked - NUMBERS_ALONE
    told = {row.kind for row in dossier.coverage if row.events}
    assert told <= {row.kind for row in dossier.coverage if row.findings}


@pytest.mark.browser
def test_hostile_fields_stay_visible_text(dossier: Dossier, opened: Opener) -> None:
    found = opened(dossier)
    for view in (
        "brief",
        "timeline",
        "findings",
        "says",
        "attack",
        "hypotheses",
        "sources",
        "coverage",
    ):
        found.go(view)
        chips = found.page.locator(f"#{view} a[href^='#F-']:visible")
        if chips.count():
            chips.first.click()
            found.settle()
            leave_drawer(found)
    assert found.complaints == []
    assert len({url.split("#")[0] for url in found.requests}) == 1
    assert found.page.evaluate("window.__pwned") is None
    assert (
        found.page.locator("main img, main script, main iframe, [onerror], [onclick]").count() == 0
    )
    text = str(found.page.evaluate("document.body.innerText"))
    assert MARK + "<script>window.__pwned=1</script>" in text
    assert "\u202e" not in text
    assert "U+202E" in text


def shown(*words: object, **env: str) -> str:
    """Return all that a command prints, the colours of our own tables left out."""
    done = CliRunner(env=env).invoke(cli, [str(word) for word in words], standalone_mode=False)
    assert done.exception is None or isinstance(done.exception, StopaError), done.exception
    return COLOUR.sub("", done.output).removeprefix("\ufeff")


def ids(dossier: Dossier) -> list[str]:
    """Return an id of every kind of record that can be explained."""
    said = next(said for reading in dossier.readings for said in reading.statements)
    told = [one.id for one in dossier.findings[:1]]
    told += [one.id for one in dossier.observations[:1]]
    told += [one.id for one in dossier.assessment.hypotheses[:1]]
    told += [one.id for one in dossier.comparison.roots[:1]]
    told += [one.id for one in dossier.comparison.disagreements[:1]]
    return [*told, said.id, dossier.evidence[0].sha256]


def commands(case: Path, dossier: Dossier, folder: Path) -> Iterator[tuple[object, ...]]:
    """Yield every command that prints what came out of evidence, rules or other people's files."""
    evidence, rules = case.parent / MARK, case.parent / "rules"
    yield "coverage", case
    yield "attribute", case
    yield from (("explain", case, id_, "--rules", rules) for id_ in ids(dossier))
    yield from (("trail", case, name) for name in (MARK, ALL, "powershell.exe"))
    yield "trail", case, MARK, "--tree"
    words = ("--analyst", ALL, "--reason", ALL, "--at", "2025-01-02T03:04:05Z")
    yield "judge", case, "--hypothesis", f"{ALL}=unlikely", *words
    yield "judge", case
    yield from (("detect", case, "--rules", rules, "--format", f, "--quiet") for f in FORMATS)
    yield "read", evidence / "g.txt", "--quiet"
    yield "read", evidence / "g.txt", "--format", "statements-csv", "--quiet"
    yield "rules", "list", rules
    yield "rules", "show", "00000000-0000-4000-8000-000000000000", rules
    yield "rules", "check", evidence
    yield "verify", case, "--quiet"
    yield "redact", case, "--for", "tlp:clear", "--title", ALL, "-o", folder / "redacted"
    yield "disclose", case, ids(dossier)[0], "--to", ALL, "--purpose", ALL, "-o", folder
    yield from (("verify", file, "--quiet") for file in sorted(folder.glob("*.json")))
    yield "investigate", evidence / ALL, "-o", folder / "none", "--quiet"
    yield "knowledge", "show", ALL


def test_hostile_fields_stay_visible_text_in_a_terminal(
    case: Path, dossier: Dossier, tmp_path: Path
) -> None:
    whole = ""
    for words in commands(case, dossier, tmp_path):
        for form in ((), ("--json",)):
            printed = shown(*words, *form, FORCE_COLOR="1", COLUMNS="200")
            assert not set(HIDDEN.findall(printed)) - {"\n", "\r"}, words
            whole += printed
    assert f"{MARK}<script>window.__pwned=1</script>" in whole
    assert MARKUP in whole
    assert "U+202E" in whole
