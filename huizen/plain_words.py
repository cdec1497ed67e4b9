"""Words that make a text hard to read, and what people say instead: a list of our own, for who writes to families.

Each line holds a hard word or a turn of phrase, and an easier one. A word is known in its other forms too.
"""

_LIST = """
aanvangen: beginnen
aangaande: over
absent: er niet bij
accommodatie: zaal
adviseren: raad geven
afhankelijk van: past bij
alternatief: iets anders
alvorens: voor
ambulant: zonder te blijven slapen
assistentie: hulp
attest: papier
begeleidingstraject: hulp
beschikken over: hebben
betreffende: over
communiceren: praten
competenties: wat je kan
conform: volgens
consult: gesprek
contacteren: bellen of mailen
continu: altijd
coördinatie: regelen
cruciaal: heel belangrijk
daarenboven: en ook
deelname: meedoen
desbetreffende: die
deskundige: iemand die er veel van weet
dialoog: gesprek
dienaangaande: daarover
dienstverlening: hulp
digitaal: op internet
diversiteit: veel soorten mensen
doelgroep: voor wie het is
doelstelling: wat we willen
doorstromen: verder gaan
draagkracht: wat je aankan
drempelverlagend: makkelijk om te komen
eerstelijnshulp: hulp dicht bij huis
effectief: echt
empowerment: sterker worden
evalueren: kijken wat goed ging
evaluatie: kijken wat goed ging
expertise: kennis
faciliteren: helpen
faciliteiten: wat er is
financieel: met geld
flexibel: zoals het past
frequent: vaak
gedurende: tijdens
geïnformeerd: iets weten
gerelateerd: over
gezinsondersteuning: hulp voor je gezin
hulpverlener: iemand die helpt
hulpverlening: hulp
implementeren: invoeren
inclusief: met
indien: als
individueel: alleen
informatief: om meer te weten
informeel: los
initiatief: plan
integraal: helemaal
interactief: samen
interactie: samen doen
interdisciplinair: met verschillende mensen
interventie: hulp
inzake: over
kwaliteitsvol: goed
kwetsbaar: in een moeilijke tijd
laagdrempelig: makkelijk om binnen te lopen
maximaal: hoogstens
methodiek: manier
middels: met
minimaal: minstens
mits: als
momenteel: nu
multidisciplinair: met verschillende mensen
naar aanleiding van: na
nadien: daarna
noodzakelijk: nodig
omtrent: over
ondersteunen: helpen
ondersteuning: hulp
ondersteuningsaanbod: hulp
ontplooien: groeien
ontwikkelingsstimulering: je kind helpen groeien
op basis van: met
opvoedingsondersteuning: hulp bij opvoeden
opvoedingsvaardigheden: opvoeden
optimaal: zo goed mogelijk
organiseren: maken
ouderparticipatie: ouders doen mee
participatie: meedoen
participeren: meedoen
pedagogisch: over opvoeden
periodiek: soms
perinataal: rond de geboorte
postnataal: na de geboorte
preconceptioneel: voor je zwanger bent
prenataal: voor de geboorte
preventief: om problemen te voorkomen
preventie: problemen voorkomen
prioriteit: wat eerst komt
problematiek: problemen
procedure: hoe het gaat
psychosociaal: over hoe je je voelt
realiseren: maken
recreatief: voor je plezier
reduceren: minder maken
referentiepersoon: vaste persoon
residentieel: met overnachten
responsief: met aandacht
sensibiliseren: vertellen over
sessie: keer
significant: veel
sociaal netwerk: mensen die je kent
socio-emotioneel: over gevoelens
specifiek: bijzonder
stimuleren: aanmoedigen
structureel: vast
succesvol: goed
tarief: prijs
teneinde: om te
ten gevolge van: door
ter beschikking: klaar
tevens: ook
traject: weg
transitie: overgang
trefdag: dag samen
uitgezonderd: niet
vaardigheden: wat je kan
vanwege: door
verbaal: met woorden
verbinden: samenbrengen
verifiëren: nakijken
verschaffen: geven
verstrekken: geven
vervolgens: daarna
voorafgaandelijk: vooraf
voorzien in: geven
voorziening: dienst
vormingsmoment: les
vraagverheldering: samen kijken wat je vraag is
vrijblijvend: je moet niets
waarborgen: zorgen voor
wederzijds: van twee kanten
welbevinden: je goed voelen
zelfredzaamheid: het zelf kunnen
zich aanmelden: je naam zeggen
zorgtraject: hulp
met betrekking tot: over
door middel van: met
met behulp van: met
in het kader van: voor
met het oog op: om
ten behoeve van: voor
"""


def hard_words() -> dict[str, str]:
    """Of each hard word or turn of phrase the easier one."""
    return dict(line.split(": ", 1) for line in _LIST.strip().splitlines())
