"""YARA rules find what they describe at the byte where it stands; a bad one harms no other."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from stopa.detect.yara import PLACES, TooLong, YaraHit, YaraRules, prepare, scan
from stopa.errors import InputError, RulesError

LOADER = """
import "pe"
rule harbour_loader : loader t1105 {
    meta:
        author = "the harbour watch"
        license = "CC0-1.0"
        description = "A loader of our own invention"
        reference = "https://exercise.invalid/a"
        reference = "https://exercise.invalid/b"
        score = 80
        mitre = "T1059.001, t1027"
    strings:
        $mark = "HARBOUR-LOADER" wide ascii
        $code = { 4d 5a ?? 00 }
        $key = "quay seven" xor(1-255)
    condition:
        any of them
}
rule small_file { meta: severity = "low" condition: filesize < 20 }
private rule hidden { condition: true }
"""


def rules(folder: Path, **files: str | bytes) -> YaraRules:
    for name, text in files.items():
        raw = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.yar").write_bytes(raw)
    return prepare([folder])


def hits(made: YaraRules, content: bytes) -> dict[str, YaraHit]:
    found = scan(made.packed, content, 10)
    assert isinstance(found, tuple)
    return {made.cards[hit.rule].title.removeprefix("YARA: "): hit for hit in found}


def test_each_match_is_told_by_its_place(tmp_path: Path) -> None:
    content = b"xx" + "HARBOUR-LOADER".encode("utf-16-le") + b"..HARBOUR-LOADER" + b"MZ\x90\x00"
    (hit,) = hits(rules(tmp_path, a=LOADER), content).values()
    assert [(p.string, p.offset, p.length) for p in hit.places] == [
        ("$mark", 2, 28),
        ("$mark", 32, 14),
        ("$code", 46, 4),
    ]
    for place in hit.places:
        assert content[place.offset : place.offset + place.length][:1] in b"HM"
    assert hit.places[1].shown == "HARBOUR-LOADER"
    assert hit.places[2].shown == "MZ\\x90\\x00"


def test_a_match_under_xor_tells_the_key(tmp_path: Path) -> None:
    content = bytes(32) + bytes(byte ^ 0x5A for byte in b"quay seven")
    (hit,) = hits(rules(tmp_path, a=LOADER), content).values()
    assert [(p.offset, p.key) for p in hit.places] == [(32, 0x5A)]


def test_a_rule_without_strings_has_no_place(tmp_path: Path) -> None:
    assert hits(rules(tmp_path, a=LOADER), b"short")["small_file"].places == ()


def test_a_card_says_whose_the_rule_is(tmp_path: Path) -> None:
    made = rules(tmp_path, a=LOADER)
    card = next(card for card in made.cards.values() if "loader" in card.title)
    assert (card.author, card.license, card.level) == ("the harbour watch", "CC0-1.0", "high")
    assert card.techniques == ("T1027", "T1059.001", "T1105")
    assert card.references == ("https://exercise.invalid/a", "https://exercise.invalid/b")
    assert card.file == f"{tmp_path.name}/a.yar"


def test_bad_rules_are_refused_by_name_and_spoil_no_other(tmp_path: Path) -> None:
    made = rules(
        tmp_path,
        a=LOADER,
        b="rule broken { strings: $a = condition: $a }",
        c='rule lonely { condition: nowhere }\nrule fine { strings: $f = "fine" condition: $f }',
        d='include "/etc/passwd"\n',
        e=b"\xff\xfe rule x { condition: true }",
        f='import "no_such_module" rule y { condition: true }',
    )
    refused = {refusal.file.rpartition("/")[2] for refusal in made.refusals}
    assert {"b.yar", "c.yar", "d.yar", "e.yar", "f.yar"} <= refused
    assert "a.yar" not in refused
    assert {"fine"} <= hits(made, b"this is fine, and long enough to be no small file").keys()
    assert not any("root:" in refusal.reason for refusal in made.refusals)


def test_rules_of_one_name_in_two_files_are_two(tmp_path: Path) -> None:
    one = 'rule same { strings: $a = "one" condition: $a }'
    made = rules(tmp_path, a=one, b=one.replace("one", "two"))
    found = scan(made.packed, b"one and two", 10)
    assert isinstance(found, tuple)
    assert len({hit.rule for hit in found}) == 2


def test_matches_are_kept_to_a_number_and_the_rest_is_counted(tmp_path: Path) -> None:
    text = "".join(f'$a{n} = "{n:02}" ' for n in range(10))
    made = rules(tmp_path, a=f"rule many {{ strings: {text} condition: all of them }}")
    (hit,) = hits(made, b"00 01 02 03 04 05 06 07 08 09 " * 90).values()
    assert len(hit.places) == PLACES
    assert hit.more == 10 * 90 - PLACES


def test_a_rule_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    slow = "rule slow { strings: $r = /(a+)+b/ condition: $r }"
    assert scan(rules(tmp_path, a=slow).packed, b"a" * 5_000_000, 1) == TooLong(1)


def test_the_hash_is_of_names_and_contents(tmp_path: Path) -> None:
    first = rules(tmp_path, a=LOADER).sha256
    assert rules(tmp_path, a=LOADER).sha256 == first
    assert rules(tmp_path, a=LOADER + "\n").sha256 != first


def test_no_rule_at_all_is_an_error_that_names_the_first(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"b\.yar:1: syntax error"):
        rules(tmp_path, b="rule {")
    with pytest.raises(RulesError, match="no such file"):
        prepare([tmp_path / "nowhere"])


def test_without_the_library_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "yara_x", None)
    with pytest.raises(InputError) as caught:
        rules(tmp_path, a=LOADER)
    assert caught.value.hint == "pip install 'stopa[yara]'"
