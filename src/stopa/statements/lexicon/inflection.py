"""Forms of English verbs: third person, past, participles.

Spec: the regular rules of English spelling, and the irregular verbs that reports use.
"""

from __future__ import annotations

from enum import StrEnum

IRREGULAR = {  # base: (past, past participle)
    "say": ("said", "said"),
    "tell": ("told", "told"),
    "write": ("wrote", "written"),
    "speak": ("spoke", "spoken"),
    "find": ("found", "found"),
    "hold": ("held", "held"),
    "lay": ("laid", "laid"),
    "put": ("put", "put"),
    "see": ("saw", "seen"),
    "take": ("took", "taken"),
    "give": ("gave", "given"),
    "make": ("made", "made"),
    "stand": ("stood", "stood"),
    "bring": ("brought", "brought"),
    "hit": ("hit", "hit"),
    "throw": ("threw", "thrown"),
    "shut": ("shut", "shut"),
    "send": ("sent", "sent"),
    "withdraw": ("withdrew", "withdrawn"),
    "freeze": ("froze", "frozen"),
    "think": ("thought", "thought"),
    "know": ("knew", "known"),
    "spot": ("spotted", "spotted"),
    "break": ("broke", "broken"),
    "cut": ("cut", "cut"),
    "have": ("had", "had"),
    "feel": ("felt", "felt"),
    "fight": ("fought", "fought"),
    "shake": ("shook", "shaken"),
    "set": ("set", "set"),
    "pin": ("pinned", "pinned"),
    "ban": ("banned", "banned"),
    "admit": ("admitted", "admitted"),
    "commit": ("committed", "committed"),
    "refer": ("referred", "referred"),
    "slam": ("slammed", "slammed"),
    "rebut": ("rebutted", "rebutted"),
    "brush": ("brushed", "brushed"),
    "swear": ("swore", "sworn"),
    "seek": ("sought", "sought"),
    "get": ("got", "got"),
    "become": ("became", "become"),
    "come": ("came", "come"),
    "go": ("went", "gone"),
    "keep": ("kept", "kept"),
    "lose": ("lost", "lost"),
    "pay": ("paid", "paid"),
    "read": ("read", "read"),
    "run": ("ran", "run"),
    "show": ("showed", "shown"),
    "steal": ("stole", "stolen"),
    "leave": ("left", "left"),
    "begin": ("began", "begun"),
    "bear": ("bore", "borne"),
    "beg": ("begged", "begged"),
    "chide": ("chided", "chided"),
    "rap": ("rapped", "rapped"),
    "stop": ("stopped", "stopped"),
    "drop": ("dropped", "dropped"),
    "tag": ("tagged", "tagged"),
    "plan": ("planned", "planned"),
    "draw": ("drew", "drawn"),
    "strike": ("struck", "struck"),
    "catch": ("caught", "caught"),
    "foresee": ("foresaw", "foreseen"),
    "undertake": ("undertook", "undertaken"),
    "forbid": ("forbade", "forbidden"),
    "rip": ("ripped", "ripped"),
    "spell": ("spelled", "spelled"),
    "quip": ("quipped", "quipped"),
    "shrug": ("shrugged", "shrugged"),
    "order": ("ordered", "ordered"),
    "offer": ("offered", "offered"),
    "label": ("labelled", "labelled"),
    "signal": ("signalled", "signalled"),
    "expel": ("expelled", "expelled"),
    "dispel": ("dispelled", "dispelled"),
    "sit": ("sat", "sat"),
    "build": ("built", "built"),
    "join": ("joined", "joined"),
    "vow": ("vowed", "vowed"),
    "reset": ("reset", "reset"),
    "rebuild": ("rebuilt", "rebuilt"),
    "rebuff": ("rebuffed", "rebuffed"),
    "deem": ("deemed", "deemed"),
    "answer": ("answered", "answered"),
    "wonder": ("wondered", "wondered"),
    "counter": ("countered", "countered"),
    "discover": ("discovered", "discovered"),
    "uncover": ("uncovered", "uncovered"),
    "recover": ("recovered", "recovered"),
    "remember": ("remembered", "remembered"),
    "finger": ("fingered", "fingered"),
    "consider": ("considered", "considered"),
    "mutter": ("muttered", "muttered"),
    "stress": ("stressed", "stressed"),
    "ask": ("asked", "asked"),
    "exit": ("exited", "exited"),
    "visit": ("visited", "visited"),
    "attribute": ("attributed", "attributed"),
    "deplore": ("deplored", "deplored"),
    "lambast": ("lambasted", "lambasted"),
    "upbraid": ("upbraided", "upbraided"),
    "spend": ("spent", "spent"),
    "lend": ("lent", "lent"),
    "buy": ("bought", "bought"),
    "lead": ("led", "led"),
    "fly": ("flew", "flown"),
    "cancel": ("cancelled", "cancelled"),
    "transfer": ("transferred", "transferred"),
    "submit": ("submitted", "submitted"),
    "unplug": ("unplugged", "unplugged"),
    "swap": ("swapped", "swapped"),
    "fall": ("fell", "fallen"),
    "tear": ("tore", "torn"),
    "rise": ("rose", "risen"),
    "grow": ("grew", "grown"),
    "meet": ("met", "met"),
    "win": ("won", "won"),
    "sell": ("sold", "sold"),
    "dig": ("dug", "dug"),
    "hide": ("hid", "hidden"),
    "creep": ("crept", "crept"),
    "slip": ("slipped", "slipped"),
    "wipe": ("wiped", "wiped"),
    "spread": ("spread", "spread"),
    "do": ("did", "done"),
    "hear": ("heard", "heard"),
    "learn": ("learned", "learned"),
    "teach": ("taught", "taught"),
    "lie": ("lay", "lain"),
    "hijack": ("hijacked", "hijacked"),
    "defraud": ("defrauded", "defrauded"),
    "cost": ("cost", "cost"),
    "cast": ("cast", "cast"),
    "quit": ("quit", "quit"),
    "hurt": ("hurt", "hurt"),
    "let": ("let", "let"),
    "stick": ("stuck", "stuck"),
}
ALSO = {
    "labelled": "labeled",
    "signalled": "signaled",
    "cancelled": "canceled",
}
VOWELS = frozenset("aeiou")


class Form(StrEnum):
    """Which form of a verb a word is. `past` covers both past forms where they are spelt alike."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"
    EITHER = "past or participle"
    ING = "ing"


def forms(base: str) -> dict[str, Form]:
    """Return each form of the verb with what it is."""
    past, participle = IRREGULAR.get(base, (_past(base), _past(base)))
    found = {base: Form.BASE, _third(base): Form.THIRD, _ing(base, past): Form.ING}
    if past == participle:
        found[past] = Form.EITHER
    else:
        found[past], found[participle] = Form.PAST, Form.PARTICIPLE
    for word, other in ALSO.items():
        if word in found:
            found[other] = found[word]
    if base.endswith("ise"):
        american = forms(base[:-3] + "ize")
        found = {**american, **found}
    return found


def _third(base: str) -> str:
    if base == "have":
        return "has"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ied"
    return (base + base[-1] if _doubles(base) else base) + "ed"


def _ing(base: str, past: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")):
        return base[:-1] + "ing"
    doubled = base + base[-1] + "ed"
    return (base + base[-1] if past == doubled or _doubles(base) else base) + "ing"


def _doubles(base: str) -> bool:
    """One short syllable, or a known stress at the end: the last consonant is doubled."""
    if base in {"regret", "rebut", "compel", "deter", "refer", "concur", "incur", "abhor"}:
        return True
    body = [letter in VOWELS for letter in base]
    return len(base) <= 4 and body.count(True) == 1 and body[-2] and base[-1] not in "wxys"
