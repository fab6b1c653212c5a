"""The reader of tables: pandas, with which analysts and coders of incidents open them.

Trap: it guesses. A column of digits becomes numbers, and words such as `NA` or `None` become
nothing; a spreadsheet guesses in other ways, and is no library.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from stopa.dossier.consumers._consumer import Consumer, Leaf, Understood, each_once, not_read
from stopa.dossier.consumers._written import of_table

EXPORTS = frozenset({"csv", "eurepoc-csv", "statements"})


def _read(content: bytes) -> Understood:
    import pandas

    try:
        read = pandas.read_csv(BytesIO(content))
    except ValueError as error:  # of which its own errors are
        return not_read(str(error))
    return Understood(each_once(_cells(read)))


def _cells(read: Any) -> Iterator[Leaf]:  # noqa: ANN401 - a table of a library without types
    for heading in read.columns:
        yield from ((heading, str(cell)) for cell in read[heading].dropna())


PANDAS = Consumer("pandas", "pandas", "pandas", EXPORTS, _read, written=of_table)
