"""Elastic's schema as a list of fields: no reader of it runs without a server.

Spec: Elastic Common Schema 8.17, field reference: the fields that are written here, their types
Why: a field that the schema does not list, or a value that is not of its type, is what a server
would refuse or guess at. A word longer than its limit is stored and not found.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from ipaddress import ip_address

from stopa.dossier.consumers._consumer import Consumer, Leaf, Understood
from stopa.dossier.consumers._written import of_lines

LIMIT = 1_024  # characters of a keyword that are indexed, `ignore_above` of Elastic's own template
LABELS = "labels."  # keys of one's own, all of them keywords


def _date(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).utcoffset() is not None
    except ValueError:
        return False


def _ip(value: str) -> bool:
    try:
        return bool(ip_address(value))
    except ValueError:
        return False


def _keyword(value: str) -> bool:
    return len(value) <= LIMIT


FIELDS: dict[str, Callable[[str], bool]] = {
    "@timestamp": _date,
    "event.severity": str.isdecimal,
    "message": bool,
    "threat.indicator.ip": _ip,
    "threat.indicator.url.full": bool,
    **dict.fromkeys(
        (
            "ecs.version", "event.category", "event.dataset", "event.id", "event.kind",
            "event.module", "event.type", "file.hash.sha256", "host.name", "log.file.path",
            "observer.product", "observer.version", "rule.author", "rule.description", "rule.id",
            "rule.license", "rule.name", "rule.reference", "tags", "threat.framework",
            "threat.indicator.email.address", "threat.indicator.file.hash.md5",
            "threat.indicator.file.hash.sha1", "threat.indicator.file.hash.sha256",
            "threat.indicator.file.name", "threat.indicator.marking.tlp",
            "threat.indicator.provider", "threat.indicator.registry.path",
            "threat.indicator.type", "threat.indicator.url.domain", "threat.tactic.name",
            "threat.technique.id", "threat.technique.subtechnique.id", "user.name",
        ),
        _keyword,
    ),
}  # fmt: skip


def _read(content: bytes) -> Understood:
    strange = {path for path, _ in of_lines(content) if not _type(path)}
    return Understood(_fits, tuple(f"no field of the schema: {path}" for path in sorted(strange)))


def _type(path: str) -> Callable[[str], bool] | None:
    return _keyword if path.startswith(LABELS) else FIELDS.get(path)


def _fits(leaf: Leaf) -> bool:
    fits = _type(leaf[0])
    return fits is not None and fits(leaf[1])


FIELD_LIST = Consumer(
    "the list of ECS fields (no server was asked)", "", "", frozenset({"ecs"}), _read,
    written=of_lines, edition="8.17",
)  # fmt: skip
