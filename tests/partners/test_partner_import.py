"""Partners come in with a file: each line once, whole or not at all, and they can be taken back."""

import datetime as dt

import pytest

from huizen.actions.sheet_import import ImportStopped, discard
from huizen.spreadsheet import csv_file, xlsx_file
from huizen.uploaded_table import TableError, read_table
from partners.actions.import_undo import take_back_import, what_can_go
from partners.actions.merge import merge_organisations
from partners.actions.partner_import import carry_out_imports, prepare_import, start_import
from partners.forms.partner_import import EXAMPLE, HEAD, read_partners
from partners.models import Contact, ImportLine, Organisation, PartnerImport, Partnership
from tests.factories import (
    NOW,
    TODAY,
    ActivityFactory,
    ContactFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.tables import outcomes, table

pytestmark = pytest.mark.django_db
Outcome = ImportLine.Outcome


def prepared(content, house, by):
    sheet = read_partners(read_table(content), today=TODAY)
    return prepare_import(
        house=house, file_name="partners.csv", rows=sheet.rows, unread=sheet.unread, by=by, now=NOW
    )


def brought_in(content, house, by):
    partner_import = prepared(content, house, by)
    start_import(sheet_import=partner_import, by=by, now=NOW)
    carry_out_imports(now=NOW)
    partner_import.refresh_from_db()
    return partner_import


def five_hundred():
    """460 good ones and 40 with a fault, each tenth line or so."""
    good = [{"Naam": f"Partner nummer {n}", "KBO-nummer": kbo(n), "Rol": "kernpartner"} for n in range(460)]
    bad = [{"Naam": f"Fout {n}", "E-mail": "geen adres"} for n in range(20)]
    bad += [{"Naam": "", "Soort": "vzw"} for _ in range(10)]
    bad += [{"Naam": f"Fout {n}", "KBO-nummer": "0123456748"} for n in range(10)]
    lines = list(good)
    for place, line in enumerate(bad):
        lines.insert(place * 12, line)
    return lines


def kbo(number):
    first = 1_000_000 + number
    return f"{first:08d}{97 - first % 97:02d}"


def test_a_dry_run_says_line_by_line_what_will_happen_and_does_nothing(house, els):
    known = OrganisationFactory(name="CAW de Kempen", kbo_number="0123456749")
    mine = PartnershipFactory(house=house, organisation__name="Café Zoë").organisation
    content = table(
        HEAD,
        {"Naam": "Nieuw"},
        {"Naam": "Heel anders", "KBO-nummer": "BE 0123.456.749"},
        {"Naam": "CAFE  ZOE!"},
        {
            "Naam": "Café Zoë",
            "Contactpersoon": "Bob",
            "E-mail van de contactpersoon": "bob@voorbeeld.example",
        },
        {"Naam": "X", "Sinds": "31/02/2024"},
        {"Naam": "nieuw."},
    )
    partner_import = prepared(content, house, els)
    lines = partner_import.lines.order_by("number")
    assert [(line.number, line.outcome, line.column, line.reason) for line in lines] == [
        (2, "new", "", ""),
        (3, "partner", "", ""),
        (4, "same", "", ""),
        (5, "contact", "", ""),
        (6, "fault", "Sinds", "Dit is geen dag. Schrijf 31/01/2024."),
        (7, "same", "", "Staat ook op lijn 2."),
    ]
    assert set(Organisation.objects.all()) == {known, mine}
    assert Partnership.objects.count() == 1


def test_of_five_hundred_with_forty_faults_the_good_ones_come_in_once(house, els):
    content = table(HEAD, *five_hundred())
    first = brought_in(content, house, els)
    totals = first.lines.totals()
    assert (totals["lines"], totals["new"], totals["fault"], totals["applied"]) == (500, 460, 40, 460)
    assert first.state == PartnerImport.State.DONE
    assert Partnership.objects.filter(house=house, role="core").count() == 460
    faults = first.lines.filter(outcome=Outcome.FAULT).values_list("number", "column", "reason")
    assert len({number for number, column, reason in faults if column and reason}) == 40
    second = brought_in(content, house, els).lines.totals()
    assert (second["same"], second["fault"], second["new"]) == (460, 40, 0)
    assert (Organisation.objects.count(), Partnership.objects.count()) == (460, 460)


def test_carrying_out_again_does_nothing_more(house, els):
    partner_import = brought_in(table(HEAD, {"Naam": "A"}, {"Naam": "B"}), house, els)
    PartnerImport.objects.update(state=PartnerImport.State.RUNNING)
    carry_out_imports(now=NOW)
    assert (Organisation.objects.count(), partner_import.lines.count()) == (2, 2)


def test_what_others_did_after_the_dry_run_counts(house, els):
    partner_import = prepared(table(HEAD, {"Naam": "Speelotheek"}, {"Naam": "Dubbel"}), house, els)
    PartnershipFactory(house=house, organisation__name="Speelotheek")
    OrganisationFactory(name="Dubbel", kbo_number="0123456749")
    OrganisationFactory(name="Dubbel", kbo_number="0200000043")
    start_import(sheet_import=partner_import, by=els, now=NOW)
    carry_out_imports(now=NOW)
    assert outcomes(partner_import) == [(2, "same"), (3, "fault")]
    assert Organisation.objects.count() == 3


def test_the_whole_line_is_kept(house, els):
    brought_in(csv_file(HEAD, EXAMPLE), house, els)
    organisation = Organisation.objects.get()
    assert (organisation.kbo_number, organisation.website, organisation.life_domains) == (
        "0123456749",
        "https://speelotheek.example",
        ["leisure", "parenting"],
    )
    partnership = organisation.partnerships.get()
    assert (partnership.role, partnership.since) == ("core", dt.date(2024, 1, 31))
    assert organisation.contacts.get().email == "demo-contact@voorbeeld.example"


def test_a_second_line_of_the_same_partner_brings_its_second_contact(house, els):
    contacts = [
        {"Naam": "A", "Contactpersoon": name, "Telefoon van de contactpersoon": "014 00 00 00"}
        for name in ("An", "Bob", "An")
    ]
    partner_import = brought_in(table(HEAD, *contacts), house, els)
    assert outcomes(partner_import) == [(2, "new"), (3, "contact"), (4, "same")]
    assert sorted(Contact.objects.values_list("name", flat=True)) == ["An", "Bob"]


def test_two_identical_lines_are_one_partner(house, els):
    partner_import = brought_in(table(HEAD, {"Naam": "A"}, {"Naam": "A"}), house, els)
    assert outcomes(partner_import) == [(2, "new"), (3, "same")]
    assert Organisation.objects.count() == 1


def test_facts_of_a_known_organisation_stay_as_they_are(house, els):
    organisation = OrganisationFactory(name="A", phone="014 11 11 11")
    brought_in(table(HEAD, {"Naam": "A", "Telefoon": "014 22 22 22"}), house, els)
    organisation.refresh_from_db()
    assert organisation.phone == "014 11 11 11"


def test_a_former_partner_comes_back_on_a_later_day_only(house, els):
    until = dt.date(2025, 12, 31)
    PartnershipFactory(house=house, organisation__name="A", until=until)
    early, late = ({"Naam": "A", "Sinds": day} for day in ("2025-06-01", "2026-01-01"))
    assert outcomes(brought_in(table(HEAD, early), house, els)) == [(2, "fault")]
    assert outcomes(brought_in(table(HEAD, late), house, els)) == [(2, "partner")]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ({"Naam": "=1+1"}, "Naam", "formule"),
        ({"Naam": "x" * 121}, "Naam", "120"),
        ({"Naam": "A", "Levensdomeinen": "Wonen, vuur"}, "Levensdomeinen", "vuur"),
        ({"Naam": "A", "Rol": "baas"}, "Rol", "baas"),
        ({"Naam": "A", "Telefoon": "bel"}, "Telefoon", "telefoonnummer"),
        ({"Naam": "A", "Website": "x y"}, "Website", "URL"),
        ({"Naam": "A", "KBO-nummer": "12"}, "KBO-nummer", "tien cijfers"),
        ({"Naam": "A", "Sinds": "31/12/2999"}, "Sinds", "moet nog komen"),
        ({"Naam": "A", "Sinds": "01/01/0001"}, "Sinds", "jaar"),
        ({"Naam": "A", "Contactpersoon": "Bob"}, "Contactpersoon", "e-mailadres of telefoonnummer"),
    ],
)
def test_a_fault_names_its_column_and_why(line, column, reason, house, els):
    found = prepared(table(HEAD, line), house, els).lines.get()
    assert (found.outcome, found.column, reason in found.reason) == ("fault", column, True), found.reason


def test_a_number_of_the_register_without_its_zero_is_understood(house, els):
    content = xlsx_file("x", ["naam", "kbo"], [["A", 123456749]])
    brought_in(content, house, els)
    assert Organisation.objects.get().kbo_number == "0123456749"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"soort;telefoon\r\nvzw;014\r\n", "kolom Naam"),
        (b"naam;soort\r\n", "staat niets"),
        (b"naam;Organisatie\r\na;b\r\n", "twee keer"),
        (b"<html><body>hallo</body></html>", "kolom Naam"),
    ],
)
def test_a_file_without_its_head_is_refused(content, sentence):
    with pytest.raises(TableError, match=sentence):
        read_partners(read_table(content), today=TODAY)


def test_columns_that_we_do_not_read_are_named(house, els):
    assert prepared(b"Organisatie,Schoenmaat\r\nA,42\r\n", house, els).unread == ["Schoenmaat"]


def test_an_import_is_confirmed_once_and_thrown_away_only_before(house, els):
    partner_import = prepared(table(HEAD, {"Naam": "A"}), house, els)
    start_import(sheet_import=partner_import, by=els, now=NOW)
    with pytest.raises(ImportStopped):
        start_import(sheet_import=partner_import, by=els, now=NOW)
    with pytest.raises(ImportStopped):
        discard(sheet_import=partner_import)


def test_an_import_is_taken_back_whole(house, els):
    known = ContactFactory(organisation__name="Bekend").organisation
    content = table(
        HEAD,
        {"Naam": "Nieuw", "Contactpersoon": "Bob", "Telefoon van de contactpersoon": "014 00 00 00"},
        {"Naam": "Bekend", "Contactpersoon": "An", "Telefoon van de contactpersoon": "014 00 00 00"},
    )
    partner_import = brought_in(content, house, els)
    undoing = take_back_import(sheet_import=partner_import, by=els, now=NOW)
    assert (len(undoing.gone), undoing.stays) == (2, [])
    assert (Organisation.objects.get(), Contact.objects.count(), Partnership.objects.count()) == (known, 1, 0)
    with pytest.raises(ImportStopped):
        take_back_import(sheet_import=partner_import, by=els, now=NOW)
    assert outcomes(brought_in(content, house, els)) == [(2, "new"), (3, "partner")]


def test_what_something_hangs_on_stays_and_says_why(house, els):
    OrganisationFactory(name="Bekend")
    partner_import = brought_in(
        table(HEAD, *({"Naam": name} for name in ("A", "B", "Bekend", "C"))), house, els
    )
    by_name = {organisation.name: organisation for organisation in Organisation.objects.all()}
    ActivityFactory(organiser=by_name["A"])
    ContactFactory(organisation=by_name["B"])
    ActivityFactory(organiser=by_name["Bekend"], house=house)
    undoing = take_back_import(sheet_import=partner_import, by=els, now=NOW)
    assert [(line.number, reason) for line, reason in undoing.stays] == [
        (2, "1 activiteit"),
        (3, "1 contactpersoon"),
        (4, "1 activiteit"),
    ]
    assert set(Organisation.objects.values_list("name", flat=True)) == {"A", "B", "Bekend"}
    partner_import.refresh_from_db()
    assert partner_import.state == PartnerImport.State.DONE


def test_what_was_merged_since_stays(house, els):
    mine = PartnershipFactory(house=house)
    OrganisationFactory(name="Bekend")
    partner_import = brought_in(table(HEAD, {"Naam": "Nieuw"}, {"Naam": "Bekend"}), house, els)
    for name in ("Nieuw", "Bekend"):
        gone = Organisation.objects.get(name=name)
        merge_organisations(keep=mine.organisation, gone=gone, by=els, now=NOW)
    undoing = take_back_import(sheet_import=partner_import, by=els, now=NOW)
    assert (undoing.gone, [line.number for line, _ in undoing.stays]) == ([], [2, 3])
    assert Partnership.objects.get() == mine


def test_looking_what_can_go_costs_the_same_for_more_lines(house, els, django_assert_max_num_queries):
    def asked(number):
        partner_import = brought_in(
            table(HEAD, *({"Naam": f"{number} {n}"} for n in range(number))), house, els
        )
        with django_assert_max_num_queries(25) as queries:
            what_can_go(partner_import)
        return len(queries)

    assert asked(1) == asked(3)
