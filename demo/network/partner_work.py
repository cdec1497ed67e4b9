"""What a coordinator of the demo does with her partners: a file that waits, an agreement, notes, a trusted one, a double one."""

from datetime import timedelta

from django.core.files.base import ContentFile

from demo.network.houses import BALDEMORE, Home
from demo.network.partners import Circle
from demo.network.people import COORDINATOR
from demo.network.world import World, mail
from huizen.models import House, User
from huizen.spreadsheet import csv_file
from huizen.uploaded_table import read_table
from partners.actions.agreement import add_agreement, write_note
from partners.actions.organisation import change_organisation
from partners.actions.partner_import import prepare_import
from partners.actions.partnership import trust_partner
from partners.forms.partner_import import EXAMPLE, HEAD, read_partners
from partners.models import Agreement, Organisation, Partnership

#: Name, KBO number and mail address of the lines of the file: new ones, a known one, and three with a fault.
LINES = (
    ("Knutselatelier (voorbeeld) Mol", "", mail("knutselatelier")),
    ("Bibliotheek (voorbeeld) Mol", "", ""),
    ("Moedergroep (voorbeeld) Leuven", "", ""),
    ("Zwemclub (voorbeeld)", "0123.456.748", ""),
    ("Babymassage aan huis (voorbeeld)", "", "geen adres"),
    ("=SOM(A1:A4)", "", ""),
    ("Moestuin voor gezinnen (voorbeeld)", "", mail("moestuin")),
)
TRUSTED = "Buurthuis (voorbeeld) Mol"
NOTED = "Speelotheek (voorbeeld) Mol"
#: The same organisation, written down once more by somebody else.
DOUBLE = "De speelotheek van Mol, vzw (voorbeeld)"
NOTES = (
    "Bel liefst op dinsdag, dan is er altijd iemand.",
    "Wil in het voorjaar mee een speelweek organiseren. Vraag het op de stuurgroep.",
)
#: The smallest PDF that opens: one empty page.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def make_partner_work(world: World, homes: list[Home], circle: Circle, users: dict[str, User]) -> None:
    """All of it in Baldemore, as its coordinator did it in the last days."""
    house, by = next(home.house for home in homes if home.area.name == BALDEMORE), users[COORDINATOR.email]
    own = {partner.name: partner for partner in circle.of_house[house.pk]}
    _import_that_waits(world, house, by)
    _agreement_and_notes(world, house, own[NOTED], by)
    _double(world, house)
    trusted = Partnership.objects.get(house=house, organisation=own[TRUSTED], until=None)
    trust_partner(partnership=trusted, is_trusted=True, by=by, now=world.now - timedelta(days=12))


def _import_that_waits(world: World, house: House, by: User) -> None:
    """Looked through and not confirmed: what each line will do can be seen."""
    names, numbers = HEAD.index("Naam"), HEAD.index("KBO-nummer")
    rows = [[""] * len(HEAD) for _ in LINES]
    for row, (name, number, address) in zip(rows, LINES, strict=True):
        row[names], row[numbers], row[HEAD.index("E-mail")] = name, number, address
    sheet = read_partners(read_table(csv_file(HEAD, [*rows, *EXAMPLE])), today=world.today)
    prepare_import(
        house=house, file_name="partners-voorbeeld.csv", rows=sheet.rows, unread=[], by=by, now=world.now
    )


def _agreement_and_notes(world: World, house: House, partner: Organisation, by: User) -> None:
    partnership = Partnership.objects.get(house=house, organisation=partner, until=None)
    document, title = ContentFile(PDF, name="demo.pdf"), "Samenwerkingsovereenkomst (voorbeeld)"
    storage = Agreement._meta.get_field("file").storage
    # Loaded anew, the former one makes place.
    storage.delete("agreements/demo.pdf")
    add_agreement(partnership=partnership, title=title, document=document, by=by, now=world.now)
    for number, text in enumerate(NOTES, start=1):
        days = timedelta(days=40 * number)
        write_note(house=house, organisation=partner, text=text, by=by, now=world.now - days)
    facts = {"description": f"{partner.description} Ook spelletjes voor grote groepen."}
    change_organisation(
        organisation=partner, facts=facts, house=house, by=by, now=world.now - timedelta(days=3)
    )


def _double(world: World, house: House) -> None:
    organisation = Organisation.objects.create(
        slug=world.slug(DOUBLE, longest=80), name=DOUBLE, kind="vzw", email=mail("speelotheek"), is_demo=True
    )
    Partnership.objects.create(
        house=house, organisation=organisation, since=world.today - timedelta(days=200)
    )
