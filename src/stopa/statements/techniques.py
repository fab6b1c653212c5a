"""ATT&CK techniques in a text: ids as printed, and techniques told in prose.

Spec: MITRE ATT&CK Enterprise ids (T1234, T1234.001); prose cues are the field's own names for them.
Trap: prose cues are kept few and plain; a technique that is only implied is not named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.model.document import Document
from stopa.model.statement import MentionKind
from stopa.statements.hit import Hit
from stopa.statements.lexicon.techniques import PROSE
from stopa.statements.names import Names

TEXT_LIMIT = 4_000_000  # characters of a text that are searched
ID = re.compile(r"(?<![A-Za-z0-9])T1\d{3}(?:\.\d{3})?(?![\d]|\.\d)")


def techniques(document: Document, knowledge: Names) -> Iterator[Hit]:
    """Yield each id wherever it is printed, then what prose tells and no id does."""
    seen: set[str] = set()
    text = document.text[:TEXT_LIMIT]
    for match in ID.finditer(text):
        seen.add(match.group())
        yield _hit(match, match.group())
    for id_, pattern in PROSE:
        told = tuple(pattern.finditer(text))
        parent = id_.split(".")[0]
        if not told or id_ in seen or any(s.split(".")[0] == parent for s in seen):
            continue
        if knowledge.technique(id_) is not None:
            seen.add(id_)
            yield from (_hit(match, id_) for match in told)


def _hit(match: re.Match[str], id_: str) -> Hit:
    return Hit(MentionKind.TECHNIQUE, match.group(), (id_,), match.start(), match.end())
