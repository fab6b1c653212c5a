"""How far the sample's rules came, as whose they are, and whose knowledge was used."""

from __future__ import annotations

from stopa.model.actor import KnowledgeSource
from stopa.model.applied import Applied, Collection, Reach
from stopa.model.record import name
from tests.dossier.sample_logs import RULES, sha

LOADED = 214  # rules of the sample, those that matched among them
PROCESSES = 90


def applied() -> tuple[Applied, ...]:
    """Return groups that add up to all rules of the sample."""
    matched = tuple((row[0], row[1]) for row in RULES)
    looked = _rules("process rule", PROCESSES)
    lacking = _rules("rule on hashes", 12)
    cloud = _rules("cloud rule", LOADED - len(matched) - PROCESSES - 12)
    return (
        Applied(Reach.MATCHED, "windows/process_creation", (), matched),
        Applied(Reach.LOOKED, "windows/process_creation", (), looked),
        Applied(Reach.FIELD, "windows/image_load", ("Hashes", "Imphash"), lacking),
        Applied(Reach.EVENT, "aws/cloudtrail", (), cloud),
    )


def collections() -> tuple[Collection, ...]:
    """Return two sets of rules, one of which states no licence."""
    return (
        Collection(
            "starter rules", sha("starter"), 180, 180, 0, (("Apache-2.0", 180),),
            (("stopa contributors", 180),), (("medium", 100), ("high", 80)),
        ),
        Collection(
            "theirs.tar.gz", sha("theirs"), 36, 34, 2, (("", 30), ("DRL-1.1", 4)),
            tuple((f"Author {number}", 5) for number in range(8)), (("high", 34),), "",
            (("LICENSE", "Their rule licence"),),
        ),
    )  # fmt: skip


def known_from() -> tuple[KnowledgeSource, ...]:
    """Return whose knowledge the sample was held against."""
    return (
        KnowledgeSource("MITRE ATT&CK", "sample 1.0", "ATT&CK Terms of Use", 2, 0, 14),
        KnowledgeSource("Harbour Labs", "sample 1.0", "", 1, 3, 0),
    )


def _rules(title: str, count: int) -> tuple[tuple[str, str], ...]:
    return tuple((name("R", title, n), f"A {title}, no-{n:03}") for n in range(1, count + 1))
