"""One run of an investigation: how it was asked for, and what was handed in to it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """What it takes to do a run again, rules apart: those are known by the dossier's stamp.

    `plan` is how it was asked for, in words; `given` are the ids of the evidence that was handed
    in, sorted, None where that is all of the dossier's.
    """

    plan: dict[str, str | None] = field(hash=False)
    given: tuple[str, ...] | None = None
