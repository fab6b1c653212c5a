"""A progress bar on the error stream: what is being done, how fast, how long it still takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from stopa.case.plan import Progress as Told
from stopa.case.plan import Quiet, Unit
from stopa.dossier.visible import line as visible


@contextmanager
def progress(*, quiet: bool) -> Iterator[Told]:
    """Yield whom to tell: a bar on a terminal, nobody when asked to be quiet."""
    if quiet:
        yield Quiet()
        return
    console = Console(stderr=True)
    with drawn(console) as bar:
        yield Bar(bar, console)


def drawn(console: Console) -> Progress:
    """Return the bar as it looks; it draws nothing where there is no terminal."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.percentage:>3.0f} %"),
        Rate(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


class Rate(ProgressColumn):
    """How much is done in a second, in the stage's unit; nothing where it counts mere steps."""

    def render(self, task: Task) -> Text:
        """Return the rate, empty while it is not known."""
        speed = task.finished_speed or task.speed
        unit = task.fields.get("unit")
        if speed is None or unit is Unit.STEPS:
            return Text("")
        rate = f"{speed / 1e6:,.1f} MB/s" if unit is Unit.BYTES else f"{speed:,.0f} {unit}/s"
        return Text(rate, style="progress.data.speed")


class Bar:
    """Shows one stage at a time."""

    def __init__(self, bar: Progress, console: Console) -> None:
        self._bar = bar
        self._console = console
        self._task: TaskID | None = None

    def stage(self, what: str, total: int | None, unit: Unit = Unit.STEPS) -> None:
        """Begin a stage."""
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(what, total=total, unit=unit)

    def advance(self, amount: int) -> None:
        """Move the bar."""
        if self._task is not None:
            self._bar.advance(self._task, amount)

    def say(self, note: str) -> None:
        """Print a note above the bar."""
        self._console.print(visible(note), markup=False, highlight=False)
