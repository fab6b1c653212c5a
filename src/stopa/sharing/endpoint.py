"""One question to one OpenAI-compatible endpoint that the user named; the answer as bytes or words.

Spec: the chat completions request (POST .../chat/completions), RFC 9110
Why: this is the only module that opens a socket. No proxy is asked, no redirect followed, no
connection kept; a text leaves encrypted unless it stays on this machine.
Trap: an endpoint may send for ever, or byte by byte: the whole exchange has one deadline and the
answer one size.
"""

from __future__ import annotations

import http.client
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import urlsplit

from stopa.errors import InputError

PATH = "/chat/completions"
SECONDS = 60.0  # for one exchange, all of it
ANSWER = 4 * 2**20  # bytes; an answer on one report has some thousands
CHUNK = 65_536
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
OK = 200


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask. `key` is the secret itself: never printed, never stored."""

    host: str
    port: int
    path: str
    secure: bool
    key: str | None = None

    def __repr__(self) -> str:
        """Return it without its secret."""
        return f"Endpoint({self.host}:{self.port}{self.path})"


def endpoint(url: str, key_variable: str | None) -> Endpoint:
    """Return the endpoint of a URL; raise InputError for one that cannot be asked."""
    parts = urlsplit(url)
    hint = "https://host/v1, or http:// for a model on this machine"
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise InputError(f"{url} is no address of an extractor", hint=hint)
    secure = parts.scheme == "https"
    if not secure and parts.hostname not in LOCAL:
        raise InputError(f"{url} would send the texts unencrypted", hint=hint)
    key = os.environ.get(key_variable) if key_variable else None
    if key_variable and not key:
        raise InputError(
            f"the environment variable {key_variable} is not set", hint="export it, then run again"
        )
    path = parts.path.rstrip("/")
    path = path if path.endswith(PATH) else path + PATH
    return Endpoint(parts.hostname, parts.port or (443 if secure else 80), path, secure, key)


def ask(where: Endpoint, body: bytes, *, seconds: float = SECONDS) -> bytes | str:
    """Return the answer's bytes, or in words why there is none."""
    deadline = time.monotonic() + seconds
    kind = http.client.HTTPSConnection if where.secure else http.client.HTTPConnection
    connection = kind(where.host, where.port, timeout=seconds)
    try:
        connection.connect()
        with _until(deadline, connection.sock):
            return _exchange(connection, where, body)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= deadline or isinstance(error, TimeoutError):
            return f"no answer within {seconds:g} seconds"
        return f"no connection: {type(error).__name__}"
    finally:
        connection.close()


@contextmanager
def _until(deadline: float, sock: socket.socket) -> Iterator[None]:
    """End the exchange at the deadline, whatever it is waiting for."""
    timer = Timer(max(deadline - time.monotonic(), 0), _stop, [sock])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _stop(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _exchange(connection: http.client.HTTPConnection, where: Endpoint, body: bytes) -> bytes | str:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if where.key:
        headers["Authorization"] = f"Bearer {where.key}"
    connection.request("POST", where.path, body, headers)
    answer = connection.getresponse()
    if answer.status != OK:
        return f"it answered with status {answer.status}"
    taken = bytearray()
    while chunk := answer.read1(CHUNK):
        taken += chunk
        if len(taken) > ANSWER:
            return f"its answer is longer than {ANSWER} bytes"
    if answer.length:
        raise http.client.IncompleteRead(bytes(taken), answer.length)
    return bytes(taken)
