"""What the analyst asks for, and whom to tell how far the work is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from stopa.model.evidence import Reliability, Tlp
from stopa.readers import Correspondence

UNTITLED = "Untitled case"
STARTER = Path("starter")  # the name under which the rules that come with stopa are asked for


@dataclass(frozen=True, slots=True)
class Plan:
    """How an investigation is to be done.

    `rules` are Sigma files, folders or archives; `starter` among them means the rules that come
    with stopa. `yara` are files, folders or archives of YARA rules. `reader` reads every file as
    that format. `keep` copies every original into the case, not just small ones. `marks` are
    patterns of names and the marking of such evidence. `all_indicators` looks for private and
    benign ones as well. `zone` is said of times that carry none, `year` of the first stamp of each
    log that carries none. `own_domains` are the organisation's; `mail` is what messages are judged
    by, as the evidence tells it. `case` is what tells the case apart, where that is known already.
    `reach_told` is false once evidence was erased: what rules could see would tell of it.
    """

    title: str = UNTITLED
    rules: tuple[Path, ...] = (STARTER,)
    tlp: Tlp = Tlp.AMBER
    reliability: Reliability = Reliability.CANNOT_BE_JUDGED
    reader: str | None = None
    zone: tzinfo | None = None
    year: int | None = None
    keep: bool = False
    all_indicators: bool = False
    notice: str = ""
    marks: tuple[tuple[str, Tlp], ...] = ()
    yara: tuple[Path, ...] = ()
    own_domains: tuple[str, ...] = ()
    mail: Correspondence = field(default_factory=Correspondence)
    case: str = ""
    reach_told: bool = True


class Unit(StrEnum):
    """What the amounts of a stage count; the rate is given in it."""

    STEPS = "steps"
    BYTES = "bytes"
    EVENTS = "events"


class Progress(Protocol):
    """Is told how far the work is. Stages follow one another."""

    def stage(self, what: str, total: int | None, unit: Unit = Unit.STEPS) -> None:
        """Begin a stage; `total` is what `advance` will add up to, None if unknown."""

    def advance(self, amount: int) -> None:
        """Note that so much more of the stage is done."""

    def say(self, note: str) -> None:
        """Tell the analyst something at once."""


class Quiet:
    """Tells nobody."""

    def stage(self, what: str, total: int | None, unit: Unit = Unit.STEPS) -> None:
        """Tell nobody."""

    def advance(self, amount: int) -> None:
        """Tell nobody."""

    def say(self, note: str) -> None:
        """Tell nobody."""
