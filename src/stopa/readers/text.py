"""Plain text that people wrote: reports, press articles, statements.

Spec: https://www.rfc-editor.org/rfc/rfc2046#section-4.1.3 (text/plain)
Why: text has no mark to know it by, so it is known by being prose and by being nothing else.
Trap: offsets into the text are what a statement cites; it is kept exactly as decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.readers._decoding import head_text
from stopa.readers._plain import read_plain
from stopa.readers._prose import is_prose
from stopa.readers._reader import Found, Reader, Source
from stopa.readers.html import READER as HTML
from stopa.readers.mail import READER as MAIL
from stopa.readers.markdown import READER as MARKDOWN

OTHERS = (HTML, MAIL, MARKDOWN)
# JSON, XML and markup, RTF, PDF, the directives of Zeek and W3C logs, a script, a diff.
FORMAL = re.compile(
    r"""\s*(?:\{|\[\s*[\[{"\d\]]|</?[A-Za-z?!]|%PDF-|%!PS|\#(?:separator|Fields|Software|Version)\b
    |\#!|---\s\S+\n\+\+\+\s|BEGIN:V)""",
    re.VERBOSE,
)


def recognises(head: bytes) -> bool:
    """Recognise prose that is no page, no message, no Markdown and no formal language."""
    text = head_text(head)
    if FORMAL.match(text) or not is_prose(text):
        return False
    return not any(other.recognises(head) for other in OTHERS)


def read(source: Source) -> Iterator[Found]:
    """Yield the text as one document, or as several where it is longer than a part."""
    yield from read_plain(source, "text")


READER = Reader("text", "Plain text", recognises, read)
