"""Steps that answer an intrusion: what states, prosecutors, victims and helpers do about it.

Spec: the response slot of the reading measure; EuRepoC's political and legal responses; what the
handling of incidents calls containment, eradication, recovery and notification.
A line is `verbs > objects`: the verbs stand for all their forms, one of the objects must follow or,
in the passive, stand before; without objects the verb is a step by itself.
"""

from __future__ import annotations

from stopa.statements.lexicon.wordlist import wordset

# Objects that many steps share, by the name that stands for them in a line; a noun stands for its
# plural, too.
CLASSES = {
    "@people": wordset(
        """partner authority customer police prosecutor member victim user regulator ally person
        people client staff patient cert commissioner passenger citizen individual subscriber
        employee operator applicant voter student taxpayer resident reader shareholder bank
        hospital department ministry agency company firm supplier provider office centre team
        government embassy parliament organisation organization entity institution those
        them everyone council contractor vendor minister holder
        applicant correspondent participant union association chamber museum school university
        library owner utility port airline"""
    ),
    "@systems": wordset(
        """system server network password credential key certificate account service equipment
        device laptop phone data backup appliance software infrastructure operation access website
        portal computer token machine card hardware firewall platform router switch workstation
        gateway controller mailbox connection link line register database site module terminal
        controls control library archive session filter setting billing"""
    ),
    "@money": wordset("million billion money fund budget thousand euros dollars pounds crowns"),
    "@probe": wordset(
        """investigation inquiry probe review audit proceedings hearing debriefing study assessment
        examination case file enquiry inspection"""
    ),
}
# Steps of states and courts against those held responsible.
OF_STATE = """
summon|expel|indict|extradite|sinkhole|blacklist|sanction|outlaw|arrest|detain|jail|convict|\
prosecute|imprison|retaliate
take > custody
issue|distribute > laptop phone device password card key token passport
look into > hack attack breach incident matter affair case
sentence > year month prison him her them man
plead > guilty
call|haul in > ambassador ambassadors envoy envoys diplomat diplomats chargé representative head \
attaché
call into|to > ministry office chancellery
invite > conversation talk ministry office explanation exchange view consultation
call|bring in > ambassador envoy diplomat chargé representative
recall > ambassador ambassadors envoy envoys diplomat diplomats staff attaché consul delegation
withdraw > ambassador ambassadors envoy envoys diplomats staff accreditation invitation visas \
licence
throw|kick out > diplomat diplomats officials officers employees attaché attachés staff
order|tell|ask|give > leave home come reduce
send > home packing
declare|pronounce > grata gratae unwanted unwelcome undesirable persona
revoke|cancel > accreditation visa visas visit talks licence agreement credentials meeting
close|shut > embassy consulate mission border airspace offices centre house
sever|break|cut|suspend|downgrade|freeze|halt > relations ties talks cooperation dialogue \
agreement \
protocol accord treaty programme visit contract memorandum status membership participation \
negotiations contacts exchanges
convey|express > position displeasure
hand|deliver|present|convey|serve|submit|dispatch > note protest démarche demarche \
paper sheet letter memorandum memo
send|pass > note protest démarche demarche memorandum
lodge|make|enter|register|submit|file|bring|raise > protest protests representation \
representations \
complaint complaints objection lawsuit suit case charges claim
deliver > démarche demarche
impose|adopt|announce|extend|slap|introduce|propose|approve|renew|widen|tighten|agree > sanctions \
listings restrictions bans tariffs embargo freezes freeze ban penalties measures
freeze|seize|confiscate|block > assets accounts funds property domains servers websites \
infrastructure cryptocurrency domain botnet wallet bitcoin computer laptop phone device money
offer > million
throw|kick|lock|shut|drive out > intruder attacker hacker spy thief them
introduce|adopt|pass|draft|table|bring > law bill act decree ordinance regulation amendment
list|designate > people persons individuals entities companies officers organisations \
organizations \
firms nationals officials him her them unit
add|put|place > list blacklist register
ban|bar > officials companies banks entry entering equipment software vendors officers diplomats \
citizens firms products devices apps
charge > with nationals men officers hackers people members persons citizens suspects
unseal|publish|return|open > indictment charges complaint indictments
make > charges
issue > warrant warrants notice subpoena
offer|announce|post > reward rewards bounty
take|bring down > infrastructure servers botnet sites forum network domains site
dismantle|disrupt > infrastructure botnet network servers forum operation
sue|fine
propose|table|request|ask|draft > listing resolution debate list sanction session
consider|weigh|prepare|examine > step measure option sanction countermeasure
invoke|activate|use|trigger|apply > article clause toolbox mechanism
raise|bring|take|put|refer|submit|table|mention > attack matter issue case incident agenda council \
nations assembly court counterpart
speak|talk > mission ambassador counterpart envoy chargé
end|terminate|denounce|quit|leave|cancel|revoke > agreement protocol accord treaty
take|remove out|off|offline|down > server infrastructure domain site botnet
search|raid > home house office premises property flat apartment building
offer|promise|put > money reward bounty
"""
# Steps of those who were hit and of those who help them.
OF_RECOVERY = """
change > password passwords credentials keys certificates provider supplier
replace|renew|rebuild|reinstall|restore|reset|rotate|reissue|clean|reconnect|recover|swap|scrap|\
exchange|overhaul|recreate > @systems passport \
system network networks server servers password passwords credentials key keys certificates \
certificate accounts services service equipment devices device laptops phones data backups \
appliances appliance software infrastructure operations access website portal computers tokens \
machines cards hardware firewalls platform
switch|shut|turn|take|pull off|down|offline > system systems server servers network networks \
service \
services portal website site access account accounts platform machines gateway equipment
disconnect|isolate|unplug|quarantine|segment|ringfence|cut|disable|decommission|retire > system \
systems server servers network networks computers machines workstations accounts account devices \
access connection connections portal gateway appliance appliances segment service
move|migrate|transfer|switch > system platform behind cloud network infrastructure provider
introduce|deploy|install|buy|order|purchase|acquire|procure|commission|roll > system systems keys \
authentication sensors laptops tokens monitoring equipment software platform tools phones \
computers servers devices hardware logging detection
patch|harden|upgrade|strengthen|secure|tighten > system systems server servers network networks \
security defences defenses controls access gateway appliance protection cybersecurity procedures \
rules infrastructure software
evict|expel|eject|remove|delete|purge|wipe|clear > intruders attackers hackers malware implants \
implant shells backdoor backdoors web access
block > domain address traffic account connection sender site mail token certificate key access
close > hole gap door port service flaw vulnerability account weakness opening loophole access \
interface
end|revoke|terminate|withdraw > access
waive|compensate|reimburse|refund
write to > customer subscriber applicant holder patient person client user citizen everyone
recruit|hire > staff expert specialist engineer analyst people
approve|authorise > recruitment purchase plan programme
separate|segregate > @systems
go|change over > manual paper
notify|inform|alert|contact|warn|brief > @people
report > @people police fbi bureau regulator prosecutors authority authorities commissioner
share|exchange|provide > indicators indicator findings information data samples intelligence \
evidence results logs
hand|pass > indicator findings sample intelligence evidence result log
publish|issue|release|ship|distribute > indicators advisory guidance update updates patch patches \
fix alert alerts recommendations rules signatures decryptor tool bulletin directive detections
send|dispatch|despatch|fly|second|deploy|lend > team teams experts specialists technicians \
engineers \
responders officers analysts unit
offer|provide|promise|pledge|extend|grant > help assistance support experts services monitoring \
team aid training expertise specialists technicians insurance protection funding
set up > helpline hotline line telephone desk cell unit task team watch website centre center \
commission \
fund taskforce
open|establish|create|launch|start|staff > helpline hotline line telephone desk cell unit \
task team watch website centre center commission fund number office service taskforce
set|put aside|available|up > million billion money funds fund budget thousand
make available > million billion money funds fund budget thousand
allocate|earmark|spend|invest|commit|approve|release|reserve > million billion money funds fund \
budget thousand
suspend|dismiss|sack|fire|discipline|remove > people employee employees official officials head \
director officers staff chief manager minister administrator administrators contractor
resign
hire|appoint|bring|engage|retain|call|commission > firm experts auditor auditors consultants \
specialists investigators responders forensic
open|launch|begin|start|order|announce|initiate|conduct|commission|establish > @probe
hold > hearing session talk meeting
take over > @probe
examine|inspect|check|scan|search|test|review|comb > @systems hospital office room wall building
investigate|audit
convene|call|assemble|set > council meeting session committee team cell cabinet
raise|increase|step > level alert vigilance monitoring patrols
keep|maintain > watch alert
terminate|end|cancel > contract
place|put under > supervision administration guard watch surveillance
pull > plug cable
bring|get back|online|again > @systems
switch|move|migrate|shift|transfer|revert|convert to > platform system network provider cloud \
radio \
paper infrastructure centre host
migrate
choose|set|receive > password credential
put|place|post online > signature rule indicator sample tool decryptor
help|assist|support > @people victims clean
work with|on|together > provider company partner police law
shut|close|switch down|off > infrastructure port
send out > letter patrol team warning
instruct|order|oblige > operator department agency hospital ministry provider company
train|retrain > staff employee
bolster|improve|reinforce|beef|step up > security defence defense protection monitoring
protect|secure > @systems
ask|appeal|turn for > help assistance support
ask|request > police interpol europol prosecutor
ask|appeal|turn for > expert specialist team advice
give > password
cut off > itself themselves
remove > modem device server plug-in software app equipment
bring in > police investigator
quarantine|decommission|retire|unplug|disconnect|isolate|ringfence > @systems
resume > work operation operations production service services sailings flights trading teaching
halt|suspend|postpone|stop > service production work payment enrolment
halt|suspend|stop|pause > declaration registration admission sale delivery scan processing
"""
# What was hit works again: told of the thing, not of who mended it.
RECOVERED = (
    r"(?:is|are|was|were|has been|have been|went|came|come|goes|been|brought|working|worked|"
    r"running|ran|runs|works|open|operational|available|up) "
    r"(?:(?!hit|attacked|struck|hacked|breached)\w+ ){0,2}"
    r"(?:back online|back in (?:service|operation)|back up|again (?:since|on|from|after)|"
    r"up and running|running again|working again|online again|sailing again|flying again|"
    r"restored)|back online|worked again|(?:working|running) again"
)
# Nouns that tell a step without its verb.
NAMED = (
    rf"\b(?:{RECOVERED}|"
    r"(?:diplomats?|employees?|officials?|attach\w+|staff|officers?|envoys?)\b[^.;]{0,40}?\b"
    r"(?:must|(?:have|has|had|is|are|were|was) (?:\w+ ){0,5}to) (?:go|leave)|expulsions? of|"
    r"recall of|dispatch of|arrests? of|takedown of|seizure of|indictments? (?:of|against)|"
    r"charges against|criminal charges|asset freezes?|travel bans?|visa bans?|arrest warrants?|"
    r"extradition of|persona(?:e)? non grata(?:e)?|rewards? of|bount(?:y|ies) of|"
    r"notes? of protest|criminal complaints?|solemn representations|"
    r"(?:EU|new|further|fresh|more) sanctions|sanctions (?:on|against|were|have been|packages?)|"
    r"wanted list|(?:criminal|preliminary|internal|parliamentary|judicial|forensic|independent|"
    r"police) (?:investigation|inquiry|audit|review)|(?:investigation|inquiry|probe) "
    r"(?:is|was|has been|into)|(?:be|being|been|has|have) written to|no longer be "
    r"(?:issued|granted|allowed|admitted)|committees? of inquiry|"
    r"(?:may|can|could) no longer enter|entry bans?|sanctions? lists?|the (?:\w+ )?sanctions\b|"
    r"emergency (?:directive|order|session)|state of emergency|"
    r"(?-i:incident response (?:team|firm))|disruption of [^.;]{0,40}\b"
    r"(?:infrastructure|network|botnet)|million [^.;]{0,20}for information|(?:team|group)s? of "
    r"(?:\w+ )?(?:experts|specialists)|(?:experts|specialists|engineers) (?:\w+ ){0,3}"
    r"(?:working|helping|assisting|supporting)(?= (?:with|alongside|in|on|to|the|its|their)))\b"
)
# What makes a step one that was refused, demanded, or only thought of: said before its verb.
UNREAL = (
    r"\b(?:without|unless|whether|if|no|nor|neither|none|any|cannot|rul(?:e[sd]?|ing) out|"
    r"short of|refus\w+|declin\w+|fail(?:s|ed|ing)? to|resist\w+|threat\w*|refrain\w*|seek|"
    r"sought|repeatedly|always|previously|instead of|rather than|spare[ds]?|would rather|"
    r"reports? that|right to|wish(?:es)? to)\b"
)
# Verbs by which somebody else is asked to take the step that follows with `to`.
REQUEST = (
    r"\b(?:call(?:s|ed|ing)? (?:on|upon|for)|urg\w+|ask(?:s|ed|ing)?|demand\w*|recommend\w*|"
    r"advis\w+|encourag\w+|request\w*|insist\w*|want(?:s|ed|ing)?|requir\w+|instruct\w*|tell\w*|"
    r"told|need\w*|expect\w*|remind\w*)\b"
)
UNTRUE = (
    r"\b(?:(?:are|is|was|were) (?:all |simply |entirely )?"
    r"(?:untrue|false|wrong|baseless|invented|lies)|found nothing(?! further| else| more))\b"
)
# A list of what others should do, and what somebody only speaks about.
ADVICE = (
    r"^\W*(?:\d+\.? )?(?:recommendations?|advice|mitigations?|what (?:you|to) (?:should )?do)\W*:"
)
SPOKEN_OF = (
    r"\b(?:call(?:s|ed)|describ\w+|condemn\w+|denounc\w+|reject\w+|criticis\w+|welcom\w+|"
    r"deplor\w+|regret\w*|mock\w*|slam\w*) (?:\w+ ){0,3}$"
)
