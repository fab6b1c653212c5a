"""Names of malware, tools and groups that are also words of English, or names of other things.

Spec: names in ATT&CK 18.1, MISP galaxies and Malpedia that a general dictionary holds as well
Why: "Carbon copy" and "the Empire fell" name nothing. Such a name counts only beside a word that
says what it names, or in a list with names that are no words.
"""

from __future__ import annotations

from stopa.statements.lexicon.wordlist import wordset

EVERYDAY = wordset(
    """acronym alibaba alien aluminum amnesia amoeba anchor andromeda anubis apocalypse apollo
    apostle appetite appleseed arcane archivist arena armageddon artic assassin athena aurora
    autorun avenger axiom azazel babylon bandook banshee barium basin bazar beacon benchmark
    bifrost bilbug biscuit bismuth bitter blackheart blackhole blackjack blackwood blame
    blister blitz blizzard bloodhound bookworm boombox boron bouncer brain braintest bread
    breakthrough briar bromine broomstick bubblewrap buckeye bumblebee bunny butterfly cacao
    cactus calcium caldera calendar caligula calisto callisto callme calypso cannon canopy
    carbon cardinal castle catch cerberus cerebrus cerium chaos chaperone charger chewbacca
    chimera chisel chopstick chromium cicada cipher circles citadel cleanup cleaver clipper
    coathanger cobalt colony confucius copper covenant cowboy crash crimson crisis crosswalk
    crutch crystal curator curium cutlet cyclops dairy deadwood death dexter dharma disco
    divergent donut dragonfly drawdown dreamland driftwood dummy dustman dustpan earthworm
    echelon echo eleanor electrum elevator elise elmer empire entropy equation equinox erebus
    escobar europium everything excalibur excel exodus exorcist explorer explosive facade fanny
    fenix ferocious finger fireball flame flashback flashflood flipside flytrap frankenstein
    fruitfly gallium gamefish gasket gauss gazer ghost gibberish glasses glimpse godfather
    goggles goldeneye gorilla graphite grease griffon grinch grunt guerrilla hades hangman
    harpy havoc hawkeye haymaker helium hermes hermit hexane highnote hildegard holmium
    honeybee hornbill houdini hunter hussar hydra hyena icarus indra inferno insomnia iodine
    iridium jackal james jigsaw joker jupiter kevin knight kraken krypton ladon legend
    leviathan lilith loki lookback lotus lucifer lurid lyceum machete mandrake manganese mango
    mantis maple marcher mars mask matryoshka maze mercury merlin meteor midas milan mindware
    mirage monsoon moonlight mosquito mozart mythic nautilus nebulae nemesis neodymium
    neptunium neutrino nevada newscaster nexus nickel nightclub nighthawk ninja nitro northstar
    norton nova obscene octopus offence orangeade orbit orchard osiris osmium overflame oxide
    oxygen oyster ozone pacemaker paladin pallas pandora paradise paradox parasite patchwork
    pegasus peppy pester phoenix phosphorus photo pickaxe pickpocket pioneer pitstop platinum
    play plutonium polaris polonium polyglot pony popeye poseidon potassium powerless prestige
    prism prometheus promethium proton punisher raccoon radiation radium rambo rattlesnake
    reaper redcap redleaves redtail reductor reptile responder retro revenant revive rhino
    rhombus riptide robinhood rogue rotor route rover royal rubidium ruler saber sage saigon
    saltwater samurai sandcat sardonic satan scarab scarecrow scorpion scout seasalt seatbelt
    sepulcher serpent shade shark sharpshooter siesta silence silicon skipper slave slingshot
    sliver smaug smoke snake snatch snowball sodium solar soldier soul soundbite soundwave
    sourdough spaceship spark sparkle spartacus specter squirrel starman stinger stitch
    stowaway strider strontium sugar sulphur summit sunbird sunburst superman supernova
    swallowtail swift switcher sword symbiote tangelo tantalum taurus teardrop template terbium
    terminator termite terracotta thallium thanatos tickler titan toddler tortoiseshell touch
    tracker trailblazer trickster trident trinity triton tycoon undead uppercut vanguard vega
    vendetta venomous vermin viper voldemort vortex voyeur vulture warhawk watchdog waterdrop
    webmasters whirlpool whiteout wildcard wildfire windshield windshift wingbird woody
    wormhole wraith xenomorph yakuza zeppelin zeus zipline"""
)
