"""An incident in EuRepoC's variables: each value with its place, or "not stated"."""

from __future__ import annotations

from dataclasses import dataclass

from stopa.model.evidence import Where

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Coded:
    """A value of a variable, and what it rests on. `by` is a fact's or statement's id.

    Where several texts give one value, the place is in the first, and `documents` are all.
    """

    value: str
    by: str
    sentence: str
    where: Where
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One party's attribution. Countries as EuRepoC names them; None where not stated."""

    by: str
    type: str
    basis: str
    actor: str | None
    country: str | None
    company: str | None
    date: str | None
    initiator: str | None
    initiator_country: str | None
    initiator_category: str
    sentence: str
    where: Where
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What was done about it. `legal` or political; `type` and `subcode` in EuRepoC's words."""

    by: str
    legal: bool
    type: str
    actor: str | None
    country: str | None
    date: str | None
    sentence: str
    where: Where
    documents: tuple[str, ...]
    subcode: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentRecord:
    """An incident, coded. `values` has every variable that is coded here, in EuRepoC's order."""

    id: str
    name: str
    values: tuple[tuple[str, tuple[Coded, ...]], ...]
    attributions: tuple[Attribution, ...]
    responses: tuple[Response, ...]
    documents: tuple[str, ...]
    uncoded: tuple[str, ...]
