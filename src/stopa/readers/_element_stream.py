"""Elements of one name in an XML file, one at a time, each with its bytes.

Spec: https://www.w3.org/TR/xml/
Why: each element is read by itself, so that a damaged one costs only itself, and the file is a
stream. What stands around them is structure if the format says so, else a problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._layout import Layout
from stopa.readers._lines import MARKS
from stopa.readers._reader import Source
from stopa.readers._rows import Row
from stopa.readers._running_json import NARROW, WIDE, Window

START = re.compile(r"<Event(?=[\s>])")
END = re.compile(r"</Event\s*>")
ALONE = re.compile(r"<Event(?:\s+[\w:.-]{1,200}\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*/>")
LONGEST = 4 * 2**20  # characters of one element
TAIL = 16  # characters at the end of the text that may be the start of an element
DASHES = re.compile(r"(?<=>)\s*-\s*(?=<)")
EXPECTED = "one Event element a record is expected: was the export changed?"
CUT = "cut off while it was written?"


@dataclass(frozen=True, slots=True)
class Events:
    """A format of `Event` elements: what may stand around them, and what one of them tells."""

    around: re.Pattern[str]
    told: Callable[[Element], tuple[dict[str, object], Layout, int | None]]

    def rows(self, source: Source) -> Iterator[Row | Problem | Structure]:
        """Yield an event for each element; what cannot be read is a problem."""
        with source.path.open("rb") as file:
            start = file.read(max(map(len, MARKS)))
            mark = next((mark for mark in MARKS if start.startswith(mark)), b"")
            file.seek(len(mark))
            if mark:
                yield Structure(Where(source.sha256, offset=0, length=len(mark)))
            window = Window(file, WIDE.get(mark, NARROW), len(mark))
            while not window.done():
                begin = START.search(window.text, window.start)
                if begin is None or begin.start() > window.start:
                    yield self._between(source, window, begin)
                else:
                    yield self._event(source, window)
            if window.half:
                place = Where(source.sha256, line=window.line, offset=window.offset, length=1)
                yield Problem("half of a character", place, "cut off while it was copied?")

    def _between(
        self, source: Source, window: Window, begin: re.Match[str] | None
    ) -> Problem | Structure:
        if begin is not None:
            end = begin.start()
        elif window.ended:
            end = len(window.text)
        else:
            end = max(window.start + 1, len(window.text) - TAIL)
        text, offset, length, line = window.take(end)
        if self.around.fullmatch(text):
            return Structure(Where(source.sha256, offset=offset, length=length))
        place = Where(source.sha256, line=line, offset=offset, length=length)
        return Problem("no part of an event", place, EXPECTED)

    def _end(self, window: Window) -> re.Match[str] | None:
        """Return the end of the element that begins here; the window is grown up to it."""
        if alone := ALONE.match(window.text, window.start):
            return alone
        after = window.start + 1
        while (end := END.search(window.text, after)) is None and not window.ended:
            if len(window.text) - window.start > LONGEST:
                break
            window.grow()
            after = 1
        return end

    def _event(self, source: Source, window: Window) -> Row | Problem:
        end = self._end(window)
        following = START.search(window.text, window.start + 1)
        if end is None or (following and following.start() < end.start()):
            stop = following.start() if following else len(window.text)
            _, offset, length, line = window.take(stop)
            place = Where(source.sha256, line=line, offset=offset, length=length)
            return Problem("an event without its end", place, CUT)
        text, offset, length, line = window.take(end.end())
        raw = text.encode(window.encoding, "surrogatepass")
        read = raw.decode("utf-8" if window.encoding == NARROW else window.encoding, "replace")
        try:
            fields, layout, record = self.told(fromstring(DASHES.sub("", read)))
        except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
            place = Where(source.sha256, line=line, offset=offset, length=length)
            return Problem(f"not XML: {error}", place, CUT)
        return Row(fields, layout, offset, length, line, record)
