"""The assessment of the sample: observations, rival hypotheses, actors."""

from __future__ import annotations

from stopa.attribution.hypotheses import RIVALS
from stopa.attribution.reckoning import CONSTANTS
from stopa.model.actor import Actor, Alias
from stopa.model.assessment import (
    LIKELIHOODS,
    Aspect,
    Assessment,
    Change,
    ClaimedAttribution,
    Confidence,
    ConfidenceLevel,
    Consistency,
    Credibility,
    Criterion,
    Forgeability,
    Hypothesis,
    HypothesisKind,
    Matrix,
    MatrixRow,
    Observation,
    ObservationKind,
    Promotion,
    Sensitivity,
    Shift,
    Weight,
)
from stopa.model.evidence import Reliability
from stopa.model.reckoning import Contender, Item, Paper, Reckoning, Seen, Sort
from stopa.model.record import name
from stopa.model.rule import Finding
from stopa.model.statement import (
    Act,
    Statement,
)
from stopa.model.when import When
from tests.dossier.sample_logs import LOGS, RULES
from tests.dossier.sample_papers import SAYINGS


def observations(
    findings: tuple[Finding, ...], statements: tuple[Statement, ...]
) -> tuple[Observation, ...]:
    made = []
    rows = (
        (
            "T1598.003",
            "Tracking pixels sent weeks before the lure",
            Aspect.CONTROL,
            0,
            "B",
            "2",
            Forgeability.MEDIUM,
        ),
        (
            "T1558.003",
            "Service tickets with weak encryption",
            Aspect.TELEMETRY,
            4,
            "B",
            "2",
            Forgeability.HIGH,
        ),
        (
            "T1071.004",
            "Names resolved as a channel",
            Aspect.INFRASTRUCTURE,
            5,
            "C",
            "2",
            Forgeability.MEDIUM,
        ),
        (
            "T1567.002",
            "Files sent to a cloud store",
            Aspect.CONTROL,
            6,
            "C",
            "2",
            Forgeability.HIGH,
        ),
        ("T1070.001", "Security log cleared once", Aspect.CONTROL, 9, "B", "1", Forgeability.HIGH),
    )
    for value, label, aspect, rule, reliability, credibility, forgeability in rows:
        basis = [f for f in findings if f.rule == RULES[rule][0]]
        made.append(
            Observation(
                name("O", value),
                ObservationKind.TECHNIQUE,
                value,
                label,
                aspect,
                Reliability(reliability),
                Credibility(credibility),
                forgeability,
                f"log:{LOGS[RULES[rule][6]][0]}",
                tuple(f.id for f in basis[:8]),
                tuple(f.where for f in basis[:3]),
                When("2024-01/2024-12"),
            )
        )
    made.append(
        Observation(
            name("O", "hours"),
            ObservationKind.TIMING,
            "UTC+8",
            "Hands on keyboard 01:00 to 09:00 UTC",
            Aspect.TELEMETRY,
            Reliability.USUALLY,
            Credibility.POSSIBLY_TRUE,
            Forgeability.MEDIUM,
            "log:ws14-sysmon.evtx",
            tuple(f.id for f in findings[:6]),
            (findings[0].where,),
        )
    )
    made.append(
        Observation(
            name("O", "claim"),
            ObservationKind.CLAIM,
            "Glass Heron",
            "The Government of Velden names Glass Heron",
            Aspect.INTELLIGENCE,
            Reliability.COMPLETELY,
            Credibility.CANNOT_BE_JUDGED,
            Forgeability.LOW,
            "R-gov",
            tuple(s.id for s in statements[:2]),
            (statements[1].where,),
            When("2025-05-28"),
        )
    )
    made.append(
        Observation(
            name("O", "T1566.001"),
            ObservationKind.TECHNIQUE,
            "T1566.001",
            "A report names spearphishing attachments",
            Aspect.CONTROL,
            Reliability.USUALLY,
            Credibility.POSSIBLY_TRUE,
            Forgeability.HIGH,
            "R-inst",
            (statements[9].id,),
            (statements[9].where,),
            When("2025-06"),
        )
    )
    return tuple(made)


def assessment(
    observations: tuple[Observation, ...], statements: tuple[Statement, ...]
) -> Assessment:
    pixel, tickets, dns, store, wiped, hours, claim, _ = (o.id for o in observations)
    hypotheses = (
        Hypothesis(
            "H1",
            HypothesisKind.ACTOR,
            "Glass Heron",
            "actor:glass-heron",
            0.08,
            0.61,
            LIKELIHOODS[4],
            (
                Weight(
                    dns, 1.31, "3 of 4 documented campaigns of Glass Heron use names as a channel"
                ),
                Weight(pixel, 1.12, "tracking pixels before the lure are rare elsewhere"),
                Weight(claim, 0.69, "one source root, published without technical basis"),
                Weight(hours, 0.35, "fits the hours reported for 2021 to 2024"),
            ),
            (Weight(wiped, -0.41, "no report has Glass Heron clear logs"),),
            (
                "The loader's file: its build would tell Glass Heron from Salt Lantern.",
                "Registrant and hosting history of cdn-metrics.example.",
            ),
        ),
        Hypothesis(
            "H2",
            HypothesisKind.UNLISTED,
            "A known actor that the knowledge base does not list",
            None,
            0.25,
            0.19,
            LIKELIHOODS[1],
            (Weight(wiped, 0.12, "nothing known speaks against it"),),
            (Weight(dns, -0.22, "the channel is documented for listed actors"),),
        ),
        Hypothesis(
            "H3",
            HypothesisKind.ACTOR,
            "Salt Lantern",
            "actor:salt-lantern",
            0.07,
            0.11,
            LIKELIHOODS[1],
            (
                Weight(dns, 0.92, "1 of 3 documented campaigns uses names as a channel"),
                Weight(wiped, 0.58, "logs cleared in 2 of 3 documented campaigns"),
            ),
            (
                Weight(pixel, -0.66, "no pixel in any documented campaign"),
                Weight(claim, -0.35, "another actor is named"),
            ),
            ("A sample of the script behind the encoded command line.",),
        ),
        Hypothesis(
            "H4",
            HypothesisKind.FALSE_FLAG,
            "Somebody else who imitates Glass Heron",
            None,
            0.05,
            0.06,
            LIKELIHOODS[1],
            (Weight(store, 0.18, "cheap to imitate"),),
            (Weight(hours, -0.40, "eighteen months of working hours are dear to fake"),),
        ),
        Hypothesis(
            "H5",
            HypothesisKind.UNDETERMINED,
            "Cannot be told",
            None,
            0.55,
            0.03,
            LIKELIHOODS[0],
            (),
            (Weight(tickets, -0.02, "common to many actors"),),
        ),
    )
    return Assessment(
        "Glass Heron is likely (55–80 %) to be behind this intrusion.",
        "H1",
        Confidence(
            ConfidenceLevel.LOW,
            (
                "Two of five observations that carry the weight are cheap to imitate.",
                "The public claims go back to 2 source roots and publish one indicator.",
                "No log before October 2023 was handed in, while reports date the start to 2022.",
            ),
        ),
        hypotheses,
        (
            ClaimedAttribution(
                "Glass Heron",
                "Karst Federation",
                ("Government of Velden", "Institute for Northern Security"),
                ("Northern Alliance",),
                ("Embassy of the Karst Federation",),
                5,
                2,
                1,
                tuple(
                    s.id
                    for n, s in enumerate(statements)
                    if SAYINGS[n][1] in {Act.ACCUSE, Act.DENY}
                ),
                supported_by=("Council of Neighbours",),
            ),
        ),
        (
            "Whether the campaign began in 2022: no log of that time was handed in.",
            "Which mailboxes were read: the audit log does not record message access.",
            "Who registered cdn-metrics.example.",
        ),
        "pymispgalaxies 1.1.1",
        matrix=_matrix(observations),
        sensitivity=_sensitivity(observations),
        promotions=(
            Promotion("activity cluster", True, (Criterion("linked events", True, (pixel, dns)),)),
            Promotion(
                "named actor",
                False,
                (
                    Criterion("linked events", True, (pixel, dns)),
                    Criterion("infrastructure", False, ()),
                ),
            ),
        ),
        depth=(
            Criterion("cluster", True, ("T1071.004", "T1598.003")),
            Criterion("group", True, ("Glass Heron",)),
            Criterion("organ", False, ()),
            Criterion("state", False, ()),
        ),
        conflict=0.2,
    )


def _matrix(observations: tuple[Observation, ...]) -> Matrix:
    pixel, tickets, dns, store, wiped, hours, claim, _ = (o.id for o in observations)
    marks = {mark.value: mark for mark in Consistency}
    rows = (
        (pixel, "CC N I N NA", 1.78),
        (dns, "CC I C N NA", 1.53),
        (claim, "C N I N NA", 1.04),
        (wiped, "I N C N NA", 0.99),
        (hours, "C N N II NA", 0.75),
        (store, "N N N C NA", 0.18),
        (tickets, "N N N N NA", 0.02),
    )
    return Matrix(
        ("H1", "H2", "H3", "H4", "H5"),
        tuple(MatrixRow(id_, tuple(marks[m] for m in row.split()), far) for id_, row, far in rows),
        (0.41, 0.22, 1.01, 1.4, 0.0),
        ("H5", "H2", "H1", "H3", "H4"),
        warning="By the matrix alone H2 would stand before H1.",
    )


def _sensitivity(observations: tuple[Observation, ...]) -> Sensitivity:
    pixel, _, dns, *_ = (o.id for o in observations)
    heron, lantern = "actor:glass-heron", "actor:salt-lantern"
    return Sensitivity(
        (
            Shift(Change.OBSERVATION, pixel, heron, 0.41, 0.09, False),
            Shift(Change.OBSERVATION, dns, heron, 0.38, 0.11, False),
            Shift(Change.ROOT, "R-gov", heron, 0.52, 0.06, False),
            Shift(Change.ASPECT, "control", lantern, 0.31, 0.35, True),
            Shift(Change.PRIOR, "", heron, 0.55, 0.03, False),
            Shift(Change.INDEPENDENT, "", None, 0.0, 1.0, True),
        ),
        (pixel, dns),
        ("the loader's file", "who rented the server behind cdn-metrics.example"),
    )


def reckoning(observations: tuple[Observation, ...]) -> Reckoning:
    """Return numbers for the switches: two actors, four reports, weights of no fitted ranking."""
    users = {"T1598.003": (0,), "T1071.004": (0, 1), "T1566.001": (1,), "T1070.001": (1,)}
    technical = [o for o in observations if o.kind is ObservationKind.TECHNIQUE]
    return Reckoning(
        weights=(("nearest", 5.0), ("technique", 1.2), ("items", 0.5)),
        known=tuple(
            (name_, 0.5)
            for name_ in (
                "constant", "cover", "exclusive", "field", "margin", "nearest", "others", "size",
                "technique", "top", "unseen",
            )
        ),
        calibration=((0.2, 0.3), (0.9, 0.8)),
        constants=(
            *((name_, float(getattr(of, name_))) for of, ns in CONSTANTS.items() for name_ in ns),
            ("NEVER", 1.6),
        ),
        contenders=(
            Contender("actor:glass-heron", "Glass Heron", "Glass Heron", "", 2.1, 9.0, 0.4, 0.1),
            Contender("actor:salt-lantern", "Salt Lantern", "Salt Lantern", "", 1.4, 4.0, 0.2, 0.1),
        ),
        papers=(Paper(0, 2.0, 0.5), Paper(0, 1.5, 1.5), Paper(1, 1.8, 0.2)),
        items=tuple(
            Item(
                id=value, sort=Sort.TECHNIQUE, rarity=0.9, common=False,
                users=users.get(value, ()), counts=tuple(2.0 for _ in users.get(value, ())),
                papers=users.get(value, ()),
            )
            for value in sorted({o.value for o in technical})
        ),
        seen=tuple(Seen(o.id, 0.7) for o in observations),
        named=("actor:glass-heron",),
        rivals=tuple((k.value, share, label) for k, share, label, _ in RIVALS),
    )  # fmt: skip


def actors() -> tuple[Actor, ...]:
    return (
        Actor(
            "actor:glass-heron",
            "Glass Heron",
            "sample knowledge",
            (Alias("GH-7", "Harbour Labs"), Alias("VIOLET TIDE", "Northern Institute")),
            "XKF",
            "Karst Ministry of Security",
            ("XVE",),
            ("government",),
            (
                "T1598.003",
                "T1566.002",
                "T1059.001",
                "T1071.004",
                "T1567.002",
                "T1583.001",
                "T1090.003",
                "T1505.003",
            ),
        ),
        Actor(
            "actor:salt-lantern",
            "Salt Lantern",
            "sample knowledge",
            (),
            "XKF",
            None,
            (),
            (),
            ("T1566.001", "T1071.004", "T1070.001", "T1078"),
        ),
    )
