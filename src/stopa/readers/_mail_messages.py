"""What mail servers say: Postfix, Dovecot, Exim.

Spec: https://www.postfix.org/postconf.5.html
Spec: https://doc.dovecot.org/2.4.0/core/config/login_processes.html
Spec: https://www.exim.org/exim-html-current/doc/html/spec_html/ch-log_files.html
Trap: HELO names, addresses and reasons are what the other side sent.
"""

# ruff: noqa: E501 (a sentence of a program stays on one line, as the program writes it)

from __future__ import annotations

import re

from stopa.model.event import LogSource
from stopa.readers._log_lines import pairs
from stopa.readers._patterned import IP, Table

CLIENT = r"(?P<src_host>\S*?)\[(?P<src_ip>[^\]\s]{1,64})\](?::(?P<src_port>\d{1,5}))?"
QUEUE = r"(?P<queue_id>[0-9A-Za-z]{6,24}|NOQUEUE)"
POSTFIX_PAIR = re.compile(r"(?:^|[ ,;])([a-z_]{2,20})=(?:<([^>]{0,512})>|([^,; ]{0,512}))")
DOVECOT_PAIR = re.compile(r"(?:^|[ ,])(user|method|rip|lip|rport|lport|mpid|session|service|uid)=(?:<([^>]{0,512})>|([^,\s>]{0,256}))")  # fmt: skip
EXIM_PAIR = re.compile(r"([A-Z](?<![^ ].)[A-Za-z]{0,3})=(\"[^\"]{0,512}\"|\S{0,512})")
EXIM_HOST = re.compile(
    r" H=(?P<src_host>[^\s(\[]\S*)?(?: ?\((?P<helo>[^)]{0,255})\))? ?\[(?P<src_ip>[^\]\s]{1,64})\](?::(?P<src_port>\d+))?"
)
EXIM_BARE = re.compile(rf"\[(?P<src_ip>{IP})\](?::(?P<src_port>\d+))?")


def _postfix(text: str) -> dict[str, object]:
    return {name: value for name, value in pairs(POSTFIX_PAIR, text).items() if value != ""}


def _dovecot(text: str) -> dict[str, object]:
    found = {name: value for name, value in pairs(DOVECOT_PAIR, text).items() if value != ""}
    if "rip" in found:
        found["src_ip"] = found["rip"]
    return found


def exim_fields(text: str) -> dict[str, object]:
    """Draw `H=`, `F=`, `P=` and their kin, and the host's parts, from a line of Exim's log."""
    found = pairs(EXIM_PAIR, text) if "=" in text else {}
    if "[" not in text:
        return found
    host = EXIM_HOST.search(f" {text}") if "H=" in text else None
    if host := host or EXIM_BARE.search(text):
        for name, value in zip(host.re.groupindex, host.groups(), strict=True):
            if value:
                found[name] = value
    return found


POSTFIX = (
    ("connected", rf"connect from {CLIENT}"),
    ("disconnected", rf"disconnect from {CLIENT}(?: .*)?"),
    ("connection lost", rf"(?:lost connection|timeout|too many errors) after (?P<command>.{{1,60}}) from {CLIENT}"),
    ("login failed", rf"warning: {CLIENT}: SASL (?P<auth_method>\S+) authentication failed:? ?(?P<reason>.*)"),
    ("no mail client", rf"warning: non-SMTP command from {CLIENT}: (?P<command>.*)"),
    ("name does not fit", r"warning: hostname (?P<src_host>\S+) does not resolve to address (?P<src_ip>[^\s:]\S*?)(?:: .*)?"),
    ("pipelining", rf"improper command pipelining after (?P<command>\S+) from {CLIENT}:? ?.*"),
    ("rejected", rf"{QUEUE}: (?:milter-)?reject: (?P<command>\S+(?: \S+)?) from {CLIENT}: (?P<code>\d{{3}}) (?P<reason>.*)"),
    ("rejected", rf"(?:milter-)?reject: (?P<command>\S+) from {CLIENT}: (?P<code>\d{{3}}) (?P<reason>.*)"),
    ("client", rf"{QUEUE}: client={CLIENT}.*"),
    ("delivered", rf"{QUEUE}: to=<(?P<to>[^>]*)>,.* status=(?P<status>\w+) \((?P<reason>.*)\)"),
    ("queued", rf"{QUEUE}: from=<(?P<from>[^>]*)>, size=(?P<size>\d+), nrcpt=(?P<recipients>\d+).*".replace("(?P<from>", "(?P<sender>")),
    ("message id", rf"{QUEUE}: message-id=(?P<message_id>.*)"),
    ("removed", rf"{QUEUE}: removed"),
    ("TLS failed", rf"SSL_accept error from {CLIENT}: (?P<reason>.*)"),
    ("TLS", rf"(?P<trust>\w+) TLS connection established (?:from|to) {CLIENT}.*"),
    ("connected", rf"CONNECT from {CLIENT} to \[(?P<dst_ip>[^\]]+)\]:(?P<dst_port>\d+)"),
    ("spoke too early", rf"PREGREET \d+ after (?P<after>\S+) from {CLIENT}: (?P<said>.*)"),
    ("blocklisted", rf"DNSBL rank (?P<rank>\d+) for {CLIENT}"),
    ("disconnected", rf"(?:DISCONNECT|HANGUP|PASS \w+) (?:after \S+ from )?{CLIENT}.*"),
    ("address named", rf".* from {CLIENT}.*"),
)  # fmt: skip
LOGIN = r"(?P<process>(?P<protocol>[a-z\d]{1,16})-login): (?P<said>(?:Info: |Error: |Warning: )?"
WORKER = r"(?P<process>auth(?:-worker)?)(?:\((?P<worker>[^)]*)\))?: (?:Info: |Error: )?(?:conn [^:]*: )?(?:auth-worker<\d+>: )?"
DOVECOT = (
    ("login accepted", rf"{LOGIN}Login): user=.*"),
    ("login failed", rf"{LOGIN}(?:Aborted login|Disconnected|Login aborted|Maximum number of connections)[^(]{{0,200}}\((?P<reason>(?:auth failed|tried|user not found|password mismatch)[^)]*)\)):? .*"),
    ("no login", rf"{LOGIN}(?:Aborted login|Disconnected|Login aborted)[^(]{{0,200}}(?:\([^)]*\))?):? .*"),
    ("login failed", rf"{WORKER}(?P<backend>[\w-]+)\((?P<user>[^,()]*),(?P<src_ip>[^,()]+)(?:,<(?P<session>[^>]*)>)?\): (?:(?P<call>\w+\(\)) failed: )?(?P<reason>.*)"),
    ("login failed", r"(?P<process>auth(?:-worker)?)(?:\([^)]*\))?: .{0,80}?(?P<backend>pam|passwd|passwd-file|sql|ldap|shadow|lua)\((?P<user>[^,()]*),(?P<src_ip>[^,()]+)[^)]*\): (?:(?P<call>\w+\(\)) failed: )?(?P<reason>.*)"),
    ("mailbox session", r"(?P<process>imap|pop3|lmtp|lda|managesieve)\((?P<user>[^)]*)\)(?:<[^>]*>){0,2}: (?P<said>.*)"),
)  # fmt: skip
MESSAGE = r"(?:(?P<message_id>[\w]{6}-[\w]{6,11}-[\w]{2,4}) )?"
EXIM = (
    ("login failed", r"(?P<auth_method>\S+) authenticator failed for (?:(?P<src_host>[^\s(\[]+) )?(?:\((?P<helo>[^)]*)\) )?\[(?P<src_ip>[^\]]+)\](?::(?P<src_port>\d+))?(?: I=\S+)?: (?P<reason>\d{3} [^(]*?)(?: \(set_id=(?P<user>.*)\))?"),
    ("rejected", rf"{MESSAGE}.*?(?:temporarily )?rejected (?P<command>RCPT|after DATA|connection|HELO|EHLO|AUTH|MAIL|VRFY|EXPN|by \S+)(?: <(?P<recipient>[^>]*)>)?.*"),
    ("rejected", rf"{MESSAGE}H=.*? sender verify (?:fail|defer) for <(?P<sender>[^>]*)>.*"),
    ("received", rf"{MESSAGE}<= (?P<sender>\S+) .*"),
    ("delivered", rf"{MESSAGE}[=-]> (?P<recipient>\S+).*"),
    ("failed", rf"{MESSAGE}\*\* (?P<recipient>\S+).*"),
    ("deferred", rf"{MESSAGE}== (?P<recipient>\S+).*"),
    ("completed", rf"{MESSAGE}Completed.*"),
    ("no name", r"no host name found for IP address (?P<src_ip>\S+)"),
    ("connected", r"SMTP connection from .*"),
    ("syntax", r"SMTP (?:protocol|syntax|call|command|data).*"),
)  # fmt: skip
EXIM_TABLE = Table(LogSource("linux", None, "exim"), EXIM, also=exim_fields)

MAILERS = (
    ("postfix postgrey", Table(LogSource("linux", None, "postfix"), POSTFIX, also=_postfix)),
    ("dovecot", Table(LogSource("linux", None, "dovecot"), DOVECOT, also=_dovecot)),
    ("exim exim4", EXIM_TABLE),
)
