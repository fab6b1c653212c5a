"""What happened in about eight sentences, each with what it rests on; what is not known; checks.

Spec: ICD 203 (likelihood and confidence in separate sentences)
Why: sentences are values, so that the page, Markdown and the terminal say the very same thing.
Trap: nothing here may be more certain than the assessment: its verdict is quoted, never reworded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from stopa.dossier import words
from stopa.dossier.index import Cite, Index
from stopa.dossier.matches import rank, telling
from stopa.model.assessment import ClaimedAttribution, Hypothesis
from stopa.model.evidence import Where
from stopa.model.rule import Finding
from stopa.model.statement import Act, Disagreement, Severity, Statement

CHIPS = 4  # citations under a sentence; the rest are reached through them
CHECKS = 5
CASE = "CASE"  # stands for the reader's own path to the case


@dataclass(frozen=True, slots=True)
class Words:
    """A run of a sentence: our own words, or (given) words that came from evidence or knowledge."""

    text: str
    given: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement of the dossier and what it rests on.

    `cites` are shown; `rests` are the ids of all, for the filter: also of a rule or of a view.
    """

    topic: str
    words: tuple[Words, ...]
    cites: tuple[Cite, ...] = ()
    rests: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Check:
    """Something that a sceptic can do in a minute, and what must come out."""

    sentence: Sentence
    command: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The front page of a dossier."""

    verdict: Sentence
    leader: Hypothesis | None
    confidence: str
    reasons: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    unknown: tuple[str, ...]
    checks: tuple[Check, ...]


def brief(at: Index) -> Brief:
    """Return the front page."""
    weighed = at.dossier.assessment
    leader = next((h for h in weighed.hypotheses if h.id == weighed.leader), None)
    return Brief(
        _verdict(at, leader),
        leader,
        f"Confidence in this assessment is {weighed.confidence.level.value}.",
        weighed.confidence.reasons,
        tuple(
            sentence
            for sentence in (
                _evidence(at),
                _findings(at),
                _serious(at),
                _tactics(at),
                *_claims(at),
                _disagreements(at),
                _rival(at, leader),
            )
            if sentence
        ),
        weighed.gaps,
        _checks(at, leader),
    )


def sentence(
    topic: str,
    template: str,
    *given: str,
    cites: Sequence[Cite] = (),
    rests: Iterable[str] | None = None,
) -> Sentence:
    """Return a sentence of our own words with the given ones at each `{}`.

    It rests on what it cites, where nothing else is said.
    """
    own = template.split("{}")
    runs = [Words(own[0])]
    for text, after in zip(given, own[1:], strict=True):
        runs += [Words(text, given=True), Words(after)]
    basis = tuple(rests) if rests is not None else tuple(cite.id for cite in cites)
    return Sentence(topic, tuple(run for run in runs if run.text), tuple(cites[:CHIPS]), basis)


def serious(findings: Sequence[Finding], at: Index) -> list[Finding]:
    """Return one finding for each rule, the first in time, worst level first."""
    first: dict[str, Finding] = {}
    for finding in sorted(findings, key=_moment):
        first.setdefault(finding.rule, finding)
    return sorted(first.values(), key=lambda found: (_rank(found, at), _moment(found)))


def _verdict(at: Index, leader: Hypothesis | None) -> Sentence:
    told = at.dossier.assessment.verdict
    basis = [weight.observation for weight in leader.speaks_for] if leader else []
    if not basis:
        basis = [said for claim in at.dossier.assessment.claims for said in claim.statements]
    return sentence("verdict", "{}", told, cites=at.cites(basis))


def _evidence(at: Index) -> Sentence:
    files = at.dossier.coverage
    whole = (Cite("coverage", "every file and its bytes"),)
    if not files:
        return sentence("evidence", "The case holds no files.", cites=whole)
    events = sum(file.events for file in files)
    papers = sum(file.documents for file in files)
    unread = [file for file in files if file.problems or file.kind is None]
    ends = [end for file in files for end in (file.first, file.last)]
    sound = [end for end in ends if end and words.sound(end)]
    first, last = min(sound, default=None), max(sound, default=None)
    dates = f" from {words.day(first)} to {words.day(last)}" if first and last else ""
    holds = [words.count(events, "event") + dates] * bool(events)
    holds += [words.spelled(papers, "document")] * bool(papers)
    text = f"The case holds {words.spelled(len(files), 'file')}"
    text += f" with {' and '.join(holds)}" if holds else ", and nothing was read from them"
    text += f"; {words.spelled(len(unread), 'file')} could not be read in full." if unread else "."
    return sentence("evidence", text, cites=whole)


def _findings(at: Index) -> Sentence | None:
    found = at.dossier.findings
    if not found:
        if not at.dossier.rules_loaded:
            return None
        loaded = words.count(at.dossier.rules_loaded, "rule")
        text = f"None of {loaded} matched: that shows nothing but the reach of rules and logs."
        return sentence("findings", text, cites=(Cite("coverage", "what rules could see"),))
    hosts = [name for name, _ in Counter(f.host for f in found if f.host).most_common()]
    rules = len({finding.rule for finding in found})
    text = (
        f"{words.number(rules)} of {words.count(at.dossier.rules_loaded, 'rule')} matched, "
        f"{words.count(len(found), 'time')} in all"
    )
    text += ", on {}" if hosts else ""
    dated = sorted((finding for finding in found if finding.time), key=_moment)
    if dated and dated[0].time and dated[-1].time:
        text += _days(dated[0].time, dated[-1].time)
    given = (words.listed(hosts),) if hosts else ()
    ends = [dated[0].id, dated[-1].id] if dated else [found[0].id]
    return sentence("findings", f"{text}.", *given, cites=at.cites(ends), rests=("findings",))


def _days(first: datetime, last: datetime) -> str:
    if first.date() == last.date():
        return f", all on {words.day(first)}"
    return f", first on {words.day(first)}, last on {words.day(last)}"


def _serious(at: Index) -> Sentence | None:
    worst = [f for f in serious(at.dossier.findings, at) if _rank(f, at) <= 1][:3]
    if not worst:
        return None
    titles = [at.rules[f.rule].title for f in worst if f.rule in at.rules]
    level = "The most serious: {}." if len(titles) == 1 else "The most serious of them: {}."
    return sentence(
        "serious", level, "; ".join(titles), cites=at.cites(f.id for f in worst),
        rests=(f"U-{found.rule}" for found in worst),
    )  # fmt: skip


def _tactics(at: Index) -> Sentence | None:
    shown = {technique for finding in at.dossier.findings for technique in _techniques(finding, at)}
    tactics = [t for known in at.dossier.techniques if known.id in shown for t in known.tactics]
    if not tactics:
        return None
    order = [name.replace("-", " ") for name, _ in Counter(tactics).most_common()]
    return sentence(
        "tactics",
        "ATT&CK files what these rules look for under {}; a match says what was done, not by whom.",
        words.listed(order, 5),
        cites=(Cite("attack", "techniques by tactic"),),
        rests=("findings",),
    )


def _claims(at: Index) -> Iterator[Sentence | None]:
    """Yield the attribution that most documents carry, the answers to it, and the others' names."""
    claims = sorted(at.dossier.assessment.claims, key=lambda claim: -claim.documents)
    if not claims:
        return
    yield _claim(at, claims[0])
    yield _answers(at, claims[0])
    if claims[1:]:
        others = words.listed([claim.actor for claim in claims[1:]])
        said = [id_ for claim in claims[1:] for id_ in claim.statements[:1]]
        yield sentence(
            "others", "Fewer documents accuse others: {}.", others, cites=at.cites(said),
            rests=(id_ for claim in claims[1:] for id_ in claim.statements),
        )  # fmt: skip


def _claim(at: Index, claim: ClaimedAttribution) -> Sentence:
    reports = words.spelled(claim.documents, "document")
    basis = words.spelled(
        claim.published_basis, "indicator or technique", "indicators or techniques"
    )
    roots = (
        f"that is {words.spelled(claim.roots, 'source root')}"
        if claim.roots
        else "no source root can be told"
    )
    sponsor = " (said to act for {})" if claim.sponsor else ""
    text = (
        f"{reports.capitalize()} {'says' if claim.documents == 1 else 'say'}, on the word of {{}}, "
        f"that {{}}{sponsor} did it; {roots}, with {basis} published."
    )
    given = [words.listed(claim.claimed_by) or "nobody named", claim.actor]
    given += [claim.sponsor] if claim.sponsor else []
    accusing = [said.id for said in _said(at, claim) if said.act is Act.ACCUSE]
    return sentence("claim", text, *given, cites=at.cites(accusing or claim.statements))


def _answers(at: Index, claim: ClaimedAttribution) -> Sentence | None:
    backed, denied = words.listed(claim.endorsed_by), words.listed(claim.denied_by)
    if not backed and not denied:
        return None
    answers = [said.id for said in at.statements.values() if _answered(said, claim)]
    template = "The accusation is " + " and ".join(
        f"{verb} by {{}}" for verb, by in (("backed", backed), ("denied", denied)) if by
    )
    template += "." if denied else "; no denial was found."
    given = [by for by in (backed, denied) if by]
    return sentence("answers", template, *given, cites=at.cites(answers))


def _answered(said: Statement, claim: ClaimedAttribution) -> bool:
    parties = {Act.DENY: claim.denied_by, Act.SUPPORT: claim.endorsed_by}.get(said.act, ())
    if said.speaker is None:
        return False
    name = said.speaker.name.casefold()
    return any(party.casefold() in name for party in parties)


def _disagreements(at: Index) -> Sentence | None:
    apart = at.dossier.comparison.disagreements
    if not apart:
        return None
    grave = [d for d in apart if d.severity is Severity.HIGH]
    slots = dict.fromkeys(_slot(d) for d in (grave or apart))
    text = f"The reports part ways on {words.spelled(len(apart), 'point')}"
    text += f", {words.spelled(len(grave), 'of them serious', 'of them serious')}" if grave else ""
    sides = [(d, words.spelled(len(d.positions), "position")) for d in apart]
    cites = [Cite(d.id, f"{_slot(d)}: {positions}") for d, positions in sides]
    return sentence("disagreements", f"{text}: {{}}.", words.listed(slots), cites=cites)


def _slot(apart: Disagreement) -> str:
    return apart.slot.replace("_", " ")


def _rival(at: Index, leader: Hypothesis | None) -> Sentence | None:
    weighed = at.dossier.assessment.hypotheses
    others = [hypothesis for hypothesis in weighed if hypothesis != leader]
    if not others:
        return None
    if leader is None:
        explanations = words.spelled(len(weighed), "explanation").capitalize()
        were = "was" if len(weighed) == 1 else "were"
        all_ = Cite("hypotheses", "all that were weighed")
        text = f"{explanations} {were} weighed; no actor is carried far enough to be named"
        if not words.told(weighed[0].likelihood):
            return sentence("rival", f"{text}.", cites=(all_,))
        text += ". First of them stands “{}”: {}."
        first = Cite(weighed[0].id, weighed[0].id)
        return sentence("rival", text, *_weighed(weighed[0]), cites=(first, all_))
    text = "The closest rival explanation is “{}”: {}."
    return sentence("rival", text, *_weighed(others[0]), cites=(Cite(others[0].id, others[0].id),))


def _weighed(hypothesis: Hypothesis) -> tuple[str, str]:
    return hypothesis.label, words.odds(hypothesis.likelihood)


def _checks(at: Index, leader: Hypothesis | None) -> tuple[Check, ...]:
    checks = [_check_finding(at, found) for found in serious(at.dossier.findings, at)[:2]]
    claims = [said for claim in at.dossier.assessment.claims for said in _said(at, claim)]
    checks += [_check_statement(at, said) for said in claims[:1]]
    files = Counter(where.evidence for where in _cited(at, leader)).most_common(1)
    checks += [_check_hash(at, sha256) for sha256, _ in files]
    whole = sentence("check", "Every file still has its hash, and the record was not rewritten.")
    return (*checks, Check(whole, f"stopa verify {CASE}"))[:CHECKS]


def _check_finding(at: Index, found: Finding) -> Check:
    match = next(iter(telling(found.matched)), None)
    shows = sentence(
        "check", "{} must show {} = {}.", at.place(found.where), match.field if match else "it",
        words.clipped(match.value, 80, "…") if match else "what the rule asks",
        cites=at.cites([found.id]),
    )  # fmt: skip
    return Check(shows, f"stopa explain {CASE} {found.id}")


def _check_statement(at: Index, said: Statement) -> Check:
    reads = sentence(
        "check", "{} must read: “{}”", at.place(said.where), words.clipped(said.sentence, 160, "…"),
        cites=at.cites([said.id]),
    )  # fmt: skip
    return Check(reads, f"stopa explain {CASE} {said.id}")


def _check_hash(at: Index, sha256: str) -> Check:
    must = sentence("check", "The SHA-256 of {} must be {}.", at.file(sha256), sha256)
    return Check(must, "sha256sum FILE")


def _cited(at: Index, leader: Hypothesis | None) -> list[Where]:
    basis = [weight.observation for weight in leader.speaks_for] if leader else []
    wheres = [where for id_ in basis if (o := at.observations.get(id_)) for where in o.cites]
    return wheres or [finding.where for finding in at.dossier.findings[:1]]


def _said(at: Index, claim: ClaimedAttribution) -> list[Statement]:
    return [at.statements[id_] for id_ in claim.statements if id_ in at.statements]


def _techniques(finding: Finding, at: Index) -> tuple[str, ...]:
    card = at.rules.get(finding.rule)
    return card.techniques if card else ()


def _rank(finding: Finding, at: Index) -> int:
    card = at.rules.get(finding.rule)
    return rank(card.level if card else "")


def _moment(finding: Finding) -> tuple[str, str]:
    return (finding.time.isoformat() if finding.time else "~", finding.id)
