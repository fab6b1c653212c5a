"""The page on exports lists every format with its file."""

import re
from pathlib import Path

from stopa.case.export import FILES

DOCS = Path(__file__).parents[3] / "docs" / "exports.md"


def test_every_format_is_listed_with_its_file() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \| `([\w.-]+)` \|", DOCS.read_text("utf-8"), re.M)
    assert dict(listed) == FILES
