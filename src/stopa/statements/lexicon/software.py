"""Words beside which a name is the name of malware, and names that are also everyday products.

Spec: kinds of malware as ATT&CK and Malpedia name them; products of general use.
"""

from __future__ import annotations

import re

from stopa.statements.lexicon.wordlist import wordset

KIND = (
    r"(?:malware|backdoors?|trojans?|ransomware|implants?|loaders?|droppers?|rats?|botnets?|"
    r"stealers?"
    r"|wipers?|rootkits?|bootkits?|web ?shells?|worms?|keyloggers?|downloaders?|infostealers?"
    r"|miners?|toolkits?|exploit kits?|frameworks?|beacons?|bots?|spyware|banking trojans?|"
    r"shellcode|c2"
    r"|samples?|payloads?|infections?|variants?|famil(?:y|ies)|operators?|affiliates?|campaigns?)"
)
BESIDE_AFTER = re.compile(
    rf"[\"”’')]*,?\s+(?:\(?[\w-]+\)?\s+)?{KIND}\b|\s*\[S\d{{4}}\]", re.IGNORECASE
)
BESIDE_BEFORE = re.compile(
    rf"\b{KIND}\s+(?:known as |called |named |dubbed |such as |like |family |and )?[\"“‘'(]*$",
    re.IGNORECASE,
)
GROUP_AFTER = re.compile(
    r"[\"”’')]*,?\s+(?:\(?[\w-]+\)?\s+)?(?:group|gang|actors?|apt|hackers|crew|team|collective|"
    r"operators|"
    r"campaign|threat group|threat actors?|intrusion set)\b",
    re.IGNORECASE,
)
GROUP_BEFORE = re.compile(
    r"(?:\b(?:group|gang|actor|apt|crew|collective|hackers|known as|aka|a\.k\.a\.|tracked as|"
    r"dubbed|nicknamed|named|called|attributed to|intrusion set|also)\s*,?|[(/])\s*[\"“‘'(]*$",
    re.IGNORECASE,
)
# Used by everyone; knowledge lists them because intruders use them too.
PRODUCTS = wordset(
    """powershell excel word outlook office teams onedrive sharepoint windows github gitlab
    bitbucket teamviewer anydesk mega dropbox google telegram discord slack zoom twitter
    facebook python javascript java ruby perl bash curl wget putty winscp winrar 7zip 7-zip
    chrome firefox edge kerberos active directory docker kubernetes linux android macos apple
    microsoft adobe cisco fortinet citrix vmware oracle sap wordpress joomla drupal apache
    nginx mysql mongodb redis rundll32 regsvr32 certutil bitsadmin wmic cmd net ping nbtstat
    netstat arp route ipconfig systeminfo tasklist schtasks at ftp ssh telnet rdp vnc"""
)
NEVER = wordset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday update control guard remote mirage
    cuba china russia iran turkey georgia jordan chad mali oceania group team admin system
    security winter spring summer autumn north south east west"""
)
