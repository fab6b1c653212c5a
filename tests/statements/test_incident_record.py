"""An incident in EuRepoC's variables: each value leads to its sentence, the rest is not stated."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from stopa.dossier.exports.eurepoc import records_csv, records_json
from stopa.dossier.exports.statements_csv import table
from stopa.model.document import Document
from stopa.model.incident_record import NOT_STATED
from stopa.model.statement import Comparison, Reading
from stopa.model.when import When
from stopa.statements import attribution_type, compare, incident_records, plover, read, settled
from stopa.statements.coding import Plover, eurepoc_name, responder
from stopa.statements.incident_record import response_type
from tests.statements.sample import document, knowledge, only

PRAGUE = """Bay Gazette, 29 May 2025

PRAGUE - The Czech government on Wednesday accused China of breaking into its foreign ministry's
network with stolen passwords. The hackers of APT31 stole e-mails of diplomats, it said.
The European Union condemned the attack. The Chinese embassy in Prague denied the accusation.
The United States imposed sanctions on two Chinese nationals on 30 May 2025.
"""
EMPTY = "The weather in the bay was fine all day, and nobody said a word of it."


def made(*texts: str) -> tuple[list[Reading], Comparison, list[Document]]:
    documents = [document(text) for text in texts]
    readings = [read(one, knowledge()) for one in documents]
    return list(settled(readings, documents)), compare(readings, documents), documents


def values(*texts: str) -> dict[str, list[str]]:
    readings, comparison, _ = made(*texts)
    (record,) = incident_records(readings, comparison)
    return {name: [one.value for one in ones] for name, ones in record.values}


def test_what_a_report_states_is_coded_with_the_labels_of_eurepoc() -> None:
    told = values(PRAGUE)
    assert told["receiver_country"] == ["Czech Republic"]
    assert "State institutions / political system" in told["receiver_category"]
    assert "Government / ministries" in told["receiver_category_subcode"]
    assert told["initiator_country"] == ["China"]
    assert told["initiator_name"] == ["APT31"]
    assert "Data theft" in told["incident_type"]
    assert told["MITRE_initial_access"] == ["Valid Accounts"]


def test_what_no_report_states_stays_open() -> None:
    told = values(PRAGUE)
    assert told["zero_days"] == told["end_date"] == told["start_date"] == []
    readings, comparison, _ = made(PRAGUE)
    (incident,) = json.loads(records_json(readings, comparison, str))["incidents"]
    assert incident["start_date"] == NOT_STATED
    assert "weighted_cyber_intensity" in incident["not_coded"]


def test_a_technique_that_a_text_rules_out_is_no_way_in() -> None:
    named = PRAGUE + "The hackers also used T1566.\n"
    ruled_out = PRAGUE + "There was no sign of T1566.\n"
    assert "Phishing" in values(named)["MITRE_initial_access"]
    assert "Phishing" not in values(ruled_out)["MITRE_initial_access"]


def test_each_value_leads_to_its_sentence() -> None:
    readings, comparison, (text,) = made(PRAGUE)
    (record,) = incident_records(readings, comparison)
    rests = [(one.where, one.sentence) for _, ones in record.values for one in ones]
    assert len(rests) > 6
    rests += [(one.where, one.sentence) for one in record.attributions]
    rests += [(one.where, one.sentence) for one in record.responses]
    for where, sentence in rests:
        start, end = where.span or (0, 0)
        assert text.text[start:end] == sentence


def test_attributions_and_responses_are_told_apart() -> None:
    readings, comparison, _ = made(PRAGUE)
    (record,) = incident_records(readings, comparison)
    (attribution,) = record.attributions
    assert attribution.country == "Czech Republic"
    assert attribution.basis == "Attribution by receiver government / state entity"
    assert attribution.type.startswith("Direct statement in media report")
    kinds = {(one.country, one.legal, one.type.split(":")[0]) for one in record.responses}
    assert ("EU (region)", False, "EU") in kinds
    assert not any(one.country == "China" for one in record.responses)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("China denied the accusation.", Plover("REJECT", "", "diplomatic")),
        ("France condemned the attack.", Plover("ACCUSE", "disapprove", "diplomatic")),
        ("Germany accused Russia of the attack.", Plover("ACCUSE", "disapprove", "intelligence")),
        ("Germany summoned the Russian ambassador.", Plover("ACCUSE", "disapprove", "diplomatic")),
        ("Poland expelled three Russian diplomats.", Plover("SANCTION", "expel", "diplomatic")),
    ],
)
def test_a_statement_has_its_plover_code(text: str, code: Plover) -> None:
    assert plover(only(text)) == code


def test_only_an_attribution_has_a_type() -> None:
    readings, _, _ = made(PRAGUE)
    typed = [
        s.act.value for s in readings[0].statements if attribution_type(s, readings[0].masthead)
    ]
    assert set(typed) == {"accuse"}


def test_the_table_has_a_row_for_each_incident_and_no_formula() -> None:
    readings, comparison, _ = made(PRAGUE)
    rows = list(
        csv.DictReader(
            io.StringIO(records_csv(readings, comparison, lambda _: "=cmd()").decode("utf-8-sig"))
        )
    )
    assert len(rows) == 1
    assert rows[0]["initiator_country"] == "China"
    assert rows[0]["end_date"] == NOT_STATED
    assert rows[0]["sources"].startswith("'=")
    said = list(csv.DictReader(io.StringIO(table(readings, comparison, str).decode("utf-8-sig"))))
    assert {row["plover_event"] for row in said if row["act"] == "deny"} == {"REJECT"}


def test_a_text_that_tells_of_nothing_makes_no_record() -> None:
    readings, comparison, _ = made(EMPTY)
    assert incident_records(readings, comparison) == ()


@pytest.mark.parametrize(
    ("text", "legal", "label", "subcode"),
    [
        ("Germany condemned the attack on 3 May 2024.", False,
         "EU member states: Stabilizing measures", None),
        ("The United Kingdom condemned the attack on 3 May 2024.", False,
         "State Actors: Stabilizing measures", None),
        ("NATO condemned the attack.", False,
         "International organizations: Stabilizing measures", None),
        ("The European Union condemned the attack.", False, "EU: Stabilizing measures", None),
        ("The European Union imposed sanctions on two officers of Russia.", True,
         "Peaceful means: Retorsion (International Law)", "Economic sanctions"),
        ("Poland expelled three Russian diplomats.", True,
         "Peaceful means: Retorsion (International Law)", None),
    ],
)  # fmt: skip
def test_a_response_has_the_label_of_the_database(
    text: str, legal: bool, label: str, subcode: str | None
) -> None:
    said = only(text)
    assert response_type(said) == (legal, label, subcode)


def test_the_united_kingdom_was_a_member_state_until_it_left() -> None:
    said = only("The United Kingdom condemned the attack.")
    assert responder(replace(said, date=When("2018-02-15"))) == "EU member states"
    assert responder(replace(said, date=When("2021-04-15"))) == "State Actors"
    assert responder(said) == "State Actors"


def test_countries_and_regions_are_named_as_in_the_database() -> None:
    named = {code: eurepoc_name(code) for code in ("CZE", "PRK", "TUR", "EUR", "USA", "XXX")}
    assert named == {
        "CZE": "Czech Republic",
        "PRK": "Korea, Democratic People's Republic of",
        "TUR": "Turkey",
        "EUR": "EU (region)",
        "USA": "United States",
        "XXX": "XXX",
    }
