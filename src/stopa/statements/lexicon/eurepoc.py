"""EuRepoC's variables and the labels of its categories, as its dataset prints them.

Spec: European Repository of Cyber Incidents, codebook 1.x; labels as in Global Database 1.1
Trap: labels are theirs, to the letter, so that tables can be joined. What only a coder can judge
(intensities, breaches of international law, conflict issues) is left uncoded, never guessed.
"""

import re

# In the order of the Global Database's columns.
VARIABLES = (
    "name", "start_date", "end_date", "source_incident_detection_disclosure", "incident_type",
    "receiver_name", "receiver_country", "receiver_category", "receiver_category_subcode",
    "initiator_name", "initiator_country", "initiator_category", "number_of_attributions",
    "number_of_political_responses", "zero_days", "MITRE_initial_access", "MITRE_impact",
    "has_disruption", "number_of_legal_responses",
)  # fmt: skip
UNCODED = (
    "inclusion_criteria", "inclusion_criteria_subcode", "initiator_category_subcode",
    "cyber_conflict_issue", "offline_conflict_issue", "user_interaction", "data_theft",
    "disruption", "hijacking", "physical_effects_spatial", "physical_effects_temporal",
    "unweighted_cyber_intensity", "target_multiplier", "weighted_cyber_intensity",
    "impact_indicator", "functional_impact", "intelligence_impact", "economic_impact",
    "state_responsibility_indicator", "IL_breach_indicator", "evidence_for_sanctions_indicator",
    "legal_response_indicator", "casualties",
)  # fmt: skip

STATE = "State institutions / political system"
INFRASTRUCTURE = "Critical infrastructure"
CORPORATE = (
    "Corporate Targets (corporate targets only coded if the respective company is not part of "
    "the critical infrastructure definition)"
)
INTERNATIONAL = "International / supranational organization"


def _words(line: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{line})\b", re.IGNORECASE)


# What was hit, by its words: category and its subcode. The first that fits counts.
RECEIVERS = (
    (_words(r"part(?:y|ies)(?= |$|[,.;’'])(?<!third party)|social democrat\w*"), STATE,
     "Political parties"),
    (_words("parliament|bundestag|congress|senate|national assembly|legislat\\w+|duma"), STATE,
     "Legislative"),
    (_words("election\\w*|electoral"), STATE, "Election infrastructure / related systems"),
    (_words("armed forces|army|navy|air force|military|pentagon"), STATE, "Military"),
    (_words("police|gendarmerie"), STATE, "Police"),
    (_words("courts?|judiciary|prosecut\\w+"), STATE, "Judiciary"),
    (_words("minist(?:ry|ries)|governments?|government bodies|cabinet|state department"), STATE,
     "Government / ministries"),
    (_words("embass(?:y|ies)|consulates?|diplomatic missions?"), STATE, "Other (e.g., embassies)"),
    (_words("municipalit\\w+|city council|local authorit\\w+|public administration|public bod\\w+|"
            "state institutions?|federal agenc\\w+|government agenc\\w+"), STATE,
     "Civil service / administration"),
    (_words("european (?:commission|parliament|union institutions)|nato|united nations|osce"),
     INTERNATIONAL, ""),
    (_words("power grid|electricity|energy|oil|gas|nuclear|pipelines?"), INFRASTRUCTURE, "Energy"),
    (_words("hospitals?|health\\w*|clinics?|medical"), INFRASTRUCTURE, "Health"),
    (_words("banks?|banking|financ\\w+|stock exchange"), INFRASTRUCTURE, "Finance"),
    (_words("telecom\\w*|satellite|mobile operator|internet provider"), INFRASTRUCTURE,
     "Telecommunications"),
    (_words("rail\\w*|airports?|airlines?|aviation|shipping|ports?|transport\\w*|logistics"),
     INFRASTRUCTURE, "Transportation"),
    (_words("defen[cs]e (?:industr\\w+|compan\\w+|contractors?)|aerospace"), INFRASTRUCTURE,
     "Defence industry"),
    (_words("water (?:supply|utilit\\w+|plants?)"), INFRASTRUCTURE, "Water"),
    (_words("critical (?:national |information |government )?infrastructures?"), INFRASTRUCTURE,
     ""),
    (_words("newspapers?|broadcasters?|television|tv5\\w*|news agenc\\w+"), "Media", ""),
    (_words("universit\\w+|research\\w*|laborator\\w+"), "Science", ""),
    (_words("schools?"), "Education", ""),
    (_words("dissidents?|activists?|human rights"), "Social groups", ""),
    (_words("compan(?:y|ies)|corporations?|firms?|vendors?|customers|exchange servers?"),
     CORPORATE, ""),
)  # fmt: skip

# The way in, by words or ATT&CK id.
ACCESS = (
    (_words("(?:spear-?\\s?)?phishing|T1566(?:\\.\\d+)?"), "Phishing"),
    (_words("supply[- ]chain|(?:software )?updates?|build server|T1195(?:\\.\\d+)?"),
     "Supply Chain Compromise"),
    (_words("CVE-\\d{4}-\\d+|vulnerabilit\\w+|zero-days?|flaws?|holes|T1190"),
     "Exploit Public-Facing Application"),
    (_words("passwords?|credentials|logins?|T1078(?:\\.\\d+)?|T1110(?:\\.\\d+)?"),
     "Valid Accounts"),
    (_words("watering hole|T1189"), "Drive-by Compromise"),
    (_words("T1199|trusted relationship"), "Trusted Relationship"),
    (_words("T1133|vpn"), "External Remote Services"),
)  # fmt: skip
IMPACT = (
    (_words("ransomware|encrypted (?:the |its |their )?(?:data|files|systems|servers)|T1486"),
     "Data Encrypted for Impact"),
    (_words("wip(?:er|ed)|destroy\\w*|T1485"), "Data Destruction"),
    (_words("denial[- ]of[- ]service|ddos|T1498(?:\\.\\d+)?"), "Network Denial of Service"),
    (_words("deface\\w*|T1491(?:\\.\\d+)?"), "Defacement"),
    (_words("st(?:ole|olen|eal\\w*)|theft|exfiltrat\\w+|copied|siphoned|T1041"),
     "Data Exfiltration"),
)  # fmt: skip
ZERO_DAY = _words("zero-days?")
DISRUPTION = _words(
    "disrupt\\w+|outages?|paralys\\w+|shut down|offline|crippl\\w+|denial[- ]of[- ]service|ddos"
)
LEAK = _words("leak(?:ed|s|ing)?|published|dumped|doxx?ing|posted online")
RANSOM = _words("ransom\\w*")
STOLEN = _words("st(?:ole|olen|eal\\w*)|theft|exfiltrat\\w+|copied|siphoned|taken from|took")

# Who attributes, how, and on what basis.
BY_STATEMENT = "Political statement / report (e.g., on government / state agency websites)"
BY_DIRECT = (
    "Direct statement in media report (e.g., Reuters article cites the attribution statements by "
    "a person) / self-attribution via social media"
)
BY_ANONYMOUS = (
    "Anonymous statement in media report (e.g., Reuters article cites the attribution statements "
    "of unnamed officials, or persons with knowledge into the matter etc.)"
)
BY_MEDIA = (
    "Media report (e.g., Reuters makes an attribution statement, without naming further sources)"
)
BY_TECHNICAL = "Technical report (e.g., by IT-companies, Citizen Lab, EFF)"
BY_COURT = "Domestic legal action"
BY_STATEMENT_AND_COURT = "Political statement/report and indictment / sanctions"
UNCLEAR = "Attribution given, type unclear"
BASIS_RECEIVER = "Attribution by receiver government / state entity"
BASIS_EU = "Attribution by EU institution/agency"
BASIS_INTERNATIONAL = "Attribution by international organization"
BASIS_THIRD = "Attribution by third-party"
BASIS_INDUSTRY = "IT-security community attributes attacker"
BASIS_MEDIA = "Media-based attribution"
INDICTED = _words("indict\\w*|charged|charges|grand jury|arrest\\w*|prosecut\\w+")
SANCTIONED = _words("sanction\\w*|asset freezes?|restrictive measures|travel bans?")
REWARD = _words("reward\\w*")
EXPELLED = _words("expel\\w*|recall\\w*|persona non grata")
PREVENTED = _words(
    "new (?:secure |communication\\w* )*(?:system|network)|secured|hardened|awareness|upgrad\\w+|"
    "replaced|rebuilt|patched"
)
INDUSTRY = _words("labs?|security|cyber\\w*|threat intelligence|research(?:ers)?|firm|microsoft|"
                  "mandiant|crowdstrike|fireeye|google|eset|kaspersky")  # fmt: skip
OFFICIAL = _words(
    "agenc(?:y|ies)|bureau|federal|departments?|cent(?:re|er)s?|council|committee|"
    "government|minist\\w+|house|parliament|forum|office|national|police|state"
)

INITIATOR_STATE = "State"
INITIATOR_LINKED = "Non-state actor, state-affiliation suggested"
INITIATOR_GROUP = "Non-state-group"
ORGAN = _words("unit \\d+|gru|svr|fsb|mss|pla|ministry of state security|intelligence service|"
               "military intelligence")  # fmt: skip
CRIMINAL = _words("criminals?|gang|hacktivists?|extortion\\w*")

DISCLOSED_BY_STATE = "Incident disclosed by authorities of victim state"
DISCLOSED_BY_INDUSTRY = "Incident disclosed by IT-security company"
HIJACKING = "Hijacking without Misuse"
MISUSE = "Hijacking with Misuse"
THEFT, DOXING, DISRUPTED, RANSOMWARE = (
    "Data theft", "Data theft & Doxing", "Disruption", "Ransomware",
)  # fmt: skip

# Responses: who (the prefix), and what. Labels as in the Global Database 1.1.
EU, INTERNATIONAL_BODIES, EU_STATES, STATES = (
    "EU", "International organizations", "EU member states", "State Actors",
)  # fmt: skip
LEFT_THE_UNION = {"GBR": "2020-02-01"}
STABILIZING, PREVENTIVE, LEGISLATIVE = (
    "Stabilizing measures", "Preventive measures", "Legislative reactions",
)  # fmt: skip
# What is done about it beyond words: by the words for it, the label, its subcode where one fits.
# The database files the Union's sanctions with those of states, and broken relations as retorsion;
# to send diplomats home is one for the same reason.
RETORSION = "Peaceful means: Retorsion (International Law)"
NATIONAL = "Other legal measures on national level (e.g. law enforcement investigations, arrests)"
LEGAL = (
    (SANCTIONED, RETORSION, "Economic sanctions"),
    (_words("(?:severed?|br(?:oke|eaks?) off|cut(?:s|ting)?) (?:\\w+ ){0,2}(?:relations|ties)"),
     RETORSION, "Severance of diplomatic relations"),
    (EXPELLED, RETORSION, None),
    (_words("state of (?:\\w+ )?emergency"),
     "Proclamation of public emergency (national level)", None),
    (INDICTED, NATIONAL, None),
    (REWARD, NATIONAL, None),
)  # fmt: skip
COMMITTEE = "Parliamentary investigation committee"
INQUIRY = _words("parliamentary (?:inquiry|investigation|committee)|committee of inquiry")

# Countries and regions where the database does not use the name that the gazetteer has.
COUNTRIES = {
    "CZE": "Czech Republic",
    "IRN": "Iran, Islamic Republic of",
    "KOR": "Korea, Republic of",
    "PRK": "Korea, Democratic People's Republic of",
    "TUR": "Turkey",
    "EUR": "EU (region)",
}
BODIES = {"NATO": "NATO (region)", "United Nations": "United Nations"}
