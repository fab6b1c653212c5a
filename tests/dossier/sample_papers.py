"""The reports of the sample: who says what, from which root, and where they part ways."""

from __future__ import annotations

from dataclasses import replace

from stopa.model.document import DateBasis, Masthead
from stopa.model.evidence import Where
from stopa.model.record import name
from stopa.model.statement import (
    Act,
    Comparison,
    Disagreement,
    Fact,
    Indicator,
    IndicatorKind,
    Mention,
    MentionKind,
    Party,
    Position,
    Quotation,
    Reading,
    Resolution,
    Severity,
    SourceRoot,
    Statement,
)
from stopa.model.when import When
from tests.dossier.sample_logs import sha

# file, title, outlet, byline, date, date basis, upstream, reliability
PAPERS = (
    (
        "gov-statement.txt",
        "Statement by the Government of Velden on the cyber campaign against its foreign ministry",
        "Government of Velden",
        None,
        "2025-05-28",
        DateBasis.PRINTED,
        None,
        "A",
    ),
    (
        "velden-post.html",
        "Velden accuses Karst of three-year intrusion",
        "Velden Post",
        "A. Lind",
        "2025-05-28",
        DateBasis.PRINTED,
        "Government of Velden",
        "B",
    ),
    (
        "harbour-wire.html",
        "Foreign ministry breached since 2022, government says",
        "Harbour Wire",
        None,
        "2025-05-29",
        DateBasis.HEADER,
        "Velden Post",
        "C",
    ),
    (
        "karst-daily.txt",
        "Karst embassy rejects “groundless” accusation",
        "Karst Daily",
        "Staff",
        "2025-05-29",
        DateBasis.SOURCE_LINE,
        None,
        "D",
    ),
    (
        "northern-institute.pdf",
        "Glass Heron: a decade of quiet collection",
        "Institute for Northern Security",
        "P. Aalto",
        "2025-06",
        DateBasis.PRINTED,
        None,
        "B",
    ),
    (
        "aggregator.txt",
        "Ministry hacked by Glass Heron, says Velden",
        "Daily Digest",
        None,
        None,
        DateBasis.NONE,
        "Harbour Wire",
        "F",
    ),
)
GOV = Party("the Government", "Government of Velden", "XVE", Resolution.NAMED)
ALLIANCE = Party("the Northern Alliance", "Northern Alliance", "IGO", Resolution.NAMED)
EMBASSY = Party("the embassy", "Embassy of the Karst Federation", "XKF", Resolution.ROLE)
KARST = Party("the Karst Federation", "Karst Federation", "XKF", Resolution.NAMED)
HERON = Party("Glass Heron", "Glass Heron", "XKF", Resolution.NAMED)
VELDEN = Party("Velden", "Republic of Velden", "XVE", Resolution.NAMED)
# document, act, speaker, target, sentence, quotations, hedge, root
SAYINGS = (
    (
        0,
        Act.ACCUSE,
        GOV,
        KARST,
        "The Government of Velden identifies the Karst Federation as "
        "responsible for a malicious cyber campaign against an open network of the Ministry "
        "of Foreign Affairs.",
        ("responsible for a malicious cyber campaign",),
        None,
        0,
    ),
    (
        0,
        Act.ACCUSE,
        GOV,
        HERON,
        "The activity began in 2022 and was carried out by Glass Heron, "
        "which is publicly associated with the Karst Ministry of Security.",
        (),
        None,
        0,
    ),
    (
        0,
        Act.CALL_ON,
        GOV,
        KARST,
        "We call on the Karst Federation to refrain from such activity.",
        (),
        None,
        1,
    ),
    (
        1,
        Act.ACCUSE,
        GOV,
        KARST,
        "Velden on Wednesday blamed Karst for what it called a “malicious "
        "cyber campaign” against its foreign ministry.",
        ("malicious cyber campaign",),
        None,
        0,
    ),
    (
        1,
        Act.SUPPORT,
        ALLIANCE,
        VELDEN,
        "The Northern Alliance said it “stands in full solidarity with Velden”.",
        ("stands in full solidarity with Velden",),
        None,
        2,
    ),
    (
        2,
        Act.ACCUSE,
        GOV,
        HERON,
        "Glass Heron was behind the three-year breach, according to the government.",
        (),
        "according to the government",
        0,
    ),
    (
        2,
        Act.SUPPORT,
        ALLIANCE,
        VELDEN,
        "The alliance expressed “full solidarity”.",
        ("full solidarity",),
        None,
        2,
    ),
    (
        3,
        Act.DENY,
        EMBASSY,
        GOV,
        "The embassy called the accusation “groundless and without any "
        "proof” and summoned reason instead of rumour.",
        ("groundless and without any proof",),
        None,
        3,
    ),
    (
        3,
        Act.CONCERN,
        EMBASSY,
        VELDEN,
        "It voiced “strong dissatisfaction”.",
        ("strong dissatisfaction",),
        None,
        3,
    ),
    (
        4,
        Act.ACCUSE,
        Party("we", "Institute for Northern Security", None, Resolution.PRONOUN),
        HERON,
        "We assess that the lures described in May fit the habits of Glass Heron.",
        (),
        "we assess",
        4,
    ),
    (
        5,
        Act.ACCUSE,
        GOV,
        HERON,
        "Glass Heron hacked the ministry for three years, Velden says.",
        (),
        None,
        0,
    ),
)
ROOTS = (
    (
        "Government of Velden: the Karst Federation is responsible",
        "Government of Velden",
        "XVE",
        Act.ACCUSE,
    ),
    ("Government of Velden: calls on Karst to refrain", "Government of Velden", "XVE", Act.CALL_ON),
    ("Northern Alliance: solidarity with Velden", "Northern Alliance", "IGO", Act.SUPPORT),
    ("Embassy of the Karst Federation: denies", "Embassy of the Karst Federation", "XKF", Act.DENY),
    (
        "Institute for Northern Security: lures fit Glass Heron",
        "Institute for Northern Security",
        None,
        Act.ACCUSE,
    ),
)


def statement(number: int) -> Statement:
    document, act, speaker, target, sentence, quoted, hedge, _ = SAYINGS[number]
    paper = PAPERS[document]
    start = 220 * number
    where = Where(
        sha(paper[0]), offset=start, length=len(sentence), span=(start, start + len(sentence))
    )
    quotations = tuple(
        Quotation(
            text,
            replace(
                where, span=(start + sentence.find(text), start + sentence.find(text) + len(text))
            ),
        )
        for text in quoted
    )
    return Statement(
        name("S", number),
        sha(paper[0]),
        where,
        sentence,
        act,
        speaker,
        target,
        quotations,
        hedge,
        date=When(paper[4]) if paper[4] else None,
        rule=f"{act.value} verb",
    )


def reading(number: int, statements: tuple[Statement, ...]) -> Reading:
    file, title, outlet, byline, date, basis, upstream, _ = PAPERS[number]
    mine = tuple(s for s in statements if s.document == sha(file))
    where = Where(sha(file), span=(40, 44))
    start = ("2022", "2022", "2022", "2023", "2015/..", "2022")[number]
    return Reading(
        sha(file),
        Masthead(title, outlet, byline, When(date) if date else None, basis, upstream, "en"),
        mine,
        (
            Fact(
                name("A", file, "start"),
                sha(file),
                "start",
                start,
                where,
                f"The activity is said to have begun in {start}.",
            ),
        ),
        (
            Indicator(
                name("I", file),
                IndicatorKind.DOMAIN,
                "cdn-metrics.example",
                "cdn-metrics[.]example",
                where,
            ),
        )
        if number == 4
        else (),
        (
            Mention(
                name("M", file), MentionKind.ACTOR, "Glass Heron", ("actor:glass-heron",), where
            ),
            Mention(
                name("M", file, "t"),
                MentionKind.TECHNIQUE,
                "spearphishing attachment",
                ("T1566.001",),
                where,
            ),
        )
        if number in (0, 4)
        else (),
    )


def comparison(statements: tuple[Statement, ...]) -> Comparison:
    roots = tuple(
        SourceRoot(
            name("R", label),
            label,
            speaker,
            country,
            act,
            tuple(s.id for n, s in enumerate(statements) if SAYINGS[n][7] == place),
            tuple(
                dict.fromkeys(
                    s.document for n, s in enumerate(statements) if SAYINGS[n][7] == place
                )
            ),
        )
        for place, (label, speaker, country, act) in enumerate(ROOTS)
    )
    disagreements = (
        Disagreement(
            "X-start",
            "start",
            "value",
            Severity.HIGH,
            tuple(
                Position(
                    sha(PAPERS[n][0]),
                    value,
                    f"It began in {value}.",
                    Where(sha(PAPERS[n][0]), span=(40, 44)),
                )
                for n, value in ((0, "2022"), (3, "2023"), (4, "2015"))
            ),
            "The start is what ties the case to known campaigns.",
        ),
        Disagreement(
            "X-date",
            "report date",
            "missing",
            Severity.LOW,
            (
                Position(
                    sha(PAPERS[5][0]), "not stated", "", Where(sha(PAPERS[5][0]), span=(0, 20))
                ),
                Position(
                    sha(PAPERS[2][0]),
                    "29 May 2025",
                    "Published 29 May 2025",
                    Where(sha(PAPERS[2][0]), span=(0, 20)),
                ),
            ),
        ),
    )
    return Comparison(roots, disagreements)
