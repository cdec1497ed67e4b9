"""Files and photos of a report: checked, kept where no address leads, named for good by the versions they were in."""

import datetime as dt
import hashlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from projects.actions.consent import forget_evidence, withdraw_consent
from projects.actions.evidence import MOST, remove_evidence
from projects.actions.report import ReportError
from projects.actions.review import request_changes
from projects.forms.evidence import DocumentField
from projects.forms.picture import IN_A_REPORT, ON_A_PAGE, PageImageField, PhotoField
from projects.models import Evidence
from projects.report_content import sum_of
from tests.factories import HouseFactory
from tests.projects.builders import make_abb_reader, make_coordinator, make_parent
from tests.projects.report_builders import NOW, hand_in, make_reporting_project
from tests.projects.story_builders import PDF, TODAY, make_consent, make_evidence, office, picture, sent

pytestmark = pytest.mark.django_db


def add(report, **facts):
    return make_evidence(report, by=report.project.officer, **facts)


def give_back(report, **facts):
    ask = {"text": "Nog.", "points": [("summary", "Meer.")], "by": report.project.officer, "now": NOW}
    request_changes(report=report, version=report.versions_made or 1, **ask | facts)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"MZ\x90\x00", "virus.exe", "kind"),
        (b"MZ\x90\x00", "verslag.pdf", "kind"),
        (b"<script>", "verslag.html", "kind"),
        (b"PK\x03\x04zomaar", "verslag.docx", "kind"),
        (office("word/vbaProject.bin"), "verslag.docx", "runs"),
        (office("bijlage.EXE"), "verslag.xlsx", "runs"),
        (picture("PNG"), "kind.png", "picture"),
        (picture("PNG"), "kind.pdf", "kind"),
        (b"", "leeg.pdf", "empty"),
        (PDF + b" " * 11_000_000, "zwaar.pdf", "heavy"),
    ],
)
def test_what_could_run_or_shows_people_is_refused(content, name, code):
    with pytest.raises(ValidationError) as refused:
        DocumentField().clean(sent(content, name))
    assert [error.code for error in refused.value.error_list] == [code]


@pytest.mark.parametrize(("content", "name"), [(PDF, "a.PDF"), (office("word/document.xml"), "a.docx")])
def test_a_document_comes_in_whole(content, name):
    assert DocumentField().clean(sent(content, name)).read() == content


def test_a_photo_is_written_anew_without_its_place_and_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Telefoon van Emma"
    taken = picture("JPEG", size=(3000, 2000), exif=exif)
    kept = PhotoField().clean(sent(taken, "../../Emma Peeters.jpg"))
    with Image.open(BytesIO(kept.read())) as photo:
        assert (photo.format, photo.size) == ("WEBP", (1067, IN_A_REPORT))
        assert not photo.getexif()
    assert "Emma" not in kept.name


@pytest.mark.parametrize("content", [b"geen foto", PDF, b""])
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(ValidationError):
        PhotoField().clean(sent(content, "foto.jpg"))


def test_a_picture_for_a_page_is_light_however_busy_it_is():
    noise = Image.effect_noise((1800, 1200), 90).convert("RGB")
    written = BytesIO()
    noise.save(written, "JPEG", quality=95)
    kept = PageImageField().clean(sent(written.getvalue(), "foto.jpg"))
    assert 0 < kept.size <= ON_A_PAGE


def test_a_file_lies_under_a_name_of_ours_with_its_sum(report):
    evidence = add(report, file=ContentFile(PDF, "../../etc/passwd\x00.pdf"))
    assert evidence.file.name.startswith("bewijs/")
    assert "passwd" not in evidence.file.name
    assert (evidence.size, evidence.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())


def test_the_database_wants_a_consent_with_a_photo(report):
    with pytest.raises(IntegrityError), transaction.atomic():
        add(report, kind="photo", alt_text="Een toren.")


@pytest.mark.parametrize("facts", [{"until": TODAY - dt.timedelta(days=1)}, {"withdrawn_at": NOW}])
def test_a_photo_needs_a_consent_that_holds(project, report, facts):
    with pytest.raises(ReportError, match="geldt niet meer"):
        add(report, consent=make_consent(project, **facts))
    with pytest.raises(ReportError, match="geldt niet meer"):
        add(report, consent=make_consent(make_reporting_project()))


def test_a_report_that_is_with_the_agency_stays_as_it_is(project, report):
    evidence = add(report)
    hand_in(report)
    for act in (lambda: add(report), lambda: remove_evidence(evidence=evidence, by=project.officer, now=NOW)):
        with pytest.raises(ReportError, match="al ingediend"):
            act()


def test_what_is_added_to_a_draft_again_is_not_the_agencys_yet(client, project, report):
    hand_in(report)
    facts = {"version": 1, "text": "Nog iets.", "points": [("", "Toon de foto.")]}
    request_changes(report=report, **facts, by=project.officer, now=NOW)
    late = add(report, now=NOW + dt.timedelta(hours=1))
    client.force_login(project.officer)
    assert client.get(page("evidence_file", late.pk)).status_code == 404
    hand_in(report, now=NOW + dt.timedelta(hours=2))
    assert b"".join(client.get(page("evidence_file", late.pk)).streaming_content)


def test_a_report_holds_no_more_than_people_read(report):
    Evidence.objects.bulk_create(
        Evidence(report=report, kind="file", title="x", file="bewijs/x.pdf", size=1, added_at=NOW)
        for _ in range(MOST)
    )
    with pytest.raises(ReportError, match=f"hoogstens {MOST}"):
        add(report)


def test_a_version_names_what_belonged_to_it_for_good(project, report):
    consent = make_consent(project, given_by="Een Ouder")
    photo, file = add(report, consent=consent, title="De toren"), add(report, title="De lijst")
    version = hand_in(report)
    named = version.content["evidence"]
    assert [(each["title"], each["sha256"], each["consent"]) for each in named] == [
        ("De toren", photo.sha256, consent.reference),
        ("De lijst", file.sha256, ""),
    ]
    assert "Een Ouder" not in str(version.content)
    withdraw_consent(consent=consent, by=project.coordinator, now=NOW)
    version.refresh_from_db()
    assert sum_of(version.content) == version.sha256


def test_taken_away_after_handing_in_it_is_not_in_the_next_version_and_still_in_the_first(project, report):
    kept, fresh = add(report), None
    first = hand_in(report)
    give_back(first.report)
    fresh = add(report)
    for evidence in (kept, fresh):
        remove_evidence(evidence=evidence, by=project.coordinator, now=NOW)
    second = hand_in(report, summary="Anders.")
    assert ([each["id"] for each in first.content["evidence"]], second.content["evidence"]) == ([kept.pk], [])
    assert list(Evidence.objects.values_list("pk", flat=True)) == [kept.pk]
    kept.refresh_from_db()
    assert kept.file.storage.exists(kept.file.name)


def test_a_file_that_never_was_in_a_version_is_gone_from_the_disk(
    project, report, django_capture_on_commit_callbacks
):
    evidence = add(report)
    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(evidence=evidence, by=project.coordinator, now=NOW)
    assert not evidence.file.storage.exists(evidence.file.name)


def test_taking_away_asks_first_and_says_what_goes(client, project, report):
    client.force_login(project.coordinator)
    handed_in, listing = add(report, title="De lijst"), page("evidence_list", report.pk)
    give_back(hand_in(report).report)
    photo = add(report, consent=make_consent(project, until=dt.date(2100, 1, 1)), title="De toren")
    file = add(report, title="Los blad")
    said = {
        handed_in: "Bij de versie die al ingediend is, blijft het staan.",
        photo: "De foto en haar beschrijving worden gewist",
        file: "wordt gewist, ook bij ons. Dat kan niet terug.",
    }
    for evidence, words in said.items():
        question = page("evidence_remove", evidence.pk)
        assert f'href="{question}"' in client.get(listing).content.decode()
        text = client.get(question).content.decode()
        assert (words in text, f"“{evidence}” weghalen?" in text, listing in text) == (True, True, True)
        assert report.evidence.current().filter(pk=evidence.pk).exists()
        assert client.post(question).url == listing
        assert not report.evidence.current().filter(pk=evidence.pk).exists()
    assert client.get(page("evidence_remove", handed_in.pk)).url == listing


def test_of_a_report_that_was_handed_in_nothing_is_asked(client, project, report):
    evidence = add(report)
    hand_in(report)
    client.force_login(project.coordinator)
    assert client.get(page("evidence_remove", evidence.pk)).url == page("evidence_list", report.pk)
    assert client.post(page("evidence_remove", evidence.pk)).url == page("evidence_list", report.pk)
    assert report.evidence.current().count() == 1


def test_files_of_long_ago_go_and_the_reference_stays(report):
    evidence = add(report)
    version = hand_in(report)
    early, late = (
        dt.datetime.combine(report.period.due_on, dt.time(), dt.UTC) + dt.timedelta(days=n) for n in (0, 1)
    )
    assert [forget_evidence(before=day, now=day) for day in (early, late, late)] == [0, 1, 0]
    evidence.refresh_from_db()
    assert (evidence.file.name, evidence.title) == ("", version.content["evidence"][0]["title"])


def page(name, *args):
    return reverse(name, args=args)


def test_a_coordinator_adds_a_file_and_a_photo_on_the_page(client, project, report):
    client.force_login(project.coordinator)
    address = page("evidence_list", report.pk)
    assert "Noteer eerst wie toestemming gaf" in client.get(address).content.decode()
    consent = make_consent(project, until=dt.date(2100, 1, 1))
    file = {"soort": "file", "file-title": "De lijst", "file-file": sent(PDF, "a.pdf")}
    photo = {
        "soort": "photo",
        "photo-title": "De toren",
        "photo-alt_text": "Een toren.",
        "photo-consent": consent.pk,
        "photo-file": sent(picture(), "b.jpg"),
    }
    assert [client.post(address, data).status_code for data in (file, photo)] == [302, 302]
    assert [(each.kind, each.title) for each in Evidence.objects.order_by("pk")] == [
        ("file", "De lijst"),
        ("photo", "De toren"),
    ]
    assert "De toren" in client.get(address).content.decode()


def test_bad_input_is_told_at_the_field_and_keeps_what_was_typed(client, project, report):
    client.force_login(project.coordinator)
    make_consent(project, until=dt.date(2100, 1, 1))
    address = page("evidence_list", report.pk)
    for data in (
        {"soort": "file", "file-title": "Mijn lijst", "file-file": sent(b"MZ", "a.exe")},
        {"soort": "photo", "photo-title": "Mijn lijst", "photo-consent": "9" * 30},
        {"soort": "file", "file-title": "Mijn lijst\x00", "file-file": sent(PDF, "a.pdf")},
    ):
        answer = client.post(address, data)
        assert answer.status_code == 422
        assert "Mijn lijst" in answer.content.decode()
    assert client.post(address, {"soort": "film"}).status_code == 302
    assert not Evidence.objects.exists()


def test_the_agency_sees_it_in_the_report_it_reads_and_abb_only_the_title(client, project, report):
    photo = add(report, consent=make_consent(project, until=dt.date(2100, 1, 1)), title="De toren")
    client.force_login(project.officer)
    file = page("evidence_file", photo.pk)
    assert client.get(file).status_code == 404
    hand_in(report)
    review = page("report_review", report.pk)
    assert f'<img src="{file}" alt="Een toren van blokken."' in client.get(review).content.decode()
    answer = client.get(file)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert b"".join(answer.streaming_content)
    client.force_login(make_abb_reader())
    text = client.get(review).content.decode()
    assert "De toren" in text
    assert file not in text
    assert client.get(file).status_code == 403


def test_a_document_is_kept_and_never_opened_as_a_page(client, project, report):
    client.force_login(project.coordinator)
    answer = client.get(page("evidence_file", add(report, title="De lijst (Mol)").pk))
    assert answer["Content-Disposition"] == 'attachment; filename="de-lijst-mol.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )
    assert b"".join(answer.streaming_content)


def test_after_a_consent_is_over_the_photo_is_seen_no_more(client, project, report):
    consent = make_consent(project, until=dt.date(2100, 1, 1))
    photo = add(report, consent=consent)
    hand_in(report)
    withdraw_consent(consent=consent, by=project.coordinator, now=NOW)
    client.force_login(project.officer)
    text = client.get(page("report_review", report.pk)).content.decode()
    assert "gewist" in text
    assert "<img" not in text.partition("Bewijsstukken</h2>")[2]
    assert client.get(page("evidence_file", photo.pk)).status_code == 404


def test_consents_are_noted_and_withdrawn_on_their_pages(client, project):
    client.force_login(project.coordinator)
    address = page("consent_list", project.slug)
    said = {
        "reference": "map 1",
        "given_by": "Een Ouder",
        "purpose": "public",
        "given_on": "2026-01-05",
        "until": "2030-01-01",
    }
    assert client.post(address, said).status_code == 302
    for wrong in (
        {"reference": "map 1"},
        {"until": "1999-01-01"},
        {"given_on": "3000-01-01"},
        {"given_by": ""},
    ):
        assert client.post(address, said | {"reference": "map 2"} | wrong).status_code == 422
    consent = project.consents.get()
    question = page("consent_withdraw", consent.pk)
    assert "Toestemming “map 1” intrekken?" in client.get(question).content.decode()
    assert client.post(question).url == address
    consent.refresh_from_db()
    assert (consent.withdrawn_at is None, consent.withdrawn_by) == (False, project.coordinator)


def test_others_see_nothing_of_it(client, project, report):
    evidence, consent = add(report), make_consent(project)
    gets = [
        page("evidence_list", report.pk),
        page("evidence_file", evidence.pk),
        page("consent_list", project.slug),
    ]
    gets.append(page("evidence_remove", evidence.pk))
    posts = [*gets[::2], gets[-1], page("consent_withdraw", consent.pk)]
    for user, code in (
        (make_coordinator(HouseFactory()), 404),
        (make_abb_reader(), 403),
        (make_parent(), 403),
    ):
        client.force_login(user)
        assert {client.get(address).status_code for address in gets} == {code}
        assert {client.post(address).status_code for address in posts} == {code}
    client.logout()
    assert all(client.get(address).url.startswith("/aanmelden/") for address in gets)
    assert Evidence.objects.count() == 1


def test_three_pieces_cost_as_much_as_one(client, project, report):
    client.force_login(project.coordinator)
    consent, address = make_consent(project), page("evidence_list", report.pk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    add(report, consent=consent)
    one = queries()
    for _ in range(2):
        add(report, consent=make_consent(project))
    assert queries() == one
