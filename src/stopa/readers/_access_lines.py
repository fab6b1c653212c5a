r"""One line of a web server's access or error log, as Apache, nginx and their kin write it.

Spec: https://httpd.apache.org/docs/2.4/logs.html
Spec: https://nginx.org/en/docs/http/ngx_http_log_module.html
Why: the formats have no names of their own for their fields, so they get those of W3C extended
logs, which the rules for web servers and proxies speak.
Trap: request, referrer and agent are what the client sent; a quotation mark inside is escaped
(`\"`, `\x22`), and a request may be no HTTP at all. Requests keep their escapes as written.
"""

# ruff: noqa: E501 (a sentence of a program stays on one line, as the program writes it)

from __future__ import annotations

import re

from stopa.readers._rows import Values
from stopa.readers._years import MONTHS

INSIDE = r'(?:[^"\\]|\\.)*'
UNROLLED = r'[^"\\]*(?:\\.[^"\\]*)*'  # the same, and quicker
QUOTED = rf'"({INSIDE})"'


def _quoted(name: str) -> str:
    return rf'"(?P<{name}>{INSIDE})"'


CLOCK = re.compile(
    r"(\d{1,2})/([A-Z][a-z]{2})/(\d{4}):(\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?: ([+-]\d{4}))?"
)
ACCESS = re.compile(
    r"(?:(?P<host>[^\s\[\"]{1,255}) )??(?P<client>[^\s\[\"=]{1,255})(?: (?P<ident>[^\s\"\[]{1,255}))? "
    r"(?P<user>[^\s\"\[]{1,255}|[A-Za-z][^\[\"]{0,254}[^\s\[\"]|\"[^\"]{0,255}\")"
    r" \[(?P<time>\d{1,2}/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d[^\]]{0,16})\] "
    rf"{QUOTED} (?P<status>\d{{3}}|-) (?P<bytes>\d{{1,20}}|-)(?P<rest>(?: .*)?)",
    re.DOTALL,
)
USUAL = re.compile(
    r'([^\s\["=]{1,255}) (?:-|([^\s"\[]{1,255})) (?:-|([^\s"\[]{1,255})) \[(\d\d/[A-Z][a-z]{2}/\d{4}:[^\]]{8,24})\] '
    r'"([A-Z]{1,32}) ([^\s"\\]+) (HTTP/\d(?:\.\d)?)" (\d{3}) (?:-|(\d{1,20}))'
    rf'(?: "(?:-|({UNROLLED}))" "(?:-|({UNROLLED}))"(?: "(?:-|((?!TCP|UDP|NONE|TAG)[^"\\]*))")?)?'
)
USUAL_NAMES = (
    *("c-ip", "ident", "cs-username", "timestamp", "cs-method", "cs-uri", "cs-version"),
    *("sc-status", "sc-bytes", "cs-referer", "cs-user-agent", "x-forwarded-for"),
    *("cs-uri-stem", "cs-uri-query"),
)
USUAL_URI = USUAL_NAMES.index("cs-uri")
REST = re.compile(rf"\s*(?:{QUOTED}|\[([^\]]*)\]|(\S+))")
CACHE = re.compile(r"(?:TCP|UDP|NONE|TAG)[A-Z_]*(?:/\d{3})?:[A-Z_]+")
REQUEST = re.compile(r"([A-Za-z_-]{1,32}) (.*?)(?: (HTTP/\d(?:\.\d)?|RTSP/\d\.\d))?", re.DOTALL)
ROUTED = re.compile(
    r"\[(?P<time>\d{1,2}/[A-Z][a-z]{2}/\d{4}:[^\]]{1,24})\] (?:(?P<cache>\S+) )??(?:(?P<upstream>[\d-]+) )??(?P<status>\d{3}|-) - "
    rf"(?P<method>\S+) (?P<scheme>\S+) (?P<host>\S+) {_quoted('path')} \[Client (?P<client>[^\]]+)\] \[Length (?P<bytes>[^\]]+)\]"
    rf"(?: \[Gzip (?P<gzip>[^\]]+)\])?(?: \[Sent-to (?P<sent_to>[^\]]+)\])? {_quoted('agent')} {_quoted('referrer')}"
)
APACHE_ERROR = re.compile(
    r"\[(?P<timestamp>[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,6})? \d{4})\] \[(?P<severity>[\w:]{1,64})\]"
    r"(?: \[pid (?P<pid>\d+)(?::tid (?P<tid>\d+))?\])?(?P<between>(?: \[(?!client)[^\]]{1,64}\])?)"
    r"(?: (?P<where>[\w/.-]{1,64}\(\d+\)): )?"
    r"(?: ?\[(?:remote|client) (?P<client>[^\]]{1,80})\])? ?(?:(?P<code>AH\d{5}): )?(?P<message>.*)",
    re.DOTALL,
)
NGINX_ERROR = re.compile(
    r"(?P<timestamp>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[(?P<severity>[a-z]{1,16})\] (?P<pid>\d+)#(?P<tid>\d+): (?:\*(?P<connection>\d+) )?(?P<message>.*)",
    re.DOTALL,
)
NGINX_PAIR = re.compile(
    r", (client|server|request|subrequest|upstream|host|referrer): (?:\"((?:[^\"\\]|\\.)*)\"|([^,]*))"
)
NGINX_USER = re.compile(r'user "([^"]*)"')
CLIENT = re.compile(r"\[?([\da-fA-F:.]+?)\]?(?::(\d{1,5}))?")
# Who sent a line on, where a relay left it without a time: `host nginx[811]: `.
SENDER = re.compile(r"(?:[\w.-]{1,255} [\w-]{1,64}(?:\[\d{1,10}\])?: ){1,2}")
WEEKDAY = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\S+) (\d{4})")

Fields = dict[str, object]


def usual(text: str) -> Values | None:
    """Return what a line in the plain common or combined shape says, by `USUAL_NAMES`."""
    found = USUAL.fullmatch(text)
    if found is None:
        return None
    said = found.groups()
    stem, mark, query = said[USUAL_URI].partition("?")
    return *said, stem, query if mark else None


def access(text: str) -> Fields | None:
    """Return the fields of an access log's line; None where it is none."""
    said = usual(text)
    return unusual(text) if said is None else dict(zip(USUAL_NAMES, said, strict=True))


def unusual(text: str) -> Fields | None:
    """Return the fields of an access log's line in any other shape; None where it is none."""
    found = ACCESS.fullmatch(text)
    if found is None:
        return _routed(text)
    host, client, ident, user, time, request, status, size, rest = found.groups()
    fields: Fields = {"c-ip": client, "cs-username": user.strip('"'), "timestamp": time}
    if host is not None:
        fields["cs-host"] = host
    if ident is not None:
        fields["ident"] = ident
    fields |= requested(request)
    fields |= {"sc-status": status, "sc-bytes": size}
    if rest:
        fields |= _rest(rest)
    return {name: None if value == "-" else value for name, value in fields.items()}


def requested(request: str) -> Fields:
    """Return the parts of a request line; what is no HTTP is kept whole as `cs-request`."""
    found = REQUEST.fullmatch(request)
    if found is None:
        return {"cs-request": request}
    method, uri, version = found.groups()
    if version is None and not uri.startswith(("/", "http")):
        return {"cs-request": request}
    stem, mark, query = uri.partition("?")
    fields: Fields = {"cs-method": method, "cs-uri": uri, "cs-uri-stem": stem}
    if mark:
        fields["cs-uri-query"] = query
    if version:
        fields["cs-version"] = version
    return fields


def instant(stamp: str) -> str | None:
    """Return a stamp of an access log (`10/Oct/2000:13:55:36 -0700`) as ISO 8601."""
    found = CLOCK.fullmatch(stamp)
    if found is None or found[2] not in MONTHS:
        return None
    day, month, year, clock, zone = found.groups()
    return f"{year}-{MONTHS[month]:02}-{int(day):02}T{clock}{zone or ''}"


def sent_on(text: str) -> Fields | None:
    """Return the fields of an error log's line, also of one behind the name of who sent it on."""
    if (fields := error(text)) is None and (sender := SENDER.match(text)):
        fields = error(text[sender.end() :])
    return fields


def error_instant(stamp: str) -> str | None:
    """Return a stamp of an error log as ISO 8601; neither server's states a zone."""
    if found := WEEKDAY.fullmatch(stamp):
        month, day, clock, year = found.groups()
        return f"{year}-{MONTHS[month]:02}-{int(day):02} {clock}" if month in MONTHS else None
    return stamp.replace("/", "-")


def error(text: str) -> Fields | None:
    """Return the fields of an error log's line; None where it is none."""
    if found := NGINX_ERROR.fullmatch(text):
        return _given(found) | _nginx(found["message"])
    found = APACHE_ERROR.fullmatch(text)
    if found is None:
        return None
    fields = _given(found)
    between = str(fields.pop("between", "")).strip(" []")
    if between.startswith("client ") or not between:
        between = ""
    module, colon, level = str(fields["severity"]).partition(":")
    if colon:
        fields |= {"module": module, "severity": level}
    if between:
        fields["context"] = between
    client = fields.pop("client", None)
    return fields | (_client(str(client)) if client else {})


def _given(found: re.Match[str]) -> Fields:
    return {name: value for name, value in found.groupdict().items() if value}


def _rest(rest: str) -> Fields:
    """Return referrer and agent, and what a format of somebody's own has behind them."""
    cells = [(quoted, block, bare) for quoted, block, bare in REST.findall(rest)]
    values = [quoted or block or bare for quoted, block, bare in cells]
    fields: Fields = {}
    if len(values) > 1:
        fields = {"cs-referer": values[0], "cs-user-agent": values[1]}
        del values[:2]
    for value in values:
        if CACHE.fullmatch(value):
            fields["s-action"] = value
    if len(values) == 1 and "s-action" not in fields:
        fields["x-forwarded-for"] = values[0]
    elif values and "s-action" not in fields:
        fields["rest"] = " ".join(values)
    return fields


def _routed(text: str) -> Fields | None:
    """Return the fields of a line as Nginx Proxy Manager writes it."""
    found = ROUTED.fullmatch(text)
    if found is None:
        return None
    fields: Fields = {
        "c-ip": found["client"],
        "timestamp": found["time"],
        "cs-host": found["host"],
        **requested(f"{found['method']} {found['path']}"),
        "sc-status": found["status"],
        "sc-bytes": found["bytes"],
        "cs-referer": found["referrer"],
        "cs-user-agent": found["agent"],
        "sent-to": found["sent_to"],
    }
    return {name: None if value == "-" else value for name, value in fields.items()}


def _nginx(message: str) -> Fields:
    fields: Fields = {}
    found = NGINX_PAIR.findall(message)
    if not message.startswith('user "'):
        found.reverse()  # the first of a name counts, or the last one where the user's name leads
    for name, quoted, bare in found:
        fields[name] = quoted or bare
    if user := NGINX_USER.search(message):
        fields["user"] = user[1]
    client = fields.pop("client", None)
    request = fields.pop("request", None)
    host = fields.pop("host", None)
    return {
        **fields,
        **({"cs-host": host} if host else {}),
        **({"c-ip": client} if client else {}),
        **(requested(str(request)) if request else {}),
    }


def _client(said: str) -> Fields:
    found = CLIENT.fullmatch(said)
    if found is None:
        return {"c-ip": said}
    return {"c-ip": found[1]} | ({"c-port": found[2]} if found[2] else {})
