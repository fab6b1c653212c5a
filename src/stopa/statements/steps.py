"""The steps that answer an intrusion, told in any voice: `gave two attachés a week to leave`.

Why: a verb alone tells no step (`open a door`), a noun alone none (`sanctions`); both together do.
Trap: what is demanded, refused or only considered by others was not done; nor do intruders respond.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from stopa.statements.lexicon import steps
from stopa.statements.lexicon.inflection import Form, forms
from stopa.statements.lexicon.verbs import BE, DETERMINERS, HAVE, MODAL
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import PhraseKind
from stopa.statements.sentences import Kind
from stopa.statements.view import View

OF_STATE, OF_RECOVERY, NAMED_ONLY = 5, 4, 3  # how plainly a step answers the incident
REACH = 12  # tokens between the verb and its object
PARTICLE_REACH = 7  # tokens between the verb and `out`, `down`, `in`
BEFORE = 9  # tokens before a passive verb in which its object stands
UNREAL_WITHIN = 9  # tokens before the verb
SUBJECT_WITHIN = 14  # tokens before the verb that are shown with it
BESIDE = 4  # tokens between a subject and its verb
OPENING_SUBJECT = 5  # tokens at the head of a sentence in which its first subject begins
VALUE_WORDS = 26
PARTICLES = wordset(
    """out in down off offline up aside available into to back online again under with together
    over for"""
)
# Behind these words another clause begins, or a thing that steps do not act on.
STOPS = wordset(
    """that whether if how why what who intrusion intrusions attack attacks cyberattack
    cyberattacks cyber-attack cyber-attacks breach breaches hack hacks incident incidents"""
)
MAIL = wordset("post mail letter letters e-mail email phone telephone sms")
INFORMING = wordset("inform notify alert warn contact brief")
CLAUSE_ENDS = frozenset(";:")
UNREAL = re.compile(steps.UNREAL, re.IGNORECASE)
REQUEST = re.compile(steps.REQUEST, re.IGNORECASE)
UNTRUE = re.compile(steps.UNTRUE, re.IGNORECASE)
ADVICE = re.compile(steps.ADVICE, re.IGNORECASE)
SPOKEN_OF = re.compile(steps.SPOKEN_OF, re.IGNORECASE)
# `announced that it would send`: what is to come, seen from then.
REPORTED = re.compile(
    r"\b(?:said|says|announc\w+|promis\w+|pledg\w+|vow\w*|add\w*|confirm\w*|that)\b"
)
ACCUSING = re.compile(r"\b(?:accus|suspect|guilty|capable)\w*\b[^.;]{0,60}\bof $", re.IGNORECASE)
WISHES = frozenset({"should", "must", "ought", "could", "might", "may", "can", "would"})
ON = frozenset({"on", "upon", "for"})
NOTHING = frozenset({"no", "any", "neither", "few"})
SPREAD = frozenset({"destructive", "malicious", "wiper", "the malware", "rogue", "spy"})
OPENING = frozenset({"open", "start", "begin", "resume", "close", "launch", "create", "establish"})
NAMED = re.compile(steps.NAMED, re.IGNORECASE)
THEM = frozenset({"them", "it", "these", "those"})
SHORT = 4  # letters; `this` and `was` are no plurals
BEFORE_BASE = frozenset({"to", "we", "they", "i", "you", "both"})
MODIFYING = frozenset({"new", "old", "own", "online", "current", "existing", "first", "their"})
BEFORE_THIRD = frozenset({"it", "he", "she", "who", "which", "that", "and", "also", "now"})
HOSTILE = frozenset({PhraseKind.ACTOR, PhraseKind.INTRUDER})


@dataclass(frozen=True, slots=True)
class Step:
    """A step told by the tokens [start, end); `weight` is how plainly, `verb` its base form."""

    start: int
    end: int
    verb: str
    object: str
    weight: int


@dataclass(frozen=True, slots=True)
class _Line:
    verb: str
    particles: frozenset[str]
    objects: frozenset[str]
    weight: int


def told_steps(view: View) -> list[Step]:
    """Return the steps that a sentence tells as done, being done or to be done."""
    found: list[Step] = []
    if ADVICE.match(view.text[view.sentence.start : view.sentence.end]):
        return found
    for at in range(len(view.words)):
        step = _told(view, at)
        if step is not None and not (found and found[-1].start == step.start):
            found.append(step)
    return [*_bounded(view, found), *_named(view, found)]


def shown(view: View, step: Step) -> str:
    """Return the words of a step, as they stand in the text."""
    end = min(step.end, step.start + VALUE_WORDS)
    return view.text[view.words[step.start].start : view.words[end - 1].end]


def _told(view: View, at: int) -> Step | None:
    word = view.words[at]
    lines = _table().get(word.low, ())
    if (
        not lines
        or (word.capital and at)
        or (word.low.startswith("call") and view.low(at + 1) in ON)
    ):
        return None
    for line, form in lines:
        if not _verbal(view, at, form):
            continue
        step = _active(view, at, line, form) or _passive(view, at, line, form)
        if step is not None and not _unreal(view, at, form) and not _hostile(view, at, form):
            return step
    return None


def _verbal(view: View, at: int, form: Form) -> bool:
    """Tell `Norway charges two men` from `charges against two men`."""
    before = view.low(at - 1)
    if before in DETERMINERS or before == "'s":
        return False
    if form is Form.BASE:
        plural = before.endswith("s") and len(before) > SHORT
        if before in {"and", "or"}:
            return _base_before(view, at)
        return before in BEFORE_BASE or (bool(view.auxiliary(at)) and before not in BE) or plural
    if form is Form.ING and before in MODIFYING:
        return False
    if form is Form.EITHER and before in {"in", "of", "at", "with", "by", "for", "on"}:
        return False
    if form is Form.THIRD:
        return before in BEFORE_THIRD or at in view.ending or before.endswith("ly")
    return True


def _base_before(view: View, at: int) -> bool:
    """Whether a verb in its base form may stand behind `and`: `to find and replace`."""
    return any(view.low(i) in BEFORE_BASE or view.low(i) in MODAL for i in range(at - 1))


def _active(view: View, at: int, line: _Line, form: Form) -> Step | None:
    aux = set(view.auxiliary(at))
    if form is Form.PARTICIPLE and not aux - BE:
        return None
    if form is Form.EITHER and aux & BE and (not aux - BE or line.verb in INFORMING):
        return None
    scan = at + 1
    if line.particles and not any(
        view.low(i) in line.particles for i in range(scan, scan + PARTICLE_REACH)
    ):
        return None
    if not line.objects:
        return Step(at, len(view.words), line.verb, "", line.weight)
    reach = BESIDE if line.verb in INFORMING else REACH
    while scan < min(len(view.words), at + reach + 1):
        low = view.low(scan)
        if view.words[scan].text in CLAUSE_ENDS:
            return None
        if low in STOPS - line.objects:
            break
        if low in line.objects and not _in_name(view, scan, line):
            if low in {"door", "doors"} and view.low(scan - 1) in {"their", "its"}:
                return None  # they shut for lack of patients, not of holes
            spared = view.low(scan - 1) in SPREAD or any(
                view.low(i) in NOTHING for i in range(at + 1, scan)
            )
            return None if spared else Step(at, len(view.words), line.verb, low, line.weight)
        scan += 1
    return _opens(view, at, line)


def _in_name(view: View, at: int, line: _Line) -> bool:
    """Whether the noun is part of a name that was there before: `on the Electoral Commission`."""
    capital = view.words[at].capital and view.words[at - 1].capital
    return line.verb in OPENING and capital


def _opens(view: View, at: int, line: _Line) -> Step | None:
    """Return what opens by itself: `A helpline will open on Monday`."""
    if line.verb not in OPENING:
        return None
    for scan in range(at - 1, max(-1, at - BEFORE - 1), -1):
        if view.low(scan) in line.objects:
            return Step(max(0, scan - 2), len(view.words), line.verb, view.low(scan), line.weight)
    return None


def _passive(view: View, at: int, line: _Line, form: Form) -> Step | None:
    if form not in {Form.PARTICIPLE, Form.EITHER}:
        return None
    had = _had_done(view, at)
    if not set(view.auxiliary(at)) & BE and not had:
        return None
    if line.particles and not any(
        view.low(i) in line.particles for i in range(at + 1, at + PARTICLE_REACH)
    ):
        return None
    if _by_intruders(view, at) or (line.verb == "alert" and view.low(at + 1) == "to"):
        return None
    if line.verb in INFORMING and view.low(at + 1) == "by" and view.low(at + 2) not in MAIL:
        return None
    if not line.objects:
        return Step(_clause_start(view, at), len(view.words), line.verb, "", line.weight)
    start = _clause_start(view, at)
    for scan in (*range(at - 1, start - 1, -1), *range(at + 1, at + PARTICLE_REACH)):
        if view.low(scan) in line.objects or (had and scan < at and view.low(scan) in THEM):
            if view.low(scan - 1) in SPREAD | NOTHING:
                return None
            return Step(start, len(view.words), line.verb, view.low(scan), line.weight)
    return None


def _by_intruders(view: View, at: int) -> bool:
    """Whether those who broke in did it: `the files were searched by intruders`."""
    named = view.starting.get(at + 2) or view.starting.get(at + 3)
    return view.low(at + 1) == "by" and named is not None and named.kind in HOSTILE


def _clause_start(view: View, at: int) -> int:
    """Return where the words begin that a passive verb is about."""
    scan = at
    while scan > max(0, at - BEFORE) and view.words[scan - 1].text not in {",", ";", ":", "—"}:
        if view.low(scan - 1) in {"that", "but", "which"} and scan < at - 1:
            break
        scan -= 1
    return scan


def _had_done(view: View, at: int) -> bool:
    """`has had three of them switched off`."""
    return any(
        view.low(scan) in HAVE
        and (view.low(scan - 1) in HAVE | {"will", "to"} or view.low(scan + 1) in DETERMINERS)
        for scan in range(max(1, at - BEFORE), at - 1)
    )


def _unreal(view: View, at: int, form: Form) -> bool:
    """Whether the words before say that the step was refused, demanded, or is only thought of."""
    modals = set(view.auxiliary(at)) & WISHES
    if view.negated(at) or modals - {"would"} or (form is Form.BASE and _wished_along(view, at)):
        return True
    start, end = view.sentence.start, view.words[at].start
    if view.low(0) == "had" and "have" in view.auxiliary(at):
        return True
    if form is Form.ING and view.low(at - 1) == "of" and ACCUSING.search(view.text, start, end):
        return True
    if view.auxiliary(at) == ["be"]:  # `demanded that he be expelled`, `called for him to be`
        wished = REQUEST.search(view.text, start, end) is not None
        if view.low(at - 2) != "to" or wished:
            return True
    if modals and not REPORTED.search(view.text, start, end):
        return True
    if UNTRUE.search(view.text, end, view.sentence.end):
        return True
    wished = view.low(at - 1) == "to" or (form is Form.BASE and not view.auxiliary(at))
    if wished and (view.sentence.kind is Kind.ITEM or REQUEST.search(view.text, start, end)):
        return True
    first = max(0, at - UNREAL_WITHIN)
    before = view.text[view.words[first].start : end]
    return UNREAL.search(before[max(before.rfind(mark) for mark in ",;:—.") + 1 :]) is not None


def _wished_along(view: View, at: int) -> bool:
    """Whether a modal holds for this verb behind `and`: `should rotate keys and disable`."""
    if view.low(at - 1) not in {"and", "or"}:
        return False
    return any(view.low(scan) in WISHES for scan in range(max(0, at - REACH), at))


def _hostile(view: View, at: int, form: Form) -> bool:
    """Whether those who broke in do it, or it is asked of somebody: `Rotate all keys`."""
    if form is Form.BASE and at == 0:
        return True
    subject = view.subject(at)
    if view.low(at - 1) in {",", "and"}:
        subject = view.first_subject(at) or subject
    if subject is None or set(view.auxiliary(at)) & BE:
        return False
    beside = subject.end >= at - BESIDE and view.low(at - 1) not in {",", "and"}
    return subject.kind in HOSTILE and (beside or subject.at <= OPENING_SUBJECT)


def _bounded(view: View, found: list[Step]) -> list[Step]:
    """End each step where the next begins, and begin it with who takes it."""
    bounded: list[Step] = []
    for index, step in enumerate(found):
        last = found[index + 1].start if index + 1 < len(found) else len(view.words)
        end = _clause_end(view, step.start, max(last, step.start + 1))
        start = step.start if index and found[index - 1].end else _with_subject(view, step.start)
        bounded.append(
            Step(start if not index else step.start, end, step.verb, step.object, step.weight)
        )
    return bounded


def _clause_end(view: View, start: int, last: int) -> int:
    for at in range(start + 1, last):
        if view.words[at].text == ";":
            return at
    while last - 1 > start and view.low(last - 1) in {"and", ",", "has", "have", "to", "also", "."}:
        last -= 1
    return last


def _with_subject(view: View, at: int) -> int:
    subject = view.subject(at)
    if subject is None or not 0 <= at - subject.at <= SUBJECT_WITHIN:
        return at
    return subject.at


def _named(view: View, found: list[Step]) -> Iterator[Step]:
    """Yield steps told by a noun, in sentences whose verbs tell none."""
    if found:
        return
    start, end = view.sentence.start, view.sentence.end
    match = NAMED.search(view.text, start, end)
    if match is None:
        return
    if match.group().endswith("sanctions") and SPOKEN_OF.search(view.text, start, match.start()):
        return
    at = next((i for i, w in enumerate(view.words) if w.end > match.start()), 0)
    if not _unreal(view, at, Form.EITHER):
        first = max(0, at - SUBJECT_WITHIN // 2)
        mended = re.match(steps.RECOVERED, match.group(), re.IGNORECASE) is not None
        weight = OF_RECOVERY if mended else NAMED_ONLY
        yield Step(first, len(view.words), "", match.group().lower(), weight)


@cache
def _table() -> dict[str, tuple[tuple[_Line, Form], ...]]:
    table: dict[str, list[tuple[_Line, Form]]] = {}
    for text, weight in ((steps.OF_STATE, OF_STATE), (steps.OF_RECOVERY, OF_RECOVERY)):
        for line in text.strip().splitlines():
            for one in _lines(line, weight):
                for word, form in forms(one.verb).items():
                    table.setdefault(word, []).append((one, form))
    return {word: tuple(lines) for word, lines in table.items()}


def _lines(line: str, weight: int) -> Iterator[_Line]:
    """Yield a line for each verb: `call|haul in > ambassador` needs `in` and an ambassador."""
    left, _, right = line.partition(" > ")
    verbs, _, rest = left.partition(" ")
    particles = frozenset(rest.replace("|", " ").split()) & PARTICLES
    for verb in verbs.split("|"):
        yield _Line(verb, particles, _objects(right), weight)


def _objects(named: str) -> frozenset[str]:
    """Return the nouns of a line, each in the singular and the plural."""
    nouns = {n for word in named.split() for n in steps.CLASSES.get(word, {word})}
    return frozenset(form for noun in nouns for form in (noun, *_numbers(noun)))


def _numbers(noun: str) -> tuple[str, ...]:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return (noun[:-1] + "ies",)
    if noun.endswith("s"):
        return (noun[:-1],) if not noun.endswith(("ss", "us")) else (noun + "es",)
    return (noun + "s",)
