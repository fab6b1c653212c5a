"""Bodies that a text has named, so that `the company` means the one that was named before.

Why: a report names its victim once and calls it `the company` ever after; that is no value.
Trap: only a noun that stood with the name, or what a name ends in, leads back to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stopa.statements.chunks import Chunk, chunks, outermost, words
from stopa.statements.lexicon.victims import BODY
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.view import View

BARE = re.compile(r"(?:[Tt]he|[Tt]h(?:is|at|ose|ese))(?: (?:same|said))? (?P<noun>[\w-]+)")
WHEN = re.compile(r" (?:last|this|next|late|early)$")  # `the parliament last year`
STATE_ITSELF = wordset("state country government nation republic kingdom bloc world")
FIRMS = wordset(
    "ab ag as asa bv corp corporation gmbh group inc kft limited llc ltd nv oy oyj plc sa spa srl"
)
AS_FIRMS = ("company", "firm", "group", "operator", "supplier", "provider")
ANY_BODY = wordset("agency authority office institution organisation organization company firm")
IT = frozenset({"it"})
INDEFINITE = wordset("a an one another some any no")


@dataclass(slots=True)
class Bodies:
    """The fullest phrase for each noun that bodies are called by, as the text went on."""

    named: dict[str, str] = field(default_factory=dict)
    last: str | None = None  # the body that a sentence was about last
    before: str | None = None  # the same before the sentence that is being read

    def read(self, view: View) -> None:
        """Remember the bodies that a sentence names."""
        found = outermost(chunks(view))
        self.before = self.last
        about = next((c for c in found if BODY.match(view.low(c.head))), None)
        if about is not None and (self.last is None or not is_bare(words(view, *about.span))):
            self.last = _shown(view, about)
        for index, chunk in enumerate(found):
            behind = found[index + 1] if index + 1 < len(found) else None
            for noun in _nouns(view, chunk, behind):
                if noun not in self.named or _proper(view, chunk):
                    self.named[noun] = _shown(view, chunk)

    def meant(self, printed: str) -> str | None:
        """Return the body that `the company` stands for; nothing where the words name one."""
        if printed.lower() in IT:
            return self.before
        bare = BARE.fullmatch(printed)
        noun = bare.group("noun").lower() if bare else ""
        return self.named.get(noun) or (self.last if noun in ANY_BODY else None)


def is_bare(printed: str) -> bool:
    """Whether the words only point back: `the agency`, `the state`, `it`."""
    if printed.lower() in IT:
        return True
    bare = BARE.fullmatch(printed)
    noun = bare.group("noun") if bare else ""
    return noun.lower() in STATE_ITSELF or (noun[:1].islower() and BODY.match(noun) is not None)


def _nouns(view: View, chunk: Chunk, behind: Chunk | None) -> set[str]:
    """Return what the phrase can be called afterwards."""
    inside = range(chunk.start, chunk.core)
    if view.low(chunk.start) in INDEFINITE and not _proper(view, chunk):
        return set()
    if BARE.fullmatch(words(view, chunk.start, chunk.end)):
        return set()
    found = {view.low(at) for at in inside if BODY.match(view.low(at)) and at > chunk.start}
    if not _proper(view, chunk):
        found &= {view.low(chunk.head)}
    if view.words[chunk.head].capital and view.low(chunk.head) in FIRMS:
        found |= set(AS_FIRMS)
    apposed = behind is not None and behind.start == chunk.end + 1 and view.low(chunk.end) == ","
    if behind is not None and apposed and view.words[chunk.head].capital:
        head = view.low(behind.head)
        found |= {head} if BODY.match(head) and not view.words[behind.head].capital else set()
    return found


def _shown(view: View, chunk: Chunk) -> str:
    return WHEN.sub("", words(view, *chunk.span))


def _proper(view: View, chunk: Chunk) -> bool:
    """Whether the phrase holds a name that is not only the first word of the sentence."""
    return any(view.words[at].capital for at in range(max(chunk.start, 1), chunk.core))
