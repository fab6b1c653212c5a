"""Audit logs of bought services as their portals export them: CSV with titles of their own.

Spec: https://help.okta.com/en-us/content/topics/reports/reports_syslog.htm
Spec: https://docs.github.com/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/reviewing-the-audit-log-for-your-organization
Spec: https://support.google.com/a/answer/4579579
Why: rules know the names of the records, so aliases give them to the columns.
Trap: Google's older exports write the date in the zone of the organisation, without saying it.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from stopa.model.event import TIME, USER, LogSource
from stopa.readers._cloud_services import GITHUB_TIMES
from stopa.readers._columns import Layout, Pick
from stopa.readers._flatten import Column
from stopa.readers._times import Times, by_value, stated, utc

Aliases = tuple[tuple[str, str], ...]


def layout(
    log: LogSource, times: tuple[Pick, ...], users: tuple[str, ...], aliases: Aliases = ()
) -> Layout:
    """Return how the rows of a table become columns."""
    return Layout(log, ((TIME, times), (USER, tuple(map(Pick, users)))), aliases=aliases)


def _spoken(texts: Column, zone: tzinfo | None) -> Times:
    """Read `May 28, 2025, 8:14:05 AM`, with or without the second comma."""
    return by_value(texts, _clock, zone)


def _clock(text: str) -> datetime | None:
    told = " ".join(text.replace("\u202f", " ").replace(",", " ").split())
    try:
        return datetime.strptime(told, "%b %d %Y %I:%M:%S %p")  # noqa: DTZ007 - none is stated
    except ValueError:
        return None


OKTA = LogSource("okta", None, "okta")
WORKSPACE = LogSource("gcp", None, "google_workspace")
OKTA_NAMES = (
    ("eventType", "event_type"),
    ("displayMessage", "display_message"),
    ("actor.alternateId", "actor.alternate_id"),
    ("actor.displayName", "actor.display_name"),
    ("client.ipAddress", "client.ip_address"),
    ("client.userAgent.rawUserAgent", "client.user_agent.raw_user_agent"),
    ("target.alternateId", "target0.alternate_id"),
    ("target.displayName", "target0.display_name"),
    ("legacyEventType", "legacy_event_type"),
)
OKTA_USERS = ("actor.alternateId", "actor.alternate_id", "actor.displayName", "actor.display_name")
DATED = (Pick("Date", stated), Pick("Date", _spoken))
TITLES = ("Event name", "Event Name", "Event")
PEOPLE = ("Actor", "User", "Administrator")
WORKSPACE_NAMES = (
    *(("eventName", title) for title in TITLES),
    *(("actor.email", title) for title in PEOPLE),
    *(("ipAddress", title) for title in ("IP address", "IP Address")),
)

# The columns that a table must have, and how its rows are laid out.
PORTALS = (
    (
        frozenset(("timestamp", "event_type", "display_message")),
        layout(OKTA, (Pick("timestamp", utc),), OKTA_USERS, OKTA_NAMES),
    ),
    (
        frozenset(("published", "eventType", "displayMessage")),
        layout(OKTA, (Pick("published", utc),), OKTA_USERS),
    ),
    *(
        (
            frozenset(("action", "actor", *marks)),
            layout(LogSource("github", None, "audit"), GITHUB_TIMES, ("actor",)),
        )
        for marks in (("created_at", "org"), ("@timestamp", "org"), ("created_at", "repo"))
    ),
    *(
        (
            frozenset((event, person, "Date", address)),
            layout(WORKSPACE, DATED, PEOPLE, WORKSPACE_NAMES),
        )
        for event in TITLES
        for person in PEOPLE
        for address in ("IP address", "IP Address")
    ),
)
