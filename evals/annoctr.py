"""How well names of malware and groups are found in the AnnoCTR development documents.

    evals/annoctr.py FOLDER [--missed]

FOLDER holds `ner_json_dev.json` and `text/` of AnnoCTR (Lange et al., LREC-COLING 2024). Distinct
names for each document are compared, beside a baseline that knows names but no context. CVE ids and
hashes carry no labels there: they are compared with what their plain patterns find in the text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import defaultdict
from pathlib import Path

from stopa.knowledge import Knowledge, load
from stopa.model.document import Document, Piece
from stopa.model.statement import IndicatorKind, MentionKind, Reading
from stopa.statements import read

CVE = re.compile(r"CVE-\d{4}-\d{4,7}", re.IGNORECASE)
HASH = re.compile(r"\b(?:[a-f0-9]{64}|[a-f0-9]{40}|[a-f0-9]{32})\b", re.IGNORECASE)
HASHES = {IndicatorKind.MD5, IndicatorKind.SHA1, IndicatorKind.SHA256}
Sets = dict[str, dict[str, set[str]]]  # kind -> document -> names


def main() -> None:
    """Parse, read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", action="store_true", help="list what was missed or invented")
    options = parser.parse_args()
    gold = labelled(options.folder / "ner_json_dev.json")
    knowledge = load()
    found, plain = defaultdict(dict), defaultdict(dict)
    for path in sorted((options.folder / "text").glob("*.txt")):
        text = path.read_text("utf-8")
        for kind, names in predicted(reading(text, knowledge)).items():
            found[kind][path.stem] = names
        for kind, names in baseline(text, knowledge).items():
            plain[kind][path.stem] = names
        gold["cve"][path.stem] = {m.upper() for m in CVE.findall(text)}
        gold["hash"][path.stem] = {m.lower() for m in HASH.findall(text)}
    print(f"{'':10}{'P':>7}{'R':>7}{'F1':>7}{'n':>6}   baseline P, R, F1")
    for kind in ("malware", "group", "cve", "hash"):
        ours, theirs = figures(gold, found, kind), figures(gold, plain, kind)
        print(
            f"{kind:10}{ours[0]:7.3f}{ours[1]:7.3f}{ours[2]:7.3f}{ours[3]:6}   "
            f"{theirs[0]:.3f} {theirs[1]:.3f} {theirs[2]:.3f}"
        )
        if options.missed:
            print_missed(gold, found, kind)


def labelled(path: Path) -> Sets:
    """Return the labelled names of each document; tools are neutral beside malware."""
    sets: Sets = {k: defaultdict(set) for k in ("malware", "group", "tool", "cve", "hash")}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        document = row["id"].rsplit("__", 1)[0]
        for label, name in spans(row["tokens"], row["ce_tags"]):
            if label in sets:
                sets[label][document].add(key(name))
    return sets


def spans(tokens: list[str], tags: list[str]) -> list[tuple[str, str]]:
    """Return (label, words) of each labelled run."""
    found: list[tuple[str, list[str]]] = []
    for token, tag in zip(tokens, tags, strict=True):
        if tag.startswith("B-"):
            found.append((tag[2:].lower(), [token]))
        elif tag.startswith("I-") and found:
            found[-1][1].append(token)
    return [(label, " ".join(words)) for label, words in found]


def key(name: str) -> str:
    """Return the form under which equal names meet."""
    plain = re.sub(r"\b(?:aka|rat|malware|ransomware|trojan)\b", "", name.lower())
    return re.sub(r"[^a-z0-9]", "", plain)


def reading(text: str, knowledge: Knowledge) -> Reading:
    """Return what is read out of a text."""
    body = text.encode()
    piece = Piece(0, len(text), 0, len(body))
    return read(Document(hashlib.sha256(body).hexdigest(), "text", text, (piece,)), knowledge)


def predicted(found: Reading) -> dict[str, set[str]]:
    """Return the names of a reading by kind."""
    by_kind = {
        kind: {key(m.printed) for m in found.mentions if m.kind is kind} for kind in MentionKind
    }
    return {
        "malware": by_kind[MentionKind.SOFTWARE],
        "group": by_kind[MentionKind.ACTOR],
        "cve": {i.value for i in found.indicators if i.kind is IndicatorKind.CVE},
        "hash": {i.value for i in found.indicators if i.kind in HASHES},
    }


def baseline(text: str, knowledge: Knowledge) -> dict[str, set[str]]:
    """Return every known name that stands in the text, whatever is around it."""
    words = set(re.findall(r"[\w.-]+", text))
    kinds = {MentionKind.SOFTWARE: "malware", MentionKind.ACTOR: "group"}
    found: dict[str, set[str]] = {name: set() for name in kinds.values()}
    for named in knowledge.names():
        first = named.text.split()[0] if named.text.split() else ""
        if first in words and named.text in text and named.kind in kinds:
            found[kinds[named.kind]].add(key(named.text))
    return {**found, "cve": set(CVE.findall(text)), "hash": set(HASH.findall(text))}


def figures(gold: Sets, found: Sets, kind: str) -> tuple[float, float, float, int]:
    """Return precision, recall, F1 and the number of names over all documents."""
    hit = wrong = total = 0
    for document, names in found[kind].items():
        true = gold[kind].get(document, set())
        neutral = gold["tool"].get(document, set()) if kind == "malware" else set()
        hit += len(names & true)
        wrong += len(names - true - neutral)
        total += len(true)
    precision = hit / (hit + wrong) if hit + wrong else 0.0
    recall = hit / total if total else 1.0
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return precision, recall, f1, total


def print_missed(gold: Sets, found: Sets, kind: str) -> None:
    """Print what was missed (-) and what was invented (+)."""
    for document, names in found[kind].items():
        true = gold[kind].get(document, set())
        neutral = gold["tool"].get(document, set()) if kind == "malware" else set()
        missed, invented = sorted(true - names), sorted(names - true - neutral)
        if missed or invented:
            print(f"  {document[:50]} - {missed} + {invented}")


if __name__ == "__main__":
    main()
