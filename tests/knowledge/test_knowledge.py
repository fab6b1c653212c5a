"""What the packaged knowledge promises to those who ask it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stopa.errors import KnowledgeError
from stopa.knowledge import Knowledge, load
from stopa.model.statement import MentionKind


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def knowledge(cache: Path) -> Knowledge:
    return load(cache)


def test_a_name_gives_every_source_that_carries_it(knowledge: Knowledge) -> None:
    found = knowledge.actors_named("apt 31")
    assert {actor.source for actor in found} >= {"MITRE ATT&CK", "MISP", "Microsoft"}
    assert "G0128" in {actor.id for actor in found}


def test_an_alias_of_an_alias_is_not_followed(knowledge: Knowledge) -> None:
    judged = {actor.id for actor in knowledge.actors_named("JUDGMENT PANDA")}
    assert "G0128" not in judged, "MITRE does not list that name for ZIRCONIUM"


def test_colliding_names_stay_visible(knowledge: Knowledge) -> None:
    shared = [name for name in knowledge.names() if name.kind is MentionKind.ACTOR]
    assert any(len(name.ids) > 1 for name in shared)


@pytest.mark.parametrize("name", ["", "   ", "no such actor 4711", "\x00", "‮APT31"])
def test_unknown_names_give_nothing_and_never_fail(knowledge: Knowledge, name: str) -> None:
    assert knowledge.actors_named(name) in ((), knowledge.actors_named("APT31"))


@pytest.mark.parametrize(
    ("actor", "country"),
    [("G0128", "CHN"), ("G0007", "RUS"), ("G0032", "PRK"), ("G0064", "IRN"), ("G0031", None)],
)
def test_countries_come_with_the_source_that_says_so(
    knowledge: Knowledge, actor: str, country: str | None
) -> None:
    found = knowledge.actor(actor)
    assert found is not None
    assert found.country == country
    assert (country is None) or any(note.startswith("country: ") for note in found.notes)


def test_public_software_is_told_apart(knowledge: Knowledge) -> None:
    public = {s.id: s.public for s in knowledge.software}
    assert public["S0154"], "Cobalt Strike"
    assert public["S0002"], "Mimikatz"
    assert not public["S0596"], "ShadowPad is shared, but not to be had by anyone"


def test_ids_are_unique_and_sorted(knowledge: Knowledge) -> None:
    for entries in (knowledge.actors, knowledge.software, knowledge.techniques):
        ids = [entry.id for entry in entries]
        assert ids == sorted(set(ids))


def test_every_use_points_at_an_entry(knowledge: Knowledge) -> None:
    known = {s.id for s in knowledge.software} | {t.id for t in knowledge.techniques}
    for profile in knowledge.record.profiles:
        assert {use.item for use in profile.uses} <= known, profile.owner


def test_ordinary_words_are_not_distinct_names(knowledge: Knowledge) -> None:
    distinct = {name.text: name.distinct for name in knowledge.names()}
    assert distinct["APT31"]
    assert distinct["ZIRCONIUM"]
    assert distinct["Violet Typhoon"]
    for word in ("Net", "Flame", "Rover", "9002", "Group 6"):
        assert not distinct.get(word, False), word


def test_two_loads_are_equal_cold_and_warm(knowledge: Knowledge, tmp_path: Path) -> None:
    assert load(tmp_path).record == knowledge.record
    assert load(tmp_path).record == knowledge.record


@pytest.mark.parametrize("damage", [b"", b"stopa-knowledge/2\n", b"\x00" * 4096])
def test_a_damaged_cache_is_made_anew(cache: Path, tmp_path: Path, damage: bytes) -> None:
    load(cache)
    kept = next(cache.glob("*.knowledge"))
    copy = tmp_path / kept.name
    copy.write_bytes(damage)
    assert load(tmp_path).record == load(cache).record
    assert copy.read_bytes() == kept.read_bytes()


def test_a_flipped_bit_is_noticed(cache: Path, tmp_path: Path) -> None:
    load(cache)
    kept = next(cache.glob("*.knowledge"))
    body = bytearray(kept.read_bytes())
    body[len(body) // 2] ^= 1
    (tmp_path / kept.name).write_bytes(body)
    load(tmp_path)
    assert (tmp_path / kept.name).read_bytes() == kept.read_bytes()


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("")
    assert load(blocked).actor("G0128") is not None


def test_a_damaged_import_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "attack.knowledge").write_bytes(b"damaged")
    with pytest.raises(KnowledgeError) as error:
        load(tmp_path)
    assert "stopa knowledge import" in error.value.hint
