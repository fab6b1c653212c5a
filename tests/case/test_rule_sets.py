"""The rules as they were handed in: whose, under which licence, by a hash that anybody can take."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path

import stopa
from stopa import detect
from stopa.case.plan import STARTER, Plan
from stopa.case.rule_sets import rule_sets

RULE = """\
title: {title}
id: 00000000-0000-4000-8000-0000000000{number:02}
{more}
level: high
logsource: {{product: zeek, service: dns}}
detection: {{x: {{query: a.example}}, condition: x}}
"""


def _hand_in(folder: Path) -> None:
    (folder / "mine" / "deep").mkdir(parents=True)
    rules = (("a.yml", "license: DRL-1.1\nauthor: Ada"), ("deep/b.yml", "author: Ada, Ben"))
    for number, (name, more) in enumerate(rules, 1):
        text = RULE.format(title=name, number=number, more=more)
        (folder / "mine" / name).write_text(text, encoding="utf-8")
    (folder / "mine" / "LICENSE").write_text(
        "\n# Licences\nText: public domain\n- Rules are under the MIT License  1\n",
        encoding="utf-8",
    )
    (folder / "mine" / "broken.yml").write_text("title: no rule\n", encoding="utf-8")


def test_each_set_is_told_with_its_licences_authors_and_what_was_refused(tmp_path: Path) -> None:
    _hand_in(tmp_path)
    plan = Plan(rules=(tmp_path / "mine",))
    (one,) = rule_sets(plan, detect.prepare(plan.rules, cache=None), None)
    assert (one.name, one.files, one.rules, one.refused) == ("mine", 3, 2, 1)
    assert one.version == ""
    assert one.licences == (("", 1), ("DRL-1.1", 1))
    assert one.authors == (("Ada", 1), ("Ada, Ben", 1))
    assert one.levels == (("high", 2),)
    assert one.beside == (("LICENSE", "Rules are under the MIT License 1"),)


def test_an_archive_tells_its_licence_as_a_folder_does(tmp_path: Path) -> None:
    _hand_in(tmp_path)
    with tarfile.open(tmp_path / "mine.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "mine", "mine")
    plan = Plan(rules=(tmp_path / "mine.tar.gz",))
    (one,) = rule_sets(plan, detect.prepare(plan.rules, cache=None), None)
    assert (one.name, one.files, one.rules) == ("mine.tar.gz", 3, 2)
    assert one.beside == (("LICENSE", "Rules are under the MIT License 1"),)


def test_its_hash_is_what_sha256sum_says_of_its_files(tmp_path: Path) -> None:
    _hand_in(tmp_path)
    plan = Plan(rules=(tmp_path / "mine",))
    (one,) = rule_sets(plan, detect.prepare(plan.rules, cache=None), None)
    taken = subprocess.run(  # noqa: S602 -- a line that a reader would type
        "find mine -name '*.yml' -type f | LC_ALL=C sort | xargs sha256sum | sha256sum",  # noqa: S607
        shell=True, cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert taken.stdout.split()[0] == one.sha256


def test_the_rules_that_come_with_stopa_all_state_their_licence() -> None:
    program = detect.prepare([detect.starter_rules()], cache=None)
    (one,) = rule_sets(Plan(rules=(STARTER,)), program, None)
    assert one.rules == len(program.cards)
    assert one.licences == (("Apache-2.0", one.rules),)
    assert one.version == f"stopa {stopa.__version__}"
