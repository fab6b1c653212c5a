"""The readers of STIX: OASIS's own library, and what MISP imports STIX with."""

from __future__ import annotations

from msgspec.json import decode

from stopa.dossier.consumers._consumer import Consumer, Leaf, Understood, leaves, not_read
from stopa.dossier.consumers._written import of_json

STIX = frozenset({"stix", "stix-full"})
SHORT = 8  # characters; a shorter value inside of another is chance


def _library(content: bytes) -> Understood:
    """Parse strictly: a property that the specification does not know is an error."""
    import stix2

    try:
        parsed = stix2.parse(content.decode(), allow_custom=False)
    except (stix2.exceptions.STIXError, ValueError) as error:
        return not_read(str(error))
    found = {_plain(leaf) for one in decode(parsed.serialize())["objects"] for leaf in leaves(one)}
    return Understood(lambda leaf: _plain(leaf) in found)


def _plain(leaf: Leaf) -> Leaf:
    """Return a time as all of them write it."""
    return leaf[0], _one_writing(leaf[1])


def _one_writing(value: str) -> str:
    """Return a time without the zeros at the end of its second, and with `Z` for `+00:00`."""
    told = value.removesuffix("+00:00") + "Z" if value.endswith("+00:00") else value
    if told.endswith("Z") and "." in told:
        whole, _, fraction = told[:-1].rpartition(".")
        shorter = fraction.rstrip("0")
        return f"{whole}.{shorter}Z" if shorter else f"{whole}Z"
    return told


def _misp(content: bytes) -> Understood:
    import stix2
    from misp_stix_converter import ExternalSTIX2toMISPParser

    parser = ExternalSTIX2toMISPParser()
    try:
        parser.load_stix_bundle(stix2.parse(content.decode(), allow_custom=True))
    except (stix2.exceptions.STIXError, ValueError) as error:
        return not_read(str(error))
    parser.parse_stix_bundle()
    told = decode(parser.misp_event.to_json())
    found = {_one_writing(value) for _, value in leaves(told)}
    longer = "\n".join(found)
    complaints = [str(one) for many in parser.errors.values() for one in many]
    complaints += [str(one) for many in parser.warnings.values() for one in many]
    return Understood(lambda leaf: _shown(leaf, found, longer), tuple(sorted(set(complaints))))


def _shown(leaf: Leaf, found: set[str], longer: str) -> bool:
    """Tell whether MISP shows the value, by itself or inside of another; ids without their type."""
    value = _one_writing(leaf[1].partition("--")[2] or leaf[1])
    return value in found or (len(value) > SHORT and value in longer)


LIBRARY = Consumer("OASIS stix2", "stix2", "stix2", STIX, _library, written=of_json)
MISP = Consumer(
    "MISP's import of STIX", "misp-stix", "misp_stix_converter", STIX, _misp, written=of_json
)
