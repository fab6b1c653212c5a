"""What Event Viewer calls the columns and levels of its CSV, in the languages that are read.

Spec: https://learn.microsoft.com/windows/win32/eventlog/event-types
Why: it writes them in the language of whoever exported; as data, one layout serves all. German and
Czech besides English, for these are what the ministries write that this was made for.
Trap: of the Security log the first column is not the level but the keywords: how an audit ended.
"""

from __future__ import annotations

from collections.abc import Sequence

DATE = ("Datum und Uhrzeit", "Datum a čas")
TITLES = {
    "Ebene": "Level",
    "Schlüsselwörter": "Keywords",
    "Datum und Uhrzeit": "Date and Time",
    "Quelle": "Source",
    "Ereignis-ID": "Event ID",
    "Aufgabenkategorie": "Task Category",
    "Úroveň": "Level",
    "Klíčová slova": "Keywords",
    "Datum a čas": "Date and Time",
    "Zdroj": "Source",
    "ID události": "Event ID",
    "Kategorie úlohy": "Task Category",
}
LEVELS = {
    "Kritisch": "Critical",
    "Fehler": "Error",
    "Warnung": "Warning",
    "Informationen": "Information",
    "Ausführlich": "Verbose",
    "Überwachung erfolgreich": "Audit Success",
    "Überwachung gescheitert": "Audit Failure",
    "Kritické": "Critical",
    "Kritická": "Critical",
    "Chyba": "Error",
    "Upozornění": "Warning",
    "Informace": "Information",
    "Podrobné": "Verbose",
    "Úspěšný audit": "Audit Success",
    "Úspěch auditu": "Audit Success",
    "Neúspěšný audit": "Audit Failure",
    "Selhání auditu": "Audit Failure",
}
LEVELLED = ("Level", "Keywords")
NATIVE = {"Source": "Provider_Name", "Event ID": "EventID"}


def titles(names: Sequence[str]) -> Sequence[str]:
    """Return the names of columns in English, where they are Event Viewer's in another language."""
    is_foreign = not set(DATE).isdisjoint(names)
    return [TITLES.get(name, name) for name in names] if is_foreign else names


def viewed(row: dict[str, object]) -> dict[str, object]:
    """Return a row with Windows' own names and with levels in English."""
    fields = {NATIVE.get(name, name): value for name, value in row.items()}
    for name in LEVELLED:
        if (level := str(fields.get(name, ""))) in LEVELS:
            fields[name] = LEVELS[level]
    return fields
