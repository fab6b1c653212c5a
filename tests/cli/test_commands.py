import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stopa.cli.group import cli
from stopa.store.case_store import CaseStore

ROOT = Path(__file__).parents[2]
EVIDENCE = ROOT / "examples" / "exercise" / "evidence"


def stopa(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], standalone_mode=False)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "case"
    result = stopa("investigate", EVIDENCE / "mail", EVIDENCE / "reports", "-o", folder, "--quiet")
    assert result.exception is None, result.exception
    assert result.return_value in (0, 3)
    return folder


def test_investigate_prints_its_summary_as_json(tmp_path: Path) -> None:
    result = stopa("investigate", EVIDENCE / "reports", "-o", tmp_path / "case", "--json")
    summary = json.loads(result.stdout)
    assert summary["documents"] == summary["evidence"] > 0
    assert Path(summary["page"]).is_file()


def test_a_second_run_changes_nothing(case: Path) -> None:
    before = (case / "dossier" / "dossier.json").read_bytes()
    stopa("investigate", EVIDENCE / "mail", EVIDENCE / "reports", "-o", case, "--quiet")
    assert (case / "dossier" / "dossier.json").read_bytes() == before


def test_coverage_adds_up(case: Path) -> None:
    shown = json.loads(stopa("coverage", case, "--json").stdout)
    files = shown["files"]
    assert shown["totals"]["files"] == len(files) == 1 + max(range(len(files)))
    assert shown["totals"]["events"] == sum(file["events"] for file in files)
    assert {file["path"] for file in files} >= {"mail", "reports"} or files


def test_verify_holds_and_says_what_it_means(case: Path) -> None:
    result = stopa("verify", case)
    assert result.return_value == 0, result.stdout
    assert "does not make it true" in result.stdout.splitlines()[0]


@pytest.mark.parametrize("file", ["dossier/dossier.json", "dossier/index.html"])
def test_verify_notices_a_changed_dossier(case: Path, file: str) -> None:
    whole = (case / file).read_bytes()
    (case / file).write_bytes(whole + b" ")
    try:
        result = stopa("verify", case)
        assert result.return_value == 4
        assert "FAILS" in result.stdout
    finally:
        (case / file).write_bytes(whole)


def test_verify_misses_an_original_and_names_a_stranger(case: Path) -> None:
    original = next((case / "evidence").iterdir())
    whole = original.read_bytes()
    original.unlink()
    assert stopa("verify", case).return_value == 4
    original.write_bytes(whole)
    stranger = case / "dossier" / "evil.html"
    stranger.write_text("<p>not ours</p>")
    told = stopa("verify", case)
    stranger.unlink()
    assert told.return_value == 4
    assert "evil.html" in told.stdout
    assert stopa("verify", case).return_value == 0


def test_rules_that_all_fail_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("title: nothing to evaluate\nlogsource: {product: mail}\n")
    error = stopa("detect", EVIDENCE / "mail", "--rules", tmp_path).exception
    assert "no rule could be loaded" in str(error)


def test_a_case_that_is_not_complete_says_so(tmp_path: Path) -> None:
    with CaseStore(tmp_path / "case") as store, store.step("read:ab", "v1"):
        pass
    told = stopa("verify", tmp_path / "case")
    assert told.return_value == 4
    assert "the last run ended after read:ab" in told.stdout
    stopa("investigate", EVIDENCE / "mail", "-o", tmp_path / "case", "--quiet")
    assert stopa("verify", tmp_path / "case").return_value == 0


def test_a_wrong_path_leaves_no_case_behind(tmp_path: Path) -> None:
    stopa("investigate", tmp_path / "not-there", "-o", tmp_path / "case")
    assert not (tmp_path / "case").exists()


def test_explain_leads_from_the_hypothesis_to_its_record(case: Path) -> None:
    shown = json.loads(stopa("explain", case, "H1", "--json").stdout)
    assert shown["kind"] == "hypothesis"
    assert shown["record"]["likelihood"]["term"]


def test_detect_prints_one_json_object_a_finding() -> None:
    result = stopa("detect", EVIDENCE / "mail", "--format", "jsonl", "--quiet")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert lines
    assert all(line["rule"]["author"] and line["evidence"]["sha256"] for line in lines)
    order = [
        (line["evidence"]["path"], line["where"].get("offset"), line["rule"]["id"])
        for line in lines
    ]
    assert order == sorted(order)


def test_detect_in_a_case_finds_what_detect_in_the_evidence_finds(case: Path) -> None:
    def found(target: Path) -> set[tuple[str, str]]:
        lines = stopa("detect", target, "--format", "jsonl", "--quiet").stdout.splitlines()
        parsed = [json.loads(line) for line in lines]
        return {(line["evidence"]["sha256"], line["rule"]["id"]) for line in parsed}

    assert found(case) == found(EVIDENCE / "mail") != set()


def test_read_prints_the_form_of_the_measure() -> None:
    shown = json.loads(stopa("read", EVIDENCE / "reports", "--format", "score").stdout)
    assert all("claims" in entry for name, entry in shown.items() if not name.startswith("_"))


@pytest.mark.parametrize(
    "words",
    [
        ("investigate", "not-there", "-o", "x"),
        ("coverage", "not-there"),
        ("knowledge", "show", "nobody by this name"),
        ("detect", EVIDENCE, "--rules", "not-there"),
        ("detect", EVIDENCE, "--reader", "nonsense"),
    ],
)
def test_what_the_user_can_mend_is_an_error_with_a_hint(
    words: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    error = stopa(*words).exception
    assert getattr(error, "hint", ""), error
    assert getattr(error, "exit_code", None) == 2


def test_explain_knows_source_roots_and_files(case: Path) -> None:
    dossier = json.loads((case / "dossier" / "dossier.json").read_bytes())
    root = dossier["comparison"]["roots"][0]
    shown = json.loads(stopa("explain", case, root["id"], "--json").stdout)
    assert shown["kind"] == "sourceroot"
    assert "statement" in {kind for kind, _, _ in shown["rests_on"]}
    file = next(row for row in dossier["coverage"] if row["findings"])
    shown = json.loads(stopa("explain", case, file["sha256"], "--json").stdout)
    assert shown["record"]["name"] == file["name"]
    assert shown["record"]["findings"] == file["findings"]


def test_the_dossier_tells_no_path_of_the_machine(case: Path) -> None:
    for name in ("dossier.json", "index.html"):
        content = (case / "dossier" / name).read_text("utf-8")
        assert str(ROOT) not in content
        assert str(case) not in content


def test_explain_ticks_the_rule_s_condition_on_the_event(case: Path) -> None:
    lines = stopa("detect", case, "--format", "jsonl", "--quiet").stdout.splitlines()
    dossier = json.loads((case / "dossier" / "dossier.json").read_bytes())
    by_rules = [f for f in dossier["findings"] if not f["rule"].startswith("indicator-")]
    assert len(lines) == len(by_rules) > 0
    finding = by_rules[0]
    shown = json.loads(stopa("explain", case, finding["id"], "--json").stdout)
    assert shown["condition"][0]["holds"]
    assert {kind for kind, _, _ in shown["rests_on"]} >= {"rule", "coverage", "excerpt"}
    told = stopa("explain", case, finding["id"]).stdout
    assert "✓ log source" in told
    assert "<↵>" not in told.split("rests on")[0]


def test_export_writes_each_format_once(case: Path, tmp_path: Path) -> None:
    words = [
        word
        for name in ("markdown", "csv", "navigator", "timesketch", "stix")
        for word in ("--to", name)
    ]
    files = json.loads(stopa("export", case, *words, "-o", tmp_path, "--json").stdout)
    assert len(files) == len(set(files)) == 5
    assert all(Path(file).stat().st_size for file in files)
    before = [Path(file).read_bytes() for file in files]
    stopa("export", case, *words, "-o", tmp_path)
    assert before == [Path(file).read_bytes() for file in files]


def test_a_correlation_without_an_id_is_found_under_its_card(tmp_path: Path) -> None:
    rules = tmp_path / "rule.yml"
    rules.write_text(
        """
title: A letter came
name: letter
id: 5e0f6a6a-9f3c-4c3a-9d5f-0d7c1f0b0a01
logsource: {product: mail}
detection: {any: {Subject: '*'}, condition: any}
---
title: Two letters in ten years
correlation:
    type: event_count
    rules: [letter]
    group-by: [To]
    timespan: 3650d
    condition: {gte: 2}
level: low
"""
    )
    result = stopa("detect", EVIDENCE / "mail", "--rules", rules, "--json", "--quiet")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert {line["rule"]["title"] for line in found} == {"Two letters in ten years"}
    assert all(len(line["members"]) >= 2 for line in found)
