r"""The records of audit logs: what a record says, by name.

Spec: https://github.com/linux-audit/audit-documentation/wiki/SPEC-Audit-Event-Formatting
Why: most records are written like thousands before them (`_alike`).
Trap: a value without quotation marks that is hexadecimal is text of which some is no plain
character, but only in fields that may hold such text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stopa.readers._alike import Alike, Form, Forms
from stopa.readers._audit_fields import ENCODED, decoded_text
from stopa.readers._lines import LINE_LIMIT
from stopa.readers._rows import Values

NAME = r"[A-Za-z_][\w-]{0,63}+(?:\[\d{1,6}\])?"  # `a1[0]` is a part of a long argument
PAIR = re.compile(rf"({NAME})=(?:\"([^\"]*)\"|'([^']*)'|(\{{[^{{}}]*\}}|[^\s\"']*))")
BARE = 4  # the group of values without quotation marks
LIKE = {2: r'"([^"]*+)"', 3: r"'([^']*+)'", BARE: r"(?!\{)([^\s\"']*+)"}
BRACED = r"(\{[^{}]*+\})"
INNER = re.compile(r" ?\bmsg='(.*?)'?(?:\x1d|$)", re.DOTALL)
AVC = re.compile(r"avc: +(?P<verdict>denied|granted) +\{(?P<permission>[^}]*)\} for +(?P<rest>.*)")
OLD = re.compile(r"\b(old|new) (auid|ses)=")
CALL = "EXECVE"
TYPES, PATTERNS = 48, 8  # types of records for which patterns are made, and how many each
LONGEST = 4 * LINE_LIMIT  # characters of a record; a byte that is no text is written with four
DECODED = 256  # characters of a value that is remembered

Fields = dict[str, object]


class Records:
    """Takes the records of one log apart."""

    def __init__(self) -> None:
        self._types: dict[str, _Type] = {}
        self._forms = Forms()

    def told(self, kind: str, rest: str) -> tuple[tuple[Form, ...], Values]:
        """Return what a record of this type says: its values, and how they are called.

        A form tells the names of a part of the text; of equal names in several the last counts.
        """
        known = self._types.get(kind)
        if known is None and len(self._types) < TYPES:
            known = self._types[kind] = _Type(kind, self._forms)
        text, _, enriched = rest.partition("\x1d")
        start = text.find("msg='")
        if known is None or "avc:" in text or "old " in text or "new " in text:
            return self._apart(kind, text, enriched)
        if start < 0:
            form, values = known.told(text)
            if not values and text.strip():
                return self._apart(kind, text, enriched)
            forms: tuple[Form, ...] = (form,)
        else:
            inner, said = known.told(text[start + 5 :].removesuffix("'"))
            if (start and text[start - 1] != " ") or not said:
                return self._apart(kind, text, enriched)
            form, values = known.told(text[: max(0, start - 1)])
            forms, values = (form, inner), values + said
        if enriched:
            form, said = known.told(enriched)
            return (*forms, form), values + said
        return forms, values

    def _apart(self, kind: str, text: str, enriched: str) -> tuple[tuple[Form, ...], Values]:
        """Return what a record says that is more than pairs; those of its message come first."""
        fields: Fields = {}
        if "msg='" in text and (inner := INNER.search(text)):
            fields |= _found(kind, inner[1])
            if not fields and inner[1]:
                fields["message"] = inner[1]
            text = f"{text[: inner.start()]} {text[inner.end() :]}"
        if "avc:" in text and (verdict := AVC.match(text)):
            fields |= {"verdict": verdict["verdict"], "permission": verdict["permission"].strip()}
            text = verdict["rest"]
        told = _found(kind, OLD.sub(r"\1-\2=", text) if "old " in text or "new " in text else text)
        if not told and not fields and text.strip():
            told = {"message": text}
        told |= fields
        if enriched:
            told |= _found(kind, enriched)
        return (self._forms.form(tuple(told), ()),), tuple(told.values())


class _Type:
    """Takes the records of one type apart, those of which all is pairs."""

    def __init__(self, kind: str, forms: Forms) -> None:
        self._kind = kind
        self._noted = CALL if kind == CALL else ""  # all others differ in nothing
        self._alike = Alike(PAIR, _like, most=PATTERNS, limit=LONGEST, forms=forms)

    def told(self, text: str) -> tuple[Form, Values]:
        """Return the pairs of a text, those decoded that are text in hexadecimal."""
        form, values = self._alike.told(text)
        encoded = form.noted.get(self._noted)
        if encoded is None:
            encoded = form.noted[self._noted] = _encoded(self._kind, form)
        if not encoded:
            return form, values
        made = list(values)
        for place, name in encoded:
            made[place] = _decoded(self._kind, name, str(made[place]))
        return form, tuple(made)


def _like(pair: re.Match[str]) -> str:
    """Return the pattern of values spelled as that of a pair (see `Alike`)."""
    group = pair.lastindex or 0
    return BRACED if pair[group].startswith("{") and group == BARE else LIKE[group]


def _encoded(kind: str, form: Form) -> tuple[tuple[int, str], ...]:
    """Return the places and names of values that may be text in hexadecimal."""
    places = zip(form.names, form.groups, strict=True)
    return tuple(
        (place, name)
        for place, (name, group) in enumerate(places)
        if group == BARE and (kind == CALL or name in ENCODED)
    )


def _decoded(kind: str, name: str, value: str) -> str:
    return _short(kind, name, value) if len(value) < DECODED else decoded_text(kind, name, value)


_short = lru_cache(maxsize=4096)(decoded_text)


def _found(kind: str, text: str) -> Fields:
    fields: Fields = {}
    for name, quoted, single, bare in PAIR.findall(text):
        if name not in fields:
            is_text = bare and (kind == CALL or name in ENCODED)
            fields[name] = decoded_text(kind, name, bare) if is_text else quoted or single or bare
    return fields
