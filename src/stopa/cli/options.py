"""Options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from stopa.errors import InputError
from stopa.model.evidence import Reliability, Tlp


def moment(text: str) -> datetime:
    """Return an instant; one without a zone is in UTC, which all times are shown in."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        hint = "write 2025-05-28 or 2025-05-28T08:14:00Z"
        raise click.BadParameter(f"{text!r} is no time: {hint}") from None


evidence = click.argument(
    "evidence", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="EVIDENCE..."
)
case = click.argument("case", type=click.Path(path_type=Path), metavar="CASE")
rules = click.option(
    "--rules",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Sigma rules: a file, folder or .tar.gz; repeatable. `starter` names stopa's own, "
    "which are used when nothing is named.",
)
yara = click.option(
    "--yara",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="YARA rules, run over every file, member of an archive and attachment: a file, folder or "
    ".tar.gz; repeatable. Needs the extra `yara`.",
)
our_domains = click.option(
    "--our-domains",
    "own_domains",
    multiple=True,
    metavar="DOMAIN",
    help="A domain of the organisation whose mail this is: names in mail are compared with it, and "
    "with those that it writes to. Repeatable.",
)
since = click.option(
    "--since", type=moment, metavar="TIME", help="Only events not before this time (UTC)."
)
until = click.option(
    "--until",
    type=moment,
    metavar="TIME",
    help="Only events before this time (UTC); those without one stay.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
quiet = click.option("--quiet", is_flag=True, help="Show no progress and no summary.")
tlp = click.option(
    "--tlp",
    type=click.Choice(
        [level.value.removeprefix("TLP:").lower() for level in Tlp], case_sensitive=False
    ),
    default="amber",
    show_default=True,
    help="TLP 2.0 marking of the evidence and the dossier.",
)
mark = click.option(
    "--mark",
    "marks",
    multiple=True,
    metavar="FILE=TLP",
    help="Mark single evidence, such as logs/mail.log=tlp:red; FILE may hold *. Repeatable.",
)
reliability = click.option(
    "--reliability",
    type=click.Choice([code.value for code in Reliability]),
    default=Reliability.CANNOT_BE_JUDGED.value,
    show_default=True,
    help="Admiralty code of the evidence's source; F is `cannot be judged`.",
)


zone = click.option(
    "--zone",
    metavar="ZONE",
    help="The zone of times that carry none: a name such as Europe/Prague, or +02:00.",
)
year = click.option(
    "--year",
    type=click.IntRange(1970, 9998),
    metavar="YEAR",
    help="The year in which logs begin that state none (syslog); with --zone it gives their times.",
)
DOMAIN = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}")
OFFSET = re.compile(r"([+-])([01]\d):([0-5]\d)")


def zone_of(word: str | None) -> tzinfo | None:
    """Return the zone that the option's word means; raise InputError when it means none."""
    if word is None:
        return None
    if found := OFFSET.fullmatch(word):
        sign, hours, minutes = found.groups()
        away = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(away if sign == "+" else -away)
    try:
        return ZoneInfo(word)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InputError(
            f"there is no zone {word}", hint="use a name such as Europe/Prague, or +02:00"
        ) from error


def domains_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the domains that are named; raise InputError for what is none."""
    named = tuple(word.strip().rstrip(".").lower() for word in words)
    for domain in named:
        if not DOMAIN.fullmatch(domain):
            raise InputError(f"{domain} is no domain", hint="such as ministry.example")
    return named


def tlp_of(word: str) -> Tlp:
    """Return the marking that the option's word means."""
    return Tlp(f"TLP:{word.upper()}")


def tlp_named(word: str) -> Tlp:
    """Return the marking called `tlp:green` or `green`; raise InputError where there is none."""
    named = word.upper().removeprefix("TLP:")
    found = next((tlp for tlp in Tlp if tlp.value == f"TLP:{named}"), None)
    if found is None:
        every = ", ".join(tlp.value.lower() for tlp in Tlp)
        raise InputError(f"there is no marking {word}", hint=f"one of {every}")
    return found


def marks_of(words: tuple[str, ...]) -> tuple[tuple[str, Tlp], ...]:
    """Return name patterns and markings of `FILE=tlp:red`; raise InputError for anything else."""
    pairs = [word.rpartition("=") for word in words]
    for word, (name, equals, _) in zip(words, pairs, strict=True):
        if not (name and equals):
            raise InputError(f"{word} marks nothing", hint="write --mark 'logs/mail.log=tlp:red'")
    return tuple((name, tlp_named(tlp)) for name, _, tlp in pairs)
