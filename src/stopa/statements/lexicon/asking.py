"""Verbs by which one calls on, summons or supports somebody.

Spec: three of the ten acts of the reading measure; the lines are read by `cues.py` (see `acts.py`).
"""

CALL_ON = """
call on|upon > on upon
call for > none
urge > obj
demand > of from obj
ask > obj
request > obj from
appeal to > to
appeal for > none
issue|make|launch|renew|repeat ~ call|calls|appeal|appeals|plea|demand|demands > for to
press ~ to > obj
exhort > obj
implore > obj
entreat > obj
beseech > obj
beg > obj
encourage > obj
recommend > obj
advise > obj
counsel > obj
invite ~ to > obj
instruct > obj
direct ~ to > obj
command > obj
challenge ~ to > obj
tell ~ to BASE > obj
warn ~ to BASE > obj
remind ~ to BASE > obj
require > obj
order ~ to BASE > obj
insist that ~ must|should > none
insist on|upon > none
want ~ to BASE > obj
want ~ reviewed|audited|investigated|closed|banned|removed|replaced|published|inspected|\
expelled|tightened|restored|punished|prosecuted|released|blocked|stopped|lifted|withdrawn|returned|\
clarified|explained > none
expect ~ to BASE > obj
expect|want|seek|await|require ~ apology|explanation|explanations|inquiry > from of
plead with|for > with
press for > none
push for > none
petition > obj
lobby > obj
"""

SUMMON = """
call to|into ~ ministry|office|department|chancellery > obj
summon > obj
call in > obj
haul in > obj
convoke > obj
convene ~ ambassador|envoy|diplomat > obj
invite ~ to|into ~ ministry|office|department|chancellery > obj
invite ~ for|to ~ conversation|talk|talks|interview|explanation > obj
call|order|ask ~ to|into ~ ministry|office ~ explain|protest|explanation > obj
call|order|ask|request|invite ~ to attend|appear|come|report ~ \
ministry|office|department|house > obj
summon ~ ambassador|envoy|diplomat|chargé > obj
carpet > obj
"""

SUPPORT = """
assure ~ solidarity|support|assistance|backing|help > obj
offer|promise|pledge|agree to send|help|assist|provide|dispatch|share|support|second > none
express|declare|offer|voice|manifest|reaffirm|reiterate|convey|extend|pledge|affirm|underline|show|\
proclaim ~ solidarity|support|sympathy|backing|assistance|help|condolences > with for to
stand with|by|beside|behind|alongside|beside|shoulder|side|together|united|firm|firmly|fully|\
squarely|unequivocally|resolutely|in > with by beside behind alongside
be ~ shoulder to shoulder > with
be ~ in solidarity > with
support > obj
share ~ assessment|view|concern|concerns|conclusion|finding > of
back > obj
endorse > obj
second > obj
commend > obj
applaud > obj
welcome > obj
side with > with
close ranks ~ behind|with|around > behind with around
rally behind|round|around > behind round around
rally to ~ side|defence > none
provide|lend|give|render|extend ~ support|help|assistance|aid > to for
express|reaffirm|reiterate|declare|confirm|signal ~ readiness|willingness to \
help|assist|support|share|cooperate > obj
send|dispatch|fly ~ team|experts|specialists|technicians|engineers|aid|help|equipment > to obj
remain ready to help|assist|support|cooperate > obj
come to ~ aid|defence|help > none
assist > obj
help > obj
aid > obj
pledge|promise|offer ~ assistance|help|aid|support|experts > to for
lend ~ support|assistance|help|weight|voice > to
give ~ backing|support|assistance > to
stand ready to help|assist|support > obj
align itself|themselves|himself|herself with > with
agree with ~ assessment|attribution|finding|conclusion > none
"""
