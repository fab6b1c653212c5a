"""The core of a noun phrase: determiner, modifiers, head and name, up to the first preposition.

Why: what a phrase names is decided here, step by step, each step taking one name, role or word.
Trap: `the report blames officials` is not a phrase headed by `officials`: a verb ends it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from stopa.statements.gazetteer import Place, country_code
from stopa.statements.lexicon import roles
from stopa.statements.lexicon.grammar import COLLECTIVES, COUNTED, FUNCTION, GROUP_HEADS
from stopa.statements.lexicon.verbs import DETERMINERS
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase, PhraseKind, Stretch

LOOK_AHEAD = 7  # plain words between a determiner and the noun that heads its phrase
LONGEST = 14  # tokens of a core
BODY_KINDS = frozenset({"office", "organisation"})
TIES = wordset(
    """backed linked based sponsored aligned affiliated controlled directed nexus tied funded
    supported hosted born led"""
)
OCCASIONS = wordset("time moment")
GANGS = wordset("gang crew collective")
CIVIL = wordset(
    """rights human advocacy industry parliamentary working expert consumer civil media lobby
    opposition press journalists friendship aid steering trade business user users citizens"""
)
THREAT_WORDS = wordset(
    """hacking hacker ransomware threat espionage cyber-espionage apt state-sponsored state-backed
    state-linked government-backed known the this"""
)


@dataclass(slots=True)
class _Core:
    """What has been read of a core so far; `end` is -1 until something names it."""

    first: int
    scan: int
    end: int = -1
    head: str = ""
    head_at: int = -1
    names: list[tuple[int, int]] = field(default_factory=list)
    inherited: str | None = None
    country: str | None = None
    place: str | None = None
    place_kind: str = ""
    place_end: int = -1
    actor: bool = False
    tool: bool = False
    organ: bool = False
    done: bool = False


def core(stretch: Stretch, at: int) -> Phrase | None:
    """Return the core of the phrase that begins at this token; None if none does."""
    if at >= len(stretch.words):
        return None
    if at not in stretch.cores:
        stretch.cores[at] = _read(stretch, at)
    return stretch.cores[at]


def _read(stretch: Stretch, at: int) -> Phrase | None:
    start = _opened(stretch, at)
    if start < 0:
        return None
    found = _Core(at, start)
    while not found.done and found.scan < min(len(stretch.words), start + LONGEST):
        if stretch.quoted[found.scan] != stretch.quoted[at]:
            break
        _step(stretch, found, start)
    if found.end < 0 and found.place_kind == "demonym" and found.country:
        end = max(found.scan, at + 1)
        return Phrase(at, end, PhraseKind.PLACE, "", country=found.country, possessor=True)
    return _judged(stretch, found) if found.end > at else None


def _opened(stretch: Stretch, at: int) -> int:
    """Return the token after the determiners, -1 where no phrase can begin."""
    if stretch.low(at) not in DETERMINERS:
        return at if stretch.opens(at) else -1
    scan = _past_collective(stretch, at)
    while stretch.low(scan) in DETERMINERS and scan < at + 3:
        scan += 1
    return scan if scan < len(stretch.words) else -1


def _past_collective(stretch: Stretch, at: int) -> int:
    """Skip `a string of`, `nine of our`, before the noun that matters."""
    if stretch.low(at) in COUNTED and stretch.low(at + 1) == "of":
        inner = at + 2
        while stretch.low(inner) in DETERMINERS and inner < at + 5:
            inner += 1
        return inner
    if stretch.low(at + 1) in COLLECTIVES and stretch.low(at + 2) == "of":
        return at + 4 if stretch.low(at + 3) in DETERMINERS else at + 3
    return at + 1


def _step(stretch: Stretch, found: _Core, start: int) -> None:
    """Take the next name, role or word into the core, or end it."""
    if _known(stretch, found) or _place(stretch, found) or _genitive(stretch, found):
        return
    at = found.scan
    if stretch.low(at) in OCCASIONS and not found.names and stretch.low(at + 1) not in OCCASIONS:
        found.done = True  # `the first time agencies have blamed`
        return
    role = stretch.role(at)
    if role:
        found.head, found.head_at = role, at
        found.scan = found.end = at + (2 if stretch.low(at + 1) == "d'affaires" else 1)
    elif stretch.named(at) and not found.actor:
        found.scan = found.end = stretch.run(at)
        found.names.append((at, found.end))
    elif (
        not stretch.inside(at, start)
        or at - start >= LOOK_AHEAD
        or (found.end >= 0 and not stretch.compound(at))
    ):
        found.done = True
    else:
        found.scan += 1


def _known(stretch: Stretch, found: _Core) -> bool:
    """Take the name of malware or of an intrusion set."""
    stop = stretch.known.tool(stretch.words, found.scan)
    if stop:
        found.tool = True
        found.scan = found.end = stop
        return True
    actor = stretch.known.actor(stretch.words, found.scan)
    if actor is None:
        return False
    found.names.append((found.scan, actor[0]))
    found.actor, found.country = True, found.country or actor[1]
    found.scan = found.end = actor[0]
    return True


def _place(stretch: Stretch, found: _Core) -> bool:
    spot = stretch.known.place(stretch.words, found.scan)
    if spot is None:
        return _tied(stretch, found)
    if spot[1].kind == "demonym" and len(found.names) > 1:
        return False
    found.scan = found.place_end = spot[0]
    _take(found, spot[1])
    return True


def _tied(stretch: Stretch, found: _Core) -> bool:
    """Take `Russia-backed`, `Beijing-linked`: the state of what follows."""
    state, _, tie = stretch.words[found.scan].text.rpartition("-")
    code = country_code(state) if tie in TIES and state[:1].isupper() else None
    if code is None:
        return False
    found.country = found.country or code
    found.place_kind = found.place_kind or "demonym"
    found.scan += 1
    return True


def _take(found: _Core, place: Place) -> None:
    found.organ = found.organ or place.intelligence
    if place.kind == "demonym":
        found.country = place.code if found.country is None or not found.head else found.country
        found.place_kind = found.place_kind or "demonym"
        return
    found.end = found.place_end
    if place.kind in BODY_KINDS:
        found.head = found.head or _office_head(place.name)
    if place.kind in BODY_KINDS or not found.head:
        found.place, found.country, found.place_kind = place.canonical, place.code, place.kind


def _genitive(stretch: Stretch, found: _Core) -> bool:
    """`China's security ministry`: the owner's country, the owned body's head."""
    if not _owns(stretch, found.scan):
        return False
    owned = _owned(stretch, found.scan + 1)
    found.done = True
    if owned is None:
        return True
    found.head, found.end, found.organ = owned.head, owned.end, owned.organ
    found.names, found.head_at, found.inherited = [], -1, owned.name
    found.country = owned.country or found.country
    found.actor = found.actor or owned.kind is PhraseKind.ACTOR
    found.place, found.place_kind = None, ""
    return True


def _owns(stretch: Stretch, at: int) -> bool:
    """Tell `'s`, and the bare apostrophe of a plural: `dockworkers' union`."""
    before = stretch.words[at - 1]
    if stretch.low(at) == "'s":
        return before.word
    plural = before.word and before.low.endswith("s") and before.end == stretch.words[at].start
    return plural and stretch.low(at) == "'" and stretch.quoted[at] < 0


def _owned(stretch: Stretch, at: int) -> Phrase | None:
    for scan in range(at, min(len(stretch.words), at + 6)):
        word = stretch.words[scan]
        if stretch.quoted[scan] >= 0 or word.low in FUNCTION or not word.word:
            return None
        if stretch.role(scan) or stretch.named(scan):
            found = core(stretch, at if stretch.opens(at) else scan)
            named = found is not None and not found.possessor and (found.head or found.organ)
            return found if named else None
        if stretch.verb(scan):
            return None
    return None


def _judged(stretch: Stretch, found: _Core) -> Phrase:
    """Decide what the tokens name."""
    name = found.inherited or _name(stretch, found)
    kind = _kind(stretch, found, name)
    shown = not found.head or found.place_kind in BODY_KINDS
    return Phrase(
        found.first,
        found.end,
        kind,
        found.head,
        name=name,
        country=found.country,
        plural=_plural(found.head),
        place=found.place if shown else None,
        bare=not name and not found.country,
        organ=found.organ,
    )


def _kind(stretch: Stretch, found: _Core, name: str | None) -> PhraseKind:
    head = found.head
    if found.actor or _group(stretch, found, name):
        return PhraseKind.ACTOR
    if head in {"group", "groups"} and _civil(stretch, found):
        return PhraseKind.BODY
    if head in GROUP_HEADS and _threatening(stretch, found):
        return PhraseKind.INTRUDER
    if (found.tool and not head) or (head == "operators" and _short(found)):
        return PhraseKind.INTRUDER
    if head in roles.PERSONS:
        return PhraseKind.PERSON
    if head in roles.BODIES or found.place_kind in BODY_KINDS:
        return PhraseKind.BODY
    if head in roles.INTRUDERS:
        return PhraseKind.INTRUDER
    return PhraseKind.PLACE if found.place and not name else PhraseKind.NAME


def _group(stretch: Stretch, found: _Core, name: str | None) -> bool:
    """Tell `the group Nobelium` and `hacking group X`: an actor, known or not."""
    if found.head not in GROUP_HEADS or not found.names:
        return False
    if found.head in GANGS and found.names[-1][1] == found.head_at:
        return True
    if not name:
        return False
    return found.names[-1][0] > found.head_at and stretch.low(found.head_at - 1) in THREAT_WORDS


def _civil(stretch: Stretch, found: _Core) -> bool:
    """Tell `a rights group` from those who break in."""
    return any(stretch.low(at) in CIVIL for at in range(found.first, found.head_at))


def _threatening(stretch: Stretch, found: _Core) -> bool:
    """Tell `a cyber espionage group`, which breaks in, from `a group of countries`."""
    before = {stretch.low(at) for at in range(found.first, found.head_at)}
    return bool(before & (THREAT_WORDS - {"known", "the", "this"}))


def _short(found: _Core) -> bool:
    return found.end - found.first <= 2


def _name(stretch: Stretch, found: _Core) -> str | None:
    """Return the proper name: a person's behind the office, a body's with its head noun."""
    after = [span for span in found.names if span[0] > found.head_at]
    if after:
        return stretch.text(*after[-1])
    at = found.head_at
    if (found.first, found.end) == (0, 1) and at == 0:
        return None  # `Authorities said`: a capital that only opens the sentence
    if at >= 0 and stretch.words[at].capital and found.head in roles.BODIES:
        first = min([span[0] for span in found.names] or [at])
        return stretch.text(first, found.end)
    return (
        stretch.text(*found.names[-1]) if found.names and found.head not in roles.PERSONS else None
    )


def _plural(head: str) -> bool:
    return (head.endswith("s") and head not in {"congress", "police"}) or head in {"people", "men"}


def _office_head(name: str) -> str:
    last = name.lower().split()[-1]
    return last if last in roles.BODIES else ""
