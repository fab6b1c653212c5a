"""The line by which a news agency says where and when it writes: `OSLO, July 20 (Agency) —`."""

from __future__ import annotations

import re

DATELINE = re.compile(
    r"^[A-ZÀ-Þ][A-ZÀ-Þ .,/'’-]{2,60}"
    r"(?:, (?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?"
    r"|\d{1,2} [A-Z][a-z]{2,8}\.?(?:,? \d{4})?))?"
    r",? ?\((?P<outlet>[^()\n]{2,60})\) ?[—–-]+ "
)
