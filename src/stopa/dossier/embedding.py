"""JSON inside an HTML page, such that no parser can take any of it for markup.

Spec: https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
"""

from __future__ import annotations

import msgspec

from stopa.dossier.codec import utf8

ESCAPES = (
    (b"<", rb"\u003c"),
    (b">", rb"\u003e"),
    (b"&", rb"\u0026"),
    ("\u2028".encode(), rb"\u2028"),
    ("\u2029".encode(), rb"\u2029"),
)


def safe(value: object) -> bytes:
    """Return JSON for a script element of a type that is not run, whatever its strings hold."""
    body = msgspec.json.encode(utf8(value))
    for raw, escaped in ESCAPES:
        body = body.replace(raw, escaped)
    return body
