"""Bytes of a text turned into characters, with the way back from each character to its bytes.

Spec: https://encoding.spec.whatwg.org/#names-and-labels (labels of charsets);
https://www.unicode.org/versions/latest/core-spec/chapter-23/#G19635 (byte order marks)
Why: a citation is worth the bytes it leads to, so every decoding here can be undone slice by slice.
Trap: an old text does not say its encoding. The guess is made from letters, is named in the
document, and is a problem of its own. Codecs that are not charsets (`zip`, `rot13`,
`unicode_escape`, `idna`) are never looked up: the name comes from the evidence.
"""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from stopa.model.document import Piece

PIECE = 1024  # characters; a piece is the whole lines that fit, or a part of a longer line
NUL_SHARE = 0.2  # of all bytes: Latin text in UTF-16 has half, a text in any other encoding none

BINARY_SHARE = 0.05  # of all bytes: text has hardly any control characters
CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\f\r") + b"\x7f"

MARKS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}

# Label as mail and pages state it -> Python's codec. ASCII and Latin-1 mean cp1252, as in browsers.
CHARSETS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le"), "utf-16-le"),
    "utf-16be": "utf-16-be",
    **dict.fromkeys(
        ("us-ascii", "ascii", "ansi_x3.4-1968", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1"),
        "cp1252",
    ),
    **{f"windows-{page}": f"cp{page}" for page in (874, *range(1250, 1259))},
    **{f"cp{page}": f"cp{page}" for page in (866, *range(1250, 1259))},
    **{
        f"{name}-{n}": f"iso8859-{n}"
        for name in ("iso-8859", "iso8859", "iso_8859")
        for n in (*range(2, 9), 10, 13, 14, 15, 16)
    },
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "iso_8859-9"), "cp1254"),
    "latin2": "iso8859-2",
    "ibm866": "cp866",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "macintosh": "mac-roman",
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "windows-949"), "cp949"),
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
}

# Codec -> the letters beyond ASCII of languages that were written in it. First of equals wins.
ALPHABETS = (
    ("cp1252", "àâæçéèêëîïôœùûüÿ"),  # French
    ("cp1252", "äöüß"),  # German
    ("cp1252", "áéíóúñüàèìòùãõâêôç"),  # Spanish, Italian, Portuguese
    ("cp1252", "åäöæøéüð"),  # Danish, Norwegian, Swedish
    ("cp1250", "áčďéěíňóřšťúůýžäôľĺŕ"),  # Czech, Slovak
    ("cp1250", "ąćęłńóśźż"),  # Polish
    ("cp1250", "áéíóöőúüű"),  # Hungarian
    ("iso8859-2", "áčďéěíňóřšťúůýžäôľĺŕ"),
    ("iso8859-2", "ąćęłńóśźż"),
    ("cp1251", "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"),  # Russian, Ukrainian
    ("koi8-r", "абвгдежзийклмнопрстуфхцчшщъыьэюяё"),
)
MARKS_OF_PRINT = "„“”‚‘’«»‹›–—…•€§°©®\u00a0"
SAMPLE = 65_536  # characters that the guess looks at

TABLE_OF_DAMAGE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
STATEFUL = frozenset({"iso2022_jp"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text as decoded. `reversible` keeps undecodable bytes as lone surrogates, `text` as U+FFFD.

    `mark` and `rest` are the bytes before and after the text that are no characters (a byte order
    mark, half a UTF-16 unit); `exact` says that slices of `reversible` can be encoded again;
    `doubt` says what is uncertain about the encoding, in words.
    """

    reversible: str
    text: str
    encoding: str
    mark: int = 0
    rest: int = 0
    exact: bool = True
    doubt: str = ""

    def width(self, start: int, end: int) -> int:
        """Return how many bytes the characters [start, end) were decoded from."""
        return len(_encoded(self.reversible[start:end], self.encoding))

    def pieces(self, offset: int, length: int) -> Iterator[Piece]:
        """Yield pieces that cover the text, `offset` and `length` being where its bytes lie."""
        if not self.exact:
            yield Piece(0, len(self.text), offset, length)
            return
        start = 0
        while start < len(self.text):
            end = _line_end(self.text, start)
            width = self.width(start, end)
            yield Piece(start, end, offset, width)
            start, offset = end, offset + width


def decode(raw: bytes, stated: str | None = None) -> Decoded:
    """Return the bytes as text: by their mark, else as stated, else as UTF-8, else by a guess."""
    mark = next((m for m in MARKS if raw.startswith(m)), b"")
    if mark:
        return _as(raw, MARKS[mark], mark=len(mark))
    codec = CHARSETS.get((stated or "").strip().lower())
    if codec and codec not in ("cp1252", "utf-8"):
        return _as(raw, codec)
    if codec == "cp1252" and not _is_utf8(raw):
        return _as(raw, codec)
    found = _unstated(raw)
    if stated and not codec:
        return _doubted(found, f"unknown charset {stated[:40]!r}, read as {found.encoding}")
    return found


@lru_cache(maxsize=8)
def head_text(head: bytes) -> str:
    """Return the first bytes of a file as text, to recognise it; of binary data nothing.

    Several readers ask for it one after another.
    """
    controls = len(head) - len(head.translate(None, CONTROLS))
    wide = any(head.startswith(mark) for mark in MARKS) or _nul_guess(head) is not None
    return "" if controls > BINARY_SHARE * len(head) and not wide else decode(head).text


def decode_as(raw: bytes, codec: str) -> Decoded:
    """Return a later part of a text whose encoding (a Python codec) is already known."""
    return _as(raw, codec)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unstated(raw: bytes) -> Decoded:
    text = raw.decode("utf-8", "surrogateescape")
    damage = _damage(text)
    if not damage:
        return _nul_guess(raw) or Decoded(text, text, "utf-8")
    proper = sum(not c.isascii() for c in text[:SAMPLE]) - _damage(text[:SAMPLE])
    cut_short = not _damage(text[:-3])
    if cut_short or proper > damage:
        doubt = f"mixed encodings: {damage} bytes are not UTF-8, shown as U+FFFD"
        return Decoded(text, _shown(text), "utf-8", doubt=doubt)
    return _nul_guess(raw) or _letter_guess(raw)


def _nul_guess(raw: bytes) -> Decoded | None:
    """Recognise UTF-16 without its mark by where its zero bytes lie."""
    sample = raw[:SAMPLE]
    if sample.count(0) <= NUL_SHARE * len(sample):
        return None
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if min(first, second) > 0.1 * max(first, second):
        return None  # binary data: zeros are everywhere
    codec = "utf-16-le" if second > first else "utf-16-be"
    return _doubted(_as(raw, codec), f"no byte order mark; read as {codec}")


def _letter_guess(raw: bytes) -> Decoded:
    high = bytes(b for b in raw[:SAMPLE] if b >= 0x80)
    scores = [(_fit(high, codec, letters), -n) for n, (codec, letters) in enumerate(ALPHABETS)]
    codec = ALPHABETS[-max(scores)[1]][0]
    return _doubted(_as(raw, codec), f"encoding not stated; guessed {codec} from its letters")


def _fit(high: bytes, codec: str, letters: str) -> float:
    """Return the share of bytes that become letters of the language, capitals and marks half."""
    worth = dict.fromkeys(letters.upper() + MARKS_OF_PRINT, 0.5) | dict.fromkeys(letters, 1.0)
    text = high.decode(codec, "replace")
    return sum(worth.get(character, 0.0) for character in text) / max(1, len(text))


def _as(raw: bytes, codec: str, *, mark: int = 0) -> Decoded:
    rest = (len(raw) - mark) % 2 if codec.startswith("utf-16") else 0
    body = raw[mark : len(raw) - rest]
    text = _reversible(body, codec)
    if text is None:
        text = body.decode(codec, "replace")
        return Decoded(text, text, codec, mark, rest, exact=False, doubt=_not_all(codec))
    exact = codec not in STATEFUL and _encoded(text, codec) == body
    doubt = _not_all(codec) if _damage(text) or rest else ""
    return Decoded(text, _shown(text), codec, mark, rest, exact, doubt)


def _reversible(body: bytes, codec: str) -> str | None:
    try:
        if codec.startswith("utf-16"):
            return body.decode(codec, "surrogatepass")
        return body.decode(codec, "surrogateescape")
    except UnicodeDecodeError:
        return None


def _encoded(text: str, codec: str) -> bytes:
    errors = "surrogatepass" if codec.startswith("utf-16") else "surrogateescape"
    try:
        return text.encode(codec, errors)
    except UnicodeEncodeError:
        return b""


def _damage(text: str) -> int:
    """Count the lone surrogates: what UTF-8 cannot encode, and no decoded text holds."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return sum("\ud800" <= c <= "\udfff" for c in text)
    return 0


def _shown(text: str) -> str:
    return text.translate(TABLE_OF_DAMAGE) if _damage(text) else text


def _not_all(codec: str) -> str:
    return f"mixed encodings: not all of it is {codec}, the rest is shown as U+FFFD"


def _doubted(decoded: Decoded, doubt: str) -> Decoded:
    d = decoded
    return Decoded(d.reversible, d.text, d.encoding, d.mark, d.rest, d.exact, doubt)


def _line_end(text: str, start: int) -> int:
    """Return where the whole lines that fit into one piece end."""
    if len(text) - start <= PIECE:
        return len(text)
    return text.rfind("\n", start, start + PIECE) + 1 or start + PIECE
