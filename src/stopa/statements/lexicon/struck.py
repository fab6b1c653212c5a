"""Nouns for what an intrusion gets into, and verbs that tell the breaking in.

Spec: parts of networks as advisories and reports name them; verbs of intrusion in plain English.
"""

from __future__ import annotations

import re

from stopa.statements.lexicon.inflection import Form, forms
from stopa.statements.lexicon.wordlist import wordset

SYSTEMS = wordset(
    """network networks system systems server servers mailbox mailboxes account accounts website
    websites portal portals database databases platform platforms webmail e-mail email intranet
    extranet infrastructure crane cranes controller controllers router routers firewall firewalls
    gateway gateways vpn appliance appliances terminals workstation workstations laptop laptops
    computer computers phone phones telephones camera cameras software application applications
    app cloud tenant archive archives registry register backbone modem modems satellites meters
    scada plcs directory shares backup backups machine machines device devices cluster
    datacentre datacenter inbox inboxes storage environment kiosks exchange headquarters pumps
    breakers webmail mailserver printers
    segment segments module modules endpoint endpoints host hosts tenant
    it dcs ics historian firmware equipment consoles console switch switches switchboard
    nas wiki helpdesk ticketing payroll crm erp phone phones handset handsets tablet tablets
    telemetry catalogue catalogues
    domain domains hypervisors turbines sensors radio radios repository repositories"""
)
# `mail service`, and no service that spies.
SERVICES = wordset("service services")
SERVING = wordset(
    "mail e-mail email web online cloud messaging booking ticketing payment voting directory"
)
NUMBERS = wordset("two three four five six seven eight nine ten eleven twelve dozens hundreds all")
# What is somebody's and no system: whose it is, is whom it hit.
OWNED = wordset(
    """segment segments environment it communications correspondence headquarters building
    buildings premises staff employees engineers files inbox mail e-mail email lines screens
    workstation workstations screen controls websites customers subscribers clients accounts"""
)
# Work on what was hit: to rebuild a network, or to examine it, says that it was.
MENDING = re.compile(
    r"\b(?:rebuil\w+|replac\w+|restor\w+|renew\w+|reinstall\w+|examin\w+|analys\w+|inspect\w+|"
    r"disconnect\w+|switched off|shut down|clean\w+|repair\w+|isolat\w+|forensic\w*|patch\w*|"
    r"limps?|back (?:up|online)|without the|new (?:\w+ )?(?:system|network|platform))\b",
    re.IGNORECASE,
)
# Words for all that somebody runs: what is named more closely tells more.
ANY_SYSTEM = wordset(
    "network networks system systems infrastructure servers computers environment it"
)
BARE = wordset("software system systems infrastructure platform platforms exchange register cloud")
ACTS = """
    break hack enter compromise breach target attack hit penetrate infiltrate exploit access use
    gain read steal copy wipe encrypt exfiltrate infect disable disrupt close paralyse knock
    switch lock take leave affect contain run get allow reach move open abuse put hold keep bring
    send say find block stop halt delete reset scan map probe implant plant install deploy rent
    buy rebuild clean restore replace lose host carry pass reject begin start work open serve
    patch monitor watch show make"""
HITTING: dict[str, Form] = {w: form for base in ACTS.split() for w, form in forms(base).items()}
# Software whose name stands for the system that was broken into.
PRODUCTS = re.compile(
    r"\b(?:(?:on-premises|self-hosted|unpatched|vulnerable) )?"
    r"(?:Microsoft |Cisco |Oracle |Atlassian |Progress |Pulse |Palo Alto |Check Point |Zoho |"
    r"Synacor |VMware )?(?:Exchange(?: Servers?| Online)?|Outlook|Office 365|Microsoft 365|"
    r"SharePoint|Active Directory|Roundcube|Zimbra|Citrix(?: ADC| Gateway| NetScaler)?|NetScaler|"
    r"Ivanti(?: Connect Secure)?|Connect Secure|FortiGate|FortiOS|Fortinet|GlobalProtect|PAN-OS|"
    r"Orion|SolarWinds|MOVEit(?: Transfer)?|GoAnywhere|Accellion|Confluence|Jira|GitLab|Jenkins|"
    r"Log4j|vCenter|ESXi|WebLogic|PeopleSoft|Liferay|Drupal|WordPress|Joomla|ScreenConnect|"
    r"TeamCity|Barracuda|SonicWall|QNAP|Synology|MikroTik|Kaseya(?: VSA)?|Telerik|ManageEngine|"
    r"IIS|Lotus Notes|Domino)\b(?: (?:webmail|servers?|mail servers?|gateways?|appliances?|"
    r"firewalls?|installations?|software|product|platform|plug-?in))?"
)
NOT_HELD = re.compile(
    r"\b(?:not(?! (?:only|just|merely|yet))|n't|never|no|nor|neither|without|none of|isn't|"
    r"wasn't|weren't)\b(?:\W+\w+){0,6}\W*$",
    re.I,
)
