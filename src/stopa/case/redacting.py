"""A version of the dossier for an audience: what it may not see is withheld, by its commitment.

Spec: https://www.first.org/tlp/ (TLP 2.0)
Why: a verdict, a label or a count can give away what it rests on. So nothing is struck out of the
full dossier: reports are read, compared and weighed anew from the evidence that may be seen.
Trap: one content may be marked twice, and a member lies in its archive: the strictest counts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stopa import attribution, dossier, knowledge, statements
from stopa.case.assembly import actors_of, conditions_of, expected_of, techniques_of
from stopa.case.attached import by_mail_alone, testimony
from stopa.case.cache import cache_folder
from stopa.case.clocks import skews_of
from stopa.case.export import check_formats, write_formats
from stopa.case.published import published
from stopa.case.work import DATA, PAGE, read_report
from stopa.errors import InputError
from stopa.knowledge import Knowledge
from stopa.model.document import Document
from stopa.model.dossier import Dossier, Withheld
from stopa.model.evidence import Tlp
from stopa.model.judgement import JudgementKind
from stopa.model.rule import Finding
from stopa.model.statement import Reading
from stopa.store import durable
from stopa.store.case_reader import CaseReader
from stopa.store.sealing import commitment, payload

STRICT = tuple(Tlp)  # from the widest audience to the narrowest
Mark = Callable[[Iterable[str]], Tlp]  # of evidence by SHA-256: the strictest marking


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was written, and how many records of each kind are withheld."""

    files: tuple[str, ...]
    withheld: dict[str, int]


def redact(
    folder: Path, audience: Tlp, output: Path, *, formats: Sequence[str] = (), title: str = ""
) -> Redacted:
    """Write dossier, page and exports of a case for an audience into `output`.

    Raises CaseError where the case has no dossier, InputError for a format that is not there.
    """
    check_formats(formats)
    _check_free(output)
    whole = published(folder / "dossier")
    known = knowledge.load(cache_folder())
    with CaseReader(folder) as store:
        made = version_for(store, whole, audience, known)
    made = replace(made, title=title or made.title)
    durable.make_folder(output)
    durable.write(output / DATA, dossier.encode(made))
    durable.write(output / PAGE, dossier.page(made).encode())
    exports = write_formats(made, output / PAGE, formats, output)
    counts = Counter(one.kind for one in made.withheld)
    files = (output / DATA, output / PAGE, *exports)
    return Redacted(tuple(map(str, files)), dict(sorted(counts.items())))


def _check_free(output: Path) -> None:
    """Raise InputError unless a version for one audience would lie there alone."""
    if output.is_dir() and any(output.iterdir()):
        raise InputError(
            f"{output} is not empty: what lies there may be for others to see",
            hint="give each version a folder of its own",
        )


def version_for(store: CaseReader, whole: Dossier, audience: Tlp, known: Knowledge) -> Dossier:
    """Return the dossier as the audience may see it, made of the evidence that it may see."""
    marking = _marking(whole)
    may = _within(audience)
    shown = {item.sha256 for item in whole.evidence if may(marking([item.sha256]))}
    if len(shown) == len({item.sha256 for item in whole.evidence}) and may(whole.tlp):
        return whole
    kept = _of_evidence(whole, shown, may(whole.tlp))
    documents = [d for d in store.records("document", Document) if d.evidence in shown]
    lures = by_mail_alone(store)
    readings = [read_report(document, known, lures) for document in documents]
    settled = tuple(statements.settled(readings, documents))
    weighed = _weighed(kept, settled, testimony(settled, lures), documents, known)
    return replace(
        weighed,
        skews=skews_of(store, shown),
        tlp=min(whole.tlp, audience, key=STRICT.index),
        withheld=tuple(sorted(_withheld(store, whole, marking, may), key=_by_kind)),
    )


def _marking(whole: Dossier) -> Mark:
    """Return the strictest marking of evidence; what is not evidence is marked as the dossier."""
    own: dict[str, Tlp] = {}
    inside: dict[str, set[str]] = {}
    for item in whole.evidence:
        own[item.sha256] = max(own.get(item.sha256, item.tlp), item.tlp, key=STRICT.index)
        if item.container is not None:
            inside.setdefault(item.sha256, set()).add(item.container)

    def of(sha256: str, beneath: frozenset[str]) -> Tlp:
        around = inside.get(sha256, set()) - beneath
        marks = (of(outer, beneath | {sha256}) for outer in around)
        return max((own.get(sha256, whole.tlp), *marks), key=STRICT.index)

    return lambda hashes: max((of(h, frozenset()) for h in hashes), key=STRICT.index)


def _within(audience: Tlp) -> Callable[[Tlp], bool]:
    return lambda tlp: STRICT.index(tlp) <= STRICT.index(audience)


def _of_evidence(whole: Dossier, shown: set[str], of_case: bool) -> Dossier:  # noqa: FBT001
    """Return the parts that lie in the shown evidence; `of_case`: what is marked as the dossier."""
    findings = tuple(f for f in whole.findings if shown.issuperset(_cited(f)))
    counts = Counter(finding.where.evidence for finding in findings)
    matched = {finding.rule for finding in findings}
    known = {item.sha256 for item in whole.evidence}
    activity = tuple(a for a in whole.activity if a.evidence in shown)
    logs = {one.source for one in activity}
    return replace(
        whole,
        evidence=tuple(item for item in whole.evidence if item.sha256 in shown),
        coverage=tuple(
            replace(row, findings=counts[row.sha256])
            for row in whole.coverage
            if row.sha256 in shown or (of_case and row.sha256 not in known)
        ),
        rules=tuple(card for card in whole.rules if card.id in matched),
        findings=findings,
        excerpts=tuple(e for e in whole.excerpts if e.where.evidence in shown),
        activity=activity,
        conditions=conditions_of(findings, whole.conditions),
        judged=whole.judged if of_case else None,
        versions=tuple(v for v in whole.versions if shown.issuperset((v.first, v.second))),
        watched=tuple(one for one in whole.watched or () if one.source in logs),
        applied=(),
    )


def _weighed(
    kept: Dossier,
    readings: tuple[Reading, ...],
    heard: tuple[Reading, ...],
    documents: Sequence[Document],
    known: Knowledge,
) -> Dossier:
    comparison = statements.compare(readings, documents)
    cards = {card.id: card for card in kept.rules}
    observations = tuple(
        attribution.observe(kept.findings, cards, heard, comparison, kept.evidence, known)
    )
    assessment = attribution.assess(observations, readings, comparison, known)
    held = kept.judged.judgements if kept.judged else ()
    shown = {item.sha256 for item in kept.evidence} | {made.id for made in observations}
    judgements = [j for j in held if j.kind is JudgementKind.HYPOTHESIS or j.subject in shown]
    return replace(
        kept,
        readings=readings,
        comparison=comparison,
        observations=observations,
        assessment=assessment,
        techniques=techniques_of(cards, readings, observations, known),
        actors=actors_of(readings, assessment, known),
        expected=expected_of(assessment, known),
        reckoning=attribution.reckoning(observations, readings, known),
        judged=attribution.judged(judgements, assessment, observations, kept.evidence),
    )


def _cited(finding: Finding) -> set[str]:
    return {where.evidence for where in (finding.where, *finding.members)}


def _withheld(
    store: CaseReader, whole: Dossier, marking: Mark, may: Callable[[Tlp], bool]
) -> Iterator[Withheld]:
    """Yield the records that are not shown, in their newest version."""
    newest = {(leaf.kind, leaf.id): leaf for leaf in store.leaves() if leaf.kind in OF}
    for leaf in newest.values():
        of = OF[leaf.kind](json.loads(leaf.body))
        mark = marking(of) if of else whole.tlp
        if not may(mark):
            data = commitment(payload(leaf.sealed()))
            yield Withheld(leaf.kind, mark, data.hex())


def _where(record: dict[str, object]) -> list[str]:
    members = record.get("members")
    cited = [record["where"], *(members if isinstance(members, list) else [])]
    return [str(where["evidence"]) for where in cited if isinstance(where, dict)]


# The kinds of record that are listed as withheld, and the evidence that one of them lies in; none
# is the whole case.
OF: dict[str, Callable[[dict[str, object]], list[str]]] = {
    "evidence": lambda record: [str(record["sha256"])],
    "document": lambda record: [str(record["evidence"])],
    "reading": lambda record: [str(record["document"])],
    "finding": _where,
    "problem": _where,
    "judgement": lambda record: [],
    "comparison": lambda record: [],
    "assessment": lambda record: [],
}


def _by_kind(one: Withheld) -> tuple[int, str]:
    return list(OF).index(one.kind), one.commitment
