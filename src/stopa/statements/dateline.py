"""The line by which a news agency says where and when it writes: `OSLO, July 20 (Agency) —`."""

from __future__ import annotations

import re
from dataclasses import dataclass

PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ .,/'’-]{2,60}(?:, (?!\d)[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?)??"
DATE = (
    r"(?:, (?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?"
    r"|\d{1,2} [A-Z][a-z]{2,8}\.?(?:,? \d{4})?))?"
)
CITY = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ’'-]+")
FORMS = (
    re.compile(rf"^{PLACE}{DATE},? ?\((?P<outlet>[^()\n]{{2,60}})\) ?[—–-]+ "),
    re.compile(rf"^{PLACE}{DATE}\. /(?P<outlet>[^/\n]{{2,40}})/\. "),
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """From where, who writes, the date as printed, and the character behind the line."""

    city: str
    outlet: str
    date: str | None
    end: int


def dateline(text: str) -> Dateline | None:
    """Return the dateline that the text begins with."""
    found = next((match for form in FORMS if (match := form.match(text))), None)
    if found is None:
        return None
    city = CITY.match(text)
    return Dateline(
        city.group() if city else "", found.group("outlet"), found.group("date"), found.end()
    )
