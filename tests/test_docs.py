"""The docs say what the code says."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from stopa.cli.group import COMMANDS, cli

ROOT = Path(__file__).parents[1]
WORDS = re.findall(
    r"^\| ([^|]+) \| [^|]+ \| `([\w.]+)` \|$", (ROOT / "docs/words.md").read_text("utf-8"), re.M
)


@pytest.mark.parametrize(("word", "place"), WORDS)
def test_every_word_names_something_in_the_code(word: str, place: str) -> None:
    module, _, name = place.rpartition(".")
    try:
        thing = getattr(import_module(module), name)
    except AttributeError:
        thing = import_module(place)
    assert thing.__doc__, word


def test_the_list_of_words_is_whole() -> None:
    assert len(WORDS) >= 30
    assert [word for word, _ in WORDS] != []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    shown = CliRunner().invoke(cli, [name, "--help"])
    assert shown.exit_code == 0, shown.output
    command = cli.commands.get(name) or cli.get_command(None, name)  # type: ignore[arg-type]
    subcommands = getattr(command, "commands", {})
    pages = [CliRunner().invoke(cli, [name, sub, "--help"]).output for sub in subcommands]
    for page in pages or [shown.output]:
        assert re.search(rf"stopa {name}", page), page


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"stopa {name}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/*.md")))
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"
