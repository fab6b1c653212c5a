"""Words that carry no meaning of their own, and words that carry a judgement.

Spec: function words of English; loaded and distancing words as handbooks of news style list them.
"""

from stopa.statements.lexicon.wordlist import wordset

STOPWORDS = wordset(
    """a an the and or but nor of in on at by for from to with without into over under about
    against between among after before during since until through across within is are was were
    be been being am has have had having do does did will would shall should can could may
    might must not no it its he his him she her they their them we our us you your i me my this
    that these those there here who whom whose which what when where why how as if than then so
    such very more most also only just own same other another some any all both each few many
    one two said says say told new out up down off again further once too now"""
)

# Words that judge while they report, or hold what they report at arm's length.
LOADED = wordset(
    """so-called alleged allegedly supposed supposedly hysteria hysterical smear smears slander
    slanderous witch-hunt farce circus charade russophobic russophobia sinophobic anti-russian
    anti-chinese empire puppet puppets vassal vassals followers lackeys handful dared dare
    hurried rushed parroted parrot chorus whipped propaganda pretext fairy tale fantasy
    invented shocking shock horrifying outrageous brazen bombshell explosive sensational
    dramatic furious furiously fury rage raging red-faced humiliated humiliating blasted
    slammed slam slams blasts lashed lambasted rapped crooks gang thugs goons evil sinister
    shadowy notorious brutal mastermind chilling terrifying nightmare chaos mayhem carnage
    blitz onslaught raid bombard storm unleashed regime mouthpiece rant ranted stooge megaphone
    hacker-story story stunt obediently dutifully zealous mere merely desperate panicked panic
    boast boasted sneered scurrilous spooks bungled blunder fiasco scandal scandalous disgrace
    cowardly gloating unprecedented devastating staggering massive stunning"""
)
STRONG = wordset(
    """emptied wiped destroyed crippled paralysed paralyzed devastated obliterated looted
    plundered seized hijacked exposed proves proven proof confirms confirmed caught unmasked
    unites united war warfare attack attacks army everything all entire whole nation country
    millions thousands massive worst biggest ever slam slams blast blasts fury panic chaos
    catastrophe collapse blackout plot conspiracy secret secrets lacking lacks denies admits
    confesses"""
)
STATE_MEDIA_LINES = (
    "state information service",
    "state news agency",
    "state-run",
    "state media",
    "state broadcaster",
    "government newspaper",
    "official news agency",
    "organ of the",
    "state television",
    "government information",
)
STATE_OUTLETS = frozenset(  # owned by a state and under its editorial control; as of 2025
    """tass|ria novosti|rt|russia today|sputnik|rossiya segodnya|rossiyskaya
    gazeta|xinhua|xinhua news
    agency|global times|people's daily|china daily|cgtn|cctv|china news service|press
    tv|irna|tasnim|
    fars news agency|mehr news agency|kcna|belta|granma|prensa latina|telesur|syrian arab news
    agency|
    sana""".replace("\n    ", " ")
    .replace("| ", "|")
    .split("|")
)
