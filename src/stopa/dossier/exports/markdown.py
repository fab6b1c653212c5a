"""The brief as Markdown, for a ticket or a mail: the very sentences of the page.

Spec: CommonMark 0.31; GitHub Flavored Markdown (bare addresses become links)
Trap: words from evidence could be a link or markup. They stand plain only where they cannot be;
everything else goes into a code span, in which nothing has a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.dossier import visible, words
from stopa.dossier.brief import Brief, Sentence, brief
from stopa.dossier.exports._export import Export
from stopa.dossier.index import Cite, index
from stopa.model.dossier import Dossier

# Letters, digits and the punctuation that has no meaning inside a line of Markdown.
HARMLESS = re.compile(r"[\w ,;%’“”–()]+(?:[.:/'-][\w ,;%’“”–()…]+)*[.?…]?")
ADDRESS = re.compile(r"://|www\.|@|\b[a-z]{2,}:\S", re.IGNORECASE)
UNDERSCORE = "_"


def write(dossier: Dossier) -> bytes:
    """Return the brief as UTF-8 Markdown."""
    made = brief(index(dossier))
    return ("\n".join(_lines(dossier, made)) + "\n").encode("utf-8", "backslashreplace")


def inline(text: str) -> str:
    """Return words from evidence such that Markdown shows them and does nothing else."""
    line = visible.line(" ".join(text.split()))
    if line and HARMLESS.fullmatch(line) and not ADDRESS.search(line) and UNDERSCORE not in line:
        return line
    return _code(line)


def _lines(dossier: Dossier, made: Brief) -> Iterator[str]:
    yield f"# {inline(dossier.title)}"
    yield ""
    yield f"**{dossier.tlp.value}**"
    if dossier.notice:
        yield f"\n**{inline(dossier.notice)}**"
    yield f"\n{_told(made.verdict)}"
    if made.leader:
        yield f"\nLikelihood: {inline(words.odds(made.leader.likelihood))}."
    yield f"\n{made.confidence}\n"
    yield from (f"- {inline(reason)}" for reason in made.reasons)
    yield "\n## What happened, and who says so\n"
    yield from (f"{place}. {_told(s)}" for place, s in enumerate(made.sentences, 1))
    yield "\n## What is not known\n"
    yield from (f"- {inline(gap)}" for gap in made.unknown or ("No gap is recorded.",))
    yield "\n## Check this in five minutes\n"
    yield from (
        f"- {_told(check.sentence)} {_code(visible.line(check.command))}" for check in made.checks
    )
    stamp = f"{dossier.made.rules.sha256[:12]}, knowledge {dossier.made.knowledge.sha256[:12]}"
    yield f"\nMade with stopa {inline(dossier.made.stopa)}, rules {inline(stamp)}."


def _told(sentence: Sentence) -> str:
    runs = [inline(word.text) if word.given else word.text for word in sentence.words]
    return "".join(runs) + _cited(sentence.cites)


def _cited(cites: tuple[Cite, ...]) -> str:
    ids = [cite.id for cite in cites if "-" in cite.id or cite.id[:1] == "H"]
    return f" ({', '.join(inline(id_) for id_ in ids)})" if ids else ""


def _code(line: str) -> str:
    """Return a code span that nothing in the line can end."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    pad = " " if not line or line[0] in "` " or line[-1] in "` " else ""
    return f"{fence}{pad}{line}{pad}{fence}"


EXPORT = Export("markdown", "brief.md", "the brief, as Markdown", write)
