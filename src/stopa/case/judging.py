"""Take down what an analyst judges, beside what was computed, and show it in the dossier.

Why: each judgement is a step of its own in the ledger: none can be changed or dropped unseen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stopa.attribution.judging import column_of
from stopa.case.assembly import JUDGEMENT, with_judgements
from stopa.case.work import DATA, publish
from stopa.dossier import decode
from stopa.dossier.index import index
from stopa.dossier.opinions import Opinions, opinions
from stopa.errors import CaseError, InputError
from stopa.model.assessment import LIKELIHOODS, Consistency
from stopa.model.dossier import Dossier
from stopa.model.evidence import Reliability
from stopa.model.judgement import Judged, Judgement, JudgementKind
from stopa.model.record import name
from stopa.store.case_reader import CaseReader
from stopa.store.case_store import CaseStore

STEP = "judgement:"


@dataclass(frozen=True, slots=True)
class Said:
    """What an analyst says: `about` is a file, `O-...:H2`, or the words of a new hypothesis."""

    kind: JudgementKind
    about: str
    value: str
    reason: str
    analyst: str
    at: str


def judge(folder: Path, said: Said) -> Judgement:
    """Record a judgement and publish the dossier with it. Raises InputError for one that is none.

    The assessment stays as it was computed.
    """
    with CaseStore(folder) as store:
        made = _published(store)
        subject, column = _subject(said, made)
        _check(said)
        parts = (said.analyst, _utc(said.at), said.kind, subject, column, said.value, said.reason)
        judgement = Judgement(name("J", *parts), *parts)
        record(store, (judgement,))
        publish(store, with_judgements(store, made))
    return judgement


def record(store: CaseStore, judgements: Iterable[Judgement]) -> None:
    """Put judgements into the ledger, each a step of its own."""
    for judgement in judgements:
        if not store.is_done(STEP + judgement.id, judgement.id):
            with store.step(STEP + judgement.id, judgement.id) as work:
                work.add(JUDGEMENT, judgement.id, judgement)


def judged_again(folder: Path, made: Iterable[Judgement]) -> None:
    """Put judgements of another run of the same case into this one, and publish its dossier."""
    with CaseStore(folder) as store:
        record(store, made)
        publish(store, with_judgements(store, _published(store)))


def judgements(folder: Path) -> Judged | None:
    """Return what analysts judged in a case, each one's view, and where they part ways."""
    with CaseReader(folder) as store:
        return _published(store).judged


def named(folder: Path) -> Opinions | None:
    """Return the same with files, observations and explanations by their names."""
    with CaseReader(folder) as store:
        return opinions(index(_published(store)))


def _published(store: CaseReader) -> Dossier:
    data = store.dossier / DATA
    if not data.is_file():
        raise CaseError(f"{store.folder} has no dossier", hint="complete it: stopa investigate")
    return decode(data.read_bytes())


def _subject(said: Said, made: Dossier) -> tuple[str, str]:
    """Return what is judged, by what it is known by in every run."""
    match said.kind:
        case JudgementKind.RELIABILITY:
            return _evidence(said.about, made), ""
        case JudgementKind.CELL:
            return _cell(said.about, made)
        case JudgementKind.HYPOTHESIS:
            return said.about, ""


def _evidence(about: str, made: Dossier) -> str:
    exact = {e.sha256 for e in made.evidence if about in (e.name, e.sha256)}
    found = exact or {e.sha256 for e in made.evidence if e.name.endswith(f"/{about}")}
    if len(found) != 1:
        word = "several files are" if found else "no file is"
        raise InputError(f"{word} called {about!r}", hint="name it by its SHA-256")
    return found.pop()


def _cell(about: str, made: Dossier) -> tuple[str, str]:
    observation, _, hypothesis = about.partition(":")
    matrix = made.assessment.matrix
    rows = {row.observation for row in matrix.rows} if matrix else set()
    if observation not in rows:
        raise InputError(
            f"the matrix has no observation {observation!r}",
            hint="write OBSERVATION:HYPOTHESIS, as in O-1f2e3d4c5b6a:H2",
        )
    columns = {h.id: column_of(h) for h in made.assessment.hypotheses}
    if hypothesis not in columns:
        raise InputError(
            f"there is no hypothesis {hypothesis!r}", hint=f"one of {', '.join(columns)}"
        )
    return observation, columns[hypothesis]


def _check(said: Said) -> None:
    scales = {
        JudgementKind.RELIABILITY: tuple(Reliability),
        JudgementKind.CELL: tuple(Consistency),
        JudgementKind.HYPOTHESIS: tuple(likelihood.term for likelihood in LIKELIHOODS),
    }
    if said.value not in scales[said.kind]:
        raise InputError(
            f"{said.value!r} is not on the scale", hint=f"one of {', '.join(scales[said.kind])}"
        )
    if not said.reason.strip() or not said.analyst.strip():
        raise InputError("a judgement has an analyst and a reason", hint="give both")


def _utc(text: str) -> str:
    """Return the time in UTC, so that judgements from several zones stand in their order."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        pass
    raise InputError(
        f"{text!r} is no time", hint="write it as in 2026-05-28T10:00:00Z, with its zone"
    )
