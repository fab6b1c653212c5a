"""The names that ATT&CK changed between its editions 17, 18 and 19.

Spec: https://attack.mitre.org/resources/updates/ (19, April 2026: Defense Evasion became Stealth,
TA0005, and Defense Impairment, TA0112; Impair Defenses T1562 was broken up into T1685-T1690)
Why: current Sigma rules carry the names of 19, profiles of actors mostly those of 17 and 18. A
finding must meet the profile that speaks of the same thing under the older name.
"""

from __future__ import annotations

from collections.abc import Container

EVASION, STEALTH, IMPAIRMENT = "defense-evasion", "stealth", "defense-impairment"
# Edition 17 or 18 -> the id that took its place by edition 19.
RENUMBERED = {
    "T1562": "T1685",
    "T1562.001": "T1685",
    "T1562.002": "T1685.001",
    "T1562.003": "T1690",
    "T1562.004": "T1686",
    "T1562.006": "T1685",
    "T1562.007": "T1686.001",
    "T1562.008": "T1685.002",
    "T1562.009": "T1688",
    "T1562.010": "T1689",
    "T1562.011": "T1685.003",
    "T1562.012": "T1685.004",
    "T1562.013": "T1686.002",
    "T1070.001": "T1685.005",
    "T1070.002": "T1685.006",
    "T1574.002": "T1574.001",
}
# Edition 19 -> the id of 17 and 18 that meant the same, or most nearly the same.
FORMER = {
    **{new: old for old, new in sorted(RENUMBERED.items(), reverse=True)},
    "T1574.001": "T1574.001",
    "T1685": "T1562.001",
    "T1686.003": "T1562.004",
}
# Techniques that edition 19 counts as impairing defences; the rest of the old tactic is Stealth.
# The families are those that SigmaHQ's rules, tagged for 19, place there in the majority.
IMPAIRING = frozenset(
    {
        "T1112", "T1207", "T1222", "T1484", "T1553", "T1556", "T1562", "T1685", "T1686", "T1687",
        "T1688", "T1689", "T1690",
    }
)  # fmt: skip


def same_as(technique: str, known: Container[str]) -> str | None:
    """Return the id under which that knowledge holds the technique, else its parent, else None."""
    for id_ in (technique, FORMER.get(technique), RENUMBERED.get(technique)):
        if id_ and id_ in known:
            return id_
    parent = technique.split(".", 1)[0]
    return None if parent == technique else same_as(parent, known)


def tactics_of_19(technique: str, tactics: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tactics' short names as edition 19 has them, sorted."""
    family = technique.split(".", 1)[0]
    renumbered = RENUMBERED.get(technique, technique).split(".", 1)[0]
    split = IMPAIRMENT if {family, renumbered} & IMPAIRING else STEALTH
    return tuple(sorted({split if t == EVASION else t for t in tactics}))


def tactics_of_18(tactics: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tactics' short names as editions 17 and 18 have them, sorted."""
    return tuple(sorted({EVASION if t in (STEALTH, IMPAIRMENT) else t for t in tactics}))
