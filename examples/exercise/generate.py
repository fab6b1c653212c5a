"""Write the evidence of the exercise: `python generate.py OUT` fills the folder OUT.

Why: evidence that nobody made up by hand can be checked; the same bytes come out each time.
Trap: everything is invented. See README.md beside this file for the story and its two false trails.
"""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path

from story.cloud import audit_log
from story.decoys import decoy_events
from story.intrusion import intrusion_events
from story.mail import messages
from story.network import dns_log, proxy_log
from story.office import office_events
from story.reports import reports
from story.windows import records
from story.world import CONTROLLER, FILE_SERVER, STAFF

HOSTS = (*(person.host for person in STAFF), FILE_SERVER, CONTROLLER)


def evidence() -> dict[str, bytes]:
    """Return the contents of every evidence file, uncompressed, by its path below the folder."""
    files = {f"mail/exercise-{name}": body for name, body in messages().items()}
    files |= {f"reports/exercise-{name}": body for name, body in reports().items()}
    events = [*office_events(), *intrusion_events(), *decoy_events()]
    for host in HOSTS:
        lines = [json.dumps(said, separators=(",", ":")) for said in records(events, host)]
        name = f"windows/exercise-{host.lower()}.jsonl.xz"
        files[name] = ("\n".join(lines) + "\n").encode()
    files["proxy/exercise-proxy.log.xz"] = proxy_log().encode()
    files["dns/exercise-dns.log.xz"] = dns_log().encode()
    files["cloud/exercise-m365-audit.jsonl.xz"] = audit_log().encode()
    return files


def write(folder: Path) -> None:
    """Write the evidence below the folder, files ending in .xz compressed."""
    for name, body in sorted(evidence().items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(lzma.compress(body, preset=9) if path.suffix == ".xz" else body)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python generate.py OUT")
    write(Path(sys.argv[1]))
