"""Whether a word is a finite verb where it stands, and not a noun, an infinitive or a participle.

Why: `the charge`, `to blame` and `accused of` perform nothing; only a verb with a subject does.
"""

from __future__ import annotations

from stopa.statements.cues import verb_forms
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    BE,
    DETERMINERS,
    DO,
    HAVE,
    MODAL,
    NEUTRAL_FORMS,
    PREPOSITIONS,
    UNREAL,
)
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.passive import passive
from stopa.statements.phrase import Phrase, PhraseKind, is_verb
from stopa.statements.plain_subject import plain_subject
from stopa.statements.view import View

ALONG = 12  # tokens before an `and` in which a modal holds for the verb behind it
NOUN_BEFORE = (DETERMINERS | PREPOSITIONS | {"'s", "no", "such"}) - {
    "so-called",
    "all",
    "both",
    "than",
}
OBLIGING = wordset("should must ought")
# Texts that speak for who issues them: `adopted a resolution calling on`.
DOCUMENTS = wordset(
    """statement statements declaration declarations resolution communique communiqué letter
    letters note message messages post posts tweet motion appeal petition article editorial"""
)
# Words by which such a text acts.
CUED = wordset(
    """condemning deploring denouncing criticising urging accusing blaming rejecting denying
    supporting backing demanding attributing calling expressing"""
)
ISSUING = wordset(
    """issued issue issues adopted adopt adopts released release releases published publish
    publishes signed signs wrote writes made makes tweeted posted joined join passed passes
    approved approves
    backed supported drafted tabled circulated handed delivered"""
)
ISSUED_WITHIN = 5  # words between `issued` and the text
DOCUMENT_WITHIN = 10  # words between such a text and what it does
ASPECT = wordset(
    "start starts started begin begins began begun keep keeps kept continue continues continued "
    "resume resumed"
)
BE_SHORT = wordset("'s 're")
BEFORE_TO = wordset(
    """continue continues continued like wish as hurried hastened rushed moved decided chose
    proceeded managed quick swift voted"""
)


def verb_here(view: View, at: int, form: Form) -> bool:
    """Whether the word is a finite verb here."""
    before = view.low(at - 1)
    if view.words[at].capital and at > 0 and view.words[at].text != view.words[at].text.upper():
        return False
    if form is Form.ING:
        opened = (before == "," and at > 1) or before in ASPECT or before in BE
        return opened or _in_document(view, at)
    if before == "to":
        return form is Form.BASE and _base_verb(view, at)
    if before in NOUN_BEFORE and not (before in ADVERBS and view.auxiliary(at)):
        return False
    plain = plain_subject(view, at)
    if plain is None and not view.has_party_before(at) and not _after_quote(view, at):
        return False
    modal = form is Form.EITHER and set(view.auxiliary(at)[:1]) & UNREAL  # `must put`
    if form is Form.BASE or modal:
        return _base_verb(view, at)
    if form is Form.PARTICIPLE:
        return bool(set(view.auxiliary(at)) & (BE | HAVE))
    if form is Form.THIRD and at in view.ending and view.ending[at].plural:
        return False
    if form is Form.THIRD and view.low(at + 1) in AUXILIARY - BE_SHORT:
        return False  # `Position reports were sent`
    return before != "to"


def _in_document(view: View, at: int) -> bool:
    """Tell `issued a statement condemning the attack`."""
    if view.low(at) not in CUED:
        return False
    near = range(max(1, at - DOCUMENT_WITHIN), at)
    papers = (scan for scan in near if view.low(scan) in DOCUMENTS)
    return any(_issued(view, scan) for scan in papers)


def _issued(view: View, paper: int) -> bool:
    """Whether somebody issues the text or speaks in it, and has not only received it."""
    if "in" in {view.low(at) for at in range(paper - 3, paper)}:
        return True  # `in a joint statement`
    return any(view.low(at) in ISSUING for at in range(max(0, paper - ISSUED_WITHIN), paper))


def _after_quote(view: View, at: int) -> bool:
    return view.quoted[at - 1] >= 0 or view.low(at - 1) == "," or passive(view, at, Form.EITHER)


def _in_list(view: View, at: int, subject: Phrase) -> bool:
    """Tell `We stand with X, condemn the attack and call on Y`: one of the verbs of a subject."""
    listed = view.low(at - 1) == "," and view.low(subject.end) in verb_forms()
    last = any(view.low(scan) == "and" for scan in range(at + 1, len(view.words)))
    own = not {view.low(scan) for scan in range(subject.end, at)} & {"that", "to"}
    return listed and last and own and subject.kind is PhraseKind.PRONOUN


def _base_verb(view: View, at: int) -> bool:
    """Tell a base form that is a finite verb: after a modal or a plural subject."""
    low = view.low(at - 1)
    if low == "to":
        going = view.low(at - 2) == "on" and view.low(at - 3) in {"go", "went", "goes", "gone"}
        return going or (view.low(at - 2) in BEFORE_TO and not view.relative(at - 2))
    if low in {"and", "or"} and any(
        view.low(scan) in OBLIGING for scan in range(max(0, at - ALONG), at)
    ):
        return False  # `should rotate keys and disable accounts`
    if set(view.auxiliary(at)) & UNREAL:
        return low == "would" and view.low(at - 2) in {"i", "we"}  # `I would add that`
    if set(view.auxiliary(at)) & (MODAL | DO):
        return True
    subject = plain_subject(view, at) or view.subject(at)
    if subject is None:
        return False
    before = view.words[subject.at - 1] if subject.at else None
    if before is not None and is_verb(before) and before.low not in NEUTRAL_FORMS:
        return False
    opening = subject.at == 0 and subject.kind is PhraseKind.NAME and subject.end == 1
    many = opening and view.low(0).endswith(("s", "men", "women"))  # `Fishermen ... fear`
    plural = many or subject.plural or subject.head in {"we", "i", "they", "you", "police"}
    inserted = view.low(view.back(at - 1)) == "," and view.low(subject.end) == ","
    near = subject.end >= at - 3 or inserted or _in_list(view, at, subject)
    return (plural and near) or (view.coordinated(at) and plural)
