"""Characters that hide, reorder or steer text, shown as marks: evidence may carry any of them.

Spec: UAX #9 (bidirectional algorithm); UTS #55 (source code handling); CVE-2021-42574
Why: the table is written out, not asked of `unicodedata`, so that every Python version and the
script in the page show the same marks.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# First and last code point of each run that is never shown as itself. Line feed and tab are apart.
HIDDEN = (
    (0x0000, 0x0008),
    (0x000B, 0x001F),  # C0 controls
    (0x007F, 0x009F),  # delete, C1 controls
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x061C, 0x061C),  # Arabic letter mark
    (0x115F, 0x1160),  # Hangul fillers: letters without a glyph
    (0x17B4, 0x17B5),  # Khmer inherent vowels, invisible
    (0x180B, 0x180F),  # Mongolian selectors and vowel separator
    (0x200B, 0x200F),  # zero width, left-to-right and right-to-left marks
    (0x2028, 0x202E),  # line and paragraph separator, embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates, deprecated controls
    (0x2800, 0x2800),  # Braille blank
    (0x3164, 0x3164),  # Hangul filler
    (0xD800, 0xDFFF),  # lone surrogates: bytes that were no text
    (0xFE00, 0xFE0D),  # variation selectors but for the two that choose emoji or text
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),  # halfwidth Hangul filler
    (0xFFF0, 0xFFFB),  # unassigned ignorables, interlinear annotation
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical format controls
    (0xE0000, 0xE0FFF),  # tags and further variation selectors: text nobody sees
)
BREAKS = "\n\t"
CLASS = "".join(f"\\u{{{first:X}}}-\\u{{{last:X}}}" for first, last in HIDDEN)

_RUNS = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in HIDDEN)
_IN_TEXT = re.compile(f"([{_RUNS}])")
_IN_LINE = re.compile(f"([{_RUNS}{BREAKS}])")
_SPACES = re.compile(r"[ \t\n]*[\t\n][ \t\n]*")
_GLYPHS = {"\n": "↵", "\t": "⇥"}


def name_of(char: str) -> str:
    """Return what stands for one hidden character: `U+202E`, or an arrow for a break."""
    return _GLYPHS.get(char) or f"U+{ord(char):04X}"


def line(text: str) -> str:
    """Return the text for one line of a terminal or file, hidden characters as `<U+202E>`."""
    return _IN_LINE.sub(lambda found: f"<{name_of(found[0])}>", text)


def block(text: str) -> str:
    """Return the text for several lines, breaks kept, hidden characters as `<U+202E>`."""
    return _IN_TEXT.sub(lambda found: f"<{name_of(found[0])}>", text)


def escaped(json: str) -> str:
    """Return JSON that reads the same, and in which no character hides or steers anything."""
    return _IN_TEXT.sub(lambda found: _escape(found[0]), json)


def mark_line(text: str) -> Markup:
    """Return HTML of one line: escaped, apart from its surroundings, hidden characters marked."""
    return _marked(text, _IN_LINE)


def mark_prose(text: str) -> Markup:
    """Return HTML of running text: a break in it is a space, as in any paragraph."""
    return _marked(_SPACES.sub(" ", text), _IN_TEXT)


def _escape(char: str) -> str:
    """Return a character as JSON escapes it: beyond U+FFFF by two halves (RFC 8259, 7)."""
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\u{0xD7C0 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def _marked(text: str, hidden: re.Pattern[str]) -> Markup:
    parts = hidden.split(text)
    shown = [
        Markup('<i class="cc">{}</i>').format(name_of(part)) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    ]
    return Markup("<bdi>{}</bdi>").format(Markup("").join(shown))
