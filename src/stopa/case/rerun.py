"""Do a whole investigation again, elsewhere, and compare what comes out, byte for byte.

Why: a proof shows that a dossier was not changed; only doing it again shows that it follows from
the evidence. Nothing of the case is used but how each run was asked for, which files it was given,
and what analysts judged by hand.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain
from pathlib import Path

from stopa import __version__, knowledge
from stopa.case.cache import cache_folder
from stopa.case.detection import program
from stopa.case.engine import engine
from stopa.case.hand_in import check_there, evidence_id
from stopa.case.judging import judged_again
from stopa.case.keys import verifier_key
from stopa.case.plan import STARTER, Progress
from stopa.case.published import published
from stopa.case.recorded import UNTOLD, plan_again, recorded_runs
from stopa.case.signed import ENVELOPE, KEY, Trust
from stopa.case.work import DATA, PAGE, investigate, take_up
from stopa.case.yara import prepared, scan_all, with_yara
from stopa.dossier.envelope import unseal
from stopa.errors import InputError
from stopa.model.dossier import Dossier
from stopa.model.record import canonical
from stopa.model.run import Run
from stopa.readers import Handed
from stopa.store.case_reader import DATABASE, CaseReader
from stopa.store.case_store import CaseStore

IDENTICAL = "IDENTICAL"
FEW = 5  # files that are named in one difference
MANY = 20  # differences that are listed; the others are counted
NAMED = ("id", "sha256", "name", "document", "what")  # what a part of a dossier is known by


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a new run of the whole way came to: the files compared, and every difference."""

    files: tuple[str, ...]
    differences: tuple[str, ...]

    @property
    def word(self) -> str:
        """IDENTICAL, or how many differences there are."""
        count = len(self.differences)
        return f"{count} difference{'' if count == 1 else 's'}" if count else IDENTICAL


def compare_with(
    path: Path,
    evidence: Sequence[Path],
    rules: Sequence[Path],
    trust: Trust,
    progress: Progress,
    *,
    yara: Sequence[Path] = (),
) -> Comparison:
    """Investigate the evidence anew in a folder that is thrown away; compare the dossiers.

    Raises InputError where rules, knowledge or stopa are others than the dossier was made with.
    """
    dossier = path / "dossier" if (path / DATABASE).is_file() else path
    dossier = dossier if dossier.is_dir() else dossier.parent
    said = published(dossier)
    _check_same(said, rules, yara)
    repeated = _Repeated(_runs(path, dossier, said, trust), evidence, said)
    with tempfile.TemporaryDirectory(prefix="stopa-") as folder:
        again = Path(folder) / "case"
        try:
            repeated.into(again, (tuple(rules) or (STARTER,), tuple(yara)), progress)
        except InputError as error:
            if not (gone := tuple(repeated.missing())):
                raise
            return Comparison((DATA, PAGE), (*gone, error.what))
        if said.judged is not None:
            judged_again(again, said.judged.judgements)
        made = again / "dossier"
        found = (_other_state(said), repeated.missing(), _changed_files(dossier, made))
        differences = [*chain.from_iterable(found)]
        if differences:
            differences += _changed_parts(said, published(made))
    return Comparison((DATA, PAGE), tuple(differences))


class _Repeated:
    """The runs of a case done again in their order, each with the evidence that it was given.

    What no run was given goes to the last one, so that it is seen in what comes out.
    """

    def __init__(self, runs: Sequence[Run], evidence: Sequence[Path], said: Dossier) -> None:
        self._runs = runs
        self._evidence = evidence
        self._names = {evidence_id(item): item.name for item in said.evidence}
        self._given = {id_ for run in runs for id_ in run.given or ()}
        self._seen: set[str] = set()

    def into(
        self, folder: Path, rules: tuple[Sequence[Path], Sequence[Path]], progress: Progress
    ) -> None:
        """Do all runs again; only the last one's conclusions count, so only those are drawn."""
        check_there(self._evidence)
        sigma, yara = rules
        *earlier, last = self._runs
        more = prepared(yara)
        for run in earlier:
            with CaseStore(folder) as store:
                plan = plan_again(run.plan, sigma)
                items = take_up(store, self._evidence, plan, progress, wanted=self._of(run))
                scan_all(store, items, more, progress)
        plan = replace(plan_again(last.plan, sigma), yara=tuple(yara))
        investigate(self._evidence, folder, plan, progress, wanted=self._of(last, rest=True))

    def missing(self) -> Iterator[str]:
        """Say of which runs what is not among the evidence given now."""
        for number, run in enumerate(self._runs, 1):
            gone = sorted(self._names.get(id_, id_) for id_ in {*(run.given or ())} - self._seen)
            if gone:
                more = f" and {len(gone) - FEW} more" if len(gone) > FEW else ""
                yield (
                    f"run {number} of {len(self._runs)} was given what is not there now:"
                    f" {', '.join(gone[:FEW])}{more}"
                )

    def _of(self, run: Run, *, rest: bool = False) -> Callable[[Handed], bool]:
        given = {*(run.given or ())}

        def wanted(item: Handed) -> bool:
            id_ = evidence_id(item)
            self._seen.add(id_)
            return run.given is None or id_ in given or (rest and id_ not in self._given)

        return wanted


def _runs(path: Path, dossier: Path, said: Dossier, trust: Trust) -> tuple[Run, ...]:
    """Return the runs: from the ledger, else from the envelope, else what the dossier tells."""
    runs: tuple[Run, ...] = ()
    if (path / DATABASE).is_file():
        with CaseReader(path) as store:
            runs = recorded_runs(store)
    elif (dossier / ENVELOPE).is_file():
        key = trust.key or verifier_key(str(dossier / KEY))
        runs = unseal((dossier / ENVELOPE).read_bytes(), key).predicate.runs
    reach = None if said.applied else UNTOLD
    told = {"title": said.title, "tlp": said.tlp, "notice": said.notice, "reach": reach}
    return runs or (Run(told),)


def _check_same(said: Dossier, rules: Sequence[Path], yara: Sequence[Path]) -> None:
    if said.made.stopa != __version__:
        raise InputError(
            f"the dossier was made with stopa {said.made.stopa}, this is {__version__}",
            hint=f"pip install stopa=={said.made.stopa}",
        )
    sigma = program(rules or (STARTER,), cache_folder())
    at_hand = with_yara(sigma, prepared(yara)).sha256
    if at_hand != said.made.rules.sha256:
        raise InputError(
            f"the dossier was made with rules {said.made.rules.sha256[:12]}, not {at_hand[:12]}",
            hint="name the same rules with --rules, those of YARA with --yara",
        )
    known = knowledge.load(cache_folder()).stamp
    if known != said.made.knowledge:
        raise InputError(
            f"the dossier was made with {said.made.knowledge.name} {said.made.knowledge.version},"
            f" here is {known.name} {known.version}",
            hint="take the same knowledge: stopa knowledge import",
        )


def _other_state(said: Dossier) -> Iterator[str]:
    """Say that other code has the same version number; what differs may come of that alone."""
    if said.made.engine not in ("", here := engine()):
        yield (
            f"the dossier was made with another state of stopa {said.made.stopa}"
            f" (code {said.made.engine[:12]}, here {here[:12]})"
        )


def _changed_files(dossier: Path, again: Path) -> Iterator[str]:
    for name in (DATA, PAGE):
        before, after = dossier / name, again / name
        if not before.is_file():
            yield f"{name} is missing from the dossier"
        elif before.read_bytes() != after.read_bytes():
            yield f"{name}: the bytes differ"


def _changed_parts(before: Dossier, after: Dossier) -> Iterator[str]:
    """Name the records that differ, part by part of the dossier."""
    told: list[str] = []
    for part in fields(Dossier):
        one, two = getattr(before, part.name), getattr(after, part.name)
        if one == two:
            continue
        if not isinstance(one, tuple):
            told.append(f"{part.name} differs")
            continue
        here, there = _by_bytes(one), _by_bytes(two)
        told += [f"{part.name}: {here[b]} only in the dossier" for b in here if b not in there]
        told += [f"{part.name}: {there[b]} only in the new run" for b in there if b not in here]
    yield from told[:MANY]
    if len(told) > MANY:
        yield f"and {len(told) - MANY} more"


def _by_bytes(items: Sequence[object]) -> dict[bytes, str]:
    return {canonical(item): _known_by(item) for item in items}


def _known_by(item: object) -> str:
    for name in NAMED:
        if isinstance(said := getattr(item, name, None), str):
            return said
    where = getattr(item, "where", None)
    return f"of {where.evidence[:12]}" if where else type(item).__name__.lower()
