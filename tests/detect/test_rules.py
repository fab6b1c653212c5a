"""Every rule loads or is refused by name; one bad rule never spoils the rest."""

# ruff: noqa: E501 (tables of cases read better a case a line)
from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from stopa import detect
from stopa.detect import documents
from stopa.errors import RulesError
from stopa.model.event import LogSource
from tests.detect.batches import batch
from tests.detect.rule_text import rule, rule_id
from tests.shared import SHARED, needs_shared

SOURCE = {"product": "stopa", "service": "test"}
BATCH = LogSource("stopa", service="test")
GOOD = rule("good", SOURCE, s={"a": "x"})


FIELDS = ", ".join(f"f{n}" for n in range(50_000))


def _correlation(text: str) -> str:
    parts = f"type: event_count, rules: [{rule_id('other')}], timespan: 1m, condition: {{gte: 1}}"
    return f"title: t\ncorrelation: {{{parts}, {text}}}"


def _detection(text: str) -> str:
    return f"title: t\nlogsource: {{product: stopa}}\ndetection:\n{text}"


# what is wrong: the file, the line that is named, words of the reason
BAD: dict[str, tuple[str, int, str]] = {
    "no yaml": ("a: [1\nb: }", 2, "not valid YAML"),
    "second document is no yaml": (f"{GOOD}\n---\na: [1\nx: }}", 4, "not valid YAML"),
    "a list": ("- a\n- b", 1, "no map"),
    "no title": ("logsource: {product: x}\ndetection: {s: {a: b}, condition: s}", 1, "no title"),
    "no log source": ("title: t\ndetection: {s: {a: b}, condition: s}", 1, "no logsource"),
    "empty log source": (
        "title: t\nlogsource: {definition: x}\ndetection: {s: {a: b}, condition: s}", 1, "log source without",
    ),
    "no detection": ("title: t\nlogsource: {product: x}", 1, "no detection"),
    "no condition": (_detection("  s: {a: b}"), 1, "no condition"),
    "a key twice": (_detection("  s:\n    a: b\n    a: c\n  condition: s"), 1, "stands twice, again in line 6"),
    "unknown name": (_detection("  s: {a: b}\n  condition: s and t"), 1, "no search identifier 't'"),
    "nothing fits": (_detection("  s: {a: b}\n  condition: s or 1 of filter*"), 1, "no search identifier fits"),
    "aggregation": (_detection("  s: {a: b}\n  condition: s | count() > 5"), 1, "correlations"),
    "unknown modifier": (_detection("  s: {a|like: b}\n  condition: s"), 1, "unknown modifier 'like'"),
    "look-ahead": (_detection("  s: {a|re: 'x(?=y)'}\n  condition: s"), 1, "cannot be evaluated"),
    "backreference": (_detection(r"  s: {a|re: '(x)\1'}") + "\n  condition: s", 1, "cannot be evaluated"),
    "no network": (_detection("  s: {a|cidr: 10.0.0.0.0/8}\n  condition: s"), 1, "no network"),
    "no number": (_detection("  s: {a|gt: many}\n  condition: s"), 1, "number is expected"),
    "placeholder": (_detection("  s: {a|expand: '%who%'}\n  condition: s"), 1, "%who% has no value"),
    "wildcard encoded": (_detection("  s: {a|base64: 'x*'}\n  condition: s"), 1, "wildcards"),
    "two kinds": (_detection("  s: {a|re|cidr: x}\n  condition: s"), 1, "exclude each other"),
    "a map as a value": (_detection("  s: {a: {b: c}}\n  condition: s"), 1, "where a value is expected"),
    "python object": ("title: !!python/object/apply:os.getcwd []", 1, "not valid YAML"),
    "action": ("action: destroy", 1, "unknown action"),
    "half a surrogate": (_detection('  s: {a: "\\ud800"}\n  condition: s'), 4, "not valid YAML"),
    "yaml bomb": (
        "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        1, "aliases included",
    ),
    "deep lists": ("title: t\nx: " + "[" * 5000, 1, "deeper than"),
    "deep maps": ("\n".join(" " * n + "a:" for n in range(1000)), 1, "deep"),
    "huge regex": (_detection(f"  s: {{a|re: '{'x' * 500_000}'}}\n  condition: s"), 1, "500000 characters"),
    "huge file": ("#" * 2_000_000, 1, "limit"),
    "deep condition": (_detection(f"  s: {{a: b}}\n  condition: {'(' * 3000}s{')' * 3000}"), 1, "nested deeper"),
    "long condition": (_detection(f"  s: {{a: b}}\n  condition: {'s or ' * 9000}s"), 1, "characters"),
    "many dashes": (_detection(f"  s: {{a|windash: '{' -a' * 9}'}}\n  condition: s"), 1, "variants"),
    "a title that is a map": ("title: {a: b}\nlogsource: {product: x}", 1, "title is a map"),
    "an id that is a list": ("title: t\nid: [1]", 1, "id is a list"),
    "a tag that is a map": ("title: t\ntags: [{a: b}]", 1, "tags has a map"),
    "two products": (
        "title: t\nlogsource: {product: [a, b]}\ndetection: {s: {a: b}, condition: s}", 1, "product is a list",
    ),
    "related to nothing": ("title: t\nrelated: [x]", 1, "related must be"),
    "another taxonomy": ("title: t\ntaxonomy: ecs\nlogsource: {product: x}", 1, "pipeline"),
    "a number that contains": (_detection("  s: {a|contains|gt: 5}\n  condition: s"), 1, "'contains' beside 'gt'"),
    "an hour with dashes": (_detection("  s: {a|windash|hour: 5}\n  condition: s"), 1, "'windash' beside 'hour'"),
    "a comparison of keywords": (_detection("  s: {'|gt': 5}\n  condition: s"), 1, "without a field"),
    "many question marks": (_detection(f"  s: {{a: '{'?' * 60_000}a'}}\n  condition: s"), 1, "too large"),
    "a long text with wildcards": (_detection(f"  s: {{a: 'a*{'a' * 60_000}?b'}}\n  condition: s"), 1, "too much work"),
    "an automaton of too many states": (
        _detection("  s: {a|re: '[ab]*a[ab]{1000}[cd]{1000}[ef]{1000}[gh]{1000}[ij]{1000}k'}\n  condition: s"), 1, "too much work",
    ),
    "expressions without a text": (
        _detection("  s:\n    a|re:\n" + "".join(f"    - '.+{n}.?$'\n" for n in range(9_000)) + "  condition: s"), 1, "too much work",
    ),
    "grouped by everything": (_correlation(f"group-by: [{FIELDS}]"), 1, "more than 100 fields"),
    "a name for everything": (
        _correlation("aliases: {" + FIELDS.replace(",", ": {r: x},") + ": {r: x}}"), 1, "more than 100 names",
    ),
    "groups in groups": (_detection(f"  s: {{a|re: '{'(' * 400}a{')' * 400}'}}\n  condition: s"), 1, "deeper than 100"),
    "many fields to compare with": (_detection(f"  s: {{a|fieldref: [{FIELDS}]}}\n  condition: s"), 1, "1000 fields"),
    "many fields": (_detection("  s: {" + ", ".join(f"f{n}: 1" for n in range(20_000)) + "}\n  condition: s"), 1, "1000 fields"),
    "an integer of 5,000 digits": (_detection(f"  s: {{a: {'9' * 5000}}}\n  condition: s"), 1, "not valid YAML"),
    "no day": (_detection("  s: {a: 2025-99-99}\n  condition: s"), 1, "not valid YAML"),
    "lists in lists of one line": ("title: t\nx:\n" + "".join(f"{' ' * n * 398}{'- ' * 199}\n" for n in range(1, 60)), 1, "deeper than"),
    "a map merged with itself": ("title: t\nx: &x {<<: *x}", 1, "deeper than"),
    "NUL": ("title: t\0", 1, "control characters"),
    "not utf-8": ("title: \udcff\udcfe", 1, "not valid YAML"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_rule_is_refused_by_name_and_spoils_no_other(case: str, tmp_path: Path) -> None:
    text, line, reason = BAD[case]
    (tmp_path / "bad.yml").write_bytes(text.encode("utf-8", "surrogateescape"))
    (tmp_path / "good.yml").write_text(rule("other", SOURCE, s={"a": "x"}))
    program = detect.compile(detect.load([tmp_path]))
    refused = [r for r in program.refusals if r.file.endswith("bad.yml")]
    assert [r.line for r in refused] == [line]
    assert reason in refused[0].reason
    assert rule_id("other") in program.scan(batch([{"a": "x"}], BATCH)).rules


def test_an_id_belongs_to_one_rule_and_a_repeated_rule_counts_once(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(GOOD)
    (tmp_path / "b.yml").write_text(GOOD)
    (tmp_path / "c.yml").write_text(GOOD.replace('"x"', '"y"'))
    program = detect.compile(detect.load([tmp_path]))
    assert list(program.cards) == [rule_id("good")]
    assert [(Path(r.file).name, "another rule" in r.reason) for r in program.refusals] == [
        ("c.yml", True)
    ]


def test_global_documents_give_to_those_after_them(tmp_path: Path) -> None:
    text = "\n---\n".join(
        [
            "action: global\ntitle: shared\nlogsource: {product: stopa, service: test}",
            "id: 1\ndetection: {s: {a: x}, condition: s}",
            "id: 2\ndetection: {s: {a: y}, condition: s}",
            "action: repeat\nid: 3\ndetection: {s: {b: z}}",
            "action: reset",
            "id: 4\ndetection: {s: {a: x}, condition: s}",
        ]
    )
    (tmp_path / "collection.yml").write_text(text)
    program = detect.compile(detect.load([tmp_path]))
    events = batch([{"a": "x"}, {"a": "y"}, {"a": "y", "b": "z"}], BATCH)
    hits = program.scan(events)
    assert list(zip(hits.rows, hits.rules, strict=True)) == [(0, "1"), (1, "2"), (2, "2"), (2, "3")]
    assert [(r.id, r.line, r.reason) for r in program.refusals] == [
        ("4", 17, "not a Sigma rule: no title")
    ]


def test_keys_are_names_as_they_are_written(tmp_path: Path) -> None:
    detection = _detection("  1: {no: x, on: y, 2: z, 2025-01-01: w}\n  condition: '1'")
    (tmp_path / "rule.yml").write_text(detection.replace("stopa", "stopa, service: test"))
    program = detect.compile(detect.load([tmp_path]))
    event = {"no": "x", "on": "y", "2": "z", "2025-01-01": "w"}
    assert program.scan(batch([event, {**event, "on": "no"}], BATCH)).rows == (0,)


def test_maps_can_be_merged_as_yaml_has_it(tmp_path: Path) -> None:
    detection = "  _a: &a {f: x, g: x}\n  _b: &b {h: z}\n  s: {<<: [*a, *b], g: y}\n  condition: s"
    (tmp_path / "rule.yml").write_text(
        _detection(detection).replace("stopa", "stopa, service: test")
    )
    program = detect.compile(detect.load([tmp_path]))
    event = {"f": "x", "g": "y", "h": "z"}
    assert program.scan(batch([event, {**event, "g": "x"}], BATCH)).rows == (0,)


def test_a_document_that_is_no_yaml_spoils_none_before_or_behind_it(tmp_path: Path) -> None:
    bad = ("a: [1", "b: 'x", "\tc: d", "e: \udcff", "f: *nothing", "g: \0")
    good = [rule(f"good {n}", SOURCE, s={"a": "x"}) for n in range(len(bad))]
    text = "\n---\n".join(part for pair in zip(good, bad, strict=True) for part in pair)
    (tmp_path / "all.yml").write_bytes(text.encode("utf-8", "surrogateescape"))
    program = detect.compile(detect.load([tmp_path]))
    assert [card.title for card in program.cards.values()] == [f"good {n}" for n in range(len(bad))]
    assert len(program.refusals) == len(bad)
    assert all("not valid YAML" in r.reason and "\n" not in r.reason for r in program.refusals)


def test_levels_statuses_and_relations_are_read_in_any_case(tmp_path: Path) -> None:
    head = "id: a\nlevel: High\nstatus: Stable\nrelated: [{id: b, type: renamed}]\nauthor: [x, y]\n"
    (tmp_path / "rule.yml").write_text(head + _detection("  s: {a: b}\n  condition: s"))
    program = detect.compile(detect.load([tmp_path]))
    card = program.cards["a"]
    assert (card.level, card.status, card.author) == ("high", "stable", "x, y")
    assert program.image.related == {"a": ("renamed b",)}


FILTER = """
title: not on the test bench
logsource: {product: stopa}
filter:
    rules: %s
    bench: {host|startswith: bench}
    condition: not bench
"""


@pytest.mark.parametrize(
    ("rules", "rows"),
    [("any", [1]), (f"[{rule_id('good')}]", [1]), ("[good-one]", [1]), ("[other]", [0, 1])],
)
def test_a_filter_narrows_the_rules_it_names(rules: str, rows: list[int], tmp_path: Path) -> None:
    named = GOOD.replace('"title": "good"', '"title": "good", "name": "good-one"')
    (tmp_path / "rule.yml").write_text(named)
    (tmp_path / "filter.yml").write_text(FILTER % rules)
    program = detect.compile(detect.load([tmp_path]))
    events = batch([{"a": "x", "host": "bench-1"}, {"a": "x", "host": "ws-1"}], BATCH)
    assert list(program.scan(events).rows) == rows


@pytest.mark.parametrize("bad", ["{a|re: '(?=x)'}", "{a|expand: '%who%'}", "[]"])
def test_a_filter_that_cannot_be_evaluated_is_refused_and_spoils_no_rule(
    bad: str, tmp_path: Path
) -> None:
    (tmp_path / "rule.yml").write_text(GOOD)
    bench = (FILTER % "any").replace("{host|startswith: bench}", bad)
    (tmp_path / "filter.yml").write_text(f"id: f\n{bench}")
    program = detect.compile(detect.load([tmp_path]))
    assert [(r.id, Path(r.file).name) for r in program.refusals] == [("f", "filter.yml")]
    assert program.scan(batch([{"a": "x", "host": "bench"}], BATCH)).rows == (0,)


def test_a_filter_for_another_log_source_narrows_nothing(tmp_path: Path) -> None:
    (tmp_path / "rule.yml").write_text(GOOD)
    (tmp_path / "filter.yml").write_text((FILTER % "any").replace("stopa", "windows"))
    program = detect.compile(detect.load([tmp_path]))
    assert list(program.scan(batch([{"a": "x", "host": "bench"}], BATCH)).rows) == [0]


def test_placeholders_come_from_the_users_file(tmp_path: Path) -> None:
    (tmp_path / "rule.yml").write_text(rule("who", SOURCE, s={"a|expand": "%who%"}))
    (tmp_path / "names.yaml").write_text("who: [anna, 'b*b']")
    program = detect.compile(
        detect.load([tmp_path / "rule.yml"], placeholders=tmp_path / "names.yaml")
    )
    events = batch([{"a": "Anna"}, {"a": "barb"}, {"a": "carl"}], BATCH)
    assert list(program.scan(events).rows) == [0, 1]


def test_an_archive_reads_like_the_folder_in_it(tmp_path: Path) -> None:
    archive = tmp_path / "rules.tar.gz"
    with tarfile.open(archive, "w:gz") as made:
        for name in ("b.yml", "a.yml", "readme.txt"):
            text = rule(name, SOURCE, s={"a": name}).encode()
            member = tarfile.TarInfo(f"rules/{name}")
            member.size = len(text)
            made.addfile(member, io.BytesIO(text))
    program = detect.compile(detect.load([archive]))
    assert list(program.cards) == [rule_id("a.yml"), rule_id("b.yml")]
    assert program.cards[rule_id("a.yml")].file == "rules.tar.gz/rules/a.yml"


def test_a_damaged_archive_keeps_what_could_be_read_and_says_so(tmp_path: Path) -> None:
    archive = tmp_path / "rules.tar.gz"
    with tarfile.open(archive, "w:gz") as made:
        for name in map(str, range(200)):
            text = rule(name, SOURCE, s={"a": name}).encode()
            member = tarfile.TarInfo(f"{name}.yml")
            member.size = len(text)
            made.addfile(member, io.BytesIO(text))
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    program = detect.compile(detect.load([archive]))
    assert 0 < len(program.cards) < 200
    assert ["damaged" in r.reason for r in program.refusals] == [True]


@pytest.mark.parametrize("name", ["missing.yml", "empty"])
def test_paths_without_rules_are_an_error_with_a_hint(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RulesError) as raised:
        detect.load([tmp_path / name])
    assert ".tar.gz" in raised.value.hint


def test_a_document_knows_its_line() -> None:
    found = documents.parse(b"a: 1\n---\n# x\nb: 2\n---\nc: 3\n")
    assert [(d.line, d.content) for d in found] == [(1, {"a": 1}), (4, {"b": 2}), (6, {"c": 3})]


@needs_shared
def test_of_all_sigmahq_rules_at_most_ten_are_refused() -> None:
    program = detect.compile(detect.load([SHARED / "data" / "sigma" / "sigma_rules.tar.gz"]))
    folders = ("/rules/", "/rules-emerging-threats/", "/rules-threat-hunting/")
    cards = [c for c in program.cards.values() if any(f in c.file for f in folders)]
    refused = [r for r in program.refusals if any(f in r.file for f in folders)]
    assert len(cards) + len(refused) == 3754
    assert len(refused) <= 10
    assert all(r.reason for r in refused)
