"""Markdown is told from text by several kinds of mark, and from logs and code by its prose."""

import pytest

from stopa.model.document import Document
from stopa.readers import recognise
from stopa.readers.markdown import READER
from tests.readers.found import source_of
from tests.shared import SHARED, needs_shared

PROSE = "The group came back in May and stayed until the end of the year.\n"

MARKDOWN = {
    "two headings": f"# Report\n\n{PROSE}\n## Details\n\n{PROSE}",
    "heading and link": f"# Report\n\n{PROSE}See [the source](https://exercise.invalid).\n",
    "front matter": f"---\ntitle: Report\n---\n\n{PROSE}",
    "a table of prose": f"# Flow\n\n| Step | What |\n|---|---|\n| 1 | {PROSE.strip()} |\n",
}
OTHER = {
    "one heading, else prose": f"# Report\n\n{PROSE}",
    "commented settings": "# Where the service listens.\n# Take care.\nport = 22\nhost = a\n",
    "a script": "#!/bin/sh\n# This does the work that we want.\n# It is short.\nls -l | wc\n",
    "fail2ban": '# failJSON: { "match": true }\nDec 31 23:59:58 web1 sshd[812]: Bye [preauth]\n'
    * 3,
    "YAML with front matter's mark": "---\ntitle: A rule\nlevel: low\n---\nkind: other\nname: b\n",
}


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_documents_with_marks_are_markdown(text: str) -> None:
    assert [reader.name for reader in recognise(text.encode())] == ["markdown"]


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_comments_and_single_marks_are_not(text: str) -> None:
    assert not READER.recognises(text.encode())


@needs_shared
def test_real_documents_are_markdown_and_kept_as_they_are() -> None:
    for path in (SHARED / "data" / "cti" / "emulation_library").rglob("*.md"):
        raw = path.read_bytes()
        assert [reader.name for reader in recognise(raw[:65_536])] == ["markdown"], path
        (document,) = READER.read(source_of(path))
        assert isinstance(document, Document)
        assert document.text == raw.decode("utf-8")
        assert document.title
