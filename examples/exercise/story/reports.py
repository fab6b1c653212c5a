"""What was said about it: three statements and three press reports that do not agree.

Why: the disagreements are planted, each of a kind that real reports show. The README lists them;
`expected.json` quotes them.
"""

from __future__ import annotations

from story.world import NOTICE

STATEMENT = """
Statement by the Government of the Republic of Sundmark

Hallen, 14 May 2025

The Government of the Republic of Sundmark attributes to the group GLASS PELICAN the malicious
cyber campaign against the unclassified network of the Ministry of Foreign Affairs.

The campaign began in September 2023 and lasted until February 2025. The intruders read the mail
of 14 mailboxes. No classified network was touched.

GLASS PELICAN is publicly associated with the Directorate of External Studies of Drovia. Our
assessment rests on an extensive investigation by the services of the Republic.

"We detected the attackers during the intrusion," said Foreign Minister Marit Solhage. The
Minister summoned the ambassador of Drovia.

The Government strongly condemns this malicious cyber campaign. We call on Drovia to refrain from
such attacks and to take appropriate measures.

The Ministry has introduced a new system for secure communication.
"""

SUPPORT = """
Statement by the Foreign Secretary of the Federation of Estmere

Port Estmere, 14 May 2025

The Federation of Estmere stands in full solidarity with the Republic of Sundmark after its
attribution of a cyber campaign to the group GLASS PELICAN.

Foreign Secretary Oswin Hale said: "States must not allow their territory to be used for malicious
cyber activities. We call on Drovia to act responsibly."

In March 2024 a court in Port Estmere charged three Drovian nationals with computer intrusions on
behalf of GLASS PELICAN.

The Federation has made no technical attribution of its own.
"""

DENIAL = """
Embassy of Drovia in Hallen: answer to questions of the press

15 May 2025

Drovia firmly rejects the accusations of the Government of Sundmark. They are groundless, and no
proof has been shown.

"Drovia opposes all forms of cyber attacks," a spokesperson of the embassy said. "An attribution
should rest on complete evidence, not on guesses."
"""

COURIER = """
Hallen Courier

Sundmark accuses Drovia of reading its diplomats' mail

By Sunniva Ahl, 14 May 2025

Sundmark has blamed the hacking group GLASS PELICAN for a campaign against the unclassified
network of its foreign ministry. The government said on Wednesday that the campaign began in 2023
and that 14 mailboxes were read.

"We detected the attackers during the intrusion," Foreign Minister Marit Solhage told reporters.
She summoned the Drovian ambassador the same day.

The government did not publish any technical indicator. Estmere declared its solidarity. The
embassy of Drovia did not answer our questions before the deadline.
"""

WIRE = """
Northern Wire

Drovian hackers broke into critical government systems, Sundmark says

15 May 2025

Hackers working for Drovia have been inside critical government systems of Sundmark since 2022,
the government in Hallen said on Wednesday. The group GLASS PELICAN read some 40 mailboxes,
according to officials.

"We detected the attackers during the intrusion," ministry spokesperson Teo Marrin said.

Traces of the Carbanak malware were found on a server, a person familiar with the investigation
said. Carbanak is usually linked to organised crime.

The Drovian embassy called the accusations "unfounded". In late March, a court in Estmere charged
three Drovians over earlier attacks. Estmere's Foreign Secretary Oswin Hale condemned the
campaign.
"""

COPY = """
Meridian Post

Mystery of the Sundmark hack deepens

16 May 2025

Drovia's hackers may have had help from a crime gang. As Northern Wire reported, traces of the
Carbanak malware were found on a server of Sundmark's government, whose classified and
unclassified networks were open to the group GLASS PELICAN since 2022.

"We detected the attackers during the intrusion," Oswin Hale of Estmere said, according to the
agency. He condemned the attack. In March, three Drovians were charged in Estmere.

About 40 members of staff lost their mail. Drovia called the accusations "unfounded" and demanded
an apology.

Source: Northern Wire, 15 May 2025
"""

TEXTS = {
    "01-statement-government-of-sundmark.txt": STATEMENT,
    "02-statement-estmere.txt": SUPPORT,
    "03-answer-embassy-of-drovia.txt": DENIAL,
    "04-hallen-courier.txt": COURIER,
    "05-northern-wire.txt": WIRE,
    "06-meridian-post.txt": COPY,
}


def reports() -> dict[str, bytes]:
    """Return every text as bytes, by file name: the notice, then a line for each paragraph."""
    return {name: _page(text).encode() for name, text in TEXTS.items()}


def _page(text: str) -> str:
    paragraphs = [" ".join(block.split()) for block in text.strip().split("\n\n")]
    return "\n\n".join([f"{NOTICE}.", *paragraphs]) + "\n"
