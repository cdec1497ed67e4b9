"""What a House keeps of a partner for itself: agreements, notes, trust, and the history with its differences."""

import datetime as dt

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huizen.models import Event
from partners.actions.organisation import change_organisation
from partners.actions.partnership import change_partnership
from partners.forms.agreement import LARGEST
from partners.models import Agreement, PartnerNote
from tests.factories import NOW, TODAY, EditorFactory, MembershipFactory, PartnershipFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def partnership(house):
    return PartnershipFactory(house=house, organisation__name="Speelotheek")


@pytest.fixture(autouse=True)
def closed(monkeypatch, tmp_path):
    """The folder of documents, for this test alone."""
    monkeypatch.setattr(Agreement._meta.get_field("file"), "storage", FileSystemStorage(tmp_path))
    return tmp_path


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def send(desk, partnership, content=PDF, name="../../kwaad.html", title="Overeenkomst 2026"):
    url = reverse("agreement_create", args=[partnership.pk])
    return desk.post(url, {"title": title, "file": SimpleUploadedFile(name, content, "text/html")})


@pytest.fixture
def agreement(desk, partnership):
    send(desk, partnership)
    return Agreement.objects.get()


@pytest.fixture
def note(desk, partnership):
    desk.post(reverse("note_create", args=[partnership.pk]), {"text": "Bel eerst An."})
    return PartnerNote.objects.get()


def test_a_document_is_kept_under_our_name_and_always_a_download(desk, partnership, agreement, closed):
    assert "kwaad" not in agreement.file.name
    assert (closed / agreement.file.name).read_bytes() == PDF
    assert "Overeenkomst 2026 (PDF)" in page(desk, "partner_detail", partnership.pk)
    answer = desk.get(reverse("agreement_file", args=[agreement.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="overeenkomst-2026.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leeg"),
        (b"<script>alert(1)</script>", "geen PDF"),
        (b"\n" + PDF, "geen PDF"),
        (PDF[:-6], "geen PDF"),
        (b"MZ" + PDF, "geen PDF"),
        (PDF + b" " * LARGEST, "5 MB"),
    ],
)
def test_what_is_no_pdf_or_too_large_is_refused(desk, partnership, content, sentence, closed):
    answer = send(desk, partnership, content)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert (Agreement.objects.exists(), list(closed.rglob("*.pdf"))) == (False, [])


@pytest.mark.django_db(transaction=True)
def test_a_document_goes_with_its_file_after_a_question(desk, partnership, agreement, closed):
    url = reverse("agreement_remove", args=[agreement.pk])
    assert desk.get(url).status_code == 200
    assert Agreement.objects.exists()
    desk.post(url)
    assert (Agreement.objects.exists(), list(closed.rglob("*.pdf"))) == (False, [])


def test_a_document_whose_file_is_lost_is_not_found(desk, agreement):
    agreement.file.storage.delete(agreement.file.name)
    assert desk.get(reverse("agreement_file", args=[agreement.pk])).status_code == 404


def test_no_public_address_leads_to_a_document(client, agreement):
    client.logout()
    name = agreement.file.name
    for address in (f"/media/{name}", f"/media/logos/{name.rpartition('/')[2]}", f"/static/{name}"):
        assert client.get(address).status_code == 404


def test_notes_are_written_changed_and_wiped_and_the_logbook_keeps_no_text(desk, partnership, note):
    assert "Bel eerst An." in page(desk, "partner_detail", partnership.pk)
    desk.post(reverse("note_edit", args=[note.pk]), {"text": "Bel eerst Bob."})
    shown = page(desk, "partner_detail", partnership.pk)
    assert ("Bel eerst Bob." in shown, "gewijzigd" in shown) == (True, True)
    assert "Bel eerst Bob." in page(desk, "note_remove", note.pk)
    desk.post(reverse("note_remove", args=[note.pk]))
    assert not PartnerNote.objects.exists()
    events = Event.objects.filter(subject_type="partners.partnernote")
    assert sorted(events.values_list("verb", flat=True)) == ["note_changed", "note_removed", "noted"]
    assert "Bel" not in str(list(events.values()))


@pytest.mark.parametrize("text", ["", "x" * 2001, "a\0b"])
def test_a_wrong_note_gets_a_sentence(desk, partnership, text):
    assert desk.post(reverse("note_create", args=[partnership.pk]), {"text": text}).status_code == 422
    assert not PartnerNote.objects.exists()


def addresses(partnership, agreement, note):
    return [
        *(reverse(f"agreement_{name}", args=[agreement.pk]) for name in ("file", "remove")),
        *(reverse(f"note_{name}", args=[note.pk]) for name in ("edit", "remove")),
        *(
            reverse(name, args=[partnership.pk])
            for name in ("agreement_create", "note_create", "partner_trust", "partner_history")
        ),
    ]


def test_another_house_of_the_same_partner_sees_nothing_of_it(client, partnership, agreement, note):
    other = PartnershipFactory(organisation=partnership.organisation)
    client.force_login(MembershipFactory(house=other.house).user)
    shown = page(client, "partner_detail", other.pk) + page(client, "partner_history", other.pk)
    for secret in ("Bel eerst An.", "Overeenkomst 2026", "notitie over", "(een overeenkomst)"):
        assert secret not in shown
    for url in addresses(partnership, agreement, note):
        assert client.get(url).status_code in {404, 405}
        assert client.post(url, {"text": "x"}).status_code in {404, 405}
    note.refresh_from_db()
    assert note.text == "Bel eerst An."


@pytest.mark.parametrize("role", ["staff", "partner_editor", "officer"])
def test_who_does_not_edit_partners_is_refused(client, house, partnership, agreement, note, role):
    user = MembershipFactory(role=role, house=None if role == "officer" else house).user
    EditorFactory(user=user, organisation=partnership.organisation)
    client.force_login(user)
    for url in addresses(partnership, agreement, note):
        assert client.get(url).status_code in {403, 405}
        assert client.post(url).status_code in {403, 405}


def test_a_partner_is_trusted_and_no_longer(desk, partnership):
    url = reverse("partner_trust", args=[partnership.pk])
    assert "Jij keurt het goed" in page(desk, "partner_detail", partnership.pk)
    desk.post(url, {"vertrouw": "ja"})
    desk.post(url, {"vertrouw": "ja"})
    partnership.refresh_from_db()
    assert partnership.is_trusted
    shown = page(desk, "partner_detail", partnership.pk)
    assert ("meteen online" in shown, "Els laat zonder goedkeuring publiceren" in shown) == (True, True)
    desk.post(url, {"vertrouw": "nee"})
    partnership.refresh_from_db()
    assert not partnership.is_trusted
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["trusted", "untrusted"]


def test_a_former_partner_is_not_trusted(desk, partnership):
    partnership.until = TODAY
    partnership.save()
    url = reverse("partner_trust", args=[partnership.pk])
    answer = desk.post(url, {"vertrouw": "ja"}, follow=True)
    assert "voorbij" in answer.content.decode()
    partnership.refresh_from_db()
    assert not partnership.is_trusted


def test_the_history_says_what_was_and_what_is_in_words(desk, els, house, partnership):
    facts = {"name": "De Tol", "life_domains": ["housing", "sport"], "phone": "014 00 00 00"}
    change_organisation(organisation=partnership.organisation, facts=facts, house=house, by=els, now=NOW)
    since = dt.date(2024, 1, 31)
    change_partnership(partnership=partnership, role="steering", since=since, by=els, now=NOW)
    for name in ("partner_detail", "partner_history"):
        shown = page(desk, name, partnership.pk)
        for line in (
            "naam: Speelotheek → De Tol",
            "levensdomeinen: leeg → Wonen, Sport",
            "telefoon: leeg → 014 00 00 00",
            "rol: Partner → Lid stuurgroep",
            "sinds: woensdag 1 januari 2020 → woensdag 31 januari 2024",
        ):
            assert line in shown


def test_the_history_costs_the_same_with_more_in_it(desk, els, partnership, django_assert_max_num_queries):
    def visit(number):
        for n in range(number):
            change_organisation(
                organisation=partnership.organisation, facts={"phone": f"{number}{n}"}, by=els, now=NOW
            )
        with django_assert_max_num_queries(10) as queries:
            page(desk, "partner_history", partnership.pk)
        return len(queries)

    assert visit(1) == visit(3)
