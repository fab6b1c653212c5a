"""Whether characters are prose: sentences that people wrote for people, and no record of a machine.

Why: a log that passes for a report would be searched for statements instead of for intrusions, and
its events would be lost in silence. So prose has to show two things: much of it stands in lines of
plain words with sentences in them, and few of its lines look like records, tables or code.
Trap: reports hold lists of indicators, tables and code too, and are cut off anywhere after the
first `HEAD` bytes; logs hold English sentences. Both shares are therefore taken over the whole
head, in characters for prose (one long paragraph is one line) and in lines for records.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

CONTROL_SHARE = 0.01  # of all characters; hostile text may hold some, binary data holds many
RECORD_SHARE = 0.3  # of the characters
RECORD_LINE_SHARE = 0.5  # of the lines
KEY_SHARE = 0.25  # of the lines; an interview names its speakers with a capital
PROSE_SHARE = 0.35  # of the characters
SPARSE_SHARE = 0.12  # where marks of a document (headings, links) speak for prose as well
WORDS = 5  # a line of fewer words is a heading or a table cell
WORD_SHARE = 0.6  # of the tokens of a line: the others are numbers, paths, codes
LONG_LINE = 4000  # characters of a line that are looked at

CODE_SHARE = 0.05  # of the lines
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
WORD = re.compile(r"[\"'“”„«‘’(\[*_]*[^\W\d_]+(?:['’.-][^\W\d_]+)*[\"'“”„«»‘’)\].,;:!?…*_]*")
NO_SPACES = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # Thai, CJK
SENTENCE_END = re.compile(r"[^\W_][\])\"'”’»*_]*[.!?…][\])\"'”’»*_]*(?=\s|$)|[。！？।؟۔]")

TIME = r"\d\d?:\d\d(?::\d\d)?"
RECORD = re.compile(
    rf"""\s*(?:
    [\[(<"']*\d{{4}}[-/.]\d\d?[-/.]\d\d?[T\s,_-]+{TIME}      # 2025-05-28T08:15, [2025/05/28 08:15
    | [\[(<"']*\d\d?[-/.](?:\d\d?|[A-Z][a-z]{{2}})[-/.]\d{{2,4}}[\s,:T]+{TIME}  # 28/May/2025:08:15
    | (?:<\d{{1,3}}>\d?\s?)?[A-Z][a-z]{{2}}\s+\d\d?\s+(?:\d{{4}}\s)?{TIME}   # syslog
    | \[?[A-Z][a-z]{{2}}\s[A-Z][a-z]{{2}}\s+\d\d?\s{TIME}   # [Wed Oct 11 14:32:52
    | [\[(]?{TIME}[.,:\s\])]                                  # 08:15:00.123
    | \[?\d{{9,}}(?:\.\d+)?\]?[\s:,]                          # seconds since 1970
    | \d{{1,3}}(?:\.\d{{1,3}}){{3}}[\s:,]                     # an address first
    | [\w.-]+=\S                                              # key=value
    | <\d{{1,3}}>                                             # syslog priority
    | [{{}}]|[\[\]]+[\s,]*$                                   # JSON, a lone bracket
    | </?[A-Za-z?!]                                           # markup
    | \#\s?\w+:?\s*\{{                                        # a comment that holds an object
    | (?:-\s+)?["']?[\w.$@/-]+["']?\s?:(?:\s*$|\s+[|>]?[-+]?\s*$|\s+["'\[{{]|\s+\S+$) # YAML
    | (?:def|class|import|from|function|var|let|const|if|elif|else|for|while|return)\b
      [^.]*[:;({{]\s*$                                       # code
    | (?:type|msg|len)\s?[=(]
    )""",
    re.VERBOSE,
)
KEY = re.compile(r"\s*(?:- )?[a-z][a-z0-9_-]*:(?:\s|$)")
COMMENT = re.compile(r"\s*(?:#|//|/\*|--\s|;|%|\.\\\"|rem\s)", re.IGNORECASE)
BLOCK_COMMENT = re.compile(r"\s*(?://|/\*|--\s|;|%|\.\\\"|rem\s)", re.IGNORECASE)
STARRED = re.compile(r"\s*\*(?:\s|/|$)")
# What no sentence does, however its lines are wrapped ("return to", "public opinion", "for all:").
CODE = re.compile(
    r"""\s*(?:
    import\s[\w.]+;?$ | from\s[\w.]+\simport\b | use\s[\w:]+(?:\s.*)?;$ | using\s[\w:. =]+;$
    | \#\s*(?:include|define|ifn?def|endif|pragma|undef)\b | package\s[\w:.]+;$ | typedef\s
    | (?:def|sub|function|async\sfunction)\s\w+\s*[({] | class\s\w+\s*[(:{] | namespace\s\w*\s*\{
    | (?:public|private|protected|static)\s[\w<>\[\]]+\s\w+\s*[({=;] | template\s*< | extern\s"
    | (?:my|our|local|var|let|const)\s[$@%\w(]+\s*= | [$@%]\w+\s*= | =(?:head\d|cut|item|over|pod)\b
    | for\s[\w, ]+\sin\s.*:$ | (?:if|while)\s.*(?:==|!=|\snot\s|\sis\s|\().*:$
    | (?:fi|esac|done|then)$
    | return\b.*;$ | return\s[\w.]+$ | raise\s\w+(?:\(.*)?$ | self\.\w | @\w+(?:\.\w+)*(?:\(.*\))?$
    | [\w.]+\(.*\);?$ | \w+\s*=\s*\S+$
    )""",
    re.VERBOSE,
)
CODE_END = re.compile(r"(?:[;{}|\\]|=>|==.*|\)\s*[;:{])\s*$")
PAIRS = re.compile(r"(?<![?&\w])[\w.-]+=(?:\"[^\"]*\"|\S*)")
# Logs that hold more prose than anything else: what Windows explains, what commands printed.
LOG_START = re.compile(
    r"\ufeff?\s*(?:[^,\n]{5,20},(?:Date and Time|Datum und Uhrzeit|Datum a čas),"
    r"|\*{20,}\s+(?:\w+ )?PowerShell transcript)"
)
CELLS = tuple(re.compile(mark) for mark in ("\t", ",(?! )", ";(?! )", r"\|"))


def is_prose(text: str) -> bool:
    """Tell whether the first characters of a file are those of a written document."""
    return _is_text(text, PROSE_SHARE, COMMENT)


def is_sparse_prose(text: str) -> bool:
    """Tell it of a document whose marks already say that it is one; tables and lists may rule."""
    return _is_text(text, SPARSE_SHARE, BLOCK_COMMENT)


def _is_text(text: str, share: float, comment: re.Pattern[str]) -> bool:
    if len(CONTROL.findall(text)) > CONTROL_SHARE * len(text) or LOG_START.match(text):
        return False
    lines = [line[:LONG_LINE] for line in text.splitlines() if line.strip()]
    size = sum(map(len, lines))
    formal = _records(lines) | {line for line in lines if comment.match(line)}
    if "/*" in text:
        formal |= {line for line in lines if STARRED.match(line)}
    prose = [line for line in lines if line not in formal and _is_sentence_line(line)]
    return (
        bool(prose)
        and sum(len(line) for line in lines if line in formal) < RECORD_SHARE * size
        and sum(line in formal for line in lines) < RECORD_LINE_SHARE * len(lines)
        and sum(KEY.match(line) is not None for line in lines) < KEY_SHARE * len(lines)
        and sum(CODE.match(line) is not None for line in lines) < CODE_SHARE * len(lines)
        and sum(map(len, prose)) >= share * size
        and SENTENCE_END.search(text) is not None
    )


def _records(lines: Sequence[str]) -> set[str]:
    tables = _table_lines(lines)
    return {line for n, line in enumerate(lines) if n in tables or is_record(line)}


def is_record(line: str) -> bool:
    """Tell whether a line looks written by a machine: stamped, keyed, or code."""
    return bool(RECORD.match(line) or CODE_END.search(line)) or len(PAIRS.findall(line)) >= 3


def _table_lines(lines: Sequence[str]) -> set[int]:
    """Return the lines that have as many cells as their neighbour, by one separator."""
    found: set[int] = set()
    for cell in CELLS:
        counts = [len(cell.findall(line)) for line in lines]
        for n, (count, following) in enumerate(pairwise(counts)):
            if count == following and count >= 2:
                found |= {n, n + 1}
    return found


def _is_sentence_line(line: str) -> bool:
    """Tell whether a line is mostly words, and enough of them."""
    tokens = line.split()
    words = sum(WORD.fullmatch(token) is not None for token in tokens)
    dense = len(NO_SPACES.findall(line))  # two characters make a word where no spaces part them
    if dense > len(line) / 3:
        return dense >= 2 * WORDS
    return words >= WORDS and words >= WORD_SHARE * len(tokens)
