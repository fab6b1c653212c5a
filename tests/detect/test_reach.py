"""How far a rule came: it matched, looked in vain, lacked a field, or had no event to look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from stopa.detect import Program, compile, load
from stopa.detect.reach import applied
from stopa.detect.scope import Event
from stopa.model.applied import Reach

RULES = """\
title: Shell
id: 00000000-0000-4000-8000-000000000001
logsource: {product: windows, category: process_creation}
detection:
    x: {Image|endswith: '\\cmd.exe'}
    condition: x
---
title: Shell by its parent
id: 00000000-0000-4000-8000-000000000002
logsource: {product: windows, category: process_creation}
detection:
    x: {Image|endswith: '\\cmd.exe', ParentCommandLine|contains: evil}
    condition: x
---
title: Shell by its parent, or by itself
id: 00000000-0000-4000-8000-000000000003
logsource: {product: windows, category: process_creation}
detection:
    x: {ParentCommandLine|contains: evil}
    y: {Image|endswith: '\\cmd.exe'}
    condition: x or y
---
title: Shell of which no parent is told
id: 00000000-0000-4000-8000-000000000004
logsource: {product: windows, category: process_creation}
detection:
    x: {Image|endswith: '\\cmd.exe', ParentCommandLine: null}
    condition: x
---
title: Shell but not by that parent
id: 00000000-0000-4000-8000-000000000005
logsource: {product: windows, category: process_creation}
detection:
    x: {Image|endswith: '\\cmd.exe'}
    no: {ParentCommandLine|contains: updater}
    condition: x and not no
---
title: Name asked for
id: 00000000-0000-4000-8000-000000000006
logsource: {product: zeek, service: dns}
detection:
    x: {query: evil.example}
    condition: x
---
title: Any word
id: 00000000-0000-4000-8000-000000000007
logsource: {product: windows, category: process_creation}
detection:
    x: [mimikatz]
    condition: x
---
title: Many shells
id: 00000000-0000-4000-8000-000000000008
correlation:
    type: event_count
    rules: [00000000-0000-4000-8000-000000000001]
    group-by: [Computer]
    timespan: 1h
    condition: {gte: 3}
---
title: Many names
id: 00000000-0000-4000-8000-000000000009
correlation:
    type: event_count
    rules: [00000000-0000-4000-8000-000000000006]
    group-by: [query]
    timespan: 1h
    condition: {gte: 3}
"""
CREATED = Event(
    "windows", "process_creation", None,
    "Microsoft-Windows-Sysmon", "Microsoft-Windows-Sysmon/Operational", "1",
)  # fmt: skip


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    file: Path = tmp_path_factory.mktemp("rules") / "rules.yml"
    file.write_text(RULES, encoding="utf-8")
    made = compile(load([file]))
    assert not made.refusals
    return made


def _by_rule(
    program: Program, fields: frozenset[str], *matched: str
) -> dict[int, tuple[Reach, tuple[str, ...]]]:
    groups = applied(program, {CREATED: fields}, matched)
    return {
        int(id_[-2:]): (group.reach, group.fields) for group in groups for id_, _ in group.rules
    }


def test_a_rule_that_cannot_do_without_a_field_that_is_never_there_could_see_nothing(
    program: Program,
) -> None:
    told = _by_rule(program, frozenset({"Image"}))
    assert told[2] == (Reach.FIELD, ("ParentCommandLine",))
    assert [told[n][0] for n in (1, 3, 4, 5, 7)] == [Reach.LOOKED] * 5
    assert _by_rule(program, frozenset({"Image", "ParentCommandLine"}))[2][0] is Reach.LOOKED


def test_without_any_field_only_words_and_absence_can_be_seen(program: Program) -> None:
    told = _by_rule(program, frozenset())
    assert [n for n, (reach, _) in told.items() if reach is Reach.LOOKED] == [7]
    assert told[3] == (Reach.FIELD, ("Image", "ParentCommandLine"))


def test_without_an_event_of_its_kind_a_rule_looked_at_nothing(program: Program) -> None:
    told = _by_rule(program, frozenset({"Image"}))
    assert told[6] == told[9] == (Reach.EVENT, ())
    assert told[8] == (Reach.LOOKED, ())
    assert {reach for group in applied(program, {}, ()) for reach in (group.reach,)} == {
        Reach.EVENT
    }


def test_each_rule_is_counted_once_whatever_it_came_to(program: Program) -> None:
    first = "00000000-0000-4000-8000-000000000001"
    groups = applied(program, {CREATED: frozenset({"Image"})}, [first])
    ids = [id_ for group in groups for id_, _ in group.rules]
    assert sorted(ids) == sorted(program.cards)
    assert [group.reach for group in groups if (first, "Shell") in group.rules] == [Reach.MATCHED]
    assert [group.reach for group in groups] == sorted(
        (group.reach for group in groups), key=list(Reach).index
    )


def test_the_log_source_is_named_as_exactly_as_it_is_known(program: Program) -> None:
    groups = applied(program, {}, ())
    sources = {id_[-1:]: group.source for group in groups for id_, _ in group.rules}
    assert sources["1"] == "windows/process_creation"
    assert sources["6"] == "zeek/dns"
