"""Who publishes, as the first lines say it; lines of our own writing."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading

BODY = "\n\nThe ministry said on Friday that mail had been read. It blamed nobody for the attack.\n"
MASTHEADS = (
    (
        "The Bay Bulletin\nFriday 3 May 2024\n\nKarst read the mail of Velden, says minister",
        "The Bay Bulletin",
    ),
    ("Velderske Novice\n3 May 2024, weekend edition\n\nA port limps", "Velderske Novice"),
    (
        "Icefield Intelligence\nCold mornings: a group at a northern port\n3 May 2024",
        "Icefield Intelligence",
    ),
    ("L'ÉCLUSE – 3 May 2024 – Translated from the French\n\nHow the port was emptied", "L'ÉCLUSE"),
    (
        "TARN PORT AUTHORITY\nPRESS STATEMENT\nTarn, Friday 3rd May, 2024\n\nUPDATE",
        "TARN PORT AUTHORITY",
    ),
    (
        "Who wrote it? A leak that ate a vote, taken apart\n\nMorava\nSaturday, 4 May\nAnalysis",
        "Morava",
    ),
    ("Port emptied by night\n3 May 2024", None),
    ("Joint Statement on the Port\n3 May 2024", None),
    ("3 May 2024\nWho read the mail of the port?", None),
)


@pytest.mark.parametrize(("lines", "outlet"), MASTHEADS)
def test_a_short_first_line_of_names_is_the_outlet(lines: str, outlet: str | None) -> None:
    assert reading(lines + BODY).masthead.outlet == outlet


def test_a_year_in_brackets_beside_the_day_is_the_days() -> None:
    read = reading("Bay Courier\nVelden, March 31, Year 114 (2025)\n\nA title" + BODY)
    assert read.masthead.date is not None
    assert read.masthead.date.edtf == "2025-03-31"
