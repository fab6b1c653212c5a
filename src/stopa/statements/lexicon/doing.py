"""Verbs by which one detects, responds, or does what no other act names.

Spec: three of the ten acts of the reading measure; the lines are read by `cues.py` (see `acts.py`).
"""

DETECT = """
detect > none
discover > none
notice > none
spot > none
uncover > none
observe > none
find ~ trace|traces|evidence|proof|sign|signs|indication|indications|malware|implant|implants|\
backdoor|backdoors|intrusion|intruders|account|accounts|web|server|servers|compromise|\
compromised > none
find > none
identify > none
reverse ~ sample|samples|malware|binary|code > none
see ~ evidence|proof|indication|indications|trace|traces|sign|signs|attempt|attempts|activity|code|\
overlap|overlaps|sample|samples|infection|infections|traffic|domains|tooling|\
intrusions|exploitation > none
register > none
count ~ victims|victim|server|servers|organisations|organizations|ministries|companies|cases|\
attacks|systems|institutions|agencies|incidents|intrusions|firms|accounts|computers > none
register ~ attack|attacks|intrusion|intrusions|incident|incidents > none
come across > none
stumble on|upon|across > none
verify > none
recover > none
track > none
trace > none
catch > none
pick up > none
unearth > none
analyse > none
"""

RESPOND = """
sanction > obj
reply|respond|react to ~ measures|sanctions|expulsion|expulsions|move|moves|step|steps|decision|\
accusation > to
follow suit|with > none
list|designate|name ~ people|persons|individuals|companies|organisations|entities|officers|\
firms|officials > obj
declare ~ unwanted|unwelcome > obj
impose|announce|adopt|approve|extend|slap|tighten|prepare ~ sanction|sanctions|restrictions|\
tariffs|embargo > on against
blacklist > obj
expel > obj
throw out > obj
eject > obj
recall ~ ambassador|envoy|diplomat|diplomats|staff|head|chargé|attaché > none
order ~ home|back > none
order ~ to leave > obj
give ~ hours|days|until|week ~ leave|depart > obj
put ~ bounty ~ on > on
sack|fire ~ official|officials|director|minister|head|chief|manager|managers|officer|officers > obj
hire|engage|commission|contract ~ firm|company|companies|specialists|experts|consultants|\
team|institute > none
approve ~ recruitment|funds|funding|budget|package|plan|measures > none
waive > none
open|launch|start|bring ~ case|proceedings > against
search|hunt for > for
withdraw ~ ambassador|envoy|diplomat|diplomats|staff > none
call home|back > none
declare ~ persona|personae non grata|gratae > obj
break|sever|cut|suspend|downgrade ~ relations|ties|talks|cooperation|dialogue > with
put|place|add ~ on|to ~ list|blacklist > obj
cut off > none
resign > none
decline ~ offer|help > none
close|shut ~ embassies|consulates|missions|offices|embassy|consulate|mission|border|crossing|\
airspace > none
freeze|seize|confiscate|block ~ asset|assets|account|accounts|domain|domains|server|servers|\
funds > of
seize > none
confiscate > none
dismantle > none
disrupt > none
disable > none
disconnect > none
take ~ down|offline|away|step|steps|measure|measures|action > none
delete > none
remove > none
hand|deliver|send|present|pass|serve ~ note|protest|demarche|démarche > to obj
propose|table ~ sanctions|listings|listing|measures|consultations|talks|resolution > to none
lodge|file|make|submit|enter|register|raise ~ protest|protests|complaint|complaints|\
representations|objection|lawsuit|suit|claim > with against to
protest to > to
offer|announce|post ~ reward|bounty|million > for
order|buy|procure new|fresh|replacement BASE > none
launch|open|begin|start|order|announce|initiate|conduct ~ investigation|investigations|inquiry|\
inquiries|probe|review|audit > into
investigate > none
probe > none
publish|issue|release|ship|provide|distribute|push ~ update|updates|patch|patches|fix|fixes|\
advisory|advisories|guidance|alert|alerts|recommendations|indicators|signature|signatures|\
warning|warnings|warrant|warrants|notice|bulletin|decryptor|tool|tools|rules|detections|\
emergency|hotfix > none
patch > none
shut|switch|turn|take ~ down|off|offline > none
pull ~ plug|offline > none
work with|on > none
restore > none
rebuild > none
replace > none
reset > none
change ~ password|passwords|credentials|keys > none
revoke > none
isolate > none
harden > none
strengthen > none
upgrade > none
arrest > obj
detain > obj
extradite > obj
order|approve|block|refuse ~ extradition > of
jail > obj
sentence > obj
fine > obj
sue > obj
ban > obj
bar > obj
outlaw > obj
prohibit > obj
notify > obj
inform ~ partners|authorities|customers|police|prosecutors|allies|regulator|regulators > obj
renew ~ system|systems|network|networks|passwords > none
retaliate > against
reserve ~ right|rights to > none
set up > none
establish ~ task|unit|centre|center|team|cell > none
form|create ~ task|unit|team|cell > none
vow to|that > none
pledge to|that > none
promise to|that > none
promise|pledge|vow ~ tool|patch|update|fix|review|inquiry|investigation|response|measures|action|\
retaliation|steps|sanctions > none
undertake|agree|decide|resolve to > none
commit ~ to > none
convene > none
cancel > none
suspend > none
move ~ to ~ system|network|systems > none
offer ~ free > none
share ~ indicators|indicator|data|information|samples|intelligence|findings|logs > with
exchange ~ indicators|information|data|samples > with
give away > none
spend > none
allocate > none
deploy > none
activate > none
"""

OTHER = """
thank > obj
remind > obj
be grateful > to
apologise > to
say sorry > to
praise > obj
claim ~ responsibility|credit > none
invoke > none
see|regard|view|describe ~ as > none
note ~ assessment > none
recognise ~ assessment|attribution > none
take note > of
acknowledge > none
refer to|questions > none
threaten > obj
claim > none
explain > none
disclose > none
reveal > none
put ~ number|toll|figure|damage|cost|loss|losses|tally > none
boast > none
regret > none
estimate > none
put|rate|set|place ~ confidence at|as > none
"""
