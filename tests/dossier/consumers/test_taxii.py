"""A TAXII 2.1 client fetches the bundle from a server on this machine and has every object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from taxii2client.v21 import Collection

from stopa.dossier.exports import EXPORTS
from tests.dossier.cases import logs_alone
from tests.dossier.sample import sample, without_technical_evidence

MEDIA = "application/taxii+json;version=2.1"
COLLECTION = "/api/collections/3f2504e0-4f89-41d3-9a0c-0305e82c3301/"
WRITE = {export.name: export.write for export in EXPORTS}


class Server(BaseHTTPRequestHandler):
    """Serves one collection that may be read."""

    objects: tuple[object, ...] = ()

    def do_GET(self) -> None:
        about = {"id": COLLECTION.split("/")[-2], "title": "case", "can_read": True}
        told = (
            {"objects": self.objects} if "objects" in self.path else {**about, "can_write": False}
        )
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", MEDIA)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


THREE = (sample, without_technical_evidence, logs_alone)
BUNDLES = [(name, case) for name in ("stix", "stix-full") for case in THREE]


@pytest.fixture(params=BUNDLES, ids=lambda bundle: f"{bundle[0]}-{bundle[1].__name__}")
def served(request: pytest.FixtureRequest) -> Iterator[tuple[str, list[dict[str, object]]]]:
    name, case = request.param
    objects = json.loads(WRITE[name](case()))["objects"]
    handler = type("Handler", (Server,), {"objects": tuple(objects)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{COLLECTION}", objects
    server.shutdown()
    server.server_close()


def test_a_client_has_every_object(served: tuple[str, list[dict[str, object]]]) -> None:
    url, objects = served
    with Collection(url) as collection:
        assert collection.get_objects()["objects"] == objects
