"""Records that a cloud's tools have wrapped, taken out of their wrapping.

Spec: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
Spec: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
Spec: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
Spec: https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list
Why: rules name the fields of the record itself. What the wrapping says and the record does not is
kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stopa.readers._cloud_shape import Record
from stopa.readers._json_value import decode

LOGGED = frozenset(("id", "eventId", "ingestionTime", "logStreamName"))
MOST = 8  # members of a message of CloudWatch Logs
VALUES = ("value", "multiValue", "intValue", "multiIntValue", "boolValue", "messageValue")


def looked_up(record: Record) -> Record:
    """Return the record that `lookup-events` keeps as text in `CloudTrailEvent`."""
    text = record.get("CloudTrailEvent")
    inner = parsed(text) if isinstance(text, str) else text
    if not isinstance(inner, dict):
        return record
    return {name: value for name, value in record.items() if name != "CloudTrailEvent"} | inner


def delivered(record: Record) -> Record:
    """Return the record that an event bus delivered as `detail`."""
    inner = record.get("detail")
    if not isinstance(inner, dict):
        return record
    return {name: value for name, value in record.items() if name != "detail"} | inner


def as_told(record: Record) -> Record:
    """Return the record that a log agent put into `event`, an object."""
    inner = record.get("event")
    if not isinstance(inner, dict):
        return record
    return {name: value for name, value in record.items() if name != "event"} | inner


def logged(record: Record) -> Record:
    """Return the record that CloudWatch Logs keeps as the text of a message."""
    text = record.get("message")
    if not isinstance(text, str) or text[:1] != "{" or LOGGED.isdisjoint(record):
        return record
    inner = parsed(text)
    if inner is None or len(record) > MOST:
        return record
    return {**inner, **{f"cloudwatch.{n}": v for n, v in record.items() if n != "message"}}


def activity(record: Record) -> Record:
    """Return a Workspace activity with its events' names, and parameters as fields."""
    fields = dict(record)
    events = record.get("events")
    if isinstance(events, list):
        told = [event for event in events if isinstance(event, dict)]
        fields["name"] = _one([str(event["name"]) for event in told if "name" in event])
        fields["type"] = _one([str(event["type"]) for event in told if "type" in event])
        fields["parameters"] = _parameters(told)
    application = fields.get("id")
    if isinstance(application, dict) and isinstance(application.get("applicationName"), str):
        fields["eventService"] = f"{application['applicationName']}.googleapis.com"
    return fields


def parsed(text: str) -> Mapping[str, object] | None:
    """Return the object that a text says in JSON; None where it says none."""
    try:
        told = decode(text.encode("utf-8", "backslashreplace"))
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _parameters(events: list[dict[str, object]]) -> dict[str, object]:
    gathered: dict[str, list[object]] = {}
    for event in events:
        for name, value in _named(event.get("parameters")):
            gathered.setdefault(name, []).append(value)
    return {name: _one(values) for name, values in gathered.items()}


def _named(parameters: object) -> Iterator[tuple[str, object]]:
    for parameter in parameters if isinstance(parameters, list) else ():
        if isinstance(parameter, dict) and isinstance(parameter.get("name"), str):
            value = next((parameter[key] for key in VALUES if key in parameter), None)
            yield parameter["name"], value


def _one(values: list[object] | list[str]) -> object:
    return values[0] if len(values) == 1 else values or None
