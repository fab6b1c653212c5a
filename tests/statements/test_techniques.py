"""Techniques told in the plain words of reports are named; advice and denials name none."""

from __future__ import annotations

import pytest

from stopa.model.statement import MentionKind
from tests.statements.sample import reading

HEAD = "Lab\n\n3 May 2024\n\nThe affair\n\n"
TOLD = [
    ("T1486", "The hackers scrambled every hypervisor and left a ransom note."),
    ("T1078", "They logged in with credentials bought from a broker."),
    ("T1133", "Access was gained through an exposed Citrix gateway."),
    ("T1110.003", "The actor tried a handful of common passwords against thousands of accounts."),
    ("T1566.001", "Victims received a Word document laced with macros by e-mail."),
    ("T1053.005", "Persistence was achieved with a scheduled task."),
    ("T1071.001", "The implant beacons over HTTPS."),
    ("T1041", "Stolen files left over the same channel as the commands."),
    ("T1098", "The intruders added their account to the domain admins group."),
    ("T1556", "They patched the login module so that it accepted a master password."),
    ("T1021.001", "They hopped from host to host over RDP."),
    ("T1562.001", "Before encrypting anything they switched off Defender."),
    ("T1070.001", "Event logs were cleared."),
    ("T1195.002", "A tampered installer was served from the vendor's own site."),
    ("T1552.001", "Passwords were found in a text file on a share."),
    ("T1505.003", "A China Chopper web shell was dropped on the server."),
    ("T1083", "The malware lists files and folders."),
    ("T1082", "It collects the computer name and the version of Windows."),
    ("T1114.002", "The actor pulled mail out of Exchange Online through the API."),
    ("T1498", "The ministry's sites were swamped with junk traffic."),
    ("T1189", "Visitors of a news site were infected when they opened the page."),
    ("T1204.001", "The clerk clicked the link."),
    ("T1090.003", "Traffic was routed through Tor."),
    ("T1568.002", "The domains are made by an algorithm."),
    ("T1490", "Backups were deleted first."),
    ("T1491", "The home page was replaced with a flag."),
    ("T1055", "Shellcode was injected into svchost.exe."),
    ("T1027", "The script was heavily obfuscated."),
    ("T1036.005", "The file posed as svchost.exe."),
    ("T1218.011", "The DLL was run by rundll32."),
    ("T1059.001", "A PowerShell command fetched the payload."),
    ("T1059.003", "The batch file ran from the command prompt."),
    ("T1547.001", "It writes itself to a Run key."),
    ("T1123", "The spyware switches on the microphone."),
    ("T1125", "It records from the webcam."),
    ("T1115", "It reads the clipboard."),
    ("T1056.001", "A keylogger recorded what was typed."),
    ("T1199", "They came by way of a managed service provider."),
    ("T1200", "A rogue device was plugged into the office network."),
]
NOT_TOLD = [
    "Administrators should look for web shells.",
    "No sign of phishing was found.",
    "Back up your data before ransomware encrypts files.",
    "Staff are trained to spot malicious attachments.",
    "The exercise simulated a denial-of-service attack.",
    "Block RDP: remote desktop must not be reachable.",
    "We found no evidence that a wiper was used.",
]


def named(sentence: str) -> set[str]:
    mentions = reading(HEAD + sentence + "\n").mentions
    return {c for m in mentions if m.kind is MentionKind.TECHNIQUE for c in m.candidates}


@pytest.mark.parametrize(("id_", "sentence"), TOLD)
def test_a_sentence_names_its_technique_and_no_other(id_: str, sentence: str) -> None:
    assert named(sentence) == {id_}


@pytest.mark.parametrize("sentence", NOT_TOLD)
def test_advice_and_denials_name_no_technique(sentence: str) -> None:
    assert named(sentence) == set()
