"""The reader of STIX in OpenCTI: the code that splits a bundle and fills the server with it.

Why: that code drops what breaks OpenCTI's rules, and makes of each object the request that stores
it. It runs as it is; in place of the server stands one that takes everything and remembers it. What
the server itself would refuse or merge is therefore not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from msgspec.json import decode, encode

from stopa.dossier.consumers._consumer import Consumer, Leaf, Understood, each_once, leaves
from stopa.dossier.consumers._written import of_json
from stopa.dossier.consumers.stix_readers import STIX

FIELD = re.compile(r"\{\s*(\w+)")  # what a GraphQL request asks for first
IMPLIED = ("type", "spec_version")  # what the kind of request says
SHOWN = 3  # ids that are told of what is refused

Object = dict[str, Any]


def _read(content: bytes) -> Understood:
    from pycti import OpenCTIStix2Splitter

    _, refused, parts = OpenCTIStix2Splitter().split_bundle_with_expectations(
        content.decode(), cleanup_inconsistent_bundle=True
    )
    taken = {one["id"]: one for part in parts for one in decode(part)["objects"]}
    objects = decode(content)["objects"]
    kept = (leaf for one in objects for leaf in _kept(one, taken.get(one["id"])))
    return Understood(each_once(kept), tuple(_complaints(objects, taken, refused)))


def _kept(one: Object, taken: Object | None) -> Iterator[Leaf]:
    """Yield the values of an object that the import asks the server to store."""
    if taken is None:
        return
    stored = {value for _, value in leaves(_server()().imported(taken))}
    for leaf in leaves(one) if stored else ():
        if leaf[1] in stored or leaf[0].rpartition(".")[-1] in IMPLIED:
            yield leaf


def _complaints(objects: list[Object], taken: Iterable[str], refused: list[Any]) -> Iterator[str]:
    lost = [one["id"] for one in objects if one["id"] not in taken]
    if lost or refused:
        more = f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else ""
        yield f"{len(lost)} objects are refused: {', '.join(lost[:SHOWN])}{more}"


@cache
def _server() -> Any:  # noqa: ANN401 - a class made of one of a library without types
    from pycti import OpenCTIApiClient

    class Server(OpenCTIApiClient):  # type: ignore[misc]
        """Takes everything, as one that has nothing yet."""

        def __init__(self) -> None:
            super().__init__(
                "http://opencti.invalid", "none", "critical", perform_health_check=False
            )
            self.stored: list[object] = []

        def imported(self, item: Object) -> list[object]:
            """Return what the import of one object asks to be stored."""
            self.stix2.import_item(decode(encode(item)))
            return [decode(encode(one, enc_hook=str)) for one in self.stored]

        def query(self, query: str, variables: object = None, **_: object) -> dict[str, object]:
            """Answer a request, and remember what it stores."""
            found = FIELD.search(query)
            name = found[1] if found else ""
            if not query.lstrip().startswith("mutation"):
                return {"data": {name: [] if name.endswith("Categories") else None}}
            self.stored.append(variables)
            made = f"stored-{len(self.stored)}"
            return {
                "data": {
                    name: {
                        "id": made, "standard_id": made, "entity_type": name, "parent_types": [],
                    }
                }
            }  # fmt: skip

    return Server


OPENCTI = Consumer("OpenCTI's import", "pycti", "pycti", STIX, _read, written=of_json)
