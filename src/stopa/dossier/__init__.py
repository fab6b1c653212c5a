"""The case made for readers: page, JSON, exports, signatures. Pure: same dossier, same bytes."""

from stopa.dossier.codec import decode, encode
from stopa.dossier.html import page

__all__ = ["decode", "encode", "page"]
