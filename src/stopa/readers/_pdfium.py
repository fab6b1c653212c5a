"""The text of a PDF, page by page, as lines of JSON: run as a program of its own, never imported.

Spec: https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/fpdf_text.h
Why: a PDF is a program in a hostile hand, read by a library in C++. A page whose forms draw each
other needs forever and a broken one may end the process: it must not be the analyst's process.
Trap: the limits are of processor time and memory, so that a busy machine does not change a result.

Usage: `python -P _pdfium.py FILE FIRST_PAGE`. Each line of output is a list: `["document", pages,
title, scripts, attachments]`, then for each page `["page", number, text, has_images]` or
`["bad", number, why]`; or only `["refused", why]`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

if sys.platform != "win32":  # Windows has no such limits; the caller's patience is the limit there
    import resource

PAGE_SECONDS = 5  # processor time for one page; a full one takes milliseconds
MEMORY = 2 * 2**30  # bytes of address space
PAGES = 50_000
PAGE_CHARACTERS = 2_000_000


def main(path: str, first: int) -> None:
    """Write the pages from the first (counted from 1) on."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    _allow_time()
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        _say("refused", str(error))
        return
    for line in _lines(document, first):
        _say(*line)
        _allow_time()


def _lines(document: pypdfium2.PdfDocument, first: int) -> Iterator[tuple[object, ...]]:
    scripts = max(0, pdfium.FPDFDoc_GetJavaScriptActionCount(document))
    title = document.get_metadata_value("Title")
    yield "document", len(document), title, scripts, document.count_attachments()
    for number in range(first, min(len(document), PAGES) + 1):
        try:
            yield "page", number, *_page(document, number)
        except (pypdfium2.PdfiumError, MemoryError) as error:
            yield "bad", number, str(error)


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[str, bool]:
    page = document[number - 1]
    try:
        glyphs = page.get_textpage()
        count = min(glyphs.count_chars(), PAGE_CHARACTERS)
        text = glyphs.get_text_range(0, count) if count > 0 else ""
        images = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=1)
        return text, next(iter(images), None) is not None
    finally:
        page.close()


def _allow_time() -> None:
    """Allow so many seconds of processor time from now on; the system ends the process after."""
    if sys.platform == "win32":
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(usage.ru_utime + usage.ru_stime) + 1 + PAGE_SECONDS
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, most))


def _say(*line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
