"""What programs say that let people in: sshd, PAM, sudo, su, cron, login, the account tools.

Spec: https://github.com/openssh/openssh-portable/blob/master/auth.c
Spec: https://github.com/linux-pam/linux-pam/blob/master/modules/pam_unix/pam_unix_sess.c
Spec: https://www.sudo.ws/docs/man/sudoers.man/#Event_log_via_syslog
Trap: a name that somebody tried to log in with is his to choose. Gaps for such names take all up to
the last place at which the rest of the sentence fits.
"""

# ruff: noqa: E501 (a sentence of a program stays on one line, as the program writes it)

from __future__ import annotations

import re

from stopa.model.event import LogSource
from stopa.readers._log_lines import pairs
from stopa.readers._patterned import Table

PORT = r"(?: port (?P<src_port>\d{1,5}))?"
END = r"(?: ssh2?)?(?: \[[\w ]{1,20}\])?"
FROM = rf"from (?P<src_ip>\S+){PORT}"
WHO = r"(?P<invalid>(?:invalid|illegal) user )?(?P<user>.*)"
PAIR = re.compile(r"(?<![\w-])([a-z]{1,16})=([^\s;,]{0,256})")
# Both names are whoever's tries to log in, and may hold anything; the host is PAM's own.
FAILURE = re.compile(r" ruser=(?P<ruser>.*?) rhost=(?P<rhost>\S*)(?: {1,2}user=(?P<user>.*))?$")


def pam_pairs(text: str) -> dict[str, object]:
    """Draw `rhost=`, `user=` and their kin from what PAM says of a failure."""
    if "pam_" not in text[:64] and "PAM " not in text[:64]:
        return {}
    found = pairs(PAIR, text)
    if failure := FAILURE.search(text):
        found |= failure.groupdict()
    told = {name: value for name, value in found.items() if value}
    return {**told, **({"src_ip": told["rhost"]} if "rhost" in told else {})}


PAM = (
    (
        "session opened",
        r"\(?pam_\w+\((?P<pam_service>[^:)]*):session\)?:? session opened for user (?P<user>[^\s(]+)"
        r"(?:\(uid=(?P<uid>\d+)\))? by (?P<by>[^\s(]*)(?:\(uid=(?P<by_uid>\d+)\))?",
    ),
    (
        "session closed",
        r"\(?pam_\w+\((?P<pam_service>[^:)]*):session\)?:? session closed for user (?P<user>\S+)",
    ),
    ("session opened", r"\(pam_unix\) session opened for user (?P<user>\S+) by (?P<by>.*)"),
    ("session closed", r"\(pam_unix\) session closed for user (?P<user>\S+)"),
    (
        "authentication failed",
        r"\(?pam_\w+(?:\((?:(?P<pam_service>[^:)]*):)?auth\))?\)?[:;]? authentication failure;.*",
    ),
    ("authentication failed", r"PAM (?P<times>\d+) more authentication failures?;.*"),
    (
        "user unknown",
        r"\(?pam_\w+(?:\((?P<pam_service>[^:)]*):auth\))?\)?[:;]? check pass; user unknown",
    ),
)
SSHD = (
    (
        "login accepted",
        rf"Accepted (?P<auth_method>\S+) for (?P<user>\S+) {FROM}(?: (?P<protocol>ssh\d?))?(?:: (?P<key>.*))?",
    ),
    (
        "login failed",
        rf"Failed (?P<auth_method>\S+) for (?P<user>(?!invalid user |illegal user )\S+) {FROM}(?: (?P<protocol>ssh\d?))?(?:: (?P<key>.*))?",
    ),
    (
        "login failed",
        rf"Failed (?P<auth_method>\S+) for {WHO} {FROM}(?: (?P<protocol>ssh\d?))?(?:: (?P<key>[A-Z\d-]{{2,24}} \S+(?: .*)?))?",
    ),
    ("invalid user", rf"Invalid user (?P<user>.*) {FROM}{END}"),
    ("invalid user", rf"Illegal user (?P<user>.*) {FROM}{END}"),
    ("login failed", rf"PAM: [Aa]uthentication (?:failure|error) for {WHO} from (?P<src_ip>\S+)(?: via (?P<via>\S+))?{END}"),
    ("login failed", rf"PAM: User not known to the underlying authentication module for {WHO} from (?P<src_ip>\S+)"),
    ("login failed", rf"Authentication failure for {WHO} from (?P<src_ip>\S+)"),
    ("too many tries", rf"maximum authentication attempts exceeded for {WHO} {FROM}{END}"),
    ("too many tries", rf"Too many authentication failures for {WHO} {FROM}{END}"),
    ("connection closed", rf"Connection (?:closed|reset) by (?P<who>authenticating|invalid) user (?P<user>.*) (?P<src_ip>\S+) port (?P<src_port>\d+){END}"),
    ("connection closed", rf"Connection (?:closed|reset) by (?P<src_ip>\S+){PORT}{END}"),
    ("connection closed", r"Connection (?:closed|reset) by (?P<src_ip>\S+) port (?P<src_port>\d+) .{0,80}"),
    ("disconnected", rf"Disconnected from (?:(?P<who>authenticating|invalid) )?user (?P<user>.*) (?P<src_ip>\S+) port (?P<src_port>\d+){END}"),
    ("disconnected", rf"Disconnected from (?P<src_ip>\S+){PORT}{END}"),
    ("disconnected", r"Received disconnect from (?P<src_ip>[^\s]+?)(?: port (?P<src_port>\d+))?: ?(?P<code>\d+): (?P<reason>.*)"),
    ("disconnected", rf"Disconnecting (?:(?P<who>authenticating|invalid) user )?(?P<user>.*) (?P<src_ip>\S+) port (?P<src_port>\d+): (?P<reason>.*?){END}"),
    ("disconnecting", r"Disconnecting: (?P<reason>.*)"),
    ("no identification", rf"Did not receive identification string {FROM}(?:: .*)?"),
    ("bad protocol", rf"Bad protocol version identification (?P<said>.*) {FROM}"),
    ("no agreement", rf"Unable to negotiate with (?P<src_ip>\S+){PORT}: (?P<reason>.*)"),
    ("no agreement", r"Unable to negotiate with (?P<src_ip>[^\s:]+): (?P<reason>.*)"),
    ("not allowed", r"User (?P<user>.*) from (?P<src_ip>\S+) not allowed because (?P<reason>.*)"),
    ("not allowed", r"User (?P<user>.*) not allowed because (?P<reason>.*)"),
    ("root refused", rf"ROOT LOGIN REFUSED FROM (?P<src_ip>\S+){PORT}{END}"),
    ("connection refused", r"refused connect from (?P<src_host>\S+) \((?P<src_ip>\S+)\)"),
    ("connection refused", r"refused connect from (?P<src_ip>\S+)"),
    ("name does not fit", r"Address (?P<src_ip>\S+) maps to (?P<src_host>\S+), but this does not map back.*"),
    ("name does not fit", r"reverse mapping checking getaddrinfo for (?P<src_host>\S+) \[(?P<src_ip>[^\]]+)\] failed.*"),
    ("name does not fit", r"Nasty PTR record (?P<said>.*) is set up for (?P<src_ip>\S+), ignoring"),
    ("timeout", rf"Timeout before authentication for (?:connection from )?(?P<src_ip>\S+){PORT}(?: to (?P<dst_ip>[^\s,]+))?.*"),
    ("connection", rf"Connection {FROM} on (?P<dst_ip>\S+) port (?P<dst_port>\d+).*"),
    ("bad exchange", rf"banner exchange: Connection {FROM}: (?P<reason>.*)"),
    ("bad exchange", rf"ssh_dispatch_run_fatal: Connection {FROM}: (?P<reason>.*)"),
    ("bad exchange", rf"ssh_dispatch_run_fatal: Connection from (?:authenticating|invalid) user (?P<user>.*) (?P<src_ip>\S+){PORT}: (?P<reason>.*)"),
    ("bad exchange", r"kex_exchange_identification: (?P<reason>.*)"),
    ("key not from there", r"Authentication tried for (?P<user>.*) with correct key but not from a permitted host \(host=(?P<src_host>[^,]*), ip=(?P<src_ip>[^)]*)\).*"),
    ("session started", rf"Starting session: (?P<what>.*) for (?P<user>\S+) {FROM}(?: id \d+)?"),
    ("user unknown", r"input_userauth_request: (?:invalid|illegal) user (?P<user>.*?)" + END),
    ("root key", r"Root login accepted for forced command.*"),
    ("listening", r"Server listening on (?P<dst_ip>\S+) port (?P<dst_port>\d+)\."),
    *PAM,
    ("address named", r".* from (?P<src_ip>[\da-fA-F:.]{3,45})(?: port (?P<src_port>\d+))?(?:[: ].*)?"),
)  # fmt: skip
_SUDO = (
    r"(?:HOST=[^;]* ; )?(?:TTY=(?P<tty>[^;]*?) ; )?(?:CHROOT=[^;]* ; )?PWD=(?P<pwd>[^;]*) ; "
    r"USER=(?P<run_as>[^;]*?) ; (?:GROUP=(?P<group>[^;]*) ; )?"
    r"(?:TSID=\S+ ; )?(?:ENV=(?P<env>[^;]*) ; )?COMMAND=(?P<command>.*)"
)
SUDO = (
    ("command run", rf"(?P<user>\S+) : {_SUDO}"),
    ("command refused", rf"(?P<user>\S+) : (?P<reason>[^;=]{{1,200}}) ; {_SUDO}"),
    ("command continued", r"(?P<user>\S+) : \(command continued\) (?P<command>.*)"),
    *PAM,
)
CRON = (
    ("command run", r"\((?P<user>[^()]*)\) CMD \((?P<command>.*)\)"),
    ("mail sent", r"\((?P<user>[^()]*)\) MAIL \((?P<reason>.*)\)"),
    ("table changed", r"\((?P<user>[^()]*)\) (?P<action>REPLACE|BEGIN EDIT|END EDIT|DELETE|LIST) \((?P<target>.*)\)"),
    ("told", r"\((?P<user>[^()]*)\) (?P<action>[A-Z][A-Z ]{2,30}) \((?P<reason>.*)\)"),
    *PAM,
)  # fmt: skip
ACCOUNTS = (
    ("command refused", r"(?P<user>[^:\s]+): (?P<said>.{1,200}?) \[USER=(?P<run_as>[^\]]*)\] \[TTY=(?P<tty>[^\]]*)\] \[CWD=(?P<pwd>[^\]]*)\] \[COMMAND=(?P<command>.*)\]"),
    ("user added", r"new user: name=(?P<user>[^,]*), UID=(?P<uid>\d+), GID=(?P<gid>\d+), home=(?P<home>[^,]*), shell=(?P<shell>[^,]*)(?:, from=(?P<tty>.*))?"),
    ("group added", r"new group: name=(?P<group>[^,]*), GID=(?P<gid>\d+)"),
    ("group added", r"group added to \S+: name=(?P<group>[^,]*)(?:, GID=(?P<gid>\d+))?"),
    ("added to group", r"add '(?P<user>[^']*)' to (?:shadow )?group '(?P<group>[^']*)'"),
    ("user deleted", r"delete user '(?P<user>[^']*)'"),
    ("removed from group", r"delete '(?P<user>[^']*)' from (?:shadow )?group '(?P<group>[^']*)'"),
    ("user changed", r"change user '(?P<user>[^']*)' (?P<what>.*)"),
    ("password changed", r"(?:pam_unix\([^)]*\): )?password changed for (?P<user>.*)"),
    ("session opened", r"New session '?(?P<session>\S+?)'? of user '?(?P<user>[^'\s]+?)'?(?: with .*)?\.?"),
    ("session closed", r"Removed session (?P<session>\S+?)\."),
    ("became another", r"Successful su for (?P<run_as>\S+) by (?P<user>\S+)"),
    ("failed to become another", r"FAILED [Ss][Uu] (?:for (?P<run_as>\S+) by (?P<user>\S+)|\(to (?P<to>\S+)\) (?P<by>\S+) on (?P<tty>\S+))"),
    ("became another", r"\(to (?P<run_as>\S+)\) (?P<user>\S+) on (?P<tty>\S+)"),
    ("login failed", r"FAILED LOGIN (?:SESSION )?\(?\d*\)? ?(?:on '(?P<tty>[^']*)' )?(?:from '(?P<src_ip>[^']*)' )?FOR '(?P<user>.*)', (?P<reason>.*)"),
    ("login accepted", r"(?P<root>ROOT )?LOGIN +ON (?P<tty>\S+)(?: BY (?P<user>\S+))?(?: FROM (?P<src_ip>\S+))?"),
    ("login failed", r"Invalid login as (?P<user>.*) from (?P<src_ip>\S+)"),
    ("login failed", r"Non-existent login as (?P<user>.*) from (?P<src_ip>\S+)"),
    ("login accepted", r"Successful login as (?P<user>.*) from (?P<src_ip>\S+)"),
    *PAM,
)  # fmt: skip

LOGINS = (
    (
        "sshd sshd-session sshd-auth dropbear",
        Table(LogSource("linux", None, "sshd"), SSHD, r"(?:error|fatal|warning|info): ", pam_pairs),
    ),
    ("sudo sudoedit", Table(LogSource("linux", None, "sudo"), SUDO, also=pam_pairs)),
    (
        "cron crond cronie anacron atd /usr/sbin/cron crontab /usr/sbin/crond",
        Table(LogSource("linux", None, "cron"), CRON, also=pam_pairs),
    ),
    (
        "su login useradd userdel usermod groupadd groupdel groupmod gpasswd passwd chpasswd chage"
        " systemd-logind polkitd pkexec gdm-password] gdm lightdm sddm pam webmin adduser chfn chsh"
        " systemd-user polkit-agent-helper-1 pure-ftpd pam_unix",
        Table(LogSource("linux", None, "auth"), ACCOUNTS, also=pam_pairs),
    ),
)
