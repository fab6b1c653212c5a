"""How well reports are read, measured by the reading measure's own program, beside a baseline.

    evals/reading.py [--events SET] [--score SCORE.PY] [--out PRED.json] [--per-event]

SET holds one folder for each event (texts and `gold.json`), by default the development events of
the shared folder; SCORE.PY is the measure's own program, by default the one that lies beside them.
The baseline is a word list: a sentence with a verb of an act is a claim of it by the first name in
it. Quote figures of events that were not looked at while rules were written.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import re
import time
from pathlib import Path
from types import ModuleType

from stopa.knowledge import Knowledge, load
from stopa.model.document import Document, Piece
from stopa.statements import compare, read, score_form
from stopa.statements.cues import find
from stopa.statements.sentences import sentences
from stopa.statements.tokens import tokens

MEASURE = Path(__file__).parents[2] / "shared" / "evals" / "reading"
NAME = re.compile(r"(?:[A-Z][\w’'-]+)(?: (?:of the |of |the )?[A-Z][\w’'-]+)*")
QUOTE = re.compile(r"[\"“]([^\"”\n]+)[\"”]")
FIGURES = (
    ("statements", "claims", ("core_recall", "precision", "f1")),
    ("speaker", "speaker", ("strict", "lenient")),
    ("target", "target", ("country_or_entity", "entity")),
    ("quotations", "quotes", ("recall", "precision", "speaker_strict")),
    ("facts", "facts", ("recall", "precision")),
    ("disagreements", "disagreements", ("recall", "high_recall", "precision")),
    ("timeline", "timeline", ("recall",)),
    ("masthead", "metadata", ("date", "outlet")),
    ("indicators", "iocs", ("f1", "precision", "recall")),
    ("software", "software", ("f1", "precision", "recall")),
    ("CVE", "cves", ("f1",)),
    ("techniques", "techniques", ("f1", "precision", "recall")),
)


def main() -> None:
    """Parse, read, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path, nargs="?", help="the same as --events")
    parser.add_argument("--events", type=Path)
    parser.add_argument("--score", type=Path, default=MEASURE / "score.py")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--per-event", action="store_true")
    options = parser.parse_args()
    folder = options.events or options.set or MEASURE / "dev"
    for needed in (folder, options.score):
        if not needed.exists():
            parser.error(f"{needed} does not exist; give --events and --score")
    score = _program(options.score)
    knowledge = load()
    events = sorted(path.parent for path in folder.glob("*/gold.json"))
    event_form(events[0], knowledge)  # the look-up tables are built once, before the clock starts
    started = time.process_time()
    ours = {event.name: event_form(event, knowledge) for event in events}
    seconds = time.process_time() - started
    plain = {event.name: baseline(event) for event in events}
    if options.out:
        options.out.write_text(json.dumps(ours, ensure_ascii=False, indent=1), "utf-8")
    _print(score, folder, (ours, plain), per_event=options.per_event)
    articles = sum(len(list(event.glob("*.txt"))) for event in events)
    rate = articles / seconds * 60
    print(f"{articles} articles in {seconds:.2f} s of processor time: {rate:.0f} a minute")


def event_form(event: Path, knowledge: Knowledge) -> dict[str, object]:
    """Return an event's texts, read and compared, in the measure's form."""
    documents = [_document(path) for path in sorted(event.glob("*.txt"))]
    names = {_document(path).evidence: path.name for path in sorted(event.glob("*.txt"))}
    readings = [read(document, knowledge) for document in documents]
    return score_form(readings, compare(readings, documents), names)


def baseline(event: Path) -> dict[str, object]:
    """Return what word lists alone make of an event's texts."""
    return {path.stem: {"claims": _listed(path.read_text("utf-8"))} for path in event.glob("*.txt")}


def _listed(text: str) -> list[dict[str, object]]:
    claims: list[dict[str, object]] = []
    for sentence in sentences(text, []):
        words = tokens(text, sentence.start, sentence.end)
        hits = [hit for at in range(len(words)) if (hit := find(words, at))]
        name = NAME.search(text, sentence.start, sentence.end)
        if hits:
            claims.append(
                {
                    "start": sentence.start,
                    "end": sentence.end,
                    "act": hits[0].cue.act.value,
                    "speaker": name.group() if name else None,
                    "quotes": QUOTE.findall(text[sentence.start : sentence.end]),
                }
            )
    return claims


def _document(path: Path) -> Document:
    body = path.read_bytes()
    text = body.decode("utf-8")
    piece = Piece(0, len(text), 0, len(body))
    return Document(hashlib.sha256(body).hexdigest(), "text", text, (piece,))


def _program(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _print(
    score: ModuleType, folder: Path, made: tuple[dict[str, object], ...], *, per_event: bool
) -> None:
    gold = score.events(str(folder))
    tables = []
    for form in made:
        named = {key: dict(value) for key, value in form.items()}
        total, events, _, _ = score.score(gold, named)
        tables.append({"all": total, **(events if per_event else {})})
    for event in tables[0]:
        print(f"\n{event:34}stopa  word list")
        for label, group, figures in FIGURES:
            for figure in figures:
                ours, plain = (table[event][group][figure] for table in tables)
                print(f"  {label:14}{figure:17}{_shown(ours)}  {_shown(plain)}")


def _shown(value: float | None) -> str:
    return "    -" if value is None else f"{value:5.3f}"


if __name__ == "__main__":
    main()
