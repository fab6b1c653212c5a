"""What became of every rule of a case: it matched, looked in vain, or could see nothing and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far a rule came with the events of the case."""

    MATCHED = "matched"
    LOOKED = "looked and matched nothing"
    FIELD = "needs fields that no event has"
    EVENT = "no event of the kind that it looks at"


@dataclass(frozen=True, slots=True)
class Applied:
    """Rules of one log source that came equally far, as (id, title), by title.

    `source` is the log source that they look at, `fields` are what they lack, native names.
    """

    reach: Reach
    source: str
    fields: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """Rules that were handed in together: a folder, an archive or a file, by its name.

    `sha256` is over the lines "SHA-256, two blanks, name, line feed" of its files by name.
    `licences` and `authors` are what its rules state, with how many do; what they do not state is
    under the empty text. `levels` counts likewise. `refused` are not among `rules`. `version` is
    stopa's for the rules that come with it; others have none but their hash. `beside` are licence
    files at the top of the folder or in the archive: name and the line that names a licence.
    """

    name: str
    sha256: str
    files: int
    rules: int
    refused: int
    licences: tuple[tuple[str, int], ...]
    authors: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, int], ...]
    version: str = ""
    beside: tuple[tuple[str, str], ...] = ()
