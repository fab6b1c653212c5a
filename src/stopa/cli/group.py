"""The list of commands. Each is imported only when it is called, so that help is instant."""

from __future__ import annotations

from importlib import import_module

import click

from stopa import __version__

COMMANDS = {
    "investigate": "Make a case and its dossier of evidence: the main job.",
    "demo": "Run the exercise case that comes with stopa.",
    "detect": "Run Sigma rules over evidence, or hunt again in a case.",
    "read": "Read reports: who says what about whom.",
    "attribute": "Weigh which actors fit, and how strongly.",
    "judge": "Put an analyst's judgement beside what was computed.",
    "trail": "Follow a host, user, address or file through all sources of a case.",
    "coverage": "Show what was read of each file, and what was not.",
    "explain": "Show what one record of a case rests on.",
    "verify": "Check a case or dossier: what holds, and what that does not show.",
    "key": "Make a key to sign and witness with.",
    "sign": "Sign a case: its checkpoint, its dossier and all exports.",
    "witness": "Sign another's checkpoint, once it continues the last one seen.",
    "disclose": "Show single records to somebody, with proof, and log the receipt.",
    "erase": "Destroy a record for good; the rest still verifies.",
    "open": "Open the page of a case in the browser.",
    "redact": "Write a version of the dossier for an audience, by TLP.",
    "export": "Write the dossier for other tools: STIX, MISP, Navigator, CSV, PDF and more.",
    "knowledge": "Look up actors, software and techniques.",
    "rules": "Check, list and show Sigma rules.",
}


class Commands(click.Group):
    """A click group that knows its commands by name before it imports any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of an investigation."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"stopa.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - each module ends in its command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stopa")
def cli() -> None:
    """Make of an intrusion's evidence an attribution that others can check.

    \b
    Begin with:
      stopa demo
      stopa investigate logs/ mail/ reports/ -o my-case
    """
