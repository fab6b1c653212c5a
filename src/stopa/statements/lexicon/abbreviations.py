"""Abbreviations whose full stop does not end a sentence.

Spec: titles, ranks, Latin and company forms of English usage, and those of names and addresses.
"""

from stopa.statements.lexicon.wordlist import wordset

ABBREVIATIONS = wordset(
    """mr mrs ms mx dr prof rev hon sen rep gov gen lt col maj capt cmdr adm sgt cpl pte brig amb
    supt insp det msgr fr sr jr st ste mt messrs mme mlle ing mgr bc phdr judr rndr mudr vs v
    cf viz e.g i.e etc al approx ca c est incl excl resp dept univ assn bros inc ltd corp co
    llc plc gmbh s.r.o a.s o.p.s jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues
    wed thu thur thurs fri sat sun temp"""
) - {"sat", "sun", "mar", "may", "co", "al", "fr", "etc", "c", "v"} | {"al"}

# These are abbreviations only before a number (No. 5, Art. 7); elsewhere they are words.
BEFORE_NUMBER = wordset("no nos art arts para paras p pp fig figs vol ch sec cl ref tel ext")
