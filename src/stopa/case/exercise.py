"""The exercise case that comes with stopa, investigated like any other."""

from __future__ import annotations

from pathlib import Path

import stopa
from stopa.case.plan import Plan, Progress
from stopa.case.work import Summary, investigate
from stopa.errors import InputError
from stopa.model.evidence import Tlp

NOTICE = "EXERCISE: the ministry, the offices, the outlets and the intrusion are invented."
PACKAGED = Path(stopa.__file__).parent / "exercise"  # where the wheel puts the folder
CHECKED_OUT = Path(stopa.__file__).parents[2] / "examples" / "exercise" / "evidence"


def demo(folder: Path, progress: Progress) -> Summary:
    """Investigate the exercise into a case folder."""
    evidence = next((path for path in (PACKAGED, CHECKED_OUT) if path.is_dir()), None)
    if evidence is None:
        raise InputError("the exercise is not installed", hint="run this from a clone of stopa")
    plan = Plan(title="EXERCISE: the foreign ministry's network", tlp=Tlp.CLEAR, notice=NOTICE)
    parts = sorted(path for path in evidence.iterdir() if path.is_dir())
    return investigate(parts, folder, plan, progress)
