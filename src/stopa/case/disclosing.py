"""Show single records of a case to somebody, and keep the receipt in the ledger.

Why: an ally wants the one log line behind a sentence, not the case. He gets it with the proof that
it is the one committed to when the case was signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stopa.dossier import note
from stopa.dossier.disclosure import betrayed, disclosure, names_of, path_of, proof, repeated, shown
from stopa.dossier.paths import everywhere, within
from stopa.errors import CaseError, InputError
from stopa.model.record import name
from stopa.store import durable
from stopa.store.case_reader import AFTER, CaseReader, Leaf
from stopa.store.case_store import CaseStore
from stopa.store.ledger import parse_checkpoint

IDS = "ids stand in the dossier: F-..., S-..., D-..., a file's SHA-256"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is shown something, for what, and when (ISO date or time)."""

    to: str
    purpose: str
    on: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """That leaves were disclosed: to whom, for what, when, and how many fields of each."""

    to: str
    purpose: str
    on: str
    leaves: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Shown:
    leaf: Leaf
    paths: tuple[str, ...]


def disclose(
    folder: Path, items: Sequence[str], withheld: Sequence[str], whom: Audience, output: Path
) -> tuple[Path, ...]:
    """Write a disclosure and a `.tlog-proof` for each record; return the files, two of each.

    What is asked of one record stands in one file. Raises CaseError where nothing was signed,
    InputError where there is no such item or field.
    """
    with CaseStore(folder) as store:
        signed = _signed(store)
        size = parse_checkpoint(note.split(signed)[0]).size
        chosen = _together(_chosen(store, item, withheld, size) for item in items)
        durable.make_folder(output)
        _log(store, chosen, whom)
        return tuple(
            path for each in chosen for path in _write(store, each, (signed, size), output)
        )


def _signed(store: CaseReader) -> str:
    signed = store.signed_note()
    if signed is None:
        raise CaseError(
            "nothing of this case was signed, so nothing can be proven",
            hint="sign it first: stopa sign CASE --key FILE",
        )
    return signed


def _chosen(store: CaseReader, item: str, withheld: Sequence[str], size: int) -> _Shown:
    found = _found(store, item)
    if found is None:
        raise InputError(f"the case has no record {item}", hint=IDS)
    if found.seq >= size:
        raise InputError(
            f"{item} was recorded after the case was signed", hint="sign it again: stopa sign CASE"
        )
    sealed = found.sealed()
    thing = "" if found.id == item else path_of(sealed, item) or ""
    try:
        paths = shown(sealed, withheld, thing)
    except KeyError as error:
        known = ", ".join(names_of(sealed, thing))
        raise InputError(f"{item} has no field {error.args[0]}", hint=f"it has {known}") from error
    if withheld and (left := betrayed(sealed, paths, thing)):
        raise InputError(
            f"{left[0]} is withheld, for it is made of what is withheld, but stands in"
            f" {everywhere(within(left[1], thing))} too",
            hint=f"add --withhold {everywhere(within(left[1], thing))}",
        )
    if withheld and (told := repeated(sealed, paths, thing)):
        shows = everywhere(within(told[1], thing))
        raise InputError(
            f"{within(told[0], thing)} is withheld, but {within(told[1], thing)} repeats it",
            hint=f"add --withhold {shows}",
        )
    return _Shown(found, paths)


def _found(store: CaseReader, item: str) -> Leaf | None:
    """Return the newest record with this id, else the newest that holds a thing with it."""
    naming = list(store.leaves_naming(item))
    named = [leaf for leaf in naming if leaf.id == item]
    holding = named or [leaf for leaf in naming if path_of(leaf.sealed(), item)]
    return holding[-1] if holding else None


def _together(chosen: Iterable[_Shown]) -> list[_Shown]:
    """Return one for each leaf, with all that was asked of it, in the order first asked."""
    merged: dict[int, _Shown] = {}
    for each in chosen:
        before = merged.get(each.leaf.seq, each)
        shows = dict.fromkeys((*before.paths, *each.paths))
        merged[each.leaf.seq] = _Shown(each.leaf, tuple(shows))
    return list(merged.values())


def _log(store: CaseStore, chosen: Sequence[_Shown], whom: Audience) -> None:
    counts = {str(each.leaf.seq): len(each.paths) for each in chosen}
    receipt = Receipt(whom.to, whom.purpose, whom.on, counts)
    receipt_id = name("Y", receipt)
    with store.step(f"{AFTER}disclosure:{receipt_id}", "") as work:
        work.add("receipt", receipt_id, receipt)


def _write(
    store: CaseReader, each: _Shown, under: tuple[str, int], output: Path
) -> tuple[Path, Path]:
    signed, size = under
    stem = f"disclosure-{each.leaf.seq:06}"
    shows, proven = output / f"{stem}.json", output / f"{stem}.tlog-proof"
    durable.write(shows, disclosure(each.leaf.sealed(), each.paths))
    path = store.proof(each.leaf.seq, size)
    durable.write(proven, proof(each.leaf.seq, path, signed).encode())
    return shows, proven
