"""The pages on which a coordinator keeps her partners."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from huizen.models import Event
from partners.models import Contact, Organisation, Partnership
from tests.factories import (
    ContactFactory,
    EditorFactory,
    HouseFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

FACTS = {"name": "CAW De Kempen", "kind": "vzw", "life_domains": ["housing"], "website": "caw.example"}
ROLE = {"role": "core", "since": "2024-01-01"}


@pytest.fixture
def partnership(house):
    return PartnershipFactory(
        house=house, organisation__name="Speelotheek", organisation__life_domains=["leisure"]
    )


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def listed(client, **query):
    rows = client.get(reverse("partner_list"), query).context["page"].object_list
    return [row.organisation.name for row in rows]


def test_the_list_shows_the_present_partners_of_her_houses(desk, house, partnership):
    PartnershipFactory(house=house, organisation__name="Oud", until=dt.date(2021, 1, 1))
    PartnershipFactory(organisation__name="Elders")
    assert listed(desk) == ["Speelotheek"]
    assert listed(desk, vroeger="on") == ["Oud", "Speelotheek"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "speel"}, ["Speelotheek"]),
        ({"q": "Bobbejaan"}, ["Speelotheek"]),
        ({"q": "niets"}, []),
        ({"domein": "leisure"}, ["Speelotheek"]),
        ({"domein": "housing"}, []),
        ({"beleid": "culture"}, ["Speelotheek"]),
        ({"beleid": "welfare"}, []),
        ({"rol": "partner"}, ["Speelotheek"]),
        ({"rol": "core"}, []),
        ({"rol": "verzonnen", "domein": "\0", "beleid": "x", "q": "a\0"}, ["Speelotheek"]),
    ],
)
def test_the_list_is_narrowed_by_what_was_asked(desk, partnership, query, found):
    ContactFactory(organisation=partnership.organisation, name="Bobbejaan")
    assert listed(desk, **query) == found


@pytest.mark.parametrize("number", ["9999999", "-1", "x", "\0"])
def test_a_page_that_does_not_exist_shows_one_that_does(desk, partnership, number):
    assert listed(desk, pagina=number) == ["Speelotheek"]


def test_the_list_costs_the_same_with_one_and_with_three_partners(
    desk, house, partnership, django_assert_num_queries
):
    def visit():
        with django_assert_num_queries(6):
            listed(desk)

    ContactFactory(organisation=partnership.organisation)
    EditorFactory(organisation=partnership.organisation)
    visit()
    for _ in range(2):
        organisation = PartnershipFactory(house=house).organisation
        ContactFactory(organisation=organisation)
        EditorFactory(organisation=organisation)
    visit()


def test_the_page_of_a_partner_costs_the_same_with_more_on_it(
    desk, partnership, django_assert_max_num_queries
):
    def visit(number):
        for _ in range(number):
            ContactFactory(organisation=partnership.organisation)
            EditorFactory(organisation=partnership.organisation)
            PartnershipFactory(organisation=partnership.organisation)
        with django_assert_max_num_queries(12) as queries:
            page(desk, "partner_detail", partnership.pk)
        return len(queries)

    assert visit(1) == visit(3)


def test_a_shared_partner_says_with_whom(desk, partnership):
    other = PartnershipFactory(organisation=partnership.organisation, house__name="Huis van het Kind Elders")
    for name, pk in (("partner_detail", partnership.pk), ("organisation_edit", partnership.organisation_id)):
        assert other.house.name in page(desk, name, pk)


def test_policy_domains_are_told_to_staff_and_never_to_families(desk, client, partnership):
    assert "Cultuur, jeugd en sport" in page(desk, "partner_detail", partnership.pk)
    client.logout()
    assert "Cultuur, jeugd en sport" not in page(client, "house_detail", partnership.house.slug)


def test_an_organisation_is_found_by_name_and_by_kbo_number(desk):
    organisation = OrganisationFactory(name="CAW De Kempen", kbo_number="0123456749")
    for q in ("kempen", "BE 0123.456.749"):
        assert list(desk.get(reverse("partner_search"), {"q": q}).context["found"]) == [organisation]
    assert list(desk.get(reverse("partner_search"), {"q": "a\0"}).context["found"]) == []


def test_who_is_partner_already_is_not_offered_again(desk, partnership):
    other = OrganisationFactory(name="Speelpunt")
    found = page(desk, "partner_search", q="speel")
    assert reverse("partner_add", args=[other.pk]) in found
    assert reverse("partner_add", args=[partnership.organisation_id]) not in found
    assert reverse("partner_detail", args=[partnership.pk]) in found


def test_a_known_organisation_becomes_a_partner_with_two_fields(desk, house):
    organisation = OrganisationFactory()
    url = reverse("partner_add", args=[organisation.pk])
    assert desk.get(url).status_code == 200
    assert not Partnership.objects.exists()
    desk.post(url, ROLE)
    partnership = Partnership.objects.get()
    assert (partnership.house, partnership.role, partnership.since) == (house, "core", dt.date(2024, 1, 1))
    again = desk.post(url, ROLE)
    assert (again.status_code, "al partner" in again.content.decode()) == (422, True)


def test_a_new_organisation_is_written_down(desk, house):
    desk.post(reverse("partner_create"), FACTS | ROLE | {"kbo_number": "0123.456.749"})
    organisation = Organisation.objects.get()
    assert (organisation.kbo_number, organisation.website) == ("0123456749", "https://caw.example")
    assert organisation.partnerships.get().house == house


def test_a_name_that_looks_known_asks_first(desk):
    known = OrganisationFactory(name="CAW de Kempen")
    url = reverse("partner_create")
    answer = desk.post(url, FACTS | ROLE)
    assert (answer.status_code, Organisation.objects.count()) == (422, 1)
    assert f'name="dezelfde" value="{known.pk}"' in answer.content.decode()
    desk.post(url, FACTS | ROLE | {"sure": "on"})
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"kbo_number": "0123456748"},
        {"name": ""},
        {"name": "x\0"},
        {"since": "2999-01-01"},
        {"since": "0001-01-01"},
        {"since": "gisteren"},
        {"role": "baas"},
        {"life_domains": ["vuur"]},
        {"email": "geen"},
        {"name": "x" * 500},
    ],
)
def test_wrong_facts_get_a_sentence_and_change_nothing(desk, wrong):
    answer = desk.post(reverse("partner_create"), FACTS | ROLE | wrong)
    assert answer.status_code == 422
    assert "CAW" in answer.content.decode() or "name" in wrong
    assert not Organisation.objects.exists()


def test_a_kbo_number_that_another_has_names_the_other(desk, partnership):
    OrganisationFactory(name="Bibliotheek", kbo_number="0123456749")
    url = reverse("organisation_edit", args=[partnership.organisation_id])
    answer = desk.post(url, FACTS | {"kbo_number": "0123456749"})
    assert (answer.status_code, "Bibliotheek heeft dit KBO-nummer al" in answer.content.decode()) == (
        422,
        True,
    )


def test_facts_are_changed_with_their_difference_in_the_logbook(desk, house, partnership):
    desk.post(reverse("organisation_edit", args=[partnership.organisation_id]), FACTS)
    event = Event.objects.get()
    assert event.house == house
    assert event.changes["name"] == ["Speelotheek", "CAW De Kempen"]
    assert "naam: Speelotheek → CAW De Kempen" in page(desk, "partner_detail", partnership.pk)


def test_who_has_two_houses_says_for_which(client, els, house):
    second = MembershipFactory(user=els).house
    client.force_login(els)
    url = reverse("partner_add", args=[OrganisationFactory().pk])
    assert f"?huis={second.pk}" in client.get(url).content.decode()
    assert client.post(url, ROLE).status_code == 200
    assert not Partnership.objects.exists()
    client.post(f"{url}?huis={second.pk}", ROLE)
    assert Partnership.objects.get().house == second


def test_a_role_changes_and_a_partnership_ends(desk, partnership):
    desk.post(reverse("partnership_edit", args=[partnership.pk]), ROLE)
    end = reverse("partnership_end", args=[partnership.pk])
    assert desk.get(end).status_code == 200
    assert desk.post(end, {"until": "2999-01-01"}).status_code == 422
    desk.post(end, {"until": "2024-06-30"})
    partnership.refresh_from_db()
    assert (partnership.role, partnership.until) == ("core", dt.date(2024, 6, 30))
    assert "2024" in page(desk, "partner_detail", partnership.pk)


def test_contacts_are_added_changed_and_taken_away(desk, partnership):
    url = reverse("contact_create", args=[partnership.organisation_id])
    assert desk.post(url, {"name": "Bob"}).status_code == 422
    desk.post(url, {"name": "Bob", "email": "Bob@Voorbeeld.example"})
    contact = Contact.objects.get()
    assert contact.email == "bob@voorbeeld.example"
    desk.post(reverse("contact_edit", args=[contact.pk]), {"name": "Bob", "phone": "014 00 00 00"})
    contact.refresh_from_db()
    assert (contact.email, contact.phone) == ("", "014 00 00 00")
    remove = reverse("contact_remove", args=[contact.pk])
    assert desk.get(remove).status_code == 200
    assert Contact.objects.exists()
    desk.post(remove)
    assert not Contact.objects.exists()


def picture(kind="PNG", size=(900, 300)):
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return SimpleUploadedFile("../../kwaad.php", file.getvalue(), content_type="text/html")


@pytest.fixture
def logo_url(partnership, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": "/media/"},
        },
    }
    return reverse("organisation_logo", args=[partnership.organisation_id])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_logo_is_written_anew_and_served_as_a_picture(desk, client, partnership, logo_url, kind):
    assert desk.post(logo_url, {"logo": picture(kind)}).status_code == 302
    organisation = Organisation.objects.get()
    client.logout()
    answer = client.get(organisation.logo.url)
    shown = Image.open(BytesIO(b"".join(answer.streaming_content)))
    assert (shown.format, shown.size) == ("PNG", (480, 160))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "kwaad" not in organisation.logo.name


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("logo.png", b"<script>alert(1)</script>", content_type="image/png"),
        SimpleUploadedFile(
            "logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/svg+xml"
        ),
        SimpleUploadedFile("logo.png", b"", content_type="image/png"),
    ],
    ids=["html", "svg", "empty"],
)
def test_what_is_no_picture_is_refused(desk, logo_url, file):
    file.seek(0)
    answer = desk.post(logo_url, {"logo": file})
    assert answer.status_code == 422
    assert Organisation.objects.get().logo == ""


def test_a_picture_cut_in_half_is_refused(desk, logo_url):
    whole = picture("JPEG").read()
    answer = desk.post(logo_url, {"logo": SimpleUploadedFile("logo.jpg", whole[: len(whole) // 2])})
    assert (answer.status_code, "Dit is geen afbeelding" in answer.content.decode()) == (422, True)


def test_a_picture_of_another_kind_is_refused(desk, logo_url):
    answer = desk.post(logo_url, {"logo": picture("BMP")})
    assert (answer.status_code, "Dit is geen afbeelding" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("size", [(7000, 10), (10, 7000)])
def test_a_picture_that_is_too_large_is_refused(desk, logo_url, size):
    answer = desk.post(logo_url, {"logo": picture(size=size)})
    assert (answer.status_code, "te groot" in answer.content.decode()) == (422, True)


def test_a_file_that_is_too_heavy_is_refused(desk, logo_url):
    heavy = SimpleUploadedFile("logo.png", picture().read() + b"\0" * (2 * 1024 * 1024))
    answer = desk.post(logo_url, {"logo": heavy})
    assert (answer.status_code, "2 MB" in answer.content.decode()) == (422, True)


@pytest.mark.django_db(transaction=True)
def test_another_logo_takes_the_place_of_the_first_and_none_takes_it_away(desk, logo_url):
    desk.post(logo_url, {"logo": picture()})
    first = Organisation.objects.get().logo.name
    desk.post(logo_url, {"logo": picture("JPEG")})
    second = Organisation.objects.get().logo.name
    assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)
    desk.post(logo_url, {"verwijder": "1"})
    assert (Organisation.objects.get().logo, default_storage.exists(second)) == ("", False)


@pytest.mark.parametrize("name", ["../../settings.py", f"{'0' * 32}.png", "..%2f..%2fmanage.py", "a\0.png"])
def test_only_logos_are_served(client, db, name):
    assert client.get(f"/media/logos/{name}").status_code in {400, 404}


PAGES = [
    ("partner_detail", "partnership"),
    ("partnership_edit", "partnership"),
    ("partnership_end", "partnership"),
    ("organisation_edit", "organisation"),
    ("organisation_logo", "organisation"),
    ("contact_create", "organisation"),
    ("contact_edit", "contact"),
    ("contact_remove", "contact"),
]


def addresses(partnership):
    contact = ContactFactory(organisation=partnership.organisation)
    pks = {"partnership": partnership.pk, "organisation": partnership.organisation_id, "contact": contact.pk}
    return [reverse(name, args=[pks[of]]) for name, of in PAGES]


def test_another_houses_coordinator_finds_nothing(client, partnership):
    client.force_login(MembershipFactory().user)
    assert {client.get(url).status_code for url in addresses(partnership)} == {404}
    assert {client.post(url, {}).status_code for url in addresses(partnership)} == {404, 405}


@pytest.mark.parametrize("role", ["staff", "officer"])
def test_who_does_not_edit_partners_is_refused(client, partnership, role):
    client.force_login(
        MembershipFactory(role=role, house=partnership.house if role == "staff" else None).user
    )
    assert {client.get(url).status_code for url in addresses(partnership)} <= {403, 404}
    assert client.get(reverse("partner_list")).status_code == 403


def test_a_partners_editor_keeps_her_own_organisation_and_no_partnership(client, partnership):
    editor = EditorFactory(organisation=partnership.organisation)
    MembershipFactory(user=editor.user, house=partnership.house, role="partner_editor")
    client.force_login(editor.user)
    codes = [client.get(url).status_code for url in addresses(partnership)]
    assert codes == [403, 403, 403, 200, 200, 200, 200, 200]
    other = OrganisationFactory()
    assert client.get(reverse("organisation_edit", args=[other.pk])).status_code == 404


def test_a_huge_number_in_an_address_is_not_found(desk):
    for name in ("partner_detail", "organisation_edit", "contact_edit", "partner_add"):
        assert desk.get(reverse(name, args=[10**30])).status_code == 404


def test_the_menu_shows_partners_to_who_keeps_them(client, els, partnership):
    client.force_login(els)
    assert reverse("partner_list") in page(client, "desk")
    client.force_login(MembershipFactory(role="staff", house=HouseFactory()).user)
    assert reverse("partner_list") not in page(client, "desk")
    client.force_login(UserFactory())
    assert client.get(reverse("partner_list")).status_code == 403
