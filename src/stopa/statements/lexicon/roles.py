"""Nouns for people who hold an office, bodies that speak, and those who break in.

Spec: the offices of governments, parliaments, agencies, companies, courts and the press in English.
"""

from stopa.statements.lexicon.wordlist import wordset

PERSONS = wordset(
    """minister secretary spokesman spokeswoman spokesperson spokespeople spokespersons official
    officials diplomat diplomats ambassador ambassadors envoy envoys attaché attache chargé
    charge consul president chancellor premier chief chiefs head heads director directors chair
    chairman chairwoman chairperson member lawmaker lawmakers legislator legislators deputy
    deputies senator senators congressman congresswoman mp mps mep meps mayor mayors governor
    commissioner commissioners general admiral colonel major captain officer officers
    prosecutor prosecutors investigator investigators judge judges expert experts analyst
    analysts researcher researchers engineer engineers professor professors academic academics
    scholar scholars lecturer lawyer lawyers attorney manager managers employee employees
    worker workers staffer staffers source sources representative representatives aide aides
    adviser advisers advisor advisors leader leaders critic critics victim victims customer
    customers client technician technicians auditor auditors scientist scientists journalist
    journalists reporter editor author authors king queen prince pope coordinator negotiator
    delegate delegates observer observers resident citizen voter founder co-founder executive
    executives ceo ciso cto undersecretary under-secretary vice-president vice-minister speaker
    whip commander veteran insider whistleblower boss bosses supremo tsar czar negotiators
    ministers secretaries presidents premiers governors spokesmen spokeswomen
    defendant defendants plaintiff skipper skippers captain clerk nurse nurses doctor doctors
    teacher teachers student students farmer farmers owner owners investor investors shareholder
    shareholders underwriter underwriters broker brokers activist activists campaigner campaigners
    columnist pundit pundits economist economists colleague colleagues
    consultant consultants specialist specialists responder responders administrator
    administrators counsellor councillor councillors magistrate ombudsman rapporteur inspector
    superintendent sheriff detective detectives inspectors
    attorneys commanders captains agent agents politician politicians prime-minister
    historian soldier soldiers man men woman women person people national nationals"""
)
BODIES = wordset(
    """ministry ministries department departments office offices agency agencies bureau service
    services centre center centres centers authority authorities government governments
    administration cabinet parliament parliaments senate congress house committee commission
    council court courts jury embassy embassies mission missions consulate legation delegation union
    alliance bloc organisation organization organisations organizations association federation
    league company companies firm firms corporation vendor vendors bank banks university
    institute team teams police army military navy intelligence party parties opposition board
    newspaper daily cert csirt lab labs laboratory members states state countries country
    allies ally partners partner nations nation powers side sides capital capitals palace
    regulator watchdog directorate secretariat presidency leadership inspectorate chancellery
    foundation group coalition forum network operator provider providers publisher municipality
    city hospital hospitals operators utility utilities airline carrier manufacturer chamber
    assembly bundestag duma ministry's taskforce branch unit division command headquarters
    prosecution judiciary lawmaking tribunal defence defense community governments chamber
    summit panel inquiry treasury exchequer customs exchange casino site outlet portal platform
    clinic school college magazine paper charity port refinery pipeline plant supplier
    contractor developer maker giant start-up startup insurer retailer telecom statement report
    advisory indictment communique communiqué declaration letter study cyberdefence newsroom
    audit investigation probe review analysis
    broadcaster railway railways body bodies republic kingdom guard coastguard gendarmerie media
    complaint lawsuit affidavit filing filings petition resolution staff delegations councils
    commissions committees associations federations unions newspapers
    broadcasters regulators watchdogs directorates secretariats"""
)
INTRUDERS = wordset(
    """hackers hacker attackers attacker intruders intruder gang gangs operators actors actor
    spies spy criminals criminal cybercriminals crooks perpetrators perpetrator culprits
    culprit group groups crew unit units adversary adversaries saboteurs spooks militants
    hacktivists set cluster burglars thieves infiltrators"""
)
OFFICES = wordset(
    """minister secretary spokesman spokeswoman spokesperson ambassador envoy chargé consul
    president chancellor premier chief head director chair chairman chairwoman senator deputy
    mayor governor commissioner general admiral colonel major captain officer prosecutor
    attorney representative adviser advisor professor judge king queen prince pope speaker
    leader undersecretary mp mep representative rapporteur coordinator inspector analyst
    researcher engineer expert official manager executive ceo ciso cto founder co-founder
    commander agent councillor counsellor politician lawmaker diplomat journalist reporter
    editor lawyer auditor"""
)
TITLES = wordset("mr mrs ms mx dr prof sir lord lady dame baroness rev sen rep gen col")
FEMALE = wordset("mrs ms lady dame baroness queen spokeswoman chairwoman congresswoman woman women")
MALE = wordset("mr sir lord king prince spokesman chairman congressman man men")
DIPLOMATS = wordset(
    "ambassador envoy chargé charge consul diplomat attaché representative counsellor"
)
MISSIONS = wordset("embassy embassies mission missions consulate legation ambassador")
