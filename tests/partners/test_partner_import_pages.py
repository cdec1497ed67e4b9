"""The pages on which a coordinator brings partners in with a file, and takes them out."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from partners.actions.partner_import import carry_out_imports
from partners.models import ImportLine, Organisation, PartnerImport, Partnership
from tests.factories import NOW, ContactFactory, MembershipFactory, PartnershipFactory
from tests.huizen.test_uploaded_table import REFUSED
from tests.tables import csv_rows

pytestmark = pytest.mark.django_db


def send(desk, content, name="partners.csv", **options):
    return desk.post(reverse("import_create"), {"file": SimpleUploadedFile(name, content)}, **options)


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def partner_import(desk):
    send(desk, "naam;e-mail\r\nNieuw;\r\n=KWAAD();\r\nCafé Zoë;geen adres\r\n".encode())
    return PartnerImport.objects.get()


def test_a_file_is_looked_through_confirmed_followed_and_taken_back(desk, house, partner_import):
    shown = page(desk, "import_detail", partner_import.pk)
    assert "Er is nog niets gebeurd" in shown
    assert "Voer 1 lijn in" in shown
    assert "Hier staat een formule" in shown
    assert not Organisation.objects.exists()
    desk.post(reverse("import_confirm", args=[partner_import.pk]))
    running = page(desk, "import_detail", partner_import.pk)
    assert "0 van 1 lijnen" in running
    assert 'hx-trigger="every 2s"' in running
    assert "Ververs" in running
    carry_out_imports(now=NOW)
    done = page(desk, "import_detail", partner_import.pk)
    assert "1 nieuwe organisatie" in done
    assert "hx-trigger" not in done
    assert Partnership.objects.get().house == house
    assert "gaat weer weg" in page(desk, "import_take_back", partner_import.pk)
    assert Organisation.objects.exists()
    desk.post(reverse("import_take_back", args=[partner_import.pk]))
    assert not Organisation.objects.exists()
    assert "teruggenomen" in page(desk, "import_detail", partner_import.pk)


def test_confirming_twice_says_so_and_a_get_changes_nothing(desk, partner_import):
    url = reverse("import_confirm", args=[partner_import.pk])
    assert desk.get(url).status_code == 405
    desk.post(url)
    assert "al bevestigd" in desk.post(url, follow=True).content.decode()
    discard = desk.post(reverse("import_discard", args=[partner_import.pk]), follow=True)
    assert "al bevestigd" in discard.content.decode()
    early = desk.post(reverse("import_take_back", args=[partner_import.pk]), follow=True)
    assert "kan je nu niet terugnemen" in early.content.decode()


def test_what_is_not_confirmed_can_be_thrown_away(desk, partner_import):
    desk.post(reverse("import_discard", args=[partner_import.pk]))
    assert not PartnerImport.objects.exists()


def test_the_faulty_lines_come_back_with_their_reason_and_no_formula(desk, partner_import):
    head, *rows = csv_rows(desk.get(reverse("import_faults", args=[partner_import.pk])).content)
    assert head[-3:] == ["Lijn", "Fout in kolom", "Reden"]
    assert [(row[0], *row[-3:-1]) for row in rows] == [
        ("'=KWAAD()", "3", "Naam"),
        ("Café Zoë", "4", "E-mail"),
    ]


def test_the_lines_can_be_narrowed_to_one_outcome(desk, partner_import):
    def numbers(**query):
        found = desk.get(reverse("import_detail", args=[partner_import.pk]), query).context["page"]
        return [line.number for line in found.object_list]

    assert numbers(wat="fault") == [3, 4]
    assert numbers(wat="verzonnen\0", pagina="9999999") == [2, 3, 4]


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_gets_one_sentence_and_changes_nothing(desk, content, sentence):
    answer = send(desk, content)
    assert (answer.status_code, PartnerImport.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_no_file_at_all_gets_a_sentence(desk):
    answer = desk.post(reverse("import_create"))
    assert (answer.status_code, "Kies een bestand" in answer.content.decode()) == (422, True)


def test_a_file_with_an_odd_name_is_kept_under_its_end(desk):
    send(desk, b"naam\r\nA\r\n", name="<script>" + "x" * 200 + ".csv")
    name = PartnerImport.objects.get().file_name
    assert (len(name), name[-4:]) == (120, ".csv")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_example_can_be_sent_as_it_is(desk, kind):
    example = desk.get(reverse(f"import_example_{kind}"))
    send(desk, example.content, name=f"x.{kind}")
    assert ImportLine.objects.get().outcome == "new"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_changes_nothing_when_it_comes_in_again(desk, house, kind):
    organisation = PartnershipFactory(
        house=house,
        organisation__name="=Formule",
        organisation__phone="+32 14 00 00 00",
        organisation__life_domains=["housing"],
    ).organisation
    ContactFactory(organisation=organisation, name="An")
    ContactFactory(organisation=organisation, name="Bob")
    PartnershipFactory(house=house, organisation__name="Café Zoë", organisation__kbo_number="0123456749")
    PartnershipFactory(organisation__name="Van een ander")
    exported = desk.get(reverse(f"partner_export_{kind}"))
    assert f".{kind}" in exported["Content-Disposition"]
    send(desk, exported.content, name=f"x.{kind}")
    lines = ImportLine.objects.order_by("number")
    assert [(line.number, line.outcome) for line in lines] == [(2, "fault"), (3, "fault"), (4, "same")]
    assert lines[0].reason.startswith("Hier staat een formule")


def test_the_export_holds_no_formula_and_follows_the_filter(desk, house):
    PartnershipFactory(house=house, organisation__name="=1+1", role="core")
    PartnershipFactory(house=house, organisation__name="Gewoon")
    assert [row[0] for row in csv_rows(desk.get(reverse("partner_export_csv"), {"rol": "core"}).content)] == [
        "Naam",
        "'=1+1",
    ]
    sheet = load_workbook(io.BytesIO(desk.get(reverse("partner_export_xlsx")).content)).active
    assert [(cell.value, cell.data_type) for cell in sheet["A"]] == [
        ("Naam", "s"),
        ("'=1+1", "s"),
        ("Gewoon", "s"),
    ]


def test_the_export_costs_the_same_with_one_and_with_three(desk, house, django_assert_max_num_queries):
    def visit():
        ContactFactory(organisation=PartnershipFactory(house=house).organisation)
        with django_assert_max_num_queries(8) as queries:
            desk.get(reverse("partner_export_csv"))
        return len(queries)

    assert visit() == visit() == visit()


def test_who_has_two_houses_says_for_which(desk, els, house):
    second = MembershipFactory(user=els).house
    assert "Voor welk Huis" in page(desk, "import_create")
    url = f"{reverse('import_create')}?huis={second.pk}"
    desk.post(url, {"file": SimpleUploadedFile("a.csv", b"naam\r\nA\r\n")})
    assert PartnerImport.objects.get().house == second


def addresses(partner_import):
    names = ["import_detail", "import_confirm", "import_discard", "import_faults", "import_take_back"]
    return [reverse(name, args=[partner_import.pk]) for name in names]


def test_another_houses_coordinator_finds_nothing(client, partner_import):
    client.force_login(MembershipFactory().user)
    for url in addresses(partner_import):
        assert client.get(url).status_code in {404, 405}
        assert client.post(url).status_code in {404, 405}
    assert PartnerImport.objects.get().state == "prepared"


@pytest.mark.parametrize("role", ["staff", "partner_editor", "officer"])
def test_who_does_not_edit_partners_is_refused(client, house, partner_import, role):
    client.force_login(MembershipFactory(role=role, house=None if role == "officer" else house).user)
    own = [reverse(name) for name in ("import_create", "partner_export_csv", "import_example_csv")]
    assert {client.get(url).status_code for url in own} == {403}
    assert {client.post(url).status_code for url in addresses(partner_import)} <= {403, 405}
