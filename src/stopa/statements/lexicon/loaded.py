"""Words that take sides while they report, for counting only.

Why: who writes `regime` for a government, or `shocking` for a fact, leans; how far, the count says.
Trap: the list is short and plain on purpose, both camps' words alike; it is no measure of truth.
"""

from stopa.statements.lexicon.wordlist import wordset

LOADED = wordset(
    """absurd absurdly aggressor aggressors alarmist atrocious audacious barbaric baseless blatant
    blatantly bogus bombshell brazen brazenly bullying chilling clampdown conspiracy cowardly
    crackdown crony cronies cynical cynically damning despicable devastating diabolical
    disgraceful draconian egregious evil explosive fabricated fabrication fabrications fake farcical
    fearmongering groundless heinous hypocrisy hypocritical hysteria hysterical insidious junta
    lackey lackeys ludicrous malicious maliciously masterminds menace menacing monstrous nefarious
    notorious outrage outrageous outrageously paranoia paranoid preposterous propaganda
    propagandist provocation provocations provocative puppet puppets reckless recklessly regime
    relentless ridiculous ruthless sabre-rattling scandalous scaremongering shameful shameless
    shamelessly shocking shockingly sinister slander slanderous smear smears sneaky so-called
    stunning thug thugs tyrannical tyranny unhinged unprecedented unprovoked vassal vassals vicious
    vile warmonger warmongering warmongers weaponise weaponised weaponize weaponized witch-hunt
    """
)
