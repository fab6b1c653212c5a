"""Writes office files for the samples and tests: the same bytes every time.

Run as `python -m tests.readers.office_writer` it writes the samples' inputs anew.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.readers.found import DATA

MADE = (2025, 5, 28, 9, 0, 0)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODT = "application/vnd.oasis.opendocument.text"
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>On the intrusion</dc:title>'
    "<dc:creator>Press Office</dc:creator><cp:lastModifiedBy>J. Doe</cp:lastModifiedBy>"
    "<dcterms:created>2025-05-27T16:00:00Z</dcterms:created>"
    "<dcterms:modified>2025-05-28T07:30:00Z</dcterms:modified></cp:coreProperties>"
)


def packed(parts: dict[str, str | bytes], stored: tuple[str, ...] = ()) -> bytes:
    """Return a zip of the parts, in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, MADE)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return made.getvalue()


def paragraph(*runs: str, style: str = "") -> str:
    """Return a paragraph of Word; a run that begins with `<` is markup."""
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    told = (
        run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>'
        for run in runs
    )
    return f"<w:p>{kind}{''.join(told)}</w:p>"


def docx(body: str, **more: str | bytes) -> bytes:
    """Return a Word document; further parts by name, `__` standing for a slash in it."""
    kind = WITH_MACROS if any("vbaProject" in name for name in more) else MAIN
    types = (
        f"{DECLARED}<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
        f"<Override PartName='/word/document.xml' ContentType='{kind}'/></Types>"
    )
    document = f"{DECLARED}<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "word/document.xml": document,
        "docProps/core.xml": CORE,
    }
    return packed(parts | {name.replace("__", "/"): part for name, part in more.items()})


def notes(kind: str, *texts: str) -> str:
    """Return a part of footnotes, comments or the like."""
    inner = "".join(f"<w:note>{paragraph(text)}</w:note>" for text in texts)
    return f"{DECLARED}<w:{kind} {W}>{inner}</w:{kind}>"


def odt(body: str, **more: str | bytes) -> bytes:
    """Return an OpenDocument text."""
    content = (
        f"{DECLARED}<office:document-content {OFFICE}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    meta = (
        f"{DECLARED}<office:document-meta {OFFICE}><office:meta><dc:title>Note to the press"
        "</dc:title><meta:initial-creator>A. Clerk</meta:initial-creator>"
        "<meta:creation-date>2025-05-28T08:00:00</meta:creation-date></office:meta>"
        "</office:document-meta>"
    )
    parts: dict[str, str | bytes] = {"mimetype": ODT, "content.xml": content, "meta.xml": meta}
    parts |= {name.replace("__", "/"): part for name, part in more.items()}
    return packed(parts, stored=("mimetype",))


STATEMENT = (
    paragraph("Statement by the Government of Velden", style="Title")
    + paragraph("28 May 2025")
    + paragraph(
        "The Government of Velden ",
        "<w:del><w:r><w:delText>believes</w:delText></w:r></w:del>",
        "accuses the Karst Federation of ",
        "<w:r><w:noBreakHyphen/></w:r>",
        "“sustained” espionage against its harbour ministry.",
        "<w:r><w:footnoteReference/></w:r>",
    )
    + "<w:tbl><w:tr><w:tc>"
    + paragraph("Network")
    + "</w:tc><w:tc>"
    + paragraph("unclassified")
    + "</w:tc></w:tr><w:tr><w:tc>"
    + paragraph("Since")
    + "</w:tc><w:tc>"
    + paragraph("2022")
    + "</w:tc></w:tr></w:tbl>"
    + paragraph(
        "<mc:AlternateContent><mc:Choice><w:r><w:t>In a box.</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>In a box.</w:t></w:r></mc:Fallback></mc:AlternateContent>"
    )
)
TEMPLATE = (
    f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/attachedTemplate" '
    'Target="http://203.0.113.9/t.dotm" TargetMode="External"/></Relationships>'
)
LETTER = (
    '<text:h text:outline-level="1">Note to the press</text:h>'
    "<text:tracked-changes><text:deletion><text:p>never</text:p></text:deletion>"
    "</text:tracked-changes>"
    '<text:p>The embassy<text:s text:c="2"/>of the <text:span>Karst Federation</text:span>'
    "\n   denied it.<text:note><text:note-citation>1</text:note-citation><text:note-body>"
    "<text:p>By telephone.</text:p></text:note-body></text:note><text:line-break/>It called it "
    "“absurd”.</text:p><table:table><table:table-row><table:table-cell><text:p>one</text:p>"
    "</table:table-cell><table:table-cell><text:p>two</text:p></table:table-cell>"
    "</table:table-row></table:table>"
)
FURTHER: dict[str, str | bytes] = {
    "word__vbaProject.bin": b"\xd0\xcf\x11\xe0" * 4,
    "word___rels__settings.xml.rels": TEMPLATE,
    "word__media__image1.png": b"\x89PNG",
    "word__embeddings__sheet.xlsx": b"PK",
}
SAMPLES = {
    "docx/statement": docx(
        STATEMENT,
        **{
            "word__footnotes.xml": notes("footnotes", "Under international law."),
            "word__header1.xml": notes("hdr", "Government of Velden"),
        },
    ),
    "docx/macros_and_template": docx(
        paragraph("Read this letter with care."),
        **FURTHER,
    ),
    "docx/encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(504)
    + "EncryptedPackage".encode("utf-16-le")
    + bytes(480),
    "odt/letter": odt(LETTER, Basic__Standard__Module1=b"Sub Main"),
    "odt/encrypted": odt(
        "<text:p>x</text:p>",
        **{"META-INF__manifest.xml": "<manifest:encryption-data/>"},
    ),
}


def main() -> None:
    """Write the inputs of the samples."""
    for name, content in SAMPLES.items():
        case = Path(DATA / name)
        case.mkdir(parents=True, exist_ok=True)
        (case / f"input.{name.split('/')[0]}").write_bytes(content)


if __name__ == "__main__":
    main()
