"""How hard the assessment is to fool: decoys, actors nobody knows, campaigns nobody has attributed.

    evals/attribution_decoys.py --citations F --cases F [--stix F]

Every case goes through the whole assessment, as observations of a fairly reliable source (C2), with
the profiles that were known without its report and with weights fitted on other actors' cases. A
decoy is three pieces of malware that only one actor of another state is documented with.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

from attribution_cases import Case, Citations, Laid, lay, read
from attribution_fitting import fit

from attribution import training
from stopa.attribution.fitting import folds
from stopa.attribution.forging import forgeability_of
from stopa.attribution.parameters import Fit, parameters
from stopa.attribution.profiles import Profiles, from_knowledge
from stopa.attribution.weighing import Scales, Weighed, weigh
from stopa.knowledge import Knowledge, import_stix, load
from stopa.model.assessment import (
    Aspect,
    Credibility,
    Observation,
    ObservationKind,
)
from stopa.model.evidence import Reliability

LIKELY = 0.55
PLANTED = 3
KINDS = ("cited", "plain")


def main() -> None:
    """Judge, print."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        knowledge = load(Path(folder))
        citations, cases = Citations(options.citations), read(options.cases)
        fit_on = training(citations, cases, (), options.given_only)
        print(f"{options.cases.name}: {len(cases)} cases")
        for kind in KINDS:
            laid = {one.case.id: one for one in lay(citations, fit_on.cases, kind)}
            fits = _fits([laid[c.id] for c in cases], list(laid.values()), fit_on.given)
            _decoys([laid[c.id] for c in cases], fits, kind, knowledge)
        if options.stix:
            import_stix(options.stix, Path(folder))
            _campaigns(load(Path(folder)))


def _fits(cases: list[Laid], fit_on: list[Laid], given: frozenset[str]) -> list[Fit]:
    """Return for each case everything fitted without the cases of its actor."""
    place = folds([one.case.truth for one in cases])
    held: dict[int, set[str]] = {}
    for one, number in zip(cases, place, strict=True):
        held.setdefault(number, set()).add(one.case.truth)
    fits = {n: fit([c for c in fit_on if c.case.truth not in held[n]], given) for n in held}
    return [fits[number] for number in place]


def _decoys(cases: list[Laid], fits: list[Fit], kind: str, knowledge: Knowledge) -> None:
    rows = []
    for one, fitted in zip(cases, fits, strict=True):
        case, profiles = one.case, one.known
        decoy, planted = _decoy(case, profiles, knowledge)
        clean = _weigh(case, profiles, fitted, knowledge, ())
        fooled = _weigh(case, profiles, fitted, knowledge, planted)
        out = _weigh(case, one.out, fitted, knowledge, ())
        rows.append((case, decoy, clean, fooled, out))
    named = [clean.posterior(clean.best) >= LIKELY for _, _, clean, _, _ in rows]
    right = [
        clean.best == case.truth and is_named
        for (case, _, clean, _, _), is_named in zip(rows, named, strict=True)
    ]
    with_malware = [c for case, _, c, _, _ in rows if any(i.startswith("S") for i in case.items)]
    print(
        f"{kind}: decoy named {_share(f.posterior(d) >= LIKELY for _, d, _, f, _ in rows)}, "
        f"conflict flagged {_share(f.clash.flagged for *_, f, _ in rows)}; "
        f"without decoy: named {_share(named)}, of them right "
        f"{sum(right)}/{sum(named)}, "
        f"flagged {_share(c.clash.flagged for c in with_malware)} of those with malware; "
        f"actor not known: somebody named "
        f"{_share(o.posterior(o.best) >= LIKELY for *_, o in rows)}"
    )


def _decoy(case: Case, profiles: Profiles, knowledge: Knowledge) -> tuple[str, tuple[str, ...]]:
    """Choose, by the case's name, an actor of another state with malware of its own."""
    own: dict[str, list[str]] = {}
    for item, (index, _) in profiles.counts.items():
        if item.startswith("S") and len(index) == 1 and item not in case.items:
            own.setdefault(profiles.owners[int(index[0])], []).append(item)
    home = _country(case.truth, knowledge)
    others = sorted(
        owner
        for owner, items in own.items()
        if len(items) >= PLANTED and _country(owner, knowledge) not in (None, home)
    )
    chosen = others[_draw(case.id) % len(others)]
    return chosen, tuple(sorted(own[chosen], key=lambda s: _draw(case.id + s))[:PLANTED])


def _weigh(
    case: Case, profiles: Profiles, fit: Fit, knowledge: Knowledge, planted: tuple[str, ...]
) -> Weighed:
    on = Scales(knowledge, profiles, fit, case.year)
    return weigh(tuple(_seen(item, knowledge) for item in (*case.items, *planted)), on)


def _campaigns(knowledge: Knowledge) -> None:
    """Count the campaigns that MITRE leaves unattributed and that would be given a name."""
    profiles = from_knowledge(knowledge)
    named, flagged, open_ = [], 0, 0
    for campaign in knowledge.campaigns:
        profile = knowledge.profile(campaign.id)
        if campaign.actors or profile is None:
            continue
        open_ += 1
        year = float(campaign.seen.edtf[-10:][:4]) if campaign.seen else None
        on = Scales(knowledge, profiles, parameters().cited, year)
        made = weigh(tuple(_seen(use.item, knowledge) for use in profile.uses), on)
        flagged += made.clash.flagged
        if made.posterior(made.best) >= LIKELY:
            named.append(f"{campaign.name}: {made.best} {made.posterior(made.best):.2f}")
    print(f"unattributed campaigns: {len(named)} of {open_} named; {'; '.join(named)}")


def _seen(item: str, knowledge: Knowledge) -> Observation:
    kind = ObservationKind.SOFTWARE if item.startswith("S") else ObservationKind.TECHNIQUE
    return Observation(
        id=item,
        kind=kind,
        value=item,
        label=item,
        aspect=Aspect.MALWARE if kind is ObservationKind.SOFTWARE else Aspect.TELEMETRY,
        reliability=Reliability.FAIRLY,
        credibility=Credibility.PROBABLY_TRUE,
        forgeability=forgeability_of(kind, item, knowledge),
        root="report",
        basis=(),
        cites=(),
    )


def _country(owner: str, knowledge: Knowledge) -> str | None:
    actor = knowledge.actor(owner)
    return actor.country if actor else None


def _draw(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")


def _share(found: object) -> str:
    values = [bool(value) for value in found]
    return f"{sum(values)}/{len(values)} ({sum(values) / max(1, len(values)):.3f})"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--citations", type=Path, required=True)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--given-only", action="store_true")
    parser.add_argument("--stix", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
