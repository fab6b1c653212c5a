"""Markdown: reports and notes as analysts keep them. The marks stay in the text.

Spec: https://spec.commonmark.org/0.31.2/; https://github.github.com/gfm/ (tables)
Why: a citation shows what stands in the file, so nothing is rendered; only the title is drawn out.
Trap: `# comment` opens a heading here and a comment in logs, scripts and settings. One kind of mark
is therefore not enough, and what stands between the marks must be prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from stopa.model.document import Document
from stopa.readers._decoding import head_text
from stopa.readers._plain import read_plain
from stopa.readers._prose import is_sparse_prose
from stopa.readers._reader import Found, Reader, Source

FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?P<keys>(?:[^\n]*\n){1,100}?)(?:---|\.\.\.)[ \t]*\r?(?:\n|$)"
)
FRONT_TITLE = re.compile(r"^title:[ \t]*([\"']?)(?P<title>[^\r\n]+?)\1[ \t]*\r?$", re.MULTILINE)
HEADING = re.compile(
    r"^ {0,3}#{1,6}[ \t]+(?P<title>[^\s#{][^\r\n]*?)[ \t]*#*[ \t]*\r?$", re.MULTILINE
)
# A comment is a sentence; a heading is none.
TITLED = re.compile(r"^ {0,3}#{1,6}[ \t]+[^\s#{!][^\r\n]*?[^\s.,;:{][ \t]*\r?$", re.MULTILINE)
LINK = re.compile(r"!?\[[^\]\n]{1,200}\]\((?:https?:|mailto:|[#./\w])[^)\s]{0,500}[^)\n]{0,100}\)")
FENCE = re.compile(r"^ {0,3}(```|~~~)[^\n]*\n.*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"#+(?:\s|$)")
COMMENTS, COMMENT_SHARE = 2, 0.03  # lines, and of the lines
TITLE_LIMIT = 300  # characters

KINDS_OF_MARK = (
    TITLED,
    FENCE,
    LINK,
    re.compile(r"^\[[^\]\n]{1,100}\]:[ \t]+\S+", re.MULTILINE),  # the target of a link
    re.compile(r"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?![\w*])"),  # bold
    re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*\r?$", re.MULTILINE),  # rule of a table
    re.compile(r"^[^\s#>|\-=*][^\n]{2,100}\n(?:={3,}|-{3,})[ \t]*\r?$", re.MULTILINE),  # underlined
    re.compile(r"^[ \t]{0,3}[-*+] \[[ xX]\] ", re.MULTILINE),  # a task
)


def recognises(head: bytes) -> bool:
    """Recognise marks of two kinds, several headings or front matter, with prose between them."""
    text = head_text(head)
    if text.startswith("#!"):
        return False
    body = text[len(_front_matter(text)) :]
    marked = len(body) < len(text) or _is_marked(body)
    running = FENCE.sub("", body)
    return marked and not _is_commented(running) and is_sparse_prose(running.replace("|", "\n"))


def read(source: Source) -> Iterator[Found]:
    """Yield the text with its marks as one document, titled by front matter or first heading."""
    for found in read_plain(source, "markdown"):
        if isinstance(found, Document) and found.part in (None, "part 1"):
            yield replace(found, title=_title(found.text))
        else:
            yield found


def _is_commented(text: str) -> bool:
    """Tell whether lines behind a `#` follow each other as they do in settings and scripts."""
    lines = text.splitlines()
    follow = sum(bool(HASH.match(a) and HASH.match(b)) for a, b in pairwise(lines))
    return follow >= COMMENTS and follow >= COMMENT_SHARE * len(lines)


def _is_marked(text: str) -> bool:
    kinds = sum(mark.search(text) is not None for mark in KINDS_OF_MARK)
    return kinds >= 2 or len(TITLED.findall(FENCE.sub("", text))) >= 2


def _front_matter(text: str) -> str:
    found = FRONT_MATTER.match(text)
    if found is None or not re.search(r"^[\w-]+:", found["keys"], re.MULTILINE):
        return ""
    return found[0]


def _title(text: str) -> str | None:
    front = _front_matter(text)
    found = FRONT_TITLE.search(front) or HEADING.search(text, len(front))
    return found["title"][:TITLE_LIMIT] if found else None


READER = Reader("markdown", "Markdown", recognises, read)
